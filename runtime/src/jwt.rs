//! Tokens that are made of claims and signed here ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)), with the signatures
//! of [RFC 7518](https://www.rfc-editor.org/rfc/rfc7518#section-3.1). It must not know what they are for.

use std::time::Duration;

use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RsaEncoding, RsaKeyPair,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value as Json};
use tapwright_plan::{Algorithm, Expr, Jwt};

use crate::eval::MadeFor;
use crate::http::text;
use crate::request::{Dropped, Given as Made, json, params};
use crate::token::Given;
use crate::{Error, ErrorKind, Result, Settings, Timestamp, base64};

/// A token says that it was made so long ago, for clocks that differ.
const AGO: i64 = 60;

/// Signs tokens.
pub(crate) struct Signer {
    plan: &'static Jwt,
    key: Key,
    settings: Settings,
}

enum Key {
    Hmac(hmac::Key),
    Rsa(Box<RsaKeyPair>, &'static dyn RsaEncoding),
    Ecdsa(Box<EcdsaKeyPair>),
}

impl Signer {
    /// # Errors
    /// `Config` when the key is none for the algorithm.
    pub(crate) fn new(plan: &'static Jwt, settings: &Settings) -> Result<Self> {
        let text = SecretString::from(text(&plan.key, settings).unwrap_or_default());
        let key = Key::read(plan.algorithm, &text).map_err(|wrong| {
            let mut names = Vec::new();
            settings_in(&plan.key, &mut |at| names.extend(settings.name(at)));
            let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let (name, wanted) = (name(plan.algorithm), wanted(plan.algorithm));
            Error::new(ErrorKind::Config, format!("the key for {name} that {names} holds {wrong}"))
                .help(format!("it has to be {wanted}"))
        })?;
        Ok(Signer { plan, key, settings: settings.clone() })
    }

    /// A token, and how long it can be used.
    pub(crate) fn fetch(&self) -> Result<Given> {
        let (lasts, ago) = self.span();
        let lasts = Duration::from_secs(u64::try_from(lasts - ago).unwrap_or(0));
        Ok(Given::new(self.sign()?, Some(lasts), &self.settings))
    }

    /// From `iat` to `exp`, and from `iat` to now; in seconds.
    fn span(&self) -> (i64, i64) {
        let lasts = self.plan.lasts.millis / 1000;
        (lasts, AGO.min(lasts / 4))
    }

    /// A token that counts from now.
    ///
    /// # Errors
    /// `Config` when the key cannot sign.
    pub(crate) fn sign(&self) -> Result<SecretString> {
        let (lasts, ago) = self.span();
        let iat = Timestamp::now().millis().div_euclid(1000) - ago;
        let made = Made { settings: &self.settings, made: &MadeFor::ALL, dropped: &Dropped::new() };
        let mut header = Map::new();
        header.insert("alg".to_owned(), name(self.plan.algorithm).into());
        header.insert("typ".to_owned(), "JWT".into());
        header.extend(params(self.plan.header, made)?.into_iter().map(|(name, value)| (name.to_owned(), value.into())));
        let mut claims = match json(&self.plan.claims, made) {
            Some(Json::Object(claims)) => claims,
            _ => Map::new(),
        };
        claims.insert("iat".to_owned(), iat.into());
        claims.insert("exp".to_owned(), (iat + lasts).into());
        let part = |members: Map<String, Json>| base64::for_urls(Json::Object(members).to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = base64::for_urls(&self.key.sign(signed.as_bytes())?);
        let token = SecretString::from(format!("{signed}.{signature}"));
        self.settings.learn(&token);
        Ok(token)
    }
}

impl Key {
    /// A key, or what is wrong with it, without a word of it.
    fn read(algorithm: Algorithm, text: &SecretString) -> std::result::Result<Key, &'static str> {
        let hmac_of = |algorithm| match text.expose_secret() {
            "" => Err("is empty"),
            key if key.trim_start().starts_with("-----BEGIN ") => Err("is in PEM"),
            key => Ok(Key::Hmac(hmac::Key::new(algorithm, key.as_bytes()))),
        };
        let rsa = |encoding| {
            let (label, der) = pem(text.expose_secret())?;
            let key = match label {
                "RSA PRIVATE KEY" => RsaKeyPair::from_der(&der),
                _ => RsaKeyPair::from_pkcs8(&der),
            };
            // What ring says would name parts of the key's structure, not of the key; it helps nobody who has a key.
            key.map(|key| Key::Rsa(Box::new(key), encoding)).map_err(|_| "is not an RSA key of 2048 to 8192 bits")
        };
        let ecdsa = |algorithm| {
            let (_, der) = pem(text.expose_secret())?;
            let key = EcdsaKeyPair::from_pkcs8(algorithm, &der, &SystemRandom::new());
            key.map(|key| Key::Ecdsa(Box::new(key))).map_err(|_| "is not a key of its curve in PKCS #8")
        };
        match algorithm {
            Algorithm::Hs256 => hmac_of(hmac::HMAC_SHA256),
            Algorithm::Hs384 => hmac_of(hmac::HMAC_SHA384),
            Algorithm::Hs512 => hmac_of(hmac::HMAC_SHA512),
            Algorithm::Rs256 => rsa(&RSA_PKCS1_SHA256),
            Algorithm::Rs384 => rsa(&RSA_PKCS1_SHA384),
            Algorithm::Rs512 => rsa(&RSA_PKCS1_SHA512),
            Algorithm::Es256 => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::Es384 => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING),
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let failed = |_| Error::new(ErrorKind::Config, "a token cannot be signed with the key");
        let random = SystemRandom::new();
        match self {
            Key::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            Key::Rsa(key, encoding) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(*encoding, &random, message, &mut signature).map_err(failed)?;
                Ok(signature)
            }
            Key::Ecdsa(key) => Ok(key.sign(&random, message).map_err(failed)?.as_ref().to_vec()),
        }
    }
}

/// The label and the bytes of a private key in PEM ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)). Line breaks may
/// be written `\n`, as environment variables and JSON have them.
fn pem(text: &str) -> std::result::Result<(&'static str, Vec<u8>), &'static str> {
    const LABELS: &[&str] = &["PRIVATE KEY", "RSA PRIVATE KEY"];
    let text = text.replace("\\n", "\n");
    for (label, wrong) in [
        ("ENCRYPTED PRIVATE KEY", "is encrypted"),
        ("EC PRIVATE KEY", "is in SEC 1: `openssl pkcs8 -topk8 -nocrypt` makes PKCS #8 of it"),
        ("PUBLIC KEY", "is a public key"),
        ("CERTIFICATE", "is a certificate"),
    ] {
        if text.contains(&format!("-----BEGIN {label}-----")) {
            return Err(wrong);
        }
    }
    let found = LABELS.iter().find_map(|label| {
        let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
        let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
        Some((*label, body))
    });
    let (label, body) = found.ok_or("is not in PEM")?;
    Ok((label, base64::decode(body).ok_or("is not in PEM")?))
}

fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Hs256 => "HS256",
        Algorithm::Hs384 => "HS384",
        Algorithm::Hs512 => "HS512",
        Algorithm::Rs256 => "RS256",
        Algorithm::Rs384 => "RS384",
        Algorithm::Rs512 => "RS512",
        Algorithm::Es256 => "ES256",
        Algorithm::Es384 => "ES384",
    }
}

fn wanted(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => "the text of the secret",
        Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512 => {
            "an RSA private key in PEM, from `-----BEGIN PRIVATE KEY-----` or `-----BEGIN RSA PRIVATE KEY-----` on"
        }
        Algorithm::Es256 => "a private key of the curve P-256 in PEM, from `-----BEGIN PRIVATE KEY-----` on",
        Algorithm::Es384 => "a private key of the curve P-384 in PEM, from `-----BEGIN PRIVATE KEY-----` on",
    }
}

/// Calls `found` with the place of every setting in an expression.
fn settings_in(expr: &Expr, found: &mut dyn FnMut(u16)) {
    match expr {
        Expr::Setting(at) => found(*at),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| settings_in(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| settings_in(part, found)),
        Expr::Let(parts) | Expr::Over(_, parts) => parts.iter().for_each(|part| settings_in(part, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everybody's key: see the folder's README.
    static RSA: &[u8] = include_bytes!("../../sandbox/keys/rsa.der");

    fn armoured(label: &str, der: &[u8]) -> SecretString {
        let body = base64::padded(der);
        SecretString::from(format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"))
    }

    fn wrong(algorithm: Algorithm, key: &SecretString) -> Option<&'static str> {
        Key::read(algorithm, key).err()
    }

    #[test]
    fn an_rsa_key_is_read_in_both_of_its_forms() {
        // What PKCS #8 wraps is PKCS #1.
        let pkcs1 = RSA.get(26..).unwrap();
        assert_eq!(wrong(Algorithm::Rs256, &armoured("PRIVATE KEY", RSA)), None);
        assert_eq!(wrong(Algorithm::Rs512, &armoured("RSA PRIVATE KEY", pkcs1)), None);
        assert!(wrong(Algorithm::Rs256, &armoured("PRIVATE KEY", pkcs1)).is_some());
        assert!(wrong(Algorithm::Es256, &armoured("PRIVATE KEY", RSA)).is_some());
        assert_eq!(wrong(Algorithm::Hs256, &armoured("PRIVATE KEY", RSA)), Some("is in PEM"));
        assert_eq!(wrong(Algorithm::Hs384, &SecretString::from("")), Some("is empty"));
    }

    #[test]
    fn a_signature_is_that_of_the_rfc() {
        // RFC 4231, 4.3 (test case 2).
        let key = Key::read(Algorithm::Hs256, &SecretString::from("Jefe")).ok().unwrap();
        let signature = key.sign(b"what do ya want for nothing?").unwrap();
        let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
