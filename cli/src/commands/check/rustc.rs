//! Diagnostics as rustc prints them with `--error-format=json`, each in the envelope in which cargo passes it on
//! ([rustc](https://doc.rust-lang.org/rustc/json.html),
//! [cargo](https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages)): what rust-analyzer takes from the
//! command of its `check.overrideCommand`.

use std::ops::Range;

use serde_json::{Value, json};
use tapwright_render::{Style, render};
use tapwright_spec::{Certainty, Diagnostic, Lines, Source};

use crate::pages::page;

/// A diagnostic, in its envelope.
pub(super) fn message(source: &Source, diagnostic: &Diagnostic) -> Value {
    json!({
        "reason": "compiler-message",
        "package_id": format!("tapwright:{}", source.name()),
        "manifest_path": source.name(),
        // Cargo says which of a package's targets a message is about; a spec is none, and stands for itself.
        "target": {
            "kind": ["lib"],
            "crate_types": ["lib"],
            "name": source.name(),
            "src_path": source.name(),
            "edition": "2024",
            "doc": false,
            "doctest": false,
            "test": false,
        },
        "message": bare(source, diagnostic),
    })
}

/// What cargo says last.
pub(super) fn finished(success: bool) -> Value {
    json!({"reason": "build-finished", "success": success})
}

fn bare(source: &Source, diagnostic: &Diagnostic) -> Value {
    let place = Place { source, lines: Lines::around(diagnostic, source) };
    let primary = place.span(&diagnostic.primary.range, true, &diagnostic.primary.text);
    let others = diagnostic.labels.iter().map(|label| place.span(&label.range, false, &label.text));
    let spans: Vec<_> = std::iter::once(primary).chain(others).collect();
    json!({
        "$message_type": "diagnostic",
        "message": diagnostic.title,
        "code": {"code": diagnostic.code.to_string(), "explanation": page(diagnostic.code)},
        "level": diagnostic.severity.name(),
        "spans": spans,
        "children": child(&place, diagnostic).into_iter().collect::<Vec<_>>(),
        "rendered": format!("{}\n\n", render(diagnostic, source, Style::Plain)),
    })
}

/// What to do, and the edit that would do it.
fn child(place: &Place<'_>, diagnostic: &Diagnostic) -> Option<Value> {
    let mut spans = Vec::new();
    if let Some(patch) = &diagnostic.patch {
        let applicability = match patch.certainty {
            Certainty::Certain => "MachineApplicable",
            Certainty::Maybe => "MaybeIncorrect",
        };
        let mut span = place.span(&patch.range, true, "");
        if let Some(span) = span.as_object_mut() {
            span.insert("suggested_replacement".to_owned(), json!(patch.replacement));
            span.insert("suggestion_applicability".to_owned(), json!(applicability));
        }
        spans.push(span);
    }
    let help = diagnostic.help.as_deref().or_else(|| diagnostic.patch.as_ref().map(|_| "write it like this"))?;
    Some(json!({
        "$message_type": "diagnostic",
        "message": help,
        "code": null,
        "level": "help",
        "spans": spans,
        "children": [],
        "rendered": null,
    }))
}

struct Place<'a> {
    source: &'a Source,
    lines: Lines,
}

impl Place<'_> {
    fn span(&self, range: &Range<usize>, is_primary: bool, label: &str) -> Value {
        let (start, end) = (self.source.position(range.start), self.source.position(range.end));
        let text: Vec<_> = (start.line..=end.line)
            .map(|line| {
                let text = self.lines.text.lines().nth(line.saturating_sub(self.lines.first)).unwrap_or_default();
                let from = if line == start.line { start.column } else { 1 };
                let to = if line == end.line { end.column } else { text.chars().count() + 1 };
                json!({"text": text, "highlight_start": from, "highlight_end": to})
            })
            .collect();
        json!({
            "file_name": self.source.name(),
            "byte_start": range.start,
            "byte_end": range.end,
            "line_start": start.line,
            "line_end": end.line,
            "column_start": start.column,
            "column_end": end.column,
            "is_primary": is_primary,
            "text": text,
            "label": (!label.is_empty()).then_some(label),
            "suggested_replacement": null,
            "suggestion_applicability": null,
            "expansion": null,
        })
    }
}
