//! What a request carries to prove who asks.

use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use tapwright_plan::{Auth, Expr};

use crate::http::text;
use crate::oauth::Tokens;
use crate::{Error, ErrorKind, Result, Settings};

/// What a request carries to prove who asks.
#[derive(Clone)]
pub(crate) enum Credential {
    None,
    Header(HeaderName, HeaderValue),
    Query(&'static str, SecretString),
    Tokens(Arc<Tokens>),
}

impl Credential {
    /// What a plan says; of tokens, nothing.
    pub(crate) fn of(auth: &'static Auth, settings: &Settings) -> Result<Self> {
        let secret = |expr: &'static Expr| SecretString::from(text(expr, settings).unwrap_or_default());
        let (name, value) = match auth {
            Auth::None => return Ok(Credential::None),
            Auth::Query { name, value } => return Ok(Credential::Query(name, secret(value))),
            Auth::Bearer(token) => {
                (AUTHORIZATION, SecretString::from(format!("Bearer {}", secret(token).expose_secret())))
            }
            Auth::Header { name, value } => {
                let name = HeaderName::from_bytes(name.as_bytes())
                    .map_err(|_| Error::new(ErrorKind::Config, format!("`{name}` is not the name of a header")))?;
                (name, secret(value))
            }
            Auth::Basic { user, password } => {
                let value = basic(secret(user).expose_secret(), &secret(password), settings)?;
                return Ok(Credential::Header(AUTHORIZATION, value));
            }
            // It is asked for when it is needed.
            Auth::OAuth2(_) => return Ok(Credential::None),
        };
        Ok(Credential::Header(name, sensitive(&value)?))
    }
}

/// The value of `Authorization` for a user and a password.
pub(crate) fn basic(user: &str, password: &SecretString, settings: &Settings) -> Result<HeaderValue> {
    let pair = SecretString::from(format!("{user}:{}", password.expose_secret()));
    let pair = SecretString::from(base64(pair.expose_secret().as_bytes()));
    // A source that says what it was told says it in this form.
    settings.learn_form(&pair);
    sensitive(&SecretString::from(format!("Basic {}", pair.expose_secret())))
}

fn sensitive(value: &SecretString) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value.expose_secret())
        .map_err(|_| Error::new(ErrorKind::Config, "the credential has characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-4), for the one header that needs it.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let six = (word >> (18 - 6 * place)) & 63;
            let letter = ALPHABET.get(six as usize).copied().unwrap_or(b'=');
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
