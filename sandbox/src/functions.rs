//! The functions of numbers, moments, lists and texts, as the language's reference has them, over JSON. A moment is its text
//! in RFC 3339 with milliseconds, in UTC: such texts sort as the moments do. It must not know what the values are for.

use std::cmp::Ordering;
use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tapwright_spec::model::{Function, TimeFormat};

use crate::eval::{order, same};
use crate::format::{self, in_words};
use crate::time::{self, DAY, WRITABLE};

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of a function of at most three operands.
pub(crate) fn call(function: Function, a: &Value, b: &Value, c: &Value) -> Value {
    use Function::{
        Abs, Add, AddMillis, AddSeconds, At, Base64Decode, Base64Encode, Boolean, Ceil, Distinct, Divide, Entries,
        Floor, FormatTime, Keys, Max, Min, Multiply, Negate, ParseTime, Remainder, Round, SecondsBetween,
        Sha256 as Hash, Slice, Sort, StartOf, StripPrefix, StripSuffix, Subtract, Sum, UnixMillis, UnixSeconds,
        UrlEncode, Values,
    };
    let found = match function {
        Add | Subtract | Multiply | Divide | Remainder => arithmetic(function, a, b),
        Negate => arithmetic(Subtract, &json!(0), a).filter(|_| whole(a).is_some()).or_else(|| float(-real(a)?)),
        Abs if order(a, &json!(0)) == Some(Ordering::Less) => return call(Negate, a, b, c),
        Abs => Some(a.clone()).filter(Value::is_number),
        Round | Floor | Ceil if whole(a).is_some() => long(whole(a)),
        Round => a.as_f64().and_then(|n| integral(n.round())),
        Floor => a.as_f64().and_then(|n| integral(n.floor())),
        Ceil => a.as_f64().and_then(|n| integral(n.ceil())),
        Sum => a.as_array().and_then(|items| sum(items)),
        Min | Max | Sort => a.as_array().and_then(|items| sorted(function, items)),
        Distinct => a.as_array().and_then(|items| distinct(items)),
        At => a.as_array().zip(count(b)).and_then(|(items, place)| {
            let place = if place < 0 { place + items.len() as i128 } else { place };
            items.get(usize::try_from(place).ok()?).cloned()
        }),
        Keys => members(a).map(|members| members.into_iter().map(|(key, _)| Value::from(key)).collect()),
        Values => members(a).map(|members| members.into_iter().map(|(_, value)| value.clone()).collect()),
        Entries => members(a)
            .map(|members| members.into_iter().map(|(key, value)| json!({ "key": key, "value": value })).collect()),
        Boolean => a.as_str().and_then(|text| text.parse::<bool>().ok()).map(Value::from),
        StripPrefix => a.as_str().zip(b.as_str()).map(|(all, part)| json!(all.strip_prefix(part).unwrap_or(all))),
        StripSuffix => a.as_str().zip(b.as_str()).map(|(all, part)| json!(all.strip_suffix(part).unwrap_or(all))),
        Base64Encode => a.as_str().map(|text| json!(encoded(text))),
        Base64Decode => a.as_str().and_then(decoded).map(Value::from),
        Hash => a.as_str().map(|text| {
            let mut digits = String::new();
            Sha256::digest(text).iter().for_each(|byte| {
                let _ = write!(digits, "{byte:02x}");
            });
            Value::from(digits)
        }),
        UrlEncode => a.as_str().map(|text| {
            let mut encoded = String::new();
            for byte in text.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
                    other => {
                        let _ = write!(encoded, "%{other:02X}");
                    }
                }
            }
            Value::from(encoded)
        }),
        Slice => a.as_str().zip(count(b)).zip(count(c)).and_then(|((text, from), count)| {
            let all: Vec<char> = text.chars().collect();
            let from = if from < 0 { (from + all.len() as i128).max(0) } else { from };
            let from = usize::try_from(from).unwrap_or(usize::MAX);
            let some: String = all.into_iter().skip(from).take(usize::try_from(count).ok()?).collect();
            Some(Value::from(some))
        }),
        ParseTime => parsed(a, b.as_str().unwrap_or_default()),
        FormatTime => moment(a).zip(b.as_str()).map(|(at, format)| match format {
            "rfc3339" => a.clone(),
            "date" => Value::from(in_words("%F", at)),
            pattern => Value::from(in_words(pattern, at)),
        }),
        UnixMillis => moment(a).map(Value::from),
        UnixSeconds => moment(a).map(|at| json!(at.div_euclid(1_000))),
        AddMillis => moment(a).zip(count(b)).and_then(|(at, by)| at_millis(i128::from(at) + by)),
        AddSeconds => moment(a).zip(count(b)).and_then(|(at, by)| at_millis(i128::from(at) + by.checked_mul(1_000)?)),
        SecondsBetween => moment(a).zip(moment(b)).map(|(from, to)| json!((to - from).div_euclid(1_000))),
        StartOf => moment(a).zip(b.as_str()).and_then(|(at, unit)| at_millis(start(at, unit)?.into())),
        _ => None,
    };
    found.unwrap_or(Value::Null)
}

/// A number without a fraction, in the way it is written.
pub(crate) fn whole(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

/// A number that counts something: also one that is written with a fraction of 0.
fn count(value: &Value) -> Option<i128> {
    let of_float = || value.as_f64().filter(|n| n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0);
    whole(value).or_else(|| of_float().map(|n| n as i128))
}

/// A number as a float, where there is that float.
fn real(value: &Value) -> Option<f64> {
    match whole(value) {
        Some(whole) => Some(whole as f64).filter(|n| *n as i128 == whole),
        None => value.as_f64(),
    }
}

fn long(value: Option<i128>) -> Option<Value> {
    Some(Value::from(i64::try_from(value?).ok()?))
}

fn float(value: f64) -> Option<Value> {
    serde_json::Number::from_f64(value).map(Value::Number)
}

fn integral(value: f64) -> Option<Value> {
    if value.abs() < 1e20 { long(Some(value as i128)) } else { None }
}

fn arithmetic(function: Function, a: &Value, b: &Value) -> Option<Value> {
    match (function, whole(a), whole(b)) {
        (Function::Add, Some(a), Some(b)) => long(a.checked_add(b)),
        (Function::Subtract, Some(a), Some(b)) => long(a.checked_sub(b)),
        (Function::Multiply, Some(a), Some(b)) => long(a.checked_mul(b)),
        (Function::Remainder, ..) => long(count(a)?.checked_rem(count(b)?)),
        _ => {
            let (a, b) = (real(a)?, real(b)?);
            match function {
                Function::Add => float(a + b),
                Function::Subtract => float(a - b),
                Function::Multiply => float(a * b),
                _ if b == 0.0 => None,
                _ => float(a / b),
            }
        }
    }
}

fn sum(items: &[Value]) -> Option<Value> {
    let there: Vec<&Value> = items.iter().filter(|item| !item.is_null()).collect();
    if there.iter().all(|item| whole(item).is_some()) {
        return long(Some(there.iter().filter_map(|item| whole(item)).sum()));
    }
    let floats: Option<Vec<f64>> = there.iter().map(|item| real(item)).collect();
    float(floats?.iter().fold(0.0, |sum, n| sum + n))
}

fn sorted(function: Function, items: &[Value]) -> Option<Value> {
    let mut there: Vec<Value> = items.iter().filter(|item| !item.is_null()).cloned().collect();
    let alike = there.iter().all(Value::is_string) || there.iter().all(Value::is_number);
    if !alike {
        return None;
    }
    there.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
    match function {
        Function::Min => there.into_iter().next(),
        // Of equal ones the first.
        Function::Max => {
            let last = there.last()?.clone();
            there.into_iter().find(|one| same(one, &last))
        }
        _ => Some(Value::Array(there)),
    }
}

fn distinct(items: &[Value]) -> Option<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for item in items.iter().filter(|item| !item.is_null()) {
        if item.is_array() || item.is_object() {
            return None;
        }
        if !kept.iter().any(|one| same(one, item)) {
            kept.push(item.clone());
        }
    }
    Some(Value::Array(kept))
}

/// The members of an object, by their keys.
fn members(value: &Value) -> Option<Vec<(&str, &Value)>> {
    let mut members: Vec<(&str, &Value)> =
        value.as_object()?.iter().map(|(key, value)| (key.as_str(), value)).collect();
    members.sort_unstable_by_key(|(key, _)| *key);
    Some(members)
}

fn encoded(text: &str) -> String {
    let digits: Vec<char> = DIGITS.chars().collect();
    let bits: Vec<u8> = text.bytes().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1)).collect();
    let digit = |six: &[u8]| {
        let place = (0..6).fold(0, |sum, at| sum * 2 + usize::from(six.get(at).copied().unwrap_or(0)));
        digits.get(place).copied().unwrap_or('A')
    };
    let mut encoded: String = bits.chunks(6).map(digit).collect();
    while !encoded.len().is_multiple_of(4) {
        encoded.push('=');
    }
    encoded
}

fn decoded(text: &str) -> Option<String> {
    let bare = text.trim_end_matches('=');
    let padding = text.len() - bare.len();
    if padding > 2 || padding > 0 && !text.len().is_multiple_of(4) || bare.len() % 4 == 1 {
        return None;
    }
    let mut bits = Vec::new();
    for c in bare.replace('-', "+").replace('_', "/").chars() {
        let place = DIGITS.find(c)?;
        bits.extend((0..6).rev().map(|at| place >> at & 1));
    }
    let rest = bits.split_off(bits.len() / 8 * 8);
    let bytes = bits.chunks(8).map(|eight| eight.iter().fold(0_u8, |sum, bit| sum << 1 | u8::from(*bit == 1)));
    String::from_utf8(bytes.collect()).ok().filter(|_| rest.iter().all(|bit| *bit == 0))
}

/// A moment of so many milliseconds since 1970, where there is one.
fn at_millis(millis: i128) -> Option<Value> {
    let millis = i64::try_from(millis).ok().filter(|millis| WRITABLE.contains(millis))?;
    Some(Value::from(time::rfc3339(millis)))
}

fn moment(value: &Value) -> Option<i64> {
    time::parse(value.as_str()?)
}

/// The format that an expression names.
pub(crate) fn format_of(name: &str) -> TimeFormat {
    match name {
        "rfc3339" => TimeFormat::Rfc3339,
        "unix_seconds" => TimeFormat::UnixSeconds,
        "unix_millis" => TimeFormat::UnixMillis,
        "unix_micros" => TimeFormat::UnixMicros,
        "date" => TimeFormat::Date,
        pattern => TimeFormat::Pattern(pattern.to_owned()),
    }
}

fn parsed(value: &Value, name: &str) -> Option<Value> {
    let format = format_of(name);
    if !format.is_number() {
        return at_millis(format::read(&format, value.as_str()?)?.into());
    }
    // So many of the units make a thousand milliseconds.
    let per_second = match format {
        TimeFormat::UnixSeconds => 1,
        TimeFormat::UnixMillis => 1_000,
        _ => 1_000_000,
    };
    if let Some(units) = value.as_i64() {
        return at_millis((i128::from(units) * 1_000).div_euclid(per_second));
    }
    let millis = value.as_f64()?
        * if per_second == 1 {
            1_000.0
        } else if per_second == 1_000 {
            1.0
        } else {
            0.001
        };
    if millis.abs() < 1e15 { at_millis(millis.floor() as i128) } else { None }
}

/// The first moment of the unit that a moment is in.
fn start(at: i64, unit: &str) -> Option<i64> {
    let day = at.div_euclid(DAY);
    let (year, month, _) = time::civil(day);
    let (year, month) = (i64::from(year), i64::from(month));
    Some(match unit {
        "second" => at - at.rem_euclid(1_000),
        "minute" => at - at.rem_euclid(60_000),
        "hour" => at - at.rem_euclid(3_600_000),
        "day" => day * DAY,
        // The 5th of January 1970 was a Monday.
        "week" => ((day - 4).div_euclid(7) * 7 + 4) * DAY,
        "month" => time::days(year, month, 1) * DAY,
        "year" => time::days(year, 1, 1) * DAY,
        _ => return None,
    })
}
