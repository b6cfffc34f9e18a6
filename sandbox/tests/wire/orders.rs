//! Orders to a running sandbox over HTTP: each does what the method of the same name does, and a wrong one does nothing.

use crate::fixture::*;
use crate::written::{spec, with_auth};
use serde_json::{Value, json};
use tapwright_sandbox::{Error, Fault, Sandbox};

#[tokio::test]
async fn a_record_is_put_in_read_altered_and_taken_out() {
    let running = sandbox().records("auth_events", 20).start().await.unwrap();
    let client = Client::of(&running);
    let order =
        json!({"resource": "connections", "at": "2026-10-01T00:00:00Z", "set": {"name": "New", "metadata.users": 3}});
    let id = client.post("/__sandbox/insert", order).await.body["id"].clone();
    let got = client.post("/__sandbox/record", json!({"resource": "connections", "id": id})).await.body;
    assert_eq!((&got["record"]["name"], &got["record"]["metadata"]["users"]), (&json!("New"), &json!(3)));
    assert_eq!(got["at"], "2026-10-01T00:00:00.000Z");
    assert_eq!(got["record"], running.record("connections", id.as_str().unwrap()).unwrap());
    let order = json!({"resource": "/connections", "id": id, "set": {"name": "Newer"}});
    assert_eq!(client.post("/__sandbox/update", order).await.status, 200);
    assert_eq!(running.record("connections", id.as_str().unwrap()).unwrap()["name"], "Newer");
    let state = client.control("").await["resources"][1].clone();
    assert_eq!((&state["records"], &state["inserted"], &state["updated"]), (&json!(251), &json!(1), &json!(1)));
    assert_eq!(client.post("/__sandbox/delete", json!({"resource": "connections", "id": id})).await.status, 200);
    assert_eq!(client.control("").await["resources"][1]["records"], 250);
}

#[tokio::test]
async fn faults_are_armed_counted_and_taken_back() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    let fail =
        json!({"resource": "/connections", "fault": "status", "status": 503, "retry_after": 1, "times": 2, "after": 1});
    assert_eq!(client.post("/__sandbox/fail", fail).await.status, 200);
    let armed = async || client.control("").await["resources"][1]["faults"].clone();
    let mut seen = Vec::new();
    for left in [1, 1, 0, 0] {
        let got = client.get("/connections?limit=1").await;
        seen.push((got.status, got.headers.get("retry-after").is_some()));
        assert_eq!(armed().await, left);
    }
    assert_eq!(seen, [(200, false), (503, true), (503, true), (200, false)]);
    running.fail("*", Fault::Reset.always()).unwrap();
    assert_eq!(armed().await, 1);
    assert_eq!(client.post("/__sandbox/heal", json!({})).await.status, 200);
    assert_eq!((armed().await, client.get("/connections?limit=1").await.status), (json!(0), 200));
}

#[tokio::test]
async fn requests_are_listed_and_forgotten_and_orders_are_not_among_them() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    client.get("/connections?limit=2").await;
    client.get("/nowhere").await;
    let got = client.control("/requests").await;
    assert_eq!((&got["count"], got["requests"].as_array().unwrap().len()), (&json!(2), 2));
    assert_eq!((&got["requests"][0]["query"], &got["requests"][1]["status"]), (&json!("limit=2"), &json!(404)));
    let url = format!("{}/__sandbox/requests", running.url());
    assert_eq!(http().delete(url).send().await.unwrap().status(), 200);
    let got = client.control("/requests").await;
    assert_eq!((&got["count"], &got["requests"]), (&json!(2), &json!([])));
}

#[tokio::test]
async fn an_order_needs_no_credential_and_a_wrong_one_says_what_is_wrong_and_does_nothing() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    for (path, order, status, said) in [
        ("insert", json!({"resource": "connections", "time": 3}), 400, "unknown key `time`"),
        ("insert", json!({"resource": "connections", "set": []}), 400, "`set` must be an object"),
        ("insert", json!({"resource": "connections", "at": "soon"}), 400, "`at` must be RFC 3339"),
        ("insert", json!({}), 400, "`resource` is missing"),
        ("insert", json!({"resource": "nothing"}), 400, "no resource is called `nothing`"),
        ("insert", json!([]), 400, "an order is a JSON object"),
        ("update", json!({"resource": "connections", "id": 3}), 400, "`id` must be text"),
        ("delete", json!({"resource": "connections", "id": "x"}), 400, "no record has the id `x`"),
        ("fail", json!({"resource": "connections", "fault": "odd"}), 400, "no fault is called `odd`"),
        ("fail", json!({"resource": "connections", "fault": "reset", "status": 500}), 400, "unknown key `status`"),
        ("fail", json!({"resource": "connections", "fault": "status", "status": 100}), 400, "`status` must be 200"),
        ("churn", json!({"rate": -1}), 400, "`rate` must be a number from 0 to 1000"),
        ("nothing", json!({}), 404, "the sandbox has no /__sandbox/nothing"),
        ("requests", json!({}), 405, "method not allowed"),
    ] {
        let got = client.post(&format!("/__sandbox/{path}"), order).await;
        let message = got.body["message"].as_str().unwrap();
        assert!(got.status == status && message.contains(said), "{path}: {} {message}", got.status);
    }
    let state = client.control("").await;
    let untouched = |list: &Value| list["inserted"] == 0 && list["deleted"] == 0 && list["faults"] == 0;
    assert!(state["resources"].as_array().unwrap().iter().all(untouched) && state["churn"] == 0.0, "{state}");
}

#[tokio::test]
async fn churn_is_an_order_too() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    assert_eq!(client.post("/__sandbox/churn", json!({"rate": 2})).await.status, 200);
    for _ in 0..10 {
        client.get("/connections?limit=1").await;
    }
    let state = client.control("").await;
    let list = &state["resources"][1];
    let made: u64 = ["inserted", "updated", "deleted"].iter().map(|kind| list[kind].as_u64().unwrap()).sum();
    assert_eq!((made, &state["churn"]), (20, &json!(2.0)));
}

#[tokio::test]
async fn tokens_expire_when_they_are_told_to() {
    let connector = with_auth(
        "{ oauth2: { token_url: \"https://api.example.com/token\", grant: client_credentials, client_id: me, \
         client_secret: \"{config.apiKey}\" } }",
        "resources:\n  a: { description: A., get: /a, paging: none, records: data, entity: a, key: id, \
         fields: { name: string } }\n",
    );
    let running = Sandbox::new(&connector).start().await.unwrap();
    let form = [("grant_type", "client_credentials"), ("client_id", "me"), ("client_secret", running.key())];
    let body = form.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let client = Client::of(&running);
    let given = client.post_as("/token", Some("application/x-www-form-urlencoded"), &body).await;
    let token = given.body["access_token"].as_str().unwrap_or_else(|| panic!("{}", given.body)).to_owned();
    let ask = async || {
        let request = http().get(format!("{}/a", running.url())).bearer_auth(&token);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask().await, 200);
    assert_eq!(client.post("/__sandbox/expire", json!({})).await.status, 200);
    assert_eq!(ask().await, 401);
}

#[tokio::test]
async fn an_api_that_has_such_a_path_itself_is_not_served() {
    for path in ["/__sandbox", "/__sandbox/insert"] {
        let connector = spec(&format!(
            "resources:\n  a: {{ description: A., get: {path}, paging: none, records: data, entity: a, key: id, \
             fields: {{ name: string }} }}\n"
        ));
        let error = Sandbox::new(&connector).start().await.unwrap_err();
        assert!(matches!(&error, Error::Taken(taken) if taken == path), "{error}");
        assert!(error.to_string().contains(path));
    }
    let beside = spec(
        "resources:\n  a: { description: A., get: /__sandboxes, paging: none, records: data, entity: a, key: id, \
         fields: { name: string } }\n",
    );
    let running = Sandbox::new(&beside).start().await.unwrap();
    assert_eq!(Client::of(&running).get("/__sandboxes").await.status, 200);
}
