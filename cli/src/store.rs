//! From a store's URL to the store.

use std::path::PathBuf;

use tapwright_runtime::{Error, ErrorKind, Result};

/// A store that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    /// `sqlite:PATH`.
    Sqlite(PathBuf),
}

impl Store {
    /// Reads a store's URL.
    ///
    /// # Errors
    /// `Config`, when it is none that this command knows.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => {
                Ok(Store::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
            }
            Some(("sqlite", _)) => Err(Error::new(ErrorKind::Config, "the store's URL names no file")
                .help("write it as sqlite:FILE, for instance sqlite:tapwright.db")),
            // What stands behind the colon may be a password.
            Some((scheme, _)) => Err(Error::new(ErrorKind::Config, format!("`{scheme}:` is no kind of store"))
                .help("write it as sqlite:FILE, for instance sqlite:tapwright.db")),
            None => Err(Error::new(ErrorKind::Config, format!("`{url}` is not the URL of a store"))
                .help(format!("write it as sqlite:FILE: perhaps sqlite:{url}"))),
        }
    }

    /// What to call it in a sentence.
    pub(crate) fn shown(&self) -> String {
        match self {
            Store::Sqlite(path) => path.display().to_string(),
        }
    }
}
