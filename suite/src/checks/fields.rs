//! What becomes of a value: it is stored as it came, or its record is set aside.

use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use tapwright_sandbox::Change;
use tapwright_spec::model::Type;

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, failed, holds, not_about, tried};
use crate::sample::{Cell, Plain, extreme, fitting, plain, unfit};

/// A value at a field, and what is to become of it; no value where the key is to be missing.
struct Case<'r> {
    field: Plain<'r>,
    value: Option<Value>,
    expected: Becomes,
}

enum Becomes {
    Stored(Cell),
    SetAside,
}

/// Values of each type, null, and nothing at all.
pub(crate) async fn fields_are_stored_as_they_came(bench: &Bench<'_>) -> Ran {
    let mut cases = Vec::new();
    for field in plain(bench.resource) {
        for (value, cell) in fitting(&field.field.ty) {
            cases.push(Case { field: field.clone(), value: Some(value), expected: Becomes::Stored(cell) });
        }
        if field.alone {
            for value in [Some(Value::Null), None] {
                let expected = match (&field.field.ty, &value) {
                    _ if field.field.nullable => Becomes::Stored(Cell::Null),
                    // Null is JSON like any other.
                    (Type::Json, Some(_)) => Becomes::Stored(Cell::Json(Value::Null)),
                    _ => Becomes::SetAside,
                };
                cases.push(Case { field: field.clone(), value, expected });
            }
        }
    }
    hold(bench, cases).await
}

/// Values of other types: the record is set aside with its reason, and the others are stored.
pub(crate) async fn what_does_not_fit_is_set_aside(bench: &Bench<'_>) -> Ran {
    let mut cases = Vec::new();
    for field in plain(bench.resource) {
        for value in unfit(&field.field.ty) {
            cases.push(Case { field: field.clone(), value: Some(value), expected: Becomes::SetAside });
        }
        // A good one beside them.
        for (value, cell) in fitting(&field.field.ty) {
            cases.push(Case { field: field.clone(), value: Some(value), expected: Becomes::Stored(cell) });
        }
    }
    hold(bench, cases).await
}

/// Long, odd and boundary values.
pub(crate) async fn extreme_values_are_kept_exactly(bench: &Bench<'_>) -> Ran {
    let mut cases = Vec::new();
    for field in plain(bench.resource) {
        for (value, cell) in extreme(&field.field.ty) {
            cases.push(Case { field: field.clone(), value: Some(value), expected: Becomes::Stored(cell) });
        }
    }
    hold(bench, cases).await
}

/// A value of an enum that the spec does not know is kept as it is, and counted.
pub(crate) async fn unknown_values_are_kept_and_counted(bench: &Bench<'_>) -> Ran {
    const UNKNOWN: &str = "tapwright: a value that no spec knows";
    let fields: Vec<_> = plain(bench.resource).into_iter().filter(|it| matches!(it.field.ty, Type::Enum(_))).collect();
    if fields.is_empty() {
        return not_about("none of its fields is an enum alone");
    }
    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    for field in &fields {
        bench.put(&lab, home.as_deref(), Change::new().set(&field.path, UNKNOWN))?;
    }
    let report = bench.sync(&lab).await?;
    let of = bench.report(&report)?;
    let mut kept = 0;
    for field in &fields {
        let name = &field.field.name;
        let query = format!("select count(*) from \"{}\" where \"{name}\" = '{UNKNOWN}'", bench.table());
        let (stored, counted) = (lab.number(&query)?, of.drift.get(name.as_str()).and_then(|seen| seen.get(UNKNOWN)));
        holds(stored == 1, || format!("`{name}`: an unknown value is stored {stored} times"))?;
        holds(counted == Some(&1), || format!("`{name}`: an unknown value is counted {counted:?}, not once"))?;
        kept += 1;
    }
    tried("values", kept)
}

/// Puts each case in as a record of its own, syncs once, and looks at what became of them.
async fn hold(bench: &Bench<'_>, cases: Vec<Case<'_>>) -> Ran {
    if cases.is_empty() {
        return not_about("none of its fields stands for one value of the record alone");
    }
    if !bench.is_found_by_id() {
        return not_about("its rows are called by several parts of the record");
    }
    if bench.filters().await? {
        return not_about("its filter leaves out some of what the sandbox makes up");
    }
    for cases in cases.chunks(bench.room()) {
        hold_together(bench, cases).await?;
    }
    tried("values", cases.len() as u64)
}

/// Holds as many cases as one sync reads.
async fn hold_together(bench: &Bench<'_>, cases: &[Case<'_>]) -> Result<(), Ended> {
    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    let mut put = Vec::new();
    for (nth, case) in cases.iter().enumerate() {
        let change = match &case.value {
            Some(value) => Change::new().set(&case.field.path, value.clone()),
            None => Change::new().without(&case.field.path),
        };
        put.push(bench.put(&lab, home.as_deref(), apart(bench, nth, change))?);
    }
    let report = bench.sync(&lab).await?;
    let stored = bench.stored(&lab)?;
    let aside = cases.iter().filter(|case| matches!(case.expected, Becomes::SetAside)).count() as u64;
    let of = bench.report(&report)?;
    for (case, id) in cases.iter().zip(&put) {
        is(bench, &lab, case, id)?;
    }
    holds(of.quarantined == aside, || {
        format!("{} of {} records are set aside, not {aside}: {:?}", of.quarantined, put.len(), of.notes)
    })?;
    let expected = put.len() as u64 - aside;
    holds(stored == expected, || format!("{stored} rows, not {expected}"))
}

/// A metric is told apart by its time: each gets a span of its own.
pub(crate) fn apart(bench: &Bench<'_>, nth: usize, change: Change) -> Change {
    if !bench.resource.row.shape.is_series() {
        return change;
    }
    let step = bench.span();
    let back = i64::try_from(nth + 1).unwrap_or(i64::MAX).saturating_mul(step);
    change.at((bench.subject.now - back).div_euclid(step) * step)
}

fn is(bench: &Bench<'_>, lab: &Lab, case: &Case<'_>, id: &str) -> Result<(), Ended> {
    let (name, given) = (&case.field.field.name, case.value.clone().unwrap_or_else(|| json!("(nothing)")));
    let given: String = given.to_string().chars().take(60).collect();
    let store = lab.store()?;
    let mut statement = store.prepare(&format!("select \"{name}\" from \"{}\" where id = ?", bench.table()))?;
    let mut rows = statement.query([id])?;
    let row = rows.next()?;
    match (&case.expected, row) {
        (Becomes::SetAside, Some(row)) => {
            failed(format_args!("`{name}` = {given} is stored as {}, not set aside", shown(row.get_ref(0)?)))
        }
        (Becomes::Stored(_), None) => {
            let sql = "select reason from _tapwright_quarantine where key = ?";
            let reason = store.query_row(sql, [id], |row| row.get::<_, String>(0));
            failed(format_args!("`{name}` = {given}: there is no row `{id}` ({})", reason.unwrap_or_default()))
        }
        (Becomes::Stored(cell), Some(row)) => {
            let stored = row.get_ref(0)?;
            holds(cell.is(stored), || format!("`{name}` = {given} is stored as {}", shown(stored)))
        }
        (Becomes::SetAside, None) => {
            let sql = "select count(*) from _tapwright_quarantine where reason != '' and (key = ? or key is null)";
            let kept: i64 = store.query_row(sql, [id], |row| row.get(0))?;
            holds(kept > 0, || format!("`{name}` = {given} is neither stored nor set aside with a reason"))
        }
    }
}

fn shown(value: ValueRef<'_>) -> String {
    let text = match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    };
    text.chars().take(60).collect()
}
