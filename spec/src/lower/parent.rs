//! `for_each`: a resource that is read once for each row of another.

use std::collections::HashMap;
use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Above, Column, Null, Ty};
use crate::model::{
    Action, Body, ErrorRule, Expr, Field, Param, ParamValue, Parent, Resource, Row, Template, Type, each_parent,
};
use crate::names;
use crate::shape::{Entries, Entry, check_name};
use crate::yaml::{Kind, Node};

use super::Names;

/// What is known of the rows of the resources that were read so far.
pub(super) type Rows = HashMap<String, Vec<Column>>;

/// Names that begin a path and stand for something else.
const TAKEN: &[&str] = &["config", "last", "headers"];

/// The order in which resources are read: places in the order written, a parent before its children. Of those that go
/// in a circle the ledger knows.
pub(super) fn order(ledger: &mut Ledger<'_>, entries: &[Entry<'_>]) -> Vec<usize> {
    let place = |name: &str| entries.iter().position(|entry| entry.name == name);
    let parents: Vec<Option<usize>> = entries.iter().map(|entry| named(entry.value).and_then(place)).collect();
    let mut depths: Vec<(usize, usize)> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let up = |at: &usize| parents.get(*at).copied().flatten();
        let above: Vec<usize> = std::iter::successors(up(&at), up).take(entries.len()).collect();
        // Told once of each circle, at the first of it; one that names itself is told where it does.
        let circled = above.iter().position(|place| *place == at).and_then(|back| above.get(..back)).unwrap_or(&[]);
        if !circled.is_empty() && circled.iter().all(|place| *place > at) {
            circle(ledger, &entry.name, &entry.key);
        }
        depths.push((above.len(), at));
    }
    depths.sort_unstable();
    depths.into_iter().map(|(_, at)| at).collect()
}

/// The resource that a resource's `for_each` names.
fn named(resource: &Node) -> Option<&str> {
    let Kind::Mapping(pairs) = &resource.kind else { return None };
    let (_, value) = pairs.iter().find(|(key, _)| key.scalar().is_some_and(|scalar| scalar.text == "for_each"))?;
    let Kind::Mapping(pairs) = &value.kind else { return None };
    pairs.first()?.1.scalar().map(|scalar| scalar.text.as_str())
}

/// Reads `for_each` of the resource `of`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &str, names: &Names) -> Option<Parent> {
    let found = entry.names(ledger);
    if let [_, second, ..] = found.as_slice() {
        let title = format!("{} names several resources", entry.what());
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &second.key, "a list is read for the rows of one")
                .help("let one of them be a `for_each` of the other: its fields can hold what is needed of both"),
        );
    }
    let Some(first) = found.first() else {
        if matches!(entry.value.kind, Kind::Mapping(_)) {
            let title = format!("{} is empty", entry.what());
            ledger.push(
                Diagnostic::error(Code::EMPTY, title, &entry.key, "for each row of which resource?")
                    .help("write a name for its row and the resource, such as `{ repository: repositories }`"),
            );
        }
        return None;
    };
    let right = check_name(ledger, "a parent", &first.name, &first.key, &names::SNAKE);
    if TAKEN.contains(&first.name.as_str()) {
        let title = format!("a parent cannot be named `{}`", first.name);
        let label = "a path that begins so is something else";
        ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, &first.key, label));
        return None;
    }
    let resource = first.text(ledger)?;
    let range = first.value.range.clone();
    if names.resources.used(&resource).is_none() {
        let title = format!("unknown resource `{resource}` in {}", entry.what());
        let diagnostic = Diagnostic::error(Code::UNKNOWN_RESOURCE, title, &range, "`resources` does not declare it");
        let diagnostic = names.resources.suggest(ledger, diagnostic, &resource, &range, "resources");
        ledger.push(diagnostic);
    } else if resource == of {
        circle(ledger, of, &range);
    }
    // A parent all the same, of which nothing is known: nothing more is said of what speaks of it.
    right.then(|| Parent { name: first.name.clone(), resource })
}

/// Says that a resource is, in the end, read for each of its own rows.
fn circle(ledger: &mut Ledger<'_>, of: &str, range: &Range<usize>) {
    let title = format!("resource `{of}` is read for each of its own rows");
    ledger.push(
        Diagnostic::error(Code::FOR_EACH_CIRCLE, title, range, "its `for_each` leads back to it")
            .help("the first of a chain of resources is read without `for_each`"),
    );
}

/// What expressions may say of the parent's row. None when nothing is known of it.
pub(super) fn above<'a>(parent: &'a Parent, rows: &'a Rows) -> Above<'a> {
    Above { name: &parent.name, resource: &parent.resource, columns: rows.get(&parent.resource).map(Vec::as_slice) }
}

/// Whether there is a parent to skip where a rule says so; if not, the ledger knows.
pub(super) fn skipped(ledger: &mut Ledger<'_>, entries: &Entries<'_>, rules: &[ErrorRule]) {
    let Some(key) = entries.key("on_error").filter(|_| entries.key("for_each").is_none()) else { return };
    if rules.iter().any(|rule| rule.then == Action::SkipParent) {
        let title = format!("`skip_parent` in {} skips nothing", entries.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &key, "the resource has no `for_each`")
                .help("write `ignore` for an answer that stands for an empty page"),
        );
    }
}

/// Whether the request differs from one row of the parent to the next; if not, the ledger knows.
pub(super) fn asked_for(ledger: &mut Ledger<'_>, resource: &Resource, entries: &Entries<'_>) {
    let (Some(parent), Some(key)) = (&resource.parent, entries.key("for_each")) else { return };
    if resource.path == Expr::Null {
        return;
    }
    let text = |param: &Param| if let ParamValue::Text(expr) = &param.value { speaks(expr) } else { false };
    let body = match &resource.body {
        Some(Body::Form(params)) => params.iter().any(text),
        Some(Body::Json { template, .. }) => sends(template),
        None => false,
    };
    if body || speaks(&resource.path) || resource.query.iter().any(text) || resource.headers.iter().any(text) {
        return;
    }
    let title = format!("the request of {} is the same for each row of `{}`", entries.what, parent.resource);
    ledger.push(Diagnostic::error(Code::PARENT_UNUSED, title, &key, "nothing of the row is asked for").help(format!(
        "put a field of the row into `get` or `query`, such as `{{{}.id}}`, or take `for_each` out",
        parent.name
    )));
}

fn sends(template: &Template) -> bool {
    match template {
        Template::Null => false,
        Template::Value(expr) | Template::Text(expr) => speaks(expr),
        Template::Array(items) => items.iter().any(sends),
        Template::Object(members) => members.iter().any(|(_, value)| sends(value)),
    }
}

fn speaks(expr: &Expr) -> bool {
    let mut found = false;
    each_parent(expr, &mut |_| found = true);
    found
}

/// The columns of a row, as expressions of its children see them.
pub(super) fn columns(row: &Row) -> Vec<Column> {
    let implied = row.implied().into_iter().map(|column| {
        let null = if column.nullable { Null::Sometimes } else { Null::Never };
        Column { name: column.name.to_owned(), ty: Ty::Text, null }
    });
    let mut columns: Vec<Column> = implied.collect();
    columns.extend(row.fields.iter().map(|field: &Field| Column {
        name: field.name.clone(),
        ty: match &field.ty {
            Type::Integer => Ty::Integer,
            Type::Number => Ty::Number,
            Type::Boolean => Ty::Boolean,
            Type::Json => Ty::Object,
            Type::List => Ty::Array,
            Type::String | Type::Decimal | Type::Timestamp(_) | Type::Date | Type::Enum(_) => Ty::Text,
        },
        null: if field.nullable { Null::Sometimes } else { Null::Never },
    }));
    columns
}
