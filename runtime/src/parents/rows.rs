//! A walk over the rows of a resource, or of several one after the other: its own list read page by page, once for each of
//! what it is read for itself.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tapwright_plan::Connector;

use super::{Parent, Parents, Walk};
use crate::checkpoint::{Frontier, Slice};
use crate::decode::Page;
use crate::fetch::Fetcher;
use crate::reader::{Broken, Reader, Source};
use crate::slices::plan;
use crate::{Error, ErrorKind, Row, Timestamp, Value};

/// Where a walk over rows is, as a checkpoint keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RowsWalk {
    /// Which of the resources it is at.
    #[serde(default)]
    at: usize,
    /// Whether the list of that one was begun.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    begun: bool,
    /// The lists that are still to be read; the first may be read in part.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    lists: VecDeque<Slice>,
    /// The walk that leads to further lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    above: Option<Box<Walk>>,
    /// How many lists were read, and for how many of them the source said that what they are of is gone.
    #[serde(default)]
    read: (u64, u64),
    /// The latest change that was seen, where only changed rows are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<i64>,
    /// The latest that had been seen when the walk was first interrupted: what changed since may have been passed by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<i64>,
}

impl RowsWalk {
    /// Up to which moment all changes were seen.
    pub(super) fn reached(&self) -> Option<i64> {
        self.latest.map(|latest| self.most.map_or(latest, |most| latest.min(most)))
    }
}

/// Which rows are walked over, and what is wanted of them.
pub(super) struct Of {
    pub(super) connector: &'static Connector,
    pub(super) parents: &'static [tapwright_plan::Parent],
    /// Whether only those are that have changed.
    pub(super) changed: bool,
    /// The places of the columns among all that the child speaks of, and how much that is.
    pub(super) places: Vec<usize>,
    pub(super) count: usize,
    /// Behind which changes are new.
    pub(super) since: Option<Frontier>,
}

/// A walk over rows.
pub(super) struct Rows {
    of: Of,
    fetcher: Arc<Fetcher>,
    most_pages: u64,
    at: usize,
    /// The list that is read.
    list: Option<List>,
    /// How it went with those that are read.
    notes: Vec<String>,
    partial: bool,
    latest: Option<i64>,
    most: Option<i64>,
}

/// The rows of one resource.
struct List {
    source: Arc<Source>,
    columns: &'static [u16],
    begun: bool,
    lists: VecDeque<Slice>,
    /// Reads the first list.
    reader: Option<Reader>,
    above: Option<Box<Parents>>,
    read: (u64, u64),
    /// Whether a row could not be mapped.
    blind: bool,
}

impl Rows {
    pub(super) fn new(of: Of, fetcher: &Arc<Fetcher>, most_pages: u64, walk: RowsWalk) -> Self {
        let seen = walk.latest.or(of.since.as_ref().and_then(|since| since.at));
        let mut rows = Rows {
            of,
            fetcher: Arc::clone(fetcher),
            most_pages,
            at: walk.at,
            list: None,
            notes: Vec::new(),
            partial: false,
            latest: walk.latest,
            most: walk.most.or(seen.filter(|_| walk.begun)),
        };
        rows.list = rows.open(Some(walk));
        rows
    }

    /// The list of the resource it is at, from where `walk` is.
    fn open(&self, walk: Option<RowsWalk>) -> Option<List> {
        let parent = self.of.parents.get(self.at)?;
        let resource = self.of.connector.resources.get(usize::from(parent.resource))?;
        let walk = walk.unwrap_or_default();
        let above = walk.above.map_or_else(Walk::default, |above| *above);
        let above = Parents::of(self.of.connector, resource, &self.fetcher, self.most_pages, above, None);
        Some(List {
            source: Source::new(resource, Arc::clone(&self.fetcher), self.most_pages),
            columns: parent.columns,
            begun: walk.begun,
            lists: walk.lists,
            reader: None,
            above: above.map(Box::new),
            read: walk.read,
            blind: false,
        })
    }

    pub(super) fn walk(&self) -> RowsWalk {
        let list = self.list.as_ref();
        RowsWalk {
            at: self.at,
            begun: list.is_some_and(|list| list.begun),
            lists: list.map(|list| list.lists.clone()).unwrap_or_default(),
            above: list.and_then(|list| list.above.as_ref()).map(|above| Box::new(above.walk())),
            read: list.map(|list| list.read).unwrap_or_default(),
            latest: self.latest,
            most: self.most,
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        !self.partial && self.list.as_ref().is_none_or(List::is_whole)
    }

    pub(super) fn take_notes(&mut self) -> Vec<String> {
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(self.list.iter_mut().flat_map(List::take_notes));
        notes
    }

    /// Goes back to the first row.
    pub(super) fn rewind(&mut self) {
        self.leave();
        self.at = 0;
        self.list = self.open(None);
    }

    /// Keeps what is to be said of the list that is left.
    fn leave(&mut self) {
        self.notes = self.take_notes();
        self.partial = !self.is_whole();
        self.list = None;
    }

    /// The rows of the next page; none when there are no more.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Parent>>, Broken> {
        loop {
            let Some(list) = &mut self.list else { return Ok(None) };
            if let Some(page) = list.next(self.of.since.as_ref()).await? {
                if self.of.changed {
                    let times = page.times.iter().flat_map(|(first, last)| [first.millis(), last.millis()]);
                    self.latest = times.chain(self.latest).max();
                }
                return Ok(Some(self.take(&page)));
            }
            self.leave();
            self.at += 1;
            self.list = self.open(None);
        }
    }

    fn take(&mut self, page: &Page) -> Vec<Parent> {
        let Some(list) = &mut self.list else { return Vec::new() };
        let name = list.source.resource.name;
        if let Some(first) = page.quarantined.first() {
            list.blind = true;
            list.source.note(format!("what belongs to a record of {name} was not read: {}", first.reason));
        }
        let (of, columns) = (&self.of, list.columns);
        let parent = |row: Row<'_>| {
            let values = of.places.iter().copied().zip(columns.iter().map(|column| json(&row, *column)));
            // Two resources may have rows of one key.
            let key = if of.parents.len() > 1 { format!("{name}:{}", row.text(0)) } else { row.text(0) };
            Parent::new(key, of.count, values)
        };
        page.batch.rows().map(parent).collect()
    }
}

impl List {
    fn is_whole(&self) -> bool {
        !self.blind && self.source.is_whole() && self.above.as_ref().is_none_or(|above| above.is_whole())
    }

    fn take_notes(&mut self) -> Vec<String> {
        let mut notes = self.source.take_notes();
        notes.extend(self.above.iter_mut().flat_map(|above| above.take_notes()));
        notes
    }

    async fn next(&mut self, since: Option<&Frontier>) -> Result<Option<Page>, Broken> {
        loop {
            let Some(first) = self.lists.front() else {
                if !self.more_lists(since).await? {
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
            if page.is_some() {
                return Ok(page);
            }
        }
    }

    /// There are no more. If every list of them was said to be gone, that is more likely a mistake.
    fn ended(&self) -> Result<Option<Page>, Broken> {
        let (read, gone) = self.read;
        if gone == 0 || gone < read {
            return Ok(None);
        }
        let name = self.source.resource.name;
        let what = format!("the source said of every row that {name} were asked for that it is gone");
        Err(Broken::Failed(Error::new(ErrorKind::Rejected, what).help("nothing was deleted")))
    }

    /// Finds further lists. False when there are none.
    async fn more_lists(&mut self, since: Option<&Frontier>) -> Result<bool, Broken> {
        let (resource, settings) = (self.source.resource, &self.source.fetcher.settings);
        let lists = || plan(resource, settings, since, Timestamp::now(), 1);
        let Some(above) = &mut self.above else {
            let first = !std::mem::replace(&mut self.begun, true);
            if first {
                self.lists.extend(lists());
            }
            return Ok(first);
        };
        self.begun = true;
        let Some(grandparents) = above.next().await? else { return Ok(false) };
        for parent in grandparents {
            self.lists.extend(lists().into_iter().map(|slice| slice.of(parent.clone())));
        }
        Ok(true)
    }
}

pub(super) fn json(row: &Row<'_>, column: u16) -> Json {
    match row.get(usize::from(column)) {
        Value::Null => Json::Null,
        Value::Boolean(b) => Json::from(b),
        Value::Integer(i) => Json::from(i),
        Value::Number(n) => Json::from(n),
        Value::Text(text) => Json::from(text),
        Value::Timestamp(moment) => Json::from(moment.to_string()),
    }
}
