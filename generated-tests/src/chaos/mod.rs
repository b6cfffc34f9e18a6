//! Chaos: syncs that are killed, starved and disturbed at random, from a seed, and what must be so afterwards.
//!
//! A few seeds of each run with the tests; `cargo chaos` runs as many as it is told.

mod dice;
mod expressions;
mod fuzz;
mod kills;
mod plainly;
mod schedules;

pub use dice::Dice;
pub use expressions::{Expressions, expressions};
pub use fuzz::{Fuzzed, Fuzzer};
pub use kills::{Kills, kill_and_resume};
pub use schedules::{Schedules, schedule};
