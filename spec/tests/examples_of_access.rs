//! The examples of docs/SPEC.md that show how requests prove who asks, and how long to wait, are specs without a mistake.

#![allow(clippy::panic, clippy::expect_used, reason = "a test may")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use tapwright_spec::{Source, check};

const REFERENCE: &str = include_str!("../../docs/SPEC.md");

/// The settings of the examples that are secrets.
const SECRETS: &[&str] = &["apiKey", "clientSecret", "password", "privateKey", "refreshToken"];

/// The blocks of YAML.
fn blocks() -> impl Iterator<Item = &'static str> {
    REFERENCE.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next())
}

/// The settings that a block speaks of.
fn settings(block: &str) -> BTreeSet<&str> {
    let names = block.split("config.").skip(1);
    names.filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next()).collect()
}

/// A small spec with this under `api`.
fn spec(api: &str, block: &str) -> String {
    let mut config = String::new();
    for name in settings(block).into_iter().chain((!block.contains("config.apiKey")).then_some("apiKey")) {
        let ty = match name {
            "method" => "Method",
            secret if SECRETS.contains(&secret) => "secret",
            _ => "string",
        };
        let _ = writeln!(config, "  {name}: {{ type: {ty}, description: A setting. }}");
    }
    let request = if block.contains("body:") { "post: /things\n    json: { all: true }" } else { "get: /things" };
    let types = if block.contains("config.method") { "types: { Method: [api_key, oauth] }\n" } else { "" };
    format!(
        "tapwright: 1\nconnector: example\ndescription: An example.\nconfig:\n{config}{types}api:\n{api}resources:\n  \
         things:\n    description: Things.\n    {request}\n    paging: none\n    records: data\n    entity: example_thing\n    \
         key: id\n    fields: {{ name: string }}\n"
    )
}

#[test]
fn each_way_to_authenticate_can_be_said_as_the_reference_says() {
    let mut seen = 0;
    for block in blocks().filter(|block| block.starts_with("auth:")) {
        let indented: String = block.lines().map(|line| format!("  {line}\n")).collect();
        let text = spec(&format!("  base_url: https://api.example.com\n{indented}"), block);
        let checked = check(&Source::new("example.yaml", &text));
        let errors: Vec<_> = checked.diagnostics.iter().filter(|found| !found.title.contains("is not used")).collect();
        assert!(errors.is_empty() && checked.model.is_some(), "{text}\n{errors:#?}");
        seen += 1;
    }
    assert!(seen >= 12, "{seen}");
}

#[test]
fn waits_can_be_said_as_the_reference_says() {
    let mut seen = 0;
    for block in blocks().filter(|block| block.starts_with("api:\n") && block.contains("retry:")) {
        let rest = block.strip_prefix("api:\n").expect("it begins so");
        let auth = "  auth: { bearer: \"{config.apiKey}\" }\n";
        let text = spec(&format!("  base_url: https://api.example.com\n{auth}{rest}"), block);
        let checked = check(&Source::new("example.yaml", &text));
        assert!(checked.diagnostics.is_empty(), "{text}\n{:#?}", checked.diagnostics);
        seen += 1;
    }
    assert!(seen >= 2, "{seen}");
}
