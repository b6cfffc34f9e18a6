//! What the rows of a resource are: their name and shape, what identifies them, when they were.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Null, Scope, check};
use crate::keys::{RESOURCE, TIME};
use crate::model::{Expr, Field, Function, Row, Shape, Time, TimeFormat, Type};
use crate::names;
use crate::shape::{Entries, Entry};
use crate::suggest::either;
use crate::yaml::{Kind, Node};

use super::fit::{self, Column};
use super::{Names, edge, format, series};

/// The shape of a resource's rows, and the key that says so; `None` when none does.
pub(super) fn shape(resource: &Entries<'_>) -> Option<Shape> {
    Shape::ALL.into_iter().find(|shape| resource.key(shape.keyword()).is_some())
}

/// Which keys go with which shapes.
const OF_SHAPES: &[(&str, &[Shape])] = &[
    ("key", &[Shape::Entity, Shape::Event]),
    ("end_at", &[Shape::Metric, Shape::Distribution]),
    ("period", &[Shape::Metric, Shape::Distribution]),
    ("dimensions", &[Shape::Metric, Shape::Distribution]),
    ("value", &[Shape::Metric]),
    ("bucket", &[Shape::Distribution]),
    ("count", &[Shape::Distribution]),
    ("from", &[Shape::Edge]),
    ("to", &[Shape::Edge]),
    ("kind", &[Shape::Edge]),
];

/// What a shape cannot do without, besides its time.
fn needed(shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::Entity | Shape::Event => &["key", "fields"],
        Shape::Metric => &["value", "fields"],
        Shape::Distribution => &["bucket", "count", "fields"],
        Shape::Edge => &["from", "to"],
    }
}

/// Reads the row of a resource, and where its name stands. `None` when it has no name.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    scope: Scope<'_>,
    names: &Names,
    fields: Vec<Field>,
) -> Option<(Row, Range<usize>)> {
    let shape = shape(resource);
    let mut edge = None;
    let mut key = match shape {
        None | Some(Shape::Entity | Shape::Event) => {
            resource.get("key").and_then(|entry| key(ledger, &entry, resource, scope))
        }
        Some(_) => None,
    };
    if let Some(shape) = shape {
        resource.require(ledger, &RESOURCE, needed(shape));
        misplaced(ledger, resource, shape);
    }
    let time = shape.and_then(|shape| time(ledger, resource, shape, scope));
    let shape = shape?;
    let series = shape.is_series().then(|| series::read(ledger, resource, shape, &fields, scope));
    if shape == Shape::Edge {
        edge = edge::read(ledger, resource, names, scope);
        key = edge.as_ref().map(edge::key);
    }
    let entry = resource.get(shape.keyword())?;
    let range = entry.value.range.clone();
    let name = entry.name(ledger, &names::SNAKE)?;
    Some((Row { name, shape, key: key.unwrap_or(Expr::Null), time, series, edge, fields }, range))
}

/// `an entity`, `a metric`.
pub(super) fn with_article(shape: Shape) -> String {
    let article = if matches!(shape, Shape::Metric | Shape::Distribution) { "a" } else { "an" };
    format!("{article} {}", shape.keyword())
}

/// Says which keys belong to rows of another shape.
fn misplaced(ledger: &mut Ledger<'_>, resource: &Entries<'_>, shape: Shape) {
    for (name, shapes) in OF_SHAPES {
        let Some(range) = resource.key(name).filter(|_| !shapes.contains(&shape)) else { continue };
        let this = with_article(shape);
        let title = format!("`{name}` does not go with {this} in {}", resource.what);
        let whose = either(shapes.iter().map(|shape| shape.keyword()));
        let diagnostic = Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("it goes with {whose}"));
        let place = resource.key_or_place(shape.keyword());
        let diagnostic = diagnostic.label(&place, "the rows are declared here");
        ledger.push(match (*name, shape) {
            ("key", Shape::Edge) => diagnostic.help("an edge is identified by `from`, `to` and `kind`"),
            ("key", _) => diagnostic.help("it is identified by `start_at`, `dimensions` and `bucket`"),
            _ => diagnostic,
        });
    }
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
    let right = shape.time_column();
    let article = with_article(shape);
    let mut wrong = false;
    for other in ["updated_at", "at", "start_at"].into_iter().filter(|other| *other != right) {
        let Some(range) = resource.key(other) else { continue };
        wrong = true;
        let title = format!("`{other}` does not go with {article} in {}", resource.what);
        let diagnostic = Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("{article} has `{right}`"));
        let place = resource.key_or_place(shape.keyword());
        let diagnostic = diagnostic.label(&place, "the rows are declared here");
        ledger.push(if resource.key(right).is_none() { diagnostic.did_you_mean(&range, right) } else { diagnostic });
    }
    if wrong {
        return None;
    }
    let Some(entry) = resource.get(right) else {
        if matches!(shape, Shape::Event | Shape::Metric) && resource.key(right).is_none() {
            let title = format!("`{right}` is missing in {}", resource.what);
            let place = resource.key_or_place(shape.keyword());
            let help = match shape {
                Shape::Event => "`at`: when it happened, such as `at: created_at`",
                _ => "`start_at`: where the span of time begins that the numbers are about",
            };
            let label = format!("{article} needs `{right}`");
            ledger.push(Diagnostic::error(Code::MISSING_KEY, title, &place, label).help(help));
        }
        return None;
    };
    moment_of(ledger, &entry, resource, matches!(shape, Shape::Entity | Shape::Edge), scope)
}

/// The moment under a key, in its short or its long form.
pub(super) fn moment_of(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    resource: &Entries<'_>,
    nullable: bool,
    scope: Scope<'_>,
) -> Option<Time> {
    let right = &entry.name;
    let what = format!("`{right}` of {}", resource.what);
    if !matches!(entry.value.kind, Kind::Mapping(_)) {
        return moment(ledger, entry.value, &what, nullable, TimeFormat::Rfc3339, None, scope);
    }
    let entries = Entries::read(ledger, &TIME, what.as_str(), &entry.key, entry.value)?;
    let format_entry = entries.get("format");
    let format = format_entry.as_ref().and_then(|entry| format::read(ledger, entry)).unwrap_or_default();
    let declared = format_entry.map(|entry| entry.value.range.clone());
    moment(ledger, entries.get("from")?.value, &what, nullable, format, declared, scope)
}

fn moment(
    ledger: &mut Ledger<'_>,
    node: &Node,
    what: &str,
    nullable: bool,
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
    let column = Column { what, ty: &ty, nullable, declared, node: Some(node), range };
    fit::check(ledger, &column, &typed, scope).then_some(Time { from: typed.expr, format })
}
