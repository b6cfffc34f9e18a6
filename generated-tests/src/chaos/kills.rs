//! The real command, killed at random moments, and resumed. Beside it a reader polls what a dashboard would show.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tapwright_sandbox::{Change, Running, Sandbox};

use super::Dice;
use crate::{WORKOS, model};

const TABLES: [(&str, &str); 4] = [
    ("organizations", "workos_organization"),
    ("connections", "workos_connection"),
    ("directories", "workos_directory"),
    ("auth_events", "workos_auth_event"),
];

/// What was tried, and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kills {
    /// Rounds: a store each, brought to its end.
    pub rounds: u64,
    /// Processes that were killed before they had ended.
    pub kills: u64,
    /// Processes that were asked to stop by a signal they can hear, and did.
    pub stops: u64,
    /// Syncs that took up what an earlier one had left.
    pub resumes: u64,
    /// Rows that an undisturbed sync would have left and that are missing or other than they should be.
    pub lost: u64,
    /// Rows that are there and should not be.
    pub doubled: u64,
    /// Looks of a reader that saw fewer rows of a table than were there before the sync began.
    pub partial_reads: u64,
    /// Looks of a reader in all.
    pub looks: u64,
}

impl Kills {
    /// Adds another run's.
    pub fn add(&mut self, other: Kills) {
        self.rounds += other.rounds;
        self.kills += other.kills;
        self.stops += other.stops;
        self.resumes += other.resumes;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.partial_reads += other.partial_reads;
        self.looks += other.looks;
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        (self.lost, self.doubled, self.partial_reads) == (0, 0, 0)
    }
}

impl fmt::Display for Kills {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills, {} resumes, {} lost, {} duplicated, {} partial reads ({} rounds, {} stops, {} looks of a reader)",
            self.kills, self.resumes, self.lost, self.doubled, self.partial_reads, self.rounds, self.stops, self.looks
        )
    }
}

/// One round of a seed: a source, perhaps one that fails a third of the requests; a store, perhaps one that an earlier
/// sync has filled, and the source changed since; then up to seven syncs that are killed or stopped, and one that is not.
///
/// # Panics
/// When the command does not do at all what it should, such as never coming to its end.
#[must_use]
pub fn kill_and_resume(command: &Path, seed: u64) -> Kills {
    let mut dice = Dice::new(seed);
    let mut found = Kills { rounds: 1, ..Kills::default() };
    let faulty = dice.once_in(4);
    let source = source(&mut dice, faulty, seed);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = folder.path().join("store.db");
    let round = Round { command, source: &source, store: &store };

    if dice.once_in(2) {
        round.to_the_end(&mut found);
        change(&source, &mut dice);
    }
    let before = counts(&store);
    let reader = Reader::start(&store, before);
    // A sync that nobody disturbs takes somewhat longer, for its requests alone: most are killed before they end.
    let longest = if faulty { 900 } else { 150 };
    for _ in 0..=dice.below(7) {
        let mut child = round.start();
        thread::sleep(Duration::from_micros(dice.below(longest * 1000)));
        if dice.once_in(6) {
            let signal = if dice.once_in(2) { "TERM" } else { "INT" };
            let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
            assert!(sent.is_ok());
            let stopped = child.wait().expect("it ends").code() == Some(1);
            found.stops += u64::from(stopped);
        } else {
            child.kill().expect("it can be killed");
            let killed = child.wait().expect("it ends").code().is_none();
            found.kills += u64::from(killed);
        }
    }
    round.to_the_end(&mut found);
    (found.looks, found.partial_reads) = reader.stop();

    let undisturbed = folder.path().join("undisturbed.db");
    Round { store: &undisturbed, ..round }.to_the_end(&mut Kills::default());
    for (_, table) in TABLES {
        let (expected, is) = (rows(&undisturbed, table), rows(&store, table));
        found.lost += expected.iter().filter(|row| is.binary_search(row).is_err()).count() as u64;
        found.doubled += is.iter().filter(|row| expected.binary_search(row).is_err()).count() as u64;
        found.doubled += is.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64;
    }
    found
}

fn source(dice: &mut Dice, faulty: bool, seed: u64) -> Running {
    let sandbox = Sandbox::new(&model(WORKOS))
        .seed(seed)
        .records("organizations", 100 + dice.below(900))
        .records("connections", dice.below(300))
        .records("directories", dice.below(150))
        .records("auth_events", 500 + dice.below(4000))
        // Well within the look-back, whatever the time of day.
        .history(Duration::from_secs(80 * 86_400))
        .setting("authEventsLookbackDays", "90")
        .latency(Duration::from_millis(4 + dice.below(6)))
        .log(0);
    let sandbox = if faulty { sandbox.fault_rate(0.3, seed) } else { sandbox };
    sandbox.start_on_thread().expect("the sandbox starts")
}

/// What happens at the source between two syncs; nothing goes away, so that a reader need never see less.
fn change(source: &Running, dice: &mut Dice) {
    for number in 0..dice.below(60) {
        let name = format!("Renamed {number}");
        let new = source.insert("organizations", &Change::new().set("name", name.clone())).expect("a new one");
        if dice.once_in(3) {
            source.update("organizations", &new, &Change::new().set("name", name + " again")).expect("it is there");
        }
    }
    for _ in 0..dice.below(300) {
        source.insert("auth_events", &Change::new()).expect("a new one");
    }
}

struct Round<'r> {
    command: &'r Path,
    source: &'r Running,
    store: &'r PathBuf,
}

impl Round<'_> {
    fn start(&self) -> Child {
        let mut command = Command::new(self.command);
        command.args(["sync", "--json", "--base-url", &self.source.url(), "--set", "authEventsLookbackDays=90"]);
        command.arg("--to").arg(format!("sqlite:{}", self.store.display()));
        command.env_clear().env("WORKOS_API_KEY", self.source.key());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command starts")
    }

    /// Syncs until a sync is complete.
    fn to_the_end(&self, found: &mut Kills) {
        let mut said = String::new();
        for _ in 0..8 {
            let output = self.start().wait_with_output().expect("it ends");
            said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            found.resumes += u64::from(said.contains("\"mode\":\"resumed\""));
            if output.status.success() {
                return;
            }
        }
        panic!("it does not come to its end: {said}");
    }
}

fn open(store: &Path) -> Connection {
    let connection = Connection::open(store).expect("the store opens");
    connection.busy_timeout(Duration::from_secs(10)).expect("a time-out");
    connection
}

fn count(connection: &Connection, table: &str) -> Option<u64> {
    let count = connection.query_row(&format!("select count(*) from {table}"), [], |row| row.get::<_, i64>(0));
    count.ok().and_then(|count| u64::try_from(count).ok())
}

fn counts(store: &Path) -> [u64; 4] {
    if !store.exists() {
        return [0; 4];
    }
    let connection = open(store);
    TABLES.map(|(_, table)| count(&connection, table).unwrap_or(0))
}

/// A table's rows as text, sorted, without what counts syncs.
fn rows(store: &Path, table: &str) -> Vec<String> {
    let connection = open(store);
    let mut names = connection.prepare("select name from pragma_table_info(?)").expect("a query");
    let names = names.query_map([table], |row| row.get::<_, String>(0)).expect("columns");
    let columns: Vec<String> = names
        .map(|name| name.expect("a column"))
        .filter(|name| name != "_generation")
        .map(|name| format!("quote(\"{name}\")"))
        .collect();
    let query = format!("select {} from {table}", columns.join(" || ' ' || "));
    let mut select = connection.prepare(&query).expect("a query");
    let rows = select.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    let mut rows: Vec<String> = rows.map(|row| row.expect("a row")).collect();
    rows.sort_unstable();
    rows
}

/// Looks at the store as a dashboard does.
struct Reader {
    over: Arc<AtomicBool>,
    thread: JoinHandle<(u64, u64)>,
}

impl Reader {
    fn start(store: &Path, before: [u64; 4]) -> Reader {
        let over = Arc::new(AtomicBool::new(false));
        let (ended, store) = (Arc::clone(&over), store.to_owned());
        let thread = thread::spawn(move || {
            let (mut looks, mut partial) = (0, 0);
            let start = Instant::now();
            while !ended.load(Ordering::Relaxed) && start.elapsed() < Duration::from_secs(600) {
                thread::sleep(Duration::from_millis(2));
                if before == [0; 4] {
                    // There is nothing yet that could become less.
                    continue;
                }
                let connection = open(&store);
                for ((_, table), before) in TABLES.iter().zip(before) {
                    let Some(now) = count(&connection, table) else { continue };
                    looks += 1;
                    partial += u64::from(now < before);
                }
            }
            (looks, partial)
        });
        Reader { over, thread }
    }

    fn stop(self) -> (u64, u64) {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().expect("the reader ends")
    }
}
