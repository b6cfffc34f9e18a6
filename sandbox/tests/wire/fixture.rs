//! Specs and a client for the tests. The specs are built by hand, so that what is tested here does not depend on how
//! the language is read.

use serde_json::{Value, json};
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model::*;

/// 2026-11-20T00:00:00Z
pub(crate) const NOW: i64 = 1_795_132_800_000;
pub(crate) const HOUR: i64 = 3_600_000;
pub(crate) const DAY: i64 = 24 * HOUR;

pub(crate) const EVENTS: [&str; 8] = [
    "authentication.mfa_failed",
    "authentication.mfa_succeeded",
    "authentication.password_failed",
    "authentication.password_succeeded",
    "authentication.radar_risk_detected",
    "authentication.sso_failed",
    "authentication.sso_started",
    "authentication.sso_succeeded",
];

pub(crate) const STATES: [&str; 4] = ["draft", "active", "inactive", "deleting"];

pub(crate) fn path(text: &str) -> Expr {
    let segments = text.split('.').flat_map(|part| match part.strip_suffix("[]") {
        Some(key) => vec![Segment::Key(key.to_owned()), Segment::Each],
        None => vec![Segment::Key(part.to_owned())],
    });
    Expr::Path(segments.collect())
}

pub(crate) fn either(paths: &[&str]) -> Expr {
    Expr::FirstOf(paths.iter().map(|one| path(one)).collect())
}

pub(crate) fn call(function: Function, from: Expr, with: &str) -> Expr {
    Expr::Call(function, vec![from, Expr::Text(with.to_owned())])
}

pub(crate) fn text(text: &str) -> Expr {
    Expr::Text(text.to_owned())
}

pub(crate) fn field(name: &str, ty: Type, nullable: bool, from: Expr) -> Field {
    Field { name: name.to_owned(), description: String::new(), ty, nullable, from, references: None }
}

pub(crate) fn reference(name: &str, from: Expr, to: &str) -> Field {
    Field { references: Some(to.to_owned()), ..field(name, Type::String, true, from) }
}

/// A plain list of records.
pub fn records(path: &[&str]) -> Records {
    Records::At(path.iter().map(|key| RecordStep::Key((*key).to_owned())).collect())
}

pub(crate) fn values(all: &[&str]) -> Vec<String> {
    all.iter().map(|&one| one.to_owned()).collect()
}

pub(crate) fn enumeration(name: &str, all: &[&str]) -> Type {
    Type::Enum(Enum { name: name.to_owned(), values: values(all) })
}

pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(value) => value.as_i64().map_or_else(|| Json::Number(value.as_f64().unwrap()), Json::Integer),
        Value::String(value) => Json::Text(value.clone()),
        Value::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Object(fields) => {
            Json::Object(fields.iter().map(|(key, value)| (key.clone(), to_json(value))).collect())
        }
    }
}

pub(crate) fn cursor(to: &str) -> Paging {
    let target = |name: &str| Target::Query(name.to_owned());
    let step = Step::Cursor { from: path("list_metadata.after"), to: target(to) };
    Paging { size: Some(Size { to: target("limit"), value: 100 }), ..paging(step) }
}

/// A strategy and nothing else.
pub(crate) fn paging(step: Step) -> Paging {
    Paging { step, size: None, more: None, short_is_last: false }
}

pub(crate) fn resource(name: &str, shape: Shape, time: Expr, fields: Vec<Field>, example: Option<&Value>) -> Resource {
    Resource {
        name: name.to_owned(),
        description: String::new(),
        docs: None,
        for_each: Vec::new(),
        method: Method::Get,
        body: None,
        path: text(&format!("/{name}")),
        query: Vec::new(),
        headers: Vec::new(),
        limits: Vec::new(),
        paging: Some(cursor("after")),
        records: records(&["data"]),
        keep: None,
        on_error: Vec::new(),
        incremental: None,
        row: Row {
            name: name.to_owned(),
            shape,
            key: path("id"),
            time: Some(Time { from: time, format: TimeFormat::Rfc3339 }),
            series: None,
            edge: None,
            fields,
        },
        hook: None,
        example: example.map(to_json),
    }
}

pub(crate) fn connector(resources: Vec<Resource>) -> Connector {
    Connector {
        name: "fixture".to_owned(),
        title: "Fixture".to_owned(),
        category: None,
        description: String::new(),
        docs: None,
        setup: Vec::new(),
        limitations: Vec::new(),
        settings: vec![Setting {
            name: "apiKey".to_owned(),
            description: String::new(),
            env: None,
            kind: SettingKind::Secret { matches: Some("sk_*".to_owned()) },
            required: true,
            only_for: None,
        }],
        api: Api {
            base_url: text("https://api.example.com"),
            auth: Auth::Bearer(Expr::Setting("apiKey".to_owned())),
            limits: Vec::new(),
            retry: None,
        },
        enums: vec![Enum { name: "DomainState".to_owned(), values: values(&["failed", "pending", "verified"]) }],
        resources,
        files: Vec::new(),
        fingerprint: 0,
    }
}

/// Organizations (whose order the spec sets), connections (whose order it does not) and events, much as WorkOS has them.
pub(crate) fn workos() -> Connector {
    let created = || field("createdAt", Type::Timestamp(TimeFormat::Rfc3339), false, path("created_at"));
    let changed = || either(&["updated_at", "created_at"]);
    let mut organizations = resource(
        "organizations",
        Shape::Entity,
        changed(),
        vec![
            field("name", Type::String, false, path("name")),
            field("domains", Type::String, true, call(Function::Join, path("domains[].domain"), ", ")),
            field("domainStates", Type::String, true, call(Function::Join, path("domains[].state"), ", ")),
            field("externalId", Type::String, true, path("external_id")),
            created(),
        ],
        Some(&json!({
            "object": "organization",
            "id": "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
            "name": "Acme Inc.",
            "domains": [{"id": "org_domain_01EHZNVPK2QXHMVWCEDQEKY69A", "organization_id": "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
                         "domain": "acme.com", "state": "verified"}],
            "external_id": "2fe01467-f7ea-4dd2-8b79-c2b4f56d0191",
            "allow_profiles_outside_organization": false,
            "created_at": "2026-01-15T12:00:00.000Z",
            "updated_at": "2026-01-15T12:00:00.000Z"
        })),
    );
    organizations.query = vec![Param { name: "order".to_owned(), value: ParamValue::Text(text("asc")) }];
    let connections = resource(
        "connections",
        Shape::Entity,
        changed(),
        vec![
            field("state", enumeration("State", &STATES), true, either(&["state", "status"])),
            field("label", Type::String, false, either(&["title", "name"])),
            reference("organizationId", path("organization_id"), "organizations"),
            field("users", Type::Integer, true, path("metadata.users")),
            field("score", Type::Number, true, path("score")),
            field("enabled", Type::Boolean, true, path("enabled")),
            field("tags", Type::List, true, path("tags")),
            created(),
        ],
        Some(&json!({
            "id": "conn_01E4ZCR3C56J083X43JQXF3JK5", "organization_id": "org_01EHWNCE74X7JSDV0X3SZ3KJNY", "state": "active",
            "status": "active", "title": "Foo Corp", "name": "Foo Corp", "metadata": {"users": 42}, "score": 1.5, "enabled": true,
            "tags": ["blue"], "created_at": "2026-01-15T12:00:00.000Z", "updated_at": "2026-01-15T12:00:00.000Z"
        })),
    );
    connector(vec![organizations, connections, events()])
}

fn events() -> Resource {
    let mut events = resource(
        "auth_events",
        Shape::Event,
        path("created_at"),
        vec![
            field("eventType", enumeration("AuthEventType", &EVENTS), false, path("event")),
            field(
                "outcome",
                enumeration("Outcome", &["succeeded", "failed"]),
                true,
                Expr::FirstOf(vec![
                    path("data.status"),
                    call(Function::Capture, path("event"), "_(succeeded|failed)$"),
                ]),
            ),
            field(
                "method",
                Type::String,
                true,
                Expr::FirstOf(vec![
                    path("data.type"),
                    call(Function::Capture, path("event"), "^authentication\\.(.+)_(?:succeeded|failed)$"),
                ]),
            ),
            reference("organizationId", either(&["data.sso.organization_id", "data.organization_id"]), "organizations"),
            reference("connectionId", path("data.sso.connection_id"), "connections"),
            field("userId", Type::String, true, path("data.user_id")),
            field("email", Type::String, true, path("data.email")),
            field("ipAddress", Type::String, true, path("data.ip_address")),
            field("userAgent", Type::String, true, path("data.user_agent")),
            field("eventId", Type::String, false, path("id")),
            field("errorCode", Type::String, true, path("data.error.code")),
            field("errorMessage", Type::String, true, path("data.error.message")),
        ],
        Some(&json!({
            "object": "event", "id": "event_01EHZNVPK3SFK441A1RGBFSHRT", "event": "authentication.sso_failed",
            "created_at": "2026-01-15T12:00:00.000Z",
            "data": {
                "type": "sso", "status": "failed", "user_id": "user_01E4ZCR3C56J083X43JQXF3JK5", "email": "todd@example.com",
                "ip_address": "192.0.2.1", "user_agent": "Mozilla/5.0", "organization_id": null,
                "sso": {"organization_id": "org_01EHWNCE74X7JSDV0X3SZ3KJNY", "connection_id": "conn_01E4ZCR3C56J083X43JQXF3JK5"},
                "error": {"code": "sso_connection_halted", "message": "The connection is not active."}
            }
        })),
    );
    events.path = text("/events");
    events.query = vec![Param {
        name: "events".to_owned(),
        value: ParamValue::Each { values: values(&EVENTS), style: ListStyle::Comma },
    }];
    events.on_error = vec![ErrorRule {
        status: Some(400),
        code: Some("invalid_events_request".to_owned()),
        message: None,
        when: None,
        then: Action::DropValueOf("events".to_owned()),
    }];
    events.incremental = Some(Incremental {
        newest_first: false,
        resume: Some(Resume { from: path("id"), to: Target::Query("after".to_owned()) }),
        window: Some(Window {
            from: Some(Target::Query("range_start".to_owned())),
            to: Some(Target::Query("range_end".to_owned())),
            at_most_millis: Some(30 * DAY),
            on: WindowOn::FirstPage,
            format: TimeFormat::Rfc3339,
            until_now: false,
        }),
        lookback: None,
        overlap_millis: 0,
    });
    events
}

/// The fixture's sandbox: small, and the same every day.
pub(crate) fn sandbox() -> Sandbox {
    Sandbox::new(&workos()).now(NOW).seed(7).records("organizations", 100).records("connections", 250)
}

/// A client that sends the credential and nothing else by itself.
pub(crate) struct Client<'a> {
    sandbox: &'a Running,
    http: reqwest::Client,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl<'a> Client<'a> {
    pub(crate) fn of(sandbox: &'a Running) -> Client<'a> {
        Client { sandbox, http: crate::fixture::http() }
    }

    pub(crate) async fn send(&self, path_and_query: &str) -> reqwest::Result<reqwest::Response> {
        self.http.get(format!("{}{path_and_query}", self.sandbox.url())).bearer_auth(self.sandbox.key()).send().await
    }

    pub(crate) async fn get(&self, path_and_query: &str) -> Got {
        let response = self.send(path_and_query).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap();
        Got { status, headers, body: serde_json::from_str(&body).unwrap_or(Value::String(body)) }
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Got {
        let request = self.http.post(format!("{}{path}", self.sandbox.url()));
        let response = request.body(body.to_string()).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Got { status, headers, body: serde_json::from_str(&response.text().await.unwrap()).unwrap() }
    }

    /// What the sandbox says of itself; without a credential.
    pub(crate) async fn control(&self, path: &str) -> Value {
        let url = format!("{}/__sandbox{path}", self.sandbox.url());
        let text = self.http.get(url).send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Posts a body of a media type.
    pub(crate) async fn post_as(&self, path: &str, media: Option<&str>, body: &str) -> Got {
        let request = self.http.post(format!("{}{path}", self.sandbox.url())).bearer_auth(self.sandbox.key());
        let request = match media {
            Some(media) => request.header("content-type", media),
            None => request,
        };
        let response = request.body(body.to_owned()).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap();
        Got { status, headers, body: serde_json::from_str(&body).unwrap_or(Value::String(body)) }
    }

    /// Posts JSON.
    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Got {
        self.post_as(path, Some("application/json"), &body.to_string()).await
    }

    /// All records of a list, page by page, and how many pages there were.
    pub(crate) async fn walk(&self, path_and_query: &str, first_page_only: &str) -> (Vec<Value>, usize) {
        let (mut records, mut pages, mut next) = (Vec::new(), 0, None::<String>);
        loop {
            let url = match &next {
                None => format!("{path_and_query}{first_page_only}"),
                Some(after) => format!("{path_and_query}&after={after}"),
            };
            let got = self.get(&url).await;
            assert_eq!(got.status, 200, "{url}: {}", got.body);
            pages += 1;
            records.extend(got.body["data"].as_array().unwrap().iter().cloned());
            next = got.body["list_metadata"]["after"].as_str().map(str::to_owned);
            if next.is_none() {
                return (records, pages);
            }
            assert!(pages < 5_000, "the list does not end");
        }
    }
}

/// The request for events of all names.
pub(crate) fn all_events(rest: &str) -> String {
    format!("/events?events={}{rest}", EVENTS.join(","))
}

/// The texts at a key.
pub(crate) fn texts<'v>(records: &'v [Value], key: &str) -> Vec<&'v str> {
    records.iter().map(|record| record[key].as_str().unwrap()).collect()
}

/// A client of HTTP. Where the whole workspace is built, reqwest comes without cryptography of its own, and wants to be
/// given one even for plain HTTP.
pub(crate) fn http() -> reqwest::Client {
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::new()
}
