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
            _ => Err(Error::new(ErrorKind::Config, format!("`{url}` is not a store")).help("write it as sqlite:FILE")),
        }
    }

    /// What to call it in a sentence.
    pub(crate) fn shown(&self) -> String {
        match self {
            Store::Sqlite(path) => path.display().to_string(),
        }
    }
}
