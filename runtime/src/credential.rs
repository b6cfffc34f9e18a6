//! What a request carries to prove who asks.

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use tapwright_plan::{Auth, Carried, Connector, Expr, ParamValue, Setting, Slot};

use crate::base64;
use crate::decode::{Found, Slots};
use crate::eval::{Locals, MadeFor, Patterns, Scope, as_text, eval};
use crate::http::text;
use crate::settings::{Origin, SettingRef};
use crate::{Error, ErrorKind, Result, Settings};

/// What a request carries to prove who asks.
#[derive(Clone)]
pub(crate) enum Credential {
    None,
    Header(HeaderName, HeaderValue),
    Query(&'static str, SecretString),
    Body(&'static [&'static str], SecretString),
}

impl Credential {
    /// What a plan says of a way that is at hand; of the others, nothing.
    ///
    /// # Errors
    /// `Config` when no request can carry it.
    pub(crate) fn of(auth: &'static Auth, settings: &Settings) -> Result<Self> {
        let secret = |expr: &'static Expr| SecretString::from(text(expr, settings).unwrap_or_default());
        let (name, value) = match auth {
            Auth::Query { name, value } => return Ok(Credential::Query(name, secret(value))),
            Auth::Body { path, value } => return Ok(Credential::Body(path, secret(value))),
            Auth::Bearer(token) => (AUTHORIZATION, bearer(&secret(token))),
            Auth::Header { name, value } => (header_name(name)?, secret(value)),
            Auth::Basic { user, password } => {
                let value = basic(secret(user).expose_secret(), &secret(password), settings)?;
                return Ok(Credential::Header(AUTHORIZATION, value));
            }
            // It is fetched when it is needed.
            Auth::None | Auth::Token(_) | Auth::Choice { .. } => return Ok(Credential::None),
        };
        Ok(Credential::Header(name, sensitive(&value, ErrorKind::Config)?))
    }

    /// A token that was fetched.
    ///
    /// # Errors
    /// `Body` when no request can carry it.
    pub(crate) fn of_token(carried: &'static Carried, token: &SecretString, settings: &Settings) -> Result<Self> {
        let (name, value) = match carried {
            Carried::Bearer => (AUTHORIZATION, bearer(token)),
            Carried::Header { name, value } => (header_name(name)?, made_with(value, token, settings)),
            Carried::Query { name, value } => {
                return Ok(Credential::Query(name, made_with(value, token, settings)));
            }
        };
        Ok(Credential::Header(name, sensitive(&value, ErrorKind::Body)?))
    }
}

/// The way that the settings choose.
pub(crate) fn chosen(auth: &'static Auth, settings: &Settings) -> &'static Auth {
    let Auth::Choice { setting, ways } = auth else { return auth };
    let SettingRef::Text(value) = settings.get(*setting) else { return &Auth::None };
    // The checker saw that there is one for each value, and that there is no choice within.
    ways.iter().find(|way| way.value == value).map_or(&Auth::None, |way| &way.auth)
}

/// What a template gives, in which slot 0 is the token.
fn made_with(value: &'static Expr, token: &SecretString, settings: &Settings) -> SecretString {
    static SLOTS: &[Slot] = &[Slot::Scalar];
    let mut slots = Slots::new(SLOTS);
    slots.put(0, Found::Text(token.expose_secret().into()));
    let mut patterns = Patterns::default();
    patterns.add(value);
    let found = eval(
        value,
        Scope { slots: &slots, settings, patterns: &patterns, made: &MadeFor::ALL, locals: Locals::default() },
    );
    let made = SecretString::from(as_text(&found).unwrap_or_default().into_owned());
    // A template may make another secret of it, such as its Base64.
    if !made.expose_secret().contains(token.expose_secret()) {
        settings.learn(&made);
    }
    made
}

fn bearer(token: &SecretString) -> SecretString {
    SecretString::from(format!("Bearer {}", token.expose_secret()))
}

fn header_name(name: &'static str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::new(ErrorKind::Config, format!("`{name}` is not the name of a header")))
}

/// The value of `Authorization` for a user and a password.
pub(crate) fn basic(user: &str, password: &SecretString, settings: &Settings) -> Result<HeaderValue> {
    let pair = SecretString::from(format!("{user}:{}", password.expose_secret()));
    let pair = SecretString::from(base64::padded(pair.expose_secret().as_bytes()));
    // A source that says what it was told says it in this form.
    settings.learn_form(&pair);
    sensitive(&SecretString::from(format!("Basic {}", pair.expose_secret())), ErrorKind::Config)
}

fn sensitive(value: &SecretString, kind: ErrorKind) -> Result<HeaderValue> {
    let what = if kind == ErrorKind::Config { "credential" } else { "token" };
    let mut value = HeaderValue::from_str(value.expose_secret())
        .map_err(|_| Error::new(kind, format!("the {what} has characters that no header can carry")))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether a header's value may be made with a secret. What is not known to be free of one may be.
pub(crate) fn may_hold_a_secret(value: &ParamValue, settings: &[Setting]) -> bool {
    match value {
        ParamValue::Text(expr) => is_secret(expr, settings),
        ParamValue::Comma(_) | ParamValue::Repeat(_) => false,
    }
}

fn is_secret(expr: &Expr, settings: &[Setting]) -> bool {
    match expr {
        Expr::Null
        | Expr::Bool(_)
        | Expr::Integer(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Given(_)
        | Expr::Window(_) => false,
        Expr::Setting(at) => settings.get(usize::from(*at)).is_none_or(Setting::is_secret),
        Expr::Concat(parts) | Expr::FirstOf(parts) | Expr::Call(_, parts) => {
            parts.iter().any(|part| is_secret(part, settings))
        }
        Expr::If(parts) => parts.iter().any(|part| is_secret(part, settings)),
        #[allow(unreachable_patterns, reason = "what a later expression may hold is not known here")]
        _ => true,
    }
}

/// Where the secrets came from that the source does not accept.
pub(crate) fn credential_help(connector: &Connector, settings: &Settings) -> String {
    let from: Vec<_> = settings
        .secrets()
        .map(|(setting, origin)| match origin {
            Origin::Env(variable) => format!("`{}` came from the environment variable {variable}", setting.name),
            Origin::File(path) => format!("`{}` came from {path}", setting.name),
            Origin::Given | Origin::Default => format!("`{}` was given by the program", setting.name),
        })
        .collect();
    format!("{} does not accept the credential; {}", connector.title, from.join(", "))
}
