//! Keys that a client of the sandbox signs with, and which of a connector's settings are such keys. They are test keys: see
//! `keys/README.md`. It must not know what is signed.

use tapwright_spec::model::{Algorithm, Auth, Expr, Jwt, TokenFrom};

use crate::base64;

static RSA: &[u8] = include_bytes!("../keys/rsa.der");
static P256: &[u8] = include_bytes!("../keys/p256.der");
static P384: &[u8] = include_bytes!("../keys/p384.der");

/// The test key for an algorithm, in PEM; none for one that takes any text.
pub(crate) fn pem(algorithm: Algorithm) -> Option<String> {
    let der = match algorithm {
        Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => return None,
        Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512 => RSA,
        Algorithm::Es256 => P256,
        Algorithm::Es384 => P384,
    };
    let text = base64::padded(der);
    let mut pem = "-----BEGIN PRIVATE KEY-----\n".to_owned();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    Some(pem)
}

/// The algorithm that a setting is the key for, when it is one.
pub(crate) fn algorithm(auth: &Auth, setting: &str) -> Option<Algorithm> {
    let mut found = None;
    each_jwt(auth, &mut |jwt| {
        if matches!(&jwt.key, Expr::Setting(name) if name == setting) {
            found = Some(jwt.algorithm);
        }
    });
    found
}

fn each_jwt(auth: &Auth, found: &mut dyn FnMut(&Jwt)) {
    match auth {
        Auth::Choice { ways, .. } => ways.iter().for_each(|(_, auth)| each_jwt(auth, found)),
        Auth::Token(token) => match &token.from {
            TokenFrom::Jwt(jwt) => found(jwt),
            TokenFrom::OAuth2(oauth2) => oauth2.assertion.iter().for_each(found),
            TokenFrom::Login(login) => each_jwt(&login.auth, found),
        },
        _ => {}
    }
}
