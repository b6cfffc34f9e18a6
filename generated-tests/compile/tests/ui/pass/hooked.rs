// Hooks as a program writes them: with `?`, a text as a reason, and only what is needed.

mod hooks {
    #![allow(dead_code)]

    tapwright::connector!("../../../../specs/hooks.yaml");
}

use tapwright::{Hook, HookRequest, RawRecord, Reason};

struct Tidy;

impl Hook<hooks::User> for Tidy {
    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        request.set_header("Accept", "text/csv")
    }

    fn row(&self, mut user: hooks::User, record: &RawRecord<'_>) -> Result<Option<hooks::User>, Reason> {
        let seats = record.text("seats").ok_or("no seats")?;
        user.seats = Some(seats.parse()?);
        Ok((user.logins > 0).then_some(user))
    }
}

fn main() -> Result<(), tapwright::Error> {
    let config = hooks::Config::builder().key("a key of any kind").build()?;
    let connector = hooks::Connector::new(config, hooks::Hooks { users: Box::new(Tidy) })?;
    drop(connector);
    assert_eq!(hooks::Connector::FILES[0].0, "queries/members.graphql");
    Ok(())
}
