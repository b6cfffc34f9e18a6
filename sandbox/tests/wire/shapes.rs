//! Specs that are not like WorkOS: other places, other formats, other ids, no example.

use std::collections::BTreeSet;

use crate::fixture::*;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Sandbox};
use tapwright_spec::model::*;

fn window(on: WindowOn) -> Incremental {
    Incremental {
        newest_first: false,
        resume: None,
        window: Some(Window {
            from: Some(Target::Query("since".to_owned())),
            to: None,
            at_most_millis: None,
            on,
            format: TimeFormat::UnixMillis,
            until_now: false,
        }),
        lookback: None,
        overlap_millis: 0,
    }
}

/// A list of entities that is asked for by the time of their change, without an example.
fn tickets() -> Resource {
    let mut tickets = resource(
        "tickets",
        Shape::Entity,
        path("changed"),
        vec![
            field("title", Type::String, false, path("subject.title")),
            field("state", enumeration("State", &STATES), false, path("state")),
            field("createdAt", Type::Timestamp(TimeFormat::UnixSeconds), false, path("created")),
            field("due", Type::Date, true, path("due")),
            field("price", Type::Decimal, true, path("price")),
            field("labels", Type::String, true, call(Function::Join, path("labels[].name"), ",")),
        ],
        None,
    );
    if let Some(time) = &mut tickets.row.time {
        time.format = TimeFormat::UnixMillis;
    }
    tickets.records = records(&["result", "items"]);
    let step = Step::Cursor {
        from: Expr::If(Box::new([path("result.more"), path("result.next"), Expr::Null])),
        to: Target::Header("X-Cursor".to_owned()),
    };
    let size = Some(Size { to: Target::Query("per_page".to_owned()), value: 50 });
    tickets.paging = Some(Paging { size, ..paging(step) });
    tickets.incremental = Some(window(WindowOn::EveryPage));
    tickets
}

async fn get(url: &str, headers: &[(&str, &str)]) -> Value {
    let request =
        headers.iter().fold(crate::fixture::http().get(url), |request, (name, value)| request.header(*name, *value));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{url}");
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

fn open(resource: Resource) -> Connector {
    let mut connector = connector(vec![resource]);
    connector.api.auth = Auth::None;
    connector
}

#[tokio::test]
async fn a_cursor_in_a_header_behind_a_condition_walks_a_list_sorted_by_change() {
    let running = Sandbox::new(&open(tickets())).now(NOW).records("tickets", 120).start().await.unwrap();
    let url = format!("{}/tickets?per_page=50", running.url());
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let headers = [("x-cursor", cursor.as_str())];
        let page = get(&url, if cursor.is_empty() { &[] } else { &headers }).await;
        all.extend(page["result"]["items"].as_array().unwrap().iter().cloned());
        if page["result"]["more"] != true {
            assert!(page["result"]["next"].is_null());
            break;
        }
        cursor = page["result"]["next"].as_str().unwrap().to_owned();
    }
    assert_eq!(all.len(), 120);
    assert_eq!(all.iter().map(|one| one["id"].as_str().unwrap()).collect::<BTreeSet<_>>().len(), 120);
    let changed: Vec<i64> = all.iter().map(|one| one["changed"].as_i64().unwrap()).collect();
    assert!(changed.is_sorted() && *changed.last().unwrap() <= NOW);
    for ticket in &all {
        assert!(ticket["created"].as_i64().unwrap() * 1_000 <= ticket["changed"].as_i64().unwrap());
        assert!(ticket["subject"]["title"].is_string() && STATES.contains(&ticket["state"].as_str().unwrap()));
        assert!(ticket.get("due").is_none_or(|due| due.is_null() || due.as_str().unwrap().len() == 10));
        assert!(
            ticket.get("price").is_none_or(|price| price.is_null() || price.as_str().unwrap().parse::<f64>().is_ok())
        );
    }
    let since = changed[100];
    let page = get(&format!("{url}&since={since}"), &[]).await;
    assert_eq!(page["result"]["items"].as_array().unwrap(), &all[100..]);
    let id = all[3]["id"].as_str().unwrap();
    running.update("tickets", id, &Change::new().set("state", "deleting")).unwrap();
    let page = get(&format!("{url}&since={since}"), &[]).await;
    let last = page["result"]["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["id"], &last["state"], &last["changed"]), (&json!(id), &json!("deleting"), &json!(NOW + 1)));
    assert_eq!(page["result"]["items"].as_array().unwrap().len(), 21);
}

#[tokio::test]
async fn a_bare_array_is_one_page() {
    let mut plain = resource(
        "plain",
        Shape::Entity,
        path("id"),
        vec![field("n", Type::Integer, false, path("n"))],
        Some(&json!({"id": "17", "n": 3})),
    );
    plain.row.time = None;
    plain.records = records(&[]);
    plain.paging = None;
    let running = Sandbox::new(&open(plain)).records("plain", 33).start().await.unwrap();
    let page = get(&format!("{}/plain", running.url()), &[]).await;
    let ids: Vec<u64> =
        page.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(ids.len(), 33);
    assert!(ids.iter().collect::<BTreeSet<_>>().len() == 33 && page[0]["n"].is_u64());
}

#[tokio::test]
async fn numeric_ids_and_repeated_parameters() {
    let mut hits = resource(
        "hits",
        Shape::Event,
        path("at"),
        vec![field("kind", enumeration("Kind", &["a b", "c,d"]), false, path("kind"))],
        Some(&json!({"id": 4711, "kind": "a b", "at": 1_768_478_400})),
    );
    if let Some(time) = &mut hits.row.time {
        time.format = TimeFormat::UnixSeconds;
    }
    hits.row.key = Expr::Call(Function::Text, vec![path("id")]);
    hits.query = vec![Param {
        name: "kind".to_owned(),
        value: ParamValue::Each { values: values(&["a b", "c,d"]), style: ListStyle::Repeat },
    }];
    hits.paging = Some(paging(Step::Cursor { from: path("next"), to: Target::Query("cursor".to_owned()) }));
    let running = Sandbox::new(&open(hits)).now(NOW).records("hits", 250).start().await.unwrap();
    let mut url = format!("{}/hits?kind=a+b&kind=c%2Cd", running.url());
    let mut ids = Vec::new();
    loop {
        let page = get(&url, &[]).await;
        ids.extend(page["data"].as_array().unwrap().iter().map(|hit| hit["id"].as_u64().unwrap()));
        let Some(next) = page["next"].as_str() else { break };
        url = format!("{}/hits?kind=a+b&kind=c%2Cd&cursor={next}", running.url());
    }
    assert!(ids.len() == 250 && ids.windows(2).all(|pair| pair[0] + 1 == pair[1]));
    let page = get(&format!("{}/hits?kind=c,d", running.url()), &[]).await;
    assert_eq!(page["data"].as_array().unwrap().len(), 100);
    assert!(page["data"].as_array().unwrap().iter().all(|hit| hit["kind"] == "c,d"));
}

#[tokio::test]
async fn tomorrow_continues_where_today_ended() {
    let day = async |now: i64| {
        let running = Sandbox::new(&workos()).now(now).records("auth_events", 1_000).start().await.unwrap();
        let client = Client::of(&running);
        (client.walk(&all_events("&limit=100"), "").await.0, client.get("/connections?limit=100").await.body)
    };
    let (today, connections) = day(NOW).await;
    let (tomorrow, same) = day(NOW + DAY).await;
    let overlap = tomorrow.iter().position(|event| event["id"] == today[999]["id"]).unwrap();
    assert!((980..999).contains(&overlap), "about eleven events a day: {overlap}");
    assert_eq!(tomorrow[..=overlap], today[999 - overlap..]);
    assert_eq!(connections["data"][0]["id"], same["data"][0]["id"]);
}
