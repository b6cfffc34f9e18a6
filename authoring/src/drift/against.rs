//! A spec held against a document.
//!
//! A spec says less than a document: what it neither reads nor shows in its example is new, and what it reads must be there,
//! as it is read. What it does not ask with is none of its business.

use std::collections::{BTreeMap, BTreeSet};

use tapwright_model::{Connector, Resource, Type};
use tapwright_openapi::{Change, ChangeKind, Document, Facts, In, Operation, Parameter, Scope, Shape};

use super::meaning::finding;
use super::reads::{self, Credential, How, Reads, Use};
use super::takes::unfit;
use super::{Drift, endpoint, operation, servers, sizes};

/// What is said of what is gone.
const GONE: &str = "the document does not have it";

/// What a document says otherwise than a spec does.
#[must_use]
pub fn against(connector: &Connector, document: &Document) -> Drift {
    let mut drift = Drift::default();
    drift.findings.extend(servers::against(connector, document));
    for resource in &connector.resources {
        let (changes, skipped) = of_resource(connector, resource, document);
        drift.findings.extend(changes.into_iter().map(|change| finding(connector, resource, change)));
        drift.skipped.extend(skipped.map(|why| (resource.name.clone(), why)));
    }
    drift
}

/// What a document says otherwise than one resource, and why its records could not be held against it.
pub(super) fn of_resource(
    connector: &Connector,
    resource: &Resource,
    document: &Document,
) -> (Vec<Change>, Option<String>) {
    let Some(operation) = operation(connector, resource, document) else {
        return if is_described(connector, document) {
            (vec![Change::new(Scope::Operation, "", ChangeKind::OperationRemoved, "")], None)
        } else {
            (Vec::new(), Some(format!("the document does not have {}", endpoint(resource))))
        };
    };
    let mut changes = Vec::new();
    of_parameters(connector, resource, &operation, &mut changes);
    changes.extend(sizes::against(resource, &operation));
    let answer = operation.response();
    changes.extend(answer.iter().flat_map(|answer| of_answer(resource, answer)));
    let Some(record) = answer.and_then(|answer| reads::record(resource, &answer)) else {
        return (changes, Some("the document does not say what its records are".to_owned()));
    };
    of_record(resource, &record, &mut changes);
    (changes, None)
}

/// Whether a document is of the spec's API at all: one that has none of its resources is of another.
fn is_described(connector: &Connector, document: &Document) -> bool {
    connector.resources.iter().any(|resource| operation(connector, resource, document).is_some())
}

fn of_parameters(connector: &Connector, resource: &Resource, operation: &Operation<'_>, changes: &mut Vec<Change>) {
    let mut change = |field: &str, kind: ChangeKind, detail: String| {
        changes.push(Change::new(Scope::Parameter, field, kind, detail));
    };
    let asked = reads::asked(resource);
    let parameters = operation.parameters();
    let query: Vec<&Parameter> = parameters.iter().filter(|parameter| parameter.place == In::Query).collect();
    for (name, values) in &asked {
        let Some((parameter, shape)) = described(name, &query) else {
            change(name, ChangeKind::FieldRemoved, GONE.to_owned());
            continue;
        };
        if parameter.deprecated {
            change(name, ChangeKind::Deprecated, String::new());
        }
        let item = shape.items.as_deref().unwrap_or(shape);
        if let Some(known) = &item.values {
            for gone in values.iter().filter(|value| !known.contains(value)) {
                change(name, ChangeKind::EnumValueRemoved, gone.clone());
            }
        }
    }
    let proof = reads::credentials(&connector.api.auth);
    let is_proof = |name: &str| proof.iter().any(|at| matches!(at, Credential::Query(known) if *known == name));
    let is_sent = |name: &str| reads::sends(&asked, name) || is_proof(name);
    for parameter in query.iter().filter(|parameter| parameter.required && !is_sent(&parameter.name)) {
        change(&parameter.name, ChangeKind::BecameRequired, String::new());
    }
}

/// What a document says of a parameter that is sent: `ids[]` may be called `ids`, and `created[gte]` be a key of `created`.
fn described<'p>(sent: &str, query: &[&'p Parameter]) -> Option<(&'p Parameter, &'p Shape)> {
    let named = |name: &str| query.iter().copied().find(|parameter| parameter.name == name);
    let bare = sent.strip_suffix("[]").unwrap_or(sent);
    if let Some(parameter) = named(sent).or_else(|| named(bare)).or_else(|| named(&format!("{bare}[]"))) {
        return Some((parameter, &parameter.shape));
    }
    let (name, key) = bare.strip_suffix(']')?.split_once('[')?;
    let parameter = named(name)?;
    // Of an object with any keys, a document does not say which.
    let is_open = parameter.shape.properties.is_empty();
    let shape = parameter.shape.property(key).map(|property| &property.shape);
    shape.or(is_open.then_some(&parameter.shape)).map(|shape| (parameter, shape))
}

/// What says how a list goes on, and is not in an answer.
fn of_answer(resource: &Resource, answer: &Shape) -> Vec<Change> {
    let facts = answer.facts();
    let is_gone = |path: &String| !facts.contains_key(path) && !is_open(path, &facts, answer);
    let gone = |path: String| Change::new(Scope::Answer, &path, ChangeKind::FieldRemoved, GONE.to_owned());
    reads::leads_on(resource).into_iter().filter(is_gone).map(gone).collect()
}

fn of_record(resource: &Resource, record: &Shape, changes: &mut Vec<Change>) {
    let reads = reads::reads(resource);
    let keeps = |by: &str, value: &str| reads::keeps(resource, by, value);
    if let Some(variants) = &record.variants {
        of_kinds(resource, record, &reads, changes);
        if !variants.of.iter().any(|(value, _)| keeps(&variants.by, value)) {
            return;
        }
    }
    let tells = record.variants.as_ref().map(|variants| variants.by.as_str());
    let kept = record.only(keeps);
    let facts = kept.facts();
    for (path, uses) in &reads {
        of_path(path, uses, &facts, &kept, changes);
    }
    of_paths_together(resource, &reads, &facts, &kept, changes);
    of_enums(&reads, &facts, tells, changes);
    // What something is read of is known, too.
    let read = reads.keys().flat_map(|path| outer(path)).map(str::to_owned);
    let known: BTreeSet<String> = reads::shown(resource).into_iter().chain(read).collect();
    let new: Vec<&String> = facts.keys().filter(|path| is_new(path, &known, &reads)).collect();
    // What stands in something new comes with it.
    let comes_with = |path: &str| {
        new.iter().any(|outer| path.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with(['.', '['])))
    };
    for (path, fact) in facts.iter().filter(|(path, _)| new.contains(path) && !comes_with(path)) {
        let of = match &record.variants {
            Some(variants) => {
                let kept = variants.of.iter().filter(|(value, _)| keeps(&variants.by, value));
                let (has, lacks): (Vec<_>, Vec<_>) = kept.partition(|(_, shape)| shape.facts().contains_key(path));
                if lacks.is_empty() { Vec::new() } else { has.into_iter().map(|(value, _)| value.clone()).collect() }
            }
            None => Vec::new(),
        };
        let required = if fact.required { "required" } else { "optional" };
        let kinds = if fact.nullable { format!("{}?", fact.kinds) } else { fact.kinds.clone() };
        let change = Change::new(Scope::Record, path, ChangeKind::FieldAdded, format!("{kinds} {required}"));
        changes.push(Change { of, ..change });
    }
}

/// Which kinds of records there are.
fn of_kinds(resource: &Resource, record: &Shape, reads: &Reads<'_>, changes: &mut Vec<Change>) {
    let Some(variants) = &record.variants else { return };
    let known: BTreeSet<&str> = reads.get(&variants.by).into_iter().flatten().flat_map(enum_values).collect();
    if known.is_empty() {
        return;
    }
    let there: BTreeSet<&str> = variants.of.iter().map(|(value, _)| value.as_str()).collect();
    let kept = |value: &str| reads::keeps(resource, &variants.by, value);
    let mut change = |value: &str, kind: ChangeKind| {
        let change = Change::new(Scope::Record, &variants.by, kind, value);
        changes.push(Change { of: vec![value.to_owned()], ..change });
    };
    there.difference(&known).filter(|value| kept(value)).for_each(|value| change(value, ChangeKind::EventTypeAdded));
    known.difference(&there).filter(|value| kept(value)).for_each(|value| change(value, ChangeKind::EventTypeRemoved));
}

fn enum_values<'u>(used: &'u Use<'_>) -> impl Iterator<Item = &'u str> {
    let values = if let Type::Enum(known) = &used.ty { known.values.as_slice() } else { &[] };
    values.iter().map(String::as_str)
}

/// Whether what is read is there, as it is read.
fn of_path(path: &str, uses: &[Use<'_>], facts: &Facts, record: &Shape, changes: &mut Vec<Change>) {
    let mut change = |kind: ChangeKind, detail: String| changes.push(Change::new(Scope::Record, path, kind, detail));
    let Some(fact) = facts.get(path) else {
        // Of what may have any keys, a document does not say which.
        if !is_open(path, facts, record) && uses.iter().any(|used| used.how.needs()) {
            change(ChangeKind::FieldRemoved, GONE.to_owned());
        }
        return;
    };
    for used in uses.iter().filter(|used| used.how == How::Itself) {
        if let Some(takes) = unfit(&used.ty, path, &fact.kinds) {
            change(ChangeKind::TypeChanged, format!("{takes} -> {}", fact.kinds));
            break;
        }
    }
    let strict = uses.iter().any(|used| used.how == How::Itself && !used.nullable);
    if strict && is_nullable(path, facts) {
        change(ChangeKind::BecameNullable, String::new());
    } else if strict && is_optional(path, facts) {
        change(ChangeKind::BecameOptional, String::new());
    }
    // What is said to be deprecated where it is read, is known.
    if fact.deprecated && uses.iter().any(|used| !used.told) {
        change(ChangeKind::Deprecated, String::new());
    }
}

/// Whether what is gone by is there without being in a row, and one of what a column takes the first of that is there.
fn of_paths_together(resource: &Resource, reads: &Reads<'_>, facts: &Facts, record: &Shape, changes: &mut Vec<Change>) {
    let is_gone = |path: &str| !facts.contains_key(path) && !is_open(path, facts, record);
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, uses) in reads {
        for used in uses.iter().filter(|used| !used.how.needs()) {
            of.entry(used.column).or_default().push(path);
        }
    }
    let by = reads::goes_by(resource);
    let mut alternatives: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, how, says) in &by {
        // What is needed stands alone.
        let of = if how.needs() { path.as_str() } else { *says };
        alternatives.entry(of).or_default().push(path);
    }
    for paths in of.values().chain(alternatives.values()).filter(|paths| paths.iter().all(|path| is_gone(path))) {
        for path in paths {
            let change = Change::new(Scope::Record, path, ChangeKind::FieldRemoved, GONE);
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
}

/// The paths that a path stands below, from the nearest, and itself first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('.').and_then(|at| path.get(..at)))
}

fn is_nullable(path: &str, facts: &Facts) -> bool {
    above(path).any(|path| facts.get(path).is_some_and(|fact| fact.nullable))
}

/// Whether a value may be missing. An object of which nothing is required says nothing of that: many documents never do.
fn is_optional(path: &str, facts: &Facts) -> bool {
    let within = |path: &str| path.rfind('.').map_or("", |at| path.get(..at).unwrap_or_default()).to_owned();
    let tells = |path: &str| {
        let of = within(path);
        facts.iter().any(|(other, fact)| fact.required && !other.ends_with("[]") && within(other) == of)
    };
    above(path).any(|path| {
        let may = facts.get(path).is_some_and(|fact| !fact.required && !path.ends_with(".*"));
        may && tells(path)
    })
}

/// Whether a document does not say which keys there are where a path leads.
fn is_open(path: &str, facts: &Facts, record: &Shape) -> bool {
    let says_nothing = |path: &str| {
        let Some(fact) = facts.get(path) else { return false };
        let within =
            facts.range(format!("{path}.")..).next().is_some_and(|(next, _)| next.starts_with(&format!("{path}.")));
        fact.kinds == "any" || !within && fact.kinds.contains("object") || facts.contains_key(&format!("{path}.*"))
    };
    let at_all = record.kinds.is_empty() || record.properties.is_empty();
    at_all || above(path).skip(1).any(says_nothing)
}

/// Whether the values of enums are those of the spec. A column may be made of several paths, and has the values of all.
fn of_enums(reads: &Reads<'_>, facts: &Facts, tells: Option<&str>, changes: &mut Vec<Change>) {
    let mut columns: BTreeMap<&str, Vec<(&str, &Use<'_>)>> = BTreeMap::new();
    for (path, uses) in reads {
        for used in
            uses.iter().filter(|used| matches!(used.how, How::Itself | How::OneOf) && matches!(used.ty, Type::Enum(_)))
        {
            columns.entry(used.column).or_default().push((path, used));
        }
    }
    let mut found: Vec<Change> = Vec::new();
    for paths in columns.values().filter(|paths| !paths.iter().any(|(path, _)| Some(*path) == tells)) {
        let known: BTreeSet<&str> = paths.iter().flat_map(|(_, used)| enum_values(used)).collect();
        let mut there: BTreeSet<&str> = BTreeSet::new();
        let mut listed = true;
        for (path, _) in paths {
            match facts.get(*path).map(|fact| &fact.values) {
                Some(Some(values)) => {
                    for value in values {
                        if !known.contains(value.as_str()) {
                            found.push(Change::new(Scope::Record, path, ChangeKind::EnumValueAdded, value.clone()));
                        }
                        there.insert(value);
                    }
                }
                // A text that may be anything may be what the spec lists.
                Some(None) => listed = false,
                None => {}
            }
        }
        if listed && !there.is_empty() {
            let first = paths.iter().map(|(path, _)| *path).find(|path| facts.contains_key(*path)).unwrap_or_default();
            let gone = known.difference(&there);
            found.extend(gone.map(|gone| Change::new(Scope::Record, first, ChangeKind::EnumValueRemoved, *gone)));
        }
    }
    // Two columns may be made of one path.
    for change in found {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
}

/// Whether a path is neither read, nor shown, nor within what is read or shown as a whole.
fn is_new(path: &str, known: &BTreeSet<String>, reads: &Reads<'_>) -> bool {
    if known.contains(path) || path.ends_with(".*") || path.contains(".*.") || path.contains(".*[") {
        return false;
    }
    let item = path.strip_suffix("[]");
    // Of a list that is known, the items are, if nothing of them is shown.
    if item.is_some_and(|list| known.contains(list)) {
        return false;
    }
    let is_kept = |path: &str| {
        reads.get(path).is_some_and(|uses| uses.iter().any(|used| used.ty == Type::Json && used.how == How::Itself))
    };
    !outer(path).skip(1).any(is_kept)
}

/// What a path stands in, lists and their items each for itself, from the nearest; itself first.
fn outer(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.strip_suffix("[]").or_else(|| path.rsplit_once('.').map(|(outer, _)| outer))
    })
}
