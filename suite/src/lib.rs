//! The test suite that every spec has without a line by its author: named checks of each resource, in which the engine reads
//! the spec's own sandbox over real HTTP on loopback and writes into a real SQLite store.
//!
//! The names are in `tapwright_codegen::suite`; a check is one function here, in the order of those. A check says what it
//! tried, or why it is not about a resource; one that tried nothing has not passed.

mod bench;
mod checks;
mod failing;
mod lab;
mod outcome;
mod run;
mod sample;
mod subject;
mod together;
mod watching;

pub use failing::Failing;
pub use lab::Lab;
pub use outcome::{Ended, Outcome, Tried};
pub use run::{Check, Done, check, checks, run};
pub use subject::Subject;
