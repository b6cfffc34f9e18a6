//! An API's [OpenAPI](https://spec.openapis.org/oas/v3.1.1.html) document, 3.0 or 3.1: its operations, the shapes of what
//! they take and return, and what changed between two documents.
//!
//! Shapes are resolved: references followed, `allOf` merged, alternatives told apart by what distinguishes them. So a
//! document that says the same in other words has the same shapes. This crate must not know what a spec is.

mod all_of;
mod any_of;
mod compare;
mod document;
mod facts;
mod operation;
mod schema;
mod shape;
mod tree;

pub use compare::{Change, ChangeKind, Scope, compare};
pub use document::Document;
pub use facts::{Fact, Facts};
pub use operation::{In, Operation, Parameter};
pub use shape::{Kind, Property, Shape, Variants};
pub use tree::Tree;

/// A document that cannot be read: why, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}
