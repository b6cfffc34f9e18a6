//! Rows go in by their key, once, with all their values; a sweep takes away what another refresh wrote.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::plan::{Shape, Type};
use tapwright_runtime::{Commit, Quarantined, Sink, Sweep, Value};

#[tokio::test]
async fn a_row_replaces_the_row_of_its_key() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let rows = vec![vec![text("a"), text("Ann")], vec![text("b"), text("Bob")], vec![text("a"), text("Anna")]];
    commit(&mut sink, vec![page(users, 1, &rows)], "1").await.unwrap();
    commit(&mut sink, vec![page(users, 2, &[vec![text("b"), Value::Null]])], "2").await.unwrap();
    let all = lines(&place.sql(), "SELECT id, name, _generation FROM shop_user ORDER BY id");
    assert_eq!(all, ["a|Anna|1", "b|~|2"]);
}

#[tokio::test]
async fn a_key_of_two_columns_is_one_key() {
    let columns =
        vec![column("team", Type::String, false), column("n", Type::Integer, false), column("v", Type::String, true)];
    let shop = connector("shop", vec![resource("m", row("shop_m", Shape::Entity, &["team", "n"], None, columns))]);
    let (place, m) = (place(), &shop.resources[0]);
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let row = |team, n, v| vec![text(team), Value::Integer(n), text(v)];
    let rows = [row("x", 1, "a"), row("x", 2, "b"), row("y", 1, "c"), row("x", 1, "d")];
    commit(&mut sink, vec![page(m, 1, &rows)], "1").await.unwrap();
    let all = lines(&place.sql(), "SELECT team, n, v FROM shop_m ORDER BY team, n");
    assert_eq!(all, ["x|1|d", "x|2|b", "y|1|c"]);
}

#[tokio::test]
async fn every_type_is_kept_as_it_came() {
    let columns = vec![
        column("id", Type::String, false),
        column("whole", Type::Integer, true),
        column("number", Type::Number, true),
        column("price", Type::Decimal, true),
        column("flag", Type::Boolean, true),
        column("at", MOMENT, true),
        column("day", Type::Date, true),
        column("json", Type::Json, true),
        column("list", Type::List, true),
        column("kind", Type::Enum { name: "Kind", values: &["a"] }, true),
        column("select \"from\"", Type::String, true),
    ];
    let shop = users(columns);
    let (place, users) = (place(), &shop.resources[0]);
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let full = vec![
        text("a\u{0}\u{1F980}'\""),
        Value::Integer(i64::MIN),
        Value::Number(0.1),
        text("1.10"),
        Value::Boolean(true),
        moment(-1),
        text("2026-01-15"),
        text("{ \"a\": 1.0 }"),
        text("[\"x\"]"),
        text("not known"),
        text("; DROP TABLE shop_user"),
    ];
    let mut empty = vec![Value::Null; 11];
    empty[0] = text("b");
    commit(&mut sink, vec![page(users, 1, &[full, empty])], "1").await.unwrap();
    let sql = place.sql();
    assert_eq!(
        lines(&sql, "SELECT * FROM shop_user ORDER BY id"),
        [
            "a\u{0}\u{1F980}'\"|-9223372036854775808|0.1|1.10|1|-1|2026-01-15|{ \"a\": 1.0 }|[\"x\"]|not known|\
             ; DROP TABLE shop_user|1",
            "b|~|~|~|~|~|~|~|~|~|~|1"
        ]
    );
    let types = "SELECT type FROM pragma_table_info('shop_user') ORDER BY cid";
    let expected =
        ["TEXT", "INTEGER", "REAL", "TEXT", "INTEGER", "INTEGER", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "INTEGER"];
    assert_eq!(lines(&sql, types), expected);
    assert_eq!(number(&sql, "SELECT strict FROM pragma_table_list WHERE name = 'shop_user'"), 1);
    assert_eq!(lines(&sql, "SELECT name FROM pragma_table_info('shop_user') WHERE \"notnull\""), ["id", "_generation"]);
}

#[tokio::test]
async fn a_sweep_takes_the_other_generations_and_nothing_else() {
    let columns = || vec![column("id", Type::String, false), column("name", Type::String, true)];
    let shop = connector(
        "shop",
        vec![
            resource("users", row("shop_user", Shape::Entity, &["id"], None, columns())),
            resource("teams", row("shop_team", Shape::Entity, &["id"], None, columns())),
        ],
    );
    let (place, users, teams) = (place(), &shop.resources[0], &shop.resources[1]);
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let named = |id: &'static str| vec![text(id), text(id)];
    let mut first = page(users, 1, &[named("a"), named("b"), named("c")]);
    first.quarantined = vec![bad("{1}"), bad("{2}")];
    let mut other = page(teams, 1, &[named("t")]);
    other.quarantined = vec![bad("{1}")];
    commit(&mut sink, vec![first, other], "1").await.unwrap();
    // A refresh that was given up may have written a greater generation.
    commit(&mut sink, vec![page(users, 5, &[named("e")])], "1").await.unwrap();
    let mut second = page(users, 2, &[named("b"), named("d")]);
    second.quarantined = vec![bad("{2}")];
    commit(&mut sink, vec![second], "2").await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 5, "readers keep the old until the sweep");

    let swept = sweep(&mut sink, users, 2).await.unwrap();
    assert_eq!(swept.deleted, [3]);
    let sql = place.sql();
    assert_eq!(lines(&sql, "SELECT id FROM shop_user ORDER BY id"), ["b", "d"]);
    assert_eq!(lines(&sql, "SELECT id FROM shop_team"), ["t"]);
    let quarantine = "SELECT resource, record, generation FROM _tapwright_quarantine ORDER BY 1, 2";
    assert_eq!(lines(&sql, quarantine), ["teams|{1}|1", "users|{2}|2"]);
}

#[tokio::test]
async fn writes_of_a_commit_come_before_its_sweeps() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut sink, vec![page(users, 1, &[vec![text("a")], vec![text("b")]])], "1").await.unwrap();
    let writes = vec![page(users, 2, &[vec![text("a")]])];
    let sweeps = vec![Sweep { resource: users, generation: 2, since: 2 }];
    let checkpoints = vec![(users, "done".to_owned())];
    let committed = sink.commit(Commit { writes, sweeps, checkpoints, ..Commit::default() }).await.unwrap();
    assert_eq!(committed.deleted, [1]);
    assert_eq!(lines(&place.sql(), "SELECT id, _generation FROM shop_user"), ["a|2"]);
}

#[tokio::test]
async fn a_quarantined_record_is_kept_once_and_whole() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    for generation in 1..=3 {
        let mut write = page(users, generation, &[]);
        let moved =
            Quarantined { key: None, page: 7, index: 9, reason: "again".to_owned(), record: "{\"id\": 2}".to_owned() };
        write.quarantined = vec![bad("{\"id\": 1}"), moved];
        commit(&mut sink, vec![write], "1").await.unwrap();
    }
    let query = "SELECT connector, resource, generation, page, position, reason, record FROM _tapwright_quarantine \
                 ORDER BY record";
    let expected = ["shop|users|3|1|0|name is not a string|{\"id\": 1}", "shop|users|3|7|9|again|{\"id\": 2}"];
    assert_eq!(lines(&place.sql(), query), expected);
}

#[tokio::test]
async fn a_reopened_file_has_its_rows_and_checkpoints() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.checkpoints, [None]);
    commit(&mut sink, vec![page(users, 1, &[vec![text("a")]])], "after a").await.unwrap();
    sink.end("{}".to_owned()).await.unwrap();
    drop(sink);
    assert_eq!(place.files(), ["shop.db"], "a closed database is one file");

    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert_eq!(begun.checkpoints, [Some("after a".to_owned())]);
    assert!(begun.notes.is_empty(), "{:?}", begun.notes);
    commit(&mut sink, vec![page(users, 1, &[vec![text("b")]])], "after b").await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 2);
}

#[tokio::test]
async fn two_connectors_share_a_file() {
    let columns = || vec![column("id", Type::String, false)];
    let one = connector("one", vec![resource("r", row("one_r", Shape::Entity, &["id"], None, columns()))]);
    let two = connector("two", vec![resource("r", row("two_r", Shape::Entity, &["id"], None, columns()))]);
    let place = place();
    let (mut first, _) = begin(&place.file, one).await.unwrap();
    let (mut second, _) = begin(&place.file, two).await.unwrap();
    for id in ["a", "b", "c"] {
        let (r1, r2) = (&one.resources[0], &two.resources[0]);
        let (a, b) = tokio::join!(
            commit(&mut first, vec![page(r1, 1, &[vec![text(id)]])], id),
            commit(&mut second, vec![page(r2, 1, &[vec![text(id)]])], id)
        );
        a.unwrap();
        b.unwrap();
    }
    let query = "SELECT connector, checkpoint FROM _tapwright_checkpoints ORDER BY 1";
    assert_eq!(lines(&place.sql(), query), ["one|c", "two|c"]);
    assert_eq!(number(&place.sql(), "SELECT (SELECT count(*) FROM one_r) + (SELECT count(*) FROM two_r)"), 6);
}

#[tokio::test]
async fn a_dropped_future_does_not_break_the_sink() {
    let (place, shop) = (place(), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    drop(commit(&mut sink, vec![page(users, 1, &[vec![text("never sent")]])], "0"));
    commit(&mut sink, vec![page(users, 1, &[vec![text("b")]])], "1").await.unwrap();
    assert_eq!(lines(&place.sql(), "SELECT id FROM shop_user"), ["b"]);
}
