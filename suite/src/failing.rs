//! A sink of which one commit fails, as on a disk that is full.

use tapwright_runtime::{Begin, Begun, Commit, Committed, Error, ErrorKind, Sink, SinkFuture};
use tapwright_sqlite::Sqlite;

/// A sink of which one commit fails.
#[derive(Debug)]
pub struct Failing {
    inner: Sqlite,
    fails: u64,
    reaches: bool,
}

impl Failing {
    /// One whose commit number `fails` fails, counted from 1; before or after it `reaches` the store.
    #[must_use]
    pub fn new(inner: Sqlite, fails: u64, reaches: bool) -> Failing {
        Failing { inner, fails, reaches }
    }
}

impl Sink for Failing {
    fn begin(&mut self, begin: Begin) -> SinkFuture<'_, Begun> {
        self.inner.begin(begin)
    }

    fn commit(&mut self, commit: Commit) -> SinkFuture<'_, Committed> {
        Box::pin(async move {
            self.fails = self.fails.wrapping_sub(1);
            if self.fails != 0 {
                return self.inner.commit(commit).await;
            }
            if self.reaches {
                self.inner.commit(commit).await?;
            }
            Err(Error::new(ErrorKind::Store, "the disk is full"))
        })
    }

    fn end(&mut self, report: String) -> SinkFuture<'_, ()> {
        self.inner.end(report)
    }
}
