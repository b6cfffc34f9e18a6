//! Faults of paging where the client says itself where to go on, or follows addresses.

use crate::fixture::*;
use crate::strategies::{data, items, last, next, offset, page, query, sized, start};
use serde_json::{Value, json};
use tapwright_sandbox::{Fault, Running, Sandbox};
use tapwright_spec::model::*;

/// Pages that say by number whether there are more.
fn numbered(step: Step) -> Paging {
    let less = Expr::Call(Function::Less, vec![path("at"), path("of")]);
    Paging { more: Some(less), ..sized(step) }
}

fn pages() -> Paging {
    numbered(Step::Page { to: query("page"), first: 1, last: Some(path("of")) })
}

fn offsets() -> Paging {
    numbered(Step::Offset { to: query("offset"), first: 0, total: Some(path("of")) })
}

/// The records of a page, and what is said of it.
async fn ask(running: &Running, rest: &str) -> (Vec<String>, i64, i64) {
    let got = Client::of(running).get(&format!("/items?limit=10{rest}")).await;
    let ids = texts(data(&got), "id").into_iter().map(str::to_owned).collect();
    (ids, got.body["at"].as_i64().unwrap_or(-1), got.body["of"].as_i64().unwrap_or(-1))
}

#[tokio::test]
async fn beyond_the_end_can_be_the_last_page_again() {
    let running = start(pages(), 25).await;
    let third = ask(&running, "&page=3").await;
    assert_eq!((third.0.len(), third.1, third.2), (5, 3, 3));
    assert_eq!(ask(&running, "&page=4").await, (vec![], 4, 3));
    running.fail("items", Fault::ClampedPage.always()).unwrap();
    for beyond in ["&page=4", "&page=9223372036854775807"] {
        assert_eq!(ask(&running, beyond).await, third);
    }
    assert_eq!(ask(&running, "&page=2").await.1, 2);

    let running = start(offsets(), 20).await;
    running.fail("items", Fault::ClampedPage.always()).unwrap();
    let last = ask(&running, "&offset=10").await;
    assert_eq!((last.0.len(), last.1, last.2), (10, 20, 20));
    assert_eq!(ask(&running, "&offset=20").await, last);
    assert_eq!(ask(&running, "&offset=15").await.0, last.0[5..]);

    let empty = start(pages(), 0).await;
    let client = Client::of(&empty);
    assert_eq!(client.post("/__sandbox/fail", json!({"resource": "items", "fault": "clamped_page"})).await.status, 200);
    assert_eq!(ask(&empty, "&page=2").await, (vec![], 2, 1));
}

#[tokio::test]
async fn pages_stick_and_go_in_a_circle() {
    for (paging, at) in [(pages(), ["&page=1", "&page=2", "&page=3"]), (offsets(), ["", "&offset=10", "&offset=20"])] {
        let running = start(paging, 100).await;
        let right = [ask(&running, at[0]).await, ask(&running, at[1]).await, ask(&running, at[2]).await];
        running.fail("items", Fault::StuckCursor.always()).unwrap();
        for rest in at {
            assert_eq!(ask(&running, rest).await, right[0]);
        }
        running.heal("*").unwrap();
        running.fail("items", Fault::CursorCycle(2).always()).unwrap();
        for (nth, expected) in [0, 1, 2, 1, 2, 1].into_iter().enumerate() {
            let rest = at[0]
                .split_once('=')
                .map_or_else(|| format!("&offset={}", nth * 10), |(name, _)| format!("{name}={}", nth + 1));
            assert_eq!(ask(&running, &rest).await, right[expected], "{rest}");
        }
    }
    let running = start(sized(last("id")), 100).await;
    let walk = async |pages: usize| {
        let (mut seen, mut rest) = (Vec::new(), String::new());
        for _ in 0..pages {
            let (ids, ..) = ask(&running, &rest).await;
            rest = format!("&after={}", ids[9]);
            seen.push(ids);
        }
        seen
    };
    let right = walk(4).await;
    running.fail("items", Fault::StuckCursor.always()).unwrap();
    assert!(walk(4).await.iter().all(|ids| *ids == right[0]));
    running.heal("*").unwrap();
    running.fail("items", Fault::CursorCycle(3).always()).unwrap();
    let circle = walk(8).await;
    for (nth, expected) in [0, 1, 2, 3, 1, 2, 3, 1].into_iter().enumerate() {
        assert_eq!(circle[nth], right[expected], "{nth}");
    }
}

#[tokio::test]
async fn a_counted_list_can_have_no_end() {
    for (paging, name, first) in [(pages(), "page", 1), (offsets(), "offset", 0)] {
        let running = start(paging, 20).await;
        running.fail("items", Fault::EndlessLastPage.always()).unwrap();
        let mut counted = 0;
        for nth in 0..5 {
            let at = if name == "page" { first + nth } else { first + counted };
            let (ids, at, of) = ask(&running, &format!("&{name}={at}")).await;
            counted += ids.len() as i64;
            assert!(at < of, "{name}: {at} of {of}");
            assert_eq!(ids.is_empty(), nth > 1);
        }
    }
}

#[tokio::test]
async fn empty_pages_are_honest_where_they_can_be() {
    let (running, plain) = (start(offsets(), 20).await, start(offsets(), 20).await);
    running.fail("items", Fault::EmptyPage.once()).unwrap();
    assert_eq!(ask(&running, "&offset=10").await, (vec![], 10, 20));
    assert_eq!(ask(&running, "&offset=10").await, ask(&plain, "&offset=10").await);

    let running = start(pages(), 20).await;
    running.fail("items", Fault::EmptyPage.times(2)).unwrap();
    assert_eq!(ask(&running, "&page=1").await, (vec![], 1, 2));
    assert_eq!(ask(&running, "&page=2").await, (vec![], 2, 2));

    let running = start(numbered(last("id")), 10).await;
    running.fail("items", Fault::EmptyPage.once()).unwrap();
    let (ids, at, of) = ask(&running, "").await;
    assert!(ids.is_empty() && at < of, "{at} of {of}");
    let (ids, at, of) = ask(&running, "").await;
    assert!(ids.len() == 10 && at == of, "{at} of {of}");
}

#[tokio::test]
async fn sizes_that_do_not_count_shift_the_pages_with_them() {
    for fault in [Fault::IgnoreSize, Fault::ShortPage] {
        for (step, name) in [(page(1), "page"), (offset(0), "offset"), (last("id"), "after")] {
            let running = start(sized(step), 55).await;
            let client = Client::of(&running);
            let whole = texts(data(&client.get("/items?limit=100").await), "id").join(" ");
            running.fail("items", fault.clone().always()).unwrap();
            let mut seen: Vec<String> = Vec::new();
            for nth in 1.. {
                let rest = match (name, seen.last()) {
                    ("page", _) => format!("&page={nth}"),
                    ("offset", _) => format!("&offset={}", seen.len()),
                    (_, Some(id)) => format!("&after={id}"),
                    _ => String::new(),
                };
                let got = client.get(&format!("/items?limit=40{rest}")).await;
                let ids = texts(data(&got), "id");
                assert!(ids.len() <= 20);
                if ids.is_empty() {
                    break;
                }
                seen.extend(ids.into_iter().map(str::to_owned));
            }
            assert_eq!(seen.join(" "), whole, "{fault:?}, {name}");
        }
    }
}

#[tokio::test]
async fn addresses_bend_as_tokens_do() {
    let running = start(sized(next()), 40).await;
    let client = Client::of(&running);
    let follow = async |first: &str, pages: usize| {
        let (mut counts, mut addresses, mut url) = (Vec::new(), Vec::new(), first.to_owned());
        for _ in 0..pages {
            let got = client.get(&url).await;
            counts.push(data(&got).len());
            let Some(address) = got.body["links"]["next"].as_str() else { break };
            url = address.strip_prefix(&running.url()).unwrap().to_owned();
            addresses.push(address.to_owned());
        }
        (counts, addresses)
    };
    running.fail("items", Fault::EmptyPage.times(2).after(1)).unwrap();
    running.fail("items", Fault::EndlessLastPage.always()).unwrap();
    let (counts, addresses) = follow("/items?limit=20", 6).await;
    assert_eq!(counts, [20, 0, 0, 20, 0, 0]);
    assert!(addresses[1].ends_with("~1") && addresses[2].ends_with("~2"), "{addresses:?}");
    assert_eq!(addresses[4], addresses[5]);
    running.heal("*").unwrap();
    running.fail("items", Fault::StuckCursor.always()).unwrap();
    let (_, addresses) = follow("/items?limit=10", 4).await;
    assert!(addresses.windows(2).all(|pair| pair[0] == pair[1]));
    running.heal("*").unwrap();
    running.fail("items", Fault::CursorCycle(2).always()).unwrap();
    let (_, addresses) = follow("/items?limit=5", 6).await;
    assert!((0..4).all(|nth| addresses[nth] == addresses[nth + 2]) && addresses[0] != addresses[1]);
}

#[tokio::test]
async fn a_link_can_be_endless_and_an_unknown_token_start_over() {
    let connector = items(sized(Step::Link));
    let running = Sandbox::new(&connector).records("items", 5).start().await.unwrap();
    let client = Client::of(&running);
    running.fail("items", Fault::EndlessLastPage).unwrap();
    assert!(client.get("/items").await.headers["link"].to_str().unwrap().contains("rel=\"next\""));
    running.fail("items", Fault::RestartOnUnknown).unwrap();
    let got = client.get("/items?cursor=nothing").await;
    assert_eq!(got.body, client.get("/items").await.body);
    assert_ne!(got.body, Value::Null);
}

#[tokio::test]
async fn what_leads_to_the_next_page_can_be_gone() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let right = client.get("/organizations?limit=10&order=asc").await.body;
    running.fail("organizations", Fault::NoNext.once()).unwrap();
    let mut bent = client.get("/organizations?limit=10&order=asc").await.body;
    assert!(bent["list_metadata"].get("after").is_none(), "{bent}");
    bent["list_metadata"]["after"] = right["list_metadata"]["after"].clone();
    assert_eq!(bent, right, "nothing else is gone");
    assert!(right["list_metadata"]["after"].is_string());
    let linked = start(sized(Step::Link), 30).await;
    let client = Client::of(&linked);
    assert!(client.get("/items?limit=10").await.headers.contains_key("link"));
    client.post("/__sandbox/fail", json!({"resource": "items", "fault": "no_next"})).await;
    assert!(!client.get("/items?limit=10").await.headers.contains_key("link"));
}
