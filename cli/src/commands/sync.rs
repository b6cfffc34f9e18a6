//! `tapwright sync`: from an API, or a sandbox of it, into a store.

use std::sync::Arc;

use tapwright_runtime::plan::Connector;
use tapwright_runtime::{
    Error, ErrorKind, Options, Origin, Report, Result, SecretString, SettingValue, SettingsBuilder, Sink, Stop, Sync,
    VaultOption,
};
use tapwright_sandbox::{Running, Sandbox};
use tapwright_sqlite::Sqlite;

use super::summary::summarize;
use crate::Known;
use crate::args::SyncArgs;
use crate::console::{self, program, say};
use crate::exit::Exit;
use crate::progress::Lines;
use crate::settings::gather;
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
    let given = gather(connector, &args.set, args.config.as_deref())?;
    let mut options = Options {
        resources: args.resources.clone().or(given.resources),
        full: args.full,
        strict: args.strict,
        deadline: args.deadline,
        base_url: args.base_url.clone(),
        hooks: found.hooks.clone(),
        ..Options::default()
    };
    let mut named = options.resources.iter().flatten().chain(args.records.iter().map(|(name, _)| name));
    named.try_for_each(|name| known_resource(connector, name))?;
    if let Some(base) = &args.base_url {
        may_go_to(base, args.allow_origin.as_deref())?;
    }
    let mut settings = given.settings;
    let mut sandbox = None;
    if args.sandbox {
        let running = start(found, args, &settings)?;
        for (name, value) in running.settings() {
            if !settings.has(name) || connector.setting(name).is_some_and(tapwright_runtime::plan::Setting::is_secret) {
                settings = settings.set(name, SettingValue::Text(SecretString::from(value)), Origin::Given);
            }
        }
        options.base_url = Some(running.url());
        options.source = Some("the sandbox".to_owned());
        // It answers as fast as it is asked.
        options.paced = false;
        sandbox = Some(running);
    }
    let settings = settings.build().map_err(|error| match args.sandbox {
        true => error,
        false => without_a_key(error, connector, found),
    })?;
    let Store::Sqlite(path) = &store;
    options.vault = VaultOption(Some(Arc::new(FileVault::beside(path, connector.name))));
    let sync = Sync::new(connector, settings, options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Store, format!("no threads can be started: {error}")))?;
    if !args.json {
        let from = if sandbox.is_some() { "its sandbox" } else { "the API" };
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
    if json {
        return sync.run(sink, &(), stop).await;
    }
    let lines = Lines::new(&sync.resources());
    sync.run(sink, &lines, stop).await
}

fn start(found: &Found, args: &SyncArgs, settings: &SettingsBuilder) -> Result<Running> {
    let mut sandbox = Sandbox::new(&found.model).log(0);
    // It is the API as it is configured: that of the region that was chosen, or of the way to authenticate.
    for setting in found.plan.settings {
        if let Some(value) = settings.shown(setting.name) {
            sandbox = sandbox.setting(setting.name, &value);
        }
    }
    for (resource, count) in &args.records {
        sandbox = sandbox.records(resource, *count);
    }
    sandbox.start_on_thread().map_err(|error| Error::new(ErrorKind::Config, error.to_string()))
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

/// An unknown resource is an error, with the one that was probably meant.
fn known_resource(connector: &Connector, name: &str) -> Result<()> {
    if connector.resource(name).is_some() {
        return Ok(());
    }
    let all: Vec<_> = connector.resources.iter().map(|resource| resource.name).collect();
    let near = nearest(name, &all);
    let all = all.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let help = match near {
        Some(near) => format!("did you mean `{near}`? its resources: {all}"),
        None => format!("its resources: {all}"),
    };
    Err(Error::new(ErrorKind::Config, format!("`{name}` is not a resource of {}", connector.title)).help(help))
}

/// A base URL that is not the spec's receives the credential: that is fine on this machine, and elsewhere only when
/// the user says so in as many words.
fn may_go_to(base: &str, allowed: Option<&str>) -> Result<()> {
    let refuse = |what: String, help: String| Err(Error::new(ErrorKind::Config, what).help(help));
    let Some(origin) = tapwright_runtime::origin(base) else {
        return refuse("`--base-url` is not a URL".to_owned(), "write it as https://host".to_owned());
    };
    if origin.is_loopback {
        return Ok(());
    }
    match allowed.and_then(tapwright_runtime::origin) {
        Some(allowed) if allowed == origin => Ok(()),
        _ => refuse(
            format!("`--base-url` would send the credential to {}", origin.text),
            format!("add --allow-origin {} if that is meant", origin.text),
        ),
    }
}

/// What to do when the key is missing: where it comes from, and how to go on without one.
fn without_a_key(error: Error, connector: &Connector, found: &Found) -> Error {
    let missing = connector.settings.iter().any(|setting| setting.required && error.message().contains(setting.name));
    if !missing || !error.message().contains("not set") {
        return error;
    }
    let setup: Vec<_> = found.model.setup.iter().map(|step| format!("\n          - {step}")).collect();
    let spec = found.called.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let help = format!(
        "{}{}\n        `{} sync{spec} --sandbox` needs none",
        error.advice().unwrap_or_default(),
        setup.concat(),
        program()
    );
    error.help(help)
}

/// The name that was probably meant: one that holds the word, or one that is alike (`orgs` is 0.66 alike to
/// `organizations`).
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let alike = |known: &str| match name.len() > 2 && known.contains(name) {
        true => 1.0,
        false => strsim::jaro_winkler(known, name),
    };
    let alike = known.iter().map(|known| (alike(known), *known));
    alike.filter(|(alike, _)| *alike > 0.6).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_short_or_misspelt_name_finds_the_one_that_was_meant() {
        let known = ["organizations", "connections", "directories", "auth_events"];
        for (name, meant) in [("orgs", 0), ("conections", 1), ("directory", 2), ("events", 3), ("auth", 3)] {
            assert_eq!(nearest(name, &known), known.get(meant).copied(), "{name}");
        }
        for name in ["x", "users", ""] {
            assert_eq!(nearest(name, &known), None, "{name}");
        }
    }
}
