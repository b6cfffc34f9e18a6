//! How an API writes a moment, and how it reads one, by the format of the spec. It must not know whose moments they are.

use serde_json::Value;
use tapwright_spec::model::TimeFormat;

use crate::time::{self, DAY, Style, Writer};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From the day that 1970 began with.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Rfc3339,
    /// A number of units since 1970; so many milliseconds make a unit.
    Seconds,
    Millis,
    Micros,
    Date,
    /// A pattern with the specifiers of C's `strftime`.
    Pattern(&'static str),
}

impl Format {
    /// The format of a spec. A pattern is kept for as long as the process lives.
    pub(crate) fn of(format: &TimeFormat) -> Format {
        match format {
            TimeFormat::Rfc3339 => Format::Rfc3339,
            TimeFormat::UnixSeconds => Format::Seconds,
            TimeFormat::UnixMillis => Format::Millis,
            TimeFormat::UnixMicros => Format::Micros,
            TimeFormat::Date => Format::Date,
            TimeFormat::Pattern(pattern) => Format::Pattern(Box::leak(pattern.clone().into_boxed_str())),
        }
    }

    /// Whether it is text in JSON.
    pub(crate) fn is_text(self) -> bool {
        !matches!(self, Format::Seconds | Format::Millis | Format::Micros)
    }

    /// The shortest time it tells apart, in milliseconds.
    pub(crate) fn unit(self) -> i64 {
        match self {
            Format::Rfc3339 | Format::Millis | Format::Micros => 1,
            Format::Seconds => 1_000,
            Format::Date => DAY,
            Format::Pattern(pattern) if pattern.contains('f') => 1,
            Format::Pattern(pattern) if pattern.contains("%S") || pattern.contains("%T") => 1_000,
            Format::Pattern(pattern) if pattern.contains("%M") => 60_000,
            Format::Pattern(pattern) if pattern.contains("%H") || pattern.contains("%I") => 3_600_000,
            Format::Pattern(_) => DAY,
        }
    }

    /// Writes a moment, without quotes. What is finer than the format tells is cut off.
    pub(crate) fn write(self, out: &mut Vec<u8>, millis: i64, clock: &mut Writer) {
        match self {
            Format::Rfc3339 => clock.moment(out, millis, Style::Zulu),
            Format::Seconds => out.extend_from_slice(millis.div_euclid(1_000).to_string().as_bytes()),
            Format::Millis => out.extend_from_slice(millis.to_string().as_bytes()),
            Format::Micros => out.extend_from_slice(millis.saturating_mul(1_000).to_string().as_bytes()),
            Format::Date => clock.date(out, millis),
            Format::Pattern(pattern) => out.extend_from_slice(by_pattern(pattern, millis).as_bytes()),
        }
    }

    /// A moment as a value of JSON.
    pub(crate) fn value(self, millis: i64) -> Value {
        let mut out = Vec::new();
        self.write(&mut out, millis, &mut Writer::new());
        let text = String::from_utf8_lossy(&out).into_owned();
        if self.is_text() { Value::from(text) } else { Value::from(text.parse::<i64>().unwrap_or_default()) }
    }

    /// A moment as a request writes it.
    pub(crate) fn read(self, value: &str) -> Option<i64> {
        match self {
            Format::Rfc3339 => time::parse(value).filter(|_| value.contains(['T', 't', ' '])),
            Format::Seconds => value.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1_000)),
            Format::Millis => value.parse().ok(),
            Format::Micros => value.parse::<i64>().ok().map(|micros| micros.div_euclid(1_000)),
            Format::Date => read_pattern("%F", value),
            Format::Pattern(pattern) => read_pattern(pattern, value),
        }
    }
}

/// A moment that a text writes in the format of a spec.
pub(crate) fn read(format: &TimeFormat, text: &str) -> Option<i64> {
    match format {
        // Kept nowhere, as there is no need to.
        TimeFormat::Pattern(pattern) => read_pattern(pattern, text),
        other => Format::of(other).read(text),
    }
}

/// The specifiers and the literal characters of a pattern, composed ones taken apart.
fn pieces(pattern: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let whole = pattern.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S");
    let mut rest = whole.chars();
    while let Some(c) = rest.next() {
        let mut piece = c.to_string();
        if c == '%' {
            let next = rest.next();
            piece.extend(next);
            if matches!(next, Some('.' | ':')) {
                piece.extend(rest.next());
            }
        }
        pieces.push(piece);
    }
    pieces
}

/// A moment by a pattern, as expressions write it: with as many digits of a second as it needs.
pub(crate) fn in_words(pattern: &str, millis: i64) -> String {
    let fraction = format!("{:03}", millis.rem_euclid(1_000));
    let digits = fraction.trim_end_matches('0');
    let behind_point = if digits.is_empty() { String::new() } else { format!(".{digits}") };
    let piece = |piece: String| match piece.as_str() {
        "%f" => (if digits.is_empty() { "0" } else { digits }).to_owned(),
        "%.f" => behind_point.clone(),
        other => by_pattern(other, millis),
    };
    pieces(pattern).into_iter().map(piece).collect()
}

fn by_pattern(pattern: &str, millis: i64) -> String {
    let (year, month, day) = time::civil(millis.div_euclid(DAY));
    let in_day = millis.rem_euclid(DAY);
    let (hour, minute, second) = (in_day / 3_600_000, in_day / 60_000 % 60, in_day / 1_000 % 60);
    let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).copied().unwrap_or("");
    let piece = |piece: &String| match piece.as_str() {
        "%Y" => format!("{year:04}"),
        "%m" => format!("{month:02}"),
        "%d" => format!("{day:02}"),
        "%e" => format!("{day:2}"),
        "%B" => name.to_owned(),
        "%b" => name.chars().take(3).collect(),
        "%A" => weekday(millis).to_owned(),
        "%a" => weekday(millis).chars().take(3).collect(),
        "%H" => format!("{hour:02}"),
        "%I" => format!("{:02}", (hour + 11) % 12 + 1),
        "%M" => format!("{minute:02}"),
        "%S" => format!("{second:02}"),
        "%f" => format!("{:03}", in_day % 1_000),
        "%.f" => format!(".{:03}", in_day % 1_000),
        "%p" => (if hour < 12 { "AM" } else { "PM" }).to_owned(),
        "%z" => "+0000".to_owned(),
        "%:z" => "+00:00".to_owned(),
        "%%" => "%".to_owned(),
        literal => literal.to_owned(),
    };
    pieces(pattern).iter().map(piece).collect()
}

fn weekday(millis: i64) -> &'static str {
    let day = usize::try_from(millis.div_euclid(DAY).rem_euclid(7)).unwrap_or(0);
    WEEKDAYS.get(day).copied().unwrap_or("")
}

fn read_pattern(pattern: &str, text: &str) -> Option<i64> {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    let (mut hour, mut minute, mut second, mut thousandths, mut offset) = (0, 0, 0, 0, 0);
    let mut afternoon = None;
    let mut rest = text;
    for piece in pieces(pattern) {
        let mut number = |most: usize| -> Option<i64> {
            let trimmed = rest.trim_start_matches(' ');
            let digits = trimmed.bytes().take(most).take_while(u8::is_ascii_digit).count();
            let (number, after) = trimmed.split_at_checked(digits)?;
            rest = after;
            number.parse().ok()
        };
        match piece.as_str() {
            "%Y" => year = number(4)?,
            "%m" => month = number(2)?,
            "%d" | "%e" => day = number(2)?,
            "%H" | "%I" => hour = number(2)?,
            "%M" => minute = number(2)?,
            "%S" => second = number(2)?,
            "%f" | "%.f" => {
                rest = if piece == "%.f" { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (fraction, after) = rest.split_at_checked(digits)?;
                thousandths = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
                rest = after;
            }
            "%b" | "%B" => {
                let found = MONTHS.iter().position(|name| rest.starts_with(name.get(..3).unwrap_or(name)))?;
                let name = MONTHS.get(found)?;
                rest = rest.strip_prefix(*name).or_else(|| rest.get(3..))?;
                month = i64::try_from(found).ok()? + 1;
            }
            "%a" | "%A" => {
                let name = WEEKDAYS.iter().find(|name| rest.starts_with(name.get(..3).unwrap_or(name)))?;
                rest = rest.strip_prefix(*name).or_else(|| rest.get(3..))?;
            }
            "%p" => {
                afternoon = Some(rest.get(..2)?.eq_ignore_ascii_case("PM"));
                rest = rest.get(2..)?;
            }
            "%z" | "%:z" => {
                let sign = if rest.starts_with('-') { -1 } else { 1 };
                let digits: String = rest.get(1..)?.chars().filter(char::is_ascii_digit).collect();
                if digits.len() != 4 {
                    return None;
                }
                let (hours, minutes) = digits.split_at_checked(2)?;
                offset = sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?);
                rest = "";
            }
            "%%" => rest = rest.strip_prefix('%')?,
            literal => rest = rest.strip_prefix(literal)?,
        }
    }
    if let Some(afternoon) = afternoon {
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    let minutes = time::days(year, month, day) * 1_440 + hour * 60 + minute - offset;
    (rest.is_empty() && fits).then_some((minutes * 60 + second) * 1_000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let moment = 1_768_480_205_250;
        for (format, text, read) in [
            (Format::Rfc3339, "2026-01-15T12:30:05.250Z", moment),
            (Format::Seconds, "1768480205", 1_768_480_205_000),
            (Format::Micros, "1768480205250000", moment),
            (Format::Date, "2026-01-15", 1_768_435_200_000),
            (Format::Pattern("%d/%m/%Y %I:%M %p"), "15/01/2026 12:30 PM", 1_768_480_200_000),
            (Format::Pattern("%a, %d %b %Y %H:%M:%S %z"), "Thu, 15 Jan 2026 12:30:05 +0000", 1_768_480_205_000),
            (Format::Pattern("%F %T%.f"), "2026-01-15 12:30:05.250", moment),
            (Format::Pattern("%b %e, %Y %H:%M:%S %z"), "Jan 15, 2026 12:30:05 +0000", 1_768_480_205_000),
        ] {
            let mut out = Vec::new();
            format.write(&mut out, moment, &mut Writer::new());
            assert_eq!(String::from_utf8(out).unwrap(), text);
            assert_eq!(format.read(text), Some(read), "{text}");
            assert_eq!(read.rem_euclid(format.unit()), 0, "{text}");
        }
        assert_eq!(Format::Pattern("%F %H:%M:%S %:z").read("2026-01-15 12:00:00 +02:00"), Some(1_768_471_200_000));
        let long = "2026-01-15 12:00:00 +009223372036854775807";
        assert_eq!(Format::Pattern("%F %H:%M:%S %:z").read(long), None);
        for text in ["2026-13-01", "2026-01-15x", "x"] {
            assert_eq!(Format::Date.read(text), None, "{text}");
        }
    }
}
