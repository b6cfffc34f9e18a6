//! How many requests are let through: so many in any span of the given length. It must not know who asks for what.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A limit over a sliding span.
#[derive(Debug)]
pub(crate) struct Limit {
    requests: usize,
    per: Duration,
    granted: Mutex<VecDeque<Instant>>,
}

impl Limit {
    /// So many requests in any span of `per`.
    pub(crate) fn new(requests: u32, per: Duration) -> Limit {
        Limit { requests: requests.max(1) as usize, per, granted: Mutex::new(VecDeque::new()) }
    }

    /// Lets a request through, or says how long to wait. A refused request does not count.
    pub(crate) fn take(&self, now: Instant) -> Result<(), Duration> {
        let mut granted = self.granted.lock().unwrap_or_else(PoisonError::into_inner);
        while granted.front().is_some_and(|oldest| now.saturating_duration_since(*oldest) >= self.per) {
            granted.pop_front();
        }
        match granted.front() {
            Some(oldest) if granted.len() >= self.requests => {
                Err(self.per.saturating_sub(now.saturating_duration_since(*oldest)))
            }
            _ => {
                granted.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_span_holds_more_than_the_limit() {
        let limit = Limit::new(3, Duration::from_secs(10));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(limit.take(at(0)).is_ok() && limit.take(at(1)).is_ok() && limit.take(at(9)).is_ok());
        assert_eq!(limit.take(at(9)), Err(Duration::from_secs(1)));
        assert!(limit.take(at(10)).is_ok());
        assert_eq!(limit.take(at(10)), Err(Duration::from_secs(1)));
    }
}
