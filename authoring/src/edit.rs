//! Edits of a spec's text that leave everything else as it is: comments, order and layout.

use tapwright_spec::{Place, Source};

use crate::yaml::{in_flow, on_line};

/// A line is not made longer than so many characters where it can be helped.
const WIDE: usize = 118;

/// Puts `text` in place of bytes.
pub(crate) fn replaced(source: &Source, range: &std::ops::Range<usize>, text: &str) -> String {
    let whole = source.text();
    let (before, behind) = (whole.get(..range.start).unwrap_or_default(), whole.get(range.end..).unwrap_or_default());
    format!("{before}{text}{behind}")
}

/// Adds an item to the end of a list. None of what is no list, or an empty one.
pub(crate) fn with_item(source: &Source, list: &Place<'_>, value: &str) -> Option<String> {
    let last = list.items().last()?.range();
    if is_flow(source, list) {
        let value = in_flow(value);
        let line = source.line(source.position(last.end).line);
        let behind = source.slice(&(last.end..line.end));
        // A list of several lines goes on in the line after; one of one line may become two.
        let fits = source.slice(&line).chars().count() + value.chars().count() + 2 <= WIDE;
        let several = source.position(list.range().start).line != source.position(list.range().end).line;
        let added = if fits || (behind.contains(']') && !several) {
            format!(", {value}")
        } else {
            format!(",\n{}{value}", " ".repeat(indent(source, last.start)))
        };
        return Some(replaced(source, &(last.end..last.end), &added));
    }
    let dash = source.slice(&(source.line(source.position(last.start).line).start..last.start)).to_owned();
    let at = line_end(source, last.end);
    Some(replaced(source, &(at..at), &format!("\n{dash}{}", on_line(value))))
}

/// Takes an item out of a list. None where it is not in it, or the only one.
pub(crate) fn without_item(source: &Source, list: &Place<'_>, value: &str) -> Option<String> {
    let items: Vec<_> = list.items().collect();
    let at = items.iter().position(|item| item.text() == Some(value)).filter(|_| items.len() > 1)?;
    let item = items.get(at)?.range();
    if !is_flow(source, list) {
        return Some(replaced(source, &lines_of(source, &item), ""));
    }
    let (before, behind) = (at.checked_sub(1).and_then(|at| items.get(at)), items.get(at + 1));
    Some(replaced(source, &between(&item, before, behind), ""))
}

/// What goes when something between brackets goes: with it, one comma.
fn between(
    gone: &std::ops::Range<usize>,
    before: Option<&Place<'_>>,
    behind: Option<&Place<'_>>,
) -> std::ops::Range<usize> {
    match (before, behind) {
        (_, Some(behind)) => gone.start..behind.whole().start,
        (Some(before), None) => before.whole().end..gone.end,
        (None, None) => gone.clone(),
    }
}

/// Adds an entry to the end of a mapping. `entry` is what stands there, `name: value`; what follows its first line is
/// indented below its key. None of what is no mapping, or an empty one.
pub(crate) fn with_entry(source: &Source, mapping: &Place<'_>, entry: &str) -> Option<String> {
    let last = mapping.members().last()?.whole();
    if is_flow(source, mapping) {
        return (!entry.contains('\n')).then(|| replaced(source, &(last.end..last.end), &format!(", {entry}")));
    }
    let indent = " ".repeat(source.position(mapping.members().next()?.whole().start).column.saturating_sub(1));
    let lines: Vec<String> = entry.lines().map(|line| format!("{indent}{line}")).collect();
    let at = line_end(source, last.end);
    Some(replaced(source, &(at..at), &format!("\n{}", lines.join("\n"))))
}

/// Takes an entry out of a mapping. None where it is not in it, or the only one.
pub(crate) fn without_entry(source: &Source, mapping: &Place<'_>, name: &str) -> Option<String> {
    let members: Vec<_> = mapping.members().collect();
    let at = members.iter().position(|member| member.key() == Some(name)).filter(|_| members.len() > 1)?;
    let gone = members.get(at)?.whole();
    if !is_flow(source, mapping) {
        return Some(replaced(source, &lines_of(source, &gone), ""));
    }
    let (before, behind) = (at.checked_sub(1).and_then(|at| members.get(at)), members.get(at + 1));
    Some(replaced(source, &between(&gone, before, behind), ""))
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
fn lines_of(source: &Source, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
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
}
