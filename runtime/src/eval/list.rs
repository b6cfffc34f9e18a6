//! Lists: their items, and what becomes of them.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::value::RawValue;
use tapwright_plan::{Expr, Function, Over};

use super::local::{Locals, object, single, with};
use super::{Scope, compare, equal, eval, number, plain, truth};
use crate::Timestamp;
use crate::decode::Found;

/// So many items are looked at in one function of items, with those inside it; a longer work is null.
const MOST_ITEMS: u32 = 1_000_000;

/// The items of a JSON array. What is no array is wrong, and says so.
pub(super) fn items(value: Found<'_>) -> Found<'_> {
    match value {
        Found::List(_) | Found::Wrong(_) => value,
        Found::Null | Found::Json("null") => Found::List(Vec::new()),
        Found::Json(raw) if raw.starts_with('[') => match serde_json::from_str::<Vec<&RawValue>>(raw) {
            Ok(items) => Found::List(items.into_iter().map(|item| single(Found::Json(item.get()))).collect()),
            Err(_) => Found::Wrong("an array that cannot be read"),
        },
        Found::Json(raw) if raw.starts_with('{') => Found::Wrong("an object"),
        Found::Json(raw) => Found::Wrong(plain(raw).kind()),
        other => Found::Wrong(other.kind()),
    }
}

/// A function of each item of a list.
pub(super) fn over<'de>(over: Over, list: Found<'de>, body: &'static Expr, scope: Scope<'_, 'de>) -> Found<'de> {
    let items = match list {
        Found::List(items) => items,
        Found::Wrong(what) => return Found::Wrong(what),
        _ => Vec::new(),
    };
    let all = Cell::new(MOST_ITEMS);
    let left = scope.locals.left.unwrap_or(&all);
    let scope = Scope { locals: Locals { left: Some(left), ..scope.locals }, ..scope };
    // The work that was too much; it stays too much for what is around it.
    let spend = || left.get().checked_sub(1).map(|rest| left.set(rest)).is_some();
    let mut made = Vec::new();
    for item in items {
        if !spend() {
            return Found::Null;
        }
        if over == Over::Map {
            made.push(with(item, scope, |scope| single(eval(body, scope))));
            continue;
        }
        let is_true = with(item.clone(), scope, |scope| truth(body, scope));
        match (over, is_true) {
            (Over::Filter, true) => made.push(item),
            (Over::Find, true) => return item,
            (Over::Any, true) => return Found::Bool(true),
            (Over::All, false) => return Found::Bool(false),
            _ => {}
        }
    }
    match over {
        Over::Map | Over::Filter => Found::List(made),
        Over::Find => Found::Null,
        Over::Any => Found::Bool(false),
        Over::All => Found::Bool(true),
    }
}

/// Whether a value is among the items.
pub(super) fn contains<'de>(items: &[Found<'_>], value: &Found<'_>) -> Found<'de> {
    match value {
        value if value.is_null() => Found::Null,
        value => Found::Bool(items.iter().any(|item| equal(item, value))),
    }
}

pub(super) fn at<'de>(list: Found<'de>, place: &Found<'_>) -> Found<'de> {
    let (Found::List(mut items), Some(place)) = (list, number::whole_of(place)) else { return Found::Null };
    let place = if place < 0 { place + items.len() as i128 } else { place };
    match usize::try_from(place) {
        Ok(place) if place < items.len() => items.swap_remove(place),
        _ => Found::Null,
    }
}

/// The kind of an item that has an order among its like.
fn kind(item: &Found<'_>) -> Option<u8> {
    match item {
        Found::Text(_) => Some(0),
        Found::Integer(_) | Found::Unsigned(_) | Found::Number(_) => Some(1),
        Found::Moment(_) => Some(2),
        _ => None,
    }
}

/// `min`, `max` and `sort`: of items of one kind, nulls left out.
pub(super) fn ordered(function: Function, list: Found<'_>) -> Found<'_> {
    let Found::List(mut items) = list else { return Found::Null };
    items.retain(|item| !item.is_null());
    let Some(first) = items.first() else {
        return if function == Function::Sort { Found::List(items) } else { Found::Null };
    };
    let one = kind(first);
    if one.is_none() || items.iter().any(|item| kind(item) != one) {
        return Found::Null;
    }
    let order = |a: &Found<'_>, b: &Found<'_>| compare(a, b).unwrap_or(Ordering::Equal);
    match function {
        // Of equal ones, the first.
        Function::Min => items.into_iter().reduce(|a, b| if order(&b, &a).is_lt() { b } else { a }),
        Function::Max => items.into_iter().reduce(|a, b| if order(&b, &a).is_gt() { b } else { a }),
        _ => {
            items.sort_by(order);
            Some(Found::List(items))
        }
    }
    .unwrap_or(Found::Null)
}

/// What two items have in common when they are equal.
#[derive(PartialEq, Eq, Hash)]
enum Same<'v> {
    Text(&'v str),
    Bool(bool),
    Whole(i128),
    Real(u64),
    Moment(Timestamp),
}

fn same<'v>(item: &'v Found<'_>) -> Option<Same<'v>> {
    Some(match item {
        Found::Text(text) => Same::Text(text),
        Found::Bool(b) => Same::Bool(*b),
        Found::Moment(moment) => Same::Moment(*moment),
        Found::Number(n) => number::integral(*n).map_or_else(|| Same::Real(n.to_bits()), Same::Whole),
        other => Same::Whole(super::whole(other)?),
    })
}

/// Each value once.
pub(super) fn distinct(list: Found<'_>) -> Found<'_> {
    let Found::List(items) = list else { return Found::Null };
    let mut seen = HashSet::new();
    let mut first = Vec::with_capacity(items.len());
    for item in &items {
        if item.is_null() {
            first.push(false);
            continue;
        }
        let Some(same) = same(item) else { return Found::Null };
        first.push(seen.insert(same));
    }
    drop(seen);
    Found::List(items.into_iter().zip(first).filter_map(|(item, first)| first.then_some(item)).collect())
}

/// The keys of an object, its values, or both.
pub(super) fn members<'de>(function: Function, value: &Found<'de>) -> Found<'de> {
    let raw: &'de str = match value {
        Found::Null | Found::Json("null") => return Found::Null,
        Found::Json(raw) if raw.starts_with('{') => raw,
        Found::Json(raw) => return Found::Wrong(plain(raw).kind()),
        other => return Found::Wrong(other.kind()),
    };
    let made = object(raw).into_iter().map(|(key, value): (Cow<'de, str>, &'de RawValue)| {
        let value = || single(Found::Json(value.get()));
        match function {
            Function::Keys => Found::Text(key),
            Function::Values => value(),
            _ => Found::Entry(Box::new((key, value()))),
        }
    });
    Found::List(made.collect())
}
