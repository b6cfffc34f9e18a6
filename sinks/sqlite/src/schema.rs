//! From plans to SQL: how a column's type is stored, the tables, and the upsert. No database is touched here.

use std::fmt::Write as _;

use tapwright_runtime::plan::{Connector, Resource, Row, Shape, Type};
use tapwright_runtime::{Error, ErrorKind, Result};

/// The five views that show all connectors' rows by shape; no row type may take their names.
pub(crate) const VIEWS: [&str; 5] = ["entities", "events", "metrics", "edges", "distributions"];

/// The column that keeps the refresh a row belongs to.
pub(crate) const GENERATION: &str = "_generation";

/// What a column's values are, as the database remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    String,
    Integer,
    Number,
    Decimal,
    Boolean,
    Timestamp,
    Date,
    Json,
    List,
    Enum,
}

impl Ty {
    const ALL: [(Ty, &'static str); 10] = [
        (Ty::String, "string"),
        (Ty::Integer, "integer"),
        (Ty::Number, "number"),
        (Ty::Decimal, "decimal"),
        (Ty::Boolean, "boolean"),
        (Ty::Timestamp, "timestamp"),
        (Ty::Date, "date"),
        (Ty::Json, "json"),
        (Ty::List, "list"),
        (Ty::Enum, "enum"),
    ];

    pub(crate) fn of(ty: Type) -> Self {
        match ty {
            Type::String => Ty::String,
            Type::Integer => Ty::Integer,
            Type::Number => Ty::Number,
            Type::Decimal => Ty::Decimal,
            Type::Boolean => Ty::Boolean,
            Type::Timestamp(_) => Ty::Timestamp,
            Type::Date => Ty::Date,
            Type::Json => Ty::Json,
            Type::List => Ty::List,
            Type::Enum { .. } => Ty::Enum,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        Ty::ALL.iter().find(|(ty, _)| *ty == self).map_or("string", |(_, name)| name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Ty::ALL.iter().find(|(_, known)| *known == name).map(|(ty, _)| *ty)
    }

    /// The type of its column.
    pub(crate) fn storage(self) -> &'static str {
        match self {
            Ty::String | Ty::Decimal | Ty::Date | Ty::Json | Ty::List | Ty::Enum => "TEXT",
            Ty::Integer | Ty::Boolean | Ty::Timestamp => "INTEGER",
            Ty::Number => "REAL",
        }
    }
}

/// The name of a shape.
pub(crate) fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Entity => "entity",
        Shape::Event => "event",
        Shape::Metric(_) => "metric",
        Shape::Edge(_) => "edge",
        Shape::Distribution { .. } => "distribution",
    }
}

/// Where the rows of a metric or distribution wait until what they are a part of is whole.
pub(crate) fn staged(row: &Row) -> String {
    format!("_tapwright_staged_{}", row.name)
}

/// The index that finds a part of a metric or distribution, and the columns it is by: whose it is, and when. None when
/// there is but one part.
pub(crate) fn part_index(row: &'static Row) -> Option<(String, Vec<&'static str>)> {
    let series = row.shape.series()?;
    let name = |at: u16| row.columns.get(usize::from(at)).map(|column| column.name);
    let columns: Vec<&str> = series.parent.into_iter().chain(row.time).filter_map(name).collect();
    (!columns.is_empty()).then(|| (format!("_tapwright_part_{}", row.name), columns))
}

/// A name as SQL takes it, whatever it holds.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL takes it.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Names, quoted and separated by commas.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(quote).collect();
    quoted.join(", ")
}

/// The names of a row type's key columns.
pub(crate) fn key_names(row: &'static Row) -> impl Iterator<Item = &'static str> + Clone {
    row.key.iter().filter_map(|&at| row.columns.get(usize::from(at))).map(|column| column.name)
}

/// The table of a row type.
///
/// An ordinary table with an index for the key, not `WITHOUT ROWID`: a tree of whole rows ordered by a text key took
/// less than half as many rows a second when keys come in no order, and no more when they come in order. No index on
/// the time column either: it would cost each row about an eighth, and whoever wants one can add it.
pub(crate) fn create_table(row: &'static Row, name: &str) -> String {
    let mut sql = format!("CREATE TABLE {} (\n", quote(name));
    for (at, column) in row.columns.iter().enumerate() {
        let key = row.key.iter().any(|&key| usize::from(key) == at);
        let null = if column.nullable && !key { "" } else { " NOT NULL" };
        let _ = writeln!(sql, "  {} {}{null},", quote(column.name), Ty::of(column.ty).storage());
    }
    let _ = write!(sql, "  {GENERATION} INTEGER NOT NULL,\n  PRIMARY KEY ({})\n) STRICT", list(key_names(row)));
    sql
}

/// The statement that writes a row over the row of the same key: a parameter for each column, and the generation.
///
/// It does not compare old and new: where a row is the same, SQLite leaves its page clean by itself.
pub(crate) fn upsert(row: &'static Row, table: &str) -> String {
    let values: Vec<&str> = names(row).map(|_| "?").collect();
    upsert_from(row, table, &format!("VALUES ({})", values.join(", ")))
}

/// The statement that writes what `source` gives, each over the row of the same key.
pub(crate) fn upsert_from(row: &'static Row, table: &str, source: &str) -> String {
    let key: Vec<&str> = key_names(row).collect();
    let sets: Vec<String> =
        names(row).filter(|name| !key.contains(name)).map(|name| format!("{0} = excluded.{0}", quote(name))).collect();
    format!(
        "INSERT INTO {} ({}) {source} ON CONFLICT ({}) DO UPDATE SET {}",
        quote(table),
        list(names(row)),
        list(key.iter().copied()),
        sets.join(", ")
    )
}

/// The columns of a row, and the generation.
pub(crate) fn names(row: &'static Row) -> impl Iterator<Item = &'static str> {
    row.columns.iter().map(|column| column.name).chain([GENERATION])
}

/// Refuses row types that no table can be made of, before anything is touched.
pub(crate) fn check(connector: &'static Connector, resources: &[&'static Resource]) -> Result<()> {
    for (at, resource) in resources.iter().enumerate() {
        let row = &resource.row;
        let refuse = |why: String, help: &'static str| {
            let error = Error::new(ErrorKind::Store, why).help(help);
            Err(error.with("connector", connector.name).with("resource", resource.name))
        };
        let lower = row.name.to_ascii_lowercase();
        if VIEWS.contains(&lower.as_str()) || lower.starts_with("_tapwright_") || lower.starts_with("sqlite_") {
            return refuse(format!("the table name `{}` is reserved", row.name), "give the row type another name");
        }
        if resources.iter().take(at).any(|other| other.row.name.eq_ignore_ascii_case(row.name)) {
            let why = format!("two resources write the table `{}`", row.name);
            return refuse(why, "give each resource a row type of its own");
        }
        if row.key.is_empty() || key_names(row).count() != row.key.len() {
            return refuse(format!("the row type `{}` has no key", row.name), "say which fields identify a record");
        }
        for (at, column) in row.columns.iter().enumerate() {
            let same = |other: &str| other.eq_ignore_ascii_case(column.name);
            if same(GENERATION) || row.columns.iter().take(at).any(|other| same(other.name)) {
                let why = format!("the table `{}` cannot have another column `{}`", row.name, column.name);
                return refuse(why, "SQL does not tell names apart by case: rename the field");
            }
        }
    }
    Ok(())
}
