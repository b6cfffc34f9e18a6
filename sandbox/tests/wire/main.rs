//! What a sandbox promises, held against it over real HTTP on loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

mod access;
mod bent;
mod change;
mod content;
mod counts;
mod fault;
mod fixture;
mod flagship;
mod paging;
mod shapes;
mod strategies;
mod window;
