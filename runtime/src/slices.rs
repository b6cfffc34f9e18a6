//! Which slices a resource's work is: of a sync that begins, and of one that takes up another.

use tapwright_plan::{Incremental, Resource};

use crate::checkpoint::{Checkpoint, Frontier, Part, Slice};
use crate::http::text;
use crate::{Settings, Timestamp, spans};

/// The slices of a sync that begins now.
pub(crate) fn plan(
    resource: &'static Resource,
    settings: &Settings,
    frontier: Option<&Frontier>,
    now: Timestamp,
    wide: usize,
) -> Vec<Slice> {
    let Some(incremental) = &resource.incremental else { return vec![Slice::new(Part::All)] };
    let overlap = incremental.overlap.millis;
    if resource.row.shape.is_replaced() {
        let (from, wide) = match frontier.and_then(|frontier| frontier.at) {
            Some(at) => (Some(at - overlap), 1),
            None => (lookback(incremental, settings).map(|millis| now.plus(-millis).millis()), wide),
        };
        return match from {
            Some(from) => spans::windows(resource, incremental, from, now, wide),
            None => vec![Slice::new(Part::All)],
        };
    }
    match (frontier, &incremental.resume, &incremental.window) {
        (Some(Frontier { id: Some(id), at }), Some(_), window) => {
            let mut slices = vec![Slice::new(Part::After(id.clone()))];
            // Records that came late stand before the last one in the source's order: their time is read again.
            if let (Some(at), Some(_), true) = (*at, window, overlap > 0) {
                slices.push(Slice::new(Part::Window(at - overlap, Some(at + 1))));
            }
            slices
        }
        (Some(Frontier { at: Some(at), .. }), ..) if incremental.newest_first => {
            vec![Slice::new(Part::Window(at - overlap, None))]
        }
        (Some(Frontier { at: Some(at), .. }), _, Some(_)) => windows(incremental, at - overlap, now, 1),
        _ if incremental.newest_first => match lookback(incremental, settings) {
            Some(millis) => vec![Slice::new(Part::Window(now.plus(-millis).millis(), None))],
            None => vec![Slice::new(Part::All)],
        },
        (_, _, Some(_)) => match lookback(incremental, settings) {
            Some(millis) => windows(incremental, now.plus(-millis).millis(), now, wide),
            None => vec![Slice::new(Part::All)],
        },
        _ => vec![Slice::new(Part::All)],
    }
}

/// Adds to the slices of an unfinished sync what one that takes it up has to read besides, so that it ends where one
/// that begins now would end: what is new since the other one had come to the source's end, and what came late since,
/// behind where it had been. (When all is done the frontier will be later, and its own overlap would not reach back so
/// far: see `docs/design/taking-up.md`.)
pub(crate) fn catch_up(checkpoint: &mut Checkpoint, resource: &'static Resource, now: Timestamp) {
    if resource.row.shape.is_replaced() {
        spans::take_up(checkpoint, resource, now);
        return;
    }
    let Some(incremental) = &resource.incremental else { return };
    let overlap = incremental.overlap.millis;
    let slices = &mut checkpoint.slices;
    let time = |slice: &Slice| slice.last.as_ref().and_then(|last| last.at);
    if incremental.newest_first {
        // What is new stands in front of where the others had begun.
        if let Some(latest) = slices.iter().filter_map(time).max() {
            let new = Slice::new(Part::Window(latest - overlap, None));
            // Of what is done, the latest record is all that the frontier will be made of.
            slices.retain(|slice| slice.part != new.part && (!slice.done || time(slice) == Some(latest)));
            slices.push(new);
        }
        return;
    }
    let latest = slices.iter().filter_map(time).chain(checkpoint.frontier.as_ref().and_then(|last| last.at)).max();
    let end = slices.iter().rposition(|slice| slice.part.is_endless());
    let reached = slices.iter().all(|slice| slice.done || !slice.part.is_endless());

    // Where no window is without an end, what is new stands behind the last of their ends.
    let edge = |slice: &Slice| if let Part::Window(_, to) = slice.part { to } else { None };
    let closed = slices.iter().filter_map(edge).max().filter(|_| end.is_none());

    // Of what is done, the end and the latest record are all that the frontier will be made of.
    let last = (0..slices.len()).max_by_key(|at| slices.get(*at).and_then(time));
    let end_slice = end.and_then(|at| slices.get(at).cloned());
    let all = std::mem::take(slices).into_iter().enumerate();
    slices.extend(all.filter(|(at, slice)| !slice.done || [end, last].contains(&Some(*at))).map(|(_, slice)| slice));

    let mut more = Vec::new();
    if let (true, Some(end)) = (reached, end_slice) {
        let ordered = !end.unordered || matches!(end.part, Part::After(_));
        let id = end.last.as_ref().and_then(|last| last.id.clone()).filter(|_| ordered);
        match (id, &incremental.resume, &end.part, time(&end)) {
            (Some(id), Some(_), ..) => more.push(Slice::new(Part::After(id))),
            (_, _, Part::Window(..), Some(at)) => more.extend(windows(incremental, at - overlap, now, 1)),
            (_, _, Part::Window(from, _), None) => more.extend(windows(incremental, *from, now, 1)),
            (_, _, part, _) => more.push(Slice::new(part.clone())),
        }
    }
    // The clock that the end was read from may be ahead of the source: what came late before it counts, too.
    let from = |edge: i64| latest.map_or(edge, |latest| edge.min(latest - overlap));
    more.extend(closed.into_iter().flat_map(|edge| windows(incremental, from(edge), now, 1)));
    if let (Some(at), Some(_), true) = (latest, &incremental.window, overlap > 0) {
        more.push(Slice::new(Part::Window(at - overlap, Some(at + 1))));
    }
    for slice in more {
        // What waits to be read is not added again; what was begun is begun anew, for what came late since.
        match slices.iter_mut().find(|known| known.part == slice.part && !known.done) {
            Some(known) => *known = slice,
            None => slices.push(slice),
        }
    }
}

/// Adds, for the parents that were half read, what came late since behind where they were: their frontiers will be later,
/// and the overlap would not reach back so far.
pub(crate) fn late_of_parents(slices: &mut Vec<Slice>, resource: &'static Resource) {
    if resource.row.shape.is_replaced() {
        spans::take_up_parents(slices, resource);
        return;
    }
    let Some(incremental) = resource.incremental.as_ref().filter(|incremental| incremental.overlap.millis > 0) else {
        return;
    };
    let overlap = incremental.overlap.millis;
    let late = |slice: &Slice| {
        let at = slice.last.as_ref().and_then(|last| last.at).filter(|_| !slice.done)?;
        Some(slice.beside(Part::Window(at - overlap, Some(at + 1))))
    };
    let more: Vec<Slice> = slices.iter().filter_map(late).collect();
    slices.extend(more);
}

/// `from` until now in at least `count` windows of equal length, none longer than the source allows. The last has no
/// end, unless the source wants one: what happens during the sync is read too. A request asks for a window from a
/// millisecond before its start, and rounds both ends outwards to what their format tells apart, so that much less than
/// the source allows is planned.
fn windows(incremental: &Incremental, from: i64, now: Timestamp, count: usize) -> Vec<Slice> {
    let span = (now.millis() - from).max(1);
    let most = |window: &tapwright_plan::Window| {
        let unit = window.format.unit();
        let rounded = if unit > 1 { 2 * unit } else { 1 };
        window.at_most.map(|most| (most.millis - rounded).max(1))
    };
    let most = incremental.window.as_ref().and_then(most).unwrap_or(span);
    let wide = i64::try_from(count).unwrap_or(1).min(span / MIN_WINDOW).max(1);
    let count = span.div_euclid(most).saturating_add(i64::from(span % most > 0)).max(wide);
    let edge = |at: i64| from + i64::try_from(i128::from(span) * i128::from(at) / i128::from(count)).unwrap_or(span);
    let closed = incremental.window.as_ref().is_some_and(|window| window.until_now);
    (0..count).map(|at| Slice::new(Part::Window(edge(at), (closed || at + 1 < count).then(|| edge(at + 1))))).collect()
}

/// No window is cut shorter than a minute for speed's sake.
pub(crate) const MIN_WINDOW: i64 = 60_000;

/// How far back a sync without a frontier reaches, in milliseconds.
fn lookback(incremental: &'static Incremental, settings: &Settings) -> Option<i64> {
    let amount: i64 = text(incremental.lookback.as_ref()?, settings)?.parse().ok()?;
    amount.checked_mul(incremental.lookback_unit.millis)
}
