//! Examples of the reference are specs: each is put where it belongs in a small one, and is without a mistake.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

use std::path::Path;

use tapwright_render::{Style, render};
use tapwright_spec::{Severity, Source, check_with};

const QUERY: &[u8] = b"query ($first: Int!, $after: String, $state: State) {
  issues(first: $first, after: $after, state: $state) { nodes { id title } pageInfo { hasNextPage endCursor } }
}";

/// The YAML under a heading that says `text`, indented as a resource is.
fn example(heading: &str, text: &str) -> String {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/SPEC.md");
    let reference = std::fs::read_to_string(reference).expect("the reference is there");
    let section = reference.split("\n### ").find(|section| section.starts_with(heading)).expect("the heading");
    let mut blocks = section.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    let block = blocks.find(|block| block.contains(text)).unwrap_or_else(|| panic!("no example with `{text}`"));
    block.lines().map(|line| format!("  {line}\n")).collect()
}

#[test]
fn hooks_files_and_page_sizes_are_said_as_the_reference_says_them() {
    let whole = |paging: &str, records: &str| {
        format!(
            "    description: Of them.\n    paging: {paging}\n    records: {records}\n    entity: thing\n    key: id\n    fields: {{ name: string? }}\n"
        )
    };
    let graph = "{ cursor: { from: data.issues.pageInfo.endCursor, to: body.variables.after }, \
                 size: { to: body.variables.first, value: 50 } }";
    let tokens = "{ cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 200 } }";
    for (heading, text, paging, rest) in [
        ("Requests", "file: queries/issues.graphql", graph, whole("all", "data.issues.nodes")),
        ("Requests", "query ($first: Int!", graph, whole("all", "data.issues.nodes")),
        ("Paging", "use: tokens, size: 50", tokens, whole("all", "data").replace("    paging: all\n", "")),
        ("Hooks", "hook: writes", tokens, whole("all", "data")),
    ] {
        let mut resource = example(heading, text);
        if let Some(at) = resource.find("  issues:\n") {
            resource.drain(..at);
        }
        let name = if heading == "Paging" { "tokens" } else { "all" };
        let spec = format!(
            "tapwright: 1\nconnector: acme\ndescription: Acme.\napi: {{ base_url: https://acme.test, auth: none }}\n\
             paging:\n  {name}: {paging}\nresources:\n{resource}{rest}"
        );
        let source = Source::new("acme.yaml", spec);
        let checked = check_with(&source, &|path| match path {
            "queries/issues.graphql" => Ok(QUERY.to_vec()),
            _ => Err("no such file".to_owned()),
        });
        let wrong = checked.diagnostics.iter().filter(|found| found.severity != Severity::Note);
        let wrong: Vec<_> = wrong.map(|found| render(found, &source, Style::Plain)).collect();
        assert!(wrong.is_empty() && checked.model.is_some(), "{}", wrong.join("\n\n"));
    }
}

#[test]
fn lists_records_windows_and_feeds_are_said_as_the_reference_says_them() {
    // What the examples leave out, and the resources that they speak of.
    let rest = |more: &str| format!("    description: Of them.\n    paging: none\n    entity: row\n{more}");
    let (id, fields) = ("    key: id\n", "    fields: { name: string? }\n");
    let data = "    records: data\n";
    let others = "  users:\n    description: Users.\n    get: /users\n    paging: none\n    records: data\n    \
                  entity: user\n    key: id\n    updated_at: changed\n    incremental: { window: { from: query.since } }\n    \
                  fields: { name: string? }\n  groups:\n    description: Groups.\n    get: /groups\n    paging: none\n    \
                  records: data\n    entity: group\n    key: id\n    fields: { name: string? }\n";
    let event = "    description: Of them.\n    paging: none\n    event: row\n    at: at\n";
    for (heading, text, more) in [
        ("Records", "issues[].changelog.histories", rest("")),
        ("One list", "config.regions", rest(&format!("{data}    fields: {{ number: integer }}\n"))),
        ("One list", "any_of", rest(&[data, id, fields].concat())),
        ("One list", "only: changed", rest(&[data, id, fields].concat())),
        ("Incremental", "window.start", [event, data, id, fields].concat()),
        ("Incremental", "newest_first", [event, data, id, fields].concat()),
    ] {
        let block = example(heading, text);
        // A block that is more than a resource has its own top.
        let (top, resource) = match block.split_once("  resources:\n") {
            Some((top, resource)) => {
                (top.replace("\n  ", "\n").trim_start().to_owned(), resource.replace("\n  ", "\n"))
            }
            None => (String::new(), block),
        };
        let resource = resource.strip_prefix("    ").map_or(resource.clone(), |rest| format!("  {rest}"));
        let spec = format!(
            "tapwright: 1\nconnector: acme\ndescription: Acme.\n{top}api: {{ base_url: https://acme.test, auth: none }}\n\
             resources:\n{others}{resource}{more}"
        );
        let source = Source::new("acme.yaml", spec);
        let checked = check_with(&source, &|_| Err("no such file".to_owned()));
        let wrong: Vec<_> = checked.diagnostics.iter().map(|found| render(found, &source, Style::Plain)).collect();
        assert!(wrong.is_empty() && checked.model.is_some(), "{}", wrong.join("\n\n"));
    }
}
