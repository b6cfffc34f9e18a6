//! Diagnostics in the Static Analysis Results Interchange Format, as code hosts and editors take them
//! ([SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)).

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Map, Value, json};
use tapwright_spec::{CODES, Code, Diagnostic, Source};

use crate::pages::page;

/// One log of one run, with the rules that the results refer to.
pub(super) fn log<'a>(found: impl Iterator<Item = (&'a Source, &'a Diagnostic)>) -> Value {
    let mut broken = BTreeSet::new();
    let found = found.inspect(|(_, diagnostic)| {
        broken.insert(diagnostic.code);
    });
    let results: Vec<_> = found.map(|(source, diagnostic)| result(source, diagnostic)).collect();
    // All pages would be many times what was found.
    let page = |code: Code| if broken.contains(&code) { page(code) } else { None };
    let rules: Vec<_> = CODES.iter().map(|(code, meaning)| rule(*code, meaning, page(*code))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "tapwright", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A rule with its page, and where the page is read: that must be an absolute URI, so it takes a `repository` in the manifest.
fn rule(code: Code, meaning: &str, page: Option<&str>) -> Value {
    let mut rule = Map::new();
    rule.insert("id".to_owned(), json!(code.to_string()));
    rule.insert("shortDescription".to_owned(), json!({"text": meaning}));
    if let Some(page) = page {
        rule.insert("help".to_owned(), json!({"text": page, "markdown": page}));
    }
    let repository = env!("CARGO_PKG_REPOSITORY");
    if !repository.is_empty() {
        rule.insert("helpUri".to_owned(), json!(format!("{repository}/blob/main/docs/errors/{code}.md")));
    }
    Value::Object(rule)
}

fn result(source: &Source, diagnostic: &Diagnostic) -> Value {
    let mut message = diagnostic.title.clone();
    for more in [Some(&diagnostic.primary.text), diagnostic.help.as_ref()].into_iter().flatten() {
        if !more.is_empty() {
            message.push_str("; ");
            message.push_str(more);
        }
    }
    let artifact = json!({"uri": uri(source.name())});
    let mut result = json!({
        "ruleId": diagnostic.code.to_string(),
        "level": diagnostic.severity.name(),
        "message": {"text": message},
        "locations": [{
            "physicalLocation": {"artifactLocation": artifact, "region": region(source, &diagnostic.primary.range)},
        }],
    });
    if let (Some(patch), Some(result)) = (&diagnostic.patch, result.as_object_mut()) {
        let replacement = json!({
            "deletedRegion": region(source, &patch.range),
            "insertedContent": {"text": patch.replacement},
        });
        let changes = json!([{"artifactLocation": artifact, "replacements": [replacement]}]);
        let fix = json!({
            "description": {"text": diagnostic.help.as_deref().unwrap_or("write it like this")},
            "artifactChanges": changes,
            "properties": {"certainty": patch.certainty.name()},
        });
        result.insert("fixes".to_owned(), json!([fix]));
    }
    result
}

/// A file's name as a URI reference ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)).
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

fn region(source: &Source, range: &Range<usize>) -> Value {
    let (start, end) = (source.position(range.start), source.position(range.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
