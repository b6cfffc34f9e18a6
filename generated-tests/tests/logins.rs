//! A token of a log-in at a source that is not as one would wish: slow, forgetful, talkative, or never content.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tapwright_generated_tests::{Lab, Scripted, json, model, respond};
use tapwright_runtime::{
    Error, ErrorKind, Origin, Report, RetryPolicy, SecretString, SettingValue, Settings, Status, Stop, Sync,
};
use tapwright_sqlite::Sqlite;

const SPEC: &str = r#"
tapwright: 1
connector: logins
description: An API with sessions.
config:
  user: { type: string, description: Who asks. }
  password: { type: secret, env: LOGINS_PASSWORD, description: What only they know. }
api:
  base_url: https://api.example.com/v1
  auth:
    login:
      post: /login
      form: { user: "{config.user}", password: "{config.password}" }
      token: token
      as: { header: { name: X-Session, value: "{token}" } }
paging:
  pages: { page: { to: query.page, last: pages } }
resources:
  parents:
    description: Parents.
    get: /parents
    paging: none
    records: data
    entity: logins_parent
    key: id
    fields: { name: string? }
  things:
    description: Things.
    for_each: { parent: parents }
    get: /parents/{parent.id}/things
    paging: pages
    records: data
    entity: logins_thing
    key: "[parent.id, id]"
    fields: { name: string? }
"#;

const PASSWORD: &str = "hush-hush/+hush";

/// A source that gives the tokens `session-token-1`, `session-token-2`, …
struct Source {
    given: AtomicU64,
    /// How many requests the first token is good for.
    first: u64,
    /// How many tokens count at all.
    count: u64,
    used: AtomicU64,
    refused: AtomicU64,
    /// What a page's record is called, as JSON; `TOKEN` is the token that came.
    name: &'static str,
    /// How log-ins are answered instead, and how often.
    instead: Option<(u64, &'static str, &'static str)>,
}

impl Default for Source {
    fn default() -> Self {
        Source {
            given: AtomicU64::new(0),
            first: u64::MAX,
            count: u64::MAX,
            used: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            name: r#""n""#,
            instead: None,
        }
    }
}

struct Facing {
    report: Report,
    server: Scripted,
    source: Arc<Source>,
    lab: Lab,
}

impl Facing {
    fn logins(&self) -> usize {
        self.server.heard().iter().filter(|heard| heard.target.ends_with("/login")).count()
    }

    fn error(&self) -> &Error {
        self.report.resources[0].error.as_ref().unwrap_or_else(|| panic!("{:#?}", self.report))
    }
}

async fn facing(source: Source) -> Facing {
    let source = Arc::new(source);
    let served = Arc::clone(&source);
    let server = Scripted::start(move |heard, stream| {
        let source = &served;
        if heard.target == "/v1/login" {
            std::thread::sleep(Duration::from_millis(200));
            let number = source.given.fetch_add(1, Ordering::SeqCst) + 1;
            if let Some((times, status, body)) = source.instead
                && number <= times
            {
                return respond(stream, status, &[], body.as_bytes());
            }
            assert_eq!(heard.body, "user=me&password=hush-hush%2F%2Bhush");
            return json(stream, &format!(r#"{{"token":"session-token-{number}"}}"#));
        }
        let token = heard.header("x-session").unwrap_or("none").to_owned();
        let number: u64 = token.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let used = source.used.fetch_add(1, Ordering::SeqCst);
        if number == 0 || number > source.count || (number == 1 && used >= source.first) {
            source.refused.fetch_add(1, Ordering::SeqCst);
            let body = format!(r#"{{"message":"the session {token} is over"}}"#);
            return respond(stream, "401 Unauthorized", &[], body.as_bytes());
        }
        if heard.target == "/v1/parents" {
            let parents: Vec<String> = (0..24).map(|id| format!(r#"{{"id":"p{id}"}}"#)).collect();
            return json(stream, &format!(r#"{{"data":[{}]}}"#, parents.join(",")));
        }
        std::thread::sleep(Duration::from_millis(20));
        let page: u64 = heard.target.split("page=").nth(1).and_then(|page| page.parse().ok()).unwrap_or(1);
        let name = source.name.replace("TOKEN", &token);
        json(stream, &format!(r#"{{"pages":3,"data":[{{"id":"{page}","name":{name}}}]}}"#))
    });
    let spec = SPEC.replace("\"[parent.id, id]\"", "[parent.id, id]");
    let mut lab = Lab::of(&model(&spec), |sandbox| sandbox).await;
    lab.options.base_url = Some(format!("{}/v1", server.url()));
    lab.options.readers = 20;
    lab.options.requests = 20;
    lab.options.retry = Some(RetryPolicy { attempts: 3, base: Duration::from_millis(1), ..RetryPolicy::default() });
    let given = |text: &str| SettingValue::Text(SecretString::from(text.to_owned()));
    let settings = Settings::builder(lab.plan)
        .set("user", given("me"), Origin::Given)
        .set("password", given(PASSWORD), Origin::Env("LOGINS_PASSWORD"))
        .build()
        .unwrap();
    let sync = Sync::new(lab.plan, settings, lab.options.clone()).unwrap();
    let mut sink = Sqlite::open(lab.path()).unwrap();
    let report = sync.run(&mut sink, &(), &Stop::default()).await.unwrap();
    drop(sink);
    let facing = Facing { report, server, source, lab };
    let shown = format!("{:?} {}", facing.report, serde_json::to_string(&facing.report).unwrap());
    for secret in ["session-token", PASSWORD, "hush-hush%2F%2Bhush"] {
        assert!(!shown.contains(secret), "{shown}");
        for entry in std::fs::read_dir(facing.lab.path().parent().unwrap()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {}", path.display());
        }
    }
    facing
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_requests_that_are_refused_wait_for_one_log_in() {
    let facing = facing(Source { first: 12, ..Source::default() }).await;
    assert_eq!(facing.report.status, Status::Complete, "{:#?}", facing.report);
    assert_eq!(facing.lab.number("select count(*) from logins_thing"), 72);
    assert_eq!(facing.logins(), 2, "the first, and one for all that were refused");
    let refused = facing.source.refused.load(Ordering::SeqCst);
    assert!((8..=20).contains(&refused), "{refused} waited");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_never_content_is_asked_twice_and_no_more() {
    let facing = facing(Source { count: 0, ..Source::default() }).await;
    assert_eq!(facing.report.status, Status::Failed);
    assert_eq!(facing.error().kind(), ErrorKind::Unauthorized);
    let told = format!("{:?}", facing.error());
    assert!(told.contains("is over") && told.contains("LOGINS_PASSWORD"), "{told}");
    assert_eq!((facing.logins(), facing.source.used.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_end_for_good_in_mid_sync_end_it() {
    let facing = facing(Source { first: 10, count: 1, ..Source::default() }).await;
    assert_eq!(facing.report.status, Status::Partial, "{:#?}", facing.report);
    let things = &facing.report.resources[1];
    assert_eq!(things.error.as_ref().unwrap().kind(), ErrorKind::Unauthorized, "{things:#?}");
    // Each of the requests under way may have asked for one more.
    assert!(facing.logins() <= 21, "{}", facing.logins());
    assert!(facing.source.used.load(Ordering::SeqCst) <= 10 + 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_comes_back_in_a_record_is_not_kept_with_it() {
    let facing = facing(Source { name: r#"{"said":"TOKEN"}"#, ..Source::default() }).await;
    // What is set aside is kept as it came, but for the token: `facing` looked into the files.
    assert_eq!(facing.report.resources[1].quarantined, 72, "{:#?}", facing.report);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_log_in_is_told_in_the_words_of_the_source() {
    for (status, body, told) in [
        ("401 Unauthorized", r#"{"message":"bad password hush-hush/+hush"}"#, "401: bad password ••••••"),
        ("400 Bad Request", r#"{"error":"invalid_login"}"#, "400: invalid_login"),
        ("200 OK", r#"{"ok":false,"error":"locked out"}"#, "200 without a token: locked out"),
        ("200 OK", r#"{"token":null,"other":"session-token-9"}"#, "200 without a token"),
        ("200 OK", "session-token-9", "200 without a token"),
        ("200 OK", r#""session-token-9""#, "200 without a token"),
    ] {
        let facing = facing(Source { instead: Some((u64::MAX, status, body)), ..Source::default() }).await;
        assert_eq!(facing.error().kind(), ErrorKind::Unauthorized, "{:?}", facing.error());
        assert!(facing.error().message().contains(told), "{:?}", facing.error());
        assert!(format!("{:?}", facing.error()).contains("LOGINS_PASSWORD"), "{:?}", facing.error());
        assert_eq!(facing.server.heard().len(), 1, "both resources were told by one answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_fails_in_a_way_that_may_pass_is_tried_again() {
    for status in ["503 Service Unavailable", "429 Too Many Requests"] {
        let facing = facing(Source { instead: Some((2, status, "{}")), ..Source::default() }).await;
        assert_eq!(facing.report.status, Status::Complete, "{:#?}", facing.report);
        assert_eq!(facing.logins(), 3);
    }
}
