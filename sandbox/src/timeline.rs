//! When the records of a list happened: a monotone function from a record's number to a moment, and its inverse by
//! bisection. Nothing is stored per record. It must not know what a record holds.

use crate::dice::{below, mix};
use crate::time::DAY;

/// Fraction bits of a step.
const FRACTION: u32 = 20;

/// Where rolling history begins to be counted: 2020-01-01. That the numbers of events hang on the calendar and not on
/// the start of the sandbox keeps ids and moments the same from one day to the next.
const ORIGIN: i64 = 1_577_836_800_000;

/// The last moment of a fixed history, unless it is earlier: 2026-01-01.
const FIXED_END: i64 = 1_767_225_600_000;

/// How long ago the oldest record of a fixed history was made, before the last.
const FIXED_SPAN: i64 = 730 * DAY;

/// Moments of numbered records.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    origin: i64,
    /// From one record to the next, in milliseconds with [`FRACTION`] bits behind the point.
    step: u64,
    seed: u64,
    ties: bool,
    /// Where records stand at the beginning of spans: how long those are, and how many records each has.
    spans: Option<(i64, u64)>,
}

impl Timeline {
    /// Spans of `period` milliseconds, the newest of which `now` is in, with `each` records at the beginning of each.
    pub(crate) fn spans(count: u64, now: i64, period: i64, each: u64) -> Timeline {
        let (period, each) = (period.max(1), each.max(1));
        let back = i64::try_from(count.saturating_sub(1) / each).unwrap_or(i64::MAX).saturating_mul(period);
        let origin = (now.div_euclid(period) * period).saturating_sub(back);
        Timeline { origin, step: 1, seed: 0, ties: false, spans: Some((period, each)) }
    }

    /// A history in which nothing moves: number 0 is the oldest record, and the newest of `count` is not after `now`.
    pub(crate) fn fixed(seed: u64, count: u64, now: i64) -> Timeline {
        let end = now.min(FIXED_END);
        Timeline { origin: end - FIXED_SPAN, step: step(FIXED_SPAN, count), seed, ties: false, spans: None }
    }

    /// A history that ends at `now` and lets go of its oldest records as new ones come. The second value is the number
    /// of the oldest of the `count` records it has at `now`.
    pub(crate) fn rolling(seed: u64, count: u64, now: i64, span: i64) -> (Timeline, u64) {
        let span = span.max(1);
        let origin = ORIGIN.min(now.saturating_sub(span.saturating_mul(2)));
        let timeline = Timeline { origin, step: step(span, count), seed, ties: true, spans: None };
        let elapsed = u128::from(now.saturating_sub(origin).unsigned_abs()) << FRACTION;
        let (mut low, mut high) = (0, u64::try_from(elapsed / u128::from(timeline.step)).unwrap_or(u64::MAX - 8) + 8);
        while low < high {
            let middle = low + (high - low) / 2;
            if timeline.at(middle) <= now { low = middle + 1 } else { high = middle }
        }
        (timeline, low.saturating_sub(count))
    }

    /// A history that ends at `now`, of records numbered from 0.
    pub(crate) fn ending(seed: u64, count: u64, now: i64, span: i64) -> Timeline {
        Timeline { origin: now.saturating_sub(span.max(1)), step: step(span, count), seed, ties: true, spans: None }
    }

    /// When the record of a number happened: never before those of smaller numbers.
    #[inline]
    pub(crate) fn at(&self, number: u64) -> i64 {
        if let Some((period, each)) = self.spans {
            let span = i64::try_from(number / each).unwrap_or(i64::MAX);
            return self.origin.saturating_add(span.saturating_mul(period));
        }
        // Now and then four neighbours share their millisecond.
        let tied = self.ties && mix(self.seed ^ (number >> 2)) & 31 == 0;
        let number = if tied { number & !3 } else { number };
        let base = ((u128::from(number) * u128::from(self.step)) >> FRACTION) as i64;
        let slack = below(mix(self.seed ^ !number), self.step >> FRACTION) as i64;
        self.origin.saturating_add(base).saturating_add(slack)
    }
}

fn step(span: i64, count: u64) -> u64 {
    let span = u128::from(span.max(1).unsigned_abs()) << FRACTION;
    u64::try_from(span / u128::from(count.max(1))).unwrap_or(u64::MAX).clamp(1, (1 << (32 + FRACTION)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_768_478_400_000;

    #[test]
    fn rolling_history_is_monotone_ends_now_and_has_ties() {
        for count in [1, 3, 1_000, 50_000] {
            let (timeline, first) = Timeline::rolling(7, count, NOW, 89 * DAY);
            let moments: Vec<i64> = (first..first + count).map(|number| timeline.at(number)).collect();
            assert!(moments.is_sorted());
            assert!(*moments.last().unwrap() <= NOW);
            assert!(timeline.at(first + count) > NOW);
            assert!(moments[0] > NOW - 100 * DAY);
            let ties = moments.windows(2).filter(|pair| pair[0] == pair[1]).count();
            assert!(count < 1_000 || ties > 10, "{ties} ties in {count}");
        }
    }

    #[test]
    fn tomorrow_keeps_what_today_had() {
        let (today, first) = Timeline::rolling(7, 1_000, NOW, 89 * DAY);
        let (tomorrow, later) = Timeline::rolling(7, 1_000, NOW + DAY, 89 * DAY);
        assert!(later > first && later < first + 1_000);
        assert_eq!(today.at(later), tomorrow.at(later));
    }

    #[test]
    fn ten_million_records_fit_as_well_as_more_than_milliseconds() {
        for count in [10_000_000_u64, 20_000_000_000] {
            let (timeline, first) = Timeline::rolling(7, count, NOW, 89 * DAY);
            assert!(timeline.at(first + count - 1) <= NOW);
            assert!(timeline.at(first) >= NOW - 90 * DAY);
        }
    }

    #[test]
    fn a_fixed_history_does_not_depend_on_the_day() {
        let (a, b) = (Timeline::fixed(1, 250, NOW), Timeline::fixed(1, 250, NOW + 5 * DAY));
        assert!((0..250).all(|number| a.at(number) == b.at(number)));
        assert!(a.at(249) <= NOW);
    }
}
