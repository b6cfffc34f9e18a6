//! Changes by hand: putting records in, altering them and taking them out, as an API's users would. It must not know
//! how a change is asked for.

use std::sync::PoisonError;

use serde_json::Value;
use tapwright_spec::model::{Segment, Shape};

use crate::above::{Kind, Part, Pick};
use crate::changes::{Changes, Whose};
use crate::eval::{find, text};
use crate::format::Format;
use crate::json::{put, take};
use crate::kin::Line;
use crate::leaf::sorted_by_change;
use crate::list::{Ask, Cursor, List};
use crate::overlay::Kept;
use crate::paths::{first_path, keys};
use crate::row::Row;
use crate::sandbox::Error;
use crate::time::WRITABLE;
use crate::world::{Served, World, keyed};

/// What a record is to be: values at paths, and a moment.
///
/// ```
/// use tapwright_sandbox::Change;
///
/// let late = Change::new().at(1_768_478_400_000).set("data.status", "failed");
/// # let _ = late;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    of: Option<String>,
    pub(crate) at: Option<i64>,
    pub(crate) values: Vec<(String, Value)>,
    missing: Vec<String>,
}

impl Change {
    /// One that leaves everything to the sandbox: for a new record, content like that of all others.
    #[must_use]
    pub fn new() -> Change {
        Change::default()
    }

    /// Whose record it is, where a resource is read for each row of another: the `id` of that row. A new record needs it;
    /// one that is altered stays whose it is, and is only found if it is this one's.
    #[must_use]
    pub fn of(mut self, parent: &str) -> Change {
        self.of = Some(parent.to_owned());
        self
    }

    /// When it happens, in Unix milliseconds: just behind all there is when not given. An earlier moment makes a late
    /// arrival, that of another record a tie.
    #[must_use]
    pub fn at(mut self, millis: i64) -> Change {
        self.at = Some(millis);
        self
    }

    /// A value of the record, at a path of keys as the API writes them: `data.sso.organization_id`.
    #[must_use]
    pub fn set(mut self, path: &str, value: impl Into<Value>) -> Change {
        self.values.push((path.to_owned(), value.into()));
        self
    }

    /// Leaves out the key at the end of a path, written as [`Change::set`] takes it.
    #[must_use]
    pub fn without(mut self, path: &str) -> Change {
        self.missing.push(path.to_owned());
        self
    }

    fn apply(&self, record: &mut Value) {
        for (path, value) in &self.values {
            put(record, &path.split('.').collect::<Vec<_>>(), value.clone());
        }
        for path in &self.missing {
            take(record, &path.split('.').collect::<Vec<_>>());
        }
    }
}

impl World {
    /// Puts a record in and says its id.
    pub(crate) fn insert(&self, resource: &str, change: &Change) -> Result<String, Error> {
        let (_, served) = self.named(resource)?;
        let mut whose = None;
        if !served.above.is_nothing() {
            let of = change.of.as_deref().ok_or_else(|| Error::WithoutParent(resource.to_owned()))?;
            whose = Some(self.named_above(served, of).ok_or_else(|| Error::UnknownRecord(of.to_owned()))?);
        }
        self.put_in(served, whose, change)
    }

    /// Puts a record into a list, that of a parent, and says its id.
    pub(crate) fn put_in(&self, served: &Served, whose: Whose, change: &Change) -> Result<String, Error> {
        let above = whose.and_then(|number| self.combination(served, number));
        let mut changes = served.changes.write().unwrap_or_else(PoisonError::into_inner);
        let moment = change.at.unwrap_or_else(|| self.behind_all(&changes));
        let number = served.data.end() + changes.births;
        let named = match served.data.ids.repeat() {
            true => served.line(whose).place(served.data.end()) + changes.of(whose).births,
            false => number,
        };
        let mut record = served.data.value(number, Some((moment, named)), &self.ids);
        change.apply(&mut record);
        let kept = served.kept(number, &record);
        let (own_id, there) = (kept.id.clone(), served.has(&changes, whose, &kept.id));
        if !there {
            changes.births += 1;
            changes.change(whose, moment).births += 1;
            changes.insert(whose, moment, kept);
        }
        drop(changes);
        let around = self.around(served, number, &record);
        let row = Row { resource: &served.resource, settings: &self.settings, number, record, around, above };
        let id = if served.above.is_nothing() { own_id } else { row.id() };
        if there { Err(Error::Exists(id)) } else { Ok(id) }
    }

    /// Alters a record.
    pub(crate) fn update(&self, resource: &str, id: &str, change: &Change) -> Result<(), Error> {
        let (_, served) = self.named(resource)?;
        let unknown = || Error::UnknownRecord(id.to_owned());
        let row = self.known(resource, id)?;
        if change.of.is_some() && change.of != row.above.as_ref().map(|above| above.keys().join("/")) {
            return Err(unknown());
        }
        self.alter(served, row.whose(), row.number, change).ok_or_else(unknown)
    }

    /// Alters the record of a number; `None` when there is none.
    pub(crate) fn alter(&self, served: &Served, whose: Whose, number: u64, change: &Change) -> Option<()> {
        let mut changes = served.changes.write().unwrap_or_else(PoisonError::into_inner);
        let moment = change.at.unwrap_or_else(|| self.behind_all(&changes));
        let mut record = self.current(served, &changes, whose, number)?;
        let id = served.stands_as(&changes, number);
        served.touch(&mut record, moment);
        change.apply(&mut record);
        let kept = Kept { id, ..served.kept(number, &record) };
        let moves = sorted_by_change(&served.resource);
        changes.updates += 1;
        match changes.of(whose).inserted(&kept.id).map(|(place, _)| place.0) {
            Some(old) => changes.insert(whose, if moves { moment } else { old }, kept),
            None if moves => {
                changes.change(whose, moment).bury(number);
                changes.insert(whose, moment, kept);
            }
            None => changes.change(whose, moment).replace(number, kept),
        }
        Some(())
    }

    /// Takes a record out. A cursor that names it goes on working.
    pub(crate) fn delete(&self, resource: &str, id: &str) -> Result<(), Error> {
        let (_, served) = self.named(resource)?;
        let row = self.known(resource, id)?;
        self.take_out(served, row.whose(), row.number).ok_or_else(|| Error::UnknownRecord(id.to_owned()))
    }

    /// Takes the record of a number out; `None` when there is none.
    pub(crate) fn take_out(&self, served: &Served, whose: Whose, number: u64) -> Option<()> {
        let mut changes = served.changes.write().unwrap_or_else(PoisonError::into_inner);
        self.current(served, &changes, whose, number)?;
        changes.deletions += 1;
        let id = served.stands_as(&changes, number);
        if !changes.remove(whose, &id) {
            changes.change(whose, i64::MIN).bury(number);
        }
        Some(())
    }

    /// The moment just behind all there is, as long as there is one that can be written.
    fn behind_all(&self, changes: &Changes) -> i64 {
        self.now.max(changes.latest).saturating_add(1).min(*WRITABLE.end())
    }

    /// The record of an id, as the API sends it.
    pub(crate) fn record(&self, resource: &str, id: &str) -> Result<Value, Error> {
        self.known(resource, id).map(|row| row.record)
    }

    /// The moment a record of an id is sorted by.
    pub(crate) fn moment(&self, resource: &str, id: &str) -> Result<i64, Error> {
        let (_, served) = self.named(resource)?;
        let row = self.known(resource, id)?;
        let stands_as = {
            let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
            served.stands_as(&changes, row.number)
        };
        served.read(row.whose(), |list| match list.find(&stands_as) {
            Some(Cursor::Place((moment, _))) => Ok(moment),
            _ => Ok(list.data.moment(row.number)),
        })
    }

    /// What a list is there for, by the keys of its parts: ids of rows, and values.
    fn named_above(&self, served: &Served, of: &str) -> Option<u64> {
        let parts = &served.above.parts;
        let keys: Vec<&str> = if parts.len() == 1 { vec![of] } else { of.split('/').collect() };
        let pick = |(part, key): (&Part, &&str)| match &part.of {
            Kind::Values(values) => values.iter().position(|value| value == key).map(Pick::Value),
            Kind::Rows(members) => members.iter().find_map(|members| {
                let row = self.with_id(members.list, key)?;
                Some(Pick::Row { list: members.list, number: row.number })
            }),
        };
        let picks: Vec<Pick> = parts.iter().zip(&keys).map(pick).collect::<Option<_>>()?;
        (picks.len() == parts.len() && keys.len() == parts.len()).then(|| served.above.number(&picks))
    }

    /// The row of an id: of one in the record, where there is no parent, or of one in the column.
    fn known(&self, resource: &str, id: &str) -> Result<Row<'_>, Error> {
        let (place, served) = self.named(resource)?;
        let is_series = served.resource.row.shape.is_series();
        let alone = served.above.is_nothing() && !is_series;
        let own = if alone { self.with_own_id(served, None, id) } else { None };
        own.or_else(|| self.with_id(place, id)).ok_or_else(|| Error::UnknownRecord(id.to_owned()))
    }
}

impl Served {
    /// What a cursor names the record of a number by: the id that it came with, whatever has become of what it holds.
    fn stands_as(&self, changes: &Changes, number: u64) -> String {
        changes.home(number).map_or_else(|| self.data.ids.text(number), |(_, id)| id.to_owned())
    }

    fn kept(&self, number: u64, record: &Value) -> Kept {
        let at = |path: &[Segment]| text(&find(record, path));
        let variant = self.data.leaves.variant.as_ref().map(|variant| at(&variant.path));
        let names = self.data.leaves.ordinals().map(at).collect();
        Kept { id: self.own_id(number, record), number, json: record.to_string().into_bytes(), variant, names }
    }

    /// Whether a list, that of a parent, has a record with this id in it; if ids do not repeat, whether any has.
    fn has(&self, changes: &Changes, whose: Whose, id: &str) -> bool {
        if self.resource.row.shape.is_series() {
            let list = List { data: &self.data, overlay: changes.of(whose), line: self.line(whose) };
            let computed = (self.data.first()..self.data.end()).filter(|number| list.has(*number));
            let mut there = computed.filter(|number| !changes.of(whose).is_gone(*number));
            return changes.of(whose).inserted(id).is_some()
                || there.any(|number| self.own_id(number, &self.data.value(number, None, &[])) == id);
        }
        if first_path(&self.resource.row.key).is_none() && !keyed(&self.resource) {
            // Nothing of the record tells it from others of its parent: there is one at most.
            let list = List { data: &self.data, overlay: changes.of(whose), line: self.line(whose) };
            return list.count(&Ask::default()) > 0;
        }
        let own = self.data.ids.repeat();
        let line = if own { self.line(whose) } else { Line::All };
        let computed = self.data.ids.number_of(id, line).is_some_and(|number| {
            let whose = self.kin.map_or(whose, |kin| kin.parent(number));
            !changes.of(whose).is_gone(number)
        });
        computed || if own { changes.of(whose).inserted(id).is_some() } else { changes.anywhere(id).is_some() }
    }

    /// Says in an entity when it was altered.
    fn touch(&self, record: &mut Value, moment: i64) {
        let Some(time) = self.resource.row.time.as_ref().filter(|_| self.resource.row.shape == Shape::Entity) else {
            return;
        };
        let value = Format::of(&time.format).value(moment);
        if let Some(keys) = first_path(&time.from).and_then(keys) {
            put(record, &keys, value);
        }
    }
}
