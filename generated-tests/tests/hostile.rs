//! A server may send anything: it gets a bounded number of requests and bytes, no credential that is not its own, and
//! what is stored is exact or an error in words.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tapwright_generated_tests::{Lab, Scripted, json, respond};
use tapwright_runtime::{Error, ErrorKind, Report, Status};

/// A lab that reads organizations from a server of the test's.
async fn facing(server: &Scripted) -> Lab {
    let mut lab = Lab::workos(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    lab
}

async fn error_of(lab: &Lab) -> Error {
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Failed, "{report:#?}");
    assert_no_secret(lab, &report);
    report.resources[0].error.clone().unwrap()
}

fn assert_no_secret(lab: &Lab, report: &Report) {
    let secret = lab.sandbox.key();
    assert!(!format!("{report:?}").contains(secret), "{report:?}");
    assert!(!serde_json::to_string(report).unwrap().contains(secret));
    let stored = std::fs::read(lab.path()).unwrap();
    assert!(!stored.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "it is in the store");
}

/// A page of organizations with these texts in place of a whole record each.
fn page(records: &[String]) -> String {
    format!(r#"{{"object":"list","data":[{}],"list_metadata":{{"after":null}}}}"#, records.join(","))
}

fn organization(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","name":"n","domains":[],"created_at":"2026-01-15T12:00:00Z"{more}}}"#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_another_origin_is_not_followed() {
    let thief = Scripted::start(|_, stream| json(stream, r#"{"data":[]}"#));
    for (status, place, origin) in [
        ("301 Moved Permanently", thief.url(), thief.url()),
        ("302 Found", thief.url(), thief.url()),
        ("307 Temporary Redirect", thief.url(), thief.url()),
        ("308 Permanent Redirect", format!("{}/organizations", thief.url()), thief.url()),
        ("302 Found", "http://169.254.169.254/latest/meta-data".to_owned(), "http://169.254.169.254".to_owned()),
        ("302 Found", "https://api.example.com/organizations".to_owned(), "https://api.example.com".to_owned()),
        ("302 Found", "file:///etc/passwd".to_owned(), "null".to_owned()),
        ("302 Found", "http://user:password@example.com/".to_owned(), "http://example.com".to_owned()),
    ] {
        let location = format!("Location: {place}");
        let server = Scripted::start(move |_, stream| respond(stream, status, &[&location], b""));
        let lab = facing(&server).await;
        let error = error_of(&lab).await;
        assert_eq!(error.kind(), ErrorKind::Origin, "{status} to {place}: {error:?}");
        assert!(error.message().contains(&origin), "{status} to {place}: {error}");
        assert!(!error.to_string().contains("password@"), "{error}");
        assert_eq!(server.heard().len(), 1, "it is asked once");
    }
    assert!(thief.heard().is_empty(), "{:?}", thief.heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_within_the_origin_is_followed_with_the_credential() {
    let server = Scripted::start(|heard, stream| {
        if heard.target.starts_with("/elsewhere") {
            return json(stream, &page(&[organization("org_1", "")]));
        }
        respond(stream, "307 Temporary Redirect", &["Location: /elsewhere"], b"")
    });
    let lab = facing(&server).await;
    assert_eq!(lab.sync().await.status, Status::Complete);
    let heard = server.heard();
    assert_eq!(heard.len(), 2);
    assert!(heard.iter().all(|heard| heard.header("authorization").is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_in_a_circle_end() {
    let server = Scripted::start(|_, stream| respond(stream, "302 Found", &["Location: /organizations"], b""));
    let lab = facing(&server).await;
    error_of(&lab).await;
    assert!(server.heard().len() < 60, "{} requests", server.heard().len());
}

/// Writes without end, until the client is gone.
fn endless(stream: &mut TcpStream, piece: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")?;
    loop {
        stream.write_all(piece)?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_is_given_up_at_the_bound() {
    let server = Scripted::start(|_, stream| endless(stream, &[b' '; 65_536]));
    let mut lab = facing(&server).await;
    lab.options.bounds.body = 4 << 20;
    let error = error_of(&lab).await;
    assert_eq!(error.kind(), ErrorKind::Body, "{error:?}");
    assert!(error.message().contains("larger than 4 MiB"), "{error}");
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_small_only_while_it_is_compressed_is_given_up_at_the_bound() {
    let bomb = {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..64 {
            bomb.write_all(&[b' '; 1 << 20]).unwrap();
        }
        bomb.finish().unwrap()
    };
    assert!(bomb.len() < 100_000);
    let server = Scripted::start(move |_, stream| respond(stream, "200 OK", &["Content-Encoding: gzip"], &bomb));
    let mut lab = facing(&server).await;
    lab.options.bounds.body = 8 << 20;
    let error = error_of(&lab).await;
    assert_eq!(error.kind(), ErrorKind::Body, "{error:?}");
    assert!(error.message().contains("larger than 8 MiB"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_or_little_is_given_up_in_time() {
    let drip = |stream: &mut TcpStream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
        for _ in 0..1000 {
            stream.write_all(b" ")?;
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    };
    let silent = Scripted::start(|_, _| {
        std::thread::sleep(Duration::from_secs(5));
        Ok(())
    });
    let slow = Scripted::start(move |_, stream| drip(stream));
    for server in [silent, slow] {
        let mut lab = facing(&server).await;
        lab.options.bounds.read = Duration::from_millis(200);
        lab.options.bounds.total = Duration::from_millis(400);
        let start = Instant::now();
        let error = error_of(&lab).await;
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert_eq!(server.heard().len(), 6, "a time-out is tried again, so often and no more");
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_without_measure_are_an_error() {
    let long = format!("X-Long: {}", "x".repeat(1 << 20));
    let server = Scripted::start(move |_, stream| respond(stream, "200 OK", &[&long], b"{\"data\":[]}"));
    let lab = facing(&server).await;
    let error = error_of(&lab).await;
    assert_eq!(error.kind(), ErrorKind::Network, "{error:?}");
    assert!(server.heard().len() <= 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_that_is_deep_broken_or_not_text_is_an_error_in_words() {
    let skipped = |depth: usize| format!(r#"{{"data":[{{"id":7,"other":{}"#, "[".repeat(depth));
    for body in [
        skipped(3_000_000).into_bytes(),
        "[".repeat(1_000_000).into_bytes(),
        br#"{"data":[{"id":"a"},]}"#.to_vec(),
        br#"{"data":{"id":"a"}}"#.to_vec(),
        br#"{"data":[]} and more"#.to_vec(),
        br#"{"no":"data"}"#.to_vec(),
        b"{\"data\":[{\"id\":\"\xff\xfe\"}]}".to_vec(),
        b"".to_vec(),
        b"null".to_vec(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let server = Scripted::start(move |_, stream| respond(stream, "200 OK", &[], &body));
        let lab = facing(&server).await;
        let error = error_of(&lab).await;
        assert_eq!(error.kind(), ErrorKind::Body, "{shown}: {error:?}");
        assert_eq!(server.heard().len(), 1, "{shown}");
        assert!(error.to_string().len() < 1000, "{shown}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_record_is_set_aside_and_its_neighbour_stored() {
    let depth = 500_000;
    for (field, set_aside) in [("id", 1), ("never_read", 0), ("metadata", 0)] {
        let deep = format!(
            r#"{{"{field}":{}{},"name":"n","created_at":"2026-01-15T12:00:00Z""#,
            "[".repeat(depth),
            "]".repeat(depth)
        );
        let id = if field == "id" { "" } else { r#","id":"org_deep""# };
        let body = page(&[format!("{deep}{id}}}"), organization("org_1", "")]);
        let server = Scripted::start(move |_, stream| json(stream, &body));
        let lab = facing(&server).await;
        let report = lab.sync().await;
        let organizations = &report.resources[0];
        assert_eq!((organizations.status, organizations.quarantined), (Status::Complete, set_aside), "{field}");
        assert_eq!(lab.number("select count(*) from workos_organization where id = 'org_1'"), 1, "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_exact() {
    let long = "ü".repeat(3_000_000);
    let records = [
        organization("org_nul", r#","external_id":"a\u0000b""#),
        organization("org_long", &format!(r#","external_id":"{long}""#)),
        organization("org_big", r#","metadata":{"n":9007199254740993,"x":1e400,"d":0.1000000000000000055}"#),
        organization("org_twice", r#","external_id":"first","external_id":"second""#),
        organization("org_pair", r#","external_id":"\ud83d\ude00""#),
        organization("org_half", r#","external_id":"\ud83d""#),
    ];
    let body = page(&records[..5]);
    let server = Scripted::start(move |_, stream| json(stream, &body));
    let lab = facing(&server).await;
    let report = lab.sync().await;
    assert_eq!(report.resources[0].rows, 5, "{report:#?}");
    let text = |column: &str, id: &str| -> String {
        let query = format!("select {column} from workos_organization where id = '{id}'");
        lab.store().query_row(&query, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(text("externalId", "org_nul"), "a\u{0}b");
    assert_eq!(text("externalId", "org_long"), long);
    assert_eq!(text("metadata", "org_big"), r#"{"n":9007199254740993,"x":1e400,"d":0.1000000000000000055}"#);
    assert_eq!(text("externalId", "org_twice"), "second");
    assert_eq!(text("externalId", "org_pair"), "😀");

    // Half a character is no text, so the answer is no JSON.
    let body = page(&records[5..]);
    let server = Scripted::start(move |_, stream| json(stream, &body));
    assert_eq!(error_of(&facing(&server).await).await.kind(), ErrorKind::Body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_sent_as_it_was_received() {
    let cursor = "a&limit=1#x =%2B+/\\\"ü\n";
    let escaped = serde_json::to_string(cursor).unwrap();
    let server = Scripted::start(move |heard, stream| {
        let after = if heard.target.contains("after=") { "null" } else { &escaped };
        let records = organization(if after == "null" { "org_2" } else { "org_1" }, "");
        json(stream, &format!(r#"{{"data":[{records}],"list_metadata":{{"after":{after}}}}}"#))
    });
    let lab = facing(&server).await;
    assert_eq!(lab.sync().await.status, Status::Complete);
    let second = &server.heard()[1].target;
    let url = reqwest::Url::parse(&format!("http://x{second}")).unwrap();
    let sent: Vec<_> = url.query_pairs().filter(|(name, _)| name == "after").map(|(_, value)| value).collect();
    assert_eq!(sent, [cursor]);
    assert_eq!(url.query_pairs().filter(|(name, _)| name == "limit").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_page_behind_ever_new_cursors_ends() {
    let count = std::sync::atomic::AtomicU64::new(0);
    let server = Scripted::start(move |_, stream| {
        let next = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let records = organization("org_1", "");
        json(stream, &format!(r#"{{"data":[{records}],"list_metadata":{{"after":"cursor_{next}"}}}}"#))
    });
    let lab = facing(&server).await;
    let error = error_of(&lab).await;
    assert_eq!(error.kind(), ErrorKind::Paging, "{error:?}");
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_pages_that_promise_more_end() {
    let count = std::sync::atomic::AtomicU64::new(0);
    let server = Scripted::start(move |_, stream| {
        let next = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        json(stream, &format!(r#"{{"data":[],"list_metadata":{{"after":"cursor_{next}"}}}}"#))
    });
    let lab = facing(&server).await;
    let error = error_of(&lab).await;
    assert_eq!(error.kind(), ErrorKind::Paging, "{error:?}");
    assert!(server.heard().len() <= 11, "{} requests", server.heard().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_repeats_the_credential_does_not_bring_it_into_the_report() {
    let echo = |heard: &tapwright_generated_tests::Heard| {
        heard.header("authorization").unwrap_or_default().trim_start_matches("Bearer ").to_owned()
    };
    for status in ["200 OK", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "503 Service Unavailable"] {
        for form in ["{\"message\":\"your key @ is bad\"}", "\"key @\"", "<p>@</p>", "{\"code\":\"@\"}"] {
            let server = Scripted::start(move |heard, stream| {
                respond(stream, status, &[], form.replace('@', &echo(heard)).as_bytes())
            });
            let lab = facing(&server).await;
            let error = error_of(&lab).await;
            assert!(server.heard()[0].header("authorization").unwrap().contains(lab.sandbox.key()));
            assert!(!format!("{error:?} {error}").contains(lab.sandbox.key()), "{status} {form}: {error:?}");
        }
    }
    // Where it stands in a record it is the source's data; what is said of the record does not repeat it.
    let server = Scripted::start(move |heard, stream| {
        let record = format!(r#"{{"id":"org_1","name":"n","created_at":"{}"}}"#, echo(heard));
        json(stream, &page(&[record]))
    });
    let lab = facing(&server).await;
    let report = lab.sync().await;
    assert_eq!(report.resources[0].quarantined, 1);
    assert!(!format!("{report:?}").contains(lab.sandbox.key()), "{report:?}");
    let server = Scripted::start(move |heard, stream| {
        let key = echo(heard);
        json(
            stream,
            &format!(
                r#"{{"data":[{}],"list_metadata":{{"after":"{key}"}}}}"#,
                organization(&heard.target.len().to_string(), "")
            ),
        )
    });
    let lab = facing(&server).await;
    let report = lab.sync().await;
    assert_eq!(report.resources[0].error.as_ref().unwrap().kind(), ErrorKind::Body, "{report:?}");
    assert!(!format!("{report:?}").contains(lab.sandbox.key()), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_the_filter_cannot_judge_is_set_aside() {
    let now = tapwright_runtime::Timestamp::now();
    for (event, set_aside) in
        [(r#"{"name":"authentication.mfa_failed"}"#, 1), (r#"["authentication"]"#, 1), (r#""user.created""#, 0)]
    {
        let body = format!(r#"{{"data":[{{"id":"event_1","event":{event},"created_at":"{now}","data":{{}}}}]}}"#);
        let server = Scripted::start(move |_, stream| json(stream, &body));
        let mut lab = facing(&server).await;
        lab.options.resources = Some(vec!["auth_events".to_owned()]);
        lab.sync().await;
        assert_eq!(lab.number("select count(*) from _tapwright_quarantine"), set_aside, "{event}");
        assert_eq!(lab.number("select count(*) from workos_auth_event"), 0, "{event}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_the_filter_leaves_out_is_not_stored() {
    let event = |id: &str, name: &str| {
        format!(r#"{{"id":"{id}","event":"{name}","created_at":"2026-01-15T12:00:00Z","data":{{}}}}"#)
    };
    let server = Scripted::start(move |_, stream| {
        let now = tapwright_runtime::Timestamp::now().to_string();
        let events = [event("event_1", "authentication.mfa_failed"), event("event_2", "user.created")].join(",");
        json(stream, &format!(r#"{{"data":[{}]}}"#, events.replace("2026-01-15T12:00:00Z", &now)))
    });
    let mut lab = facing(&server).await;
    lab.options.resources = Some(vec!["auth_events".to_owned()]);
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(lab.number("select count(*) from workos_auth_event where id = 'event_1'"), 1);
    assert_eq!(lab.number("select count(*) from workos_auth_event"), 1, "not asked for, and sent all the same");
}
