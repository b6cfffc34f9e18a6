//! Where secrets outlive a sync that a source gave in place of those that a user configured.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::Result;

/// Where secrets are kept that a source gives in place of those that a user configured.
///
/// It outlives a sync. What it holds is as secret as what it replaces.
pub trait Vault: Send + Sync {
    /// The secret that was last kept under that name.
    ///
    /// # Errors
    /// `Store` when it cannot be read.
    fn load(&self, name: &str) -> Result<Option<SecretString>>;

    /// Keeps a secret under that name, in place of what was there, so that it survives the end of the process.
    ///
    /// # Errors
    /// `Store` when it cannot be kept.
    fn keep(&self, name: &str, secret: &SecretString) -> Result<()>;
}

/// A vault among the options of a sync.
#[derive(Clone, Default)]
pub struct VaultOption(pub Option<Arc<dyn Vault>>);

impl fmt::Debug for VaultOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "a vault" } else { "no vault" })
    }
}
