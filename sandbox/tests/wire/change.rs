//! Records put in, altered and taken out.

use crate::fixture::*;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Error};

async fn ids(client: &Client<'_>, url: &str) -> Vec<String> {
    texts(&client.walk(url, "").await.0, "id").into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_new_event_is_the_last() {
    let running = sandbox().records("auth_events", 150).start().await.unwrap();
    let client = Client::of(&running);
    let before = ids(&client, &all_events("&limit=100")).await;
    let last = before.last().unwrap();
    assert!(ids(&client, &all_events(&format!("&after={last}"))).await.is_empty());
    let change = Change::new().set("event", EVENTS[0]).set("data.email", "new@example.com");
    let first = running.insert("auth_events", &change).unwrap();
    let second = running.insert("auth_events", &Change::new()).unwrap();
    assert_eq!(ids(&client, &all_events(&format!("&after={last}"))).await, [first.clone(), second.clone()]);
    assert_eq!(ids(&client, &all_events(&format!("&limit=1&after={first}"))).await, [second]);
    let (named, _) = client.walk(&format!("/events?events={}&limit=100&after={last}", EVENTS[0]), "").await;
    assert_eq!(named[0]["data"]["email"], "new@example.com");
    assert_eq!(ids(&client, &all_events("&limit=100")).await.len(), 152);
}

#[tokio::test]
async fn a_late_arrival_appears_in_its_place() {
    let running = sandbox().records("auth_events", 500).start().await.unwrap();
    let client = Client::of(&running);
    let before = ids(&client, &all_events("&limit=100")).await;
    let moment = running.moment("auth_events", &before[250]).unwrap();
    let tie = running.insert("auth_events", &Change::new().at(moment)).unwrap();
    let late = running.insert("auth_events", &Change::new().at(NOW - 200 * DAY)).unwrap();
    let after = ids(&client, &all_events("&limit=100")).await;
    assert_eq!(after.len(), 502);
    assert_eq!(after[0], late);
    let place = after.iter().position(|id| *id == tie).unwrap();
    let at = |id: &String| running.moment("auth_events", id).unwrap();
    assert_eq!((at(&after[place - 1]), at(&tie)), (moment, moment), "it stands behind those of its millisecond");
    assert!(at(&after[place + 1]) > moment);
    let others: Vec<String> = after.into_iter().filter(|id| *id != tie && *id != late).collect();
    assert_eq!(others, before);
}

#[tokio::test]
async fn an_update_shows_in_its_place_with_its_moment() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let (before, _) = client.walk("/connections?limit=100", "").await;
    let id = before[120]["id"].as_str().unwrap();
    running.update("connections", id, &Change::new().set("name", "Other").set("metadata.users", 5)).unwrap();
    let (after, _) = client.walk("/connections?limit=100", "").await;
    assert_eq!(after[120]["name"], "Other");
    assert_eq!(after[120]["metadata"]["users"], 5);
    assert_eq!(after[120]["updated_at"], "2026-11-20T00:00:00.001Z");
    assert_eq!(after[120]["created_at"], before[120]["created_at"]);
    assert_eq!(after[120], running.record("connections", id).unwrap());
    assert!(after[..120] == before[..120] && after[121..] == before[121..]);
    running.update("connections", id, &Change::new().at(NOW + DAY)).unwrap();
    let record = running.record("connections", id).unwrap();
    assert_eq!((&record["name"], &record["updated_at"]), (&json!("Other"), &json!("2026-11-21T00:00:00.000Z")));
}

#[tokio::test]
async fn what_is_deleted_is_gone_but_still_a_cursor() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let url = "/connections?limit=100&order=asc";
    let inserted = running.insert("connections", &Change::new()).unwrap();
    let before = ids(&client, url).await;
    assert_eq!(before.last(), Some(&inserted), "the newest is the last");
    running.delete("connections", &before[10]).unwrap();
    running.delete("connections", &inserted).unwrap();
    let after = ids(&client, url).await;
    assert_eq!(after, [&before[..10], &before[11..250]].concat());
    let (behind, _) = client.walk(url, &format!("&after={}", before[10])).await;
    assert_eq!(texts(&behind, "id"), after[10..]);
    assert!(client.walk(url, &format!("&after={inserted}")).await.0.is_empty());
    assert!(matches!(running.delete("connections", &before[10]), Err(Error::UnknownRecord(_))));
    assert!(matches!(running.update("connections", &inserted, &Change::new()), Err(Error::UnknownRecord(_))));
}

#[tokio::test]
async fn an_id_is_there_once() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let id = ids(&client, "/connections?limit=100").await[3].clone();
    assert!(matches!(running.insert("connections", &Change::new().set("id", id.as_str())), Err(Error::Exists(_))));
    assert!(matches!(running.insert("nothing", &Change::new()), Err(Error::UnknownResource(_))));
    let own = running.insert("connections", &Change::new().set("id", "conn_mine")).unwrap();
    assert_eq!(own, "conn_mine");
    assert_eq!(ids(&client, "/connections?limit=1").await[0], "conn_mine");
}

#[tokio::test]
async fn lists_with_changes_are_walked_exactly_in_both_directions() {
    let running = sandbox().records("connections", 120).start().await.unwrap();
    let client = Client::of(&running);
    let base = ids(&client, "/connections?limit=100&order=asc").await;
    let mut expected: Vec<(i64, String)> =
        base.iter().map(|id| (running.moment("connections", id).unwrap(), id.clone())).collect();
    for place in 0..60 {
        let (moment, _) = expected[place * 2];
        let id = running.insert("connections", &Change::new().at(moment + (place as i64 % 3 - 1))).unwrap();
        expected.push((moment + (place as i64 % 3 - 1), id));
        if place % 4 == 0 {
            running.delete("connections", &base[place]).unwrap();
            expected.retain(|(_, id)| *id != base[place]);
        }
    }
    expected.sort();
    let mut expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
    for size in [1, 7, 100] {
        assert_eq!(ids(&client, &format!("/connections?limit={size}&order=asc")).await, expected);
    }
    expected.reverse();
    assert_eq!(ids(&client, "/connections?limit=7").await, expected);
}

#[tokio::test]
async fn changes_can_be_made_over_http() {
    let running = sandbox().records("auth_events", 20).start().await.unwrap();
    let client = Client::of(&running);
    let order =
        json!({"resource": "auth_events", "at": "2026-10-01T00:00:00Z", "set": {"data.email": "x@example.com"}});
    let got = client.post("/__sandbox/insert", order).await;
    assert_eq!(got.status, 200, "{}", got.body);
    let id = got.body["id"].as_str().unwrap().to_owned();
    assert_eq!(running.record("auth_events", &id).unwrap()["created_at"], "2026-10-01T00:00:00.000Z");
    let order = json!({"resource": "auth_events", "id": id, "set": {"data.email": null}});
    assert_eq!(client.post("/__sandbox/update", order).await.status, 200);
    assert_eq!(running.record("auth_events", &id).unwrap()["data"]["email"], Value::Null);
    assert_eq!(client.post("/__sandbox/delete", json!({"resource": "auth_events", "id": id})).await.status, 200);
    assert!(running.record("auth_events", &id).is_err());
    for (path, order) in [
        ("delete", json!({"resource": "auth_events", "id": "x"})),
        ("insert", json!({})),
        ("fail", json!({"resource": "/events", "fault": "odd"})),
    ] {
        let got = client.post(&format!("/__sandbox/{path}"), order).await;
        assert!(got.status == 400 && got.body["message"].is_string(), "{path}: {}", got.body);
    }
    client.get("/connections?limit=2").await;
    let got = client.get("/__sandbox/requests").await;
    assert_eq!(got.body["requests"][0]["query"], "limit=2");
    assert_eq!(got.body["count"], 1, "the sandbox's own strings are not in the log");
    client.post("/__sandbox/forget", json!({})).await;
    assert_eq!(client.get("/__sandbox/requests").await.body["requests"], json!([]));
    assert_eq!(client.get("/__sandbox").await.body["resources"][2]["path"], "/events");
    assert_eq!(client.get("/__sandbox/odd").await.status, 404);
}

#[tokio::test]
async fn an_update_moves_a_record_where_lists_are_sorted_by_change_and_nowhere_else() {
    let connector = crate::written::spec(
        r#"
paging: { tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } } }
resources:
  moved: { description: M., get: /moved, paging: tokens, records: data, entity: moved, key: id, updated_at: changed,
    incremental: { window: { from: query.since } }, fields: { name: string },
    example: { id: moved_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, changed: "2026-01-15T12:00:00Z" } }
  stays: { description: S., get: /stays, paging: tokens, records: data, entity: stays, key: id, updated_at: changed,
    fields: { name: string }, example: { id: stays_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One, changed: "2026-01-15T12:00:00Z" } }
"#,
    );
    let running = tapwright_sandbox::Sandbox::new(&connector).now(NOW).records("moved", 20).records("stays", 20);
    let running = running.start().await.unwrap();
    let client = Client::of(&running);
    for (name, moves) in [("moved", true), ("stays", false)] {
        let list = async || {
            let page = client.get(&format!("/{name}?limit=100")).await.body;
            texts(page["data"].as_array().unwrap(), "id").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let inserted = running.insert(name, &Change::new().at(NOW - 400 * DAY)).unwrap();
        let computed = list().await[10].clone();
        // Of each kind twice: what was moved once is moved again.
        for id in [&inserted, &computed, &inserted, &computed] {
            let before = list().await;
            running.update(name, id, &Change::new().set("name", "Other")).unwrap();
            let after = list().await;
            let rest = |ids: &[String]| ids.iter().filter(|one| *one != id).cloned().collect::<Vec<_>>();
            assert_eq!(rest(&after), rest(&before), "{name}: the others stay");
            match moves {
                true => assert_eq!(after.last(), Some(id), "{name}"),
                false => assert_eq!(after, before, "{name}"),
            }
        }
    }
}
