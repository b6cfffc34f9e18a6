//! A spec's text and the name it goes by: where a byte stands, in lines and columns.
//!
//! It must not know where the text came from, nor what it means.

use std::ops::Range;

/// A spec's text, with the name that messages call it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

/// A position for people: both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Source {
    /// A text and the name it goes by, usually its path.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { name, text, line_starts }
    }

    /// The name it goes by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte stands. A byte behind the end, or inside a character, is taken for the nearest before it.
    ///
    /// ```
    /// # use tapwright_spec::{Position, Source};
    /// let source = Source::new("connector.yaml", "title: Ünïcode\ndocs: x");
    /// assert_eq!(source.position(10), Position { line: 1, column: 10 });
    /// assert_eq!(source.position(17), Position { line: 2, column: 1 });
    /// ```
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_index(offset);
        let start = self.line_start(line);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        Position { line: line + 1, column: column + 1 }
    }

    /// The bytes of a line, counted from 1, without its line break. Empty for a line there is not.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = match self.text.get(start..end) {
            Some(text) if text.ends_with('\r') => end - 1,
            _ => end,
        };
        start..end
    }

    /// The text of a range; empty when the range is not inside the text.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The range, moved where needed so that it lies inside the text and on characters.
    pub(crate) fn clamp(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.floor(range.start);
        start..self.floor(range.end).max(start)
    }

    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line_start(&self, index: usize) -> usize {
        self.line_starts.get(index).copied().unwrap_or(0)
    }
}
