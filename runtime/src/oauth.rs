//! A bearer token that OAuth 2 gives ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)). It must not know when one is
//! needed.
//!
//! A refresh token that the source replaces is kept before the access token that came with it is used: whatever happens
//! then, the next sync has it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tapwright_plan::{ClientProof, Expr, Grant, OAuth2, ParamValue};
use url::Url;

use crate::credential::{Credential, basic};
use crate::hash::fnv;
use crate::http::{Transport, text};
use crate::judge::Said;
use crate::jwt::Signer;
use crate::origin::origin_of;
use crate::outgoing::Outgoing;
use crate::token::{Given, Place};
use crate::witness::Purpose;
use crate::{Error, ErrorKind, Result, Settings, VaultOption};

/// A token endpoint, and what is traded there.
pub(crate) struct Trade {
    plan: &'static OAuth2,
    url: Url,
    settings: Settings,
    vault: VaultOption,
    /// Signs the assertion.
    signer: Option<Signer>,
    /// What the vault calls the refresh token that came after the configured one.
    name: String,
    /// The refresh token that counts, once it was looked for.
    refresh: Mutex<Option<SecretString>>,
}

#[derive(Deserialize)]
struct Answered {
    access_token: SecretString,
    #[serde(default)]
    expires_in: Option<Seconds>,
    #[serde(default)]
    refresh_token: Option<SecretString>,
}

/// Seconds, which some endpoints write as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

impl Seconds {
    /// None where they say nothing that can be used.
    fn lasting(&self) -> Option<Duration> {
        let seconds = match self {
            Seconds::Number(seconds) => *seconds,
            Seconds::Text(text) => text.trim().parse().ok()?,
        };
        Duration::try_from_secs_f64(seconds).ok().filter(|lasts| !lasts.is_zero())
    }
}

impl Trade {
    /// # Errors
    /// `Config` when the endpoint is no address that a credential may be sent to, or a key is none.
    pub(crate) fn new(
        plan: &'static OAuth2,
        place: &Place<'_>,
        settings: &Settings,
        vault: VaultOption,
    ) -> Result<Self> {
        let url = place.of(origin_of(&text(&plan.token_url, settings).unwrap_or_default())?);
        let first = plan.refresh_token.as_ref().and_then(|expr| text(expr, settings)).unwrap_or_default();
        // The hash tells one configured token from another without saying what it is.
        let name = format!("{}/refresh_token/{:016x}", place.connector.name, fnv(&first));
        let signer = plan.assertion.as_ref().map(|jwt| Signer::new(jwt, settings)).transpose()?;
        Ok(Trade { plan, url, settings: settings.clone(), vault, signer, name, refresh: Mutex::default() })
    }

    /// Trades what there is for a token.
    ///
    /// # Errors
    /// `Unauthorized` when the endpoint gives none for this credential; what a request can end in otherwise.
    pub(crate) async fn fetch(&self, transport: &Transport) -> Result<Given> {
        let refresh = self.refresh_token()?;
        let plan = self.plan;
        let mut form: Vec<(&'static str, String)> = vec![("grant_type", grant_name(plan.grant).to_owned())];
        let mut add = |name: &'static str, expr: &'static Option<Expr>| {
            form.extend(expr.as_ref().and_then(|expr| self.text(expr)).map(|value| (name, value)));
        };
        let mut credential = Credential::None;
        match (plan.client, &plan.client_id, &plan.client_secret) {
            (ClientProof::Basic, Some(id), secret) => {
                let secret = secret.as_ref().and_then(|secret| self.text(secret)).unwrap_or_default();
                let id = self.text(id).unwrap_or_default();
                credential =
                    Credential::Header(AUTHORIZATION, basic(&id, &SecretString::from(secret), &self.settings)?);
            }
            (_, id, secret) => {
                add("client_id", id);
                add("client_secret", secret);
            }
        }
        add("username", &plan.user);
        add("password", &plan.password);
        add("scope", &plan.scope);
        for param in plan.more {
            if let ParamValue::Text(expr) = &param.value {
                form.extend(self.text(expr).map(|value| (param.name, value)));
            }
        }
        form.extend(refresh.iter().map(|token| ("refresh_token", token.expose_secret().to_owned())));
        if let Some(signer) = &self.signer {
            form.push(("assertion", signer.sign()?.expose_secret().to_owned()));
        }
        let outgoing = Outgoing::form(self.url.clone(), form);
        let shown = |error: Error| error.with("endpoint", self.shown());
        let answer = transport.exchange(Purpose::Token, &outgoing, &credential).await.map_err(shown)?;
        if !(200..300).contains(&answer.status) {
            return Err(self.refused(answer.status, &answer.body));
        }
        let answered: Answered = serde_json::from_slice(&answer.body)
            .map_err(|_| shown(Error::new(ErrorKind::Body, "the token endpoint's answer holds no `access_token`")))?;
        self.take(answered, refresh.as_ref())
    }

    /// What the endpoint gave, after what has to be kept of it is kept.
    fn take(&self, answered: Answered, sent: Option<&SecretString>) -> Result<Given> {
        let lasts = answered.expires_in.as_ref().and_then(Seconds::lasting);
        let given = Given::new(answered.access_token, lasts, &self.settings);
        if let Some(next) = answered.refresh_token.filter(|_| self.plan.grant == Grant::RefreshToken) {
            let same = sent.is_some_and(|sent| sent.expose_secret() == next.expose_secret());
            if !same {
                self.settings.learn(&next);
                if let Some(vault) = &self.vault.0 {
                    vault.keep(&self.name, &next)?;
                }
            }
            *self.held() = Some(next);
        }
        Ok(given)
    }

    /// The refresh token that counts: the one that was last kept, or the configured one.
    fn refresh_token(&self) -> Result<Option<SecretString>> {
        let Some(first) = self.plan.refresh_token.as_ref().filter(|_| self.plan.grant == Grant::RefreshToken) else {
            return Ok(None);
        };
        let mut held = self.held();
        if held.is_none() {
            let kept = match &self.vault.0 {
                Some(vault) => vault.load(&self.name)?,
                None => None,
            };
            if let Some(kept) = &kept {
                self.settings.learn(kept);
            }
            *held = kept.or_else(|| self.text(first).map(SecretString::from));
        }
        Ok(held.clone())
    }

    fn held(&self) -> MutexGuard<'_, Option<SecretString>> {
        self.refresh.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn text(&self, expr: &'static Expr) -> Option<String> {
        text(expr, &self.settings)
    }

    fn refused(&self, status: u16, body: &[u8]) -> Error {
        let said = Said::read(body);
        let kind = match status {
            429 => ErrorKind::RateLimited,
            408 | 500.. => ErrorKind::Server,
            _ => ErrorKind::Unauthorized,
        };
        let what = format!("the token endpoint answered {status}: {}", self.settings.mask(&said.words()));
        let error = Error::new(kind, what).with("endpoint", self.shown());
        if kind == ErrorKind::Unauthorized { error.help(help(self.plan.grant, said.code.as_deref())) } else { error }
    }

    fn shown(&self) -> String {
        self.settings.mask(self.url.as_str())
    }
}

/// What to do about a refusal, by its code ([RFC 6749, 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
fn help(grant: Grant, code: Option<&str>) -> &'static str {
    match (code, grant) {
        (Some("invalid_client"), _) => {
            "the source does not know this client, or knows another secret of it: check both"
        }
        (_, Grant::RefreshToken) => {
            "a refresh token that expired or was used elsewhere has to be made anew: configure another"
        }
        _ => "check the credentials that the spec trades for a token",
    }
}

fn grant_name(grant: Grant) -> &'static str {
    match grant {
        Grant::ClientCredentials => "client_credentials",
        Grant::RefreshToken => "refresh_token",
        Grant::Password => "password",
        Grant::JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_for_a_refusal_fits_its_code() {
        let advice = |grant, body: &str| help(grant, Said::read(body.as_bytes()).code.as_deref());
        let unknown = r#"{"error":"invalid_client","error_description":"Client authentication failed"}"#;
        assert!(advice(Grant::RefreshToken, unknown).contains("this client"));
        let used = r#"{"error":"invalid_grant","error_description":"the token was used"}"#;
        assert!(advice(Grant::RefreshToken, used).contains("made anew"));
        assert!(advice(Grant::ClientCredentials, used).starts_with("check the credentials"));
    }
}
