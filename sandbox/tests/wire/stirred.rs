//! Where changes happen by themselves: in the list that was read, behind the answer, and by what that list has answered alone.

use std::collections::BTreeMap;

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Running, Sandbox};

/// Teams and rooms, the members of teams; what is said of a team once; numbers by day; what is sorted by its change.
const LISTS: &str = r#"
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } }
types:
  Channel: [web, mail, phone]
resources:
  teams: { description: T., get: /teams, paging: tokens, records: data, entity: team, key: id, fields: { name: string } }
  rooms: { description: R., get: /rooms, paging: tokens, records: data, entity: room, key: id, fields: { name: string } }
  members:
    description: Members.
    for_each: { team: teams }
    get: "/teams/{team.id}/members"
    paging: tokens
    records: data
    entity: member
    key: id
    fields: { name: string }
  badges:
    description: What a team wears.
    for_each: { team: teams }
    get: "/teams/{team.id}/badge"
    paging: none
    records: data
    entity: badge
    key: team.id
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
    value: count
    fields: { channel: Channel, count: integer, note: string? }
    example: { day: "2026-01-15T00:00:00Z", channel: web, count: 12, note: sunny }
  calls:
    description: Calls.
    get: /calls
    paging: tokens
    records: data
    event: call
    key: id
    at: at
    incremental: { window: { from: query.since }, overlap: 10m }
    fields: { name: string }
    example: { id: call_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, at: "2026-01-15T12:00:00Z" }
"#;

async fn start() -> Running {
    let sandbox = Sandbox::new(&spec(LISTS)).now(NOW).seed(7).records("teams", 8).records("members", 200);
    sandbox.records("rooms", 60).records("badges", 8).records("visits", 90).records("calls", 60).start().await.unwrap()
}

/// The records of a list that is one page, by their ids.
async fn read(client: &Client<'_>, path: &str) -> BTreeMap<String, Value> {
    let got = client.get(&format!("{path}?limit=100")).await;
    assert_eq!((got.status, &got.body["next"]), (200, &Value::Null), "{path}: {}", got.body);
    let records = got.body["data"].as_array().unwrap();
    records.iter().map(|record| (record["id"].as_str().unwrap().to_owned(), record.clone())).collect()
}

/// The paths of the members of all teams, those of the largest first.
async fn members(client: &Client<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for id in read(client, "/teams").await.into_keys() {
        let path = format!("/teams/{id}/members");
        paths.push((read(client, &path).await.len(), path));
    }
    paths.sort();
    paths.into_iter().rev().map(|(_, path)| path).collect()
}

/// How many records of a resource came, changed and went, as the sandbox counts them.
async fn counted(client: &Client<'_>, name: &str) -> [u64; 3] {
    let state = client.control("").await;
    let list = state["resources"].as_array().unwrap().iter().find(|list| list["name"] == name).unwrap().clone();
    ["inserted", "updated", "deleted"].map(|kind| list[kind].as_u64().unwrap())
}

#[tokio::test]
async fn what_other_lists_answer_in_between_changes_nothing_of_what_happens() {
    // What a list has come to: which of its first records are left, what they are called, and how many are new.
    let state = |begun: &BTreeMap<String, Value>, now: BTreeMap<String, Value>| {
        let new = now.keys().filter(|id| !begun.contains_key(*id)).count();
        let left = now.into_iter().filter(|(id, _)| begun.contains_key(id));
        (left.map(|(id, record)| (id, record["name"].clone())).collect::<Vec<_>>(), new)
    };
    // A share of a change for each request: what is counted together comes due at other ones.
    for rate in [0.3, 0.5, 1.7] {
        let (alone, among) = (start().await, start().await);
        let (one, other) = (Client::of(&alone), Client::of(&among));
        let paths = members(&one).await;
        for path in ["/rooms", paths[0].as_str(), paths[1].as_str()] {
            alone.churn(0.0);
            among.churn(0.0);
            let begun = read(&one, path).await;
            alone.churn(rate);
            among.churn(rate);
            for nth in 0..12 {
                assert_eq!(
                    state(&begun, read(&one, path).await),
                    state(&begun, read(&other, path).await),
                    "{path}, read {nth} times, {rate} changes each time"
                );
                for between in ["/calls", paths[2].as_str(), paths[3].as_str()] {
                    read(&other, between).await;
                }
            }
            assert_ne!(state(&begun, read(&one, path).await), state(&begun, begun.clone()), "{path}: nothing happened");
        }
    }
}

#[tokio::test]
async fn each_change_that_is_counted_is_one_to_the_list_that_was_read() {
    let running = start().await;
    let client = Client::of(&running);
    let paths = members(&client).await;
    let mut others = Vec::new();
    for path in &paths[1..] {
        others.push(read(&client, path).await);
    }
    for (name, path) in [("members", paths[0].as_str()), ("rooms", "/rooms")] {
        running.churn(0.0);
        let (begun, mut before) = (read(&client, path).await, read(&client, path).await);
        let mut counts = counted(&client, name).await;
        running.churn(1.0);
        assert_eq!(read(&client, path).await, begun, "a change happens behind an answer, not before it");
        for _ in 0..30 {
            let (now, counts_now) = (counted(&client, name).await, counts);
            let made = [0, 1, 2].map(|kind| now[kind] - counts_now[kind]);
            assert_eq!(made.iter().sum::<u64>(), 1, "{name}: {made:?}");
            let after = read(&client, path).await;
            let come = after.keys().filter(|id| !before.contains_key(*id)).count() as u64;
            let gone = before.keys().filter(|id| !after.contains_key(*id)).count() as u64;
            let altered =
                after.iter().filter(|(id, now)| before.get(*id).is_some_and(|then| then != *now)).count() as u64;
            assert_eq!([come, altered, gone], made, "{name}: what was counted is what is seen");
            (before, counts) = (after, now);
        }
        assert!(counts.iter().all(|count| *count > 3), "{name}: {counts:?}");
    }
    running.churn(0.0);
    for (path, begun) in paths[1..].iter().zip(others) {
        assert_eq!(read(&client, path).await, begun, "{path} was not read while things happened");
    }
}

#[tokio::test]
async fn numbers_about_spans_and_what_is_there_once_only_change() {
    let running = start().await;
    let client = Client::of(&running);
    let team = read(&client, "/teams").await.into_keys().next().unwrap();
    let badge = format!("/teams/{team}/badge");
    running.churn(2.0);
    let mut seen = Vec::new();
    for _ in 0..20 {
        let got = client.get("/visits?limit=100").await.body;
        let told = |one: &Value| (one["day"].as_str().unwrap().to_owned(), one["channel"].clone());
        seen.push(got["data"].as_array().unwrap().iter().map(told).collect::<Vec<_>>());
        assert_eq!(client.get(&badge).await.body["data"].as_array().unwrap().len(), 1);
    }
    assert!(seen.iter().all(|page| page.len() == 90 && *page == seen[0]), "what a span is about stays");
    assert_eq!(counted(&client, "visits").await, [0, 40, 0]);
    assert_eq!(counted(&client, "badges").await, [0, 40, 0]);
}

#[tokio::test]
async fn what_comes_late_is_late_by_half_of_the_overlap_at_most() {
    let running = start().await;
    let client = Client::of(&running);
    let begun = read(&client, "/calls").await;
    running.churn(4.0);
    for _ in 0..20 {
        client.get("/calls?limit=100").await;
    }
    running.churn(0.0);
    let now = read(&client, "/calls").await;
    let moments: Vec<i64> =
        now.keys().filter(|id| !begun.contains_key(*id)).map(|id| running.moment("calls", id).unwrap()).collect();
    let late: Vec<i64> = moments.iter().map(|at| NOW - at).filter(|late| *late > 0).collect();
    assert!(late.len() > 10 && late.len() + 10 < moments.len(), "{} of {} came late", late.len(), moments.len());
    assert!(late.iter().all(|late| *late <= 5 * 60_000), "{late:?}");
    assert!(late.iter().any(|late| *late > 60_000), "{late:?}");
}

/// Issues, and what has changed in them, which stands within them.
const WITHIN: &str = r#"
paging: { counted: { offset: { to: query.start, total: total }, size: { to: query.max, value: 50 } } }
resources:
  changes:
    description: The changes of issues.
    get: /issues
    paging: counted
    records: issues[].changelog.histories
    entity: change
    key: [above.id, id]
    fields: { issue: { type: string, from: above.id, references: issues }, author: string? }
    example: { id: "7", author: Ada }
  issues:
    description: Issues.
    get: /issues
    paging: counted
    records: issues
    entity: issue
    key: id
    fields: { name: string }
    example: { id: issue_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One }
"#;

#[tokio::test]
async fn what_stands_within_the_records_that_were_read_changes_with_them() {
    let running = Sandbox::new(&spec(WITHIN)).records("issues", 20).records("changes", 60).start().await.unwrap();
    let client = Client::of(&running);
    running.churn(3.0);
    for _ in 0..10 {
        client.get("/issues?max=50").await;
    }
    for name in ["issues", "changes"] {
        assert_eq!(counted(&client, name).await.iter().sum::<u64>(), 30, "{name}");
    }
    let order = json!({"rate": 0});
    assert_eq!(client.post("/__sandbox/churn", order).await.status, 200);
    client.get("/issues?max=50").await;
    assert_eq!(counted(&client, "changes").await.iter().sum::<u64>(), 30, "nothing more happens");
}
