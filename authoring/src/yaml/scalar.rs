//! Texts as YAML: plain where that reads the same, between quotes where it does not.

use std::fmt::Write as _;

use super::WIDTH;

/// The text without characters that cannot be seen or that turn its direction: no spec has them.
#[must_use]
pub fn visible(text: &str) -> String {
    let is_seen = |c: &char| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        !turns && (!c.is_control() || matches!(c, '\n' | '\t'))
    };
    text.replace("\r\n", "\n").chars().filter(is_seen).collect()
}

/// Where a scalar stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before a `:`.
    Key,
    /// Behind a key, alone on the line.
    Line,
    /// Within `{…}` or `[…]`.
    Flow,
}

/// A text as it is written there: between quotes where YAML would take it for something else.
pub(super) fn scalar(text: &str, place: Place) -> String {
    if is_plain(text, place) {
        return text.to_owned();
    }
    let needs_escapes = text.chars().any(|c| c.is_control() || !is_plain_char(c));
    if text.contains(['"', '\\']) && !needs_escapes {
        return format!("'{}'", text.replace('\'', "''"));
    }
    format!("\"{}\"", escaped(text))
}

/// A text as it stands within `{…}` or `[…]`, with no character that no spec has.
pub(crate) fn in_flow(text: &str) -> String {
    scalar(&visible(text), Place::Flow)
}

/// A text as it stands alone on the line, behind a key or a `-`.
pub(crate) fn on_line(text: &str) -> String {
    scalar(&visible(text), Place::Line)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_plain_char(c) => out.push(c),
            c if u32::from(c) <= 0xffff => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out
}

/// Characters that YAML and people read alike: no line separators, no spaces that are none.
fn is_plain_char(c: char) -> bool {
    c == ' ' || !(c.is_control() || c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

fn is_plain(text: &str, place: Place) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    let begins_well = first.is_alphabetic() || matches!(first, '_' | '/' | '$' | '(');
    let is_word = ["null", "true", "false"].contains(&text.to_ascii_lowercase().as_str());
    let reads_as_more = text.contains(": ") || text.contains(" #") || last == ':' || last == ' ';
    let breaks_flow = place != Place::Line && text.contains([',', '[', ']', '{', '}']);
    // Nothing that stands in a line with others, or before a `:`, may have one.
    let breaks_key = place != Place::Line && text.contains(":");
    let is_address = place == Place::Flow && text.contains("://") && text.matches(':').count() == 1;
    begins_well
        && !is_word
        && !reads_as_more
        && !breaks_flow
        && (!breaks_key || is_address)
        && text.chars().all(is_plain_char)
}

/// A text on several lines, between quotes; none when a line cannot be broken without changing it.
pub(super) fn folded(text: &str, indent: usize, column: usize) -> Option<String> {
    let unbroken = |text: &str| text.contains("  ") || text.starts_with(' ') || text.ends_with(' ');
    if unbroken(text) || text.contains(['\n', '\t', '\r']) || !text.contains(' ') {
        return None;
    }
    let pad = " ".repeat(indent);
    let mut out = String::from("\"");
    let mut at = column + 1;
    for (number, word) in text.split(' ').enumerate() {
        let word = escaped(word);
        let length = word.chars().count();
        if number > 0 && at + 1 + length > WIDTH {
            let _ = write!(out, "\n{pad}{word}");
            at = indent + length;
        } else {
            let _ = write!(out, "{}{word}", if number > 0 { " " } else { "" });
            at += length + usize::from(number > 0);
        }
    }
    out.push('"');
    Some(out)
}
