//! The command as a user runs it: a process of its own, in an empty folder, with an environment that says nothing.

#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::{Source, check};

pub(crate) const SPEC: &str = include_str!("../../../connector.yaml");

/// A folder to run in.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Said {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Everything it said is there, in one of the two streams.
    #[track_caller]
    pub(crate) fn says(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.out.contains(text) || self.err.contains(text), "it does not say `{text}`:\n{self:#?}");
        }
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

impl Place {
    pub(crate) fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// The folder, with the key of a sandbox in the environment.
    pub(crate) fn with_key(key: &str) -> Place {
        Place::new().variable("WORKOS_API_KEY", key)
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Place {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program with these arguments, not yet started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.prepare(Command::new(env!("CARGO_BIN_EXE_tapwright")), arguments)
    }

    /// A shell that runs `prelude` and then becomes the program.
    pub(crate) fn after(&self, prelude: &str, arguments: &[&str]) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{prelude}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_tapwright")]);
        self.prepare(shell, arguments)
    }

    fn prepare(&self, mut command: Command, arguments: &[&str]) -> Command {
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// `sync` from a sandbox that runs in the test's own process.
    pub(crate) fn sync(&self, sandbox: &Running, more: &[&str]) -> Said {
        self.run(&sync_from(&sandbox.url(), more))
    }

    pub(crate) fn store(&self) -> Connection {
        Connection::open(self.path("tapwright.db")).unwrap()
    }

    pub(crate) fn number(&self, query: &str) -> i64 {
        self.store().query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// The rows of WorkOS's tables without what counts syncs, as text in the order of their ids.
    pub(crate) fn rows(&self) -> Vec<String> {
        let store = self.store();
        let mut rows = Vec::new();
        for table in ["workos_organization", "workos_connection", "workos_directory", "workos_auth_event"] {
            let mut names = store.prepare(&format!("select name from pragma_table_info('{table}')")).unwrap();
            let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
            let columns: Vec<String> =
                names.filter(|name| name != "_generation").map(|name| format!("quote(\"{name}\")")).collect();
            let query = format!("select '{table} ' || {} from {table} order by id", columns.join(" || ' ' || "));
            let mut select = store.prepare(&query).unwrap();
            rows.extend(select.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
        }
        rows
    }
}

/// The arguments of a sync from an API on this machine.
pub(crate) fn sync_from<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["sync", "--base-url", url][..], more].concat()
}

/// WorkOS's sandbox, in the test's own process, so that it outlives what is killed.
pub(crate) fn workos(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Running {
    let model = check(&Source::new("connector.yaml", SPEC)).model.unwrap();
    set_up(Sandbox::new(&model)).start_on_thread().unwrap()
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_secs(60), "it took too long until {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Sends a signal to a process.
pub(crate) fn signal(name: &str, process: u32) {
    let status = Command::new("kill").args(["-s", name, &process.to_string()]).status().unwrap();
    assert!(status.success());
}

pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
