//! Who may ask: the way that the sandbox's settings choose, its credential or its tokens, and a request without either. It
//! must not know what is asked for.

use std::borrow::Cow;
use std::time::Duration;

use hyper::{HeaderMap, Method};
use serde_json::Value;
use tapwright_spec::model::Auth;

use crate::answer::Answer;
use crate::auth::Credential;
use crate::eval::{Scope, text};
use crate::sent::without;
use crate::token::Tokens;

/// Who may ask.
#[derive(Debug)]
pub(crate) struct Access {
    credential: Credential,
    tokens: Option<Tokens>,
}

impl Access {
    /// What a spec says; tokens count for `lasts`, if that is said.
    pub(crate) fn of(auth: &Auth, settings: &[(String, Value)], lasts: Option<Duration>) -> Access {
        let auth = chosen(auth, settings);
        let tokens = if let Auth::Token(token) = auth { Some(Tokens::of(token, settings, lasts)) } else { None };
        Access { credential: Credential::of(auth, Scope::new(&Value::Null, settings)), tokens }
    }

    /// The credential itself; empty where there is none at hand.
    pub(crate) fn text(&self) -> &str {
        self.credential.text()
    }

    /// The answer to a request for a token, or to one that is not let in.
    pub(crate) fn answer(
        &self,
        method: &Method,
        path: &str,
        (query, headers, body): (&str, &HeaderMap, &[u8]),
    ) -> Option<Answer> {
        if let Some(tokens) = &self.tokens {
            if let Some(answer) = tokens.answer(method, path, (query, headers, body)) {
                return Some(answer);
            }
            if let Err(why) = tokens.admit(query, headers) {
                return Some(Answer::error(401, &format!("Unauthorized: {why}")));
            }
        }
        (!self.credential.admits(query, headers, body)).then(Answer::unauthorized)
    }

    /// The tokens that were given count no longer.
    pub(crate) fn expire(&self) {
        if let Some(tokens) = &self.tokens {
            tokens.expire();
        }
    }

    /// The path at which tokens are given, if they are.
    pub(crate) fn path(&self) -> Option<&str> {
        self.tokens.as_ref().and_then(Tokens::path)
    }

    /// A query without the credential: what may be logged, checked and sent back.
    pub(crate) fn strip<'q>(&self, query: &'q str) -> Cow<'q, str> {
        match self.tokens.as_ref().and_then(Tokens::parameter) {
            Some(name) => without(query, name),
            None => self.credential.strip(query),
        }
    }

    /// A body without the credential, likewise.
    pub(crate) fn strip_body<'b>(&self, headers: &HeaderMap, body: &'b [u8]) -> Cow<'b, [u8]> {
        self.credential.strip_body(headers, body)
    }
}

/// The way that the settings choose.
fn chosen<'a>(auth: &'a Auth, settings: &[(String, Value)]) -> &'a Auth {
    let Auth::Choice { setting, ways } = auth else { return auth };
    let value = settings.iter().find(|(name, _)| name == setting).map(|(_, value)| text(value)).unwrap_or_default();
    ways.iter().find(|(known, _)| *known == value).map_or(&Auth::None, |(_, auth)| auth)
}

/// The parameters that may carry a credential.
pub(crate) fn parameters(auth: &Auth) -> Vec<&str> {
    use tapwright_spec::model::Carried;
    match auth {
        Auth::Query { name, .. } => vec![name],
        Auth::Choice { ways, .. } => ways.iter().flat_map(|(_, auth)| parameters(auth)).collect(),
        Auth::Token(token) => match &token.carried {
            Carried::Query { name, .. } => vec![name],
            Carried::Bearer | Carried::Header { .. } => Vec::new(),
        },
        _ => Vec::new(),
    }
}
