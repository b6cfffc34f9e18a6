//! A document that says the same in other words has the same shapes, and one that says something else does not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use tapwright_openapi::{Change, Document, Shape, compare};

/// A document with one list, whose records are what `schema` says, and with `components`.
fn document(schema: &str, components: &str) -> Document {
    let text = format!(
        r#"{{"openapi": "3.1.0", "paths": {{"/users": {{"get": {{"responses": {{"200": {{"description": "ok",
           "content": {{"application/json": {{"schema": {{"type": "object", "properties":
           {{"data": {{"type": "array", "items": {schema}}}}}}}}}}}}}}}}}}}}},
           "components": {{"schemas": {components}}}}}"#
    );
    Document::read(&text).unwrap()
}

fn record(answer: &Shape) -> Option<Shape> {
    answer.property("data")?.shape.items.as_deref().cloned()
}

fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let only = |document: &Document| document.operations().count() == 1;
    assert!(only(old) && only(new));
    compare(&old.operations().next().unwrap(), &new.operations().next().unwrap(), record, |_, _| true)
}

const USER: &str = r#"{"type": "object", "required": ["id", "name"], "properties": {
    "id": {"type": "string"},
    "name": {"type": ["string", "null"]},
    "state": {"type": "string", "enum": ["active", "gone"]},
    "home": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}}}"#;

#[test]
fn other_words_are_no_change() {
    let plain = document(USER, "{}");
    let same = [
        // In another place, by reference.
        (r##"{"$ref": "#/components/schemas/User"}"##.to_owned(), format!(r#"{{"User": {USER}}}"#)),
        // Reference upon reference, and one with a slash in its name.
        (
            r##"{"$ref": "#/components/schemas/A"}"##.to_owned(),
            format!(r##"{{"A": {{"$ref": "#/components/schemas/b~1c%20d"}}, "b/c d": {USER}}}"##),
        ),
        // Put together from parts.
        (
            r##"{"allOf": [{"$ref": "#/components/schemas/Id"}, {"type": "object", "required": ["name"], "properties": {
                "state": {"type": "string", "enum": ["gone", "active"], "description": "Another wording."},
                "home": {"allOf": [{"type": "object"}, {"required": ["city"]}, {"properties": {"city": {"type": "string"}}}]},
                "name": {"anyOf": [{"type": "string", "example": "x"}, {"type": "null"}]}}}]}"##
                .to_owned(),
            r#"{"Id": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}"#.to_owned(),
        ),
        // As 3.0 says it, and with values one by one.
        (
            USER.replace(r#"["string", "null"]"#, r#""string", "nullable": true"#)
                .replace(r#""enum": ["active", "gone"]"#, r#""oneOf": [{"const": "active"}, {"const": "gone"}]"#),
            "{}".to_owned(),
        ),
        // Of one.
        (format!(r#"{{"oneOf": [{USER}]}}"#), "{}".to_owned()),
    ];
    for (schema, components) in same {
        assert_eq!(changes(&plain, &document(&schema, &components)), [], "{schema}");
    }
}

#[test]
fn each_change_is_found_and_nothing_else() {
    let plain = document(USER, "{}");
    let of = |from: &str, to: &str| {
        assert!(USER.contains(from), "{from}");
        let found = changes(&plain, &document(&USER.replacen(from, to, 1), "{}"));
        found.iter().map(|change| format!("{} {} {}", change.kind, change.field, change.detail)).collect::<Vec<_>>()
    };
    let id = r#""id": {"type": "string"}"#;
    assert_eq!(of(id, r#""id": {"type": "integer"}"#), ["type_changed id string -> integer"]);
    assert_eq!(of(id, r#""id": {"type": "string", "format": "uuid"}"#), ["format_changed id no format -> uuid"]);
    assert_eq!(of(id, r#""id": {"type": "string", "deprecated": true}"#), ["deprecated id "]);
    assert_eq!(of(id, r#""id": {"type": "string", "enum": ["a"]}"#), ["enum_introduced id values: a"]);
    assert_eq!(of(id, r#""id": {"type": "string"}, "n": {"type": "number"}"#), ["field_added n number optional"]);
    assert_eq!(of(r#"["id", "name"]"#, r#"["id"]"#), ["became_optional name "]);
    assert_eq!(of(r#"["id", "name"]"#, r#"["id", "name", "state"]"#), ["became_required state "]);
    assert_eq!(of(r#"["string", "null"]"#, r#""string""#), ["became_non_nullable name "]);
    assert_eq!(of(id, r#""id": {"type": ["string", "null"]}"#), ["became_nullable id "]);
    assert_eq!(of(r#""gone"]"#, r#""away"]"#), ["enum_value_removed state gone", "enum_value_added state away"]);
    assert_eq!(of(r#", "enum": ["active", "gone"]"#, ""), ["enum_dropped state any value"]);
    assert_eq!(
        of(r#", "properties": {"city": {"type": "string"}}"#, r#", "properties": {"town": {"type": "string"}}"#),
        ["type_changed home.city string -> any", "field_added home.town string optional"]
    );
}

#[test]
fn what_may_be_null_may_be_however_it_is_said() {
    let parts =
        r#"{"Home": {"type": "object", "properties": {"city": {"type": "string"}}}, "State": {"enum": ["a", "b"]}}"#;
    let nullable = |schema: &str| {
        let text = format!(r#"{{"type": "object", "properties": {{"value": {schema}}}}}"#);
        let answer = document(&text, parts).operations().next().unwrap().response().unwrap();
        record(&answer).unwrap().property("value").unwrap().shape.nullable
    };
    let home = r##"{"$ref": "#/components/schemas/Home"}"##;
    let state = r##"{"$ref": "#/components/schemas/State"}"##;
    for schema in [
        format!(r#"{{"nullable": true, "allOf": [{home}]}}"#),
        format!(r#"{{"nullable": true, "oneOf": [{home}]}}"#),
        format!(r#"{{"nullable": true, "anyOf": [{home}, {state}]}}"#),
        format!(r#"{{"type": "object", "nullable": true, "oneOf": [{home}, {{"type": "object"}}]}}"#),
        format!(r#"{{"allOf": [{state}, {{"nullable": true}}]}}"#),
        home.replace('}', r#", "nullable": true}"#),
        format!(r#"{{"oneOf": [{home}, {{"type": "null"}}]}}"#),
        format!(r#"{{"anyOf": [{state}, {{"enum": [null]}}]}}"#),
        r#"{"type": ["string", "null"]}"#.to_owned(),
        r#"{"type": "string", "nullable": true, "enum": ["a"]}"#.to_owned(),
        r#"{"const": null}"#.to_owned(),
    ] {
        assert!(nullable(&schema), "{schema}");
    }
    for schema in [
        home.to_owned(),
        format!(r#"{{"allOf": [{home}, {{"type": ["object", "null"]}}]}}"#),
        format!(r#"{{"nullable": false, "oneOf": [{home}, {state}]}}"#),
    ] {
        assert!(!nullable(&schema), "{schema}");
    }
}

#[test]
fn yaml_is_read_as_yaml_1_2_says() {
    let text = "openapi: 3.1.0\npaths: { /a: { get: { responses: { 200: { content: { application/json: { schema: { properties: {\n\
                y: {}, n: {}, on: {}, off: {}, yes: { enum: [NO, no, 1_000, 007, .inf, nan, 9e99999, 1.5, 0x1F, true, ~] } }\n\
                } } } } } } } }\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let answer = Document::read(&text).unwrap().operations().next().unwrap().response().unwrap();
        let names: Vec<_> = answer.properties.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["y", "n", "on", "off", "yes"]);
        let values = answer.property("yes").unwrap().shape.values.clone().unwrap();
        assert_eq!(values[..6], ["NO", "no", "1_000", "007", ".inf", "nan"]);
    }
    let json = "\u{feff}{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {\"get\": {}}}}";
    assert_eq!(Document::read(json).unwrap().operations().count(), 1);
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    let text = r#"{"openapi": "3.0.0", "openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": {"content":
        {"application/json": {"schema": {"properties": {"n": {"type": "string"}, "m": {}, "n": {"type": "integer"}}}}}}}}}}}"#;
    let answer = Document::read(text).unwrap().operations().next().unwrap().response().unwrap();
    let found: Vec<_> = answer.properties.iter().map(|one| (one.name.as_str(), one.shape.kinds_text())).collect();
    assert_eq!(found, [("m", "any".to_owned()), ("n", "integer".to_owned())]);
}

#[test]
fn a_reference_that_is_no_path_leads_nowhere() {
    let document = document(USER, "{}");
    for reference in ["#User", "User", "#/components/schemas/Gone", "#/paths/0"] {
        assert_eq!(document.at(reference), None, "{reference}");
    }
    assert!(document.at("#").is_some() && document.at("#/paths/~1users").is_some());
}

const EVENTS: &str = r#"{"oneOf": [
    {"type": "object", "required": ["kind", "data"], "properties": {"kind": {"const": "user.made"}, "id": {"type": "string"},
        "data": {"type": "object", "properties": {"name": {"type": "string"}}}}},
    {"type": "object", "required": ["kind", "data"], "properties": {"kind": {"const": "user.gone"}, "id": {"type": "string"},
        "data": {"type": "object", "properties": {"why": {"type": "string"}}}}}]}"#;

#[test]
fn kinds_of_records_are_told_apart() {
    let words = |old: &str, new: &str| {
        let found = changes(&document(old, "{}"), &document(new, "{}"));
        found
            .iter()
            .map(|change| format!("{} {} {:?} {}", change.kind, change.field, change.of, change.detail))
            .collect::<Vec<_>>()
    };
    assert_eq!(words(EVENTS, EVENTS), [""; 0]);
    // What changes of one kind, and what changes of all.
    let why = EVENTS.replace(r#""why": {"type": "string"}"#, r#""why": {"type": "integer"}"#);
    assert_eq!(words(EVENTS, &why), [r#"type_changed data.why ["user.gone"] string -> integer"#]);
    let id = EVENTS.replace(r#""id": {"type": "string"}"#, r#""id": {"type": "string", "deprecated": true}"#);
    assert_eq!(words(EVENTS, &id), ["deprecated id [] "]);
    let renamed = EVENTS.replace("user.gone", "user.left");
    assert_eq!(
        words(EVENTS, &renamed),
        [
            r#"event_type_added kind ["user.left"] data.why: string"#,
            r#"event_type_removed kind ["user.gone"] data.why: string"#
        ]
    );
    // A document that begins to tell kinds apart changes nothing but that.
    let plain = r#"{"type": "object", "required": ["kind", "data"], "properties": {"kind": {"type": "string"},
        "id": {"type": "string"}, "data": {"type": "object", "additionalProperties": true}}}"#;
    assert_eq!(
        words(plain, EVENTS),
        [
            r#"event_type_added kind ["user.made"] data.name: string"#,
            r#"event_type_added kind ["user.gone"] data.why: string"#
        ]
    );
}

#[test]
fn what_leads_back_into_itself_or_nowhere_comes_to_an_end() {
    let node = r##"{"Node": {"type": "object", "properties": {"id": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
        "Loop": {"$ref": "#/components/schemas/Pool"}, "Pool": {"$ref": "#/components/schemas/Loop"}}"##;
    for name in ["Node", "Loop", "Gone"] {
        let one = document(&format!(r##"{{"$ref": "#/components/schemas/{name}"}}"##), node);
        assert_eq!(changes(&one, &one), [], "{name}");
    }
    // Each doubles the next.
    let doubles: Vec<String> = (0..40)
        .map(|at| {
            let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, at + 1);
            format!(r#""S{at}": {{"type": "object", "properties": {{"a": {next}, "b": {next}}}}}"#)
        })
        .collect();
    let bomb = document(r##"{"$ref": "#/components/schemas/S0"}"##, &format!("{{{}}}", doubles.join(",")));
    assert!(bomb.operations().next().unwrap().response().is_some());
}

#[test]
fn what_is_no_document_is_refused_with_the_reason() {
    let why = |text: &str| Document::read(text).unwrap_err().to_string();
    assert!(why("swagger: '2.0'\npaths: {}").contains("Swagger 2.0"));
    assert!(why("openapi: 4.0.0").contains("OpenAPI 4.0.0"));
    assert!(why("a: 1").contains("`openapi` is missing"));
    assert!(why("{\"openapi\": ").contains("not JSON"));
    assert!(why("a: [").contains("not YAML"));
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()
        + &(1..12)
            .map(|at| {
                let (one, before) = (char::from(b'a' + at), char::from(b'a' + at - 1));
                format!("{one}: &{one} [{}]\n", vec![format!("*{before}"); 9].join(","))
            })
            .collect::<String>();
    assert!(why(&bomb).contains("not YAML"), "a bomb of aliases");
}
