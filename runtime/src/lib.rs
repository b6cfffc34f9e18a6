//! What a connector runs on.
//!
//! A connector is a plan (tables) and this crate is the one engine that reads plans: it asks for pages, decodes
//! them, retries what may be retried, keeps to the source's rate limit, and commits rows and checkpoints together.
//! It must not know the language, any connector's name or any database.

pub use tapwright_plan as plan;

mod error;
mod sink;
mod timestamp;
mod value;

pub use error::{Error, ErrorKind, Result};
pub use sink::{Begin, Begun, Commit, Committed, Quarantined, Sink, SinkFuture, Sweep, Write};
pub use timestamp::Timestamp;
pub use value::{Batch, Row, Value};
