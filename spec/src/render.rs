//! A diagnostic as text: the source line, carets, labels, what to do.
//!
//! It decides how things look and nothing else. No credential is shown: neither what the checker found to be
//! one, nor what looks like one in a line that is shown for another reason.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, normalize_untrusted_str};

use crate::Source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::secret::{self, Moved};

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
/// # use tapwright_spec::{check, render, Source, Style};
/// let source = Source::new("connector.yaml", "tapwright: 1\nconector: acme\n");
/// let checked = check(&source);
/// let text = render(&checked.diagnostics[1], &source, Style::Plain);
/// assert!(text.starts_with("error: unknown key `conector` in the spec [C0102]\n --> connector.yaml:2:1"));
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, source: &Source, style: Style) -> String {
    let window = Window::around(diagnostic, source);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let snippet =
        Snippet::source(window.text.as_str())
            .line_start(window.first_line)
            .path(source.name())
            .annotation(
                AnnotationKind::Primary
                    .span(window.place(&diagnostic.primary.range, source))
                    .label(some(&diagnostic.primary.text)),
            )
            .annotations(diagnostic.labels.iter().map(|label| {
                AnnotationKind::Context.span(window.place(&label.range, source)).label(some(&label.text))
            }));
    let title = level.primary_title(format!("{} [{}]", diagnostic.title, diagnostic.code));
    let mut report = vec![title.element(snippet)];
    let help = diagnostic.help.as_deref().map(normalize_untrusted_str);
    match (&diagnostic.patch, help) {
        (Some(patch), help) => {
            let help = help.unwrap_or_else(|| "write it like this".to_owned());
            let snippet = Snippet::source(window.text.as_str())
                .line_start(window.first_line)
                .path(source.name())
                .patch(Patch::new(window.place_exactly(&patch.range), patch.replacement.as_str()));
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

/// The lines of the file that a diagnostic shows, with credentials hidden.
struct Window {
    text: String,
    first_line: usize,
    start: usize,
    moved: Moved,
}

impl Window {
    fn around(diagnostic: &Diagnostic, source: &Source) -> Self {
        let mut lines = std::iter::once(&diagnostic.primary.range)
            .chain(diagnostic.labels.iter().map(|label| &label.range))
            .chain(diagnostic.patch.iter().map(|patch| &patch.range))
            .flat_map(|range| [range.start, range.end])
            .map(|offset| source.position(offset).line);
        let first = lines.next().unwrap_or(1);
        let (first_line, last_line) = lines.fold((first, first), |(low, high), line| (low.min(line), high.max(line)));
        let range = source.line(first_line).start..source.line(last_line).end;
        let shown = source.slice(&range);
        let mut hidden = secret::found(shown);
        hidden.extend(diagnostic.hidden.iter().filter_map(|hidden| {
            let start = hidden.start.max(range.start);
            let end = hidden.end.min(range.end);
            (start < end).then(|| start - range.start..end - range.start)
        }));
        let (text, moved) = secret::hide(shown, &hidden);
        Window { text, first_line, start: range.start, moved }
    }

    /// Where a range stands in the window. Of a range of several lines, the first is underlined.
    fn place(&self, range: &Range<usize>, source: &Source) -> Range<usize> {
        let line = source.line(source.position(range.start).line);
        self.place_exactly(&(range.start..range.end.min(line.end).max(range.start)))
    }

    fn place_exactly(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| self.moved.offset(offset.saturating_sub(self.start)).min(self.text.len());
        place(range.start)..place(range.end)
    }
}
