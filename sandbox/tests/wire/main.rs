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
mod bodies;
mod change;
mod children;
mod churn;
mod content;
mod counts;
mod extremes;
mod fault;
mod fixture;
mod flagship;
mod kinds;
mod kinship;
mod narrowed;
mod orders;
mod paging;
mod proof;
mod refusals;
mod shapes;
mod stirred;
mod strategies;
mod strict;
mod tame;
mod window;
mod written;
