//! `auth`: how requests prove who asks. It is made with a secret of `config`, never with text of the spec.

mod carried;
mod choice;
mod jwt;
mod login;
mod oauth2;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Typed, check_template};
use crate::keys::{AUTH, AUTH_BASIC, AUTH_BODY, AUTH_HEADER, AUTH_QUERY};
use crate::model::{Auth, Expr, Token, TokenFrom};
use crate::shape::{Entries, Entry};

pub(super) use choice::Chosen;

use super::{Names, address, credential, target};

/// What ways of another kind stand in the way of.
#[derive(Clone, Copy)]
enum Within {
    /// Nothing: this is `auth` of `api`.
    Api,
    /// One of `ways`.
    Choice,
    /// A log-in.
    Login,
}

/// Reads `auth` of `api`, and which settings its ways speak of, where there are several.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<(Auth, Option<Chosen>)> {
    let mut chosen = None;
    let auth = way(ledger, entry, names, Within::Api, &mut chosen)?;
    Some((auth, chosen))
}

fn way(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    names: &Names,
    within: Within,
    chosen: &mut Option<Chosen>,
) -> Option<Auth> {
    if let Some(scalar) = entry.value.scalar() {
        if scalar.text == "none" {
            return Some(Auth::None);
        }
        let title = format!("{} must be a mapping, or `none`", entry.what());
        let label = format!("this is {}", entry.value.describe());
        ledger.push(
            Diagnostic::error(Code::WRONG_KIND, title, &entry.value.range, label)
                .help("write a way to authenticate, such as `{ bearer: \"{config.apiKey}\" }`"),
        );
        return None;
    }
    let what = match within {
        Within::Api => "`auth`".to_owned(),
        Within::Choice | Within::Login => entry.what(),
    };
    let entries = Entries::read(ledger, &AUTH, what, &entry.key, entry.value)?;
    misplaced(ledger, &entries, within)?;
    if let (Some(ways), None) = (entries.key("ways"), entries.key("by")) {
        let title = format!("`ways` of {} means nothing without `by`", entries.what);
        ledger.push(
            Diagnostic::error(Code::WINDOW_NEEDED, title, &ways, "which setting chooses one of them?")
                .help(choice::choices(names)),
        );
    }
    if let Some(by) = entries.get("by") {
        return choice::read(ledger, &entries, &by, names, chosen);
    }
    if let Some(bearer) = entries.get("bearer") {
        return part(ledger, &bearer, names).and_then(|typed| secret(ledger, &bearer, typed)).map(Auth::Bearer);
    }
    if let Some(header) = entries.get("header") {
        let entries = Entries::read(ledger, &AUTH_HEADER, "`header` of `auth`", &header.key, header.value)?;
        let name = header_name(ledger, &entries);
        let value = secret_value(ledger, &entries, names);
        return Some(Auth::Header { name: name?, value: value? });
    }
    if let Some(query) = entries.get("query") {
        let entries = Entries::read(ledger, &AUTH_QUERY, "`query` of `auth`", &query.key, query.value)?;
        let name = entries.get("name").and_then(|entry| entry.text(ledger));
        let value = secret_value(ledger, &entries, names);
        return Some(Auth::Query { name: name?, value: value? });
    }
    if let Some(body) = entries.get("body") {
        let entries = Entries::read(ledger, &AUTH_BODY, "`body` of `auth`", &body.key, body.value)?;
        let path = entries.get("name").and_then(|entry| body_path(ledger, &entry));
        let value = secret_value(ledger, &entries, names);
        return Some(Auth::Body { path: path?, value: value? });
    }
    let token = |from, carried| Auth::Token(Box::new(Token { from, carried }));
    if let Some(entry) = entries.get("oauth2") {
        let (oauth2, carried) = oauth2::read(ledger, &entry, names)?;
        return Some(token(TokenFrom::OAuth2(oauth2), carried));
    }
    if let Some(entry) = entries.get("login") {
        let (login, carried) = login::read(ledger, &entry, names)?;
        return Some(token(TokenFrom::Login(login), carried));
    }
    if let Some(entry) = entries.get("jwt") {
        let (jwt, carried) = jwt::read(ledger, &entry, names, true)?;
        return Some(token(TokenFrom::Jwt(jwt), carried));
    }
    let basic = entries.get("basic")?;
    let entries = Entries::read(ledger, &AUTH_BASIC, "`basic` of `auth`", &basic.key, basic.value)?;
    basic_auth(ledger, &entries, names)
}

/// Refuses what would lead in circles, or nowhere.
fn misplaced(ledger: &mut Ledger<'_>, entries: &Entries<'_>, within: Within) -> Option<()> {
    let (keys, label): (&[&str], _) = match within {
        Within::Api => return Some(()),
        Within::Choice => (&["by"], "a choice within a choice"),
        Within::Login => (&["by", "login", "oauth2", "body"], "a log-in proves who asks by what is at hand"),
    };
    let Some((key, range)) = keys.iter().find_map(|key| Some((key, entries.key(key)?))) else { return Some(()) };
    let title = format!("`{key}` cannot stand in {}", entries.what);
    let diagnostic = Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, label);
    ledger.push(match within {
        Within::Login => diagnostic.help("it is one of `basic`, `bearer`, `header`, `query` and `jwt`"),
        _ => diagnostic.help("write one way for each value of one setting"),
    });
    None
}

fn header_name(ledger: &mut Ledger<'_>, entries: &Entries<'_>) -> Option<String> {
    let entry = entries.get("name")?;
    let name = entry.text(ledger)?;
    target::check_header(ledger, &name, &entry.value.range).then_some(name)
}

fn body_path(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Vec<String>> {
    let text = entry.text(ledger)?;
    let path: Vec<String> = text.split('.').map(str::to_owned).collect();
    if path.iter().any(|key| key.is_empty() || key.contains(char::is_whitespace)) {
        entry.malformed(
            ledger,
            "is not a key of a body",
            "not keys with dots between them",
            "write it as in `auth.key`",
        );
        return None;
    }
    Some(path)
}

fn secret_value(ledger: &mut Ledger<'_>, entries: &Entries<'_>, names: &Names) -> Option<Expr> {
    let entry = entries.get("value")?;
    let typed = part(ledger, &entry, names)?;
    secret(ledger, &entry, typed)
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
