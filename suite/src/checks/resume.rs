//! A sync that ends early is taken up by the next, and the store ends as if nothing had been.

use std::time::Duration;

use tapwright_runtime::{ErrorKind, Status};
use tapwright_sqlite::Sqlite;

use crate::bench::Bench;
use crate::failing::Failing;
use crate::outcome::{Ran, holds, not_about, tried};

/// At how many places a sync is broken off.
const PLACES: u64 = 6;

/// Some pages and one record more: enough to be broken off in the middle.
fn several_pages(bench: &Bench<'_>) -> u64 {
    let page = bench.page().min(1_000);
    if page > 200 { 3 * page + 1 } else { 5 * page + 1 }
}

/// A sync that is asked to stop after each of its first commits.
pub(crate) async fn a_sync_stopped_at_any_page_is_taken_up(bench: &Bench<'_>) -> Ran {
    let records = several_pages(bench);
    let (undisturbed, _) = bench.synced(records).await?;
    let expected = undisturbed.rows()?;
    let mut interrupted = 0;
    for commits in 1..=PLACES {
        let mut lab = bench.lab_with(records, |sandbox| sandbox.latency(Duration::from_millis(2))).await?;
        lab.options.readers = 2;
        interrupted += u64::from(lab.sync_until(commits).await?.status == Status::Interrupted);
        let report = lab.sync(false).await?;
        bench.complete(&report, &format!("the sync after one that was stopped after {commits} commits"))?;
        holds(lab.rows()? == expected, || {
            format!("a sync stopped after {commits} commits leaves other rows in the end")
        })?;
    }
    if interrupted == 0 && bench.page() > 200 {
        // Large pages are few, and may all be in one commit.
        return not_about("all of its pages are written before it is asked to stop");
    }
    tried("interrupted syncs", interrupted)
}

/// A commit that fails, before or after it has reached the store.
pub(crate) async fn a_write_that_fails_is_taken_up(bench: &Bench<'_>) -> Ran {
    let records = several_pages(bench);
    let (undisturbed, _) = bench.synced(records).await?;
    let expected = undisturbed.rows()?;
    let mut failures = 0;
    for reaches in [false, true] {
        for fails in 1..=PLACES / 2 {
            let lab = bench.lab(records).await?;
            let mut sink = Failing::new(Sqlite::open(lab.path())?, fails, reaches);
            let outcome = lab.sync_into(&mut sink).await;
            drop(sink);
            if let Err(error) = outcome {
                let is_told = error.kind() == ErrorKind::Store && error.message() == "the disk is full";
                holds(is_told, || format!("a full disk is told as: {error}"))?;
                failures += 1;
            }
            bench.sync(&lab).await?;
            holds(lab.rows()? == expected, || format!("commit {fails} failed, and other rows are left in the end"))?;
        }
    }
    tried("failed commits", failures)
}
