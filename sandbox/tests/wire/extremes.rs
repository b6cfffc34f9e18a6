//! What no client in its right mind asks, and what is odd to order: it is answered all the same, and what is answered is true.

use std::time::{Duration, Instant};

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Running, Sandbox};

const LISTS: &str = r#"
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 50 } }
types:
  Channel: [web, mail, phone]
resources:
  hits:
    description: H.
    get: /hits
    paging: tokens
    records: data
    event: hit
    key: id
    at: { from: at, format: unix_millis }
    incremental: { window: { from: query.since, to: query.until, at_most: 30d, format: unix_millis } }
    fields: { name: string }
    example: { id: hit_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: 1768478400000 }
  logs:
    description: L.
    get: /logs
    paging: tokens
    records: data
    event: log
    key: id
    at: at
    incremental: { window: { from: query.since, format: "%Y-%m-%d %H:%M:%S %z" } }
    fields: { name: string }
    example: { id: log_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  calls:
    description: C.
    get: /calls
    paging: tokens
    records: data
    event: call
    key: id
    at: at
    incremental: { window: { from: query.since, to: query.until, at_most: 30d } }
    fields: { name: string }
    example: { id: call_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  things:
    description: T.
    get: /things
    paging: tokens
    records: data
    entity: thing
    key: id
    updated_at: changed
    fields: { name: string }
    example: { id: th_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, changed: "2026-01-15T12:00:00Z" }
  visits:
    description: How many came.
    get: /visits
    paging: tokens
    records: data
    metric: visits
    start_at: day
    period: 1d
    dimensions: [channel]
    value: count
    fields: { channel: Channel, count: integer }
    example: { day: "2026-01-15T00:00:00Z", channel: web, count: 12 }
"#;

async fn start() -> Running {
    Sandbox::new(&spec(LISTS)).now(NOW).records("things", 120).records("visits", 30).start().await.unwrap()
}

async fn walk(client: &Client<'_>, path: &str) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let got = client.get(&format!("{path}?limit=50{next}")).await;
        assert_eq!(got.status, 200, "{path}{next}: {}", got.body);
        all.extend(got.body["data"].as_array().unwrap().iter().cloned());
        let Some(cursor) = got.body["next"].as_str() else { return all };
        next = format!("&cursor={cursor}");
    }
}

#[tokio::test]
async fn moments_beyond_any_calendar_are_refused_and_the_connection_stays() {
    let running = start().await;
    let client = Client::of(&running);
    for (path, status) in [
        ("/hits?since=-9223372036854775808&until=9223372036854775807", 400),
        ("/hits?since=9223372036854775807", 200),
        ("/hits?since=9223372036854775808", 422),
        ("/logs?since=2026-01-01%2012:00:00%20%2B009223372036854775807", 422),
        ("/calls?since=999999999999-01-01T00:00:00Z", 422),
        ("/calls?since=2026-01-01T00:00:00%2B999999999999:00", 422),
        ("/calls?since=0000-01-01T00:00:00Z&until=9999-12-31T23:59:59Z", 400),
    ] {
        assert_eq!(client.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn orders_at_the_ends_of_time_do_no_harm() {
    let running = start().await;
    let client = Client::of(&running);
    let insert = async |at: Value| client.post("/__sandbox/insert", json!({"resource": "things", "at": at})).await;
    for at in [json!(i64::MAX), json!(i64::MIN), json!(253_402_300_800_000_i64), json!(-62_167_219_200_001_i64)] {
        let got = insert(at.clone()).await;
        assert_eq!((got.status, &got.body["message"]), (400, &json!("`at` must be in the years 0 to 9999")), "{at}");
    }
    assert_eq!(insert(json!("999999999999-01-01")).await.status, 400);
    let last = insert(json!("9999-12-31T23:59:59.999Z")).await.body["id"].as_str().unwrap().to_owned();
    assert_eq!(insert(json!("0000-01-01")).await.status, 200);
    let order = json!({"resource": "things"});
    let behind = client.post("/__sandbox/insert", order).await.body["id"].as_str().unwrap().to_owned();
    let ids: Vec<Value> = walk(&client, "/things").await.iter().map(|thing| thing["id"].clone()).collect();
    assert_eq!(ids[..2], [json!(behind), json!(last)], "newest first, and nothing is later than the last moment");
    assert_eq!(ids.len(), 123);
    running.insert("things", &Change::new().at(i64::MAX)).unwrap();
    running.insert("things", &Change::new()).unwrap();
}

#[tokio::test]
async fn a_record_whose_id_was_altered_is_altered_and_taken_out_by_the_id_it_came_with() {
    let running = start().await;
    let client = Client::of(&running);
    let before = walk(&client, "/things").await;
    let inserted = running.insert("things", &Change::new().at(NOW - 400 * DAY)).unwrap();
    // A computed record at the end of a page, and one that was put in.
    for id in [before[49]["id"].as_str().unwrap(), inserted.as_str()] {
        for name in ["First", "Second"] {
            let change = Change::new().set("id", "odd").set("name", name);
            running.update("things", id, &change).unwrap();
            assert_eq!(running.record("things", id).unwrap()["name"], name);
            let all = walk(&client, "/things").await;
            assert_eq!(all.len(), 121, "a cursor behind it leads on");
            assert_eq!(all.iter().filter(|thing| thing["id"] == "odd" && thing["name"] == name).count(), 1);
        }
        running.delete("things", id).unwrap();
        assert!(walk(&client, "/things").await.iter().all(|thing| thing["id"] != "odd"), "it is gone");
        assert!(running.record("things", id).is_err());
        if id != inserted {
            running.insert("things", &Change::new()).unwrap();
        }
    }
    assert_eq!(running.count("things").unwrap(), walk(&client, "/things").await.len() as u64);
}

#[tokio::test]
async fn a_number_about_a_span_is_told_with_its_moment() {
    let running = start().await;
    let client = Client::of(&running);
    let visits = walk(&client, "/visits").await;
    for visit in [&visits[0], &visits[29]] {
        let day = visit["day"].as_str().unwrap();
        let id = format!("{}/{day}", visit["channel"].as_str().unwrap());
        let other = format!("{day}/{}", visit["channel"].as_str().unwrap());
        let known = if running.record("visits", &id).is_ok() { id } else { other };
        let got = client.post("/__sandbox/record", json!({"resource": "visits", "id": known})).await;
        assert_eq!((got.status, &got.body["record"], &got.body["at"]), (200, visit, &visit["day"]), "{}", got.body);
    }
}

#[tokio::test]
async fn a_request_that_is_refused_is_not_one_that_was_answered() {
    let running = start().await;
    let client = Client::of(&running);
    running.churn(2.0);
    for path in ["/things?cursor=nobody", "/things?limit=51", "/things?colour=red"] {
        assert!((400..500).contains(&client.get(path).await.status), "{path}");
    }
    let state = client.control("").await;
    let things = &state["resources"][3];
    for key in ["requests", "inserted", "updated", "deleted"] {
        assert_eq!(things[key], 0, "{key}: {state}");
    }
    assert_eq!(state["requests"], 3);
    assert_eq!(client.get("/things").await.status, 200);
    assert_eq!(client.control("").await["resources"][3]["requests"], 1);
}

#[tokio::test]
async fn orders_are_met_by_no_limit_and_no_latency_and_are_not_counted() {
    let sandbox = Sandbox::new(&spec(LISTS)).rate_limit(1, Duration::from_secs(60)).latency(Duration::from_millis(400));
    let running = sandbox.start().await.unwrap();
    let client = Client::of(&running);
    running.fail("*", tapwright_sandbox::Fault::Reset.always()).unwrap();
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(client.post("/__sandbox/churn", json!({"rate": 0})).await.status, 200);
        assert_eq!(client.control("").await["requests"], 0);
    }
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!((running.request_count(), running.requests().len()), (0, 0));
}

#[tokio::test]
async fn an_order_that_is_too_long_is_told_so_and_not_carried_out() {
    let running = start().await;
    let client = Client::of(&running);
    let order = json!({"resource": "things", "set": {"name": "x".repeat(1 << 20)}});
    let got = client.post("/__sandbox/insert", order).await;
    assert_eq!((got.status, got.body["message"].is_string()), (413, true), "{}", got.body);
    let got =
        client.post("/__sandbox/insert", json!({"resource": "things", "set": {"name": "x".repeat(1_000_000)}})).await;
    assert_eq!(got.status, 200);
    assert_eq!(running.count("things").unwrap(), 121);
}

#[tokio::test]
async fn every_status_can_be_ordered() {
    let running = start().await;
    let client = Client::of(&running);
    for status in [200, 204, 205, 206, 299, 301, 304, 399, 400, 417, 451, 500, 511, 599] {
        let order = json!({"resource": "things", "fault": "answer", "status": status, "body": "{\"a\": 1}"});
        assert_eq!(client.post("/__sandbox/fail", order).await.status, 200);
        assert_eq!(client.get("/things").await.status, status);
        assert_eq!(client.get("/things").await.status, 200, "behind {status}");
    }
}
