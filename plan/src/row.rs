//! What is written: rows of one of the shapes, with typed columns.

use crate::{Expr, Span};

/// A row type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its name, and the name of its table in a SQL sink, for instance `workos_organization`.
    pub name: &'static str,
    /// What its key is and what writing it again means.
    pub shape: Shape,
    /// The columns that identify a row, as indices into `columns`.
    pub key: &'static [u16],
    /// The column that places a row in time: an entity's or edge's last change, an event's moment, the start of what a
    /// metric or distribution is about.
    pub time: Option<u16>,
    /// All columns in the order they are written: identity first, then the spec's fields in its order.
    pub columns: &'static [Column],
}

/// The shape of a row type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A thing with an id that changes and goes away.
    Entity,
    /// Something that happened, once, at a moment.
    Event,
    /// Numbers about a span of time. What is read again is replaced as a whole.
    Metric(Series),
    /// A relation of two things.
    Edge(Edge),
    /// How many there are in each of several buckets. What is read again is replaced as a whole.
    Distribution {
        /// Its times, what it is told apart by, and the one column with the counts.
        series: Series,
        /// The column that is counted together.
        bucket: u16,
    },
}

/// What the columns of a metric or distribution are for, as indices into the row's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// The columns that column 0, the `id`, is made of: start, dimensions, bucket.
    pub told_by: &'static [u16],
    /// What it is told apart by besides its time.
    pub dimensions: &'static [u16],
    /// The numbers.
    pub values: &'static [u16],
    /// Where the span ends.
    pub end: Option<u16>,
    /// How long the span is, where all are as long.
    pub period: Option<Span>,
    /// The dimension that is the `id` of the row that it is read for.
    pub parent: Option<u16>,
}

/// What an edge leads from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The column with the `id` of what it leads from.
    pub from: u16,
    /// The row type of that.
    pub from_row: &'static str,
    /// The column with the `id` of what it leads to.
    pub to: u16,
    /// The row type of that.
    pub to_row: &'static str,
    /// What kind of relation it is, where there are several.
    pub kind: Option<u16>,
}

impl Shape {
    /// What a metric or distribution is made of.
    #[must_use]
    pub fn series(&self) -> Option<&Series> {
        match self {
            Shape::Metric(series) | Shape::Distribution { series, .. } => Some(series),
            Shape::Entity | Shape::Event | Shape::Edge(_) => None,
        }
    }

    /// Whether rows are replaced with the span of time, or the whole, that they are a part of.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.series().is_some()
    }
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its name everywhere: in SQL, in JSON, in dashboards.
    pub name: &'static str,
    /// One line for people; empty when the spec has none.
    pub description: &'static str,
    /// What its values are.
    pub ty: Type,
    /// Whether null is a value of it. A null in another column quarantines the record.
    pub nullable: bool,
    /// How a value is made of a record.
    pub from: Expr,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A whole number, 64 bits signed.
    Integer,
    /// A number, 64-bit floating point.
    Number,
    /// A number that is kept as the digits that were received.
    Decimal,
    /// True or false.
    Boolean,
    /// A moment, to the millisecond.
    Timestamp(TimeFormat),
    /// A calendar date.
    Date,
    /// Any JSON value, kept as it was received.
    Json,
    /// A list of texts, kept as a JSON array.
    List,
    /// One of these texts. Open: another is kept as it is, and reported.
    Enum {
        /// The name in the spec's `types`.
        name: &'static str,
        /// The known values, sorted.
        values: &'static [&'static str],
    },
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// RFC 3339, also with a space for the `T`; without a zone it is UTC.
    Rfc3339,
    /// Seconds since 1970, a number.
    UnixSeconds,
    /// Milliseconds since 1970, a number.
    UnixMillis,
    /// Microseconds since 1970, a number.
    UnixMicros,
    /// A day, `YYYY-MM-DD`: its first moment in UTC.
    Date,
    /// By a pattern, with the specifiers of C's `strftime`; without an offset it is UTC.
    Pattern {
        /// The pattern.
        text: &'static str,
        /// The shortest time that it tells apart, in milliseconds.
        unit: i64,
    },
}

impl TimeFormat {
    /// The shortest time that it tells apart, in milliseconds.
    #[must_use]
    pub fn unit(self) -> i64 {
        match self {
            TimeFormat::Rfc3339 | TimeFormat::UnixMillis | TimeFormat::UnixMicros => 1,
            TimeFormat::UnixSeconds => 1_000,
            TimeFormat::Date => 86_400_000,
            TimeFormat::Pattern { unit, .. } => unit,
        }
    }
}
