//! Any spec served as an API on loopback: deterministic data, paging, authentication, limits and faults.
//!
//! A sandbox is made of a checked spec and nothing else, and shares no code with the client that the spec becomes: what
//! the two agree on, they agree on because the spec says so. Records are computed from their number, so a list of ten
//! million starts as fast as one of ten and takes no memory.
//!
//! Where the language says nothing, a sandbox does as WorkOS does: `{"object": "list", …}` around the records, `before`
//! and `order` beside the cursor, newest first for entities and oldest first for events, `{"message", "code"}` for errors.

mod address;
mod answer;
mod api;
mod auth;
mod bend;
mod change;
mod control;
mod data;
mod dice;
mod envelope;
mod eval;
mod fault;
mod format;
mod hole;
mod id;
mod json;
mod leaf;
mod limit;
mod list;
mod naming;
mod onward;
mod overlay;
mod paging;
mod paths;
mod place;
mod query;
mod running;
mod sandbox;
mod seen;
mod sent;
mod server;
mod settings;
mod template;
mod text;
mod time;
mod timeline;
mod truth;
mod world;

pub use change::Change;
pub use fault::{Fault, Injection, RetryAfter};
pub use running::Running;
pub use sandbox::{Error, Sandbox};
pub use seen::Seen;
