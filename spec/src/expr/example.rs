//! Paths looked up in an example record: what stands there, and what does not.

use crate::model::{Json, Segment};

use super::ty::{Null, Ty};

/// What a path leads to.
pub(super) enum Found<'j> {
    /// These values; several below a `[]`.
    Values(Vec<&'j Json>),
    /// Nobody knows: the way goes through null or an empty array.
    Unknown,
    /// The step of that index is not a key of the objects there, which have these.
    Missing(usize, Vec<&'j str>),
    /// The step of that index asks for a key of something that has none.
    NoObject(usize, Ty),
    /// The step of that index asks for the items of something that has none.
    NoList(usize, Ty),
}

/// Follows a path into an example.
pub(super) fn follow<'j>(example: &'j Json, path: &[Segment]) -> Found<'j> {
    follow_all(std::slice::from_ref(example), path)
}

/// Follows a path into several.
pub(super) fn follow_all<'j>(examples: &'j [Json], path: &[Segment]) -> Found<'j> {
    let mut values: Vec<&Json> = examples.iter().collect();
    for (index, step) in path.iter().enumerate() {
        values.retain(|value| !matches!(value, Json::Null));
        if values.is_empty() {
            return Found::Unknown;
        }
        let mut next = Vec::new();
        match step {
            Segment::Each => {
                for value in &values {
                    match value {
                        Json::Array(items) => next.extend(items),
                        other => return Found::NoList(index, type_of(other)),
                    }
                }
                if next.is_empty() {
                    return Found::Unknown;
                }
            }
            Segment::Key(key) => {
                for value in &values {
                    match value {
                        Json::Object(_) => next.extend(member(value, key)),
                        other => return Found::NoObject(index, type_of(other)),
                    }
                }
                if next.is_empty() {
                    let mut keys: Vec<&str> = Vec::new();
                    for key in values.iter().flat_map(|value| child_keys(value)) {
                        if !keys.contains(&key) {
                            keys.push(key);
                        }
                    }
                    return Found::Missing(index, keys);
                }
            }
        }
        values = next;
    }
    Found::Values(values)
}

/// The one value a path without `[]` leads to.
pub(crate) fn leaf<'j>(example: &'j Json, path: &[Segment]) -> Option<&'j Json> {
    match follow(example, path) {
        Found::Values(values) => values.first().copied(),
        _ => None,
    }
}

/// The keys of an object.
pub(crate) fn child_keys(value: &Json) -> impl Iterator<Item = &str> {
    let members = match value {
        Json::Object(members) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(key, _)| key.as_str())
}

/// The type of what a path leads to, and whether the example shows it null.
pub(super) fn type_of_all(values: &[&Json], below_each: bool) -> (Ty, Null) {
    let known: Vec<Ty> =
        values.iter().filter(|value| !matches!(value, Json::Null)).map(|value| type_of(value)).collect();
    let mut types = known.iter();
    let ty =
        types.next().map_or(Ty::Any, |first| types.try_fold(first.clone(), |ty, next| ty.or(next)).unwrap_or(Ty::Any));
    if below_each {
        return (Ty::List(Box::new(ty)), Null::Unknown);
    }
    (ty, if known.is_empty() { Null::Sometimes } else { Null::Unknown })
}

/// A path to a key of that name anywhere in an example, for a path that left out the way to it.
pub(super) fn anywhere(example: &Json, name: &str) -> Option<String> {
    let mut queue: Vec<(String, &Json)> = vec![(String::new(), example)];
    let mut index = 0;
    while let Some((at, value)) = queue.get(index).cloned() {
        index += 1;
        match value {
            Json::Object(members) => {
                for (key, value) in members {
                    let path = if at.is_empty() { step(key) } else { format!("{at}.{}", step(key)) };
                    if key == name && !at.is_empty() {
                        return Some(path);
                    }
                    queue.push((path, value));
                }
            }
            Json::Array(items) => queue.extend(items.first().map(|item| (format!("{at}[]"), item))),
            _ => {}
        }
        if index > 500 {
            return None;
        }
    }
    None
}

/// A key as a step of a path: in quotes where it is no name.
pub(super) fn step(key: &str) -> String {
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name { key.to_owned() } else { format!("\"{key}\"") }
}

fn member<'j>(value: &'j Json, key: &str) -> Option<&'j Json> {
    match value {
        Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}

fn type_of(value: &Json) -> Ty {
    match value {
        Json::Null => Ty::Any,
        Json::Bool(_) => Ty::Boolean,
        Json::Integer(_) => Ty::Integer,
        Json::Number(_) => Ty::Number,
        Json::Text(_) => Ty::Text,
        Json::Array(_) => Ty::Array,
        Json::Object(_) => Ty::Object,
    }
}
