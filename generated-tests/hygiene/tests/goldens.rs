//! The goldens under every lint that a crate may deny. Clippy passes over much of what a macro has written, for nobody can
//! change it there; what stands in a file it looks at.
//!
//! That this builds, and that `cargo clippy` has nothing to say, is the test.
#![deny(warnings, missing_docs, rust_2018_idioms, unused, clippy::all, clippy::pedantic)]
#![allow(clippy::doc_markdown, reason = "what a spec says is prose: `WorkOS` is a name")]
#![forbid(unsafe_code)]

extern crate renamed as tapwright;

/// `access.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/access.rs"]
pub mod access;
/// `children.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/children.rs"]
pub mod children;
/// `expressions.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/expressions.rs"]
pub mod expressions;
/// `hooks.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/hooks.rs"]
pub mod hooks;
/// `nested.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/nested.rs"]
pub mod nested;
/// `paging.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/paging.rs"]
pub mod paging;
/// `partitions.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/partitions.rs"]
pub mod partitions;
/// `requests.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/requests.rs"]
pub mod requests;
/// `shapes.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/shapes.rs"]
pub mod shapes;
/// `smallest.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/smallest.rs"]
pub mod smallest;
/// `types.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/types.rs"]
pub mod types;
/// `words.yaml`.
#[rustfmt::skip]
#[path = "../../goldens/words.rs"]
pub mod words;
/// The flagship.
#[rustfmt::skip]
#[path = "../../goldens/workos.rs"]
pub mod workos;
