//! The JSON Schema that editors complete and check a spec with is that of the key table, and every spec of the
//! repository fits it.
//!
//! `UPDATE_REFERENCE=1` rewrites it when it is stale.

#![allow(clippy::panic, clippy::expect_used, reason = "a test may")]

mod said;

use std::collections::BTreeMap;

use said::{read, root, specs};
use serde_json::{Map, Value as Json, json};
use tapwright_spec::keys::{LEVELS, Level, Need, Value};

/// The name of a level among the definitions.
fn name(level: &Level) -> String {
    level.path.replace("the spec", "spec").replace("[]", "").replace(".NAME", "")
}

fn of_value(value: &Value) -> Json {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match value {
        Value::Version => json!({ "const": 1 }),
        Value::Text | Value::File | Value::Glob | Value::Records | Value::Lookback | Value::Format => {
            json!({ "type": "string" })
        }
        // A number or a boolean is a parameter's value, too.
        Value::Template | Value::Any => json!({ "type": ["string", "number", "boolean"] }),
        Value::Expression(_) => json!({ "type": ["string", "number", "boolean"] }),
        Value::Name(pattern) => text(pattern.regex),
        Value::Address => text("^https?://"),
        Value::Whole(least, greatest) => json!({ "type": "integer", "minimum": least, "maximum": greatest }),
        Value::Range => json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }),
        Value::Choice(words) => json!({ "enum": words }),
        Value::Duration => text("^[0-9]+(ms|s|m|h|d)$"),
        Value::Target => text("^(query|header|body)\\..+$"),
        Value::SettingType => text("^(secret|string|integer|boolean|list of string|[A-Z][A-Za-z0-9]*)\\??$"),
        Value::FieldType => {
            text("^(string|integer|number|decimal|boolean|timestamp|date|json|list of string|[A-Z][A-Za-z0-9]*)\\??$")
        }
        Value::Enum => text("^[A-Z][A-Za-z0-9]*$"),
        Value::Values => text("^([A-Z][A-Za-z0-9]*|config\\.[a-z][A-Za-z0-9_]*)$"),
        Value::Paginator | Value::Resource => text("^[a-z][a-z0-9_]*$"),
        Value::Field => text("^[A-Za-z][A-Za-z0-9_]*$"),
        Value::Action => text("^((retry|wait)( [0-9]+(ms|s|m|h|d))?|fail|ignore|empty|skip_parent|drop_value_of .+)$"),
        Value::Json => json!({}),
        Value::List(item) => json!({ "type": "array", "items": of_value(item) }),
        Value::Map(_, value) => json!({ "type": "object", "additionalProperties": of_value(value) }),
        Value::Keys(level) => json!({ "$ref": format!("#/$defs/{}", name(level)) }),
        Value::Either(one, other) => json!({ "anyOf": [of_value(one), of_value(other)] }),
    }
}

/// An example is one that fits a line.
const LONGEST: usize = 80;

/// What the repository's specs say with each key, by its place: two that differ, the real ones first. Where all are longer,
/// the shortest.
fn examples() -> BTreeMap<String, Vec<Json>> {
    let mut examples: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    let real = [root().join("connector.yaml")].into_iter().chain(specs("connectors"));
    for file in real.chain(specs("generated-tests/specs")) {
        said::keys(&read(&file), &mut |place, value| {
            let known = examples.entry(place.to_owned()).or_default();
            let length = value.to_string().len();
            if length <= LONGEST {
                known.retain(|known| known.to_string().len() <= LONGEST);
                if known.len() < 2 && !known.contains(value) {
                    known.push(value.clone());
                }
            } else if !value.is_object()
                && !value.is_array()
                && known.iter().all(|known| known.to_string().len() > length)
            {
                *known = vec![value.clone()];
            }
        });
    }
    examples
}

fn of_level(level: &Level, examples: &BTreeMap<String, Vec<Json>>) -> Json {
    let mut properties = Map::new();
    for key in level.keys {
        let mut schema = of_value(&key.value);
        if let Json::Object(schema) = &mut schema {
            let default = key.default.map(|default| format!(" Default: {default}.")).unwrap_or_default();
            schema.insert("description".to_owned(), format!("{}{default}", key.doc).into());
            let shown = examples.get(&format!("{}.{}", level.path, key.name)).filter(|shown| !shown.is_empty());
            schema.extend(shown.map(|shown| ("examples".to_owned(), Json::from(shown.clone()))));
        }
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<&str> = level.keys.iter().filter(|key| key.need == Need::Required).map(|key| key.name).collect();
    let mut groups: Vec<&str> = Vec::new();
    for key in level.keys {
        if let Need::OneOf(group) = key.need
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    }
    let one_of = |group: &str| {
        let members = level.keys.iter().filter(|key| matches!(key.need, Need::OneOf(name) if name == group));
        json!({ "oneOf": members.map(|key| json!({ "required": [key.name] })).collect::<Vec<_>>() })
    };
    let mut schema = json!({
        "type": "object", "description": level.doc, "properties": properties, "required": required,
        "additionalProperties": false,
    });
    if let (Json::Object(schema), false) = (&mut schema, groups.is_empty()) {
        schema.insert("allOf".to_owned(), groups.into_iter().map(one_of).collect());
    }
    schema
}

fn schema() -> Json {
    let examples = examples();
    let definitions: Map<String, Json> = LEVELS.iter().map(|level| (name(level), of_level(level, &examples))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Tapwright connector",
        "$ref": "#/$defs/spec",
        "$defs": definitions,
    })
}

#[test]
fn the_schema_is_that_of_the_key_table() {
    let path = root().join("docs/connector.schema.json");
    let now = serde_json::to_string_pretty(&schema()).expect("it is JSON") + "\n";
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, &now).expect("it can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == now, "docs/connector.schema.json is stale: run with UPDATE_REFERENCE=1 and commit it");
}

#[test]
fn every_key_has_examples_that_fit_it() {
    let whole = schema();
    let mut without = Vec::new();
    for level in LEVELS {
        for key in level.keys {
            let place = format!("/$defs/{}/properties/{}", name(level), key.name);
            let schema = whole.pointer(&place).unwrap_or_else(|| panic!("{place}"));
            let examples = schema["examples"].as_array().cloned().unwrap_or_default();
            // What has keys of its own shows them there.
            if examples.is_empty()
                && !matches!(key.value, Value::Keys(_) | Value::Map(..) | Value::List(_) | Value::Json)
            {
                without.push(place.clone());
            }
            for example in &examples {
                let mut found = Vec::new();
                misfits(example, schema, &whole, &place, &mut found);
                assert_eq!(found, [""; 0], "{example}");
            }
        }
    }
    assert_eq!(without, [""; 0]);
}

/// What does not fit a schema, by its place. It knows the words that the schema above is made of, and no others.
fn misfits(value: &Json, schema: &Json, whole: &Json, place: &str, found: &mut Vec<String>) {
    let Some(schema) = schema.as_object() else { return };
    let wrong = |found: &mut Vec<String>, what: String| found.push(format!("{place}: {what}"));
    let is = |kind: &Json| match kind.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("the type {other:?}"),
    };
    for (word, is_said) in schema {
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" => {}
            "$ref" => {
                let to = is_said.as_str().and_then(|to| to.strip_prefix('#')).and_then(|to| whole.pointer(to));
                misfits(value, to.unwrap_or_else(|| panic!("{is_said}")), whole, place, found);
            }
            "const" if value == is_said => {}
            "enum" if is_said.as_array().is_some_and(|all| all.contains(value)) => {}
            "const" | "enum" => wrong(found, format!("{value} is not {is_said}")),
            "type" => {
                if !is_said.as_array().map_or_else(|| is(is_said), |kinds| kinds.iter().any(is)) {
                    wrong(found, format!("{value} is not {is_said}"));
                }
            }
            "pattern" => {
                let pattern = regex_lite::Regex::new(is_said.as_str().unwrap_or("")).expect("a pattern");
                if !value.as_str().is_some_and(|text| pattern.is_match(text)) {
                    wrong(found, format!("{value} does not match {is_said}"));
                }
            }
            "minimum" if value.as_i64() < is_said.as_i64() => wrong(found, format!("{value} is too little")),
            "maximum" if value.as_i64() > is_said.as_i64() => wrong(found, format!("{value} is too much")),
            "minItems" | "maxItems" | "minimum" | "maximum" | "properties" => {}
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    misfits(item, is_said, whole, &format!("{place}[{at}]"), found);
                }
            }
            "required" => {
                for key in is_said.as_array().into_iter().flatten().filter_map(Json::as_str) {
                    if value.get(key).is_none() {
                        wrong(found, format!("`{key}` is missing"));
                    }
                }
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Json::as_object);
                for (key, inner) in value.as_object().into_iter().flatten() {
                    let place = format!("{place}.{key}");
                    match (known.and_then(|known| known.get(key)), is_said) {
                        (Some(known), _) => misfits(inner, known, whole, &place, found),
                        (None, Json::Bool(false)) => found.push(format!("{place}: unknown")),
                        (None, other) => misfits(inner, other, whole, &place, found),
                    }
                }
            }
            "anyOf" | "oneOf" => {
                let fits = |one: &&Json| {
                    let mut found = Vec::new();
                    misfits(value, one, whole, place, &mut found);
                    found.is_empty()
                };
                let count = is_said.as_array().into_iter().flatten().filter(fits).count();
                if count == 0 || (word == "oneOf" && count > 1) {
                    wrong(found, format!("{count} of {word} fit"));
                }
            }
            "allOf" => {
                for one in is_said.as_array().into_iter().flatten() {
                    misfits(value, one, whole, place, found);
                }
            }
            other => panic!("the word {other}"),
        }
    }
}

fn found(text: &str) -> Vec<String> {
    // `on` and `no` are text, as everywhere in a spec.
    let options = serde_yaml::options! { strict_booleans: true };
    let value: Json = serde_yaml::from_str_with_options(text, options).expect("it is YAML");
    let (schema, mut found) = (schema(), Vec::new());
    misfits(&value, &schema, &schema, "", &mut found);
    found
}

#[test]
fn every_spec_of_the_repository_fits_it() {
    let mut specs = vec![root().join("connector.yaml"), root().join("spec/tests/acme/spec.yaml")];
    let within = |folder: &str| {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
        entries.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    };
    specs.extend(within("generated-tests/specs"));
    specs.extend(within("connectors").into_iter().map(|folder| folder.join("connector.yaml")));
    specs.retain(|path| path.is_file() && path.extension().is_some_and(|ext| ext == "yaml"));
    assert!(specs.len() >= 23, "{specs:?}");
    for path in specs {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        assert_eq!(found(&text), [""; 0], "{}", path.display());
    }
}

#[test]
fn what_the_checker_refuses_by_its_shape_does_not_fit() {
    let spec = std::fs::read_to_string(root().join("spec/tests/acme/spec.yaml")).expect("it is there");
    for (from, to, place) in [
        ("get: /customers", "gte: /customers", ".resources.customers.gte"),
        ("    records: data.items\n", "", ".resources.events: `records` is missing"),
        ("per: 1m", "per: one minute", ".api.limit: 0 of anyOf"),
        ("value: 50", "value: 0", ".paging.pages.size.value"),
        ("style: comma", "style: coma", ".resources.events.query.kinds"),
        (
            "    entity: acme_customer",
            "    entity: acme_customer\n    event: acme_customer",
            ".resources.customers: 2 of oneOf",
        ),
    ] {
        assert!(spec.contains(from), "{from}");
        let found = found(&spec.replacen(from, to, 1));
        assert!(found.iter().any(|found| found.starts_with(place)), "{to}: {found:?}");
    }
}

/// What an editor is told in the first line of a spec leads to the schema.
#[test]
fn every_connector_names_the_schema_where_it_is() {
    let connectors = std::fs::read_dir(root().join("connectors")).expect("the folder is there");
    let connectors = connectors.map(|entry| entry.expect("an entry").path().join("connector.yaml"));
    let connectors = connectors.filter(|path| path.is_file());
    let specs: Vec<_> = connectors.chain([root().join("connector.yaml")]).collect();
    assert!(specs.len() >= 11, "{specs:?}");
    for path in specs {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let named = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", path.display()));
        let schema = path.parent().expect("a folder").join(named).canonicalize().expect("it leads to a file");
        assert_eq!(schema, root().join("docs/connector.schema.json").canonicalize().expect("it is there"));
    }
}
