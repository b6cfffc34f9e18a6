//! Changes by hand: putting records in, altering them and taking them out, as an API's users would. It must not know
//! how a change is asked for.

use std::sync::PoisonError;

use serde_json::Value;
use tapwright_spec::model::{Segment, Shape};

use crate::eval::{find, text};
use crate::format::Format;
use crate::json::put;
use crate::leaf::sorted_by_change;
use crate::list::{Cursor, List};
use crate::overlay::Kept;
use crate::paths::{first_path, keys};
use crate::sandbox::Error;
use crate::world::{Served, World};

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
    pub(crate) at: Option<i64>,
    pub(crate) values: Vec<(String, Value)>,
}

impl Change {
    /// One that leaves everything to the sandbox: for a new record, content like that of all others.
    #[must_use]
    pub fn new() -> Change {
        Change::default()
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

    fn apply(&self, record: &mut Value) {
        for (path, value) in &self.values {
            put(record, &path.split('.').collect::<Vec<_>>(), value.clone());
        }
    }
}

impl World {
    /// Puts a record in and says its id.
    pub(crate) fn insert(&self, resource: &str, change: &Change) -> Result<String, Error> {
        let (_, served) = self.named(resource)?;
        let mut overlay = served.overlay.write().unwrap_or_else(PoisonError::into_inner);
        let moment = change.at.unwrap_or_else(|| self.now.max(overlay.latest) + 1);
        let number = served.data.end() + overlay.births;
        let mut record = served.data.value(number, Some(moment), &self.ids);
        change.apply(&mut record);
        let kept = served.kept(&record);
        let id = kept.id.clone();
        if served.data.ids.number_of(&id).is_some_and(|number| !overlay.is_gone(number))
            || overlay.inserted(&id).is_some()
        {
            return Err(Error::Exists(id));
        }
        overlay.births += 1;
        overlay.insert(moment, kept);
        Ok(id)
    }

    /// Alters a record.
    pub(crate) fn update(&self, resource: &str, id: &str, change: &Change) -> Result<(), Error> {
        let (_, served) = self.named(resource)?;
        let unknown = || Error::UnknownRecord(id.to_owned());
        let mut overlay = served.overlay.write().unwrap_or_else(PoisonError::into_inner);
        let moment = change.at.unwrap_or_else(|| self.now.max(overlay.latest) + 1);
        let inserted = overlay.inserted(id).map(|(place, kept)| (place.0, kept.clone()));
        let number = served.data.ids.number_of(id).filter(|number| !overlay.is_gone(*number));
        let mut record = match (&inserted, number) {
            (Some((_, kept)), _) => serde_json::from_slice(&kept.json).unwrap_or(Value::Null),
            (None, Some(number)) => match overlay.updated(number) {
                Some(kept) => serde_json::from_slice(&kept.json).unwrap_or(Value::Null),
                None => served.data.value(number, None, &self.ids),
            },
            (None, None) => return Err(unknown()),
        };
        served.touch(&mut record, moment);
        change.apply(&mut record);
        let kept = Kept { id: id.to_owned(), ..served.kept(&record) };
        let moves = sorted_by_change(&served.resource);
        match (inserted, number) {
            (Some((old, _)), _) => overlay.insert(if moves { moment } else { old }, kept),
            (None, Some(number)) if moves => {
                overlay.bury(number);
                overlay.insert(moment, kept);
            }
            (None, Some(number)) => {
                overlay.latest = overlay.latest.max(moment);
                overlay.replace(number, kept);
            }
            (None, None) => return Err(unknown()),
        }
        Ok(())
    }

    /// Takes a record out. A cursor that names it goes on working.
    pub(crate) fn delete(&self, resource: &str, id: &str) -> Result<(), Error> {
        let (_, served) = self.named(resource)?;
        let mut overlay = served.overlay.write().unwrap_or_else(PoisonError::into_inner);
        if overlay.remove(id) {
            return Ok(());
        }
        match served.data.ids.number_of(id).filter(|number| !overlay.is_gone(*number)) {
            Some(number) => {
                overlay.bury(number);
                Ok(())
            }
            None => Err(Error::UnknownRecord(id.to_owned())),
        }
    }

    /// The record of an id, as the API sends it.
    pub(crate) fn record(&self, resource: &str, id: &str) -> Result<Value, Error> {
        let (_, served) = self.named(resource)?;
        let unknown = || Error::UnknownRecord(id.to_owned());
        served.read(|List { data, overlay }| {
            if let Some((_, kept)) = overlay.inserted(id) {
                return serde_json::from_slice(&kept.json).map_err(|_| unknown());
            }
            match data.ids.number_of(id).filter(|number| !overlay.is_gone(*number)) {
                Some(number) => Ok(match overlay.updated(number) {
                    Some(kept) => serde_json::from_slice(&kept.json).map_err(|_| unknown())?,
                    None => data.value(number, None, &self.ids),
                }),
                None => Err(unknown()),
            }
        })
    }

    /// The moment a record of an id is sorted by.
    pub(crate) fn moment(&self, resource: &str, id: &str) -> Result<i64, Error> {
        let (_, served) = self.named(resource)?;
        served.read(|list| match list.find(id) {
            Some(Cursor::Number(number)) => Ok(list.data.moment(number)),
            Some(Cursor::Place((moment, _))) => Ok(moment),
            Some(Cursor::Start) | None => Err(Error::UnknownRecord(id.to_owned())),
        })
    }
}

impl Served {
    fn kept(&self, record: &Value) -> Kept {
        let at = |path: &[Segment]| text(&find(record, path));
        let variant = self.data.leaves.variant.as_ref().map(|variant| at(&variant.path));
        let id = first_path(&self.resource.row.key).map(at).unwrap_or_default();
        let names = self.data.leaves.ordinals().map(at).collect();
        Kept { id, json: record.to_string().into_bytes(), variant, names }
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
