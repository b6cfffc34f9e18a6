//! `oauth2`: a bearer token that a token endpoint gives.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::keys::AUTH_OAUTH2;
use crate::model::{Carried, ClientProof, Expr, Grant, OAuth2};
use crate::shape::{Entries, Entry};
use crate::suggest::listed;

use super::super::target::Wire;
use super::super::{Names, address, credential, request};
use super::{carried, jwt, part, secret};

/// What each grant needs.
const GRANTS: &[(&str, Grant, &[&str])] = &[
    ("client_credentials", Grant::ClientCredentials, &["client_id", "client_secret"]),
    ("refresh_token", Grant::RefreshToken, &["refresh_token"]),
    ("password", Grant::Password, &["user", "password"]),
    ("jwt_bearer", Grant::JwtBearer, &["jwt"]),
];

/// Reads `oauth2`, and how its token is carried.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<(OAuth2, Carried)> {
    let entries = Entries::read(ledger, &AUTH_OAUTH2, "`oauth2` of `auth`", &entry.key, entry.value)?;
    let token_url = entries.get("token_url").and_then(|entry| address::base_url(ledger, &entry, names));
    let words: Vec<(&str, usize)> = GRANTS.iter().enumerate().map(|(at, (word, ..))| (*word, at)).collect();
    let grant = entries.get("grant").and_then(|entry| entry.choice(ledger, &words)).and_then(|at| GRANTS.get(at));
    if let Some((word, _, needed)) = grant {
        let missing: Vec<&str> = needed.iter().copied().filter(|key| entries.key(key).is_none()).collect();
        if !missing.is_empty() {
            let names = listed(missing);
            let title = format!("{names} is missing in `oauth2` of `auth`");
            let place = entries.key_or_place("grant");
            ledger.push(Diagnostic::error(Code::MISSING_KEY, title, &place, format!("`{word}` needs {names}")));
        }
        for (other, _, keys) in GRANTS.iter().filter(|(other, ..)| other != word) {
            for key in keys.iter().filter(|key| !needed.contains(key) && !key.starts_with("client_")) {
                let Some(range) = entries.key(key) else { continue };
                let title = format!("`{key}` of `oauth2` means nothing with the grant `{word}`");
                let label = format!("it belongs to `{other}`");
                ledger.push(Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, label));
            }
        }
    }
    let mut held = |key: &str, is_secret: bool| -> Option<Expr> {
        let entry = entries.get(key)?;
        let typed = part(ledger, &entry, names)?;
        if is_secret {
            return secret(ledger, &entry, typed);
        }
        let right = address::needed(ledger, &typed, &entry.value.part(&typed.part), &entry.what());
        (!credential::refuse_random(ledger, entry.value, &typed) && right).then_some(typed.expr)
    };
    let (client_id, client_secret) = (held("client_id", false), held("client_secret", true));
    let (refresh_token, user, password) = (held("refresh_token", true), held("user", false), held("password", true));
    let scope = held("scope", false);
    let assertion = entries.get("jwt").map(|entry| jwt::read(ledger, &entry, names, false).map(|(jwt, _)| jwt));
    let carried = carried::read(ledger, &entries, names);
    let client = [("form", ClientProof::Form), ("basic", ClientProof::Basic)];
    let client = entries.get("client").and_then(|entry| entry.choice(ledger, &client)).unwrap_or(ClientProof::Form);
    let mut wire = Wire::default();
    let more =
        entries.get("more").map(|entry| request::texts(ledger, &entry, names.scope("a token request"), &mut wire));
    let oauth2 = OAuth2 {
        token_url: token_url?,
        grant: grant?.1,
        client_id,
        client_secret,
        client,
        refresh_token,
        user,
        password,
        // What is wrong with it is told.
        assertion: match assertion {
            Some(jwt) => Some(jwt?),
            None => None,
        },
        scope,
        more: more.unwrap_or_default(),
    };
    Some((oauth2, carried?))
}
