//! What comes of a check. It must not know what was checked.

use std::fmt::Display;

/// What comes of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed(Tried),
    /// It does not, and why.
    Failed(String),
    /// It is not about this resource, and why.
    DoesNotApply(String),
}

/// What a check that holds has tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What there are so many of: `rows`, `faults`.
    pub what: &'static str,
    /// How many; at least one.
    pub count: u64,
}

/// Why a check ends before it has held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It does not hold.
    Failed(String),
    /// It is not about this resource.
    DoesNotApply(String),
}

/// What a check's function gives.
pub(crate) type Ran = Result<Tried, Ended>;

/// So many of something were tried; none is a failure.
pub(crate) fn tried(what: &'static str, count: u64) -> Ran {
    if count == 0 { Err(Ended::Failed(format!("no {what} were tried"))) } else { Ok(Tried { what, count }) }
}

/// It is not about this resource.
pub(crate) fn not_about<T>(why: impl Display) -> Result<T, Ended> {
    Err(Ended::DoesNotApply(why.to_string()))
}

/// It does not hold.
pub(crate) fn failed<T>(why: impl Display) -> Result<T, Ended> {
    Err(Ended::Failed(why.to_string()))
}

/// Holds a condition.
pub(crate) fn holds(condition: bool, why: impl FnOnce() -> String) -> Result<(), Ended> {
    if condition { Ok(()) } else { Err(Ended::Failed(why())) }
}

impl From<Ran> for Outcome {
    fn from(ran: Ran) -> Outcome {
        match ran {
            Ok(tried) => Outcome::Passed(tried),
            Err(Ended::Failed(why)) => Outcome::Failed(why),
            Err(Ended::DoesNotApply(why)) => Outcome::DoesNotApply(why),
        }
    }
}

impl From<tapwright_runtime::Error> for Ended {
    fn from(error: tapwright_runtime::Error) -> Ended {
        Ended::Failed(error.to_string())
    }
}

impl From<tapwright_sandbox::Error> for Ended {
    fn from(error: tapwright_sandbox::Error) -> Ended {
        Ended::Failed(format!("the sandbox: {error}"))
    }
}

impl From<rusqlite::Error> for Ended {
    fn from(error: rusqlite::Error) -> Ended {
        Ended::Failed(format!("the store cannot be read: {error}"))
    }
}

impl From<std::io::Error> for Ended {
    fn from(error: std::io::Error) -> Ended {
        Ended::Failed(error.to_string())
    }
}
