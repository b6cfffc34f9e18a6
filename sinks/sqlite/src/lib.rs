//! The embedded default sink: typed tables in one SQLite file.
//!
//! Each row type is a `STRICT` table of its own, and the sync's state lives beside the rows in tables that begin
//! with `_tapwright_`, so that a page's rows and the checkpoint behind them are one transaction. This crate knows
//! SQLite and the sink's contract. It must not know paging, slices, HTTP or any connector's name; a checkpoint and
//! a report are text to it.
//!
//! ```no_run
//! # async fn sync(begin: tapwright_runtime::Begin) -> tapwright_runtime::Result<()> {
//! use tapwright_runtime::Sink;
//! use tapwright_sqlite::Sqlite;
//!
//! let mut sink = Sqlite::from_url("sqlite:tapwright.db")?;
//! let begun = sink.begin(begin).await?;
//! println!("{:?}", begun.notes);
//! sink.end("{}".to_owned()).await?;
//! println!("{:?}", Sqlite::status("tapwright.db")?);
//! # Ok(())
//! # }
//! ```
//!
//! # What survives
//!
//! The file is in WAL mode with `synchronous=NORMAL`. A process that is killed loses the transaction it was in and
//! nothing else. A machine that loses power may lose the last commits (those since the last checkpoint of the WAL)
//! and never half of one: rows and checkpoint go together, so the next sync reads again what was lost.
//!
//! # What is yours
//!
//! Indices, triggers, views and columns that you add are left alone. Nothing that was synced is ever dropped by a
//! change of the spec: see the notes that a sync returns.

mod checkpointer;
mod failpoint;
mod fault;
mod lease;
mod migrate;
mod open;
mod process;
mod retype;
mod schema;
mod seen;
mod sink;
mod state;
mod status;
mod table;
mod told;
mod views;
mod write;

pub use sink::Sqlite;
pub use status::{ConnectorStatus, LeaseStatus, QuarantineSample, ResourceStatus, Status};
