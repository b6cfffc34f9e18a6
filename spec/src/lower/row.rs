//! What the rows of a resource are: their name and shape, what identifies them, when they were.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Null, Scope, check};
use crate::keys::TIME;
use crate::model::{Expr, Field, Function, Row, Shape, Time, TimeFormat, Type};
use crate::names;
use crate::shape::{Entries, Entry};
use crate::yaml::{Kind, Node};

use super::fit::{self, Column};
use super::format;

/// The shape of a resource's rows, and the key that says so; `None` when neither does.
pub(super) fn shape(resource: &Entries<'_>) -> Option<Shape> {
    if resource.key("entity").is_some() { Some(Shape::Entity) } else { resource.key("event").map(|_| Shape::Event) }
}

/// Reads the row of a resource, and where its name stands. `None` when it has no name.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    scope: Scope<'_>,
    fields: Vec<Field>,
) -> Option<(Row, Range<usize>)> {
    let key = resource.get("key").and_then(|entry| key(ledger, &entry, resource, scope));
    let shape = shape(resource);
    let time = shape.and_then(|shape| time(ledger, resource, shape, scope));
    let shape = shape?;
    let entry = resource.get(if shape == Shape::Entity { "entity" } else { "event" })?;
    let range = entry.value.range.clone();
    let name = entry.name(ledger, &names::SNAKE)?;
    Some((Row { name, shape, key: key.unwrap_or(Expr::Null), time, fields }, range))
}

fn key(ledger: &mut Ledger<'_>, entry: &Entry<'_>, resource: &Entries<'_>, scope: Scope<'_>) -> Option<Expr> {
    let what = format!("`key` of {}", resource.what);
    if let Kind::Sequence(items) = &entry.value.kind {
        return several(ledger, entry, items, &what, scope);
    }
    let typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    if typed.constant {
        let title = format!("{what} is always the same");
        ledger.push(
            Diagnostic::error(Code::CONSTANT, title, &range, "every record would have this key")
                .help("write the path of what identifies a record, such as `id`"),
        );
        return None;
    }
    let column =
        Column { what: &what, ty: &Type::String, nullable: false, declared: None, node: Some(entry.value), range };
    fit::check(ledger, &column, &typed, scope).then_some(typed.expr)
}

/// A key of several parts, each a value that is written as text and never null.
fn several(ledger: &mut Ledger<'_>, entry: &Entry<'_>, items: &[Node], what: &str, scope: Scope<'_>) -> Option<Expr> {
    if items.is_empty() {
        ledger.push(
            Diagnostic::error(Code::EMPTY, format!("{what} is empty"), &entry.value.range, "no part of a key")
                .help("write the paths of what identifies a record together"),
        );
        return None;
    }
    let mut parts = Vec::with_capacity(items.len());
    let mut constant = true;
    for item in items {
        let Some(typed) = check(ledger, item, what, scope) else { continue };
        let range = item.part(&typed.part);
        constant &= typed.constant;
        if !typed.ty.is_scalar() {
            let title = format!("a part of {what} must be a single value");
            ledger.push(Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty)));
            continue;
        }
        if typed.null == Null::Sometimes {
            let title = format!("a part of {what} may be null");
            ledger.push(
                Diagnostic::error(Code::MAY_BE_NULL, title, &range, "null at times")
                    .help("a key is made of what every record has; `?? \"…\"` gives it another value"),
            );
            continue;
        }
        parts.push(typed.expr);
    }
    if parts.len() < items.len() {
        return None;
    }
    if constant {
        let title = format!("{what} is always the same");
        ledger.push(Diagnostic::error(Code::CONSTANT, title, &entry.value.range, "every record would have this key"));
        return None;
    }
    Some(Expr::Call(Function::Key, parts))
}

fn time(ledger: &mut Ledger<'_>, resource: &Entries<'_>, shape: Shape, scope: Scope<'_>) -> Option<Time> {
    let (right, wrong, article) = match shape {
        Shape::Entity => ("updated_at", "at", "an entity"),
        Shape::Event => ("at", "updated_at", "an event"),
    };
    if let Some(range) = resource.key(wrong) {
        let title = format!("`{wrong}` does not go with {article} in {}", resource.what);
        let diagnostic = Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("{article} has `{right}`"));
        let place = resource.key_or_place(if shape == Shape::Entity { "entity" } else { "event" });
        let diagnostic = diagnostic.label(&place, "the rows are declared here");
        ledger.push(if resource.key(right).is_none() { diagnostic.did_you_mean(&range, right) } else { diagnostic });
        return None;
    }
    let Some(entry) = resource.get(right) else {
        if shape == Shape::Event && resource.key(right).is_none() {
            let title = format!("`at` is missing in {}", resource.what);
            ledger.push(
                Diagnostic::error(Code::MISSING_KEY, title, &resource.key_or_place("event"), "an event needs `at`")
                    .help("`at`: when it happened, such as `at: created_at`"),
            );
        }
        return None;
    };
    let what = format!("`{right}` of {}", resource.what);
    if !matches!(entry.value.kind, Kind::Mapping(_)) {
        return moment(ledger, entry.value, &what, shape, TimeFormat::Rfc3339, None, scope);
    }
    let entries = Entries::read(ledger, &TIME, what.as_str(), &entry.key, entry.value)?;
    let format_entry = entries.get("format");
    let format = format_entry.as_ref().and_then(|entry| format::read(ledger, entry)).unwrap_or_default();
    let declared = format_entry.map(|entry| entry.value.range.clone());
    moment(ledger, entries.get("from")?.value, &what, shape, format, declared, scope)
}

fn moment(
    ledger: &mut Ledger<'_>,
    node: &Node,
    what: &str,
    shape: Shape,
    format: TimeFormat,
    declared: Option<Range<usize>>,
    scope: Scope<'_>,
) -> Option<Time> {
    let typed = check(ledger, node, what, scope)?;
    let range = node.part(&typed.part);
    if typed.constant {
        let title = format!("{what} is always the same");
        ledger.push(Diagnostic::error(Code::CONSTANT, title, &range, "every record would have this time"));
        return None;
    }
    let ty = Type::Timestamp(format.clone());
    let nullable = shape == Shape::Entity;
    let column = Column { what, ty: &ty, nullable, declared, node: Some(node), range };
    fit::check(ledger, &column, &typed, scope).then_some(Time { from: typed.expr, format })
}
