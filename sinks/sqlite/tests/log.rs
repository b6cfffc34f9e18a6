//! The write-ahead log is moved into the database while a sync goes on, so that neither it nor a commit grows without
//! bound.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use support::*;

const MIB: u64 = 1 << 20;

fn size(place: &Place, name: &str) -> u64 {
    fs::metadata(place.directory.path().join(name)).map_or(0, |file| file.len())
}

#[tokio::test]
async fn it_stays_short_however_much_is_written() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let long = "x".repeat(1 << 20);
    let mut longest = 0;
    for id in 0..200 {
        let id = id.to_string();
        commit(&mut sink, vec![page(users, 1, &[vec![text(&id), text(&long)]])], &id).await.unwrap();
        longest = longest.max(size(&place, "shop.db-wal"));
    }
    assert!(longest <= 100 * MIB, "the log was {} MiB long", longest / MIB);
    assert!(size(&place, "shop.db") >= 100 * MIB, "nothing was moved before the end");
    drop(sink);
    assert_eq!(place.files(), ["shop.db"]);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user WHERE length(name) = 1048576"), 200);
}

#[tokio::test]
async fn a_reader_of_an_old_state_holds_it_up_and_nothing_is_lost() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut sink, vec![page(users, 1, &[vec![text("first")]])], "1").await.unwrap();
    let reader = place.sql();
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(number(&reader, "SELECT count(*) FROM shop_user"), 1);
    let long = "x".repeat(1 << 20);
    for id in 0..90 {
        let id = id.to_string();
        commit(&mut sink, vec![page(users, 1, &[vec![text(&id), text(&long)]])], &id).await.unwrap();
    }
    assert!(size(&place, "shop.db-wal") > 85 * MIB, "the reader needs the log");
    assert_eq!(number(&reader, "SELECT count(*) FROM shop_user"), 1, "a reader sees one state");
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    drop(sink);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 91);
}
