//! How an API says when it allows requests again. It must not know why it refuses one.

use std::time::Duration;

use hyper::header::{HeaderName, RETRY_AFTER};
use tapwright_spec::model::{WaitFormat, WaitHeader};

use crate::time;

/// A header that says it.
#[derive(Clone, Debug)]
pub(crate) struct Wait {
    name: HeaderName,
    format: WaitFormat,
}

impl Wait {
    /// The header a spec names, or else `Retry-After`.
    pub(crate) fn of(header: Option<&WaitHeader>) -> Wait {
        let named = header.and_then(|header| {
            let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
            Some(Wait { name, format: header.format })
        });
        named.unwrap_or(Wait { name: RETRY_AFTER, format: WaitFormat::Seconds })
    }

    /// The header, for so long a wait from a moment. What its format cannot tell is rounded up.
    pub(crate) fn header(&self, wait: Duration, now: i64) -> (HeaderName, String) {
        let millis = i64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX / 2).max(1);
        let then = now.saturating_add(millis);
        let seconds = |millis: i64| millis.saturating_add(999).div_euclid(1_000);
        let value = match self.format {
            WaitFormat::Seconds => seconds(millis).to_string(),
            WaitFormat::Millis => millis.to_string(),
            WaitFormat::UnixSeconds => seconds(then).to_string(),
            WaitFormat::UnixMillis => then.to_string(),
            WaitFormat::Rfc3339 => time::rfc3339(then),
        };
        (self.name.clone(), value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_never_shorter_than_was_meant() {
        let now = 1_768_478_400_250;
        for (format, expected) in [
            (WaitFormat::Seconds, "2"),
            (WaitFormat::Millis, "1001"),
            (WaitFormat::UnixSeconds, "1768478402"),
            (WaitFormat::UnixMillis, "1768478401251"),
            (WaitFormat::Rfc3339, "2026-01-15T12:00:01.251Z"),
        ] {
            let wait = Wait::of(Some(&WaitHeader { name: "X-Reset".to_owned(), format }));
            let (name, value) = wait.header(Duration::from_micros(1_000_500), now);
            assert_eq!((name.as_str(), value.as_str()), ("x-reset", expected));
        }
        assert_eq!(Wait::of(None).header(Duration::ZERO, now), (RETRY_AFTER, "1".to_owned()));
    }
}
