//! A sync that ends early is taken up by the next, and the store ends as if nothing had been.

use std::time::Duration;

use tapwright_runtime::{ErrorKind, Status};
use tapwright_sandbox::Fault;
use tapwright_sqlite::Sqlite;

use crate::bench::Bench;
use crate::failing::Failing;
use crate::outcome::{Ended, Ran, holds, tried};
use crate::together::together;

/// At how many places a sync is broken off.
const PLACES: u32 = 6;

/// Some pages and one record more: enough to be broken off in the middle.
fn several_pages(bench: &Bench<'_>) -> u64 {
    let page = bench.page().min(1_000);
    if page > 200 { 3 * page + 1 } else { 5 * page + 1 }
}

/// A sync that is stopped behind each of its first pages.
pub(crate) async fn a_sync_stopped_at_any_page_is_taken_up(bench: &Bench<'_>) -> Ran {
    let records = several_pages(bench);
    let (undisturbed, _) = bench.synced(records).await?;
    let expected = undisturbed.rows()?;
    let expected = &expected;
    let interrupted = together((0..PLACES).map(|pages| async move {
        let mut lab = bench.lab(records).await?;
        lab.options.readers = 2;
        // What comes behind so many pages comes too slowly to be there when the sync is asked to stop.
        lab.sandbox.fail(bench.name(), Fault::SlowBody(1).always().after(pages))?;
        lab.options.deadline = Some(Duration::from_millis(300));
        let interrupted = lab.sync_until(1).await?.status == Status::Interrupted;
        lab.sandbox.heal(bench.name())?;
        lab.options.deadline = None;
        let report = lab.sync(false).await?;
        bench.complete(&report, &format!("the sync after one that was stopped behind {pages} pages"))?;
        holds(lab.rows()? == *expected, || {
            format!("a sync stopped behind {pages} pages leaves other rows in the end")
        })?;
        Ok::<_, Ended>(interrupted)
    }));
    tried("interrupted syncs", count(&interrupted.await?))
}

/// A commit that fails, before or after it has reached the store.
pub(crate) async fn a_write_that_fails_is_taken_up(bench: &Bench<'_>) -> Ran {
    let records = several_pages(bench);
    let (undisturbed, _) = bench.synced(records).await?;
    let expected = undisturbed.rows()?;
    let expected = &expected;
    let places = [false, true].into_iter().flat_map(|reaches| (1..=u64::from(PLACES / 2)).map(move |at| (reaches, at)));
    let failed = together(places.map(|(reaches, fails)| async move {
        let lab = bench.lab(records).await?;
        let mut sink = Failing::new(Sqlite::open(lab.path())?, fails, reaches);
        let outcome = lab.sync_into(&mut sink).await;
        drop(sink);
        if let Err(error) = &outcome {
            let is_told = error.kind() == ErrorKind::Store && error.message() == "the disk is full";
            holds(is_told, || format!("a full disk is told as: {error}"))?;
        }
        bench.sync(&lab).await?;
        holds(lab.rows()? == *expected, || format!("commit {fails} failed, and other rows are left in the end"))?;
        Ok::<_, Ended>(outcome.is_err())
    }));
    tried("failed commits", count(&failed.await?))
}

fn count(trials: &[bool]) -> u64 {
    trials.iter().filter(|held| **held).count() as u64
}
