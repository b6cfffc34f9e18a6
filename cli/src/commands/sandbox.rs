//! `tapwright sandbox`: a spec served as an API until interrupted.

use std::time::Duration;

use tapwright_runtime::plan::{Connector, Setting};
use tapwright_sandbox::{Running, Sandbox};

use crate::Known;
use crate::args::SandboxArgs;
use crate::console::{self, BOLD, styled};
use crate::exit::Exit;
use crate::spec::find;

pub(crate) fn sandbox(known: &[Known], args: &SandboxArgs) -> Exit {
    let found = match find(known, args.spec.as_deref()) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let mut sandbox =
        Sandbox::new(&found.model).seed(args.seed).port(args.port).latency(Duration::from_millis(args.latency));
    for (resource, count) in &args.records {
        sandbox = sandbox.records(resource, *count);
    }
    if let Some(rate) = args.rate {
        sandbox = sandbox.rate_limit(rate, Duration::from_secs(1));
    }
    if let Some(rate) = args.faults {
        sandbox = sandbox.fault_rate(rate, args.seed);
    }
    if let Some(rate) = args.churn {
        sandbox = sandbox.churn(rate);
    }
    if let Some(lasts) = args.token_lasts {
        sandbox = sandbox.token_lasts(lasts);
    }
    for (name, value) in &args.set {
        sandbox = sandbox.setting(name, value);
    }
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        console::usage("no threads can be started", "end other programs, or raise the limit on processes");
        return Exit::Failed;
    };
    runtime.block_on(async {
        let running = match sandbox.start().await {
            Ok(running) => running,
            Err(error) => {
                let names: Vec<_> = found.model.resources.iter().map(|resource| resource.name.as_str()).collect();
                console::usage(error, format_args!("resources: {}; --port 0 takes a free port", names.join(", ")));
                return Exit::Usage;
            }
        };
        let (title, url) = (&found.model.title, running.url());
        console::out(format_args!("{} serves {title} at {url}", styled(BOLD, "sandbox")));
        for resource in &found.model.resources {
            console::out(format_args!("  {}", resource.name));
        }
        match (running.key(), taken(found.plan, &running).as_slice()) {
            ("", _) => {}
            (key, [] | [_]) => console::out(format_args!("it takes the credential {key}")),
            (_, settings) => {
                console::out("it takes a client that has");
                for (name, value) in settings {
                    console::out(format_args!("  {name}={value}"));
                }
            }
        }
        console::out(format_args!("it takes orders at {url}/__sandbox (docs/SANDBOX.md)"));
        console::out("Ctrl-C stops it");
        drop(tokio::signal::ctrl_c().await);
        running.shutdown().await;
        Exit::Complete
    })
}

/// What a client has to be given, by variable where there is one: what is secret, and what has no default.
fn taken(connector: &Connector, running: &Running) -> Vec<(&'static str, String)> {
    let values: Vec<(&str, String)> = running.settings().collect();
    let value = |setting: &Setting| {
        let found = values.iter().find(|(name, _)| *name == setting.name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let counts = |setting: &&'static Setting| {
        let only = setting.only_for.as_ref();
        let is_chosen = only.is_none_or(|only| {
            let other = connector.settings.get(usize::from(only.setting));
            other.is_some_and(|other| only.values.contains(&value(other).as_str()))
        });
        is_chosen && (setting.is_secret() || setting.required)
    };
    let settings: &'static [Setting] = connector.settings;
    let name = |setting: &'static Setting| setting.env.unwrap_or(setting.name);
    settings.iter().filter(counts).map(|setting| (name(setting), quoted(&value(setting)))).collect()
}

/// As a shell takes it.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@,".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}
