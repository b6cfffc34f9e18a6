//! What was counted is added up, belongs to its resource, and is there for the next sync.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::plan::{Connector, Resource, Shape, Type};
use tapwright_runtime::{Commit, Count, Counts, Sink, Timestamp};
use tapwright_sqlite::Sqlite;

fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000 + second * 1000).unwrap()
}

fn count(name: &str, count: u64, second: i64) -> Count {
    let (what, place, version) = ("field".to_owned(), String::new(), "v1".to_owned());
    Count { what, place, name: name.to_owned(), version, count, first_at: at(second), last_at: at(second) }
}

async fn add(sink: &mut Sqlite, resource: &'static Resource, anew: bool, counts: Vec<Count>) {
    let counts = vec![Counts { resource, anew, counts }];
    sink.commit(Commit { counts, ..Commit::default() }).await.unwrap();
}

fn two() -> &'static Connector {
    let columns = || vec![column("id", Type::String, false)];
    connector(
        "shop",
        vec![
            resource("users", row("shop_user", Shape::Entity, &["id"], None, columns())),
            resource("teams", row("shop_team", Shape::Entity, &["id"], None, columns())),
        ],
    )
}

#[tokio::test]
async fn counts_are_added_up_and_are_there_for_the_next_sync() {
    let (place, shop) = (place(), two());
    let [users, teams] = [&shop.resources[0], &shop.resources[1]];
    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.counts, [vec![], vec![]]);
    add(&mut sink, users, false, vec![count("plan", 2, 0), count("seats", 1, 0)]).await;
    add(&mut sink, teams, false, vec![count("plan", 7, 1)]).await;
    add(&mut sink, users, false, vec![count("plan", 3, 5)]).await;
    let plan = Count { last_at: at(5), ..count("plan", 5, 0) };
    let expected = [vec![plan, count("seats", 1, 0)], vec![count("plan", 7, 1)]];
    assert_eq!(Sqlite::counts(&place.file, "shop", &["users", "teams"]).unwrap(), expected, "also while a sync runs");
    sink.end("{}".to_owned()).await.unwrap();
    drop(sink);
    let (_sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.counts, expected);
    assert_eq!(Sqlite::counts(&place.file, "another", &["users"]).unwrap(), [vec![]]);
}

#[tokio::test]
async fn counts_that_begin_anew_leave_nothing_of_the_old_ones_of_their_resource() {
    let (place, shop) = (place(), two());
    let [users, teams] = [&shop.resources[0], &shop.resources[1]];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    add(&mut sink, users, false, vec![count("plan", 2, 0), count("seats", 1, 0)]).await;
    add(&mut sink, teams, false, vec![count("plan", 7, 1)]).await;
    add(&mut sink, users, true, vec![count("plan", 4, 3)]).await;
    let expected = [vec![count("plan", 4, 3)], vec![count("plan", 7, 1)]];
    assert_eq!(Sqlite::counts(&place.file, "shop", &["users", "teams"]).unwrap(), expected);
}

#[tokio::test]
async fn a_store_of_a_release_that_did_not_count_is_read_and_brought_up_to_this_one() {
    let (place, shop) = (place(), two());
    let (sink, _) = begin(&place.file, shop).await.unwrap();
    drop(sink);
    place.sql().execute_batch("DROP TABLE _tapwright_seen").unwrap();
    assert_eq!(Sqlite::counts(&place.file, "shop", &["users"]).unwrap(), [vec![]]);
    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.counts, [vec![], vec![]]);
    add(&mut sink, &shop.resources[0], false, vec![count("plan", 1, 0)]).await;
    assert_eq!(Sqlite::counts(&place.file, "shop", &["users"]).unwrap(), [vec![count("plan", 1, 0)]]);
}
