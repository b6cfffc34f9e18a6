//! Functions of moments, in UTC and within the years 0 to 9999.

use std::borrow::Cow;

use tapwright_plan::{Function, TimeFormat};

use super::number;
use crate::Timestamp;
use crate::decode::{Found, moment};

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

pub(super) fn of<'de>(function: Function, a: &Found<'_>, b: &Found<'_>) -> Found<'de> {
    let made = match (function, a, b) {
        (Function::ParseTime, value, Found::Text(format)) => return parse(value, format),
        (Function::FormatTime, Found::Moment(at), Found::Text(format)) => return written(*at, format),
        (Function::UnixSeconds, Found::Moment(at), _) => return Found::Integer(at.millis().div_euclid(1_000)),
        (Function::UnixMillis, Found::Moment(at), _) => return Found::Integer(at.millis()),
        (Function::SecondsBetween, Found::Moment(from), Found::Moment(to)) => {
            return Found::Integer((to.millis() - from.millis()).div_euclid(1_000));
        }
        (Function::AddMillis | Function::AddSeconds, Found::Moment(at), by) => {
            let unit = if function == Function::AddMillis { 1 } else { 1_000 };
            let millis = number::whole_of(by).and_then(|by| by.checked_mul(unit)?.checked_add(at.millis().into()));
            millis.and_then(|millis| i64::try_from(millis).ok()).and_then(Timestamp::from_millis)
        }
        (Function::StartOf, Found::Moment(at), Found::Text(unit)) => start(*at, unit),
        _ => None,
    };
    made.map_or(Found::Null, Found::Moment)
}

fn parse<'de>(value: &Found<'_>, format: &str) -> Found<'de> {
    let format = match format {
        "rfc3339" => TimeFormat::Rfc3339,
        "unix_seconds" => TimeFormat::UnixSeconds,
        "unix_millis" => TimeFormat::UnixMillis,
        "unix_micros" => TimeFormat::UnixMicros,
        "date" => TimeFormat::Date,
        pattern => {
            let Found::Text(text) = value else { return Found::Null };
            return Timestamp::parse_as(text, pattern).map_or(Found::Null, Found::Moment);
        }
    };
    moment(format, value).map_or(Found::Null, Found::Moment)
}

fn written<'de>(at: Timestamp, format: &str) -> Found<'de> {
    let text = match format {
        "rfc3339" => Some(at.to_string()),
        "date" => at.written_as("%F"),
        pattern => at.written_as(pattern),
    };
    text.map_or(Found::Null, |text| Found::Text(Cow::Owned(text)))
}

/// The first moment of the unit that a moment is in.
fn start(at: Timestamp, unit: &str) -> Option<Timestamp> {
    let millis = at.millis();
    let floor = |length: i64| millis.div_euclid(length) * length;
    let start = match unit {
        "second" => floor(1_000),
        "minute" => floor(60_000),
        "hour" => floor(3_600_000),
        "day" => floor(DAY),
        // 1970 began on a Thursday.
        "week" => {
            let day = millis.div_euclid(DAY);
            (day - (day + 3).rem_euclid(7)) * DAY
        }
        "month" => return at.start_of_month(),
        "year" => return at.start_of_year(),
        _ => return None,
    };
    Timestamp::from_millis(start)
}
