//! Requests are paced to what the source allows, together for all resources of a connector.
//!
//! The limit is kept exactly: in any window of its length no more requests are granted than it says. Short of
//! it nothing waits, so a small sync is not slowed down by a limit it never reaches.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use tapwright_plan::RateLimit;
use tokio::time::Instant;

/// Grants request slots.
#[derive(Debug)]
pub(crate) struct Pacer {
    state: Mutex<State>,
    limit: Option<Limit>,
}

#[derive(Clone, Copy, Debug)]
struct Limit {
    requests: u32,
    per: Duration,
    /// Grants this close together are counted as one entry, so that a limit of millions costs no memory.
    grain: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// When slots were granted and how many, oldest first; the first of each entry's time counts as *its last*.
    granted: VecDeque<(Instant, u32)>,
    total: u32,
    /// Nothing is granted before this: the source asked for a pause.
    paused_until: Option<Instant>,
}

impl Pacer {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        let limit = limit.map(|limit| {
            let per = Duration::from_millis(u64::try_from(limit.per.millis).unwrap_or(1).max(1));
            Limit { requests: limit.requests.max(1), per, grain: per / 500 }
        });
        Pacer { state: Mutex::new(State::default()), limit }
    }

    /// Waits until a request may be sent.
    pub(crate) async fn slot(&self) {
        while let Err(wait) = self.try_slot(Instant::now()) {
            tokio::time::sleep_until(wait).await;
        }
    }

    /// Grants nothing for that long: the source asked for it.
    pub(crate) fn pause(&self, wait: Duration) {
        let Some(until) = Instant::now().checked_add(wait) else { return };
        let mut state = self.lock();
        if state.paused_until.is_none_or(|paused| paused < until) {
            state.paused_until = Some(until);
        }
    }

    /// A slot at `now`, or when to ask again.
    fn try_slot(&self, now: Instant) -> Result<(), Instant> {
        let mut state = self.lock();
        if let Some(until) = state.paused_until {
            if now < until {
                return Err(until);
            }
            state.paused_until = None;
        }
        let Some(limit) = self.limit else { return Ok(()) };
        while let Some(&(at, count)) = state.granted.front()
            && now.saturating_duration_since(at) >= limit.per
        {
            state.granted.pop_front();
            state.total -= count;
        }
        if state.total >= limit.requests {
            return Err(state.granted.front().map_or(now, |&(at, _)| at + limit.per));
        }
        state.total += 1;
        match state.granted.back_mut() {
            // The entry moves to the later time: it leaves the window when its last request does.
            Some((at, count)) if now.saturating_duration_since(*at) < limit.grain => {
                *at = now;
                *count += 1;
            }
            _ => state.granted.push_back((now, 1)),
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tapwright_plan::Span;

    use super::*;

    fn limit(requests: u32, millis: i64) -> Option<RateLimit> {
        Some(RateLimit { requests, per: Span { millis } })
    }

    /// When each of `count` slots is granted, in milliseconds from the first ask.
    fn grants(pacer: &Pacer, count: usize) -> Vec<u128> {
        let start = Instant::now();
        let mut now = start;
        let mut at = Vec::new();
        while at.len() < count {
            match pacer.try_slot(now) {
                Ok(()) => at.push((now - start).as_millis()),
                Err(later) => {
                    assert!(later > now, "asked to wait for what has passed");
                    now = later;
                }
            }
        }
        at
    }

    #[test]
    fn no_window_holds_more_than_the_limit() {
        for (requests, millis) in [(5, 1000), (1, 100), (100, 1000), (6000, 60_000)] {
            let pacer = Pacer::new(limit(requests, millis));
            let at = grants(&pacer, requests as usize * 3 + 1);
            for (first, beyond) in at.iter().zip(at.iter().skip(requests as usize)) {
                assert!(beyond - first >= millis as u128, "{requests} per {millis}: {first} and {beyond}");
            }
            assert!(*at.last().unwrap() <= 3 * millis as u128 + 3, "and no slower than it must be");
        }
    }

    #[test]
    fn a_limit_of_millions_costs_little_memory() {
        let pacer = Pacer::new(limit(2_000_000, 3_600_000));
        grants(&pacer, 100_000);
        assert!(pacer.lock().granted.len() <= 501);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_everybody() {
        let pacer = Pacer::new(None);
        pacer.pause(Duration::from_secs(3));
        pacer.pause(Duration::from_secs(1));
        let start = Instant::now();
        pacer.slot().await;
        assert_eq!(start.elapsed().as_secs(), 3);
    }
}
