//! Who may ask: compares a request's credential with what the spec's `auth` gives for the sandbox's own settings. It
//! must not know what is asked for.

use std::borrow::Cow;

use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;
use tapwright_spec::model::Auth;

use crate::base64::padded;
use crate::eval::{Scope, eval_text, find, text};
use crate::json::as_path;
use crate::posted::FORM;
use crate::sent::{header, pairs, values, without};

/// The credential a request must carry.
#[derive(Clone, Debug)]
pub(crate) enum Credential {
    /// None.
    None,
    /// `Authorization: Scheme credentials`.
    Scheme { name: &'static str, value: String },
    /// A header of its own.
    Header { name: String, value: String },
    /// A parameter of the query.
    Query { name: String, value: String },
    /// A key of the body.
    Body { path: Vec<String>, value: String },
}

impl Credential {
    /// What a spec asks for.
    pub(crate) fn of(auth: &Auth, scope: Scope<'_>) -> Credential {
        match auth {
            Auth::None => Credential::None,
            Auth::Bearer(token) => Credential::Scheme { name: "bearer", value: eval_text(token, scope) },
            Auth::Header { name, value } => Credential::Header { name: name.clone(), value: eval_text(value, scope) },
            Auth::Query { name, value } => Credential::Query { name: name.clone(), value: eval_text(value, scope) },
            Auth::Body { path, value } => Credential::Body { path: path.clone(), value: eval_text(value, scope) },
            // Its tokens are elsewhere, and which way it is was asked before.
            Auth::Token(_) | Auth::Choice { .. } => Credential::None,
            Auth::Basic { user, password } => {
                Credential::Scheme { name: "basic", value: basic(&eval_text(user, scope), &eval_text(password, scope)) }
            }
        }
    }

    /// The credential itself, as a client sends it behind the scheme, in the header or in the parameter.
    pub(crate) fn text(&self) -> &str {
        match self {
            Credential::None => "",
            Credential::Scheme { value, .. }
            | Credential::Header { value, .. }
            | Credential::Query { value, .. }
            | Credential::Body { value, .. } => value,
        }
    }

    /// A query without the credential: what may be logged, checked and sent back.
    pub(crate) fn strip<'q>(&self, query: &'q str) -> Cow<'q, str> {
        if let Credential::Query { name, .. } = self { without(query, name) } else { Cow::Borrowed(query) }
    }

    /// A body without the credential, likewise.
    pub(crate) fn strip_body<'b>(&self, headers: &HeaderMap, body: &'b [u8]) -> Cow<'b, [u8]> {
        let Credential::Body { path, .. } = self else { return Cow::Borrowed(body) };
        if is_form(headers) {
            let body = String::from_utf8_lossy(body);
            let name = path.first().map_or("", String::as_str);
            return Cow::Owned(without(&body, name).into_owned().into_bytes());
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(mut sent) => {
                take_out(&mut sent, path);
                Cow::Owned(sent.to_string().into_bytes())
            }
            Err(_) => Cow::Borrowed(body),
        }
    }

    /// Whether a request carries it.
    pub(crate) fn admits(&self, query: &str, headers: &HeaderMap, body: &[u8]) -> bool {
        match self {
            Credential::None => true,
            Credential::Body { path, value } if is_form(headers) => {
                let body = String::from_utf8_lossy(body);
                let all = pairs(&body);
                let mut sent = all.iter().filter(|(name, _)| Some(name.as_ref()) == path.first().map(String::as_str));
                sent.next().is_some_and(|(_, sent)| sent == value) && sent.next().is_none()
            }
            Credential::Body { path, value } => {
                let sent: Value = serde_json::from_slice(body).unwrap_or_default();
                let sent = find(&sent, &as_path(path));
                sent.is_string() && text(&sent) == *value
            }
            Credential::Scheme { name, value } => {
                let sent = header(headers, AUTHORIZATION.as_str()).ok().flatten();
                // The scheme's name is case-insensitive (RFC 9110, 11.1).
                sent.and_then(|sent| sent.split_once(' '))
                    .is_some_and(|(scheme, rest)| scheme.eq_ignore_ascii_case(name) && rest.trim() == value)
            }
            Credential::Header { name, value } => {
                let mut sent = headers.get_all(name.as_str()).iter();
                sent.next().is_some_and(|sent| sent.as_bytes() == value.as_bytes()) && sent.next().is_none()
            }
            Credential::Query { name, value } => {
                let mut sent = values(query, name);
                sent.next().is_some_and(|sent| sent == *value) && sent.next().is_none()
            }
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}

/// Takes what is at a path out, and the objects that only led there.
fn take_out(value: &mut Value, path: &[String]) {
    let (Value::Object(members), Some((key, rest))) = (value, path.split_first()) else { return };
    if let Some(inner) = members.get_mut(key) {
        take_out(inner, rest);
        if rest.is_empty() || inner.as_object().is_some_and(serde_json::Map::is_empty) {
            members.remove(key);
        }
    }
}

/// User and password as `Basic` takes them.
pub(crate) fn basic(user: &str, password: &str) -> String {
    padded(format!("{user}:{password}").as_bytes())
}
