//! `tapwright drift` against documents, with the real binary: what is printed, what is written, and the whole way from a
//! document to rows and back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;
