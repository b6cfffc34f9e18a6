//! One resource, read: its slices planned or taken up, several readers side by side, every page handed to the writer
//! in its slice's order.

use std::sync::Arc;

use tapwright_plan::Connector;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::board::{Board, Cut};
use super::writer::{Message, News};
use crate::checkpoint::{Checkpoint, Part, Slice};
use crate::reader::{Broken, Reader, Source};
use crate::report::Mode;
use crate::sink::Write;
use crate::slices::{catch_up, plan};
use crate::{Error, ErrorKind, Result, Timestamp};

/// What a resource's reading needs to know.
pub(super) struct Task {
    pub(super) connector: &'static Connector,
    pub(super) index: usize,
    pub(super) source: Arc<Source>,
    pub(super) checkpoint: Checkpoint,
    pub(super) mode: Mode,
    pub(super) readers: usize,
    pub(super) strict: bool,
    pub(super) writer: mpsc::Sender<Message>,
}

impl Task {
    /// Reads the resource to its end and tells the writer how it went.
    pub(super) async fn run(mut self) {
        let outcome = match self.read().await {
            Err(Broken::Stale(error)) => self.start_over(error).await,
            outcome => outcome,
        };
        let notes = self.source.take_notes();
        if !notes.is_empty() {
            self.tell(News::Notes(notes)).await;
        }
        self.tell(match outcome {
            Ok(()) => News::Done { whole: self.source.is_whole() },
            Err(Broken::Stale(error) | Broken::Failed(error)) => News::Failed(error),
        })
        .await;
    }

    async fn read(&mut self) -> Result<(), Broken> {
        if self.mode == Mode::Resumed {
            catch_up(&mut self.checkpoint, self.source.resource, Timestamp::now());
            self.tell(News::TakenUp(self.checkpoint.slices.clone())).await;
        } else {
            let frontier = match self.mode {
                Mode::Full => None,
                _ => self.checkpoint.frontier.as_ref(),
            };
            let settings = &self.source.fetcher.settings;
            let slices = plan(self.source.resource, settings, frontier, Timestamp::now(), self.readers);
            self.begin(slices).await;
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
        let slices = plan(
            self.source.resource,
            &self.source.fetcher.settings,
            frontier.as_ref(),
            Timestamp::now(),
            self.readers,
        );
        self.begin(slices).await;
        self.read_slices().await
    }

    async fn begin(&mut self, slices: Vec<Slice>) {
        self.checkpoint.begin(self.connector, slices.clone());
        self.tell(News::Begun(slices)).await;
    }

    async fn read_slices(&self) -> Result<(), Broken> {
        let slices = self.checkpoint.slices.clone();
        // Only a window can be cut, so only windows can occupy more readers than there are slices.
        let windows = slices.iter().any(|slice| matches!(slice.part, Part::Window(..)));
        let readers = if windows { self.readers } else { slices.len().min(self.readers) };
        let board = Arc::new(Board::new(slices));
        // Dropped when this is: a sync that is given up leaves no reader behind.
        let mut tasks = JoinSet::new();
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
        Ok(())
    }

    async fn tell(&self, news: News) {
        // The writer is gone only when the store failed, and then the sync is over.
        drop(self.writer.send(Message(self.index, news)).await);
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
        while let Some((at, slice)) = self.board.take().await {
            self.slice(at, slice).await?;
            self.board.finish();
        }
        Ok(())
    }

    async fn slice(&self, at: usize, slice: Slice) -> Result<(), Broken> {
        let mut reader = Reader::new(Arc::clone(&self.source), slice);
        // The next page is asked for as soon as this one is handed over, while it is being written.
        while let Some(mut page) = reader.next().await? {
            let quarantined = page.take_quarantined(reader.slice.pages);
            if let (true, Some(first)) = (self.strict, quarantined.first()) {
                return Err(Broken::Failed(strict(&self.source, first)));
            }
            let resource = self.source.resource;
            let write = Write { resource, generation: self.generation, batch: page.batch, quarantined };
            let news =
                News::Page { slice: at, behind: reader.slice.clone(), write: Box::new(write), drift: page.drift };
            self.tell(news).await?;
            if self.source.may_cut() && self.board.is_short() {
                let room = self.writer.reserve().await.map_err(gone)?;
                let tell = |cut: &Cut| {
                    let news = News::Cut { slice: at, kept: cut.kept.clone(), new: cut.new.clone() };
                    room.send(Message(self.index, news));
                };
                let now = Timestamp::now().millis();
                if let Some(kept) = self.board.split(&reader.slice, reader.last_time(), now, tell) {
                    reader.slice.part = kept;
                }
            }
        }
        self.tell(News::Ended { slice: at, behind: reader.slice }).await
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
