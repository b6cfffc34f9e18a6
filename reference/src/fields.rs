//! What becomes of a record: the columns of a row, what they are made of, and what the example comes to.

use tapwright_spec::model::{Expr, Field, Resource, TimeFormat, Type};

use crate::markdown::{Table, code_in_cell, text};
use crate::resource::given;
use crate::written::Writer;
use crate::{Example, Page};

/// An example's value is shown in so many characters.
const LONGEST: usize = 60;

/// The table of a resource's columns.
pub(crate) fn table(page: &Page<'_>, resource: &Resource) -> String {
    let names = given(resource);
    let writer = Writer { given: &names, of_last: false };
    let examples = (page.example)(&resource.name);
    let example = |column: &str| {
        let found = examples.iter().find(|(name, _)| name == column).map(|(_, example)| example);
        found.map(shown).unwrap_or_default()
    };
    let row = &resource.row;
    let mut table = Table::new(&["column", "type", "null", "from", "example", "what"]);
    for column in row.implied() {
        let from = match (column.name, column.from) {
            // Of a metric or distribution it is made of other columns.
            ("id", Expr::Null) => row.told_by().iter().map(|name| code_in_cell(name)).collect::<Vec<_>>().join(", "),
            ("id", Expr::Call(tapwright_spec::model::Function::Key, parts)) => {
                parts.iter().map(|part| code_in_cell(&writer.expression(part))).collect::<Vec<_>>().join(", ")
            }
            (_, from) => code_in_cell(&writer.expression(from)),
        };
        table.row(vec![
            code_in_cell(column.name),
            kind(&column.ty),
            nullable(column.nullable),
            from,
            example(column.name),
            text(column.about),
        ]);
    }
    for field in &row.fields {
        table.row(vec![
            code_in_cell(&field.name),
            kind(&field.ty),
            nullable(field.nullable),
            code_in_cell(&writer.expression(&field.from)),
            example(&field.name),
            about(field, page),
        ]);
    }
    table.to_string()
}

fn about(field: &Field, page: &Page<'_>) -> String {
    let description = text(&field.description);
    let anchors = crate::anchors::Anchors::of(page.connector);
    let Some(to) = &field.references else { return description };
    let link = format!("The `id` of one of [{to}](#{}).", anchors.of_resource(to));
    if description.is_empty() { link } else { format!("{description} {link}") }
}

fn nullable(nullable: bool) -> String {
    if nullable { "yes".to_owned() } else { "no".to_owned() }
}

/// A type, and how a moment is written.
fn kind(ty: &Type) -> String {
    match ty {
        Type::String => "text".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Decimal => "decimal".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Timestamp(TimeFormat::Rfc3339) => "timestamp".to_owned(),
        Type::Timestamp(format) => format!("timestamp, of {}", moment(format)),
        Type::Date => "date".to_owned(),
        Type::Json => "JSON".to_owned(),
        Type::List => "list of texts".to_owned(),
        Type::Enum(known) => format!("[{}](#values)", known.name),
    }
}

/// How the API writes a moment.
pub(crate) fn moment(format: &TimeFormat) -> String {
    match format {
        TimeFormat::Rfc3339 => "RFC 3339".to_owned(),
        TimeFormat::UnixSeconds => "seconds since 1970".to_owned(),
        TimeFormat::UnixMillis => "milliseconds since 1970".to_owned(),
        TimeFormat::UnixMicros => "microseconds since 1970".to_owned(),
        TimeFormat::Date => "a day".to_owned(),
        TimeFormat::Pattern(pattern) => code_in_cell(pattern),
    }
}

fn shown(example: &Example) -> String {
    match example {
        Example::Null => "null".to_owned(),
        Example::Unknown => "…".to_owned(),
        Example::Value(value) if value.trim().is_empty() => "(empty)".to_owned(),
        Example::Value(value) => {
            let mut start: String = value.chars().take(LONGEST).collect();
            if start.len() < value.len() {
                start.push('…');
            }
            code_in_cell(&start)
        }
    }
}
