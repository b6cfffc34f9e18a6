//! The type of a column that is made of a shape.

use tapwright_openapi::{Kind, Shape};

/// What a column of a shape is.
pub(super) fn type_of(shape: &Shape) -> &'static str {
    let mut kinds = shape.kinds.iter();
    match (kinds.next(), kinds.next()) {
        (Some(Kind::String), None) => match shape.format.as_deref() {
            Some("date-time") => "timestamp",
            Some("date") => "date",
            _ => "string",
        },
        (Some(Kind::Integer), None) => "integer",
        (Some(Kind::Number), None) => "number",
        (Some(Kind::Boolean), None) => "boolean",
        (Some(Kind::Array), None) if shape.items.as_ref().is_some_and(|items| is_text(items)) => "list of string",
        _ => "json",
    }
}

fn is_text(shape: &Shape) -> bool {
    shape.kinds.iter().eq([&Kind::String]) && !shape.nullable
}
