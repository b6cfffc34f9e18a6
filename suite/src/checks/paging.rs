//! Every record once, in as many requests as it takes, whatever the last page looks like.

use tapwright_spec::model::{Expr, Paging, Records, Resource, Step, Target};

use crate::bench::Bench;
use crate::outcome::{Ran, failed, holds, tried};

/// Lists of no record, of one, and of as many as make a page or two, or one more or less.
pub(crate) async fn paging_is_exact_at_the_edges(bench: &Bench<'_>) -> Ran {
    let page = bench.page();
    let mut sizes = vec![0, 1, page - 1, page, page + 1, 2 * page, 2 * page + 1];
    sizes.sort_unstable();
    sizes.dedup();
    let is_exact = bench.is_exact().await?;
    let mut rows = 0;
    for size in sizes {
        let (lab, report) = bench.synced(size).await?;
        let (stored, of) = (bench.stored(&lab)?, bench.report(&report)?);
        if is_exact {
            holds(stored == size, || format!("of {size} records {stored} are stored"))?;
        } else {
            holds(stored <= size, || format!("of {size} records there are {stored} rows"))?;
        }
        holds(of.quarantined == 0, || format!("{} of {size} records are set aside: {:?}", of.quarantined, of.notes))?;
        holds(size == 0 || stored > 0 || !is_exact, || format!("of {size} records none is stored"))?;
        let seen = lab.sandbox.requests();
        let refused = seen.iter().find(|request| request.status != 200);
        holds(refused.is_none(), || format!("the sandbox refuses a request: {refused:?}"))?;
        // The engine makes sure of a full last page, where a header would lead on and is not there: it asks for less, and again.
        let assured = size > 0 && size.is_multiple_of(page) && is_led_by_headers(bench.resource);
        if let Some(expected) = requests(bench.resource, size) {
            let asked = report.requests;
            holds(asked == expected || assured && asked <= expected + 2, || {
                format!("{size} records took {asked} requests, not {expected}")
            })?;
        }
        if is_told_apart(bench.resource) && !assured {
            let mut asked: Vec<_> = seen.iter().map(|one| (&one.method, &one.path, &one.query, &one.body)).collect();
            asked.sort_unstable();
            let twice = asked.windows(2).find(|pair| pair.first() == pair.last());
            holds(twice.is_none(), || format!("a page is asked for twice: {twice:?}"))?;
        }
        rows += stored;
    }
    if rows == 0 && bench.resource.keep.is_some() {
        return failed(
            "`where` is true of none of the records that the sandbox makes; an example of which it is may help",
        );
    }
    tried("rows", rows)
}

/// Whether two requests for two pages differ in what the sandbox logs.
fn is_told_apart(resource: &Resource) -> bool {
    let target = resource.paging.as_ref().and_then(Paging::target);
    resource.for_each.is_empty() && resource.incremental.is_none() && !matches!(target, Some(Target::Header(_)))
}

/// Whether what leads to the next page stands in headers alone.
fn is_led_by_headers(resource: &Resource) -> bool {
    let Some(paging) = &resource.paging else { return false };
    let from = match &paging.step {
        Step::Link => return true,
        Step::Cursor { from, .. } | Step::Next { from } => Some(from),
        Step::Last { .. } | Step::Page { .. } | Step::Offset { .. } => None,
    };
    let mut by_headers = false;
    for expr in from.into_iter().chain(&paging.more) {
        expr.walk(&mut |expr| by_headers |= matches!(expr, Expr::Header(_)));
    }
    by_headers
}

/// How many requests a list of so many records takes, where the spec alone says so.
fn requests(resource: &Resource, records: u64) -> Option<u64> {
    let windowed = resource.incremental.as_ref().is_some_and(|incremental| incremental.window.is_some());
    let plain = resource.for_each.is_empty() && !windowed && !resource.records.is_nested() && resource.keep.is_none();
    if !plain || matches!(resource.records, Records::One(_)) || resource.hook.is_some() {
        return None;
    }
    if resource.incremental.as_ref().is_some_and(|incremental| incremental.newest_first) {
        return None;
    }
    let Some(paging) = &resource.paging else { return Some(1) };
    let page = u64::from(paging.size.as_ref()?.value);
    let pages = records.div_ceil(page).max(1);
    let says_where_it_ends = paging.more.is_some()
        || match &paging.step {
            Step::Cursor { .. } | Step::Next { .. } | Step::Link => true,
            Step::Last { .. } => false,
            Step::Page { last, .. } => last.is_some(),
            Step::Offset { total, .. } => total.is_some(),
        };
    Some(match (says_where_it_ends, paging.short_is_last) {
        (true, _) => pages,
        (false, true) => records / page + 1,
        (false, false) if records == 0 => 1,
        (false, false) => pages + 1,
    })
}
