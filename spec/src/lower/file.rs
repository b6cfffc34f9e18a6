//! The files beside a spec that it names.
//!
//! They are read by the caller, once each, before anything is made of them. This must not know what a file is for, nor
//! where it is.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::File;
use crate::secret;
use crate::shape::{Entries, Entry};
use crate::yaml::{Kind, Node};

/// The largest file that a spec may name, in bytes.
pub const MOST_OF_A_FILE: usize = 256 * 1024;
/// So many files a spec may name.
const MOST_FILES: usize = 100;

/// What came of reading the files that a spec names.
#[derive(Default)]
pub(super) struct Files {
    read: BTreeMap<String, Result<Vec<u8>, String>>,
    used: RefCell<Vec<File>>,
}

/// Has the files read that resources name.
pub(super) fn named(spec: &Entries<'_>, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Files {
    let mut files = Files::default();
    let Some(resources) = spec.get("resources") else { return files };
    for (_, resource) in pairs(resources.value) {
        let graphql = pairs(resource).iter().filter(|(key, _)| is(key, "graphql"));
        for (_, value) in graphql.flat_map(|(_, graphql)| pairs(graphql)).filter(|(key, _)| is(key, "file")) {
            let Some(path) = value.scalar().map(|scalar| scalar.text.as_str()).filter(|path| lies_below(path)) else {
                continue;
            };
            if files.read.len() < MOST_FILES && !files.read.contains_key(path) {
                files.read.insert(path.to_owned(), read(path));
            }
        }
    }
    files
}

fn pairs(node: &Node) -> &[(Node, Node)] {
    match &node.kind {
        Kind::Mapping(pairs) => pairs,
        _ => &[],
    }
}

fn is(key: &Node, name: &str) -> bool {
    key.scalar().is_some_and(|scalar| scalar.text == name)
}

/// Whether a path is one below the spec's folder, and written in one way on every system.
fn lies_below(path: &str) -> bool {
    let fits = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.len() <= 1024 && path.split('/').all(fits) && !path.contains(|c: char| c == '\\' || c == ':' || c.is_control())
}

impl Files {
    /// The text of the file that an entry names; what is wrong with it is told.
    pub(super) fn text(&self, ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<String> {
        let path = entry.text(ledger)?;
        let range = &entry.value.range;
        if !lies_below(&path) {
            let help =
                "write it from the spec's folder down, with `/` between its parts, such as `queries/issues.graphql`";
            entry.malformed(ledger, "is no path below the spec's folder", "not such a path", help);
            return None;
        }
        let bytes = match self.read.get(&path) {
            Some(Ok(bytes)) => bytes,
            Some(Err(why)) => {
                let title = format!("the file `{path}` of {} cannot be read", entry.of);
                ledger.push(
                    Diagnostic::error(Code::UNKNOWN_FILE, title, range, why.as_str())
                        .help("a path is read from the folder that the spec is in"),
                );
                return None;
            }
            None => {
                let title = format!("the spec names more than {MOST_FILES} files");
                ledger.push(Diagnostic::error(Code::TOO_MUCH, title, range, "one too many"));
                return None;
            }
        };
        if bytes.len() > MOST_OF_A_FILE {
            let title = format!("the file `{path}` has more than {MOST_OF_A_FILE} bytes");
            ledger.push(Diagnostic::error(Code::TOO_MUCH, title, range, "too large"));
            return None;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let title = format!("the file `{path}` of {} is not UTF-8", entry.of);
            ledger.push(Diagnostic::error(Code::UNKNOWN_FILE, title, range, "no text"));
            return None;
        };
        if text.trim().is_empty() {
            let title = format!("the file `{path}` of {} is empty", entry.of);
            ledger.push(Diagnostic::error(Code::EMPTY, title, range, "nothing is in it"));
            return None;
        }
        if !secret::found(text).is_empty() {
            let title = format!("a credential is written in the file `{path}`");
            let help = "such a file is compiled into the binary and committed; send a secret under `auth` or `headers`";
            ledger.push(
                Diagnostic::error(Code::CREDENTIAL, title, range, "it holds what looks like a live key").help(help),
            );
            return None;
        }
        let mut used = self.used.borrow_mut();
        if used.iter().all(|file| file.path != path) {
            used.push(File { path, text: text.to_owned() });
        }
        Some(text.to_owned())
    }

    /// The files that something was made of.
    pub(super) fn into_used(self) -> Vec<File> {
        self.used.into_inner()
    }
}
