//! A page and what became of its records, as people read them.

use ::console::truncate_str;
use tapwright_runtime::plan::{Column, Records, Resource, Type};
use tapwright_runtime::{Api, PageRead, Value};

use super::{json, plain};
use crate::console::{BOLD, DIM, WARN, number, out, styled, width};
use crate::table::{Align, Table};

/// So many rows are shown.
const MOST_ROWS: usize = 20;
/// So many records are shown that were set aside, and so many values that are new.
const MOST_OTHERS: usize = 5;
/// A cell is cut to so many characters before the table is laid out.
const LONGEST_CELL: usize = 200;

pub(super) fn show(api: &Api, resource: &'static Resource, page: &PageRead) {
    let (rows, aside) = (page.rows.len(), page.quarantined.len());
    let mut said = format!("{}: {}, {}", place(resource, page), many(page.items, "record"), many(rows, "row"));
    if aside > 0 {
        said.push_str(&format!(", {aside} set aside"));
    }
    out(format_args!("\n{}", styled(BOLD, said)));
    if rows > 0 {
        let table = table(api, page);
        out(&table);
        let left_out: Vec<_> = table.left_out().collect();
        if !left_out.is_empty() {
            let what = format!("no room for {}; --json shows all", left_out.join(", "));
            out(styled(DIM, what));
        }
        if rows > MOST_ROWS {
            out(styled(DIM, format_args!("{}; --json shows all", many(rows - MOST_ROWS, "other row"))));
        }
    }
    if is_counted(resource) && page.items > rows + aside {
        let why = match resource.keep {
            Some(_) => "not the resource's, as `where` says, or of another span of time",
            None => "of another span of time, or left out",
        };
        out(styled(DIM, format_args!("{} {why}", many(page.items - rows - aside, "record"))));
    }
    set_aside(api, page);
    news(page);
    match &page.next {
        Some(next) => out(truncate_str(&format!("the list goes on at {}", plain(next)), width(), "…")),
        None => out("the list ends here"),
    }
}

/// Which page it is.
fn place(resource: &Resource, page: &PageRead) -> String {
    let mut place = format!("page {} of {}", page.number, resource.name);
    if let Some(parent) = &page.parent {
        place.push_str(&format!(" for {}", plain(parent)));
    }
    match &page.window {
        Some((from, Some(to))) => place.push_str(&format!(", from {from} to {to}")),
        Some((from, None)) => place.push_str(&format!(", since {from}")),
        None => {}
    }
    place
}

fn set_aside(api: &Api, page: &PageRead) {
    for record in page.quarantined.iter().take(MOST_OTHERS) {
        let label = styled(WARN, "set aside:");
        out(format_args!("{label} record {}: {}", record.index + 1, plain(&record.reason)));
        let shown = plain(&json::masked(api, &record.record));
        out(styled(DIM, truncate_str(&format!("    {shown}"), width(), "…")));
    }
    let more = page.quarantined.len().saturating_sub(MOST_OTHERS);
    if more > 0 {
        out(styled(DIM, format_args!("{} set aside; --json shows all", many(more, "other record"))));
    }
}

/// What the source sent that the spec does not know.
fn news(page: &PageRead) {
    let listed = |found: &mut dyn Iterator<Item = (&String, &u64)>| {
        found
            .take(MOST_OTHERS)
            .map(|(what, count)| format!("`{}` ({count}x)", plain(what)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let label = styled(WARN, "new:");
    for (column, values) in &page.drift {
        out(format_args!("{label} {column} has values that the spec does not know: {}", listed(&mut values.iter())));
    }
    if !page.unknown_fields.is_empty() {
        out(format_args!("{label} fields that the spec does not know: {}", listed(&mut page.unknown_fields.iter())));
    }
}

fn table(api: &Api, page: &PageRead) -> Table {
    let heading: Vec<_> = page.rows.plan().columns.iter().map(|column| (column.name, align(column))).collect();
    let mut table = Table::new(&heading).within(width());
    for row in page.rows.rows().take(MOST_ROWS) {
        table.row(row.values().map(|(column, value)| cell(api, column, value)).collect());
    }
    table
}

fn align(column: &Column) -> Align {
    match column.ty {
        Type::Integer | Type::Number | Type::Decimal => Align::Right,
        _ => Align::Left,
    }
}

/// A value for a table; nothing where there is none.
fn cell(api: &Api, column: &Column, value: Value<'_>) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::Boolean(b) => b.to_string(),
        Value::Integer(i) => api.masked(&i.to_string()),
        Value::Number(n) => api.masked(&n.to_string()),
        Value::Timestamp(at) => at.to_string(),
        Value::Text(text) if matches!(column.ty, Type::Json | Type::List) => json::masked(api, text),
        Value::Text(text) => api.masked(text),
    };
    plain(&text).chars().take(LONGEST_CELL).collect()
}

/// Whether what a page has are records, and not the items that they stand in.
fn is_counted(resource: &Resource) -> bool {
    matches!(resource.decode.records, Records::List(_) | Records::One(_) | Records::Zip(_))
}

fn many(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {what}{s}", number(u64::try_from(count).unwrap_or(u64::MAX)))
}
