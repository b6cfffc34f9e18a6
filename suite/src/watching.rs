//! A sink beside which a reader looks at a table after each commit, from a connection of its own.

use rusqlite::Connection;
use tapwright_runtime::{Begin, Begun, Commit, Committed, Sink, SinkFuture};
use tapwright_sqlite::Sqlite;

/// A sink that is watched.
pub(crate) struct Watching {
    pub(crate) inner: Sqlite,
    pub(crate) reader: Connection,
    /// What the reader asks for.
    pub(crate) query: String,
    /// How many rows it saw, commit by commit.
    pub(crate) seen: Vec<i64>,
}

impl Sink for Watching {
    fn begin(&mut self, begin: Begin) -> SinkFuture<'_, Begun> {
        self.inner.begin(begin)
    }

    fn commit(&mut self, commit: Commit) -> SinkFuture<'_, Committed> {
        Box::pin(async move {
            let done = self.inner.commit(commit).await?;
            // A query that fails shows as a table without rows.
            self.seen.push(self.reader.query_row(&self.query, [], |row| row.get(0)).unwrap_or(-1));
            Ok(done)
        })
    }

    fn end(&mut self, report: String) -> SinkFuture<'_, ()> {
        self.inner.end(report)
    }
}
