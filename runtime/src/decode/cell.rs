//! A found value made into a cell of its column, exactly or not at all.

use std::borrow::Cow;

use tapwright_plan::{TimeFormat, Type};

use super::slots::Found;
use crate::Timestamp;
use crate::seen::NULL;
use crate::value::{Cell, offset};

/// The greatest whole number below which every whole number is an `f64`.
const EXACT: i64 = 1 << 53;

/// Where text goes that is not a part of the body.
pub(super) struct Texts<'de> {
    pub(super) body: &'de str,
    pub(super) made: String,
}

impl Texts<'_> {
    /// Text that was made, as a cell.
    pub(super) fn made_of(&mut self, text: &str) -> Cell {
        let from = self.made.len();
        self.made.push_str(text);
        Cell::Made(offset(from), offset(self.made.len()))
    }

    /// A cell as text; none when it holds nothing.
    pub(super) fn text_of(&self, cell: Cell) -> Option<Cow<'_, str>> {
        let slice = |text: &'_ str, from: u32, to: u32| text.get(from as usize..to as usize).map(str::to_owned);
        Some(match cell {
            Cell::Null => return None,
            Cell::Boolean(b) => Cow::Borrowed(if b { "true" } else { "false" }),
            Cell::Integer(i) => Cow::Owned(i.to_string()),
            Cell::Number(n) => Cow::Owned(serde_json::Number::from_f64(n)?.to_string()),
            Cell::Timestamp(moment) => Cow::Owned(moment.to_string()),
            Cell::Body(from, to) => Cow::Owned(slice(self.body, from, to)?),
            Cell::Made(from, to) => Cow::Owned(slice(&self.made, from, to)?),
        })
    }

    /// Text as a cell: by its place in the body when it stands there.
    fn cell(&mut self, text: &str) -> Cell {
        let start = text.as_ptr().addr().wrapping_sub(self.body.as_ptr().addr());
        if start <= self.body.len() && text.len() <= self.body.len() - start && !text.is_empty() {
            return Cell::Body(offset(start), offset(start + text.len()));
        }
        let from = self.made.len();
        self.made.push_str(text);
        Cell::Made(offset(from), offset(self.made.len()))
    }
}

/// `found` as a value of type `ty`, or why it is none. Null is for the caller to judge.
pub(super) fn cell(ty: Type, found: &Found<'_>, texts: &mut Texts<'_>) -> Result<Cell, String> {
    // A value that is kept as JSON for one column is read as a scalar for another.
    if let (Found::Json(raw), false) = (found, matches!(ty, Type::Json | Type::Decimal)) {
        return cell(ty, &scalar(raw), texts);
    }
    match (ty, found) {
        (_, Found::Null) => Ok(Cell::Null),
        (Type::String | Type::Enum { .. }, Found::Text(text)) => Ok(texts.cell(text)),
        (Type::Integer, Found::Integer(i)) => Ok(Cell::Integer(*i)),
        (Type::Integer, Found::Unsigned(u)) => Err(format!("is {u}, more than 64 bits with a sign can hold")),
        (Type::Integer, Found::Number(n)) => whole(*n).map(Cell::Integer),
        (Type::Number, Found::Number(n)) => Ok(Cell::Number(*n)),
        (Type::Number, Found::Integer(i)) => exact(*i).map(Cell::Number),
        (Type::Number, Found::Unsigned(u)) => Err(format!("is {u}, which no 64-bit float holds exactly")),
        (Type::Boolean, Found::Bool(b)) => Ok(Cell::Boolean(*b)),
        (Type::Timestamp(format), found) => moment(format, found).map(Cell::Timestamp),
        (Type::Date, Found::Text(text)) if is_date(text) => Ok(texts.cell(text)),
        (Type::Date, Found::Text(text)) => Err(format!("is {}, not a date of the form YYYY-MM-DD", shown(text))),
        (Type::Decimal, found) => decimal(found, texts),
        (Type::Json, Found::Json(raw)) => Ok(texts.cell(raw)),
        (Type::Json, found) => json(found).map(|text| texts.cell(&text)).ok_or_else(|| misfit(ty, found)),
        (Type::List, Found::List(items)) => {
            match items.iter().find(|item| !matches!(item, Found::Text(_) | Found::Null)) {
                Some(item) => Err(format!("has {} among its items, where text was expected", item.kind())),
                None => json(found).map(|text| texts.cell(&text)).ok_or_else(|| misfit(ty, found)),
            }
        }
        (ty, found) => Err(misfit(ty, found)),
    }
}

fn misfit(ty: Type, found: &Found<'_>) -> String {
    let expected = match ty {
        Type::String | Type::Enum { .. } => "text",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Decimal => "a decimal number",
        Type::Boolean => "a boolean",
        Type::Timestamp(_) => "a timestamp",
        Type::Date => "a date",
        Type::Json => "JSON",
        Type::List => "a list",
    };
    match found {
        Found::Text(text) => format!("is the text {}, where {expected} was expected", shown(text)),
        found => format!("is {}, where {expected} was expected", found.kind()),
    }
}

/// What kind of value did not fit a type, without the value.
pub(super) fn kind_of(ty: Type, found: &Found<'_>) -> &'static str {
    match (ty, found) {
        (_, found) if found.is_null() => NULL,
        (ty, Found::Json(raw)) if ty != Type::Json => kind_of(ty, &scalar(raw)),
        (Type::Date | Type::Decimal | Type::Timestamp(_), Found::Text(_)) => "text of another form",
        (
            Type::Integer | Type::Number | Type::Decimal | Type::Timestamp(_),
            Found::Integer(_) | Found::Unsigned(_) | Found::Number(_),
        ) => "a number that it cannot hold",
        (Type::List, Found::List(_)) => "a list of something else",
        (_, found) => found.kind(),
    }
}

/// Text for a message: quoted and short.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "checked to be exact")]
fn whole(n: f64) -> Result<i64, String> {
    if n.fract() == 0.0 && n.abs() <= EXACT as f64 {
        Ok(n as i64)
    } else {
        Err(format!("is {n}, which is not exactly a whole number of 64 bits"))
    }
}

#[expect(clippy::cast_precision_loss, reason = "checked to be exact")]
fn exact(i: i64) -> Result<f64, String> {
    if i.unsigned_abs() <= EXACT.unsigned_abs() || i.trailing_zeros() >= 11 {
        Ok(i as f64)
    } else {
        Err(format!("is {i}, which no 64-bit float holds exactly"))
    }
}

pub(crate) fn moment(format: TimeFormat, found: &Found<'_>) -> Result<Timestamp, String> {
    let millis = match (format, found) {
        // An expression has read it already.
        (_, Found::Moment(moment)) => return Ok(*moment),
        (TimeFormat::Rfc3339, Found::Text(text)) => {
            return Timestamp::parse(text).ok_or_else(|| format!("is {}, not an RFC 3339 timestamp", shown(text)));
        }
        (TimeFormat::Date, Found::Text(text)) => {
            return Timestamp::parse_date(text)
                .ok_or_else(|| format!("is {}, not a date of the form YYYY-MM-DD", shown(text)));
        }
        (TimeFormat::Pattern { text: pattern, .. }, Found::Text(text)) => {
            return Timestamp::parse_as(text, pattern)
                .ok_or_else(|| format!("is {}, not a time of the form {pattern}", shown(text)));
        }
        (TimeFormat::Rfc3339 | TimeFormat::Date | TimeFormat::Pattern { .. }, found) => {
            return Err(misfit(Type::Timestamp(format), found));
        }
        (TimeFormat::UnixSeconds, found) => since_1970(found, 1000.0, "seconds")?,
        (TimeFormat::UnixMillis, found) => since_1970(found, 1.0, "milliseconds")?,
        (TimeFormat::UnixMicros, Found::Integer(micros)) => Some(micros.div_euclid(1000)),
        (TimeFormat::UnixMicros, found) => since_1970(found, 0.001, "microseconds")?,
    };
    millis.and_then(Timestamp::from_millis).ok_or_else(|| "is beyond the year 9999".to_owned())
}

/// Milliseconds of a number of units of so many milliseconds; finer digits are cut off. None beyond what can be counted.
#[expect(clippy::cast_possible_truncation, reason = "checked to be within the years that can be written")]
fn since_1970(found: &Found<'_>, unit: f64, units: &str) -> Result<Option<i64>, String> {
    match found {
        Found::Integer(count) => Ok(count.checked_mul(unit as i64)),
        Found::Number(count) if (count * unit).abs() < 1e15 => Ok(Some((count * unit).floor() as i64)),
        Found::Number(_) | Found::Unsigned(_) => Ok(None),
        found => Err(format!("is {}, not a number of {units} since 1970", found.kind())),
    }
}

fn decimal(found: &Found<'_>, texts: &mut Texts<'_>) -> Result<Cell, String> {
    match found {
        Found::Json(raw) if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(texts.cell(raw)),
        Found::Json(raw) => decimal(&scalar(raw), texts),
        Found::Text(text) if is_decimal(text) => Ok(texts.cell(text)),
        Found::Integer(i) => Ok(texts.cell(&i.to_string())),
        Found::Unsigned(u) => Ok(texts.cell(&u.to_string())),
        // Computed: its digits are its own, without an exponent.
        Found::Number(n) if n.is_finite() => Ok(texts.cell(&n.to_string())),
        Found::Null => Ok(Cell::Null),
        found => Err(misfit(Type::Decimal, found)),
    }
}

/// Whether a text is a day, `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a text is the digits of a number.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// A JSON text as the scalar it is.
pub(crate) fn scalar(raw: &str) -> Found<'static> {
    match serde_json::from_str(raw) {
        Ok(serde_json::Value::Null) | Err(_) => Found::Null,
        Ok(serde_json::Value::Bool(b)) => Found::Bool(b),
        Ok(serde_json::Value::String(text)) => Found::Text(Cow::Owned(text)),
        Ok(serde_json::Value::Array(_)) => Found::Wrong("an array"),
        Ok(serde_json::Value::Object(_)) => Found::Wrong("an object"),
        Ok(serde_json::Value::Number(n)) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
            (Some(i), ..) => Found::Integer(i),
            (_, Some(u), _) => Found::Unsigned(u),
            (_, _, Some(n)) => Found::Number(n),
            _ => Found::Null,
        },
    }
}

/// A value as JSON text.
fn json(found: &Found<'_>) -> Option<String> {
    match found {
        Found::Null => Some("null".to_owned()),
        Found::Bool(b) => Some(b.to_string()),
        Found::Integer(i) => Some(i.to_string()),
        Found::Unsigned(u) => Some(u.to_string()),
        Found::Number(n) => serde_json::Number::from_f64(*n).map(|n| n.to_string()),
        Found::Text(text) => serde_json::to_string(text.as_ref()).ok(),
        Found::Json(raw) => Some((*raw).to_owned()),
        Found::List(items) => {
            let items: Option<Vec<_>> = items.iter().map(json).collect();
            items.map(|items| format!("[{}]", items.join(",")))
        }
        Found::Moment(moment) => Some(format!("\"{moment}\"")),
        Found::Entry(entry) => {
            let key = serde_json::to_string(entry.0.as_ref()).ok()?;
            Some(format!("{{\"key\":{key},\"value\":{}}}", json(&entry.1)?))
        }
        Found::Wrong(_) => None,
    }
}
