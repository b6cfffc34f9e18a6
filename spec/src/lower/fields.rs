//! `fields`: the columns of a row besides its key and time.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic, Ledger};
use crate::expr::{Example, Scope, Typed, check, own_path};
use crate::keys::FIELD;
use crate::model::{Expr, Field, Shape, TimeFormat, Type};
use crate::names;
use crate::shape::{Entries, Entry, check_name};
use crate::suggest::{either, is_respelt, is_slip};
use crate::yaml::{Kind, Node};

use super::fit::{self, Column};
use super::format as time_format;
use super::{Names, rust_names};

/// The types that are built in.
const BUILT_IN: &[(&str, Type)] = &[
    ("string", Type::String),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("decimal", Type::Decimal),
    ("boolean", Type::Boolean),
    ("timestamp", Type::Timestamp(TimeFormat::Rfc3339)),
    ("date", Type::Date),
    ("json", Type::Json),
    ("list of string", Type::List),
];

/// What other languages call them.
const FOREIGN: &[(&str, &str)] = &[
    ("text", "string"),
    ("str", "string"),
    ("uuid", "string"),
    ("int", "integer"),
    ("long", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("money", "decimal"),
    ("bool", "boolean"),
    ("datetime", "timestamp"),
    ("time", "timestamp"),
    ("object", "json"),
    ("any", "json"),
    ("array", "list of string"),
    ("list", "list of string"),
];

/// Prefixes of columns that a store adds of its own.
const RESERVED: &[&str] = &["_tapwright", "_generation"];

/// Reads the fields of a resource.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    resource: &str,
    shape: Option<Shape>,
    names: &Names,
    scope: Scope<'_>,
    example: Example<'_>,
) -> Vec<Field> {
    let mut members = rust_names::Members::default();
    let implied = shape.map_or(&["id"] as &[&str], Shape::implied);
    for name in implied {
        members.implied(name, &entry.key);
    }
    let found = entry.names(ledger);
    if found.is_empty() && matches!(entry.value.kind, Kind::Mapping(_)) {
        let title = format!("`fields` of {resource} is empty");
        ledger.push(Diagnostic::error(Code::EMPTY, title, &entry.key, "it needs at least one field"));
    }
    let mut fields = Vec::with_capacity(found.len());
    for entry in &found {
        let has_name =
            if implied.contains(&entry.name.as_str()) || RESERVED.iter().any(|prefix| entry.name.starts_with(prefix)) {
                reserved(ledger, entry, resource);
                false
            } else {
                check_name(ledger, "a field", &entry.name, &entry.key, &names::FIELD)
                    && members.add(ledger, "field", &entry.name, &entry.key)
            };
        // Two members of one name would be compile errors of their own.
        fields.extend(field(ledger, entry, resource, names, scope, example).filter(|_| has_name));
    }
    fields
}

fn reserved(ledger: &mut Ledger<'_>, entry: &Entry<'_>, resource: &str) {
    let name = &entry.name;
    let title = match RESERVED.iter().find(|prefix| name.starts_with(**prefix)) {
        Some(prefix) => format!("field `{name}` of {resource} begins with `{prefix}`"),
        None => format!("field `{name}` of {resource} has the name of a column that is there anyway"),
    };
    let diagnostic = Diagnostic::error(Code::RESERVED_NAME, title, &entry.key, "kept for a column");
    ledger.push(match name.as_str() {
        "id" => diagnostic.help("`key` makes the column `id`; give this one another name, or take it out"),
        "from_id" | "to_id" => diagnostic.help("the ends of the edge make the columns; take this one out"),
        "at" | "updated_at" | "start_at" | "end_at" | "kind" => diagnostic
            .help(format!("the resource's `{name}` makes the column; give this one another name, or take it out")),
        _ => diagnostic.help("give it another name"),
    });
}

fn field(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    resource: &str,
    names: &Names,
    scope: Scope<'_>,
    example: Example<'_>,
) -> Option<Field> {
    let what = format!("field `{}` of {resource}", entry.name);
    let short = entry.value.scalar().is_some() && !entry.value.is_null();
    let entries =
        if short { None } else { Some(Entries::read(ledger, &FIELD, what.as_str(), &entry.key, entry.value)?) };
    let get = |key: &str| entries.as_ref().and_then(|entries| entries.get(key));
    let key = |key: &str| entries.as_ref().and_then(|entries| entries.key(key));

    let description = get("description").and_then(|entry| entry.text(ledger)).unwrap_or_default();
    let references = get("references").and_then(|entry| references(ledger, &entry, names));
    let format = get("format").and_then(|entry| time_format::read(ledger, &entry));
    let ty_node = if short { Some(entry.value) } else { get("type").map(|entry| entry.value) };
    let ty = ty_node.and_then(|node| ty(ledger, node, &what, names));
    let from_node = get("from").map(|entry| entry.value);
    let Some((mut ty, nullable, optional_mark)) = ty else {
        // The type is wrong; what it is made of may be wrong too.
        if let Some(node) = from_node {
            check(ledger, node, &format!("`from` of {what}"), scope);
        }
        return None;
    };
    let declared = ty_node.map(|node| node.part(&(0..optional_mark)));
    match (&mut ty, format) {
        (Type::Timestamp(format), Some(written)) => *format = written,
        (_, Some(_)) => conflicting(ledger, key("format"), declared.as_ref(), &what, "format", "`timestamp`"),
        _ => {}
    }
    if references.is_some() && !matches!(ty, Type::String | Type::List) {
        conflicting(ledger, key("references"), declared.as_ref(), &what, "references", "`string`");
    }
    let made = if key("from").is_some() {
        from_node.and_then(|node| {
            let typed = check(ledger, node, &format!("`from` of {what}"), scope)?;
            Some((node.part(&typed.part), Some(node), typed))
        })
    } else {
        own(ledger, entry, ty_node, &ty, &what, example).map(|typed| (entry.key.clone(), None, typed))
    };
    let from = made.and_then(|(range, node, typed)| {
        if typed.constant {
            warn_constant(ledger, &what, &range);
        }
        let column = Column { what: &what, ty: &ty, nullable, declared, node, range };
        fit::check(ledger, &column, &typed, scope).then_some(typed.expr)
    });
    let from = from.unwrap_or(Expr::Null);
    Some(Field { name: entry.name.clone(), description, ty, nullable, from, references })
}

fn warn_constant(ledger: &mut Ledger<'_>, what: &str, range: &Range<usize>) {
    let title = format!("{what} is always the same");
    ledger.push(
        Diagnostic::warning(Code::CONSTANT, title, range, "nothing of the record is in it")
            .help("a path of the record stands without quotes inside the expression"),
    );
}

fn conflicting(
    ledger: &mut Ledger<'_>,
    key: Option<Range<usize>>,
    declared: Option<&Range<usize>>,
    what: &str,
    name: &str,
    goes_with: &str,
) {
    let Some(range) = key else { return };
    let title = format!("`{name}` does not go with the type of {what}");
    let diagnostic = Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("it goes with {goes_with}"));
    ledger.push(match declared {
        Some(declared) => diagnostic.label(declared, "the type stands here"),
        None => diagnostic,
    });
}

/// The path of the field's own name.
fn own(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    ty_node: Option<&Node>,
    ty: &Type,
    what: &str,
    example: Example<'_>,
) -> Option<Typed> {
    let missing = match own_path(&entry.name, *ty == Type::List, example) {
        Ok(typed) => return Some(typed),
        Err(missing) => missing,
    };
    let title = format!("{what} is not in the example");
    let mut diagnostic = Diagnostic::error(
        Code::UNKNOWN_PATH,
        title,
        &entry.key,
        "no such key, and no `from` that says what it is made of",
    );
    if let Some(place) = example.key {
        diagnostic = diagnostic.label(place, format!("its keys: {}", missing.keys));
    }
    let Some(meant) = missing.meant else {
        ledger.push(diagnostic.help("say with `from` what it is made of, or complete the example"));
        return None;
    };
    let diagnostic = diagnostic.help(format!("did you mean `from: {meant}`?"));
    let quoted = if meant.contains(['[', '"']) { format!("'{meant}'") } else { meant };
    let written = ty_node.map(|node| (node, ledger.source.slice(&node.range)));
    ledger.push(match written {
        Some((node, ty)) if entry.value.scalar().is_some() => {
            diagnostic.patch(&node.range, format!("{{ type: {ty}, from: {quoted} }}"))
        }
        Some((node, _)) if ledger.source.slice(&entry.value.range).starts_with('{') => {
            diagnostic.patch(&(node.range.end..node.range.end), format!(", from: {quoted}"))
        }
        _ => diagnostic,
    });
    None
}

/// A type, whether null is one of its values, and how many bytes of the text are the type without its `?`.
fn ty(ledger: &mut Ledger<'_>, node: &Node, what: &str, names: &Names) -> Option<(Type, bool, usize)> {
    let entry = Entry { name: "type".to_owned(), key: node.range.clone(), value: node, of: what.to_owned() };
    let text = entry.text(ledger)?;
    let (name, nullable) = text.strip_suffix('?').map_or((text.as_str(), false), |name| (name.trim_end(), true));
    if let Some((_, ty)) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name) {
        return Some((ty.clone(), nullable, name.len()));
    }
    if let Some(declaration) = names.enums.used(name) {
        return Some((Type::Enum(declaration.value.clone()?), nullable, name.len()));
    }
    let range = node.part(&(0..name.len()));
    let title = format!("unknown type `{name}` of {what}");
    let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, title, &range, "no such type");
    let known = || BUILT_IN.iter().map(|(name, _)| *name).chain(names.enums.names());
    let foreign = FOREIGN.iter().find(|(foreign, _)| foreign.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours);
    let meant = foreign.or_else(|| ledger.nearest(name, known()));
    ledger.push(match meant {
        Some(meant) => {
            let built_in = BUILT_IN.iter().any(|(name, _)| *name == meant);
            let certain = if built_in { is_slip(name, meant, known()) } else { is_respelt(name, meant, known()) };
            diagnostic.did_you_mean(&range, meant).certainty(Certainty::when(certain))
        }
        None => diagnostic.help(format!(
            "a type is {}, or one declared under `types`",
            either(BUILT_IN.iter().take(8).map(|(name, _)| *name))
        )),
    });
    None
}

fn references(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<String> {
    let name = entry.text(ledger)?;
    if names.resources.used(&name).is_some() {
        return Some(name);
    }
    let range = entry.value.range.clone();
    let title = format!("unknown resource `{name}` in {}", entry.what());
    let diagnostic = Diagnostic::error(Code::UNKNOWN_RESOURCE, title, &range, "`resources` does not declare it");
    let diagnostic = names.resources.suggest(ledger, diagnostic, &name, &range, "resources");
    ledger.push(diagnostic);
    None
}
