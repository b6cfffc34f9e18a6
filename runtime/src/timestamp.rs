//! A moment, to the millisecond.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time, datetime};
use jiff::fmt::strtime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

/// A moment as milliseconds since 1970-01-01T00:00:00Z; finer digits are cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const EPOCH: DateTime = datetime(1970, 1, 1, 0, 0, 0, 0);

/// The greatest year that is printed with four digits, in milliseconds.
const YEAR_9999: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since 1970. None outside the years 0 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Option<Self> {
        (-62_167_219_200_000..=YEAR_9999).contains(&millis).then_some(Timestamp(millis))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The present, by the system's clock.
    #[must_use]
    pub fn now() -> Self {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }

    /// So many milliseconds later (or earlier), within what can be written.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Timestamp(self.0.saturating_add(millis).clamp(-62_167_219_200_000, YEAR_9999))
    }

    /// Reads RFC 3339, also with a space for the `T` and without a zone, which then is UTC: WorkOS's API, for one,
    /// sends `2023-04-28 20:05:31.093` now and then.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let millis = match text.parse::<jiff::Timestamp>() {
            Ok(moment) => floor_millis(moment),
            // The parser takes `2023-04-28` alone for midnight; a day is not a moment.
            Err(_) if text.len() > 10 => {
                return in_pieces(text);
            }
            Err(_) => return None,
        };
        Timestamp::from_millis(millis)
    }

    /// Reads a day, `YYYY-MM-DD`: its first moment in UTC.
    #[must_use]
    pub fn parse_date(text: &str) -> Option<Self> {
        let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
        in_utc(day.to_datetime(Time::midnight()))
    }

    /// Reads a moment by a pattern with the specifiers of C's `strftime`. What it does not say is nothing: no hour is
    /// midnight, no offset is UTC.
    #[must_use]
    pub fn parse_as(text: &str, pattern: &str) -> Option<Self> {
        let read = strtime::parse(pattern, text).ok()?;
        if read.offset().is_some() {
            return Timestamp::from_millis(floor_millis(read.to_timestamp().ok()?));
        }
        in_utc(read.to_date().ok()?.to_datetime(read.to_time().unwrap_or(Time::midnight())))
    }

    /// The first moment of its month, in UTC.
    pub(crate) fn start_of_month(self) -> Option<Self> {
        in_utc(self.day()?.first_of_month().to_datetime(Time::midnight()))
    }

    /// The first moment of its year, in UTC.
    pub(crate) fn start_of_year(self) -> Option<Self> {
        in_utc(self.day()?.first_of_year().to_datetime(Time::midnight()))
    }

    fn day(self) -> Option<Date> {
        Some(self.civil()?.date())
    }

    /// What calendar and clock show of it in UTC.
    fn civil(self) -> Option<DateTime> {
        EPOCH.checked_add(SignedDuration::from_millis(self.0)).ok()
    }

    /// Writes it by such a pattern, in UTC.
    pub(crate) fn written_as(self, pattern: &str) -> Option<String> {
        let mut shown = strtime::BrokenDownTime::from(self.civil()?);
        shown.set_offset(Some(Offset::UTC));
        shown.to_string(pattern).ok()
    }
}

fn in_utc(civil: DateTime) -> Option<Timestamp> {
    let nanos = civil.duration_since(EPOCH).as_nanos();
    Timestamp::from_millis(i64::try_from(nanos.div_euclid(1_000_000)).ok()?)
}

/// Reads a moment without a zone, or one of the last hours of 9999, which APIs send where something never ends: the parser
/// refuses those, so that every moment of its own has a date in every zone.
fn in_pieces(text: &str) -> Option<Timestamp> {
    let pieces = Pieces::parse(text).ok()?;
    let civil = pieces.date().to_datetime(pieces.time()?);
    let offset = pieces.to_numeric_offset().map_or(0, |offset| i64::from(offset.seconds()));
    let nanos = civil.duration_since(EPOCH).as_nanos();
    let millis = i64::try_from(nanos.div_euclid(1_000_000)).ok()?;
    Timestamp::from_millis(millis - offset * 1_000)
}

fn floor_millis(moment: jiff::Timestamp) -> i64 {
    i64::try_from(moment.as_nanosecond().div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// As RFC 3339 in UTC with milliseconds: `2026-01-15T12:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.civil() {
            Some(civil) => write!(f, "{civil:.3}Z"),
            None => write!(f, "{} ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_apis_send() {
        let moment = Timestamp::parse("2023-04-28T20:05:31.093Z").unwrap();
        for same in [
            "2023-04-28 20:05:31.093",
            "2023-04-28 20:05:31.093999",
            "2023-04-28T22:05:31.093+02:00",
            "2023-04-28T20:05:31.093456Z",
        ] {
            assert_eq!(Timestamp::parse(same), Some(moment), "{same}");
        }
        assert_eq!(moment.to_string(), "2023-04-28T20:05:31.093Z");
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in ["", "2023-04-28", "yesterday", "1682712331", "2023-02-30T00:00:00Z", "20:05:31"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_and_writes_by_a_pattern() {
        for (pattern, text, moment) in [
            ("%Y-%m-%d %H:%M:%S", "2026-01-15 12:30:05", "2026-01-15T12:30:05Z"),
            ("%d/%m/%Y", "15/01/2026", "2026-01-15T00:00:00Z"),
            ("%Y-%m-%dT%H:%M:%S%.f%z", "2026-01-15T12:30:05.25+0200", "2026-01-15T10:30:05.250Z"),
            ("%b %d, %Y %I:%M %p", "Jan 15, 2026 01:05 PM", "2026-01-15T13:05:00Z"),
            ("%F %T", "2026-01-15 00:00:00", "2026-01-15T00:00:00Z"),
            ("%a, %d %b %Y %H:%M:%S %z", "Thu, 15 Jan 2026 12:30:05 +0100", "2026-01-15T11:30:05Z"),
        ] {
            let read = Timestamp::parse_as(text, pattern);
            assert_eq!(read, Timestamp::parse(moment), "{text} by {pattern}");
            let again = read.and_then(|read| Timestamp::parse_as(&read.written_as(pattern)?, pattern));
            assert_eq!(again, read, "{pattern} reads what it writes");
        }
        for (pattern, text) in [("%F", "2026-02-30"), ("%F", "2026-01-15 12:00"), ("%F %T", "2026-01-15")] {
            assert_eq!(Timestamp::parse_as(text, pattern), None, "{text} by {pattern}");
        }
    }

    #[test]
    fn a_day_is_its_first_moment() {
        assert_eq!(Timestamp::parse_date("2026-01-15"), Timestamp::parse("2026-01-15T00:00:00Z"));
        for text in ["2026-1-15", "2026-01-15T00:00:00Z", "20260115", "2026-02-30"] {
            assert_eq!(Timestamp::parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_moments_that_there_are_can_be_read_and_written() {
        for (text, plain) in [
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
            ("9999-12-31T23:59:59+02:00", "9999-12-31T21:59:59.000Z"),
            ("9999-12-31 23:59:59", "9999-12-31T23:59:59.000Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), Some(plain));
        }
        assert_eq!(Timestamp::parse("9999-12-31T23:59:59-01:00"), None);
        assert_eq!(Timestamp::parse_as("31/12/9999", "%d/%m/%Y").unwrap().to_string(), "9999-12-31T00:00:00.000Z");
    }

    #[test]
    fn cuts_finer_digits_off_before_1970_too() {
        assert_eq!(Timestamp::parse("1969-12-31T23:59:59.9999Z").map(Timestamp::millis), Some(-1));
    }
}
