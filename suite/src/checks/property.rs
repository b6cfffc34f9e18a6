//! Records of which every field is drawn at random within its type all arrive, and nothing else does.

use rusqlite::types::ValueRef;
use serde_json::Value;
use tapwright_sandbox::Change;

use super::fields::apart;
use crate::bench::Bench;
use crate::outcome::{Ran, failed, holds, not_about, tried};
use crate::sample::{Cell, extreme, fitting, plain};

/// How many records are drawn, where so many lie within the look-back.
const RECORDS: usize = 40;

/// Numbers that look random and are the same every time: splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (sides.max(1) as u64)).unwrap_or_default()
    }
}

/// Ids are there and told apart, every cell is what was drawn, and nothing is dropped in silence.
pub(crate) async fn random_records_arrive_whole(bench: &Bench<'_>) -> Ran {
    if bench.filters().await? {
        return not_about("its filter leaves out some of what the sandbox makes up");
    }
    let are_drawn = bench.is_found_by_id() && bench.resource.hook.is_none();
    let fields = if are_drawn { plain(bench.resource) } else { Vec::new() };
    let lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    let mut dice = Dice(bench.subject.model.fingerprint);
    let mut put = Vec::new();
    for nth in 0..RECORDS.min(bench.room()) {
        let mut change = Change::new();
        let mut cells: Vec<(&str, Cell)> = Vec::new();
        for field in &fields {
            let mut values = fitting(&field.field.ty);
            values.extend(extreme(&field.field.ty));
            if field.alone && field.field.nullable {
                values.push((Value::Null, Cell::Null));
            }
            if values.is_empty() {
                continue;
            }
            let (value, cell) = values.swap_remove(dice.roll(values.len()));
            change = change.set(&field.path, value);
            cells.push((field.field.name.as_str(), cell));
        }
        put.push((bench.put(&lab, home.as_deref(), apart(bench, nth, change))?, cells));
    }
    let report = bench.sync(&lab).await?;
    let of = bench.report(&report)?;
    let stored = bench.stored(&lab)?;
    holds(of.quarantined == 0, || format!("{} records are set aside: {:?}", of.quarantined, of.notes))?;
    let unknown: Vec<_> =
        of.drift.iter().flat_map(|(column, values)| values.keys().map(move |it| (column, it))).collect();
    if let Some((column, value)) = unknown.first() {
        let many = unknown.len();
        return failed(format_args!("{many} values are taken for unknown ones, as `{value}` of `{column}`"));
    }
    let all = put.len() as u64;
    holds(stored == all, || format!("of {all} records {stored} are stored"))?;
    let apart = format!("select count(distinct id) from \"{}\" where id != ''", bench.table());
    let apart = lab.number(&apart)?;
    holds(u64::try_from(apart) == Ok(stored), || format!("{stored} rows have {apart} ids"))?;
    let store = lab.store()?;
    let mut reached = 0;
    for (id, cells) in &put {
        for (name, cell) in cells {
            let sql = format!("select \"{name}\" from \"{}\" where id = ?", bench.table());
            let mut statement = store.prepare(&sql)?;
            let mut rows = statement.query([id])?;
            let Some(row) = rows.next()? else {
                return failed(format_args!("the record `{id}` is not stored"));
            };
            let found: ValueRef<'_> = row.get_ref(0)?;
            holds(cell.is(found), || format!("`{name}` of `{id}` is stored as {found:?}, not as {cell:?}"))?;
            reached += 1;
        }
    }
    if fields.is_empty() { tried("rows", stored) } else { tried("cells", reached) }
}
