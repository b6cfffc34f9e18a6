//! A commit is all or nothing, wherever it fails, and the sink goes on after it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::plan::Resource;
use tapwright_runtime::{Commit, Count, Counts, ErrorKind, Sink, Sweep, Timestamp, Value};

const ROWS: usize = 25;

fn ids(prefix: &str) -> Vec<String> {
    (0..ROWS).map(|at| format!("{prefix}{at:03}")).collect()
}

#[tokio::test]
async fn a_row_that_fails_takes_everything_with_it() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let old = ids("old");
    let rows: Vec<_> = old.iter().map(|id| vec![text(id), text("old")]).collect();
    let mut write = page(users, 1, &rows);
    write.quarantined = vec![bad("{0}")];
    commit(&mut sink, vec![write], "before").await.unwrap();
    let state = || {
        let sql = place.sql();
        [
            lines(&sql, "SELECT id, name, _generation FROM shop_user ORDER BY id"),
            lines(&sql, "SELECT checkpoint FROM _tapwright_checkpoints"),
            lines(&sql, "SELECT record, generation FROM _tapwright_quarantine"),
        ]
    };
    let before = state();

    let new = ids("new");
    let mut failed = 0;
    for k in 0..2 * ROWS {
        // Half of the rows are new, half rewrite old ones; row k breaks a rule of the table.
        let all: Vec<&String> = new.iter().chain(&old).collect();
        let rows: Vec<_> = all
            .iter()
            .enumerate()
            .map(|(at, id)| vec![if at == k { Value::Null } else { text(id) }, text("new")])
            .collect();
        let mut writes: Vec<_> = rows.chunks(10).map(|rows| page(users, 2, rows)).collect();
        writes[0].quarantined = vec![bad("{1}")];
        let sweeps = vec![Sweep { resource: users, generation: 2, since: 2 }];
        let checkpoints = vec![(users, "after".to_owned())];
        let error = sink.commit(Commit { writes, sweeps, checkpoints, ..Commit::default() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store);
        assert!(error.message().contains("NOT NULL constraint failed: shop_user.id"), "{error}");
        assert!(error.advice().is_some());
        assert!(error.context().contains(&("row", (k % 10).to_string())), "{error}");
        assert_eq!(state(), before, "row {k}");
        failed += 1;
    }
    assert_eq!(failed, 2 * ROWS);

    let rows: Vec<_> = new.iter().map(|id| vec![text(id), text("new")]).collect();
    commit(&mut sink, vec![page(users, 2, &rows)], "after").await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 2 * ROWS as i64);
}

/// One more row was counted.
fn one_row(resource: &'static Resource) -> Vec<Counts> {
    let now = Timestamp::now();
    let (place, name, version) = (String::new(), String::new(), String::new());
    let count = Count { what: "row".to_owned(), place, name, version, count: 1, first_at: now, last_at: now };
    vec![Counts { resource, anew: false, counts: vec![count] }]
}

/// The writes behind the rows: each made to fail by a trigger on its table.
#[tokio::test]
async fn quarantine_sweep_checkpoint_counts_and_lease_fail_together_with_the_rows() {
    for (table, event) in [
        ("_tapwright_quarantine", "INSERT"),
        ("shop_user", "DELETE"),
        ("_tapwright_checkpoints", "INSERT"),
        ("_tapwright_checkpoints", "UPDATE"),
        ("_tapwright_seen", "INSERT"),
        ("_tapwright_seen", "UPDATE"),
        ("_tapwright_leases", "UPDATE"),
    ] {
        for action in ["ABORT", "FAIL", "ROLLBACK"] {
            let (place, shop) = (place(), plain_users());
            let users = &shop.resources[0];
            let (mut sink, _) = begin(&place.file, shop).await.unwrap();
            if event == "UPDATE" || event == "DELETE" {
                commit(&mut sink, vec![page(users, 1, &[vec![text("old")]])], "before").await.unwrap();
                sink.commit(Commit { counts: one_row(users), ..Commit::default() }).await.unwrap();
            }
            let state = || {
                let sql = place.sql();
                [
                    lines(&sql, "SELECT * FROM shop_user"),
                    lines(&sql, "SELECT resource, checkpoint FROM _tapwright_checkpoints"),
                    lines(&sql, "SELECT record FROM _tapwright_quarantine"),
                    lines(&sql, "SELECT what, count FROM _tapwright_seen"),
                    lines(&sql, "SELECT expires_at FROM _tapwright_leases"),
                ]
            };
            let before = state();
            let trigger =
                format!("CREATE TRIGGER boom BEFORE {event} ON {table} BEGIN SELECT RAISE({action}, 'boom'); END");
            place.sql().execute_batch(&trigger).unwrap();
            let attempt = || {
                let mut write = page(users, 2, &[vec![text("new")]]);
                write.quarantined = vec![bad("{1}")];
                let sweeps = vec![Sweep { resource: users, generation: 2, since: 2 }];
                Commit {
                    writes: vec![write],
                    sweeps,
                    checkpoints: vec![(users, "after".to_owned())],
                    counts: one_row(users),
                    ..Commit::default()
                }
            };
            let error = sink.commit(attempt()).await.unwrap_err();
            assert!(error.message().contains("boom"), "{table} {event}: {error}");
            assert_eq!(state(), before, "{table} {event} {action}");

            place.sql().execute_batch("DROP TRIGGER boom").unwrap();
            sink.commit(attempt()).await.unwrap();
            assert_eq!(
                lines(&place.sql(), "SELECT id, checkpoint FROM shop_user, _tapwright_checkpoints"),
                ["new|after"]
            );
        }
    }
}

#[tokio::test]
async fn a_begin_that_fails_leaves_tables_and_lease_as_they_were() {
    let place = place();
    place.sql().execute_batch("CREATE TABLE shop_team (theirs)").unwrap();
    let columns = || vec![column("id", tapwright_runtime::plan::Type::String, false)];
    let shape = tapwright_runtime::plan::Shape::Entity;
    let shop = connector(
        "shop",
        vec![
            resource("users", row("shop_user", shape, &["id"], None, columns())),
            resource("teams", row("shop_team", shape, &["id"], None, columns())),
        ],
    );
    let before = std::fs::read(&place.file).unwrap();
    let error = begin(&place.file, shop).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(error.message().contains("`shop_team` is there already"), "{error}");
    assert!(error.context().contains(&("resource", "teams".to_owned())), "{error}");
    assert_eq!(std::fs::read(&place.file).unwrap(), before);
    assert_eq!(place.files(), ["shop.db"]);
}

#[tokio::test]
async fn a_page_of_a_resource_that_was_not_begun_is_refused() {
    let (place, shop) = (place(), plain_users());
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let other = connector("shop", vec![resource("others", shop.resources[0].row)]);
    let writes =
        vec![page(&shop.resources[0], 1, &[vec![text("a")]]), page(&other.resources[0], 1, &[vec![text("b")]])];
    let error = commit(&mut sink, writes, "1").await.unwrap_err();
    assert!(error.message().contains("others"), "{error}");
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 0);
}
