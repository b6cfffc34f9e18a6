//! What was counted goes with the rows it speaks of, is added up, and is there for the next sync.

mod support;

use support::{connector, page, text};
use tapwright_runtime::{Commit, Count, Counts, Sink, Timestamp};
use tapwright_sqlite::Sqlite;

fn count(what: &str, name: &str, count: u64, second: i64) -> Count {
    let at = Timestamp::from_millis(1_700_000_000_000 + second * 1000).unwrap();
    let (what, name, version) = (what.to_owned(), name.to_owned(), "v1".to_owned());
    Count { what, place: String::new(), name, version, count, first_at: at, last_at: at }
}
