//! What the tests of a connector need: its sandbox or a server that answers as a test wants, a store in a temporary
//! folder, and a sync from one to the other.
//!
//! The tests themselves are in `tests/`, one file for each behaviour. They run over real HTTP on loopback and into a
//! real database.

pub mod chaos;
mod lab;
mod plain;
mod scripted;

pub use lab::Lab;
pub use plain::Plain;
pub use scripted::{Heard, Scripted, json, respond};

use tapwright_spec::{Source, check_with, model};

/// The spec at the root: WorkOS.
pub const WORKOS: &str = include_str!("../../connector.yaml");

/// Every spec that the tests are held against, by the connector's name: small ones that between them say all that the
/// language can, and the flagship. `spec/tests/covered.rs` fails when they do not.
pub const SPECS: &[(&str, &str)] = &[
    ("smallest", include_str!("../specs/smallest.yaml")),
    ("types", include_str!("../specs/types.yaml")),
    ("requests", include_str!("../specs/requests.yaml")),
    ("paging", include_str!("../specs/paging.yaml")),
    ("children", include_str!("../specs/children.yaml")),
    ("partitions", include_str!("../specs/partitions.yaml")),
    ("nested", include_str!("../specs/nested.yaml")),
    ("access", include_str!("../specs/access.yaml")),
    ("shapes", include_str!("../specs/shapes.yaml")),
    ("hooks", HOOKS),
    ("expressions", include_str!("../specs/expressions.yaml")),
    ("words", include_str!("../specs/words.yaml")),
    ("workos", WORKOS),
];

/// A spec with a hook, and with a query in a file beside it.
pub const HOOKS: &str = include_str!("../specs/hooks.yaml");

/// The files that those specs name.
const FILES: &[(&str, &str)] = &[("queries/members.graphql", include_str!("../specs/queries/members.graphql"))];

/// The checked model of a spec that has no mistakes.
///
/// # Panics
/// When it has.
#[must_use]
pub fn model(text: &str) -> model::Connector {
    let source = Source::new("spec.yaml", text);
    let file = |path: &str| FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_bytes().to_vec());
    let checked = check_with(&source, &|path| file(path).ok_or_else(|| "there is no such file".to_owned()));
    checked.model.unwrap_or_else(|| panic!("the spec has mistakes: {:#?}", checked.diagnostics))
}

/// The values of a named type of a spec, joined as WorkOS joins them.
///
/// # Panics
/// When there is no such type.
#[must_use]
pub fn joined(model: &model::Connector, name: &str) -> String {
    let known = model.enums.iter().find(|known| known.name == name);
    known.unwrap_or_else(|| panic!("no type {name}")).values.join(",")
}
