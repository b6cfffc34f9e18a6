//! The small spec that the tests edit: it has one of everything and no mistake.

#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::expect_used, reason = "a test may")]

use tapwright_render::{Style, render};
use tapwright_spec::{Checked, Diagnostic, Source, check, model};

/// The spec.
pub(crate) const SPEC: &str = include_str!("spec.yaml");

/// The spec with texts in it replaced; each must stand there exactly once.
pub(crate) fn with(edits: &[(&str, &str)]) -> Source {
    let mut text = SPEC.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in the spec");
        text = text.replace(from, to);
    }
    Source::new("acme.yaml", text)
}

/// What came of checking the spec with edits.
pub(crate) fn checked(edits: &[(&str, &str)]) -> Checked {
    check(&with(edits))
}

/// The model of the spec with edits, which must be without a mistake.
pub(crate) fn model(edits: &[(&str, &str)]) -> model::Connector {
    let source = with(edits);
    let checked = check(&source);
    assert!(checked.diagnostics.is_empty(), "{}", shown(&checked.diagnostics, &source));
    checked.model.expect("there is no error")
}

/// Diagnostics as people see them.
pub(crate) fn shown(diagnostics: &[Diagnostic], source: &Source) -> String {
    diagnostics.iter().map(|diagnostic| render(diagnostic, source, Style::Plain)).collect::<Vec<_>>().join("\n\n")
}
