//! The tests that a crate has of a spec with hooks by one line: their code is the crate's own.

use tapwright::{Hook, RawRecord, Reason};

mod people {
    #![allow(dead_code, reason = "only what a row is matters here")]

    tapwright::connector!("../specs/hooks.yaml");
}

use people::{Hooks, User};

/// Writes addresses in lower case, and leaves robots out.
struct Tidy;

impl Hook<User> for Tidy {
    fn row(&self, mut user: User, _: &RawRecord<'_>) -> Result<Option<User>, Reason> {
        if user.email.starts_with("robot") {
            return Ok(None);
        }
        user.email = user.email.to_lowercase();
        Ok(Some(user))
    }
}

fn hooks() -> Hooks {
    Hooks { users: Box::new(Tidy) }
}

tapwright::generated_tests!("../specs/hooks.yaml", hooks = hooks);
