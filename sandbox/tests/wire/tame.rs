//! What stays tame though records have odd values: what a filter, an expression, a request or a series of numbers looks at.

use std::collections::BTreeSet;

use crate::fixture::*;
use crate::written::spec;
use serde_json::Value;
use tapwright_sandbox::{Change, Running, Sandbox};

/// Every text here is of the kind that may be odd. `title` is looked at by nothing, `label` and what follows by the filter,
/// `message` and the bodies of notes by expressions, `subject` by the request for parts, and `remark` by that for what
/// belongs to those.
const LOOKED_AT: &str = r#"
paging: { tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } } }
types:
  Channel: [web, mail, phone]
resources:
  things:
    description: Things.
    get: /things
    paging: tokens
    records: data
    entity: thing
    key: id
    where: >-
      length(label) >= 0 and all(parts[], part => length(part.comment) >= 0) and length(extra.note) >= 0
    fields:
      title: string
      label: string
      comments: { type: list of string, from: "parts[].comment" }
      extra: json
      free: json
      message: string
      loud: { type: string, from: upper(message) }
      bodies: { type: list of string, from: "notes[].body" }
      louder: { type: list of string, from: "map(notes[], note => upper(note.body))" }
      subject: string
      remark: { type: string, from: remark.description }
    example: { id: th_01EHWNCE74X7JSDV0X3SZ3KJNY, title: A title, label: A label, parts: [{ comment: A comment }],
      extra: { note: A note }, free: { a: 1 }, message: A message, notes: [{ body: A body }], subject: A subject,
      remark: { description: A remark } }
  parts:
    description: Parts.
    for_each: { thing: things }
    get: "/things/{thing.id}/parts"
    query: { of: "{thing.subject}" }
    paging: tokens
    records: data
    entity: part
    key: id
    fields: { name: string, remark: { type: string, from: thing.remark } }
    example: { id: pa_01EHWNCE74X7JSDV0X3SZ3KJNY, name: A name }
  bits:
    description: Bits.
    for_each: { part: parts }
    get: "/parts/{part.id}/bits"
    query: { of: "{part.remark}" }
    paging: tokens
    records: data
    entity: bit
    key: id
    fields: { name: string }
  visits:
    description: How many came.
    get: /visits
    paging: tokens
    records: data
    metric: visits
    start_at: day
    period: 1d
    dimensions: [channel]
    value: [count, ratio, price]
    fields: { channel: Channel, count: integer, ratio: number, price: decimal }
    example: { day: "2026-01-15T00:00:00Z", channel: web, count: 5, ratio: 1.5, price: "1.50" }
"#;

async fn start() -> Running {
    let sandbox = Sandbox::new(&spec(LOOKED_AT)).now(NOW).records("things", 2_000).records("visits", 2_000);
    sandbox.start().await.unwrap()
}

async fn all(running: &Running, path: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = Client::of(running).get(&format!("{path}?limit=100{next}")).await.body;
        found.extend(page["data"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next"].as_str() else { return found };
        next = format!("&cursor={cursor}");
    }
}

/// The texts at a path of a record; of a list all of its items'.
fn said(record: &Value, path: &[&str]) -> Vec<String> {
    match (record, path.split_first()) {
        (Value::Array(items), _) => items.iter().flat_map(|item| said(item, path)).collect(),
        (record, Some((key, rest))) => record.get(key).map(|inner| said(inner, rest)).unwrap_or_default(),
        (Value::String(text), None) => vec![text.clone()],
        (other, None) => vec![other.to_string()],
    }
}

/// Some of the texts that only odd records have.
const ODD: [&str; 4] = ["null", "  spaces around  ", "=1+1", "'; drop table users; --"];

fn is_odd(text: &str) -> bool {
    ODD.contains(&text) || text.chars().count() > 1_000
}

#[tokio::test]
async fn what_nothing_looks_at_is_odd_now_and_then_and_what_anything_looks_at_never_is() {
    let things = all(&start().await, "/things").await;
    let texts = |path: &str| -> Vec<String> {
        let keys: Vec<&str> = path.split('.').collect();
        things.iter().flat_map(|thing| said(thing, &keys)).collect()
    };
    assert!(texts("title").iter().filter(|text| is_odd(text)).count() > 5, "some titles are odd");
    assert!(things.iter().any(|thing| thing["free"] == serde_json::json!([])), "some JSON is odd");
    for path in ["label", "parts.comment", "extra.note", "message", "notes.body", "subject", "remark.description"] {
        let found = texts(path);
        assert!(found.len() > 1_000, "{path} is there {} times", found.len());
        let odd: BTreeSet<&String> = found.iter().filter(|text| is_odd(text)).collect();
        assert!(odd.is_empty(), "{path} is {} odd texts", odd.len());
    }
    assert!(things.iter().all(|thing| thing["extra"]["note"].is_string()), "a filter can look at what it looks at");
}

#[tokio::test]
async fn the_numbers_of_a_series_can_be_added_up() {
    let visits = all(&start().await, "/visits").await;
    assert_eq!(visits.len(), 2_000);
    for visit in &visits {
        let price: f64 = visit["price"].as_str().unwrap().parse().unwrap();
        let (count, ratio) = (visit["count"].as_i64().unwrap(), visit["ratio"].as_f64().unwrap());
        assert!((0..10).contains(&count) && (0.0..1_000.0).contains(&ratio), "{visit}");
        assert!((0.0..10_000.0).contains(&price), "{visit}");
    }
}

#[tokio::test]
async fn what_is_put_in_is_like_most() {
    let running = start().await;
    for _ in 0..130 {
        let id = running.insert("things", &Change::new()).unwrap();
        let thing = running.record("things", &id).unwrap();
        assert!(!is_odd(thing["title"].as_str().unwrap()) && thing["free"].is_object(), "{thing}");
    }
}
