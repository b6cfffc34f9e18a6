//! Each way of paging, walked as a client of it would: by what the answer says, or by what the client counts.

use std::io::{Read, Write};

use crate::fixture::*;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Running, Sandbox};
use tapwright_spec::model::*;

/// A list of entities that is paged so, with a size of at most 100.
pub(crate) fn items(paging: Paging) -> Connector {
    let mut items = resource(
        "items",
        Shape::Entity,
        path("updated_at"),
        vec![
            field("name", Type::String, false, path("name")),
            field("sequence", Type::Integer, false, path("sequence")),
        ],
        Some(&json!({"id": "item_01E4ZCR3C56J083X43JQXF3JK5", "name": "Foo", "sequence": 7,
                     "created_at": "2026-01-15T12:00:00.000Z", "updated_at": "2026-01-15T12:00:00.000Z"})),
    );
    items.paging = Some(paging);
    connector(vec![items])
}

pub(crate) fn query(name: &str) -> Target {
    Target::Query(name.to_owned())
}

/// A strategy with a size.
pub(crate) fn sized(step: Step) -> Paging {
    Paging { size: Some(Size { to: query("limit"), value: 100 }), ..paging(step) }
}

pub(crate) fn page(first: i64) -> Step {
    Step::Page { to: query("page"), first, last: None }
}

pub(crate) fn offset(first: i64) -> Step {
    Step::Offset { to: query("offset"), first, total: None }
}

pub(crate) fn last(from: &str) -> Step {
    Step::Last { from: path(from), to: query("after") }
}

pub(crate) fn next() -> Step {
    Step::Next { from: path("links.next") }
}

pub(crate) async fn start(paging: Paging, count: u64) -> Running {
    Sandbox::new(&items(paging)).now(NOW).records("items", count).start().await.unwrap()
}

pub(crate) fn data(got: &Got) -> &Vec<Value> {
    assert_eq!(got.status, 200, "{}", got.body);
    got.body["data"].as_array().unwrap()
}

/// The addresses of a `Link` header by their relations.
pub(crate) fn links(got: &Got) -> Vec<(String, String)> {
    let Some(header) = got.headers.get("link") else { return Vec::new() };
    let read = |one: &str| {
        let (address, rest) = one.strip_prefix('<').unwrap().split_once(">; rel=\"").unwrap();
        (rest.strip_suffix('"').unwrap().to_owned(), address.to_owned())
    };
    header.to_str().unwrap().split(", ").map(read).collect()
}

fn named(got: &Got, relation: &str) -> Option<String> {
    links(got).into_iter().find(|(name, _)| name == relation).map(|(_, address)| address)
}

/// Walks a list to its end by its strategy alone; gives the ids, and how many requests that took.
async fn walk(running: &Running, step: &Step, first_page: &str) -> (Vec<String>, usize) {
    let client = Client::of(running);
    let (mut ids, mut requests, mut url) = (Vec::<String>::new(), 0, first_page.to_owned());
    loop {
        let got = client.get(&url).await;
        requests += 1;
        assert!(requests < 2_000, "{step:?}: the list does not end");
        let found: Vec<String> = texts(data(&got), "id").into_iter().map(str::to_owned).collect();
        let local = |address: String| address.strip_prefix(&running.url()).unwrap().to_owned();
        let counted = |name: &str, number: i64| format!("{first_page}&{name}={number}");
        let on = found.last().cloned();
        ids.extend(found);
        let next = match step {
            Step::Cursor { .. } => {
                got.body["list_metadata"]["after"].as_str().map(|token| format!("{first_page}&after={token}"))
            }
            Step::Last { .. } => on.map(|id| format!("{first_page}&after={id}")),
            Step::Page { first, .. } => on.map(|_| counted("page", first + requests as i64)),
            Step::Offset { first, .. } => on.map(|_| counted("offset", first + ids.len() as i64)),
            Step::Next { .. } => got.body["links"]["next"].as_str().map(|address| local(address.to_owned())),
            Step::Link => named(&got, "next").map(local),
        };
        match next {
            Some(next) => url = next,
            None => return (ids, requests),
        }
    }
}

#[tokio::test]
async fn every_strategy_gives_every_record_exactly_once() {
    let token = Step::Cursor { from: path("list_metadata.after"), to: query("after") };
    for count in [0, 1, 99, 100, 101, 250] {
        let reference = start(sized(token.clone()), count).await;
        let (expected, _) = walk(&reference, &token, "/items?limit=100").await;
        assert_eq!(expected.len() as u64, count);
        let steps = [token.clone(), last("id"), page(0), page(1), offset(0), offset(1), next(), Step::Link];
        for step in steps {
            let running = start(sized(step.clone()), count).await;
            for size in [7, 10, 50, 100] {
                let (ids, requests) = walk(&running, &step, &format!("/items?limit={size}")).await;
                assert_eq!(ids, expected, "{step:?}, {count} by {size}");
                let by_answer = matches!(step, Step::Cursor { .. } | Step::Next { .. } | Step::Link);
                let pages = count.div_ceil(size) as usize + usize::from(!by_answer);
                assert_eq!(requests, pages.max(1), "{step:?}, {count} by {size}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_without_a_number_is_the_first_and_its_size_is_the_usual() {
    for (step, name, first) in [(page(0), "page", 0), (page(1), "page", 1), (offset(0), "offset", 0)] {
        let running = start(sized(step.clone()), 35).await;
        let client = Client::of(&running);
        let plain = client.get("/items").await;
        assert_eq!(data(&plain).len(), 10);
        assert_eq!(client.get(&format!("/items?{name}={first}")).await.body, plain.body);
        for size in ["0", "101", "many"] {
            assert_eq!(client.get(&format!("/items?limit={size}")).await.status, 422, "{size}");
        }
        let unsized_ = start(paging(step), 135).await;
        assert_eq!(data(&Client::of(&unsized_).get("/items").await).len(), 100);
        assert_eq!(Client::of(&unsized_).get("/items?limit=10").await.status, 400);
    }
}

#[tokio::test]
async fn beyond_the_end_is_nothing_and_what_is_no_number_is_refused() {
    for (step, name, first) in
        [(page(0), "page", 0), (page(1), "page", 1), (offset(0), "offset", 0), (offset(1), "offset", 1)]
    {
        let running = start(sized(step), 30).await;
        let client = Client::of(&running);
        for beyond in ["31", "4711", "9223372036854775807"] {
            let got = client.get(&format!("/items?limit=10&{name}={beyond}")).await;
            assert!(data(&got).is_empty(), "{name}={beyond}");
        }
        let below = (first - 1).to_string();
        for wrong in [below.as_str(), "", "one", "1.5", "-3", "%2B1", "%201", "9223372036854775808"] {
            let got = client.get(&format!("/items?limit=10&{name}={wrong}")).await;
            assert_eq!(got.status, 422, "{name}={wrong}");
            assert_eq!(got.body["errors"][0]["field"], name);
        }
        assert_eq!(client.get(&format!("/items?{name}=1&{name}=2")).await.status, 400);
        for foreign in ["after=x", "before=x", "order=asc", "cursor=x"] {
            assert_eq!(client.get(&format!("/items?{foreign}")).await.status, 400, "{foreign}");
        }
    }
}

#[tokio::test]
async fn counting_begins_behind_the_record_that_a_sync_goes_on_from() {
    let mut connector = items(sized(page(1)));
    connector.resources[0].incremental = Some(Incremental {
        newest_first: false,
        resume: Some(Resume { from: path("id"), to: query("since_id") }),
        window: None,
        lookback: None,
        overlap_millis: 0,
    });
    let running = Sandbox::new(&connector).records("items", 100).start().await.unwrap();
    let (all, _) = walk(&running, &page(1), "/items?limit=30").await;
    let (rest, _) = walk(&running, &page(1), &format!("/items?limit=30&since_id={}", all[19])).await;
    assert_eq!(rest, all[20..]);
    let got = Client::of(&running).get("/items?since_id=item_none").await;
    assert_eq!((got.status, got.body["message"].as_str().unwrap().contains("'since_id'")), (400, true));
}

#[tokio::test]
async fn the_last_record_is_named_by_id_moment_or_number() {
    let running = start(sized(last("id")), 60).await;
    let client = Client::of(&running);
    let got = client.get("/items?after=item_01EHWNCE74X7JSDV0X3SZ3KJNY").await;
    assert_eq!(got.status, 400);
    assert!(got.body["message"].as_str().unwrap().starts_with("'after' names no record"));
    let (ids, _) = walk(&running, &last("id"), "/items?limit=20").await;
    running.delete("items", &ids[19]).unwrap();
    let behind = client.get(&format!("/items?limit=20&after={}", ids[19])).await;
    assert_eq!(texts(data(&behind), "id"), ids[20..40], "a cursor whose record is gone still works");

    let running = start(sized(last("created_at")), 60).await;
    let client = Client::of(&running);
    let all = data(&client.get("/items?limit=60").await).clone();
    let moment = all[19]["created_at"].as_str().unwrap();
    assert_eq!(data(&client.get(&format!("/items?limit=100&after={moment}")).await)[..], all[20..]);
    assert_eq!(client.get("/items?after=soon").await.status, 400);

    let running = start(sized(last("sequence")), 60).await;
    let client = Client::of(&running);
    let inserted = running.insert("items", &Change::new().at(NOW - 300 * DAY)).unwrap();
    let all = data(&client.get("/items?limit=100").await).clone();
    assert!(all.len() == 61 && texts(&all, "id").contains(&inserted.as_str()));
    for place in 0..61 {
        let got = client.get(&format!("/items?limit=100&after={}", all[place]["sequence"])).await;
        assert_eq!(data(&got)[..], all[place + 1..], "behind {}", all[place]);
    }
    running.delete("items", &inserted).unwrap();
    let place = all.iter().position(|item| item["id"] == inserted.as_str()).unwrap();
    let got = client.get(&format!("/items?limit=100&after={}", all[place]["sequence"])).await;
    assert_eq!(data(&got)[..], all[place + 1..]);
    for unknown in ["100", "-1", "x"] {
        assert_eq!(client.get(&format!("/items?after={unknown}")).await.status, 400, "{unknown}");
    }
}

#[tokio::test]
async fn a_link_header_names_the_next_page_and_the_first() {
    let running = start(sized(Step::Link), 25).await;
    let client = Client::of(&running);
    let url = running.url();
    let first = client.get("/items?limit=10").await;
    let id = data(&first)[9]["id"].as_str().unwrap();
    let expected = format!("<{url}/items?limit=10&cursor={id}>; rel=\"next\", <{url}/items?limit=10>; rel=\"first\"");
    assert_eq!(first.headers["link"], expected);
    let second = client.get(&format!("/items?limit=10&cursor={id}")).await;
    let id = data(&second)[9]["id"].as_str().unwrap();
    let last = client.get(&format!("/items?limit=10&cursor={id}")).await;
    assert_eq!(data(&last).len(), 5);
    assert_eq!(last.headers["link"], format!("<{url}/items?limit=10>; rel=\"first\""));
    assert_eq!(client.get("/items?cursor=nothing").await.status, 400);
    let mut bare = items(sized(Step::Link));
    bare.resources[0].records = records(&[]);
    let running = Sandbox::new(&bare).records("items", 25).start().await.unwrap();
    let got = Client::of(&running).get("/items?limit=10").await;
    assert_eq!((got.body.as_array().unwrap().len(), links(&got).len()), (10, 2));
}

#[tokio::test]
async fn addresses_are_below_the_host_that_was_asked() {
    let running = start(sized(next()), 25).await;
    let get = crate::fixture::http().get(format!("{}/items?limit=10", running.url())).bearer_auth(running.key());
    let text = get.header("host", "api.example.com:8443").send().await.unwrap().text().await.unwrap();
    let body: Value = serde_json::from_str(&text).unwrap();
    assert!(body["links"]["next"].as_str().unwrap().starts_with("http://api.example.com:8443/items?limit=10&cursor="));
    // A client that does not say is told the path.
    let (address, key) = (running.url().replace("http://", ""), running.key().to_owned());
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET /items?limit=10 HTTP/1.0\r\nauthorization: Bearer {key}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    assert!(answer.contains("\"next\":\"/items?limit=10&cursor=item_"), "{answer}");
}

#[tokio::test]
async fn what_says_where_to_go_on_can_be_a_header() {
    let to = |name: &str| Target::Header(name.to_owned());
    for (step, name, values) in [
        (Step::Page { to: to("X-Page"), first: 0, last: None }, "x-page", ["0", "1", "2"]),
        (Step::Offset { to: to("X-Offset"), first: 1, total: None }, "x-offset", ["1", "11", "21"]),
    ] {
        let running = start(sized(step), 25).await;
        let client = Client::of(&running);
        let whole = data(&client.get("/items?limit=100").await).clone();
        let get = async |value: &str| {
            let request = crate::fixture::http().get(format!("{}/items?limit=10", running.url()));
            let response = request.bearer_auth(running.key()).header(name, value).send().await.unwrap();
            (response.status().as_u16(), serde_json::from_str::<Value>(&response.text().await.unwrap()).unwrap())
        };
        for (value, expected) in values.iter().zip(whole.chunks(10)) {
            assert_eq!(get(value).await.1["data"].as_array().unwrap(), expected, "{name}: {value}");
        }
        assert_eq!(get("x").await.0, 422);
    }
}

/// Events of two kinds by window, with fixed and list parameters, one of them called as the token is otherwise.
fn narrowed(step: Step, on: WindowOn) -> Connector {
    let mut connector = workos();
    let mut events = connector.resources.remove(2);
    events.paging = Some(sized(step));
    events.query.push(Param { name: "cursor".to_owned(), value: ParamValue::Text(text("a b&c=d")) });
    events.query.push(Param { name: "flavour".to_owned(), value: ParamValue::Text(text("süß")) });
    events.incremental = Some(Incremental {
        newest_first: false,
        resume: None,
        window: Some(Window {
            from: Some(query("range_start")),
            to: Some(query("range_end")),
            at_most_millis: None,
            on,
            format: TimeFormat::Rfc3339,
            until_now: false,
        }),
        lookback: None,
        overlap_millis: 0,
    });
    connector.resources.push(events);
    connector
}

#[tokio::test]
async fn an_address_that_is_followed_as_given_keeps_all_that_was_asked() {
    let asked = format!(
        "/events?events={}%2C{}&cursor=a+b%26c%3Dd&flavour=s%C3%BC%C3%9F&range_start=2026-10-01T00:00:00Z\
         &range_end=2026-11-01T00%3A00%3A00Z",
        EVENTS[0], EVENTS[3]
    );
    for (step, on) in [(next(), WindowOn::EveryPage), (Step::Link, WindowOn::FirstPage)] {
        let running =
            Sandbox::new(&narrowed(step.clone(), on)).now(NOW).records("auth_events", 2_000).start().await.unwrap();
        let whole = Client::of(&running).get(&format!("{asked}&limit=100")).await;
        let (first, _) = walk(&running, &step, &format!("{asked}&limit=100")).await;
        assert!(data(&whole).len() == 100 && (160..180).contains(&first.len()), "{}", first.len());
        running.forget_requests();
        let (ids, requests) = walk(&running, &step, &format!("{asked}&limit=20")).await;
        assert_eq!((ids, requests), (first.clone(), first.len().div_ceil(20)));
        for (nth, seen) in running.requests().iter().enumerate() {
            assert!(seen.path == "/events" && seen.query.starts_with(&asked[8..]), "{}", seen.query);
            assert_eq!(seen.query.matches("&page_cursor=").count(), usize::from(nth > 0), "{}", seen.query);
        }
    }
}
