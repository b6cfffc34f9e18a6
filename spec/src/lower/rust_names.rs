//! Names that would be the same in Rust or in SQL.

use std::collections::HashMap;
use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::names::{row_type, snake};

use super::Names;

/// Types that every connector has.
const TAKEN: &[&str] = &["Config", "ConfigBuilder", "Connector"];
/// A type of a connector whose spec has a hook.
const HOOKS: &str = "Hooks";
/// Words that Rust does not take as a name even behind `r#`.
const UNUSABLE: &[&str] = &["self", "super", "crate"];
/// Methods of every `ConfigBuilder`, beside those of the settings.
pub(super) const BUILDER: &[&str] = &["build", "from_env"];
/// Functions of every `Connector`, beside those of the resources.
pub(super) const CONNECTOR: &[&str] = &["new", "with_options", "sync"];
/// Views over all connectors, which a table cannot be named after.
const VIEWS: &[&str] = &["entities", "events", "metrics", "edges", "distributions"];

/// The Rust types of a connector.
pub(super) struct Types<'n> {
    connector: &'n str,
    has_hooks: bool,
    taken: HashMap<String, (String, Range<usize>)>,
}

impl<'n> Types<'n> {
    pub(super) fn new(names: &'n Names, has_hooks: bool) -> Self {
        let taken: HashMap<_, _> = names
            .enums
            .iter()
            .map(|declared| (declared.name.clone(), (format!("type `{}`", declared.name), declared.range.clone())))
            .collect();
        Types { connector: &names.connector, has_hooks, taken }
    }

    /// Says which named type has the name of what a connector with hooks has.
    pub(super) fn beside_hooks(&self, ledger: &mut Ledger<'_>) {
        if let Some((what, range)) = self.taken.get(HOOKS).filter(|_| self.has_hooks) {
            let title = format!("{what} would be `{HOOKS}` in Rust, which a connector with a hook has");
            ledger.push(Diagnostic::error(Code::RUST_NAME_CLASH, title, range, "taken").help("give it another name"));
        }
    }

    /// Adds the type of a row, or says what has its name already. Whether it can be had.
    pub(super) fn row(&mut self, ledger: &mut Ledger<'_>, row: &str, range: &Range<usize>) -> bool {
        let rust = row_type(self.connector, row);
        if VIEWS.contains(&row) || row.starts_with("sqlite_") {
            let title = format!("a row cannot be named `{row}`");
            ledger.push(Diagnostic::error(
                Code::RESERVED_NAME,
                title,
                range,
                "this name is kept for a view of all connectors",
            ));
        } else if TAKEN.contains(&rust.as_str()) || (self.has_hooks && rust == HOOKS) {
            let who = if rust == HOOKS { "a connector with a hook" } else { "every connector" };
            let title = format!("row `{row}` would be `{rust}` in Rust, which {who} has");
            ledger.push(
                Diagnostic::error(Code::RUST_NAME_CLASH, title, range, "taken").help("give the row another name"),
            );
        } else if let Some((what, first)) = self.taken.get(&rust) {
            let title = format!("row `{row}` and {what} would both be `{rust}` in Rust");
            ledger.push(
                Diagnostic::error(Code::RUST_NAME_CLASH, title, range, format!("`{rust}` in Rust"))
                    .label(first, format!("`{rust}` in Rust")),
            );
        } else {
            self.taken.insert(rust, (format!("row `{row}`"), range.clone()));
            return true;
        }
        false
    }
}

/// Whether a type may have this name.
pub(super) fn type_is_free(ledger: &mut Ledger<'_>, name: &str, range: &Range<usize>) {
    if TAKEN.contains(&name) {
        let title = format!("a type cannot be named `{name}`: every connector has one");
        ledger.push(Diagnostic::error(Code::RUST_NAME_CLASH, title, range, "taken").help("give it another name"));
    }
}

/// Names that become members of one Rust type.
#[derive(Default)]
pub(super) struct Members {
    taken: HashMap<String, (String, Range<usize>)>,
    /// Names that the type has anyway.
    own: &'static [&'static str],
}

impl Members {
    /// The members of a type that has some of its own.
    pub(super) fn beside(own: &'static [&'static str]) -> Self {
        Members { taken: HashMap::new(), own }
    }

    /// A name that is there without being written in the spec.
    pub(super) fn implied(&mut self, name: &str, range: &Range<usize>) {
        self.taken.insert(snake(name), (name.to_owned(), range.clone()));
    }

    /// Adds a name, or says which one it clashes with. Whether it can be had.
    pub(super) fn add(&mut self, ledger: &mut Ledger<'_>, what: &str, name: &str, range: &Range<usize>) -> bool {
        let rust = snake(name);
        let reserved = if UNUSABLE.contains(&rust.as_str()) {
            Some(format!("Rust keeps `{rust}` for itself"))
        } else {
            self.own.contains(&rust.as_str()).then(|| format!("every connector has a function `{rust}`"))
        };
        if let Some(label) = reserved {
            let title = format!("a {what} cannot be named `{name}`");
            ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, range, label).help("give it another name"));
            return false;
        }
        // Rust writes `aB` and `a_b` alike, and SQL does not tell `ab` from `aB`.
        let in_sql = name.to_lowercase();
        match self.taken.get(&rust).or_else(|| self.taken.get(&in_sql)) {
            Some((other, first)) => {
                let title = format!("{what} `{name}` clashes with `{other}`");
                ledger.push(
                    Diagnostic::error(Code::RUST_NAME_CLASH, title, range, "the same name in Rust or in SQL")
                        .label(first, format!("`{other}`")),
                );
                false
            }
            None => {
                self.taken.insert(in_sql, (name.to_owned(), range.clone()));
                self.taken.insert(rust, (name.to_owned(), range.clone()));
                true
            }
        }
    }
}
