//! The token endpoint of an API with OAuth 2 ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)): whether a request trades
//! what the spec says. A refresh token is good for one use: the answer brings the next. It must not know what a token is used
//! for.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{HeaderMap, Method};
use serde_json::json;
use tapwright_spec::model::{ClientProof, Expr, Grant, OAuth2, ParamValue};

use crate::answer::Answer;
use crate::auth::basic;
use crate::eval::{Scope, eval_text};
use crate::jwt::Verifier;
use crate::sent::pairs;
use crate::time;

/// A token endpoint.
#[derive(Debug)]
pub(crate) struct Trade {
    /// The form's fields but for the refresh token and the assertion.
    form: Vec<(String, String)>,
    /// `Authorization`, where the client proves itself by it.
    client: Option<String>,
    assertion: Option<Verifier>,
    /// The refresh token that counts, of a grant that has one.
    refresh: Mutex<Option<String>>,
}

impl Trade {
    /// What a spec says of it.
    pub(crate) fn of(oauth2: &OAuth2, scope: Scope<'_>) -> Trade {
        let value = |expr: &Option<Expr>| expr.as_ref().map(|expr| eval_text(expr, scope));
        let grant = match oauth2.grant {
            Grant::ClientCredentials => "client_credentials",
            Grant::RefreshToken => "refresh_token",
            Grant::Password => "password",
            Grant::JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
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
        let assertion = oauth2.assertion.as_ref().map(|jwt| Verifier::of(jwt, scope));
        Trade { form, client, assertion, refresh: Mutex::new(refresh) }
    }

    /// A token, or why there is none. `token` makes one, and says which it is.
    pub(crate) fn answer(
        &self,
        (method, query, headers, body): (&Method, &str, &HeaderMap, &[u8]),
        lasts: Duration,
        token: impl FnOnce() -> (u64, String),
    ) -> Answer {
        if method != Method::POST {
            return Answer::error(405, &format!("{method} is not allowed here"));
        }
        if !query.is_empty() {
            return refused("invalid_request", "a request for a token has no query");
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
        if let Some(verifier) = &self.assertion {
            let place = sent.iter().position(|(name, _)| name == "assertion");
            let Some(place) = place else { return refused("invalid_grant", "the assertion is missing") };
            let (_, assertion) = sent.remove(place);
            if let Err(why) = verifier.check(&assertion, time::now().div_euclid(1000)) {
                return refused("invalid_grant", &format!("the assertion: {why}"));
            }
        }
        let mut held = self.held();
        if let Some(refresh) = held.as_deref() {
            let place = sent.iter().position(|(name, value)| name == "refresh_token" && value == refresh);
            let Some(place) = place else {
                return refused("invalid_grant", "the refresh token is not known, or was used");
            };
            sent.remove(place);
        }
        if let Some((name, _)) = sent.first() {
            return refused("invalid_request", &format!("unknown field {name}"));
        }
        let (number, token) = token();
        let mut answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": lasts.as_secs() });
        if held.is_some() {
            let next = format!("sandbox-refresh-token-{number}");
            if let Some(answer) = answer.as_object_mut() {
                answer.insert("refresh_token".to_owned(), next.clone().into());
            }
            *held = Some(next);
        }
        Answer::value(200, &answer)
    }

    fn held(&self) -> MutexGuard<'_, Option<String>> {
        self.refresh.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(code: &str, why: &str) -> Answer {
    Answer::value(400, &json!({ "error": code, "error_description": why }))
}
