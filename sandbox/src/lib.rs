//! Any spec served as an API on loopback: deterministic data, paging, authentication, limits and faults.
//!
//! A sandbox is made of a checked spec and nothing else, and shares no code with the client that the spec becomes: what
//! the two agree on, they agree on because the spec says so. Records are computed from their number, so a list of ten
//! million starts as fast as one of ten and takes no memory.
//!
//! A resource that is read for each row of another has a list for each of those rows, which come and go with them: one
//! has a quarter of all records, some have none.
//!
//! Where the language says nothing, a sandbox does as WorkOS does: `{"object": "list", …}` around the records, `before`
//! and `order` beside the cursor, newest first for entities and oldest first for events, `{"message", "code"}` for errors.

mod above;
mod access;
mod address;
mod answer;
mod api;
mod asks;
mod auth;
mod base64;
mod bend;
mod called;
mod change;
mod changes;
mod churn;
mod control;
mod data;
mod dice;
mod envelope;
mod eval;
mod fault;
mod find;
mod fixed;
mod format;
mod functions;
mod guest;
mod hear;
mod hole;
mod id;
mod json;
mod jwt;
mod keys;
mod kin;
mod layout;
mod leaf;
mod limit;
mod list;
mod listed;
mod login;
mod naming;
mod odd;
mod onward;
mod order;
mod overlay;
mod paging;
mod paths;
mod place;
mod posted;
mod query;
mod reads;
mod refusal;
mod route;
mod row;
mod running;
mod sandbox;
mod seen;
mod sense;
mod sent;
mod server;
mod settings;
mod simple;
mod steer;
mod template;
mod text;
mod time;
mod timeline;
mod token;
mod trade;
mod truth;
mod wait;
mod windowed;
mod world;

pub use change::Change;
pub use fault::{Fault, Injection, RetryAfter};
pub use running::Running;
pub use sandbox::{Error, Sandbox};
pub use seen::Seen;
