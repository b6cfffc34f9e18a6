//! The counts of one resource while it is synced: what the store had of it, and what came since the last commit.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tapwright_plan::Resource;

use super::of_plan::{Versions, is_current};
use super::{At, Count, MOST_NEW, OTHERS, PageSeen, What};
use crate::Timestamp;
use crate::decode::OTHER_VALUES;
use crate::sink::Counts;

/// The counts of one resource.
#[derive(Debug)]
pub(crate) struct Tally {
    resource: &'static Resource,
    versions: Versions,
    kept: BTreeMap<Key, Kept>,
    /// By column: whether a row had a value, and whether one had none. Once both were seen, nothing is left to count.
    columns: Vec<Met>,
    /// Whether what the store has is to be replaced.
    anew: bool,
    /// Whether this sync was counted.
    begun: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    what: What,
    place: Cow<'static, str>,
    name: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug)]
struct Kept {
    count: u64,
    first_at: Timestamp,
    last_at: Timestamp,
    /// What the store does not have yet.
    news: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Met {
    value: bool,
    null: bool,
}

impl Tally {
    /// Goes on from what the store has. What does not speak of the spec as it is, is left behind; all of it where
    /// everything is read `anew`.
    pub(crate) fn new(resource: &'static Resource, stored: &[Count], anew: bool) -> Self {
        let mut tally = Tally {
            resource,
            versions: Versions::of(resource),
            kept: BTreeMap::new(),
            columns: vec![Met::default(); resource.row.columns.len()],
            anew,
            begun: false,
        };
        for count in stored.iter().filter(|_| !anew) {
            let current = What::of(&count.what).filter(|what| {
                is_current(resource, *what, &count.place, &count.name)
                    && tally.versions.get(*what, &count.place) == count.version
            });
            let Some(what) = current else {
                tally.anew = true;
                continue;
            };
            let key = Key { what, place: count.place.clone().into(), name: count.name.clone().into() };
            let Count { count, first_at, last_at, .. } = *count;
            for (column, met) in resource.row.columns.iter().zip(&mut tally.columns) {
                if column.name == key.place {
                    met.value |= what == What::Present;
                    met.null |= what == What::Absent;
                }
            }
            tally.kept.insert(key, Kept { count, first_at, last_at, news: 0 });
        }
        tally
    }

    /// Adds what was seen of a page with so many rows and records that were set aside.
    pub(crate) fn add(&mut self, rows: u64, set_aside: u64, seen: &PageSeen, now: Timestamp) {
        let mut one = |what, place: Cow<'static, str>, name: Cow<'static, str>, count: u64| {
            // Of a list that is empty it is known, too, that it was read.
            if count > 0 || what == What::Row {
                let told_apart = matches!(what, What::Field | What::Value);
                let name = if told_apart { self::told(&self.kept, what, &place, name) } else { name };
                let new = Kept { count: 0, first_at: now, last_at: now, news: 0 };
                let kept = self.kept.entry(Key { what, place, name }).or_insert(new);
                kept.count += count;
                kept.news += count;
                kept.last_at = now;
            }
        };
        const NO: Cow<'static, str> = Cow::Borrowed("");
        if !self.begun {
            one(What::Sync, NO, NO, 1);
            self.begun = true;
        }
        one(What::Row, NO, NO, rows);
        one(What::SetAside, NO, NO, set_aside);
        for (field, count) in &seen.unknown {
            one(What::Field, NO, field.clone().into(), *count);
        }
        for ((column, value), count) in &seen.drift {
            let value = if value == OTHER_VALUES { OTHERS } else { value };
            one(What::Value, (*column).into(), value.to_owned().into(), *count);
        }
        for ((at, came), count) in &seen.misfits {
            let (what, place) = match at {
                At::Column(column) => (What::Misfit, *column),
                At::Key(key) => (What::Path, *key),
                At::Filter => (What::Filter, ""),
            };
            one(what, place.into(), (*came).into(), *count);
        }
        for ((column, absent), met) in self.resource.row.columns.iter().zip(&seen.absent).zip(&mut self.columns) {
            if !column.nullable || (met.value && met.null) {
                continue;
            }
            let present = rows.saturating_sub(*absent);
            one(What::Present, column.name.into(), NO, present);
            one(What::Absent, column.name.into(), NO, *absent);
            met.value |= present > 0;
            met.null |= *absent > 0;
        }
    }

    /// What the store does not have yet, once.
    pub(crate) fn take(&mut self) -> Option<Counts> {
        let (resource, anew) = (self.resource, std::mem::take(&mut self.anew));
        let mut counts = Vec::new();
        for (key, kept) in &mut self.kept {
            let news = if anew { kept.count } else { kept.news };
            let fresh = kept.news > 0 || (key.what == What::Row && kept.count == 0);
            kept.news = 0;
            if !anew && !fresh {
                continue;
            }
            counts.push(Count {
                what: key.what.text().to_owned(),
                place: key.place.clone().into_owned(),
                name: key.name.clone().into_owned(),
                version: self.versions.get(key.what, &key.place).to_owned(),
                count: news,
                first_at: kept.first_at,
                last_at: kept.last_at,
            });
        }
        (anew || !counts.is_empty()).then_some(Counts { resource, anew, counts })
    }
}

/// The name itself, or what stands for more than are told apart.
fn told(kept: &BTreeMap<Key, Kept>, what: What, place: &str, name: Cow<'static, str>) -> Cow<'static, str> {
    let key = Key { what, place: place.to_owned().into(), name };
    if kept.contains_key(&key) {
        return key.name;
    }
    let first = Key { name: "".into(), ..key.clone() };
    let of_place = kept.range(first..).take_while(|(other, _)| (other.what, &other.place) == (what, &key.place));
    if of_place.count() < MOST_NEW { key.name } else { OTHERS.into() }
}
