//! What a reader of the store sees of a refresh, and what becomes of rows that the source no longer has.

use tapwright_sandbox::{Error, Fault};
use tapwright_spec::model::EachOf;
use tapwright_sqlite::Sqlite;

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, failed, holds, not_about, tried};
use crate::watching::Watching;

/// Takes one of the records out that are stored.
fn delete_one(bench: &Bench<'_>, lab: &Lab) -> Result<(), Ended> {
    let query = format!("select id from \"{}\" order by id limit 1", bench.table());
    let id: String = match lab.store()?.query_row(&query, [], |row| row.get(0)) {
        Ok(id) => id,
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            return not_about("its filter leaves out what the sandbox makes up");
        }
        Err(error) => return Err(error.into()),
    };
    match lab.sandbox.delete(bench.name(), &id) {
        Err(Error::UnknownRecord(_)) => not_about("the sandbox does not call its records as their rows are called"),
        deleted => Ok(deleted?),
    }
}

/// As many records as make two pages and a bit.
fn some(bench: &Bench<'_>) -> u64 {
    2 * bench.page().min(120) + 3
}

/// While a refresh is under way, nobody sees fewer rows than before it.
pub(crate) async fn readers_never_see_half_a_refresh(bench: &Bench<'_>) -> Ran {
    let (lab, _) = bench.synced(some(bench)).await?;
    delete_one(bench, &lab)?;
    let before = i64::try_from(bench.stored(&lab)?).unwrap_or(i64::MAX);
    let query = format!("select count(*) from \"{}\"", bench.table());
    let mut sink = Watching { inner: Sqlite::open(lab.path())?, reader: lab.store()?, query, seen: Vec::new() };
    let report = lab.sync_into(&mut sink).await?;
    bench.complete(&report, "a second refresh")?;
    let seen = sink.seen;
    let least = seen.iter().copied().min().unwrap_or(-1);
    holds(least >= before - 1, || format!("a reader saw {least} of {before} rows"))?;
    tried("looks", seen.len() as u64)
}

/// A row that a complete refresh no longer meets goes, two of them where records may move while they are read; an event
/// stays.
pub(crate) async fn what_is_gone_goes_or_stays(bench: &Bench<'_>) -> Ran {
    let (lab, _) = bench.synced(some(bench)).await?;
    let before = bench.stored(&lab)?;
    delete_one(bench, &lab)?;
    let mut deleted = 0;
    for _ in 0..2 {
        let report = lab.sync(true).await?;
        bench.complete(&report, "a sync of everything")?;
        deleted += bench.report(&report)?.deleted;
    }
    let stored = bench.stored(&lab)?;
    let resource = bench.resource;
    let reads_changed = resource.for_each.iter().any(|each| matches!(each.of, EachOf::Rows { changed: true, .. }));
    let stays = (resource.incremental.is_some() || reads_changed) && !resource.row.shape.is_series();
    match stays {
        true => holds(stored == before, || format!("{before} rows were stored, and {stored} are left"))?,
        false if !bench.is_exact().await? => return not_about("not every record is a row of its own"),
        false => {
            holds(stored + 1 == before, || {
                format!("of {before} rows one is gone at the source, and {stored} are left")
            })?;
            holds(deleted == 1, || format!("one row went, and the reports say {deleted}"))?;
        }
    }
    tried("rows", stored)
}

/// A refresh that does not come to its end leaves every row where it was.
pub(crate) async fn a_refresh_that_fails_removes_nothing(bench: &Bench<'_>) -> Ran {
    if bench.has_rule_for(500) {
        return not_about("its error rules speak of a status of 500");
    }
    let (lab, _) = bench.synced(some(bench)).await?;
    let before = bench.stored(&lab)?;
    delete_one(bench, &lab)?;
    lab.sandbox.fail(bench.name(), Fault::Status(500, None).always().after(1))?;
    for _ in 0..2 {
        let report = lab.sync(false).await?;
        if bench.complete(&report, "").is_ok() {
            // One request was all there was to it.
            if report.requests <= 1 {
                return not_about("it takes one request");
            }
            return failed("a refresh is complete although the source fails");
        }
        let stored = bench.stored(&lab)?;
        holds(stored == before, || format!("a refresh that failed leaves {stored} of {before} rows"))?;
    }
    tried("rows", before)
}
