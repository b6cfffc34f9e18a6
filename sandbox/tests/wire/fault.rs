//! Everything that can be made to go wrong does, as often as it was asked to.

use std::time::{Duration, Instant};

use crate::fixture::*;
use serde_json::{Value, json};
use tapwright_sandbox::{Error, Fault, RetryAfter, Running};

async fn running() -> Running {
    sandbox().records("auth_events", 250).start().await.unwrap()
}

async fn status(client: &Client<'_>, url: &str) -> u16 {
    client.get(url).await.status
}

#[tokio::test]
async fn faults_fire_for_their_resource_so_often_and_so_late() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("connections", Fault::Status(503, None).times(2).after(1)).unwrap();
    running.fail("/events", Fault::Forbidden("no events for you".into()).always()).unwrap();
    let mut got = Vec::new();
    for _ in 0..5 {
        got.push(status(&client, "/connections").await);
    }
    assert_eq!(got, [200, 503, 503, 200, 200]);
    assert_eq!(status(&client, "/organizations?order=asc").await, 200);
    for _ in 0..3 {
        let got = client.get(&all_events("")).await;
        assert_eq!((got.status, &got.body["message"]), (403, &json!("no events for you")));
    }
    running.heal("auth_events").unwrap();
    assert_eq!(status(&client, &all_events("")).await, 200);
    running.fail("*", Fault::Unauthorized).unwrap();
    assert_eq!((status(&client, "/connections").await, status(&client, "/connections").await), (401, 200));
    assert!(matches!(running.fail("nothing", Fault::Reset), Err(Error::UnknownResource(_))));
    assert!(matches!(running.fail("*", Fault::WrongType("nothing".into())), Err(Error::UnknownField(_))));
}

#[tokio::test]
async fn a_retry_after_is_seconds_or_a_date() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("connections", Fault::Status(429, Some(RetryAfter::Seconds(7)))).unwrap();
    assert_eq!(client.get("/connections").await.headers["retry-after"], "7");
    running.fail("connections", Fault::Status(503, Some(RetryAfter::Date(Duration::from_secs(60))))).unwrap();
    let got = client.get("/connections").await;
    let date = got.headers["retry-after"].to_str().unwrap();
    assert!(date.ends_with(" GMT") && date.len() == 29, "{date}");
    assert_ne!(date, got.headers["date"].to_str().unwrap(), "a minute from now");
}

#[tokio::test]
async fn connections_close_before_and_within_an_answer() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("connections", Fault::Reset).unwrap();
    assert!(client.send("/connections").await.is_err());
    assert_eq!((running.requests()[0].status, running.request_count()), (0, 1));
    running.fail("connections", Fault::CutBody).unwrap();
    let mut response = client.send("/connections?limit=100").await.unwrap();
    let promised = response.content_length().unwrap();
    let mut received = 0;
    let ended = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => received += chunk.len() as u64,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    assert!(ended.is_err());
    assert!(received > 0 && received < promised, "{received} of {promised}");
    assert_eq!(status(&client, "/connections").await, 200);
}

#[tokio::test]
async fn bodies_are_slow_or_half_or_no_json() {
    let running = running().await;
    let client = Client::of(&running);
    let whole = client.send("/connections?limit=5").await.unwrap().text().await.unwrap();
    running.fail("connections", Fault::SlowBody(4 * whole.len() as u32)).unwrap();
    let began = Instant::now();
    assert_eq!(client.send("/connections?limit=5").await.unwrap().text().await.unwrap(), whole);
    let took = began.elapsed().as_millis();
    assert!((150..800).contains(&took), "a quarter of a second was meant, not {took} ms");
    running.fail("connections", Fault::TruncatedJson).unwrap();
    let half = client.send("/connections?limit=5").await.unwrap().text().await.unwrap();
    assert_eq!(half, whole[..whole.len() / 2]);
    running.fail("connections", Fault::NotJson).unwrap();
    let got = client.get("/connections").await;
    assert_eq!((got.status, got.headers["content-type"].to_str().unwrap()), (200, "text/html; charset=utf-8"));
    assert!(got.body.as_str().unwrap().starts_with("<!doctype html>"));
    running.fail("connections", Fault::Answer(418, "\"bare\"".into())).unwrap();
    let got = client.get("/connections").await;
    assert_eq!((got.status, got.body), (418, json!("bare")));
}

#[tokio::test]
async fn one_record_of_a_page_has_a_wrong_type() {
    let running = running().await;
    let client = Client::of(&running);
    let right = client.get("/connections?limit=9").await.body;
    running.fail("connections", Fault::WrongType("label".into())).unwrap();
    let wrong = client.get("/connections?limit=9").await.body;
    let differing: Vec<usize> = (0..9).filter(|place| right["data"][place] != wrong["data"][place]).collect();
    assert_eq!(differing, [4]);
    assert!(wrong["data"][4]["name"].is_object() && wrong["data"][4]["title"].is_object());
    assert_eq!(right["data"][4]["id"], wrong["data"][4]["id"]);
}

fn after(got: &Got) -> Option<String> {
    got.body["list_metadata"]["after"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn cursors_stick_and_cycle() {
    let running = running().await;
    let client = Client::of(&running);
    let page = async |cursor: &Option<String>| {
        let rest = cursor.as_ref().map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        after(&client.get(&format!("/connections?limit=10{rest}")).await)
    };
    running.fail("connections", Fault::StuckCursor.always()).unwrap();
    let first = page(&None).await;
    assert!(first.is_some());
    assert_eq!(page(&first).await, first);
    running.heal("*").unwrap();
    running.fail("connections", Fault::CursorCycle(3).always()).unwrap();
    let mut cursors = vec![page(&None).await];
    for place in 0..8 {
        let next = page(&cursors[place]).await;
        cursors.push(next);
    }
    assert!(cursors[0] != cursors[1] && cursors[1] != cursors[2] && cursors[0] != cursors[2]);
    assert!((0..6).all(|place| cursors[place] == cursors[place + 3]), "{cursors:?}");
}

#[tokio::test]
async fn empty_and_short_pages_lose_nothing() {
    let running = running().await;
    let client = Client::of(&running);
    let urls = ["/connections?limit=20".to_owned(), all_events("&limit=20")];
    for url in &urls {
        let (whole, pages) = client.walk(url, "").await;
        running.fail("*", Fault::EmptyPage.once()).unwrap();
        running.fail("*", Fault::EmptyPage.times(2).after(4)).unwrap();
        let (with_empty, more) = client.walk(url, "").await;
        assert_eq!((with_empty == whole, more), (true, pages + 3), "{url}");
        running.heal("*").unwrap();
        running.fail("*", Fault::ShortPage.times(2)).unwrap();
        let (with_short, more) = client.walk(url, "").await;
        assert_eq!((with_short == whole, more), (true, pages + 1), "{url}");
    }
    let window = "&range_start=2026-10-25T00:00:00Z&range_end=2026-11-20T00:00:00Z";
    let whole = client.walk(&urls[1], window).await.0;
    running.fail("*", Fault::EmptyPage.once()).unwrap();
    assert!(!whole.is_empty() && whole.len() < 250);
    assert_eq!(client.walk(&urls[1], window).await.0, whole);
}

#[tokio::test]
async fn a_list_can_be_endless_restart_and_ignore_sizes() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("organizations", Fault::EndlessLastPage.always()).unwrap();
    let last = client.get("/organizations?order=asc&limit=100").await;
    let next = after(&last).unwrap();
    assert_eq!(next, last.body["data"][99]["id"]);
    let url = format!("/organizations?order=asc&limit=100&after={next}");
    let beyond = client.get(&url).await;
    assert_eq!((beyond.body["data"].clone(), after(&beyond)), (json!([]), Some(next)));
    running.fail("connections", Fault::RestartOnUnknown.always()).unwrap();
    assert_eq!(client.get("/connections?after=nothing").await.body, client.get("/connections").await.body);
    running.fail("connections", Fault::IgnoreSize).unwrap();
    assert_eq!(client.get("/connections?limit=100").await.body["data"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn a_known_value_can_be_rejected() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("auth_events", Fault::RejectValue(EVENTS[4].into()).always()).unwrap();
    let got = client.get(&all_events("")).await;
    assert_eq!((got.status, &got.body["code"]), (400, &json!("invalid_events_request")));
    assert!(got.body["message"].as_str().unwrap().contains(EVENTS[4]));
    assert_eq!(status(&client, &format!("/events?events={},{}", EVENTS[0], EVENTS[1])).await, 200);
}

#[tokio::test]
async fn random_faults_are_many_kinds_repeatable_and_let_a_retry_through() {
    let outcomes = async |seed: u64| {
        let running = sandbox().fault_rate(0.4, seed).start().await.unwrap();
        let client = Client::of(&running);
        let mut outcomes = Vec::new();
        for request in 0..300 {
            let response = client.send(&format!("/connections?limit={}", request % 100 + 1)).await;
            outcomes.push(match response {
                Err(_) => 0,
                Ok(response) => {
                    let status = response.status().as_u16();
                    if response.bytes().await.is_ok() { status } else { 1 }
                }
            });
        }
        outcomes
    };
    let first = outcomes(3).await;
    let failed = first.iter().filter(|outcome| **outcome != 200).count();
    assert!((80..160).contains(&failed), "{failed} of 300");
    for kind in [0, 1, 429, 500, 502, 503, 504] {
        assert!(first.contains(&kind), "{kind}");
    }
    assert_eq!(first, outcomes(3).await);
    assert_ne!(first, outcomes(4).await);
    let running = sandbox().fault_rate(1.0, 5).start().await.unwrap();
    let client = Client::of(&running);
    let mut tries = 0;
    loop {
        if let Ok(response) = client.send("/connections").await
            && response.status() == 200
            && response.bytes().await.is_ok()
        {
            break;
        }
        tries += 1;
    }
    assert_eq!(tries, 3, "a request fails three times in a row at most");
}

#[tokio::test]
async fn faults_can_be_armed_over_http() {
    let running = running().await;
    let client = Client::of(&running);
    let orders: [(Value, u16); 4] = [
        (json!({"fault": "status", "status": 502, "retry_after": 1}), 502),
        (json!({"fault": "forbidden", "message": "no"}), 403),
        (json!({"fault": "unauthorized", "times": "always"}), 401),
        (json!({"fault": "answer", "status": 404, "body": "{}", "times": 2}), 404),
    ];
    for (mut order, expected) in orders {
        order["resource"] = json!("connections");
        assert_eq!(client.post("/__sandbox/fail", order).await.status, 200);
        assert_eq!(status(&client, "/connections").await, expected);
        client.post("/__sandbox/heal", json!({})).await;
        assert_eq!(status(&client, "/connections").await, 200);
    }
}

#[tokio::test]
async fn what_is_healed_for_one_list_stays_armed_for_the_others() {
    let running = running().await;
    let client = Client::of(&running);
    running.fail("connections", Fault::Status(503, None).always()).unwrap();
    running.fail("organizations", Fault::Status(502, None).always()).unwrap();
    running.heal("connections").unwrap();
    let statuses = (status(&client, "/connections").await, status(&client, "/organizations?order=asc").await);
    assert_eq!(statuses, (200, 502));
}

#[tokio::test]
async fn a_request_that_got_through_may_fail_again() {
    let running = sandbox().fault_rate(1.0, 5).start().await.unwrap();
    let client = Client::of(&running);
    let mut through = Vec::new();
    for nth in 0..12 {
        let answer = client.send("/connections").await;
        if let Ok(answer) = answer
            && answer.status() == 200
            && answer.bytes().await.is_ok()
        {
            through.push(nth);
        }
    }
    assert_eq!(through, [3, 7, 11], "each time after three failures");
}
