//! The files beside a spec that it names. The macro reads them alike, in a module of its own.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use tapwright_spec::MOST_OF_A_FILE;

/// What stands at a path below the spec's folder, or why nothing does.
pub(crate) fn read(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let place = folder.join(path);
    let looked = || format!("`{}` was looked for", place.display());
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let real = |path: &Path| path.canonicalize().map_err(|error| format!("{}: {error}", looked()));
    // A link may lead anywhere.
    let (folder, real) = (real(folder)?, real(&place)?);
    if !real.starts_with(&folder) {
        return Err(format!("{}, which is a link out of the spec's folder", looked()));
    }
    if !real.is_file() {
        return Err(format!("{}, which is no file", looked()));
    }
    let file = File::open(&real).map_err(|error| format!("{}: {error}", looked()))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_OF_A_FILE).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(|error| format!("{}: {error}", looked()))?;
    Ok(bytes)
}
