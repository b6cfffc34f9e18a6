//! A process that is killed in the middle of its commits leaves whole commits, and the next one goes on at once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::*;
use tapwright_runtime::{Begin, Sink};
use tapwright_sqlite::Sqlite;

const PAGE: i64 = 100;

/// Run by [`a_killed_sync_leaves_whole_commits`] in a process of its own: pages without end, from the checkpoint on.
#[tokio::test]
async fn child_that_commits_until_it_is_killed() {
    let Some(file) = std::env::var_os("TAPWRIGHT_TEST_KILL") else { return };
    let shop = plain_users();
    let users = &shop.resources[0];
    let (mut sink, begun) = begin(file.as_ref(), shop).await.unwrap();
    let from: i64 = begun.checkpoints[0].as_deref().map_or(0, |text| text.parse().unwrap());
    for number in from.. {
        // The last page before the checkpoint is read again, as an overlap would be.
        let number = if number == from { (from - 1).max(0) } else { number - 1 };
        let ids: Vec<String> = (0..PAGE).map(|at| format!("{:08}", number * PAGE + at)).collect();
        let rows: Vec<_> = ids.iter().map(|id| vec![text(id), text(id)]).collect();
        let mut write = page(users, 1, &rows);
        write.quarantined = vec![bad(&format!("{{\"page\":{number}}}"))];
        commit(&mut sink, vec![write], &(number + 1).to_string()).await.unwrap();
    }
}

#[tokio::test]
async fn a_killed_sync_leaves_whole_commits() {
    let place = place();
    let mut pages = 0;
    for round in 0_u64..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_commits_until_it_is_killed"])
            .env("TAPWRIGHT_TEST_KILL", &place.file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Until it has committed something new, and then a little: the kill falls anywhere in a commit.
        let started = Instant::now();
        let done = || -> i64 {
            let query = "SELECT coalesce(max(CAST(checkpoint AS INTEGER)), 0) FROM _tapwright_checkpoints";
            let there = place.file.exists() && number(&sql(&place.file), "SELECT count(*) FROM sqlite_schema") > 0;
            if there { number(&place.sql(), query) } else { 0 }
        };
        while done() <= pages {
            assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
            assert!(started.elapsed() < Duration::from_secs(30), "the child commits nothing: the lease made it wait");
            std::thread::sleep(Duration::from_millis(3));
        }
        std::thread::sleep(Duration::from_micros(1700 * round));
        child.kill().unwrap();
        child.wait().unwrap();

        let sql = place.sql();
        assert_eq!(lines(&sql, "PRAGMA integrity_check"), ["ok"]);
        let reached = number(&sql, "SELECT CAST(checkpoint AS INTEGER) FROM _tapwright_checkpoints");
        assert!(reached > pages, "round {round} got no further than {pages}");
        pages = reached;
        let query =
            "SELECT count(*), count(DISTINCT id), CAST(min(id) AS INTEGER), CAST(max(id) AS INTEGER) FROM shop_user";
        let rows = pages * PAGE;
        assert_eq!(lines(&sql, query), [format!("{rows}|{rows}|0|{}", rows - 1)], "round {round}");
        assert_eq!(number(&sql, "SELECT count(*) FROM _tapwright_quarantine"), pages);
    }
}

/// A process that is killed while it moves the log leaves a file that is no whole database without the log.
#[tokio::test]
async fn a_log_that_was_moved_in_part_is_moved_on_by_the_next_sync() {
    let place = place();
    let shop = plain_users();
    let mut sink = Sqlite::open(&place.file).unwrap();
    sink.begin(Begin { lease: Duration::ZERO, ..begin_of(shop) }).await.unwrap();
    let ids: Vec<String> = (0..5000).map(|at| format!("u{at:04}")).collect();
    let rows: Vec<_> = ids.iter().map(|id| vec![text(id), text("x")]).collect();
    commit(&mut sink, vec![page(&shop.resources[0], 1, &rows)], "1").await.unwrap();

    // As the disk is while the sync runs; then of what moving the log writes, the first page only.
    let (cut, whole) = (place.file.with_file_name("cut.db"), place.file.with_file_name("whole.db"));
    let log = |file: &std::path::Path| std::path::PathBuf::from(format!("{}-wal", file.display()));
    for copy in [&cut, &whole] {
        std::fs::copy(&place.file, copy).unwrap();
        std::fs::copy(log(&place.file), log(copy)).unwrap();
    }
    let moved = lines(&sql(&whole), "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_eq!(moved, ["0|0|0"]);
    let (mut file, whole) = (std::fs::read(&cut).unwrap(), std::fs::read(&whole).unwrap());
    assert!(file.len() < whole.len(), "the first page says how many there are");
    file[..8192].copy_from_slice(&whole[..8192]);
    std::fs::write(&cut, file).unwrap();

    let status = Sqlite::status(&cut).unwrap();
    assert_eq!(status.connectors.len(), 1, "{status:#?}");
    let (mut sink, begun) = begin(&cut, shop).await.unwrap();
    assert_eq!(begun.checkpoints, [Some("1".to_owned())]);
    commit(&mut sink, vec![page(&shop.resources[0], 1, &[vec![text("u5000"), text("x")]])], "2").await.unwrap();
    drop(sink);
    assert_eq!(lines(&sql(&cut), "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(number(&sql(&cut), "SELECT count(*) FROM shop_user"), 5001);
}
