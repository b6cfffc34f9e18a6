//! A connector, its sandbox, and a store in a temporary folder. It must not know what is tried in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tapwright_runtime::plan::{Connector, Resource};
use tapwright_runtime::{
    Observer, Options, Origin, Progress, Report, Result, RetryPolicy, SecretString, SettingValue, Settings, Sink, Stop,
    Sync, Vault, VaultOption,
};
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model;
use tapwright_sqlite::Sqlite;

use crate::outcome::Ended;

/// A connector, its sandbox, and a store.
#[derive(Debug)]
pub struct Lab {
    /// The tables that are run.
    pub plan: &'static Connector,
    /// The API.
    pub sandbox: Running,
    /// How syncs are done; retries are quick.
    pub options: Options,
    folder: tempfile::TempDir,
}

/// Asks to stop after so many commits with rows.
struct After(AtomicU64, Stop);

impl Observer for After {
    fn observe(&self, progress: &Progress<'_>) {
        if progress.new_rows > 0 && self.0.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.1.stop();
        }
    }
}

/// Keeps the secrets that its sandbox gives from one sync to the next, as beside a store.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<String, SecretString>>);

impl Kept {
    fn held(&self) -> MutexGuard<'_, BTreeMap<String, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for Kept {
    fn load(&self, name: &str) -> Result<Option<SecretString>> {
        Ok(self.held().get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<()> {
        self.held().insert(name.to_owned(), secret.clone());
        Ok(())
    }
}

impl Lab {
    /// A lab for a spec and its tables.
    ///
    /// # Errors
    /// When the sandbox does not start, or there is no room for a store.
    pub async fn new(
        model: &model::Connector,
        plan: &'static Connector,
        set_up: impl FnOnce(Sandbox) -> Sandbox,
    ) -> Result<Lab, Ended> {
        let sandbox = set_up(Sandbox::new(model)).start().await?;
        let options = Options {
            base_url: Some(sandbox.url()),
            source: Some("the sandbox".to_owned()),
            vault: VaultOption(Some(Arc::new(Kept::default()))),
            retry: Some(RetryPolicy {
                attempts: 6,
                base: Duration::from_millis(2),
                cap: Duration::from_millis(20),
                constant: false,
            }),
            ..Options::default()
        };
        Ok(Lab { plan, sandbox, options, folder: tempfile::tempdir()? })
    }

    /// Where the store is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// The settings that the sandbox accepts.
    ///
    /// # Errors
    /// When they do not fit the spec.
    pub fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::builder(self.plan);
        for (name, value) in self.sandbox.settings() {
            settings = settings.set(name, SettingValue::Text(SecretString::from(value)), Origin::Given);
        }
        settings.build()
    }

    /// A sync that is ready to run, reading everything anew when that is said.
    ///
    /// # Errors
    /// When the options do not fit the connector.
    pub fn ready(&self, full: bool) -> Result<Sync> {
        let options = Options { full: full || self.options.full, ..self.options.clone() };
        Sync::new(self.plan, self.settings()?, options)
    }

    /// Syncs, and says how it went.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn sync(&self, full: bool) -> Result<Report> {
        let mut sink = Sqlite::open(self.path())?;
        self.ready(full)?.run(&mut sink, &(), &Stop::default()).await
    }

    /// Syncs into a sink of the caller's.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn sync_into(&self, sink: &mut dyn Sink) -> Result<Report> {
        self.ready(false)?.run(sink, &(), &Stop::default()).await
    }

    /// A sync that is asked to stop after so many commits with rows.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn sync_until(&self, commits: u64) -> Result<Report> {
        let mut sink = Sqlite::open(self.path())?;
        let stop = Stop::default();
        let observer = After(AtomicU64::new(commits), stop.clone());
        self.ready(false)?.run(&mut sink, &observer, &stop).await
    }

    /// A connection to the store.
    ///
    /// # Errors
    /// When there is none.
    pub fn store(&self) -> rusqlite::Result<Connection> {
        Connection::open(self.path())
    }

    /// One number from the store.
    ///
    /// # Errors
    /// When the query fails.
    pub fn number(&self, query: &str) -> rusqlite::Result<i64> {
        self.store()?.query_row(query, [], |row| row.get(0))
    }

    /// Every row of every table, as text: what two stores are compared by. The generation is left out: it counts syncs.
    ///
    /// # Errors
    /// When a query fails.
    pub fn rows(&self) -> rusqlite::Result<BTreeMap<&'static str, Vec<String>>> {
        let store = self.store()?;
        let chosen = self.options.resources.as_deref();
        let is_chosen =
            |resource: &&Resource| chosen.is_none_or(|names| names.iter().any(|name| name == resource.name));
        let rows = |resource: &'static Resource| {
            let columns: Vec<_> =
                resource.row.columns.iter().map(|column| format!("quote(\"{}\")", column.name)).collect();
            let query = format!("select {} from \"{}\" order by id", columns.join(" || ' ' || "), resource.row.name);
            let mut statement = store.prepare(&query)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok((resource.row.name, rows.collect::<rusqlite::Result<_>>()?))
        };
        self.plan.resources.iter().filter(is_chosen).map(rows).collect()
    }
}
