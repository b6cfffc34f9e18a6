//! Whatever a request says that the spec does not, or does not say that the spec does, is refused, and the refusal names it.

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Running, Sandbox};

const LISTS: &str = r#"
  headers: { X-Version: "3" }
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 50 } }
  header: { cursor: { from: next, to: header.X-Cursor }, size: { to: query.limit, value: 50 } }
  pages: { page: { to: query.page }, size: { to: query.per_page, value: 50 } }
  body: { cursor: { from: next, to: body.page.after }, size: { to: body.page.first, value: 50 } }
types:
  Kind: [push, pull]
resources:
  events:
    description: Events.
    get: /events
    query: { view: full, kinds: { each: Kind, style: comma } }
    paging: tokens
    records: data
    event: event
    key: id
    at: at
    incremental:
      window: { from: query.since, to: query.until, at_most: 30d, on: first_page }
    fields: { kind: Kind }
    example: { id: ev_01EHWNCE74X7JSDV0X3SZ3KJNY, kind: push, at: "2026-01-15T12:00:00Z" }
  pages: { description: P., get: /pages, paging: pages, records: data, entity: page, key: id, fields: { name: string } }
  heads: { description: H., get: /heads, paging: header, records: data, entity: head, key: id, fields: { name: string } }
  found:
    description: F.
    post: /found
    json: { filter: { open: true, least: 1 }, page: {} }
    paging: body
    records: data
    entity: found
    key: id
    fields: { name: string }
"#;

async fn running() -> Running {
    Sandbox::new(&spec(LISTS)).start().await.unwrap()
}

/// The status and the message of the answer to a request with these headers.
async fn asked(running: &Running, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> (u16, String) {
    let url = format!("{}{path}", running.url());
    let mut request = if body.is_some() && path == "/found" { http().post(url) } else { http().get(url) };
    request = request.bearer_auth(running.key());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    (status, body["message"].as_str().unwrap_or_default().to_owned())
}

const VERSION: [(&str, &str); 1] = [("x-version", "3")];

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let running = running().await;
    let right = "/events?view=full&kinds=push,pull&limit=50";
    let since = "&since=2026-11-01T00:00:00Z&until=2026-11-20T00:00:00Z";
    assert_eq!(asked(&running, &format!("{right}{since}"), &VERSION, None).await.0, 200);
    for (path, said) in [
        (format!("{right}&colour=red"), "unknown parameter 'colour'"),
        ("/events?kinds=push&limit=50".to_owned(), "parameter 'view' is missing: it must be 'full'"),
        ("/events?view=half&kinds=push".to_owned(), "parameter 'view' must be 'full', received: 'half'"),
        (format!("{right}&view=full"), "parameter 'view' is there twice"),
        ("/events?view=full&limit=50".to_owned(), "parameter 'kinds' is missing"),
        ("/events?view=full&kinds=push,poke".to_owned(), "parameter 'kinds' has no value 'poke'"),
        ("/events?view=full&kinds=push&limit=51".to_owned(), "limit must be 1 to 50, received: '51'"),
        ("/events?view=full&kinds=push&limit=0".to_owned(), "limit must be 1 to 50"),
        ("/events?view=full&kinds=push&limit=%2B5".to_owned(), "limit must be 1 to 50, received: '+5'"),
        (format!("{right}&cursor=nobody"), "'cursor' names no record: 'nobody'"),
        (format!("{right}&since=soon"), "since is no moment, received: 'soon'"),
        (format!("{right}&since=2026-11-20T00:00:00Z&until=2026-11-01T00:00:00Z"), "'since' is after the end"),
        (
            format!("{right}&since=2026-09-01T00:00:00Z&until=2026-11-01T00:00:00Z"),
            "the range is longer than 720 hours",
        ),
        ("/pages?page=first".to_owned(), "page must be a number from 1 on, received: 'first'"),
        ("/pages?page=0".to_owned(), "page must be a number from 1 on"),
        ("/pages?limit=5".to_owned(), "unknown parameter 'limit'"),
    ] {
        let (status, message) = asked(&running, &path, &VERSION, None).await;
        assert!((400..500).contains(&status) && message.contains(said), "{path}: {status} {message}");
    }
    let page = http().get(format!("{}{right}&limit=1", running.url()).replace("&limit=50", ""));
    let page = page.bearer_auth(running.key()).header("x-version", "3").send().await.unwrap().text().await.unwrap();
    let page: Value = serde_json::from_str(&page).unwrap();
    let both = format!("{right}{since}&cursor={}", page["next"].as_str().unwrap());
    let (status, message) = asked(&running, &both, &VERSION, None).await;
    assert_eq!((status, message.as_str()), (400, "'cursor' and 'since' are mutually exclusive"));
}

#[tokio::test]
async fn a_wrong_header_is_named() {
    let running = running().await;
    for (path, headers, said) in [
        ("/heads", vec![], "header 'X-Version' is missing: it must be '3'"),
        ("/heads", vec![("x-version", "4")], "header 'X-Version' must be '3', received: '4'"),
        ("/heads", vec![("x-version", "3"), ("x-version", "3")], "header 'X-Version' is there twice"),
        ("/heads", vec![("x-version", "3"), ("x-cursor", "nobody")], "'X-Cursor' names no record: 'nobody'"),
        ("/heads", vec![("x-version", "3"), ("x-cursor", "a"), ("x-cursor", "b")], "header 'X-Cursor' is there twice"),
    ] {
        let (status, message) = asked(&running, path, &headers, None).await;
        assert!(status == 400 && message.contains(said), "{headers:?}: {status} {message}");
    }
}

#[tokio::test]
async fn a_wrong_body_is_named() {
    let running = running().await;
    let right = json!({"filter": {"open": true, "least": 1}, "page": {"first": 50}});
    assert_eq!(asked(&running, "/found", &VERSION, Some(&right)).await.0, 200);
    for (pointer, value, said) in [
        ("/filter", json!({"open": true, "least": 1, "most": 5}), "unknown key 'filter.most'"),
        ("/filter", json!({"open": true}), "key 'filter.least' is missing: it must be 1"),
        ("/filter/open", json!("true"), "key 'filter.open' must be true, received: \"true\""),
        ("/page/first", json!(51), "page.first must be 1 to 50, received: '51'"),
        ("/page/first", json!("50"), "key 'page.first' must be a whole number"),
        ("/page", json!({"after": 5}), "key 'page.after' must be text, received: 5"),
        ("/page", json!({"behind": "x"}), "'page"),
    ] {
        let mut wrong = right.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        let (status, message) = asked(&running, "/found", &VERSION, Some(&wrong)).await;
        assert!((400..500).contains(&status) && message.contains(said), "{wrong}: {status} {message}");
    }
    let (status, message) = asked(&running, "/heads", &VERSION, Some(&json!({"limit": 5}))).await;
    assert_eq!((status, message.as_str()), (400, "a GET request has no body"));
}

#[tokio::test]
async fn what_is_not_strict_may_leave_out_but_not_make_up() {
    let running = Sandbox::new(&spec(LISTS)).strict(false).start().await.unwrap();
    assert_eq!(asked(&running, "/events?kinds=push", &[], None).await.0, 200);
    assert_eq!(asked(&running, "/heads", &[], Some(&json!({}))).await.0, 200);
    let (status, message) = asked(&running, "/events?kinds=push&colour=red", &[], None).await;
    assert_eq!((status, message.as_str()), (400, "unknown parameter 'colour'"));
}

#[tokio::test]
async fn a_get_has_no_body_however_long_it_says_that_is() {
    let running = running().await;
    let (address, key) = (running.url().replace("http://", ""), running.key().to_owned());
    for (body, status) in [
        ("content-length: 0\r\n\r\n", "200"),
        ("content-length: 2\r\n\r\n{}", "400"),
        ("transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400"),
    ] {
        let (address, key) = (address.clone(), key.clone());
        let answer = tokio::task::spawn_blocking(move || {
            use std::io::{Read, Write};
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            let head = "GET /pages HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-version: 3\r\n";
            write!(stream, "{head}authorization: Bearer {key}\r\n{body}").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        });
        let answer = answer.await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{body}: {answer}");
    }
}
