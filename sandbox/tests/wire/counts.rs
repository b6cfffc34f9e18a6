//! Whether there is more, which page is the last, how many records there are: said where the spec looks for it, and true.

use crate::fixture::*;
use crate::strategies::{data, items, links, offset, page, query, sized, start};
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Running, Sandbox};
use tapwright_spec::model::*;

fn header(name: &str) -> Expr {
    Expr::Header(name.to_owned())
}

fn with(function: Function, args: Vec<Expr>) -> Expr {
    Expr::Call(function, args)
}

fn integer(from: Expr) -> Expr {
    with(Function::Integer, vec![from])
}

fn pages(first: i64, last: Expr, more: Option<Expr>) -> Paging {
    Paging { more, ..sized(Step::Page { to: query("page"), first, last: Some(last) }) }
}

fn offsets(total: Expr, more: Option<Expr>) -> Paging {
    Paging { more, ..sized(Step::Offset { to: query("offset"), first: 0, total: Some(total) }) }
}

async fn ask(running: &Running, rest: &str) -> Got {
    Client::of(running).get(&format!("/items?limit=10{rest}")).await
}

#[tokio::test]
async fn the_last_page_is_numbered_as_the_first_is() {
    for (first, count, last) in [(1, 0, 1), (1, 1, 1), (1, 10, 1), (1, 11, 2), (1, 250, 25), (0, 0, 0), (0, 25, 2)] {
        let less = with(Function::Less, vec![path("meta.page"), path("meta.last")]);
        let running = start(pages(first, path("meta.last"), Some(less)), count).await;
        for page in first..last + 3 {
            let got = ask(&running, &format!("&page={page}")).await;
            let records = data(&got).len() as i64;
            assert_eq!(got.body["meta"], json!({ "page": page, "last": last }), "{count}, from {first}");
            assert_eq!(records, (count as i64 - (page - first) * 10).clamp(0, 10));
        }
    }
}

#[tokio::test]
async fn a_total_counts_what_is_asked_for_and_nothing_else() {
    let running = start(offsets(path("meta.total"), None), 95).await;
    let total = async |rest: &str| ask(&running, rest).await.body["meta"]["total"].clone();
    for offset in [0, 10, 90, 95, 1_000] {
        assert_eq!(total(&format!("&offset={offset}")).await, 95, "{offset}");
    }
    let all = data(&Client::of(&running).get("/items?limit=100").await).clone();
    let id = |place: usize| all[place]["id"].as_str().unwrap();
    let late = running.insert("items", &Change::new().at(NOW - 300 * DAY)).unwrap();
    running.insert("items", &Change::new()).unwrap();
    assert_eq!(total("").await, 97);
    running.delete("items", id(3)).unwrap();
    running.delete("items", &late).unwrap();
    running.update("items", id(5), &Change::new().set("name", "Other")).unwrap();
    assert_eq!(total("").await, 95);
    running.update("items", id(7), &Change::new()).unwrap();
    running.delete("items", id(7)).unwrap();
    assert_eq!(total("&offset=90").await, 94);
    let mut seen = Vec::new();
    for offset in (0..94).step_by(10) {
        seen.extend(data(&ask(&running, &format!("&offset={offset}")).await).clone());
    }
    let mut ids = texts(&seen, "id");
    assert_eq!(ids.len(), 94);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 94);
}

#[tokio::test]
async fn a_total_is_that_of_the_filter_and_the_window() {
    let mut connector = workos();
    let events = &mut connector.resources[2];
    events.paging = Some(offsets(path("list_metadata.total"), Some(path("list_metadata.more"))));
    if let Some(Incremental { resume, window: Some(window), .. }) = &mut events.incremental {
        (*resume, window.at_most_millis, window.on) = (None, None, WindowOn::EveryPage);
    }
    let running = Sandbox::new(&connector).now(NOW).records("auth_events", 2_000).start().await.unwrap();
    let client = Client::of(&running);
    let check = async |narrowed: &str| {
        let (mut count, mut total) = (0, Value::Null);
        loop {
            let got = client.get(&format!("{narrowed}&limit=100&offset={count}")).await;
            count += data(&got).len();
            total = if total.is_null() { got.body["list_metadata"]["total"].clone() } else { total };
            assert_eq!(got.body["list_metadata"]["total"], total, "{narrowed}");
            if got.body["list_metadata"]["more"] == false {
                assert_eq!(total, count, "{narrowed}");
                return count;
            }
        }
    };
    let two = format!("/events?events={},{}", EVENTS[1], EVENTS[4]);
    let window = "&range_start=2026-10-01T00:00:00Z&range_end=2026-10-20T00:00:00Z";
    let before = [check(&all_events("")).await, check(&two).await, check(&all_events(window)).await];
    assert!(before[0] == 2_000 && (498..503).contains(&before[1]) && (350..500).contains(&before[2]), "{before:?}");
    let narrow = check(&format!("{two}{window}")).await;
    assert!((80..130).contains(&narrow), "{narrow}");

    let inside = NOW - 40 * DAY;
    let insert =
        |event: &str, at: i64| running.insert("auth_events", &Change::new().at(at).set("event", event)).unwrap();
    let of_kind = insert(EVENTS[1], inside);
    insert(EVENTS[2], inside);
    insert(EVENTS[1], NOW - DAY);
    insert("authentication.unheard_of", inside);
    assert_eq!(check(&format!("{two}{window}")).await, narrow + 1);
    assert_eq!(check(&two).await, before[1] + 2);
    assert_eq!(check(&all_events("")).await, 2_003, "a filter of all names leaves out the others");
    running.delete("auth_events", &of_kind).unwrap();
    let some = client.get(&format!("{two}{window}&limit=1")).await;
    let id = data(&some)[0]["id"].as_str().unwrap().to_owned();
    running.update("auth_events", &id, &Change::new().set("event", EVENTS[2])).unwrap();
    assert_eq!(check(&format!("{two}{window}")).await, narrow - 1, "altered, it is none of those");
    running.update("auth_events", &id, &Change::new().set("event", "authentication.unheard_of")).unwrap();
    assert_eq!(check(&all_events("")).await, 2_001);
}

#[tokio::test]
async fn ten_million_records_are_skipped_and_counted_at_once() {
    let running = start(offsets(path("total"), None), 10_000_000).await;
    let began = std::time::Instant::now();
    for offset in [0, 5_000_000, 9_999_995] {
        let got = ask(&running, &format!("&offset={offset}")).await;
        assert_eq!(got.body["total"], 10_000_000);
        assert!(!data(&got).is_empty());
    }
    assert!(began.elapsed().as_millis() < 500, "{:?}", began.elapsed());
}

#[tokio::test]
async fn headers_have_numbers_as_text() {
    let mut connector = items(offsets(integer(header("X-Total-Count")), None));
    connector.resources[0].records = records(&[]);
    let running = Sandbox::new(&connector).records("items", 42).start().await.unwrap();
    let got = ask(&running, "&offset=40").await;
    assert_eq!((got.body.as_array().unwrap().len(), got.headers["x-total-count"].to_str().unwrap()), (2, "42"));

    let less = with(Function::LessOrEqual, vec![integer(header("X-Next-Page")), integer(header("X-Pages"))]);
    let running = start(pages(1, integer(header("X-Pages")), Some(less)), 42).await;
    for page in 1..7 {
        let got = ask(&running, &format!("&page={page}")).await;
        let said = |name: &str| got.headers[name].to_str().unwrap().parse::<i64>().unwrap();
        assert_eq!((said("x-next-page"), said("x-pages")), (page + 1, 5));
    }

    let running = start(pages(1, integer(path("meta.pages")), Some(path("meta.more"))), 42).await;
    let got = ask(&running, "&page=5").await;
    assert_eq!(got.body["meta"], json!({ "pages": "5", "more": false }), "as text, since it is read from text");
}

#[tokio::test]
async fn more_is_true_while_there_is_a_next_page() {
    let ended = |from: Expr| with(Function::Not, vec![from]);
    let equal = |from: Expr, to: &str| call(Function::Equal, from, to);
    for step in [page(1), offset(0), Step::Last { from: path("id"), to: query("after") }] {
        let body = Paging { more: Some(ended(path("end_of_stream"))), ..sized(step.clone()) };
        let text = Paging { more: Some(equal(header("X-More"), "yes")), ..sized(step.clone()) };
        for (count, pages) in [(0, 1), (10, 1), (11, 2), (30, 3)] {
            let in_body = start(body.clone(), count).await;
            let in_header = start(text.clone(), count).await;
            let mut id = String::new();
            for nth in 0..pages + 1 {
                let rest = match &step {
                    Step::Page { .. } => format!("&page={}", nth + 1),
                    Step::Offset { .. } => format!("&offset={}", nth * 10),
                    _ if id.is_empty() => String::new(),
                    _ => format!("&after={id}"),
                };
                let got = ask(&in_body, &rest).await;
                assert_eq!(got.body["end_of_stream"], nth + 1 >= pages, "{step:?}, {count}: page {nth}");
                let said = ask(&in_header, &rest).await.headers["x-more"].to_str().unwrap().to_owned();
                assert_eq!(said == "yes", nth + 1 < pages, "{step:?}, {count}: page {nth} says {said}");
                id = data(&got).last().map_or(id, |item| item["id"].as_str().unwrap().to_owned());
            }
        }
    }
}

#[tokio::test]
async fn more_and_the_way_on_agree_wherever_they_stand() {
    let more = Some(with(Function::NotEqual, vec![path("paging.next"), Expr::Null]));
    let token = Step::Cursor { from: path("paging.next"), to: query("after") };
    let running = start(Paging { more, ..sized(token) }, 25).await;
    let got = ask(&running, "").await;
    assert_eq!(got.body["paging"], json!({ "next": data(&got)[9]["id"] }));

    // Far from the last page by the count of all pages, though no page has a number.
    let more = Some(with(Function::Greater, vec![path("of"), path("at")]));
    let token = Step::Cursor { from: header("X-Next"), to: query("after") };
    let running = start(Paging { more, ..sized(token) }, 25).await;
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let got = ask(&running, &next).await;
        seen.push((got.body["at"].clone(), got.body["of"].clone()));
        let Some(token) = got.headers.get("x-next") else { break };
        next = format!("&after={}", token.to_str().unwrap());
    }
    assert_eq!(seen, [1, 2, 3].map(|at| (json!(at), json!(3))));

    let not_done = with(Function::Equal, vec![path("done"), Expr::Bool(true)]);
    let step = Step::Next { from: Expr::If(Box::new([not_done, Expr::Null, path("next")])) };
    let running = start(sized(step), 15).await;
    let first = ask(&running, "").await;
    let next = first.body["next"].as_str().unwrap();
    assert_eq!(first.body["done"], false);
    let last = Client::of(&running).get(next.strip_prefix(&running.url()).unwrap()).await;
    assert_eq!((&last.body["done"], &last.body["next"]), (&json!(true), &Value::Null));
}

#[tokio::test]
async fn well_known_headers_are_as_their_standards_say() {
    let found = |subject: Expr, regex: &str| call(Function::Capture, subject, regex);
    let last = integer(found(header("Link"), "[?&]page=(\\d+)>; rel=\"last\""));
    let more = call(Function::Matches, header("link"), "*rel=\"next\"*");
    let running = start(pages(1, last, Some(more)), 42).await;
    let url = format!("{}/items?limit=10", running.url());
    let got = ask(&running, "&page=2").await;
    let at = |page: i64| format!("{url}&page={page}");
    let expected = [("next", at(3)), ("first", url.clone()), ("last", at(5))];
    assert_eq!(links(&got), expected.map(|(name, address)| (name.to_owned(), address)));
    let got = ask(&running, "&page=5").await;
    assert_eq!(links(&got).iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["first", "last"]);

    let total = integer(found(header("Content-Range"), "/(\\d+)$"));
    let running = start(offsets(total, None), 42).await;
    for (offset, range) in [(0, "items 0-9/42"), (40, "items 40-41/42"), (50, "items */42")] {
        let got = ask(&running, &format!("&offset={offset}")).await;
        assert_eq!(got.headers["content-range"], range);
    }

    let last = integer(found(path("links.last"), "page=(\\d+)"));
    let running = start(pages(0, last, None), 42).await;
    let got = ask(&running, "").await;
    assert_eq!(got.body["links"], json!({ "last": format!("{}/items?limit=10&page=4", running.url()) }));
}

#[tokio::test]
async fn the_last_address_is_that_of_a_page_with_records() {
    let last = integer(call(Function::Capture, path("links.last"), "page=(\\d+)"));
    for (count, expected) in [(0, 0), (1, 0), (10, 0), (11, 1), (20, 1), (21, 2)] {
        let running = start(pages(0, last.clone(), None), count).await;
        let got = ask(&running, "&page=0").await;
        let address = got.body["links"]["last"].as_str().unwrap();
        assert!(address.ends_with(&format!("&page={expected}")), "{count}: {address}");
    }
}

#[tokio::test]
async fn beyond_the_last_page_there_is_no_next_one_however_that_is_compared() {
    let differ = with(Function::NotEqual, vec![path("meta.page"), path("meta.pages")]);
    let running = start(pages(1, path("meta.last"), Some(differ)), 25).await;
    for (page, more) in [(1, true), (2, true), (3, false), (4, false), (9, false)] {
        let got = ask(&running, &format!("&page={page}")).await;
        assert_eq!(got.body["meta"]["page"] != got.body["meta"]["pages"], more, "{page}: {}", got.body["meta"]);
    }
}

#[tokio::test]
async fn what_cannot_be_said_is_an_error_and_not_the_end_of_the_list() {
    let odd = with(
        Function::Equal,
        vec![with(Function::Remainder, vec![path("meta.left"), Expr::Integer(2)]), Expr::Integer(1)],
    );
    let more = Paging { more: Some(odd), ..sized(Step::Page { to: query("page"), first: 1, last: None }) };
    let running = start(more, 25).await;
    let got = ask(&running, "&page=1").await;
    assert_eq!((got.status, &got.body["code"]), (501, &json!("not_implemented")));
    assert_eq!(data(&ask(&running, "&page=3").await).len(), 5, "on the last page there is nothing to say");
}
