//! What a sandbox promises, held against it over real HTTP on loopback.

mod access;
mod change;
mod content;
mod fault;
mod fixture;
mod paging;
mod shapes;
mod window;
