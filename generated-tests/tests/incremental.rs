//! A second sync reads what is new, and what came late; nothing is missed and nothing is doubled.

use tapwright_generated_tests::{Lab, WORKOS, model};
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
    assert!(before > 1, "{before}");
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

/// The flagship without the line that says how to continue behind a record: its events are read by time alone.
fn by_time_alone() -> String {
    let text = WORKOS.replace("      continue: { from: last.id, to: query.after }\n", "");
    assert_ne!(text, WORKOS);
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_by_time_alone_that_takes_another_up_finds_what_is_new_too() {
    let set_up = |sandbox: tapwright_sandbox::Sandbox| sandbox.records("auth_events", 3000).seed(3);
    let mut lab = Lab::of(&model(&by_time_alone()), set_up).await;
    lab.options.resources = Some(vec!["auth_events".to_owned()]);
    let last = lab.sandbox.insert("auth_events", &Change::new().at(lab.sandbox.now())).unwrap();
    let moment = lab.sandbox.moment("auth_events", &last).unwrap();
    lab.sync().await;
    // As a sync leaves it that had come to the end, and then failed in an earlier window.
    let (hour, half) = (moment - 60 * MINUTE, moment - 30 * MINUTE);
    let slices = format!(
        r#"[{{"window":[{hour},{half}]}},{{"window":[{half},null],"pages":3,"last":{{"at":{moment}}},"done":true}}]"#
    );
    let unfinished = "update _tapwright_checkpoints set checkpoint = json_set(checkpoint, '$.slices', json(?))";
    assert_eq!(lab.store().execute(unfinished, [slices]).unwrap(), 1);

    let new = lab.sandbox.insert("auth_events", &Change::new().at(moment + 60 * MINUTE)).unwrap();
    let late = lab.sandbox.insert("auth_events", &Change::new().at(moment - MINUTE)).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Resumed), "{report:#?}");
    for (id, what) in [(last, "the last"), (new, "the new one"), (late, "the late one")] {
        assert_eq!(lab.number(&format!("select count(*) from workos_auth_event where id = '{id}'")), 1, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_stays_small_however_often_a_sync_fails() {
    for spec in [WORKOS.to_owned(), by_time_alone()] {
        let mut lab = Lab::of(&model(&spec), |sandbox| sandbox.records("auth_events", 500)).await;
        lab.options.resources = Some(vec!["auth_events".to_owned()]);
        lab.options.readers = 1;
        lab.sync().await;
        let mut at = lab.sandbox.now();
        let mut failed = 0;
        for _ in 0..12 {
            at += 30 * MINUTE;
            lab.sandbox.insert("auth_events", &Change::new().at(at)).unwrap();
            let fault = tapwright_sandbox::Fault::Forbidden("not now".to_owned()).always().after(1);
            lab.sandbox.fail("auth_events", fault).unwrap();
            failed += u32::from(lab.sync().await.status != Status::Complete);
            lab.sandbox.heal("*").unwrap();
        }
        let slices = "select json_array_length(checkpoint, '$.slices') from _tapwright_checkpoints";
        let slices = lab.store().query_row(slices, [], |row| row.get::<_, Option<i64>>(0)).unwrap().unwrap_or(0);
        assert!(slices <= 16, "{slices} slices after {failed} failures");
        assert_eq!(lab.sync().await.status, Status::Complete);
        let events = lab
            .plain()
            .all(&format!(
                "/events?limit=100&events={}",
                tapwright_generated_tests::joined(&model(&spec), "AuthEventType")
            ))
            .await;
        let stored: std::collections::BTreeSet<String> = {
            let store = lab.store();
            let mut ids = store.prepare("select id from workos_auth_event").unwrap();
            ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let new = events.iter().filter(|event| {
            lab.sandbox.moment("auth_events", event["id"].as_str().unwrap()).unwrap() > lab.sandbox.now()
        });
        let missing: Vec<_> = new.filter(|event| !stored.contains(event["id"].as_str().unwrap())).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_whose_answer_was_ignored_is_asked_for_again() {
    let ignoring = WORKOS.replace(
        "      - { status: 400, code: invalid_events_request, then: drop_value_of events }\n",
        "      - { status: 400, code: invalid_events_request, then: drop_value_of events }\n      - { status: 403, then: ignore }\n",
    );
    assert_ne!(ignoring, WORKOS);
    let history = std::time::Duration::from_secs(25 * 86_400);
    let mut lab = Lab::of(&model(&ignoring), |sandbox| sandbox.records("auth_events", 900).history(history)).await;
    lab.options.resources = Some(vec!["auth_events".to_owned()]);
    let expected = {
        lab.sync().await;
        stored(&lab)
    };
    std::fs::remove_file(lab.path()).unwrap();

    // The first window is refused and that is ignored; then the source breaks down altogether.
    lab.options.readers = 2;
    lab.sandbox.fail("auth_events", tapwright_sandbox::Fault::Forbidden("not this one".to_owned()).once()).unwrap();
    lab.sandbox.fail("auth_events", tapwright_sandbox::Fault::Status(500, None).times(100).after(1)).unwrap();
    assert_eq!(lab.sync().await.status, Status::Failed);
    lab.sandbox.heal("*").unwrap();
    assert_eq!(lab.sync().await.status, Status::Complete);
    assert_eq!(stored(&lab), expected);
}
