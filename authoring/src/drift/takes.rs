//! Which kinds of JSON values a column takes.

use tapwright_model::{TimeFormat, Type};

/// What a column takes, when not all kinds fit that there are at `path`: `string`, `integer|number` or `any`.
pub(super) fn unfit(ty: &Type, path: &str, there: &str) -> Option<&'static str> {
    // A list that is made of what each of some items has is held against one of them.
    let ty = if *ty == Type::List && path.contains("[]") && there != "array" { &Type::String } else { ty };
    let (takes, kinds): (&str, &[&str]) = match ty {
        Type::String => ("string", &["string"]),
        Type::Enum(_) => ("string", &["string"]),
        Type::Integer => ("integer", &["integer"]),
        Type::Number => ("number", &["integer", "number"]),
        Type::Decimal => ("decimal", &["string", "number", "integer"]),
        Type::Boolean => ("boolean", &["boolean"]),
        Type::Date => ("date", &["string"]),
        Type::List => ("list of string", &["array"]),
        Type::Json => return None,
        Type::Timestamp(TimeFormat::UnixSeconds | TimeFormat::UnixMillis | TimeFormat::UnixMicros) => {
            ("timestamp", &["integer", "number", "string"])
        }
        Type::Timestamp(_) => ("timestamp", &["string"]),
    };
    let fits = there == "any" || there.split('|').all(|kind| kinds.contains(&kind));
    (!fits).then_some(takes)
}
