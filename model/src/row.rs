//! What is made of records: rows, their fields and types.

use super::{Enum, Expr};

/// A row type.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, and its table's.
    pub name: String,
    /// Its shape: `entity: NAME`, `event: NAME` and so on.
    pub shape: Shape,
    /// `key`: what identifies the record; text, never null. The column is `id`. Of several parts it is
    /// [`Function::Key`](super::Function::Key), as that of an edge always is. A [`Series`] has [`Expr::Null`] here: its
    /// `id` is made of the columns that [`Row::told_by`] gives.
    pub key: Expr,
    /// An entity's or edge's `updated_at` (nullable, may be missing), an event's `at`, the `start_at` of a metric or
    /// distribution (never null; a distribution may be without).
    pub time: Option<Time>,
    /// What the fields of a metric or distribution are for.
    pub series: Option<Series>,
    /// What an edge leads from and to.
    pub edge: Option<Edge>,
    /// `fields`, in the order written.
    pub fields: Vec<Field>,
}

/// The shape of a row type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A thing with an id that changes and goes away.
    Entity,
    /// Something that happened, once, at a moment.
    Event,
    /// Numbers about a span of time.
    Metric,
    /// A relation of two things.
    Edge,
    /// How many there are in each of several buckets.
    Distribution,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 5] = [Shape::Entity, Shape::Event, Shape::Metric, Shape::Edge, Shape::Distribution];

    /// The key that says so.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Shape::Entity => "entity",
            Shape::Event => "event",
            Shape::Metric => "metric",
            Shape::Edge => "edge",
            Shape::Distribution => "distribution",
        }
    }

    /// What the column of [`Row::time`] is called.
    #[must_use]
    pub fn time_column(self) -> &'static str {
        match self {
            Shape::Entity | Shape::Edge => "updated_at",
            Shape::Event => "at",
            Shape::Metric | Shape::Distribution => "start_at",
        }
    }

    /// Whether rows are what is known of a span of time as a whole, and are replaced with it: a [`Series`].
    #[must_use]
    pub fn is_series(self) -> bool {
        matches!(self, Shape::Metric | Shape::Distribution)
    }

    /// The names of the columns that are no fields, whether or not a row has them.
    #[must_use]
    pub fn implied(self) -> &'static [&'static str] {
        match self {
            Shape::Entity => &["id", "updated_at"],
            Shape::Event => &["id", "at"],
            Shape::Metric | Shape::Distribution => &["id", "start_at", "end_at"],
            Shape::Edge => &["id", "updated_at", "from_id", "to_id", "kind"],
        }
    }
}

/// What a metric or distribution is made of. Names are those of fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// `end_at`: where the span ends.
    pub end: Option<Time>,
    /// `period`: how long the span is, in milliseconds.
    pub period_millis: Option<i64>,
    /// `dimensions`.
    pub dimensions: Vec<String>,
    /// `value`, or a distribution's `count`.
    pub values: Vec<String>,
    /// `bucket`, of a distribution.
    pub bucket: Option<String>,
    /// The dimension that is the `id` of the row that it is read for, where there is one.
    pub parent: Option<String>,
}

/// What an edge leads from and to.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// `from`.
    pub from: End,
    /// `to`.
    pub to: End,
    /// `kind`.
    pub kind: Option<Expr>,
}

/// One end of an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The resource that it names a row of.
    pub resource: String,
    /// That row's `id`.
    pub from: Expr,
}

/// A column that is there without being a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Implied<'r> {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// What its values are.
    pub ty: Type,
    /// Whether null is one of them.
    pub nullable: bool,
    /// What it is made of.
    pub from: &'r Expr,
}

impl Row {
    /// The columns that are no fields. They come before the fields, in this order.
    #[must_use]
    pub fn implied(&self) -> Vec<Implied<'_>> {
        let text = |name, about, from| Implied { name, about, ty: Type::String, nullable: false, from };
        let moment = |name, about, time: &'_ Time, nullable| Implied {
            name,
            about,
            ty: Type::Timestamp(time.format.clone()),
            nullable,
            from: &Expr::Null,
        };
        let mut columns = vec![text("id", "What identifies it.", &self.key)];
        if let Some(time) = &self.time {
            let (about, nullable) = match self.shape {
                Shape::Entity | Shape::Edge => ("When it last changed.", true),
                Shape::Event => ("When it happened.", false),
                Shape::Metric | Shape::Distribution => ("Where its span of time begins.", false),
            };
            columns.push(Implied { from: &time.from, ..moment(self.shape.time_column(), about, time, nullable) });
        }
        if let Some(end) = self.series.as_ref().and_then(|series| series.end.as_ref()) {
            let column = moment("end_at", "Where its span of time ends.", end, false);
            columns.push(Implied { from: &end.from, ..column });
        }
        if let Some(edge) = &self.edge {
            columns.push(text("from_id", "What it leads from.", &edge.from.from));
            columns.push(text("to_id", "What it leads to.", &edge.to.from));
            columns.extend(edge.kind.as_ref().map(|kind| text("kind", "What kind of relation it is.", kind)));
        }
        columns
    }

    /// The columns that a metric or distribution is told apart by, in the order in which its `id` has them: its start,
    /// its dimensions, its bucket.
    #[must_use]
    pub fn told_by(&self) -> Vec<&str> {
        let Some(series) = &self.series else { return Vec::new() };
        let start = self.time.as_ref().map(|_| self.shape.time_column());
        let dimensions = series.dimensions.iter().map(String::as_str);
        start.into_iter().chain(dimensions).chain(series.bucket.as_deref()).collect()
    }
}

/// The moment of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// What it is made of.
    pub from: Expr,
    /// How it is written.
    pub format: TimeFormat,
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name: the column's.
    pub name: String,
    /// One line for people; empty when the spec has none.
    pub description: String,
    /// What its values are.
    pub ty: Type,
    /// Whether null is one of them: `type: string?`.
    pub nullable: bool,
    /// What it is made of; scope: the record and settings. The path of the same name when the spec says nothing.
    pub from: Expr,
    /// `references`: the resource whose `id` this is.
    pub references: Option<String>,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `string`.
    String,
    /// `integer`: 64 bits, signed.
    Integer,
    /// `number`: 64-bit floating point.
    Number,
    /// `decimal`: digits kept as received.
    Decimal,
    /// `boolean`.
    Boolean,
    /// `timestamp`, with `format:`.
    Timestamp(TimeFormat),
    /// `date`: `YYYY-MM-DD`.
    Date,
    /// `json`: any value, kept as received.
    Json,
    /// `list of string`.
    List,
    /// The name of an enum.
    Enum(Enum),
}

/// How a moment is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TimeFormat {
    /// `rfc3339`, the default.
    #[default]
    Rfc3339,
    /// `unix_seconds`.
    UnixSeconds,
    /// `unix_millis`.
    UnixMillis,
    /// `unix_micros`.
    UnixMicros,
    /// `date`: a day, `YYYY-MM-DD`, which is its first moment in UTC.
    Date,
    /// A pattern such as `%Y-%m-%d %H:%M:%S`; without an offset it is UTC.
    Pattern(String),
}

impl TimeFormat {
    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, TimeFormat::UnixSeconds | TimeFormat::UnixMillis | TimeFormat::UnixMicros)
    }

    /// The shortest time that it tells apart, in milliseconds.
    #[must_use]
    pub fn granularity_millis(&self) -> i64 {
        let TimeFormat::Pattern(pattern) = self else {
            return match self {
                TimeFormat::UnixSeconds => 1_000,
                TimeFormat::Date => 86_400_000,
                _ => 1,
            };
        };
        let has = |specifiers: &[&str]| specifiers.iter().any(|specifier| pattern.contains(specifier));
        match () {
            () if has(&["%f", "%.f"]) => 1,
            () if has(&["%S", "%T"]) => 1_000,
            () if has(&["%M"]) => 60_000,
            () if has(&["%H", "%I"]) => 3_600_000,
            () => 86_400_000,
        }
    }
}
