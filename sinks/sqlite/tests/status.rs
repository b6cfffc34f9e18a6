//! What the database says of its syncs, while one runs and after.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::{Quarantined, Sink, Timestamp};
use tapwright_sqlite::Sqlite;

#[tokio::test]
async fn status_shows_what_there_is() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let started = Timestamp::now();
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let fresh = Sqlite::status(&place.file).unwrap();
    assert_eq!(fresh.connectors.len(), 1);
    let connector = &fresh.connectors[0];
    assert_eq!((connector.name.as_str(), connector.resources.len()), ("shop", 1));
    assert!(connector.report.is_none());
    let (users_status, lease) = (&connector.resources[0], connector.lease.as_ref().unwrap());
    assert_eq!(
        (users_status.name.as_str(), users_status.table.as_str(), users_status.shape.as_str()),
        ("users", "shop_user", "entity")
    );
    assert_eq!((users_status.rows, users_status.quarantined), (0, 0));
    assert!(users_status.checkpoint.is_none() && users_status.sample.is_empty());
    assert!(lease.live && lease.owner == "host pid 1" && lease.expires_at >= started.plus(60_000));

    let mut write = page(users, 1, &[vec![text("a")], vec![text("b")]]);
    write.quarantined = (0..5)
        .map(|at| Quarantined {
            key: None,
            page: 2,
            index: at,
            reason: format!("r{at}"),
            record: format!("{{\"n\":{at}}}"),
        })
        .collect();
    commit(&mut sink, vec![write], "after b").await.unwrap();
    sink.end("{\"status\":\"complete\"}".to_owned()).await.unwrap();
    for _ in 0..2 {
        let status = Sqlite::status(&place.file).unwrap();
        let connector = &status.connectors[0];
        assert!(connector.lease.is_none());
        let (report, ended) = connector.report.as_ref().unwrap();
        assert_eq!(report, "{\"status\":\"complete\"}");
        assert!(*ended >= started && *ended <= Timestamp::now());
        let users = &connector.resources[0];
        assert_eq!((users.rows, users.quarantined), (2, 5));
        let (checkpoint, at) = users.checkpoint.as_ref().unwrap();
        assert!(checkpoint == "after b" && *at >= started && *at <= Timestamp::now());
        let sample: Vec<_> =
            users.sample.iter().map(|one| (one.page, one.index, one.reason.as_str(), one.record.as_str())).collect();
        assert_eq!(sample, [(2, 0, "r0", "{\"n\":0}"), (2, 1, "r1", "{\"n\":1}"), (2, 2, "r2", "{\"n\":2}")]);
    }
    drop(sink);
    assert_eq!(place.files(), ["shop.db"], "looking leaves nothing behind");
    let before = std::fs::read(&place.file).unwrap();
    Sqlite::status(&place.file).unwrap();
    assert_eq!(std::fs::read(&place.file).unwrap(), before);
}

#[tokio::test]
async fn the_last_fifty_reports_are_kept() {
    let (place, shop) = (place(), plain_users());
    let columns = vec![column("id", tapwright_runtime::plan::Type::String, false)];
    let shape = tapwright_runtime::plan::Shape::Entity;
    let other = connector("other", vec![resource("r", row("other_r", shape, &["id"], None, columns))]);
    let (mut sink, _) = begin(&place.file, other).await.unwrap();
    sink.end("other".to_owned()).await.unwrap();
    let mut sink = Sqlite::open(&place.file).unwrap();
    for at in 0..53 {
        sink.begin(begin_of(shop)).await.unwrap();
        sink.end(format!("{at}")).await.unwrap();
    }
    let query = "SELECT count(*), min(CAST(report AS INTEGER)), max(CAST(report AS INTEGER)) FROM _tapwright_reports \
                 WHERE connector = 'shop'";
    assert_eq!(lines(&place.sql(), query), ["50|3|52"]);
    let status = Sqlite::status(&place.file).unwrap();
    let reports: Vec<_> = status.connectors.iter().map(|one| one.report.as_ref().unwrap().0.as_str()).collect();
    assert_eq!(reports, ["other", "52"]);
}
