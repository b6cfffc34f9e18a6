//! WorkOS's own client against our sandbox of WorkOS, so that our client and our sandbox cannot agree on a mistake: the
//! requests here are made, and the answers read, by code that WorkOS generates from its API's description.
//!
//! The package is no member of the workspace and takes minutes to build, most of them for the official crate's
//! cryptography. Run it when `connector.yaml` or the sandbox changes:
//!
//! ```sh
//! cargo test --manifest-path generated-tests/official/Cargo.toml
//! ```
//!
//! [`Api`] is a running sandbox with official clients for it. [`GAPS`] is where the two differ on purpose: the places that
//! `connector.yaml` lets be empty, and the sandbox therefore leaves empty at times, but WorkOS never does.

mod api;
mod gap;
mod list;
mod transport;

pub use api::{Api, PAGE, names};
pub use gap::{GAPS, Gap, Tally, fill};
pub use list::{Ask, List, Page};
pub use transport::Filled;
