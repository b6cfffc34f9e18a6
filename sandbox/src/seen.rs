//! The log of requests: what was asked, in order, and how it was answered. Bounded: the oldest entries go. It must not
//! know what an answer was made of.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `GET` and so on.
    pub method: String,
    /// The path, as sent.
    pub path: String,
    /// The query without its `?`, as sent, but for the credential; empty when there was none.
    pub query: String,
    /// The body, as sent; empty when there was none.
    pub body: String,
    /// The status it was answered with; 0 when the connection was closed instead.
    pub status: u16,
    /// When it came, since the sandbox was started.
    pub at: Duration,
}

/// The log.
#[derive(Debug)]
pub(crate) struct Log {
    started: Instant,
    capacity: usize,
    count: AtomicU64,
    entries: Mutex<Entries>,
}

/// What is kept, and how many bytes of text that is.
#[derive(Debug, Default)]
struct Entries {
    all: VecDeque<Seen>,
    bytes: usize,
}

/// How many bytes of text the log keeps at most.
const MOST_BYTES: usize = 16 << 20;

impl Seen {
    fn bytes(&self) -> usize {
        self.method.len() + self.path.len() + self.query.len() + self.body.len()
    }
}

impl Log {
    /// One that keeps so many entries.
    pub(crate) fn new(capacity: usize) -> Log {
        Log { started: Instant::now(), capacity, count: AtomicU64::new(0), entries: Mutex::default() }
    }

    /// Keeps an entry.
    pub(crate) fn note(&self, (method, path, query): (&str, &str, &str), body: &[u8], status: u16, came: Instant) {
        self.count.fetch_add(1, Ordering::Relaxed);
        if self.capacity == 0 {
            return;
        }
        let at = came.saturating_duration_since(self.started);
        let (method, path, query) = (method.to_owned(), path.to_owned(), query.to_owned());
        let seen = Seen { method, path, query, body: String::from_utf8_lossy(body).into_owned(), status, at };
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.bytes += seen.bytes();
        entries.all.push_back(seen);
        while entries.all.len() > self.capacity || entries.bytes > MOST_BYTES {
            let Some(oldest) = entries.all.pop_front() else { break };
            entries.bytes -= oldest.bytes();
        }
    }

    /// How many requests there were, kept or not.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// The entries, oldest first.
    pub(crate) fn entries(&self) -> Vec<Seen> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).all.iter().cloned().collect()
    }

    /// Forgets all entries.
    pub(crate) fn clear(&self) {
        *self.entries.lock().unwrap_or_else(PoisonError::into_inner) = Entries::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_bounded_by_entries_and_by_bytes() {
        let log = Log::new(3);
        for nth in 0..5 {
            log.note(("GET", &format!("/{nth}"), ""), b"", 200, Instant::now());
        }
        let paths: Vec<String> = log.entries().into_iter().map(|seen| seen.path).collect();
        assert_eq!((paths.join(""), log.count()), ("/2/3/4".to_owned(), 5));
        let log = Log::new(10_000);
        let long = vec![b'x'; 1 << 20];
        for _ in 0..40 {
            log.note(("POST", "/", ""), &long, 200, Instant::now());
        }
        assert_eq!((log.entries().len(), log.count()), (15, 40));
        log.clear();
        log.note(("GET", "/", ""), b"", 200, Instant::now());
        assert_eq!(log.entries().len(), 1);
    }
}
