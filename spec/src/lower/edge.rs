//! What an edge leads from and to: two resources, and the `id` of a row of each.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Scope, check};
use crate::model::{Edge, End, Expr, Function, Type};
use crate::shape::{Entries, Entry};
use crate::yaml::Kind;

use super::Names;
use super::fit::{self, Column};

/// Reads the ends of an edge and its kind; that they are there is checked elsewhere.
pub(super) fn read(ledger: &mut Ledger<'_>, resource: &Entries<'_>, names: &Names, scope: Scope<'_>) -> Option<Edge> {
    let from = resource.get("from").and_then(|entry| end(ledger, &entry, names, scope));
    let to = resource.get("to").and_then(|entry| end(ledger, &entry, names, scope));
    let kind = resource.get("kind").and_then(|entry| text(ledger, &entry, &entry.what(), scope));
    Some(Edge { from: from?, to: to?, kind })
}

/// What identifies an edge.
pub(super) fn key(edge: &Edge) -> Expr {
    let ends = [&edge.from.from, &edge.to.from].into_iter();
    Expr::Call(Function::Key, ends.chain(edge.kind.as_ref()).cloned().collect())
}

/// `{ users: id }`.
fn end(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names, scope: Scope<'_>) -> Option<End> {
    let found = entry.names(ledger);
    if let [_, second, ..] = found.as_slice() {
        let title = format!("{} names several resources", entry.what());
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &second.key, "an edge has one end here")
                .help("where one may lead to different things, make a resource of each, with a `where`"),
        );
    }
    let Some(first) = found.first() else {
        if matches!(entry.value.kind, Kind::Mapping(_)) {
            let title = format!("{} is empty", entry.what());
            ledger.push(
                Diagnostic::error(Code::EMPTY, title, &entry.key, "a row of which resource?")
                    .help("write the resource and the `id` of its row, such as `{ users: user_id }`"),
            );
        }
        return None;
    };
    if names.resources.used(&first.name).is_none() {
        let title = format!("unknown resource `{}` in {}", first.name, entry.what());
        let diagnostic =
            Diagnostic::error(Code::UNKNOWN_RESOURCE, title, &first.key, "`resources` does not declare it");
        let diagnostic = names.resources.suggest(ledger, diagnostic, &first.name, &first.key, "resources");
        ledger.push(diagnostic);
    }
    let from = text(ledger, first, &entry.what(), scope)?;
    Some(End { resource: first.name.clone(), from })
}

/// Text that is never null.
fn text(ledger: &mut Ledger<'_>, entry: &Entry<'_>, what: &str, scope: Scope<'_>) -> Option<Expr> {
    let typed = check(ledger, entry.value, what, scope)?;
    let range = entry.value.part(&typed.part);
    let column = Column { what, ty: &Type::String, nullable: false, declared: None, node: Some(entry.value), range };
    fit::check(ledger, &column, &typed, scope).then_some(typed.expr)
}
