//! Moments as milliseconds since 1970 and as the texts an API writes. Arithmetic on the proleptic Gregorian calendar
//! by hand, because a page holds hundreds of them; it must not know whose moments they are.

use std::ops::RangeInclusive;
use std::time::{SystemTime, UNIX_EPOCH};

/// One day in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;

/// The moment it is.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Year, month and day of the days since 1970-01-01.
/// The algorithm is Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
pub(crate) fn civil(days: i64) -> (u32, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year as u32, month as u32, day as u32)
}

/// Days since 1970-01-01 (the inverse of [`civil`]).
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

#[inline]
fn two(n: u32) -> [u8; 2] {
    [b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8]
}

/// How the moment of a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `2026-01-15T12:00:00.000Z`
    Zulu,
    /// `2026-01-15 12:00:00.000`: UTC, without saying so.
    Bare,
    /// `2026-01-15 12:00:00.000000`
    BareMicros,
}

fn date_of(day: i64) -> [u8; 10] {
    let (year, month, day) = civil(day);
    let ([y1, y2], [y3, y4], [m1, m2], [d1, d2]) = (two(year / 100), two(year % 100), two(month), two(day));
    [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
}

/// Writes moments; remembers the last day it wrote, since neighbours mostly share it.
pub(crate) struct Writer {
    day: i64,
    date: [u8; 10],
}

impl Writer {
    /// One that has written nothing.
    pub(crate) fn new() -> Writer {
        Writer { day: 0, date: *b"1970-01-01" }
    }

    /// `2026-01-15`
    #[inline]
    pub(crate) fn date(&mut self, out: &mut Vec<u8>, millis: i64) {
        let date = self.day_of(millis);
        out.extend_from_slice(&date);
    }

    /// A moment in one of the styles.
    #[inline]
    pub(crate) fn moment(&mut self, out: &mut Vec<u8>, millis: i64, style: Style) {
        let [y1, y2, y3, y4, _, m1, m2, _, d1, d2] = self.day_of(millis);
        let in_day = millis.rem_euclid(DAY) as u32;
        let (seconds, thousandths) = (in_day / 1_000, in_day % 1_000);
        let ([h1, h2], [i1, i2], [s1, s2]) = (two(seconds / 3_600), two(seconds / 60 % 60), two(seconds % 60));
        let (t1, [t2, t3]) = (b'0' + (thousandths / 100) as u8, two(thousandths % 100));
        let between = if style == Style::Zulu { b'T' } else { b' ' };
        out.extend_from_slice(&[
            y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, between, h1, h2, b':', i1, i2, b':', s1, s2, b'.', t1, t2, t3,
        ]);
        match style {
            Style::Zulu => out.push(b'Z'),
            Style::Bare => {}
            Style::BareMicros => out.extend_from_slice(b"000"),
        }
    }

    #[inline]
    fn day_of(&mut self, millis: i64) -> [u8; 10] {
        let day = millis.div_euclid(DAY);
        if day != self.day {
            self.day = day;
            self.date = date_of(day);
        }
        self.date
    }
}

/// `2026-01-15T12:00:00.000Z`
pub(crate) fn rfc3339(millis: i64) -> String {
    let mut out = Vec::with_capacity(24);
    Writer::new().moment(&mut out, millis, Style::Zulu);
    String::from_utf8_lossy(&out).into_owned()
}

/// The date of an HTTP header (RFC 9110, 5.6.7): `Thu, 15 Jan 2026 12:00:00 GMT`.
pub(crate) fn http_date(millis: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number = millis.div_euclid(DAY);
    let (year, month, day) = civil(number);
    let name = DAYS.get(number.rem_euclid(7) as usize).copied().unwrap_or("Thu");
    let month = MONTHS.get((month as usize).saturating_sub(1)).copied().unwrap_or("Jan");
    let seconds = millis.rem_euclid(DAY) / 1_000;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{name}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// The moments that have a text: those of the years 0 to 9999.
pub(crate) const WRITABLE: RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// Reads RFC 3339, also with a space for the `T`, without a zone (then it is UTC), or a date alone.
/// Digits beyond milliseconds are cut off.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, ""),
    };
    let mut numbers = date.splitn(3, '-').zip([4, 2, 2]).map(|(part, width)| digits(part, width));
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || civil(days(year, month, day)).2 != day as u32 {
        return None;
    }
    let midnight = days(year, month, day) * DAY;
    if rest.is_empty() {
        return (date.len() == text.len()).then_some(midnight);
    }
    let (clock, zone) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (rest.get(..at)?, rest.get(at..)?),
        None => (rest, ""),
    };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut numbers = whole.splitn(3, ':').map(|part| digits(part, 2));
    let (hour, minute, second) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis = fraction.bytes().chain(*b"00").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let offset = match zone {
        "" | "Z" | "z" => 0,
        _ => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let minutes = digits(hours, 2)? * 60 + digits(minutes, 2)?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    Some(midnight + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + millis)
}

/// A number written in so many digits and nothing else.
fn digits(text: &str, width: usize) -> Option<i64> {
    let fits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_the_same_moment() {
        for millis in [0, 951_782_399_999, 951_868_800_000, 1_709_164_800_000, 1_768_478_400_000, 4_102_444_799_999] {
            let mut writer = Writer::new();
            for style in [Style::Zulu, Style::Bare, Style::BareMicros] {
                let mut out = Vec::new();
                writer.moment(&mut out, millis, style);
                assert_eq!(parse(std::str::from_utf8(&out).unwrap()), Some(millis));
            }
        }
        assert_eq!(rfc3339(1_768_478_400_000), "2026-01-15T12:00:00.000Z");
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn reads_offsets_fractions_and_dates() {
        assert_eq!(parse("2026-01-15T13:30:00+01:30"), parse("2026-01-15T12:00:00Z"));
        assert_eq!(parse("2026-01-15T12:00:00.1234567Z"), Some(1_768_478_400_123));
        assert_eq!(parse("2023-04-28 20:05:31.093"), parse("2023-04-28T20:05:31.093Z"));
        assert_eq!(parse("2026-01-15"), Some(1_768_435_200_000));
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in ["", "soon", "2026-02-30", "2026-13-01T00:00:00Z", "2026-01-15T25:00:00Z", "2026-01-15T", "17"] {
            assert_eq!(parse(text), None, "{text}");
        }
        for text in ["999999999999-01-01", "999-01-01", "2026-001-15", "2026-01-15T12:00:00+999999999999:00"] {
            assert_eq!(parse(text), None, "{text} is not written as RFC 3339 has it");
        }
    }
}
