//! Places that are never empty at WorkOS, as its API's description and its client's types say, but may be in
//! `connector.yaml`: the connector takes null there rather than lose a record over it. The sandbox knows the connector's
//! word only, and leaves them empty at times. What fills them must not know how records travel.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// A place that WorkOS never leaves empty, and the sandbox sometimes does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The list it is in, by its path.
    pub list: &'static str,
    /// Where in a record: keys with dots between them, `[]` for the items of an array.
    pub place: &'static str,
    /// What fills it, as JSON.
    filling: &'static str,
}

const fn gap(list: &'static str, place: &'static str, filling: &'static str) -> Gap {
    Gap { list, place, filling }
}

/// All of them, outer places before those in them. A list of events has none: its client takes any `data`.
pub const GAPS: &[Gap] = &[
    gap("/organizations", "metadata", "{}"),
    gap("/organizations", "domains", "[]"),
    gap("/organizations", "domains[].domain", r#""filled.example""#),
    gap("/connections", "state", r#""active""#),
    gap("/connections", "status", r#""linked""#),
    gap("/connections", "domains", "[]"),
    gap("/connections", "domains[].domain", r#""filled.example""#),
    gap("/directories", "organization_id", r#""org_filled""#),
    gap("/directories", "external_key", r#""filled""#),
    gap("/directories", "state", r#""linked""#),
    gap("/directories", "metadata.users", r#"{"active":0,"inactive":0}"#),
    gap("/directories", "metadata.users.active", "0"),
    gap("/directories", "metadata.users.inactive", "0"),
    gap("/directories", "metadata.groups", "0"),
];

/// How often each gap was empty, and how often it was not.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<Gap, (u64, u64)>>);

impl Tally {
    /// How often a gap was empty, and how often it was not.
    #[must_use]
    pub fn of(&self, gap: &Gap) -> (u64, u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(gap).copied().unwrap_or_default()
    }

    /// Fills the gaps of a record of a list, and counts.
    pub fn fill(&self, list: &str, record: &mut Value) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for gap in GAPS.iter().filter(|gap| gap.list == list) {
            let filling = serde_json::from_str(gap.filling).unwrap_or_else(|error| panic!("{gap:?}: {error}"));
            let (empty, full) = fill(record, gap.place, &filling);
            let count = counts.entry(*gap).or_default();
            *count = (count.0 + empty, count.1 + full);
        }
    }
}

/// Fills a place of a record where it is null or absent in an object that is there, and says how often it was and how
/// often it was not.
pub fn fill(record: &mut Value, place: &str, filling: &Value) -> (u64, u64) {
    let (key, rest) = place.split_once('.').map_or((place, None), |(key, rest)| (key, Some(rest)));
    let (key, each) = key.strip_suffix("[]").map_or((key, false), |key| (key, true));
    let Value::Object(fields) = record else { return (0, 0) };
    let Some(rest) = rest else {
        let value = fields.entry(key).or_insert(Value::Null);
        let empty = value.is_null();
        if empty {
            *value = filling.clone();
        }
        return (u64::from(empty), u64::from(!empty));
    };
    match fields.get_mut(key) {
        Some(Value::Array(items)) if each => items
            .iter_mut()
            .map(|item| fill(item, rest, filling))
            .fold((0, 0), |sum, (empty, full)| (sum.0 + empty, sum.1 + full)),
        Some(inner) => fill(inner, rest, filling),
        None => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fills_what_is_null_or_absent_and_nothing_else() {
        let mut record = json!({ "a": null, "b": { "c": 1 }, "d": [{ "e": null }, {}, { "e": 2 }], "f": null });
        assert_eq!(fill(&mut record, "a", &json!(7)), (1, 0));
        assert_eq!(fill(&mut record, "b.c", &json!(7)), (0, 1));
        assert_eq!(fill(&mut record, "b.x", &json!(7)), (1, 0));
        assert_eq!(fill(&mut record, "d[].e", &json!(7)), (2, 1));
        assert_eq!(fill(&mut record, "f.g", &json!(7)), (0, 0), "what holds it is not there");
        let filled = json!({ "a": 7, "b": { "c": 1, "x": 7 }, "d": [{ "e": 7 }, { "e": 7 }, { "e": 2 }], "f": null });
        assert_eq!(record, filled);
    }
}
