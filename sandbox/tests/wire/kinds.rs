//! What lists of the rarer kinds hold: numbers about spans of time and about none, edges, what is there once, and what is
//! called by something else than its id.

use std::collections::BTreeSet;

use crate::fixture::*;
use crate::written::{segment, spec, with_auth};
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Error, Running, Sandbox};

const LISTS: &str = r#"
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } }
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
    fields: { code: string, number: integer }
    example: { id: th_01EHWNCE74X7JSDV0X3SZ3KJNY, code: octocat, number: 7 }
  coded:
    description: By the code.
    for_each: { thing: things }
    get: "/coded/{thing.code}"
    paging: tokens
    records: data
    entity: coded
    key: id
    fields: { name: string }
  numbered:
    description: By the number.
    for_each: { thing: things }
    get: "/numbered/{thing.number}"
    paging: tokens
    records: data
    entity: numbered
    key: id
    fields: { name: string }
  pairs:
    description: Of a thing in a state.
    for_each: { thing: things, state: [open, closed] }
    get: "/things/{thing.id}/{state}"
    paging: tokens
    records: data
    entity: pair
    key: id
    fields: { name: string }
  shares:
    description: Of two things.
    for_each: { thing: things, other: things, state: [open, closed] }
    get: "/shares/{thing.id}-{other.number}-{state}"
    paging: tokens
    records: data
    entity: share
    key: id
    fields: { name: string }
  visits:
    description: How many came.
    get: /visits
    paging: tokens
    records: data
    metric: visits
    start_at: { from: from, format: unix_seconds }
    period: 1d
    dimensions: [channel]
    value: count
    fields: { channel: Channel, count: integer }
    example: { from: 1768478400, channel: web, count: 12 }
  plans:
    description: How many have which.
    get: /plans
    paging: none
    records: data
    distribution: plan
    bucket: channel
    count: count
    fields: { channel: Channel, count: integer }
    example: { channel: web, count: 3 }
  own_plans:
    description: The same of each thing.
    for_each: { thing: things }
    get: "/things/{thing.id}/plans"
    paging: none
    records: data
    distribution: own_plan
    dimensions: [thing]
    bucket: channel
    count: count
    fields: { thing: { type: string, from: thing.id, references: things }, channel: Channel, count: integer }
    example: { channel: web, count: 3 }
  links:
    description: What leads where.
    get: /links
    paging: tokens
    records: data
    edge: link
    from: { things: one }
    to: { things: other }
    example: { one: th_01EHWNCE74X7JSDV0X3SZ3KJNY, other: th_01EHWNCE74X7JSDV0X3SZ3KJNY }
  profile:
    description: There once.
    get: /profile
    paging: none
    records: { one: data.profile }
    entity: profile
    key: id
    fields: { name: string }
  edits:
    description: What is sorted by its change.
    get: /edits
    paging: tokens
    records: data
    entity: edit
    key: id
    updated_at: updated_at
    where: amount / 100 > 5 and status == "open"
    incremental: { window: { from: query.since }, overlap: 10m }
    fields: { amount: integer, status: string, createdAt: { type: timestamp, from: created_at } }
    example: { id: ed_01EHWNCE74X7JSDV0X3SZ3KJNY, amount: 700, status: open, created_at: "2026-01-15T12:00:00Z",
      updated_at: "2026-01-15T12:00:00Z" }
"#;

async fn start() -> Running {
    let sandbox = Sandbox::new(&spec(LISTS)).now(NOW).records("things", 12).records("visits", 90).records("profile", 0);
    sandbox.records("edits", 200).start().await.unwrap()
}

async fn read(client: &Client<'_>, path: &str) -> Vec<Value> {
    let got = client.get(path).await;
    assert_eq!(got.status, 200, "{path}: {}", got.body);
    got.body["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_a_row_is_called_by_is_its_own() {
    let running = start().await;
    let client = Client::of(&running);
    let things = read(&client, "/things?limit=100").await;
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for thing in &things {
        let (code, number) = (thing["code"].as_str().unwrap(), thing["number"].to_string());
        assert!(names.insert(code.to_owned()) && names.insert(number.clone()), "{thing} is called as another is");
        for path in [format!("/coded/{}?limit=100", segment(code)), format!("/numbered/{number}?limit=100")] {
            for record in read(&client, &path).await {
                assert!(ids.insert(record["id"].as_str().unwrap().to_owned()), "{path} has another's records");
            }
        }
    }
    assert!(ids.len() > 300, "{}", ids.len());
}

#[tokio::test]
async fn lists_of_what_was_put_in_are_apart_from_each_other() {
    let running = start().await;
    let client = Client::of(&running);
    let (one, other) =
        (running.insert("things", &Change::new()).unwrap(), running.insert("things", &Change::new()).unwrap());
    let pair = running.insert("pairs", &Change::new().of(&format!("{one}/closed"))).unwrap();
    for (path, count) in [
        (format!("/things/{one}/open"), 0),
        (format!("/things/{one}/closed"), 1),
        (format!("/things/{other}/open"), 0),
        (format!("/things/{other}/closed"), 0),
    ] {
        assert_eq!(read(&client, &path).await.len(), count, "{path}");
    }
    running.delete("pairs", &pair).unwrap();
    assert!(read(&client, &format!("/things/{one}/closed")).await.is_empty());
}

#[tokio::test]
async fn two_rows_and_a_value_may_be_said_in_one_place() {
    let running = Sandbox::new(&spec(LISTS)).records("things", 4).records("shares", 600).start().await.unwrap();
    let client = Client::of(&running);
    let put_in = running.insert("things", &Change::new().set("number", 99)).unwrap();
    running.insert("shares", &Change::new().of(&format!("{put_in}/{put_in}/open"))).unwrap();
    let things = read(&client, "/things?limit=100").await;
    let mut ids = BTreeSet::new();
    for (one, other) in things.iter().flat_map(|one| things.iter().map(move |other| (one, other))) {
        let id = one["id"].as_str().unwrap();
        for state in ["open", "closed"] {
            for share in read(&client, &format!("/shares/{id}-{}-{state}?limit=100", other["number"])).await {
                assert!(ids.insert(share["id"].as_str().unwrap().to_owned()), "{share} stands in two lists");
            }
        }
        assert_eq!(client.get(&format!("/shares/{id}-{}-odd", other["number"])).await.status, 404);
        assert_eq!(client.get(&format!("/shares/{id}-12345-open")).await.status, 404);
    }
    assert!(ids.len() > 400, "{} of 601, the longest lists have more than a page", ids.len());
}

#[tokio::test]
async fn numbers_about_spans_stand_at_the_beginning_of_each_and_others_are_there_once() {
    let running = start().await;
    let client = Client::of(&running);
    let visits = read(&client, "/visits?limit=100").await;
    let whole = |visit: &Value, key: &str| visit[key].as_i64().unwrap();
    let told: BTreeSet<(i64, String)> =
        visits.iter().map(|one| (whole(one, "from"), one["channel"].to_string())).collect();
    let days: BTreeSet<i64> = visits.iter().map(|one| whole(one, "from")).collect();
    assert_eq!((told.len(), days.len()), (90, 30), "every day has every channel once");
    let newest = NOW / 1_000;
    assert!(days.iter().rev().zip(0..).all(|(day, back)| *day == newest - back * 86_400), "{days:?}");
    let all =
        |records: &[Value]| records.iter().map(|one| one["channel"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let mut plans = all(&read(&client, "/plans").await);
    plans.sort();
    assert_eq!(plans, ["mail", "phone", "web"], "where there is no time, each is there once");
    for thing in read(&client, "/things?limit=100").await {
        let mut plans = all(&read(&client, &format!("/things/{}/plans", thing["id"].as_str().unwrap())).await);
        plans.sort();
        assert_eq!(plans, ["mail", "phone", "web"], "of each thing, too");
    }
}

#[tokio::test]
async fn as_many_as_was_said_and_250_edges_otherwise() {
    let running = start().await;
    assert_eq!(running.count("links").unwrap(), Sandbox::ENTITIES);
    let twice =
        Sandbox::new(&spec(LISTS)).records("links", 3).records("links", 5).records("profile", 9).start().await.unwrap();
    assert_eq!(twice.count("links").unwrap(), 5, "what was said last counts");
    let client = Client::of(&twice);
    assert!(client.get("/profile").await.body["data"]["profile"]["id"].is_string());
    assert_eq!(twice.count("profile").unwrap(), 1);
    assert_eq!(Client::of(&running).get("/profile").await.body["data"], json!({"profile": null}), "there is none");
}

#[tokio::test]
async fn a_filter_is_true_of_some_and_false_of_others_and_what_came_before_is_before() {
    let running = start().await;
    let client = Client::of(&running);
    let mut edits = read(&client, "/edits?limit=100").await;
    let next = edits[99]["id"].as_str().unwrap().to_owned();
    edits.extend(read(&client, &format!("/edits?limit=100&cursor={next}")).await);
    let passes = |edit: &&Value| edit["amount"].as_i64().is_some_and(|amount| amount > 500) && edit["status"] == "open";
    let passing = edits.iter().filter(passes).count();
    assert!((20..180).contains(&passing), "{passing} of 200");
    for key in ["amount", "status"] {
        let values: BTreeSet<String> = edits.iter().map(|edit| edit[key].to_string()).collect();
        assert!(values.len() > 1, "{key} is always {values:?}");
    }
    let texts = |edit: &Value| {
        (edit["created_at"].as_str().unwrap().to_owned(), edit["updated_at"].as_str().unwrap().to_owned())
    };
    let changed = edits.iter().map(texts).filter(|(made, altered)| made < altered).count();
    assert!(edits.iter().map(texts).all(|(made, altered)| made <= altered) && changed > 100, "{changed} have changed");
    running.churn(4.0);
    for _ in 0..20 {
        client.get("/edits?limit=100").await;
    }
    running.churn(0.0);
    let late = read(&client, "/edits?limit=100&since=2026-11-19T23:54:59Z").await;
    let late = late.iter().map(texts).filter(|(_, at)| at.as_str() <= "2026-11-20T00:00:00.000Z").count();
    assert!(late > 5, "only {late} came late");
}

#[tokio::test]
async fn a_token_is_not_given_where_the_sandbox_takes_orders() {
    let auth = "{ oauth2: { token_url: \"https://api.example.com/__sandbox/token\", grant: client_credentials, client_id: me, \
                client_secret: \"{config.apiKey}\" } }";
    let error = Sandbox::new(&with_auth(auth, LISTS)).start().await.unwrap_err();
    assert!(matches!(&error, Error::Taken(path) if path == "/__sandbox/token"), "{error}");
}
