//! `check --fix`: the edits that are certain, made. Bytes are replaced and nothing is written anew, so comments and layout stay
//! as they are.
//!
//! It must not know what the mistakes are; which edits are certain, the language says.

use std::ops::Range;

use tapwright_spec::{Certainty, Checked, Code, Diagnostic, Patch, Source, excerpt};

/// So many edits are made in one go. A file that takes more was not written by a person.
const MOST: usize = 500;
/// So many times it is tried without an edit that brings more mistakes to light than it takes away.
const ATTEMPTS: usize = 20;

/// A spec with its certain edits made.
pub(super) struct Mended {
    pub(super) source: Source,
    pub(super) checked: Checked,
    pub(super) changes: Vec<Change>,
}

/// An edit that was made, as it is shown: credentials are hidden.
pub(super) struct Change {
    pub(super) line: usize,
    pub(super) before: String,
    pub(super) after: String,
    of: Of,
    /// How many errors there were behind it.
    errors: usize,
}

/// By what an edit is known again when its bytes have moved. No edit adds a line.
#[derive(Clone, PartialEq)]
struct Of {
    code: Code,
    line: usize,
    title: String,
}

impl Of {
    fn new(diagnostic: &Diagnostic, source: &Source) -> Self {
        let line = source.position(diagnostic.primary.range.start).line;
        Of { code: diagnostic.code, line, title: diagnostic.title.clone() }
    }
}

/// Makes edits, one after the other, until none is left that is certain. What comes of it has no more errors than before: an
/// edit that lets the check see further, and more mistakes than were seen, is left out.
pub(super) fn mend(source: &Source, check: &dyn Fn(&Source) -> Checked) -> Mended {
    let as_it_is = check(source);
    let most = errors(&as_it_is);
    let mut left_out = Vec::new();
    for _ in 0..ATTEMPTS {
        let mended = without(&left_out, source, &as_it_is, check);
        if errors(&mended.checked) <= most {
            return mended;
        }
        let before = std::iter::once(most).chain(mended.changes.iter().map(|change| change.errors));
        let risen =
            mended.changes.iter().zip(before).max_by_key(|(change, before)| change.errors.saturating_sub(*before));
        match risen {
            Some((change, _)) => left_out.push(change.of.clone()),
            None => break,
        }
    }
    Mended { source: source.clone(), checked: as_it_is, changes: Vec::new() }
}

/// Makes the edits that are certain, but for some.
fn without(left_out: &[Of], source: &Source, checked: &Checked, check: &dyn Fn(&Source) -> Checked) -> Mended {
    let mut mended = Mended { source: source.clone(), checked: checked.clone(), changes: Vec::new() };
    while mended.changes.len() < MOST {
        let next = mended.checked.diagnostics.iter().find_map(|diagnostic| {
            let patch = diagnostic.patch.as_ref().filter(|patch| patch.certainty == Certainty::Certain)?;
            let of = Of::new(diagnostic, &mended.source);
            (!left_out.contains(&of)).then_some((of, patch))
        });
        let Some((of, patch)) = next else { break };
        let Some(text) = applied(&mended.source, patch) else { break };
        let source = Source::new(mended.source.name(), text);
        let checked = check(&source);
        let change = shown(&mended, patch, of, &source, &checked);
        mended.changes.push(change);
        (mended.source, mended.checked) = (source, checked);
    }
    mended
}

/// How many errors there are. Of a file that is no YAML one is told, and nobody knows how many there are.
fn errors(checked: &Checked) -> usize {
    let errors = checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors.map(|diagnostic| if diagnostic.code == Code::YAML_SYNTAX { 1_000_000 } else { 1 }).sum()
}

fn applied(source: &Source, patch: &Patch) -> Option<String> {
    let text = source.text();
    let (before, after) = (text.get(..patch.range.start)?, text.get(patch.range.end..)?);
    Some([before, &patch.replacement, after].concat())
}

/// The word around the edit, before and after. What either check found to be a credential is hidden in both.
fn shown(mended: &Mended, patch: &Patch, of: Of, source: &Source, checked: &Checked) -> Change {
    let new = patch.range.start..patch.range.start + patch.replacement.len();
    let before = word(&mended.source, &patch.range);
    let after = word(source, &new);
    // Where a byte of one text stands in the other: what was replaced, as a whole, in what replaced it.
    let moved = |hidden: &Range<usize>, from: &Range<usize>, to: &Range<usize>| {
        let start = if hidden.start < from.start {
            hidden.start
        } else {
            to.start.max((hidden.start + to.end).saturating_sub(from.end))
        };
        let end = if hidden.end <= from.start {
            hidden.end
        } else {
            to.end.max((hidden.end + to.end).saturating_sub(from.end))
        };
        let touches = hidden.start < from.end && from.start < hidden.end;
        if touches { start.min(to.start)..end.max(to.end) } else { start..end }
    };
    let found = |checked: &Checked| checked.diagnostics.first().map(|found| found.hidden.clone()).unwrap_or_default();
    let (in_old, in_new) = (found(&mended.checked), found(checked));
    let mut hidden_before = in_old.clone();
    hidden_before.extend(in_new.iter().map(|hidden| moved(hidden, &new, &patch.range)));
    let mut hidden_after = in_new;
    hidden_after.extend(in_old.iter().map(|hidden| moved(hidden, &patch.range, &new)));
    Change {
        line: mended.source.position(patch.range.start).line,
        before: excerpt(&mended.source, &before, &hidden_before),
        after: excerpt(source, &after, &hidden_after),
        of,
        errors: errors(checked),
    }
}

/// A range and what stands around it without a space between.
fn word(source: &Source, range: &Range<usize>) -> Range<usize> {
    let text = source.text();
    let before = text.get(..range.start).unwrap_or_default();
    let start =
        before.char_indices().rev().take_while(|(_, c)| !c.is_whitespace()).last().map_or(range.start, |(at, _)| at);
    let after = text.get(range.end..).unwrap_or_default();
    start..range.end + after.find(char::is_whitespace).unwrap_or(after.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

    use tapwright_spec::check;

    use super::*;

    const SPECS: &[&str] = &[
        include_str!("../../../../connector.yaml"),
        include_str!("../../../../connectors/github/connector.yaml"),
        include_str!("../../../../generated-tests/specs/types.yaml"),
    ];

    /// Slips of a finger, each at another place: a character too few, too many, wrong, or before the one it follows.
    fn slips(text: &str) -> impl Iterator<Item = String> {
        (0..text.len()).filter(|at| text.is_char_boundary(*at)).enumerate().filter_map(move |(count, at)| {
            // Every character is too much to check; a stride that goes with no line length meets all kinds of them.
            (count % 97 == 0).then_some(())?;
            let (before, rest) = text.split_at(at);
            let mut chars = rest.chars();
            let (first, second) = (chars.next()?, chars.next()?);
            // Over the end of a word it would be two slips, of which one may be in free text.
            (!first.is_whitespace() && !second.is_whitespace()).then_some(())?;
            let after = chars.as_str();
            Some(match count / 97 % 4 {
                0 => format!("{before}{second}{after}"),
                1 => format!("{before}{first}{first}{second}{after}"),
                2 => format!("{before}e{second}{after}"),
                _ => format!("{before}{second}{first}{after}"),
            })
        })
    }

    /// All that a model says but for the digest of its text, which may have a space less.
    fn said(model: &tapwright_spec::model::Connector) -> String {
        let all = format!("{model:?}");
        all.rsplit_once(": ").map_or(all.clone(), |(all, _)| all.to_owned())
    }

    #[test]
    fn a_slip_is_mended_to_what_was_meant_or_left_and_never_made_worse() {
        let (mut mended_at_all, mut tried) = (0, 0);
        for text in SPECS {
            let right = said(&check(&Source::new("acme.yaml", *text)).model.unwrap());
            for slip in slips(text) {
                let source = Source::new("acme.yaml", slip);
                let before = check(&source);
                let mended = mend(&source, &check);
                tried += 1;
                assert!(errors(&mended.checked) <= errors(&before), "{:#?}", before.diagnostics);
                if mended.changes.is_empty() {
                    assert_eq!(mended.source, source);
                    continue;
                }
                mended_at_all += 1;
                assert!(mend(&mended.source, &check).changes.is_empty(), "once is enough");
                if let Some(model) = &mended.checked.model {
                    assert_eq!(said(model), right, "{:#?}", before.diagnostics);
                }
            }
        }
        assert!(tried > 150 && mended_at_all > 30, "{mended_at_all} of {tried} were mended");
    }
}
