//! What an expression's value may be.

use std::fmt;

/// The type of a value, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    /// Nothing is known: a path without an example.
    Any,
    Boolean,
    Integer,
    Number,
    /// A whole number or another: computed from what is not known.
    Numeric,
    Text,
    /// A moment, as functions of time make it. What is received is text or a number.
    Moment,
    /// A span of time that is written out.
    Duration,
    /// The values below a `[]`.
    List(Box<Ty>),
    /// An array as it was received.
    Array,
    Object,
}

/// Whether a value may be null, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Null {
    Never,
    /// Nothing is known: the source decides.
    Unknown,
    /// It is known to happen.
    Sometimes,
}

impl Ty {
    /// The type of a value that is the one or the other; `None` when they do not go together.
    pub(crate) fn or(&self, other: &Ty) -> Option<Ty> {
        match (self, other) {
            (Ty::Any, known) | (known, Ty::Any) => Some(known.clone()),
            (Ty::Integer, Ty::Number) | (Ty::Number, Ty::Integer) => Some(Ty::Number),
            (Ty::Numeric, Ty::Integer | Ty::Number) => Some(other.clone()),
            (Ty::Integer | Ty::Number, Ty::Numeric) => Some(self.clone()),
            (Ty::List(one), Ty::List(other)) => one.or(other).map(|item| Ty::List(Box::new(item))),
            (one, other) => (one == other).then(|| one.clone()),
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Ty::Integer | Ty::Number | Ty::Numeric)
    }

    /// Whether it is a single value that can be written as text.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self, Ty::Any | Ty::Boolean | Ty::Text) || self.is_number()
    }

    /// Whether it can be this one.
    pub(crate) fn can_be(&self, wanted: &Ty) -> bool {
        self.or(wanted).is_some()
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ty::Any => "a value of any type",
            Ty::Boolean => "a boolean",
            Ty::Integer => "a whole number",
            Ty::Number | Ty::Numeric => "a number",
            Ty::Text => "text",
            Ty::Moment => "a moment",
            Ty::Duration => "a duration",
            Ty::List(_) => "a list",
            Ty::Array => "an array",
            Ty::Object => "an object",
        })
    }
}
