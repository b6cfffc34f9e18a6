//! The slices of a metric or distribution: windows that are replaced as wholes, so they never cut a period in two and never
//! reach into each other.

use tapwright_plan::{Incremental, Resource};

use crate::Timestamp;
use crate::checkpoint::{Checkpoint, Frontier, Part, Slice};
use crate::sink::Extent;

/// `from` until now in at most about `wide` windows, or in as many as the source's bound on one makes. Where there is no
/// period to cut between, only that bound cuts.
pub(crate) fn windows(
    resource: &Resource,
    incremental: &Incremental,
    from: i64,
    now: Timestamp,
    wide: usize,
) -> Vec<Slice> {
    let Some(window) = &incremental.window else { return vec![Slice::new(Part::All)] };
    let (now, period) = (now.millis(), period(resource));
    let from = floor(from, period);
    let span = (now - from).max(1);
    // Both ends of a window are rounded outwards when it is asked for.
    let unit = window.format.unit();
    let rounded = if unit > 1 { 2 * unit } else { 1 };
    let most = window.at_most.map_or(i64::MAX, |most| most.millis - rounded);
    let wide = i64::try_from(wide).unwrap_or(1).max(1);
    let even = match period {
        Some(period) => (span / wide / period + 1).saturating_mul(period),
        None => span,
    };
    let step = floor(even.min(most), period).max(period.unwrap_or(1));
    let mut slices = Vec::new();
    let mut start = from;
    loop {
        let end = start.saturating_add(step);
        if end >= now {
            slices.push(Slice::new(Part::Window(start, window.until_now.then_some(now.max(start + 1)))));
            return slices;
        }
        slices.push(Slice::new(Part::Window(start, Some(end))));
        start = end;
    }
}

/// Leaves of the slices of an unfinished sync those whose windows are over, and reads anew what may have been corrected
/// since: all from `overlap` before the latest record that was read, and what that cuts in two.
pub(crate) fn take_up(checkpoint: &mut Checkpoint, resource: &Resource, now: Timestamp) {
    let Some(incremental) = resource.incremental.as_ref().filter(|incremental| incremental.window.is_some()) else {
        return;
    };
    let slices = &mut checkpoint.slices;
    let read = slices.iter().filter_map(|slice| slice.last.as_ref()?.at);
    let latest = read.chain(checkpoint.frontier.as_ref().and_then(|last| last.at)).max();
    let begin = |slice: &Slice| if let Part::Window(from, _) = slice.part { Some(from) } else { None };
    // In front of where the first of them begins nothing was read that could be corrected.
    let first = slices.iter().filter_map(begin).min().unwrap_or(i64::MIN);
    let edge = latest.map(|latest| floor(latest - incremental.overlap.millis, period(resource)).max(first));
    let is_over = |slice: &Slice| match (&slice.part, edge) {
        (Part::Window(_, Some(to)), Some(edge)) => *to <= edge,
        _ => false,
    };
    let open = slices.iter().filter(|slice| !is_over(slice) && !slice.done);
    let Some(from) = open.filter_map(begin).chain(edge).min() else { return };
    slices.retain(is_over);
    slices.extend(windows(resource, incremental, from, now, 1));
}

/// Begins the lists of parents anew that were half read and may have been corrected since.
pub(crate) fn take_up_parents(slices: &mut [Slice], resource: &Resource) {
    let Some(incremental) = &resource.incremental else { return };
    for slice in slices.iter_mut().filter(|slice| !slice.done) {
        let Some(latest) = slice.last.as_ref().and_then(|last: &Frontier| last.at) else { continue };
        let is_over = matches!(slice.part, Part::Window(_, Some(to)) if to <= latest - incremental.overlap.millis);
        if !is_over {
            *slice = slice.beside(slice.part.clone());
        }
    }
}

/// What of the resource a slice reads.
pub(crate) fn extent(slice: &Slice) -> Extent {
    let (from, to) = match slice.part {
        Part::Window(from, to) => (Some(from), to),
        Part::All | Part::After(_) => (None, None),
    };
    Extent { from, to, parent: slice.parent.as_ref().map(|parent| parent.key.clone()) }
}

fn period(resource: &Resource) -> Option<i64> {
    resource.row.shape.series()?.period.map(|period| period.millis.max(1))
}

/// The beginning of the period that a moment is in. Periods are counted from 1970 in UTC.
fn floor(at: i64, period: Option<i64>) -> i64 {
    period.map_or(at, |period| at.div_euclid(period) * period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_floored_to_its_period() {
        assert_eq!(floor(86_400_001, Some(86_400_000)), 86_400_000);
        assert_eq!(floor(-1, Some(60_000)), -60_000);
        assert_eq!(floor(17, None), 17);
    }
}
