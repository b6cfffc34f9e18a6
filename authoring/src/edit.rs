//! Edits of a spec's text that leave everything else as it is: comments, order and layout.

use std::ops::Range;

use tapwright_spec::{Place, Source};

use crate::yaml::{in_flow, on_line};

/// A line is not made longer than so many characters where it can be helped.
const WIDE: usize = 118;

/// Puts `text` in place of bytes. Its lines end as those of the file do there.
pub(crate) fn replaced(source: &Source, range: &Range<usize>, text: &str) -> String {
    let whole = source.text();
    let (before, behind) = (whole.get(..range.start).unwrap_or_default(), whole.get(range.end..).unwrap_or_default());
    let ends = match behind.split_once('\n') {
        Some((line, _)) => line.ends_with('\r'),
        None => before.rsplit_once('\n').is_some_and(|(line, _)| line.ends_with('\r')),
    };
    let text = if ends { text.replace('\n', "\r\n") } else { text.to_owned() };
    format!("{before}{text}{behind}")
}

/// Adds an item to the end of a list. None of what is no list, or an empty one.
pub(crate) fn with_item(source: &Source, list: &Place<'_>, value: &str) -> Option<String> {
    let last = list.items().last()?.range();
    if is_flow(source, list) {
        return Some(behind_last(source, list, &last, &in_flow(value), false));
    }
    let dash = source.slice(&(source.line(source.position(last.start).line).start..last.start)).to_owned();
    let at = line_end(source, last.end);
    Some(replaced(source, &(at..at), &format!("\n{dash}{}", on_line(value))))
}

/// Adds something between brackets behind what is last there: on its line, or on one of its own, if `apart` or where that would
/// be too long.
fn behind_last(source: &Source, of: &Place<'_>, last: &Range<usize>, text: &str, apart: bool) -> String {
    let line = source.line(source.position(last.end).line);
    let behind = source.slice(&(last.end..line.end));
    let is_one_line = source.position(of.range().start).line == source.position(of.range().end).line;
    let fits = source.slice(&line).chars().count() + text.chars().count() + 2 <= WIDE;
    let before_comment = behind.split('#').next().unwrap_or_default();
    if is_one_line || (fits && !apart) || before_comment.contains([']', '}']) {
        return replaced(source, &(last.end..last.end), &format!(", {text}"));
    }
    // The comment behind the last stays behind it, and a comma at the end a comma at the end.
    let (comma, end) = if before_comment.trim_start().starts_with(',') { ("", ",") } else { (",", "") };
    let indent = " ".repeat(indent(source, last.start));
    replaced(source, &(last.end..line.end), &format!("{comma}{behind}\n{indent}{text}{end}"))
}

/// Takes an item out of a list. None where it is not in it, or the only one.
pub(crate) fn without_item(source: &Source, list: &Place<'_>, value: &str) -> Option<String> {
    let items: Vec<Range<usize>> = list.items().map(|item| item.range()).collect();
    let at = list.items().position(|item| item.text() == Some(value))?;
    without(source, is_flow(source, list), &items, at)
}

/// Takes one of several out, with one comma or with its lines.
fn without(source: &Source, is_flow: bool, all: &[Range<usize>], at: usize) -> Option<String> {
    let gone = all.get(at).filter(|_| all.len() > 1)?;
    if !is_flow {
        return Some(replaced(source, &lines_of(source, gone), ""));
    }
    let (before, behind) = (at.checked_sub(1).and_then(|at| all.get(at)), all.get(at + 1));
    let lines = source.line(source.position(gone.start).line).start..line_end(source, gone.end);
    let (left, right) =
        (source.slice(&(lines.start..gone.start)).trim(), source.slice(&(gone.end..lines.end)).trim_start());
    let rest = right.strip_prefix(',').map(str::trim_start);
    // Alone on its lines it goes with them, and with the comment on them.
    if left.is_empty()
        && rest.or(behind.is_none().then_some(right)).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
    {
        return Some(replaced(source, &lines_of(source, gone), ""));
    }
    let range = match (before, behind) {
        (_, Some(behind)) => gone.start..behind.start,
        (Some(before), None) => before.end..gone.end,
        (None, None) => return None,
    };
    let beside = [range.start..gone.start, gone.end..range.end];
    if !beside.iter().any(|beside| source.slice(beside).contains('#')) {
        return Some(replaced(source, &range, ""));
    }
    // A comment between it and its neighbour is about something else.
    match rest {
        Some(rest) => Some(replaced(source, &(gone.start..lines.end - rest.len()), "")),
        None if behind.is_none() => Some(replaced(source, gone, "")),
        None => None,
    }
}

/// Adds an entry to the end of a mapping. `entry` is what stands there, `name: value`; what follows its first line is
/// indented below its key. None of what is no mapping, or an empty one.
pub(crate) fn with_entry(source: &Source, mapping: &Place<'_>, entry: &str) -> Option<String> {
    let last = mapping.members().last()?.whole();
    if is_flow(source, mapping) {
        return (!entry.contains('\n')).then(|| behind_last(source, mapping, &last, entry, true));
    }
    let indent = " ".repeat(source.position(mapping.members().next()?.whole().start).column.saturating_sub(1));
    let lines: Vec<String> = entry.lines().map(|line| format!("{indent}{line}")).collect();
    let at = line_end(source, last.end);
    Some(replaced(source, &(at..at), &format!("\n{}", lines.join("\n"))))
}

/// Takes an entry out of a mapping. None where it is not in it, or the only one.
pub(crate) fn without_entry(source: &Source, mapping: &Place<'_>, name: &str) -> Option<String> {
    let members: Vec<Range<usize>> = mapping.members().map(|member| member.whole()).collect();
    let at = mapping.members().position(|member| member.key() == Some(name))?;
    without(source, is_flow(source, mapping), &members, at)
}

/// Whether a text is a block behind a `|` or `>`, which stands before what its range covers.
pub(crate) fn is_block_text(source: &Source, place: &Place<'_>) -> bool {
    let head = source.slice(&(place.whole().start..place.range().start));
    let behind_key = head.split_once('\n').and_then(|(line, _)| line.split_once(": "));
    behind_key.is_some_and(|(_, header)| header.trim_start().starts_with(['|', '>']))
}

/// Whether it stands between brackets.
pub(crate) fn is_flow(source: &Source, place: &Place<'_>) -> bool {
    source.slice(&place.range()).starts_with(['[', '{'])
}

/// A line that is too long for one.
pub(crate) fn is_wide(line: &str, indent: usize) -> bool {
    indent + line.chars().count() > WIDE
}

/// The lines that a range is on, with the break behind them.
fn lines_of(source: &Source, range: &Range<usize>) -> Range<usize> {
    let start = source.line(source.position(range.start).line).start;
    let end = line_end(source, range.end);
    let behind = source.text().get(end..).unwrap_or_default();
    let line_break = if behind.starts_with("\r\n") { 2 } else { usize::from(behind.starts_with('\n')) };
    start..end + line_break
}

/// The end of the line that a byte is on, with the comment that stands there.
fn line_end(source: &Source, at: usize) -> usize {
    source.line(source.position(at).line).end
}

/// By how much the line is indented that a byte is on.
fn indent(source: &Source, at: usize) -> usize {
    let line = source.slice(&source.line(source.position(at).line));
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tapwright_spec::Places;

    fn edited(text: &str, path: &[&str], edit: impl Fn(&Source, &Place<'_>) -> Option<String>) -> String {
        let source = Source::new("spec.yaml", text);
        let places = Places::of(&source).unwrap();
        edit(&source, &places.at(path).unwrap()).unwrap()
    }

    #[test]
    fn an_item_is_added_in_the_list_s_own_style() {
        let add = |source: &Source, list: &Place<'_>| with_item(source, list, "c d");
        assert_eq!(edited("k: [a, b] # why\n", &["k"], add), "k: [a, b, c d] # why\n");
        assert_eq!(edited("k:\n  - a\n  - b # why\nl: x\n", &["k"], add), "k:\n  - a\n  - b # why\n  - c d\nl: x\n");
        assert_eq!(edited("k:\n  [\n    a, b,\n  ]\n", &["k"], add), "k:\n  [\n    a, b, c d,\n  ]\n");
        let long = "x".repeat(113);
        let wrapped = edited(&format!("k:\n  [\n    {long},\n  ]\n"), &["k"], add);
        assert_eq!(wrapped, format!("k:\n  [\n    {long},\n    c d,\n  ]\n"));
    }

    #[test]
    fn an_item_is_taken_out_with_its_comma_or_line() {
        let without = |name: &'static str| move |source: &Source, list: &Place<'_>| without_item(source, list, name);
        assert_eq!(edited("k: [a, b, c]\n", &["k"], without("b")), "k: [a, c]\n");
        assert_eq!(edited("k: [a, b, c]\n", &["k"], without("c")), "k: [a, b]\n");
        assert_eq!(edited("k: [a, b, c]\n", &["k"], without("a")), "k: [b, c]\n");
        assert_eq!(
            edited("k:\n  - a\n  - b # gone\n  # c\n  - c\n", &["k"], without("b")),
            "k:\n  - a\n  # c\n  - c\n"
        );
    }

    #[test]
    fn an_entry_is_added_below_the_last_and_taken_out_whole() {
        let add = |source: &Source, map: &Place<'_>| with_entry(source, map, "c:\n  d: 1");
        let text = "k:\n  a: 1\n  b: # why\n    x: 2 # x\n\n# end\nl: 3\n";
        let expected = "k:\n  a: 1\n  b: # why\n    x: 2 # x\n  c:\n    d: 1\n\n# end\nl: 3\n";
        assert_eq!(edited(text, &["k"], add), expected);
        let without = |source: &Source, map: &Place<'_>| without_entry(source, map, "b");
        assert_eq!(edited(text, &["k"], without), "k:\n  a: 1\n\n# end\nl: 3\n");
        assert_eq!(edited("k: { a: 1, b: 2, c: 3 }\n", &["k"], without), "k: { a: 1, c: 3 }\n");
        let add = |source: &Source, map: &Place<'_>| with_entry(source, map, "c: 3");
        assert_eq!(edited("k: { a: 1, b: 2 }\n", &["k"], add), "k: { a: 1, b: 2, c: 3 }\n");
    }

    #[test]
    fn a_comment_stays_with_what_it_is_about() {
        let text = "k: {\n  a: 1, # about a\n  # above b\n  b: 2, # about b\n  c: 3 # about c\n}\n";
        let gone = |name: &'static str| {
            edited(text, &["k"], |source: &Source, map: &Place<'_>| without_entry(source, map, name))
        };
        assert_eq!(gone("a"), text.replace("  a: 1, # about a\n", ""));
        assert_eq!(gone("b"), text.replace("  b: 2, # about b\n", ""));
        assert_eq!(gone("c"), text.replace("  c: 3 # about c\n", ""));
        let two = "k: [a, b, # of both\n  c] # end\n";
        let without = |name: &'static str| edited(two, &["k"], |source, list| without_item(source, list, name));
        assert_eq!(without("b"), "k: [a, # of both\n  c] # end\n");
        assert_eq!(without("c"), "k: [a, b, # of both\n  ] # end\n");
        let add = |source: &Source, map: &Place<'_>| with_entry(source, map, "d: 4");
        let added = text.replace("c: 3 # about c\n", "c: 3, # about c\n  d: 4\n");
        assert_eq!(edited(text, &["k"], add), added);
        let long = "x".repeat(113);
        let text = format!("k:\n  [\n    {long}, # long\n  ]\n");
        let wrapped = edited(&text, &["k"], |source, list| with_item(source, list, "y"));
        assert_eq!(wrapped, format!("k:\n  [\n    {long}, # long\n    y,\n  ]\n"));
    }

    #[test]
    fn lines_end_as_those_of_the_file() {
        let text = "k:\r\n  a: 1\r\n  b: 2\r\nl:\r\n  - x\r\n  - y\r\n";
        let entry = |source: &Source, map: &Place<'_>| with_entry(source, map, "c:\n  d: 1");
        assert_eq!(edited(text, &["k"], entry), text.replace("b: 2\r\n", "b: 2\r\n  c:\r\n    d: 1\r\n"));
        let item = |source: &Source, list: &Place<'_>| with_item(source, list, "z");
        assert_eq!(edited(text, &["l"], item), format!("{text}  - z\r\n"));
        let gone = |source: &Source, list: &Place<'_>| without_item(source, list, "x");
        assert_eq!(edited(text, &["l"], gone), text.replace("  - x\r\n", ""));
        assert_eq!(edited(text.trim_end(), &["l"], item), format!("{text}  - z"));
    }

    #[test]
    fn a_block_of_text_is_told_from_other_texts() {
        let source = Source::new("spec.yaml", "a: >-\n  x: y\nb: \"| no\"\nc:\n  plain\nd: |2 # why\n    x\n");
        let places = Places::of(&source).unwrap();
        let blocks: Vec<_> = places.at(&[]).unwrap().members().filter(|place| is_block_text(&source, place)).collect();
        assert_eq!(blocks.iter().filter_map(Place::key).collect::<Vec<_>>(), ["a", "d"]);
    }
}
