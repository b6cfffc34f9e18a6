//! What a database says of its syncs, without a lease and without changing it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use tapwright_runtime::{Count, Error, ErrorKind, Result, Timestamp};

use crate::fault::Doing;
use crate::lease::Kept;
use crate::schema::quote;
use crate::table::{self, Table};
use crate::{open, seen, state};

/// How many quarantined records of a resource are shown.
const SAMPLE: u32 = 3;

/// What a database holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// The file.
    pub path: PathBuf,
    /// The connectors that were synced into it, by name.
    pub connectors: Vec<ConnectorStatus>,
}

/// What a database holds of a connector.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConnectorStatus {
    /// Its name.
    pub name: String,
    /// The sync that runs, or that ended without giving its lease back.
    pub lease: Option<LeaseStatus>,
    /// The report of the last sync that ended, as it was given, and when.
    pub report: Option<(String, Timestamp)>,
    /// Its resources that were ever synced, by name.
    pub resources: Vec<ResourceStatus>,
}

/// Who holds a connector.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeaseStatus {
    /// Host and process.
    pub owner: String,
    /// Until when, unless it is renewed.
    pub expires_at: Timestamp,
    /// Whether another sync would have to wait for it.
    pub live: bool,
}

/// What a database holds of a resource.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResourceStatus {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: String,
    /// The shape of its rows: `entity`, `event`, `metric`, `edge` or `distribution`.
    pub shape: String,
    /// How many rows the table has.
    pub rows: u64,
    /// The checkpoint, as the engine wrote it, and when.
    pub checkpoint: Option<(String, Timestamp)>,
    /// How many of its records could not be mapped.
    pub quarantined: u64,
    /// The last seen of those.
    pub sample: Vec<QuarantineSample>,
}

/// A record that could not be mapped.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct QuarantineSample {
    /// Why, with the field.
    pub reason: String,
    /// The page it stood on, counted from 1 within its slice.
    pub page: u64,
    /// Its place on the page, counted from 0.
    pub index: u64,
    /// The record as it was received.
    pub record: String,
}

/// Reads the status of the database at `path`.
pub(crate) fn read(path: &Path) -> Result<Status> {
    let connectors = look(path, |connection| {
        let tables = Table::all(connection)?;
        let mut names: Vec<&str> = tables.iter().map(|table| table.connector.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.iter().map(|name| connector(connection, name, &tables)).collect()
    })?;
    Ok(Status { path: path.to_owned(), connectors })
}

/// Reads what was counted of resources of a connector.
pub(crate) fn counts(path: &Path, connector: &str, resources: &[&str]) -> Result<Vec<Vec<Count>>> {
    look(path, |connection| resources.iter().map(|resource| seen::read(connection, connector, resource)).collect())
}

/// Looks at the database at `path`.
fn look<T>(path: &Path, what: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let connection = open::read(path)?;
    let read = || -> Result<T> {
        // One transaction, so that all numbers are of one moment.
        let connection = connection.unchecked_transaction().doing("read the database")?;
        let version = state::format(&connection)?;
        state::refuse_newer(version)?;
        if version.is_none() {
            let error = Error::new(ErrorKind::Store, "nothing was ever synced into the database");
            return Err(error.help("run `tapwright sync` first, or name another file with --to sqlite:PATH"));
        }
        what(&connection)
    };
    read().map_err(|error| error.with("database", path.display()))
}

fn connector(connection: &Connection, name: &str, tables: &[Table]) -> Result<ConnectorStatus> {
    let now = Timestamp::now().millis();
    let lease = Kept::of(connection, name)?.map(|kept| LeaseStatus {
        live: kept.is_live(now),
        expires_at: moment(kept.expires_at),
        owner: kept.owner,
    });
    let sql = "SELECT report, ended_at FROM _tapwright_reports WHERE connector = ? ORDER BY id DESC LIMIT 1";
    let report = connection.query_row(sql, [name], |row| Ok((row.get(0)?, moment(row.get(1)?))));
    let mut resources = Vec::new();
    for table in tables.iter().filter(|table| table.connector == name) {
        if let Some(of) = &table.resource {
            resources.push(resource(connection, name, of, table)?);
        }
    }
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    let report = report.optional().doing("read the last report")?;
    Ok(ConnectorStatus { name: name.to_owned(), lease, report, resources })
}

fn resource(connection: &Connection, connector: &str, name: &str, table: &Table) -> Result<ResourceStatus> {
    let count = |sql: &str, values: &[&str]| -> Result<u64> {
        let count: i64 =
            connection.query_row(sql, rusqlite::params_from_iter(values), |row| row.get(0)).doing("count rows")?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    let rows = match table::kind_of(connection, &table.name)? {
        Some(_) => count(&format!("SELECT count(*) FROM {}", quote(&table.name)), &[])?,
        None => 0,
    };
    let of = "FROM _tapwright_quarantine WHERE connector = ? AND resource = ?";
    let quarantined = count(&format!("SELECT count(*) {of}"), &[connector, name])?;
    let sql = "SELECT checkpoint, updated_at FROM _tapwright_checkpoints WHERE connector = ? AND resource = ?";
    let checkpoint = connection.query_row(sql, [connector, name], |row| Ok((row.get(0)?, moment(row.get(1)?))));
    let sample = || -> rusqlite::Result<Vec<QuarantineSample>> {
        let sql = format!("SELECT reason, page, position, record {of} ORDER BY seen_at DESC, page, position LIMIT ?");
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map(params![connector, name, SAMPLE], |row| {
            let number = |at: usize| row.get::<_, i64>(at).map(|number| u64::try_from(number).unwrap_or(0));
            Ok(QuarantineSample { reason: row.get(0)?, page: number(1)?, index: number(2)?, record: row.get(3)? })
        })?;
        rows.collect()
    };
    Ok(ResourceStatus {
        name: name.to_owned(),
        table: table.name.clone(),
        shape: table.shape.clone(),
        rows,
        checkpoint: checkpoint.optional().doing("read the checkpoint")?,
        quarantined,
        sample: sample().doing("read quarantined records")?,
    })
}

/// A moment the database holds, within what can be written.
fn moment(millis: i64) -> Timestamp {
    let furthest = if millis < 0 { -62_167_219_200_000 } else { 253_402_300_799_999 };
    Timestamp::from_millis(millis).or_else(|| Timestamp::from_millis(furthest)).unwrap_or_else(Timestamp::now)
}
