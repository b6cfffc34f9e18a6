//! What a request narrows a list down to: a window that templates say, a window beside the record to go on behind, a feed, and
//! what stands exactly at an end.

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Running, Sandbox};

const LISTS: &str = r#"
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 50 } }
  last: { cursor: { from: last.at, to: query.behind }, size: { to: query.limit, value: 50 } }
resources:
  said:
    description: The window stands in the query.
    get: /said
    query: { q: "at:[{window.start} TO {window.end}] and more" }
    paging: tokens
    records: data
    event: said
    key: id
    at: at
    incremental: { window: { at_most: 30d } }
    fields: { name: string }
    example: { id: said_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  posted:
    description: The window stands in the body.
    post: /posted
    json: { filters: [{ from: "{window.start}", to: "{window.end}" }] }
    paging: tokens
    records: data
    event: posted
    key: id
    at: { from: at, format: unix_millis }
    incremental: { window: { at_most: 30d, format: unix_millis } }
    fields: { name: string }
    example: { id: posted_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: 1768478400000 }
  hits:
    description: A window beside a cursor.
    get: /hits
    paging: tokens
    records: data
    event: hit
    key: id
    at: at
    incremental: { window: { from: query.since, to: query.until } }
    fields: { name: string }
    example: { id: hit_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  firsts:
    description: A window on the first page, and a record to go on behind.
    get: /firsts
    paging: tokens
    records: data
    event: first
    key: id
    at: at
    incremental:
      continue: { from: last.id, to: query.since_id }
      window: { from: query.since, to: query.until, on: first_page }
    fields: { name: string }
    example: { id: first_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  boths:
    description: A moment to go on from, and a window.
    get: /boths
    paging: tokens
    records: data
    event: both
    key: id
    at: at
    incremental:
      continue: { from: last.at, to: query.from_at }
      window: { from: query.since }
    fields: { name: string }
    example: { id: both_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  feed:
    description: Newest first.
    get: /feed
    paging: tokens
    records: data
    event: fed
    key: id
    at: at
    incremental: { feed: newest_first, lookback: 45d }
    fields: { name: string }
    example: { id: fed_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
  seconds:
    description: Behind the second of the last one.
    get: /seconds
    paging: last
    records: data
    event: second
    key: id
    at: { from: at, format: unix_seconds }
    fields: { name: string }
    example: { id: second_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: 1768478400 }
  downs:
    description: The same, newest first.
    get: /downs
    paging: last
    records: data
    event: down
    key: id
    at: { from: at, format: unix_seconds }
    incremental: { feed: newest_first, lookback: 45d }
    fields: { name: string }
    example: { id: down_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: 1768478400 }
"#;

async fn start() -> Running {
    let names = ["said", "posted", "hits", "firsts", "boths", "feed", "seconds", "downs"];
    let sandbox = names.iter().fold(Sandbox::new(&spec(LISTS)).now(NOW), |sandbox, name| sandbox.records(name, 890));
    sandbox.start().await.unwrap()
}

fn data(got: &Got) -> &Vec<Value> {
    assert_eq!(got.status, 200, "{}", got.body);
    got.body["data"].as_array().unwrap()
}

/// The moment of a record that says it in RFC 3339, perhaps in another way than most.
fn at(running: &Running, name: &str, record: &Value) -> i64 {
    running.moment(name, record["id"].as_str().unwrap()).unwrap()
}

/// The texts of two moments, of which the first is a millisecond before the third's record.
const FROM: &str = "2026-11-01T00:00:00.000Z";
const TO: &str = "2026-11-04T00:00:00.000Z";
const SPAN: std::ops::Range<i64> = NOW - 19 * DAY..NOW - 16 * DAY;

#[tokio::test]
async fn a_window_that_templates_say_is_kept_to() {
    let running = start().await;
    let client = Client::of(&running);
    let q = |from: &str, to: &str| format!("/said?limit=50&q=at:%5B{from}+TO+{to}%5D+and+more");
    let got = client.get(&q(FROM, TO)).await;
    let moments: Vec<i64> = data(&got).iter().map(|record| at(&running, "said", record)).collect();
    assert!(moments.len() > 20 && moments.iter().all(|at| SPAN.contains(at)), "{moments:?}");
    for (query, said) in [
        (q(FROM, "2026-12-04T00:00:00Z"), "longer than 720 hours"),
        (q(TO, FROM), "after the end"),
        (q(FROM, "soon"), "no moment"),
        (q(FROM, TO).replace("+and+more", "+and+less"), "parameter 'q' must be"),
        (q(FROM, TO).replace("at:", "on:"), "parameter 'q' must be"),
    ] {
        let got = client.get(&query).await;
        let message = got.body["message"].as_str().unwrap();
        assert!((400..500).contains(&got.status) && message.contains(said), "{query}: {} {message}", got.status);
    }
    let body = |from: i64, to: i64| json!({"filters": [{"from": from, "to": to}]});
    let got = client.post_json("/posted?limit=50", &body(SPAN.start, SPAN.end)).await;
    let moments: Vec<i64> = data(&got).iter().map(|record| record["at"].as_i64().unwrap()).collect();
    assert!(moments.len() > 20 && moments.iter().all(|at| SPAN.contains(at)), "{moments:?}");
    assert_eq!(client.post_json("/posted", &body(SPAN.start, SPAN.start + 31 * DAY)).await.status, 400);
}

#[tokio::test]
async fn a_window_has_its_start_and_has_not_its_end_whatever_stands_there() {
    let running = start().await;
    let client = Client::of(&running);
    // Two moments that computed records have, and some that are put in there.
    let within = format!("/hits?limit=50&since={FROM}&until={TO}");
    let computed = data(&client.get(&within).await).clone();
    let (from, to) = (at(&running, "hits", &computed[3]), at(&running, "hits", &computed[12]));
    for moment in [from - 1, from, to - 1, to] {
        running.insert("hits", &Change::new().at(moment)).unwrap();
    }
    let text = |moment: i64| {
        let id = running.insert("feed", &Change::new().at(moment)).unwrap();
        running.record("feed", &id).unwrap()["at"].as_str().unwrap().to_owned()
    };
    let got = client.get(&format!("/hits?limit=50&since={}&until={}", text(from), text(to))).await;
    let moments: Vec<i64> = data(&got).iter().map(|record| at(&running, "hits", record)).collect();
    let before_end = computed.iter().filter(|record| (from..to).contains(&at(&running, "hits", record))).count();
    assert_eq!(moments.len(), before_end + 2, "{moments:?} of {from} to {to}");
    assert!(
        moments.iter().all(|moment| (from..to).contains(moment)) && moments[0] == from && moments.contains(&(to - 1))
    );
}

#[tokio::test]
async fn a_cursor_outside_of_a_window_does_not_widen_it() {
    let running = start().await;
    let client = Client::of(&running);
    for moment in [SPAN.start - 2 * DAY, SPAN.start - 1, SPAN.start + 1, SPAN.end + DAY] {
        running.insert("hits", &Change::new().at(moment)).unwrap();
    }
    let window = format!("&limit=50&since={FROM}&until={TO}");
    let right = data(&client.get(&format!("/hits?{}", &window[1..])).await).clone();
    let early = client.get("/hits?limit=50&since=2026-10-01T00:00:00Z&until=2026-10-02T00:00:00Z").await;
    let early = data(&early)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(data(&client.get(&format!("/hits?cursor={early}{window}")).await), &right, "from a cursor before it");
    let late = client.get("/hits?limit=50&since=2026-11-10T00:00:00Z&until=2026-11-11T00:00:00Z").await;
    let late = data(&late)[0]["id"].as_str().unwrap().to_owned();
    assert!(data(&client.get(&format!("/hits?cursor={late}{window}")).await).is_empty(), "from a cursor behind it");
    assert_eq!(data(&client.get(&format!("/hits?before={late}{window}")).await), &right, "back from behind it");
}

#[tokio::test]
async fn a_window_of_the_first_page_stands_beside_nothing_that_goes_on() {
    let running = start().await;
    let client = Client::of(&running);
    let id = data(&client.get("/firsts?limit=50").await)[3]["id"].as_str().unwrap().to_owned();
    assert_eq!(client.get(&format!("/firsts?since={FROM}&until={TO}")).await.status, 200);
    assert_eq!(client.get(&format!("/firsts?since_id={id}")).await.status, 200);
    for rest in [
        format!("cursor={id}&since={FROM}"),
        format!("cursor={id}&until={TO}"),
        format!("since_id={id}&since={FROM}"),
        format!("since_id={id}&until={TO}"),
    ] {
        let got = client.get(&format!("/firsts?{rest}")).await;
        assert!(
            got.status == 400 && got.body["message"].as_str().unwrap().contains("exclusive"),
            "{rest}: {}",
            got.body
        );
    }
}

#[tokio::test]
async fn of_a_moment_to_go_on_from_and_a_window_the_later_holds() {
    let running = start().await;
    let client = Client::of(&running);
    for (from_at, since) in [(FROM, TO), (TO, FROM)] {
        let got = client.get(&format!("/boths?limit=50&from_at={from_at}&since={since}")).await;
        let first = at(&running, "boths", &data(&got)[0]);
        assert!((SPAN.end..SPAN.end + DAY).contains(&first), "{from_at} and {since}: {first}");
    }
}

#[tokio::test]
async fn a_feed_is_newest_first_whatever_is_asked_for() {
    let running = start().await;
    let client = Client::of(&running);
    running.insert("feed", &Change::new()).unwrap();
    running.insert("feed", &Change::new().at(NOW - 30 * DAY)).unwrap();
    let (mut moments, mut next) = (Vec::new(), String::new());
    loop {
        let got = client.get(&format!("/feed?limit=50{next}")).await;
        moments.extend(data(&got).iter().map(|record| at(&running, "feed", record)));
        let Some(cursor) = got.body["next"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!((moments.len(), moments[0]), (892, NOW + 1));
    assert!(moments.is_sorted_by(|one, other| one >= other));
    let plain = client.get("/feed?limit=50").await.body;
    for order in ["asc", "desc"] {
        assert_eq!(client.get(&format!("/feed?limit=50&order={order}")).await.body, plain, "{order}");
    }
}

#[tokio::test]
async fn behind_a_moment_is_behind_all_that_the_format_does_not_tell_from_it() {
    let running = start().await;
    let client = Client::of(&running);
    for (name, down) in [("seconds", false), ("downs", true)] {
        for rest in [0, 1, 400, 999, 1_000] {
            running.insert(name, &Change::new().at(SPAN.start + rest)).unwrap();
        }
        let got = client.get(&format!("/{name}?limit=50&behind={}", SPAN.start / 1_000)).await;
        let moments: Vec<i64> = data(&got).iter().map(|record| record["at"].as_i64().unwrap()).collect();
        let second = SPAN.start / 1_000;
        assert_eq!(moments.len(), 50);
        match down {
            false => assert!(moments[0] == second + 1 && moments.is_sorted(), "{moments:?}"),
            true => assert!(moments.iter().all(|at| *at < second), "{moments:?}"),
        }
    }
}
