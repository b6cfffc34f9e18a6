//! What goes wrong at the source is tried again where that can help, and otherwise ends the resource in words.

use std::time::Duration;

use tapwright_runtime::{ErrorKind, Status};
use tapwright_sandbox::{Fault, RetryAfter, Seen};
use tapwright_spec::model::Auth;

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, holds, not_about, tried};
use crate::together::together;

/// A page and a bit, so that there is something to fail between.
fn some(bench: &Bench<'_>) -> u64 {
    bench.page().min(120) + 3
}

/// Each failure that may pass, twice in a row, costs retries and no row.
pub(crate) async fn what_may_pass_is_tried_again(bench: &Bench<'_>) -> Ran {
    let (calm, _) = bench.synced(some(bench)).await?;
    let expected = calm.rows()?;
    let statuses = [408, 425, 429, 500, 502, 503, 504].into_iter().filter(|status| !bench.has_rule_for(*status));
    let faults = statuses.map(|status| Fault::Status(status, None)).chain([Fault::Reset, Fault::CutBody]);
    let expected = &expected;
    let tries = together(faults.map(|fault| async move {
        let lab = bench.lab(some(bench)).await?;
        lab.sandbox.fail(bench.name(), fault.clone().times(2))?;
        let report = lab.sync(false).await?;
        bench.complete(&report, &format!("a sync at a source that fails twice by {fault:?}"))?;
        holds(report.retries >= 1, || format!("{fault:?} is not tried again"))?;
        holds(lab.rows()? == *expected, || format!("{fault:?} changes what is stored"))
    }));
    tried("faults", tries.await?.len() as u64)
}

/// `Retry-After` is waited for, in seconds and as a date.
pub(crate) async fn retry_after_is_waited_for(bench: &Bench<'_>) -> Ran {
    if bench.has_rule_for(429) {
        return not_about("its error rules speak of a status of 429");
    }
    let (seconds, date) = tokio::join!(
        waits(bench, RetryAfter::Seconds(1), 990),
        // A date has whole seconds, so it is half a second ahead or more.
        waits(bench, RetryAfter::Date(Duration::from_millis(500)), 400),
    );
    seconds?;
    date?;
    tried("waits", 2)
}

/// What is told to wait is asked for again so many milliseconds later at least, by the sandbox's own log: a slow
/// machine is no waiting.
async fn waits(bench: &Bench<'_>, form: RetryAfter, least: u64) -> Result<(), Ended> {
    let lab = bench.lab(1).await?;
    lab.sandbox.fail(bench.name(), Fault::Status(429, Some(form)).once())?;
    let report = bench.sync(&lab).await?;
    holds(report.retries == 1, || format!("{} retries for one refusal", report.retries))?;
    let seen = lab.sandbox.requests();
    let mut behind = seen.iter().skip_while(|request| request.status != 429);
    let Some(refused) = behind.next() else {
        return Err(Ended::Failed("no request was refused".to_owned()));
    };
    // Requests for other lists may have been under way.
    let what = |request: &Seen| (request.path.clone(), request.query.clone(), request.body.clone());
    let Some(next) = behind.find(|request| what(request) == what(refused)) else {
        return Err(Ended::Failed("what was refused was not asked for again".to_owned()));
    };
    let waited = next.at.saturating_sub(refused.at);
    holds(waited >= Duration::from_millis(least), || format!("{form:?} is asked for, and {waited:?} were waited"))
}

/// A refusal is asked for once, and ends the resource with the source's own words.
pub(crate) async fn a_refusal_ends_it_at_once(bench: &Bench<'_>) -> Ran {
    let refusals = [
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::Rejected),
        (422, ErrorKind::Rejected),
    ];
    let mut count = 0;
    for (status, kind) in refusals.into_iter().filter(|(status, _)| !bench.has_rule_for(*status)) {
        let mut lab = bench.lab(some(bench)).await?;
        lab.options.readers = 1;
        const WORDS: &str = "no such luck";
        lab.sandbox.fail(bench.name(), Fault::Answer(status, format!(r#"{{"message":"{WORDS}"}}"#)).always())?;
        let (found, told) = ended(bench, &lab).await?;
        holds(found == kind, || format!("{status} ends it with {found:?}, not {kind:?}: {told}"))?;
        holds(told.contains(WORDS), || format!("what the source says of {status} is not shown: {told}"))?;
        let asked = lab.sandbox.requests().iter().filter(|request| request.status == status).count();
        // A token that may have lapsed is asked for again, once.
        let renewed = status == 401 && matches!(bench.subject.model.api.auth, Auth::Token(_) | Auth::Choice { .. });
        // Lists of several parents may be under way at a time.
        let most = if renewed { 2 } else { 1 } * if bench.resource.for_each.is_empty() { 1 } else { 16 };
        holds((1..=most).contains(&asked), || format!("{status} is asked for {asked} times"))?;
        count += 1;
    }
    tried("refusals", count)
}

/// A cursor that leads nowhere is noticed.
pub(crate) async fn a_stuck_cursor_ends(bench: &Bench<'_>) -> Ran {
    let records = if bench.resource.for_each.is_empty() { 6 } else { 40 } * bench.page();
    let mut lab = bench.lab(records).await?;
    lab.options.readers = 1;
    lab.sandbox.fail(bench.name(), Fault::StuckCursor.always())?;
    let sync = tokio::time::timeout(Duration::from_secs(20), ended(bench, &lab));
    let Ok(outcome) = sync.await else { return Err(Ended::Failed("it does not end".to_owned())) };
    if outcome.is_err() && bench.stored(&lab)? == records {
        return not_about("no list of it has a second page here");
    }
    let (kind, told) = outcome?;
    holds(kind == ErrorKind::Paging, || format!("a stuck cursor ends it with {kind:?}: {told}"))?;
    tried("requests", lab.sandbox.request_count())
}

/// Where what leads to the next page goes by another name, the first page is not taken for all there is.
pub(crate) async fn a_list_that_ends_without_a_word_is_not_whole(bench: &Bench<'_>) -> Ran {
    let plain = bench.resource.for_each.is_empty() && bench.resource.incremental.is_none();
    let records = if plain { 2 } else { 12 } * bench.page();
    let (calm, _) = bench.synced(records).await?;
    let mut lab = bench.lab(records).await?;
    // Windows are cut for readers to share.
    lab.options.readers = 1;
    lab.sandbox.fail(bench.name(), Fault::NoNext.always())?;
    let outcome = ended(bench, &lab).await;
    if outcome.is_err() && lab.rows()? == calm.rows()? {
        return not_about("no list of it has a second page here");
    }
    let (kind, told) = outcome?;
    holds(kind == ErrorKind::Paging, || {
        format!("a list that does not say how it goes on ends it with {kind:?}: {told}")
    })?;
    lab.sandbox.heal(bench.name())?;
    bench.sync(&lab).await?;
    holds(lab.rows()? == calm.rows()?, || "the sync after it leaves other rows".to_owned())?;
    tried("requests", lab.sandbox.request_count())
}

/// A body that is not JSON, or only the first half of it, ends the resource with the bytes it begins with.
pub(crate) async fn a_body_that_is_not_json_ends_it(bench: &Bench<'_>) -> Ran {
    let mut count = 0;
    for fault in [Fault::NotJson, Fault::TruncatedJson] {
        let mut lab = bench.lab(some(bench)).await?;
        lab.options.readers = 1;
        lab.sandbox.fail(bench.name(), fault.clone().always())?;
        let (kind, told) = ended(bench, &lab).await?;
        holds(kind == ErrorKind::Body, || format!("{fault:?} ends it with {kind:?}: {told}"))?;
        let stored = bench.stored(&lab)?;
        holds(stored == 0, || format!("{stored} rows of a broken body are stored"))?;
        count += 1;
    }
    tried("bodies", count)
}

/// Syncs; that is to fail, and how it does is told.
async fn ended(bench: &Bench<'_>, lab: &Lab) -> Result<(ErrorKind, String), Ended> {
    let report = lab.sync(false).await?;
    let of = bench.report(&report)?;
    match &of.error {
        Some(error) => Ok((error.kind(), error.to_string())),
        None if of.status == Status::Complete => {
            Err(Ended::Failed("it is complete although the source fails".to_owned()))
        }
        None => Err(Ended::Failed(format!("it is {:?} and says not why: {:?}", of.status, of.notes))),
    }
}
