//! The records of a resource as a stream of typed values, for a program that wants them without a store.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::checkpoint::Slice;
use crate::decode::Page;
use crate::parents::Parents;
use crate::reader::{Broken, Reader, Source};
use crate::slices::plan;
use crate::{Error, ErrorKind, Result, Row, Timestamp};

/// A typed row: generated from a spec.
pub trait Record: Sized + Send + Unpin + 'static {
    /// The row type's name, as in the spec.
    const ROW: &'static str;

    /// Reads a row of that type.
    fn from_row(row: &Row<'_>) -> Self;
}

/// The records of a resource, page by page. The next page is asked for when the last has been taken.
///
/// It is a [`Stream`]; [`Records::next`] does without an import. A record that cannot be mapped is an error of kind
/// `Quarantine`, after which the stream goes on; after any other error it ends.
pub struct Records<T> {
    ready: VecDeque<Result<T>>,
    walk: State,
}

type Step = Pin<Box<dyn Future<Output = (Walk, Result<Option<Page>>)> + Send>>;

enum State {
    Idle(Box<Walk>),
    Reading(Step),
    Over,
}

/// The slices of a resource, one after the other.
struct Walk {
    source: Arc<Source>,
    reader: Option<Reader>,
    slices: VecDeque<Slice>,
    /// Leads to further slices.
    parents: Option<Parents>,
}

impl Walk {
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

    async fn page(mut self) -> (Self, Result<Option<Page>>) {
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

impl<T: Record> Records<T> {
    pub(crate) fn new(source: Arc<Source>, slices: Vec<Slice>, parents: Option<Parents>) -> Self {
        let walk = Walk { source, reader: None, slices: slices.into(), parents };
        Records { ready: VecDeque::new(), walk: State::Idle(Box::new(walk)) }
    }

    pub(crate) fn failed(error: Error) -> Self {
        Records { ready: VecDeque::from([Err(error)]), walk: State::Over }
    }

    /// The next record; none when there are no more.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn take(&mut self, page: Page) {
        self.ready.extend(page.batch.rows().map(|row| Ok(T::from_row(&row))));
        for set_aside in page.quarantined {
            let what = format!("a record could not be mapped: {}", set_aside.reason);
            self.ready.push_back(Err(Error::new(ErrorKind::Quarantine, what).with("record", set_aside.index)));
        }
    }
}

impl<T: Record> Stream for Records<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Poll::Ready(Some(record));
            }
            let mut step: Step = match std::mem::replace(&mut self.walk, State::Over) {
                State::Idle(walk) => Box::pin(walk.page()),
                State::Reading(step) => step,
                State::Over => return Poll::Ready(None),
            };
            match step.as_mut().poll(context) {
                Poll::Pending => {
                    self.walk = State::Reading(step);
                    return Poll::Pending;
                }
                Poll::Ready((walk, Ok(Some(page)))) => {
                    self.take(page);
                    self.walk = State::Idle(Box::new(walk));
                }
                Poll::Ready((_, Ok(None))) => {}
                Poll::Ready((_, Err(error))) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("ready", &self.ready.len()).finish_non_exhaustive()
    }
}
