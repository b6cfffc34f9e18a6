//! Changes that happen by themselves while lists are read: records come, are altered and go, so that what a client does in
//! between is seen. They hang on the seed and on how many requests a list has answered, never on a clock: the same requests
//! meet the same changes. It must not know how a request asks, nor how an answer is written.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tapwright_spec::model::{Segment, Shape, Type};

use crate::change::Change;
use crate::changes::Whose;
use crate::dice::{below, hash, mix, roll};
use crate::leaf::{Leaf, Role, sorted_by_change};
use crate::paths::{first_path, keys};
use crate::world::{Served, World, keyed};

/// How much happens, and how much has.
#[derive(Debug)]
pub(crate) struct Churn {
    /// Changes to a list for each request that it answers, as the bits of a number.
    rate: AtomicU64,
    seed: u64,
    /// How many requests a list, that of a parent, has answered since things happen.
    answered: Mutex<HashMap<(usize, Whose), u64>>,
}

impl Churn {
    /// So many changes to a list for each request that it answers.
    pub(crate) fn new(rate: f64, seed: u64) -> Churn {
        let churn = Churn { rate: AtomicU64::default(), seed, answered: Mutex::default() };
        churn.set(rate);
        churn
    }

    /// Says anew how much happens.
    pub(crate) fn set(&self, rate: f64) {
        let rate = if rate.is_finite() { rate.clamp(0.0, 1_000.0) } else { 0.0 };
        self.rate.store(rate.to_bits(), Ordering::Relaxed);
    }

    /// How much happens.
    pub(crate) fn rate(&self) -> f64 {
        f64::from_bits(self.rate.load(Ordering::Relaxed))
    }

    /// The numbers of the changes that are due behind a request for a list.
    fn due(&self, list: (usize, Whose)) -> std::ops::Range<u64> {
        let rate = self.rate();
        if rate == 0.0 {
            return 0..0;
        }
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        let count = answered.entry(list).or_default();
        let before = (*count as f64 * rate) as u64;
        *count += 1;
        before..(*count as f64 * rate) as u64
    }
}

impl World {
    /// Lets happen what is due behind a request for a list.
    pub(crate) fn stir(&self, place: usize, whose: Whose) {
        let Some(served) = self.lists.get(place) else { return };
        let own = self.churn.seed ^ hash(served.resource.name.as_bytes()) ^ mix(whose.map_or(0, |parent| parent + 1));
        for nth in self.churn.due((place, whose)) {
            self.happen(served, whose, nth, roll(nth, own));
        }
    }

    /// Lets one change happen. What cannot be, such as a second record where there is one, does not.
    fn happen(&self, served: &Served, whose: Whose, nth: u64, dice: u64) {
        let alone =
            served.layout.is_single() || first_path(&served.resource.row.key).is_none() && !keyed(&served.resource);
        let kind = match served.resource.row.shape {
            _ if alone => Kind::Update,
            // Of numbers about spans, those that are there are corrected.
            Shape::Metric | Shape::Distribution => Kind::Update,
            // What has happened does not change.
            Shape::Event if !dice.is_multiple_of(3) => Kind::Insert,
            Shape::Entity | Shape::Edge if dice % 3 == 1 => Kind::Insert,
            Shape::Entity | Shape::Edge if dice % 3 == 2 => Kind::Update,
            Shape::Event | Shape::Entity | Shape::Edge => Kind::Delete,
        };
        let dice = mix(dice);
        if kind == Kind::Insert {
            let change = self.arrival(served, whose, dice);
            let _there_already = self.put_in(served, whose, &change);
            return;
        }
        let Some(number) = served.read(whose, |list| list.some(dice)) else { return };
        match kind {
            Kind::Update => drop(self.alter(served, whose, number, &news(served, nth))),
            Kind::Delete => drop(self.take_out(served, whose, number)),
            Kind::Insert => {}
        }
    }

    /// A new record: of a list in the order of time the last one, or one that comes late, as late as the spec reckons with;
    /// of another one anywhere.
    fn arrival(&self, served: &Served, whose: Whose, dice: u64) -> Change {
        let overlap = served.resource.incremental.as_ref().map_or(0, |incremental| incremental.overlap_millis);
        if served.resource.row.shape == Shape::Event || sorted_by_change(&served.resource) {
            let late = below(mix(dice), u64::try_from(overlap / 2).unwrap_or(0).min(u64::from(u32::MAX)));
            return match (dice & 1, i64::try_from(late)) {
                (1, Ok(late)) if late > 0 => Change::new().at(self.latest(served).saturating_sub(late)),
                _ => Change::new(),
            };
        }
        match served.read(whose, |list| list.some(dice).filter(|number| list.has(*number))) {
            Some(number) => Change::new().at(served.data.moment(number)),
            None => Change::new(),
        }
    }

    /// The moment behind which new records come.
    fn latest(&self, served: &Served) -> i64 {
        self.now.max(served.changes.read().unwrap_or_else(PoisonError::into_inner).latest)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Insert,
    Update,
    Delete,
}

/// What a record says anew: its first text that is only there to be read, or else number.
fn news(served: &Served, nth: u64) -> Change {
    let of = |ty: &Type| {
        let is = |leaf: &&Leaf| leaf.bare && leaf.role == Role::Plain(ty.clone()) && named(&leaf.path).is_some();
        served.data.leaves.all.iter().find(is).and_then(|leaf| named(&leaf.path))
    };
    if let Some(path) = of(&Type::String) {
        return Change::new().set(&path, format!("Changed {nth}"));
    }
    match of(&Type::Integer).or_else(|| of(&Type::Number)) {
        Some(path) => Change::new().set(&path, Value::from(nth)),
        None => Change::new(),
    }
}

/// A path as changes have it; `None` of one that leads into a list, or whose keys have dots.
fn named(path: &[Segment]) -> Option<String> {
    keys(path).filter(|keys| keys.iter().all(|key| !key.contains('.'))).map(|keys| keys.join("."))
}
