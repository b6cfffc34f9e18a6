//! What of a response says how long something lasts, or until when; and other things that are read of one.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Roots, Scope, Secrets, check};
use crate::model::{Expr, Segment, Wait, WaitFormat};
use crate::shape::{Entries, Entry};

use super::{Names, target};

/// How a time to wait is written.
const WAITS: &[(&str, WaitFormat)] = &[
    ("seconds", WaitFormat::Seconds),
    ("millis", WaitFormat::Millis),
    ("unix_seconds", WaitFormat::UnixSeconds),
    ("unix_millis", WaitFormat::UnixMillis),
    ("rfc3339", WaitFormat::Rfc3339),
    ("http_date", WaitFormat::HttpDate),
];

/// Reads `header` or `from`, and `is`.
pub(super) fn read(ledger: &mut Ledger<'_>, entries: &Entries<'_>, names: &Names) -> Option<Wait> {
    let header = entries.get("header").and_then(|entry| {
        let name = entry.text(ledger)?;
        target::check_header(ledger, &name, &entry.value.range).then_some(Expr::Header(name))
    });
    let from = entries.get("from").and_then(|entry| of_response(ledger, &entry, names));
    let format = entries.get("is").and_then(|entry| entry.choice(ledger, WAITS));
    Some(Wait { from: header.or(from)?, format: format? })
}

/// A single value of a response.
pub(super) fn of_response(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Expr> {
    let secrets = Secrets::Refused("what is read of a response");
    let scope = Scope { roots: Roots::Response, ..Scope::settings(&names.settings, secrets) };
    let what = entry.what();
    let typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    let mut reads = false;
    each_read(&typed.expr, &mut |_| reads = true);
    if !reads {
        let title = format!("{what} is always the same");
        ledger.push(Diagnostic::error(Code::CONSTANT, title, &range, "nothing of the response is in it"));
        return None;
    }
    if !typed.ty.is_scalar() {
        let title = format!("{what} must be a single value");
        ledger.push(
            Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty))
                .help("take one of them, such as with `first(…)`"),
        );
        return None;
    }
    Some(typed.expr)
}

/// Calls `found` with every path and header that an expression reads.
pub(super) fn each_read(expr: &Expr, found: &mut dyn FnMut(&str)) {
    match expr {
        Expr::Path(path) => {
            let keys = path.iter().map(|segment| match segment {
                Segment::Key(key) => key.as_str(),
                Segment::Each => "[]",
            });
            found(&keys.collect::<Vec<_>>().join("."));
        }
        Expr::Header(name) => found(&format!("headers.{name}")),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| each_read(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| each_read(part, found)),
        Expr::Let(_, parts) | Expr::Over(_, _, parts) => parts.iter().for_each(|part| each_read(part, found)),
        Expr::Items(inner) => each_read(inner, found),
        Expr::Null | Expr::Bool(_) | Expr::Integer(_) | Expr::Number(_) | Expr::Text(_) => {}
        Expr::Given { .. } | Expr::Window(_) | Expr::Above(_) | Expr::EntryKey => {}
        Expr::Setting(_) | Expr::Local(..) => {}
    }
}
