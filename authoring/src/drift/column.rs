//! What a new column is made from: the type of a shape, and a value of it for the example.

use tapwright_openapi::{Kind, Shape, Tree};

use crate::yaml::in_flow;

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

/// A value of a shape, as it stands in an example.
pub(super) fn example_of(shape: &Shape, depth: usize) -> String {
    if let Some(example) = &shape.example {
        return written(example);
    }
    if let Some(first) = shape.values.as_ref().and_then(|values| values.first()) {
        return in_flow(first);
    }
    match shape.kinds.iter().next() {
        Some(Kind::String) => match shape.format.as_deref() {
            Some("date-time") => "\"2026-01-15T12:00:00Z\"".to_owned(),
            Some("date") => "\"2026-01-15\"".to_owned(),
            _ => "text".to_owned(),
        },
        Some(Kind::Integer) => "1".to_owned(),
        Some(Kind::Number) => "1.5".to_owned(),
        Some(Kind::Boolean) => "true".to_owned(),
        Some(Kind::Array) => {
            let item = shape.items.as_ref().filter(|_| depth < 4).map(|items| example_of(items, depth + 1));
            format!("[{}]", item.unwrap_or_default())
        }
        Some(Kind::Object) if depth < 4 && !shape.properties.is_empty() => {
            let members: Vec<String> = shape
                .properties
                .iter()
                .map(|property| format!("{}: {}", in_flow(&property.name), example_of(&property.shape, depth + 1)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Some(Kind::Object) => "{}".to_owned(),
        None => "null".to_owned(),
    }
}

fn written(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Text(text) => in_flow(text),
        Tree::Bool(_) | Tree::Integer(_) | Tree::Number(_) => tree.scalar().unwrap_or_default(),
        Tree::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Tree::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Tree::Map(entries) => {
            let members: Vec<_> =
                entries.iter().map(|(name, value)| format!("{}: {}", in_flow(name), written(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}
