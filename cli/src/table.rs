//! A table for a terminal: columns as wide as they must be, or as there is room for, numbers to the right.

use ::console::{measure_text_width, truncate_str};

use crate::console::{BOLD, styled};

/// The narrowest that a column is made; below that the last columns are left out.
const NARROWEST: usize = 10;
/// Between two columns.
const GAP: usize = 2;

/// Rows of text under a heading.
#[derive(Debug)]
pub(crate) struct Table {
    heading: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
    /// How wide it may be, in columns of the terminal.
    room: Option<usize>,
}

/// To which side a column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

impl Table {
    pub(crate) fn new(heading: &[(&'static str, Align)]) -> Self {
        Table { heading: heading.to_vec(), rows: Vec::new(), room: None }
    }

    /// The same, in so many columns of a terminal: what is longer is cut, and what finds no room is left out.
    pub(crate) fn within(self, room: usize) -> Self {
        Table { room: Some(room), ..self }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The columns that find no room.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = &'static str> {
        let shown = self.widths().len();
        self.heading.iter().skip(shown).map(|(title, _)| *title)
    }

    /// How wide each column is that is shown.
    fn widths(&self) -> Vec<usize> {
        let width = |column: usize, title: &str| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| measure_text_width(cell)).chain([measure_text_width(title)]).max().unwrap_or(0)
        };
        let mut widths: Vec<_> = self.heading.iter().enumerate().map(|(at, (title, _))| width(at, title)).collect();
        let Some(room) = self.room else { return widths };
        let cut = |widths: &[usize], most: usize| widths.iter().map(|width| *width.min(&most)).collect::<Vec<_>>();
        let takes = |widths: &[usize]| widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        while widths.len() > 1 && takes(&cut(&widths, NARROWEST)) > room {
            widths.pop();
        }
        let widest = widths.iter().copied().max().unwrap_or(0);
        let most = (1..=widest).rev().find(|most| takes(&cut(&widths, *most)) <= room).unwrap_or(1);
        cut(&widths, most)
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let widths = self.widths();
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let mut line = String::new();
            for ((cell, width), (_, align)) in cells.zip(&widths).zip(&self.heading) {
                let cell = truncate_str(cell, *width, "…");
                let spaces = " ".repeat(width.saturating_sub(measure_text_width(&cell)));
                let (before, behind) =
                    if *align == Align::Left { ("", spaces.as_str()) } else { (spaces.as_str(), "") };
                line.extend([before, &cell, behind, "  "]);
            }
            line.trim_end().to_owned()
        };
        write!(f, "{}", styled(BOLD, line(&mut self.heading.iter().map(|(title, _)| *title))))?;
        for row in &self.rows {
            write!(f, "\n{}", line(&mut row.iter().map(String::as_str)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&[("id", Align::Left), ("title", Align::Left), ("count", Align::Right)]);
        table.row(vec!["a".to_owned(), "a long title that goes on".to_owned(), "7".to_owned()]);
        table.row(vec!["bb".to_owned(), "名前は長い名前です".to_owned(), "1234".to_owned()]);
        table
    }

    fn widest(table: &Table) -> usize {
        table.to_string().lines().map(measure_text_width).max().unwrap()
    }

    #[test]
    fn what_fits_is_shown_whole() {
        let table = table().within(60);
        assert!(table.to_string().contains("a long title that goes on"), "{table}");
        assert_eq!(table.left_out().count(), 0);
    }

    #[test]
    fn what_is_longer_is_cut_and_what_finds_no_room_left_out() {
        for room in 1..60 {
            let table = table().within(room);
            assert!(widest(&table) <= room, "{room}:\n{table}");
        }
        let cut = table().within(30);
        assert!(cut.to_string().contains('…'), "{cut}");
        assert_eq!(cut.left_out().count(), 0);
        assert_eq!(table().within(16).left_out().collect::<Vec<_>>(), ["count"]);
    }
}
