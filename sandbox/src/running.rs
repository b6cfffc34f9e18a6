//! A sandbox at work: where it is, what it accepts, what it saw, and the strings to pull. It stops when it is dropped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::change::Change;
use crate::eval::text;
use crate::fault::Injection;
use crate::sandbox::Error;
use crate::seen::Seen;
use crate::server::serve;
use crate::world::World;

/// What keeps it going.
#[derive(Debug)]
enum Engine {
    Task(JoinHandle<()>),
    Thread { stop: Option<oneshot::Sender<()>>, thread: Option<thread::JoinHandle<()>> },
}

/// A running sandbox. Dropping it closes the port and all connections.
#[derive(Debug)]
pub struct Running {
    world: Arc<World>,
    address: SocketAddr,
    engine: Engine,
}

impl Running {
    pub(crate) fn on_runtime(
        world: Arc<World>,
        listener: tokio::net::TcpListener,
        address: SocketAddr,
    ) -> Result<Running, Error> {
        let engine = Engine::Task(tokio::spawn(serve(listener, Arc::clone(&world))));
        Ok(Running { world, address, engine })
    }

    pub(crate) fn on_thread(
        world: Arc<World>,
        listener: std::net::TcpListener,
        address: SocketAddr,
    ) -> Result<Running, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Listen)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let served = Arc::clone(&world);
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(Error::Listen)?
        };
        let run = move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = serve(listener, served) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = thread::Builder::new().name("tapwright-sandbox".to_owned()).spawn(run).map_err(Error::Listen)?;
        Ok(Running { world, address, engine: Engine::Thread { stop: Some(stop), thread: Some(thread) } })
    }

    /// Its address, to be used in place of the spec's `base_url`: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The secret it accepts; empty when the API asks for none.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.world.key
    }

    /// What a client must be configured with: a value for every setting of the spec, in its order.
    pub fn settings(&self) -> impl Iterator<Item = (&str, String)> {
        let written = |value: &Value| match value.as_array() {
            Some(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
            None => text(value),
        };
        self.world.settings.iter().map(move |(name, value)| (name.as_str(), written(value)))
    }

    /// The requests it saw, oldest first, as far as the log reaches back.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.world.log.entries()
    }

    /// How many requests it saw in all.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.world.log.count()
    }

    /// Forgets the requests it saw, but not their number.
    pub fn forget_requests(&self) {
        self.world.log.clear();
    }

    /// Puts a record in and says its id: that in the record; of a resource that is read for each row of another the one in
    /// the column `id`, which the other methods take, too.
    ///
    /// # Errors
    /// When the resource or the parent is unknown, or the id is there already.
    pub fn insert(&self, resource: &str, change: &Change) -> Result<String, Error> {
        self.world.insert(resource, change)
    }

    /// Alters a record; an entity says so in its `updated_at`.
    ///
    /// # Errors
    /// When the resource or the record is unknown.
    pub fn update(&self, resource: &str, id: &str, change: &Change) -> Result<(), Error> {
        self.world.update(resource, id, change)
    }

    /// Takes a record out. A cursor that names it goes on working. What was read for it is gone with it.
    ///
    /// # Errors
    /// When the resource or the record is unknown.
    pub fn delete(&self, resource: &str, id: &str) -> Result<(), Error> {
        self.world.delete(resource, id)
    }

    /// A record, as the API sends it.
    ///
    /// # Errors
    /// When the resource or the record is unknown.
    pub fn record(&self, resource: &str, id: &str) -> Result<Value, Error> {
        self.world.record(resource, id)
    }

    /// The moment a record is sorted by, in Unix milliseconds.
    ///
    /// # Errors
    /// When the resource or the record is unknown.
    pub fn moment(&self, resource: &str, id: &str) -> Result<i64, Error> {
        self.world.moment(resource, id)
    }

    /// How many records a resource has now; of one that is read for each row of another, in all of its lists together, those
    /// of rows that are gone among them.
    ///
    /// # Errors
    /// When the resource is unknown.
    pub fn count(&self, resource: &str) -> Result<u64, Error> {
        self.world.named(resource).map(|(_, served)| served.tally().records)
    }

    /// The tokens that were given count no longer, as if their time were over.
    pub fn expire_tokens(&self) {
        self.world.access.expire();
    }

    /// The moment the data ends, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.world.now
    }

    /// Says anew how many changes happen behind each request (see [`Sandbox::churn`](crate::Sandbox::churn)); with 0 what
    /// has happened stays, and nothing else happens.
    pub fn churn(&self, rate: f64) {
        self.world.churn.set(rate);
    }

    /// Makes a resource fail, by its name or path, or all of them (`*`).
    ///
    /// # Errors
    /// When the resource, or the field the fault names, is unknown, or a rule cannot be followed.
    pub fn fail(&self, resource: &str, fault: impl Into<Injection>) -> Result<(), Error> {
        self.world.arm(resource, fault.into())
    }

    /// Takes the scripted faults of a resource back, or all of them (`*`).
    ///
    /// # Errors
    /// When the resource is unknown.
    pub fn heal(&self, resource: &str) -> Result<(), Error> {
        self.world.heal(resource)
    }

    /// Stops it and waits until it has stopped.
    pub async fn shutdown(mut self) {
        match &mut self.engine {
            Engine::Task(task) => {
                task.abort();
                let _cancelled = task.await;
            }
            Engine::Thread { stop, thread } => stop_thread(stop, thread),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        match &mut self.engine {
            // The connections are the task's: they end with it.
            Engine::Task(task) => task.abort(),
            Engine::Thread { stop, thread } => stop_thread(stop, thread),
        }
    }
}

fn stop_thread(stop: &mut Option<oneshot::Sender<()>>, thread: &mut Option<thread::JoinHandle<()>>) {
    if let Some(stop) = stop.take() {
        let _gone = stop.send(());
    }
    if let Some(thread) = thread.take() {
        let _ended = thread.join();
    }
}
