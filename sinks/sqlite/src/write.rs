//! Rows into tables: the upserts of a page, and the sweep that ends a full refresh.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};
use tapwright_runtime::plan::Resource;
use tapwright_runtime::{Error, ErrorKind, Result, Sweep, Value, Write};

use crate::fault::{Doing, store};
use crate::schema::{self, GENERATION, quote};

/// What is prepared once for a resource.
#[derive(Debug)]
pub(crate) struct Writer {
    resource: &'static Resource,
    upsert: String,
    sweep: String,
    /// Whether there may be quarantined records of the resource.
    pub(crate) quarantined: bool,
}

/// A value on its way into a statement, borrowed from its page.
struct Bound<'a>(Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Boolean(boolean) => ValueRef::Integer(i64::from(boolean)),
            Value::Integer(integer) => ValueRef::Integer(integer),
            Value::Number(number) => ValueRef::Real(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Timestamp(moment) => ValueRef::Integer(moment.millis()),
        }))
    }
}

impl Writer {
    pub(crate) fn new(resource: &'static Resource, quarantined: bool) -> Self {
        let mut sweep = format!("DELETE FROM {} WHERE {GENERATION} NOT BETWEEN ?1 AND ?2", quote(resource.row.name));
        let mut key = schema::key_names(&resource.row);
        if let (Some(key), None) = (key.next(), key.next()) {
            // What the source still has, though it cannot be mapped now, keeps the row it had.
            sweep.push_str(&format!(
                " AND {} NOT IN (SELECT key FROM _tapwright_quarantine \
                 WHERE connector = ?3 AND resource = ?4 AND generation BETWEEN ?1 AND ?2 AND key IS NOT NULL)",
                quote(key)
            ));
        }
        Writer { resource, upsert: schema::upsert(&resource.row), sweep, quarantined }
    }

    /// The one of that resource.
    pub(crate) fn of<'a>(writers: &'a mut [Writer], resource: &Resource) -> Result<&'a mut Writer> {
        writers.iter_mut().find(|writer| writer.resource.name == resource.name).ok_or_else(|| {
            let message = format!("the resource {} was not part of this sync's beginning", resource.name);
            Error::new(ErrorKind::Store, message).help("name every resource in `Begin::resources`")
        })
    }

    /// Writes the rows of a page, each over the row of the same key.
    pub(crate) fn write(&self, connection: &Connection, write: &Write) -> Result<()> {
        let width = self.resource.row.columns.len();
        if write.batch.plan().columns.len() != width {
            let message = format!("a page of {} has other columns than its table", self.resource.name);
            return Err(Error::new(ErrorKind::Store, message));
        }
        let mut statement = connection.prepare_cached(&self.upsert).map_err(|error| self.fault(&error))?;
        statement.raw_bind_parameter(width + 1, write.generation).map_err(|error| self.fault(&error))?;
        for (at, row) in write.batch.rows().enumerate() {
            let mut put = || -> rusqlite::Result<()> {
                for column in 0..width {
                    statement.raw_bind_parameter(column + 1, Bound(row.get(column)))?;
                }
                statement.raw_execute().map(|_| ())
            };
            put().map_err(|error| self.fault(&error).with("row", at))?;
        }
        Ok(())
    }

    /// Removes what another refresh wrote; how many rows that were.
    pub(crate) fn sweep(&self, connection: &Connection, connector: &str, sweep: &Sweep) -> Result<u64> {
        let mut statement = connection.prepare_cached(&self.sweep).map_err(|error| self.fault(&error))?;
        let all = params![sweep.since, sweep.generation, connector, self.resource.name];
        let values = all.get(..statement.parameter_count()).unwrap_or(all);
        let deleted = statement.execute(values).doing("remove what the source no longer has")?;
        Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
    }

    fn fault(&self, error: &rusqlite::Error) -> Error {
        store(&format!("write to the table {}", self.resource.row.name), error).with("resource", self.resource.name)
    }
}
