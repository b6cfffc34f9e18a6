//! How the records of a page stand in a response that has no list of them: within items of another list, under keys, alone,
//! or apart in lists of their values. It must not know which records these are.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use tapwright_spec::model::{Connector, Expr, RecordStep, Records, Resource, Segment, Type};

use crate::id::Ids;
use crate::paths::keys;
use crate::text::quote;

/// How records stand in a response.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    records: Records,
    /// What is read of the item that a record stands in, what it is, and of which list it is an id, if it is one.
    above: Vec<(Vec<Segment>, Type, Option<Ids>)>,
}

/// The records of a page: how many, each written by its place, and the key that it goes by.
pub(crate) struct Written<'w> {
    pub(crate) count: usize,
    pub(crate) record: &'w dyn Fn(&mut Vec<u8>, usize),
    pub(crate) key: &'w dyn Fn(usize) -> String,
    pub(crate) number: &'w dyn Fn(usize) -> u64,
}

impl Layout {
    /// The layout of a resource's list.
    pub(crate) fn of(resource: &Resource) -> Layout {
        let mut above: Vec<(Vec<Segment>, Type, Option<Ids>)> = Vec::new();
        let mut read = |expr: &Expr, ty: &Type| {
            expr.walk(&mut |expr| {
                if let Expr::Above(path) = expr
                    && !above.iter().any(|(known, ..)| known == path)
                {
                    above.push((path.clone(), ty.clone(), None));
                }
            });
        };
        for field in &resource.row.fields {
            let ty = if matches!(field.from, Expr::Above(_)) { &field.ty } else { &Type::String };
            read(&field.from, ty);
        }
        read(&resource.row.key, &Type::String);
        if let Some(time) = &resource.row.time {
            read(&time.from, &Type::Timestamp(time.format.clone()));
        }
        Layout { records: resource.records.clone(), above }
    }

    /// The same, where what a record stands in is a record of another list: it has an id of that.
    pub(crate) fn within(mut self, resource: &Resource, connector: &Connector, ids: &[Ids]) -> Layout {
        for field in &resource.row.fields {
            let list = field.references.as_ref().and_then(|name| {
                let place = connector.resources.iter().position(|known| known.name == *name)?;
                ids.get(place).filter(|ids| ids.count > 0)
            });
            let (Expr::Above(path), Some(list)) = (&field.from, list) else { continue };
            for (_, _, of) in self.above.iter_mut().filter(|(known, ..)| known == path) {
                *of = Some(list.clone());
            }
        }
        self
    }

    /// The keys from the root to where the records are written.
    pub(crate) fn place(&self) -> Vec<Vec<String>> {
        match &self.records {
            Records::At(steps) => {
                let key = |step: &RecordStep| if let RecordStep::Key(key) = step { Some(key.clone()) } else { None };
                vec![steps.iter().map_while(key).collect()]
            }
            Records::One(keys) => vec![keys.clone()],
            Records::Zip(columns) => columns.iter().map(|(_, path)| path.clone()).collect(),
        }
    }

    /// Whether there is one record at most.
    pub(crate) fn is_single(&self) -> bool {
        matches!(self.records, Records::One(_))
    }

    /// Writes the records at the place of that number.
    pub(crate) fn write(&self, out: &mut Vec<u8>, place: usize, records: &Written<'_>) {
        match &self.records {
            Records::One(_) if records.count == 0 => out.extend_from_slice(b"null"),
            Records::One(_) => (records.record)(out, 0),
            Records::Zip(columns) => {
                let name = columns.get(place).map(|(name, _)| name.as_str()).unwrap_or_default();
                list(out, b"[]", records.count, |out, nth| column(out, name, records, nth));
            }
            Records::At(steps) => {
                let inner = steps.iter().position(|step| !matches!(step, RecordStep::Key(_)));
                let (step, rest) = match inner.and_then(|at| steps.get(at..)).and_then(|steps| steps.split_first()) {
                    Some((step, rest)) => (step, rest),
                    None => (&RecordStep::Each, &[][..]),
                };
                let keyed = *step == RecordStep::Values;
                list(out, if keyed { b"{}" } else { b"[]" }, records.count, |out, nth| {
                    if keyed {
                        out.extend_from_slice(&quote(&(records.key)(nth)));
                        out.push(b':');
                    }
                    self.item(out, rest, records, nth);
                });
            }
        }
    }

    /// What stands around a record, as far as it is read: the items of the outermost list have one record each.
    pub(crate) fn above(&self, number: u64) -> Value {
        let mut item = Value::Object(Map::new());
        for (path, ty, of) in &self.above {
            let Some(keys) = keys(path) else { continue };
            let name = keys.last().copied().unwrap_or_default();
            let value = match ty {
                _ if of.is_some() => of.as_ref().map_or(Value::Null, |ids| ids.value(ids.first + number % ids.count)),
                Type::Integer | Type::Number => Value::from(number),
                Type::Boolean => Value::from(number.is_multiple_of(2)),
                Type::Timestamp(_) => Value::from("2026-01-15T12:00:00.000Z"),
                Type::Date => Value::from("2026-01-15"),
                Type::Enum(known) => known.values.first().map_or(Value::Null, |value| Value::from(value.as_str())),
                _ => Value::from(format!("{name}_{number}")),
            };
            crate::json::put(&mut item, &keys, value);
        }
        item
    }

    /// An item of the outermost list, with a record in it at the end of the steps that are left.
    fn item(&self, out: &mut Vec<u8>, rest: &[RecordStep], records: &Written<'_>, nth: usize) {
        if rest.is_empty() {
            return (records.record)(out, nth);
        }
        // Around it stands what is read of the item that it stands in, and that is the last one before the record.
        let last = rest.iter().rposition(|step| !matches!(step, RecordStep::Key(_))).filter(|at| at + 1 < rest.len());
        let above = self.above((records.number)(nth));
        let mut inner = Vec::new();
        wrap(&mut inner, rest.get(last.map_or(0, |at| at + 1)..).unwrap_or_default(), &above, &|out| {
            (records.record)(out, nth);
        });
        match last {
            Some(last) => {
                wrap(out, rest.get(..=last).unwrap_or_default(), &Value::Null, &|out| out.extend_from_slice(&inner));
            }
            None => out.extend_from_slice(&inner),
        }
    }
}

/// Writes what stands at the end of some steps, and beside the first key of them the members of an item.
fn wrap(out: &mut Vec<u8>, steps: &[RecordStep], beside: &Value, end: &dyn Fn(&mut Vec<u8>)) {
    match steps.split_first() {
        None => end(out),
        Some((RecordStep::Key(key), rest)) => {
            out.push(b'{');
            for (name, value) in beside.as_object().into_iter().flatten().filter(|(name, _)| *name != key) {
                out.extend_from_slice(&quote(name));
                out.extend_from_slice(format!(":{value},").as_bytes());
            }
            out.extend_from_slice(&quote(key));
            out.push(b':');
            // Where keys end there is a list.
            if rest.is_empty() {
                out.push(b'[');
                end(out);
                out.push(b']');
            } else {
                wrap(out, rest, &Value::Null, end);
            }
            out.push(b'}');
        }
        Some((RecordStep::Each, rest)) => {
            out.push(b'[');
            wrap(out, rest, beside, end);
            out.push(b']');
        }
        Some((RecordStep::Values, rest)) => {
            out.extend_from_slice(b"{\"only\":");
            wrap(out, rest, beside, end);
            out.push(b'}');
        }
    }
}

fn list(out: &mut Vec<u8>, [open, close]: &[u8; 2], count: usize, item: impl Fn(&mut Vec<u8>, usize)) {
    out.push(*open);
    for nth in 0..count {
        if nth > 0 {
            out.push(b',');
        }
        item(out, nth);
    }
    out.push(*close);
}

/// The value that a record has under a key.
fn column(out: &mut Vec<u8>, name: &str, records: &Written<'_>, nth: usize) {
    let mut record = Vec::new();
    (records.record)(&mut record, nth);
    let members: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(&record).unwrap_or_default();
    out.extend_from_slice(members.get(name).map_or("null", |value| value.get()).as_bytes());
}
