//! A list that is sorted newest first and cannot be asked for what is new: it is read until what is known begins.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tapwright_generated_tests::{Lab, Scripted, json, model};
use tapwright_runtime::{Mode, Status};
use tapwright_sandbox::{Change, Fault, Sandbox};

const SPEC: &str = include_str!("../specs/partitions.yaml");

async fn lab(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let history = Duration::from_secs(40 * 86_400);
    let counted = |sandbox: Sandbox| sandbox.records("activities", 300).history(history);
    let mut lab = Lab::of(&model(SPEC), |sandbox| set_up(counted(sandbox))).await;
    lab.options.resources = Some(vec!["activities".to_owned()]);
    lab
}

fn stored(lab: &Lab) -> i64 {
    assert_eq!(lab.number("select count(*) - count(distinct id) from partitions_activity"), 0);
    lab.number("select count(*) from partitions_activity")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_sync_stops_where_the_known_begins_and_late_records_are_met() {
    let lab = lab(|sandbox| sandbox).await;
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode, stored(&lab)), (Status::Complete, Mode::Full, 300));
    // Two are new, one came late within the overlap, and one beyond it.
    let now = lab.sandbox.now();
    for at in [now + 2_000, now + 1_000, now - 1_800_000, now - 10 * 86_400_000] {
        lab.sandbox.insert("activities", &Change::new().at(at)).unwrap();
    }
    let before = lab.sandbox.request_count();
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode, stored(&lab)), (Status::Complete, Mode::Incremental, 303));
    let requests = lab.sandbox.request_count() - before;
    assert!(requests <= 3, "{requests} requests for what is new, of 44 pages");
    // What came too late is met when all is read.
    assert_eq!(lab.sync_as(true).await.status, Status::Complete);
    assert_eq!(stored(&lab), 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_reads_no_further_than_the_look_back() {
    let history = Duration::from_secs(90 * 86_400);
    let lab = lab(|sandbox| sandbox.history(history)).await;
    assert_eq!(lab.sync().await.status, Status::Complete);
    let oldest = lab.number("select min(at) from partitions_activity");
    let from = lab.sandbox.now() - 45 * 86_400_000;
    assert!(oldest >= from - 60_000, "{oldest} is before {from}");
    assert!((100..200).contains(&stored(&lab)), "half of the history: {}", stored(&lab));
    assert!(lab.sandbox.request_count() < 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_while_a_sync_is_interrupted_is_read_by_the_next() {
    for pages in [1, 3, 10, 20] {
        let lab = lab(|sandbox| sandbox).await;
        // Interrupted, new records, interrupted again in the middle of those, and more of them.
        let mut news = 0;
        for round in 0..2 {
            lab.sandbox.fail("activities", Fault::SlowBody(1).always().after(pages)).unwrap();
            let report = lab.sync_until(1).await;
            assert_eq!(report.status, Status::Interrupted, "{pages} pages, round {round}");
            lab.sandbox.heal("activities").unwrap();
            let now = lab.sandbox.now();
            for new in 0..20 {
                news += 1;
                lab.sandbox.insert("activities", &Change::new().at(now + round * 60_000 + new)).unwrap();
            }
        }
        let report = lab.sync().await;
        assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Resumed), "{report:#?}");
        assert_eq!(stored(&lab), 300 + news, "{pages} pages");
        assert_eq!(lab.sync().await.resources[0].mode, Mode::Incremental);
        assert_eq!(stored(&lab), 300 + news);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_not_in_order_is_read_to_its_end() {
    // An old record is pinned to the top, and a new one stands at the end.
    let page = |records: &str| format!(r#"{{"data":[{records}]}}"#);
    let record = |id: &str, day: u32| format!(r#"{{"id":"{id}","text":"t","at":"2026-01-{day:02}T12:00:00Z"}}"#);
    let new = std::sync::Arc::new(AtomicU64::new(0));
    let is_new = std::sync::Arc::clone(&new);
    let server = Scripted::start(move |heard, stream| {
        let number = heard.target.split("page=").nth(1).and_then(|rest| rest.split('&').next()).unwrap_or("1");
        let last = if is_new.load(Ordering::Relaxed) > 0 { record("new", 21) } else { record("old", 2) };
        let records = match number {
            "1" => [record("pinned", 1), record("a", 20)].join(","),
            "2" => [record("b", 10), record("c", 5)].join(","),
            "3" => last,
            _ => String::new(),
        };
        json(stream, &page(&records))
    });
    let spec = SPEC.replace("      lookback: 45d\n      overlap: 1h\n", "      overlap: 1h\n");
    let mut lab = Lab::of(&model(&spec), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["activities".to_owned()]);
    assert_eq!(lab.sync().await.status, Status::Complete);
    assert_eq!(stored(&lab), 5);
    new.store(1, Ordering::Relaxed);
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Incremental));
    assert_eq!(stored(&lab), 6);
}
