//! What a source was seen to send: counts by resource and column, kept by the store beside the rows they speak of.
//!
//! A page is summed up where it is decoded, the one writer adds the pages of a resource together, and what came with a
//! commit's pages goes into that commit. A count names keys of records, texts of enums and kinds of values, masked where a
//! source chose them; it must not hold any other value.

mod difference;
mod of_plan;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::Timestamp;
use crate::decode::Drift;

pub use difference::{Difference, Finding, Seen};
pub(crate) use tally::Tally;

/// So many new fields of a resource, and new values of a column, are told apart.
pub(crate) const MOST_NEW: usize = 256;

/// What stands for more of them.
pub(crate) const OTHERS: &str = "others";

/// What came where a value was needed and none was there.
pub(crate) const NULL: &str = "null";

/// How often something was seen. To a store it is text and numbers: it adds up what has the same `what`, `place` and `name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub what: String,
    /// The column, or the key; empty where it is the resource as a whole.
    pub place: String,
    /// Which field, value or kind of value; empty where there is no more to say.
    pub name: String,
    /// What of the spec it speaks of, as it then was: after another it says nothing.
    pub version: String,
    /// How often it was seen.
    pub count: u64,
    /// When for the first time.
    pub first_at: Timestamp,
    /// When for the last time.
    pub last_at: Timestamp,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A sync that read a page.
    Sync,
    /// A record that became a row.
    Row,
    /// A record that was set aside.
    SetAside,
    /// A key that the spec does not know.
    Field,
    /// A text that an enum does not list.
    Value,
    /// A row with a value in a column that may be null. Both this and the next are counted until both have come.
    Present,
    /// A row without one.
    Absent,
    /// A record that was set aside for what came in place of a column's value.
    Misfit,
    /// The same for what stood at a key that the way to columns goes through.
    Path,
    /// The same for what `where` looked at.
    Filter,
}

impl What {
    const ALL: [What; 10] = [
        What::Sync,
        What::Row,
        What::SetAside,
        What::Field,
        What::Value,
        What::Present,
        What::Absent,
        What::Misfit,
        What::Path,
        What::Filter,
    ];

    /// What a store knows it by.
    fn text(self) -> &'static str {
        match self {
            What::Sync => "sync",
            What::Row => "row",
            What::SetAside => "set_aside",
            What::Field => "field",
            What::Value => "value",
            What::Present => "present",
            What::Absent => "absent",
            What::Misfit => "misfit",
            What::Path => "path",
            What::Filter => "filter",
        }
    }

    fn of(text: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.text() == text)
    }
}

/// Where a record did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    /// A column.
    Column(&'static str),
    /// A key on the way to columns.
    Key(&'static str),
    /// What `where` looks at.
    Filter,
}

/// What was seen of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PageSeen {
    /// Texts that an enum does not list, by column.
    pub(crate) drift: Drift,
    /// Keys of records that neither the plan nor the example knows.
    pub(crate) unknown: BTreeMap<String, u64>,
    /// Why records were set aside: where, and what kind of value came.
    pub(crate) misfits: BTreeMap<(At, &'static str), u64>,
    /// How many rows have no value in a column, by the column's place.
    pub(crate) absent: Vec<u64>,
}
