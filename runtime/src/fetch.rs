//! A request sent until it is answered: paced, retried, judged. Everything the resources of one connector share
//! on the way to the source is here: the client, the pacer, the number of requests under way.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::header::HeaderMap;
use tapwright_plan::{Connector, Resource};
use tokio::sync::{Mutex, Semaphore};
use tokio::time::Instant;
use url::Url;

use crate::http::{Answer, Client};
use crate::judge::{Verdict, judge};
use crate::pace::Pacer;
use crate::request::shown;
use crate::retry::{dice, retry_after};
use crate::{Error, ErrorKind, Result, RetryPolicy, Settings, Timestamp};

/// How often a source may say "later" to one request before that counts as a failure.
const THROTTLED: u32 = 100;

/// The way to the source.
#[derive(Debug)]
pub(crate) struct Fetcher {
    pub(crate) connector: &'static Connector,
    pub(crate) settings: Settings,
    pub(crate) client: Client,
    pacer: Pacer,
    under_way: Semaphore,
    retry: RetryPolicy,
    deadline: Option<Instant>,
    gate: Gate,
    pub(crate) requests: AtomicU64,
    pub(crate) retries: AtomicU64,
}

/// Until the source has answered once, one request goes at a time: a credential it does not accept costs one request,
/// not one of every resource.
#[derive(Debug, Default)]
struct Gate {
    opened: tokio::sync::OnceCell<()>,
    refused: Mutex<Option<Error>>,
}

/// What came of a request.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// A page's body.
    Body(Vec<u8>),
    /// An answer that the spec says to ignore.
    Ignored(Error),
    /// The source refuses this value of this parameter.
    Drop(&'static str, &'static str),
}

impl Fetcher {
    pub(crate) fn new(
        connector: &'static Connector,
        settings: Settings,
        client: Client,
        retry: RetryPolicy,
        under_way: usize,
        deadline: Option<Instant>,
    ) -> Arc<Self> {
        Arc::new(Fetcher {
            connector,
            settings,
            client,
            pacer: Pacer::new(connector.limit),
            under_way: Semaphore::new(under_way.max(1)),
            retry,
            deadline,
            gate: Gate::default(),
            requests: AtomicU64::new(0),
            retries: AtomicU64::new(0),
        })
    }

    /// Sends a request until it succeeds, cannot succeed, or may not be tried again.
    pub(crate) async fn fetch(
        &self,
        resource: &'static Resource,
        url: &Url,
        headers: &HeaderMap,
        sent: &[(&'static str, &'static str)],
    ) -> Result<Fetched> {
        let (mut failed, mut throttled) = (0, 0);
        loop {
            let (error, asked) = match self.attempt(url, headers).await {
                Ok(answer) => {
                    let asked = answer.retry_after.as_deref().and_then(|value| retry_after(value, Timestamp::now()));
                    match judge(self.connector, resource, &self.settings, &answer, sent) {
                        Verdict::Page => return Ok(Fetched::Body(answer.body)),
                        Verdict::Ignored(error) => return Ok(Fetched::Ignored(error)),
                        Verdict::Drop(param, value) => return Ok(Fetched::Drop(param, value)),
                        Verdict::Failed(error) => (error, asked),
                    }
                }
                Err(error) => (error, None),
            };
            let error = error.with("request", self.client.mask(&shown(url)));
            if !error.kind().is_transient() {
                return Err(error);
            }
            // A source that says when to come back is not failing; it is still not waited for endlessly.
            let wait = if asked.is_some() && throttled < THROTTLED {
                throttled += 1;
                Some(self.retry.base.mul_f64(dice()))
            } else {
                failed += 1;
                self.retry.delay(failed, dice())
            };
            let Some(wait) = wait.map(|wait| wait.max(asked.unwrap_or_default())) else {
                return Err(error.with("attempts", failed + throttled));
            };
            if self.deadline.is_some_and(|deadline| Instant::now() + wait > deadline) {
                return Err(error.help(format!("the next attempt would be in {wait:.1?}, after the sync's deadline")));
            }
            tracing::debug!(resource = resource.name, error = %error, wait_ms = wait.as_millis(), "retry");
            self.retries.fetch_add(1, Ordering::Relaxed);
            if asked.is_some() {
                // The source speaks to all of us: nobody sends until then.
                self.pacer.pause(wait);
            } else {
                tokio::time::sleep(wait).await;
            }
        }
    }

    async fn attempt(&self, url: &Url, headers: &HeaderMap) -> Result<Answer> {
        if self.gate.opened.initialized() {
            return self.send(url, headers).await;
        }
        let mut refused = self.gate.refused.lock().await;
        if let Some(error) = refused.as_ref() {
            return Err(error.clone());
        }
        if self.gate.opened.initialized() {
            drop(refused);
            return self.send(url, headers).await;
        }
        let answer = self.send(url, headers).await;
        match &answer {
            Ok(answer) if answer.status == 401 => {
                let error = Error::new(ErrorKind::Unauthorized, "the source does not accept the credential");
                *refused = Some(error);
            }
            _ => drop(self.gate.opened.set(())),
        }
        answer
    }

    async fn send(&self, url: &Url, headers: &HeaderMap) -> Result<Answer> {
        self.pacer.slot().await;
        // The semaphore is never closed, so that an error here cannot be.
        let _under_way = self.under_way.acquire().await;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let start = Instant::now();
        let answer = self.client.get(url.clone(), headers).await;
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        let bytes = answer.as_ref().map_or(0, |answer| answer.body.len());
        tracing::trace!(status, bytes, elapsed_us = start.elapsed().as_micros(), "answer");
        answer
    }
}

/// The values of list parameters that the source refused, shared by the slices of a resource.
pub(crate) type Dropped = BTreeSet<(&'static str, &'static str)>;
