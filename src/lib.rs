//! A connector is one YAML file: checked by the compiler, made into typed Rust, synced without losing a row.
//!
//! ```no_run
//! mod workos {
//!     tapwright::connector!("connector.yaml");
//! }
//!
//! # async fn run() -> Result<(), tapwright::Error> {
//! let workos = workos::Connector::new(workos::Config::from_env()?)?;
//! let mut organizations = workos.organizations();
//! while let Some(organization) = organizations.next().await {
//!     println!("{}", organization?.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`connector!`] makes the module's items from the spec; what they run on is in this crate. A whole sync goes into a
//! [`Sink`], such as the one of the feature `sqlite`.

pub use tapwright_macros::connector;
pub use tapwright_runtime::*;

/// The store in one SQLite file.
#[cfg(feature = "sqlite")]
pub use tapwright_sqlite as sqlite;

/// The test suite that every spec has, and a test of each of its checks: `tapwright::generated_tests!("connector.yaml")`.
#[cfg(feature = "testing")]
pub use {tapwright_macros::generated_tests, tapwright_suite as testing};

/// The `tapwright` command, for a connector of your own.
#[cfg(feature = "cli")]
pub use tapwright_cli as cli;
