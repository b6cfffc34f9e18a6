//! An authentication that has only begun, or has timed out, has no outcome, though WorkOS gives it a status.

use tapwright_generated_tests::Lab;
use tapwright_sandbox::Change;

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_is_a_success_or_a_failure_or_nothing() {
    let mut lab = Lab::workos(|sandbox| sandbox.records("auth_events", 0)).await;
    lab.options.resources = Some(vec!["auth_events".to_owned()]);
    let cases = [
        ("sso_failed", "failed", Some("failed")),
        ("sso_started", "started", None),
        ("sso_succeeded", "succeeded", Some("succeeded")),
        ("sso_timed_out", "timed_out", None),
    ];
    for (name, status, _) in cases {
        let change = Change::new().at(lab.sandbox.now() - 3_600_000).set("event", format!("authentication.{name}"));
        lab.sandbox.insert("auth_events", &change.set("data.status", status).set("data.type", "sso")).unwrap();
    }
    lab.sync().await;
    let store = lab.store();
    for (name, _, outcome) in cases {
        let query = format!("select outcome, method from workos_auth_event where eventType = 'authentication.{name}'");
        let row = store.query_row(&query, [], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?)));
        assert_eq!(row.unwrap(), (outcome.map(str::to_owned), "sso".to_owned()), "{name}");
    }
}
