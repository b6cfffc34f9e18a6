//! The language: text to a checked model, with diagnostics.
//!
//! A spec is one YAML file that describes one connector. [`check`] reads it, finds every mistake in it and says
//! where each one stands; what is left is a [`model::Connector`] in which nothing can be wrong any more.
//!
//! ```
//! use tapwright_spec::{check, render, Source, Style};
//!
//! let source = Source::new("connector.yaml", "tapwright: 1\nconnector: acme\n");
//! let checked = check(&source);
//! assert!(checked.model.is_none());
//! for diagnostic in &checked.diagnostics {
//!     println!("{}", render(diagnostic, &source, Style::Plain));
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
mod lower;
pub mod model;
pub mod names;
mod render;
mod secret;
mod shape;
mod source;
mod suggest;
mod yaml;

pub use code::{CODES, Code};
pub use diagnostic::{Diagnostic, Label, Patch, Severity};
pub use expr::functions;
pub use render::{Style, render};
pub use source::{Position, Source};

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

/// Reads and checks a spec.
#[must_use]
pub fn check(source: &Source) -> Checked {
    let mut ledger = diagnostic::Ledger::new(source);
    let connector = yaml::parse(&mut ledger).and_then(|root| lower::connector(&mut ledger, &root));
    let (model, partial) = if ledger.has_errors() { (None, connector) } else { (connector, None) };
    Checked { model, partial, diagnostics: ledger.finish() }
}
