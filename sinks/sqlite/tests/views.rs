//! The five views show every connector's rows by shape.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::Value;
use tapwright_runtime::plan::{Connector, Shape, Type};

fn full() -> &'static Connector {
    let entity = vec![
        column("id", Type::String, false),
        column("updated_at", MOMENT, true),
        column("it's", Type::String, true),
        column("size", Type::Integer, true),
        column("ratio", Type::Number, true),
        column("price", Type::Decimal, true),
        column("active", Type::Boolean, true),
        column("created", MOMENT, true),
        column("meta", Type::Json, true),
        column("tags", Type::List, true),
    ];
    let event =
        vec![column("id", Type::String, false), column("at", MOMENT, false), column("what", Type::String, true)];
    let pair =
        vec![column("a", Type::String, false), column("b", Type::Integer, false), column("v", Type::String, true)];
    connector(
        "shop",
        vec![
            resource("users", row("shop_user", Shape::Entity, &["id"], Some("updated_at"), entity)),
            resource("orders", row("shop_order", Shape::Event, &["id"], Some("at"), event)),
            resource("pairs", row("shop_pair", Shape::Entity, &["a", "b"], None, pair)),
        ],
    )
}

#[tokio::test]
async fn attributes_are_json_of_the_fields() {
    let (place, shop) = (place(), full());
    let (mut sink, begun) = begin(&place.file, shop).await.unwrap();
    assert!(begun.notes.is_empty(), "{:?}", begun.notes);
    let user = vec![
        text("u1"),
        moment(1000),
        text("x\"y"),
        Value::Integer(7),
        Value::Number(0.5),
        text("1.10"),
        Value::Boolean(false),
        moment(5),
        text("{\"a\":[1,{\"b\":null}]}"),
        text("[\"p\",\"q\"]"),
    ];
    let broken = vec![
        text("u2"),
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Boolean(true),
        Value::Null,
        text("{broken"),
        Value::Null,
    ];
    let order = vec![text("o1"), moment(2000), text("paid")];
    let pair = vec![text("x"), Value::Integer(2), text("v")];
    let [users, orders, pairs] = [0, 1, 2].map(|at| &shop.resources[at]);
    let writes = vec![page(users, 1, &[user, broken]), page(orders, 1, &[order]), page(pairs, 1, &[pair])];
    commit(&mut sink, writes, "1").await.unwrap();
    let sql = place.sql();
    assert_eq!(
        lines(&sql, "SELECT connector, type, id, attributes, updated_at FROM entities ORDER BY id"),
        [
            "shop|shop_pair|[\"x\",2]|{\"a\":\"x\",\"b\":2,\"v\":\"v\"}|~",
            "shop|shop_user|u1|{\"it's\":\"x\\\"y\",\"size\":7,\"ratio\":0.5,\"price\":\"1.10\",\"active\":false,\
             \"created\":5,\"meta\":{\"a\":[1,{\"b\":null}]},\"tags\":[\"p\",\"q\"]}|1000",
            "shop|shop_user|u2|{\"it's\":null,\"size\":null,\"ratio\":null,\"price\":null,\"active\":true,\
             \"created\":null,\"meta\":\"{broken\",\"tags\":null}|~",
        ]
    );
    assert_eq!(
        lines(&sql, "SELECT connector, name, id, start_ts, attributes FROM events"),
        ["shop|shop_order|o1|2000|{\"what\":\"paid\"}"]
    );
    for (view, columns) in [
        ("metrics", "connector, name, ts, value, dimensions"),
        ("edges", "connector, type, from_type, from_id, to_type, to_id, attributes"),
        ("distributions", "connector, name, ts, count, sum, buckets, dimensions"),
    ] {
        assert!(lines(&sql, &format!("SELECT {columns} FROM {view}")).is_empty());
    }
}

#[tokio::test]
async fn all_connectors_are_shown() {
    let place = place();
    begin(&place.file, full()).await.unwrap();
    let columns = vec![column("id", Type::String, false)];
    let other = connector("o'ther", vec![resource("r", row("other_r", Shape::Entity, &["id"], None, columns))]);
    let (mut sink, _) = begin(&place.file, other).await.unwrap();
    commit(&mut sink, vec![page(&other.resources[0], 1, &[vec![text("x")]])], "1").await.unwrap();
    drop(sink);
    let (mut sink, _) = begin(&place.file, full()).await.unwrap();
    let orders = &full().resources[1];
    commit(&mut sink, vec![page(orders, 1, &[vec![text("o"), moment(1)]])], "1").await.unwrap();
    let both = lines(&place.sql(), "SELECT connector, id FROM entities UNION SELECT connector, id FROM events");
    assert_eq!(both, ["o'ther|x", "shop|o"]);
}

#[tokio::test]
async fn a_users_own_view_or_table_of_the_name_is_left_alone() {
    let place = place();
    place.sql().execute_batch("CREATE TABLE Events (mine); CREATE VIEW edges AS SELECT 1 AS mine").unwrap();
    let (_, begun) = begin(&place.file, full()).await.unwrap();
    let note = |name| format!("the view {name} was not made: something else has its name");
    assert_eq!(begun.notes, [note("events"), note("edges")]);
    let sql = place.sql();
    assert!(lines(&sql, "SELECT mine FROM events").is_empty());
    assert_eq!(lines(&sql, "SELECT mine FROM edges"), ["1"]);
    assert!(lines(&sql, "SELECT id FROM entities").is_empty());
}

#[tokio::test]
async fn a_row_of_many_columns_is_shown_whole() {
    let names: Vec<&'static str> = (0..700).map(|at| &*format!("c{at}").leak()).collect();
    let mut columns = vec![column("id", Type::String, false)];
    columns.extend(names.iter().map(|name| column(name, Type::String, true)));
    let (place, shop) = (place(), users(columns));
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let row: Vec<Value<'_>> = std::iter::once("id").chain(names.iter().copied()).map(text).collect();
    commit(&mut sink, vec![page(&shop.resources[0], 1, &[row])], "1").await.unwrap();
    let query = "SELECT count(*), count(value), min(key = value) FROM entities, json_each(attributes)";
    assert_eq!(lines(&place.sql(), query), ["700|700|1"]);
}

/// The face by shape costs no more than the table does: asking for an id of a type reads that table by its key.
#[tokio::test]
async fn attributes_that_are_not_asked_for_are_not_made() {
    let (place, shop) = (place(), full());
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    let ids: Vec<String> = (0..20_000).map(|at| at.to_string()).collect();
    let rows: Vec<_> = ids.iter().map(|id| vec![text(id), moment(1), text("x")]).collect();
    commit(&mut sink, vec![page(&shop.resources[0], 1, &rows)], "1").await.unwrap();
    let sql = place.sql();
    let time = |query: &str| {
        let took = |_| {
            let started = std::time::Instant::now();
            assert_eq!(number(&sql, query), 20_000);
            started.elapsed()
        };
        (0..5).map(took).min().unwrap()
    };
    let ids = time("SELECT count(id) FROM entities WHERE connector = 'shop'");
    let all = time("SELECT count(attributes) FROM entities WHERE connector = 'shop'");
    assert!(ids * 3 < all, "{ids:?} without the attributes, {all:?} with them");
}
