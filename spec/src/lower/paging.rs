//! `paging`: paginators, for resources to name.

use crate::Code;
use crate::declared::Declared;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Roots, Scope, Secrets, Ty, check};
use crate::keys::{CURSOR, PAGINATOR, SIZE};
use crate::model::{Expr, Paging, Size, Target};
use crate::names;
use crate::shape::{Entries, Entry, check_name};

use super::Names;
use super::target::{self, Use, Wire};

/// A paginator, and where it sets what.
#[derive(Clone)]
pub(super) struct Paginator {
    pub(super) paging: Paging,
    pub(super) sets: Vec<(Target, Use)>,
}

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Declared<Paginator> {
    let mut declared = Declared::default();
    for entry in entry.names(ledger) {
        if check_name(ledger, "a paginator", &entry.name, &entry.key, &names::SNAKE) && entry.name == "none" {
            let title = "a paginator cannot be named `none`";
            let label = "`paging: none` says that there is one page";
            ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, &entry.key, label));
        }
        let what = format!("paginator `{}`", entry.name);
        let entries = Entries::read(ledger, &PAGINATOR, what, &entry.key, entry.value);
        let value = entries.and_then(|entries| paginator(ledger, &entries, names));
        declared.add(entry.name, entry.key, value);
    }
    declared
}

fn paginator(ledger: &mut Ledger<'_>, entries: &Entries<'_>, names: &Names) -> Option<Paginator> {
    let mut sets = Vec::new();
    let size = entries.get("size").and_then(|entry| size(ledger, &entry, entries, &mut sets));
    let entry = entries.get("cursor")?;
    let what = format!("`cursor` of {}", entries.what);
    let cursor = Entries::read(ledger, &CURSOR, what, &entry.key, entry.value)?;
    let from = cursor.get("from").and_then(|entry| cursor_from(ledger, &entry, names));
    let to = cursor.get("to").and_then(|entry| {
        let to = target::read(ledger, &entry)?;
        sets.push((to.clone(), Use { what: entry.what(), range: entry.value.range.clone() }));
        Some(to)
    });
    let mut wire = Wire::default();
    for (target, by) in &sets {
        wire.set(ledger, target, by.clone());
    }
    Some(Paginator { paging: Paging::Cursor { from: from.unwrap_or(Expr::Null), to: to?, size }, sets })
}

fn cursor_from(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Expr> {
    let scope = Scope {
        roots: Roots::Response,
        settings: &names.settings,
        secrets: Secrets::Refused("a parameter of the request"),
        enums: &[],
    };
    let what = entry.what();
    let typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    if typed.constant {
        ledger.push(
            Diagnostic::error(Code::CONSTANT, format!("{what} is always the same"), &range, "no path of the response")
                .help("write the path of the token in the response, such as `meta.next_cursor`"),
        );
        return None;
    }
    if !typed.ty.is_scalar() || typed.ty == Ty::Boolean {
        let title = format!("{what} must be text or a number");
        ledger.push(Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty)));
        return None;
    }
    Some(typed.expr)
}

fn size(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &Entries<'_>, sets: &mut Vec<(Target, Use)>) -> Option<Size> {
    let what = format!("`size` of {}", of.what);
    let entries = Entries::read(ledger, &SIZE, what, &entry.key, entry.value)?;
    let to = entries.get("to").and_then(|entry| {
        let to = target::read(ledger, &entry)?;
        sets.push((to.clone(), Use { what: entry.what(), range: entry.value.range.clone() }));
        Some(to)
    });
    let value = entries.get("value").and_then(|entry| entry.whole(ledger, 1, i64::from(u32::MAX)));
    Some(Size { to: to?, value: u32::try_from(value?).ok()? })
}
