//! A process that dies at any point of a commit leaves whole commits: the next sync takes up what is left, and the store
//! ends as if nothing had been.

use std::process::{Command, Stdio};
use std::time::Duration;

use tapwright_generated_tests::{Lab, WORKOS, model};
use tapwright_runtime::{Mode, Options, Origin, SecretString, SettingValue, Settings, Status, Stop, Sync};
use tapwright_sandbox::Sandbox;
use tapwright_sqlite::Sqlite;

const STORE: &str = "TAPWRIGHT_TEST_STORE";
const URL: &str = "TAPWRIGHT_TEST_URL";
const KEY: &str = "TAPWRIGHT_TEST_KEY";

/// Run by [`a_process_that_dies_at_any_point_of_a_commit_loses_nothing`] in a process of its own.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_dies_at_a_point() {
    let Ok(store) = std::env::var(STORE) else { return };
    let get = |name| std::env::var(name).unwrap();
    let plan = tapwright_codegen::lower(&model(WORKOS));
    let key = SettingValue::Text(SecretString::from(get(KEY)));
    let settings = Settings::builder(plan).set("apiKey", key, Origin::Given).build().unwrap();
    let source = Some("the sandbox".to_owned());
    let options = Options { base_url: Some(get(URL)), source, readers: 2, ..Options::default() };
    let mut sink = Sqlite::open(store).unwrap();
    Sync::new(plan, settings, options).unwrap().run(&mut sink, &(), &Stop::default()).await.unwrap();
}

fn small(sandbox: Sandbox) -> Sandbox {
    sandbox
        .records("organizations", 450)
        .records("connections", 120)
        .records("directories", 30)
        .records("auth_events", 900)
        .history(Duration::from_secs(25 * 86_400))
        // So that pages come one by one, and commits are many.
        .latency(Duration::from_millis(2))
}

/// What is stored of organizations is what their checkpoint says: whole pages of 100, or all 450.
fn together(lab: &Lab, what: &str) {
    let checkpoint = "select checkpoint from _tapwright_checkpoints where resource = 'organizations'";
    let checkpoint: Option<String> = lab.store().query_row(checkpoint, [], |row| row.get(0)).ok();
    let Some(checkpoint) = checkpoint else { return };
    let checkpoint: serde_json::Value = serde_json::from_str(&checkpoint).unwrap();
    let pages = checkpoint["slices"][0]["pages"].as_i64();
    let rows = lab.number("select count(*) from workos_organization");
    assert_eq!(rows, pages.map_or(450, |pages| (pages * 100).min(450)), "{what}: {checkpoint}");
}

/// Of every resource, what was counted is what is there: nothing was read twice yet.
fn counts_are_of_the_rows(lab: &Lab, what: &str) {
    for resource in lab.plan.resources {
        let there = lab.store().query_row(&format!("select count(*) from {}", resource.row.name), [], |row| row.get(0));
        assert_eq!(counted(lab, resource.name), there.unwrap_or(0), "{what}: {}", resource.name);
    }
}

/// How many records of a resource were counted; none where not even the tables were made.
fn counted(lab: &Lab, resource: &str) -> i64 {
    let counted = "select count from _tapwright_seen where resource = ? and what = 'row'";
    lab.store().query_row(counted, [resource], |row| row.get(0)).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_point_of_a_commit_loses_nothing() {
    let undisturbed = Lab::workos(small).await;
    assert_eq!(undisturbed.sync().await.status, Status::Complete);
    let mut died = 0;
    for point in ["begun", "rows", "swept", "checkpointed", "committed", "ended"] {
        for times in [1, 2, 3, 6] {
            let lab = Lab::workos(small).await;
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "child_that_dies_at_a_point"])
                .env("TAPWRIGHT_FAILPOINT", format!("{point}:{times}"))
                .envs([(STORE, lab.path().to_str().unwrap()), (URL, &lab.sandbox.url()), (KEY, lab.sandbox.key())])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            // Some points are come to only once or twice.
            died += u32::from(!child.success());
            let check: String = lab.store().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(check, "ok", "{point}:{times}");
            together(&lab, &format!("{point}:{times}"));
            counts_are_of_the_rows(&lab, &format!("{point}:{times}"));
            let whole = if counted(&lab, "organizations") == 450 { 450 } else { 0 };
            let report = lab.sync().await;
            assert_eq!(report.status, Status::Complete, "{point}:{times}: {report:#?}");
            assert_eq!(lab.rows(), undisturbed.rows(), "{point}:{times}");
            // A sync that had come to its end reads all of it again.
            let again = if report.resources[0].mode == Mode::Resumed { 0 } else { whole };
            assert_eq!(counted(&lab, "organizations"), 450 + again, "{point}:{times}: each page is counted once");
        }
    }
    assert!(died >= 14, "only {died} processes died");
}
