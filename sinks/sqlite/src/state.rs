//! The sync's state beside the rows: checkpoints, quarantined records, reports, and the format's version.

use rusqlite::{Connection, OptionalExtension, params};
use tapwright_runtime::plan::Resource;
use tapwright_runtime::{Error, ErrorKind, Result, Sweep, Timestamp, Value, Write};

use crate::fault::Doing;

/// The version of the `_tapwright_` tables. A file of a greater one is left alone; one of a lesser is brought up to it.
/// Since 2, quarantined records have the key they would have had.
pub(crate) const FORMAT: i64 = 2;

/// How many reports of a connector are kept.
const REPORTS: u32 = 50;

const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _tapwright_meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _tapwright_rows (
  name TEXT NOT NULL COLLATE NOCASE PRIMARY KEY,
  connector TEXT NOT NULL,
  resource TEXT,
  shape TEXT NOT NULL,
  key TEXT NOT NULL,
  time TEXT,
  columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _tapwright_checkpoints (
  connector TEXT NOT NULL,
  resource TEXT NOT NULL,
  checkpoint TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (connector, resource)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _tapwright_quarantine (
  connector TEXT NOT NULL,
  resource TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  key TEXT,
  generation INTEGER NOT NULL,
  page INTEGER NOT NULL,
  position INTEGER NOT NULL,
  reason TEXT NOT NULL,
  record TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (connector, resource, fingerprint)
) STRICT;
CREATE INDEX IF NOT EXISTS _tapwright_quarantine_of ON _tapwright_quarantine (connector, resource, key);
CREATE TABLE IF NOT EXISTS _tapwright_leases (
  connector TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  process TEXT,
  epoch INTEGER NOT NULL,
  lasts INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _tapwright_reports (
  id INTEGER PRIMARY KEY,
  connector TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS _tapwright_reports_of ON _tapwright_reports (connector, id);
";

/// Makes the state's tables where they are missing, and brings those of an older release up to this one.
pub(crate) fn create(connection: &Connection, version: Option<i64>) -> Result<()> {
    if version == Some(1) {
        let sql = "ALTER TABLE _tapwright_quarantine ADD COLUMN key TEXT";
        connection.execute_batch(sql).doing("bring the sync's state up to this release")?;
    }
    for tables in [CREATE, crate::seen::CREATE] {
        connection.execute_batch(tables).doing("make the tables of the sync's state")?;
    }
    let sql = "INSERT INTO _tapwright_meta (key, value) VALUES ('format', ?) \
               ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    connection.execute(sql, [FORMAT.to_string()]).doing("write the format's version")?;
    Ok(())
}

/// The format's version. None in a database that Tapwright has not written to.
pub(crate) fn format(connection: &Connection) -> Result<Option<i64>> {
    if crate::table::kind_of(connection, "_tapwright_meta")?.is_none() {
        return Ok(None);
    }
    let sql = "SELECT CAST(value AS INTEGER) FROM _tapwright_meta WHERE key = 'format'";
    connection.query_row(sql, [], |row| row.get(0)).optional().doing("read the format's version")
}

/// Refuses a database that a newer release has written.
pub(crate) fn refuse_newer(version: Option<i64>) -> Result<()> {
    match version {
        Some(version) if version > FORMAT => {
            let message = format!("the database has format {version}, and this release knows up to {FORMAT}");
            let help = "install the newer release that wrote it, or sync into another file with --to sqlite:PATH";
            Err(Error::new(ErrorKind::Store, message).help(help))
        }
        _ => Ok(()),
    }
}

/// The checkpoint last committed.
pub(crate) fn checkpoint(connection: &Connection, connector: &str, resource: &str) -> Result<Option<String>> {
    let sql = "SELECT checkpoint FROM _tapwright_checkpoints WHERE connector = ? AND resource = ?";
    connection.query_row(sql, [connector, resource], |row| row.get(0)).optional().doing("read the checkpoint")
}

/// Keeps a checkpoint.
pub(crate) fn keep_checkpoint(connection: &Connection, connector: &str, resource: &Resource, text: &str) -> Result<()> {
    let sql = "INSERT INTO _tapwright_checkpoints (connector, resource, checkpoint, updated_at) VALUES (?, ?, ?, ?) \
               ON CONFLICT (connector, resource) DO UPDATE \
               SET checkpoint = excluded.checkpoint, updated_at = excluded.updated_at";
    let mut statement = connection.prepare_cached(sql).doing("write the checkpoint")?;
    let written = statement.execute(params![connector, resource.name, text, Timestamp::now().millis()]);
    written.map_err(|error| crate::fault::store("write the checkpoint", &error).with("resource", resource.name))?;
    Ok(())
}

/// Makes a resource read from its start.
pub(crate) fn forget_checkpoint(connection: &Connection, connector: &str, resource: &str) -> Result<()> {
    let sql = "DELETE FROM _tapwright_checkpoints WHERE connector = ? AND resource = ?";
    connection.execute(sql, [connector, resource]).doing("reset the checkpoint")?;
    Ok(())
}

/// Whether a resource has quarantined records.
pub(crate) fn has_quarantined(connection: &Connection, connector: &str, resource: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM _tapwright_quarantine WHERE connector = ? AND resource = ?)";
    connection.query_row(sql, [connector, resource], |row| row.get(0)).doing("read quarantined records")
}

/// Lets go of what was quarantined under the keys that a page writes: it could be mapped now.
pub(crate) fn release(connection: &Connection, connector: &str, write: &Write) -> Result<()> {
    let [key] = write.resource.row.key else { return Ok(()) };
    let sql = "DELETE FROM _tapwright_quarantine WHERE connector = ? AND resource = ? AND key = ?";
    let mut statement = connection.prepare_cached(sql).doing("release a quarantined record")?;
    for row in write.batch.rows() {
        if let Value::Text(key) = row.get(usize::from(*key)) {
            statement.execute([connector, write.resource.name, key]).doing("release a quarantined record")?;
        }
    }
    Ok(())
}

/// Keeps the records of a page that could not be mapped, each once however often it is read, and of several under one
/// key the last.
pub(crate) fn quarantine(connection: &Connection, connector: &str, write: &Write) -> Result<()> {
    if write.quarantined.is_empty() {
        return Ok(());
    }
    let older = "DELETE FROM _tapwright_quarantine \
                 WHERE connector = ? AND resource = ? AND key = ? AND fingerprint <> ?";
    let mut older = connection.prepare_cached(older).doing("keep a quarantined record")?;
    let sql = "INSERT INTO _tapwright_quarantine \
               (connector, resource, fingerprint, key, generation, page, position, reason, record, seen_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
               ON CONFLICT (connector, resource, fingerprint) DO UPDATE SET key = excluded.key, \
               generation = excluded.generation, page = excluded.page, position = excluded.position, \
               reason = excluded.reason, seen_at = excluded.seen_at";
    let mut statement = connection.prepare_cached(sql).doing("keep a quarantined record")?;
    let now = Timestamp::now().millis();
    for record in &write.quarantined {
        let fingerprint = fingerprint(&record.record);
        if let Some(key) = &record.key {
            older.execute([connector, write.resource.name, key, &fingerprint]).doing("keep a quarantined record")?;
        }
        let values = params![
            connector,
            write.resource.name,
            fingerprint,
            record.key,
            write.generation,
            i64::try_from(record.page).unwrap_or(i64::MAX),
            i64::try_from(record.index).unwrap_or(i64::MAX),
            record.reason,
            record.record,
            now
        ];
        statement.execute(values).doing("keep a quarantined record")?;
    }
    Ok(())
}

/// Removes quarantined records whose generation does not stay.
pub(crate) fn sweep_quarantine(connection: &Connection, connector: &str, sweep: &Sweep) -> Result<()> {
    let sql =
        "DELETE FROM _tapwright_quarantine WHERE connector = ? AND resource = ? AND generation NOT BETWEEN ? AND ?";
    connection
        .execute(sql, params![connector, sweep.resource.name, sweep.since, sweep.generation])
        .doing("sweep quarantined records")?;
    Ok(())
}

/// Keeps a report, and drops the oldest beyond the last fifty.
pub(crate) fn keep_report(connection: &Connection, connector: &str, report: &str) -> Result<()> {
    let insert = "INSERT INTO _tapwright_reports (connector, ended_at, report) VALUES (?, ?, ?)";
    connection.execute(insert, params![connector, Timestamp::now().millis(), report]).doing("keep the report")?;
    let trim = "DELETE FROM _tapwright_reports WHERE connector = ?1 AND id <= \
                (SELECT id FROM _tapwright_reports WHERE connector = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)";
    connection.execute(trim, params![connector, REPORTS]).doing("keep the report")?;
    Ok(())
}

/// FNV-1a with 128 bits (draft-eastlake-fnv), in hexadecimal: the same for the same text in every release.
fn fingerprint(text: &str) -> String {
    const PRIME: u128 = (1 << 88) + 0x13b;
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let hash = text.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of the draft's appendix for FNV-1a with 128 bits.
    #[test]
    fn fingerprints_are_fnv() {
        assert_eq!(fingerprint(""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(fingerprint("a"), "d228cb696f1a8caf78912b704e4a8964");
        assert_eq!(fingerprint("foobar"), "343e1662793c64bf6f0d3597ba446f18");
    }
}
