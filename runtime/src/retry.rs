//! When to try again, and how long to wait before.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use jiff::fmt::rfc2822;
use tapwright_plan::{Retry, WaitFormat};

use crate::Timestamp;

/// How often and how fast a request is repeated that failed in a way that may pass.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// How often a request is sent at most, the first time included.
    pub attempts: u32,
    /// The longest wait before the second attempt; it doubles from one to the next.
    pub base: Duration,
    /// What no wait exceeds, unless the source asked for a longer one.
    pub cap: Duration,
    /// Whether every wait is as long as `base`, instead.
    pub constant: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy { attempts: 10, base: Duration::from_millis(250), cap: Duration::from_secs(30), constant: false }
    }
}

impl RetryPolicy {
    /// What a spec says of it.
    #[must_use]
    pub(crate) fn of(retry: &Retry) -> Self {
        let span = |span: tapwright_plan::Span| Duration::from_millis(u64::try_from(span.millis).unwrap_or(0));
        RetryPolicy {
            attempts: retry.attempts,
            base: span(retry.first),
            cap: span(retry.most),
            constant: retry.constant,
        }
    }

    /// How long to wait after attempt number `failed` (counted from 1): capped exponential backoff with full jitter,
    /// `dice` being a number from 0 to 1. None when there is no attempt left.
    #[must_use]
    pub fn delay(&self, failed: u32, dice: f64) -> Option<Duration> {
        if failed >= self.attempts {
            return None;
        }
        if self.constant {
            return Some(self.base);
        }
        let most = self.base.saturating_mul(2_u32.saturating_pow(failed - 1)).min(self.cap);
        Some(most.mul_f64(dice.clamp(0.0, 1.0)))
    }
}

/// A number from 0 to 1 that differs from call to call. Only ever used to spread waits.
pub(crate) fn dice() -> f64 {
    let bits = RandomState::new().hash_one(0_u8) >> 11;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let dice = bits as f64 / (1_u64 << 53) as f64;
    dice
}

/// What a `Retry-After` header asks for: seconds, or an HTTP date
/// ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)). Fractions of a second occur.
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds.min(u64::from(u32::MAX))));
    }
    if value.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return value.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds.min(4e9)).ok());
    }
    until_date(value, now)
}

/// How long it is to a date as HTTP writes them.
fn until_date(value: &str, now: Timestamp) -> Option<Duration> {
    let date = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    let millis = date.as_millisecond().saturating_sub(now.millis());
    Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// How long to wait, or how long something lasts, by what an answer says in a way of the API's own.
pub(crate) fn wait_for(value: &str, format: WaitFormat, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let until = |millis: i64| {
        let millis = millis.saturating_sub(now.millis());
        Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
    };
    #[expect(clippy::cast_possible_truncation, reason = "bounded, and a fraction of a millisecond is no matter")]
    let number = |factor: f64| {
        let number: f64 = value.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?;
        Some((number * factor).ceil().min(4e15) as i64)
    };
    match format {
        WaitFormat::Seconds => number(1000.0).and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis),
        WaitFormat::Millis => number(1.0).and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis),
        WaitFormat::UnixSeconds => number(1000.0).and_then(until),
        WaitFormat::UnixMillis => number(1.0).and_then(until),
        WaitFormat::Rfc3339 => Timestamp::parse(value).map(Timestamp::millis).and_then(until),
        WaitFormat::HttpDate => until_date(value, now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_end() {
        let policy =
            RetryPolicy { attempts: 6, base: Duration::from_secs(1), cap: Duration::from_secs(5), constant: false };
        let waits: Vec<_> = (1..=6).map(|failed| policy.delay(failed, 1.0).map(|wait| wait.as_secs())).collect();
        assert_eq!(waits, [Some(1), Some(2), Some(4), Some(5), Some(5), None]);
        assert_eq!(policy.delay(3, 0.0), Some(Duration::ZERO));
        assert_eq!(
            RetryPolicy { attempts: u32::MAX, ..policy }.delay(4_000_000, 0.5),
            Some(Duration::from_millis(2500))
        );
    }

    #[test]
    fn waits_that_are_constant_do_not_depend_on_dice() {
        let policy =
            RetryPolicy { attempts: 3, base: Duration::from_secs(7), constant: true, ..RetryPolicy::default() };
        let seven = Some(Duration::from_secs(7));
        assert_eq!([policy.delay(1, 0.0), policy.delay(2, 0.9), policy.delay(3, 0.5)], [seven, seven, None]);
    }

    #[test]
    fn reads_every_form_of_a_header_of_the_apis_own() {
        let now = Timestamp::parse("2026-01-15T12:00:00Z").unwrap();
        let (seconds, millis) = (now.millis() / 1000, now.millis());
        let (unix_s, unix_ms) = ((seconds + 30).to_string(), (millis + 250).to_string());
        for (value, format, wait) in [
            ("30", WaitFormat::Seconds, Some(30_000)),
            ("0.25", WaitFormat::Seconds, Some(250)),
            ("250", WaitFormat::Millis, Some(250)),
            (unix_s.as_str(), WaitFormat::UnixSeconds, Some(30_000)),
            (unix_ms.as_str(), WaitFormat::UnixMillis, Some(250)),
            ("2026-01-15T12:00:01Z", WaitFormat::Rfc3339, Some(1000)),
            ("1000", WaitFormat::UnixSeconds, Some(0)),
            ("Thu, 15 Jan 2026 12:00:30 GMT", WaitFormat::HttpDate, Some(30_000)),
            ("30", WaitFormat::HttpDate, None),
            ("soon", WaitFormat::Seconds, None),
            ("-1", WaitFormat::Seconds, None),
            ("NaN", WaitFormat::UnixSeconds, None),
            ("1e999", WaitFormat::Seconds, None),
        ] {
            assert_eq!(wait_for(value, format, now), wait.map(Duration::from_millis), "{value}");
        }
    }

    #[test]
    fn reads_both_forms_of_retry_after() {
        let now = Timestamp::parse("2026-01-15T12:00:00Z").unwrap();
        assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(" 0.5 ", now), Some(Duration::from_millis(500)));
        assert_eq!(retry_after("Thu, 15 Jan 2026 12:00:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Thu, 15 Jan 2026 11:00:00 GMT", now), Some(Duration::ZERO));
        for nonsense in ["", "soon", "-3", "12:00", "1.2.3", "Thu, 99 Jan 2026 12:00:30 GMT"] {
            assert_eq!(retry_after(nonsense, now), None, "{nonsense}");
        }
        let beyond = retry_after("99999999999999999999999999", now).unwrap();
        assert!(beyond.as_secs() >= 4_000_000_000, "a number beyond sense is a long time, not a panic");
    }

    #[test]
    fn dice_fall_between_0_and_1_and_differ() {
        let thrown: Vec<f64> = (0..50).map(|_| dice()).collect();
        assert!(thrown.iter().all(|n| (0.0..1.0).contains(n)));
        assert!(thrown.windows(2).any(|pair| pair[0] != pair[1]));
    }
}
