//! What the parser does not take, in words that say what to do; and characters that nobody can see.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::{MOST_LEVELS, Open, Refusal};
use crate::diagnostic::{Diagnostic, Ledger};
use crate::{Code, Source};

pub(super) fn too_deep(range: &Range<usize>) -> Refusal {
    let title = format!("values are nested more than {MOST_LEVELS} deep");
    Box::new(Diagnostic::error(Code::TOO_MUCH, title, range, "one level too many"))
}

pub(super) fn syntax_error(error: &ScanError, source: &Source, unclosed: Option<&Open>) -> Refusal {
    let at = error.marker().byte_offset().unwrap_or(0);
    let range = place_of(at, source);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(&range);
    }
    if matches!(error.kind(), ErrorKind::DirectiveDisallowed) {
        return Box::new(Diagnostic::error(
            Code::REFUSED_YAML,
            "a directive stands in a spec",
            &range,
            "a spec does without",
        ));
    }
    if let Some(tab) = tab_that_indents(error, source) {
        return Box::new(
            Diagnostic::error(Code::YAML_SYNTAX, "a tab indents a line", &tab, "YAML does not take it here")
                .help("indent with spaces"),
        );
    }
    let line = source.slice(&source.line(source.position(range.start).line));
    let mut diagnostic = Diagnostic::error(Code::YAML_SYNTAX, "the file is not valid YAML", &range, error.info());
    if let Some(open) = unclosed {
        let start = open.range.start;
        diagnostic = diagnostic.label(&(start..start + 1), "this is still open");
    }
    let after_text = matches!(
        error.kind(),
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar
    );
    let help = if after_text {
        Some(
            "a quoted text ends just before; did it begin where it should? Inside `{…}` and `[…]`, a text with `,` in it stands between quotes",
        )
    } else if unclosed.is_some_and(|open| source.position(open.range.start).line == source.position(at).line) {
        Some("inside `{…}` and `[…]`, a text with `,`, `[` or `{` in it stands between quotes")
    } else if line.matches(": ").count() > 1 && !line.contains(['{', '"', '\'']) {
        Some("put a text with `: ` in it between quotes")
    } else {
        None
    };
    Box::new(diagnostic.maybe_help(help.map(str::to_owned)))
}

/// The tabs that indent the line which an error is about: its own; the next, where a text was read on over the end of its
/// line; the first, where no key was found to begin with.
fn tab_that_indents(error: &ScanError, source: &Source) -> Option<Range<usize>> {
    let at = error.marker().byte_offset().unwrap_or(0);
    let mut start = 0;
    let lines = source.text().split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let lines = lines.filter(|(_, line)| !matches!(line.trim_start().chars().next(), None | Some('#')));
    let (from, blamed) = match error.kind() {
        ErrorKind::ExpectedDocumentStart => (0, 1),
        ErrorKind::TabInPlainScalar | ErrorKind::TabAtBlockScalarStart | ErrorKind::TabNotAllowed => (at, 2),
        _ => (at, 1),
    };
    lines.filter(|(begins, line)| begins + line.len() > from).take(blamed).find_map(|(begins, line)| {
        let rest = line.trim_start_matches(' ');
        let tabs = rest.len() - rest.trim_start_matches('\t').len();
        let start = begins + line.len() - rest.len();
        (tabs > 0).then_some(start..start + tabs)
    })
}

/// The character at a byte; at the end of a line or of the file, the last one before it.
fn place_of(at: usize, source: &Source) -> Range<usize> {
    let at = source.clamp(&(at..at)).start;
    let rest = source.text().get(at..).unwrap_or_default();
    if let Some(c) = rest.chars().next().filter(|c| !c.is_whitespace()) {
        return at..at + c.len_utf8();
    }
    let before = source.text().get(..at).unwrap_or_default().trim_end();
    before.char_indices().next_back().map_or(0..0, |(start, c)| start..start + c.len_utf8())
}

/// Characters that cannot be seen, or that make text look other than it is (those that turn its direction).
pub(super) fn is_refused(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b'..='\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn refuse_control_characters(ledger: &mut Ledger<'_>) -> bool {
    let text = ledger.source.text();
    let mut refused = false;
    for (at, c) in text.char_indices().skip_while(|(at, c)| *at == 0 && *c == '\u{feff}') {
        if is_refused(c) {
            refused = true;
            ledger.push(Diagnostic::error(
                Code::CONTROL_CHARACTER,
                format!("the control character U+{:04X} stands in the file", u32::from(c)),
                &(at..at + c.len_utf8()),
                "it cannot be seen",
            ));
        }
    }
    refused
}
