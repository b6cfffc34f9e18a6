//! A sync: resources side by side, one writer, a report.

mod board;
mod resource;
mod writer;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tapwright_plan::{Connector, Resource};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::checkpoint::{Checkpoint, plan_of};
use crate::fetch::Fetcher;
use crate::http::Client;
use crate::reader::Source;
use crate::report::{Report, ResourceReport, Status};
use crate::seen::Tally;
use crate::sink::{Begin, Begun, Sink};
use crate::{Bounds, Error, ErrorKind, HookSet, Result, RetryPolicy, Settings, VaultOption, Waiting, WitnessOption};
use resource::Task;
use writer::{Ledger, Message, News, WAITING};

/// How a sync is done. The defaults are what a sync in earnest wants.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which resources; all when none.
    pub resources: Option<Vec<String>>,
    /// Reads everything anew, whatever was read before.
    pub full: bool,
    /// A record that cannot be mapped fails its resource, instead of being set aside.
    pub strict: bool,
    /// Where the API is, when not where the spec says.
    pub base_url: Option<String>,
    /// What the place is called in checkpoints, when not by its address: a sandbox is the same one at every port.
    pub source: Option<String>,
    /// How requests are repeated; as the spec says when none.
    pub retry: Option<RetryPolicy>,
    /// How long and how large an answer may be.
    pub bounds: Bounds,
    /// How many slices of one resource are read at a time.
    pub readers: usize,
    /// How many requests are under way at a time.
    pub requests: usize,
    /// Whether requests keep to the limit that the spec says. A sandbox has none.
    pub paced: bool,
    /// How many pages a slice has at most.
    pub most_pages: u64,
    /// Of how many parents an incremental resource that is read for each row of another keeps how far it was read. Those
    /// beyond share one moment: what is kept is written with every commit.
    pub most_frontiers: usize,
    /// How long the lease on the store lasts without a commit.
    pub lease: Duration,
    /// Where secrets are kept that a source gives in place of those that were configured. Without one they last as long
    /// as the sync does.
    pub vault: VaultOption,
    /// Who is shown each exchange with the source.
    pub witness: WitnessOption,
    /// The hooks of resources whose spec says that they have one. A generated connector puts its own here.
    pub hooks: HookSet,
    /// How long the sync may take. What is not read by then is left to the next.
    pub deadline: Option<Duration>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            resources: None,
            full: false,
            strict: false,
            base_url: None,
            source: None,
            retry: None,
            bounds: Bounds::default(),
            readers: 8,
            requests: 16,
            paced: true,
            most_pages: 10_000_000,
            most_frontiers: 10_000,
            lease: Duration::from_secs(60),
            vault: VaultOption::default(),
            witness: WitnessOption::default(),
            hooks: HookSet::default(),
            deadline: None,
        }
    }
}

/// Is told how a sync goes on.
pub trait Observer: Send + std::marker::Sync {
    /// Called after a commit for each resource that was in it, and once more when a resource is done.
    fn observe(&self, progress: &Progress<'_>);

    /// Called when a request is about to wait for a second or more: the source has asked for it, or fails, or its limit is
    /// reached.
    fn waiting(&self, _: &Waiting) {}
}

/// Tells nobody.
impl Observer for () {
    fn observe(&self, _: &Progress<'_>) {}
}

/// How far a resource is.
#[derive(Debug)]
pub struct Progress<'a> {
    /// The resource's name.
    pub resource: &'static str,
    /// How many rows the commit wrote.
    pub new_rows: u64,
    /// What was committed so far.
    pub report: &'a ResourceReport,
    /// Whether nothing more will come.
    pub done: bool,
}

/// Asks a sync to stop: what was read is committed, the rest is left to the next sync.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Stop(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks every sync that was given this to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    async fn stopped(&self) {
        // It cannot fail while `self` holds the sender.
        drop(self.0.subscribe().wait_for(|stop| *stop).await);
    }
}

/// A sync of one connector, ready to run.
#[derive(Debug)]
pub struct Sync {
    connector: &'static Connector,
    resources: Vec<&'static Resource>,
    settings: Settings,
    options: Options,
    client: Client,
}

impl Sync {
    /// Checks everything that can be checked before the first request.
    ///
    /// # Errors
    /// `Config`: an unknown resource, one without the hook it needs, or a base URL that a credential may not be sent to.
    pub fn new(connector: &'static Connector, settings: Settings, options: Options) -> Result<Self> {
        let resources = selected(connector, options.resources.as_deref())?;
        options.hooks.check(connector, &resources)?;
        let client = Client::new(connector, &settings, &options)?;
        Ok(Sync { connector, resources, settings, options, client })
    }

    /// The names of the resources it will read.
    #[must_use]
    pub fn resources(&self) -> Vec<&'static str> {
        self.resources.iter().map(|resource| resource.name).collect()
    }

    /// Runs it into `sink`.
    ///
    /// It is quickest in a task of the runtime's (`tokio::spawn`): on the thread of a `block_on` every page has to wake
    /// that thread.
    ///
    /// # Errors
    /// `Store` or `Busy`: the store cannot be used. What goes wrong with a resource is in the report.
    pub async fn run(self, sink: &mut dyn Sink, observer: &dyn Observer, stop: &Stop) -> Result<Report> {
        let start = Instant::now();
        let (connector, options) = (self.connector, self.options);
        let (resources, full) = (self.resources.clone(), options.full);
        let begin = Begin { connector, resources, full, owner: owner(), lease: options.lease };
        let source = options.source.clone().unwrap_or_else(|| self.client.base().origin().ascii_serialization());
        let begun = sink.begin(begin).await?;
        let plan = plan_of(connector, &self.settings);
        let ledgers = ledgers(connector, &plan, &self.resources, &begun, &source, &options);
        let mut ledgers = match ledgers {
            Ok(ledgers) => ledgers,
            Err(error) => {
                sink.end(String::new()).await?;
                return Err(error);
            }
        };
        let deadline = options.deadline.map(|deadline| start + deadline);
        let fetcher = Fetcher::new(connector, self.settings, self.client, &options, deadline);
        let mut waits = fetcher.waits.listen();
        let (sender, news) = mpsc::channel(WAITING);
        let mut tasks = JoinSet::new();
        for (index, ledger) in ledgers.iter().enumerate() {
            let task = Task {
                connector,
                plan: plan.clone(),
                index,
                source: Source::new(ledger.resource, Arc::clone(&fetcher), options.most_pages),
                checkpoint: ledger.checkpoint.clone(),
                mode: ledger.report.mode,
                readers: options.readers.max(1),
                strict: options.strict,
                most_pages: options.most_pages,
                writer: sender.clone(),
                notes: Vec::new(),
                parents_whole: true,
            };
            let (stop, sender) = (stop.clone(), sender.clone());
            tasks.spawn(async move {
                let why = tokio::select! {
                    () = task.run() => return,
                    () = stop.stopped() => "the sync was asked to stop",
                    () = sleep_until(deadline) => "the sync's time is up",
                };
                let error = Error::new(ErrorKind::Interrupted, why).help("the next sync goes on from here");
                drop(sender.send(Message(index, News::Failed(error))).await);
            });
        }
        drop(sender);
        let told = async {
            while let Some(waiting) = waits.recv().await {
                observer.waiting(&waiting);
            }
            std::future::pending::<Infallible>().await
        };
        let written = tokio::select! {
            written = writer::write((connector, &plan), &mut ledgers, sink, news, options.lease, observer) => written,
            never = told => match never {},
        };
        tasks.shutdown().await;
        fetcher.client.close().await;
        let resources: Vec<_> = ledgers.into_iter().map(Ledger::into_report).collect();
        let report = Report {
            connector: connector.name,
            status: if written.is_ok() { Report::sum(&resources) } else { Status::Failed },
            elapsed_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            requests: fetcher.requests.load(Ordering::Relaxed),
            retries: fetcher.retries.load(Ordering::Relaxed),
            notes: begun.notes,
            resources,
        };
        let kept = serde_json::to_string(&report).unwrap_or_default();
        let ended = sink.end(kept).await;
        // What made the writing fail says more than that it could not be ended either.
        written.and(ended).map(|()| report)
    }
}

/// What is known of each resource before the first request.
fn ledgers(
    connector: &'static Connector,
    plan: &str,
    resources: &[&'static Resource],
    kept: &Begun,
    source: &str,
    options: &Options,
) -> Result<Vec<Ledger>> {
    let ledger = |(at, resource): (usize, &&'static Resource)| {
        let mut checkpoint =
            match kept.checkpoints.get(at).and_then(Option::as_deref).map(|text| Checkpoint::read(text, resource)) {
                None => Checkpoint::new(),
                Some(Ok(checkpoint)) => checkpoint,
                Some(Err(_)) if options.full => Checkpoint::unreadable(),
                Some(Err(error)) => return Err(error),
            };
        if !checkpoint.source.is_empty() && checkpoint.source != source {
            return Err(Error::new(
                ErrorKind::Store,
                format!("the store holds {} data of {}, not of {source}", connector.title, checkpoint.source),
            )
            .help("the two would be mixed up: sync into another store"));
        }
        source.clone_into(&mut checkpoint.source);
        let report = ResourceReport::new(resource.name);
        let counts = kept.counts.get(at).map_or(&[][..], Vec::as_slice);
        let tally = Tally::new(resource, counts, options.full);
        let mut ledger = Ledger { resource, checkpoint, report, tally, most_frontiers: options.most_frontiers };
        ledger.report.mode = ledger.mode(plan, options.full);
        Ok(ledger)
    };
    resources.iter().enumerate().map(ledger).collect()
}

async fn sleep_until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

fn owner() -> String {
    format!("pid {}", std::process::id())
}

fn selected(connector: &'static Connector, names: Option<&[String]>) -> Result<Vec<&'static Resource>> {
    let Some(names) = names else { return Ok(connector.resources.iter().collect()) };
    for name in names {
        if connector.resource(name).is_none() {
            let known: Vec<_> = connector.resources.iter().map(|resource| format!("`{}`", resource.name)).collect();
            return Err(Error::new(ErrorKind::Config, format!("`{name}` is not a resource of {}", connector.title))
                .help(format!("its resources: {}", known.join(", "))));
        }
    }
    let chosen: Vec<_> =
        connector.resources.iter().filter(|resource| names.iter().any(|name| name == resource.name)).collect();
    if chosen.is_empty() {
        return Err(Error::new(ErrorKind::Config, "no resource is chosen"));
    }
    Ok(chosen)
}
