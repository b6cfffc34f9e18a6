//! A request sent until it is answered: paced, retried, judged. Everything the resources of one connector share
//! on the way to the source is here: the client, the pacer, the number of requests under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use tapwright_plan::{Connector, Resource};
use tokio::sync::{Mutex, Semaphore};
use tokio::time::Instant;

use crate::hook::{HookSet, Hooked};
use crate::http::{Answer, Client, reading};
use crate::judge::{Judge, Pause, Verdict};
use crate::outgoing::Outgoing;
use crate::pace::Pacer;
use crate::retry::{dice, retry_after, wait_for};
use crate::waiting::Waits;
use crate::{Error, ErrorKind, Options, Result, RetryPolicy, Settings, Timestamp, Why};

/// How often a source may say "later" to one request before that counts as a failure.
const THROTTLED: u32 = 100;

/// The way to the source.
#[derive(Debug)]
pub(crate) struct Fetcher {
    pub(crate) connector: &'static Connector,
    pub(crate) settings: Settings,
    pub(crate) client: Client,
    hooks: HookSet,
    pacer: Pacer,
    under_way: Semaphore,
    retry: RetryPolicy,
    deadline: Option<Instant>,
    gate: Gate,
    pub(crate) waits: Waits,
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
    Page(Answer),
    /// An answer that the spec says to ignore.
    Ignored(Error),
    /// The list ends here.
    Empty,
    /// The parent is gone, and the list with it.
    Gone(Error),
    /// The source refuses this value of this parameter.
    Drop(&'static str, &'static str),
}

impl Fetcher {
    pub(crate) fn new(
        connector: &'static Connector,
        settings: Settings,
        client: Client,
        options: &Options,
        deadline: Option<Instant>,
    ) -> Arc<Self> {
        let paced = options.paced;
        let limited = connector.resources.iter().filter(|_| paced);
        let own = limited.map(|resource| (resource.name, resource.limits));
        Arc::new(Fetcher {
            connector,
            settings,
            client,
            hooks: options.hooks.clone(),
            pacer: Pacer::new(if paced { connector.limits } else { &[] }, own),
            under_way: Semaphore::new(options.requests.max(1)),
            retry: options.retry.or_else(|| connector.retry.as_ref().map(RetryPolicy::of)).unwrap_or_default(),
            deadline,
            gate: Gate::default(),
            waits: Waits::default(),
            requests: AtomicU64::new(0),
            retries: AtomicU64::new(0),
        })
    }

    /// The hook of a resource. That those are there which are needed was seen to before.
    pub(crate) fn hook(&self, resource: &'static Resource) -> Option<Arc<dyn Hooked>> {
        self.hooks.of(self.connector, resource).ok().flatten()
    }

    /// Sends a request until it succeeds, cannot succeed, or may not be tried again.
    pub(crate) async fn fetch(
        &self,
        judge: &Judge,
        outgoing: &Outgoing,
        sent: &[(&'static str, &'static str)],
    ) -> Result<Fetched> {
        let resource = judge.resource().name;
        let (mut failed, mut throttled) = (0, 0);
        loop {
            let (error, asked, pause) = match self.attempt(judge, outgoing).await {
                Ok(answer) => {
                    let asked = answer.header(RETRY_AFTER).and_then(|value| retry_after(value, Timestamp::now()));
                    match judge.judge(&answer, sent) {
                        Verdict::Page => return Ok(Fetched::Page(answer)),
                        Verdict::Ignored(error) => return Ok(Fetched::Ignored(error)),
                        Verdict::Empty => return Ok(Fetched::Empty),
                        Verdict::Gone(error) => return Ok(Fetched::Gone(error)),
                        Verdict::Drop(param, value) => return Ok(Fetched::Drop(param, value)),
                        Verdict::Failed(error, pause) => {
                            let limited = error.kind() == ErrorKind::RateLimited;
                            let asked = asked.or_else(|| if limited { self.allowed(&answer) } else { None });
                            (error, asked, pause)
                        }
                    }
                }
                Err(error) => (error, None, None),
            };
            // What the answer says counts; the spec knows it of those that say nothing.
            let asked = asked.or(if let Some(Pause::All(wait)) = pause { Some(wait) } else { None });
            let error = error.with("request", self.client.mask(&outgoing.shown()));
            if !error.kind().is_transient() {
                return Err(error);
            }
            // A source that says when to come back is not failing; it is still not waited for endlessly.
            let wait = if asked.is_some() && throttled < THROTTLED {
                throttled += 1;
                Some(self.retry.base.mul_f64(dice()))
            } else {
                failed += 1;
                let delay = self.retry.delay(failed, dice());
                if let Some(Pause::One(wait)) = pause { delay.and(Some(wait)) } else { delay }
            };
            let Some(wait) = wait.map(|wait| wait.max(asked.unwrap_or_default())) else {
                return Err(error.with("attempts", failed + throttled));
            };
            if self.deadline.is_some_and(|deadline| Instant::now() + wait > deadline) {
                return Err(error.help(format!("the next attempt would be in {wait:.1?}, after the sync's deadline")));
            }
            tracing::debug!(resource, error = %error, wait_ms = wait.as_millis(), "retry");
            self.retries.fetch_add(1, Ordering::Relaxed);
            self.waits.tell(resource, wait, || Why::Again(error));
            if asked.is_some() {
                // The source speaks to all of us: nobody sends until then.
                self.pacer.pause(wait);
            } else {
                tokio::time::sleep(wait).await;
            }
        }
    }

    /// How long to wait until the source allows requests again, by what it says in a way of its own.
    fn allowed(&self, answer: &Answer) -> Option<Duration> {
        let after = self.connector.retry.as_ref()?.after.as_ref()?;
        let value = reading(answer, &after.answer, &after.from, &self.settings)?;
        wait_for(&value, after.format, Timestamp::now())
    }

    async fn attempt(&self, judge: &Judge, outgoing: &Outgoing) -> Result<Answer> {
        let resource = judge.resource().name;
        if self.gate.opened.initialized() {
            return self.send(resource, outgoing).await;
        }
        let mut refused = self.gate.refused.lock().await;
        if let Some(error) = refused.as_ref() {
            return Err(error.clone());
        }
        if self.gate.opened.initialized() {
            drop(refused);
            return self.send(resource, outgoing).await;
        }
        let answer = self.send(resource, outgoing).await;
        // No answer says nothing of the credential; what one says is the judge's to tell.
        if let Ok(answer) = &answer {
            match judge.judge(answer, &[]) {
                Verdict::Failed(error, _) if error.kind() == ErrorKind::Unauthorized => *refused = Some(error),
                _ => drop(self.gate.opened.set(())),
            }
        }
        answer
    }

    async fn send(&self, resource: &'static str, outgoing: &Outgoing) -> Result<Answer> {
        self.pacer.slot(resource, |time, why| self.waits.tell(resource, time, || why)).await;
        // The semaphore is never closed, so that an error here cannot be.
        let _under_way = self.under_way.acquire().await;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let start = Instant::now();
        let answer = self.client.send(resource, outgoing).await;
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        let bytes = answer.as_ref().map_or(0, |answer| answer.body.len());
        tracing::trace!(status, bytes, elapsed_us = start.elapsed().as_micros(), "answer");
        answer
    }
}
