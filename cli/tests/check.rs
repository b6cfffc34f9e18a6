//! What `check` finds, for people, for programs and for code hosts: the same places in each.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use serde_json::{Value, json};
use support::Place;

const SPEC: &str = include_str!("../../generated-tests/specs/smallest.yaml");

/// The small spec with a key that is misspelt, behind a line with characters of several bytes.
fn misspelt() -> (Place, String) {
    let place = Place::new();
    let spec = SPEC.replace("The smallest spec there is.", "Dänemark 🇩🇰").replace("paging: none", "pagin: none");
    place.write("smallest.yaml", &spec);
    (place, spec)
}

#[test]
fn people_see_the_line_and_what_to_do() {
    let (place, _) = misspelt();
    let said = place.run(&["check", "smallest.yaml"]);
    assert_eq!(said.code, Some(2));
    said.says(&[
        "unknown key `pagin` in resource `things` [C0102]",
        "smallest.yaml:11:5",
        "1 mistake in smallest.yaml",
    ]);
}

#[test]
fn programs_get_byte_ranges_and_a_patch_that_mends_it() {
    let (place, spec) = misspelt();
    let said = place.run(&["check", "--format", "json", "smallest.yaml"]);
    assert_eq!(said.code, Some(2));
    let [found] = said.json().as_array().unwrap().clone().try_into().unwrap();
    assert_eq!((&found["code"], &found["severity"]), (&json!("C0102"), &json!("error")));
    assert_eq!((&found["line"], &found["column"]), (&json!(11), &json!(5)));
    let range = |value: &Value| {
        let end = |at: usize| usize::try_from(value["range"][at].as_u64().unwrap()).unwrap();
        end(0)..end(1)
    };
    assert_eq!(&spec[range(&found)], "pagin");
    let patch = &found["patch"];
    let mut mended = spec;
    mended.replace_range(range(patch), patch["replacement"].as_str().unwrap());
    place.write("smallest.yaml", mended);
    let said = place.run(&["check", "--format", "json", "smallest.yaml"]);
    assert_eq!((said.code, said.json()), (Some(0), json!([])));
}

#[test]
fn code_hosts_get_a_log_with_rules_places_and_fixes() {
    let (place, _) = misspelt();
    let said = place.run(&["check", "--format", "sarif", "smallest.yaml"]);
    assert_eq!(said.code, Some(2));
    let log = said.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("C0102"), &json!("error")));
    assert!(run["tool"]["driver"]["rules"].as_array().unwrap().iter().any(|rule| rule["id"] == "C0102"));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "smallest.yaml");
    assert_eq!(place["region"], json!({"startLine": 11, "startColumn": 5, "endLine": 11, "endColumn": 10}));
    let odd = Place::new();
    odd.write("my spec#1.yaml", SPEC.replace("paging: none", "pagin: none"));
    let log = odd.run(&["check", "--format", "sarif", "my spec#1.yaml"]).json();
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "my%20spec%231.yaml");
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "paging");
}

#[test]
fn several_files_are_checked_in_one_go() {
    let (place, _) = misspelt();
    place.write("other.yaml", SPEC.replace("get: /things", "get: things"));
    let said = place.run(&["check", "smallest.yaml", "other.yaml"]);
    assert_eq!(said.code, Some(2));
    said.says(&["1 mistake in smallest.yaml", "1 mistake in other.yaml"]);
    assert_eq!(place.run(&["check", "gone.yaml"]).code, Some(2));
}
