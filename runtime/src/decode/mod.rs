//! A response body becomes rows, the next cursor, and what is known of the page. It reads the bytes once.
//!
//! It must not know where the body came from, nor where the rows go.

mod cell;
mod slots;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use tapwright_plan::{Column, Expr, Node, Paging, Resource, Type};

use crate::eval::{Patterns, Scope, as_text, eval, truth};
use crate::sink::Quarantined;
use crate::value::{Batch, Cell};
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

use cell::{Texts, cell};
pub(crate) use slots::{Found, Slots};
use tree::{KeySeed, NodeSeed};

/// Decodes the pages of one resource.
pub(crate) struct Decoder {
    resource: &'static Resource,
    settings: Settings,
    patterns: Patterns,
}

/// A half-open span of time, `from` included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

/// A page, decoded.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) batch: Batch,
    pub(crate) quarantined: Vec<(usize, String, String)>,
    /// How many records stood on the page, before anything was left out.
    pub(crate) records: usize,
    /// Where the response says it goes on.
    pub(crate) next: Option<String>,
    /// The last record within the bounds.
    pub(crate) last: Option<Mark>,
    /// The time of the first and the last record that has one, in the page's order.
    pub(crate) times: Option<(Timestamp, Timestamp)>,
    /// Whether no record is older than the one before it.
    pub(crate) ascending: bool,
    /// A hash of the records' keys: two pages with the same one hold the same records.
    pub(crate) fingerprint: u64,
    pub(crate) drift: Drift,
}

/// What names a record and when it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) id: Option<String>,
    pub(crate) at: Option<Timestamp>,
}

/// What the source sent that the spec does not know: counts by column and value.
pub(crate) type Drift = BTreeMap<(&'static str, String), u64>;

/// How many unknown values of one page are told apart; more are counted together.
const DRIFT_VALUES: usize = 64;

impl Decoder {
    pub(crate) fn new(resource: &'static Resource, settings: Settings) -> Self {
        let mut patterns = Patterns::default();
        resource.row.columns.iter().for_each(|column| patterns.add(&column.from));
        resource.keep.iter().for_each(|keep| patterns.add(keep));
        if let Paging::Cursor(cursor) = &resource.paging {
            patterns.add(&cursor.from);
        }
        if let Some(resume) = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref()) {
            patterns.add(&resume.from);
        }
        Decoder { resource, settings, patterns }
    }

    /// Decodes a body. Records whose time lies outside `bounds` are another slice's, and left out.
    ///
    /// # Errors
    /// `Body` when it is not JSON or has no records where the spec says.
    pub(crate) fn page(&self, body: String, bounds: Bounds) -> Result<Page> {
        let plan = &self.resource.decode;
        let mut reading = Reading {
            decoder: self,
            bounds,
            texts: Texts { body: &body, made: String::new() },
            envelope: Slots::new(plan.envelope_slots),
            slots: Slots::new(plan.record_slots),
            cells: Vec::with_capacity(self.resource.row.columns.len() * 100),
            quarantined: Vec::new(),
            records: None,
            last: None,
            first_time: None,
            last_time: None,
            ascending: true,
            hasher: DefaultHasher::new(),
            drift: Drift::new(),
        };
        let mut json = serde_json::Deserializer::from_str(&body);
        let read = BodySeed { path: plan.records, envelope: Some(&plan.envelope), reading: &mut reading }
            .deserialize(&mut json)
            .and_then(|()| json.end());
        if let Err(error) = read {
            return Err(not_json(&error, &self.settings.mask(&body)));
        }
        let Some(records) = reading.records else {
            let path =
                if plan.records.is_empty() { "the body".to_owned() } else { format!("`{}`", plan.records.join(".")) };
            return Err(Error::new(ErrorKind::Body, format!("the answer has no list of records at {path}"))
                .help(format!("it begins with: {}", start_of(&self.settings.mask(&body)))));
        };
        let next = match &self.resource.paging {
            Paging::None => None,
            Paging::Cursor(cursor) => reading.next(&cursor.from)?,
        };
        let quarantined = if reading.quarantined.is_empty() {
            Vec::new()
        } else {
            let raw = raw_records(&body, plan.records);
            let raw_at = |index: usize| raw.get(index).map_or_else(String::new, |raw| (*raw).to_owned());
            reading.quarantined.into_iter().map(|(index, reason)| (index, reason, raw_at(index))).collect()
        };
        let (cells, last, ascending, drift) = (reading.cells, reading.last, reading.ascending, reading.drift);
        let times = reading.first_time.zip(reading.last_time);
        let fingerprint = reading.hasher.finish();
        let made = reading.texts.made;
        let last = last.map(|(id, at)| Mark { id: id.as_ref().and_then(as_text).map(Cow::into_owned), at });
        let batch = Batch::from_parts(&self.resource.row, body, made, cells);
        Ok(Page { batch, quarantined, records, next, last, times, ascending, fingerprint, drift })
    }
}

impl Page {
    /// The records that could not be mapped, for the store.
    pub(crate) fn take_quarantined(&mut self, page: u64) -> Vec<Quarantined> {
        let quarantined = std::mem::take(&mut self.quarantined);
        quarantined.into_iter().map(|(index, reason, record)| Quarantined { page, index, reason, record }).collect()
    }
}

fn not_json(error: &serde_json::Error, body: &str) -> Error {
    let what = if body.trim().is_empty() {
        "the answer is empty".to_owned()
    } else {
        format!("the answer is not the JSON it should be: {error}")
    };
    Error::new(ErrorKind::Body, what).help(format!("it begins with: {}", start_of(body)))
}

/// The first characters of a body, for a message.
pub(crate) fn start_of(body: &str) -> String {
    let mut start: String = body.chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if start.len() < body.len() {
        start.push('…');
    }
    start
}

/// The records of a body, unparsed: what a quarantined one looked like. Only called when there is one.
fn raw_records<'de>(body: &'de str, path: &[&str]) -> Vec<&'de str> {
    let mut at = body;
    for key in path {
        let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(at) else { return Vec::new() };
        let Some(inner) = object.get(*key) else { return Vec::new() };
        at = inner.get();
    }
    serde_json::from_str::<Vec<&RawValue>>(at)
        .map(|records| records.into_iter().map(RawValue::get).collect())
        .unwrap_or_default()
}

/// A page being read.
struct Reading<'a, 'de> {
    decoder: &'a Decoder,
    bounds: Bounds,
    texts: Texts<'de>,
    envelope: Slots<'de>,
    slots: Slots<'de>,
    cells: Vec<Cell>,
    quarantined: Vec<(usize, String)>,
    records: Option<usize>,
    last: Option<(Option<Found<'de>>, Option<Timestamp>)>,
    first_time: Option<Timestamp>,
    last_time: Option<Timestamp>,
    ascending: bool,
    hasher: DefaultHasher,
    drift: Drift,
}

impl<'de> Reading<'_, 'de> {
    fn eval(&self, expr: &'static Expr) -> Found<'de> {
        eval(expr, Scope { slots: &self.slots, settings: &self.decoder.settings, patterns: &self.decoder.patterns })
    }

    /// The next cursor, from the envelope.
    fn next(&self, from: &'static Expr) -> Result<Option<String>> {
        let scope = Scope { slots: &self.envelope, settings: &self.decoder.settings, patterns: &self.decoder.patterns };
        let next = eval(from, scope);
        let misfit = |what: &str| {
            Err(Error::new(ErrorKind::Body, format!("the next cursor is {what}, where text was expected")))
        };
        match (&next, self.envelope.first_misfit()) {
            (Found::Null, Some((name, what))) => {
                Err(Error::new(ErrorKind::Body, format!("`{name}` is {what}, where the next cursor should stand")))
            }
            (Found::Wrong(what), _) => misfit(what),
            (Found::Bool(_), _) => misfit("a boolean"),
            _ => Ok(as_text(&next).map(Cow::into_owned).filter(|next| !next.is_empty())),
        }
    }

    /// Makes the record in the slots a row, leaves it out, or sets it aside.
    fn record(&mut self, index: usize) {
        let resource = self.decoder.resource;
        let columns = resource.row.columns;
        self.hash_key(columns.first(), index);
        let start = self.cells.len();
        let time = resource.row.time.and_then(|at| columns.get(usize::from(at)));
        let at = time.and_then(|column| self.time_of(column));
        if let Some(at) = at {
            self.first_time.get_or_insert(at);
            if self.last_time.is_some_and(|last| at < last) {
                self.ascending = false;
            }
            self.last_time = Some(at);
            let before = self.bounds.from.is_some_and(|from| at < from);
            let after = self.bounds.to.is_some_and(|to| at >= to);
            if before || after {
                return;
            }
        }
        let resume = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
        self.last = Some((resume.map(|resume| self.eval(&resume.from)), at));
        if let Some(keep) = &resource.keep {
            let scope =
                Scope { slots: &self.slots, settings: &self.decoder.settings, patterns: &self.decoder.patterns };
            if !truth(keep, scope) {
                return;
            }
        }
        if let Some((name, what)) = self.slots.first_misfit() {
            self.quarantined.push((index, format!("`{name}` is {what}, where its fields were expected")));
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
                    self.quarantined.push((index, format!("`{}` {reason}", column.name)));
                    return;
                }
            }
        }
    }

    fn time_of(&mut self, column: &'static Column) -> Option<Timestamp> {
        match self.column(column) {
            Ok(Cell::Timestamp(at)) => Some(at),
            _ => None,
        }
    }

    fn column(&mut self, column: &'static Column) -> Result<Cell, String> {
        let found = self.eval(&column.from);
        if found.is_null() {
            return if column.nullable || matches!((column.ty, &found), (Type::Json, Found::Json(_))) {
                Ok(Cell::Null)
            } else {
                Err("is null or missing, and not declared to be".to_owned())
            };
        }
        if let (Type::Enum { values, .. }, Found::Text(text)) = (column.ty, &found)
            && values.binary_search(&text.as_ref()).is_err()
        {
            let mut value: String = text.chars().take(100).collect();
            if self.drift.len() >= DRIFT_VALUES {
                "other values".clone_into(&mut value);
            }
            *self.drift.entry((column.name, value)).or_default() += 1;
        }
        cell(column.ty, &found, &mut self.texts)
    }

    fn hash_key(&mut self, key: Option<&'static Column>, index: usize) {
        let key = key.map(|column| self.eval(&column.from));
        match key.as_ref().and_then(as_text) {
            Some(key) => key.hash(&mut self.hasher),
            None => index.hash(&mut self.hasher),
        }
    }
}

/// Reads the body down to the records, and the envelope on the way.
struct BodySeed<'r, 'a, 'de> {
    path: &'static [&'static str],
    envelope: Option<&'static Node>,
    reading: &'r mut Reading<'a, 'de>,
}

impl<'de> DeserializeSeed<'de> for BodySeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BodySeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.first() {
            Some(key) => write!(f, "an object with the key `{key}`"),
            None => f.write_str("an array of records"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((records, rest)) = self.path.split_first() else {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self));
        };
        let fields = self.envelope.map_or(&[][..], |node| node.fields);
        while let Some(key) = map.next_key_seed(EnvelopeKey { records, fields })? {
            let node = key.field.and_then(|at| fields.get(at));
            match (key.records, node) {
                (true, node) => {
                    let envelope = node.map(|field| &field.node);
                    map.next_value_seed(BodySeed { path: rest, envelope, reading: self.reading })?;
                }
                (false, Some(field)) => {
                    let slots = &mut self.reading.envelope;
                    map.next_value_seed(NodeSeed { name: field.name, node: &field.node, slots, listed: false })?;
                }
                (false, None) => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if !self.path.is_empty() {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        // The last of two equal keys counts, for the records as for any other value.
        self.reading.cells.clear();
        self.reading.quarantined.clear();
        self.reading.last = None;
        let node = &self.reading.decoder.resource.decode.record;
        let mut index = 0;
        loop {
            self.reading.slots.clear();
            let slots = &mut self.reading.slots;
            if seq.next_element_seed(NodeSeed { name: "the record", node, slots, listed: false })?.is_none() {
                break;
            }
            self.reading.record(index);
            index += 1;
        }
        self.reading.records = Some(index);
        Ok(())
    }
}

/// A key on the way to the records: whether it leads there, and which of the envelope's it is.
struct EnvelopeKey {
    records: &'static str,
    fields: &'static [tapwright_plan::Field],
}

struct Step {
    records: bool,
    field: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for EnvelopeKey {
    type Value = Step;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Step, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for EnvelopeKey {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Step, E> {
        let field = KeySeed { fields: self.fields, hint: 0 }.visit_str::<E>(key)?;
        Ok(Step { records: key == self.records, field })
    }
}
