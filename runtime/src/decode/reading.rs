//! A page while it is read: each record, when the slots are full, becomes a row, is left out, or is set aside.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash};

use tapwright_plan::{Column, Expr, Paging, Series, Step, Type};

use serde::de::DeserializeSeed;

use super::cell::{Texts, cell, kind_of};
use super::parts::Parts;
use super::tree::{News, NodeSeed};
use super::{Decoder, Drift, Found, Place, Slots};
use crate::eval::{Scope, as_text, each_array, each_slot, eval, operand, peek, put_part, truth};
use crate::paging::{self, Facts, Onward};
use crate::seen::At;
use crate::sink::Quarantined;
use crate::value::Cell;
use crate::{Result, Timestamp};

/// How many unknown values of one page are told apart; more are counted together.
pub(crate) const DRIFT_VALUES: usize = 64;

/// What stands for those.
pub(crate) const OTHER_VALUES: &str = "other values";

/// Room for so many rows is made before a page is read.
const USUAL: usize = 100;

/// A page being read.
pub(super) struct Reading<'a, 'de> {
    pub(super) decoder: &'a Decoder,
    place: Place<'a>,
    /// What names the last record of all, where paging goes by that.
    token: Option<Found<'de>>,
    pub(super) texts: Texts<'de>,
    pub(super) envelope: Slots<'de>,
    pub(super) slots: Slots<'de>,
    pub(super) cells: Vec<Cell>,
    /// Which record each row is made of, where a hook asks.
    pub(super) rows: Vec<usize>,
    /// The records that could not be mapped; their text is added when the page is done.
    pub(super) quarantined: Vec<Quarantined>,
    /// How many records the page holds; none before the list was found.
    pub(super) records: Option<usize>,
    /// What names the last record within the bounds, and when it was.
    pub(super) last: Option<(Option<Found<'de>>, Option<Timestamp>)>,
    /// The times of the first and the last record that have one.
    pub(super) times: Option<(Timestamp, Timestamp)>,
    pub(super) ascending: bool,
    /// Whether none is newer.
    pub(super) descending: bool,
    pub(super) hasher: DefaultHasher,
    pub(super) drift: Drift,
    /// Keys of records that neither the plan nor the example knows, and how often they came.
    pub(super) unknown: BTreeMap<String, u64>,
    /// Where records did not fit, and what kind of value came, of those that were set aside.
    pub(super) misfits: BTreeMap<(At, &'static str), u64>,
}

impl<'a, 'de> Reading<'a, 'de> {
    pub(super) fn new(decoder: &'a Decoder, place: Place<'a>, body: &'de str) -> Self {
        let plan = &decoder.resource.decode;
        let mut envelope = Slots::new(plan.envelope.slots);
        envelope.put_headers(plan.envelope.headers, place.headers);
        Reading {
            decoder,
            place,
            token: None,
            texts: Texts { body, made: String::new() },
            envelope,
            slots: Slots::new(plan.record_slots),
            cells: Vec::with_capacity(decoder.resource.row.columns.len() * USUAL),
            rows: Vec::new(),
            quarantined: Vec::new(),
            records: None,
            last: None,
            times: None,
            ascending: true,
            descending: true,
            hasher: DefaultHasher::new(),
            drift: Drift::new(),
            unknown: BTreeMap::new(),
            misfits: BTreeMap::new(),
        }
    }

    /// Before a list of records: of two equal keys the last counts, for the records as for any other value.
    pub(super) fn restart(&mut self) {
        self.cells.clear();
        self.rows.clear();
        self.quarantined.clear();
        self.records = None;
        self.last = None;
        self.token = None;
        self.times = None;
        self.ascending = true;
        self.descending = true;
        self.hasher = DefaultHasher::new();
        self.drift.clear();
        self.unknown.clear();
        self.misfits.clear();
    }

    /// Reads records that were found before, and the envelope.
    pub(super) fn parts(&mut self, parts: &'a Parts<'de>, body: &'de str) -> serde_json::Result<()>
    where
        'a: 'de,
    {
        let plan = &self.decoder.resource.decode;
        let mut json = serde_json::Deserializer::from_str(body);
        let (node, slots) = (&plan.envelope.body, &mut self.envelope);
        NodeSeed { name: "the answer", node, slots, listed: false, news: None }.deserialize(&mut json)?;
        // Pages are of the outermost list: two of them are told apart by its items, and end with them.
        self.restart();
        parts.outer.iter().for_each(|item| item.hash(&mut self.hasher));
        for (index, part) in parts.records.iter().enumerate() {
            self.slots.clear();
            if let (Some(node), Some(above)) = (&plan.above, part.above) {
                let mut json = serde_json::Deserializer::from_str(above);
                let slots = &mut self.slots;
                NodeSeed { name: "the item around the record", node, slots, listed: false, news: None }
                    .deserialize(&mut json)?;
            }
            if let (Some(slot), Some(key)) = (plan.entry_key, &part.key) {
                self.slots.put(slot, Found::Text(key.as_str().into()));
            }
            let mut json = serde_json::Deserializer::from_str(&part.record);
            let Reading { slots, unknown, .. } = &mut *self;
            let news = plan.known.map(|known| News { known, found: unknown });
            NodeSeed { name: "the record", node: &plan.record, slots, listed: false, news }.deserialize(&mut json)?;
            self.record(index);
        }
        self.records = Some(parts.outer.len());
        Ok(())
    }

    /// Reads a record that stands on no page, whatever of it can be mapped: says of each column whether it could.
    pub(super) fn alone(&mut self, record: &'de str) -> serde_json::Result<Vec<bool>> {
        let mut json = serde_json::Deserializer::from_str(record);
        let (node, slots) = (&self.decoder.resource.decode.record, &mut self.slots);
        NodeSeed { name: "the record", node, slots, listed: false, news: None }.deserialize(&mut json)?;
        json.end()?;
        let row = &self.decoder.resource.row;
        let told = row.shape.series().and_then(|series| self.told(series));
        let mut mapped = Vec::with_capacity(row.columns.len());
        for (position, column) in row.columns.iter().enumerate() {
            let cell = match &told {
                Some(told) if position == 0 => Some(self.texts.made_of(told)),
                _ => self.column(column).ok(),
            };
            mapped.push(cell.is_some());
            self.cells.push(cell.unwrap_or(Cell::Null));
        }
        Ok(mapped)
    }

    /// Where the list goes on.
    pub(super) fn onward(&self, paging: &'static Paging, records: usize) -> Result<Onward> {
        let scope = self.decoder.scope(&self.envelope, self.place);
        let facts = Facts {
            records,
            cursor: self.place.cursor,
            last: self.token.as_ref(),
            headers: self.place.headers,
            value: &|expr| operand(expr, scope),
            misfit: self.envelope.first_misfit(),
        };
        paging::onward(paging, &facts)
    }

    /// Makes the record in the slots a row, leaves it out, or sets it aside.
    pub(super) fn record(&mut self, index: usize) {
        let resource = self.decoder.resource;
        let columns = resource.row.columns;
        let series = resource.row.shape.series();
        let told = series.and_then(|series| self.told(series));
        match &told {
            Some(told) => told.hash(&mut self.hasher),
            None => self.hash_key(columns.first(), index),
        }
        if let Some(Paging { step: Step::Last { from, .. }, .. }) = &resource.paging {
            self.token = Some(operand(from, self.scope()));
        }
        let start = self.cells.len();
        let time = resource.row.time.and_then(|at| columns.get(usize::from(at)));
        let at = time.and_then(|column| self.time_of(column));
        if let Some(at) = at {
            let (first, last) = self.times.unwrap_or((at, at));
            self.ascending &= last <= at;
            self.descending &= last >= at;
            self.times = Some((first, at));
            let before = self.place.bounds.from.is_some_and(|from| at < from);
            let after = self.place.bounds.to.is_some_and(|to| at >= to);
            if before || after {
                return;
            }
        }
        let resume = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
        self.last = Some((resume.map(|resume| operand(&resume.from, self.scope())), at));
        if let Some(keep) = resource.keep.as_ref().filter(|keep| !truth(keep, self.scope())) {
            if let Some((why, at, came)) = self.blind(keep) {
                self.set_aside(index, &why, at, came);
            }
            return;
        }
        if let Some((name, what)) = self.slots.first_misfit() {
            let reason = format!("`{name}` is {what}, where its fields were expected");
            self.set_aside(index, &reason, At::Key(name), what);
            return;
        }
        for (position, column) in columns.iter().enumerate() {
            let made = match (resource.row.time, at) {
                (Some(time), Some(at)) if usize::from(time) == position => Ok(Cell::Timestamp(at)),
                // Where nothing tells it, a column that it is made of says why.
                _ if series.is_some() && position == 0 => {
                    Ok(told.as_ref().map_or(Cell::Null, |told| self.texts.made_of(told)))
                }
                _ => self.column(column),
            };
            match made {
                Ok(cell) => self.cells.push(cell),
                Err(reason) => {
                    self.cells.truncate(start);
                    let came = self.came(column);
                    self.set_aside(index, &format!("`{}` {reason}", column.name), At::Column(column.name), came);
                    return;
                }
            }
        }
        if self.decoder.hook.is_some() {
            self.rows.push(index);
        }
    }

    fn scope(&self) -> Scope<'_, 'de> {
        self.decoder.scope(&self.slots, self.place)
    }

    /// Why a filter that is not true of the record may not know: it looks at an object or array, or at nothing, since the
    /// way there is not as declared.
    fn blind(&self, keep: &'static Expr) -> Option<(String, At, &'static str)> {
        let (mut wrong, mut missing) = (None, false);
        each_slot(keep, &mut |slot| match self.slots.get(slot) {
            Found::Wrong(what) => wrong = Some(*what),
            found => missing |= found.is_null(),
        });
        each_array(keep, &mut |slot| match self.slots.get(slot) {
            Found::Json(raw) if raw.starts_with('{') => wrong = Some("an object"),
            Found::Json(raw) if !raw.starts_with('[') && *raw != "null" => wrong = Some("a single value"),
            _ => {}
        });
        let through = self.slots.first_misfit().filter(|_| missing);
        let wrong = wrong.map(|what| (format!("what `where` looks at is {what}"), At::Filter, what));
        let blocked = |(name, what)| (format!("`{name}` is {what}, and `where` looks into it"), At::Key(name), what);
        wrong.or_else(|| through.map(blocked))
    }

    /// What kind of value came for a column that it does not fit.
    fn came(&self, column: &'static Column) -> &'static str {
        match peek(&column.from, self.scope()) {
            Some(found) => kind_of(column.ty, found),
            None => kind_of(column.ty, &eval(&column.from, self.scope())),
        }
    }

    fn set_aside(&mut self, index: usize, reason: &str, at: At, came: &'static str) {
        *self.misfits.entry((at, came)).or_default() += 1;
        let row = &self.decoder.resource.row;
        let key = match row.key {
            [at] => row.columns.get(usize::from(*at)),
            _ => None,
        };
        let key = match (row.shape.series(), key.map(|column| eval(&column.from, self.scope()))) {
            (Some(series), _) => self.told(series),
            (None, Some(Found::Text(key))) => Some(key.into_owned()),
            _ => None,
        };
        // It quotes what the source sent.
        let reason = self.decoder.settings.mask(reason);
        self.quarantined.push(Quarantined { key, page: 0, index, reason, record: String::new() });
    }

    /// What tells a metric or distribution apart: the values of its columns, a moment in one form, with `/` between them.
    /// None when one of them is none.
    fn told(&mut self, series: &'static Series) -> Option<String> {
        let decoder = self.decoder;
        let mut told = String::new();
        for (place, at) in series.told_by.iter().enumerate() {
            let column = decoder.resource.row.columns.get(usize::from(*at))?;
            let scope = decoder.scope(&self.slots, self.place);
            // It is only looked at: what is new of it is counted where it becomes a column.
            let cell = match peek(&column.from, scope) {
                Some(found) => fill(column, found, &mut self.texts, &mut Drift::new()),
                None => fill(column, &eval(&column.from, scope), &mut self.texts, &mut Drift::new()),
            };
            let part = self.texts.text_of(cell.ok()?)?;
            if place > 0 {
                told.push('/');
            }
            put_part(&mut told, &part);
        }
        Some(told)
    }

    fn time_of(&mut self, column: &'static Column) -> Option<Timestamp> {
        match self.column(column) {
            Ok(Cell::Timestamp(at)) => Some(at),
            _ => None,
        }
    }

    /// The cell of a column, or why there is none. What is only looked up is not copied.
    fn column(&mut self, column: &'static Column) -> Result<Cell, String> {
        let decoder = self.decoder;
        let scope = decoder.scope(&self.slots, self.place);
        match peek(&column.from, scope) {
            Some(found) => fill(column, found, &mut self.texts, &mut self.drift),
            None => fill(column, &eval(&column.from, scope), &mut self.texts, &mut self.drift),
        }
    }

    fn hash_key(&mut self, key: Option<&'static Column>, index: usize) {
        let decoder = self.decoder;
        let scope = decoder.scope(&self.slots, self.place);
        let made;
        let key = key.map(|column| &column.from);
        let found = match key.and_then(|from| peek(from, scope)) {
            Some(found) => Some(found),
            None => {
                made = key.map(|from| eval(from, scope));
                made.as_ref()
            }
        };
        match found.and_then(as_text) {
            Some(key) => key.hash(&mut self.hasher),
            None => index.hash(&mut self.hasher),
        }
    }
}

/// A found value as a cell of its column. A value that its enum does not list is kept, and counted.
fn fill(column: &'static Column, found: &Found<'_>, texts: &mut Texts<'_>, drift: &mut Drift) -> Result<Cell, String> {
    if found.is_null() {
        return match (column.nullable, column.ty, found) {
            (true, ..) => Ok(Cell::Null),
            // A null that was received is a value of JSON.
            (false, Type::Json, Found::Json(_)) => cell(column.ty, found, texts),
            _ => Err("is null or missing, and not declared to be".to_owned()),
        };
    }
    if let (Type::Enum { values, .. }, Found::Text(text)) = (column.ty, found)
        && values.binary_search(&text.as_ref()).is_err()
    {
        let mut value: String = text.chars().take(100).collect();
        if drift.len() >= DRIFT_VALUES {
            OTHER_VALUES.clone_into(&mut value);
        }
        *drift.entry((column.name, value)).or_default() += 1;
    }
    cell(column.ty, found, texts)
}
