//! A spec held against a document.
//!
//! A spec says less than a document: what it neither reads nor shows in its example is new, and what it reads must be there,
//! as it is read. What it does not ask with is none of its business.

use std::collections::{BTreeMap, BTreeSet};

use tapwright_model::{Connector, Resource, Type};
use tapwright_openapi::{Change, ChangeKind, Document, Facts, In, Operation, Scope, Shape};

use super::meaning::finding;
use super::reads::{self, How, Reads, Use};
use super::takes::unfit;
use super::{Drift, endpoint, operation, servers, sizes};

/// What a document says otherwise than a spec does.
#[must_use]
pub fn against(connector: &Connector, document: &Document) -> Drift {
    let mut drift = Drift::default();
    drift.findings.extend(servers::against(connector, document));
    for resource in &connector.resources {
        let mut changes = Vec::new();
        match operation(connector, resource, document) {
            None if is_described(connector, document) => {
                changes.push(Change::new(Scope::Operation, "", ChangeKind::OperationRemoved, ""));
            }
            None => {
                let why = format!("the document does not have {}", endpoint(resource));
                drift.skipped.push((resource.name.clone(), why));
                continue;
            }
            Some(operation) => {
                of_parameters(resource, &operation, &mut changes);
                changes.extend(sizes::against(resource, &operation));
                let answer = operation.response();
                changes.extend(answer.iter().flat_map(|answer| of_answer(resource, answer)));
                match answer.and_then(|answer| reads::record(resource, &answer)) {
                    Some(record) => of_record(resource, &record, &mut changes),
                    None => {
                        let why = "the document does not say what its records are".to_owned();
                        drift.skipped.push((resource.name.clone(), why));
                    }
                }
            }
        }
        drift.findings.extend(changes.into_iter().map(|change| finding(resource, change)));
    }
    drift
}

/// Whether a document is of the spec's API at all: one that has none of its resources is of another.
fn is_described(connector: &Connector, document: &Document) -> bool {
    connector.resources.iter().any(|resource| operation(connector, resource, document).is_some())
}

fn of_parameters(resource: &Resource, operation: &Operation<'_>, changes: &mut Vec<Change>) {
    let mut change = |field: &str, kind: ChangeKind, detail: String| {
        changes.push(Change::new(Scope::Parameter, field, kind, detail));
    };
    let asked = reads::asked(resource);
    let parameters = operation.parameters();
    let query = || parameters.iter().filter(|parameter| parameter.place == In::Query);
    for (name, values) in &asked {
        let Some(parameter) =
            query().find(|parameter| parameter.name.trim_end_matches("[]") == name.trim_end_matches("[]"))
        else {
            change(name, ChangeKind::FieldRemoved, "the document does not have it".to_owned());
            continue;
        };
        if parameter.deprecated {
            change(name, ChangeKind::Deprecated, String::new());
        }
        let item = parameter.shape.items.as_deref().unwrap_or(&parameter.shape);
        if let Some(known) = &item.values {
            for gone in values.iter().filter(|value| !known.contains(value)) {
                change(name, ChangeKind::EnumValueRemoved, gone.clone());
            }
        }
    }
    for parameter in query().filter(|parameter| parameter.required && !asked.contains_key(&parameter.name)) {
        change(&parameter.name, ChangeKind::BecameRequired, String::new());
    }
}

/// What says how a list goes on, and is not in an answer.
fn of_answer(resource: &Resource, answer: &Shape) -> Vec<Change> {
    let facts = answer.facts();
    let is_gone = |path: &String| !facts.contains_key(path) && !is_open(path, &facts, answer);
    let gone = |path: String| {
        Change::new(Scope::Answer, &path, ChangeKind::FieldRemoved, "the document does not have it".to_owned())
    };
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
    of_enums(&reads, &facts, tells, changes);
    let known: BTreeSet<String> = reads::shown(resource).into_iter().chain(reads.keys().cloned()).collect();
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
        if !is_open(path, facts, record) && uses.iter().any(|used| used.how == How::Itself) {
            change(ChangeKind::FieldRemoved, "the document does not have it".to_owned());
        }
        return;
    };
    for used in uses.iter().filter(|used| used.how == How::Itself) {
        // A list that is made of items is held against them.
        let ty = if used.ty == Type::List && path.ends_with("[]") { &Type::String } else { &used.ty };
        if let Some(takes) = unfit(ty, &fact.kinds) {
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

/// The paths that a path stands below, from the nearest, and itself first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('.').and_then(|at| path.get(..at)))
}

fn is_nullable(path: &str, facts: &Facts) -> bool {
    above(path).any(|path| facts.get(path).is_some_and(|fact| fact.nullable))
}

fn is_optional(path: &str, facts: &Facts) -> bool {
    above(path).any(|path| facts.get(path).is_some_and(|fact| !fact.required && !path.ends_with(".*")))
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
        for used in uses.iter().filter(|used| used.how != How::Part && matches!(used.ty, Type::Enum(_))) {
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
    let mut outer = path;
    while let Some(at) = outer.rfind(['.', '[']) {
        outer = outer.get(..at).unwrap_or_default();
        if is_kept(outer) {
            return false;
        }
    }
    true
}
