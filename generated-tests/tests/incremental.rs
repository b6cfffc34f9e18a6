//! A second sync reads what is new, and what came late; nothing is missed and nothing is doubled.

use tapwright_generated_tests::Lab;
use tapwright_runtime::{Mode, Status};
use tapwright_sandbox::Change;

const MINUTE: i64 = 60_000;

async fn events(count: u64) -> Lab {
    let mut lab = Lab::workos(|sandbox| sandbox.records("auth_events", count)).await;
    lab.options.resources = Some(vec!["auth_events".to_owned()]);
    lab
}

fn stored(lab: &Lab) -> i64 {
    lab.number("select count(*) from workos_auth_event")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_reads_only_what_is_new() {
    let lab = events(3000).await;
    let first = lab.sync().await;
    assert_eq!(first.resources[0].mode, Mode::Full);
    let before = stored(&lab);

    lab.sandbox.forget_requests();
    let second = lab.sync().await;
    assert_eq!((second.status, second.resources[0].mode), (Status::Complete, Mode::Incremental));
    assert_eq!(stored(&lab), before);
    // Behind the last event, and the minutes before it once more.
    assert_eq!(lab.sandbox.requests().len(), 2, "{:#?}", lab.sandbox.requests());

    for minute in 1..=250 {
        lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now() + minute * MINUTE)).unwrap();
    }
    let third = lab.sync().await;
    assert_eq!(stored(&lab), before + 250);
    assert!(third.resources[0].rows < 270, "{}", third.resources[0].rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn ties_and_late_events_are_found() {
    let lab = events(500).await;
    let last = lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now())).unwrap();
    lab.sync().await;
    let before = stored(&lab);
    let moment = lab.sandbox.moment("auth_events", &last).unwrap();

    let tie = lab.sandbox.insert("auth_events", &Change::new().at(moment)).unwrap();
    let late = lab.sandbox.insert("auth_events", &Change::new().at(moment - 9 * MINUTE)).unwrap();
    let new = lab.sandbox.insert("auth_events", &Change::new().at(moment + MINUTE)).unwrap();
    lab.sync().await;
    for (id, what) in [(tie, "the tie"), (late, "the late one"), (new, "the new one")] {
        assert_eq!(lab.number(&format!("select count(*) from workos_auth_event where id = '{id}'")), 1, "{what}");
    }
    assert_eq!(stored(&lab), before + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_the_source_has_forgotten_is_replaced_by_the_time() {
    let lab = events(500).await;
    let last = lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now())).unwrap();
    lab.sync().await;
    let moment = lab.sandbox.moment("auth_events", &last).unwrap();
    let before = stored(&lab);
    lab.sandbox.insert("auth_events", &Change::new().at(moment + MINUTE)).unwrap();
    // The checkpoint names an event that never was.
    let id = "event_00000000000000000000000000";
    let changed = format!("update _tapwright_checkpoints set checkpoint = replace(checkpoint, '{last}', '{id}')");
    assert_eq!(lab.store().execute(&changed, []).unwrap(), 1);

    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.resources[0].notes[0].contains("no longer knows"), "{report:#?}");
    assert_eq!(stored(&lab), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn full_reads_the_look_back_again_and_changes_nothing() {
    let mut lab = events(2000).await;
    lab.sync().await;
    let before = lab.rows();
    lab.options.full = true;
    let report = lab.sync().await;
    assert_eq!(report.resources[0].mode, Mode::Full);
    assert!(report.resources[0].rows > 500);
    assert_eq!(lab.rows(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_the_source_forgets_stay() {
    let mut lab = events(100).await;
    let first = lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now() - 5 * MINUTE)).unwrap();
    lab.sync().await;
    let before = stored(&lab);
    lab.sandbox.delete("auth_events", &first).unwrap();
    lab.options.full = true;
    lab.sync().await;
    assert_eq!(stored(&lab), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_source_is_not_mixed_in() {
    let mut lab = events(100).await;
    lab.sync().await;
    let before = lab.rows();
    lab.options.source = None;
    let error = lab.try_sync().await.unwrap_err();
    assert!(error.to_string().contains("holds WorkOS data of the sandbox"), "{error}");
    assert_eq!(lab.rows(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_takes_another_up_ends_where_one_that_begins_now_would() {
    let mut lab = events(500).await;
    // One after the other: first what follows the last event, then the minutes before it.
    lab.options.readers = 1;
    let last = lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now())).unwrap();
    lab.sync().await;
    let before = stored(&lab);
    let moment = lab.sandbox.moment("auth_events", &last).unwrap();

    lab.sandbox.insert("auth_events", &Change::new().at(moment + MINUTE)).unwrap();
    let fault = tapwright_sandbox::Fault::Forbidden("not now".to_owned()).times(1).after(1);
    lab.sandbox.fail("auth_events", fault).unwrap();
    assert_eq!(lab.sync().await.status, Status::Failed);
    assert_eq!(stored(&lab), before + 1, "what follows was read");

    // Much has happened since: something new, and something late, long before the newest.
    let new = lab.sandbox.insert("auth_events", &Change::new().at(moment + 60 * MINUTE)).unwrap();
    let late = lab.sandbox.insert("auth_events", &Change::new().at(moment - MINUTE)).unwrap();
    let between = lab.sandbox.insert("auth_events", &Change::new().at(moment + MINUTE / 2)).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Resumed));
    for (id, what) in [(new, "the new one"), (late, "the late one"), (between, "the one in between")] {
        assert_eq!(lab.number(&format!("select count(*) from workos_auth_event where id = '{id}'")), 1, "{what}");
    }
    lab.sandbox.forget_requests();
    assert_eq!(lab.sync().await.resources[0].mode, Mode::Incremental);
    let asked = lab.sandbox.requests();
    assert!(asked[0].query.contains("after="), "{asked:#?}");
    assert_eq!(stored(&lab), before + 4);
}
