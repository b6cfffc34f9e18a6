//! The pages of a resource, one after the other, as the engine reads them, for a program that wants to look at them without
//! a store.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use tapwright_plan::Resource;

use crate::checkpoint::{Part, Slice};
use crate::decode::Page;
use crate::parents::Parents;
use crate::reader::{Broken, Reader, Source};
use crate::slices::plan;
use crate::value::Batch;
use crate::{Quarantined, Result, Timestamp};

/// The pages of a resource. The next is asked for when [`Pages::next`] is called.
pub struct Pages {
    /// None once it has come to the end, or to an error.
    walk: Option<Walk>,
    source: Arc<Source>,
}

/// A page as it was read.
#[derive(Debug)]
pub struct PageRead {
    /// The key of the row, or the value, that its list is read for; combinations have `/` between them. None when the list is
    /// read for nothing.
    pub parent: Option<String>,
    /// The span of time that it was asked for, where the resource is read in such: its first moment, and the first behind it.
    pub window: Option<(Timestamp, Option<Timestamp>)>,
    /// Its place in its list, counted from 1.
    pub number: u64,
    /// How many items its list had, whatever became of them.
    pub items: usize,
    /// Its rows.
    pub rows: Batch,
    /// The records that could not be mapped.
    pub quarantined: Vec<Quarantined>,
    /// Where the list goes on, as it may be shown: a cursor, a number or an address; none where it ends.
    pub next: Option<String>,
    /// Values that the spec does not know, by column: how often each came.
    pub drift: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// Keys of records that neither the spec's fields nor its example know: how often each came.
    pub unknown_fields: BTreeMap<String, u64>,
}

impl Pages {
    pub(crate) fn new(walk: Walk) -> Self {
        let source = Arc::clone(&walk.source);
        Pages { walk: Some(walk), source }
    }

    /// The resource.
    #[must_use]
    pub fn resource(&self) -> &'static Resource {
        self.source.resource
    }

    /// The next page; none when there are no more. After an error there are none.
    ///
    /// # Errors
    /// Whatever the request or the answer comes to, with resource, page and request.
    pub async fn next(&mut self) -> Result<Option<PageRead>> {
        let Some(walk) = self.walk.take() else { return Ok(None) };
        let (walk, page) = walk.page().await;
        let Some(page) = page? else { return Ok(None) };
        let settings = &self.source.fetcher.settings;
        let slice = walk.reader.as_ref().map(|reader| &reader.slice);
        let mut drift = BTreeMap::<_, BTreeMap<_, _>>::new();
        for ((column, value), count) in page.drift {
            drift.entry(column).or_default().insert(value, count);
        }
        let read = PageRead {
            parent: slice.and_then(|slice| slice.parent.as_ref()).map(|parent| settings.mask(&parent.key)),
            window: slice.and_then(|slice| match slice.part {
                Part::Window(from, to) => Some((Timestamp::from_millis(from)?, to.and_then(Timestamp::from_millis))),
                _ => None,
            }),
            number: slice.map_or(1, |slice| slice.pages),
            items: page.records,
            rows: page.batch,
            quarantined: page.quarantined,
            next: page.next.filter(|_| slice.is_some_and(|slice| !slice.done)).map(|next| settings.mask(&next)),
            drift,
            unknown_fields: page.unknown,
        };
        self.walk = Some(walk);
        Ok(Some(read))
    }

    /// What a person should know of how it was read so far, of its parents, too. What was taken is not said again.
    pub fn take_notes(&mut self) -> Vec<String> {
        let mut notes = self.source.take_notes();
        let parents = self.walk.as_mut().and_then(|walk| walk.parents.as_mut());
        notes.extend(parents.map(Parents::take_notes).unwrap_or_default());
        notes
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("resource", &self.source.resource.name).finish_non_exhaustive()
    }
}

/// The slices of a resource, one after the other.
pub(crate) struct Walk {
    source: Arc<Source>,
    /// Of the slice that the last page was of.
    reader: Option<Reader>,
    slices: VecDeque<Slice>,
    /// Leads to further slices.
    parents: Option<Parents>,
}

impl Walk {
    pub(crate) fn new(source: Arc<Source>, slices: Vec<Slice>, parents: Option<Parents>) -> Self {
        Walk { source, reader: None, slices: slices.into(), parents }
    }

    /// Finds slices of further parents. False when there are none.
    async fn further(&mut self) -> Result<bool, Broken> {
        let Some(parents) = &mut self.parents else { return Ok(false) };
        let Some(found) = parents.next().await? else { return Ok(false) };
        let (resource, settings) = (self.source.resource, &self.source.fetcher.settings);
        for parent in found {
            let slices = plan(resource, settings, None, Timestamp::now(), 1);
            self.slices.extend(slices.into_iter().map(|slice| slice.of(parent.clone())));
        }
        Ok(true)
    }

    /// The next page; none when there are no more.
    pub(crate) async fn page(mut self) -> (Self, Result<Option<Page>>) {
        loop {
            let mut reader = match self.reader.take() {
                Some(reader) => reader,
                None => match self.slices.pop_front() {
                    Some(slice) => Reader::new(Arc::clone(&self.source), slice),
                    None => match self.further().await {
                        Ok(true) => continue,
                        Ok(false) => return (self, Ok(None)),
                        Err(Broken::Stale(error) | Broken::Failed(error)) => return (self, Err(error)),
                    },
                },
            };
            match reader.next().await {
                Ok(Some(page)) => {
                    self.reader = Some(reader);
                    return (self, Ok(Some(page)));
                }
                Ok(None) => {}
                Err(Broken::Stale(error) | Broken::Failed(error)) => return (self, Err(error)),
            }
        }
    }
}
