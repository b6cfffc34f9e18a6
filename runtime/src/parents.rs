//! The rows that a resource is read for each of: a walk over the parent's own list, and over the lists above it.
//!
//! The parents are read anew, page by page, and never all held. Where the walk is goes into the checkpoint with the
//! slices that it has led to, so that a sync can be taken up in the middle of any of them.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tapwright_plan::{Connector, Resource};

use crate::checkpoint::Slice;
use crate::decode::{Found, Page};
use crate::fetch::Fetcher;
use crate::reader::{Broken, Reader, Source};
use crate::slices::plan;
use crate::{Error, ErrorKind, Row, Timestamp, Value};

/// A row that another resource is read for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parent {
    /// Its key.
    pub(crate) key: String,
    /// The columns that the other resource speaks of, in the plan's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<Json>,
}

/// Where a walk over parents is, as a checkpoint keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Walk {
    /// Whether it has begun.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    begun: bool,
    /// The lists of parents that are still to be read; the first may be read in part.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    lists: VecDeque<Slice>,
    /// The walk that leads to further lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    above: Option<Box<Walk>>,
    /// How many parents it has met.
    #[serde(default)]
    pub(crate) met: u64,
    /// For how many of them the source said that they are gone.
    #[serde(default)]
    pub(crate) gone: u64,
    /// How many lists of parents were read, and for how many of them the source said that what they are of is gone.
    #[serde(default)]
    read: (u64, u64),
    /// Whether everything is read anew, whatever the frontiers say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) full: bool,
    /// Whether some could not be read, so that not all children are known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) partial: bool,
}

impl Walk {
    /// One that has not begun.
    pub(crate) fn new(full: bool) -> Self {
        Walk { full, ..Walk::default() }
    }
}

/// A walk over the rows that a resource is read for.
pub(crate) struct Parents {
    /// The parent.
    source: Arc<Source>,
    /// The columns of its rows that are wanted.
    columns: &'static [u16],
    begun: bool,
    lists: VecDeque<Slice>,
    /// Reads the first list.
    reader: Option<Reader>,
    above: Option<Box<Parents>>,
    met: u64,
    read: (u64, u64),
    full: bool,
    /// Whether a parent could not be mapped.
    blind: AtomicBool,
    was_partial: bool,
}

/// What a step of a walk comes to. Boxed, for a walk steps through the walk above it.
type Step<'w> = Pin<Box<dyn Future<Output = Result<Option<Vec<Parent>>, Broken>> + Send + 'w>>;

impl Parent {
    fn of(row: &Row<'_>, columns: &[u16]) -> Self {
        let json = |at: &u16| match row.get(usize::from(*at)) {
            Value::Null => Json::Null,
            Value::Boolean(b) => Json::from(b),
            Value::Integer(i) => Json::from(i),
            Value::Number(n) => Json::from(n),
            Value::Text(text) => Json::from(text),
            Value::Timestamp(moment) => Json::from(moment.to_string()),
        };
        Parent { key: row.text(0), values: columns.iter().map(json).collect() }
    }

    /// Its columns as expressions see them.
    pub(crate) fn found(&self) -> Vec<Found<'static>> {
        let found = |value: &Json| match value {
            Json::Bool(b) => Found::Bool(*b),
            Json::String(text) => Found::Text(text.clone().into()),
            Json::Number(number) => match number.as_i64() {
                Some(i) => Found::Integer(i),
                None => number.as_f64().map_or(Found::Null, Found::Number),
            },
            _ => Found::Null,
        };
        self.values.iter().map(found).collect()
    }
}

impl Parents {
    /// A walk over the parents of `child`, from where `walk` is. None when it has no parent.
    pub(crate) fn of(
        connector: &'static Connector,
        child: &'static Resource,
        fetcher: &Arc<Fetcher>,
        most_pages: u64,
        walk: Walk,
    ) -> Option<Self> {
        let parent = child.parent?;
        let resource = connector.resources.get(usize::from(parent.resource))?;
        let above = walk.above.map_or_else(Walk::default, |above| *above);
        Some(Parents {
            source: Source::new(resource, Arc::clone(fetcher), most_pages),
            columns: parent.columns,
            begun: walk.begun,
            lists: walk.lists,
            reader: None,
            above: Parents::of(connector, resource, fetcher, most_pages, above).map(Box::new),
            met: walk.met,
            read: walk.read,
            full: walk.full,
            blind: AtomicBool::new(false),
            was_partial: walk.partial,
        })
    }

    /// Where it is: behind the parents it has given.
    pub(crate) fn walk(&self) -> Walk {
        Walk {
            begun: self.begun,
            lists: self.lists.clone(),
            above: self.above.as_ref().map(|above| Box::new(above.walk())),
            met: self.met,
            gone: 0,
            read: self.read,
            full: self.full,
            partial: !self.is_whole(),
        }
    }

    /// Whether all parents were seen that the source has.
    pub(crate) fn is_whole(&self) -> bool {
        !self.was_partial
            && !self.blind.load(Ordering::Relaxed)
            && self.source.is_whole()
            && self.above.as_ref().is_none_or(|above| above.is_whole())
    }

    /// What a person should know of how they were read.
    pub(crate) fn take_notes(&self) -> Vec<String> {
        let mut notes = self.source.take_notes();
        notes.extend(self.above.iter().flat_map(|above| above.take_notes()));
        notes
    }

    /// The parents of the next page; none when there are no more.
    pub(crate) fn next(&mut self) -> Step<'_> {
        Box::pin(self.step())
    }

    async fn step(&mut self) -> Result<Option<Vec<Parent>>, Broken> {
        loop {
            let Some(first) = self.lists.front() else {
                if !self.more_lists().await? {
                    return self.ended();
                }
                continue;
            };
            let mut reader = match self.reader.take() {
                Some(reader) => reader,
                None => Reader::new(Arc::clone(&self.source), first.clone()),
            };
            let page = reader.next().await?;
            if page.is_none() || reader.slice.done {
                self.read.0 += 1;
                self.read.1 += u64::from(reader.gone);
                self.lists.pop_front();
            } else if let Some(first) = self.lists.front_mut() {
                first.clone_from(&reader.slice);
                self.reader = Some(reader);
            }
            if let Some(page) = page {
                return Ok(Some(self.take(&page)));
            }
        }
    }

    /// There are no more. If every list of them was said to be gone, that is more likely a mistake.
    fn ended(&self) -> Result<Option<Vec<Parent>>, Broken> {
        let (read, gone) = self.read;
        if gone == 0 || gone < read {
            return Ok(None);
        }
        let name = self.source.resource.name;
        let what = format!("the source said of every row that {name} were asked for that it is gone");
        Err(Broken::Failed(Error::new(ErrorKind::Rejected, what).help("nothing was deleted")))
    }

    fn take(&mut self, page: &Page) -> Vec<Parent> {
        if let Some(first) = page.quarantined.first() {
            self.blind.store(true, Ordering::Relaxed);
            let name = self.source.resource.name;
            self.source.note(format!("what belongs to a record of {name} was not read: {}", first.reason));
        }
        let parents: Vec<Parent> = page.batch.rows().map(|row| Parent::of(&row, self.columns)).collect();
        self.met += parents.len() as u64;
        parents
    }

    /// Finds further lists of parents. False when there are none.
    async fn more_lists(&mut self) -> Result<bool, Broken> {
        let (resource, settings) = (self.source.resource, &self.source.fetcher.settings);
        let lists = || plan(resource, settings, None, Timestamp::now(), 1);
        let Some(above) = &mut self.above else {
            let first = !std::mem::replace(&mut self.begun, true);
            if first {
                self.lists.extend(lists());
            }
            return Ok(first);
        };
        let Some(grandparents) = above.next().await? else { return Ok(false) };
        for parent in grandparents {
            self.lists.extend(lists().into_iter().map(|slice| slice.of(parent.clone())));
        }
        Ok(true)
    }
}
