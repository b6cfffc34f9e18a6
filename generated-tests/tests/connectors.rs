//! Every connector of `connectors/`, each against its own sandbox: all rows once, the same after a second sync, after one
//! that was stopped at any commit, and at a source that fails now and then.

use std::path::Path;
use std::time::Duration;

use tapwright_generated_tests::{Lab, model};
use tapwright_runtime::{Mode, Report, Status};
use tapwright_sandbox::Sandbox;
use tapwright_spec::model::{Each, EachOf, Records};

/// The specs and their names, in the order of the names.
fn connectors() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path().join("connector.yaml")).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    found.sort();
    assert!(found.len() >= 10, "{} connectors", found.len());
    found
}

/// How many records a resource has: parents are few, so that there are not too many lists.
fn count(spec: &tapwright_spec::model::Connector, name: &str) -> u64 {
    let is_parent = spec.resources.iter().flat_map(|child| &child.for_each).any(|each| match &each.of {
        EachOf::Rows { resources, .. } => resources.iter().any(|parent| parent == name),
        EachOf::Values(_) | EachOf::Setting(_) => false,
    });
    let alone = spec.resources.iter().any(|resource| {
        resource.name == name && resource.for_each.is_empty() && matches!(resource.records, Records::One(_))
    });
    match (alone, is_parent) {
        (true, _) => 1,
        (_, true) => 9,
        _ => 130,
    }
}

async fn lab(text: &str, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let spec = model(text);
    let counted = |sandbox: Sandbox| {
        spec.resources
            .iter()
            .fold(sandbox, |sandbox, resource| sandbox.records(&resource.name, count(&spec, &resource.name)))
    };
    Lab::of(&spec, |sandbox| set_up(counted(sandbox).history(Duration::from_secs(20 * 86_400)))).await
}

#[track_caller]
fn complete(what: &str, report: &Report) {
    for resource in &report.resources {
        let name = resource.name;
        assert_eq!(resource.status, Status::Complete, "{what}, {name}: {:?} {:?}", resource.error, resource.notes);
        assert_eq!(resource.quarantined, 0, "{what}, {name}: {:?}", resource.notes);
        assert!(resource.unknown_fields.is_empty(), "{what}, {name}: {:?}", resource.unknown_fields);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reads_every_record_once_and_again() {
    for (name, text) in connectors() {
        let spec = model(&text);
        let lab = lab(&text, |sandbox| sandbox).await;
        let first = lab.sync().await;
        complete(&name, &first);
        for resource in &spec.resources {
            let table = &resource.row.name;
            let stored = lab.number(&format!("select count(*) from {table}"));
            let there = i64::try_from(count(&spec, &resource.name)).unwrap();
            // Of what has neither time nor a name of its own there is no more than there are buckets.
            let bounded = resource.row.shape.is_series() && resource.row.time.is_none();
            if resource.keep.is_none() && !bounded {
                assert_eq!(stored, there, "{name}, {}", resource.name);
            } else {
                assert!((1..=there).contains(&stored), "{name}, {}: {stored} of {there}", resource.name);
            }
        }
        let refused: Vec<_> = lab.sandbox.requests().into_iter().filter(|request| request.status != 200).collect();
        assert!(refused.is_empty(), "{name}: {refused:#?}");
        let rows = lab.rows();
        let second = lab.sync().await;
        complete(&name, &second);
        assert_eq!(lab.rows(), rows, "{name}: nothing has changed");
        for (resource, report) in spec.resources.iter().zip(&second.resources) {
            let changed = |each: &Each| matches!(each.of, EachOf::Rows { changed: true, .. });
            let goes_on = resource.incremental.is_some() || resource.for_each.iter().any(changed);
            let mode = if goes_on { Mode::Incremental } else { Mode::Full };
            assert_eq!(report.mode, mode, "{name}, {}", resource.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_taken_up_wherever_it_was_stopped() {
    for (name, text) in connectors() {
        let undisturbed = lab(&text, |sandbox| sandbox).await;
        complete(&name, &undisturbed.sync().await);
        let expected = undisturbed.rows();
        let mut interrupted = 0;
        for commits in [1, 2, 3, 5, 8, 13] {
            let mut lab = lab(&text, |sandbox| sandbox.latency(Duration::from_millis(1))).await;
            lab.options.readers = 2;
            let report = lab.sync_until(commits).await;
            interrupted += u32::from(report.status == Status::Interrupted);
            let report = lab.sync().await;
            complete(&format!("{name}, taken up after {commits} commits"), &report);
            assert_eq!(lab.rows(), expected, "{name}, after {commits} commits");
        }
        assert!(interrupted > 0, "{name}: none was interrupted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_survives_a_source_that_fails_now_and_then() {
    for (name, text) in connectors() {
        let undisturbed = lab(&text, |sandbox| sandbox).await;
        complete(&name, &undisturbed.sync().await);
        let mut lab = lab(&text, |sandbox| sandbox.fault_rate(0.2, 7)).await;
        if let Some(retry) = &mut lab.options.retry {
            retry.attempts = 30;
        }
        let report = lab.sync().await;
        complete(&format!("{name}, one request in five fails"), &report);
        assert!(report.retries > 0, "{name}");
        assert_eq!(lab.rows(), undisturbed.rows(), "{name}");
    }
}
