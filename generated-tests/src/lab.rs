//! A connector, its sandbox, and a store in a temporary folder.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use tapwright_runtime::plan::Connector;
use tapwright_runtime::{
    Observer, Options, Origin, Progress, Report, Result, RetryPolicy, SecretString, SettingValue, Settings, Sink, Stop,
    Sync,
};
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model;
use tapwright_sqlite::Sqlite;

use crate::{Plain, WORKOS};

/// A connector, its sandbox, and a store.
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

impl Lab {
    /// A lab for WorkOS.
    pub async fn workos(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
        Lab::of(&crate::model(WORKOS), set_up).await
    }

    /// A lab for a spec.
    ///
    /// # Panics
    /// When the sandbox does not start.
    pub async fn of(model: &model::Connector, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
        let sandbox = set_up(Sandbox::new(model)).start().await.expect("the sandbox starts");
        let options = Options {
            base_url: Some(sandbox.url()),
            source: Some("the sandbox".to_owned()),
            retry: Some(RetryPolicy {
                attempts: 6,
                base: Duration::from_millis(2),
                cap: Duration::from_millis(20),
                constant: false,
            }),
            ..Options::default()
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        Lab { plan: tapwright_codegen::lower(model), sandbox, options, folder }
    }

    /// Where the store is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// The settings that the sandbox accepts.
    ///
    /// # Panics
    /// When they do not fit the spec.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::builder(self.plan);
        for (name, value) in self.sandbox.settings() {
            settings = settings.set(name, SettingValue::Text(SecretString::from(value)), Origin::Given);
        }
        settings.build().expect("the sandbox's settings fit")
    }

    /// A sync that is ready to run.
    ///
    /// # Panics
    /// When the options do not fit the connector.
    #[must_use]
    pub fn ready(&self) -> Sync {
        Sync::new(self.plan, self.settings(), self.options.clone()).expect("the options fit")
    }

    /// Syncs, and says how it went.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn try_sync(&self) -> Result<Report> {
        let mut sink = Sqlite::open(self.path())?;
        self.sync_into(&mut sink).await
    }

    /// Syncs, reading everything anew when that is said.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync_as(&self, full: bool) -> Report {
        let options = Options { full, ..self.options.clone() };
        let sync = Sync::new(self.plan, self.settings(), options).expect("the options fit");
        let mut sink = Sqlite::open(self.path()).expect("the store opens");
        sync.run(&mut sink, &(), &Stop::default()).await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// A plain client of the sandbox, to look at it without the engine.
    #[must_use]
    pub fn plain(&self) -> Plain {
        Plain::new(&self.sandbox)
    }

    /// Syncs into a sink of the caller's.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn sync_into(&self, sink: &mut dyn Sink) -> Result<Report> {
        self.ready().run(sink, &(), &Stop::default()).await
    }

    /// Syncs.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync(&self) -> Report {
        self.try_sync().await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// A sync that is asked to stop after so many commits with rows.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync_until(&self, commits: u64) -> Report {
        let mut sink = Sqlite::open(self.path()).expect("the store opens");
        let stop = Stop::default();
        let observer = After(AtomicU64::new(commits), stop.clone());
        self.ready().run(&mut sink, &observer, &stop).await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// A connection to the store.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn store(&self) -> Connection {
        Connection::open(self.path()).expect("the store opens")
    }

    /// One number from the store.
    ///
    /// # Panics
    /// When the query fails.
    #[must_use]
    pub fn number(&self, query: &str) -> i64 {
        self.store().query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Every row of every table, as text: what two stores are compared by. The generation is left out: it counts syncs.
    ///
    /// # Panics
    /// When a query fails.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<&'static str, Vec<String>> {
        let store = self.store();
        let rows = |resource: &'static tapwright_runtime::plan::Resource| {
            let columns: Vec<_> =
                resource.row.columns.iter().map(|column| format!("quote(\"{}\")", column.name)).collect();
            let query = format!("select {} from \"{}\" order by id", columns.join(" || ' ' || "), resource.row.name);
            let mut statement = store.prepare(&query).unwrap_or_else(|error| panic!("{query}: {error}"));
            let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
            (resource.row.name, rows.map(|row| row.expect("a row")).collect())
        };
        let chosen = self.ready().resources();
        self.plan.resources.iter().filter(|resource| chosen.contains(&resource.name)).map(rows).collect()
    }
}
