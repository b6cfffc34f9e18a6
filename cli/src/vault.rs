//! Secrets that a source gives in place of configured ones, in a file beside the store that only its owner reads.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tapwright_runtime::{Error, ErrorKind, ExposeSecret, Result, SecretString, Vault};

/// A file of secrets: a JSON object of names and texts.
pub(crate) struct FileVault(PathBuf);

impl FileVault {
    /// The one of a connector beside a store: `STORE.CONNECTOR.secrets`. The connector's lease on the store keeps others
    /// out.
    pub(crate) fn beside(store: &Path, connector: &str) -> Self {
        let mut name = store.as_os_str().to_owned();
        name.push(format!(".{connector}.secrets"));
        FileVault(PathBuf::from(name))
    }

    fn read(&self) -> Result<BTreeMap<String, String>> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(self.failed("read", &error)),
        };
        serde_json::from_str(&text).map_err(|_| {
            Error::new(ErrorKind::Store, format!("{} is not a file of secrets", self.0.display()))
                .help("move it away: the configured secret is used then, and has to be a fresh one")
        })
    }

    /// Written beside and put in place at once, so that there is always a whole one.
    fn write(&self, secrets: &BTreeMap<String, String>) -> io::Result<()> {
        let mut beside = self.0.as_os_str().to_owned();
        beside.push(".new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(serde_json::to_string(secrets).map_err(io::Error::other)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &self.0)?;
        let folder = self.0.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }

    fn failed(&self, what: &str, error: &io::Error) -> Error {
        Error::new(ErrorKind::Store, format!("{} cannot be {what}: {error}", self.0.display()))
            .help("it keeps the tokens that the source gives in place of those that are used up")
    }
}

impl Vault for FileVault {
    fn load(&self, name: &str) -> Result<Option<SecretString>> {
        Ok(self.read()?.remove(name).map(SecretString::from))
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<()> {
        let mut secrets = self.read()?;
        secrets.insert(name.to_owned(), secret.expose_secret().to_owned());
        self.write(&secrets).map_err(|error| self.failed("written", &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_again_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::beside(&folder.path().join("store.db"), "acme");
        assert!(vault.load("a").unwrap().is_none());
        vault.keep("a", &SecretString::from("one")).unwrap();
        vault.keep("b", &SecretString::from("two")).unwrap();
        vault.keep("a", &SecretString::from("three")).unwrap();
        let again = FileVault::beside(&folder.path().join("store.db"), "acme");
        let read = |name| again.load(name).unwrap().map(|secret| secret.expose_secret().to_owned());
        assert_eq!((read("a").as_deref(), read("b").as_deref()), (Some("three"), Some("two")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("store.db.acme.secrets")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn what_is_no_file_of_secrets_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.db.acme.secrets");
        fs::write(&file, "something else").unwrap();
        let vault = FileVault::beside(&folder.path().join("store.db"), "acme");
        assert_eq!(vault.keep("a", &SecretString::from("one")).unwrap_err().kind(), ErrorKind::Store);
        assert_eq!(fs::read_to_string(&file).unwrap(), "something else");
    }
}
