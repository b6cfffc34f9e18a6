//! A page while it is read: each record, when the slots are full, becomes a row, is left out, or is set aside.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash};

use tapwright_plan::{Column, Expr, Paging, Step, Type};

use super::cell::{Texts, cell};
use super::{Decoder, Drift, Found, Place, Slots};
use crate::eval::{Scope, as_text, each_array, each_slot, eval, operand, peek, truth};
use crate::paging::{self, Facts, Onward};
use crate::sink::Quarantined;
use crate::value::Cell;
use crate::{Result, Timestamp};

/// How many unknown values of one page are told apart; more are counted together.
const DRIFT_VALUES: usize = 64;

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
    /// The records that could not be mapped; their text is added when the page is done.
    pub(super) quarantined: Vec<Quarantined>,
    /// How many records the page holds; none before the list was found.
    pub(super) records: Option<usize>,
    /// What names the last record within the bounds, and when it was.
    pub(super) last: Option<(Option<Found<'de>>, Option<Timestamp>)>,
    /// The times of the first and the last record that have one.
    pub(super) times: Option<(Timestamp, Timestamp)>,
    pub(super) ascending: bool,
    pub(super) hasher: DefaultHasher,
    pub(super) drift: Drift,
    /// Keys of records that neither the plan nor the example knows, and how often they came.
    pub(super) unknown: BTreeMap<String, u64>,
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
            quarantined: Vec::new(),
            records: None,
            last: None,
            times: None,
            ascending: true,
            hasher: DefaultHasher::new(),
            drift: Drift::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// Before a list of records: of two equal keys the last counts, for the records as for any other value.
    pub(super) fn restart(&mut self) {
        self.cells.clear();
        self.quarantined.clear();
        self.records = None;
        self.last = None;
        self.token = None;
        self.times = None;
        self.ascending = true;
        self.hasher = DefaultHasher::new();
        self.drift.clear();
        self.unknown.clear();
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
        self.hash_key(columns.first(), index);
        if let Some(Paging { step: Step::Last { from, .. }, .. }) = &resource.paging {
            self.token = Some(operand(from, self.scope()));
        }
        let start = self.cells.len();
        let time = resource.row.time.and_then(|at| columns.get(usize::from(at)));
        let at = time.and_then(|column| self.time_of(column));
        if let Some(at) = at {
            let (first, last) = self.times.unwrap_or((at, at));
            self.ascending &= last <= at;
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
            if let Some(why) = self.blind(keep) {
                self.set_aside(index, &why);
            }
            return;
        }
        if let Some((name, what)) = self.slots.first_misfit() {
            self.set_aside(index, &format!("`{name}` is {what}, where its fields were expected"));
            return;
        }
        for (position, column) in columns.iter().enumerate() {
            let made = match (resource.row.time, at) {
                (Some(time), Some(at)) if usize::from(time) == position => Ok(Cell::Timestamp(at)),
                _ => self.column(column),
            };
            match made {
                Ok(cell) => self.cells.push(cell),
                Err(reason) => {
                    self.cells.truncate(start);
                    self.set_aside(index, &format!("`{}` {reason}", column.name));
                    return;
                }
            }
        }
    }

    fn scope(&self) -> Scope<'_, 'de> {
        self.decoder.scope(&self.slots, self.place)
    }

    /// Why a filter that is not true of the record may not know: it looks at an object or array, or at nothing, since the
    /// way there is not as declared.
    fn blind(&self, keep: &'static Expr) -> Option<String> {
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
        let blocked = self.slots.first_misfit().filter(|_| missing);
        let wrong = wrong.map(|what| format!("what `where` looks at is {what}"));
        wrong.or_else(|| blocked.map(|(name, what)| format!("`{name}` is {what}, and `where` looks into it")))
    }

    fn set_aside(&mut self, index: usize, reason: &str) {
        let row = &self.decoder.resource.row;
        let key = match row.key {
            [at] => row.columns.get(usize::from(*at)),
            _ => None,
        };
        let key = match key.map(|column| eval(&column.from, self.scope())) {
            Some(Found::Text(key)) => Some(key.into_owned()),
            _ => None,
        };
        // It quotes what the source sent.
        let reason = self.decoder.settings.mask(reason);
        self.quarantined.push(Quarantined { key, page: 0, index, reason, record: String::new() });
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
        return if column.nullable || matches!((column.ty, found), (Type::Json, Found::Json(_))) {
            Ok(Cell::Null)
        } else {
            Err("is null or missing, and not declared to be".to_owned())
        };
    }
    if let (Type::Enum { values, .. }, Found::Text(text)) = (column.ty, found)
        && values.binary_search(&text.as_ref()).is_err()
    {
        let mut value: String = text.chars().take(100).collect();
        if drift.len() >= DRIFT_VALUES {
            "other values".clone_into(&mut value);
        }
        *drift.entry((column.name, value)).or_default() += 1;
    }
    cell(column.ty, found, texts)
}
