//! A connector with a hook, as a command: `cargo run --features cli --example hooks -- sync --sandbox`.

use tapwright::cli::Known;
use tapwright::{Hook, RawRecord, Reason};

mod people {
    #![allow(dead_code, reason = "the command reads the plan; the typed items are for programs")]

    tapwright::connector!("./hooks.yaml");
}

use people::{Connector, Hooks, Person};

/// Makes one of the many ways to write an address.
struct Tidy;

impl Hook<Person> for Tidy {
    fn row(&self, mut person: Person, record: &RawRecord<'_>) -> Result<Option<Person>, Reason> {
        if record.text("kind").as_deref() == Some("machine") {
            return Ok(None);
        }
        person.email = person.email.trim().to_lowercase();
        person.owner = person.owner.map(|owner| owner.trim().to_lowercase());
        // A record whose hook gives up is set aside with the reason, and counted.
        let (_, domain) = person.email.rsplit_once('@').ok_or("an address without an `@`")?;
        person.domain = Some(domain.to_owned());
        Ok(Some(person))
    }
}

fn main() -> std::process::ExitCode {
    let known = Known::new(Connector::PLAN, include_str!("hooks.yaml"), "examples/hooks.yaml");
    tapwright::cli::run(&[known.hooks(Hooks { people: Box::new(Tidy) })])
}
