//! A token that is fetched: asked for once however many requests wait for it, before it expires, and once more when the
//! API refuses it. It must not know how a token is come by: that is `oauth`, `login` and `jwt`.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tapwright_plan::{Carried, Connector, Token, TokenFrom};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use crate::credential::Credential;
use crate::http::Transport;
use crate::jwt::Signer;
use crate::login::Login;
use crate::oauth::Trade;
use crate::{Error, ErrorKind, Result, Settings, VaultOption};

/// A token is asked for anew so long before it expires.
const EARLY: Duration = Duration::from_secs(60);

/// So long the end of a sync waits for a token that is being traded.
const PATIENCE: Duration = Duration::from_secs(10);

/// Gives tokens.
pub(crate) struct Tokens {
    source: Source,
    carried: &'static Carried,
    settings: Settings,
    state: Mutex<State>,
}

/// How a token is come by.
enum Source {
    OAuth2(Trade),
    Login(Login),
    Jwt(Signer),
}

/// A token as it was given. It is a secret from here on.
pub(crate) struct Given {
    token: SecretString,
    /// None when nobody says.
    lasts: Option<Duration>,
}

impl Given {
    /// A token that lasts so long.
    pub(crate) fn new(token: SecretString, lasts: Option<Duration>, settings: &Settings) -> Given {
        settings.learn(&token);
        Given { token, lasts }
    }
}

/// Where a connector's tokens come from.
pub(crate) struct Place<'p> {
    pub(crate) connector: &'static Connector,
    /// Where the API is.
    pub(crate) base: &'p Url,
    /// What stands for every origin of the spec's when the connector was sent elsewhere, such as to a sandbox.
    pub(crate) elsewhere: Option<&'p Url>,
}

impl Place<'_> {
    /// An address of the spec's, where it is now.
    pub(crate) fn of(&self, mut url: Url) -> Url {
        if let Some(elsewhere) = self.elsewhere {
            let path = url.path().to_owned();
            url = elsewhere.clone();
            url.set_path(&path);
        }
        url
    }
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many tokens there were.
    epoch: u64,
    /// No token can be had with this credential: nobody asks again.
    refused: Option<Error>,
}

impl State {
    /// The token in use, if it has not expired.
    fn fresh(&self) -> Option<Bearer> {
        let fresh = |held: &&Held| held.expires.is_none_or(|expires| Instant::now() < expires);
        let held = self.held.as_ref().filter(fresh)?;
        Some(Bearer { credential: held.credential.clone(), epoch: self.epoch })
    }
}

struct Held {
    credential: Credential,
    /// None when nobody says.
    expires: Option<Instant>,
}

/// A token to use, and which one it is.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) credential: Credential,
    pub(crate) epoch: u64,
}

impl Tokens {
    /// # Errors
    /// `Config` when a credential would go where it may not, or a key is none.
    pub(crate) fn new(
        plan: &'static Token,
        place: &Place<'_>,
        settings: &Settings,
        vault: VaultOption,
    ) -> Result<Self> {
        let source = match &plan.from {
            TokenFrom::OAuth2(plan) => Source::OAuth2(Trade::new(plan, place, settings, vault)?),
            TokenFrom::Login(plan) => Source::Login(Login::new(plan, place, settings)?),
            TokenFrom::Jwt(plan) => Source::Jwt(Signer::new(plan, settings)?),
        };
        Ok(Tokens { source, carried: &plan.carried, settings: settings.clone(), state: Mutex::default() })
    }

    /// The query parameter that carries the token, when one does.
    pub(crate) fn parameter(&self) -> Option<&'static str> {
        if let Carried::Query { name, .. } = self.carried { Some(name) } else { None }
    }

    /// A token that has not expired. Whoever asks while it is being fetched waits for it.
    ///
    /// # Errors
    /// `Unauthorized` when there is none for this credential; what a request can end in otherwise.
    pub(crate) async fn bearer(self: &Arc<Self>, transport: &Transport) -> Result<Bearer> {
        {
            let state = self.state.lock().await;
            if let Some(bearer) = state.fresh() {
                return Ok(bearer);
            }
        }
        // In a task of its own: whoever asks may be given up at any time, and a token that was traded has to be kept.
        let (tokens, transport) = (Arc::clone(self), transport.clone());
        let trade = tokio::spawn(async move { tokens.current(&transport).await });
        trade
            .await
            .unwrap_or_else(|panic| Err(Error::new(ErrorKind::Server, format!("asking for a token failed: {panic}"))))
    }

    /// Waits for a token that is being traded, so that what came with it is kept before anybody asks for the next one, and
    /// trades none any more. What an endpoint takes too long for is given up.
    pub(crate) async fn close(&self) {
        if let Ok(mut state) = tokio::time::timeout(PATIENCE, self.state.lock()).await {
            state.refused.get_or_insert_with(|| Error::new(ErrorKind::Interrupted, "the sync has ended"));
        }
    }

    async fn current(&self, transport: &Transport) -> Result<Bearer> {
        let mut state = self.state.lock().await;
        if let Some(error) = &state.refused {
            return Err(error.clone());
        }
        if let Some(bearer) = state.fresh() {
            return Ok(bearer);
        }
        let held = self.fetch(transport).await.inspect_err(|error| {
            // What cannot get better is not tried again: a token that was traded once is spent.
            if !error.kind().is_transient() {
                state.refused = Some(error.clone());
            }
        })?;
        let credential = held.credential.clone();
        state.held = Some(held);
        state.epoch += 1;
        Ok(Bearer { credential, epoch: state.epoch })
    }

    /// The API has refused a token. If it is still the one in use, the next is fetched anew.
    pub(crate) async fn refuse(&self, epoch: u64) {
        let mut state = self.state.lock().await;
        if state.epoch == epoch {
            state.held = None;
        }
    }

    async fn fetch(&self, transport: &Transport) -> Result<Held> {
        let given = match &self.source {
            Source::OAuth2(trade) => trade.fetch(transport).await?,
            Source::Login(login) => login.fetch(transport).await?,
            Source::Jwt(signer) => signer.fetch()?,
        };
        let credential = Credential::of_token(self.carried, &given.token, &self.settings)?;
        // Of a token that lasts minutes, half of them are left to use it in.
        let usable = given.lasts.map(|lasts| lasts.saturating_sub(EARLY).max(lasts / 2));
        let expires = usable.and_then(|usable| Instant::now().checked_add(usable));
        Ok(Held { credential, expires })
    }
}
