//! A reader beside the sync sees whole commits, and is never in its way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use support::*;
use tapwright_runtime::Sink as _;
use tapwright_runtime::{Commit, Sweep};

const PAGE: usize = 50;

#[tokio::test]
async fn a_reader_sees_whole_commits() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let reader = {
        let (over, sql) = (Arc::clone(&over), place.sql());
        std::thread::spawn(move || {
            let mut seen = std::collections::BTreeSet::new();
            while !over.load(Ordering::Relaxed) {
                // Rows, their generations and the checkpoint in one statement: one moment.
                let query = "SELECT (SELECT count(*) FROM shop_user), \
                             (SELECT coalesce(max(_generation), 0) FROM shop_user), \
                             (SELECT coalesce(max(CAST(checkpoint AS INTEGER)), 0) FROM _tapwright_checkpoints)";
                let (rows, generation, checkpoint): (i64, i64, i64) =
                    sql.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
                assert_eq!(generation, checkpoint, "a checkpoint without its rows, or rows without it");
                assert_eq!(rows, if checkpoint == 0 { 0 } else { 2 * PAGE as i64 }, "at {checkpoint}");
                seen.insert(checkpoint);
            }
            seen.len()
        })
    };
    for generation in 1..=60 {
        // Every commit writes two pages of new rows and sweeps the rows of the commit before.
        let ids: Vec<String> = (0..2 * PAGE).map(|at| format!("{generation}-{at}")).collect();
        let rows: Vec<_> = ids.iter().map(|id| vec![text(id)]).collect();
        let writes = rows.chunks(PAGE).map(|rows| page(users, generation, rows)).collect();
        let sweeps = vec![Sweep { resource: users, generation, since: generation }];
        let checkpoints = vec![(users, generation.to_string())];
        sink.commit(Commit { writes, sweeps, checkpoints, ..Commit::default() }).await.unwrap();
    }
    over.store(true, Ordering::Relaxed);
    let seen = reader.join().unwrap();
    assert!(seen > 3, "the reader looked in between only {seen} times");
}

#[tokio::test]
async fn a_reader_that_takes_its_time_does_not_hold_the_sync_up() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut sink, vec![page(users, 1, &[vec![text("a")]])], "1").await.unwrap();
    let sql = place.sql();
    sql.execute_batch("BEGIN").unwrap();
    assert_eq!(number(&sql, "SELECT count(*) FROM shop_user"), 1);
    let commit = commit(&mut sink, vec![page(users, 1, &[vec![text("b")]])], "2");
    tokio::time::timeout(std::time::Duration::from_secs(5), commit).await.unwrap().unwrap();
    assert_eq!(number(&sql, "SELECT count(*) FROM shop_user"), 1, "the reader stays at its moment");
    sql.execute_batch("COMMIT").unwrap();
    assert_eq!(number(&sql, "SELECT count(*) FROM shop_user"), 2);
}
