//! Rows into tables: the upserts of a page, the sweep that ends a full refresh, and the replacement of a part of a metric
//! or distribution, whose pages wait in a table of their own until then.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, named_params, params};
use tapwright_runtime::plan::Resource;
use tapwright_runtime::{Error, ErrorKind, Extent, Replacement, Result, Sweep, Value, Write};

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
        let staged = schema::staged(&resource.row);
        let table = if resource.row.shape.is_replaced() { staged.as_str() } else { resource.row.name };
        Writer { resource, upsert: schema::upsert(&resource.row, table), sweep, quarantined }
    }

    /// The one of that resource.
    pub(crate) fn of<'a>(writers: &'a mut [Writer], resource: &Resource) -> Result<&'a mut Writer> {
        writers.iter_mut().find(|writer| writer.resource.name == resource.name).ok_or_else(|| {
            let message = format!("the resource {} was not part of this sync's beginning", resource.name);
            Error::new(ErrorKind::Store, message).help("name every resource in `Begin::resources`")
        })
    }

    /// Writes the rows of a page, each over the row of the same key; those of a metric or distribution beside its table.
    pub(crate) fn write(&self, connection: &Connection, write: &Write) -> Result<()> {
        if let Some(stage) = write.stage.as_ref().filter(|stage| stage.first) {
            self.clear(connection, write.generation, &stage.extent)?;
        }
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

    /// Puts what was kept of a part in the place of what the table has of it; how many rows went without a successor.
    pub(crate) fn replace(&self, connection: &Connection, connector: &str, replacement: &Replacement) -> Result<u64> {
        let Replacement { generation, since, extent, .. } = replacement;
        let row = &self.resource.row;
        let (table, staged, within) = (quote(row.name), quote(&schema::staged(row)), self.within(extent));
        let key = schema::list(schema::key_names(row));
        // A row stays that the refresh before has met, where one may be missed; and what could not be mapped keeps the
        // row it had.
        let gone = format!(
            "DELETE FROM {table} WHERE {within} \
             AND (:since = :generation OR {GENERATION} NOT BETWEEN :since AND :generation) \
             AND {key} NOT IN (SELECT {key} FROM {staged} WHERE {GENERATION} = :generation AND {within}) \
             AND {key} NOT IN (SELECT key FROM _tapwright_quarantine WHERE connector = :connector \
             AND resource = :resource AND generation BETWEEN :since AND :generation AND key IS NOT NULL)"
        );
        let Extent { from, to, parent } = extent;
        let mut statement = connection.prepare_cached(&gone).map_err(|error| self.fault(&error))?;
        let all = named_params! {
            ":since": since, ":generation": generation, ":connector": connector, ":resource": self.resource.name,
            ":from": from, ":to": to, ":parent": parent,
        };
        let bound = bound(&statement, all);
        let deleted = statement.execute(bound.as_slice()).doing("remove what the source no longer has")?;
        let columns = schema::list(schema::names(row));
        let source = format!("SELECT {columns} FROM {staged} WHERE {GENERATION} = :generation AND {within}");
        let sql = schema::upsert_from(row, row.name, &source);
        let mut statement = connection.prepare_cached(&sql).map_err(|error| self.fault(&error))?;
        let bound = self::bound(&statement, all);
        statement.execute(bound.as_slice()).map_err(|error| self.fault(&error))?;
        self.clear(connection, *generation, extent)?;
        Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
    }

    /// Drops what was kept of a part, and by other refreshes.
    fn clear(&self, connection: &Connection, generation: i64, extent: &Extent) -> Result<()> {
        let staged = quote(&schema::staged(&self.resource.row));
        let sql = format!("DELETE FROM {staged} WHERE {GENERATION} <> :generation OR ({})", self.within(extent));
        let mut statement = connection.prepare_cached(&sql).map_err(|error| self.fault(&error))?;
        let Extent { from, to, parent } = extent;
        let all = named_params! { ":generation": generation, ":from": from, ":to": to, ":parent": parent };
        let bound = bound(&statement, all);
        statement.execute(bound.as_slice()).map_err(|error| self.fault(&error))?;
        Ok(())
    }

    /// Which rows are of a part.
    fn within(&self, extent: &Extent) -> String {
        let row = &self.resource.row;
        let column = |at: Option<u16>| at.and_then(|at| row.columns.get(usize::from(at))).map(|column| column.name);
        let mut all = vec!["true".to_owned()];
        if let (Some(parent), Some(_)) = (column(row.shape.series().and_then(|series| series.parent)), &extent.parent) {
            all.push(format!("{} = :parent", quote(parent)));
        }
        if let Some(time) = column(row.time) {
            all.extend(extent.from.map(|_| format!("{} >= :from", quote(time))));
            all.extend(extent.to.map(|_| format!("{} < :to", quote(time))));
        }
        all.join(" AND ")
    }

    fn fault(&self, error: &rusqlite::Error) -> Error {
        store(&format!("write to the table {}", self.resource.row.name), error).with("resource", self.resource.name)
    }
}

/// Those of the values that a statement has parameters for.
fn bound<'v>(
    statement: &rusqlite::Statement<'_>,
    all: &'v [(&'v str, &'v dyn ToSql)],
) -> Vec<(&'v str, &'v dyn ToSql)> {
    let has = |name: &str| matches!(statement.parameter_index(name), Ok(Some(_)));
    all.iter().filter(|(name, _)| has(name)).copied().collect()
}
