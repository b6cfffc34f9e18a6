//! The one place where a sync writes. Pages come in through a bounded channel in the order in which each slice was
//! read, and go out together: as many as are waiting, their rows and the checkpoints behind them, in one transaction.

use std::time::Duration;

use tapwright_plan::{Connector, Parent, Resource};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior};

use super::{Observer, Progress};
use crate::checkpoint::{Checkpoint, Part, Slice};
use crate::parents::Walk;
use crate::report::{Mode, ResourceReport, Status};
use crate::seen::{MOST_NEW, OTHERS, PageSeen, Tally};
use crate::sink::{Commit, Replacement, Sink, Stage, Sweep, Write};
use crate::spans::extent;
use crate::{Batch, Error, ErrorKind, Result, Timestamp};

/// How many messages may wait. With the pages being read, this bounds a sync's memory.
pub(super) const WAITING: usize = 32;

/// What a resource tells the writer. `.0` is its place among the resources.
pub(super) struct Message(pub(super) usize, pub(super) News);

/// What happened.
pub(super) enum News {
    /// It begins to read these slices under a new generation, or what the walk over its parents leads to.
    Begun(Vec<Slice>, Option<Walk>),
    /// It goes on with these slices, in place of those that were left.
    TakenUp(Vec<Slice>),
    /// The walk over its parents has led to these slices.
    Fed { slices: Vec<Slice>, walk: Walk },
    /// A page was read; its slice is now behind it.
    Page { behind: Slice, write: Box<Write>, seen: Box<PageSeen> },
    /// The slice of that number kept this part of its window, and gave the rest to a new one.
    Cut { slice: usize, kept: Part, new: Slice },
    /// A slice ended without a page; `gone` when its parent is.
    Ended { behind: Slice, gone: bool },
    /// All slices are read; `whole` unless an error was ignored on the way.
    Done { whole: bool },
    /// It could not be read on.
    Failed(Error),
    /// Something for a person to know.
    Notes(Vec<String>),
}

/// A resource as the writer sees it.
pub(super) struct Ledger {
    pub(super) resource: &'static Resource,
    pub(super) checkpoint: Checkpoint,
    pub(super) report: ResourceReport,
    /// What was counted of it, in earlier syncs too.
    pub(super) tally: Tally,
    /// Of how many parents a frontier is kept.
    pub(super) most_frontiers: usize,
}

/// Writes what comes in until every sender is gone. `of` is the connector, and what its slices are planned by.
pub(super) async fn write(
    of: (&'static Connector, &str),
    ledgers: &mut [Ledger],
    sink: &mut dyn Sink,
    mut news: mpsc::Receiver<Message>,
    lease: Duration,
    observer: &dyn Observer,
) -> Result<()> {
    let mut waiting = Vec::with_capacity(WAITING);
    let pause = (lease / 3).max(Duration::from_millis(10));
    let mut renew = tokio::time::interval_at(Instant::now() + pause, pause);
    renew.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            count = news.recv_many(&mut waiting, WAITING) => {
                if count == 0 {
                    return Ok(());
                }
                commit(of, ledgers, sink, waiting.drain(..), observer).await?;
            }
            // Nothing came in for a while: the lease must not lapse while the source is slow.
            _ = renew.tick() => drop(sink.commit(Commit::default()).await?),
        }
    }
}

async fn commit(
    of: (&'static Connector, &str),
    ledgers: &mut [Ledger],
    sink: &mut dyn Sink,
    news: impl Iterator<Item = Message>,
    observer: &dyn Observer,
) -> Result<()> {
    let (connector, plan) = of;
    let mut commit = Commit::default();
    let mut touched = vec![false; ledgers.len()];
    let mut done = Vec::new();
    for Message(at, news) in news {
        let Some(ledger) = ledgers.get_mut(at) else { continue };
        if let Some(touched) = touched.get_mut(at) {
            *touched |= !matches!(news, News::Failed(_) | News::Notes(_));
        }
        match news {
            News::Begun(slices, walk) => {
                // What was read to its end by the attempt before is read anew, under a generation of its own.
                commit.replacements.retain(|replacement| replacement.resource.name != ledger.resource.name);
                ledger.checkpoint.begin(plan, slices, walk);
            }
            News::TakenUp(slices) => ledger.checkpoint.take_up(slices),
            News::Fed { slices, walk } => ledger.checkpoint.feed(slices, walk, Timestamp::now()),
            News::Page { behind, write, seen } => {
                ledger.count(&write, *seen);
                commit.replacements.extend(ledger.replacement(connector, &behind));
                let _ = ledger.checkpoint.put(behind, false, ledger.frontiers());
                commit.writes.push(*write);
            }
            News::Cut { slice, kept, new } => ledger.checkpoint.cut(slice, kept, new),
            News::Ended { behind, gone } => {
                // What is known of a parent that is gone stays, as long as the source says nothing else of it.
                if let Some(replacement) = ledger.replacement(connector, &behind).filter(|_| !gone) {
                    commit.writes.push(nothing_of(&replacement));
                    commit.replacements.push(replacement);
                }
                // Of the slices of one parent, the last to end counts.
                let left = ledger.checkpoint.put(behind, gone, ledger.frontiers());
                if let (true, Some(walk)) = (gone && left, &mut ledger.checkpoint.walk) {
                    walk.gone += 1;
                }
            }
            News::Done { .. } if ledger.has_lost_all() => {
                ledger.checkpoint.give_up_walk();
                ledger.report.status = Status::Failed;
                ledger.report.error = Some(all_gone(ledger.resource.name));
                done.push(at);
            }
            News::Done { whole } => {
                if let Some(since) = ledger.finish(connector, whole) {
                    let generation = ledger.checkpoint.generation;
                    commit.sweeps.push(Sweep { resource: ledger.resource, generation, since });
                }
                done.push(at);
            }
            News::Failed(error) => {
                let stopped = error.kind() == ErrorKind::Interrupted;
                ledger.report.status = if stopped { Status::Interrupted } else { Status::Failed };
                ledger.report.error = Some(error);
                done.push(at);
            }
            News::Notes(notes) => ledger.report.notes.extend(notes),
        }
    }
    let rows: Vec<(usize, u64)> = rows_of(ledgers, &commit);
    for (ledger, touched) in ledgers.iter_mut().zip(&touched) {
        if *touched {
            commit.checkpoints.push((ledger.resource, ledger.checkpoint.text()?));
            commit.counts.extend(ledger.tally.take());
        }
    }
    let swept: Vec<_> = commit.sweeps.iter().map(|sweep| sweep.resource.name).collect();
    let replaced: Vec<_> = commit.replacements.iter().map(|replacement| replacement.resource.name).collect();
    let committed = sink.commit(commit).await?;
    let deleted = swept.into_iter().zip(committed.deleted).chain(replaced.into_iter().zip(committed.replaced));
    for (name, deleted) in deleted {
        if let Some(ledger) = ledgers.iter_mut().find(|ledger| ledger.resource.name == name) {
            ledger.report.deleted += deleted;
        }
    }
    for (at, rows) in rows {
        if let Some(ledger) = ledgers.get(at) {
            observer.observe(&Progress {
                resource: ledger.resource.name,
                new_rows: rows,
                report: &ledger.report,
                done: false,
            });
        }
    }
    for at in done {
        if let Some(ledger) = ledgers.get(at) {
            observer.observe(&Progress {
                resource: ledger.resource.name,
                new_rows: 0,
                report: &ledger.report,
                done: true,
            });
        }
    }
    Ok(())
}

fn rows_of(ledgers: &[Ledger], commit: &Commit) -> Vec<(usize, u64)> {
    let rows = |ledger: &Ledger| {
        let own = commit.writes.iter().filter(|write| write.resource.name == ledger.resource.name);
        own.map(|write| write.batch.len() as u64).sum::<u64>()
    };
    ledgers.iter().enumerate().map(|(at, ledger)| (at, rows(ledger))).filter(|(_, rows)| *rows > 0).collect()
}

/// The page of a part of which the source said that it is empty.
fn nothing_of(replacement: &Replacement) -> Write {
    let Replacement { resource, generation, extent, .. } = replacement;
    let stage = Some(Stage { extent: extent.clone(), first: true });
    let batch = Batch::empty(&resource.row);
    Write { resource, generation: *generation, batch, quarantined: Vec::new(), stage }
}

/// What would be an empty list of everything is more likely a mistake.
fn all_gone(resource: &'static str) -> Error {
    Error::new(ErrorKind::Rejected, "the source said of every row that the list was asked for that it is gone")
        .with("resource", resource)
        .help("if the path of the request is right, the next sync will not meet them; nothing was deleted")
}

/// Whether a record may move from page to page while the list is read, or a parent in its list, so that one refresh may
/// miss it.
fn moves(connector: &'static Connector, resource: &'static Resource) -> bool {
    let counts = resource.paging.as_ref().is_some_and(|paging| paging.step.may_move());
    let above = |parent: &Parent| connector.resources.get(usize::from(parent.resource));
    counts || resource.parents().filter_map(above).any(|parent| moves(connector, parent))
}

impl Ledger {
    /// Whether all parents were gone.
    fn has_lost_all(&self) -> bool {
        self.checkpoint.walk.as_ref().is_some_and(|walk| walk.gone > 0 && walk.gone >= walk.met)
    }

    /// What is replaced when a slice is behind `behind`: the part of a metric or distribution that is read to its end with
    /// it. None when it was before, or is not yet.
    fn replacement(&self, connector: &'static Connector, behind: &Slice) -> Option<Replacement> {
        let resource = self.resource;
        let was_open = |slice: &Slice| slice.number == behind.number && !slice.done;
        if !resource.row.shape.is_replaced() || !behind.done || !self.checkpoint.slices.iter().any(was_open) {
            return None;
        }
        let generation = self.checkpoint.generation;
        let since = if moves(connector, resource) { self.checkpoint.complete } else { generation };
        Some(Replacement { resource, generation, since, extent: extent(behind) })
    }

    /// Of how many parents an incremental resource keeps a frontier.
    fn frontiers(&self) -> Option<usize> {
        self.resource.incremental.as_ref().map(|_| self.most_frontiers)
    }

    fn count(&mut self, write: &Write, seen: PageSeen) {
        self.tally.add(write.batch.len() as u64, write.quarantined.len() as u64, &seen, Timestamp::now());
        self.report.pages += 1;
        self.report.rows += write.batch.len() as u64;
        if let (0, Some(first)) = (self.report.quarantined, write.quarantined.first()) {
            let note = format!("record {} of page {} could not be mapped: {}", first.index, first.page, first.reason);
            self.report.notes.push(note);
        }
        self.report.quarantined += write.quarantined.len() as u64;
        for (key, count) in seen.unknown {
            let fields = &mut self.report.unknown_fields;
            let known = fields.len() < MOST_NEW || fields.contains_key(&key);
            *fields.entry(if known { key } else { OTHERS.to_owned() }).or_default() += count;
        }
        for ((column, value), count) in seen.drift {
            let values = self.report.drift.entry(column).or_default();
            let known = values.len() < MOST_NEW || values.contains_key(&value);
            *values.entry(if known { value } else { OTHERS.to_owned() }).or_default() += count;
        }
    }

    /// All slices are read. For a full refresh that saw all there is: the oldest generation whose rows stay.
    fn finish(&mut self, connector: &'static Connector, whole: bool) -> Option<i64> {
        self.report.status = if whole { Status::Complete } else { Status::Partial };
        if !whole && !self.resource.for_each.is_empty() {
            // The next sync walks over the parents anew; the frontiers of those that were left are kept.
            self.checkpoint.give_up_walk();
            return None;
        }
        if self.resource.is_incremental() {
            // What was not seen stays to be asked for again: its slices are not done.
            if whole {
                self.checkpoint.fold(self.resource);
                if self.resource.row.shape.is_replaced() {
                    self.checkpoint.complete = self.checkpoint.generation;
                }
            }
            return None;
        }
        // The next sync reads all of it again, under a generation of its own: what is gone by then has none.
        self.checkpoint.slices.clear();
        self.checkpoint.walk = None;
        whole.then(|| {
            let before = std::mem::replace(&mut self.checkpoint.complete, self.checkpoint.generation);
            if moves(connector, self.resource) { before } else { self.checkpoint.generation }
        })
    }

    /// What is to be said of the resource when all is over.
    pub(super) fn into_report(self) -> ResourceReport {
        let mut report = self.report;
        if report.status == Status::Failed && report.error.is_none() {
            report.error = Some(Error::new(ErrorKind::Body, "reading the resource ended without an outcome"));
        }
        report
    }

    pub(super) fn mode(&self, plan: &str, full: bool) -> Mode {
        if full {
            Mode::Full
        } else if self.checkpoint.is_unfinished(plan) {
            Mode::Resumed
        } else if self.resource.is_incremental() && self.checkpoint.has_frontier() {
            Mode::Incremental
        } else {
            Mode::Full
        }
    }
}
