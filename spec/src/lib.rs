//! The language: text to a checked model, with diagnostics.
//!
//! A spec is one YAML file that describes one connector. [`check`] reads it, finds every mistake in it and says
//! where each one stands; what is left is a [`model::Connector`] in which nothing can be wrong any more.
//!
//! ```
//! use tapwright_spec::{check, Source};
//!
//! let source = Source::new("connector.yaml", "tapwright: 1\nconnector: acme\n");
//! let checked = check(&source);
//! assert!(checked.model.is_none());
//! for diagnostic in &checked.diagnostics {
//!     println!("{}: {}", diagnostic.code, diagnostic.title);
//! }
//! ```
//!
//! This crate must not know how a model is used: no tokens, no network, no files, no environment.

mod code;
mod declared;
mod diagnostic;
mod expr;
mod glob;
pub mod keys;
mod lines;
mod lower;
mod places;
mod secret;
mod shape;
mod source;
mod suggest;
mod yaml;

pub use code::{CODES, Code};
pub use diagnostic::{Certainty, Diagnostic, Label, Patch, Severity};
pub use expr::functions;
pub use glob::matches;
pub use lines::{Lines, excerpt};
pub use lower::MOST_OF_A_FILE;
pub use places::{Place, Places};
pub use secret::holds_one as holds_credential;
pub use source::{Position, Source};
/// What a spec says, once it is checked.
pub use tapwright_model as model;
pub use tapwright_model::names;

/// What came of checking a spec.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The checked model: there unless there is an error.
    pub model: Option<model::Connector>,
    /// When there is an error: what could be read all the same, with null for what could not. It is not to be
    /// run; it lets a compiler go on and find what is wrong elsewhere.
    pub partial: Option<model::Connector>,
    /// Everything that was found, by position in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a spec that names no other file.
#[must_use]
pub fn check(source: &Source) -> Checked {
    check_with(source, &|_| Err("no files are at hand".to_owned()))
}

/// Reads and checks a spec. `read` gives the files it names: what stands at a path below the spec's folder, or why
/// nothing does. The path has `/` between its parts, and none of them is empty, `.` or `..`; that no link leads out of the
/// folder is for `read` to see to. Of a file that is larger than [`MOST_OF_A_FILE`], one byte more than that is enough.
///
/// ```
/// use tapwright_spec::{check_with, Source};
///
/// let source = Source::new("connector.yaml", "tapwright: 1\nconnector: acme\n");
/// let checked = check_with(&source, &|path| match path {
///     "queries/issues.graphql" => Ok(b"{ issues { id } }".to_vec()),
///     _ => Err("there is no such file".to_owned()),
/// });
/// assert!(checked.model.is_none());
/// ```
#[must_use]
pub fn check_with(source: &Source, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Checked {
    let mut ledger = diagnostic::Ledger::new(source);
    let connector = yaml::parse(&mut ledger).and_then(|root| lower::connector(&mut ledger, &root, read));
    let (model, partial) = if ledger.has_errors() { (None, connector) } else { (connector, None) };
    Checked { model, partial, diagnostics: ledger.finish() }
}
