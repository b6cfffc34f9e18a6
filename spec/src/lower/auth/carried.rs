//! `as`: how requests carry a token that is fetched.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Roots, Scope, Secrets, check_template};
use crate::keys::{AUTH_AS, AUTH_HEADER, AUTH_QUERY};
use crate::model::{Carried, Expr};
use crate::shape::{Entries, Entry};

use super::super::{Names, credential, wait};
use super::header_name;

/// What the token is called in the template.
const TOKEN: &str = "token";

/// Reads `as` of a way whose token is fetched.
pub(super) fn read(ledger: &mut Ledger<'_>, way: &Entries<'_>, names: &Names) -> Option<Carried> {
    let Some(entry) = way.get("as") else { return way.key("as").is_none().then_some(Carried::Bearer) };
    let entries = Entries::read(ledger, &AUTH_AS, entry.what(), &entry.key, entry.value)?;
    if let Some(header) = entries.get("header") {
        let entries = Entries::read(ledger, &AUTH_HEADER, header.what(), &header.key, header.value)?;
        let name = header_name(ledger, &entries);
        let value = entries.get("value").and_then(|entry| value(ledger, &entry, names));
        return Some(Carried::Header { name: name?, value: value? });
    }
    let query = entries.get("query")?;
    let entries = Entries::read(ledger, &AUTH_QUERY, query.what(), &query.key, query.value)?;
    let name = entries.get("name").and_then(|entry| entry.text(ledger));
    let value = entries.get("value").and_then(|entry| value(ledger, &entry, names));
    Some(Carried::Query { name: name?, value: value? })
}

/// A template with `{token}` in it.
fn value(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Expr> {
    // The token is read as if it were the one key of a response.
    let scope = Scope { roots: Roots::Response, ..Scope::settings(&names.settings, Secrets::Allowed) };
    let typed = check_template(ledger, entry.value, &entry.what(), scope)?;
    if credential::refuse_random(ledger, entry.value, &typed) {
        return None;
    }
    let (mut there, mut other) = (false, None);
    wait::each_read(&typed.expr, &mut |name| match name == TOKEN {
        true => there = true,
        false => other = Some(name.to_owned()),
    });
    let range = entry.value.part(&typed.part);
    if let Some(other) = other {
        let title = format!("`{other}` is not known in {}", entry.what());
        ledger.push(
            Diagnostic::error(Code::OUT_OF_SCOPE, title, &range, "only the token and settings are known here")
                .help("the token is `{token}`, a setting is `{config.NAME}`"),
        );
        return None;
    }
    if !there {
        let title = format!("{} does not carry the token", entry.what());
        ledger.push(
            Diagnostic::error(Code::CONSTANT, title, &range, "`{token}` is not in it")
                .help("write it where the token goes, such as `\"{token}\"` or `\"Token {token}\"`"),
        );
        return None;
    }
    Some(typed.expr)
}
