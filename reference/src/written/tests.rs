//! What a page says of an expression is the expression: read by the language again, it is the same.

use std::path::Path;

use serde_json::{Value as Json, json};
use tapwright_generated_tests::{SPECS, model};
use tapwright_spec::model::{Connector, ParamValue};

use super::Writer;

fn connectors() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors");
    let folders = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|folder| folder.is_dir());
    folders.map(|folder| std::fs::read_to_string(folder.join("connector.yaml")).unwrap()).collect()
}

/// The spec with every expression of a field, filter and parameter written anew. How many there were.
fn rewritten(spec: &mut Json, connector: &Connector) -> usize {
    let mut count = 0;
    for resource in &connector.resources {
        let given: Vec<&str> = resource.for_each.iter().map(|each| each.name.as_str()).collect();
        let writer = Writer { given: &given, of_last: false };
        let place = &mut spec["resources"][&resource.name];
        for field in &resource.row.fields {
            let declared = &mut place["fields"][&field.name];
            if !declared.is_object() {
                *declared = json!({ "type": declared.clone() });
            }
            declared["from"] = writer.expression(&field.from).into();
            count += 1;
        }
        if let Some(keep) = &resource.keep {
            place["where"] = writer.expression(keep).into();
            count += 1;
        }
        for param in &resource.query {
            if let (ParamValue::Text(value), true) = (&param.value, place["query"][&param.name].is_string()) {
                place["query"][&param.name] = writer.template(value).into();
                count += 1;
            }
        }
    }
    count
}

#[test]
fn an_expression_is_read_back_as_it_was() {
    let (mut count, mut specs) = (0, 0);
    for text in SPECS.iter().map(|(_, text)| (*text).to_owned()).chain(connectors()) {
        let connector = model(&text);
        // `on` and `no` are text, as everywhere in a spec.
        let options = serde_yaml::options! { strict_booleans: true };
        let mut spec: Json = serde_yaml::from_str_with_options(&text, options).unwrap();
        count += rewritten(&mut spec, &connector);
        let again = model(&spec.to_string());
        for (one, other) in connector.resources.iter().zip(&again.resources) {
            // What is written as a mapping has lost its order.
            let other = again.resources.iter().find(|resource| resource.name == one.name).unwrap_or(other);
            for field in &one.row.fields {
                let found = other.row.fields.iter().find(|found| found.name == field.name).unwrap();
                assert_eq!(found.from, field.from, "{}.{}.{}", connector.name, one.name, field.name);
            }
            assert_eq!(other.keep, one.keep, "{}.{}", connector.name, one.name);
            for param in &one.query {
                let found = other.query.iter().find(|found| found.name == param.name).unwrap();
                assert_eq!(found.value, param.value, "{}.{}.{}", connector.name, one.name, param.name);
            }
        }
        specs += 1;
    }
    assert!(specs > 20 && count > 400, "{specs} specs, {count} expressions");
}

/// What no spec of the repository says, and what is easily written wrong.
#[test]
fn what_binds_more_loosely_stands_in_parentheses() {
    for expression in [
        "a and (b or c)",
        "not (a and b) or c",
        "(a ?? 0) + 1",
        "a ?? (b + 1)",
        "a - (b - c)",
        "a - b - c",
        "a * (b + c) / d",
        "-(a + b)",
        "-(5) + a",
        "a - -5",
        "(a - b) * -c",
        "(if t == \"x\" then 1 else 2) + a",
        "if t in [\"x\", \"y\"] then 1 else 2",
        "let n = a + 1 in n * n",
        "let m = (if t in [\"x\"] then a else b) in m + m",
        "[\"config\"]",
        "[\"and\"].\"odd key\"",
        "length(concat(t, \"a\\\"b\\\\c\\nd\"))",
        "sum(map(l, i => i.x * a))",
        "any(l, i => i.x == a or i.x > 3) == true",
        "(a == b) == true",
        "floor(a / 1.5e300)",
    ] {
        let spec = |expression: &str, ty: &str| {
            json!({
                "tapwright": 1,
                "connector": "odd",
                "description": "Odd.",
                "api": { "base_url": "https://api.example.com", "auth": "none" },
                "resources": { "things": {
                    "description": "Things.", "get": "/things", "paging": "none", "records": "$", "entity": "odd_thing",
                    "key": "id", "fields": { "made": { "type": ty, "from": expression } },
                } },
            })
            .to_string()
        };
        let read = |expression: &str| {
            let found = ["json?", "boolean?", "number?", "integer?", "string?"].iter().find_map(|ty| {
                let text = spec(expression, ty);
                tapwright_spec::check(&tapwright_spec::Source::new("spec.yaml", &text)).model
            });
            let model = found.unwrap_or_else(|| panic!("{expression} is none"));
            model.resources[0].row.fields[0].from.clone()
        };
        let first = read(expression);
        let again = Writer::default().expression(&first);
        assert_eq!(read(&again), first, "{expression} became {again}");
    }
}
