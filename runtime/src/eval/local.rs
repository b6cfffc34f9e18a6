//! Names of an expression's own, and what is read of their values.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::value::RawValue;
use tapwright_plan::Segment;

use super::{Scope, plain};
use crate::decode::Found;

/// The names that are known, and how much may still be done with items.
#[derive(Clone, Copy, Default)]
pub(crate) struct Locals<'s, 'de> {
    pub(super) innermost: Option<&'s Local<'s, 'de>>,
    pub(super) left: Option<&'s Cell<u32>>,
}

pub(super) struct Local<'s, 'de> {
    value: Found<'de>,
    up: Option<&'s Local<'s, 'de>>,
}

/// Calls `then` where a value has a name.
pub(super) fn with<'de, T>(value: Found<'de>, scope: Scope<'_, 'de>, then: impl FnOnce(Scope<'_, 'de>) -> T) -> T {
    let local = Local { value, up: scope.locals.innermost };
    then(Scope { locals: Locals { innermost: Some(&local), left: scope.locals.left }, ..scope })
}

/// What a path of the value of a name leads to.
pub(super) fn read<'de>(up: u16, path: &'static [Segment], scope: Scope<'_, 'de>) -> Found<'de> {
    let mut local = scope.locals.innermost;
    for _ in 0..up {
        local = local.and_then(|local| local.up);
    }
    local.map_or(Found::Null, |local| follow(&local.value, path))
}

fn follow<'de>(value: &Found<'de>, path: &'static [Segment]) -> Found<'de> {
    let Some((step, rest)) = path.split_first() else { return value.clone() };
    match (step, value) {
        (Segment::Key(key), Found::Json(raw)) if raw.starts_with('{') => follow(&member(raw, key), rest),
        (Segment::Key("key"), Found::Entry(entry)) => follow(&Found::Text(entry.0.clone()), rest),
        (Segment::Key("value"), Found::Entry(entry)) => follow(&entry.1, rest),
        // A list that is not there is read as an empty one.
        (Segment::Each, Found::Null | Found::Json("null")) => Found::List(Vec::new()),
        (Segment::Each, value) => match super::list::items(value.clone()) {
            Found::List(items) => Found::List(items.iter().map(|item| single(follow(item, rest))).collect()),
            other => other,
        },
        (_, Found::Null | Found::Json("null") | Found::Entry(_)) if path.contains(&Segment::Each) => {
            Found::List(Vec::new())
        }
        (_, Found::Null | Found::Json("null") | Found::Entry(_)) => Found::Null,
        (_, Found::Json(raw)) => match plain(raw) {
            Found::Wrong(what) => Found::Wrong(what),
            other => Found::Wrong(other.kind()),
        },
        (_, other) => Found::Wrong(other.kind()),
    }
}

/// What stands at a key of an object; of two equal ones the last counts.
fn member<'de>(raw: &'de str, key: &str) -> Found<'de> {
    match object(raw).remove(key) {
        Some(value) => Found::Json(value.get()),
        None => Found::Null,
    }
}

/// The members of an object, by their keys.
pub(super) fn object(raw: &str) -> BTreeMap<Cow<'_, str>, &RawValue> {
    serde_json::from_str(raw).unwrap_or_default()
}

/// A value as an item of a list: a single value as such, others as JSON.
pub(super) fn single(value: Found<'_>) -> Found<'_> {
    match value {
        Found::Json(raw) if !raw.starts_with(['{', '[']) => plain(raw),
        value => value,
    }
}
