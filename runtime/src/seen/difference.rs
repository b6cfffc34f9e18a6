//! The counts of a resource held against its plan: what the source sends and the spec does not say. It knows nothing of
//! stores, and nothing of how a spec is written; what to do about it is for others to say.

use tapwright_plan::{Column, Resource};

use super::of_plan::{Versions, column, is_current};
use super::{Count, NULL, OTHERS, What};
use crate::Timestamp;

/// What was seen of a resource, as far as it speaks of the spec as it is.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The resource.
    pub resource: &'static Resource,
    /// How many records became rows.
    pub rows: u64,
    /// How many were set aside.
    pub set_aside: u64,
    /// How many syncs read a page of it.
    pub syncs: u64,
    /// Since when is counted, and when the last page came; none when nothing was read.
    pub between: Option<(Timestamp, Timestamp)>,
    /// How it differs from what the spec says, and what else is worth knowing.
    pub findings: Vec<Finding>,
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub difference: Difference,
    /// In how many records.
    pub count: u64,
    /// When for the first time.
    pub first_at: Timestamp,
    /// When for the last time.
    pub last_at: Timestamp,
}

/// How what came differs from what the spec says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Difference {
    /// A key that neither a field nor the example knows; none where there were more than are told apart.
    NewField(Option<String>),
    /// A text that the column's enum does not list; none where there were more than are told apart.
    NewValue(&'static Column, Option<String>),
    /// No value, where a column needs one: the record was set aside.
    Null(&'static Column),
    /// A value of this kind, which is none of the column's type: the record was set aside.
    WrongType(&'static Column, String),
    /// A value of this kind at a key that fields are read through: the record was set aside.
    WrongPath(String, String),
    /// A value of this kind that `where` cannot judge: the record was set aside.
    Unjudged(String),
    /// No value in any row. Of a few rows it is worth knowing, and no difference.
    NeverCame(&'static Column),
    /// A value in every one of many rows, though it may be null. No difference, but worth knowing.
    NeverNull(&'static Column),
}

/// Of fewer rows than these, a column without a value says little: what may be null may be null in all of them.
const FEW: u64 = 20;

impl Finding {
    /// Whether the source sends what the spec does not say, or not what it says.
    #[must_use]
    pub fn is_drift(&self) -> bool {
        match self.difference {
            Difference::NeverCame(_) => self.count >= FEW,
            Difference::NeverNull(_) => false,
            _ => true,
        }
    }
}

impl Seen {
    /// Holds the counts of a resource against its plan. What was counted before the spec was changed, and speaks of what was
    /// changed, is left out.
    #[must_use]
    pub fn of(resource: &'static Resource, counts: &[Count]) -> Self {
        let versions = Versions::of(resource);
        let mut seen = Seen { resource, rows: 0, set_aside: 0, syncs: 0, between: None, findings: Vec::new() };
        for count in counts {
            let Some(what) = What::of(&count.what) else { continue };
            let (place, name) = (count.place.as_str(), count.name.as_str());
            if !is_current(resource, what, place, name) || versions.get(what, place) != count.version {
                continue;
            }
            let met = |other: What| counts.iter().any(|of| of.what == other.text() && of.place == count.place);
            let told = (name != OTHERS).then(|| name.to_owned());
            let difference = match (what, column(resource, place)) {
                (What::Sync, _) => {
                    seen.syncs = count.count;
                    None
                }
                (What::Row, _) => {
                    seen.rows = count.count;
                    seen.between = Some((count.first_at, count.last_at));
                    None
                }
                (What::SetAside, _) => {
                    seen.set_aside = count.count;
                    None
                }
                (What::Field, _) => Some(Difference::NewField(told)),
                (What::Value, Some(column)) => Some(Difference::NewValue(column, told)),
                (What::Misfit, Some(column)) if name == NULL => Some(Difference::Null(column)),
                (What::Misfit, Some(column)) => Some(Difference::WrongType(column, name.to_owned())),
                (What::Path, _) => Some(Difference::WrongPath(place.to_owned(), name.to_owned())),
                (What::Filter, _) => Some(Difference::Unjudged(name.to_owned())),
                (What::Absent, Some(column)) if !met(What::Present) => Some(Difference::NeverCame(column)),
                (What::Present, Some(column)) if !met(What::Absent) && count.count >= FEW => {
                    Some(Difference::NeverNull(column))
                }
                (What::Value | What::Misfit | What::Absent | What::Present, _) => None,
            };
            let Count { count, first_at, last_at, .. } = *count;
            seen.findings.extend(difference.map(|difference| Finding { difference, count, first_at, last_at }));
        }
        seen.findings.sort_by(|a, b| rank(a).cmp(&rank(b)));
        seen
    }

    /// What the spec does not say.
    pub fn drift(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_drift())
    }
}

/// Like with like, by name of the column, what came most often first.
fn rank(finding: &Finding) -> (u8, &str, std::cmp::Reverse<u64>, &str) {
    let (kind, place, name) = match &finding.difference {
        Difference::NewField(field) => (0, "", field.as_deref().unwrap_or("\u{10ffff}")),
        Difference::NewValue(column, value) => (1, column.name, value.as_deref().unwrap_or("\u{10ffff}")),
        Difference::Null(column) => (2, column.name, ""),
        Difference::WrongType(column, came) => (3, column.name, came.as_str()),
        Difference::WrongPath(key, came) => (4, key.as_str(), came.as_str()),
        Difference::Unjudged(came) => (5, "", came.as_str()),
        Difference::NeverCame(column) => (6, column.name, ""),
        Difference::NeverNull(column) => (7, column.name, ""),
    };
    (kind, place, std::cmp::Reverse(finding.count), name)
}
