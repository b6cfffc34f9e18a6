//! Changes that happen by themselves: behind requests, the same ones for the same seed, and no more than was asked for.

use std::collections::BTreeSet;

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Running, Sandbox};

async fn churning(seed: u64, rate: f64) -> Running {
    sandbox().seed(seed).records("auth_events", 300).churn(rate).start().await.unwrap()
}

async fn walks(running: &Running) -> Vec<Value> {
    let client = Client::of(running);
    let mut all = client.walk("/connections?limit=20&order=asc", "").await.0;
    all.extend(client.walk("/organizations?limit=20&order=asc", "").await.0);
    all.extend(client.walk(&all_events("&limit=20"), "").await.0);
    all
}

#[tokio::test]
async fn the_same_requests_meet_the_same_changes() {
    let (one, other) = (churning(7, 2.0).await, churning(7, 2.0).await);
    for _ in 0..3 {
        assert_eq!(walks(&one).await, walks(&other).await);
    }
    let (calm, third) = (churning(7, 0.0).await, churning(7, 2.0).await);
    assert_ne!(walks(&calm).await, walks(&third).await);
    assert_eq!(walks(&calm).await, walks(&calm).await);
}

#[tokio::test]
async fn as_much_happens_as_was_said_and_it_can_be_stopped() {
    let running = churning(7, 0.5).await;
    let client = Client::of(&running);
    for _ in 0..120 {
        client.get("/connections?limit=10").await;
    }
    client.get("/connections?limit=0").await;
    let state = client.control("").await;
    let of = |key: &str| state["resources"][1][key].as_u64().unwrap();
    assert_eq!((of("requests"), of("inserted") + of("updated") + of("deleted")), (120, 60), "{state}");
    assert!(["inserted", "updated", "deleted"].iter().all(|kind| of(kind) > 5), "{state}");
    assert_eq!(of("records"), 250 + of("inserted") - of("deleted"));
    assert_eq!(running.count("connections").unwrap(), of("records"));
    let there = client.walk("/connections?limit=100", "").await.0.len() as u64;
    running.churn(0.0);
    let still = client.walk("/connections?limit=100", "").await.0;
    assert!(still.len().abs_diff(there as usize) <= 2);
    assert_eq!(still, client.walk("/connections?limit=100", "").await.0);
    let others = &client.control("").await["resources"];
    assert_eq!((&others[0]["inserted"], &others[0]["deleted"]), (&json!(0), &json!(0)), "only what is read changes");
}

#[tokio::test]
async fn what_changes_says_so_and_events_never_do() {
    let running = churning(7, 3.0).await;
    let client = Client::of(&running);
    let before = client.walk(&all_events("&limit=20"), "").await.0;
    let after = client.walk(&all_events("&limit=20"), "").await.0;
    let mut same = 0;
    for event in &before {
        let id = event["id"].as_str().unwrap();
        if let Some(now) = after.iter().find(|now| now["id"] == id) {
            assert_eq!(event, now);
            same += 1;
        }
    }
    assert!(same > 200 && same < before.len(), "{same} of {}", before.len());
    for _ in 0..3 {
        client.walk("/connections?limit=20", "").await;
    }
    let connections = client.walk("/connections?limit=100", "").await.0;
    let changed = connections.iter().filter(|one| one["updated_at"].as_str() > Some("2026-11-20T00:00:00.000Z"));
    assert!(changed.count() > 5, "an update is told by the time of the last change");
    let ids: BTreeSet<&str> = texts(&connections, "id").into_iter().collect();
    assert_eq!(ids.len(), connections.len());
}

#[tokio::test]
async fn the_list_of_a_parent_changes_alone() {
    let connector = spec(
        r#"
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 5 } }
resources:
  teams: { description: T., get: /teams, paging: tokens, records: data, entity: team, key: id, fields: { name: string } }
  members:
    description: Members.
    for_each: { team: teams }
    get: "/teams/{team.id}/members"
    paging: tokens
    records: data
    entity: member
    key: id
    fields: { name: string }
"#,
    );
    let running = Sandbox::new(&connector).records("teams", 8).records("members", 80).start().await.unwrap();
    let client = Client::of(&running);
    let teams = client.get("/teams").await.body;
    let at = |place: usize| format!("/teams/{}/members?limit=5", teams["data"][place]["id"].as_str().unwrap());
    let (read, other) = (at(0), at(1));
    let (first, second) = (client.get(&read).await.body, client.get(&other).await.body);
    running.churn(5.0);
    for _ in 0..10 {
        assert_eq!(client.get(&read).await.status, 200);
    }
    running.churn(0.0);
    assert_ne!(client.get(&read).await.body, first);
    assert_eq!(client.get(&other).await.body, second);
}
