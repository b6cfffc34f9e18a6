//! The five views that show every connector's rows by shape, made of what the database remembers of its tables.

use rusqlite::{Connection, OptionalExtension};
use tapwright_runtime::Result;

use crate::fault::Doing;
use crate::schema::{Ty, VIEWS, literal, quote};
use crate::table::{Column, Table};

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
    let (columns, shape): (&[&str], Option<&str>) = match view {
        "entities" => (&["connector", "type", "id", "attributes", "updated_at"], Some("entity")),
        "events" => (&["connector", "name", "id", "start_ts", "attributes"], Some("event")),
        "metrics" => (&["connector", "name", "ts", "value", "dimensions"], None),
        "edges" => (&["connector", "type", "from_type", "from_id", "to_type", "to_id", "attributes"], None),
        _ => (&["connector", "name", "ts", "count", "sum", "buckets", "dimensions"], None),
    };
    let shown = tables.iter().filter(|table| table.resource.is_some() && Some(table.shape.as_str()) == shape);
    let selects: Vec<String> = shown.map(select).collect();
    let body = if selects.is_empty() {
        let nothing: Vec<&str> = columns.iter().map(|_| "NULL").collect();
        format!("SELECT {} WHERE 0", nothing.join(", "))
    } else {
        selects.join("\nUNION ALL\n")
    };
    format!("CREATE VIEW {view} ({}) AS {MARK}\n{body}", columns.join(", "))
}

fn select(table: &Table) -> String {
    let (connector, name) = (literal(&table.connector), literal(&table.name));
    let time = table.time.as_deref().map_or_else(|| "NULL".to_owned(), quote);
    let attributes = attributes(table);
    let (fourth, fifth) = if table.shape == "event" { (time, attributes) } else { (attributes, time) };
    format!("SELECT {connector}, {name}, {}, {fourth}, {fifth} FROM {}", id(table), quote(&table.name))
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
        !column.retired && !is_id && table.time.as_ref() != Some(&column.name)
    };
    let columns: Vec<&Column> = table.columns.iter().filter(shown).collect();
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
