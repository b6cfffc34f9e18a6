//! A response body becomes rows, the next cursor, and what is known of the page. It reads the bytes once.
//!
//! It must not know where the body came from, nor where the rows go.

mod body;
mod cell;
mod parts;
mod reading;
mod silence;
mod slots;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::sync::Arc;

use reqwest::header::HeaderMap;
use serde::de::DeserializeSeed;
use tapwright_plan::{Envelope, Expr, Paging, RecordStep, Records, Resource, Step};

use crate::eval::{Locals, MadeFor, Patterns, Scope, as_text};
use crate::hook::{Hooked, Rewriting};
use crate::paging::{self, Onward};
use crate::seen::PageSeen;
use crate::sink::Quarantined;
use crate::value::Batch;
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

use body::BodySeed;
pub(crate) use cell::{is_date, is_decimal, moment, scalar};
use reading::Reading;
pub(crate) use reading::{DRIFT_VALUES, OTHER_VALUES};
pub(crate) use slots::{Found, Slots};
use tree::NodeSeed;

/// Decodes the pages of one resource.
pub(crate) struct Decoder {
    resource: &'static Resource,
    settings: Settings,
    patterns: Patterns,
    /// What rows go through.
    hook: Option<Arc<dyn Hooked>>,
}

/// A half-open span of time, `from` included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

/// Where in its list a page stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    /// Which records are its slice's.
    pub(crate) bounds: Bounds,
    /// What the list was asked for.
    pub(crate) made: &'p MadeFor,
    /// What was asked for; none at the start.
    pub(crate) cursor: Option<&'p str>,
    /// The headers it came with.
    pub(crate) headers: &'p HeaderMap,
    /// How many records the longest page had that led to another, of all of the resource's; 0 where none did.
    pub(crate) full: usize,
}

/// A page, decoded.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) batch: Batch,
    /// The records that could not be mapped, on no page yet.
    pub(crate) quarantined: Vec<Quarantined>,
    /// How many records stood on the page, before anything was left out.
    pub(crate) records: usize,
    /// Where the response says it goes on.
    pub(crate) next: Option<String>,
    /// The place that would have said so, where the page may be a full one, names no next, and has nothing there at all.
    pub(crate) unsaid: Option<String>,
    /// How many records or pages the response says there are, where pages are found by counting.
    pub(crate) count: Option<i64>,
    /// The last record within the bounds.
    pub(crate) last: Option<Mark>,
    /// The time of the first and the last record that has one, in the page's order.
    pub(crate) times: Option<(Timestamp, Timestamp)>,
    /// Whether no record is older than the one before it.
    pub(crate) ascending: bool,
    /// Whether none is newer.
    pub(crate) descending: bool,
    /// A hash of the records' keys: two pages with the same one hold the same records.
    pub(crate) fingerprint: u64,
    /// What was seen on it.
    pub(crate) seen: PageSeen,
}

/// What names a record and when it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) id: Option<String>,
    pub(crate) at: Option<Timestamp>,
}

/// What the source sent that the spec does not know: counts by column and value.
pub(crate) type Drift = BTreeMap<(&'static str, String), u64>;

impl Decoder {
    pub(crate) fn new(resource: &'static Resource, settings: Settings) -> Self {
        let mut patterns = Patterns::default();
        resource.row.columns.iter().for_each(|column| patterns.add(&column.from));
        resource.keep.iter().for_each(|keep| patterns.add(keep));
        resource.paging.iter().flat_map(expressions).for_each(|expr| patterns.add(expr));
        if let Some(resume) = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref()) {
            patterns.add(&resume.from);
        }
        Decoder { resource, settings, patterns, hook: None }
    }

    /// The same, with a hook that its rows go through.
    pub(crate) fn hooked(self, hook: Option<Arc<dyn Hooked>>) -> Self {
        Decoder { hook, ..self }
    }

    fn scope<'s, 'de>(&'s self, slots: &'s Slots<'de>, place: Place<'s>) -> Scope<'s, 'de> {
        Scope { slots, settings: &self.settings, patterns: &self.patterns, made: place.made, locals: Locals::default() }
    }

    /// Decodes a body. Records whose time lies outside the bounds are another slice's, and left out.
    ///
    /// # Errors
    /// `Body` when it is not JSON or has no records where the spec says.
    pub(crate) fn page(&self, body: String, place: Place<'_>) -> Result<Page> {
        let plan = &self.resource.decode;
        let parts = match &plan.records {
            Records::List(_) => None,
            records => match parts::find(&body, records) {
                Ok(Some(parts)) => Some(parts),
                Ok(None) => return Err(self.no_records(&body)),
                Err(error) => return Err(self.unread(&error, &body)),
            },
        };
        let mut reading = Reading::new(self, place, &body);
        let read = match (&parts, &plan.records) {
            (Some(parts), _) => reading.parts(parts, &body),
            (None, Records::List(path)) => {
                let mut json = serde_json::Deserializer::from_str(&body);
                BodySeed { path, envelope: Some(&plan.envelope.body), reading: &mut reading }
                    .deserialize(&mut json)
                    .and_then(|()| json.end())
            }
            (None, _) => Ok(()),
        };
        if let Err(error) = read {
            return Err(self.unread(&error, &body));
        }
        let Some(records) = reading.records else { return Err(self.no_records(&body)) };
        let Onward { next, count } = match &self.resource.paging {
            Some(paging) => reading.onward(paging, records)?,
            None => Onward::default(),
        };
        let silent = self
            .resource
            .paging
            .as_ref()
            .filter(|paging| next.is_none() && paging::may_be_full(paging, records, place.full));
        let unsaid = silent.and_then(|paging| silence::missing(paging, &plan.envelope, &body, place.headers));
        let mut quarantined = reading.quarantined;
        if !quarantined.is_empty() {
            // What a record that was set aside looked like: found only when there is one.
            let again = if parts.is_none() { parts::find(&body, &plan.records).ok().flatten() } else { None };
            let found = parts.as_ref().or(again.as_ref());
            for record in &mut quarantined {
                let part = found.and_then(|found| found.records.get(record.index));
                let raw = part.map(|part| part.record.as_ref());
                record.record = raw.map_or_else(String::new, |raw| self.settings.mask(raw));
            }
        }
        let (cells, rows, last) = (reading.cells, reading.rows, reading.last);
        let (ascending, descending) = (reading.ascending, reading.descending);
        let mut drift = Drift::new();
        for ((column, value), count) in reading.drift {
            *drift.entry((column, self.settings.mask(&value))).or_default() += count;
        }
        let (times, fingerprint) = (reading.times, reading.hasher.finish());
        let unknown = reading.unknown.into_iter().map(|(key, count)| (self.settings.mask(&key), count)).collect();
        let (made, misfits) = (reading.texts.made, reading.misfits);
        let last = last.map(|(id, at)| Mark { id: id.as_ref().and_then(as_text).map(Cow::into_owned), at });
        let mut batch = Batch::from_parts(&self.resource.row, body, made, cells);
        if let Some(hook) = &self.hook {
            let found = parts::find(batch.body(), &plan.records).ok().flatten().unwrap_or_default();
            let records = found.records.iter().map(|part| part.record.as_ref()).collect();
            let rewriting = Rewriting { hook: &**hook, settings: &self.settings, records, of: &rows };
            (batch, drift) = rewriting.rewrite(&batch, &mut quarantined)?;
        }
        let seen = PageSeen { drift, unknown, misfits, absent: batch.nulls() };
        Ok(Page {
            batch,
            quarantined,
            records,
            next,
            unsaid,
            count,
            last,
            times,
            ascending,
            descending,
            fingerprint,
            seen,
        })
    }
}

impl Decoder {
    /// The row of a record that stands on no page, and which of its columns could be mapped. None when the record cannot be
    /// read.
    pub(crate) fn alone(&self, record: String, made: &MadeFor) -> Option<(Batch, Vec<bool>)> {
        let headers = HeaderMap::new();
        let place = Place { bounds: Bounds { from: None, to: None }, made, cursor: None, headers: &headers, full: 0 };
        let mut reading = Reading::new(self, place, &record);
        let mapped = reading.alone(&record).ok()?;
        let (made, cells) = (reading.texts.made, reading.cells);
        Some((Batch::from_parts(&self.resource.row, record, made, cells), mapped))
    }

    fn unread(&self, error: &serde_json::Error, body: &str) -> Error {
        not_json(&self.settings.mask(&error.to_string()), &self.settings.mask(body))
    }

    fn no_records(&self, body: &str) -> Error {
        let keys =
            |path: &[&str]| if path.is_empty() { "the body".to_owned() } else { format!("`{}`", path.join(".")) };
        let what = match &self.resource.decode.records {
            Records::List(path) => format!("no list of records at {}", keys(path)),
            Records::One(path) => format!("no record at {}", keys(path)),
            Records::At(steps) => format!("no records where they should be, at `{}`", written(steps)),
            Records::Zip(lists) => {
                let lists: Vec<_> = lists.iter().map(|list| keys(list.path)).collect();
                format!("no lists of one length at {}", lists.join(" and "))
            }
        };
        Error::new(ErrorKind::Body, format!("the answer has {what}"))
            .help(format!("it begins with: {}", start_of(&self.settings.mask(body))))
    }
}

/// Steps as a spec writes them.
fn written(steps: &[RecordStep]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            RecordStep::Each => text.push_str("[]"),
            RecordStep::Values => text.push_str(".*"),
            RecordStep::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
        }
    }
    text.trim_start_matches('.').to_owned()
}

/// What a plan reads of a response as a whole, where there may be no records. What is no JSON has headers only.
pub(crate) fn envelope<'de>(plan: &'static Envelope, body: &'de str, headers: &HeaderMap) -> Slots<'de> {
    let mut slots = Slots::new(plan.slots);
    slots.put_headers(plan.headers, headers);
    let mut json = serde_json::Deserializer::from_str(body);
    let read = NodeSeed { name: "the answer", node: &plan.body, slots: &mut slots, listed: false, news: None }
        .deserialize(&mut json);
    // Half of a document says nothing that can be relied on.
    if read.and_then(|()| json.end()).is_err() {
        slots.clear();
        slots.put_headers(plan.headers, headers);
    }
    slots
}

impl Page {
    /// The records that could not be mapped, for the store.
    pub(crate) fn take_quarantined(&mut self, page: u64) -> Vec<Quarantined> {
        let quarantined = std::mem::take(&mut self.quarantined);
        quarantined.into_iter().map(|record| Quarantined { page, ..record }).collect()
    }
}

/// Every expression of a paging strategy.
fn expressions(paging: &'static Paging) -> impl Iterator<Item = &'static Expr> {
    let of_step = match &paging.step {
        Step::Cursor { from, .. } | Step::Last { from, .. } | Step::Next { from } => Some(from),
        Step::Page { last: count, .. } | Step::Offset { total: count, .. } => count.as_ref(),
        Step::Link => None,
    };
    of_step.into_iter().chain(&paging.more)
}

fn not_json(error: &str, body: &str) -> Error {
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
