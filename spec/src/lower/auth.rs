//! `auth`: how requests prove who asks. It is made with a secret of `config`, never with text of the spec.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Typed, check_template};
use crate::keys::{AUTH, AUTH_BASIC, AUTH_HEADER, AUTH_OAUTH2, AUTH_QUERY};
use crate::model::{Auth, ClientProof, Expr, Grant, OAuth2};
use crate::shape::{Entries, Entry};
use crate::suggest::listed;

use super::target::Wire;
use super::{Names, address, credential, request, target};

/// Reads `auth`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Auth> {
    if let Some(scalar) = entry.value.scalar() {
        if scalar.text == "none" {
            return Some(Auth::None);
        }
        let title = "`auth` of `api` must be a mapping, or `none`";
        let label = format!("this is {}", entry.value.describe());
        ledger.push(
            Diagnostic::error(Code::WRONG_KIND, title, &entry.value.range, label)
                .help("write a way to authenticate, such as `{ bearer: \"{config.apiKey}\" }`"),
        );
        return None;
    }
    let entries = Entries::read(ledger, &AUTH, "`auth`", &entry.key, entry.value)?;
    if let Some(bearer) = entries.get("bearer") {
        return part(ledger, &bearer, names).and_then(|typed| secret(ledger, &bearer, typed)).map(Auth::Bearer);
    }
    if let Some(header) = entries.get("header") {
        let entries = Entries::read(ledger, &AUTH_HEADER, "`header` of `auth`", &header.key, header.value)?;
        let name = entries.get("name").and_then(|entry| {
            let name = entry.text(ledger)?;
            target::check_header(ledger, &name, &entry.value.range).then_some(name)
        });
        let value = entries.get("value");
        let value = value.and_then(|value| part(ledger, &value, names).and_then(|typed| secret(ledger, &value, typed)));
        return Some(Auth::Header { name: name?, value: value? });
    }
    if let Some(query) = entries.get("query") {
        let entries = Entries::read(ledger, &AUTH_QUERY, "`query` of `auth`", &query.key, query.value)?;
        let name = entries.get("name").and_then(|entry| entry.text(ledger));
        let value = entries.get("value");
        let value = value.and_then(|value| part(ledger, &value, names).and_then(|typed| secret(ledger, &value, typed)));
        return Some(Auth::Query { name: name?, value: value? });
    }
    if let Some(oauth2) = entries.get("oauth2") {
        return self::oauth2(ledger, &oauth2, names).map(|oauth2| Auth::OAuth2(Box::new(oauth2)));
    }
    let basic = entries.get("basic")?;
    let entries = Entries::read(ledger, &AUTH_BASIC, "`basic` of `auth`", &basic.key, basic.value)?;
    basic_auth(ledger, &entries, names)
}

fn basic_auth(ledger: &mut Ledger<'_>, entries: &Entries<'_>, names: &Names) -> Option<Auth> {
    let user_entry = entries.get("user");
    let password_entry = entries.get("password");
    let user = user_entry.as_ref().and_then(|entry| part(ledger, entry, names));
    let password = password_entry.as_ref().and_then(|entry| part(ledger, entry, names));
    let (user_entry, password_entry) = (user_entry?, password_entry?);
    let (user, password) = (user?, password?);
    if user.secret || password.secret {
        let mut right = true;
        for (entry, typed) in [(&user_entry, &user), (&password_entry, &password)] {
            right &= address::needed(ledger, typed, &entry.value.part(&typed.part), &entry.what());
            right &= !credential::refuse_random(ledger, entry.value, typed);
        }
        return right.then_some(Auth::Basic { user: user.expr, password: password.expr });
    }
    secret(ledger, &password_entry, password)?;
    None
}

fn part(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Typed> {
    check_template(ledger, entry.value, &entry.what(), names.secret_scope())
}

/// What is made with a secret, always, and with no credential beside it.
fn secret(ledger: &mut Ledger<'_>, entry: &Entry<'_>, typed: Typed) -> Option<Expr> {
    let range = entry.value.part(&typed.part);
    if typed.constant {
        credential::refuse(ledger, entry.value, "a literal where a secret of `config` is wanted");
        return None;
    }
    if !typed.secret {
        let title = format!("{} is made without a secret", entry.what());
        ledger.push(
            Diagnostic::error(Code::AUTH_WITHOUT_SECRET, title, &range, "no secret is in it")
                .help("give the setting `type: secret`, so that it appears in no log, error or file"),
        );
        return None;
    }
    let right = address::needed(ledger, &typed, &range, &entry.what());
    let right = !credential::refuse_random(ledger, entry.value, &typed) && right;
    right.then_some(typed.expr)
}

/// What each grant needs.
const GRANTS: &[(&str, Grant, &[&str])] = &[
    ("client_credentials", Grant::ClientCredentials, &["client_id", "client_secret"]),
    ("refresh_token", Grant::RefreshToken, &["refresh_token"]),
    ("password", Grant::Password, &["user", "password"]),
];

fn oauth2(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<OAuth2> {
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
    let client = [("form", ClientProof::Form), ("basic", ClientProof::Basic)];
    let client = entries.get("client").and_then(|entry| entry.choice(ledger, &client)).unwrap_or(ClientProof::Form);
    let mut wire = Wire::default();
    let more =
        entries.get("more").map(|entry| request::texts(ledger, &entry, names.scope("a token request"), &mut wire));
    Some(OAuth2 {
        token_url: token_url?,
        grant: grant?.1,
        client_id,
        client_secret,
        client,
        refresh_token,
        user,
        password,
        scope,
        more: more.unwrap_or_default(),
    })
}
