//! What was counted of a resource, beside its rows: a row for each count, added up in the transaction of the rows that it
//! speaks of. What the counts mean is the engine's business.

use rusqlite::{Connection, params};
use tapwright_runtime::{Count, Counts, Result, Timestamp};

use crate::fault::Doing;

pub(crate) const TABLE: &str = "_tapwright_seen";

pub(crate) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _tapwright_seen (
  connector TEXT NOT NULL,
  resource TEXT NOT NULL,
  what TEXT NOT NULL,
  place TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (connector, resource, what, place, name)
) STRICT, WITHOUT ROWID;
";

/// Adds what came.
pub(crate) fn add(connection: &Connection, connector: &str, came: &Counts) -> Result<()> {
    let resource = came.resource.name;
    if came.anew {
        let sql = "DELETE FROM _tapwright_seen WHERE connector = ? AND resource = ?";
        connection.execute(sql, [connector, resource]).doing("begin the counts anew")?;
    }
    let sql = "INSERT INTO _tapwright_seen \
               (connector, resource, what, place, name, version, count, first_at, last_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
               ON CONFLICT (connector, resource, what, place, name) DO UPDATE SET \
               version = excluded.version, count = count + excluded.count, last_at = excluded.last_at";
    let mut statement = connection.prepare_cached(sql).doing("keep what was counted")?;
    for count in &came.counts {
        let Count { what, place, name, version, count, first_at, last_at } = count;
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        let values =
            params![connector, resource, what, place, name, version, count, first_at.millis(), last_at.millis()];
        statement.execute(values).doing("keep what was counted")?;
    }
    Ok(())
}

/// What was counted of a resource.
pub(crate) fn read(connection: &Connection, connector: &str, resource: &str) -> Result<Vec<Count>> {
    // An older release has made no such table.
    if crate::table::kind_of(connection, TABLE)?.is_none() {
        return Ok(Vec::new());
    }
    let sql = "SELECT what, place, name, version, count, first_at, last_at FROM _tapwright_seen \
               WHERE connector = ? AND resource = ? ORDER BY what, place, name";
    let read = || -> rusqlite::Result<Vec<Count>> {
        let moment = |millis: i64| Timestamp::from_millis(millis).unwrap_or_else(Timestamp::now);
        let mut statement = connection.prepare_cached(sql)?;
        let counts = statement.query_map([connector, resource], |row| {
            Ok(Count {
                what: row.get(0)?,
                place: row.get(1)?,
                name: row.get(2)?,
                version: row.get(3)?,
                count: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                first_at: moment(row.get(5)?),
                last_at: moment(row.get(6)?),
            })
        })?;
        counts.collect()
    };
    read().doing("read what was counted")
}
