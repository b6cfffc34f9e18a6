//! A spec held against documents: what is found, what it means, and a spec brought to a document.
#![allow(clippy::unwrap_used, clippy::panic)]

use tapwright_authoring::drift::{Drift, Finding, against, between, write};
use tapwright_openapi::Document;
use tapwright_spec::{Source, check, model};

const SPEC: &str = include_str!("people.yaml");
const DOCUMENT: &str = include_str!("people.openapi.yaml");

fn model(spec: &str) -> model::Connector {
    check(&Source::new("people.yaml", spec)).model.unwrap()
}

fn document(text: &str) -> Document {
    Document::read(text).unwrap()
}

fn changed(from: &str, to: &str) -> String {
    assert_eq!(DOCUMENT.matches(from).count(), 1, "{from}");
    DOCUMENT.replace(from, to)
}

fn words(drift: &Drift) -> Vec<String> {
    let word = |finding: &Finding| {
        let change = &finding.change;
        let sign = if change.is_breaking() { "!" } else { "~" };
        let of = change.of.join("+");
        format!("{sign} {} {} {} {of} {}", finding.resource, change.kind, change.field, change.detail)
    };
    drift.findings.iter().map(word).map(|word| word.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// A document with one change, what is found by a spec, what between documents, and what a spec becomes: the lines that go
/// and come.
struct Case {
    from: &'static str,
    to: &'static str,
    spec: &'static [&'static str],
    documents: &'static [&'static str],
    lines: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        from: "            nick: { type: string }\n",
        to: "            nick: { type: string }\n            age: { type: integer, description: In years. Or so., example: 41 }\n",
        spec: &["~ people field_added age integer optional"],
        documents: &["~ people field_added age integer optional"],
        lines: &["+      age: { type: integer?, description: In years. }", "+      age: 41"],
    },
    // What is named like a secret is shown without a value, and is no column.
    Case {
        from: "            nick: { type: string }\n",
        to: "            nick: { type: string }\n            reset_token: { type: string, example: r_9f8e7d }\n",
        spec: &["~ people field_added reset_token string optional"],
        documents: &["~ people field_added reset_token string optional"],
        lines: &["+      reset_token: \"…\""],
    },
    Case {
        from: "            nick: { type: string }\n",
        to: "            nick: { type: string }\n            shoe-size: { type: number }\n",
        spec: &["~ people field_added shoe-size number optional"],
        documents: &["~ people field_added shoe-size number optional"],
        lines: &["+      shoeSize: { type: number?, from: '[\"shoe-size\"]' }", "+      shoe-size: 1.5"],
    },
    Case {
        from: "            nick: { type: string }\n",
        to: "",
        spec: &["! people field_removed nick the document does not have it"],
        documents: &["! people field_removed nick was string"],
        // What is said of it in a comment stays for a person to see to.
        lines: &["-      nick: string?", "-      nick: Al"],
    },
    Case {
        from: "name: { type: string }",
        to: "name: { type: [string, 'null'] }",
        spec: &["! people became_nullable name"],
        documents: &["! people became_nullable name"],
        lines: &["-      name: string # as it is said", "+      name: string? # as it is said"],
    },
    Case {
        from: "required: [id, name, made_at]",
        to: "required: [id, made_at]",
        spec: &["! people became_optional name"],
        documents: &["! people became_optional name"],
        lines: &["-      name: string # as it is said", "+      name: string? # as it is said"],
    },
    Case {
        from: "points: { type: integer }",
        to: "points: { type: number }",
        spec: &["! people type_changed points integer -> number"],
        documents: &["! people type_changed points integer -> number"],
        lines: &[
            "-      points: { type: integer?, description: \"Points, so far.\" }",
            "+      points: { type: number?, description: \"Points, so far.\" }",
        ],
    },
    Case {
        from: "points: { type: integer }",
        to: "points: { type: string, example: many }",
        spec: &["! people type_changed points integer -> string"],
        documents: &["! people type_changed points integer -> string"],
        lines: &[
            "-      points: { type: integer?, description: \"Points, so far.\" }",
            "+      points: { type: string?, description: \"Points, so far.\" }",
            "-      points: 3",
            "+      points: many",
        ],
    },
    Case {
        from: "enum: [active, gone]",
        to: "enum: [active, gone, away]",
        spec: &["~ people enum_value_added state away"],
        documents: &["~ people enum_value_added state away"],
        lines: &["-  State: [active, gone] # in order", "+  State: [active, gone, away] # in order"],
    },
    Case {
        from: "enum: [active, gone]",
        to: "enum: [active]",
        spec: &["! people enum_value_removed state gone"],
        documents: &["! people enum_value_removed state gone"],
        lines: &["-  State: [active, gone] # in order", "+  State: [active] # in order"],
    },
    Case {
        from: "points: { type: integer }",
        to: "points: { type: integer, deprecated: true }",
        spec: &["~ people deprecated points"],
        documents: &["~ people deprecated points"],
        lines: &[
            "-      points: { type: integer?, description: \"Points, so far.\" }",
            "+      points: { type: integer?, description: \"Points, so far. Deprecated.\" }",
        ],
    },
    Case {
        from: "kind: { const: sign.in }",
        to: "kind: { const: sign.up }",
        spec: &["~ events event_type_added kind sign.up sign.up", "! events event_type_removed kind sign.in sign.in"],
        documents: &[
            "~ events event_type_added kind sign.up data.ip: string",
            "! events event_type_removed kind sign.in data.ip: string",
        ],
        lines: &["-    - sign.in", "+    - sign.up"],
    },
    // How the list goes on.
    Case {
        from: "schema: { type: integer, maximum: 100 } }\n      responses:\n        \"200\":\n          description: A page.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  data: { type: array, items: { $ref: \"#/components/schemas/Person\" } }\n                  next:",
        to: "schema: { type: integer, maximum: 100 } }\n      responses:\n        \"200\":\n          description: A page.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  data: { type: array, items: { $ref: \"#/components/schemas/Person\" } }\n                  following:",
        spec: &["! people field_removed next the document does not have it"],
        documents: &["! people field_removed next"],
        lines: &[],
    },
    // What a document does not say of one kind of records may be there all the same: a field stays.
    Case {
        from: "data: { type: object, properties: { ip: { type: string } } }",
        to: "data: { type: object, properties: { addr: { type: string } } }",
        spec: &[
            "! events field_removed data.ip the document does not have it",
            "~ events field_added data.addr sign.in string optional",
        ],
        documents: &[
            "! events field_removed data.ip sign.in was string",
            "~ events field_added data.addr sign.in string optional",
        ],
        lines: &[
            "+      addr: { type: string?, from: data.addr }",
            "-    example: { id: e_1, kind: sign.in, at: \"2026-01-15T12:00:00Z\", data: { ip: 192.0.2.1 } }",
            "+    example: { id: e_1, kind: sign.in, at: \"2026-01-15T12:00:00Z\", data: { ip: 192.0.2.1, addr: addr_1 } }",
        ],
    },
    Case {
        from: "{ name: limit, in: query,",
        to: "{ name: limit, deprecated: true, in: query,",
        spec: &["~ people deprecated limit"],
        documents: &["~ people deprecated limit"],
        lines: &[],
    },
    Case {
        from: "        - { name: after, in: query, schema: { type: string } }\n        - { name: limit",
        to: "        - { name: team, in: query, required: true, schema: { type: string } }\n        - { name: limit",
        spec: &["! people field_removed after the document does not have it", "! people became_required team"],
        documents: &["! people field_removed after was string", "! people field_added team string required"],
        lines: &[],
    },
    // How many records a page may have: 50 are asked for.
    Case {
        from: "schema: { type: integer, maximum: 100 }",
        to: "schema: { type: integer, maximum: 20 }",
        spec: &["! people maximum_exceeded limit 50 -> 20"],
        documents: &["! people maximum_exceeded limit 100 -> 20"],
        lines: &[],
    },
    Case {
        from: "schema: { type: integer, maximum: 100 }",
        to: "schema: { type: integer, maximum: 60 }",
        spec: &[],
        documents: &["~ people maximum_changed limit 100 -> 60"],
        lines: &[],
    },
    Case {
        from: "schema: { type: integer, maximum: 100 }",
        to: "schema: { type: integer }",
        spec: &[],
        documents: &["~ people maximum_changed limit 100 -> no maximum"],
        lines: &[],
    },
    // Where the API is. Both may say a part of the path with it.
    Case {
        from: "servers: [{ url: https://api.example.com }]",
        to: "servers: [{ url: https://api.example.org }]",
        spec: &["! server_removed base_url https://api.example.com/v1 -> https://api.example.org"],
        documents: &["! server_removed base_url https://api.example.com -> https://api.example.org"],
        lines: &[],
    },
    Case {
        from: "servers: [{ url: https://api.example.com }]",
        to: "servers: [{ url: https://test.example.com }, { url: https://api.example.com/ }]",
        spec: &[],
        documents: &[
            "~ servers_changed base_url https://api.example.com -> https://test.example.com, https://api.example.com",
        ],
        lines: &[],
    },
    Case {
        from: "servers: [{ url: https://api.example.com }]",
        to: "servers: [{ url: / }]",
        spec: &[],
        documents: &[],
        lines: &[],
    },
    Case {
        from: "servers: [{ url: https://api.example.com }]",
        to: "servers: [{ url: 'https://{place}.example.com', variables: { place: { default: api } } }]",
        spec: &[],
        documents: &[],
        lines: &[],
    },
    // Of kinds of events that the spec does not keep, nothing is said; nor of what only documents tell.
    Case {
        from: "kind: { const: bill.paid }",
        to: "kind: { const: bill.sent }",
        spec: &[],
        documents: &[],
        lines: &[],
    },
    Case {
        from: "        - { name: limit",
        to: "        - { name: search, in: query, schema: { type: string } }\n        - { name: limit",
        spec: &[],
        documents: &["~ people field_added search string optional"],
        lines: &[],
    },
];

#[test]
fn a_document_that_says_what_the_spec_does_is_no_drift() {
    let drift = against(&model(SPEC), &document(DOCUMENT));
    assert_eq!(words(&drift), [""; 0]);
    assert_eq!(drift.skipped, []);
}

#[test]
fn each_change_is_found_and_nothing_else() {
    let spec = model(SPEC);
    for case in CASES {
        let new = document(&changed(case.from, case.to));
        assert_eq!(words(&against(&spec, &new)), case.spec, "{}", case.to);
        assert_eq!(words(&between(&spec, &document(DOCUMENT), &new)), case.documents, "{}", case.to);
    }
}

#[test]
fn a_spec_is_brought_to_a_document_with_all_else_kept() {
    for case in CASES {
        let new = document(&changed(case.from, case.to));
        let written = write(&Source::new("people.yaml", SPEC), &new, &|_| Err(String::new())).unwrap();
        let (before, after): (Vec<_>, Vec<_>) = (SPEC.lines().collect(), written.text.lines().collect());
        let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("-{line}"));
        let come = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+{line}"));
        let mut lines: Vec<String> = gone.chain(come).collect();
        let mut expected: Vec<String> = case.lines.iter().map(|line| (*line).to_owned()).collect();
        lines.sort();
        expected.sort();
        assert_eq!(lines, expected, "{}", case.to);
        // What was written is drift no more, and what was not is told.
        let left = against(&model(&written.text), &new);
        assert_eq!(left.findings.len(), written.left.len(), "{}: {:?}", case.to, words(&left));
        assert_eq!(written.done.len() + written.left.len(), case.spec.len(), "{}", case.to);
        // Written again, it stays.
        let again = write(&Source::new("people.yaml", &written.text), &new, &|_| Err(String::new())).unwrap();
        assert_eq!((again.text, again.done), (written.text, Vec::new()));
    }
}

#[test]
fn what_it_means_is_said_of_the_columns() {
    let spec = model(SPEC);
    let means = |from: &str, to: &str| {
        let drift = against(&spec, &document(&changed(from, to)));
        let finding = drift.findings.first().unwrap_or_else(|| panic!("nothing was found of {to}"));
        format!("{}: {}", finding.columns.join(", "), finding.means)
    };
    assert_eq!(
        means("name: { type: string }", "name: { type: [string, 'null'] }"),
        "name: `name` cannot be null: records without it will be set aside"
    );
    assert_eq!(means("            nick: { type: string }\n", ""), "nick: `nick` will be null in new rows");
    assert_eq!(
        means("points: { type: integer }", "points: { type: string }"),
        "points: `points` is read as before: records whose value does not fit will be set aside"
    );
    assert_eq!(
        means(
            "required: [id, name, made_at]\n          properties:\n            id: { type: string, description: Its id. }\n",
            "required: [name, made_at]\n          properties:\n"
        ),
        "id: `id` cannot be null: records without it will be set aside"
    );
}

#[test]
fn an_operation_that_is_gone_and_a_document_of_another_api_are_told_apart() {
    let gone = document(&changed("  /v1/people:\n", "  /v1/persons:\n"));
    let drift = against(&model(SPEC), &gone);
    assert_eq!(words(&drift), ["! people operation_removed"]);
    let other = document("openapi: 3.0.0\npaths: { /x: { get: {} } }");
    let drift = against(&model(SPEC), &other);
    assert_eq!((drift.findings.len(), drift.skipped.len()), (0, 2));
}

#[test]
fn between_documents_it_is_said_what_the_spec_makes_of_it() {
    let spec = model(SPEC);
    let means = |from: &str, to: &str| {
        let drift = between(&spec, &document(DOCUMENT), &document(&changed(from, to)));
        drift.findings.iter().map(|finding| finding.means.clone()).collect::<Vec<_>>()
    };
    // The document is late: the spec has it already.
    let old = document(&changed("points: { type: integer }", "points: { type: number }"));
    let drift = between(&spec, &old, &document(DOCUMENT));
    assert_eq!(drift.findings[0].means, "nothing: `points` is what it is now");
    let old = document(&changed("enum: [active, gone]", "enum: [active, odd]"));
    let drift = between(&spec, &old, &document(DOCUMENT));
    let told: Vec<_> = drift.findings.iter().map(|finding| finding.means.as_str()).collect();
    assert_eq!(told, ["nothing: the spec does not list it", "nothing: the spec lists it already"]);
    let old = document(&changed("kind: { const: sign.in }", "kind: { const: sign.odd }"));
    let drift = between(&spec, &old, &document(DOCUMENT));
    let told: Vec<_> = drift.findings.iter().map(|finding| finding.means.as_str()).collect();
    assert_eq!(told, ["nothing: the spec lists it already", "nothing: the spec does not list it"]);
    assert_eq!(
        means("enum: [active, gone]", "enum: [active]"),
        ["`state` will not have it any more; the rows that have it stay"]
    );
}
