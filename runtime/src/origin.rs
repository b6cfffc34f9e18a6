//! Where a credential may be sent: to one origin, and unencrypted to this machine only. It must not know how requests are made.

use url::{Origin, Url};

use crate::{Error, ErrorKind, Result};

/// An answer that leads elsewhere: the credential stays here.
pub(crate) fn foreign(origin: &Origin) -> Error {
    Error::new(ErrorKind::Origin, format!("the source leads to another origin, {}", origin.ascii_serialization()))
        .help("a credential is sent to the spec's own origin only; if the API moved, change `base_url`")
}

/// A base URL that a credential may be sent to.
pub(crate) fn origin_of(text: &str) -> Result<Url> {
    let refuse =
        |why: &str| Err(Error::new(ErrorKind::Config, format!("the base URL `{}` {why}", without_userinfo(text))));
    let Ok(mut url) = Url::parse(text) else { return refuse("is not a URL") };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("holds a credential");
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return refuse("is not encrypted; only a loopback address may be"),
        _ => return refuse("is neither https nor http"),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Where a URL leads: what a credential is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebOrigin {
    /// Scheme, host and port, as `https://host`.
    pub text: String,
    /// Whether it is this machine.
    pub is_loopback: bool,
}

/// Where `url` leads; none when it is no URL of the web.
#[must_use]
pub fn origin(url: &str) -> Option<WebOrigin> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(WebOrigin { text: url.origin().ascii_serialization(), is_loopback: is_loopback(&url) })
}

/// Whether a URL stays on this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// A URL for a message: what stands between `//` and `@` is left out even where the URL does not parse.
fn without_userinfo(text: &str) -> String {
    match (text.find("//"), text.rfind('@')) {
        (Some(slashes), Some(at)) if slashes + 2 <= at => {
            format!("{}••••••{}", text.get(..slashes + 2).unwrap_or(""), text.get(at..).unwrap_or(""))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_travels_encrypted_or_not_at_all() {
        for good in ["https://api.example.com", "http://127.0.0.1:80/v1/", "http://localhost:3000", "http://[::1]:1"] {
            assert!(origin_of(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.example.com",
            "http://127.0.0.1.example.com",
            "ftp://a",
            "nonsense",
            "https://u:secret@a.b",
            "file:///etc",
        ] {
            let error = origin_of(bad).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
