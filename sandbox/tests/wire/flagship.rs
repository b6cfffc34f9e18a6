//! The WorkOS spec itself, as it is read from its file: what its own documentation shows, its sandbox serves.

use std::collections::BTreeSet;

use crate::fixture::Client;
use serde_json::Value;
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model::{Connector, ParamValue};
use tapwright_spec::{Source, check};

fn flagship() -> Connector {
    check(&Source::new("connector.yaml", include_str!("../../../connector.yaml"))).model.expect("the spec is right")
}

fn names(connector: &Connector) -> String {
    let values = connector.resources.iter().flat_map(|resource| &resource.query).find_map(|param| match &param.value {
        ParamValue::Each { values, .. } => Some(values.join(",")),
        ParamValue::Text(_) => None,
    });
    values.unwrap()
}

async fn walk(running: &Running, path_and_query: &str) -> Vec<Value> {
    Client::of(running).walk(path_and_query, "").await.0
}

#[tokio::test]
async fn every_list_is_served_as_its_api_serves_it() {
    let connector = flagship();
    let running = Sandbox::new(&connector).start().await.unwrap();
    let organizations = walk(&running, "/organizations?order=asc&limit=100").await;
    let connections = walk(&running, "/connections?order=asc&limit=100").await;
    let directories = walk(&running, "/directories?order=asc&limit=100").await;
    let events = walk(&running, &format!("/events?events={}&limit=100", names(&connector))).await;
    let counts = [organizations.len(), connections.len(), directories.len(), events.len()].map(|count| count as u64);
    assert_eq!(counts, [Sandbox::ENTITIES, Sandbox::ENTITIES, Sandbox::ENTITIES, Sandbox::EVENTS]);
    let all = |records: &[Value], pointer: &str| -> BTreeSet<String> {
        records.iter().filter_map(|record| record.pointer(pointer)?.as_str().map(str::to_owned)).collect()
    };
    let ids = all(&organizations, "/id");
    for (records, pointer) in
        [(&connections, "/organization_id"), (&directories, "/organization_id"), (&events, "/data/sso/organization_id")]
    {
        let referred = all(records, pointer);
        assert!(!referred.is_empty() && referred.is_subset(&ids), "{pointer}");
    }
    for (name, records, pointer) in [
        ("ConnectionType", &connections, "/connection_type"),
        ("DirectoryType", &directories, "/type"),
        ("AuthEventType", &events, "/event"),
    ] {
        let values = &connector.enums.iter().find(|known| known.name == name).unwrap().values;
        assert_eq!(all(records, pointer), values.iter().cloned().collect(), "{name}");
    }
    for (name, status) in [("sso_started", "started"), ("sso_timed_out", "timed_out"), ("sso_failed", "failed")] {
        let of_name = events.iter().filter(|event| event["event"] == format!("authentication.{name}"));
        let data: Vec<&Value> = of_name.map(|event| &event["data"]).filter(|data| data["status"].is_string()).collect();
        assert!(
            data.len() > 100 && data.iter().all(|data| data["status"] == status && data["type"] == "sso"),
            "{name}"
        );
    }
    assert!(
        events.iter().all(
            |event| event["event"] != "authentication.radar_risk_detected" || event["data"].get("status").is_none()
        )
    );
}

#[tokio::test]
async fn settings_fit_the_spec() {
    let running = Sandbox::new(&flagship()).start().await.unwrap();
    let settings: Vec<(&str, String)> = running.settings().collect();
    assert_eq!(settings[0], ("apiKey", running.key().to_owned()));
    assert_eq!(settings[1], ("authEventsLookbackDays", "30".to_owned()));
    assert!(running.key().starts_with("sk_"));
}
