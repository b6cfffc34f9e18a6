//! Resources that are read for each row of another: every record of every parent once, to any depth; parents that go and
//! come; a sync that is taken up in the middle; and what is asked for with a body.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tapwright_generated_tests::{Lab, Scripted, json, model, respond};
use tapwright_runtime::{ErrorKind, Mode, Report, ResourceReport, Status};
use tapwright_sandbox::{Change, Sandbox};

const SPEC: &str = include_str!("../specs/children.yaml");

async fn lab(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let counted = |sandbox: Sandbox| {
        sandbox
            .records("teams", 30)
            .records("projects", 80)
            .records("tasks", 300)
            .records("logins", 200)
            .records("searches", 150)
            .records("notes", 50)
            .history(Duration::from_secs(30 * 86_400))
    };
    Lab::of(&model(SPEC), |sandbox| set_up(counted(sandbox))).await
}

fn of<'r>(report: &'r Report, name: &str) -> &'r ResourceReport {
    report.resources.iter().find(|resource| resource.name == name).unwrap()
}

fn rows(lab: &Lab, table: &str) -> i64 {
    lab.number(&format!("select count(*) from children_{table}"))
}

/// The ids of a table, by a query.
fn ids(lab: &Lab, query: &str) -> Vec<String> {
    let store = lab.store();
    let mut statement = store.prepare(query).unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_of_every_parent_arrives_once_at_any_depth() {
    let lab = lab(|sandbox| sandbox).await;
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    for (table, there) in [("team", 30), ("project", 80), ("task", 300), ("login", 200), ("search", 150), ("note", 50)]
    {
        assert_eq!(rows(&lab, table), there, "{table}");
    }
    assert!(lab.sandbox.requests().iter().all(|request| request.status == 200));
    // Numbers repeat from team to team, and ids do not.
    assert!(lab.number("select count(*) - count(distinct number) from children_project") > 0);
    // What is taken of the parent is the parent's.
    let wrong = "select count(*) from children_project p left join children_team t on t.id = p.team \
                 where t.id is null or t.size <> p.teamSize or p.id <> t.id || '/' || p.number";
    assert_eq!(lab.number(wrong), 0);
    let orphans = "select count(*) from children_task where project not in (select id from children_project)";
    assert_eq!(lab.number(orphans), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_a_parent_that_has_gone_goes_too() {
    let lab = lab(|sandbox| sandbox).await;
    lab.sync().await;
    let team = ids(&lab, "select team from children_project group by team order by count(*) desc limit 1").remove(0);
    lab.sandbox.delete("teams", &team).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(rows(&lab, "team"), 29);
    // Of a list whose pages are counted, what one refresh has not met may only have moved, and so may its children.
    assert_eq!((of(&report, "projects").deleted, of(&report, "tasks").deleted), (0, 0), "{report:#?}");
    let report = lab.sync().await;
    assert!(of(&report, "tasks").deleted > 0, "{report:#?}");
    assert_eq!(lab.number(&format!("select count(*) from children_project where team = '{team}'")), 0);
    // Events stay.
    assert_eq!(rows(&lab, "login"), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_parent_is_read_from_the_beginning_and_the_others_from_where_they_were() {
    let lab = lab(|sandbox| sandbox).await;
    lab.sync().await;
    let before = lab.sandbox.request_count();
    let report = lab.sync().await;
    assert_eq!(of(&report, "logins").mode, Mode::Incremental);
    assert!(of(&report, "logins").rows < 40, "a day is read once more: {report:#?}");
    assert!(lab.sandbox.request_count() > before);

    let team = lab.sandbox.insert("teams", &Change::new()).unwrap();
    let now = lab.sandbox.now();
    // Older than the frontier of any other team.
    for days in [20, 10, 0] {
        let change = Change::new().of(&team).at(now - days * 86_400_000 - 1000);
        lab.sandbox.insert("logins", &change).unwrap();
    }
    let other = ids(&lab, "select team from children_login limit 1").remove(0);
    lab.sandbox.insert("logins", &Change::new().of(&other).at(now - 500)).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(rows(&lab, "login"), 204);
    assert_eq!(lab.number(&format!("select count(*) from children_login where team = '{team}'")), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_is_taken_up_in_the_middle_of_the_walk_over_the_parents() {
    let undisturbed = lab(|sandbox| sandbox).await;
    assert_eq!(undisturbed.sync().await.status, Status::Complete);
    let (expected, whole) = (undisturbed.rows(), undisturbed.sandbox.request_count());
    let mut interrupted = 0;
    for commits in [1, 2, 3, 4, 6, 9, 13, 20, 30, 45] {
        let mut lab = lab(|sandbox| sandbox.latency(Duration::from_millis(1))).await;
        lab.options.readers = 2;
        let report = lab.sync_until(commits).await;
        interrupted += u32::from(report.status == Status::Interrupted);
        let before = lab.sandbox.request_count();
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "after {commits}: {report:#?}");
        assert_eq!(lab.rows(), expected, "after {commits} commits");
        // What was read is not read again, but for the page of parents that each was at.
        let again = lab.sandbox.request_count() + before - whole.min(lab.sandbox.request_count());
        assert!(again <= 2 * whole, "after {commits}: {again} of {whole}");
    }
    assert!(interrupted >= 4, "only {interrupted} of ten were interrupted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_killed_with_many_parents_open_keeps_its_checkpoint_small() {
    let mut lab = lab(|sandbox| sandbox.records("teams", 2_000).records("searches", 3_000)).await;
    lab.options.resources = Some(vec!["searches".to_owned()]);
    lab.sync_until(250).await;
    let size = lab.number("select max(length(checkpoint)) from _tapwright_checkpoints");
    assert!(size < 20_000, "{size} bytes");
    let checkpoint: String =
        lab.store().query_row("select checkpoint from _tapwright_checkpoints", [], |row| row.get(0)).unwrap();
    let walk: serde_json::Value = serde_json::from_str(&checkpoint).unwrap();
    let met = walk["walk"]["met"].as_u64().unwrap();
    assert!((300..2_000).contains(&met), "it was killed in the middle: {met} parents");
    let report = lab.sync().await;
    assert_eq!((report.status, of(&report, "searches").mode), (Status::Complete, Mode::Resumed), "{report:#?}");
    assert_eq!(rows(&lab, "search"), 3_000);
}

/// An API of two teams, of which each list of projects is answered by `answer`.
async fn two_teams(answer: impl Fn(&str) -> Option<&'static str> + Send + Sync + 'static) -> (Lab, Scripted) {
    let server = Scripted::start(move |heard, stream| {
        let path = heard.target.split('?').next().unwrap_or_default();
        if path == "/teams" {
            let team = |id: &str| format!(r#"{{"id":"{id}","name":"{id}","size":1,"parent":null}}"#);
            return json(stream, &format!(r#"{{"next":null,"data":[{},{}]}}"#, team("a/b"), team("c")));
        }
        match answer(path) {
            Some(page) => json(stream, page),
            None => respond(stream, "404 Not Found", &[], br#"{"code":"not_found","message":"no such team"}"#),
        }
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["projects".to_owned()]);
    (lab, server)
}

const PROJECT: &str = r#"{"total":1,"data":[{"number":7,"title":"t"}]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_is_gone_is_skipped_and_said_and_all_of_them_are_an_error() {
    let (lab, server) = two_teams(|path| (path == "/teams/a%2Fb/projects").then_some(PROJECT)).await;
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.resources[0].notes.iter().any(|note| note.contains("gone")), "{report:#?}");
    assert_eq!(ids(&lab, "select id from children_project"), ["a%2Fb/7"], "one segment, and one part of the key");
    let asked: BTreeSet<String> = server.heard().into_iter().map(|heard| heard.target).collect();
    assert!(asked.iter().any(|target| target.starts_with("/teams/a%2Fb/projects?of=a%2Fb")), "{asked:?}");

    let back = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_back = std::sync::Arc::clone(&back);
    let (lab, _server) = two_teams(move |_| is_back.load(Ordering::Relaxed).then_some(PROJECT)).await;
    for _ in 0..2 {
        let report = lab.sync().await;
        let error = report.resources[0].error.as_ref().unwrap_or_else(|| panic!("{report:#?}"));
        assert_eq!((report.status, error.kind()), (Status::Failed, ErrorKind::Rejected));
    }
    back.store(true, Ordering::Relaxed);
    assert_eq!(lab.sync().await.status, Status::Complete, "it is not held against the source for ever");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_of_a_level_is_gone_what_is_below_is_not_swept() {
    let gone = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_gone = std::sync::Arc::clone(&gone);
    let server = Scripted::start(move |heard, stream| {
        let path = heard.target.split('?').next().unwrap_or_default();
        match path {
            "/teams" => json(stream, r#"{"next":null,"data":[{"id":"a","name":"a","size":1}]}"#),
            _ if path.ends_with("/projects") && is_gone.load(Ordering::Relaxed) => {
                respond(stream, "404 Not Found", &[], br#"{"code":"not_found"}"#)
            }
            _ if path.ends_with("/projects") => json(stream, PROJECT),
            _ => json(stream, r#"{"next":null,"data":[{"id":"t","title":"t"}]}"#),
        }
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["tasks".to_owned()]);
    assert_eq!(lab.sync().await.status, Status::Complete);
    gone.store(true, Ordering::Relaxed);
    for _ in 0..3 {
        let report = lab.sync().await;
        assert_eq!(
            report.resources[0].error.as_ref().map(|error| error.kind()),
            Some(ErrorKind::Rejected),
            "{report:#?}"
        );
        assert_eq!(rows(&lab, "task"), 1);
    }
    gone.store(false, Ordering::Relaxed);
    assert_eq!(lab.sync().await.status, Status::Complete);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_parent_that_could_not_be_mapped_come_when_it_can() {
    let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let is_broken = std::sync::Arc::clone(&broken);
    let server = Scripted::start(move |heard, stream| {
        if heard.target.starts_with("/teams?") {
            let size = if is_broken.load(Ordering::Relaxed) { "\"many\"" } else { "2" };
            let page = format!(
                r#"{{"next":null,"data":[{{"id":"a","name":"a","size":1}},{{"id":"b","name":"b","size":{size}}}]}}"#
            );
            return json(stream, &page);
        }
        let team = heard.target.split('/').nth(2).unwrap_or_default().to_owned();
        json(stream, &format!(r#"{{"next":null,"data":[{{"id":"of {team}","at":"2026-11-15T12:00:00Z"}}]}}"#))
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["logins".to_owned()]);
    for _ in 0..2 {
        assert_eq!(lab.sync().await.status, Status::Partial);
        assert_eq!(ids(&lab, "select id from children_login"), ["of a"]);
    }
    broken.store(false, Ordering::Relaxed);
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(ids(&lab, "select id from children_login order by id"), ["of a", "of b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_cannot_be_mapped_leaves_its_children_unread_and_unswept() {
    let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_broken = std::sync::Arc::clone(&broken);
    let server = Scripted::start(move |heard, stream| {
        if heard.target.starts_with("/teams?") {
            let size = if is_broken.load(Ordering::Relaxed) { "\"many\"" } else { "2" };
            let page = format!(
                r#"{{"next":null,"data":[{{"id":"a","name":"a","size":1}},{{"id":"b","name":"b","size":{size}}}]}}"#
            );
            return json(stream, &page);
        }
        json(stream, PROJECT)
    });
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["projects".to_owned()]);
    assert_eq!(lab.sync().await.status, Status::Complete);
    broken.store(true, Ordering::Relaxed);
    for _ in 0..3 {
        let report = lab.sync().await;
        assert_eq!(report.resources[0].status, Status::Partial, "{report:#?}");
        assert_eq!(ids(&lab, "select id from children_project order by id"), ["a/7", "b/7"]);
    }
    broken.store(false, Ordering::Relaxed);
    assert_eq!(lab.sync().await.status, Status::Complete);
}
