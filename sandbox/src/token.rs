//! The token endpoint of an API with OAuth 2 ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)): trades what the spec
//! says for a bearer token, and knows which of them still count. A refresh token is good for one use: the answer brings the
//! next. It must not know what a token is used for.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{HeaderMap, Method};
use serde_json::json;
use tapwright_spec::model::{ClientProof, Expr, Grant, OAuth2, ParamValue};

use crate::answer::Answer;
use crate::auth::basic;
use crate::eval::{Scope, eval_text};
use crate::sent::pairs;

/// A token counts for so long.
const LASTS: Duration = Duration::from_secs(3_600);

/// A token endpoint.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// Where it is on this server.
    path: String,
    /// The form's fields but for the refresh token.
    form: Vec<(String, String)>,
    /// `Authorization`, where the client proves itself by it.
    client: Option<String>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    count: u64,
    /// The refresh token that counts, of a grant that has one.
    refresh: Option<String>,
    given: Vec<(String, Instant)>,
}

impl Tokens {
    /// What a spec says of it.
    pub(crate) fn of(oauth2: &OAuth2, scope: Scope<'_>) -> Tokens {
        let value = |expr: &Option<Expr>| expr.as_ref().map(|expr| eval_text(expr, scope));
        let grant = match oauth2.grant {
            Grant::ClientCredentials => "client_credentials",
            Grant::RefreshToken => "refresh_token",
            Grant::Password => "password",
        };
        let (id, secret) = (value(&oauth2.client_id), value(&oauth2.client_secret));
        let by_header = oauth2.client == ClientProof::Basic && id.is_some();
        let client = by_header
            .then(|| basic(id.as_deref().unwrap_or_default(), secret.as_deref().unwrap_or_default()))
            .map(|value| format!("Basic {value}"));
        let mut form = vec![("grant_type".to_owned(), grant.to_owned())];
        let mut add = |name: &str, value: Option<String>| form.extend(value.map(|value| (name.to_owned(), value)));
        if !by_header {
            add("client_id", id);
            add("client_secret", secret);
        }
        add("username", value(&oauth2.user));
        add("password", value(&oauth2.password));
        add("scope", value(&oauth2.scope));
        for param in &oauth2.more {
            if let ParamValue::Text(expr) = &param.value {
                add(&param.name, Some(eval_text(expr, scope)));
            }
        }
        let refresh = value(&oauth2.refresh_token).filter(|_| oauth2.grant == Grant::RefreshToken);
        let url = eval_text(&oauth2.token_url, scope);
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let state = Mutex::new(State { count: 0, refresh, given: Vec::new() });
        Tokens { path: format!("/{path}"), form, client, state }
    }

    /// Whether a path is the endpoint's.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        path == self.path
    }

    /// Whether a request carries a token that counts.
    pub(crate) fn admit(&self, headers: &HeaderMap) -> bool {
        let sent = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let token =
            sent.and_then(|sent| sent.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, token)) = token else { return false };
        self.lock().given.iter().any(|(known, until)| known == token.trim() && Instant::now() < *until)
    }

    /// A token, or why there is none.
    pub(crate) fn answer(&self, method: &Method, headers: &HeaderMap, body: &[u8]) -> Answer {
        if method != Method::POST {
            return Answer::error(405, &format!("{method} is not allowed here"));
        }
        let header = |name| headers.get(name).and_then(|value: &hyper::header::HeaderValue| value.to_str().ok());
        if header(CONTENT_TYPE).is_none_or(|kind| !kind.starts_with("application/x-www-form-urlencoded")) {
            return refused("invalid_request", "the body is no form");
        }
        if self.client.is_some() && header(AUTHORIZATION) != self.client.as_deref() {
            return refused("invalid_client", "the client does not prove itself");
        }
        let body = String::from_utf8_lossy(body);
        let mut sent = pairs(&body);
        for (name, value) in &self.form {
            let place = sent.iter().position(|(known, sent)| known == name && sent == value);
            let Some(place) = place else {
                let code = if name == "grant_type" { "unsupported_grant_type" } else { "invalid_client" };
                return refused(code, &format!("{name} is not what it should be"));
            };
            sent.remove(place);
        }
        let mut state = self.lock();
        if let Some(refresh) = &state.refresh {
            let place = sent.iter().position(|(name, value)| name == "refresh_token" && value == refresh.as_str());
            let Some(place) = place else {
                return refused("invalid_grant", "the refresh token is not known, or was used");
            };
            sent.remove(place);
        }
        if let Some((name, _)) = sent.first() {
            return refused("invalid_request", &format!("unknown field {name}"));
        }
        state.count += 1;
        let token = format!("sandbox-access-token-{}", state.count);
        state.given.push((token.clone(), Instant::now() + LASTS));
        let mut answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": LASTS.as_secs() });
        if state.refresh.is_some() {
            let next = format!("sandbox-refresh-token-{}", state.count);
            if let Some(answer) = answer.as_object_mut() {
                answer.insert("refresh_token".to_owned(), next.clone().into());
            }
            state.refresh = Some(next);
        }
        Answer::value(200, &answer)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(code: &str, why: &str) -> Answer {
    Answer::value(400, &json!({ "error": code, "error_description": why }))
}
