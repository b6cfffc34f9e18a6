//! Where records are: keys from the response's root, `[]` for each item of a list on the way, `*` for each value of an object.

use std::ops::Range;

use super::super::SyntaxError;
use super::super::ast::{AstKind, StepKind};
use super::{Parsed, parse};
use crate::model::RecordStep;

/// The steps of a path to records; none for `$`.
pub(crate) fn parse_records(text: &str) -> Parsed<Vec<RecordStep>> {
    let mut steps = Vec::new();
    let mut at = 0;
    if let Some(rest) = text.strip_prefix('$') {
        at = 1;
        if !rest.is_empty() && !rest.starts_with(['.', '[']) {
            return Err(SyntaxError::new(1..text.len(), "`.`, `[]` or nothing stands behind `$`"));
        }
    } else if text == "*" || text.starts_with("*.") || text.starts_with("[]") {
        return Err(SyntaxError::new(0..1, "of what?").help("of the response itself they are `$.*`, or `$[]`"));
    }
    if text.ends_with('.') {
        return Err(SyntaxError::new(text.len() - 1..text.len(), "nothing stands behind this dot"));
    }
    for piece in pieces(text, at) {
        match piece {
            Piece::Each => steps.push(RecordStep::Each),
            Piece::Values => steps.push(RecordStep::Values),
            Piece::Keys(range) => keys(text, range, &mut steps)?,
        }
    }
    Ok(steps)
}

/// A part of a path to records.
enum Piece {
    /// `[]`.
    Each,
    /// `.*`.
    Values,
    /// Keys, and where they stand.
    Keys(Range<usize>),
}

/// The parts of a text. What stands in quotes is left as it is.
fn pieces(text: &str, from: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let (mut at, mut begin, mut quote) = (from, from, None);
    // The first key behind `$`, `[]` and `.*` has a dot in front.
    let mut behind = from > 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if behind && rest.starts_with('.') && !rest.starts_with(".*") {
            at += 1;
            begin = at;
            behind = false;
            continue;
        }
        behind = false;
        let stands =
            |part: &str| rest.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        let is_values = stands(".*");
        if quote.is_none() && (is_values || stands("[]")) {
            if begin < at {
                found.push(Piece::Keys(begin..at));
            }
            found.push(if is_values { Piece::Values } else { Piece::Each });
            at += 2;
            begin = at;
            behind = true;
            continue;
        }
        let c = rest.chars().next().unwrap_or_default();
        quote = match quote {
            Some(open) => Some(open).filter(|open| *open != c),
            None => Some(c).filter(|c| matches!(c, '"' | '\'')),
        };
        at += c.len_utf8();
    }
    if begin < at || (found.is_empty() && from == 0) {
        found.push(Piece::Keys(begin..at));
    }
    found
}

fn keys(text: &str, piece: Range<usize>, steps: &mut Vec<RecordStep>) -> Parsed<()> {
    let placed = |error: SyntaxError| SyntaxError {
        range: error.range.start + piece.start..error.range.end + piece.start,
        patch: error.patch.map(|(range, text)| (range.start + piece.start..range.end + piece.start, text)),
        ..error
    };
    let ast = parse(text.get(piece.clone()).unwrap_or_default()).map_err(placed)?;
    let AstKind::Path(path) = ast.kind else {
        let what = "keys from the response's root are wanted, such as `data.items`";
        return Err(placed(SyntaxError::new(ast.range, what)));
    };
    steps.extend(path.into_iter().map(|step| match step.kind {
        StepKind::Key { name, .. } => RecordStep::Key(name),
        StepKind::Each => RecordStep::Each,
    }));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may")]

    use super::*;

    #[test]
    fn a_path_leads_through_lists_and_values() {
        let written = |text: &str| {
            let steps = parse_records(text).map_err(|error| error.range);
            steps.map(|steps| {
                let step = |step: &RecordStep| match step {
                    RecordStep::Key(name) => name.clone(),
                    RecordStep::Each => "[]".to_owned(),
                    RecordStep::Values => "*".to_owned(),
                };
                steps.iter().map(step).collect::<Vec<_>>().join(" ")
            })
        };
        for (text, expected) in [
            ("$", ""),
            ("data.items", "data items"),
            ("issues[].changelog.histories", "issues [] changelog histories"),
            ("rates.*", "rates *"),
            ("$.*", "*"),
            ("$[]", "[]"),
            ("$[].tags[]", "[] tags []"),
            ("a.*.items", "a * items"),
            ("a.*.*", "a * *"),
            ("a.*[].b", "a * [] b"),
            ("a.\"x.*\".b", "a x.* b"),
            ("$.data", "data"),
        ] {
            assert_eq!(written(text).unwrap(), expected, "{text}");
        }
        for wrong in ["", "*", "*.a", "$x", "a.", "a..b", "1", "a.*b", "a | b", "[]", "$.", "a[]b", "a[]."] {
            assert!(written(wrong).is_err(), "{wrong}");
        }
    }
}
