//! Setting a sandbox up: how much data, from which seed, how slow, how faulty. It must not know how any of it is served.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tapwright_spec::model::Connector;

use crate::fault::Injection;
use crate::running::Running;
use crate::time::{self, DAY};
use crate::world::World;

/// A sandbox that is being set up.
///
/// ```no_run
/// use std::time::Duration;
/// use tapwright_sandbox::{Fault, Sandbox};
///
/// # async fn run(connector: &tapwright_spec::model::Connector) -> Result<(), tapwright_sandbox::Error> {
/// let sandbox = Sandbox::new(connector)
///     .records("auth_events", 20_000)
///     .latency(Duration::from_millis(20))
///     .fail("directories", Fault::Forbidden("no access".into()).always())
///     .start()
///     .await?;
/// println!("{} takes {}", sandbox.url(), sandbox.key());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Sandbox {
    pub(crate) connector: Connector,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) records: Vec<(String, u64)>,
    pub(crate) seed: u64,
    pub(crate) now: i64,
    pub(crate) history: i64,
    pub(crate) latency: Duration,
    pub(crate) limit: Option<(u32, Duration)>,
    pub(crate) faults: Vec<(String, Injection)>,
    pub(crate) fault_rate: Option<(f64, u64)>,
    pub(crate) churn: f64,
    pub(crate) strict: bool,
    pub(crate) log: usize,
    pub(crate) token_lasts: Option<Duration>,
    port: u16,
}

impl Sandbox {
    /// How many records a resource of events has, unless said otherwise.
    pub const EVENTS: u64 = 5_000;

    /// How many records a resource of entities has, unless said otherwise.
    pub const ENTITIES: u64 = 250;

    /// A sandbox for a checked spec, with nothing going wrong.
    #[must_use]
    pub fn new(connector: &Connector) -> Sandbox {
        Sandbox {
            connector: connector.clone(),
            settings: Vec::new(),
            records: Vec::new(),
            seed: 0,
            now: time::now().div_euclid(DAY) * DAY,
            history: 89 * DAY,
            latency: Duration::ZERO,
            limit: None,
            faults: Vec::new(),
            fault_rate: None,
            churn: 0.0,
            strict: true,
            log: 10_000,
            token_lasts: None,
            port: 0,
        }
    }

    /// How many records a resource has; one that is read for each row of another, in all of its lists together, of which
    /// one has a quarter and some have none. They are computed when asked for: many cost no more than few.
    #[must_use]
    pub fn records(mut self, resource: &str, count: u64) -> Sandbox {
        self.records.push((resource.to_owned(), count));
        self
    }

    /// What the records are drawn with. The same seed, counts and `now` give the same bytes.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Sandbox {
        self.seed = seed;
        self
    }

    /// The moment the data ends, in Unix milliseconds; the start of the current UTC day when not given. Events belong to
    /// the calendar: a later `now` has the same events, without the oldest and with newer ones.
    #[must_use]
    pub fn now(mut self, millis: i64) -> Sandbox {
        self.now = millis;
        self
    }

    /// How far events reach back from `now`; 89 days when not given.
    #[must_use]
    pub fn history(mut self, span: Duration) -> Sandbox {
        self.history = i64::try_from(span.as_millis()).unwrap_or(i64::MAX / 4).clamp(1, i64::MAX / 4);
        self
    }

    /// How long every answer takes at least.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Sandbox {
        self.latency = latency;
        self
    }

    /// So many requests in any span of time; what is more gets 429, and when to come back in the header that the
    /// spec names, or else in `Retry-After`. No limit when not given.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Sandbox {
        self.limit = Some((requests, per));
        self
    }

    /// A fault for a resource, by its name or path, or for all (`*`).
    #[must_use]
    pub fn fail(mut self, resource: &str, fault: impl Into<Injection>) -> Sandbox {
        self.faults.push((resource.to_owned(), fault.into()));
        self
    }

    /// So many of all requests (0 to 1) fail in some way that a retry mends: 429, 500, 502, 503, 504, closed connections,
    /// cut bodies. The same request fails at most three times in a row.
    #[must_use]
    pub fn fault_rate(mut self, rate: f64, seed: u64) -> Sandbox {
        self.fault_rate = Some((rate, seed));
        self
    }

    /// Lets records come, change and go while they are read: so many changes to a list behind each request that it answers,
    /// say 0.5 or 3. They follow from the seed and from how many requests that list, that of a parent, has answered, not
    /// from a clock. Of events some come late, by half of the spec's `overlap` at most.
    #[must_use]
    pub fn churn(mut self, rate: f64) -> Sandbox {
        self.churn = rate;
        self
    }

    /// The value a client has for a setting, where it is not the spec's default.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Sandbox {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether the parameters and headers that the spec sets must be sent as it says; they must when not given. Otherwise
    /// they may be left out, and `order` is free.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Sandbox {
        self.strict = strict;
        self
    }

    /// How many requests the log keeps: 10,000 when not given; 0 switches it off.
    #[must_use]
    pub fn log(mut self, entries: usize) -> Sandbox {
        self.log = entries;
        self
    }

    /// How long a token counts that it gives; as the spec says, or an hour, when not given.
    #[must_use]
    pub fn token_lasts(mut self, lasts: Duration) -> Sandbox {
        self.token_lasts = Some(lasts);
        self
    }

    /// The port to listen on; a free one when not given.
    #[must_use]
    pub fn port(mut self, port: u16) -> Sandbox {
        self.port = port;
        self
    }

    /// Starts it on the current tokio runtime.
    ///
    /// # Errors
    /// When a name is unknown or the port is taken.
    pub async fn start(self) -> Result<Running, Error> {
        let (world, listener, address) = self.open()?;
        Running::on_runtime(world, tokio::net::TcpListener::from_std(listener).map_err(Error::Listen)?, address)
    }

    /// Starts it on a thread and a runtime of its own.
    ///
    /// # Errors
    /// When a name is unknown or the port is taken.
    pub fn start_on_thread(self) -> Result<Running, Error> {
        let (world, listener, address) = self.open()?;
        Running::on_thread(world, listener, address)
    }

    fn open(&self) -> Result<(Arc<World>, TcpListener, SocketAddr), Error> {
        let world = World::new(self)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).map_err(Error::Listen)?;
        listener.set_nonblocking(true).map_err(Error::Listen)?;
        let address = listener.local_addr().map_err(Error::Listen)?;
        Ok((Arc::new(world), listener, address))
    }
}

/// What a sandbox cannot do.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No resource has this name.
    UnknownResource(String),
    /// No setting has this name.
    UnknownSetting(String),
    /// No field has this name.
    UnknownField(String),
    /// No record has this id.
    UnknownRecord(String),
    /// A record has this id already.
    Exists(String),
    /// This resource is read for each row of another, and it was not said whose record it is to be.
    WithoutParent(String),
    /// The sandbox cannot think of an answer that this error rule of this resource is about, or there is no such rule.
    Rule(String, usize),
    /// The API has a path of its own where the sandbox takes orders.
    Taken(String),
    /// It could not listen.
    Listen(std::io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::UnknownResource(name) => write!(f, "no resource is called `{name}`"),
            Error::UnknownSetting(name) => write!(f, "no setting is called `{name}`"),
            Error::UnknownField(name) => write!(f, "no field is called `{name}`"),
            Error::UnknownRecord(id) => write!(f, "no record has the id `{id}`"),
            Error::Exists(id) => write!(f, "a record has the id `{id}` already"),
            Error::WithoutParent(name) => {
                write!(f, "`{name}` is read for each row of another resource: say whose it is")
            }
            Error::Rule(name, rule) => {
                write!(f, "no answer is known to the sandbox that error rule {rule} of `{name}` is about")
            }
            Error::Taken(path) => {
                write!(f, "the API's own path `{path}` is where the sandbox takes orders: it cannot serve both")
            }
            Error::Listen(_) => f.write_str("the sandbox cannot listen on loopback"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Error::Listen(source) = self { Some(source) } else { None }
    }
}
