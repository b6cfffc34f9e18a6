//! What becomes of the documents of several kinds of APIs. Each in `documents/` describes its API as a well-known vendor does;
//! the whole specs are kept as snapshots, so that a review shows what a change does to them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use tapwright_authoring::import::{Imported, LeftOut, Options, Refused, openapi};
use tapwright_openapi::Document;
use tapwright_spec::{Source, check};

fn imported(text: &str) -> Imported {
    let imported = openapi(&Document::read(text).unwrap(), &Options::default()).unwrap();
    let checked = check(&Source::new("connector.yaml", imported.text.as_str()));
    assert!(checked.diagnostics.is_empty(), "{:#?}\n{}", checked.diagnostics, imported.text);
    for (line, question) in &imported.questions {
        let at = imported.text.lines().nth(line - 1).unwrap().trim();
        assert!(at.starts_with("# ? ") && question.starts_with(at.strip_prefix("# ? ").unwrap()), "{at}: {question}");
    }
    assert_eq!(imported.resources.len() + imported.left_out.len(), imported.operations);
    imported
}

/// A document with one list.
fn with_list(path: &str, parameters: &str, response: &str, headers: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Acme }}\nservers: [{{ url: https://acme.example }}]\n\
         components: {{ securitySchemes: {{ key: {{ type: http, scheme: bearer }} }} }}\npaths:\n  {path}:\n    get:\n      \
         parameters: [{parameters}]\n      responses: {{ '200': {{ headers: {{ {headers} }}, content: {{ application/json: \
         {{ schema: {{ {response} }} }} }} }} }}\n"
    )
}

const ITEMS: &str =
    "type: array, items: { required: [id], properties: { id: { type: string }, name: { type: string } } }";

fn whole(number: &str) -> String {
    format!("{{ name: {number}, in: query, schema: {{ type: integer, maximum: 100 }} }}")
}

#[track_caller]
fn says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|known| known.trim() == *line), "it does not say `{line}`:\n{text}");
    }
}

macro_rules! documents {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            let imported = imported(include_str!(concat!("documents/", stringify!($name), ".yaml")));
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), imported.text);
            });
        }
    )*};
}

documents! { github_like stripe_like zendesk_like jira_like slack_like variants }

#[test]
fn paging_is_recognised_by_what_is_asked_and_what_is_answered() {
    let object = |more: &str| format!("required: [data, total], properties: {{ data: {{ {ITEMS} }}, {more} }}");
    let text = |name: &str| format!("{{ name: '{name}', in: query, schema: {{ type: string }} }}");
    let cases: Vec<(String, String, &str, &[&str])> = vec![
        (
            format!("{}, {}", text("cursor"), whole("limit")),
            object("meta: { properties: { next_cursor: { type: string } } }"),
            "",
            &["cursor: { from: meta.next_cursor, to: query.cursor }", "size: { to: query.limit, value: 100 }"],
        ),
        (
            text("page[after]"),
            object("links: { properties: { next: { type: string } } }"),
            "",
            &["next_page: { next: { from: links.next } }"],
        ),
        (
            format!("{}, {}", whole("page"), whole("per_page")),
            ITEMS.to_owned(),
            "Link: { schema: { type: string } }",
            &["next: link_header"],
        ),
        (
            format!("{}, {}", whole("offset"), whole("limit")),
            object("total: { type: integer }"),
            "",
            &["offset: { to: query.offset, total: total }"],
        ),
        (
            format!("{}, {}", whole("offset"), whole("limit")),
            object("totalCount: { type: integer }"),
            "",
            &["offset: { to: query.offset }"],
        ),
        (whole("page"), object("x: { type: string }"), "", &["page: { page: { to: query.page } }"]),
        (
            format!("{}, {}", text("starting_after"), whole("limit")),
            object("has_more: { type: boolean }"),
            "",
            &["cursor: { from: last.id, to: query.starting_after }"],
        ),
        ("".to_owned(), ITEMS.to_owned(), "", &["paging: none"]),
    ];
    for (parameters, response, headers, lines) in cases {
        says(&imported(&with_list("/users", &parameters, &response, headers)).text, lines);
    }
}

#[test]
fn a_cursor_that_nothing_answers_is_a_question_and_no_guess() {
    let imported = imported(&with_list("/users", "{ name: cursor, in: query, schema: { type: string } }", ITEMS, ""));
    says(&imported.text, &["paging: none"]);
    assert!(imported.questions.iter().any(|(_, question)| question.contains("how a page leads to the next")));
}

#[test]
fn one_paginator_serves_lists_that_page_alike_and_a_size_of_its_own_is_said_there() {
    let mut text = with_list("/users", &format!("{}, {}", whole("page"), whole("per_page")), ITEMS, "");
    for (path, most) in [("groups", 100), ("logs", 20)] {
        let size = whole("per_page").replace("100", &most.to_string());
        text.push_str(
            with_list(&format!("/{path}"), &format!("{}, {size}", whole("page")), ITEMS, "")
                .split_once("paths:\n")
                .unwrap()
                .1,
        );
    }
    let imported = imported(&text);
    assert_eq!(imported.text.matches("page: { to: query.page }").count(), 1, "{}", imported.text);
    says(&imported.text, &["paging: page", "paging: { use: page, size: 20 }"]);
}

#[test]
fn what_nothing_identifies_is_left_out_and_what_may_be_no_key_is_asked() {
    let items = |name: &str| {
        format!("type: array, items: {{ required: [{name}], properties: {{ {name}: {{ type: string }} }} }}")
    };
    let found = openapi(&Document::read(&with_list("/users", "", &items("shade"), "")).unwrap(), &Options::default());
    let Err(Refused::Nothing(left_out)) = found else { panic!("{found:?}") };
    assert_eq!(left_out, [LeftOut { operation: "get /users".into(), why: "nothing identifies its records".into() }]);
    let imported = imported(&with_list("/users", "", &items("email"), ""));
    says(&imported.text, &["# ? whether `email` identifies a record: there is no id", "key: email"]);
}

#[test]
fn a_list_that_does_not_pass_the_check_is_left_out_and_the_others_are_read() {
    let users = format!(
        "  /users: {{ get: {{ responses: {{ '200': {{ content: {{ application/json: {{ schema: {{ {ITEMS} }} }} }} }} }} }} }}\n"
    );
    for path in ["/two words", "/users/../all", "//users", "/users?all=1"] {
        let imported = imported(&(with_list(&format!("'{path}'"), "", ITEMS, "") + &users));
        assert_eq!(imported.resources, ["users"], "{path}");
        let [left_out] = imported.left_out.as_slice() else { panic!("{path}: {:?}", imported.left_out) };
        assert_eq!((left_out.operation.as_str(), left_out.reason()), (&*format!("get {path}"), "a spec cannot say it"));
    }
}

#[test]
fn an_object_with_several_arrays_is_no_list_unless_one_is_called_so() {
    let array = |name: &str| format!("{name}: {{ {ITEMS} }}");
    let response = format!("properties: {{ {}, {} }}", array("owners"), array("friends"));
    let found = openapi(&Document::read(&with_list("/people", "", &response, "")).unwrap(), &Options::default());
    assert!(matches!(found, Err(Refused::Nothing(_))), "{found:?}");
    let response = format!("properties: {{ {}, {} }}", array("people"), array("included"));
    says(&imported(&with_list("/people", "", &response, "")).text, &["records: people"]);
}

#[test]
fn only_the_paths_that_are_named_are_read_and_an_unknown_one_is_an_error() {
    let document = Document::read(include_str!("documents/variants.yaml")).unwrap();
    let of =
        |path: &str| openapi(&document, &Options { paths: vec![path.to_owned()], name: Some("my_zoo".to_owned()) });
    let imported = of("/cages/{cage_id}/animals").unwrap();
    assert_eq!((imported.resources.as_slice(), imported.operations), (&["animals".to_owned()][..], 1));
    says(&imported.text, &["connector: my_zoo", "get: /cages/{config.cageId}/animals", "entity: my_zoo_animal"]);
    assert_eq!(of("/animals"), Err(Refused::UnknownPath("/animals".into(), vec!["/cages/{cage_id}/animals".into()])));
}

#[test]
fn a_name_that_is_none_is_refused() {
    let document = Document::read(include_str!("documents/variants.yaml")).unwrap();
    for name in ["Zoo", "", "sqlite_zoo", "zoo-1"] {
        let options = Options { name: Some(name.to_owned()), ..Options::default() };
        assert_eq!(openapi(&document, &options), Err(Refused::Name(name.to_owned())));
    }
}

#[test]
fn no_secret_of_a_document_becomes_part_of_a_spec() {
    let key = format!("sk_live_{}", "4eC39HqLyjWDarjtT1zdp7dc");
    let items = format!(
        "type: array, items: {{ required: [id], properties: {{ id: {{ type: string, example: {key} }}, mode: {{ type: string, \
         description: 'Such as {key}.', enum: [{key}, b] }}, client_secret: {{ type: string }} }} }}"
    );
    let imported = imported(&with_list("/users", "", &items, ""));
    assert!(!imported.text.contains(&key) && !imported.text.contains("clientSecret"), "{}", imported.text);
    says(&imported.text, &["mode: string?"]);
}

#[test]
fn what_is_named_like_a_secret_is_no_column_has_no_value_in_the_example_and_is_asked_about() {
    let key = "tok_9f8e7d6c";
    let items = format!(
        "type: array, items: {{ required: [id], properties: {{ id: {{ type: string }}, \
         verification_token: {{ type: string, example: {key} }}, next_page_token: {{ type: string }}, \
         login: {{ type: object, properties: {{ user: {{ type: string }}, privateKey: {{ type: string, example: {key} }} }} }}, \
         domains: {{ type: array, items: {{ properties: {{ name: {{ type: string }}, token: {{ type: string, example: {key} }} }} }} }}, \
         raw: {{ type: object, example: {{ password: {key}, size: 1 }} }} }} }}"
    );
    let imported = imported(&with_list("/users", "", &items, ""));
    assert!(!imported.text.contains(key), "{}", imported.text);
    says(
        &imported.text,
        &[
            "# ? whether `verification_token` belongs into a table: it looks like a secret, and is left out",
            "# ? whether `login.privateKey` belongs into a table: it looks like a secret, and is left out",
            "# ? whether `domains` belongs into a table whole: `domains[].token` looks like a secret",
            "nextPageToken: { type: string?, from: next_page_token }",
            "verification_token: \"…\"",
            "login: { user: user_1, privateKey: \"…\" }",
            "domains: [{ name: name_1, token: \"…\" }]",
            "raw: { password: \"…\", size: 1 }",
        ],
    );
    assert!(!imported.text.contains("verificationToken"), "{}", imported.text);
    assert_eq!(imported.questions.iter().filter(|(_, question)| question.contains("looks like a secret")).count(), 3);
}

/// The vendor's own documents are not part of this repository.
#[test]
fn a_vendors_documents_are_imported_whole() {
    let Some(folder) = std::env::var_os("TAPWRIGHT_OPENAPI_DOCUMENTS") else {
        eprintln!("skipped: TAPWRIGHT_OPENAPI_DOCUMENTS names no folder of documents");
        return;
    };
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "yaml" || ext == "json")
            && path.file_name().unwrap() != "changes.json"
        {
            let found = imported(&std::fs::read_to_string(&path).unwrap());
            println!("{}: {} of {}", path.display(), found.resources.len(), found.operations);
            count += 1;
        }
    }
    assert!(count > 0, "the folder holds no document");
}
