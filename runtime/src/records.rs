//! The records of a resource as a stream of typed values, for a program that wants them without a store.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::decode::Page;
use crate::pages::Walk;
use crate::{Error, ErrorKind, Result, Row};

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

impl<T: Record> Records<T> {
    pub(crate) fn new(walk: Walk) -> Self {
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
