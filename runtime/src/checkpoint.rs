//! How far a resource has come, as it is committed with the rows.
//!
//! A checkpoint is one JSON document of a resource: the generation of its refresh, the slices that are not
//! finished with the cursor each has reached, and, for an incremental resource, the frontier behind which nothing
//! is missing. It is written in the transaction that writes the rows it speaks of, so it is never ahead of them.

mod crowd;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tapwright_plan::{Connector, Resource};

use crate::decode::{Bounds, Mark};
use crate::parents::{Parent, Walk};
use crate::{Error, ErrorKind, Result, Settings, Timestamp};
use crowd::Crowd;

/// The form of the document. A newer one is refused, not guessed at.
const FORM: u32 = 1;

/// How far a resource has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    form: u32,
    /// Whose data it is: where the API was. Another place has other records behind the same cursors.
    #[serde(default)]
    pub(crate) source: String,
    /// The refresh that is under way, or the last one.
    pub(crate) generation: i64,
    /// The generation of the last full refresh that was complete.
    #[serde(default)]
    pub(crate) complete: i64,
    /// What the slices were planned by; another spec, or other settings, plan anew.
    #[serde(default)]
    spec: String,
    /// Behind which nothing is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) frontier: Option<Frontier>,
    /// The same for each row of the parent, by its key, where there is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    frontiers: BTreeMap<String, Since>,
    /// The parents that were met and have none of their own.
    #[serde(default, skip_serializing_if = "Crowd::is_empty")]
    crowd: Crowd,
    /// The greatest time of any parent's record, in Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<i64>,
    /// Where the walk over the parents is, while it is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) walk: Option<Walk>,
    /// What is being read. Empty when nothing is: the last sync of the resource was complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) slices: Vec<Slice>,
}

/// The last record of an incremental resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Frontier {
    /// What the source continues behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// The greatest time of a record, in Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<i64>,
}

/// The frontier of one parent, and the refresh that saw the parent last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Since {
    #[serde(flatten)]
    frontier: Frontier,
    generation: i64,
}

/// A part of a resource that is read with a cursor of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slice {
    /// What messages call it. Not kept: slices are numbered when they are planned or taken up.
    #[serde(skip)]
    pub(crate) number: usize,
    /// The row that it is read for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<Parent>,
    /// The greatest time of a record of any parent when that one was met: what comes after is no older, but for `overlap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) met_at: Option<i64>,
    #[serde(flatten)]
    pub(crate) part: Part,
    /// Where the next page is; none at the start, and at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
    /// How many pages were read.
    #[serde(default)]
    pub(crate) pages: u64,
    /// The last record that belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<Frontier>,
    /// How many records or pages there were when it was begun, where pages are found by counting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) count: Option<i64>,
    /// How often it was begun anew because that had changed; whether it has to be once more.
    #[serde(default, skip_serializing_if = "Moved::is_nothing")]
    pub(crate) moved: Moved,
    /// Whether the records came out of order, so that their order says nothing about the end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unordered: bool,
    /// Whether it was read to its end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) done: bool,
}

/// Records that were inserted or deleted while the pages of a slice were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moved {
    /// How often the slice was read anew for it.
    pub(crate) again: u8,
    /// Whether it was met since.
    pub(crate) met: bool,
}

impl Moved {
    fn is_nothing(&self) -> bool {
        *self == Moved::default()
    }
}

/// Which part of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// All of it.
    All,
    /// What comes behind the record of that id.
    After(String),
    /// What happened from the first moment (included) to the second (excluded), in Unix milliseconds.
    Window(i64, Option<i64>),
}

impl Part {
    /// Whether it reaches as far as the source does.
    pub(crate) fn is_endless(&self) -> bool {
        matches!(self, Part::All | Part::After(_) | Part::Window(_, None))
    }
}

impl Slice {
    pub(crate) fn new(part: Part) -> Self {
        Slice {
            number: 0,
            parent: None,
            met_at: None,
            part,
            cursor: None,
            pages: 0,
            last: None,
            count: None,
            moved: Moved::default(),
            unordered: false,
            done: false,
        }
    }

    /// The same for a row of the parent.
    pub(crate) fn of(self, parent: Parent) -> Self {
        Slice { parent: Some(parent), ..self }
    }

    /// What reads another part of the same parent, or the same anew.
    pub(crate) fn beside(&self, part: Part) -> Self {
        Slice { parent: self.parent.clone(), met_at: self.met_at, ..Slice::new(part) }
    }

    /// Which records are this slice's.
    pub(crate) fn bounds(&self) -> Bounds {
        match self.part {
            Part::All | Part::After(_) => Bounds { from: None, to: None },
            Part::Window(from, to) => {
                Bounds { from: Timestamp::from_millis(from), to: to.and_then(Timestamp::from_millis) }
            }
        }
    }
}

impl From<Mark> for Frontier {
    fn from(mark: Mark) -> Self {
        Frontier { id: mark.id, at: mark.at.map(Timestamp::millis) }
    }
}

impl Checkpoint {
    /// Before the first sync.
    pub(crate) fn new() -> Self {
        Checkpoint {
            form: FORM,
            source: String::new(),
            generation: 0,
            complete: 0,
            spec: String::new(),
            frontier: None,
            frontiers: BTreeMap::new(),
            crowd: Crowd::default(),
            latest: None,
            walk: None,
            slices: Vec::new(),
        }
    }

    /// In place of one that cannot be read: its generation is beyond any that was ever counted.
    pub(crate) fn unreadable() -> Self {
        Checkpoint { generation: Timestamp::now().millis(), ..Checkpoint::new() }
    }

    /// Reads a committed checkpoint.
    ///
    /// # Errors
    /// `Store` when it is not one, or one of a newer release.
    pub(crate) fn read(text: &str, resource: &'static Resource) -> Result<Self> {
        let unreadable = |why: String| {
            Err(Error::new(ErrorKind::Store, format!("the checkpoint cannot be read: {why}"))
                .with("resource", resource.name)
                .help("`--full` reads the resource anew and replaces the checkpoint"))
        };
        #[derive(Deserialize)]
        struct Form {
            form: u32,
        }
        match serde_json::from_str::<Form>(text) {
            Ok(Form { form }) if form > FORM => return unreadable(format!("a newer release wrote it (form {form})")),
            Ok(_) => {}
            Err(error) => return unreadable(error.to_string()),
        }
        serde_json::from_str(text).or_else(|error| unreadable(error.to_string()))
    }

    pub(crate) fn text(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|error| Error::new(ErrorKind::Store, format!("the checkpoint cannot be written: {error}")))
    }

    /// Whether a sync of this very spec was interrupted, so that its slices can be read on.
    pub(crate) fn is_unfinished(&self, plan: &str) -> bool {
        (!self.slices.is_empty() || self.walk.is_some()) && self.spec == plan
    }

    /// The source does not know the records any more that parents would be continued behind: their times are left.
    pub(crate) fn forget_records(&mut self) {
        self.frontiers.values_mut().for_each(|since| since.frontier.id = None);
    }

    /// Whether a complete sync has left a place to go on from.
    pub(crate) fn has_frontier(&self) -> bool {
        self.frontier.is_some() || !self.frontiers.is_empty() || !self.crowd.is_empty()
    }

    /// Begins to read `slices` under a new generation, or what `walk` will lead to.
    pub(crate) fn begin(&mut self, plan: &str, slices: Vec<Slice>, walk: Option<Walk>) {
        self.generation += 1;
        plan.clone_into(&mut self.spec);
        self.crowd.merge();
        self.walk = walk;
        self.take_up(slices);
    }

    /// Goes on with `slices`, in place of those that were left.
    pub(crate) fn take_up(&mut self, slices: Vec<Slice>) {
        self.slices = slices;
        self.slices.iter_mut().enumerate().for_each(|(at, slice)| slice.number = at);
    }

    /// The walk over the parents has led to `slices`, at the moment `now`.
    pub(crate) fn feed(&mut self, slices: Vec<Slice>, mut walk: Walk, now: Timestamp) {
        // Every record that was read was there before these are asked for. A time that has not come says nothing.
        let met_at = self.latest.map(|latest| latest.min(now.millis()));
        self.slices.extend(slices.into_iter().map(|slice| Slice { met_at, ..slice }));
        walk.gone = self.walk.as_ref().map_or(0, |walk| walk.gone);
        self.walk = Some(walk);
    }

    /// A slice has kept part of its window, and `new` has the rest.
    pub(crate) fn cut(&mut self, slice: usize, kept: Part, new: Slice) {
        let cut = self.slices.iter_mut().find(|known| known.number == slice);
        let met_at = cut.and_then(|cut| {
            cut.part = kept;
            cut.met_at
        });
        self.slices.push(Slice { met_at, ..new });
    }

    /// Puts a slice in place of what was known of it; `gone` when its parent is. Of an incremental resource, `frontiers`
    /// says of how many parents one is kept.
    /// True when with it all of its parent is read.
    pub(crate) fn put(&mut self, slice: Slice, gone: bool, frontiers: Option<usize>) -> bool {
        let place = self.slices.binary_search_by_key(&slice.number, |known| known.number);
        let Some(known) = place.ok().and_then(|place| self.slices.get_mut(place)) else { return false };
        let parent = slice.parent.clone().filter(|_| slice.done);
        let met_at = known.met_at.filter(|_| !gone);
        *known = Slice { met_at, ..slice };
        if known.parent.is_some() && frontiers.is_some() {
            self.latest = self.latest.max(known.last.as_ref().and_then(|last| last.at));
        }
        if let Some(parent) = parent {
            return self.leave(&parent.key, frontiers);
        }
        false
    }

    /// A slice of a parent is done. When all of that parent are, what they found becomes its frontier and they are
    /// forgotten: there may be more parents than can be remembered.
    fn leave(&mut self, key: &str, frontiers: Option<usize>) -> bool {
        let is_of = |slice: &Slice| slice.parent.as_ref().is_some_and(|parent| parent.key == key);
        if self.slices.iter().any(|slice| is_of(slice) && !slice.done) {
            return false;
        }
        let done: Vec<Slice> = self.slices.extract_if(.., |slice| is_of(slice)).collect();
        let Some(most) = frontiers else { return true };
        let before = self.frontiers.remove(key).map(|since| since.frontier).unwrap_or_default();
        let kept = frontier(&before, &done).filter(|frontier| frontier.at.is_some());
        if let Some(frontier) = kept.filter(|_| self.frontiers.len() < most) {
            self.frontiers.insert(key.to_owned(), Since { frontier, generation: self.generation });
            self.crowd.forget(key);
        } else if let Some(since) = done.iter().map(|slice| slice.met_at).min().flatten() {
            self.crowd.meet(key, since);
        } else {
            self.crowd.forget(key);
        }
        true
    }

    /// The walk over the parents is given up, and with it what it has led to; the next sync begins one anew.
    pub(crate) fn give_up_walk(&mut self) {
        self.walk = None;
        self.slices.clear();
        self.crowd.merge();
    }

    /// Where a parent goes on; none when it is new, or more was met than is known.
    pub(crate) fn since(&self, key: &str) -> Option<Frontier> {
        let own = self.frontiers.get(key).map(|since| since.frontier.clone());
        own.or_else(|| self.crowd.since(key).map(|at| Frontier { id: None, at: Some(at) }))
    }

    /// All is read: what the slices found becomes the frontier. A parent that two whole walks have not met is forgotten:
    /// one may have missed it.
    pub(crate) fn fold(&mut self, resource: &Resource) {
        if let Some(walk) = self.walk.take() {
            let before = std::mem::replace(&mut self.complete, self.generation);
            if resource.reads_changed() {
                // A parent that has not changed was not met.
                let at = self.frontier.take().and_then(|frontier| frontier.at).max(walk.reached());
                self.frontier = at.map(|at| Frontier { id: None, at: Some(at) });
                self.crowd.merge();
            } else {
                self.crowd.complete();
                self.frontiers.retain(|_, since| since.generation >= before);
            }
        } else {
            let before = self.frontier.take().unwrap_or_default();
            self.frontier = frontier(&before, &self.slices);
        }
        self.slices.clear();
    }
}

/// What slices that are done have found.
///
/// The source's own order decides what it continues behind. A slice that followed it from the last frontier has the last
/// word; otherwise it is the latest record: where two slices hold the same moment, the later slice read it later. A
/// record out of order names no place in the source's order, so there the frontier is a time alone.
fn frontier(before: &Frontier, slices: &[Slice]) -> Option<Frontier> {
    let marks = || slices.iter().filter_map(|slice| Some((slice, slice.last.as_ref()?)));
    let at = marks().filter_map(|(_, last)| last.at).chain(before.at).max();
    let followed = slices.iter().rev().find_map(|slice| match &slice.part {
        Part::After(id) => Some(slice.last.as_ref().map_or_else(|| Some(id.clone()), |last| last.id.clone())),
        _ => None,
    });
    let id = followed.unwrap_or_else(|| {
        let latest = marks().max_by_key(|(_, last)| last.at);
        latest.filter(|(slice, _)| !slice.unordered).and_then(|(_, last)| last.id.clone())
    });
    (id.is_some() || at.is_some()).then_some(Frontier { id, at })
}

/// How far a resource is, by its checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The moment up to which an incremental resource is complete.
    pub up_to: Option<Timestamp>,
    /// How many slices of an unfinished sync are left to read; 0 when the last one was complete.
    pub open: usize,
    /// How many pages of the unfinished sync were committed.
    pub pages: u64,
}

impl Reached {
    /// Reads a checkpoint as a store keeps it. None when it is none that this release can read.
    #[must_use]
    pub fn of(checkpoint: &str) -> Option<Self> {
        let checkpoint: Checkpoint =
            serde_json::from_str(checkpoint).ok().filter(|read: &Checkpoint| read.form <= FORM)?;
        Some(Reached {
            up_to: checkpoint.frontier.and_then(|frontier| frontier.at).and_then(Timestamp::from_millis),
            open: checkpoint.slices.iter().filter(|slice| !slice.done).count() + usize::from(checkpoint.walk.is_some()),
            pages: checkpoint.slices.iter().map(|slice| slice.pages).sum(),
        })
    }
}

/// What slices are planned by: the spec, and the settings that are no secrets. Others plan anew.
pub(crate) fn plan_of(connector: &Connector, settings: &Settings) -> String {
    format!("{:016x}{:016x}", connector.fingerprint, settings.fingerprint())
}
