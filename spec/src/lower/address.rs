//! Addresses that requests are sent to: `base_url` and the path of a resource.
//!
//! Requests go over TLS, or to this machine; a credential never stands in an address.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Null, Scope, Typed, check_template};
use crate::model::{Expr, each_given};
use crate::shape::Entry;

use super::Names;

/// Reads `base_url`, or another address that a credential is sent to.
pub(super) fn base_url(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Expr> {
    let typed = template(ledger, entry, names.scope("an address"))?;
    let (range, name) = (entry.value.range.clone(), &entry.name);
    let texts = literals(&typed.expr);
    let first = texts.first().copied().unwrap_or_default();
    let rest = first.strip_prefix("https://").or_else(|| first.strip_prefix("http://"));
    let unsafe_address = |ledger: &mut Ledger<'_>, title: &str, label: &str, help: &str| {
        ledger.push(Diagnostic::error(Code::UNSAFE_ADDRESS, title, &range, label).help(help));
    };
    let Some(rest) = rest.filter(|_| begins_with_text(&typed.expr)) else {
        unsafe_address(
            ledger,
            &format!("`{name}` must begin with `https://`"),
            "requests carry credentials",
            "write the scheme out, then the host, such as `https://api.example.com` or `https://{config.host}`",
        );
        return None;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    if first.starts_with("http://")
        && !is_loopback(authority, rest.contains('/') || texts.len() == 1 && is_text(&typed.expr))
    {
        unsafe_address(
            ledger,
            &format!("`{name}` sends requests without TLS"),
            "credentials would be readable on the way",
            "write `https://`; `http://` is for this machine only: `localhost`, `127.0.0.1` or `[::1]`",
        );
        return None;
    }
    if texts.iter().any(|text| text.contains('@')) {
        unsafe_address(
            ledger,
            &format!("`{name}` holds a user or a password"),
            "`@` in an address",
            "how requests prove who asks is said under `auth`",
        );
        return None;
    }
    if texts.iter().any(|text| text.contains(['?', '#'])) {
        unsafe_address(
            ledger,
            &format!("`{name}` holds a query"),
            "`?` or `#` in an address",
            "parameters stand under `query` of a resource",
        );
        return None;
    }
    if rest.is_empty() && is_text(&typed.expr) || authority.starts_with(':') || has_odd_character(&texts) {
        entry.malformed(ledger, "is not an address", "no host that could be asked", "write `https://` and a host");
        return None;
    }
    Some(without_slash(typed.expr))
}

/// Reads the path of a resource.
pub(super) fn path(ledger: &mut Ledger<'_>, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Expr> {
    let typed = template(ledger, entry, scope)?;
    let texts = literals(&typed.expr);
    let first = texts.first().copied().unwrap_or_default();
    if !first.starts_with('/') || !begins_with_text(&typed.expr) {
        let help = if first.contains("://") {
            "write what comes behind `base_url`: requests of a spec go to one place"
        } else {
            "a path begins with `/`"
        };
        entry.malformed(ledger, "is not a path", "it does not begin with `/`", help);
        return None;
    }
    if texts.iter().any(|text| text.contains(['?', '#'])) {
        entry.malformed(ledger, "holds a query", "`?` or `#` in a path", "parameters stand under `query`");
        return None;
    }
    let climbs = texts.iter().any(|text| text.split('/').any(|part| part == ".."));
    if first.starts_with("//") || climbs || has_odd_character(&texts) {
        entry.malformed(
            ledger,
            "is not a path",
            "`//` in front, `..`, `\\` or a space",
            "write it as the API's documentation does",
        );
        return None;
    }
    Some(typed.expr)
}

fn template(ledger: &mut Ledger<'_>, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Typed> {
    let what = entry.what();
    let typed = check_template(ledger, entry.value, &what, scope)?;
    needed(ledger, &typed, &entry.value.part(&typed.part), &what).then_some(typed)
}

/// Whether a value is there whatever the user configures; if not, the ledger knows.
pub(super) fn needed(ledger: &mut Ledger<'_>, typed: &Typed, range: &Range<usize>, what: &str) -> bool {
    let there = typed.null != Null::Sometimes;
    if !there {
        let mut of_parent = false;
        each_given(&typed.expr, &mut |_, column| of_parent |= column.is_some());
        let (label, help) = if of_parent {
            ("null in some rows of the parent", "take a column that every row has, such as `id`")
        } else {
            (
                "null when the setting is not given",
                "take the `?` off the setting's type, give it a default, or write `{config.name ?? \"…\"}`",
            )
        };
        let title = format!("{what} may be missing");
        ledger.push(Diagnostic::error(Code::MAY_BE_NULL, title, range, label).help(help));
    }
    there
}

fn literals(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Text(text) => vec![text],
        Expr::Concat(parts) => parts
            .iter()
            .filter_map(|part| if let Expr::Text(text) = part { Some(text.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    }
}

fn begins_with_text(expr: &Expr) -> bool {
    match expr {
        Expr::Concat(parts) => matches!(parts.first(), Some(Expr::Text(_))),
        _ => is_text(expr),
    }
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr, Expr::Text(_))
}

fn has_odd_character(texts: &[&str]) -> bool {
    texts.iter().any(|text| text.contains(|c: char| c.is_whitespace() || c == '\\'))
}

/// Whether a host and port are this machine's. A host that a `{…}` goes on with is not known to be.
fn is_loopback(authority: &str, complete: bool) -> bool {
    let (host, has_port) = match authority.strip_prefix('[') {
        Some(rest) => (rest.split(']').next().unwrap_or_default(), rest.contains("]:")),
        None => (authority.split(':').next().unwrap_or_default(), authority.contains(':')),
    };
    let known = host == "localhost"
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || host.parse::<std::net::Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
    known && (complete || has_port)
}

fn without_slash(expr: Expr) -> Expr {
    match expr {
        Expr::Text(text) => Expr::Text(text.trim_end_matches('/').to_owned()),
        Expr::Concat(mut parts) => {
            if let Some(Expr::Text(last)) = parts.last_mut() {
                let trimmed = last.trim_end_matches('/').len();
                last.truncate(trimmed);
                if last.is_empty() {
                    parts.pop();
                }
            }
            Expr::Concat(parts)
        }
        other => other,
    }
}
