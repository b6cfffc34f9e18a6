//! `for_each`: a resource that is read once for each row of another, for each of some values, or for each combination.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Column, Given, GivenIs, Null, Ty};
use crate::glob;
use crate::keys::FOR_EACH;
use crate::model::{Action, Each, EachOf, ErrorRule, Field, Resource, Row, SettingKind, Type, each_given};
use crate::names;
use crate::shape::{Entries, Entry, check_name};
use crate::suggest::listed;
use crate::yaml::{Kind, Node};

use super::Names;
use super::templates::Templates;

/// What is known of the resources that were read so far.
pub(super) type Rows = HashMap<String, Known>;

/// What is known of a resource that another is read for the rows of.
pub(super) struct Known {
    columns: Vec<Column>,
    /// Whether the API can be asked for what has changed.
    tells_changes: bool,
}

/// Names that begin a path and stand for something else.
const TAKEN: &[&str] = &["config", "last", "headers", "window"];

/// The order in which resources are read: places in the order written, a parent before its children. Of those that go
/// in a circle the ledger knows.
pub(super) fn order(ledger: &mut Ledger<'_>, entries: &[Entry<'_>]) -> Vec<usize> {
    let places: HashMap<&str, usize> =
        entries.iter().enumerate().map(|(at, entry)| (entry.name.as_str(), at)).rev().collect();
    let parents: Vec<Vec<usize>> = entries
        .iter()
        .map(|entry| named(entry.value).into_iter().filter_map(|name| places.get(name).copied()).collect())
        .collect();
    let above: Vec<HashSet<usize>> = (0..entries.len()).map(|at| reached(&parents, at)).collect();
    let leads = |from: usize, to: usize| above.get(from).is_some_and(|above| above.contains(&to));
    for (at, entry) in entries.iter().enumerate() {
        let names_itself = parents.get(at).is_some_and(|parents| parents.contains(&at));
        // Told once of each circle, at the first of it; one that names itself is told where it does.
        if leads(at, at) && !names_itself && !(0..at).any(|before| leads(at, before) && leads(before, at)) {
            circle(ledger, &entry.name, &entry.key);
        }
    }
    // A parent has fewer above it than its child has.
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| above.get(*at).map_or(0, HashSet::len));
    order
}

/// All that a place leads to.
fn reached(parents: &[Vec<usize>], from: usize) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for parent in parents.get(at).into_iter().flatten() {
            if found.insert(*parent) {
                open.push(*parent);
            }
        }
    }
    found
}

/// The resources that a resource's `for_each` names.
fn named(resource: &Node) -> Vec<&str> {
    let Some(Kind::Mapping(pairs)) = resource.member("for_each").map(|node| &node.kind) else { return Vec::new() };
    let mut found: Vec<&Node> = Vec::new();
    for (_, value) in pairs {
        found.extend([Some(value), value.member("resource")].into_iter().flatten());
        if let Some(Kind::Sequence(items)) = value.member("any_of").map(|node| &node.kind) {
            found.extend(items);
        }
    }
    found.into_iter().filter_map(|node| Some(node.scalar()?.text.as_str())).collect()
}

/// Reads `for_each` of the resource `of`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &str, names: &Names, rows: &Rows) -> Vec<Each> {
    let found = entry.names(ledger);
    if found.is_empty() && matches!(entry.value.kind, Kind::Mapping(_)) {
        let title = format!("{} is empty", entry.what());
        ledger.push(
            Diagnostic::error(Code::EMPTY, title, &entry.key, "for each of what?")
                .help("write a name and a resource, such as `{ repository: repositories }`, or values: `{ state: [open, closed] }`"),
        );
    }
    let mut all: Vec<Each> = Vec::new();
    let mut first_changed: Option<Range<usize>> = None;
    for entry in found {
        if let (Some(first), Some(key)) = (&first_changed, only(&entry)) {
            let title = format!("{} says `only` twice", entry.of);
            ledger.push(
                Diagnostic::error(Code::CONFLICTING_KEYS, title, &key, "here again")
                    .label(first, "it stands here")
                    .help("what has changed is kept of one resource: of the others all rows are gone through"),
            );
        }
        first_changed = first_changed.or_else(|| only(&entry));
        all.extend(one(ledger, &entry, of, names, rows));
    }
    all
}

fn only(entry: &Entry<'_>) -> Option<Range<usize>> {
    entry.value.member("only").map(|node| node.range.clone())
}

/// Reads one name of `for_each`, and what it stands for.
fn one(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &str, names: &Names, rows: &Rows) -> Option<Each> {
    let right = check_name(ledger, "a name of `for_each`", &entry.name, &entry.key, &names::SNAKE);
    if TAKEN.contains(&entry.name.as_str()) {
        let title = format!("nothing of `for_each` can be named `{}`", entry.name);
        let label = "a path that begins so is something else";
        ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, &entry.key, label));
        return None;
    }
    // What is wrong is something all the same, so that nothing more is said of what speaks of it.
    let unknown = || match entry.value.member("each") {
        Some(_) => EachOf::Values(Vec::new()),
        None => EachOf::Rows { resources: vec![String::new()], changed: false },
    };
    let of = match &entry.value.kind {
        Kind::Sequence(_) => EachOf::Values(values(ledger, entry)),
        Kind::Mapping(_) => long(ledger, entry, of, names, rows).unwrap_or_else(unknown),
        _ => {
            let resource = entry.text(ledger)?;
            known(ledger, entry, &resource, &entry.value.range, of, names);
            EachOf::Rows { resources: vec![resource], changed: false }
        }
    };
    right.then(|| Each { name: entry.name.clone(), of })
}

/// Texts that stand in the spec.
fn values(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Vec<String> {
    let texts = entry.texts(ledger);
    if matches!(&entry.value.kind, Kind::Sequence(items) if items.is_empty()) {
        let title = format!("{} is empty", entry.what());
        let diagnostic = Diagnostic::error(Code::EMPTY, title, &entry.value.range, "for each of which values?");
        ledger.push(diagnostic.help("nothing would be read: write one value at least"));
    }
    let mut seen: HashMap<&str, &Range<usize>> = HashMap::new();
    for (text, range) in &texts {
        if let Some(first) = seen.insert(text, range) {
            let title = format!("`{text}` stands twice in {}", entry.what());
            let diagnostic = Diagnostic::error(Code::DUPLICATE_VALUE, title, range, "here again");
            ledger.push(diagnostic.label(first, "it stands here").help("its list would be read twice: take one out"));
        }
    }
    texts.into_iter().map(|(text, _)| text).collect()
}

/// The form with keys.
fn long(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &str, names: &Names, rows: &Rows) -> Option<EachOf> {
    let entries = Entries::read(ledger, &FOR_EACH, entry.what(), &entry.key, entry.value)?;
    for (key, other) in [("matching", "each"), ("only", "resource")] {
        if let (Some(range), None) = (entries.key(key), entries.key(other)) {
            let title = format!("`{key}` of {} needs `{other}`", entries.what);
            ledger.push(Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("it goes with `{other}`")));
        }
    }
    if let Some(each) = entries.get("each") {
        return each_of(ledger, &entries, &each, names);
    }
    if let Some(any) = entries.get("any_of") {
        let found = any.texts(ledger);
        let mut seen: HashSet<&str> = HashSet::new();
        for (resource, range) in &found {
            if seen.insert(resource) {
                known(ledger, &any, resource, range, of, names);
            } else {
                let title = format!("`{resource}` stands twice in {}", any.what());
                ledger.push(Diagnostic::error(Code::DUPLICATE_VALUE, title, range, "here again"));
            }
        }
        let resources: Vec<String> = found.into_iter().map(|(resource, _)| resource).collect();
        return (!resources.is_empty()).then_some(EachOf::Rows { resources, changed: false });
    }
    let entry = entries.get("resource")?;
    let resource = entry.text(ledger)?;
    known(ledger, &entry, &resource, &entry.value.range, of, names);
    let only = entries.get("only").map(|only| only.choice(ledger, &[("changed", true)]));
    let changed = only.flatten().unwrap_or(false);
    if let (true, Some(known), Some(key)) = (changed, rows.get(&resource), entries.key("only"))
        && !known.tells_changes
    {
        let title = format!("resource `{resource}` cannot be asked for what has changed");
        let label = "it has no `window` of its own, or is itself read `for_each` of something";
        ledger.push(
            Diagnostic::error(Code::CHANGES_UNKNOWN, title, &key, label)
                .help(format!("give `{resource}` `incremental` with a `window`, or take `only` out")),
        );
    }
    Some(EachOf::Rows { resources: vec![resource], changed })
}

/// `each: Type` with `matching`, or `each: config.NAME`.
fn each_of(ledger: &mut Ledger<'_>, entries: &Entries<'_>, entry: &Entry<'_>, names: &Names) -> Option<EachOf> {
    let name = entry.text(ledger)?;
    let range = entry.value.range.clone();
    if let Some(setting) = name.strip_prefix("config.") {
        if let Some(range) = entries.key("matching") {
            let title = format!("`matching` of {} goes with a type", entries.what);
            ledger.push(Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "not with a setting"));
        }
        let Some(declaration) = names.settings.used(setting) else {
            let title = format!("unknown setting `{setting}`");
            let diagnostic = Diagnostic::error(Code::UNKNOWN_SETTING, title, &range, "`config` does not declare it");
            let part = entry.value.part(&("config.".len()..name.len()));
            let diagnostic = names.settings.suggest(ledger, diagnostic, setting, &part, "config");
            ledger.push(diagnostic);
            return None;
        };
        if let Some(declared) = declaration.value.as_ref()
            && !matches!(declared.kind, SettingKind::List { .. })
        {
            let title = format!("{} is not a list", entry.what());
            ledger.push(
                Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("`config.{setting}` is a single value"))
                    .label(&declaration.range, "declared here")
                    .help("declare it as `type: list of string`"),
            );
        }
        if let Some(declared) = declaration.value.as_ref()
            && matches!(declared.kind, SettingKind::List { default: None })
            && !declared.required
        {
            let title = format!("{} may be missing", entry.what());
            ledger.push(
                Diagnostic::error(
                    Code::MAY_BE_NULL,
                    title,
                    &range,
                    "nothing would be read when the setting is not given",
                )
                .label(&declaration.range, "declared here")
                .help("take the `?` off the setting's type, or give it a default"),
            );
        }
        return Some(EachOf::Setting(setting.to_owned()));
    }
    let Some(declaration) = names.enums.used(&name) else {
        let title = format!("unknown type `{name}` of {}", entries.what);
        let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, title, &range, "no such type");
        let diagnostic = names.enums.suggest(ledger, diagnostic, &name, &range, "types");
        ledger.push(diagnostic);
        return None;
    };
    let all = &declaration.value.as_ref()?.values;
    let pattern = entries.get("matching").and_then(|entry| Some((entry.text(ledger)?, entry.value.range.clone())));
    let fits = |value: &&String| pattern.as_ref().is_none_or(|(pattern, _)| glob::matches(pattern, value));
    let values: Vec<String> = all.iter().filter(fits).cloned().collect();
    if let (true, Some((pattern, range))) = (values.is_empty(), &pattern) {
        let title = format!("no value of type `{name}` matches `{pattern}`");
        ledger.push(
            Diagnostic::error(Code::MATCHES_NOTHING, title, range, "matches nothing")
                .label(&declaration.range, "the type stands here")
                .help(format!("its values are {}", listed(all.iter().map(String::as_str)))),
        );
        return None;
    }
    Some(EachOf::Values(values))
}

/// Says where a resource does not exist, or is the one that is being read.
fn known(ledger: &mut Ledger<'_>, entry: &Entry<'_>, resource: &str, range: &Range<usize>, of: &str, names: &Names) {
    if names.resources.used(resource).is_none() {
        let title = format!("unknown resource `{resource}` in {}", entry.of);
        let diagnostic = Diagnostic::error(Code::UNKNOWN_RESOURCE, title, range, "`resources` does not declare it");
        let diagnostic = names.resources.suggest(ledger, diagnostic, resource, range, "resources");
        ledger.push(diagnostic);
    } else if resource == of {
        circle(ledger, of, range);
    }
}

/// Says that a resource is, in the end, read for each of its own rows.
fn circle(ledger: &mut Ledger<'_>, of: &str, range: &Range<usize>) {
    let title = format!("resource `{of}` is read for each of its own rows");
    ledger.push(
        Diagnostic::error(Code::FOR_EACH_CIRCLE, title, range, "its `for_each` leads back to it")
            .help("the first of a chain of resources is read without `for_each`"),
    );
}

/// What expressions may say of what `for_each` gives.
pub(super) fn given(each: &[Each], rows: &Rows) -> Vec<Given> {
    let is = |of: &EachOf| match of {
        EachOf::Values(_) | EachOf::Setting(_) => GivenIs::Value,
        EachOf::Rows { resources, .. } => {
            let columns = |resource: &String| rows.get(resource).map(|known| known.columns.as_slice());
            let all: Option<Vec<&[Column]>> = resources.iter().map(columns).collect();
            GivenIs::Row { of: resources.join("` or `"), columns: all.map(|all| common(&all)) }
        }
    };
    each.iter().map(|each| Given { name: each.name.clone(), is: is(&each.of) }).collect()
}

/// The columns that all have, of types that go together.
fn common(all: &[&[Column]]) -> Vec<Column> {
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    let in_all = |column: &Column| {
        rest.iter().try_fold(column.clone(), |so_far, columns| {
            let other = columns.iter().find(|other| other.name == column.name)?;
            Some(Column { ty: so_far.ty.or(&other.ty)?, null: so_far.null.max(other.null), ..so_far })
        })
    };
    first.iter().filter_map(in_all).collect()
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

/// Whether the request differs from one of each to the next; if not, the ledger knows.
pub(super) fn asked_for(ledger: &mut Ledger<'_>, templates: &Templates<'_>, all: &[Each], entries: &Entries<'_>) {
    let (Some(entry), true) = (entries.get("for_each"), templates.path.is_some()) else { return };
    let mut spoken: HashSet<&str> = HashSet::new();
    templates.each(&mut |expr| {
        each_given(expr, &mut |name, _| {
            spoken.insert(name);
        });
    });
    for each in all.iter().filter(|each| !spoken.contains(each.name.as_str())) {
        let (what, whose, part) = match &each.of {
            EachOf::Rows { resources, .. } => {
                (format!("each row of `{}`", resources.join("` or `")), "row", format!("{}.id", each.name))
            }
            EachOf::Values(_) | EachOf::Setting(_) => (format!("each `{}`", each.name), "value", each.name.clone()),
        };
        let title = format!("the request of {} is the same for {what}", entries.what);
        let key = key_of(entry.value, &each.name).unwrap_or_else(|| entry.key.clone());
        ledger.push(
            Diagnostic::error(Code::PARENT_UNUSED, title, &key, format!("nothing of the {whose} is asked for"))
                .help(format!("put it into `get` or `query`, such as `{{{part}}}`, or take it out of `for_each`")),
        );
    }
}

fn key_of(node: &Node, name: &str) -> Option<Range<usize>> {
    let Kind::Mapping(pairs) = &node.kind else { return None };
    let (key, _) = pairs.iter().find(|(key, _)| key.scalar().is_some_and(|scalar| scalar.text == name))?;
    Some(key.range.clone())
}

/// What the children of a resource may know of it.
pub(super) fn known_of(resource: &Resource) -> Known {
    let windowed = resource.incremental.as_ref().is_some_and(|incremental| incremental.window.is_some());
    Known { columns: columns(&resource.row), tells_changes: windowed && resource.for_each.is_empty() }
}

/// The columns of a row, as expressions of its children see them.
fn columns(row: &Row) -> Vec<Column> {
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
