//! A token that a request of the API's own gives. It must not know when one is needed.

use std::time::Duration;

use secrecy::SecretString;
use tapwright_plan::{self as plan, Auth, Carried, TokenFrom};
use url::Url;

use crate::credential::{Credential, credential_help};
use crate::eval::MadeFor;
use crate::http::{Answer, Transport, reading, text};
use crate::judge::Said;
use crate::jwt::Signer;
use crate::origin::origin_of;
use crate::request::{Dropped, Given as Made, PageRequest};
use crate::retry::wait_for;
use crate::token::{Given, Place};
use crate::witness::Purpose;
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

/// A request that gives a token.
pub(crate) struct Login {
    plan: &'static plan::Login,
    /// What the request's path stands below.
    base: Url,
    proof: Proof,
    settings: Settings,
    connector: &'static plan::Connector,
}

/// How a log-in proves who asks.
enum Proof {
    AtHand(Credential),
    Signed(Signer, &'static Carried),
}

impl Login {
    /// # Errors
    /// `Config` when it would go where a credential may not, or a key is none.
    pub(crate) fn new(plan: &'static plan::Login, place: &Place<'_>, settings: &Settings) -> Result<Self> {
        let base = match &plan.address {
            None => place.base.clone(),
            Some(address) => place.of(origin_of(&text(address, settings).unwrap_or_default())?),
        };
        let proof = match &plan.auth {
            Auth::Token(token) => match &token.from {
                TokenFrom::Jwt(jwt) => Proof::Signed(Signer::new(jwt, settings)?, &token.carried),
                // The checker lets no other stand here.
                TokenFrom::OAuth2(_) | TokenFrom::Login(_) => Proof::AtHand(Credential::None),
            },
            auth => Proof::AtHand(Credential::of(auth, settings)?),
        };
        Ok(Login { plan, base, proof, settings: settings.clone(), connector: place.connector })
    }

    /// Asks for a token.
    ///
    /// # Errors
    /// `Unauthorized` when the answer holds none for this credential; what a request can end in otherwise.
    pub(crate) async fn fetch(&self, transport: &Transport) -> Result<Given> {
        let made = Made { settings: &self.settings, made: &MadeFor::ALL, dropped: &Dropped::new() };
        let outgoing = PageRequest::new(&self.plan.request, made)?.outgoing(&self.base);
        let credential = match &self.proof {
            Proof::AtHand(credential) => credential.clone(),
            Proof::Signed(signer, carried) => Credential::of_token(carried, &signer.sign()?, &self.settings)?,
        };
        let answer =
            transport.exchange(Purpose::Token, &outgoing, &credential).await.map_err(|error| self.placed(error))?;
        self.read(&answer).map_err(|error| self.placed(error))
    }

    fn read(&self, answer: &Answer) -> Result<Given> {
        let plan = self.plan;
        if !(200..300).contains(&answer.status) {
            let said = self.settings.mask(&Said::read(&answer.body).words());
            return Err(self.refused(answer.status, &said));
        }
        let token = reading(answer, &plan.answer, &plan.token, &self.settings).filter(|token| !token.is_empty());
        let Some(token) = token else {
            // What came may hold a token somewhere else, so only what is surely none is shown.
            return Err(self.refused(answer.status, &self.settings.mask(&complaint(&answer.body))));
        };
        let lasts = plan.expires.as_ref().and_then(|expires| {
            let value = reading(answer, &expires.answer, &expires.from, &self.settings)?;
            wait_for(&value, expires.format, Timestamp::now())
        });
        let fixed = plan.lasts.map(|lasts| Duration::from_millis(u64::try_from(lasts.millis).unwrap_or(0)));
        Ok(Given::new(SecretString::from(token), lasts.or(fixed), &self.settings))
    }

    fn refused(&self, status: u16, said: &str) -> Error {
        let kind = match status {
            429 => ErrorKind::RateLimited,
            408 | 500.. => ErrorKind::Server,
            _ => ErrorKind::Unauthorized,
        };
        let without = if (200..300).contains(&status) { " without a token" } else { "" };
        let said = if said.is_empty() { String::new() } else { format!(": {said}") };
        let error = Error::new(kind, format!("the log-in was answered {status}{without}{said}"));
        match kind {
            ErrorKind::Unauthorized => error.help(credential_help(self.connector, &self.settings)),
            _ => error,
        }
    }

    fn placed(&self, error: Error) -> Error {
        let path = text(&self.plan.request.path, &self.settings).unwrap_or_default();
        error.with("log-in", self.settings.mask(&format!("{}{path}", self.base.as_str().trim_end_matches('/'))))
    }
}

/// What an answer that went well says is wrong.
fn complaint(body: &[u8]) -> String {
    let said: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let at = |key: &str| said.as_ref()?.get(key)?.as_str().map(crate::decode::start_of);
    at("message").or_else(|| at("error_description")).or_else(|| at("error")).unwrap_or_default()
}
