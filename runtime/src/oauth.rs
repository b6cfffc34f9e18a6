//! A bearer token that OAuth 2 gives ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)): asked for once however many
//! requests wait for it, before it expires, and once more when the API refuses it.
//!
//! A refresh token that the source replaces is kept before the access token that came with it is used: whatever happens
//! then, the next sync has it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tapwright_plan::{ClientProof, Connector, Expr, Grant, OAuth2, ParamValue};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use crate::credential::basic;
use crate::hash::fnv;
use crate::http::{Bounds, failed, origin_of, read_body, text};
use crate::judge::Said;
use crate::{Error, ErrorKind, Result, Settings};

/// Where secrets are kept that a source gives in place of those that a user configured.
///
/// It outlives a sync. What it holds is as secret as what it replaces.
pub trait Vault: Send + Sync {
    /// The secret that was last kept under that name.
    ///
    /// # Errors
    /// `Store` when it cannot be read.
    fn load(&self, name: &str) -> Result<Option<SecretString>>;

    /// Keeps a secret under that name, in place of what was there, so that it survives the end of the process.
    ///
    /// # Errors
    /// `Store` when it cannot be kept.
    fn keep(&self, name: &str, secret: &SecretString) -> Result<()>;
}

/// A vault among the options of a sync.
#[derive(Clone, Default)]
pub struct VaultOption(pub Option<Arc<dyn Vault>>);

impl fmt::Debug for VaultOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "a vault" } else { "no vault" })
    }
}

/// A token is asked for anew so long before it expires.
const EARLY: Duration = Duration::from_secs(60);

/// Gives bearer tokens.
pub(crate) struct Tokens {
    plan: &'static OAuth2,
    url: Url,
    settings: Settings,
    bounds: Bounds,
    vault: VaultOption,
    /// What the vault calls the refresh token that came after the configured one.
    name: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// How many tokens there were.
    epoch: u64,
    /// The refresh token that counts, once it was looked for.
    refresh: Option<SecretString>,
    /// No token can be had with this credential: nobody asks again.
    refused: Option<Error>,
}

impl State {
    /// The token in use, if it has not expired.
    fn fresh(&self) -> Option<Bearer> {
        let fresh = |token: &&Token| token.expires.is_none_or(|expires| Instant::now() < expires);
        let token = self.token.as_ref().filter(fresh)?;
        Some(Bearer { header: token.header.clone(), epoch: self.epoch })
    }
}

struct Token {
    header: HeaderValue,
    /// None when the endpoint does not say.
    expires: Option<Instant>,
}

/// A token to use, and which one it is.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) header: HeaderValue,
    pub(crate) epoch: u64,
}

#[derive(Deserialize)]
struct Given {
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

impl Tokens {
    /// `base` stands for the spec's own origin when the connector was sent elsewhere, such as to a sandbox.
    ///
    /// # Errors
    /// `Config` when the endpoint is no address that a credential may be sent to.
    pub(crate) fn new(
        connector: &'static Connector,
        plan: &'static OAuth2,
        settings: &Settings,
        base: Option<&Url>,
        bounds: Bounds,
        vault: VaultOption,
    ) -> Result<Self> {
        let mut url = origin_of(&text(&plan.token_url, settings).unwrap_or_default())?;
        if let Some(base) = base {
            let path = url.path().to_owned();
            url = base.clone();
            url.set_path(&path);
        }
        let first = plan.refresh_token.as_ref().and_then(|expr| text(expr, settings)).unwrap_or_default();
        // The hash tells one configured token from another without saying what it is.
        let name = format!("{}/refresh_token/{:016x}", connector.name, fnv(&first));
        Ok(Tokens { plan, url, settings: settings.clone(), bounds, vault, name, state: Mutex::default() })
    }

    /// A token that has not expired. Whoever asks while it is being fetched waits for it.
    ///
    /// # Errors
    /// `Unauthorized` when the endpoint gives none for this credential; what a request can end in otherwise.
    pub(crate) async fn bearer(self: &Arc<Self>, http: &reqwest::Client) -> Result<Bearer> {
        {
            let state = self.state.lock().await;
            if let Some(bearer) = state.fresh() {
                return Ok(bearer);
            }
        }
        // In a task of its own: whoever asks may be given up at any time, and a token that was traded has to be kept.
        let (tokens, http) = (Arc::clone(self), http.clone());
        let trade = tokio::spawn(async move { tokens.current(&http).await });
        trade
            .await
            .unwrap_or_else(|panic| Err(Error::new(ErrorKind::Server, format!("asking for a token failed: {panic}"))))
    }

    async fn current(&self, http: &reqwest::Client) -> Result<Bearer> {
        let mut state = self.state.lock().await;
        if let Some(error) = &state.refused {
            return Err(error.clone());
        }
        if let Some(bearer) = state.fresh() {
            return Ok(bearer);
        }
        let token = self.fetch(http, &mut state).await.inspect_err(|error| {
            // What cannot get better is not tried again: a token that was traded once is spent.
            if !error.kind().is_transient() {
                state.refused = Some(error.clone());
            }
        })?;
        let header = token.header.clone();
        state.token = Some(token);
        state.epoch += 1;
        Ok(Bearer { header, epoch: state.epoch })
    }

    /// The API has refused a token. If it is still the one in use, the next is fetched anew.
    pub(crate) async fn refuse(&self, epoch: u64) {
        let mut state = self.state.lock().await;
        if state.epoch == epoch {
            state.token = None;
        }
    }

    async fn fetch(&self, http: &reqwest::Client, state: &mut State) -> Result<Token> {
        let refresh = self.refresh_token(state)?;
        let mut form: Vec<(&str, String)> = vec![("grant_type", grant_name(self.plan.grant).to_owned())];
        let plan = self.plan;
        let mut add = |name: &'static str, expr: &'static Option<Expr>| {
            form.extend(expr.as_ref().and_then(|expr| self.text(expr)).map(|value| (name, value)));
        };
        let mut request = http.post(self.url.clone());
        match (plan.client, &plan.client_id, &plan.client_secret) {
            (ClientProof::Basic, Some(id), secret) => {
                let secret = secret.as_ref().and_then(|secret| self.text(secret)).unwrap_or_default();
                request = request.header(
                    reqwest::header::AUTHORIZATION,
                    basic(&self.text(id).unwrap_or_default(), &SecretString::from(secret), &self.settings)?,
                );
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
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = request
            .header(reqwest::header::ACCEPT, "application/json")
            .header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        let failed = |error: reqwest::Error| failed(&error, &self.url, &self.settings).with("endpoint", self.shown());
        let response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let body = read_body(response, self.bounds.body, &self.url, &self.settings).await?;
        if !(200..300).contains(&status) {
            return Err(self.refused(status, &body));
        }
        let given: Given = serde_json::from_slice(&body).map_err(|_| {
            Error::new(ErrorKind::Body, "the token endpoint's answer holds no `access_token`")
                .with("endpoint", self.shown())
        })?;
        self.take(given, refresh.as_ref(), state)
    }

    /// What the endpoint gave, after what has to be kept of it is kept.
    fn take(&self, given: Given, sent: Option<&SecretString>, state: &mut State) -> Result<Token> {
        self.settings.learn(&given.access_token);
        if let Some(next) = given.refresh_token.filter(|_| self.plan.grant == Grant::RefreshToken) {
            let same = sent.is_some_and(|sent| sent.expose_secret() == next.expose_secret());
            if !same {
                self.settings.learn(&next);
                if let Some(vault) = &self.vault.0 {
                    vault.keep(&self.name, &next)?;
                }
            }
            state.refresh = Some(next);
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {}", given.access_token.expose_secret()))
            .map_err(|_| Error::new(ErrorKind::Body, "the access token has characters that no header can carry"))?;
        header.set_sensitive(true);
        let lasts = given.expires_in.as_ref().and_then(Seconds::lasting);
        // Of a token that lasts minutes, half of them are left to use it in.
        let expires = lasts.and_then(|lasts| Instant::now().checked_add(lasts.saturating_sub(EARLY).max(lasts / 2)));
        Ok(Token { header, expires })
    }

    /// The refresh token that counts: the one that was last kept, or the configured one.
    fn refresh_token(&self, state: &mut State) -> Result<Option<SecretString>> {
        let Some(first) = self.plan.refresh_token.as_ref().filter(|_| self.plan.grant == Grant::RefreshToken) else {
            return Ok(None);
        };
        if state.refresh.is_none() {
            let kept = match &self.vault.0 {
                Some(vault) => vault.load(&self.name)?,
                None => None,
            };
            if let Some(kept) = &kept {
                self.settings.learn(kept);
            }
            state.refresh = kept.or_else(|| self.text(first).map(SecretString::from));
        }
        Ok(state.refresh.clone())
    }

    fn text(&self, expr: &'static Expr) -> Option<String> {
        text(expr, &self.settings)
    }

    fn refused(&self, status: u16, body: &[u8]) -> Error {
        let said = Said::read(body).words();
        let kind = match status {
            429 => ErrorKind::RateLimited,
            408 | 500.. => ErrorKind::Server,
            _ => ErrorKind::Unauthorized,
        };
        let what = format!("the token endpoint answered {status}: {}", self.settings.mask(&said));
        let error = Error::new(kind, what).with("endpoint", self.shown());
        match (kind, self.plan.grant) {
            (ErrorKind::Unauthorized, Grant::RefreshToken) => {
                error.help("a refresh token that expired or was used elsewhere has to be made anew: configure another")
            }
            (ErrorKind::Unauthorized, _) => error.help("check the credentials that the spec trades for a token"),
            _ => error,
        }
    }

    fn shown(&self) -> String {
        self.settings.mask(self.url.as_str())
    }
}

fn grant_name(grant: Grant) -> &'static str {
    match grant {
        Grant::ClientCredentials => "client_credentials",
        Grant::RefreshToken => "refresh_token",
        Grant::Password => "password",
    }
}
