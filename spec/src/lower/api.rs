//! `api`: where it is, how requests prove who asks, how many it allows.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Typed, check_template};
use crate::keys::{API, AUTH, AUTH_BASIC, AUTH_HEADER, LIMIT};
use crate::model::{Api, Auth, Expr, RateLimit};
use crate::shape::{Entries, Entry};

use super::{Names, address, credential, target};

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Api> {
    let entries = Entries::read(ledger, &API, "`api`", &entry.key, entry.value)?;
    let base_url = entries.get("base_url").and_then(|entry| address::base_url(ledger, &entry, names));
    let auth = entries.get("auth").and_then(|entry| auth(ledger, &entry, names));
    let limit = entries.get("limit").and_then(|entry| limit(ledger, &entry));
    Some(Api { base_url: base_url.unwrap_or(Expr::Null), auth: auth.unwrap_or(Auth::None), limit })
}

fn auth(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Auth> {
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

fn limit(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<RateLimit> {
    let entries = Entries::read(ledger, &LIMIT, "`limit`", &entry.key, entry.value)?;
    let requests = entries.get("requests").and_then(|entry| entry.whole(ledger, 1, i64::from(u32::MAX)));
    let per = entries.get("per").and_then(|entry| {
        let millis = entry.duration(ledger)?;
        target::positive(ledger, &entry, millis).then_some(millis)
    });
    Some(RateLimit { requests: u32::try_from(requests?).ok()?, per_millis: per? })
}
