//! The lines of a file that a diagnostic speaks of, for whoever shows it.
//!
//! No credential is shown: neither what the checker found to be one, nor what looks like one in a line that is shown for
//! another reason.

use std::ops::Range;

use crate::Source;
use crate::diagnostic::Diagnostic;
use crate::secret::{self, Moved};

/// The lines of the file that a diagnostic shows, with credentials hidden.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Their text.
    pub text: String,
    /// The number of the first, from 1.
    pub first: usize,
    start: usize,
    moved: Moved,
}

impl Lines {
    /// The lines of all that a diagnostic speaks of.
    #[must_use]
    pub fn around(diagnostic: &Diagnostic, source: &Source) -> Self {
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
        hidden.extend(within(&diagnostic.hidden, &range));
        let (text, moved) = secret::hide(shown, &hidden);
        Lines { text, first: first_line, start: range.start, moved }
    }

    /// Whether a credential stands in them.
    #[must_use]
    pub fn hides(&self) -> bool {
        !self.moved.is_none()
    }

    /// Where a range stands in the text. Of a range of several lines, the first is underlined.
    #[must_use]
    pub fn place(&self, range: &Range<usize>, source: &Source) -> Range<usize> {
        let line = source.line(source.position(range.start).line);
        self.place_exactly(&(range.start..range.end.min(line.end).max(range.start)))
    }

    /// Where a range stands in the text.
    #[must_use]
    pub fn place_exactly(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| self.moved.offset(offset.saturating_sub(self.start)).min(self.text.len());
        place(range.start)..place(range.end)
    }
}

/// A piece of the file with credentials hidden: those within `hidden`, and what looks like one.
#[must_use]
pub fn excerpt(source: &Source, range: &Range<usize>, hidden: &[Range<usize>]) -> String {
    let shown = source.slice(range);
    let mut all = secret::found(shown);
    all.extend(within(hidden, range));
    secret::hide(shown, &all).0
}

/// The parts of some ranges that lie in another, counted from where that begins.
fn within(ranges: &[Range<usize>], range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    ranges.iter().filter_map(|part| {
        let (start, end) = (part.start.max(range.start), part.end.min(range.end));
        (start < end).then(|| start - range.start..end - range.start)
    })
}
