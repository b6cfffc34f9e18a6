//! The tokens of an API that gives them: where, for how long each counts, and whether a request carries one that does. It
//! must not know what is asked for with them.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::header::AUTHORIZATION;
use hyper::{HeaderMap, Method};
use serde_json::{Value, json};
use tapwright_spec::model::{Carried, Expr, LoginAt, Token, TokenFrom};

use crate::answer::Answer;
use crate::eval::{Scope, eval_text};
use crate::jwt::Verifier;
use crate::login::Login;
use crate::sent::{header, values};
use crate::time;
use crate::trade::Trade;

/// A token counts for so long, unless the spec or a test says otherwise.
const LASTS: Duration = Duration::from_secs(3_600);

/// The tokens of an API.
#[derive(Debug)]
pub(crate) struct Tokens {
    source: Source,
    carried: Place,
    lasts: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
enum Source {
    /// An endpoint at this path gives them.
    Trade(String, Trade),
    Login(String, Box<Login>),
    /// The client makes them.
    Signed(Verifier),
}

/// Where a request carries a token, and what stands around it.
#[derive(Debug)]
pub(crate) struct Place {
    /// The parameter; else it is a header.
    parameter: Option<String>,
    header: String,
    around: Option<(String, String)>,
}

#[derive(Debug, Default)]
struct State {
    count: u64,
    given: Vec<(String, Instant)>,
}

impl Tokens {
    /// What a spec says of them; each counts for `lasts`, if that is said.
    pub(crate) fn of(token: &Token, settings: &[(String, Value)], lasts: Option<Duration>) -> Tokens {
        let scope = Scope::new(&Value::Null, settings);
        let at = |url: &Expr| {
            let url = eval_text(url, scope);
            let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
            format!("/{path}")
        };
        let mut by_spec = None;
        let source = match &token.from {
            TokenFrom::OAuth2(oauth2) => Source::Trade(at(&oauth2.token_url), Trade::of(oauth2, scope)),
            TokenFrom::Login(login) => {
                by_spec = login.lasts_millis.and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis);
                let path = match &login.to {
                    LoginAt::Path(path) => eval_text(path, scope),
                    LoginAt::Address(address) => at(address),
                };
                Source::Login(path, Box::new(Login::of(login, settings)))
            }
            TokenFrom::Jwt(jwt) => Source::Signed(Verifier::of(jwt, scope)),
        };
        let lasts = lasts.or(by_spec).unwrap_or(LASTS);
        Tokens { source, carried: Place::of(&token.carried, settings), lasts, state: Mutex::default() }
    }

    /// Those that were given count no longer.
    pub(crate) fn expire(&self) {
        let now = Instant::now();
        self.lock().given.iter_mut().for_each(|(_, until)| *until = now.min(*until));
    }

    /// The path at which they are given, if they are.
    pub(crate) fn path(&self) -> Option<&str> {
        match &self.source {
            Source::Trade(path, _) | Source::Login(path, _) => Some(path),
            Source::Signed(_) => None,
        }
    }

    /// The answer of the endpoint that gives tokens, if a request is to it.
    pub(crate) fn answer(
        &self,
        method: &Method,
        path: &str,
        (query, headers, body): (&str, &HeaderMap, &[u8]),
    ) -> Option<Answer> {
        match &self.source {
            Source::Trade(at, trade) if at == path => {
                Some(trade.answer((method, query, headers, body), self.lasts, || self.give()))
            }
            Source::Login(at, login) if at == path => {
                Some(login.answer(method, (query, headers, body), self.lasts, || self.give()))
            }
            _ => None,
        }
    }

    /// Whether a request carries a token that counts; if not, what is wrong.
    pub(crate) fn admit(&self, query: &str, headers: &HeaderMap) -> Result<(), String> {
        let token = self.carried.find(query, headers).ok_or("there is no token")?;
        match &self.source {
            Source::Signed(verifier) => verifier.check(&token, time::now().div_euclid(1000)),
            Source::Trade(..) | Source::Login(..) => {
                let now = Instant::now();
                match self.lock().given.iter().find(|(known, _)| *known == token) {
                    Some((_, until)) if now < *until => Ok(()),
                    Some(_) => Err("the token has expired".to_owned()),
                    None => Err("the token is not known".to_owned()),
                }
            }
        }
    }

    /// The parameter that carries a token, if one does.
    pub(crate) fn parameter(&self) -> Option<&str> {
        self.carried.parameter()
    }

    fn give(&self) -> (u64, String) {
        let mut state = self.lock();
        state.count += 1;
        let token = format!("sandbox-access-token-{}", state.count);
        let now = Instant::now();
        state.given.push((token.clone(), now.checked_add(self.lasts).unwrap_or(now + LASTS)));
        (state.count, token)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(crate) fn of(carried: &Carried, settings: &[(String, Value)]) -> Place {
        // What no setting and no template holds.
        const MARK: &str = "\u{1}token\u{1}";
        let around = |value: &Expr| {
            let root = json!({ "token": MARK });
            let text = eval_text(value, Scope::new(&root, settings));
            text.split_once(MARK).map(|(before, behind)| (before.to_owned(), behind.to_owned()))
        };
        match carried {
            Carried::Bearer => {
                let around = Some(("Bearer ".to_owned(), String::new()));
                Place { parameter: None, header: AUTHORIZATION.as_str().to_owned(), around }
            }
            Carried::Header { name, value } => Place { parameter: None, header: name.clone(), around: around(value) },
            Carried::Query { name, value } => {
                Place { parameter: Some(name.clone()), header: String::new(), around: around(value) }
            }
        }
    }

    /// The parameter, if it is one.
    pub(crate) fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }

    /// The token that a request carries there, once.
    pub(crate) fn find(&self, query: &str, headers: &HeaderMap) -> Option<String> {
        let sent = match &self.parameter {
            Some(name) => {
                let mut sent = values(query, name);
                let first = sent.next()?.into_owned();
                // Twice is not once.
                if sent.next().is_some() {
                    return None;
                }
                first
            }
            None => header(headers, &self.header).ok()??.to_owned(),
        };
        let (before, behind) = self.around.as_ref()?;
        Some(sent.strip_prefix(before.as_str())?.strip_suffix(behind.as_str())?.to_owned())
    }
}
