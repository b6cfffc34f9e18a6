//! A second sync reads what is new and what came late, and a first one as far back as the spec says.

use tapwright_runtime::Mode;
use tapwright_sandbox::Change;

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, holds, not_about, tried};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// A lab with some records, the newest of which was put in, that was synced.
async fn begun(bench: &Bench<'_>) -> Result<(Lab, Option<String>, u64), Ended> {
    if bench.filters().await? {
        return not_about("its filter leaves out some of what the sandbox makes up");
    }
    let lab = bench.lab(120).await?;
    let home = bench.home(&lab)?;
    bench.put(&lab, home.as_deref(), Change::new().at(bench.subject.now))?;
    let rows = bench.report(&bench.sync(&lab).await?)?.rows;
    Ok((lab, home, rows))
}

/// What a second sync reads is what came since, and what lies within the overlap.
pub(crate) async fn a_second_sync_reads_only_what_is_new(bench: &Bench<'_>) -> Ran {
    let (lab, home, first) = begun(bench).await?;
    let before = bench.stored(&lab)?;
    let again = read_again(bench, &lab)?;
    if again * 2 >= first {
        return not_about("nearly all of its records are within the overlap");
    }
    let report = bench.sync(&lab).await?;
    let of = bench.report(&report)?;
    holds(of.mode == Mode::Incremental, || format!("a second sync is {:?}", of.mode))?;
    holds(bench.stored(&lab)? == before, || "a sync of nothing new changes how many rows there are".to_owned())?;
    holds(of.rows <= 2 * again, || format!("{} rows are read again, of which {again} could be new", of.rows))?;

    let new = 5;
    for minute in 1..=new {
        bench.put(&lab, home.as_deref(), Change::new().at(bench.subject.now + minute * MINUTE))?;
    }
    let report = bench.sync(&lab).await?;
    let rows = bench.report(&report)?.rows;
    let (stored, expected) = (bench.stored(&lab)?, before + 5);
    holds(stored == expected, || format!("of 5 new records {} are stored", stored.saturating_sub(before)))?;
    holds(rows <= 2 * (again + 5), || format!("{rows} rows are read for 5 new records, {again} could be read again"))?;
    tried("rows", stored)
}

/// How many rows lie where a second sync may look again.
fn read_again(bench: &Bench<'_>, lab: &Lab) -> Result<u64, Ended> {
    let Some(incremental) = &bench.resource.incremental else { return Ok(0) };
    let column = bench.resource.row.shape.time_column();
    let back = incremental.overlap_millis + 2 * bench.grain() + 2_000;
    let table = bench.table();
    // Where there is a frontier for each parent, each has its own: all that is near the end of any is counted.
    let query = format!(
        "select count(*) from \"{table}\" where \"{column}\" >= (select max(\"{column}\") from \"{table}\") - {back}"
    );
    let near = u64::try_from(lab.number(&query)?).unwrap_or_default();
    let page = if incremental.newest_first { bench.page() } else { 0 };
    // The last record of each other parent, and what is near it.
    let others = if bench.resource.for_each.is_empty() { 0 } else { 12 };
    Ok(near + page + others)
}

/// Records of the newest one's moment, and such as come late by less than the overlap, are found by the next sync.
pub(crate) async fn ties_and_late_records_are_found(bench: &Bench<'_>) -> Ran {
    if bench.resource.row.shape.is_series() {
        return late_spans_are_found(bench).await;
    }
    let (lab, home, _) = begun(bench).await?;
    let overlap = bench.resource.incremental.as_ref().map_or(0, |incremental| incremental.overlap_millis);
    let before = bench.stored(&lab)?;
    let now = bench.subject.now;
    let moments = [("the tie", now), ("the late one", now - overlap * 9 / 10), ("the new one", now + MINUTE)];
    for (what, at) in moments {
        bench.put(&lab, home.as_deref(), Change::new().at(at))?;
        if what == "the new one" || what == "the tie" {
            // The frontier stays where it is until the last: a late one comes with nothing new behind it.
            continue;
        }
        bench.sync(&lab).await?;
        let stored = bench.stored(&lab)?;
        holds(stored == before + 2, || {
            format!("{what} and the tie: {} of 2 are found", stored.saturating_sub(before))
        })?;
    }
    bench.sync(&lab).await?;
    let stored = bench.stored(&lab)?;
    holds(stored == before + 3, || {
        format!("of a tie, a late record and a new one {} are found", stored.saturating_sub(before))
    })?;
    tried("records", 3)
}

/// What a source says later of a span within the overlap is found by the next sync.
async fn late_spans_are_found(bench: &Bench<'_>) -> Ran {
    if bench.filters().await? {
        return not_about("its filter leaves out some of what the sandbox makes up");
    }
    let overlap = bench.resource.incremental.as_ref().map_or(0, |incremental| incremental.overlap_millis);
    let step = bench.span();
    if overlap < step {
        return not_about("its `overlap` is shorter than a span");
    }
    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    let newest = (bench.subject.now - step).div_euclid(step) * step;
    for (place, spans) in [0, overlap / step].into_iter().enumerate() {
        bench.put(&lab, home.as_deref(), Change::new().at(newest - spans * step))?;
        bench.sync(&lab).await?;
        let (stored, expected) = (bench.stored(&lab)?, place as u64 + 1);
        holds(stored == expected, || format!("of a span and one that came {spans} spans late {stored} are found"))?;
    }
    tried("records", 2)
}

/// What is older than the look-back is not read, what is younger is.
pub(crate) async fn the_look_back_is_kept(bench: &Bench<'_>) -> Ran {
    let Some(look_back) = bench.look_back() else { return not_about("its `lookback` is not a plain number") };
    if look_back < 3 * DAY {
        return not_about("its `lookback` is shorter than three days");
    }
    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    if bench.filters().await? {
        return not_about("its filter leaves out some of what the sandbox makes up");
    }
    let slack = DAY + bench.grain();
    let put = |at: i64| bench.put(&lab, home.as_deref(), Change::new().at(at));
    put(bench.subject.now - look_back + slack + DAY)?;
    bench.sync(&lab).await?;
    let inside = bench.stored(&lab)?;
    holds(inside == 1, || format!("a record within the look-back is stored {inside} times"))?;

    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    let put = |at: i64| bench.put(&lab, home.as_deref(), Change::new().at(at));
    put(bench.subject.now - look_back - slack)?;
    put(bench.subject.now - look_back + slack + DAY)?;
    let rows = bench.report(&bench.sync(&lab).await?)?.rows;
    let stored = bench.stored(&lab)?;
    holds(stored == 1 && rows == 1, || format!("of two records, one older than the look-back, {stored} are stored"))?;
    tried("records", 3)
}
