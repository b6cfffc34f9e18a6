//! A diagnostic as text: the source line, carets, labels, what to do.
//!
//! It decides how things look and nothing else; which lines are shown, and what in them is hidden, the language says.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, normalize_untrusted_str};

use tapwright_spec::{Diagnostic, Lines, Severity, Source};

/// How a diagnostic is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only, for a compiler's message or a file.
    Plain,
    /// With a terminal's colours.
    Colored,
}

/// A diagnostic as it is shown to people, without a line break at the end.
///
/// ```
/// # use tapwright_render::{render, Style};
/// # use tapwright_spec::{check, Source};
/// let source = Source::new("connector.yaml", "tapwright: 1\nconector: acme\n");
/// let checked = check(&source);
/// let text = render(&checked.diagnostics[1], &source, Style::Plain);
/// assert!(text.starts_with("error: unknown key `conector` in the spec [C0102]\n --> connector.yaml:2:1"));
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, source: &Source, style: Style) -> String {
    let lines = Lines::around(diagnostic, source);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let snippet = Snippet::source(lines.text.as_str())
        .line_start(lines.first)
        .path(source.name())
        .annotation(
            AnnotationKind::Primary
                .span(lines.place(&diagnostic.primary.range, source))
                .label(some(&diagnostic.primary.text)),
        )
        .annotations(
            diagnostic
                .labels
                .iter()
                .map(|label| AnnotationKind::Context.span(lines.place(&label.range, source)).label(some(&label.text))),
        );
    let title = level.primary_title(format!("{} [{}]", diagnostic.title, diagnostic.code));
    let mut report = vec![title.element(snippet)];
    let help = diagnostic.help.as_deref().map(normalize_untrusted_str);
    match (&diagnostic.patch, help) {
        (Some(patch), help) => {
            let help = help.unwrap_or_else(|| "write it like this".to_owned());
            let snippet = Snippet::source(lines.text.as_str())
                .line_start(lines.first)
                .path(source.name())
                .patch(Patch::new(lines.place_exactly(&patch.range), patch.replacement.as_str()));
            report.push(Group::with_title(Level::HELP.secondary_title(help)).element(snippet));
        }
        (None, Some(help)) => {
            if let Some(first) = report.pop() {
                report.push(first.element(Level::HELP.message(help)));
            }
        }
        (None, None) => {}
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    renderer.render(&report)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
