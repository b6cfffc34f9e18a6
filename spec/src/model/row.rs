//! What is made of records: rows, their fields and types.

use super::{Enum, Expr};

/// A row type.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, and its table's.
    pub name: String,
    /// Its shape: `entity: NAME` or `event: NAME`.
    pub shape: Shape,
    /// `key`: what identifies the record; text, never null. The column is `id`. Of several parts it is
    /// [`Function::Key`](super::Function::Key).
    pub key: Expr,
    /// An entity's `updated_at` (nullable, may be missing), an event's `at` (never null).
    pub time: Option<Time>,
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
}

impl Shape {
    /// What the column of [`Row::time`] is called.
    #[must_use]
    pub fn time_column(self) -> &'static str {
        match self {
            Shape::Entity => "updated_at",
            Shape::Event => "at",
        }
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
