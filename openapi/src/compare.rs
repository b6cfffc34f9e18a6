//! What changed of an operation between two documents, for one who reads its answers.
//!
//! Resolved shapes are compared: an order, a wording, an example, and where a schema stands make no difference.

use std::collections::BTreeSet;
use std::fmt;

use crate::operation::In;
use crate::{Fact, Facts, Operation, Parameter, Shape, Variants};

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub scope: Scope,
    /// The path of the value, or the parameter's name.
    pub field: String,
    /// Of records of several kinds: which kinds have changed so; empty when all have.
    pub of: Vec<String>,
    /// What.
    pub kind: ChangeKind,
    /// Before and after, or what there is now, in a few words.
    pub detail: String,
}

/// What a change is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The API as a whole.
    Api,
    /// The operation as a whole.
    Operation,
    /// What it can be asked with.
    Parameter,
    /// The records that it answers with.
    Record,
    /// What stands beside the records in its answers.
    Answer,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is its own name")]
pub enum ChangeKind {
    OperationRemoved,
    OperationAdded,
    FieldAdded,
    FieldRemoved,
    TypeChanged,
    FormatChanged,
    BecameNullable,
    BecameNonNullable,
    BecameOptional,
    BecameRequired,
    EnumIntroduced,
    EnumDropped,
    EnumValueAdded,
    EnumValueRemoved,
    Deprecated,
    Undeprecated,
    EventTypeAdded,
    EventTypeRemoved,
    MaximumChanged,
    MaximumExceeded,
    ServerRemoved,
    ServersChanged,
}

impl ChangeKind {
    /// Its name in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::OperationRemoved => "operation_removed",
            ChangeKind::OperationAdded => "operation_added",
            ChangeKind::FieldAdded => "field_added",
            ChangeKind::FieldRemoved => "field_removed",
            ChangeKind::TypeChanged => "type_changed",
            ChangeKind::FormatChanged => "format_changed",
            ChangeKind::BecameNullable => "became_nullable",
            ChangeKind::BecameNonNullable => "became_non_nullable",
            ChangeKind::BecameOptional => "became_optional",
            ChangeKind::BecameRequired => "became_required",
            ChangeKind::EnumIntroduced => "enum_introduced",
            ChangeKind::EnumDropped => "enum_dropped",
            ChangeKind::EnumValueAdded => "enum_value_added",
            ChangeKind::EnumValueRemoved => "enum_value_removed",
            ChangeKind::Deprecated => "deprecated",
            ChangeKind::Undeprecated => "undeprecated",
            ChangeKind::EventTypeAdded => "event_type_added",
            ChangeKind::EventTypeRemoved => "event_type_removed",
            ChangeKind::MaximumChanged => "maximum_changed",
            ChangeKind::MaximumExceeded => "maximum_exceeded",
            ChangeKind::ServerRemoved => "server_removed",
            ChangeKind::ServersChanged => "servers_changed",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Change {
    /// Whether one who reads as before may read wrongly, or ask in vain.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        use ChangeKind::{
            BecameNullable, BecameOptional, BecameRequired, EnumValueRemoved, EventTypeRemoved, FieldRemoved,
            FormatChanged, MaximumExceeded, OperationRemoved, ServerRemoved, TypeChanged,
        };
        match self.scope {
            Scope::Api => self.kind == ServerRemoved,
            Scope::Operation => self.kind == OperationRemoved,
            Scope::Answer => self.kind == FieldRemoved,
            Scope::Parameter => {
                matches!(self.kind, FieldRemoved | TypeChanged | BecameRequired | EnumValueRemoved | MaximumExceeded)
                    || self.kind == ChangeKind::FieldAdded
                        && !self.field.contains("[]")
                        && self.detail.ends_with("required")
            }
            Scope::Record => {
                matches!(
                    self.kind,
                    FieldRemoved
                        | TypeChanged
                        | FormatChanged
                        | BecameNullable
                        | BecameOptional
                        | EnumValueRemoved
                        | EventTypeRemoved
                )
            }
        }
    }
}

/// What changed of an operation, where `records` leads to the shape of one of its records, and `reads` says which kinds of
/// records are read: the key that tells them apart, and its value.
#[must_use]
pub fn compare(
    old: &Operation<'_>,
    new: &Operation<'_>,
    records: impl Fn(&Shape) -> Option<Shape>,
    reads: impl Fn(&str, &str) -> bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if new.is_deprecated() != old.is_deprecated() {
        let kind = if new.is_deprecated() { ChangeKind::Deprecated } else { ChangeKind::Undeprecated };
        changes.push(Change::new(Scope::Operation, "", kind, ""));
    }
    // What stands in a path is known by its place: what it is called makes no difference.
    let called = |name: &str| {
        let at = new.placeholders().position(|other| other == name);
        at.and_then(|at| old.placeholders().nth(at)).unwrap_or(name).to_owned()
    };
    let before = parameter_facts(&old.parameters(), str::to_owned);
    let after = parameter_facts(&new.parameters(), called);
    of_facts(Scope::Parameter, &before, &after, &mut changes);
    let record = |operation: &Operation<'_>| operation.response().as_ref().and_then(&records);
    match (record(old), record(new)) {
        (Some(old), Some(new)) => of_records(&old, &new, reads, &mut changes),
        (Some(_), None) => {
            changes.push(Change::new(Scope::Record, "", ChangeKind::FieldRemoved, "its answer has no records there"));
        }
        (None, Some(_)) => {
            changes.push(Change::new(Scope::Record, "", ChangeKind::FieldAdded, "its answer has records there"));
        }
        (None, None) => {}
    }
    changes
}

impl Change {
    /// A change of all kinds of records.
    #[must_use]
    pub fn new(scope: Scope, field: &str, kind: ChangeKind, detail: impl Into<String>) -> Change {
        Change { scope, field: field.to_owned(), of: Vec::new(), kind, detail: detail.into() }
    }
}

/// The facts of parameters; `called` says what one of the path is called.
fn parameter_facts(parameters: &[Parameter], called: impl Fn(&str) -> String) -> Facts {
    let mut facts = Facts::new();
    for parameter in parameters {
        let name = match parameter.place {
            In::Query => parameter.name.clone(),
            In::Path => format!("path.{}", called(&parameter.name)),
            In::Header => format!("header.{}", parameter.name),
            In::Cookie => format!("cookie.{}", parameter.name),
        };
        parameter.shape.facts_at(&name, parameter.required, &mut facts);
        if let Some(fact) = facts.get_mut(&name) {
            fact.deprecated = parameter.deprecated;
        }
    }
    facts
}

fn of_records(old: &Shape, new: &Shape, reads: impl Fn(&str, &str) -> bool, changes: &mut Vec<Change>) {
    let scope = Scope::Record;
    match (&old.variants, &new.variants) {
        (None, None) => of_facts(scope, &old.facts(), &new.facts(), changes),
        (Some(old), Some(new)) if old.by == new.by => of_variants(old, new, reads, changes),
        _ => {
            let tells = new.variants.as_ref().or(old.variants.as_ref()).map(|variants| variants.by.as_str());
            let mut news = Vec::new();
            of_facts(scope, &top(old), &top(new), &mut news);
            // Which kinds there are is said below.
            news.retain(|change| Some(change.field.as_str()) != tells);
            changes.append(&mut news);
            for (variants, kind) in
                [(&old.variants, ChangeKind::EventTypeRemoved), (&new.variants, ChangeKind::EventTypeAdded)]
            {
                let Some(variants) = variants else { continue };
                let read = variants.of.iter().filter(|(value, _)| reads(&variants.by, value));
                changes.extend(read.map(|(value, shape)| of_kind(variants, value, shape, kind)));
            }
        }
    }
}

/// What stands at the top of records of all kinds; what stands within differs from kind to kind.
fn top(shape: &Shape) -> Facts {
    let facts = shape.properties.iter().map(|property| {
        let fact = property.shape.fact(property.required);
        (property.name.clone(), Fact { values: None, format: None, ..fact })
    });
    facts.collect()
}

fn of_variants(old: &Variants, new: &Variants, reads: impl Fn(&str, &str) -> bool, changes: &mut Vec<Change>) {
    let find = |variants: &Variants, name: &str| variants.of.iter().position(|(value, _)| value == name);
    let mut met = 0;
    let mut found: Vec<(Change, Vec<String>)> = Vec::new();
    for (value, shape) in new.of.iter().filter(|(value, _)| reads(&new.by, value)) {
        let Some((_, before)) = find(old, value).and_then(|at| old.of.get(at)) else {
            changes.push(of_kind(new, value, shape, ChangeKind::EventTypeAdded));
            continue;
        };
        met += 1;
        let mut news = Vec::new();
        of_facts(Scope::Record, &before.facts(), &shape.facts(), &mut news);
        for change in news {
            match found.iter_mut().find(|(known, _)| *known == change) {
                Some((_, of)) => of.push(value.clone()),
                None => found.push((change, vec![value.clone()])),
            }
        }
    }
    for (value, shape) in old.of.iter().filter(|(value, _)| reads(&old.by, value) && find(new, value).is_none()) {
        changes.push(of_kind(old, value, shape, ChangeKind::EventTypeRemoved));
    }
    changes.extend(
        found.into_iter().map(|(change, of)| Change { of: if of.len() < met { of } else { Vec::new() }, ..change }),
    );
}

fn of_kind(variants: &Variants, value: &str, shape: &Shape, kind: ChangeKind) -> Change {
    let facts = shape.facts();
    // What most kinds have alike says nothing of this one.
    let others: Vec<Facts> = variants.of.iter().map(|(_, other)| other.facts()).collect();
    let usual = |path: &String, fact: &Fact| {
        let alike = others.iter().filter(|other| other.get(path) == Some(fact)).count();
        others.len() > 1 && 2 * alike > others.len()
    };
    let within = facts.iter().filter(|(path, fact)| !fact.kinds.contains("object") && !usual(path, fact));
    let within = within.filter(|(path, _)| **path != variants.by);
    let detail = within.map(|(path, fact)| format!("{path}: {}", kinds(fact))).collect::<Vec<_>>().join(", ");
    Change { of: vec![value.to_owned()], ..Change::new(Scope::Record, &variants.by, kind, detail) }
}

fn kinds(fact: &Fact) -> String {
    format!("{}{}", fact.kinds, if fact.nullable { "?" } else { "" })
}

/// What is said differently of the same paths, and which paths there are.
fn of_facts(scope: Scope, old: &Facts, new: &Facts, changes: &mut Vec<Change>) {
    let mut change = |field: &str, kind: ChangeKind, detail: String| {
        changes.push(Change::new(scope, field, kind, detail));
    };
    for (path, before) in old {
        let Some(after) = new.get(path) else {
            change(path, ChangeKind::FieldRemoved, format!("was {}", kinds(before)));
            continue;
        };
        if before.kinds != after.kinds {
            change(path, ChangeKind::TypeChanged, format!("{} -> {}", before.kinds, after.kinds));
        } else if before.format != after.format {
            let format = |fact: &Fact| fact.format.clone().unwrap_or_else(|| "no format".to_owned());
            change(path, ChangeKind::FormatChanged, format!("{} -> {}", format(before), format(after)));
        }
        match (before.nullable, after.nullable) {
            (false, true) => change(path, ChangeKind::BecameNullable, String::new()),
            (true, false) => change(path, ChangeKind::BecameNonNullable, String::new()),
            _ => {}
        }
        match (before.required, after.required) {
            (true, false) => change(path, ChangeKind::BecameOptional, String::new()),
            (false, true) => change(path, ChangeKind::BecameRequired, String::new()),
            _ => {}
        }
        match (&before.values, &after.values) {
            (None, Some(values)) => change(path, ChangeKind::EnumIntroduced, format!("values: {}", values.join(", "))),
            (Some(_), None) => change(path, ChangeKind::EnumDropped, "any value".to_owned()),
            (Some(before), Some(after)) => {
                let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
                let (before, after) = (set(before), set(after));
                before.difference(&after).for_each(|gone| change(path, ChangeKind::EnumValueRemoved, gone.clone()));
                after.difference(&before).for_each(|new| change(path, ChangeKind::EnumValueAdded, new.clone()));
            }
            (None, None) => {}
        }
        match (before.deprecated, after.deprecated) {
            (false, true) => change(path, ChangeKind::Deprecated, String::new()),
            (true, false) => change(path, ChangeKind::Undeprecated, String::new()),
            _ => {}
        }
    }
    for (path, fact) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        let required = if fact.required { "required" } else { "optional" };
        change(path, ChangeKind::FieldAdded, format!("{} {required}", kinds(fact)));
    }
}
