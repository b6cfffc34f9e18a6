//! What the database remembers of its tables: which resource writes each, its shape, key and columns.
//!
//! `_tapwright_rows` makes the file self-describing: views, status and migrations need no spec. A table that no
//! resource writes any more keeps its record, so that it can be taken up again.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde_json::{Value as Json, json};
use tapwright_runtime::Result;
use tapwright_runtime::plan::{Resource, Row, Shape};

use crate::fault::Doing;
use crate::schema::{Ty, key_names, quote, shape_name};

/// A table of rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) connector: String,
    /// None when no resource writes it any more.
    pub(crate) resource: Option<String>,
    pub(crate) shape: String,
    pub(crate) key: Vec<String>,
    pub(crate) time: Option<String>,
    pub(crate) columns: Vec<Column>,
}

/// A column that was made for a plan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    /// Whether the spec no longer has it: kept with its values, no longer written.
    pub(crate) retired: bool,
    /// What it is for in a metric, edge or distribution.
    pub(crate) role: Option<Role>,
}

/// What a column is for, so that a view can show it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    /// Where a span of time begins; how long all of them are, when that is known, in milliseconds.
    Start(Option<i64>),
    /// Where it ends.
    End,
    /// What tells rows apart.
    Dimension,
    /// A number.
    Value,
    /// What is counted together.
    Bucket,
    /// What an edge leads from: the row type whose `id` it is.
    From(String),
    /// What it leads to.
    To(String),
    /// What kind of edge it is.
    Kind,
}

impl Role {
    /// What the column of a plan is for.
    fn of(row: &Row, at: u16) -> Option<Self> {
        if let Shape::Edge(edge) = &row.shape {
            return match at {
                at if at == edge.from => Some(Role::From(edge.from_row.to_owned())),
                at if at == edge.to => Some(Role::To(edge.to_row.to_owned())),
                at => (edge.kind == Some(at)).then_some(Role::Kind),
            };
        }
        let series = row.shape.series()?;
        match at {
            at if row.time == Some(at) => Some(Role::Start(series.period.map(|period| period.millis))),
            at if series.end == Some(at) => Some(Role::End),
            at if series.dimensions.contains(&at) => Some(Role::Dimension),
            at if series.values.contains(&at) => Some(Role::Value),
            at => matches!(row.shape, Shape::Distribution { bucket, .. } if bucket == at).then_some(Role::Bucket),
        }
    }

    /// As the database keeps it: a name, and what belongs to it.
    fn kept(&self) -> (&'static str, Json) {
        match self {
            Role::Start(period) => ("start", json!(period)),
            Role::End => ("end", Json::Null),
            Role::Dimension => ("dimension", Json::Null),
            Role::Value => ("value", Json::Null),
            Role::Bucket => ("bucket", Json::Null),
            Role::From(row) => ("from", json!(row)),
            Role::To(row) => ("to", json!(row)),
            Role::Kind => ("kind", Json::Null),
        }
    }

    fn read(name: &str, of: Option<&Json>) -> Option<Self> {
        let text = || of.and_then(Json::as_str).unwrap_or_default().to_owned();
        Some(match name {
            "start" => Role::Start(of.and_then(Json::as_i64)),
            "end" => Role::End,
            "dimension" => Role::Dimension,
            "value" => Role::Value,
            "bucket" => Role::Bucket,
            "from" => Role::From(text()),
            "to" => Role::To(text()),
            "kind" => Role::Kind,
            _ => return None,
        })
    }
}

/// A column as the table really has it.
pub(crate) struct Actual {
    pub(crate) name: String,
    pub(crate) not_null: bool,
}

impl Table {
    /// What the plan says.
    pub(crate) fn planned(connector: &str, resource: &'static Resource) -> Self {
        let row = &resource.row;
        let column = |at: u16| row.columns.get(usize::from(at));
        Table {
            name: row.name.to_owned(),
            connector: connector.to_owned(),
            resource: Some(resource.name.to_owned()),
            shape: shape_name(row.shape).to_owned(),
            key: key_names(row).map(str::to_owned).collect(),
            time: row.time.and_then(column).map(|column| column.name.to_owned()),
            columns: row
                .columns
                .iter()
                .zip(0..)
                .map(|(column, at)| Column {
                    name: column.name.to_owned(),
                    ty: Ty::of(column.ty),
                    retired: false,
                    role: Role::of(row, at),
                })
                .collect(),
        }
    }

    /// All that are remembered, by name.
    pub(crate) fn all(connection: &Connection) -> Result<Vec<Self>> {
        let read = || -> rusqlite::Result<Vec<Self>> {
            let mut statement = connection.prepare(&format!("{SELECT} ORDER BY name"))?;
            statement.query_map([], Self::from_sql)?.collect()
        };
        read().doing("read what the tables are")
    }

    /// The one of that name, in any case.
    pub(crate) fn named(connection: &Connection, name: &str) -> Result<Option<Self>> {
        let sql = format!("{SELECT} WHERE name = ? COLLATE NOCASE");
        connection.query_row(&sql, [name], Self::from_sql).optional().doing("read what the tables are")
    }

    fn from_sql(row: &SqlRow<'_>) -> rusqlite::Result<Self> {
        let parsed = |at: usize| -> rusqlite::Result<Json> {
            let text: String = row.get(at)?;
            Ok(serde_json::from_str(&text).unwrap_or(Json::Null))
        };
        let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let items = |json: Json| if let Json::Array(items) = json { items } else { Vec::new() };
        Ok(Table {
            name: row.get(0)?,
            connector: row.get(1)?,
            resource: row.get(2)?,
            shape: row.get(3)?,
            key: items(parsed(4)?).iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            time: row.get(5)?,
            columns: items(parsed(6)?)
                .iter()
                .map(|column| Column {
                    name: text(column, "name"),
                    ty: Ty::named(&text(column, "type")).unwrap_or(Ty::String),
                    retired: column.get("retired").and_then(Json::as_bool).unwrap_or(false),
                    role: Role::read(&text(column, "role"), column.get("of")),
                })
                .collect(),
        })
    }

    /// Remembers it.
    pub(crate) fn keep(&self, connection: &Connection) -> Result<()> {
        let columns: Vec<Json> = self
            .columns
            .iter()
            .map(|column| {
                let mut kept = json!({"name": column.name, "type": column.ty.name()});
                let mut put = |key: &str, value: Json| {
                    if let (Json::Object(kept), false) = (&mut kept, value.is_null()) {
                        kept.insert(key.to_owned(), value);
                    }
                };
                put("retired", if column.retired { json!(true) } else { Json::Null });
                if let Some((role, of)) = column.role.as_ref().map(Role::kept) {
                    put("role", json!(role));
                    put("of", of);
                }
                kept
            })
            .collect();
        let sql = "INSERT OR REPLACE INTO _tapwright_rows (name, connector, resource, shape, key, time, columns) \
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        connection
            .execute(
                sql,
                params![
                    self.name,
                    self.connector,
                    self.resource,
                    self.shape,
                    json!(self.key).to_string(),
                    self.time,
                    Json::Array(columns).to_string()
                ],
            )
            .doing("remember what the tables are")?;
        Ok(())
    }

    /// Forgets it; the table itself stays.
    pub(crate) fn forget(&self, connection: &Connection) -> Result<()> {
        let sql = "DELETE FROM _tapwright_rows WHERE name = ?";
        connection.execute(sql, [&self.name]).doing("remember what the tables are")?;
        Ok(())
    }

    /// The columns with a role that fits, of those that are still written.
    pub(crate) fn with<'t>(&'t self, fits: impl Fn(&Role) -> bool + 't) -> impl Iterator<Item = &'t Column> {
        self.columns.iter().filter(move |column| !column.retired && column.role.as_ref().is_some_and(&fits))
    }

    /// The column of that name, in any case.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }
}

const SELECT: &str = "SELECT name, connector, resource, shape, key, time, columns FROM _tapwright_rows";

/// The kind of thing that has this name in the schema: `table`, `view` or `index`.
pub(crate) fn kind_of(connection: &Connection, name: &str) -> Result<Option<String>> {
    let sql = "SELECT type FROM sqlite_schema WHERE name = ? COLLATE NOCASE";
    connection.query_row(sql, [name], |row| row.get(0)).optional().doing("read the schema")
}

/// The columns a table really has.
pub(crate) fn actual(connection: &Connection, table: &str) -> Result<Vec<Actual>> {
    let read = || -> rusqlite::Result<Vec<Actual>> {
        let mut statement = connection.prepare(&format!("PRAGMA table_info({})", quote(table)))?;
        let rows = statement.query_map([], |row| Ok(Actual { name: row.get(1)?, not_null: row.get(3)? }))?;
        rows.collect()
    };
    read().doing("read the schema")
}
