//! The five views that show every connector's rows by shape, made of what the database remembers of its tables.

use rusqlite::{Connection, OptionalExtension};
use tapwright_runtime::Result;

use crate::fault::Doing;
use crate::schema::{Ty, VIEWS, literal, quote};
use crate::table::{Column, Role, Table};

/// What tells our views from a user's of the same name.
const MARK: &str = "/* made by Tapwright */";

/// How many columns one call of `json_object` takes; the next ones are added by `json_insert`.
const COLUMNS_A_CALL: usize = 200;

/// Makes or renews the views whose text changed. A table or view of a user's that has the name of one is left alone,
/// and noted.
pub(crate) fn bring(connection: &Connection, notes: &mut Vec<String>) -> Result<()> {
    let tables = Table::all(connection)?;
    for name in VIEWS {
        let sql = create(name, &tables);
        match existing(connection, name)? {
            Some(there) if there == sql => {}
            Some(there) if !there.contains(MARK) => {
                notes.push(format!("the view {name} was not made: something else has its name"));
            }
            Some(_) => {
                connection.execute_batch(&format!("DROP VIEW {name}; {sql}")).doing("renew the views")?;
            }
            None => connection.execute_batch(&sql).doing("make the views")?,
        }
    }
    Ok(())
}

/// Drops our views, before something they show is renamed.
pub(crate) fn drop_ours(connection: &Connection) -> Result<()> {
    for name in VIEWS {
        if existing(connection, name)?.is_some_and(|there| there.contains(MARK)) {
            connection.execute_batch(&format!("DROP VIEW {name}")).doing("renew the views")?;
        }
    }
    Ok(())
}

fn existing(connection: &Connection, name: &str) -> Result<Option<String>> {
    let sql = "SELECT coalesce(sql, '') FROM sqlite_schema WHERE name = ? COLLATE NOCASE";
    connection.query_row(sql, [name], |row| row.get(0)).optional().doing("read the schema")
}

fn create(view: &str, tables: &[Table]) -> String {
    let (columns, shape): (&[&str], &str) = match view {
        "entities" => (&["connector", "type", "id", "attributes", "updated_at"], "entity"),
        "events" => (&["connector", "name", "id", "start_ts", "attributes"], "event"),
        "metrics" => (&["connector", "name", "ts", "value", "dimensions", "measure", "end_ts", "attributes"], "metric"),
        "edges" => (
            &["connector", "type", "from_type", "from_id", "to_type", "to_id", "attributes", "kind", "updated_at"],
            "edge",
        ),
        _ => (&["connector", "name", "ts", "count", "sum", "buckets", "dimensions", "end_ts"], "distribution"),
    };
    let shown = tables.iter().filter(|table| table.resource.is_some() && table.shape == shape);
    let selects: Vec<String> = shown
        .flat_map(|table| match shape {
            "metric" => metric(table),
            "edge" => vec![edge(table)],
            "distribution" => vec![distribution(table)],
            _ => vec![select(table)],
        })
        .collect();
    let body = if selects.is_empty() {
        let nothing: Vec<&str> = columns.iter().map(|_| "NULL").collect();
        format!("SELECT {} WHERE 0", nothing.join(", "))
    } else {
        selects.join("\nUNION ALL\n")
    };
    format!("CREATE VIEW {view} ({}) AS {MARK}\n{body}", columns.join(", "))
}

fn select(table: &Table) -> String {
    let (connector, name) = names(table);
    let time = time(table);
    let attributes = attributes(table);
    let (fourth, fifth) = if table.shape == "event" { (time, attributes) } else { (attributes, time) };
    format!("SELECT {connector}, {name}, {}, {fourth}, {fifth} FROM {}", id(table), quote(&table.name))
}

/// One row for each number of a row.
fn metric(table: &Table) -> Vec<String> {
    let (connector, name) = names(table);
    let (start, end, attributes) = (time(table), end(table), attributes(table));
    let dimensions = object(&table.with(|role| *role == Role::Dimension).collect::<Vec<_>>());
    let values = table.with(|role| *role == Role::Value);
    let select = |column: &Column| {
        let (value, measure) = (quote(&column.name), literal(&column.name));
        // A decimal is text, so that it loses no digits; here it is a number like the others.
        let value = if column.ty == Ty::Decimal { format!("CAST({value} AS REAL)") } else { value };
        let columns = [&connector, &name, &start, &value, &dimensions, &measure, &end, &attributes];
        let columns = columns.map(String::as_str).join(", ");
        format!("SELECT {columns} FROM {}", quote(&table.name))
    };
    values.map(select).collect()
}

fn edge(table: &Table) -> String {
    let (connector, name) = names(table);
    let mut ends = ["NULL", "NULL", "NULL", "NULL", "NULL"].map(str::to_owned);
    let [from_type, from_id, to_type, to_id, kind] = &mut ends;
    for column in &table.columns {
        match column.role.as_ref().filter(|_| !column.retired) {
            Some(Role::From(row)) => (*from_type, *from_id) = (literal(row), quote(&column.name)),
            Some(Role::To(row)) => (*to_type, *to_id) = (literal(row), quote(&column.name)),
            Some(Role::Kind) => *kind = quote(&column.name),
            _ => {}
        }
    }
    let (attributes, time) = (attributes(table), time(table));
    let columns = [&connector, &name, from_type, from_id, to_type, to_id, &attributes, kind, &time];
    format!("SELECT {} FROM {}", columns.map(String::as_str).join(", "), quote(&table.name))
}

/// One row for all buckets that belong together. What their values come to is not known: `sum` is null.
fn distribution(table: &Table) -> String {
    let (connector, name) = names(table);
    let (start, end) = (time(table), end(table));
    let all: Vec<&Column> = table.with(|role| *role == Role::Dimension).collect();
    let one = |fits: fn(&Role) -> bool| table.with(fits).map(|column| quote(&column.name)).next();
    let number = |column: &Column| match column.ty {
        Ty::Decimal => format!("CAST({} AS REAL)", quote(&column.name)),
        _ => quote(&column.name),
    };
    let bucket = one(|role| *role == Role::Bucket).unwrap_or_else(|| "NULL".to_owned());
    let count = table.with(|role| *role == Role::Value).map(number).next().unwrap_or_else(|| "NULL".to_owned());
    let buckets = format!("json_group_object(CAST({bucket} AS TEXT), {count})");
    let mut by: Vec<String> = all.iter().map(|column| quote(&column.name)).collect();
    by.extend([&start, &end].into_iter().filter(|column| *column != "NULL").cloned());
    let by = if by.is_empty() { "NULL".to_owned() } else { by.join(", ") };
    format!(
        "SELECT {connector}, {name}, {start}, sum({count}), NULL, {buckets}, {}, {end} FROM {} GROUP BY {by}",
        object(&all),
        quote(&table.name)
    )
}

fn names(table: &Table) -> (String, String) {
    (literal(&table.connector), literal(&table.name))
}

fn time(table: &Table) -> String {
    table.time.as_deref().map_or_else(|| "NULL".to_owned(), quote)
}

/// Where the span of a row ends: as its column says, or as its period does.
fn end(table: &Table) -> String {
    let end = table.with(|role| *role == Role::End).map(|column| quote(&column.name)).next();
    let by_period = || {
        table.columns.iter().find_map(|column| match column.role {
            Some(Role::Start(Some(period))) => Some(format!("{} + {period}", quote(&column.name))),
            _ => None,
        })
    };
    end.or_else(by_period).unwrap_or_else(|| "NULL".to_owned())
}

/// A key of one column is the id; of several, a JSON array of them.
fn id(table: &Table) -> String {
    match table.key.as_slice() {
        [key] => format!("CAST({} AS TEXT)", quote(key)),
        keys => format!("json_array({})", keys.iter().map(|key| quote(key)).collect::<Vec<_>>().join(", ")),
    }
}

/// The fields as a JSON object: all columns but the ones that the view shows by themselves.
fn attributes(table: &Table) -> String {
    let shown = |column: &&Column| {
        let is_id = table.key.len() == 1 && table.key.contains(&column.name);
        !column.retired && !is_id && column.role.is_none() && table.time.as_ref() != Some(&column.name)
    };
    object(&table.columns.iter().filter(shown).collect::<Vec<_>>())
}

/// Columns as a JSON object.
fn object(columns: &[&Column]) -> String {
    let mut object = "json_object()".to_owned();
    for (at, columns) in columns.chunks(COLUMNS_A_CALL).enumerate() {
        let pairs = columns.iter().map(|column| match at {
            0 => format!("{}, {}", literal(&column.name), value(column)),
            _ => format!("{}, {}", literal(&format!("$.\"{}\"", column.name)), value(column)),
        });
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        object = if at == 0 { format!("json_object({pairs})") } else { format!("json_insert({object}, {pairs})") };
    }
    object
}

/// A column's value as JSON takes it. Text that is no JSON after all is shown as text, so that one row cannot break
/// the view.
fn value(column: &Column) -> String {
    let name = quote(&column.name);
    match column.ty {
        Ty::Json | Ty::List => format!("CASE WHEN json_valid({name}) THEN json({name}) ELSE {name} END"),
        Ty::Boolean => format!("CASE {name} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"),
        _ => name,
    }
}
