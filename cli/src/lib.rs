//! The `tapwright` command.
//!
//! A program that compiled its own connector gets the same command for it with [`run`]: see `examples/command.rs`.
//!
//! This crate puts the others together and talks to people. It decides nothing about data.

mod args;
mod beside;
mod commands;
mod console;
mod exit;
mod pages;
mod progress;
mod rewrite;
mod settings;
mod source;
mod spec;
mod store;
mod table;
mod vault;

use std::process::ExitCode;

use clap::Parser;
use tapwright_runtime::HookSet;
use tapwright_runtime::plan::Connector;

use args::{Args, Command};
use exit::Exit;

/// A connector that is compiled in.
#[derive(Clone, Debug)]
pub struct Known {
    plan: &'static Connector,
    spec: &'static str,
    file: &'static str,
    files: &'static [(&'static str, &'static str)],
    hooks: HookSet,
}

impl Known {
    /// A connector by its tables (`Connector::PLAN`), the text of its spec, which is what the sandbox serves, and the name
    /// of the spec's file, for messages.
    #[must_use]
    pub fn new(plan: &'static Connector, spec: &'static str, file: &'static str) -> Self {
        Known { plan, spec, file, files: &[], hooks: HookSet::new() }
    }

    /// With the files that its spec names: `Connector::FILES`.
    #[must_use]
    pub fn files(self, files: &'static [(&'static str, &'static str)]) -> Self {
        Known { files, ..self }
    }

    /// With what its records go through: its `Hooks`.
    #[must_use]
    pub fn hooks(self, hooks: impl Into<HookSet>) -> Self {
        Known { hooks: hooks.into(), ..self }
    }
}

/// Runs the command that the process was started with, `known` being the connectors compiled in. The first is meant
/// when no spec is named.
#[must_use]
pub fn run(known: &[Known]) -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors, and go to standard output.
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Complete };
            drop(error.print());
            return code.into();
        }
    };
    commands::log(args.verbose);
    match args.command {
        Command::Sync(args) => commands::sync(known, &args),
        Command::Check(args) => commands::check(known, &args),
        Command::Explain(args) => commands::explain(&args),
        Command::Expand(args) => commands::expand(known, &args),
        Command::Sandbox(args) => commands::sandbox(known, &args),
        Command::Status(args) => commands::status(&args),
        Command::Drift(args) => commands::drift(known, &args),
        Command::New(args) => commands::new(&args),
        Command::Try(args) => commands::trial(known, &args),
        Command::Test(args) => commands::test(known, &args),
        Command::Docs(args) => commands::docs(known, &args),
        Command::Schema => commands::schema(),
        Command::Import(command) => commands::import(&command),
    }
    .into()
}
