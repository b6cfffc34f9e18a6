//! Tree to model: one file for each part of the language.
//!
//! Every part is read whatever is wrong with the others. What is wrong in itself is told once and stands in the
//! model as null or is left out; the model is only handed on as checked when the ledger holds no error.

mod address;
mod api;
mod auth;
mod body;
mod config;
mod connector;
mod credential;
mod edge;
mod example;
mod fields;
mod file;
mod fit;
mod for_each;
mod format;
mod graphql;
mod incremental;
mod limit;
mod paging;
mod records;
mod request;
mod resource;
mod row;
mod rules;
mod rust_names;
mod series;
mod target;
mod templates;
mod types;
mod wait;

pub(crate) use connector::connector;
pub use file::MOST_OF_A_FILE;

use crate::declared::Declared;
use crate::expr::{Scope, Secrets};
use crate::model::{Enum, Setting};

use paging::Paginator;

/// What a spec declares, for its resources to use.
#[derive(Default)]
struct Names {
    connector: String,
    settings: Declared<Setting>,
    enums: Declared<Enum>,
    paginators: Declared<Paginator>,
    resources: Declared<()>,
    /// The files that resources name.
    files: file::Files,
    /// What holds for all resources.
    common: api::Common,
    /// Where `api` stands, whose `auth` sets a header.
    auth: std::ops::Range<usize>,
}

impl Names {
    /// The scope of what is made before any record is read, where a secret would end up in what the text says.
    fn scope(&self, place: &'static str) -> Scope<'_> {
        Scope::settings(&self.settings, Secrets::Refused(place))
    }

    /// The same, for what only the API sees.
    fn secret_scope(&self) -> Scope<'_> {
        Scope::settings(&self.settings, Secrets::Allowed)
    }
}
