//! Windows of time, however their ends are written and whether or not the newest has one: every event once, what came
//! late within the overlap too, and an unfinished sync that is taken up ends where a new one would.

use std::time::Duration;

use tapwright_generated_tests::{Lab, model};
use tapwright_runtime::{Mode, Observer, Progress, Status, Stop};
use tapwright_sandbox::{Change, Fault, Sandbox};
use tapwright_sqlite::Sqlite;

const SPEC: &str = r#"
tapwright: 1
connector: windows
description: Events by windows of time.
config:
  key: { type: secret, description: The key. }
api:
  base_url: https://api.example.com
  auth: { bearer: "{config.key}" }
  headers: { X-Version: "3" }
paging:
  tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 50 } }
resources:
  events:
    description: Events.
    get: /events
    paging: tokens
    records: data
    event: windows_event
    key: id
    at: { from: at, format: FORMAT }
    incremental:
      window: { from: query.since, to: query.until, at_most: MOST, format: FORMAT, until: UNTIL }
      lookback: 60d
      overlap: 2d
    fields: { name: string? }
    example: { id: ev_1, name: a, at: EXAMPLE }
"#;

/// Every format, an example of it, and the longest window that is asked for.
const FORMATS: [(&str, &str, &str); 6] = [
    ("rfc3339", "\"2026-01-15T12:00:00Z\"", "7d"),
    ("unix_seconds", "1768478400", "7d"),
    ("unix_millis", "1768478400000", "7d"),
    ("unix_micros", "1768478400000000", "7d"),
    ("date", "\"2026-01-15\"", "9d"),
    ("\"%Y-%m-%d %H:%M\"", "\"2026-01-15 12:00\"", "7d"),
];

async fn lab(format: (&str, &str, &str), until: &str) -> Lab {
    let (written, example, most) = format;
    let spec =
        SPEC.replace("FORMAT", written).replace("EXAMPLE", example).replace("MOST", most).replace("UNTIL", until);
    let set_up = |sandbox: Sandbox| sandbox.records("events", 1500).history(Duration::from_secs(45 * 86_400));
    Lab::of(&model(&spec), set_up).await
}

fn stored(lab: &Lab) -> i64 {
    assert_eq!(lab.number("select count(*) - count(distinct id) from windows_event"), 0);
    lab.number("select count(*) from windows_event")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_arrives_once_however_the_ends_are_written() {
    for format in FORMATS {
        for until in ["open", "now"] {
            let lab = lab(format, until).await;
            let report = lab.sync().await;
            assert_eq!(report.status, Status::Complete, "{format:?} {until}: {report:#?}");
            assert_eq!(stored(&lab), 1500, "{format:?} {until}");
            assert!(lab.sandbox.requests().iter().all(|request| request.status == 200), "{format:?} {until}");
            // One is new, and one came late.
            let now = lab.sandbox.now();
            lab.sandbox.insert("events", &Change::new().at(now - 1000)).unwrap();
            lab.sandbox.insert("events", &Change::new().at(now - 86_400_000)).unwrap();
            let report = lab.sync().await;
            assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Incremental));
            assert_eq!(stored(&lab), 1502, "{format:?} {until}");
        }
    }
}

fn our_now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

/// Asks to stop after the first rows.
struct First(Stop);

impl Observer for First {
    fn observe(&self, progress: &Progress<'_>) {
        if progress.new_rows > 0 {
            self.0.stop();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_sync_that_is_taken_up_ends_where_a_new_one_would() {
    for until in ["open", "now"] {
        let mut lab = lab(FORMATS[0], until).await;
        lab.options.readers = 1;
        // However slow the store is, the end is not reached before the sync is asked to stop.
        lab.sandbox.fail("events", Fault::SlowBody(1).always().after(3)).unwrap();
        let stop = Stop::default();
        let mut sink = Sqlite::open(lab.path()).unwrap();
        let report = lab.ready().run(&mut sink, &First(stop.clone()), &stop).await.unwrap();
        drop(sink);
        lab.sandbox.heal("events").unwrap();
        assert_eq!(report.status, Status::Interrupted);
        // What happens behind the end that the first sync had planned.
        tokio::time::sleep(Duration::from_millis(50)).await;
        lab.sandbox.insert("events", &Change::new().at(our_now() - 20)).unwrap();
        let report = lab.sync().await;
        assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Resumed), "{report:#?}");
        assert_eq!(stored(&lab), 1501, "{until}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_behind_the_source_s_or_was_set_back_loses_nothing() {
    let ours = our_now();
    for behind in [3_600_000, 5 * 86_400_000] {
        let spec = SPEC.replace("FORMAT", "rfc3339").replace("MOST", "7d").replace("UNTIL", "open");
        let spec = spec.replace("EXAMPLE", "\"2026-01-15T12:00:00Z\"");
        let set_up = |sandbox: Sandbox| {
            sandbox.records("events", 1500).history(Duration::from_secs(45 * 86_400)).now(ours + behind)
        };
        let mut lab = Lab::of(&model(&spec), set_up).await;
        assert_eq!(lab.sync().await.status, Status::Complete);
        assert_eq!(stored(&lab), 1500, "behind by {behind} ms: what is ahead of our clock is read too");
        // By the source's clock these are new, and late within the overlap.
        let now = lab.sandbox.now();
        lab.sandbox.insert("events", &Change::new().at(now - 10)).unwrap();
        lab.sandbox.insert("events", &Change::new().at(now - 3_600_000)).unwrap();
        let report = lab.sync().await;
        assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Incremental));
        assert_eq!(stored(&lab), 1502, "behind by {behind} ms");
        // And one that is stopped at once goes on, whatever the clock says.
        lab.options.readers = 1;
        lab.sandbox.insert("events", &Change::new().at(lab.sandbox.now() - 5)).unwrap();
        let stop = Stop::default();
        let mut sink = Sqlite::open(lab.path()).unwrap();
        lab.ready().run(&mut sink, &First(stop.clone()), &stop).await.unwrap();
        drop(sink);
        assert_eq!(lab.sync().await.status, Status::Complete);
        assert_eq!(stored(&lab), 1503, "behind by {behind} ms");
    }
}

/// A spec whose window stands in templates.
const TEMPLATES: &str = include_str!("../specs/partitions.yaml");

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_templates_say_is_asked_for_and_moves_on() {
    let history = Duration::from_secs(20 * 86_400);
    for (resource, table, most) in [("logs", "log", 7), ("deals", "deal", 5)] {
        let set_up = |sandbox: Sandbox| sandbox.records(resource, 200).history(history);
        let mut lab = Lab::of(&model(TEMPLATES), set_up).await;
        lab.options.resources = Some(vec![resource.to_owned()]);
        assert_eq!(lab.sync().await.status, Status::Complete);
        let count = |lab: &Lab| lab.number(&format!("select count(*) from partitions_{table}"));
        assert_eq!(count(&lab), 200);
        let asked = lab.sandbox.requests();
        assert!(asked.iter().all(|request| request.status == 200), "{asked:?}");
        assert!(asked.len() >= 30 / most, "windows of {most} days over 30: {}", asked.len());
        // Read on: a new one is found, and the windows are those of the time since.
        lab.sandbox.forget_requests();
        lab.sandbox.insert(resource, &Change::new().at(our_now() - 20)).unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let report = lab.sync().await;
        assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Incremental));
        let asked = lab.sandbox.requests();
        assert_eq!((count(&lab), asked.len() < 20), (201, true), "{resource}: {asked:#?}");
    }
}
