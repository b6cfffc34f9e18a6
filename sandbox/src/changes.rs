//! What was changed by hand in a list, apart for each parent its records belong to. It must not know who the parents are.

use std::collections::HashMap;

use crate::overlay::{Kept, Overlay};

/// The number of the parent that a list is asked for; `None` of a list that has none.
pub(crate) type Whose = Option<u64>;

/// All changes to the records of a resource.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    overlays: HashMap<Whose, Overlay>,
    untouched: Overlay,
    /// Whose the records are that were put in, or put elsewhere, and their ids, by their numbers.
    homes: HashMap<u64, (Whose, String)>,
    /// Whose the last one is that was put in with an id.
    owners: HashMap<String, Whose>,
    /// How many were ever put in.
    pub(crate) births: u64,
    /// How often one was altered.
    pub(crate) updates: u64,
    /// How many were taken out.
    pub(crate) deletions: u64,
    /// The latest moment of a change.
    pub(crate) latest: i64,
    /// How many changes there were.
    pub(crate) version: u64,
}

impl Changes {
    /// The changes to the list of a parent.
    pub(crate) fn of(&self, whose: Whose) -> &Overlay {
        self.overlays.get(&whose).unwrap_or(&self.untouched)
    }

    /// The same, to be changed at a moment.
    pub(crate) fn change(&mut self, whose: Whose, moment: i64) -> &mut Overlay {
        self.version += 1;
        self.latest = self.latest.max(moment);
        self.overlays.entry(whose).or_default()
    }

    /// Puts a record into the list of a parent.
    pub(crate) fn insert(&mut self, whose: Whose, moment: i64, kept: Kept) {
        self.homes.insert(kept.number, (whose, kept.id.clone()));
        self.owners.insert(kept.id.clone(), whose);
        self.change(whose, moment).insert(moment, kept);
    }

    /// Takes a record out that was put in; whether there was one.
    pub(crate) fn remove(&mut self, whose: Whose, id: &str) -> bool {
        let number = self.of(whose).inserted(id).map(|(_, kept)| kept.number);
        if let Some(number) = number {
            self.homes.remove(&number);
            self.change(whose, i64::MIN).remove(id);
        }
        number.is_some()
    }

    /// Whose the record of a number is, and its id, if it was put in.
    pub(crate) fn home(&self, number: u64) -> Option<(Whose, &str)> {
        self.homes.get(&number).map(|(whose, id)| (*whose, id.as_str()))
    }

    /// The numbers of the records that were put in.
    pub(crate) fn put_in(&self) -> impl Iterator<Item = u64> {
        self.homes.keys().copied()
    }

    /// A record that was put in, by an id that none of another parent has.
    pub(crate) fn anywhere(&self, id: &str) -> Option<&Kept> {
        self.of(*self.owners.get(id)?).inserted(id).map(|(_, kept)| kept.as_ref())
    }
}
