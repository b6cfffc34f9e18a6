//! A file that is there gets another text: whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Puts another text in a file's place, whole or not at all, with the permissions that it has.
///
/// # Errors
/// When it cannot be written, or is no longer what was checked.
pub(crate) fn rewrite(file: &Path, before: &str, after: &str) -> io::Result<()> {
    // A link stays one: what it leads to is written.
    let file = file.canonicalize()?;
    // A file that must not be written is not replaced either, though its folder would allow it.
    let permissions = OpenOptions::new().write(true).open(&file)?.metadata()?.permissions();
    let name = file.file_name().ok_or_else(|| io::Error::other("it has no name"))?;
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = file.with_file_name(beside);
    let mut new = File::create_new(&beside)?;
    let written = (|| {
        new.set_permissions(permissions)?;
        new.write_all(after.as_bytes())?;
        new.sync_all()?;
        if fs::read(&file)? != before.as_bytes() {
            return Err(io::Error::other("it was saved by somebody else meanwhile"));
        }
        fs::rename(&beside, &file)
    })();
    if written.is_err() {
        drop(fs::remove_file(&beside));
    }
    written
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may")]

    use super::*;

    #[test]
    fn a_file_that_somebody_saved_meanwhile_or_that_is_not_to_be_written_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("acme.yaml");
        fs::write(&file, "theirs").unwrap();
        assert!(rewrite(&file, "checked", "mended").is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "theirs");
        rewrite(&file, "theirs", "mended").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "mended");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(rewrite(&folder.path().join("gone.yaml"), "", "").is_err());
    }
}
