//! `api`: where it is, how requests prove who asks, how many it allows.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Typed, check_template};
use crate::keys::{API, AUTH, AUTH_BASIC, AUTH_HEADER, AUTH_QUERY, LIMIT, RETRY, WAIT_HEADER};
use crate::model::{Api, Auth, ErrorRule, Expr, RateLimit, Retry, WaitFormat, WaitHeader};
use crate::shape::{Entries, Entry};

use super::{Names, address, credential, rules, target};

/// Reads `api`, and the error rules that hold for all resources.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<(Api, Vec<ErrorRule>)> {
    let entries = Entries::read(ledger, &API, "`api`", &entry.key, entry.value)?;
    let base_url = entries.get("base_url").and_then(|entry| address::base_url(ledger, &entry, names));
    let auth = entries.get("auth").and_then(|entry| auth(ledger, &entry, names));
    let limit = entries.get("limit").and_then(|entry| limit(ledger, &entry));
    let retry = entries.get("retry").and_then(|entry| retry(ledger, &entry));
    let rules = entries.get("on_error").map(|entry| rules::read(ledger, &entry, "`api`", &[], names));
    let api = Api { base_url: base_url.unwrap_or(Expr::Null), auth: auth.unwrap_or(Auth::None), limit, retry };
    Some((api, rules.unwrap_or_default()))
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
    if let Some(query) = entries.get("query") {
        let entries = Entries::read(ledger, &AUTH_QUERY, "`query` of `auth`", &query.key, query.value)?;
        let name = entries.get("name").and_then(|entry| entry.text(ledger));
        let value = entries.get("value");
        let value = value.and_then(|value| part(ledger, &value, names).and_then(|typed| secret(ledger, &value, typed)));
        return Some(Auth::Query { name: name?, value: value? });
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

/// How a time to wait is written.
const WAITS: &[(&str, WaitFormat)] = &[
    ("seconds", WaitFormat::Seconds),
    ("millis", WaitFormat::Millis),
    ("unix_seconds", WaitFormat::UnixSeconds),
    ("unix_millis", WaitFormat::UnixMillis),
    ("rfc3339", WaitFormat::Rfc3339),
];

fn retry(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Retry> {
    let entries = Entries::read(ledger, &RETRY, "`retry`", &entry.key, entry.value)?;
    let attempts = entries.get("attempts").and_then(|entry| entry.whole(ledger, 1, 100)).unwrap_or(10);
    let words = [("exponential", false), ("constant", true)];
    let constant = entries.get("backoff").and_then(|entry| entry.choice(ledger, &words)).unwrap_or(false);
    let mut wait = |key: &str, default: i64| match entries.get(key) {
        Some(entry) => {
            let millis = entry.duration(ledger).unwrap_or(default);
            if target::positive(ledger, &entry, millis) { millis } else { default }
        }
        None => default,
    };
    let first_millis = wait("first", 250);
    let most_millis = wait("most", first_millis.max(30_000));
    if let (true, Some(range)) = (most_millis < first_millis, entries.key("most")) {
        let title = "`most` of `retry` is shorter than `first`";
        ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &range, "no wait could be both"));
    }
    let after = entries.get("after").and_then(|entry| {
        let entries = Entries::read(ledger, &WAIT_HEADER, "`after` of `retry`", &entry.key, entry.value)?;
        let name = entries.get("header").and_then(|entry| {
            let name = entry.text(ledger)?;
            target::check_header(ledger, &name, &entry.value.range).then_some(name)
        });
        let format = entries.get("is").and_then(|entry| entry.choice(ledger, WAITS));
        Some(WaitHeader { name: name?, format: format? })
    });
    Some(Retry { attempts: u32::try_from(attempts).unwrap_or(10), first_millis, most_millis, constant, after })
}
