//! Answers that the spec's error rules are about, and what an API says when it has had too many requests.

use std::time::Duration;

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Error, Fault, Sandbox};
use tapwright_spec::model::Connector;

fn rules(of_list: &str, of_api: &str) -> Connector {
    spec(&format!(
        r#"  on_error: [{of_api}]
paging:
  tokens: {{ cursor: {{ from: next, to: query.cursor }} }}
resources:
  teams:
    description: Teams.
    get: /teams
    paging: tokens
    records: data
    entity: team
    key: id
    fields: {{ name: string }}
    on_error: [{of_list}]
  members:
    description: Members.
    for_each: {{ team: teams }}
    get: /teams/{{team.id}}/members
    paging: tokens
    records: data
    entity: member
    key: id
    fields: {{ name: string }}
    on_error:
      - {{ when: 'ok == false and error.code == "no_such_team" and headers["X-Team"] == "gone"', then: skip_parent }}
"#
    ))
}

#[tokio::test]
async fn an_answer_is_what_a_rule_is_about() {
    let of_list = r#"
        { status: 403, message: "*rate limit*", then: wait },
        { status: 409, code: busy, then: retry },
        { when: ok == false and error == "ratelimited", then: wait },
        { status: 200, when: 'integer(headers["X-Left"]) == 0', then: wait },
        { when: 'first(errors[].type) == "FORBIDDEN"', then: fail },
        { code: plain, then: fail }"#;
    let connector = rules(of_list, "{ status: 451, then: ignore }");
    let running = Sandbox::new(&connector).start().await.unwrap();
    let client = Client::of(&running);
    let at = |body: &Value, pointer: &str| body.pointer(pointer).cloned().unwrap_or_default();
    for (rule, status, pointer, value) in [
        (0, 403, "/message", json!("The sandbox was told to refuse: rate limit")),
        (1, 409, "/code", json!("busy")),
        (2, 200, "/ok", json!(false)),
        (2, 200, "/error", json!("ratelimited")),
        (3, 200, "/data", Value::Null),
        (4, 200, "/errors/0/type", json!("FORBIDDEN")),
        (5, 400, "/code", json!("plain")),
        (6, 451, "/code", Value::Null),
    ] {
        running.fail("teams", Fault::Rule(rule)).unwrap();
        let got = client.get("/teams").await;
        assert_eq!((got.status, at(&got.body, pointer)), (status, value), "{rule}: {}", got.body);
        let left = got.headers.get("x-left").map(|left| left.to_str().unwrap());
        assert_eq!(left, (rule == 3).then_some("0"));
        assert_eq!(client.get("/teams").await.status, 200);
    }
    assert!(matches!(running.fail("teams", Fault::Rule(7)), Err(Error::Rule(name, 7)) if name == "teams"));
    assert!(matches!(running.fail("*", Fault::Rule(3)), Err(Error::Rule(..))), "members have fewer");
    let order = json!({"resource": "teams", "fault": "rule", "rule": 1});
    assert_eq!(client.post("/__sandbox/fail", order).await.status, 200);
    assert_eq!(client.get("/teams").await.status, 409);
}

#[tokio::test]
async fn a_rule_that_no_answer_is_known_for_is_an_error() {
    let impossible = r#"{ when: error.code == "a" and error.code == "b", then: fail }"#;
    let sandbox = Sandbox::new(&rules(impossible, "")).fail("teams", Fault::Rule(0));
    let error = sandbox.start().await.unwrap_err();
    assert_eq!(error.to_string(), "no answer is known to the sandbox that error rule 0 of `teams` is about");
    assert!(Sandbox::new(&rules(impossible, "")).start().await.is_ok(), "as long as nobody asks for it");
}

#[tokio::test]
async fn a_missing_parent_is_told_as_its_rule_says() {
    let running = Sandbox::new(&rules("", "")).start().await.unwrap();
    let got = Client::of(&running).get("/teams/nobody/members").await;
    assert_eq!((got.status, got.headers["x-team"].to_str().unwrap()), (200, "gone"));
    assert_eq!((&got.body["ok"], &got.body["error"]["code"]), (&json!(false), &json!("no_such_team")));
}

#[tokio::test]
async fn graphql_says_what_is_wrong_in_errors() {
    let connector = spec(
        r#"
resources:
  teams:
    description: Teams.
    post: /graphql
    graphql: { query: "{ teams { id } }" }
    paging: none
    records: data.teams
    entity: team
    key: id
    fields: { name: string }
    on_error: [{ when: 'first(errors[].extensions.code) == "RATELIMITED"', then: wait }]
"#,
    );
    let running = Sandbox::new(&connector).start().await.unwrap();
    let client = Client::of(&running);
    let body = json!({"query": "{ teams { id } }", "variables": {}});
    for (rule, code) in [(0, json!("RATELIMITED")), (1, Value::Null)] {
        running.fail("teams", Fault::Rule(rule)).unwrap();
        let got = client.post_json("/graphql", &body).await;
        assert_eq!((got.status, &got.body["data"]), (200, &Value::Null), "{}", got.body);
        let error = &got.body["errors"][0];
        assert_eq!((error["message"].is_string(), &error["extensions"]["code"]), (true, &code), "{}", got.body);
    }
    assert!(client.post_json("/graphql", &body).await.body["data"]["teams"].is_array());
}

#[tokio::test]
async fn a_limit_says_when_to_come_back_as_the_spec_has_it() {
    let now = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        i64::try_from(since.as_millis()).unwrap()
    };
    for (format, unit, is_moment) in
        [("seconds", 1_000, false), ("millis", 1, false), ("unix_seconds", 1_000, true), ("unix_millis", 1, true)]
    {
        let retry = format!("  retry: {{ after: {{ header: X-RateLimit-Reset, is: {format} }} }}\n");
        let connector = rules("", "");
        let mut limited = spec(&format!(
            "{retry}resources:\n  a: {{ description: A., get: /a, paging: none, \
             records: data, entity: a, key: id, fields: {{ name: string }} }}\n"
        ));
        limited.resources.extend(connector.resources);
        let running = Sandbox::new(&limited).rate_limit(1, Duration::from_secs(30)).start().await.unwrap();
        let client = Client::of(&running);
        assert_eq!(client.get("/a").await.status, 200);
        let asked = now();
        let got = client.get("/a").await;
        assert_eq!((got.status, got.headers.contains_key("retry-after")), (429, false), "{format}");
        let said: i64 = got.headers["x-ratelimit-reset"].to_str().unwrap().parse().unwrap();
        let wait = said * unit - if is_moment { asked } else { 0 };
        assert!((29_000..=31_500).contains(&wait), "{format}: {wait}");
    }
    let running = Sandbox::new(&rules("", "")).rate_limit(1, Duration::from_secs(30)).start().await.unwrap();
    let client = Client::of(&running);
    client.get("/teams").await;
    assert_eq!(client.get("/teams").await.headers["retry-after"], "30");
}
