//! From an API's OpenAPI document to a spec of the lists it describes.
//!
//! What the document says becomes part of the spec; what it leaves open becomes a question in it, at its place, and never
//! a guess. What comes out always passes the checks of [`tapwright_spec`].

mod access;
mod address;
pub(crate) mod example;
mod fields;
mod kinds;
mod left;
mod list;
mod paging;
mod record;
mod request;
mod resource;
mod settings;
mod shared;
mod spec;

use std::collections::HashSet;

use tapwright_openapi::Document;
use tapwright_spec::{Source, check};

pub use kinds::Kinds;
pub use left::{LeftOut, reasons};
use list::Listing;

use crate::names;

/// So often a spec is written anew without what could not be part of it.
const MOST_ROUNDS: usize = 40;

/// What to import, and what to call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only these paths, as the document writes them; all of them when there is none.
    pub paths: Vec<String>,
    /// The connector's name; made of the document's title when there is none.
    pub name: Option<String>,
}

/// A spec that was made of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The connector's name.
    pub name: String,
    /// The spec.
    pub text: String,
    /// The names of its resources.
    pub resources: Vec<String>,
    /// Where the user's secrets come from: environment variables.
    pub variables: Vec<String>,
    /// The resources whose records are of many kinds.
    pub kinds: Vec<Kinds>,
    /// What the document leaves open, with the line of the spec where it stands, counted from 1.
    pub questions: Vec<(usize, String)>,
    /// The operations that are in no resource, and why.
    pub left_out: Vec<LeftOut>,
    /// How many operations were looked at.
    pub operations: usize,
}

/// Why no spec could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The document has no such path; the paths that were probably meant.
    UnknownPath(String, Vec<String>),
    /// Nothing of it is a list that could be read; why not.
    Nothing(Vec<LeftOut>),
    /// The name is none for a connector.
    Name(String),
    /// What it says in common for all lists makes no spec: what the check said.
    Unfit(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::UnknownPath(path, _) => write!(f, "the document has no path `{path}`"),
            Refused::Nothing(_) => f.write_str("nothing of the document is a list that could be read"),
            Refused::Name(name) => write!(f, "`{name}` is no name of a connector"),
            Refused::Unfit(why) => write!(f, "what the document says makes no spec: {why}"),
        }
    }
}

impl std::error::Error for Refused {}

/// Makes a spec of a document.
///
/// # Errors
/// When there is nothing to make one of.
///
/// ```
/// use tapwright_authoring::import::{Options, openapi};
/// use tapwright_openapi::Document;
///
/// let document = Document::read(r#"
/// openapi: 3.1.0
/// info: { title: Acme, version: "1" }
/// servers: [{ url: https://api.acme.com }]
/// components: { securitySchemes: { key: { type: http, scheme: bearer } } }
/// paths:
///   /users:
///     get:
///       responses:
///         "200":
///           content:
///             application/json:
///               schema:
///                 type: array
///                 items: { required: [id, name], properties: { id: { type: string }, name: { type: string } } }
/// "#).unwrap();
/// let imported = openapi(&document, &Options::default()).unwrap();
/// assert_eq!(imported.resources, ["users"]);
/// assert!(imported.text.contains("get: /users"));
/// ```
pub fn openapi(document: &Document, options: &Options) -> Result<Imported, Refused> {
    let connector = spec::connector(document, options)?;
    let wanted: HashSet<&str> = options.paths.iter().map(String::as_str).collect();
    let known: Vec<&str> = document.operations().map(|operation| operation.path).collect();
    if let Some(path) = options.paths.iter().find(|path| !known.contains(&path.as_str())) {
        return Err(Refused::UnknownPath(path.clone(), left::near(path, &known)));
    }
    let mut left_out = Vec::new();
    let mut lists = Vec::new();
    let mut operations = 0;
    for operation in document.operations() {
        if !wanted.is_empty() && !wanted.contains(operation.path) {
            continue;
        }
        operations += 1;
        match Listing::of(operation) {
            Some(Ok(list)) => lists.push(list),
            Some(Err(why)) => left_out.push(LeftOut::of(&operation, &why)),
            None => left_out.push(LeftOut::of(&operation, left::NO_READING)),
        }
    }
    // What cannot be part of a spec is found by checking it, and is left out with whatever is read for its rows.
    let mut dropped: Vec<(String, &'static str, String)> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let taken: Vec<&Listing<'_>> = lists
            .iter()
            .filter(|list| !dropped.iter().any(|(path, method, _)| (path.as_str(), *method) == key_of(list)))
            .collect();
        let mut left_out = left_out.clone();
        left_out.extend(dropped.iter().map(|(path, method, why)| LeftOut::new(path, method, why)));
        let draft = spec::draft(document, &connector, &taken, wanted.is_empty(), &mut left_out);
        if draft.resources.is_empty() {
            return Err(Refused::Nothing(left_out));
        }
        let source = Source::new("connector.yaml", draft.text.as_str());
        let checked = check(&source);
        let Some(error) = checked.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) else {
            let spec::Draft { text, resources, variables, kinds, questions } = draft;
            let resources = resources.into_iter().map(|(_, name, ..)| name).collect();
            let name = connector.name;
            return Ok(Imported { name, text, resources, variables, kinds, questions, left_out, operations });
        };
        let before = dropped.len();
        if error.code.to_string() == "C0005" {
            let cut = draft.resources.len() - draft.resources.len().div_ceil(8);
            dropped.extend(
                draft
                    .resources
                    .iter()
                    .skip(cut)
                    .map(|(_, _, path, method)| (path.clone(), *method, left::NO_ROOM.to_owned())),
            );
        }
        for error in checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
            let line = source.position(error.primary.range.start).line;
            let within = draft.resources.iter().rev().find(|(first, ..)| *first <= line);
            if let Some((_, _, path, method)) = within
                && !dropped.iter().any(|(known, of, _)| known == path && of == method)
            {
                dropped.push((path.clone(), method, format!("a spec cannot say it: {}", error.title)));
            }
        }
        if dropped.len() == before {
            return Err(Refused::Unfit(error.title.clone()));
        }
    }
    Err(Refused::Nothing(left_out))
}

fn key_of<'l>(list: &'l Listing<'_>) -> (&'l str, &'static str) {
    (list.operation.path, list.operation.method)
}
