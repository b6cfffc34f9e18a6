//! Metrics and distributions are replaced window by window, edges are swept as entities are, and readers see whole windows
//! only, however often a sync is interrupted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tapwright_generated_tests::{Lab, model};
use tapwright_runtime::{Mode, Observer, Progress, Report, ResourceReport, Status, Stop};
use tapwright_sandbox::{Change, Fault, Sandbox};
use tapwright_sqlite::Sqlite;

const SPEC: &str = include_str!("../specs/shapes.yaml");
const DAY: i64 = 86_400_000;

async fn lab(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let counted = |sandbox: Sandbox| {
        sandbox
            .records("users", 20)
            .records("groups", 9)
            .records("visits", 90)
            .records("loads", 100)
            .records("members", 60)
            .records("friends", 15)
            .records("latencies", 120)
            .records("plans", 12)
            .history(Duration::from_secs(30 * 86_400))
    };
    Lab::of(&model(SPEC), |sandbox| set_up(counted(sandbox))).await
}

async fn only(name: &str) -> Lab {
    let mut lab = lab(|sandbox| sandbox).await;
    lab.options.resources = Some(vec![name.to_owned()]);
    lab
}

#[track_caller]
fn of<'r>(report: &'r Report, name: &str) -> &'r ResourceReport {
    let found = report.resources.iter().find(|resource| resource.name == name).unwrap();
    assert_eq!(found.status, Status::Complete, "{name}: {:?} {:?}", found.error, found.notes);
    assert_eq!(found.quarantined, 0, "{name}: {:?}", found.notes);
    found
}

fn texts(lab: &Lab, query: &str) -> Vec<String> {
    let store = lab.store();
    let mut statement = store.prepare(query).unwrap();
    let texts = statement.query_map([], |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shape_arrives_once_and_a_second_sync_changes_nothing() {
    let lab = lab(|sandbox| sandbox).await;
    let report = lab.sync().await;
    let all = [
        ("visits", "visits", 90),
        ("loads", "load", 100),
        ("members", "member", 60),
        ("friends", "friend", 15),
        ("latencies", "latency", 120),
        ("plans", "plan", 12),
    ];
    for (name, table, there) in all {
        of(&report, name);
        assert_eq!(lab.number(&format!("select count(*) from shapes_{table}")), there, "{name}");
    }
    let refused: Vec<_> = lab.sandbox.requests().into_iter().filter(|request| request.status != 200).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let before = lab.rows();
    let report = lab.sync().await;
    for (name, ..) in all {
        assert_eq!(of(&report, name).deleted, 0, "{name}");
    }
    assert_eq!(lab.rows(), before);
    assert_eq!(of(&report, "visits").mode, Mode::Incremental);
    assert!(of(&report, "visits").rows <= 15, "four days of three channels, and one before: {report:#?}");
    // Nothing is left beside the tables.
    for table in ["visits", "load", "latency", "plan"] {
        assert_eq!(lab.number(&format!("select count(*) from _tapwright_staged_shapes_{table}")), 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_corrected_within_the_overlap_is_replaced_and_what_is_outside_stays() {
    let lab = only("visits").await;
    lab.sync().await;
    let ids = texts(&lab, "select id from shapes_visits order by start_at desc, id");
    let (corrected, vanished, old) = (&ids[3], &ids[7], &ids[60]);
    assert!(ids[0].ends_with("Z/mail"), "{}", ids[0]);
    lab.sandbox.update("visits", corrected, &Change::new().set("count", 4711)).unwrap();
    lab.sandbox.delete("visits", vanished).unwrap();
    lab.sandbox.delete("visits", old).unwrap();
    let newest = lab.number("select max(start_at) from shapes_visits");
    let late = Change::new().at(newest + DAY).set("channel", "web").set("count", 1);
    lab.sandbox.insert("visits", &late).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "visits").deleted, 1, "{report:#?}");
    assert_eq!(lab.number(&format!("select count from shapes_visits where id = '{corrected}'")), 4711);
    assert_eq!(lab.number(&format!("select count(*) from shapes_visits where id = '{vanished}'")), 0);
    assert_eq!(lab.number(&format!("select count(*) from shapes_visits where id = '{old}'")), 1, "outside the overlap");
    assert_eq!(lab.number("select count(*) from shapes_visits"), 90);
    // All of the look-back is replaced by a sync that reads all of it.
    let report = lab.sync_as(true).await;
    assert_eq!(of(&report, "visits").deleted, 1, "{report:#?}");
    assert_eq!(lab.number("select count(*) from shapes_visits"), 89);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_source_has_forgotten_before_the_look_back_stays() {
    let lab = only("visits").await;
    lab.sync().await;
    // As if it had been read long ago.
    let older = "update shapes_visits set start_at = start_at - 100 * 86400000, id = 'old ' || id \
                 where start_at = (select min(start_at) from shapes_visits)";
    assert_eq!(lab.store().execute(older, []).unwrap(), 3);
    lab.sync_as(true).await;
    assert_eq!(lab.number("select count(*) from shapes_visits"), 93);
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_are_cut_between_two_periods() {
    let lab = only("visits").await;
    lab.sync().await;
    let asked = lab.sandbox.requests();
    let mut starts = 0;
    for request in asked.iter().filter(|request| !request.query.contains("cursor=")) {
        let since = request.query.split('&').find_map(|pair| pair.strip_prefix("since=")).unwrap();
        // A window is asked for from a millisecond before its start.
        assert!(since.contains("T23%3A59%3A59.999Z") || since.contains("T23:59:59.999Z"), "{since}");
        starts += 1;
    }
    assert!(starts >= 6, "{starts} windows");
}

/// Asks to stop after so many commits with rows, and looks at the store after each.
struct After<'l>(AtomicU64, Stop, &'l (dyn Fn() + Sync));

impl Observer for After<'_> {
    fn observe(&self, progress: &Progress<'_>) {
        self.2();
        if progress.new_rows > 0 && self.0.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.1.stop();
        }
    }
}

/// A lab that has been synced once, and a source that has changed since in every window that is read again.
async fn changed(latency: u64) -> Lab {
    let lab = lab(|sandbox| sandbox.latency(Duration::from_millis(latency))).await;
    lab.sync().await;
    for id in texts(&lab, "select id from shapes_visits") {
        lab.sandbox.update("visits", &id, &Change::new().set("count", 1_000_000)).unwrap();
    }
    for id in texts(&lab, "select id from shapes_latency") {
        lab.sandbox.update("latencies", &id, &Change::new().set("count", 1_000_000)).unwrap();
    }
    for id in texts(&lab, "select id from shapes_plan") {
        lab.sandbox.update("plans", &id, &Change::new().set("users", 1_000_000)).unwrap();
    }
    for id in texts(&lab, "select id from shapes_load where start_at % 5 = 0") {
        lab.sandbox.delete("loads", &id).unwrap();
    }
    let gone = texts(&lab, "select id from shapes_visits where channel = 'mail' order by id");
    for id in &gone[..10] {
        lab.sandbox.delete("visits", id).unwrap();
    }
    lab
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_is_stopped_at_any_commit_shows_whole_windows_and_ends_as_an_undisturbed_one() {
    let undisturbed = changed(0).await;
    undisturbed.sync_as(true).await;
    let expected = undisturbed.rows();
    let mut interrupted = 0;
    let mut seen = 0;
    for commits in [1, 2, 3, 4, 5, 7, 9, 12, 16, 20, 25, 30] {
        let mut lab = changed(1).await;
        lab.options.readers = 1 + commits as usize % 3;
        // All is read anew, whichever of the syncs it is that begins.
        lab.store().execute("delete from _tapwright_checkpoints", []).unwrap();
        let stop = Stop::default();
        let partly = AtomicU64::new(0);
        let look = || {
            // A window is ten days less what rounding takes; within one all rows are old, or all are new.
            let store = lab.store();
            let mixed = "select count(*) from (select start_at, channel from shapes_latency \
                         group by start_at having min(count) < 1000000 and max(count) = 1000000)";
            let mixed: i64 = store.query_row(mixed, [], |row| row.get(0)).unwrap();
            assert_eq!(mixed, 0);
            let whole = "select min(users) < 1000000 and max(users) = 1000000 from shapes_plan";
            let whole: i64 = store.query_row(whole, [], |row| row.get(0)).unwrap();
            assert_eq!(whole, 0);
            let staged: i64 =
                store.query_row("select count(*) from _tapwright_staged_shapes_visits", [], |row| row.get(0)).unwrap();
            partly.fetch_add(u64::from(staged > 0), Ordering::Relaxed);
        };
        let mut sink = Sqlite::open(lab.path()).unwrap();
        let observer = After(AtomicU64::new(commits), stop.clone(), &look);
        let report = lab.ready().run(&mut sink, &observer, &stop).await.unwrap();
        drop(sink);
        seen += partly.load(Ordering::Relaxed);
        interrupted += u32::from(report.status == Status::Interrupted);
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "after {commits}: {report:#?}");
        let rows = lab.rows();
        for (table, expected) in &expected {
            let stale: Vec<_> = rows[table].iter().filter(|row| !expected.contains(row)).collect();
            let missing: Vec<_> = expected.iter().filter(|row| !rows[table].contains(row)).collect();
            assert!(stale.is_empty() && missing.is_empty(), "{table} after {commits}: {stale:#?} not {missing:#?}");
        }
    }
    assert!(interrupted >= 8, "only {interrupted} of twelve were interrupted");
    assert!(seen > 0, "no window was ever seen unfinished");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_since_a_stop_is_read_by_the_sync_that_takes_up() {
    let mut tried = 0;
    for requests in 5..14 {
        let mut lab = only("visits").await;
        lab.options.readers = 1;
        lab.sandbox.fail("visits", Fault::Forbidden("not now".to_owned()).times(1).after(requests)).unwrap();
        assert_eq!(lab.sync().await.status, Status::Failed);
        // What is within the overlap of the latest that was read, and in a window that was over.
        let latest =
            "select max(value ->> 'last' ->> 'at') from _tapwright_checkpoints, json_each(checkpoint, '$.slices')";
        let latest = lab.number(latest);
        let within = format!("select id from shapes_visits where start_at >= {latest} - 3 * 86400000 order by id");
        let ids = texts(&lab, &within);
        let [vanished, corrected, ..] = ids.as_slice() else { continue };
        tried += 1;
        lab.sandbox.delete("visits", vanished).unwrap();
        // And of the window that was not.
        let begun = texts(&lab, "select id from _tapwright_staged_shapes_visits");
        if let Some(staged) = begun.first() {
            lab.sandbox.delete("visits", staged).unwrap();
        }
        lab.sandbox.update("visits", corrected, &Change::new().set("count", 4711)).unwrap();
        let report = lab.sync().await;
        assert_eq!(of(&report, "visits").mode, Mode::Resumed);
        assert_eq!(lab.number(&format!("select count(*) from shapes_visits where id = '{vanished}'")), 0, "{requests}");
        assert_eq!(
            lab.number(&format!("select count from shapes_visits where id = '{corrected}'")),
            4711,
            "{requests}"
        );
        let there = 89 - i64::from(!begun.is_empty());
        assert_eq!(lab.number("select count(*) from shapes_visits"), there, "{requests}");
    }
    assert!(tried >= 2, "only {tried} stops were near the end of a window");
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_of_each_parent_are_replaced_by_themselves_and_those_of_one_that_has_gone_stay() {
    let lab = only("loads").await;
    lab.sync().await;
    // `group` is a word of SQL.
    let busiest = "select \"group\" from shapes_load group by 1 order by count(*) desc limit 1";
    let group = texts(&lab, busiest).remove(0);
    let last =
        "select id from shapes_load where start_at = (select max(start_at) from shapes_load l where l.\"group\" = ";
    let vanished = texts(&lab, &format!("{last} '{group}') and \"group\" = '{group}'")).remove(0);
    lab.sandbox.delete("loads", &vanished).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "loads").deleted, 1, "{report:#?}");
    assert_eq!(lab.number("select count(*) from shapes_load"), 99);
    let of_group = format!("select count(*) from shapes_load where \"group\" = '{group}'");
    let before = lab.number(&of_group);
    // One that is listed, and then said to be gone.
    lab.sandbox.fail("loads", Fault::Rule(0).times(3)).unwrap();
    let report = lab.sync().await;
    assert!(!of(&report, "loads").notes.is_empty(), "{report:#?}");
    assert_eq!(lab.number("select count(*) from shapes_load"), 99);
    lab.sandbox.delete("groups", &group).unwrap();
    lab.sync().await;
    assert_eq!(lab.number(&of_group), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn edges_that_are_gone_are_swept_and_so_are_those_of_a_parent_that_has_gone() {
    let lab = only("members").await;
    lab.sync().await;
    let (one, group): (String, String) = lab
        .store()
        .query_row("select id, to_id from shapes_member limit 1", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let parts: Vec<&str> = one.split('/').collect();
    assert_eq!(parts[1], group, "{one}");
    lab.sandbox.delete("members", &one).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "members").deleted, 1, "{report:#?}");
    let of_group = format!("select count(*) from shapes_member where to_id = '{group}'");
    let there = u64::try_from(lab.number(&of_group)).unwrap();
    lab.sandbox.delete("groups", &group).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "members").deleted, there, "{report:#?}");
    assert_eq!(lab.number(&of_group), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_empty_now_goes() {
    let lab = only("plans").await;
    lab.sync().await;
    let plan = texts(&lab, "select id from shapes_plan limit 1").remove(0);
    lab.sandbox.delete("plans", &plan).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "plans").deleted, 1, "{report:#?}");
    assert_eq!(lab.number("select count(*) from shapes_plan"), 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_mapped_keeps_the_row_it_had() {
    let lab = only("visits").await;
    lab.sync().await;
    let ids = texts(&lab, "select id from shapes_visits order by start_at desc, id");
    lab.sandbox.update("visits", &ids[0], &Change::new().set("count", "many")).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.resources[0].quarantined, report.resources[0].deleted), (1, 0), "{report:#?}");
    assert_eq!(lab.number(&format!("select count(*) from shapes_visits where id = '{}'", ids[0])), 1);
    let kept = lab.number(&format!("select count(*) from _tapwright_quarantine where key = '{}'", ids[0]));
    assert_eq!(kept, 1);
    lab.sandbox.update("visits", &ids[0], &Change::new().set("count", 5)).unwrap();
    lab.sync().await;
    assert_eq!(lab.number(&format!("select count from shapes_visits where id = '{}'", ids[0])), 5);
    assert_eq!(lab.number("select count(*) from _tapwright_quarantine"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_views_show_them() {
    let lab = lab(|sandbox| sandbox).await;
    lab.sync().await;
    // Two numbers a row, and one.
    assert_eq!(lab.number("select count(*) from metrics"), 2 * 90 + 100);
    let ends = "select count(*) from metrics where name = 'shapes_visits' and end_ts = ts + 86400000 \
                and measure in ('count', 'bounced') and dimensions ->> 'channel' in ('web', 'mail', 'phone')";
    assert_eq!(lab.number(ends), 180);
    assert_eq!(lab.number("select count(*) from metrics where name = 'shapes_load' and typeof(value) = 'real'"), 100);
    let sums =
        "select (select sum(value) from metrics where measure = 'count') - (select sum(count) from shapes_visits)";
    assert_eq!(lab.number(sums), 0);
    assert_eq!(lab.number("select count(*) from edges"), 75);
    let typed = "select count(*) from edges where type = 'shapes_member' and from_type = 'shapes_user' \
                 and to_type = 'shapes_group' and kind is not null and to_id in (select id from shapes_group)";
    assert_eq!(lab.number(typed), 60);
    assert_eq!(lab.number("select count(*) from distributions where name = 'shapes_plan'"), 1);
    let counts = "select (select sum(count) from distributions where name = 'shapes_latency') - \
                  (select sum(count) from shapes_latency)";
    assert_eq!(lab.number(counts), 0);
    assert_eq!(lab.number("select count(*) from distributions where name = 'shapes_latency'"), 24);
    let buckets = "select count(*) from distributions, json_each(buckets) where name = 'shapes_latency'";
    assert_eq!(lab.number(buckets), 120);
}
