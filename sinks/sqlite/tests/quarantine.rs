//! A record that cannot be mapped is kept until a row of its key is written, and keeps the row it had before.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::Quarantined;

fn of(key: &str, record: &str) -> Quarantined {
    Quarantined { key: Some(key.to_owned()), ..bad(record) }
}

const KEPT: &str = "SELECT key, record, generation FROM _tapwright_quarantine ORDER BY record";

#[tokio::test]
async fn a_row_of_its_key_releases_it() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let mut first = page(users, 1, &[vec![text("c")]]);
    first.quarantined = vec![of("a", "{a}"), of("b", "{b}"), bad("{without a key}")];
    commit(&mut sink, vec![first], "1").await.unwrap();
    drop(sink);
    // Another process learns from the file that there is something to release.
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut sink, vec![page(users, 1, &[vec![text("a")]])], "2").await.unwrap();
    assert_eq!(lines(&place.sql(), KEPT), ["b|{b}|1", "~|{without a key}|1"]);
    // In one commit, the later page has the last word.
    let mut again = page(users, 1, &[]);
    again.quarantined = vec![of("c", "{c}")];
    commit(&mut sink, vec![page(users, 1, &[vec![text("b")]]), again], "3").await.unwrap();
    assert_eq!(lines(&place.sql(), KEPT), ["c|{c}|1", "~|{without a key}|1"]);
}

#[tokio::test]
async fn of_several_under_one_key_the_last_is_kept() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    for record in ["{a: 1}", "{a: 2}", "{a: 2}", "{a: 3}"] {
        let mut write = page(users, 1, &[]);
        write.quarantined = vec![of("a", record)];
        commit(&mut sink, vec![write], "1").await.unwrap();
    }
    assert_eq!(lines(&place.sql(), KEPT), ["a|{a: 3}|1"]);
}

#[tokio::test]
async fn a_sweep_leaves_the_row_of_a_record_that_was_set_aside() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let all = [vec![text("a")], vec![text("b")], vec![text("c")]];
    commit(&mut sink, vec![page(users, 1, &all)], "1").await.unwrap();
    let mut refresh = page(users, 2, &[vec![text("c")]]);
    refresh.quarantined = vec![of("a", "{a}")];
    commit(&mut sink, vec![refresh], "2").await.unwrap();
    assert_eq!(sweep(&mut sink, users, 2).await.unwrap().deleted, [1]);
    assert_eq!(lines(&place.sql(), "SELECT id FROM shop_user ORDER BY id"), ["a", "c"]);

    // The next refresh does not see it any more.
    commit(&mut sink, vec![page(users, 3, &[vec![text("c")]])], "3").await.unwrap();
    assert_eq!(sweep(&mut sink, users, 3).await.unwrap().deleted, [1]);
    assert_eq!(lines(&place.sql(), "SELECT id FROM shop_user ORDER BY id"), ["c"]);
    assert_eq!(lines(&place.sql(), KEPT), Vec::<String>::new());
}

#[tokio::test]
async fn the_state_of_an_older_release_is_brought_up() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let mut write = page(users, 1, &[]);
    write.quarantined = vec![bad("{old}")];
    commit(&mut sink, vec![write], "1").await.unwrap();
    drop(sink);
    // As the first format was: without the key.
    let older = "DROP INDEX _tapwright_quarantine_of; ALTER TABLE _tapwright_quarantine DROP COLUMN key; \
                 UPDATE _tapwright_meta SET value = '1' WHERE key = 'format'";
    place.sql().execute_batch(older).unwrap();

    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.checkpoints, [Some("1".to_owned())]);
    let mut write = page(users, 1, &[]);
    write.quarantined = vec![of("a", "{new}")];
    commit(&mut sink, vec![write], "2").await.unwrap();
    assert_eq!(lines(&place.sql(), KEPT), ["a|{new}|1", "~|{old}|1"]);
    assert_eq!(number(&place.sql(), "SELECT CAST(value AS INTEGER) FROM _tapwright_meta WHERE key = 'format'"), 2);
}
