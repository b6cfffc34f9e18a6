//! What a store must do to be synced into: one transaction for rows and the checkpoint that follows from them.
//!
//! A sink knows tables and transactions. It does not know paging, slices or HTTP; a checkpoint is text to it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tapwright_plan::{Connector, Resource};

use crate::{Batch, Count, Result};

/// A future that a sink returns.
pub type SinkFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A store.
///
/// The engine calls [`Sink::begin`] once, then [`Sink::commit`] any number of times, one call at a time, then
/// [`Sink::end`]. A process that dies in between leaves whatever the last commit left.
pub trait Sink: Send {
    /// Takes the connector's lease, brings the tables to the plan's columns and reads the checkpoints.
    ///
    /// # Errors
    /// `Busy` when another sync holds the lease; `Store` when the store cannot be used. Either way it is untouched.
    fn begin(&mut self, begin: Begin) -> SinkFuture<'_, Begun>;

    /// Writes everything in `commit`, or nothing.
    ///
    /// # Errors
    /// `Busy` when the lease was lost to another sync; `Store` when the store refused.
    fn commit(&mut self, commit: Commit) -> SinkFuture<'_, Committed>;

    /// Keeps the report and gives the lease back.
    ///
    /// # Errors
    /// `Store` when the store refused.
    fn end(&mut self, report: String) -> SinkFuture<'_, ()>;
}

/// The start of a sync.
#[derive(Clone, Debug)]
pub struct Begin {
    /// What is synced.
    pub connector: &'static Connector,
    /// Which of its resources.
    pub resources: Vec<&'static Resource>,
    /// Whether all of them are read anew, whatever was read before.
    pub full: bool,
    /// Who syncs, for people: host and process.
    pub owner: String,
    /// How long the lease lasts without a commit.
    pub lease: Duration,
}

/// What the store held.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// For each resource of [`Begin::resources`], in that order, the checkpoint last committed.
    pub checkpoints: Vec<Option<String>>,
    /// What was done to the tables, for people: `added column …`.
    pub notes: Vec<String>,
    /// For each resource of [`Begin::resources`], in that order, what was counted of it. A store that keeps no counts
    /// leaves this empty.
    pub counts: Vec<Vec<Count>>,
}

/// What is written in one transaction, in this order: rows, quarantine, replacements, sweeps, checkpoints, counts. A commit
/// of nothing renews the lease.
#[derive(Debug, Default)]
pub struct Commit {
    /// Pages, oldest first.
    pub writes: Vec<Write>,
    /// Parts of metrics and distributions that were read to their end.
    pub replacements: Vec<Replacement>,
    /// Full refreshes that are complete.
    pub sweeps: Vec<Sweep>,
    /// Checkpoints, at most one of a resource.
    pub checkpoints: Vec<(&'static Resource, String)>,
    /// What was counted of the pages, at most one of a resource. A store MAY ignore it: then nothing is known of earlier
    /// syncs, and all else is as it would be.
    pub counts: Vec<Counts>,
}

/// What came to the counts of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// Which resource.
    pub resource: &'static Resource,
    /// Whether what is kept of the resource is dropped first.
    pub anew: bool,
    /// To be added to what is kept of the same `what`, `place` and `name`: `count` to `count`. `first_at` stays as it was,
    /// `last_at` takes the place of what was there.
    pub counts: Vec<Count>,
}

/// The rows of one page. Each replaces the row of the same key.
#[derive(Debug)]
pub struct Write {
    /// Whose rows.
    pub resource: &'static Resource,
    /// The refresh they belong to; kept beside each row.
    pub generation: i64,
    /// The rows.
    pub batch: Batch,
    /// Records of the page that could not be mapped.
    pub quarantined: Vec<Quarantined>,
    /// For a metric or distribution, what the page is a part of. Its rows are kept beside the table, where no reader
    /// sees them, until a [`Replacement`] of that part.
    pub stage: Option<Stage>,
}

/// What a page of a metric or distribution is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The part.
    pub extent: Extent,
    /// Whether it is the first page of it: what was kept of the part before is dropped.
    pub first: bool,
}

/// A part of a resource that is replaced as a whole: its rows whose start is within a span, and that are of one parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The first moment, in Unix milliseconds; all that is before the last when none.
    pub from: Option<i64>,
    /// The moment behind the last, in Unix milliseconds; all that is behind the first when none.
    pub to: Option<i64>,
    /// The `id` of the row that it was read for, where the resource is read for the rows of another.
    pub parent: Option<String>,
}

/// A part of a metric or distribution that was read to its end. The rows that were kept take the place of those that the
/// table has of the part: a row that the source no longer has goes, unless it was set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// Whose rows.
    pub resource: &'static Resource,
    /// The refresh that read it.
    pub generation: i64,
    /// The oldest generation of which a row stays that was not met. It is the refresh's own, and then none does; where
    /// records may move from page to page while they are read, it is that of the complete refresh before.
    pub since: i64,
    /// The part.
    pub extent: Extent,
}

/// A record that could not be mapped. Kept once, however often it is read, and until a row of its key is written. A row
/// that it had before stays, as it was: the source has not dropped it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// The key it would have had as a row, when that much of it can be read and the key is one column.
    pub key: Option<String>,
    /// The page it stood on, counted from 1 within its slice.
    pub page: u64,
    /// Its place on the page, counted from 0.
    pub index: usize,
    /// Why, with the field.
    pub reason: String,
    /// The record as it was received.
    pub record: String,
}

/// The end of a full refresh: what carries a generation that does not stay is no longer at the source, unless it was set
/// aside.
#[derive(Clone, Copy, Debug)]
pub struct Sweep {
    /// Whose rows (and quarantined records) are swept.
    pub resource: &'static Resource,
    /// The generation of the refresh. Rows of later ones go: they are of a life that the table had before.
    pub generation: i64,
    /// The oldest generation that stays. It is the refresh's own; where records may move from page to page while they
    /// are read, it is that of the complete refresh before, so that only what two have missed goes.
    pub since: i64,
}

/// What a commit did.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    /// For each sweep, in order, how many rows it removed.
    pub deleted: Vec<u64>,
    /// For each replacement, in order, how many rows went without a successor.
    pub replaced: Vec<u64>,
}
