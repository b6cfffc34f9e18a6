//! One request, one answer: with the credential the spec's own origin may see, within bounds of time and size.
//!
//! It judges nothing beyond "an answer came or did not": what a status means is decided elsewhere.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{AsHeaderName, HeaderMap};
use reqwest::redirect;
use secrecy::ExposeSecret;
use tapwright_plan::{Auth, Connector, Envelope, Expr, Method};
use url::Url;

use crate::credential::{Credential, chosen};
use crate::decode::{Found, Slots, envelope};
use crate::eval::{Locals, MadeFor, Patterns, Scope, as_text, eval};
use crate::origin::{foreign, origin_of};
use crate::outgoing::Outgoing;
use crate::token::{Place, Tokens};
use crate::witness::{Exchange, Purpose, WitnessOption};
use crate::{Error, ErrorKind, Options, Result, Settings};

/// What requests say of who sends them.
pub(crate) const USER_AGENT: &str = concat!("tapwright/", env!("CARGO_PKG_VERSION"));

/// How long and how much an answer may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For the connection, TLS included.
    pub connect: Duration,
    /// Between two reads of the body.
    pub read: Duration,
    /// For the whole exchange, body included.
    pub total: Duration,
    /// The greatest body, after decompression, in bytes.
    pub body: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
            body: 64 * 1024 * 1024,
        }
    }
}

/// A client for one connector's origin.
#[derive(Clone)]
pub(crate) struct Client {
    transport: Transport,
    base: Url,
    access: Access,
}

/// What requests prove who asks with.
#[derive(Clone)]
enum Access {
    AtHand(Credential),
    Tokens(Arc<Tokens>),
}

/// Sends a request and reads its answer, within bounds.
#[derive(Clone)]
pub(crate) struct Transport {
    http: reqwest::Client,
    settings: Settings,
    bounds: Bounds,
    witness: WitnessOption,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The text of a header.
    pub(crate) fn header(&self, name: impl AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Without the credential.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for `connector`; the options' base URL stands for the spec's own when there is one.
    ///
    /// # Errors
    /// `Config` when the base URL is none, or a credential would travel unencrypted.
    pub(crate) fn new(connector: &'static Connector, settings: &Settings, options: &Options) -> Result<Self> {
        let bounds = options.bounds;
        let elsewhere = options.base_url.as_deref().map(origin_of).transpose()?;
        let base = match &elsewhere {
            Some(base) => base.clone(),
            None => origin_of(&text(&connector.base_url, settings).unwrap_or_default())?,
        };
        let origin = base.origin();
        let policy = redirect::Policy::custom(move |attempt| {
            if attempt.previous().len() > 5 || attempt.url().origin() != origin {
                attempt.stop()
            } else {
                attempt.follow()
            }
        });
        let mut builder = tls(reqwest::Client::builder());
        if base.scheme() == "http" {
            // It is this machine: a proxy has no business in between, and the credential would not be encrypted on the way.
            builder = builder.no_proxy();
        }
        if elsewhere.as_ref().is_some_and(|all| all.scheme() == "http") {
            // Nothing is encrypted, so nobody's certificates are read; that takes longer than a short sync.
            builder = builder.tls_certs_only([]);
        }
        let http = builder
            .redirect(policy)
            .connect_timeout(bounds.connect)
            .read_timeout(bounds.read)
            .timeout(bounds.total)
            .tcp_nodelay(true)
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| Error::new(ErrorKind::Config, format!("no HTTP client can be made: {}", chain(&error))))?;
        let access = match chosen(&connector.auth, settings) {
            Auth::Token(plan) => {
                let place = Place { connector, base: &base, elsewhere: elsewhere.as_ref() };
                Access::Tokens(Arc::new(Tokens::new(plan, &place, settings, options.vault.clone())?))
            }
            auth => Access::AtHand(Credential::of(auth, settings)?),
        };
        let transport = Transport { http, settings: settings.clone(), bounds, witness: options.witness.clone() };
        Ok(Client { transport, base, access })
    }

    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// How many bytes a body has at most.
    pub(crate) fn most_of_a_body(&self) -> usize {
        self.transport.bounds.body
    }

    /// The query parameter that carries the credential, when one does.
    pub(crate) fn credential_parameter(&self) -> Option<&'static str> {
        match &self.access {
            Access::AtHand(Credential::Query(name, _)) => Some(name),
            Access::AtHand(_) => None,
            Access::Tokens(tokens) => tokens.parameter(),
        }
    }

    pub(crate) fn mask(&self, text: &str) -> String {
        self.transport.settings.mask(text)
    }

    /// Ends what was begun to prove who asks: no token is half traded then.
    pub(crate) async fn close(&self) {
        if let Access::Tokens(tokens) = &self.access {
            tokens.close().await;
        }
    }

    /// Sends a request for a page of a resource. A token that the API refuses is replaced by a new one, once.
    ///
    /// # Errors
    /// `Origin` when it does not go to the connector's own; `Network` and `Timeout` when no whole answer came; `Body`
    /// when it is too large; what asking for a token can end in.
    pub(crate) async fn send(&self, resource: &'static str, outgoing: &Outgoing) -> Result<Answer> {
        let page = Purpose::Page(resource);
        if outgoing.url.origin() != self.base.origin() {
            return Err(foreign(&outgoing.url.origin()));
        }
        let transport = &self.transport;
        let tokens = match &self.access {
            Access::AtHand(credential) => return transport.exchange(page, outgoing, credential).await,
            Access::Tokens(tokens) => tokens,
        };
        let bearer = tokens.bearer(transport).await?;
        let answer = transport.exchange(page, outgoing, &bearer.credential).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        tokens.refuse(bearer.epoch).await;
        let bearer = tokens.bearer(transport).await?;
        transport.exchange(page, outgoing, &bearer.credential).await
    }
}

impl Transport {
    /// Sends a request that carries a credential.
    ///
    /// # Errors
    /// `Network` and `Timeout` when no whole answer came; `Body` when it is too large.
    pub(crate) async fn exchange(
        &self,
        purpose: Purpose,
        outgoing: &Outgoing,
        credential: &Credential,
    ) -> Result<Answer> {
        let start = Instant::now();
        let answer = self.answered(outgoing, credential).await;
        if let Some(witness) = &self.witness.0 {
            let sent = (outgoing, credential);
            witness.exchanged(&Exchange::new(purpose, sent, &answer, start.elapsed(), &self.settings));
        }
        answer
    }

    async fn answered(&self, outgoing: &Outgoing, credential: &Credential) -> Result<Answer> {
        let mut url = outgoing.url.clone();
        if let Credential::Query(name, value) = credential {
            url.query_pairs_mut().append_pair(name, value.expose_secret());
        }
        let mut request = match outgoing.method {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url),
        };
        request = request.headers(outgoing.headers.clone());
        if let Some(body) = outgoing.body(credential) {
            request = request.body(body);
        }
        if let Credential::Header(name, value) = credential {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(|error| failed(&error, &outgoing.url, &self.settings))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let body = read_body(response, self.bounds.body, &outgoing.url, &self.settings).await?;
        Ok(Answer { status, headers, body })
    }
}

/// What an expression over an answer gives, as text; null is none.
pub(crate) fn reading(
    answer: &Answer,
    plan: &'static Envelope,
    expr: &'static Expr,
    settings: &Settings,
) -> Option<String> {
    let slots = envelope(plan, std::str::from_utf8(&answer.body).unwrap_or(""), &answer.headers);
    let mut patterns = Patterns::default();
    patterns.add(expr);
    let found = eval(
        expr,
        Scope { slots: &slots, settings, patterns: &patterns, made: &MadeFor::ALL, locals: Locals::default() },
    );
    as_text(&found).map(Cow::into_owned)
}

/// The body of a response of at most so many bytes.
async fn read_body(mut response: reqwest::Response, most: usize, from: &Url, settings: &Settings) -> Result<Vec<u8>> {
    let mut body = Vec::with_capacity(response.content_length().unwrap_or(0).min(1 << 20) as usize);
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error, from, settings))? {
        if body.len() + chunk.len() > most {
            let most = most / (1024 * 1024);
            return Err(Error::new(ErrorKind::Body, format!("the answer is larger than {most} MiB"))
                .help("ask for smaller pages"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Why no answer came.
fn failed(error: &reqwest::Error, from: &Url, settings: &Settings) -> Error {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Network };
    let origin = from.origin().ascii_serialization();
    let what = match kind {
        ErrorKind::Timeout => format!("{origin} took too long to answer"),
        _ if error.is_connect() => format!("{origin} cannot be reached: {}", root(error)),
        _ => format!("the connection to {origin} broke: {}", root(error)),
    };
    Error::new(kind, settings.mask(&what))
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
fn tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(feature = "aws-lc")]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    #[cfg(not(feature = "aws-lc"))]
    let provider = rustls::crypto::ring::default_provider();
    // An error here says that the program chose a provider already, which is as good.
    drop(provider.install_default());
    builder
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
compile_error!("TLS needs cryptography: enable the feature `ring` or `aws-lc`");

/// An expression over the settings alone, as text; null is none.
pub(crate) fn text(expr: &'static Expr, settings: &Settings) -> Option<String> {
    text_of(expr, settings, &MadeFor::ALL)
}

/// An expression over the settings and what a list is asked for, as text; null is none.
pub(crate) fn text_of(expr: &'static Expr, settings: &Settings, made: &MadeFor) -> Option<String> {
    as_text(&value_of(expr, settings, made)).map(Cow::into_owned)
}

/// An expression over the settings and what a list is asked for.
pub(crate) fn value_of(expr: &'static Expr, settings: &Settings, made: &MadeFor) -> Found<'static> {
    let (slots, mut patterns) = (Slots::new(&[]), Patterns::default());
    patterns.add(expr);
    eval(expr, Scope { slots: &slots, settings, patterns: &patterns, made, locals: Locals::default() })
}

/// The innermost cause, which is the one that says something.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
