//! A spec to begin with, as a stranger meets it: written, checked, tried and synced without a change.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use serde_json::{Value, json};
use support::Place;

#[test]
fn what_is_written_passes_the_check_and_syncs_as_it_stands() {
    let place = Place::new();
    let said = place.run(&["new", "acme_crm"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&[
        "wrote acme_crm.yaml",
        "tapwright schema > connector.schema.json",
        "tapwright check acme_crm.yaml",
        "tapwright try acme_crm.yaml items --sandbox",
        "tapwright sync acme_crm.yaml --sandbox",
    ]);
    let text = std::fs::read_to_string(place.path("acme_crm.yaml")).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema=connector.schema.json\n"), "{text}");
    for part in ["connector: acme_crm\n", "title: Acme Crm\n", "env: ACME_CRM_API_KEY\n"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(place.run(&["check", "acme_crm.yaml", "--format", "json"]).json(), json!([]), "not even a note");
    assert_eq!(place.run(&["try", "acme_crm.yaml", "items", "--sandbox"]).code, Some(0));
    let report = place.run(&["sync", "acme_crm.yaml", "--sandbox", "--json"]).json();
    assert_eq!(report["resources"]["items"]["rows"], json!(250));
    assert_eq!(report["resources"]["items"]["quarantined"], json!(0));
    assert_eq!(place.number("select count(distinct owner) > 1 from acme_crm_item"), 1);
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let place = Place::new();
    place.write("mine.yaml", "mine");
    let said = place.run(&["new", "acme", "--to", "mine.yaml"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["`mine.yaml` is there already", "nothing was changed"]);
    assert_eq!(std::fs::read_to_string(place.path("mine.yaml")).unwrap(), "mine");
    let said = place.run(&["new", "acme", "--to", "connectors/acme/connector.yaml"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["tapwright schema > connectors/acme/connector.schema.json"]);
    assert_eq!(place.run(&["check", "connectors/acme/connector.yaml"]).code, Some(0));
}

#[test]
fn what_is_no_name_of_a_connector_is_refused() {
    let place = Place::new();
    let long = "a".repeat(64);
    for name in ["Acme", "acme-crm", "9lives", "", "../acme", "a b", &long, &long[..63], &long[..60]] {
        let said = place.run(&["new", name]);
        assert_eq!(said.code, Some(2), "{name}: {said:#?}");
    }
    place
        .run(&["new", "sqlite"])
        .says(&["`sqlite` cannot be the name of a connector: a row cannot be named `sqlite_item`"]);
    place.run(&["new", "Acme CRM"]).says(&["`Acme CRM` is no name of a connector", "perhaps `acme_crm`"]);
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 0, "nothing was written");
}

#[test]
fn the_schema_is_printed_that_editors_read() {
    let said = Place::new().run(&["schema"]);
    assert_eq!(said.code, Some(0));
    let known: Value = serde_json::from_str(include_str!("../../docs/connector.schema.json")).unwrap();
    assert_eq!(said.json(), known);
}
