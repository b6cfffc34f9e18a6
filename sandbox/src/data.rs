//! The records of one resource, computed on demand from their number: what they are, when they happened, which variant
//! they have. It must not know about requests, nor about what was changed by hand.

use serde_json::Value;
use tapwright_spec::model::{Connector, Json, Resource, Shape, each_given};

use crate::dice::{hash, mix, roll};
use crate::hole::Subject;
use crate::id::Ids;
use crate::json::look_up;
use crate::kin::Kin;
use crate::leaf::{Leaves, sorted_by_change};
use crate::paths::first_path;
use crate::template::{Plan, Template};
use crate::time::Writer;
use crate::timeline::Timeline;
use crate::world::keyed;

/// How much of everything there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
    pub(crate) seed: u64,
    pub(crate) count: u64,
    pub(crate) now: i64,
    /// How far events reach back, in milliseconds.
    pub(crate) history: i64,
}

/// The records of one resource.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    pub(crate) ids: Ids,
    pub(crate) leaves: Leaves,
    template: Template,
    timeline: Timeline,
    seed: u64,
    now: i64,
    size: usize,
}

/// What is known of a resource before its records can be written: the ids other resources refer to.
pub(crate) struct Groundwork {
    leaves: Leaves,
    example: Json,
    own_id: String,
    pub(crate) ids: Ids,
    timeline: Timeline,
    amount: Amount,
}

impl Groundwork {
    /// Lays it. Of a resource that is read for each row of another, it is known how its records are spread.
    pub(crate) fn lay(resource: &Resource, connector: &Connector, amount: Amount, kin: Option<Kin>) -> Groundwork {
        let mut leaves = Leaves::of(resource, connector);
        let count = match (kin, leaves.most()) {
            (None, Some(most)) => amount.count.min(most),
            (Some(kin), Some(_)) => {
                leaves.in_turn(kin.parents());
                kin.most(amount.count)
            }
            (kin, None) => kin.map_or(amount.count, |kin| kin.most(amount.count)),
        };
        let example = resource.example.clone().unwrap_or_else(|| leaves.shape(resource));
        let key = first_path(&resource.row.key).and_then(|path| look_up(&example, path));
        let (own_id, number) = match key {
            Some(Json::Text(text)) => (text.clone(), false),
            Some(Json::Integer(value)) => (value.to_string(), true),
            _ if keyed(resource) => ("entry_1".to_owned(), false),
            _ => (String::new(), false),
        };
        let seed = mix(amount.seed ^ hash(resource.name.as_bytes()));
        let Amount { now, history, .. } = amount;
        let (timeline, born, first) = match resource.row.shape {
            Shape::Event => {
                let (timeline, first) = Timeline::rolling(seed, count, now, history);
                (timeline.clone(), timeline, first)
            }
            Shape::Metric | Shape::Distribution => {
                let each = leaves.each;
                // As many spans as there are records for reach as far back as events do, unless the spec says.
                let spans = i64::try_from(count / each.max(1)).unwrap_or(i64::MAX).max(1);
                let free = (history / spans / 60_000).max(1) * 60_000;
                let period = resource.row.series.as_ref().and_then(|series| series.period_millis).unwrap_or(free);
                let timeline = Timeline::spans(count, now, period, each);
                (timeline.clone(), timeline, 0)
            }
            Shape::Entity | Shape::Edge => {
                let born = Timeline::fixed(seed, count, now);
                let sorted =
                    if sorted_by_change(resource) { Timeline::ending(seed, count, now, history) } else { born.clone() };
                (sorted, born, 0)
            }
        };
        let ids = Ids::like(&own_id, number, seed, born, first, count);
        let ids = match kin.filter(|_| told_by_parent(resource)) {
            Some(kin) => ids.by_parent(kin),
            None => ids,
        };
        Groundwork { leaves, example, own_id, ids, timeline, amount: Amount { seed, ..amount } }
    }

    /// Builds on it, once it is laid for all resources.
    pub(crate) fn build(self, resource: &Resource, connector: &Connector, lists: &[(bool, bool)]) -> Data {
        let Groundwork { leaves, example, own_id, ids, timeline, amount } = self;
        let events = resource.row.shape == Shape::Event;
        let (seed, now) = (amount.seed, amount.now);
        // What a series says is added up.
        let odd = !resource.row.shape.is_series();
        let plan = Plan { connector, leaves: &leaves, example: &example, own_id: &own_id, lists, events, odd, seed };
        let template = Template::new(plan);
        Data { ids, leaves, template, timeline, seed, now, size: 0 }
    }
}

/// Whether the parent is a part of what identifies a record, so that the rest may repeat.
pub(crate) fn told_by_parent(resource: &Resource) -> bool {
    let mut told = false;
    each_given(&resource.row.key, &mut |_, _| told = true);
    told
}

impl Data {
    /// The number of the oldest record.
    pub(crate) fn first(&self) -> u64 {
        self.ids.first
    }

    /// The number behind that of the newest record.
    pub(crate) fn end(&self) -> u64 {
        self.ids.first + self.ids.count
    }

    /// The moment a record is sorted by.
    #[inline]
    pub(crate) fn moment(&self, number: u64) -> i64 {
        self.timeline.at(number)
    }

    /// Which of the variant's values a record has.
    #[inline]
    pub(crate) fn variant(&self, number: u64) -> usize {
        self.template.variant(number)
    }

    /// Weighs a few records, so that a page's buffer is neither too small nor much too large.
    pub(crate) fn weigh(&mut self, lists: &[Ids]) {
        const SAMPLE: u64 = 64;
        let mut out = Vec::new();
        for number in self.first()..self.first() + SAMPLE {
            self.write(&mut out, number, lists, &mut Writer::new());
        }
        let mean = out.len() / SAMPLE as usize;
        self.size = mean + mean / 8 + 1;
    }

    /// About how many bytes a record has, rather more.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Writes a record as JSON.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>, number: u64, lists: &[Ids], clock: &mut Writer) {
        self.write_at(out, number, None, lists, clock);
    }

    /// A record as a value; with a moment of its own, and a number that its id is made of, when it is not one of the
    /// computed ones.
    pub(crate) fn value(&self, number: u64, born: Option<(i64, u64)>, lists: &[Ids]) -> Value {
        let mut out = Vec::with_capacity(self.size());
        self.write_at(&mut out, number, born, lists, &mut Writer::new());
        serde_json::from_slice(&out).unwrap_or(Value::Null)
    }

    #[inline]
    fn write_at(&self, out: &mut Vec<u8>, number: u64, born: Option<(i64, u64)>, lists: &[Ids], clock: &mut Writer) {
        let subject = Subject {
            number,
            dice: roll(number, self.seed),
            moment: born.map_or_else(|| self.timeline.at(number), |(moment, _)| moment),
            born,
            now: self.now,
        };
        self.template.write(out, &subject, (&self.ids, lists), clock);
    }

    /// The number of the first record whose moment is not before `moment`.
    pub(crate) fn from(&self, moment: i64) -> u64 {
        let (mut low, mut high) = (self.first(), self.end());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.moment(middle) < moment { low = middle + 1 } else { high = middle }
        }
        low
    }
}
