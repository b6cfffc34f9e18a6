//! Diagnostics for programs: an array of objects, one for each.

use serde::Serialize;
use tapwright_spec::{Diagnostic, Source};

/// A diagnostic for programs. Lines and columns count from 1, columns in characters; ranges are bytes.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    file: &'a str,
    code: String,
    severity: &'static str,
    message: &'a str,
    label: &'a str,
    line: usize,
    column: usize,
    range: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch: Option<Patch<'a>>,
}

#[derive(Serialize)]
struct Patch<'a> {
    range: [usize; 2],
    replacement: &'a str,
    certainty: &'static str,
}

impl<'a> Shown<'a> {
    pub(super) fn of(diagnostic: &'a Diagnostic, source: &'a Source) -> Self {
        let range = &diagnostic.primary.range;
        let place = source.position(range.start);
        Shown {
            file: source.name(),
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity.name(),
            message: &diagnostic.title,
            label: &diagnostic.primary.text,
            line: place.line,
            column: place.column,
            range: [range.start, range.end],
            help: diagnostic.help.as_deref(),
            patch: diagnostic.patch.as_ref().map(|patch| Patch {
                range: [patch.range.start, patch.range.end],
                replacement: &patch.replacement,
                certainty: patch.certainty.name(),
            }),
        }
    }
}
