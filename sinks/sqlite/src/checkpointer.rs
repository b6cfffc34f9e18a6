//! Moves the write-ahead log into the database, beside the thread that writes.
//!
//! SQLite's own automatic checkpoint runs in the commit that finds the log long, and waits there until the disk has
//! everything: a quarter of the time of a large sync. Here a second connection does it on a thread of its own, as often
//! as the log has grown by a step. Such a checkpoint never quite reaches the end of a log that is being written, and a
//! log is begun anew only when all of it was moved: so when it has become long, the writer waits once and has the little
//! that is left moved too.

use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;
use rusqlite::wal::CheckpointMode;
use tapwright_runtime::{Error, ErrorKind, Result};

use crate::fault::Doing;
use crate::open;

/// The log is moved whenever it has grown by so many pages: 16 MiB, of 8 KiB each.
const STEP: i32 = 2048;

/// A log of so many pages is brought to its end: 64 MiB.
const LONG: i32 = 8192;

/// Moves the log of one connection.
#[derive(Debug)]
pub(crate) struct Checkpointer {
    mover: Arc<Mutex<Connection>>,
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// How long the writer's log is, in pages, as SQLite says at each commit.
    length: Arc<AtomicI32>,
    /// How long it was when it was last moved.
    moved: i32,
    /// How long it may be before the writer waits. More than `LONG` while a reader of an old state holds it up.
    limit: i32,
}

impl Checkpointer {
    /// Takes the moving of the log of `writer`, a connection to the database at `path`, off its commits.
    pub(crate) fn start(path: &Path, writer: &mut Connection) -> Result<Self> {
        let length = Arc::new(AtomicI32::new(0));
        let told = Arc::clone(&length);
        let hook = move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            told.store(pages, Ordering::Relaxed);
            Ok(())
        };
        // It takes the place of the automatic checkpoint.
        writer.wal_hook(Some(hook)).doing("watch the write-ahead log")?;
        let mover = Arc::new(Mutex::new(open::second(path)?));
        let (nudge, nudges) = sync_channel(1);
        let connection = Arc::clone(&mover);
        let work = move || nudges.iter().for_each(|()| move_log(&connection));
        let thread = Builder::new()
            .name("tapwright-log".to_owned())
            .spawn(work)
            .map_err(|error| Error::new(ErrorKind::Store, format!("cannot start a thread: {error}")))?;
        Ok(Checkpointer { mover, nudge: Some(nudge), thread: Some(thread), length, moved: 0, limit: LONG })
    }

    /// To be called after each commit.
    pub(crate) fn committed(&mut self) {
        let length = self.length.load(Ordering::Relaxed);
        if length < self.moved {
            // It was begun anew.
            (self.moved, self.limit) = (0, LONG);
        }
        if length >= self.limit {
            move_log(&self.mover);
            (self.moved, self.limit) = (length, length.saturating_add(STEP));
        } else if length - self.moved >= STEP && self.nudge.as_ref().is_some_and(|nudge| nudge.try_send(()).is_ok()) {
            self.moved = length;
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        drop(self.nudge.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Moves what no reader holds up. What cannot be moved now stays in the log, where it is as safe.
fn move_log(mover: &Mutex<Connection>) {
    let mover = mover.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(error) = mover.wal_checkpoint_v2(Some(rusqlite::MAIN_DB), CheckpointMode::PASSIVE) {
        tracing::debug!(%error, "the write-ahead log was not moved");
    }
}
