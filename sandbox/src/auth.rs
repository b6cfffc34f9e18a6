//! Who may ask: compares a request's credential with what the spec's `auth` gives for the sandbox's own settings. It
//! must not know what is asked for.

use std::borrow::Cow;

use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use tapwright_spec::model::Auth;

use crate::eval::{Scope, eval_text};
use crate::sent::{values, without};

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
}

impl Credential {
    /// What a spec asks for.
    pub(crate) fn of(auth: &Auth, scope: Scope<'_>) -> Credential {
        match auth {
            Auth::None => Credential::None,
            Auth::Bearer(token) => Credential::Scheme { name: "bearer", value: eval_text(token, scope) },
            Auth::Header { name, value } => Credential::Header { name: name.clone(), value: eval_text(value, scope) },
            Auth::Query { name, value } => Credential::Query { name: name.clone(), value: eval_text(value, scope) },
            // Its tokens are the token endpoint's to know.
            Auth::OAuth2(_) => Credential::None,
            Auth::Basic { user, password } => {
                Credential::Scheme { name: "basic", value: basic(&eval_text(user, scope), &eval_text(password, scope)) }
            }
        }
    }

    /// The credential itself, as a client sends it behind the scheme, in the header or in the parameter.
    pub(crate) fn text(&self) -> &str {
        match self {
            Credential::None => "",
            Credential::Scheme { value, .. } | Credential::Header { value, .. } | Credential::Query { value, .. } => {
                value
            }
        }
    }

    /// A query without the credential: what may be logged, checked and sent back.
    pub(crate) fn strip<'q>(&self, query: &'q str) -> Cow<'q, str> {
        if let Credential::Query { name, .. } = self { without(query, name) } else { Cow::Borrowed(query) }
    }

    /// Whether a request carries it.
    pub(crate) fn admits(&self, query: &str, headers: &HeaderMap) -> bool {
        match self {
            Credential::None => true,
            Credential::Scheme { name, value } => {
                let sent = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
                // The scheme's name is case-insensitive (RFC 9110, 11.1).
                sent.and_then(|sent| sent.split_once(' '))
                    .is_some_and(|(scheme, rest)| scheme.eq_ignore_ascii_case(name) && rest.trim() == value)
            }
            Credential::Header { name, value } => {
                headers.get(name.as_str()).is_some_and(|header| header.as_bytes() == value.as_bytes())
            }
            Credential::Query { name, value } => {
                let mut sent = values(query, name);
                sent.next().is_some_and(|sent| sent == *value) && sent.next().is_none()
            }
        }
    }
}

/// User and password as `Basic` takes them.
pub(crate) fn basic(user: &str, password: &str) -> String {
    base64(format!("{user}:{password}").as_bytes())
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().chain(&[0, 0]).take(3).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 63;
            let letter = ALPHABET.get(digit as usize).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("a:~?", "YTp+Pw==")];
        for (from, to) in cases {
            assert_eq!(base64(from.as_bytes()), to);
        }
    }
}
