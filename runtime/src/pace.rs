//! Requests are paced to what the source allows, together for all resources of a connector.
//!
//! The limit is kept exactly: in any window of its length no more requests are granted than it says. Short of
//! it nothing waits, so a small sync is not slowed down by a limit it never reaches.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use tapwright_plan::RateLimit;
use tokio::time::Instant;

use crate::Why;

/// Grants request slots.
#[derive(Debug)]
pub(crate) struct Pacer {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// One for each limit that holds for all.
    windows: Vec<Window>,
    /// The same for single resources, by name.
    own: HashMap<&'static str, Vec<Window>>,
    /// Nothing is granted before this: the source asked for a pause.
    paused_until: Option<Instant>,
}

/// What was granted within the span of one limit.
#[derive(Debug)]
struct Window {
    requests: u32,
    per: Duration,
    /// Grants this close together are counted as one entry, so that a limit of millions costs no memory.
    grain: Duration,
    /// When slots were granted and how many, oldest first; the first of each entry's time counts as *its last*.
    granted: VecDeque<(Instant, u32)>,
    total: u32,
}

impl Pacer {
    /// A pacer of these limits, and of those that single resources have beside them.
    pub(crate) fn new(limits: &[RateLimit], own: impl Iterator<Item = (&'static str, &'static [RateLimit])>) -> Self {
        let windows = |limits: &[RateLimit]| limits.iter().map(Window::new).collect();
        let own = own.filter(|(_, limits)| !limits.is_empty()).map(|(name, limits)| (name, windows(limits))).collect();
        Pacer { state: Mutex::new(State { windows: windows(limits), own, paused_until: None }) }
    }

    /// Waits until a request of that resource may be sent; `told` is told each time how long that is, and why.
    pub(crate) async fn slot(&self, resource: &str, told: impl Fn(Duration, Why)) {
        loop {
            let now = Instant::now();
            let Err(until) = self.try_slot(resource, now) else { return };
            let paused = self.lock().paused_until.is_some();
            told(until.saturating_duration_since(now), if paused { Why::Paused } else { Why::Limit });
            tokio::time::sleep_until(until).await;
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
    fn try_slot(&self, resource: &str, now: Instant) -> Result<(), Instant> {
        let mut state = self.lock();
        if let Some(until) = state.paused_until {
            if now < until {
                return Err(until);
            }
            state.paused_until = None;
        }
        let State { windows, own, .. } = &mut *state;
        let own = own.get_mut(resource).map_or(&mut [][..], Vec::as_mut_slice);
        // All of them, or none: a slot that one refuses is not taken from another.
        if let Some(later) = windows.iter_mut().chain(&mut *own).filter_map(|window| window.full_until(now)).max() {
            return Err(later);
        }
        windows.iter_mut().chain(own).for_each(|window| window.take(now));
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Window {
    fn new(limit: &RateLimit) -> Self {
        let per = Duration::from_millis(u64::try_from(limit.per.millis).unwrap_or(1).max(1));
        Window { requests: limit.requests.max(1), per, grain: per / 500, granted: VecDeque::new(), total: 0 }
    }

    /// When there may be room again; none when there is room.
    fn full_until(&mut self, now: Instant) -> Option<Instant> {
        while let Some(&(at, count)) = self.granted.front()
            && now.saturating_duration_since(at) >= self.per
        {
            self.granted.pop_front();
            self.total -= count;
        }
        (self.total >= self.requests).then(|| self.granted.front().map_or(now, |&(at, _)| at + self.per))
    }

    fn take(&mut self, now: Instant) {
        self.total += 1;
        match self.granted.back_mut() {
            // The entry moves to the later time: it leaves the window when its last request does.
            Some((at, count)) if now.saturating_duration_since(*at) < self.grain => {
                *at = now;
                *count += 1;
            }
            _ => self.granted.push_back((now, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use tapwright_plan::Span;

    use super::*;

    fn limit(requests: u32, millis: i64) -> [RateLimit; 1] {
        [RateLimit { requests, per: Span { millis } }]
    }

    /// When each of `count` slots is granted, in milliseconds from the first ask.
    fn grants(pacer: &Pacer, count: usize) -> Vec<u128> {
        let start = Instant::now();
        let mut now = start;
        let mut at = Vec::new();
        while at.len() < count {
            match pacer.try_slot("x", now) {
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
            let pacer = Pacer::new(&limit(requests, millis), std::iter::empty());
            let at = grants(&pacer, requests as usize * 3 + 1);
            for (first, beyond) in at.iter().zip(at.iter().skip(requests as usize)) {
                assert!(beyond - first >= millis as u128, "{requests} per {millis}: {first} and {beyond}");
            }
            assert!(*at.last().unwrap() <= 3 * millis as u128 + 3, "and no slower than it must be");
        }
    }

    #[test]
    fn of_several_limits_all_hold_and_no_slot_is_lost_between_them() {
        let (short, long) = ((5, 100), (12, 1000));
        let both = [limit(short.0, short.1)[0], limit(long.0, long.1)[0]];
        let at = grants(&Pacer::new(&both, std::iter::empty()), 30);
        for (requests, millis) in [short, long] {
            for (first, beyond) in at.iter().zip(at.iter().skip(requests as usize)) {
                assert!(beyond - first >= millis as u128, "{requests} per {millis}: {first} and {beyond}");
            }
        }
        // Twelve at once would be too many for the short one, and they are no slower than both allow.
        assert!(at[11] <= 203 && at[12] <= 1003 && at[24] <= 2006, "{at:?}");
    }

    #[test]
    fn a_limit_of_millions_costs_little_memory() {
        let pacer = Pacer::new(&limit(2_000_000, 3_600_000), std::iter::empty());
        grants(&pacer, 100_000);
        assert!(pacer.lock().windows[0].granted.len() <= 501);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_everybody() {
        let pacer = Pacer::new(&[], std::iter::empty());
        pacer.pause(Duration::from_secs(3));
        pacer.pause(Duration::from_secs(1));
        let start = Instant::now();
        let told = Mutex::new(Vec::new());
        pacer.slot("x", |time, why| told.lock().unwrap().push((time.as_secs(), why))).await;
        assert_eq!(start.elapsed().as_secs(), 3);
        assert!(matches!(told.lock().unwrap().as_slice(), [(3, Why::Paused)]));
    }
}
