//! A request as a hook sees it: without a credential, and bound to its origin.

use percent_encoding::percent_decode_str;
use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue,
    PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use tapwright_plan::{Auth, Carried, Connector, Method, Resource};
use url::Url;

use super::{Hooked, Reason, guarded};
use crate::credential::may_hold_a_secret;
use crate::outgoing::Outgoing;
use crate::{Error, ErrorKind, Result};

/// Headers of the connection.
const OWN: &[HeaderName] =
    &[HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, TE, UPGRADE, TRAILER, ACCEPT_ENCODING];

/// The request for a page, for a hook to change.
///
/// It has no credential: that is added behind the hook, and so are headers that a secret may stand in. It goes to the API's
/// own origin, whatever its path is.
#[derive(Clone, Debug)]
pub struct HookRequest {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
    /// Headers that are not the hook's to set.
    kept: Vec<HeaderName>,
    /// The parameters that may carry the credential.
    credential: Vec<&'static str>,
}

impl HookRequest {
    /// `GET` or `POST`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }

    /// Its path, from the origin on, encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Sets its path. What may not stand in one is encoded.
    ///
    /// # Errors
    /// When it does not begin with `/`.
    pub fn set_path(&mut self, path: &str) -> Result<(), Reason> {
        if !path.starts_with('/') {
            return Err("a path begins with `/`".into());
        }
        self.url.set_path(path);
        Ok(())
    }

    /// Its parameters, in their order.
    pub fn parameters(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()))
    }

    /// The first parameter of that name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.parameters().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Sets a parameter in place of all of that name.
    ///
    /// # Errors
    /// When it is the one that carries the credential.
    pub fn set_parameter(&mut self, name: &str, value: &str) -> Result<(), Reason> {
        if self.credential.contains(&name) {
            return Err(format!("the parameter `{name}` carries the credential").into());
        }
        self.remove_parameter(name);
        self.url.query_pairs_mut().append_pair(name, value);
        Ok(())
    }

    /// Takes out all parameters of that name.
    pub fn remove_parameter(&mut self, name: &str) {
        // The others stay as they are written: an address that the source gave need not be written as ours are.
        let is_other = |pair: &&str| {
            let key = pair.split('=').next().unwrap_or("").replace('+', " ");
            percent_decode_str(&key).decode_utf8_lossy() != name
        };
        let query = self.url.query().unwrap_or("");
        let rest: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).filter(is_other).collect();
        let rest = rest.join("&");
        self.url.set_query(if rest.is_empty() { None } else { Some(&rest) });
    }

    /// A header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Sets a header in place of all of that name.
    ///
    /// # Errors
    /// When it is none, carries a secret, or belongs to the connection.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Reason> {
        let (Ok(key), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else {
            return Err(format!("the header `{name}` cannot carry its value").into());
        };
        if self.kept.contains(&key) {
            return Err(format!("the header `{name}` carries a secret").into());
        }
        if OWN.contains(&key) {
            return Err(format!("the header `{name}` belongs to the connection").into());
        }
        self.headers.insert(key, value);
        Ok(())
    }

    /// Takes out a header.
    pub fn remove_header(&mut self, name: &str) {
        self.headers.remove(name);
    }

    /// What a `POST` sends.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// Sets what it sends. Its `Content-Type` stays what it was, until a hook sets that, too.
    ///
    /// # Errors
    /// When it is a `GET`, which sends nothing.
    pub fn set_body(&mut self, body: impl Into<String>) -> Result<(), Reason> {
        if self.method == Method::Get {
            return Err("a GET sends no body".into());
        }
        self.body = Some(body.into());
        Ok(())
    }
}

/// A request behind its hook.
///
/// # Errors
/// `Hook` when it gives up or panics.
pub(crate) fn through(
    hook: &dyn Hooked,
    connector: &'static Connector,
    resource: &'static Resource,
    outgoing: Outgoing,
) -> Result<Outgoing> {
    let (body, mut headers) = (outgoing.text(), outgoing.headers.clone());
    let mut secrets = HeaderMap::new();
    let mut kept = vec![AUTHORIZATION, PROXY_AUTHORIZATION];
    let mut places = Places::default();
    places.of(&connector.auth);
    kept.append(&mut places.headers);
    for header in resource.request.headers.iter().filter(|header| may_hold_a_secret(&header.value, connector.settings))
    {
        let Ok(name) = HeaderName::from_bytes(header.name.as_bytes()) else { continue };
        if let Some(value) = headers.remove(&name) {
            secrets.insert(name.clone(), value);
        }
        kept.push(name);
    }
    let credential = places.parameters;
    let mut request =
        HookRequest { method: outgoing.method, url: outgoing.url.clone(), headers, body, kept, credential };
    guarded("at a request", || hook.request(&mut request))?.map_err(|reason| {
        Error::new(ErrorKind::Hook, format!("the hook cannot make the request: {}", reason.shown()))
    })?;
    request.headers.extend(secrets);
    let HookRequest { url, headers, body, .. } = request;
    let mut outgoing = outgoing;
    (outgoing.url, outgoing.headers) = (url, headers);
    outgoing.with_text(body, places.body)
}

/// Where the credential goes, whichever way the settings choose.
#[derive(Default)]
struct Places {
    headers: Vec<HeaderName>,
    parameters: Vec<&'static str>,
    body: bool,
}

impl Places {
    fn of(&mut self, auth: &Auth) {
        match auth {
            Auth::None | Auth::Bearer(_) | Auth::Basic { .. } => {}
            Auth::Header { name, .. } => self.header(name),
            Auth::Query { name, .. } => self.parameters.push(name),
            Auth::Body { .. } => self.body = true,
            Auth::Token(token) => match token.carried {
                Carried::Bearer => {}
                Carried::Header { name, .. } => self.header(name),
                Carried::Query { name, .. } => self.parameters.push(name),
            },
            Auth::Choice { ways, .. } => ways.iter().for_each(|way| self.of(&way.auth)),
        }
    }

    fn header(&mut self, name: &str) {
        self.headers.extend(HeaderName::from_bytes(name.as_bytes()));
    }
}
