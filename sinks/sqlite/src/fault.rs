//! SQLite's failures as the runtime's errors: what could not be done, why, and what to do about it.

use rusqlite::ErrorCode;
use tapwright_runtime::{Error, ErrorKind, Result};

/// Turns a driver's error into ours.
pub(crate) trait Doing<T> {
    /// `what` completes the sentence "cannot …".
    fn doing(self, what: &str) -> Result<T>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, what: &str) -> Result<T> {
        self.map_err(|error| store(what, &error))
    }
}

/// An error of the store: "cannot {what}: …".
pub(crate) fn store(what: &str, error: &rusqlite::Error) -> Error {
    let fault = Error::new(ErrorKind::Store, format!("cannot {what}: {}", reason(error)));
    match error.sqlite_error_code().and_then(advice) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

fn advice(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::DiskFull => "free space on the disk and run the sync again; nothing of this commit was written",
        ErrorCode::SystemIoFailure => {
            "check the disk and that it has space, then run the sync again; nothing of this commit was written"
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            "make the file and its directory writable, or sync to another file with --to sqlite:PATH"
        }
        ErrorCode::CannotOpen => "check that the directory exists and is writable",
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another program holds a write transaction open: finish or close it, then run the sync again"
        }
        ErrorCode::DatabaseCorrupt => {
            "keep a copy of the file, then try `sqlite3 FILE .recover`, or sync into a new file"
        }
        ErrorCode::NotADatabase => "name another file with --to sqlite:PATH",
        ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
            "the row does not fit its table: look for a constraint or trigger that was added to the table by hand"
        }
        _ => return None,
    })
}
