//! Lists that are read in parts: for each of some values, for combinations, for the rows of several resources, and for
//! rows that have changed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tapwright_generated_tests::{Lab, Scripted, json, model, respond};
use tapwright_runtime::{Mode, Origin, Report, SettingValue, Settings, Status, Stop};
use tapwright_sandbox::{Change, Sandbox};
use tapwright_sqlite::Sqlite;

const SPEC: &str = include_str!("../specs/partitions.yaml");

async fn lab(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let counted = |sandbox: Sandbox| {
        sandbox
            .records("users", 12)
            .records("groups", 5)
            .records("tickets", 40)
            .records("documents", 60)
            .records("messages", 90)
            .records("grades", 130)
            .records("notes", 70)
            .records("devices", 50)
            .records("logs", 200)
            .records("deals", 90)
            .records("activities", 150)
            .history(Duration::from_secs(20 * 86_400))
    };
    Lab::of(&model(SPEC), |sandbox| set_up(counted(sandbox))).await
}

fn only(lab: &mut Lab, resource: &str) {
    lab.options.resources = Some(vec![resource.to_owned()]);
}

fn rows(lab: &Lab, table: &str) -> i64 {
    lab.number(&format!("select count(*) from partitions_{table}"))
}

fn texts(lab: &Lab, query: &str) -> Vec<String> {
    let store = lab.store();
    let mut statement = store.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[track_caller]
fn complete(report: &Report) {
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.resources.iter().all(|resource| resource.quarantined == 0), "{report:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_part_is_read_once_and_every_record_is_in_one() {
    let lab = lab(|sandbox| sandbox).await;
    for _ in 0..2 {
        complete(&lab.sync().await);
        for (table, count) in [
            ("ticket", 40),
            ("document", 60),
            ("message", 90),
            ("grade", 130),
            ("note", 70),
            ("device", 50),
            ("log", 200),
            ("deal", 90),
            ("activity", 150),
        ] {
            assert_eq!(rows(&lab, table), count, "{table}");
        }
    }
    // As of every sandbox's parents, one in four has nothing.
    assert_eq!(texts(&lab, "select distinct state from partitions_ticket order by 1"), ["closed", "open"]);
    let asked = |state: &str| lab.sandbox.requests().iter().any(|request| request.query.contains(state));
    assert!(asked("state=on+hold") || asked("state=on%20hold"));
    // Of three kinds the glob takes two; the setting has two regions.
    let parts = "select distinct region || ' ' || kind from partitions_document order by 1";
    assert_eq!(texts(&lab, parts), ["eu credit_note", "eu receipt", "us receipt"]);
    assert!(lab.number("select count(distinct \"group\" || box) from partitions_message") >= 6);
    assert_eq!(
        lab.number("select count(*) from partitions_grade where \"group\" not in (select id from partitions_group)"),
        0
    );
    // Both resources have notes.
    for table in ["user", "group"] {
        let about = format!("select count(*) from partitions_note where about in (select id from partitions_{table})");
        assert!(lab.number(&about) > 0, "{table}");
    }
    assert!(lab.sandbox.requests().iter().all(|request| request.status == 200), "{:?}", lab.sandbox.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_every_combination_once() {
    let mut lab = lab(|sandbox| sandbox.records("documents", 0).records("messages", 0)).await;
    only(&mut lab, "documents");
    complete(&lab.sync().await);
    let asked = |lab: &Lab| -> BTreeSet<String> { lab.sandbox.requests().into_iter().map(|seen| seen.path).collect() };
    let expected =
        ["/regions/eu/credit_notes", "/regions/eu/receipts", "/regions/us/credit_notes", "/regions/us/receipts"];
    assert_eq!(asked(&lab), expected.iter().map(|path| (*path).to_owned()).collect());
    assert_eq!(lab.sandbox.request_count(), 4);

    // The settings say which regions.
    lab.sandbox.forget_requests();
    let settings = Settings::builder(lab.plan)
        .set("key", SettingValue::Text(lab.sandbox.key().to_owned().into()), Origin::Given)
        .set("regions", SettingValue::Text(" us , us".to_owned().into()), Origin::Given)
        .build()
        .unwrap();
    let sync = tapwright_runtime::Sync::new(lab.plan, settings, lab.options.clone()).unwrap();
    let mut sink = Sqlite::open(lab.path()).unwrap();
    complete(&sync.run(&mut sink, &(), &Stop::default()).await.unwrap());
    assert_eq!(asked(&lab), expected.iter().skip(2).map(|path| (*path).to_owned()).collect());

    let given = |regions: SettingValue| {
        let key = SettingValue::Text(lab.sandbox.key().to_owned().into());
        let settings = Settings::builder(lab.plan).set("key", key, Origin::Given);
        settings.set("regions", regions, Origin::Given).build()
    };
    assert!(given(SettingValue::List(Vec::new())).is_err(), "it would read nothing, and delete what there is");
    assert!(given(SettingValue::List(vec!["eu".to_owned()])).is_ok());
    for wrong in ["", " , ", "a,,b"] {
        assert!(given(SettingValue::Text(wrong.to_owned().into())).is_err(), "`{wrong}`");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_from_one_part_goes() {
    let mut lab = lab(|sandbox| sandbox).await;
    only(&mut lab, "tickets");
    complete(&lab.sync().await);
    let gone = texts(&lab, "select id from partitions_ticket where state = 'open' limit 1").remove(0);
    lab.sandbox.delete("tickets", &gone).unwrap();
    let new = lab.sandbox.insert("tickets", &Change::new().of("closed")).unwrap();
    complete(&lab.sync().await);
    assert_eq!(
        texts(&lab, &format!("select state from partitions_ticket where id in ('{gone}', '{new}')")),
        ["closed"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_is_taken_up_in_the_middle_of_any_combination() {
    let undisturbed = lab(|sandbox| sandbox).await;
    complete(&undisturbed.sync().await);
    let expected = undisturbed.rows();
    let mut interrupted = 0;
    for commits in [1, 2, 3, 5, 8, 13, 21, 34] {
        let mut lab = lab(|sandbox| sandbox.latency(Duration::from_millis(1))).await;
        lab.options.readers = 2;
        // Stopped twice on the way, so that a walk that was taken up is taken up again.
        for _ in 0..2 {
            let report = lab.sync_until(commits).await;
            interrupted += u32::from(report.status == Status::Interrupted);
        }
        complete(&lab.sync().await);
        assert_eq!(lab.rows(), expected, "after {commits} commits");
    }
    assert!(interrupted >= 4, "only {interrupted} were interrupted");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_children_of_parents_that_have_changed_are_read_again() {
    let mut lab = lab(|sandbox| sandbox).await;
    only(&mut lab, "devices");
    let report = lab.sync().await;
    complete(&report);
    assert_eq!((report.resources[0].mode, rows(&lab, "device")), (Mode::Full, 50));
    let users = |lab: &Lab| -> BTreeSet<String> {
        let seen = lab.sandbox.requests().into_iter();
        seen.filter_map(|seen| seen.path.strip_prefix("/users/")?.strip_suffix("/devices").map(str::to_owned)).collect()
    };
    assert_eq!(users(&lab).len(), 12);

    let user = texts(&lab, "select user from partitions_device limit 1").remove(0);
    let new = lab.sandbox.insert("devices", &Change::new().of(&user)).unwrap();
    lab.sandbox.update("users", &user, &Change::new().set("name", "Changed")).unwrap();
    lab.sandbox.forget_requests();
    let report = lab.sync().await;
    complete(&report);
    assert_eq!(report.resources[0].mode, Mode::Incremental);
    assert!(
        users(&lab).contains(&user) && users(&lab).len() <= 2,
        "the last of before, and what changed: {:?}",
        users(&lab)
    );
    assert_eq!(lab.number(&format!("select count(*) from partitions_device where id = '{new}'")), 1);
    assert_eq!(rows(&lab, "device"), 51);

    // A device of a user who has not changed is not looked for, until all is read.
    let other = texts(&lab, &format!("select distinct user from partitions_device where user <> '{user}'")).remove(0);
    lab.sandbox.insert("devices", &Change::new().of(&other)).unwrap();
    complete(&lab.sync().await);
    assert_eq!(rows(&lab, "device"), 51);
    complete(&lab.sync_as(true).await);
    assert_eq!(rows(&lab, "device"), 52);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_changes_behind_the_place_of_an_interrupted_walk_is_not_passed_by() {
    // The users are not sorted by their time. The first changes while the walk is at the second, which changed later.
    let changed = std::sync::Arc::new(AtomicU64::new(0));
    let is_changed = std::sync::Arc::clone(&changed);
    let server = Scripted::start(move |heard, stream| {
        let changed = is_changed.load(Ordering::Relaxed);
        let user =
            |id: &str, day: u32| format!(r#"{{"id":"{id}","name":"n","updated_at":"2026-01-{day:02}T12:00:00Z"}}"#);
        let first = user("a", if changed > 0 { 15 } else { 10 });
        let page = |next: &str, data: &str| format!(r#"{{"next":{next},"data":[{data}]}}"#);
        let (path, query) = heard.target.split_once('?').unwrap_or((&heard.target, ""));
        match path {
            "/users" if query.contains("since=2026-01-20") => json(stream, &page("null", &user("b", 20))),
            "/users" if query.contains("since=") => json(stream, &page("null", &[first, user("b", 20)].join(","))),
            "/users" if query.contains("cursor=") && changed == 0 => {
                respond(stream, "503 Service Unavailable", &[], b"{}")
            }
            "/users" if query.contains("cursor=") => json(stream, &page("null", &user("b", 20))),
            "/users" => json(stream, &page("\"2\"", &first)),
            "/users/a/devices" => json(stream, &page("null", &format!(r#"{{"id":"of a {changed}","model":null}}"#))),
            _ => json(stream, &page("null", r#"{"id":"of b","model":null}"#)),
        }
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    only(&mut lab, "devices");
    assert_eq!(lab.sync().await.status, Status::Failed);
    assert_eq!(texts(&lab, "select id from partitions_device"), ["of a 0"]);
    changed.store(1, Ordering::Relaxed);
    complete(&lab.sync().await);
    assert_eq!(texts(&lab, "select id from partitions_device order by 1"), ["of a 0", "of b"]);
    complete(&lab.sync().await);
    assert_eq!(texts(&lab, "select id from partitions_device order by 1"), ["of a 0", "of a 1", "of b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_two_resources_with_one_key_are_two() {
    let server = Scripted::start(move |heard, stream| match heard.target.split('?').next().unwrap_or_default() {
        "/users" => json(stream, r#"{"next":null,"data":[{"id":"7","name":"u","updated_at":"2026-01-15T12:00:00Z"}]}"#),
        "/groups" => json(stream, r#"{"next":null,"data":[{"id":"7","name":"g"}]}"#),
        "/notes" if heard.target.contains("name=u") => json(stream, r#"{"next":null,"data":[{"id":"a","text":"u"}]}"#),
        "/notes" => json(stream, r#"{"next":null,"data":[{"id":"b","text":"g"}]}"#),
        _ => respond(stream, "404 Not Found", &[], b"{}"),
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    only(&mut lab, "notes");
    complete(&lab.sync().await);
    assert_eq!(texts(&lab, "select id || text || about from partitions_note order by 1"), ["au7", "bg7"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_two_resources_with_one_key_have_frontiers_of_their_own() {
    let spec = SPEC
        .replace(
            "    entity: partitions_note\n    key: id\n",
            "    entity: partitions_note\n    key: id\n    updated_at: at\n    incremental: { window: { from: query.since } }\n",
        )
        .replace("{ id: note_1, text: Hello }", "{ id: note_1, text: Hello, at: \"2026-01-15T12:00:00Z\" }");
    let server = Scripted::start(move |heard, stream| {
        let page = |note: &str| format!(r#"{{"next":null,"data":[{note}]}}"#);
        let note = |id: &str, day: u32| format!(r#"{{"id":"{id}","text":"t","at":"2026-01-{day:02}T12:00:00Z"}}"#);
        let is_user = heard.target.contains("name=u");
        match heard.target.split('?').next().unwrap_or_default() {
            "/users" => {
                json(stream, r#"{"next":null,"data":[{"id":"7","name":"u","updated_at":"2026-01-15T12:00:00Z"}]}"#)
            }
            "/groups" => json(stream, r#"{"next":null,"data":[{"id":"7","name":"g"}]}"#),
            _ if is_user && heard.target.contains("since=2026-01-10") => json(stream, &page(&note("new", 15))),
            _ if heard.target.contains("since=") => json(stream, &page("")),
            _ if is_user => json(stream, &page(&note("user", 10))),
            _ => json(stream, &page(&note("group", 20))),
        }
    });
    let mut lab = Lab::of(&model(&spec), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    only(&mut lab, "notes");
    complete(&lab.sync().await);
    complete(&lab.sync().await);
    assert_eq!(texts(&lab, "select id from partitions_note order by 1"), ["group", "new", "user"]);
}
