//! Whatever a document says otherwise, a spec of the repository is brought to it with everything else kept.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use tapwright_authoring::drift::{Written, write};
use tapwright_openapi::{Document, Scope};
use tapwright_spec::model::{Connector, Expr, Json, Method, RecordStep, Records, Resource};
use tapwright_spec::{Source, check_with};

/// What is changed of what a record's documentation shows, wherever it is done.
#[derive(Clone, Debug)]
enum Change {
    Gone,
    New(&'static str),
    Another(&'static str),
    Null,
    Optional,
    Deprecated,
    Values(&'static str),
}

const SCHEMAS: [&str; 12] = [
    "type: string",
    "type: integer, description: 'How many: # not a comment, {of} [them]. Or so.'",
    "type: boolean, example: true",
    "type: number, example: -0.5",
    "type: string, format: date-time",
    "type: string, format: date",
    "type: string, example: \"it's \\\"so\\\": # \\\\ \\n\\t x\"",
    "type: array, items: { type: string }, example: ['a, b', '- c', '', 'null']",
    "type: object, properties: { 'x-y z': { type: string }, 'null': {}, n: { type: array, items: {} } }",
    "type: object, additionalProperties: { type: string }, example: { '1': 'no', '#': '' }",
    "oneOf: [{ type: string }, { type: object, properties: { a: {} } }]",
    "",
];

const NAMES: [&str; 12] =
    ["zz_new", "zzNew", "zz-new", "self", "id", "type", "größe", "a.b", "@zz", "zz[]", "null", "updated_at"];

fn changes() -> impl Strategy<Value = Change> {
    let schema = || proptest::sample::select(SCHEMAS.to_vec());
    prop_oneof![
        2 => Just(Change::Gone),
        4 => schema().prop_map(Change::New),
        2 => schema().prop_map(Change::Another),
        2 => Just(Change::Null),
        1 => Just(Change::Optional),
        2 => Just(Change::Deprecated),
        2 => proptest::sample::select(vec!["a, b", "'it''s', '# x', '1', 'null', 'a, b', ': '"]).prop_map(Change::Values),
    ]
}

/// Where in the order of all values of all examples something is changed, and under which name something is new.
type Plan = Vec<(usize, usize, Change)>;

struct Writer<'p> {
    plan: &'p Plan,
    values: usize,
    at: usize,
}

impl Writer<'_> {
    /// An object's schema, as YAML between braces but without them.
    fn object(&mut self, members: &[(String, Json)]) -> String {
        let (mut required, mut properties) = (Vec::new(), Vec::new());
        for (name, value) in members {
            let at = self.at;
            self.at += 1;
            let changes: Vec<_> = self.plan.iter().filter(|(of, ..)| of % self.values == at).cloned().collect();
            let mut schema = self.schema(value);
            let (mut gone, mut optional) = (false, false);
            for (_, name, change) in changes {
                match change {
                    Change::Gone => gone = true,
                    Change::Optional => optional = true,
                    Change::Another(other) => other.clone_into(&mut schema),
                    Change::Null => schema = format!("oneOf: [{{ {schema} }}, {{ type: 'null' }}]"),
                    Change::Deprecated => schema = format!("deprecated: true, allOf: [{{ {schema} }}]"),
                    Change::Values(values) => schema = format!("type: string, enum: [{values}]"),
                    Change::New(new) => {
                        let name = NAMES[name % NAMES.len()];
                        let is_there = properties.iter().any(|known: &String| known.starts_with(&format!("'{name}'")));
                        if !is_there && !members.iter().any(|(known, _)| known == name) {
                            properties.push(format!("'{name}': {{ {new} }}"));
                        }
                    }
                }
            }
            if !gone {
                properties.push(format!("{}: {{ {schema} }}", quoted(name)));
            }
            if !gone && !optional {
                required.push(quoted(name));
            }
        }
        format!("type: object, required: [{}], properties: {{ {} }}", required.join(", "), properties.join(", "))
    }

    fn schema(&mut self, value: &Json) -> String {
        match value {
            Json::Null => String::new(),
            Json::Bool(_) => "type: boolean".to_owned(),
            Json::Integer(_) => "type: integer".to_owned(),
            Json::Number(_) => "type: number".to_owned(),
            Json::Text(_) => "type: string".to_owned(),
            Json::Array(items) => {
                let item = items.first().map(|item| self.schema(item)).unwrap_or_default();
                format!("type: array, items: {{ {item} }}")
            }
            Json::Object(members) if members.is_empty() => "type: object".to_owned(),
            Json::Object(members) => self.object(members),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// How many values the examples have.
fn values(connector: &Connector) -> usize {
    fn of(value: &Json) -> usize {
        match value {
            Json::Object(members) => members.iter().map(|(_, value)| 1 + of(value)).sum(),
            Json::Array(items) => items.first().map_or(0, of),
            _ => 0,
        }
    }
    connector.resources.iter().filter_map(|resource| resource.example.as_ref()).map(of).sum()
}

fn text(expr: &Expr) -> String {
    match expr {
        Expr::Text(text) => text.clone(),
        Expr::Concat(parts) => parts.iter().map(text).collect(),
        _ => "{x}".to_owned(),
    }
}

/// The document that a spec is the spec of, but for what is changed.
fn document(connector: &Connector, plan: &Plan) -> String {
    let mut out = format!("openapi: 3.1.0\nservers: [{{ url: {} }}]\npaths:\n", quoted(&text(&connector.api.base_url)));
    let mut writer = Writer { plan, values: values(connector).max(1), at: 0 };
    let mut paths = Vec::new();
    for resource in &connector.resources {
        let Some((example, keys)) = resource.example.as_ref().zip(keys(resource)) else { continue };
        let mut schema = writer.schema(example);
        if !matches!(resource.records, Records::One(_)) {
            schema = format!("type: array, items: {{ {schema} }}");
        }
        for key in keys.iter().rev() {
            schema = format!("properties: {{ {}: {{ {schema} }} }}", quoted(key));
        }
        let method = if resource.method == Method::Post { "post" } else { "get" };
        let path = (method, text(&resource.path));
        if !paths.contains(&path) {
            let _ = writeln!(
                out,
                "  {}: {{ {method}: {{ responses: {{ '200': {{ content: {{ application/json: {{ schema: {{ {schema} }} }} }} }} }} }} }}",
                quoted(&path.1)
            );
            paths.push(path);
        }
    }
    out
}

/// The keys that lead to a resource's records, where nothing else does.
fn keys(resource: &Resource) -> Option<Vec<String>> {
    match &resource.records {
        Records::One(keys) => Some(keys.clone()),
        Records::Zip(_) => None,
        Records::At(steps) => {
            let key = |step: &RecordStep| if let RecordStep::Key(key) = step { Some(key.clone()) } else { None };
            steps.iter().map(key).collect()
        }
    }
}

fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut specs = vec![root.join("connector.yaml")];
    let connectors = std::fs::read_dir(root.join("connectors")).unwrap();
    specs.extend(connectors.map(|entry| entry.unwrap().path().join("connector.yaml")).filter(|spec| spec.exists()));
    specs.sort();
    assert!(specs.len() > 8, "{specs:?}");
    specs
}

fn read(spec: &Path) -> impl Fn(&str) -> Result<Vec<u8>, String> {
    let folder = spec.parent().unwrap().to_owned();
    move |path| std::fs::read(folder.join(path)).map_err(|error| error.to_string())
}

fn model(spec: &Path, text: &str) -> Option<Connector> {
    check_with(&Source::new("connector.yaml", text), &read(spec)).model
}

fn brought(spec: &Path, text: &str, document: &Document) -> Written {
    write(&Source::new("connector.yaml", text), document, &read(spec)).unwrap()
}

/// The comments that have a line of their own.
fn comments(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).collect()
}

#[test]
fn a_spec_that_is_brought_to_any_document_is_one_and_keeps_what_is_not_spoken_of() {
    let specs = specs();
    let plans = proptest::collection::vec((any::<usize>(), any::<usize>(), changes()), 1..4);
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let count = std::cell::Cell::new((0, 0));
    runner
        .run(&(proptest::sample::select(specs), plans), |(spec, plan)| {
            let before = std::fs::read_to_string(&spec).unwrap();
            let connector = model(&spec, &before).unwrap();
            let yaml = document(&connector, &plan);
            let read = Document::read(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
            let written = brought(&spec, &before, &read);
            let left = written.left.iter().filter(|(finding, _)| finding.change.scope == Scope::Record);
            count.set((count.get().0 + written.done.len(), count.get().1 + left.count()));
            let Some(after) = model(&spec, &written.text) else { panic!("no spec any more:\n{}", written.text) };
            // Comments stay, each once and in their order.
            prop_assert_eq!(comments(&before), comments(&written.text));
            // What no finding is of is as it was.
            let touched = |resource: &str, column: &str, path: &str| {
                written.done.iter().any(|(finding, _)| {
                    let of = finding.resource == resource;
                    of && (finding.columns.iter().any(|touched| touched == column) || finding.change.field == path)
                })
            };
            for (old, new) in connector.resources.iter().zip(&after.resources) {
                prop_assert_eq!(&old.name, &new.name);
                prop_assert_eq!((&old.path, &old.query, &old.keep), (&new.path, &new.query, &new.keep));
                for field in &old.row.fields {
                    let same = new.row.fields.iter().find(|other| other.name == field.name);
                    let is_same = same.is_some_and(|other| {
                        (&other.from, other.nullable, &other.description)
                            == (&field.from, field.nullable, &field.description)
                    });
                    prop_assert!(
                        is_same || touched(&old.name, &field.name, &field.name),
                        "{} of {}",
                        field.name,
                        old.name
                    );
                }
            }
            // No line that is not part of an edit is another: whatever was done, few lines are.
            let changed = before.lines().filter(|line| !written.text.lines().any(|other| other == *line)).count();
            prop_assert!(changed <= 12 * written.done.len(), "{changed} lines for {:?}", written.done);
            // With other line ends the same is done.
            let windows = brought(&spec, &before.replace('\n', "\r\n"), &read);
            prop_assert_eq!(windows.text, written.text.replace('\n', "\r\n"));
            // And once more it is done no more.
            let again = brought(&spec, &written.text, &read);
            prop_assert_eq!(again.text, written.text);
            Ok(())
        })
        .unwrap();
    let (done, left) = count.get();
    println!("{done} written, {left} left");
    assert!(done > 30 && left < 2 * done, "{done} written, {left} left");
}
