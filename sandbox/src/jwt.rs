//! Signed tokens (RFC 7519): whether one is what the spec says a client makes, to the last claim, and counts. It must not
//! know what a token is for.

use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED, ECDSA_P384_SHA384_FIXED_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
};
use ring::{hmac, rand};
use serde_json::{Map, Value};
use tapwright_spec::model::{Algorithm, Jwt, ParamValue};

use crate::base64;
use crate::eval::{Scope, eval, eval_text, text};
use crate::posted::made;

/// Clocks may differ by so many seconds.
const LEEWAY: i64 = 5;

/// What tokens of a spec have to be.
#[derive(Debug)]
pub(crate) struct Verifier {
    algorithm: &'static str,
    key: Key,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    /// From `iat` to `exp`, in seconds.
    lasts: i64,
}

#[derive(Debug)]
enum Key {
    Secret(hmac::Key),
    Public(&'static dyn VerificationAlgorithm, Vec<u8>),
    /// What the client is configured with is no key: no token is one.
    None,
}

impl Verifier {
    /// What a spec says of them.
    pub(crate) fn of(jwt: &Jwt, scope: Scope<'_>) -> Verifier {
        let key = eval_text(&jwt.key, scope);
        let secret = |algorithm| Key::Secret(hmac::Key::new(algorithm, key.as_bytes()));
        let (algorithm, key) = match jwt.algorithm {
            Algorithm::Hs256 => ("HS256", secret(hmac::HMAC_SHA256)),
            Algorithm::Hs384 => ("HS384", secret(hmac::HMAC_SHA384)),
            Algorithm::Hs512 => ("HS512", secret(hmac::HMAC_SHA512)),
            Algorithm::Rs256 => ("RS256", rsa(&key, &RSA_PKCS1_2048_8192_SHA256)),
            Algorithm::Rs384 => ("RS384", rsa(&key, &RSA_PKCS1_2048_8192_SHA384)),
            Algorithm::Rs512 => ("RS512", rsa(&key, &RSA_PKCS1_2048_8192_SHA512)),
            Algorithm::Es256 => ("ES256", ecdsa(&key, &ECDSA_P256_SHA256_FIXED_SIGNING, &ECDSA_P256_SHA256_FIXED)),
            Algorithm::Es384 => ("ES384", ecdsa(&key, &ECDSA_P384_SHA384_FIXED_SIGNING, &ECDSA_P384_SHA384_FIXED)),
        };
        let mut header = Map::new();
        header.insert("alg".to_owned(), algorithm.into());
        header.insert("typ".to_owned(), "JWT".into());
        for param in &jwt.header {
            if let ParamValue::Text(expr) = &param.value
                && let value = eval(expr, scope)
                && !value.is_null()
            {
                header.insert(param.name.clone(), text(&value).into());
            }
        }
        let claims = match made(&jwt.claims, scope) {
            Some(Value::Object(claims)) => claims,
            _ => Map::new(),
        };
        Verifier { algorithm, key, header, claims, lasts: jwt.lasts_millis / 1000 }
    }

    /// What is wrong with a token at a moment (in seconds), in words.
    pub(crate) fn check(&self, token: &str, now: i64) -> Result<(), String> {
        let parts: Vec<&str> = token.split('.').collect();
        let [header, claims, signature] = parts.as_slice() else { return Err("it is no signed token".to_owned()) };
        let signed = token.len() - signature.len() - 1;
        let signature = base64::read(signature, true).ok_or("its signature cannot be read")?;
        if !self.is_signed(token.get(..signed).unwrap_or_default().as_bytes(), &signature) {
            return Err(format!("its signature is not that of {} with the key", self.algorithm));
        }
        let object =
            |part: &str| -> Option<Map<String, Value>> { serde_json::from_slice(&base64::read(part, true)?).ok() };
        if object(header).as_ref() != Some(&self.header) {
            return Err("its header is not as it should be".to_owned());
        }
        let mut claims = object(claims).ok_or("its claims cannot be read")?;
        let mut moment = |name: &str| claims.remove(name).and_then(|value| value.as_i64());
        let (Some(made), Some(expires)) = (moment("iat"), moment("exp")) else {
            return Err("`iat` or `exp` is missing".to_owned());
        };
        if claims != self.claims {
            return Err("its claims are not as they should be".to_owned());
        }
        if expires.checked_sub(made) != Some(self.lasts) || made > now + LEEWAY {
            return Err("`iat` or `exp` is not as it should be".to_owned());
        }
        if now >= expires {
            return Err("it has expired".to_owned());
        }
        Ok(())
    }

    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.key {
            Key::Secret(key) => hmac::verify(key, message, signature).is_ok(),
            Key::Public(algorithm, key) => UnparsedPublicKey::new(*algorithm, key).verify(message, signature).is_ok(),
            Key::None => false,
        }
    }
}

fn rsa(pem: &str, algorithm: &'static dyn VerificationAlgorithm) -> Key {
    let pair = der(pem, "PRIVATE KEY").and_then(|der| RsaKeyPair::from_pkcs8(&der).ok());
    let pair = pair.or_else(|| der(pem, "RSA PRIVATE KEY").and_then(|der| RsaKeyPair::from_der(&der).ok()));
    pair.map_or(Key::None, |pair| Key::Public(algorithm, pair.public_key().as_ref().to_vec()))
}

fn ecdsa(pem: &str, signs: &'static EcdsaSigningAlgorithm, algorithm: &'static dyn VerificationAlgorithm) -> Key {
    let random = rand::SystemRandom::new();
    let pair = der(pem, "PRIVATE KEY").and_then(|der| EcdsaKeyPair::from_pkcs8(signs, &der, &random).ok());
    pair.map_or(Key::None, |pair| Key::Public(algorithm, pair.public_key().as_ref().to_vec()))
}

/// The bytes between the lines of PEM (RFC 7468).
fn der(pem: &str, label: &str) -> Option<Vec<u8>> {
    let mut lines = pem.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.find(|line| *line == format!("-----BEGIN {label}-----"))?;
    let end = format!("-----END {label}-----");
    base64::read(&lines.take_while(|line| *line != end).collect::<String>(), false)
}
