//! Expressions: one pure, total, typed language, from a path to a condition.
//!
//! Text is lexed and parsed into a tree with byte ranges, and the tree is checked against a scope: which names
//! there are, what types they have, what may be null. It must not know which key an expression stands under;
//! the caller says what the expression is called and what it may use.

mod arithmetic;
mod ast;
mod call;
mod check;
mod elsewhere;
mod example;
pub mod functions;
mod given;
mod local;
mod operators;
mod parse;
mod path;
mod scope;
mod template;
mod time;
mod token;
mod ty;

pub(crate) use check::{Typed, check, report};
pub(crate) use example::leaf;
pub(crate) use parse::parse_records;
pub(crate) use path::{absent, begins_at_last, is_plain_path, own_path};
pub(crate) use scope::{Around, Column, Example, For, Given, GivenIs, Roots, Scope, Secrets, Window};
pub(crate) use template::check_template;
pub(crate) use time::{SPECIFIERS, tells_no_moment, unknown_specifier};
pub(crate) use ty::{Null, Ty};

use std::ops::Range;

use crate::diagnostic::Certainty;

/// Why a text is no expression.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// The bytes of the text.
    pub(crate) range: Range<usize>,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    /// An edit of the text.
    pub(crate) patch: Option<(Range<usize>, String)>,
    /// Whether the edit may be done without asking.
    pub(crate) certainty: Certainty,
}

impl SyntaxError {
    fn new(range: Range<usize>, label: impl Into<String>) -> Self {
        SyntaxError { range, label: label.into(), help: None, patch: None, certainty: Certainty::Maybe }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn patch(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.patch = Some((range, text.into()));
        self
    }

    fn certainty(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }
}
