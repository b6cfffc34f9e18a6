//! What was changed by hand: records put in, altered and taken out, kept in small sorted maps above the computed ones.
//! It must not know how the computed ones are made, nor who asks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Range};
use std::sync::Arc;

/// Where a record stands in its list: by its moment, then by its id.
pub(crate) type Place = (i64, String);

/// A record that is kept, not computed.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: String,
    /// Its number: that of the computed record it stands for, or one behind them all.
    pub(crate) number: u64,
    /// Its JSON.
    pub(crate) json: Vec<u8>,
    /// Its text at the variant's place, for filters.
    pub(crate) variant: Option<String>,
    /// What else than its id names it to a client that goes on behind it.
    pub(crate) names: Vec<String>,
}

/// Changes to one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlay {
    inserted: BTreeMap<Place, Arc<Kept>>,
    places: HashMap<String, Place>,
    updated: BTreeMap<u64, Arc<Kept>>,
    gone: BTreeSet<u64>,
    /// Where records that are gone stood: a cursor that names one still works.
    graves: HashMap<String, Place>,
    /// Where records stand, or stood, that go by other names than their ids.
    names: HashMap<String, Place>,
    /// How many were ever inserted.
    pub(crate) births: u64,
}

impl Overlay {
    /// Whether nothing was changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.updated.is_empty() && self.gone.is_empty()
    }

    /// Puts a record in; one with the same id goes.
    pub(crate) fn insert(&mut self, moment: i64, kept: Kept) {
        let place = (moment, kept.id.clone());
        if let Some(old) = self.places.insert(kept.id.clone(), place.clone()) {
            self.inserted.remove(&old);
        }
        self.names.extend(kept.names.iter().map(|name| (name.clone(), place.clone())));
        self.inserted.insert(place, Arc::new(kept));
    }

    /// Stands for the computed record of a number from now on.
    pub(crate) fn replace(&mut self, number: u64, kept: Kept) {
        self.updated.insert(number, Arc::new(kept));
    }

    /// Takes the computed record of a number out.
    pub(crate) fn bury(&mut self, number: u64) {
        self.updated.remove(&number);
        self.gone.insert(number);
    }

    /// Takes a record out that was put in; whether there was one.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let Some(place) = self.places.remove(id) else { return false };
        self.inserted.remove(&place);
        self.graves.insert(id.to_owned(), place);
        true
    }

    /// Whether the computed record of a number is gone.
    pub(crate) fn is_gone(&self, number: u64) -> bool {
        self.gone.contains(&number)
    }

    /// What stands for the computed record of a number.
    pub(crate) fn updated(&self, number: u64) -> Option<&Arc<Kept>> {
        self.updated.get(&number)
    }

    /// Where a record that was put in stands, or stood.
    pub(crate) fn place_of(&self, id: &str) -> Option<&Place> {
        self.places.get(id).or_else(|| self.graves.get(id))
    }

    /// Where a record that was put in stands, or stood, by another name than its id.
    pub(crate) fn place_of_name(&self, name: &str) -> Option<&Place> {
        self.names.get(name)
    }

    /// How many computed records in a range of numbers are not there as they were: gone, or altered and not `kept`.
    pub(crate) fn missing(&self, numbers: Range<u64>, kept: impl Fn(&Kept) -> bool) -> u64 {
        if numbers.is_empty() {
            return 0;
        }
        let altered = self.updated.range(numbers.clone()).filter(|(_, one)| !kept(one)).count();
        (self.gone.range(numbers).count() + altered) as u64
    }

    /// A record that was put in.
    pub(crate) fn inserted(&self, id: &str) -> Option<(&Place, &Arc<Kept>)> {
        self.inserted.get_key_value(self.places.get(id)?)
    }

    /// The records put in between two places, in order.
    pub(crate) fn between(
        &self,
        from: Bound<Place>,
        to: Bound<Place>,
    ) -> impl DoubleEndedIterator<Item = (&Place, &Arc<Kept>)> {
        let empty = match (&from, &to) {
            (Bound::Excluded(a), Bound::Excluded(b)) | (Bound::Excluded(a), Bound::Included(b)) => a >= b,
            (Bound::Included(a), Bound::Excluded(b)) => a >= b,
            (Bound::Included(a), Bound::Included(b)) => a > b,
            _ => false,
        };
        let range = if empty { None } else { Some(self.inserted.range((from, to))) };
        range.into_iter().flatten()
    }
}
