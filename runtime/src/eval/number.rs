//! Arithmetic. Whole numbers are computed exactly, others as 64-bit floats; what has no value is null, never a panic and
//! never another number.

use std::cmp::Ordering;

use tapwright_plan::Function;

use super::whole;
use crate::decode::Found;

/// Every whole number up to this one is a 64-bit float.
const EXACT: i128 = 1 << 53;

/// `a + b` and the like; of one operand, the other is null.
pub(super) fn compute<'de>(function: Function, a: &Found<'_>, b: &Found<'_>) -> Found<'de> {
    if let Some(what) = wrong(a).or_else(|| wrong(b)) {
        return Found::Wrong(what);
    }
    match function {
        Function::Negate | Function::Abs | Function::Round | Function::Floor | Function::Ceil => alone(function, a),
        Function::Divide => match (real(a), real(b)) {
            (Some(a), Some(b)) if b != 0.0 => finite(a / b),
            _ => Found::Null,
        },
        Function::Remainder => match (whole_of(a), whole_of(b)) {
            (Some(a), Some(b)) => a.checked_rem(b).map_or(Found::Null, integer),
            _ => Found::Null,
        },
        _ => match (whole(a), whole(b)) {
            (Some(a), Some(b)) => match function {
                Function::Add => a.checked_add(b),
                Function::Subtract => a.checked_sub(b),
                _ => a.checked_mul(b),
            }
            .map_or(Found::Null, integer),
            _ => match (real(a), real(b)) {
                (Some(a), Some(b)) => finite(match function {
                    Function::Add => a + b,
                    Function::Subtract => a - b,
                    _ => a * b,
                }),
                _ => Found::Null,
            },
        },
    }
}

fn alone<'de>(function: Function, value: &Found<'_>) -> Found<'de> {
    match (whole(value), value, function) {
        (Some(i), _, Function::Negate) => integer(-i),
        (Some(i), _, Function::Abs) => integer(i.abs()),
        (Some(i), ..) => integer(i),
        (_, Found::Number(n), Function::Negate) => Found::Number(-n),
        (_, Found::Number(n), Function::Abs) => Found::Number(n.abs()),
        (_, Found::Number(n), Function::Round) => integral(n.round()).map_or(Found::Null, integer),
        (_, Found::Number(n), Function::Floor) => integral(n.floor()).map_or(Found::Null, integer),
        (_, Found::Number(n), _) => integral(n.ceil()).map_or(Found::Null, integer),
        _ => Found::Null,
    }
}

/// The sum of the items that are not null.
pub(super) fn sum<'de>(list: &Found<'_>) -> Found<'de> {
    let Found::List(items) = list else { return Found::Null };
    if let Some(what) = items.iter().find_map(wrong) {
        return Found::Wrong(what);
    }
    let items = || items.iter().filter(|item| !item.is_null());
    if items().all(|item| whole(item).is_some()) {
        let sum = items().filter_map(whole).try_fold(0_i128, i128::checked_add);
        return sum.map_or(Found::Null, integer);
    }
    items().map(real).try_fold(0.0, |sum, item| Some(sum + item?)).map_or(Found::Null, finite)
}

/// What an operand is that is no number although it was declared to be one: a sum that left it out would be another number.
fn wrong(value: &Found<'_>) -> Option<&'static str> {
    match value {
        Found::Null | Found::Json("null") | Found::Integer(_) | Found::Unsigned(_) | Found::Number(_) => None,
        other => Some(other.kind()),
    }
}

fn integer<'de>(value: i128) -> Found<'de> {
    i64::try_from(value).map_or(Found::Null, Found::Integer)
}

fn finite<'de>(value: f64) -> Found<'de> {
    if value.is_finite() { Found::Number(value) } else { Found::Null }
}

/// A number as a 64-bit float; a whole one that is none exactly has none.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "checked to be exact")]
fn real(value: &Found<'_>) -> Option<f64> {
    match value {
        Found::Number(n) => Some(*n),
        other => whole(other).filter(|i| *i as f64 as i128 == *i).map(|i| i as f64),
    }
}

/// A whole number, also one that is written with a fraction of 0.
#[expect(clippy::cast_possible_truncation, reason = "checked to be exact")]
pub(super) fn whole_of(value: &Found<'_>) -> Option<i128> {
    match value {
        Found::Number(n) if n.fract() == 0.0 && n.abs() <= EXACT as f64 => Some(*n as i128),
        Found::Number(_) => None,
        other => whole(other),
    }
}

/// The whole number that a float is.
#[expect(clippy::cast_possible_truncation, reason = "within 100 bits")]
pub(super) fn integral(n: f64) -> Option<i128> {
    (n.fract() == 0.0 && n.abs() < 1e30).then_some(n as i128)
}

/// How a float compares with a whole number, exactly.
pub(super) fn beside(n: f64, whole: i128) -> Option<Ordering> {
    match integral(n.floor()) {
        Some(floor) if floor == whole && n.fract() != 0.0 => Some(Ordering::Greater),
        Some(floor) => Some(floor.cmp(&whole)),
        None if n.is_nan() => None,
        // Beyond all whole numbers there are.
        None => Some(if n > 0.0 { Ordering::Greater } else { Ordering::Less }),
    }
}
