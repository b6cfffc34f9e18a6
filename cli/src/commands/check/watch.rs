//! `check --watch`: again whenever a file is saved.
//!
//! Files are asked for their time and length, for a few of them cost nothing, and that sees every way in which editors save:
//! writing over a file, or putting another in its place, so that for a moment there is none or an empty one.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::{Duration, Instant, SystemTime};

use tapwright_spec::{Checked, Source, check_with};

use super::{pointers, show, sum};
use crate::beside;
use crate::console::{self, BAD, DIM, styled};
use crate::exit::Exit;
use crate::spec::folder;

/// How often files are looked at: a save is seen, checked and shown within a tenth of a second.
const PAUSE: Duration = Duration::from_millis(30);
/// How long a file may be gone, or empty, before that is taken to be meant.
const GRACE: Duration = Duration::from_millis(300);
/// So many mistakes of a file are shown: the next save shows those that follow.
const MOST: usize = 8;
/// Clears a terminal and what it has scrolled; elsewhere it is not written.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub(super) fn watch(files: &[PathBuf]) -> Exit {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        console::usage("interrupts cannot be waited for", "end other programs, or raise the limit on processes");
        return Exit::Failed;
    };
    runtime.block_on(async {
        let mut interrupted = pin!(tokio::signal::ctrl_c());
        let mut watched: Vec<_> = files.iter().map(|file| Watched::new(file)).collect();
        // The first pause is none; it lets the interrupt be listened for before anything is shown.
        let mut pause = Duration::ZERO;
        while tokio::time::timeout(pause, &mut interrupted).await.is_err() {
            pause = PAUSE;
            let looked = Instant::now();
            let changed = watched.iter_mut().filter_map(|watched| watched.look().then_some(())).count();
            if changed > 0 {
                print(&watched, looked.elapsed());
            }
        }
        Exit::Complete
    })
}

fn print(watched: &[Watched], took: Duration) {
    console::out(CLEAR);
    for watched in watched {
        match &watched.found {
            Some(Ok((source, checked))) => {
                show(source, &checked.diagnostics, MOST);
                sum(source, checked);
            }
            Some(Err(why)) => {
                let name = watched.file.display();
                console::out(format_args!("{} `{name}` cannot be read: {why}", styled(BAD, "error:")));
            }
            None => {}
        }
    }
    let shown = watched.iter().filter_map(|watched| watched.found.as_ref()?.as_ref().ok());
    pointers(
        shown.flat_map(|(source, checked)| checked.diagnostics.iter().take(MOST).map(move |found| (source, found))),
    );
    let files: usize = watched.iter().map(|watched| 1 + watched.beside.len()).sum();
    let noun = if files == 1 { "file" } else { "files" };
    let line = format!("checked in {} ms; watching {files} {noun}, Ctrl-C ends", took.as_millis());
    console::out(styled(DIM, line));
}

/// By what it is seen that a file was saved.
#[derive(Clone, Debug, PartialEq)]
struct Stamp {
    time: Option<SystemTime>,
    length: u64,
    number: u64,
}

impl Stamp {
    /// That of a file; none when it is not there, or empty, as it is between being opened and being written.
    fn of(file: &Path) -> Option<Stamp> {
        let facts = std::fs::metadata(file).ok().filter(|facts| facts.is_file() && facts.len() > 0)?;
        Some(Stamp { time: facts.modified().ok(), length: facts.len(), number: number(&facts) })
    }
}

/// What tells a file from another that was put in its place with the same time.
#[cfg(unix)]
fn number(facts: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(facts)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}

/// A spec, the files it names, and what was found.
struct Watched {
    file: PathBuf,
    stamp: Option<Stamp>,
    beside: Vec<(PathBuf, Option<Stamp>)>,
    gone: Option<Instant>,
    found: Option<Result<(Source, Checked), String>>,
}

impl Watched {
    fn new(file: &Path) -> Self {
        Watched { file: file.to_owned(), stamp: None, beside: Vec::new(), gone: None, found: None }
    }

    /// Checks again, if something was saved. Whether there is something new to show.
    fn look(&mut self) -> bool {
        let stamp = Stamp::of(&self.file);
        let beside: Vec<_> = self.beside.iter().map(|(file, _)| Stamp::of(file)).collect();
        let was = self.beside.iter().map(|(_, stamp)| stamp);
        if self.found.is_some() && stamp == self.stamp && beside.iter().eq(was.clone()) {
            self.gone = None;
            return false;
        }
        let is_gone = |was: &Option<Stamp>, is: &Option<Stamp>| was.is_some() && is.is_none();
        if is_gone(&self.stamp, &stamp) || was.zip(&beside).any(|(was, is)| is_gone(was, is)) {
            let since = *self.gone.get_or_insert_with(Instant::now);
            if since.elapsed() < GRACE {
                return false;
            }
        }
        self.gone = None;
        self.check(stamp);
        true
    }

    fn check(&mut self, stamp: Option<Stamp>) {
        // The stamps are older than what is read, so that what is saved meanwhile is read again.
        self.stamp = stamp;
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) => {
                self.found = Some(Err(error.to_string()));
                return;
            }
        };
        let source = Source::new(self.file.display().to_string(), text);
        let read = RefCell::new(Vec::new());
        let checked = check_with(&source, &|path| {
            let file = folder(&self.file).join(path);
            let stamp = Stamp::of(&file);
            read.borrow_mut().push((file, stamp));
            beside::read(folder(&self.file), path)
        });
        let mut beside = read.into_inner();
        beside.dedup_by(|one, other| one.0 == other.0);
        self.beside = beside;
        self.found = Some(Ok((source, checked)));
    }
}
