//! Rows through a hook: typed in, typed out, and what comes out checked as what a source sends is.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use tapwright_plan::{Column, Row as RowPlan, Type};

use super::{Hooked, guarded};
use crate::decode::{DRIFT_VALUES, Drift, OTHER_VALUES, is_date, is_decimal};
use crate::sink::Quarantined;
use crate::value::Batch;
use crate::{Error, ErrorKind, Record, Result, Row, Settings, Timestamp, Value};

/// What the rows of a page may come to behind a hook, in bytes of text.
const MOST: usize = 256 * 1024 * 1024;

/// A record as the source sent it, or as the hook's `response` made it.
#[derive(Clone, Copy, Debug)]
pub struct RawRecord<'r>(&'r str);

impl<'r> RawRecord<'r> {
    /// Its JSON.
    #[must_use]
    pub fn json(&self) -> &'r str {
        self.0
    }

    /// What stands at a path of keys, such as `owner.login`: a text as it is, a number or boolean as JSON writes it. None for
    /// anything else, and where nothing stands.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        let mut at = self.0;
        for key in path.split('.') {
            let mut members = serde_json::from_str::<BTreeMap<String, &RawValue>>(at).ok()?;
            at = members.remove(key)?.get();
        }
        match serde_json::from_str(at).ok()? {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Some(at.to_owned()),
            _ => None,
        }
    }
}

/// A typed row that can be written back: generated where a resource has a hook.
pub trait Rewrite: Record {
    /// Writes its columns, in their order.
    fn write(self, row: &mut RowWriter<'_>);
}

/// Takes the columns of a row, one after the other, and checks each.
#[derive(Debug)]
pub struct RowWriter<'w> {
    plan: &'static RowPlan,
    /// What the row was before. A value that was not changed is kept to the letter.
    before: Row<'w>,
    values: Vec<Made>,
    /// What is wrong with the first column that is.
    wrong: Option<String>,
}

/// A value of a row in the making.
#[derive(Debug)]
enum Made {
    /// As it was.
    Kept,
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Timestamp(Timestamp),
    Text(String),
}

impl<'w> RowWriter<'w> {
    fn new(plan: &'static RowPlan, before: Row<'w>) -> Self {
        RowWriter { plan, before, values: Vec::with_capacity(plan.columns.len()), wrong: None }
    }

    fn at(&self) -> usize {
        self.values.len()
    }

    /// The next column, of text of any kind.
    pub fn text(&mut self, text: String) {
        let made = if self.before.text(self.at()) == text { Made::Kept } else { Made::Text(text) };
        self.push(made);
    }

    /// The next column, of text of any kind that may be null.
    pub fn optional_text(&mut self, text: Option<String>) {
        let kept = self.before.optional_text(self.at()) == text;
        self.push(if kept { Made::Kept } else { text.map_or(Made::Null, Made::Text) });
    }

    /// The next column, of whole numbers.
    pub fn integer(&mut self, value: Option<i64>) {
        let kept = self.before.integer(self.at()) == value;
        self.push(if kept { Made::Kept } else { value.map_or(Made::Null, Made::Integer) });
    }

    /// The next column, of numbers.
    pub fn number(&mut self, value: Option<f64>) {
        let kept = self.before.number(self.at()).map(f64::to_bits) == value.map(f64::to_bits);
        self.push(if kept { Made::Kept } else { value.map_or(Made::Null, Made::Number) });
    }

    /// The next column, of yes or no.
    pub fn boolean(&mut self, value: Option<bool>) {
        let kept = self.before.boolean(self.at()) == value;
        self.push(if kept { Made::Kept } else { value.map_or(Made::Null, Made::Boolean) });
    }

    /// The next column, of moments.
    pub fn timestamp(&mut self, value: Option<Timestamp>) {
        let kept = self.before.timestamp(self.at()) == value;
        self.push(if kept { Made::Kept } else { value.map_or(Made::Null, Made::Timestamp) });
    }

    /// The next column, of lists of texts.
    pub fn list(&mut self, value: Option<Vec<String>>) {
        let kept = self.before.list(self.at()) == value;
        let json = |list: Vec<String>| Made::Text(serde_json::Value::from(list).to_string());
        self.push(if kept { Made::Kept } else { value.map_or(Made::Null, json) });
    }

    fn push(&mut self, made: Made) {
        let at = self.at();
        if let (None, Some(column)) = (&self.wrong, self.plan.columns.get(at)) {
            let is_key = self.plan.key.iter().any(|key| usize::from(*key) == at);
            let wrong = match &made {
                Made::Kept => None,
                // Where a row is, its record is known by the key; what is set aside later keeps the row of that key.
                _ if is_key => Some("identifies the row, and was changed".to_owned()),
                made => misfit(column, made),
            };
            self.wrong = wrong.map(|wrong| format!("`{}` {wrong}, as the hook left it", column.name));
        }
        self.values.push(made);
    }

    /// The values, as they go into a batch.
    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        self.values.iter().enumerate().map(|(at, made)| match made {
            Made::Kept => self.before.get(at),
            Made::Null => Value::Null,
            Made::Boolean(b) => Value::Boolean(*b),
            Made::Integer(i) => Value::Integer(*i),
            Made::Number(n) => Value::Number(*n),
            Made::Timestamp(moment) => Value::Timestamp(*moment),
            Made::Text(text) => Value::Text(text),
        })
    }
}

/// Why a value does not fit its column.
fn misfit(column: &Column, made: &Made) -> Option<String> {
    match (column.ty, made) {
        // A null that JSON may be is text there.
        (_, Made::Null) if !column.nullable => Some("is null, and not declared to be".to_owned()),
        (Type::Number, Made::Number(n)) if !n.is_finite() => Some(format!("is {n}, which is no number to store")),
        (Type::Decimal, Made::Text(text)) if !is_decimal(text) && !is_number(text) => {
            Some(format!("is {}, not a decimal number", shown(text)))
        }
        (Type::Date, Made::Text(text)) if !is_date(text) => {
            Some(format!("is {}, not a date of the form YYYY-MM-DD", shown(text)))
        }
        (Type::Json, Made::Text(text)) if serde_json::from_str::<IgnoredAny>(text).is_err() => {
            Some(format!("is {}, which is not JSON", shown(text)))
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && serde_json::from_str::<&RawValue>(text).is_ok()
}

fn shown(text: &str) -> String {
    format!("{:?}", text.chars().take(60).collect::<String>())
}

/// The rows of a page on their way through a hook.
pub(crate) struct Rewriting<'a> {
    pub(crate) hook: &'a dyn Hooked,
    pub(crate) settings: &'a Settings,
    /// The records of the page, unparsed.
    pub(crate) records: Vec<&'a str>,
    /// For each row, which of the records it is.
    pub(crate) of: &'a [usize],
}

impl Rewriting<'_> {
    /// The rows as the hook leaves them; those it cannot map are set aside, in the page's order.
    ///
    /// # Errors
    /// `Hook` when it panics, or makes too much.
    pub(crate) fn rewrite(&self, batch: &Batch, quarantined: &mut Vec<Quarantined>) -> Result<(Batch, Drift)> {
        let plan = batch.plan();
        let (mut made, mut drift, mut size) = (Batch::empty(plan), Drift::new(), 0);
        for (row, index) in batch.rows().zip(self.of) {
            let raw = self.records.get(*index).copied().unwrap_or("null");
            let mut writer = RowWriter::new(plan, row);
            let outcome = guarded("at a record", || self.hook.row(&row, &RawRecord(raw), &mut writer));
            let reason = match outcome.map_err(|error| error.with("record", index))? {
                Ok(false) => continue,
                Ok(true) => writer.wrong.clone(),
                Err(reason) => Some(format!("the hook cannot map it: {}", reason.shown())),
            };
            if let Some(reason) = reason {
                let (reason, record) = (self.settings.mask(&reason), self.settings.mask(raw));
                quarantined.push(Quarantined { key: Some(row.text(0)), page: 0, index: *index, reason, record });
                continue;
            }
            let values: Vec<Value<'_>> = writer.values().collect();
            for (column, value) in plan.columns.iter().zip(&values) {
                let Value::Text(text) = value else { continue };
                size += text.len();
                note(column, text, self.settings, &mut drift);
            }
            if size > MOST {
                return Err(Error::new(
                    ErrorKind::Hook,
                    format!("the hook made more than {MOST} bytes of a page's rows"),
                ));
            }
            made.push(&values);
        }
        quarantined.sort_by_key(|record| record.index);
        Ok((made, drift))
    }
}

/// Counts a value that its enum does not list.
fn note(column: &'static Column, text: &str, settings: &Settings, drift: &mut Drift) {
    let Type::Enum { values, .. } = column.ty else { return };
    if values.binary_search(&text).is_ok() {
        return;
    }
    let value: String = text.chars().take(100).collect();
    let value = if drift.len() >= DRIFT_VALUES { OTHER_VALUES.to_owned() } else { settings.mask(&value) };
    *drift.entry((column.name, value)).or_default() += 1;
}
