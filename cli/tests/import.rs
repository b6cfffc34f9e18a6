//! From an API's document to rows in a store, with the command alone: imported, checked, synced from its sandbox.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use support::Place;

/// Documents that describe their APIs as well-known vendors do.
const DOCUMENTS: [(&str, &str); 6] = [
    ("github_like", include_str!("../../authoring/tests/documents/github_like.yaml")),
    ("stripe_like", include_str!("../../authoring/tests/documents/stripe_like.yaml")),
    ("zendesk_like", include_str!("../../authoring/tests/documents/zendesk_like.yaml")),
    ("jira_like", include_str!("../../authoring/tests/documents/jira_like.yaml")),
    ("slack_like", include_str!("../../authoring/tests/documents/slack_like.yaml")),
    ("variants", include_str!("../../authoring/tests/documents/variants.yaml")),
];

#[test]
fn every_resource_that_is_imported_can_be_synced_from_its_sandbox() {
    for (name, document) in DOCUMENTS {
        let place = Place::new();
        place.write("api.yaml", document);
        let said = place.run(&["import", "openapi", "api.yaml", "--to", "spec.yaml"]);
        assert_eq!(said.code, Some(0), "{name}: {said:#?}");
        let said = place.run(&["check", "--format", "json", "spec.yaml"]);
        assert_eq!((said.code, said.out.trim()), (Some(0), "[]"), "{name}: {said:#?}");
        let said = place.run(&["sync", "spec.yaml", "--sandbox", "--json"]);
        assert_eq!(said.code, Some(0), "{name}: {said:#?}");
        let report = said.json();
        let resources = report["resources"].as_object().unwrap();
        assert!(!resources.is_empty());
        for (resource, of) in resources {
            assert_eq!(
                (of["status"].as_str(), of["quarantined"].as_u64()),
                (Some("complete"), Some(0)),
                "{name} {resource}"
            );
            assert!(of["rows"].as_u64().unwrap() >= 250, "{name} {resource}: {of}");
        }
    }
}

#[test]
fn the_spec_goes_to_standard_output_and_what_is_open_to_the_other() {
    let place = Place::new();
    place.write("api.yaml", DOCUMENTS[0].1);
    let said = place.run(&["import", "openapi", "api.yaml", "--name", "forge2", "--paths", "/orgs/{org}/repos"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert!(said.out.contains("connector: forge2\n") && !said.out.contains("issues"), "{said:#?}");
    assert!(!said.out.contains('✓') && said.err.contains("✓ 1 resource of 1 operation: repos"), "{said:#?}");
    let at = said.err.lines().find_map(|line| line.trim().strip_prefix("line ")).unwrap();
    let (line, question) = at.split_once(": ").unwrap();
    let written = said.out.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
    assert_eq!(written.trim(), format!("# ? {question}"));
}

#[test]
fn what_to_do_next_is_told_with_the_variable_of_the_key_and_the_kinds_that_can_be_chosen() {
    let place = Place::new();
    let page_token = "- { name: page_token, in: query, schema: { type: string } }";
    let types =
        "- { name: types, in: query, style: form, explode: false, schema: { type: array, items: { type: string } } }";
    let with_types = DOCUMENTS[5].1.replacen(page_token, &format!("{page_token}\n        {types}"), 1);
    place.write("api.yaml", &with_types);
    let said = place.run(&["import", "openapi", "api.yaml", "--to", "zoo.yaml"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&[
        "tapwright check zoo.yaml",
        "tapwright try zoo.yaml events --sandbox",
        "ZOO_API_KEY=… tapwright try zoo.yaml events",
        "ZOO_API_KEY=… tapwright sync zoo.yaml",
        "`events` holds 2 kinds of records: `where: event matches \"animal.*\"` keeps some of them, and \
         `query: { types: { each: EventType, matching: \"animal.*\", style: comma } }` asks for those alone",
    ]);
    assert!(said.out.is_empty(), "{said:#?}");

    // What is said can be done.
    let spec = std::fs::read_to_string(place.path("zoo.yaml")).unwrap();
    let narrowed = "    get: /events\n    query: { types: { each: EventType, matching: \"animal.*\", style: comma } }\n    \
                    where: event matches \"animal.*\"\n";
    place.write("zoo.yaml", spec.replacen("    get: /events\n", narrowed, 1));
    for arguments in [&["check", "zoo.yaml"][..], &["try", "zoo.yaml", "events", "--sandbox"]] {
        let said = place.run(arguments);
        assert_eq!(said.code, Some(0), "{said:#?}");
    }

    place.write("api.yaml", DOCUMENTS[5].1);
    let said = place.run(&["import", "openapi", "api.yaml"]);
    said.says(&["`where: event matches \"animal.*\"` keeps some of them\n", "--to zoo.yaml"]);
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let place = Place::new();
    place.write("api.yaml", DOCUMENTS[0].1);
    let spec = place.write("spec.yaml", "mine");
    let said = place.run(&["import", "openapi", "api.yaml", "--to", "spec.yaml"]);
    assert_eq!(said.code, Some(2));
    said.says(&["`spec.yaml` is there already"]);
    assert_eq!(std::fs::read_to_string(spec).unwrap(), "mine");
}

#[test]
fn what_cannot_be_imported_is_told_with_what_to_do() {
    let place = Place::new();
    place.write("api.yaml", DOCUMENTS[0].1);
    place.write("old.yaml", "swagger: '2.0'");
    place.write("bad.yaml", "openapi: [");
    place.write("none.yaml", "openapi: 3.1.0\npaths: { /me: { get: { responses: {} } } }");
    let cases: [(&[&str], &[&str]); 6] = [
        (&["missing.yaml"], &["`missing.yaml` cannot be read"]),
        (&["old.yaml"], &["it is Swagger 2.0"]),
        (&["bad.yaml"], &["it is not YAML"]),
        (&["none.yaml"], &["nothing of the document is a list", "it answers no JSON that the document describes"]),
        (&["api.yaml", "--paths", "/repos"], &["the document has no path `/repos`", "did you mean /orgs/{org}/repos"]),
        (&["api.yaml", "--name", "My-API"], &["`My-API` is no name of a connector"]),
    ];
    for (arguments, texts) in cases {
        let all: Vec<&str> = ["import", "openapi"].into_iter().chain(arguments.iter().copied()).collect();
        let said = place.run(&all);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}: {said:#?}");
        said.says(texts);
    }
}
