//! Documents that would be more than a machine holds: they are described as far as can be, soon and without a crash.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use tapwright_openapi::{Document, Kind, Shape};

/// The shape of what one operation answers, in a document with these schemas.
fn answer(schema: &str, schemas: &[(String, String)]) -> Shape {
    let schemas: Vec<String> = schemas.iter().map(|(name, schema)| format!(r#""{name}": {schema}"#)).collect();
    let text = format!(
        r#"{{"openapi": "3.1.0", "paths": {{"/users": {{"get": {{"responses": {{"200": {{"content":
           {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}, "components": {{"schemas": {{{}}}}}}}"#,
        schemas.join(",")
    );
    Document::read(&text).unwrap().operations().next().unwrap().response().unwrap()
}

fn soon<T>(work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
    done
}

#[test]
fn schemas_that_lead_to_deep_schemas_do_not_overflow_the_stack() {
    for (open, close) in [(r#"{"type": "array", "items": "#, "}"), (r#"{"allOf": ["#, "]}")] {
        let schemas: Vec<(String, String)> = (0..38)
            .map(|at| {
                let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, at + 1);
                (format!("S{at}"), format!("{}{next}{}", open.repeat(50), close.repeat(50)))
            })
            .collect();
        let root = r##"{"type": "object", "properties": {"id": {"type": "string"},
            "deep": {"$ref": "#/components/schemas/S0"}}}"##;
        let shape = answer(root, &schemas);
        assert!(shape.property("id").is_some() && shape.property("deep").is_some());
    }
}

#[test]
fn what_stands_at_the_top_is_told_whatever_multiplies_itself_below() {
    let schemas: Vec<(String, String)> = (0..40)
        .map(|at| {
            let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, at + 1);
            (format!("S{at}"), format!(r#"{{"type": "object", "properties": {{"a": {next}, "b": {next}}}}}"#))
        })
        .collect();
    let root = r##"{"type": "object", "properties": {"first": {"$ref": "#/components/schemas/S0"}, "last": {"type": "string"}}}"##;
    let shape = soon(|| answer(root, &schemas));
    assert!(shape.at(["last"]).unwrap().kinds.contains(&Kind::String), "{:?}", shape.at(["last"]));
    assert!(shape.at(["first", "b", "b", "a"]).unwrap().kinds.contains(&Kind::Object));
}

#[test]
fn thousands_of_kinds_properties_and_values_are_read_soon() {
    let texts = |name: &str, many: usize| (0..many).map(|at| format!(r#""{name}{at}""#)).collect::<Vec<_>>().join(",");
    let properties = |many: usize| (0..many).map(|at| format!(r#""p{at}": {{}}"#)).collect::<Vec<_>>().join(",");
    let kinds = format!(
        r#"{{"oneOf": [{{"properties": {{"kind": {{"enum": [{}]}}, {}}}}}, {{"properties": {{"kind": {{"const": "z"}}}}}}]}}"#,
        texts("k", 3000),
        properties(3000)
    );
    let shape = soon(|| answer(&kinds, &[]));
    assert_eq!(shape.at(["kind"]).unwrap().values.as_ref().map(Vec::len), Some(3001));
    let enums = format!(r#"{{"anyOf": [{{"enum": [{}]}}, {{"enum": [{}]}}]}}"#, texts("a", 40_000), texts("b", 40_000));
    assert_eq!(soon(|| answer(&enums, &[])).values.map(|values| values.len()), Some(80_000));
    let wide = format!(r#"{{"required": [{}], "properties": {{{}}}}}"#, texts("p", 15_000), properties(15_000));
    assert_eq!(soon(|| answer(&wide, &[])).properties.len(), 15_000);
}
