//! What was left out, and why.

use std::collections::BTreeMap;

use tapwright_openapi::Operation;

use super::names::bare;
use crate::yaml::visible;

/// Of what is not asked for its answer.
pub(super) const NO_READING: &str = "it is no reading of a list: its method is another than get";
/// Of what a spec has no room for.
pub(super) const NO_ROOM: &str = "one spec holds no more: import it by its path";

/// So many are named at the end of a spec.
const MOST_NAMED: usize = 200;

/// An operation that is in no resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its method and path, such as `get /users/{id}`.
    pub operation: String,
    /// Why.
    pub why: String,
}

impl LeftOut {
    pub(super) fn of(operation: &Operation<'_>, why: &str) -> LeftOut {
        LeftOut::new(operation.path, operation.method, why)
    }

    pub(super) fn new(path: &str, method: &str, why: &str) -> LeftOut {
        let line = |text: &str| visible(text).split_whitespace().collect::<Vec<_>>().join(" ");
        LeftOut { operation: format!("{method} {}", line(path)), why: line(why) }
    }

    /// Why, without what is particular to it.
    #[must_use]
    pub fn reason(&self) -> &str {
        self.why.split(':').next().unwrap_or_default()
    }
}

/// How many were left out for each reason, the most frequent first.
#[must_use]
pub fn reasons(left_out: &[LeftOut]) -> Vec<(usize, &str)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in left_out {
        *counts.entry(one.reason()).or_default() += 1;
    }
    let mut reasons: Vec<(usize, &str)> = counts.into_iter().map(|(reason, count)| (count, reason)).collect();
    reasons.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    reasons
}

/// The end of a spec: what is not in it. Operations that change something are only counted.
pub(super) fn comment(left_out: &[LeftOut], operations: usize) -> String {
    let mut text = format!("\n# Left out: {} of {operations} operations.\n", left_out.len());
    if left_out.is_empty() {
        return String::new();
    }
    for (count, reason) in reasons(left_out) {
        text.push_str(&format!("# - {count}: {reason}\n"));
    }
    let is_telling = |one: &&LeftOut| one.why != NO_READING && !one.why.starts_with("it reads one thing");
    let telling: Vec<&LeftOut> = left_out.iter().filter(is_telling).collect();
    if !telling.is_empty() {
        text.push_str("# Of these, what may have been meant to be read:\n");
    }
    for one in telling.iter().take(MOST_NAMED) {
        text.push_str(&format!("# - {}: {}\n", one.operation, one.why));
    }
    if telling.len() > MOST_NAMED {
        text.push_str(&format!("# and {} more\n", telling.len() - MOST_NAMED));
    }
    // A path can hold anything, and a comment is read for credentials, too.
    let safe = text.lines().map(|line| if tapwright_spec::holds_credential(line) { "# - …" } else { line });
    safe.map(|line| format!("{line}\n")).collect()
}

/// Paths that have a part of the one that does not exist.
pub(super) fn near(path: &str, known: &[&str]) -> Vec<String> {
    let last = bare(path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default());
    let mut near: Vec<String> = Vec::new();
    for known in known.iter().filter(|known| !last.is_empty() && bare(known).contains(&last)) {
        if !near.iter().any(|one| one == known) && near.len() < 5 {
            near.push((*known).to_owned());
        }
    }
    near
}
