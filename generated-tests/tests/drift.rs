//! What the source sends that the spec does not know is kept, counted and told: values of a type, and fields.

use std::collections::BTreeMap;

use tapwright_generated_tests::{Lab, Scripted, json};
use tapwright_runtime::Status;

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_neither_the_spec_nor_its_example_knows_are_counted() {
    let server = Scripted::start(|_, stream| {
        // `metadata` is in the example and not among the fields; `plan` and `seats` are in neither.
        let record = |id: &str, more: &str| {
            format!(
                r#"{{"object":"organization","id":"{id}","name":"n","domains":[{{"inner":1}}],"created_at":"2026-01-15T12:00:00Z"{more}}}"#
            )
        };
        let records = [record("a", r#","plan":"pro","seats":3"#), record("b", r#","plan":null"#), record("c", "")];
        json(stream, &format!(r#"{{"data":[{}],"list_metadata":{{"after":null}},"surprise":1}}"#, records.join(",")))
    });
    let mut lab = Lab::workos(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    let expected: BTreeMap<String, u64> = [("plan".to_owned(), 2), ("seats".to_owned(), 1)].into();
    assert_eq!(report.resources[0].unknown_fields, expected);
    assert_eq!(report.resources[0].rows, 3, "they are no reason to leave a record out");
    assert!(serde_json::to_string(&report).unwrap().contains(r#""unknown_fields":{"plan":2,"seats":1}"#));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_as_the_spec_says_has_no_drift() {
    let lab = Lab::workos(|sandbox| sandbox).await;
    let report = lab.sync().await;
    for resource in &report.resources {
        assert!(resource.unknown_fields.is_empty() && resource.drift.is_empty(), "{resource:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_new_key_is_counted_however_many_and_however_long_they_are() {
    let long = "k".repeat(150);
    let many: String = (0..70).map(|at| format!(r#","new_{at}":1"#)).collect();
    let record = |id: &str, more: &str| {
        format!(r#"{{"id":"{id}","name":"n","created_at":"2026-01-15T12:00:00Z","{long}":1{more}}}"#)
    };
    let records = [record("a", ""), record("b", &many)].join(",");
    let body = format!(r#"{{"data":[{records}],"list_metadata":{{"after":null}}}}"#);
    let server = Scripted::start(move |_, stream| json(stream, &body));
    let mut lab = Lab::workos(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    let report = lab.sync().await;
    let fields = &report.resources[0].unknown_fields;
    assert_eq!(fields.get(&"k".repeat(100)), Some(&2), "{fields:?}");
    assert_eq!(fields.get("others"), Some(&7), "63 more are told apart");
    assert_eq!(fields.values().sum::<u64>(), 72);
    assert_eq!(lab.number("select sum(count) from _tapwright_seen where what = 'field'"), 72);
}
