//! One sync of a connector at a time; a stopped one does not make the next wait; a late one is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::process::{Child, Command};

use support::*;
use tapwright_runtime::{Commit, ErrorKind, Sink, Timestamp};
use tapwright_sqlite::Sqlite;

fn now() -> i64 {
    Timestamp::now().millis()
}

#[tokio::test]
async fn a_second_sync_is_told_who_is_first() {
    let (place, shop) = (place(), plain_users());
    let (mut first, _) = begin(&place.file, shop).await.unwrap();
    let error = begin(&place.file, shop).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    let until = number(&place.sql(), "SELECT expires_at FROM _tapwright_leases");
    let until = Timestamp::from_millis(until).unwrap();
    assert_eq!(error.message(), format!("another sync of shop is running: host pid 1, until {until}"));
    assert!(error.advice().is_some());
    let users = &shop.resources[0];
    commit(&mut first, vec![page(users, 1, &[vec![text("a")]])], "1").await.unwrap();
}

#[tokio::test]
async fn the_lease_is_free_after_the_end_and_after_a_drop() {
    let (place, shop) = (place(), plain_users());
    let (mut first, _) = begin(&place.file, shop).await.unwrap();
    first.end("{}".to_owned()).await.unwrap();
    let (second, _) = begin(&place.file, shop).await.unwrap();
    assert_eq!(first.commit(Commit::default()).await.unwrap_err().kind(), ErrorKind::Store);
    drop(second);
    let (_third, _) = begin(&place.file, shop).await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT epoch FROM _tapwright_leases"), 3, "an epoch never repeats");
}

#[tokio::test]
async fn an_expired_lease_lapses_and_its_owner_is_refused() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut zombie, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut zombie, vec![page(users, 1, &[vec![text("a")]])], "1").await.unwrap();
    place.sql().execute("UPDATE _tapwright_leases SET expires_at = ?", [now() - 1]).unwrap();
    let (mut heir, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.checkpoints, [Some("1".to_owned())]);

    let error = commit(&mut zombie, vec![page(users, 1, &[vec![text("late")]])], "late").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert_eq!(zombie.end("{\"zombie\": true}".to_owned()).await.unwrap_err().kind(), ErrorKind::Busy);
    drop(zombie);
    assert_eq!(
        begin(&place.file, shop).await.unwrap_err().kind(),
        ErrorKind::Busy,
        "the heir's lease is not its to give"
    );
    commit(&mut heir, vec![page(users, 1, &[vec![text("b")]])], "2").await.unwrap();
    let sql = place.sql();
    assert_eq!(lines(&sql, "SELECT id FROM shop_user ORDER BY id"), ["a", "b"]);
    assert_eq!(lines(&sql, "SELECT checkpoint FROM _tapwright_checkpoints"), ["2"]);
    assert_eq!(number(&sql, "SELECT count(*) FROM _tapwright_reports"), 0);
}

#[tokio::test]
async fn an_expired_lease_that_nobody_took_goes_on() {
    let (place, shop) = (place(), plain_users());
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    place.sql().execute("UPDATE _tapwright_leases SET expires_at = ?", [now() - 1]).unwrap();
    sink.commit(Commit::default()).await.unwrap();
    assert!(number(&place.sql(), "SELECT expires_at FROM _tapwright_leases") > now(), "a commit of nothing renews");
    assert_eq!(begin(&place.file, shop).await.unwrap_err().kind(), ErrorKind::Busy);
}

#[tokio::test]
async fn an_expiry_from_before_the_clock_was_set_back_is_not_waited_for() {
    let (place, shop) = (place(), plain_users());
    let (_first, _) = begin(&place.file, shop).await.unwrap();
    let lasts = i64::try_from(LEASE.as_millis()).unwrap();
    let set = |ahead: i64| {
        place.sql().execute("UPDATE _tapwright_leases SET expires_at = ?", [now() + ahead]).unwrap();
    };
    set(lasts + lasts / 2);
    assert_eq!(begin(&place.file, shop).await.unwrap_err().kind(), ErrorKind::Busy, "a little is waited for");
    set(lasts * 2 + 10_000);
    begin(&place.file, shop).await.unwrap();
}

#[tokio::test]
async fn connectors_have_leases_of_their_own() {
    let place = place();
    let (_first, _) = begin(&place.file, plain_users()).await.unwrap();
    let columns = vec![column("id", tapwright_runtime::plan::Type::String, false)];
    let shape = tapwright_runtime::plan::Shape::Entity;
    let other = connector("other", vec![resource("r", row("other_r", shape, &["id"], None, columns))]);
    begin(&place.file, other).await.unwrap();
}

/// Run by [`a_killed_owner_does_not_make_the_next_wait`] in a process of its own.
#[tokio::test]
async fn child_that_holds_the_lease() {
    let Some(file) = std::env::var_os("TAPWRIGHT_TEST_HOLD") else { return };
    let (_sink, _) = begin(file.as_ref(), plain_users()).await.unwrap();
    std::fs::write(format!("{}.held", file.display()), "").unwrap();
    std::thread::sleep(std::time::Duration::from_secs(60));
}

fn holder(place: &Place) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_holds_the_lease"])
        .env("TAPWRIGHT_TEST_HOLD", &place.file)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let held = place.directory.path().join("shop.db.held");
    for _ in 0..500 {
        if held.exists() {
            return child;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    unreachable!("the child took no lease");
}

#[tokio::test]
async fn a_killed_owner_does_not_make_the_next_wait() {
    let (place, shop) = (place(), plain_users());
    let mut child = holder(&place);
    assert_eq!(begin(&place.file, shop).await.unwrap_err().kind(), ErrorKind::Busy);
    let status = Sqlite::status(&place.file).unwrap();
    assert!(status.connectors[0].lease.as_ref().unwrap().live);

    child.kill().unwrap();
    child.wait().unwrap();
    let status = Sqlite::status(&place.file).unwrap();
    assert!(!status.connectors[0].lease.as_ref().unwrap().live);
    begin(&place.file, shop).await.unwrap();
}

#[tokio::test]
async fn a_dead_number_on_another_machine_is_waited_for() {
    let (place, shop) = (place(), plain_users());
    let mut child = holder(&place);
    child.kill().unwrap();
    child.wait().unwrap();
    place.sql().execute_batch("UPDATE _tapwright_leases SET process = 'elsewhere|' || process").unwrap();
    assert_eq!(begin(&place.file, shop).await.unwrap_err().kind(), ErrorKind::Busy);
}
