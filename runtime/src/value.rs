//! Cells and rows: what a page becomes between the decoder and the sink.
//!
//! A page is one [`Batch`]: its cells in row order, and its text in two buffers (the response body itself, and
//! one for text that had to be made), so that a row costs no allocation of its own.

use tapwright_plan::{Column, Row as RowPlan};

use crate::Timestamp;

/// A value of a row, borrowed from its batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text; also decimals, dates (`YYYY-MM-DD`), JSON and lists (as JSON).
    Text(&'a str),
    /// A moment.
    Timestamp(Timestamp),
}

/// The rows of one page.
#[derive(Debug)]
pub struct Batch {
    plan: &'static RowPlan,
    body: String,
    made: String,
    cells: Vec<Cell>,
}

/// One row of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    batch: &'a Batch,
    cells: &'a [Cell],
}

/// A value as a batch keeps it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Timestamp(Timestamp),
    /// Text in the response body, by byte range.
    Body(u32, u32),
    /// Text in the other buffer, by byte range.
    Made(u32, u32),
}

impl Batch {
    /// A batch of no rows over a response body.
    pub(crate) fn new(plan: &'static RowPlan, body: String) -> Self {
        Batch { plan, body, made: String::new(), cells: Vec::new() }
    }

    /// A batch of no rows over no body, to fill with [`Batch::push`].
    #[must_use]
    pub fn empty(plan: &'static RowPlan) -> Self {
        Batch::new(plan, String::new())
    }

    pub(crate) fn from_parts(plan: &'static RowPlan, body: String, made: String, cells: Vec<Cell>) -> Self {
        Batch { plan, body, made, cells }
    }

    /// Adds a row, one value for each column of the plan. Values beyond the columns are dropped, missing ones null.
    pub fn push(&mut self, values: &[Value<'_>]) {
        for at in 0..self.plan.columns.len() {
            let cell = match values.get(at).copied().unwrap_or(Value::Null) {
                Value::Null => Cell::Null,
                Value::Boolean(b) => Cell::Boolean(b),
                Value::Integer(i) => Cell::Integer(i),
                Value::Number(n) => Cell::Number(n),
                Value::Timestamp(t) => Cell::Timestamp(t),
                Value::Text(text) => {
                    let from = self.made.len();
                    self.made.push_str(text);
                    Cell::Made(offset(from), offset(self.made.len()))
                }
            };
            self.cells.push(cell);
        }
    }

    /// The row type.
    #[must_use]
    pub fn plan(&self) -> &'static RowPlan {
        self.plan
    }

    /// The response body that its text stands in.
    pub(crate) fn body(&self) -> &str {
        &self.body
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.plan.columns.len()).unwrap_or(0)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many rows have no value in a column, by the column's place.
    pub(crate) fn nulls(&self) -> Vec<u64> {
        let mut nulls = vec![0; self.plan.columns.len()];
        for cells in self.cells.chunks_exact(self.plan.columns.len().max(1)) {
            for (cell, nulls) in cells.iter().zip(&mut nulls) {
                *nulls += u64::from(matches!(cell, Cell::Null));
            }
        }
        nulls
    }

    /// The rows in the order of the page.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.cells.chunks_exact(self.plan.columns.len().max(1)).map(|cells| Row { batch: self, cells })
    }

    /// Row `at`, counted from 0.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let width = self.plan.columns.len();
        let cells = self.cells.get(at * width..(at + 1) * width)?;
        Some(Row { batch: self, cells })
    }
}

impl<'a> Row<'a> {
    /// The value of column `at`; null when there is no such column.
    #[must_use]
    pub fn get(&self, at: usize) -> Value<'a> {
        let text =
            |buffer: &'a str, from: u32, to: u32| Value::Text(buffer.get(from as usize..to as usize).unwrap_or(""));
        match self.cells.get(at).copied().unwrap_or(Cell::Null) {
            Cell::Null => Value::Null,
            Cell::Boolean(b) => Value::Boolean(b),
            Cell::Integer(i) => Value::Integer(i),
            Cell::Number(n) => Value::Number(n),
            Cell::Timestamp(t) => Value::Timestamp(t),
            Cell::Body(from, to) => text(&self.batch.body, from, to),
            Cell::Made(from, to) => text(&self.batch.made, from, to),
        }
    }

    /// Column `at` as text; empty when it is null or none.
    #[must_use]
    pub fn text(&self, at: usize) -> String {
        self.optional_text(at).unwrap_or_default()
    }

    /// Column `at` as text.
    #[must_use]
    pub fn optional_text(&self, at: usize) -> Option<String> {
        match self.get(at) {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }

    /// Column `at` as a whole number.
    #[must_use]
    pub fn integer(&self, at: usize) -> Option<i64> {
        match self.get(at) {
            Value::Integer(i) => Some(i),
            _ => None,
        }
    }

    /// Column `at` as a number.
    #[must_use]
    pub fn number(&self, at: usize) -> Option<f64> {
        match self.get(at) {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }

    /// Column `at` as yes or no.
    #[must_use]
    pub fn boolean(&self, at: usize) -> Option<bool> {
        match self.get(at) {
            Value::Boolean(b) => Some(b),
            _ => None,
        }
    }

    /// Column `at` as a moment.
    #[must_use]
    pub fn timestamp(&self, at: usize) -> Option<Timestamp> {
        match self.get(at) {
            Value::Timestamp(t) => Some(t),
            _ => None,
        }
    }

    /// Column `at`, a JSON array, as the texts in it; what is no text in it is left out.
    #[must_use]
    pub fn list(&self, at: usize) -> Option<Vec<String>> {
        let Value::Text(json) = self.get(at) else { return None };
        let items: Vec<serde_json::Value> = serde_json::from_str(json).ok()?;
        Some(items.into_iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
    }

    /// The columns and their values, in order.
    pub fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'a>)> {
        let row = *self;
        self.batch.plan.columns.iter().enumerate().map(move |(at, column)| (column, row.get(at)))
    }
}

/// A buffer position. Bodies are capped far below 4 GiB, so this never saturates in earnest.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
