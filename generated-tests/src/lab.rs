//! A connector, its sandbox, and a store in a temporary folder: the suite's, for tests that end where something cannot be.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use rusqlite::Connection;
use tapwright_runtime::{Report, Result, Settings, Sink, Sync};
use tapwright_sandbox::Sandbox;
use tapwright_spec::model;

use crate::{Plain, WORKOS};

/// A connector, its sandbox, and a store. What it has besides is the suite's.
pub struct Lab(tapwright_suite::Lab);

impl Deref for Lab {
    type Target = tapwright_suite::Lab;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Lab {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
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
        let plan = tapwright_codegen::lower(model);
        Lab(tapwright_suite::Lab::new(model, plan, set_up).await.expect("the sandbox starts"))
    }

    /// The settings that the sandbox accepts.
    ///
    /// # Panics
    /// When they do not fit the spec.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.0.settings().expect("the sandbox's settings fit")
    }

    /// A sync that is ready to run.
    ///
    /// # Panics
    /// When the options do not fit the connector.
    #[must_use]
    pub fn ready(&self) -> Sync {
        self.0.ready(false).expect("the options fit")
    }

    /// Syncs, and says how it went.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn try_sync(&self) -> Result<Report> {
        self.0.sync(false).await
    }

    /// Syncs, reading everything anew when that is said.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync_as(&self, full: bool) -> Report {
        self.0.sync(full).await.unwrap_or_else(|error| panic!("{error:?}"))
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
        self.0.sync_into(sink).await
    }

    /// Syncs.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync(&self) -> Report {
        self.sync_as(false).await
    }

    /// A sync that is asked to stop after so many commits with rows.
    ///
    /// # Panics
    /// When the store cannot be used.
    pub async fn sync_until(&self, commits: u64) -> Report {
        self.0.sync_until(commits).await.unwrap_or_else(|error| panic!("{error:?}"))
    }

    /// A connection to the store.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn store(&self) -> Connection {
        self.0.store().expect("the store opens")
    }

    /// One number from the store.
    ///
    /// # Panics
    /// When the query fails.
    #[must_use]
    pub fn number(&self, query: &str) -> i64 {
        self.0.number(query).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Every row of every table, as text: what two stores are compared by. The generation is left out: it counts syncs.
    ///
    /// # Panics
    /// When a query fails.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<&'static str, Vec<String>> {
        self.0.rows().expect("rows")
    }
}
