//! `tapwright sync`: from an API, or a sandbox of it, into a store.

use std::sync::Arc;

use tapwright_runtime::{Error, ErrorKind, Options, Report, Result, Sink, Stop, Sync, VaultOption};
use tapwright_sqlite::Sqlite;

use super::summary::summarize;
use crate::Known;
use crate::args::SyncArgs;
use crate::console::{self, say};
use crate::exit::Exit;
use crate::progress::Lines;
use crate::source::{Given, known_resource};
use crate::spec::{Found, find};
use crate::store::Store;
use crate::vault::FileVault;

pub(crate) fn sync(known: &[Known], args: &SyncArgs) -> Exit {
    let found = match find(known, args.spec.as_deref()) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    match run(&found, args) {
        Ok(report) => {
            if args.json {
                console::out(serde_json::to_string(&report).unwrap_or_default());
            } else {
                summarize(&report, &found, args);
            }
            report.status.into()
        }
        Err(error) => {
            console::error(&error);
            error.kind().into()
        }
    }
}

fn run(found: &Found, args: &SyncArgs) -> Result<Report> {
    let connector = found.plan;
    let store = Store::parse(&args.to)?;
    let given = Given::gather(found, &args.source)?;
    let mut options = Options {
        resources: args.resources.clone().or(given.resources()),
        full: args.full,
        strict: args.strict,
        deadline: args.deadline,
        hooks: found.hooks.clone(),
        ..Options::default()
    };
    options.resources.iter().flatten().try_for_each(|name| known_resource(connector, name))?;
    let source = given.source(&mut options, &format!("sync{}", found.argument()))?;
    let Store::Sqlite(path) = &store;
    if source.sandbox.is_none() {
        // The tokens of a sandbox end with it: the next one, and the API, know none of them.
        options.vault = VaultOption(Some(Arc::new(FileVault::beside(path, connector.name))));
    }
    let sync = Sync::new(connector, source.settings, options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Store, format!("no threads can be started: {error}")))?;
    if !args.json {
        let from = if source.sandbox.is_some() { "its sandbox" } else { "the API" };
        say(format_args!("Syncing {} from {from} into {}", connector.title, store.shown()));
    }
    let (path, json) = (path.clone(), args.json);
    let work = async move {
        let mut sink = Sqlite::open(path)?;
        let stop = Stop::default();
        let watch = tokio::spawn(interrupted(stop.clone()));
        let report = observed(sync, &mut sink, &stop, json).await;
        watch.abort();
        report
    };
    // A task of its own, among the workers: on this thread, every page would have to wake it.
    runtime.block_on(async {
        let ended = tokio::spawn(work).await;
        ended.unwrap_or_else(|panic| Err(Error::new(ErrorKind::Store, format!("the sync failed: {panic}"))))
    })
}

async fn observed(sync: Sync, sink: &mut dyn Sink, stop: &Stop, json: bool) -> Result<Report> {
    let resources = sync.resources();
    let lines = if json { Lines::of_waits(&resources) } else { Lines::new(&resources) };
    sync.run(sink, &lines, stop).await
}

/// The first signal asks the sync to stop, and the second does what it always does.
async fn interrupted(stop: Stop) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    say("\nStopping: what was read is being committed; the next sync goes on from there");
    stop.stop();
    drop(tokio::signal::ctrl_c().await);
    std::process::exit(130);
}
