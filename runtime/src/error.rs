//! The one error type: what failed, whether trying again can help, where, and what to do.

use std::fmt;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    context: Vec<(&'static str, String)>,
    help: Option<String>,
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting is missing or out of bounds. Nothing was requested.
    Config,
    /// The source could not be reached, or the connection broke. Was retried.
    Network,
    /// The source took too long. Was retried.
    Timeout,
    /// The source asked for fewer requests, for longer than the sync may take.
    RateLimited,
    /// The source does not accept the credential (401).
    Unauthorized,
    /// The credential may not read this (403).
    Forbidden,
    /// The source refuses the request (another 4xx).
    Rejected,
    /// The source failed (5xx). Was retried.
    Server,
    /// The answer is not what the spec says.
    Body,
    /// The pages do not end, repeat, or contradict each other.
    Paging,
    /// An answer would have taken a credential or the sync to another origin.
    Origin,
    /// A resource's hook gave up, or panicked.
    Hook,
    /// A record could not be mapped, and the sync is strict.
    Quarantine,
    /// The store cannot be used, or refused.
    Store,
    /// Another sync holds the store.
    Busy,
    /// The sync was asked to stop.
    Interrupted,
}

impl ErrorKind {
    /// The kind as one word, for reports and logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::Config => "config",
            ErrorKind::Network => "network",
            ErrorKind::Timeout => "timeout",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Unauthorized => "unauthorized",
            ErrorKind::Forbidden => "forbidden",
            ErrorKind::Rejected => "rejected",
            ErrorKind::Server => "server",
            ErrorKind::Body => "body",
            ErrorKind::Paging => "paging",
            ErrorKind::Origin => "origin",
            ErrorKind::Hook => "hook",
            ErrorKind::Quarantine => "quarantine",
            ErrorKind::Store => "store",
            ErrorKind::Busy => "busy",
            ErrorKind::Interrupted => "interrupted",
        }
    }

    /// Whether the same request may succeed a little later.
    #[must_use]
    pub fn is_transient(self) -> bool {
        matches!(self, ErrorKind::Network | ErrorKind::Timeout | ErrorKind::RateLimited | ErrorKind::Server)
    }
}

impl Error {
    /// Without secrets, wherever a text of the source stands in it.
    pub(crate) fn masked(mut self, settings: &crate::Settings) -> Self {
        self.0.message = settings.mask(&self.0.message);
        self.0.help = self.0.help.as_deref().map(|help| settings.mask(help));
        self
    }

    /// An error; `message` is a sentence in lower case without a full stop, and shows no secret.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), context: Vec::new(), help: None }))
    }

    /// Adds where it happened, for instance `("resource", "directories")`.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.0.context.push((key, value.to_string()));
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What went wrong, without place or advice.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it happened, outermost last.
    #[must_use]
    pub fn context(&self) -> &[(&'static str, String)] {
        &self.0.context
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        for (at, (key, value)) in self.0.context.iter().enumerate() {
            write!(f, "{}{key} {value}", if at == 0 { " (" } else { ", " })?;
        }
        if !self.0.context.is_empty() {
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// As [`fmt::Display`], with what to do about it: this is what a `main` that returns an error shows.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)?;
        match &self.0.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
