//! `tapwright drift` against documents, with the real binary: what is printed, what is written, and what is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use serde_json::json;
use support::Place;

const SPEC: &str = include_str!("../../authoring/tests/people.yaml");
const DOCUMENT: &str = include_str!("../../authoring/tests/people.openapi.yaml");

fn changed() -> String {
    let changes = [
        ("name: { type: string }", "name: { type: [string, 'null'] }"),
        ("enum: [active, gone]", "enum: [active, gone, away]"),
        ("{ name: limit, in: query,", "{ name: limit, deprecated: true, in: query,"),
    ];
    changes.iter().fold(DOCUMENT.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}

fn place() -> Place {
    let place = Place::new();
    place.write("people.yaml", SPEC);
    place.write("first.yaml", DOCUMENT);
    place.write("second.yaml", changed());
    place
}

const BY_SPEC: &str = "\
people (GET /people)
  ~ the parameter `limit` is deprecated
    requests send it; it may go away
  ! `name` may be null
    `name` cannot be null: records without it will be set aside
  ~ `state` has the value `away`, which is not in the spec
    `state` keeps new values, counted until the spec lists them

drift: 3 changes, 1 breaking for a reader (!)
";

const TOLD: &str = "\
people (GET /people)
  ~ the parameter `limit` is deprecated
    requests send it; it may go away
  ! `name` may be null now
    `name` cannot be null: records without it will be set aside
  ~ `state` has the new value `away`
    `state` keeps new values, counted until the spec lists them

drift: 3 changes, 1 breaking for a reader (!)
";

#[test]
fn with_breaking_only_what_breaks_a_reader_fails_and_the_rest_is_told() {
    let place = place();
    let harmless = DOCUMENT.replace("enum: [active, gone]", "enum: [active, gone, away]");
    place.write("harmless.yaml", &harmless);
    let moved =
        harmless.replace("https://api.example.com", "https://api.example.org").replace("maximum: 100", "maximum: 20");
    place.write("moved.yaml", moved);
    for (against, code, breaks) in [("harmless.yaml", 0, false), ("second.yaml", 3, true), ("moved.yaml", 3, true)] {
        for way in [&["--openapi", against][..], &["--old", "first.yaml", "--new", against]] {
            let all = place.run(&[&["drift", "people.yaml"], way].concat());
            let some = place.run(&[&["drift", "people.yaml", "--breaking"], way].concat());
            assert_eq!((all.code, some.code), (Some(3), Some(code)), "{way:?}: {some:#?}");
            assert_eq!(all.out, some.out, "it is all told");
            some.says(&["`away`"]);
            let json = place.run(&[&["drift", "people.yaml", "--breaking", "--format", "json"], way].concat()).json();
            assert_eq!((&json["drift"], &json["breaking"]), (&json!(true), &json!(breaks)), "{json}");
        }
    }
    let said = place.run(&["drift", "people.yaml", "--openapi", "moved.yaml"]);
    said.says(&[
        "api (https://api.example.com/v1)\n  ! the server is another in the document: https://api.example.com/v1 -> https://api.example.org\n    \
         requests go to an address that the document does not name\n",
        "  ! the parameter `limit` is more than the document allows: 50 -> 20\n    \
         requests ask for 50 records, which may be refused, or answered with fewer: give `size` that value\n",
    ]);
    let said = place.run(&["drift", "people.yaml", "--breaking", "--live"]);
    assert_eq!(said.code, Some(2), "{said:#?}");

    // What is left of it after writing counts, and no more.
    let said = place.run(&["drift", "people.yaml", "--breaking", "--openapi", "second.yaml", "--write"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["left to you"]);
}

#[test]
fn what_changed_is_told_with_what_it_means_and_an_exit_code() {
    let place = place();
    let said = place.run(&["drift", "people.yaml", "--openapi", "first.yaml"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "no drift: the document says what the spec does\n"));

    let by_spec = place.run(&["drift", "people.yaml", "--openapi", "second.yaml"]);
    assert_eq!((by_spec.code, by_spec.out.as_str(), by_spec.err.as_str()), (Some(3), BY_SPEC, ""));
    let by_documents = place.run(&["drift", "people.yaml", "--old", "first.yaml", "--new", "second.yaml"]);
    assert_eq!((by_documents.code, by_documents.out.as_str()), (Some(3), TOLD));
    assert_eq!(std::fs::read_to_string(place.path("people.yaml")).unwrap(), SPEC, "nothing is written unasked");

    let said = place.run(&["drift", "people.yaml", "--openapi", "second.yaml", "--format", "json"]);
    assert_eq!(said.code, Some(3));
    let json = said.json();
    assert_eq!((&json["connector"], &json["drift"], &json["skipped"]), (&json!("people"), &json!(true), &json!([])));
    let name = &json["changes"][1];
    assert_eq!(
        *name,
        json!({
            "resource": "people", "endpoint": "GET /people", "scope": "record", "change": "became_nullable",
            "field": "name", "of": [], "detail": "", "breaking": true, "columns": ["name"],
            "means": "`name` cannot be null: records without it will be set aside",
        })
    );
}

#[test]
fn what_is_certain_is_written_and_the_rest_is_left() {
    let place = place();
    let said = place.run(&["drift", "people.yaml", "--openapi", "second.yaml", "--write"]);
    assert_eq!(said.code, Some(3), "a parameter is left: {said:#?}");
    said.says(&[
        "left to you: what requests ask for is yours to decide",
        "written: `name` is string?",
        "written: `away` added to `State`",
        "2 written, 1 left to you",
    ]);
    let expected = SPEC
        .replace("name: string # as it is said", "name: string? # as it is said")
        .replace("State: [active, gone] # in order", "State: [active, gone, away] # in order");
    assert_eq!(std::fs::read_to_string(place.path("people.yaml")).unwrap(), expected);
    assert_eq!(place.run(&["check", "people.yaml"]).code, Some(0));
    let said = place.run(&["drift", "people.yaml", "--openapi", "second.yaml", "--format", "json"]).json();
    assert_eq!(said["changes"].as_array().unwrap().len(), 1, "{said:#}");
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_reason() {
    let place = place();
    place.write("swagger.yaml", "swagger: '2.0'\npaths: {}\n");
    place.write("other.yaml", "openapi: 3.0.0\npaths: { /elsewhere: { get: {} } }\n");
    for (arguments, why) in [
        (&["--openapi", "gone.yaml"][..], "the document `gone.yaml` cannot be read"),
        (&["--openapi", "swagger.yaml"], "it is Swagger 2.0"),
        (&["--openapi", "people.yaml"], "the key `openapi` is missing"),
        (&["--old", "first.yaml"], "--new"),
        (&["--write", "--live"], "cannot be used with"),
        (&[], "required"),
    ] {
        let said = place.run(&[&["drift", "people.yaml"][..], arguments].concat());
        assert_eq!(said.code, Some(2), "{said:#?}");
        said.says(&[why]);
    }
    // Of a document of another API nothing can be said, and that is not that nothing changed.
    let said = place.run(&["drift", "people.yaml", "--openapi", "other.yaml"]);
    assert_eq!(said.code, Some(3), "{said:#?}");
    said.says(&["people: not compared: the document does not have GET /people", "nothing was compared: is it"]);
    let said = place.run(&["drift", "workos", "--openapi", "first.yaml", "--write"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["`--write` changes a spec file, and none is named"]);
}
