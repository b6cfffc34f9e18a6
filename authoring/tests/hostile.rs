//! Documents that mean no good, or have gone wrong: no panic, no endless work, and whatever comes out is a spec.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tapwright_authoring::import::{Imported, Options, Refused, openapi};
use tapwright_openapi::Document;
use tapwright_spec::{Source, check};

/// Imports a document and sees that what comes out is a spec without errors.
fn import(text: &str) -> Result<Imported, Refused> {
    let imported = openapi(&Document::read(text).unwrap(), &Options::default())?;
    let checked = check(&Source::new("connector.yaml", imported.text.as_str()));
    assert!(checked.model.is_some(), "{:#?}\n{}", checked.diagnostics, imported.text);
    Ok(imported)
}

fn document(paths: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Acme }}\nservers: [{{ url: https://acme.example }}]\n\
         components: {{ securitySchemes: {{ key: {{ type: http, scheme: bearer }} }}, schemas: {{ Self: {{ $ref: \
         '#/components/schemas/Self' }}, Tree: {{ required: [id], properties: {{ id: {{ type: string }}, parent: {{ $ref: \
         '#/components/schemas/Tree' }} }} }} }} }}\npaths:\n{paths}"
    )
}

fn list(path: &str, items: &str) -> String {
    format!(
        "  '{path}': {{ get: {{ responses: {{ '200': {{ content: {{ application/json: {{ schema: {{ type: array, items: \
         {{ {items} }} }} }} }} }} }} }} }}\n"
    )
}

#[test]
fn references_that_lead_nowhere_or_round_in_circles_are_no_lists() {
    for reference in
        ["#/components/schemas/Self", "#/nowhere", "other.yaml#/User", "#/components/schemas/Self/properties"]
    {
        let found = import(&document(&list("/users", &format!("$ref: '{reference}'"))));
        assert!(matches!(found, Err(Refused::Nothing(_))), "{reference}: {found:?}");
    }
    let found = import(&document(&list("/trees", "$ref: '#/components/schemas/Tree'"))).unwrap();
    assert!(found.text.contains("parent: json?"), "{}", found.text);
}

#[test]
fn names_that_a_spec_keeps_for_itself_or_cannot_have_are_changed() {
    let odd = [
        "id",
        "at",
        "updated_at",
        "updatedAt",
        "self",
        "super",
        "crate",
        "config",
        "last",
        "null",
        "true",
        "2fa",
        "a.b",
        "my-list[]",
        "ä",
        "日本",
        " ",
        "__",
        "_tapwright",
        "a b",
        "aB",
        "a_b",
        "if",
        "let",
        "window",
        "x\\\"y",
    ];
    let properties: Vec<String> = odd
        .iter()
        .map(|name| format!("\"{}\": {{ type: string }}", name.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    let items = format!("required: [id], properties: {{ {} }}", properties.join(", "));
    let paths: String = [
        "/new",
        "/sync",
        "/configs",
        "/connectors",
        "/v1/hooks",
        "/with-options",
        "/entities",
        "/self",
        "/1",
        "/{a}{b}/x",
    ]
    .iter()
    .map(|path| list(path, &items))
    .collect();
    let found = import(&document(&paths)).unwrap();
    assert_eq!(found.resources.len(), 9, "{:?}", found.left_out);
    for name in ["Config", "new", "entities"] {
        let title = format!("openapi: 3.0.0\ninfo: {{ title: {name} }}\n");
        let text = document(&list("/configs", &items)).replacen("openapi: 3.1.0\ninfo: { title: Acme }\n", &title, 1);
        assert_eq!(import(&text).unwrap().resources, ["configs"]);
    }
}

#[test]
fn what_cannot_be_an_address_is_a_question() {
    for url in [
        "/v1",
        "http://acme.example",
        "https://",
        "https://u:p@acme.example",
        "ftp://x",
        "https://a b",
        "https://{",
        "https://{}/",
    ] {
        let text = document(&list("/users", "$ref: '#/components/schemas/Tree'"))
            .replace("https://acme.example", &format!("'{url}'"));
        let found = import(&text).unwrap();
        assert!(
            found.questions.iter().any(|(_, question)| question.contains("where the API is")),
            "{url}: {}",
            found.text
        );
    }
}

#[test]
fn five_thousand_paths_fill_one_spec_and_the_rest_is_left_out() {
    let mut paths = String::new();
    for number in 0..5000 {
        let items =
            "required: [id], properties: { id: { type: string }, name: { type: string }, size: { type: integer } }";
        paths.push_str(&list(&format!("/things{number}"), items));
        let _ = writeln!(paths, "  /things{number}/{{id}}: {{ get: {{}}, delete: {{}} }}");
    }
    let began = Instant::now();
    let found = import(&document(&paths)).unwrap();
    let took = began.elapsed();
    assert_eq!(found.resources.len(), 400);
    assert_eq!(found.resources.len() + found.left_out.len(), 15_000);
    assert!(found.left_out.iter().any(|one| one.why.contains("import it by its path")));
    assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 120 } else { 10 }), "{took:?}");
}

#[test]
fn a_text_with_more_values_than_a_person_would_read_is_any_text() {
    let values: Vec<String> = (0..100_000).map(|at| format!("v{at}")).collect();
    let items =
        format!("required: [id], properties: {{ id: {{ type: string }}, code: {{ enum: [{}] }} }}", values.join(", "));
    let began = Instant::now();
    let found = import(&document(&list("/users", &items))).unwrap();
    assert!(found.text.contains("      code: string?\n") && !found.text.contains("types:"), "{}", found.text);
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

/// A document that is no worse than what generators and people make, but of any shape.
fn documents() -> impl Strategy<Value = String> {
    let names = || {
        proptest::sample::select(vec![
            "id",
            "uid",
            "name",
            "data",
            "items",
            "next",
            "next_page",
            "after",
            "cursor",
            "total",
            "has_more",
            "created_at",
            "updated_at",
            "limit",
            "offset",
            "page",
            "users",
            "events",
            "secret",
            "email",
            "order",
            "self",
            "at",
            "a.b",
            "x y",
            "type",
            "my-list[]",
            "größe",
            "created",
            "meta",
            "links",
            "href",
            "start",
            "end",
            "id_",
            "",
        ])
    };
    let leaf = proptest::sample::select(vec![
        "type: string",
        "type: integer",
        "type: number",
        "type: boolean",
        "type: [string, 'null']",
        "type: string, format: date-time",
        "type: string, format: date",
        "type: string, enum: [a, b]",
        "type: string, enum: [asc, desc]",
        "type: string, const: x",
        "nullable: true",
        "type: integer, format: unix-time",
        "type: object",
        "$ref: '#/components/schemas/Tree'",
        "$ref: '#/components/schemas/Self'",
        "type: object, additionalProperties: true",
        "type: [string, integer]",
        "type: string, example: 1",
        "type: integer, example: x",
        "type: string, description: 'In seconds: a # b \" {c}. More'",
        "type: number, maximum: 1.0e300",
        "type: string, format: password",
        "type: object, additionalProperties: { type: string }, example: { a: { b: [null, 1.5] } }",
        "type: string, default: '{x}'",
    ])
    .prop_map(str::to_owned);
    let shapes = leaf.prop_recursive(4, 40, 6, move |inner| {
        let properties =
            proptest::collection::vec((names(), inner.clone(), any::<bool>()), 0..7).prop_map(|properties| {
                let mut seen = Vec::new();
                let mut of = Vec::new();
                let mut required = Vec::new();
                for (name, shape, must) in properties {
                    if !seen.contains(&name) {
                        seen.push(name);
                        of.push(format!("'{name}': {{ {shape} }}"));
                        if must {
                            required.push(format!("'{name}'"));
                        }
                    }
                }
                format!("type: object, required: [{}], properties: {{ {} }}", required.join(", "), of.join(", "))
            });
        prop_oneof![
            5 => properties,
            3 => inner.clone().prop_map(|items| format!("type: array, items: {{ {items} }}")),
            1 => (inner.clone(), inner.clone(), proptest::sample::select(vec!["oneOf", "anyOf", "allOf"]))
                .prop_map(|(one, other, key)| format!("{key}: [{{ {one} }}, {{ {other} }}]")),
        ]
    });
    let path = proptest::collection::vec(
        proptest::sample::select(vec![
            "users",
            "events",
            "{id}",
            "logs",
            "search",
            "{user_id}",
            "v1",
            "a-b",
            "{a}.{b}",
            "x.json",
            "new",
            "}",
            "ü",
        ]),
        1..5,
    )
    .prop_map(|parts| format!("/{}", parts.join("/")));
    let parameters = proptest::collection::vec(
        (names(), proptest::sample::select(vec!["query", "path", "header"]), any::<bool>(), shapes.clone()),
        0..5,
    );
    let operation = (path, any::<bool>(), parameters, shapes.clone(), shapes, any::<bool>());
    let servers = proptest::sample::select(vec![
        "https://acme.example",
        "https://your-domain.acme.example/v1/",
        "https://{host}/{a b}",
        "https://{a}.b.example/{v}?x",
        "/v2",
        "https://{api-host}.acme.example:{port}",
        "https://[::1]",
        "https://a..b/../c",
        "",
        "https://{config}",
        "https://}{",
    ]);
    let schemes = proptest::sample::select(vec![
        "type: http, scheme: bearer",
        "type: http, scheme: BASIC",
        "type: apiKey, in: header, name: Authorization",
        "type: mutualTLS",
        "type: apiKey, in: query, name: 'k y'",
        "type: apiKey, in: header, name: 'host'",
        "type: apiKey, in: query, name: limit",
        "",
        "type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: { a: b } } }",
        "type: apiKey, in: header, name: 'ä'",
        "type: oauth2, flows: { clientCredentials: { tokenUrl: '/t' } }",
        "type: openIdConnect",
        "$ref: '#/components/securitySchemes/key'",
    ]);
    let operations = proptest::collection::vec(operation, 1..6);
    (operations, servers, schemes).prop_map(|(operations, server, scheme)| {
        let mut paths = String::new();
        let mut seen: Vec<String> = Vec::new();
        for (path, post, parameters, request, response, links) in operations {
            if seen.contains(&path) {
                continue;
            }
            let parameters: Vec<String> = parameters
                .iter()
                .map(|(name, place, required, shape)| {
                    format!("{{ name: '{name}', in: {place}, required: {required}, schema: {{ {shape} }} }}")
                })
                .collect();
            let method = if post { "post" } else { "get" };
            let links = if links { "Link: {}" } else { "" };
            // Most answers are lists of things with an id: others would seldom get far.
            let response = if path.len() % 3 == 0 { response } else {
                format!("type: array, items: {{ allOf: [ {{ required: [id], properties: {{ id: {{ type: string }} }} }}, {{ {response} }} ] }}")
            };
            let _ = writeln!(
                paths,
                "  '{path}': {{ {method}: {{ operationId: list, parameters: [{}], requestBody: {{ content: {{ application/json: {{ \
                 schema: {{ {request} }} }} }} }}, responses: {{ '200': {{ headers: {{ {links} }}, content: {{ application/json: {{ \
                 schema: {{ {response} }} }} }} }} }} }} }}",
                parameters.join(", ")
            );
            seen.push(path);
        }
        document(&paths).replacen("https://acme.example", &format!("'{server}'"), 1).replacen("type: http, scheme: bearer", scheme, 1)
    })
}

#[test]
fn whatever_is_imported_passes_the_check() {
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 1500, ..ProptestConfig::default() });
    let (mut specs, mut resources, mut dropped) = (0, 0, Vec::new());
    let counted = std::cell::RefCell::new((&mut specs, &mut resources, &mut dropped));
    runner
        .run(&documents(), |text| {
            if let Ok(imported) = import(&text) {
                let mut counted = counted.borrow_mut();
                *counted.0 += 1;
                *counted.1 += imported.resources.len();
                counted
                    .2
                    .extend(imported.left_out.into_iter().filter(|one| one.why.starts_with("a spec cannot say it")));
            }
            Ok(())
        })
        .unwrap();
    println!("{specs} specs with {resources} resources; {} could not be said", dropped.len());
    for one in dropped.iter().take(20) {
        println!("{} {}", one.operation, one.why);
    }
    assert!(specs > 300 && resources > 500, "{specs} specs, {resources} resources");
    // That is for what nobody thought of, and not how names and types are got right.
    assert!(dropped.len() * 50 < resources, "{dropped:#?}");
}

proptest! {
    #[test]
    fn texts_that_are_no_documents_are_refused(text in "\\PC{0,200}") {
        drop(Document::read(&text).map(|document| openapi(&document, &Options::default())));
    }
}
