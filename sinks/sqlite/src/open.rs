//! Finding the file and opening it: what is not ours to write to is refused before it is touched.
//!
//! The file is never opened but by SQLite: closing a second descriptor of it would drop the locks that another
//! connection of this process holds (<https://sqlite.org/howtocorrupt.html>, 2.2).

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tapwright_runtime::{Error, ErrorKind, Result};

use crate::fault::{Doing, store};
use crate::state;

/// How long another program's write transaction is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// The path of a `sqlite:` URL.
pub(crate) fn path_of(url: &str) -> Result<PathBuf> {
    let Some(path) = url.strip_prefix("sqlite:") else {
        let message = format!("`{}` is not the URL of a SQLite file", scheme(url));
        return Err(
            Error::new(ErrorKind::Config, message).help("write it as sqlite:PATH, for instance sqlite:tapwright.db")
        );
    };
    Ok(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

/// A URL may hold a password: its scheme is all that is shown.
fn scheme(url: &str) -> &str {
    url.split_once(':').map_or("", |(scheme, _)| scheme)
}

/// Makes the path absolute and refuses what cannot be synced into. Writes nothing.
pub(crate) fn check(path: &Path) -> Result<PathBuf> {
    let path = absolute(path)?;
    let directory = path.parent().unwrap_or(&path);
    let refuse = |what: String, help: &str| Err(Error::new(ErrorKind::Store, what).help(help));
    match fs::metadata(directory) {
        Ok(found) if !found.is_dir() => {
            return refuse(format!("{} is not a directory", directory.display()), "name a file in a directory");
        }
        Ok(found) if found.permissions().readonly() => {
            let what = format!("the directory {} is read-only", directory.display());
            return refuse(what, "make it writable (SQLite keeps a log beside its file), or sync to another place");
        }
        Ok(_) => {}
        Err(error) => {
            let what = format!("the directory {} cannot be used: {error}", directory.display());
            return refuse(what, "make it first, or name another file with --to sqlite:PATH");
        }
    }
    if let Some(found) = metadata(&path)? {
        if found.permissions().readonly() {
            let what = format!("{} is read-only", path.display());
            return refuse(what, "make it writable, or sync to another file with --to sqlite:PATH");
        }
        // What cannot be read here is judged again once it is open.
        if let Some(Ok(version)) = as_it_stands(&path)?.map(|connection| state::format(&connection)) {
            state::refuse_newer(version).map_err(|error| error.with("database", path.display()))?;
        }
    }
    Ok(path)
}

/// Opens it to read and write, making it when there is none.
pub(crate) fn connect(path: &Path) -> Result<Connection> {
    let at = |error: Error| error.with("database", path.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).doing("open the database").map_err(at)?;
    set_up(&connection).doing("open the database").map_err(at)?;
    if connection.is_readonly("main").doing("open the database").map_err(at)? {
        let error = Error::new(ErrorKind::Store, "the database is read-only");
        return Err(at(error.help("make it writable, or sync to another file with --to sqlite:PATH")));
    }
    Ok(connection)
}

/// A second connection to a database that [`connect`] has opened, to move its log.
pub(crate) fn second(path: &Path) -> Result<Connection> {
    let open = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        // It is not in the log's mode before it has looked at the file.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    open().doing("open the database a second time").map_err(|error| error.with("database", path.display()))
}

/// The page size takes effect in a new file only. Pages of 8 KiB wrote more rows a second than SQLite's 4 KiB. The
/// cache bounds what a connection holds in memory. A log that a reader kept from being moved is cut to 64 MiB
/// afterwards.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch(
        "PRAGMA page_size = 8192;
         PRAGMA cache_size = -16384;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA foreign_keys = OFF;
         PRAGMA synchronous = FULL;",
    )
}

/// Switches to the write-ahead log, so that readers and the sync do not wait for each other. False when another
/// program keeps the file from being switched; then commits are as safe, and slower.
pub(crate) fn use_log(connection: &Connection) -> bool {
    let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
    let logged = mode.is_ok_and(|mode| mode.eq_ignore_ascii_case("wal"));
    // Without the log, `NORMAL` could cost more than the last commits.
    logged && connection.execute_batch("PRAGMA synchronous = NORMAL").is_ok()
}

/// Keeps closing this connection from moving another release's log into its file.
pub(crate) fn leave_untouched(connection: &Connection) {
    let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
}

/// Opens an existing database to read it.
pub(crate) fn read(path: &Path) -> Result<Connection> {
    let path = absolute(path)?;
    let at = |error: Error| error.with("database", path.display());
    if metadata(&path)?.is_none() {
        let error = Error::new(ErrorKind::Store, "there is no database yet").help("run `tapwright sync` first");
        return Err(at(error));
    }
    drop(as_it_stands(&path)?);
    let open = || -> rusqlite::Result<Connection> {
        // A reader of a log needs to write to its index, and the last one to close tidies up.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch("PRAGMA query_only = ON")?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    match open() {
        Ok(connection) => Ok(connection),
        // Nobody can write here, so nobody does.
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
                as_it_stands(&path)?.ok_or_else(|| at(store("open the database", &error)))
            }
            _ => Err(at(store("open the database", &error))),
        },
    }
}

/// Opens the file as it stands, without its log, without locks and without making files beside it. None where that does
/// not do: while the log is being moved into the file, or where that was broken off, the file is whole only with its log.
fn as_it_stands(path: &Path) -> Result<Option<Connection>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(uri(path), flags)?;
        connection.query_row("PRAGMA schema_version", [], |_| Ok(()))?;
        Ok(connection)
    };
    let no_database = || {
        let error = Error::new(ErrorKind::Store, format!("{} is not a SQLite database", path.display()));
        Err(error.help("name another file with --to sqlite:PATH; this one was not touched"))
    };
    // SQLite takes a file of one byte for an empty one; no database is shorter than its smallest page.
    if metadata(path)?.is_some_and(|found| (1..512).contains(&found.len())) {
        return no_database();
    }
    match open() {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => no_database(),
        opened => Ok(opened.ok()),
    }
}

/// <https://sqlite.org/uri.html>, 3.1.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            '\\' if cfg!(windows) => uri.push('/'),
            other => uri.push(other),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// An absolute path also keeps SQLite from reading a file called `file:…` as a URI.
fn absolute(path: &Path) -> Result<PathBuf> {
    let refuse = |what: &str, help: &str| Err(Error::new(ErrorKind::Store, what).help(help));
    if path.as_os_str().is_empty() {
        return refuse(
            "the path of the database is empty",
            "write it as sqlite:PATH, for instance sqlite:tapwright.db",
        );
    }
    if path == Path::new(":memory:") {
        return refuse(
            "a database in memory is gone when the sync ends",
            "name a file, for instance sqlite:tapwright.db",
        );
    }
    if path.to_str().is_none_or(|path| path.contains('\0')) {
        return refuse("the path of the database is not Unicode text", "name another file");
    }
    let absolute = std::path::absolute(path).map_err(|error| {
        Error::new(ErrorKind::Store, format!("the path {} cannot be used: {error}", path.display()))
    })?;
    // `exists/` and the like name a directory, whatever is there.
    if absolute.file_name().is_none() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
    {
        return refuse("the path of the database is a directory", "name a file in it");
    }
    Ok(absolute)
}

fn metadata(path: &Path) -> Result<Option<fs::Metadata>> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            let what = format!("{} is a directory", path.display());
            Err(Error::new(ErrorKind::Store, what).help("name a file in it"))
        }
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let what = format!("{} cannot be used: {error}", path.display());
            Err(Error::new(ErrorKind::Store, what).help("check its permissions and those of its directory"))
        }
    }
}
