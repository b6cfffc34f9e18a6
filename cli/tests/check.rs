//! What `check` finds, for people, for programs and for code hosts: the same places in each.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

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
    assert_eq!(patch["certainty"], "certain");
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
    let fix = &result["fixes"][0];
    assert_eq!(fix["properties"]["certainty"], "certain");
    assert_eq!(fix["description"]["text"], "a key with a similar name exists");
    let replacement = &fix["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "paging");
    assert_eq!(
        replacement["deletedRegion"],
        json!({"startLine": 11, "startColumn": 5, "endLine": 11, "endColumn": 10})
    );
}

#[test]
fn each_rule_of_the_log_says_what_it_means_and_has_its_page() {
    let (place, _) = misspelt();
    let log = place.run(&["check", "--format", "sarif", "smallest.yaml"]).json();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().clone();
    assert_eq!(rules.len(), tapwright_spec::CODES.len());
    for (rule, (code, meaning)) in rules.iter().zip(tapwright_spec::CODES) {
        assert_eq!((&rule["id"], &rule["shortDescription"]["text"]), (&json!(code.to_string()), &json!(meaning)));
        // Of those that were broken.
        let page = (code.to_string() == "C0102").then_some("# C0102: ");
        let shown = rule["help"]["markdown"].as_str().and_then(|text| text.get(..9));
        assert_eq!((shown, rule["help"]["text"] == rule["help"]["markdown"]), (page, true), "{rule}");
        // A link to the page must be absolute: it is there as soon as the manifest says where the repository is.
        let repository = env!("CARGO_PKG_REPOSITORY");
        let link = format!("{repository}/blob/main/docs/errors/{code}.md");
        assert_eq!(rule.get("helpUri"), (!repository.is_empty()).then_some(&json!(link)));
    }
}

/// Reads the lines as rust-analyzer does, which takes them for cargo's.
#[test]
fn rust_analyzer_gets_what_rustc_would_say() {
    use cargo_metadata::Message;
    use cargo_metadata::diagnostic::{Applicability, DiagnosticLevel};
    let (place, spec) = misspelt();
    let said = place.run(&["check", "--format", "rustc-json", "smallest.yaml"]);
    assert_eq!(said.code, Some(2));
    let lines: Vec<Message> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: [Message; 2] = lines.try_into().unwrap();
    let [Message::CompilerMessage(found), Message::BuildFinished(end)] = lines else {
        panic!("one message, and the end: {said:#?}")
    };
    assert!(!end.success);
    let message = found.message;
    assert_eq!(message.message, "unknown key `pagin` in resource `things`");
    assert_eq!(message.level, DiagnosticLevel::Error);
    let code = message.code.unwrap();
    assert_eq!(code.code, "C0102");
    assert!(code.explanation.unwrap().starts_with("# C0102: "));
    assert!(message.rendered.unwrap().starts_with("error: unknown key `pagin` in resource `things` [C0102]\n"));
    let [span] = message.spans.try_into().unwrap();
    assert!(span.is_primary);
    assert_eq!((span.file_name.as_str(), span.label.as_deref()), ("smallest.yaml", Some("not a key of a resource")));
    assert_eq!((span.line_start, span.line_end, span.column_start, span.column_end), (11, 11, 5, 10));
    let range = |from: u32, to: u32| usize::try_from(from).unwrap()..usize::try_from(to).unwrap();
    assert_eq!(&spec[range(span.byte_start, span.byte_end)], "pagin");
    let [line] = span.text.try_into().unwrap();
    assert_eq!((line.text.as_str(), line.highlight_start, line.highlight_end), ("    pagin: none", 5, 10));
    let [child] = message.children.try_into().unwrap();
    assert_eq!((child.level, child.message.as_str()), (DiagnosticLevel::Help, "a key with a similar name exists"));
    let [edit] = child.spans.try_into().unwrap();
    assert_eq!(edit.suggested_replacement.as_deref(), Some("paging"));
    assert!(matches!(edit.suggestion_applicability, Some(Applicability::MachineApplicable)), "it is certain");
    let mut mended = spec;
    mended.replace_range(range(edit.byte_start, edit.byte_end), "paging");
    place.write("smallest.yaml", mended.replace("name: string", "name: text"));
    let guess = place.run(&["check", "--format", "rustc-json", "smallest.yaml"]).out;
    assert!(guess.contains(r#""suggestion_applicability":"MaybeIncorrect""#), "{guess}");
    place.write("smallest.yaml", mended);
    let said = place.run(&["check", "--format", "rustc-json", "smallest.yaml"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "{\"reason\":\"build-finished\",\"success\":true}\n"));
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
