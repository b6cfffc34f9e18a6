//! Records that do not stand in one list: within the items of another, under the keys of an object, alone, or spread over
//! lists of their values. They are found first, unparsed, and each is then read like any other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use tapwright_plan::{RecordStep, Records, Zipped};

/// A record as it was received.
#[derive(Clone, Debug)]
pub(super) struct Part<'de> {
    pub(super) record: Cow<'de, str>,
    /// The item that it stands in.
    pub(super) above: Option<&'de str>,
    /// The key that it stands under.
    pub(super) key: Option<String>,
}

/// The records of a body, and what of it says where a list ends.
#[derive(Debug, Default)]
pub(super) struct Parts<'de> {
    pub(super) records: Vec<Part<'de>>,
    /// The items of the outermost list, which is the one that is read in pages.
    pub(super) outer: Vec<&'de str>,
}

/// Finds the records of a body. None when there is no such place in it; an error when it is not JSON.
pub(super) fn find<'de>(body: &'de str, records: &Records) -> Result<Option<Parts<'de>>, serde_json::Error> {
    // What is not looked into has to be JSON all the same.
    let whole: &'de RawValue = serde_json::from_str(body)?;
    let body = whole.get();
    let found = match records {
        Records::List(path) => at(body, path).and_then(items).map(|items| alone(items.into_iter())),
        Records::One(path) => at(body, path).map(|record| alone(Some(record).into_iter().filter(|one| *one != "null"))),
        Records::Zip(lists) => zip(body, lists),
        Records::At(steps) => {
            let mut parts = Parts::default();
            walk(body, steps, (None, None), true, &mut parts).then_some(parts)
        }
    };
    Ok(found)
}

fn alone<'de>(records: impl Iterator<Item = &'de str>) -> Parts<'de> {
    let outer: Vec<&str> = records.collect();
    let part = |record: &&'de str| Part { record: Cow::Borrowed(*record), above: None, key: None };
    Parts { records: outer.iter().map(part).collect(), outer }
}

/// What stands at the end of some keys.
fn at<'de>(body: &'de str, path: &[&str]) -> Option<&'de str> {
    path.iter().try_fold(body, |value, key| member(value, key))
}

fn member<'de>(value: &'de str, key: &str) -> Option<&'de str> {
    let members: BTreeMap<Cow<'de, str>, &'de RawValue> = serde_json::from_str(value).ok()?;
    members.get(key).map(|value| value.get())
}

fn items(value: &str) -> Option<Vec<&str>> {
    let items: Vec<&RawValue> = serde_json::from_str(value).ok()?;
    Some(items.into_iter().map(RawValue::get).collect())
}

/// The members of an object in their order.
fn entries(value: &str) -> Option<Vec<(String, &str)>> {
    let mut json = serde_json::Deserializer::from_str(value);
    Entries.deserialize(&mut json).ok()
}

struct Entries;

impl<'de> DeserializeSeed<'de> for Entries {
    type Value = Vec<(String, &'de str)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, &'de str)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(String, &'de str)> = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
            entries.push((key, value.get()));
        }
        Ok(entries)
    }
}

/// Goes on from a value; `around` is the item that it stands in, and the key that it stands under. False when the way is not
/// there, which below the first list or object only means that there are no records in it.
fn walk<'de>(
    value: &'de str,
    steps: &[RecordStep],
    around: (Option<&'de str>, Option<&str>),
    outermost: bool,
    parts: &mut Parts<'de>,
) -> bool {
    match steps.split_first() {
        Some((RecordStep::Key(key), rest)) => {
            member(value, key).is_some_and(|value| walk(value, rest, around, outermost, parts))
        }
        Some((step, rest)) => {
            let found = match step {
                RecordStep::Values => {
                    entries(value).map(|all| all.into_iter().map(|(key, value)| (Some(key), value)).collect())
                }
                _ => items(value).map(|all| all.into_iter().map(|value| (None, value)).collect::<Vec<_>>()),
            };
            let Some(found) = found else { return false };
            for (key, value) in found {
                if outermost {
                    parts.outer.push(value);
                }
                if rest.is_empty() {
                    let key = key.or(around.1.map(str::to_owned));
                    parts.records.push(Part { record: Cow::Borrowed(value), above: around.0, key });
                } else {
                    walk(value, rest, (Some(value), key.as_deref()), false, parts);
                }
            }
            true
        }
        // The list at the end of a path of keys.
        None => {
            let Some(found) = items(value) else { return false };
            for value in found {
                if outermost {
                    parts.outer.push(value);
                }
                let key = around.1.map(str::to_owned);
                parts.records.push(Part { record: Cow::Borrowed(value), above: around.0, key });
            }
            true
        }
    }
}

/// Lists of values put together again. They are equally long, or nobody knows which values belong together.
fn zip<'de>(body: &'de str, lists: &[Zipped]) -> Option<Parts<'de>> {
    let lists: Vec<(&str, Vec<&str>)> =
        lists.iter().map(|list| Some((list.name, at(body, list.path).and_then(items)?))).collect::<Option<_>>()?;
    let count = lists.first().map_or(0, |(_, values)| values.len());
    if lists.iter().any(|(_, values)| values.len() != count) {
        return None;
    }
    let record = |place: usize| {
        let members: Vec<String> = lists
            .iter()
            .filter_map(|(name, values)| Some(format!("{}:{}", serde_json::Value::from(*name), values.get(place)?)))
            .collect();
        Part { record: Cow::Owned(format!("{{{}}}", members.join(","))), above: None, key: None }
    };
    let records: Vec<Part<'de>> = (0..count).map(record).collect();
    Some(Parts { records, outer: lists.into_iter().next().map(|(_, values)| values).unwrap_or_default() })
}
