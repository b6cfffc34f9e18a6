//! Who gets in, to what, and how a wrong request is told what is wrong with it.

use std::time::Duration;

use crate::fixture::*;
use crate::strategies::{items, next, sized};
use serde_json::Value;
use tapwright_sandbox::Sandbox;
use tapwright_spec::model::{Auth, Expr, Param, ParamValue};

#[tokio::test]
async fn only_the_right_credential_is_let_in() {
    let running = sandbox().start().await.unwrap();
    assert!(running.key().starts_with("sk_"), "{}", running.key());
    let url = format!("{}/connections", running.url());
    let http = crate::fixture::http();
    for request in [
        http.get(&url),
        http.get(&url).bearer_auth("sk_wrong"),
        http.get(&url).bearer_auth(running.key().replace("sandbox", "SANDBOX")),
        http.get(&url).basic_auth(running.key(), Some("")),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(response.text().await.unwrap(), r#"{"message":"Unauthorized"}"#);
    }
    assert_eq!(http.get(&url).bearer_auth(running.key()).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn credentials_go_where_the_spec_says() {
    let key = || Expr::Setting("apiKey".to_owned());
    let start = async |auth: Auth| {
        let mut connector = workos();
        connector.api.auth = auth;
        Sandbox::new(&connector).start().await.unwrap()
    };
    let http = crate::fixture::http();
    let header = Auth::Header { name: "X-Key".to_owned(), value: Expr::Concat(vec![text("k="), key()]) };
    let running = start(header).await;
    let get = |running: &tapwright_sandbox::Running| http.get(format!("{}/connections", running.url()));
    let value = format!("k={}", running.key());
    assert_eq!(get(&running).header("x-key", value).send().await.unwrap().status(), 200);
    assert_eq!(get(&running).header("x-key", running.key()).send().await.unwrap().status(), 401);
    let running = start(Auth::Basic { user: key(), password: text("pa:ss") }).await;
    assert_eq!(get(&running).basic_auth(running.key(), Some("pa:ss")).send().await.unwrap().status(), 200);
    assert_eq!(get(&running).basic_auth(running.key(), Some("")).send().await.unwrap().status(), 401);
    let running = start(Auth::None).await;
    assert_eq!(get(&running).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_credential_in_a_parameter_is_asked_for_and_kept_to_itself() {
    let mut connector = items(sized(next()));
    connector.api.auth = Auth::Query { name: "api key".to_owned(), value: Expr::Setting("apiKey".to_owned()) };
    let running = Sandbox::new(&connector).setting("apiKey", "sk_a&b").records("items", 25).start().await.unwrap();
    assert_eq!(running.key(), "sk_a&b");
    let get = async |rest: &str| {
        let response = crate::fixture::http().get(format!("{}/items{rest}", running.url())).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    for wrong in [
        "",
        "?limit=5",
        "?api+key=",
        "?api+key=sk_a",
        "?api+key=sk_a%26B",
        "?API+KEY=other",
        "?api+key=sk_a%26b&api+key=sk_a%26b",
        "?api+key=sk_a%26b&api+key=x",
    ] {
        assert_eq!(get(wrong).await, (401, r#"{"message":"Unauthorized"}"#.to_owned()), "{wrong}");
    }
    let (status, body) = get("?limit=10&api%20key=sk_a%26b").await;
    assert_eq!(status, 200);
    assert!(!body.contains("sk_a"), "{body}");
    let body: Value = serde_json::from_str(&body).unwrap();
    let address = body["links"]["next"].as_str().unwrap();
    assert!(address.starts_with(&format!("{}/items?limit=10&cursor=item_", running.url())), "{address}");
    let rest = address.strip_prefix(&format!("{}/items", running.url())).unwrap();
    assert_eq!(get(rest).await.0, 401);
    assert_eq!(get(&format!("{rest}&api+key=sk_a%26b")).await.0, 200);
    let (status, body) = get("?api+key=sk_a%26b&odd=1").await;
    assert_eq!((status, body.contains("'odd'"), body.contains("sk_a")), (400, true, false));
    let seen = running.requests();
    assert!(seen.iter().all(|seen| !seen.query.contains("api") && !seen.query.contains("sk_a")), "{seen:?}");
    assert_eq!(seen.last().unwrap().query, "odd=1");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let got = client.get("/nothing").await;
    assert_eq!((got.status, got.body["message"].as_str().unwrap()), (404, "not found: /nothing"));
    let post = crate::fixture::http().post(format!("{}/connections", running.url())).bearer_auth(running.key());
    let response = post.send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "GET");
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    for (url, name) in [
        ("/organizations", "order"),
        ("/organizations?order=desc", "order"),
        ("/organizations?order=asc&page=2", "page"),
        ("/connections?range_start=2026-01-01T00:00:00Z", "range_start"),
        ("/connections?limit=1&limit=2", "limit"),
        ("/events", "events"),
    ] {
        let got = client.get(url).await;
        assert_eq!(got.status, 400, "{url}");
        assert!(got.body["message"].as_str().unwrap().contains(name), "{url}: {}", got.body);
    }
}

#[tokio::test]
async fn fixed_headers_and_settings_must_be_sent() {
    let mut connector = workos();
    connector.resources[1].headers =
        vec![Param { name: "Api-Version".to_owned(), value: ParamValue::Text(text("2026-10")) }];
    let running = Sandbox::new(&connector).setting("apiKey", "sk_mine").start().await.unwrap();
    assert_eq!(running.key(), "sk_mine");
    let get = || crate::fixture::http().get(format!("{}/connections", running.url())).bearer_auth("sk_mine");
    assert_eq!(get().send().await.unwrap().status(), 400);
    assert_eq!(get().header("api-version", "2026-10").send().await.unwrap().status(), 200);
    assert!(Sandbox::new(&connector).setting("nothing", "x").start().await.is_err());
    assert!(Sandbox::new(&connector).records("nothing", 1).start().await.is_err());
}

#[tokio::test]
async fn a_lenient_sandbox_lets_fixed_parameters_be() {
    let running = sandbox().strict(false).start().await.unwrap();
    let client = Client::of(&running);
    let descending = client.get("/organizations?limit=100").await.body;
    let (mut ascending, _) = client.walk("/organizations?limit=100&order=asc", "").await;
    ascending.reverse();
    assert_eq!(descending["data"].as_array().unwrap(), &ascending);
    assert_eq!(client.get("/organizations?page=1").await.status, 400);
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let running = sandbox().rate_limit(3, Duration::from_millis(1_500)).start().await.unwrap();
    let client = Client::of(&running);
    for _ in 0..3 {
        assert_eq!(client.get("/connections").await.status, 200);
    }
    let got = client.get("/connections").await;
    assert_eq!(got.status, 429);
    assert_eq!(got.headers["retry-after"], "2");
    assert!(got.body["message"].is_string());
    tokio::time::sleep(Duration::from_millis(1_600)).await;
    assert_eq!(client.get("/connections").await.status, 200);
}

#[tokio::test]
async fn latency_holds_every_answer_back_but_not_one_after_the_other() {
    let running = sandbox().latency(Duration::from_millis(150)).start().await.unwrap();
    let client = Client::of(&running);
    let began = std::time::Instant::now();
    tokio::join!(client.get("/connections"), client.get("/connections"), client.get("/connections"));
    let took = began.elapsed().as_millis();
    assert!((150..400).contains(&took), "{took} ms");
}

#[tokio::test]
async fn requests_are_logged_within_bounds() {
    let running = sandbox().log(2).start().await.unwrap();
    let client = Client::of(&running);
    for url in ["/connections", "/connections?limit=3", "/nothing?x=1"] {
        client.get(url).await;
    }
    let seen = running.requests();
    assert_eq!(running.request_count(), 3);
    let seen: Vec<_> =
        seen.iter().map(|seen| (seen.method.as_str(), seen.path.as_str(), seen.query.as_str(), seen.status)).collect();
    assert_eq!(seen, [("GET", "/connections", "limit=3", 200), ("GET", "/nothing", "x=1", 404)]);
    running.forget_requests();
    assert!(running.requests().is_empty());
    let silent = sandbox().log(0).start().await.unwrap();
    Client::of(&silent).get("/connections").await;
    assert!(silent.requests().is_empty() && silent.request_count() == 1);
}

#[tokio::test]
async fn a_dropped_sandbox_is_gone() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    client.get("/connections").await;
    let (url, key) = (format!("{}/connections", running.url()), running.key().to_owned());
    running.shutdown().await;
    assert!(crate::fixture::http().get(url).bearer_auth(key).send().await.is_err());
}

#[test]
fn it_runs_on_a_thread_of_its_own() {
    let running = sandbox().start_on_thread().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let url = format!("{}/connections", running.url());
    runtime.block_on(async {
        assert_eq!(Client::of(&running).get("/connections").await.status, 200);
    });
    drop(running);
    runtime.block_on(async { assert!(reqwest::get(url).await.is_err()) });
}
