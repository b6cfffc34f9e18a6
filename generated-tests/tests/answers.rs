//! What an answer means where the spec says so: by its message, by what is true of it, for one resource or for all; and
//! how long the source is left alone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tapwright_generated_tests::{Lab, Scripted, json, model, respond};
use tapwright_runtime::{Error, ErrorKind, Report, Status};

const SPEC: &str = r#"
tapwright: 1
connector: answers
description: An API that says things in its own way.
config: { key: { type: secret, description: The key. } }
api:
  base_url: https://api.example.com
  auth: { bearer: "{config.key}" }
  retry: { attempts: 3, first: 1ms, most: 5ms, after: { header: X-Reset, is: unix_millis } }
  on_error:
    - { status: 403, message: "*rate limit*", then: wait }
    - { when: ok == false and error == "ratelimited", then: wait }
    - { when: 'headers["X-Deprecated"] == "gone"', then: fail }
    - { when: ok == false, then: fail }
    - { status: 401, message: "*maintenance*", then: retry }
    - { status: 410, then: skip_parent }
resources:
  things:
    description: Things.
    get: /things
    paging: none
    records: data
    on_error:
      - { status: 404, when: reason == "empty", then: ignore }
      - { status: 409, code: busy, message: "try *", then: retry }
    entity: answers_thing
    key: id
    fields: { name: string? }
"#;

const PAGE: &str = r#"{"ok":true,"data":[{"id":"a","name":"A"}]}"#;

/// What a sync comes to at a source that answers so once, or always, and otherwise with a page.
async fn facing(times: u32, status: &'static str, headers: Vec<String>, body: &'static str) -> (Report, usize) {
    let left = AtomicU32::new(times);
    let server = Scripted::start(move |_, stream| {
        if left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err() {
            return json(stream, PAGE);
        }
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        respond(stream, status, &headers, body.as_bytes())
    });
    let mut lab = Lab::of(&model(SPEC), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    // As the spec says.
    lab.options.retry = None;
    let report = lab.sync().await;
    (report, server.heard().len())
}

fn error(report: &Report) -> &Error {
    report.resources[0].error.as_ref().unwrap_or_else(|| panic!("{report:#?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_about_a_limit_is_waited_out() {
    for (status, body) in [
        ("403 Forbidden", r#"{"message":"You have exceeded a secondary rate limit."}"#),
        ("200 OK", r#"{"ok":false,"error":"ratelimited"}"#),
        ("429 Too Many Requests", "{}"),
    ] {
        let start = Instant::now();
        let until =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap() + Duration::from_millis(300);
        let (report, requests) = facing(1, status, vec![format!("X-Reset: {}", until.as_millis())], body).await;
        assert_eq!(report.status, Status::Complete, "{status}: {report:#?}");
        assert_eq!((requests, report.retries), (2, 1), "{status}");
        assert!(start.elapsed() >= Duration::from_millis(250), "{status}: not before it said");
    }
    let (report, requests) = facing(9, "403 Forbidden", Vec::new(), r#"{"message":"api rate limit"}"#).await;
    assert_eq!(error(&report).kind(), ErrorKind::RateLimited);
    assert_eq!(requests, 3, "no more often than the spec says");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_only_looks_like_it_is_none_of_the_rule() {
    let (report, requests) = facing(1, "403 Forbidden", Vec::new(), r#"{"message":"no such right"}"#).await;
    assert_eq!((error(&report).kind(), requests), (ErrorKind::Forbidden, 1));
    // Of a rule all has to fit: the status and the message, or the code and the message.
    let (report, requests) = facing(1, "404 Not Found", Vec::new(), r#"{"message":"rate limit"}"#).await;
    assert_eq!((error(&report).kind(), requests), (ErrorKind::Rejected, 1));
    let (report, requests) = facing(1, "409 Conflict", Vec::new(), r#"{"code":"busy","message":"never"}"#).await;
    assert_eq!((error(&report).kind(), requests), (ErrorKind::Rejected, 1));
    let (report, _) = facing(1, "409 Conflict", Vec::new(), r#"{"code":"busy","message":"try again"}"#).await;
    assert_eq!((report.status, report.retries), (Status::Complete, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_in_an_answer_of_200_is_one() {
    let (report, requests) = facing(1, "200 OK", Vec::new(), r#"{"ok":false,"error":"invalid_auth"}"#).await;
    assert_eq!((error(&report).kind(), requests), (ErrorKind::Rejected, 1));
    assert!(error(&report).message().contains("invalid_auth"), "{}", error(&report));
    let (report, _) = facing(1, "200 OK", vec!["X-Deprecated: gone".to_owned()], PAGE).await;
    assert_eq!(error(&report).kind(), ErrorKind::Rejected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_holds_for_the_first_answer_and_for_a_401() {
    let (report, requests) = facing(1, "401 Unauthorized", Vec::new(), r#"{"message":"maintenance"}"#).await;
    assert_eq!((report.status, requests), (Status::Complete, 2), "{report:#?}");
    let (report, requests) = facing(1, "401 Unauthorized", Vec::new(), r#"{"message":"who are you"}"#).await;
    assert_eq!((error(&report).kind(), requests), (ErrorKind::Unauthorized, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_belongs_to_no_row_cannot_be_gone() {
    let (report, _) = facing(1, "410 Gone", Vec::new(), "{}").await;
    assert_eq!((report.status, error(&report).kind()), (Status::Failed, ErrorKind::Rejected), "{report:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ignored_is_said_and_is_not_complete() {
    let (report, _) = facing(1, "404 Not Found", Vec::new(), r#"{"reason":"empty"}"#).await;
    assert_eq!(report.status, Status::Partial);
    assert!(report.resources[0].notes.iter().any(|note| note.contains("ignored")), "{report:#?}");
    let (report, _) = facing(1, "404 Not Found", Vec::new(), r#"{"reason":"other"}"#).await;
    assert_eq!(report.status, Status::Failed);
}
