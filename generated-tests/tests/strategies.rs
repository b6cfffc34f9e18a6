//! Every strategy of paging, on a real API: every record once at every size, with the requests that it takes; and where
//! paging does not do what it should, the right rows or an error in words, after a bounded number of requests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use tapwright_generated_tests::{Lab, Scripted, json, model};
use tapwright_runtime::{ErrorKind, Observer, Progress, Report, ResourceReport, Status, Stop};
use tapwright_sandbox::{Change, Fault, Sandbox};
use tapwright_sqlite::Sqlite;

const SPEC: &str = include_str!("../specs/paging.yaml");

/// Every strategy, and whether it needs a request more than there are pages: to see that the next is empty.
const STRATEGIES: [(&str, bool); 12] = [
    ("tokens", false),
    ("last", false),
    ("last_alone", true),
    ("pages", false),
    ("pages_alone", true),
    ("pages_short", false),
    ("pages_header", false),
    ("offsets", false),
    ("offsets_alone", true),
    ("offsets_more", false),
    ("addresses", false),
    ("links", false),
];

async fn lab(count: u64, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let of_all = |sandbox: Sandbox| STRATEGIES.iter().fold(sandbox, |sandbox, (name, _)| sandbox.records(name, count));
    Lab::of(&model(SPEC), |sandbox| set_up(of_all(sandbox))).await
}

fn of<'r>(report: &'r Report, name: &str) -> &'r ResourceReport {
    report.resources.iter().find(|resource| resource.name == name).unwrap()
}

/// How many rows each strategy has stored.
fn stored(lab: &Lab) -> BTreeMap<&'static str, i64> {
    STRATEGIES.iter().map(|(name, _)| (*name, lab.number(&format!("select count(*) from paging_{name}")))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_arrives_once_at_every_boundary_size() {
    for count in [0_u64, 1, 19, 20, 21, 40, 205] {
        let lab = lab(count, |sandbox| sandbox).await;
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{count}: {report:#?}");
        let requests = lab.sandbox.requests();
        for (name, one_more) in STRATEGIES {
            assert_eq!(of(&report, name).rows, count, "{name} of {count}");
            let asked = requests.iter().filter(|request| request.path.ends_with(&format!("/{name}"))).count() as u64;
            let pages = count.div_ceil(20).max(1);
            // A full last page is not short, so that the next is asked for, too.
            let more = (one_more && count > 0) || (name == "pages_short" && count > 0 && count.is_multiple_of(20));
            assert_eq!(asked, pages + u64::from(more), "{name} of {count}");
        }
        assert!(stored(&lab).values().all(|rows| *rows == i64::try_from(count).unwrap()), "{count}");
        assert_eq!(report.retries, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_in_the_query_is_sent_with_every_page_and_appears_nowhere() {
    let lab = lab(45, |sandbox| sandbox.fail("pages", Fault::Status(500, None).always())).await;
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Partial);
    let key = lab.sandbox.key();
    // The sandbox refuses what comes without it, so whatever was stored came with it.
    assert_eq!(stored(&lab)["links"], 45);
    assert_eq!(stored(&lab)["addresses"], 45);
    assert!(!format!("{report:?}").contains(key), "{report:?}");
    let bytes = std::fs::read(lab.path()).unwrap();
    assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()), "it is in the store");
}

/// What a strategy comes to at a source with this fault.
async fn with_fault(name: &str, count: u64, fault: Fault) -> (Lab, Report) {
    let mut lab = lab(count, |sandbox| sandbox.fail(name, fault.always())).await;
    lab.options.resources = Some(vec![name.to_owned()]);
    let report = lab.sync().await;
    (lab, report)
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_that_goes_in_a_circle_is_an_error() {
    for (name, _) in STRATEGIES {
        for fault in [Fault::StuckCursor, Fault::CursorCycle(3)] {
            let (lab, report) = with_fault(name, 205, fault.clone()).await;
            let resource = of(&report, name);
            assert_eq!(resource.status, Status::Failed, "{name}, {fault:?}: {report:#?}");
            assert_eq!(resource.error.as_ref().unwrap().kind(), ErrorKind::Paging, "{name}, {fault:?}");
            assert!(report.requests <= 15, "{name}, {fault:?}: {} requests", report.requests);
            drop(lab);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_size_that_the_source_does_not_keep_to_loses_nothing() {
    for (name, _) in STRATEGIES {
        // Where the spec says that a short page is the last, a page that is short for another reason ends the list:
        // that is what the author promised.
        if name == "pages_short" {
            continue;
        }
        for fault in [Fault::IgnoreSize, Fault::ShortPage] {
            let (lab, report) = with_fault(name, 205, fault.clone()).await;
            assert_eq!(report.status, Status::Complete, "{name}, {fault:?}: {report:#?}");
            let rows = lab.number(&format!("select count(*) from paging_{name}"));
            assert_eq!(rows, 205, "{name}, {fault:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_page_that_is_sent_again_is_an_error_where_nothing_else_tells_the_end() {
    for (name, one_more) in STRATEGIES {
        let (_, report) = with_fault(name, 45, Fault::ClampedPage).await;
        let counted = name.starts_with("pages") || name.starts_with("offsets");
        let resource = of(&report, name);
        if counted && one_more {
            assert_eq!(resource.error.as_ref().map(|error| error.kind()), Some(ErrorKind::Paging), "{name}");
        } else {
            assert_eq!(resource.status, Status::Complete, "{name}: {report:#?}");
        }
        assert!(report.requests <= 6, "{name}: {}", report.requests);
    }
}

/// What `resource` of the spec comes to at a source of the test's.
async fn facing(resource: &str, answer: impl Fn(&str) -> String + Send + Sync + 'static) -> (Report, Scripted, Lab) {
    let server = Scripted::start(move |heard, stream| json(stream, &answer(&heard.target)));
    let mut lab = lab(0, |sandbox| sandbox).await;
    lab.options.base_url = Some(format!("{}/v2", server.url()));
    lab.options.resources = Some(vec![resource.to_owned()]);
    (lab.sync().await, server, lab)
}

fn thing(id: &str) -> String {
    format!(r#"{{"id":"{id}","name":"n","updated_at":"2026-01-15T12:00:00Z"}}"#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_promises_more_and_does_not_say_where_has_not_ended() {
    let (report, ..) =
        facing("tokens", |_| format!(r#"{{"meta":{{"next":null,"end":false}},"data":[{}]}}"#, thing("a"))).await;
    assert_eq!(of(&report, "tokens").error.as_ref().map(|error| error.kind()), Some(ErrorKind::Paging), "{report:#?}");
    let (report, ..) = facing("offsets", |_| format!(r#"{{"data":[{}]}}"#, thing("a"))).await;
    assert_eq!(of(&report, "offsets").error.as_ref().map(|error| error.kind()), Some(ErrorKind::Body), "no total");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_repeats_the_credential_is_followed_without_it() {
    let (report, server, lab) = facing("addresses", |target| {
        let key = target.split("api_key=").nth(1).unwrap_or_default().split('&').next().unwrap_or_default();
        match target.contains("page=2") {
            true => format!(r#"{{"links":{{"next":null}},"data":[{}]}}"#, thing("b")),
            false => format!(r#"{{"links":{{"next":"/v2/addresses?page=2&api_key={key}"}},"data":[{}]}}"#, thing("a")),
        }
    })
    .await;
    assert_eq!((report.status, of(&report, "addresses").rows), (Status::Complete, 2), "{report:#?}");
    let heard = server.heard();
    assert!(heard.iter().all(|heard| heard.target.matches("api_key=").count() == 1), "{heard:?}");
    let stored = std::fs::read(lab.path()).unwrap();
    assert!(!stored.windows(lab.sandbox.key().len()).any(|bytes| bytes == lab.sandbox.key().as_bytes()));
}

/// Deletes the first record of each list when two pages of it are committed, and puts another in.
struct Disturbing<'l> {
    lab: &'l Lab,
    done: Mutex<BTreeSet<&'static str>>,
}

impl Observer for Disturbing<'_> {
    fn observe(&self, progress: &Progress<'_>) {
        let name = progress.resource;
        if progress.report.rows >= 40 && !progress.done && self.done.lock().unwrap().insert(name) {
            let first = format!("select id from paging_{name} order by rowid limit 1");
            let first: String = self.lab.store().query_row(&first, [], |row| row.get(0)).unwrap();
            self.lab.sandbox.delete(name, &first).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_changes_while_its_pages_are_counted_is_read_until_it_rests() {
    // Of the counted ones, those that say how many there are: of the others nobody can know.
    for name in ["offsets", "pages", "pages_header"] {
        let mut lab = lab(221, |sandbox| sandbox.latency(Duration::from_millis(3))).await;
        lab.options.resources = Some(vec![name.to_owned()]);
        let disturbing = Disturbing { lab: &lab, done: Mutex::default() };
        let mut sink = Sqlite::open(lab.path()).unwrap();
        let report = lab.ready().run(&mut sink, &disturbing, &Stop::default()).await.unwrap();
        assert_eq!(report.status, Status::Complete, "{name}: {report:#?}");
        assert!(!disturbing.done.lock().unwrap().is_empty(), "{name}: it was disturbed");
        // The deleted one was read before it was; nothing else is missing.
        let rows = lab.number(&format!("select count(*) from paging_{name}"));
        assert_eq!(rows, 221, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_whose_page_moved_while_it_was_read_is_not_deleted_for_it() {
    let lab = lab(100, |sandbox| sandbox).await;
    lab.sync().await;
    let id = |name: &str, at: i64| -> String {
        let query = format!("select id from paging_{name} order by rowid limit 1 offset {at}");
        lab.store().query_row(&query, [], |row| row.get(0)).unwrap()
    };
    for (name, _) in STRATEGIES {
        lab.sandbox.delete(name, &id(name, 50)).unwrap();
    }
    // The pages behind addresses may be counted, too.
    let moves = |name: &str| ["pages", "offsets", "addresses", "links"].iter().any(|kind| name.starts_with(kind));
    // One complete refresh that has not met a row may have missed it.
    lab.sync().await;
    for (name, rows) in stored(&lab) {
        assert_eq!(rows, if moves(name) { 100 } else { 99 }, "{name}");
    }
    // Two in a row have not.
    let report = lab.sync().await;
    assert!(stored(&lab).values().all(|rows| *rows == 99), "{:?}", stored(&lab));
    assert_eq!(of(&report, "pages").deleted, 1);
    // What comes back is met again.
    let change = Change::default();
    for (name, _) in STRATEGIES {
        lab.sandbox.insert(name, &change).unwrap();
    }
    lab.sync().await;
    assert!(stored(&lab).values().all(|rows| *rows == 100), "{:?}", stored(&lab));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_serves_a_paginator_or_says_that_it_cannot() {
    let spec = |paging: &str, records: &str| {
        format!(
            "tapwright: 1\nconnector: one\ndescription: One list.\nconfig:\n  key: {{ type: secret, description: The key. }}\n\
             api: {{ base_url: https://api.example.com, auth: {{ bearer: \"{{config.key}}\" }} }}\npaging:\n  all: {paging}\n\
             resources:\n  things:\n    description: Things.\n    get: /things\n    paging: all\n    records: {records}\n    \
             entity: one_thing\n    key: id\n    fields: {{ name: string? }}\n    example: {{ id: thing_1, name: One }}\n"
        )
    };
    let size = "size: { to: query.limit, value: 50 }";
    // As Sentry writes where to go on, in a header that is not only addresses.
    let link = r#"'capture(headers.Link, "rel=\"next\"; results=\"true\"; cursor=\"([^\"]+)\"")'"#;
    let served = spec(&format!("{{ cursor: {{ from: {link}, to: query.cursor }}, {size} }}"), "$");
    let not =
        spec(&format!("{{ offset: {{ to: query.start }}, {size}, more: start + limit < total - total % 1 }}"), "data");
    for (spec, serves) in [(served, true), (not, false)] {
        let lab = Lab::of(&model(&spec), |sandbox| sandbox.records("things", 130)).await;
        let report = lab.sync().await;
        if serves {
            assert_eq!((report.status, report.resources[0].rows), (Status::Complete, 130), "{report:#?}");
        } else {
            let error = report.resources[0].error.as_ref().unwrap_or_else(|| panic!("{report:#?}"));
            assert!(error.to_string().contains("the sandbox cannot"), "{error}");
        }
    }
}
