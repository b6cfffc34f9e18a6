//! One resource, read: its slices planned or taken up, several readers side by side, every page handed to the writer
//! in its slice's order.

use std::sync::Arc;

use tapwright_plan::{Connector, Resource};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use super::board::{Board, Cut};
use super::writer::{Message, News};
use crate::checkpoint::{Checkpoint, Frontier, Part, Slice};
use crate::parents::{Parent, Parents, Walk};
use crate::reader::{Broken, Reader, Source};
use crate::report::Mode;
use crate::sink::{Stage, Write};
use crate::slices::{catch_up, late_of_parents, plan};
use crate::spans::extent;
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

/// What a resource's reading needs to know.
pub(super) struct Task {
    pub(super) connector: &'static Connector,
    /// What slices are planned by.
    pub(super) plan: String,
    pub(super) index: usize,
    pub(super) source: Arc<Source>,
    pub(super) checkpoint: Checkpoint,
    pub(super) mode: Mode,
    pub(super) readers: usize,
    pub(super) strict: bool,
    pub(super) most_pages: u64,
    pub(super) writer: mpsc::Sender<Message>,
    /// What a person should know of how the parents were read.
    pub(super) notes: Vec<String>,
    /// Whether all parents were seen.
    pub(super) parents_whole: bool,
}

impl Task {
    /// Reads the resource to its end and tells the writer how it went.
    pub(super) async fn run(mut self) {
        let outcome = match self.read().await {
            Err(Broken::Stale(error)) => self.start_over(error).await,
            outcome => outcome,
        };
        let mut notes = self.source.take_notes();
        notes.append(&mut self.notes);
        if !notes.is_empty() {
            self.tell(News::Notes(notes)).await;
        }
        self.tell(match outcome {
            Ok(()) => News::Done { whole: self.source.is_whole() && self.parents_whole },
            Err(Broken::Stale(error) | Broken::Failed(error)) => News::Failed(error),
        })
        .await;
    }

    async fn read(&mut self) -> Result<(), Broken> {
        match self.mode {
            Mode::Resumed => self.take_up().await,
            Mode::Full => self.begin(None).await,
            _ => self.begin(self.checkpoint.frontier.clone()).await,
        }
        self.read_slices().await
    }

    /// The source does not know where the last sync stopped: what follows is read by time, or all of it.
    async fn start_over(&mut self, error: Error) -> Result<(), Broken> {
        let mut frontier = self.checkpoint.frontier.clone();
        if let Some(frontier) = &mut frontier {
            frontier.id = None;
        }
        let frontier = frontier.filter(|frontier| frontier.at.is_some());
        let note = format!(
            "the source no longer knows where the last sync stopped, so it was read again: {}",
            error.message()
        );
        self.tell(News::Notes(vec![note])).await;
        self.checkpoint.forget_records();
        self.begin(frontier).await;
        self.read_slices().await
    }

    /// Goes on with the slices that are left, and with what is new beside them.
    async fn take_up(&mut self) {
        let resource = self.source.resource;
        if !resource.for_each.is_empty() {
            late_of_parents(&mut self.checkpoint.slices, resource);
        } else {
            catch_up(&mut self.checkpoint, resource, Timestamp::now());
        }
        let slices = std::mem::take(&mut self.checkpoint.slices);
        self.checkpoint.take_up(slices.clone());
        self.tell(News::TakenUp(slices)).await;
    }

    /// Plans what is behind a frontier, or all; where there are parents, the walk over them finds the slices.
    async fn begin(&mut self, frontier: Option<Frontier>) {
        let (resource, settings) = (self.source.resource, &self.source.fetcher.settings);
        let walk = (!resource.for_each.is_empty()).then(|| Walk::new(self.mode == Mode::Full));
        let slices = match walk {
            Some(_) => Vec::new(),
            None => plan(resource, settings, frontier.as_ref(), Timestamp::now(), self.readers),
        };
        self.checkpoint.begin(&self.plan, slices.clone(), walk.clone());
        self.tell(News::Begun(slices, walk)).await;
    }

    async fn read_slices(&mut self) -> Result<(), Broken> {
        let slices = self.checkpoint.slices.clone();
        let (resource, fetcher) = (self.source.resource, &self.source.fetcher);
        let walk = self.checkpoint.walk.clone().unwrap_or_default();
        let full = walk.full;
        let since = self.checkpoint.frontier.as_ref().filter(|_| !full);
        let parents = Parents::of(self.connector, resource, fetcher, self.most_pages, walk, since);
        // Only a window can be cut, so only windows can occupy more readers than there are slices.
        let windows = slices.iter().any(|slice| matches!(slice.part, Part::Window(..)));
        let readers = if windows || parents.is_some() { self.readers } else { slices.len().min(self.readers) };
        let board = Arc::new(Board::new(slices, parents.is_some()));
        let feeder = parents.map(|parents| Feeder {
            index: self.index,
            resource,
            parents,
            known: (!full).then(|| self.checkpoint.clone()),
            board: Arc::clone(&board),
            writer: self.writer.clone(),
            room: 2 * self.readers,
        });
        let (ended, mut fed) = oneshot::channel();
        // Dropped when this is: a sync that is given up leaves no reader behind.
        let mut tasks = JoinSet::new();
        if let Some(feeder) = feeder {
            let settings = self.source.fetcher.settings.clone();
            tasks.spawn(async move {
                let mut parents = feeder.run(&settings).await?;
                // Its receiver is gone only when nobody waits for it any more.
                drop(ended.send((parents.take_notes(), parents.is_whole())));
                Ok(())
            });
        }
        for _ in 0..readers.max(1) {
            let work = Work {
                index: self.index,
                source: Arc::clone(&self.source),
                board: Arc::clone(&board),
                writer: self.writer.clone(),
                generation: self.checkpoint.generation,
                strict: self.strict,
            };
            tasks.spawn(work.run());
        }
        while let Some(joined) = tasks.join_next().await {
            let outcome = joined.unwrap_or_else(|panic| {
                Err(Broken::Failed(Error::new(ErrorKind::Body, format!("reading the resource failed: {panic}"))))
            });
            if outcome.is_err() {
                // Waited for, so that no page of theirs comes in after what the caller says next.
                tasks.shutdown().await;
                return outcome;
            }
        }
        if let Ok((notes, whole)) = fed.try_recv() {
            self.notes.extend(notes);
            self.parents_whole = whole;
        }
        Ok(())
    }

    async fn tell(&self, news: News) {
        // The writer is gone only when the store failed, and then the sync is over.
        drop(self.writer.send(Message(self.index, news)).await);
    }
}

/// Turns the parents of a resource into slices, no faster than they are read.
struct Feeder {
    index: usize,
    resource: &'static Resource,
    parents: Parents,
    /// Where each parent goes on; none when all is read anew.
    known: Option<Checkpoint>,
    board: Arc<Board>,
    writer: mpsc::Sender<Message>,
    room: usize,
}

impl Feeder {
    async fn run(mut self, settings: &Settings) -> Result<Parents, Broken> {
        loop {
            self.board.room(self.room).await;
            let Some(parents) = self.parents.next().await? else { break };
            let room = self.writer.reserve().await.map_err(gone)?;
            let now = Timestamp::now();
            let of_parent = |parent: Parent| {
                let since = self.known.as_ref().and_then(|known| known.since(&parent.key));
                plan(self.resource, settings, since.as_ref(), now, 1)
                    .into_iter()
                    .map(move |slice| slice.of(parent.clone()))
            };
            let slices = parents.into_iter().flat_map(of_parent).collect();
            let walk = self.parents.walk();
            self.board.feed(slices, |slices| {
                room.send(Message(self.index, News::Fed { slices: slices.to_vec(), walk }));
            });
        }
        self.board.end();
        Ok(self.parents)
    }
}

/// One of a resource's readers.
struct Work {
    index: usize,
    source: Arc<Source>,
    board: Arc<Board>,
    writer: mpsc::Sender<Message>,
    generation: i64,
    strict: bool,
}

impl Work {
    async fn run(self) -> Result<(), Broken> {
        while let Some(slice) = self.board.take().await {
            self.slice(slice).await?;
            self.board.finish();
        }
        Ok(())
    }

    async fn slice(&self, slice: Slice) -> Result<(), Broken> {
        let mut reader = Reader::new(Arc::clone(&self.source), slice);
        // The next page is asked for as soon as this one is handed over, while it is being written.
        let is_replaced = self.source.resource.row.shape.is_replaced();
        loop {
            let first = reader.slice.cursor.is_none();
            let Some(mut page) = reader.next().await? else { break };
            let quarantined = page.take_quarantined(reader.slice.pages);
            if let (true, Some(first)) = (self.strict, quarantined.first()) {
                return Err(Broken::Failed(strict(&self.source, first)));
            }
            let resource = self.source.resource;
            let stage = is_replaced.then(|| Stage { extent: extent(&reader.slice), first });
            let write = Write { resource, generation: self.generation, batch: page.batch, quarantined, stage };
            let (behind, write) = (reader.slice.clone(), Box::new(write));
            self.tell(News::Page { behind, write, seen: Box::new(page.seen) }).await?;
            if self.source.may_cut() && self.board.is_short() {
                let room = self.writer.reserve().await.map_err(gone)?;
                let tell = |cut: &Cut| {
                    let news = News::Cut { slice: reader.slice.number, kept: cut.kept.clone(), new: cut.new.clone() };
                    room.send(Message(self.index, news));
                };
                let now = Timestamp::now().millis();
                if let Some(kept) = self.board.split(&reader.slice, reader.last_time(), now, tell) {
                    reader.slice.part = kept;
                }
            }
        }
        self.tell(News::Ended { behind: reader.slice, gone: reader.gone }).await
    }

    async fn tell(&self, news: News) -> Result<(), Broken> {
        self.writer.send(Message(self.index, news)).await.map_err(gone)
    }
}

/// The writer ends early only when the store failed, which is reported in its own words.
fn gone<T>(_: mpsc::error::SendError<T>) -> Broken {
    Broken::Failed(Error::new(ErrorKind::Store, "the store failed"))
}

fn strict(source: &Source, first: &crate::Quarantined) -> Error {
    Error::new(ErrorKind::Quarantine, format!("a record could not be mapped: {}", first.reason))
        .with("resource", source.resource.name)
        .with("page", first.page)
        .with("record", first.index)
        .help("without `--strict` such a record is set aside and the sync goes on")
}
