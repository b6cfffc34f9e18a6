//! The sink: a thread that owns the connection, and the transactions it runs for the engine.
//!
//! SQLite blocks, so its connection lives on a thread of its own. A job goes there, its answer comes back; the thread
//! never holds a transaction open between two jobs, and ends when the sink is dropped.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tapwright_runtime::{Begin, Begun, Commit, Committed, Count, Error, ErrorKind, Result, Sink, SinkFuture};
use tokio::sync::oneshot;

use crate::checkpointer::Checkpointer;
use crate::failpoint::point;
use crate::fault::Doing;
use crate::lease::Lease;
use crate::write::Writer;
use crate::{Status, migrate, open, schema, seen, state, status, views};

/// A SQLite file to sync into.
///
/// A job that was begun is finished even when the future that waits for it is dropped. Dropping the sink waits for
/// the job in progress, gives the lease back and closes the file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

const NO_LOG: &str =
    "another program keeps the database from its write-ahead log: commits are slower, and wait for readers";

type Reply<T> = oneshot::Sender<Result<T>>;

enum Job {
    Begin(Box<Begin>, Reply<Begun>),
    Commit(Commit, Reply<Committed>),
    End(String, Reply<()>),
}

impl Sqlite {
    /// Looks at the file at `path`. It is opened, and made when there is none, by [`Sink::begin`].
    ///
    /// # Errors
    /// `Store` when the path is no place for a database: a file that is something else, one that cannot be written,
    /// one of a newer release, a directory that does not exist. Whatever is there is untouched.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = open::check(path.as_ref())?;
        let (jobs, queue) = mpsc::channel();
        let mut store =
            Store { path: path.clone(), checkpointer: None, connection: None, writers: Vec::new(), lease: None };
        let thread = Builder::new().name("tapwright-sqlite".to_owned()).spawn(move || store.work(&queue));
        let thread = thread
            .map_err(|error| Error::new(ErrorKind::Store, format!("cannot start the database's thread: {error}")))?;
        Ok(Sqlite { path, jobs: Some(jobs), thread: Some(thread) })
    }

    /// The same for a URL: `sqlite:tapwright.db`, `sqlite:/var/lib/tapwright.db`.
    ///
    /// # Errors
    /// `Config` when it is the URL of something else; and those of [`Sqlite::open`].
    pub fn from_url(url: &str) -> Result<Self> {
        Sqlite::open(open::path_of(url)?)
    }

    /// What the database at `path` holds. Takes no lease, makes no database, and may be called while a sync runs.
    ///
    /// # Errors
    /// `Store` when there is no database, or none that was synced into.
    pub fn status(path: impl AsRef<Path>) -> Result<Status> {
        status::read(path.as_ref())
    }

    /// The same for a URL, as [`Sqlite::from_url`] takes it.
    ///
    /// # Errors
    /// `Config` when it is the URL of something else; and those of [`Sqlite::status`].
    pub fn status_of_url(url: &str) -> Result<Status> {
        status::read(&open::path_of(url)?)
    }

    /// What was counted of resources of a connector in the database at `path`, of each in turn. Like [`Sqlite::status`] it
    /// takes no lease, makes no database, and may be called while a sync runs.
    ///
    /// # Errors
    /// Those of [`Sqlite::status`].
    pub fn counts(path: impl AsRef<Path>, connector: &str, resources: &[&str]) -> Result<Vec<Vec<Count>>> {
        status::counts(path.as_ref(), connector, resources)
    }

    /// The file, as an absolute path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T> {
        let gone = || Error::new(ErrorKind::Store, "the database's thread has ended").help("open the database again");
        let (reply, answer) = oneshot::channel();
        self.jobs.as_ref().ok_or_else(gone)?.send(job(reply)).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

impl Sink for Sqlite {
    fn begin(&mut self, begin: Begin) -> SinkFuture<'_, Begun> {
        Box::pin(self.ask(|reply| Job::Begin(Box::new(begin), reply)))
    }

    fn commit(&mut self, commit: Commit) -> SinkFuture<'_, Committed> {
        Box::pin(self.ask(|reply| Job::Commit(commit, reply)))
    }

    fn end(&mut self, report: String) -> SinkFuture<'_, ()> {
        Box::pin(self.ask(|reply| Job::End(report, reply)))
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread owns.
struct Store {
    path: PathBuf,
    // Dropped before the connection, which then closes the file as its last user and tidies up.
    checkpointer: Option<Checkpointer>,
    connection: Option<Connection>,
    writers: Vec<Writer>,
    lease: Option<Lease>,
}

impl Store {
    fn work(&mut self, queue: &mpsc::Receiver<Job>) {
        for job in queue {
            match job {
                Job::Begin(begin, reply) => self.answer(reply, |store| store.begin(&begin)),
                Job::Commit(commit, reply) => self.answer(reply, |store| store.commit(&commit)),
                Job::End(report, reply) => self.answer(reply, |store| store.end(&report)),
            }
        }
        if let (Some(connection), Some(lease)) = (&self.connection, self.lease.take())
            && let Err(error) = lease.give_back(connection)
        {
            tracing::warn!(connector = lease.connector, %error, "the lease was not given back; it lapses by itself");
        }
    }

    /// Runs a job. A panic rolls its transaction back on the way here, and is an error like another.
    fn answer<T>(&mut self, reply: Reply<T>, job: impl FnOnce(&mut Self) -> Result<T>) {
        let done = catch_unwind(AssertUnwindSafe(|| job(self))).unwrap_or_else(|panic| Err(panicked(&*panic)));
        // Nobody waits any more when the caller gave up; what was committed stays.
        let _ = reply.send(done.map_err(|error| error.with("database", self.path.display())));
    }

    fn begin(&mut self, begin: &Begin) -> Result<Begun> {
        schema::check(begin.connector, &begin.resources)?;
        if self.connection.is_none() {
            open::check(&self.path)?;
            self.connection = Some(open::connect(&self.path)?);
        }
        let own = self.lease;
        let transaction = transaction(&mut self.connection)?;
        let version = state::format(&transaction)?;
        state::refuse_newer(version).inspect_err(|_| open::leave_untouched(&transaction))?;
        state::create(&transaction, version)?;
        let name = begin.connector.name;
        let lease = Lease::take(&transaction, name, &begin.owner, begin.lease, own)?;
        let mut begun = Begun::default();
        for resource in &begin.resources {
            migrate::bring(&transaction, begin.connector, resource, begin.full, &mut begun.notes)?;
        }
        views::bring(&transaction, &mut begun.notes)?;
        let mut writers = Vec::with_capacity(begin.resources.len());
        for resource in &begin.resources {
            begun.checkpoints.push(state::checkpoint(&transaction, name, resource.name)?);
            begun.counts.push(seen::read(&transaction, name, resource.name)?);
            writers.push(Writer::new(resource, state::has_quarantined(&transaction, name, resource.name)?));
        }
        point("begun");
        transaction.commit().doing("commit")?;
        self.lease = Some(lease);
        self.writers = writers;
        match &mut self.connection {
            Some(connection) if open::use_log(connection) => {
                if self.checkpointer.is_none() {
                    self.checkpointer = Some(Checkpointer::start(&self.path, connection)?);
                }
            }
            _ => begun.notes.push(NO_LOG.to_owned()),
        }
        Ok(begun)
    }

    fn commit(&mut self, commit: &Commit) -> Result<Committed> {
        let lease = self.lease.ok_or_else(no_lease)?;
        let transaction = transaction(&mut self.connection)?;
        lease.verify(&transaction)?;
        for write in &commit.writes {
            let writer = Writer::of(&mut self.writers, write.resource)?;
            writer.write(&transaction, write)?;
            if writer.quarantined {
                state::release(&transaction, lease.connector, write)?;
            }
            state::quarantine(&transaction, lease.connector, write)?;
            writer.quarantined |= !write.quarantined.is_empty();
        }
        point("rows");
        let mut committed = Committed::default();
        for replacement in &commit.replacements {
            let writer = Writer::of(&mut self.writers, replacement.resource)?;
            committed.replaced.push(writer.replace(&transaction, lease.connector, replacement)?);
        }
        if !commit.replacements.is_empty() {
            point("replaced");
        }
        for sweep in &commit.sweeps {
            let writer = Writer::of(&mut self.writers, sweep.resource)?;
            committed.deleted.push(writer.sweep(&transaction, lease.connector, sweep)?);
            state::sweep_quarantine(&transaction, lease.connector, sweep)?;
        }
        if !commit.sweeps.is_empty() {
            point("swept");
        }
        for (resource, checkpoint) in &commit.checkpoints {
            state::keep_checkpoint(&transaction, lease.connector, resource, checkpoint)?;
        }
        for counts in &commit.counts {
            seen::add(&transaction, lease.connector, counts)?;
        }
        lease.renew(&transaction)?;
        point("checkpointed");
        transaction.commit().doing("commit")?;
        point("committed");
        if let Some(checkpointer) = &mut self.checkpointer {
            checkpointer.committed();
        }
        Ok(committed)
    }

    fn end(&mut self, report: &str) -> Result<()> {
        let lease = self.lease.ok_or_else(no_lease)?;
        let transaction = transaction(&mut self.connection)?;
        lease.verify(&transaction)?;
        state::keep_report(&transaction, lease.connector, report)?;
        lease.give_back(&transaction)?;
        point("ended");
        transaction.commit().doing("commit")?;
        self.lease = None;
        Ok(())
    }
}

/// A transaction that holds the write lock from its start, and is rolled back unless it is committed.
fn transaction(connection: &mut Option<Connection>) -> Result<Transaction<'_>> {
    let connection = connection.as_mut().ok_or_else(no_lease)?;
    connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("begin a transaction")
}

fn no_lease() -> Error {
    Error::new(ErrorKind::Store, "the sync was not begun, or has ended").help("call `begin` first")
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let message = format!("the sink panicked: {}", text.unwrap_or("without a message"));
    Error::new(ErrorKind::Store, message).help("this is a defect: please report it with the message")
}
