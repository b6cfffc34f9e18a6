//! Lists are walked exactly, in both directions, from any cursor.

use crate::fixture::*;
use serde_json::{Value, json};
use tapwright_sandbox::Sandbox;

#[tokio::test]
async fn every_record_comes_exactly_once() {
    for count in [0_u64, 1, 99, 100, 101, 10_000] {
        let running = sandbox().records("organizations", count).records("auth_events", count).start().await.unwrap();
        let client = Client::of(&running);
        for url in ["/organizations?order=asc&limit=100".to_owned(), all_events("&limit=100")] {
            let (records, pages) = client.walk(&url, "").await;
            assert_eq!(records.len() as u64, count, "{url}");
            assert_eq!(pages as u64, count.div_ceil(100).max(1), "{url}");
            let ids = texts(&records, "id");
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{url}: not in order, or twice");
        }
    }
}

#[tokio::test]
async fn an_empty_list_ends_at_once() {
    let running = sandbox().records("organizations", 0).start().await.unwrap();
    let got = Client::of(&running).get("/organizations?order=asc").await;
    assert_eq!(got.body.to_string(), r#"{"data":[],"list_metadata":{"after":null,"before":null},"object":"list"}"#);
}

#[tokio::test]
async fn a_page_has_ten_records_unless_asked_and_a_hundred_at_most() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    assert_eq!(client.get("/connections").await.body["data"].as_array().unwrap().len(), 10);
    assert_eq!(client.get("/connections?limit=1").await.body["data"].as_array().unwrap().len(), 1);
    for size in ["0", "101", "-1", "many", ""] {
        let got = client.get(&format!("/connections?limit={size}")).await;
        assert_eq!(got.status, 422, "{size}");
        assert_eq!(got.body["errors"][0]["field"], "limit");
    }
}

#[tokio::test]
async fn entities_are_newest_first_unless_asked_otherwise() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let (plain, _) = client.walk("/connections?limit=60", "").await;
    let (mut ascending, _) = client.walk("/connections?limit=60&order=asc", "").await;
    ascending.reverse();
    assert_eq!(plain.len(), 250);
    assert!(texts(&plain, "created_at").is_sorted_by(|a, b| a >= b));
    assert!(plain == ascending);
    assert_eq!(client.get("/connections?order=sideways").await.status, 422);
}

#[tokio::test]
async fn the_normal_order_swaps_the_cursors() {
    let running = sandbox().records("connections", 25).start().await.unwrap();
    let client = Client::of(&running);
    let page = async |query: String| client.get(&format!("/connections?limit=10&{query}")).await.body;
    let (first, descending) = (page("order=normal".into()).await, page("order=desc".into()).await);
    assert_eq!(first["data"], descending["data"]);
    let cursor = descending["list_metadata"]["after"].as_str().unwrap();
    assert_eq!(first["list_metadata"], json!({ "after": null, "before": cursor }));
    let second = page(format!("order=normal&before={cursor}")).await;
    assert_eq!(second["data"], page(format!("order=desc&after={cursor}")).await["data"]);
    let (on, back) = (&second["list_metadata"]["before"], &second["list_metadata"]["after"]);
    assert_eq!(page(format!("order=normal&after={}", back.as_str().unwrap())).await, first);
    let third = page(format!("order=normal&before={}", on.as_str().unwrap())).await;
    assert_eq!((third["data"].as_array().unwrap().len(), &third["list_metadata"]["before"]), (5, &Value::Null));
}

#[tokio::test]
async fn before_is_the_page_directly_in_front() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    for order in ["asc", "desc"] {
        let (all, _) = client.walk(&format!("/connections?limit=100&order={order}"), "").await;
        let id = |place: usize| all[place]["id"].as_str().unwrap();
        let url = format!("/connections?limit=10&order={order}&before={}", id(35));
        let got = client.get(&url).await;
        assert_eq!(got.body["data"].as_array().unwrap(), &all[25..35], "{order}");
        assert_eq!(got.body["list_metadata"]["before"], id(25));
        assert_eq!(got.body["list_metadata"]["after"], id(34));
        let got = client.get(&format!("/connections?limit=10&order={order}&before={}", id(5))).await;
        assert_eq!(got.body["data"].as_array().unwrap(), &all[..5], "{order}");
        assert!(got.body["list_metadata"]["before"].is_null());
    }
}

#[tokio::test]
async fn an_unknown_cursor_is_refused() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let got = client.get("/connections?after=conn_01EHWNCE74X7JSDV0X3SZ3KJNY").await;
    assert_eq!(got.status, 400);
    assert!(got.body["message"].as_str().unwrap().contains("conn_01EHWNCE74X7JSDV0X3SZ3KJNY"));
    let foreign = client.get("/organizations?order=asc").await.body["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(client.get(&format!("/connections?after={foreign}")).await.status, 400);
}

#[tokio::test]
async fn order_is_ignored_for_events() {
    let running = sandbox().records("auth_events", 300).start().await.unwrap();
    let client = Client::of(&running);
    let plain = client.get(&all_events("&limit=100")).await.body;
    assert_eq!(plain, client.get(&all_events("&limit=100&order=desc")).await.body);
    assert!(plain["list_metadata"].get("before").is_none());
}

#[tokio::test]
async fn ten_million_records_start_at_once() {
    let began = std::time::Instant::now();
    let running =
        sandbox().records("auth_events", 10_000_000).records("connections", 10_000_000).start().await.unwrap();
    let client = Client::of(&running);
    let last = client.get("/connections?limit=1").await;
    assert_eq!(last.status, 200);
    let start = "&limit=100&range_start=2026-11-19T00:00:00Z&range_end=2026-11-20T00:00:00Z";
    let got = client.get(&all_events(start)).await;
    assert_eq!(got.body["data"].as_array().unwrap().len(), 100);
    assert!(got.body["data"][0]["created_at"].as_str().unwrap().starts_with("2026-11-19"));
    // In an unoptimised build; a thousandth of what writing ten million records takes.
    assert!(began.elapsed().as_millis() < 2_000, "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let body = async |sandbox: Sandbox| {
        let running = sandbox.start().await.unwrap();
        let client = Client::of(&running);
        let mut all = String::new();
        for url in
            ["/organizations?order=asc&limit=100".to_owned(), all_events("&limit=100"), "/connections".to_owned()]
        {
            all += &client.send(&url).await.unwrap().text().await.unwrap();
        }
        all
    };
    let first = body(sandbox()).await;
    assert_eq!(first, body(sandbox()).await);
    assert_ne!(first, body(sandbox().seed(8)).await);
}

#[tokio::test]
async fn the_normal_order_of_events_is_their_only_one() {
    let running = sandbox().records("auth_events", 60).start().await.unwrap();
    let client = Client::of(&running);
    let first = client.get(&all_events("&limit=20")).await.body;
    let after = first["list_metadata"]["after"].as_str().unwrap();
    let behind = client.get(&all_events(&format!("&limit=20&after={after}"))).await.body;
    let normal = client.get(&all_events(&format!("&limit=20&order=normal&after={after}"))).await.body;
    assert_eq!(normal, behind);
    assert_ne!(behind["data"], first["data"]);
}
