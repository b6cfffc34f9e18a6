//! A request that waits before it is sent: for whom, how long and why, for people who watch.
//!
//! It must not know what is made of it.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::Error;

/// Shorter waits are told nobody.
const LEAST: Duration = Duration::from_secs(1);

/// A request of a resource that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The resource's name.
    pub resource: &'static str,
    /// How long from now.
    pub time: Duration,
    /// Why.
    pub why: Why,
}

/// Why a request waits.
#[derive(Clone, Debug)]
pub enum Why {
    /// It was answered so, or not answered, and is sent again.
    Again(Error),
    /// The source has asked another one to wait, and so nobody sends.
    Paused,
    /// More requests would be more than the spec says that the source allows.
    Limit,
}

/// Where waits are told: nowhere, until somebody listens.
#[derive(Debug, Default)]
pub(crate) struct Waits(OnceLock<mpsc::UnboundedSender<Waiting>>);

impl Waits {
    /// What is told from now on.
    pub(crate) fn listen(&self) -> mpsc::UnboundedReceiver<Waiting> {
        let (sender, receiver) = mpsc::unbounded_channel();
        // A second listener hears nothing: there is one sync to a fetcher.
        drop(self.0.set(sender));
        receiver
    }

    /// Tells of a wait, if it is long enough for somebody to wonder.
    pub(crate) fn tell(&self, resource: &'static str, time: Duration, why: impl FnOnce() -> Why) {
        if let Some(sender) = self.0.get().filter(|_| time >= LEAST) {
            drop(sender.send(Waiting { resource, time, why: why() }));
        }
    }
}
