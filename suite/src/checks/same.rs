//! A connector that was compiled does what the same spec does when it is interpreted.

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, holds, not_about, tried};
use crate::subject::Subject;

/// The same tables, the same rows, and the same requests.
pub(crate) async fn compiled_and_interpreted_do_the_same(bench: &Bench<'_>) -> Ran {
    if !bench.subject.is_compiled {
        return not_about("it is interpreted only");
    }
    let hooks = bench.subject.hooks.clone();
    let interpreted = Subject { now: bench.subject.now, ..Subject::new(bench.subject.model.clone()).hooks(hooks) };
    holds(bench.subject.plan == interpreted.plan, || "the plan that is compiled in is not the spec's".to_owned())?;
    let records = 2 * bench.page().min(120) + 3;
    let one = read(bench, records).await?;
    let other = read(&Bench { subject: &interpreted, resource: bench.resource }, records).await?;
    let rows = one.rows()?;
    holds(rows == other.rows()?, || "the two leave other rows".to_owned())?;
    let (asked, also) = (asked(bench, &one), asked(bench, &other));
    holds(asked == also, || format!("the one asks for {asked:?}, the other for {also:?}"))?;
    tried("rows", rows.values().map(|rows| rows.len() as u64).sum())
}

/// A lab that was synced by one reader, so that the requests come in the same order.
async fn read(bench: &Bench<'_>, records: u64) -> Result<Lab, Ended> {
    let mut lab = bench.lab(records).await?;
    lab.options.readers = 1;
    bench.sync(&lab).await?;
    Ok(lab)
}

/// What was asked for: of a window of time, where it begins and ends depends on the moment, so there the path alone.
fn asked(bench: &Bench<'_>, lab: &Lab) -> Vec<(String, String, String, String)> {
    let is_windowed = bench.subject.model.resources.iter().any(|resource| resource.incremental.is_some());
    let is_alone = bench.resource.for_each.is_empty() && bench.resource.incremental.is_none();
    let mut asked: Vec<_> = lab
        .sandbox
        .requests()
        .into_iter()
        .map(|one| match is_alone || !is_windowed {
            true => (one.method, one.path, one.query, one.body),
            false => (one.method, one.path, String::new(), String::new()),
        })
        .collect();
    asked.sort_unstable();
    asked
}
