//! Where in a request a value goes, and that nothing else goes there.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::Target;
use crate::shape::Entry;

/// Headers that belong to the connection and are not a spec's to set.
const OWN: &[&str] =
    &["host", "content-length", "transfer-encoding", "connection", "te", "upgrade", "trailer", "accept-encoding"];

/// Reads `query.NAME`, `header.NAME` or `body.PATH`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Target> {
    let text = entry.text(ledger)?;
    match text.split_once('.') {
        Some(("query", name)) if !name.is_empty() && !name.contains(char::is_whitespace) => {
            Some(Target::Query(name.to_owned()))
        }
        Some(("header", name)) if !name.is_empty() => {
            check_header(ledger, name, &entry.value.range).then(|| Target::Header(name.to_owned()))
        }
        Some(("body", path)) if path.split('.').all(|key| !key.is_empty() && !key.contains(char::is_whitespace)) => {
            Some(Target::Body(path.split('.').map(str::to_owned).collect()))
        }
        _ => {
            entry.malformed(
                ledger,
                "is not a place in a request",
                "not a target",
                "write `query.NAME` for a parameter, `header.NAME` for a header, `body.NAME` for a key of the body",
            );
            None
        }
    }
}

/// Whether a header can have that name; if not, the ledger knows.
pub(super) fn check_header(ledger: &mut Ledger<'_>, name: &str, range: &Range<usize>) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let title = format!("a header cannot be named `{name}`");
    if name.is_empty() || !name.chars().all(is_token) {
        ledger.push(
            Diagnostic::error(Code::INVALID_NAME, title, range, "not the name of a header")
                .help("write it with letters, digits and `-`"),
        );
        return false;
    }
    if OWN.contains(&name.to_ascii_lowercase().as_str()) {
        ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, range, "this header belongs to the connection"));
        return false;
    }
    true
}

/// Whether a duration is longer than nothing; if not, the ledger knows.
pub(super) fn positive(ledger: &mut Ledger<'_>, entry: &Entry<'_>, millis: i64) -> bool {
    if millis < 1 {
        let title = format!("{} must be longer than nothing", entry.what());
        ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &entry.value.range, "this is no time at all"));
    }
    millis >= 1
}

/// The parameters of a request and what sets each.
#[derive(Default)]
pub(super) struct Wire(Vec<(Target, Use)>);

/// What sets a parameter.
#[derive(Clone)]
pub(super) struct Use {
    /// What it is, for messages.
    pub(super) what: String,
    pub(super) range: Range<usize>,
}

impl Wire {
    /// Notes that something sets a parameter, or says what sets it already.
    pub(super) fn set(&mut self, ledger: &mut Ledger<'_>, target: &Target, by: Use) {
        match self.0.iter().find(|(other, _)| same(other, target)) {
            Some((_, other)) => {
                let (kind, name) = match target {
                    Target::Query(name) => ("parameter", name.clone()),
                    Target::Header(name) => ("header", name.clone()),
                    Target::Body(path) => ("key of the body", path.join(".")),
                };
                let title = format!("the {kind} `{name}` is set twice: by {} and by {}", other.what, by.what);
                ledger.push(
                    Diagnostic::error(Code::PARAMETER_TWICE, title, &by.range, "here again")
                        .label(&other.range, "it is set here already"),
                );
            }
            None => self.0.push((target.clone(), by)),
        }
    }
}

impl Wire {
    /// Notes what sets a parameter before anything else can.
    pub(super) fn extend(&mut self, uses: impl IntoIterator<Item = (Target, Use)>) {
        self.0.extend(uses);
    }

    /// Whether something sets a parameter.
    pub(super) fn has(&self, target: &Target) -> bool {
        self.0.iter().any(|(other, _)| same(other, target))
    }

    /// Notes that something sets a parameter, unless something does already.
    pub(super) fn set_quietly(&mut self, target: &Target, by: Use) {
        if !self.has(target) {
            self.0.push((target.clone(), by));
        }
    }
}

/// Whether two targets are one place; the names of headers do not tell case apart.
fn same(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Header(one), Target::Header(other)) => one.eq_ignore_ascii_case(other),
        // What stands below a place would be lost with it.
        (Target::Body(one), Target::Body(other)) => one.starts_with(other) || other.starts_with(one),
        (one, other) => one == other,
    }
}
