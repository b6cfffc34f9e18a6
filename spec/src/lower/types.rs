//! `types`: named lists of texts.

use std::collections::HashMap;
use std::ops::Range;

use crate::Code;
use crate::declared::Declared;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::Enum;
use crate::names;
use crate::shape::{Entry, check_name};
use crate::yaml::{Kind, Node};

use super::rust_names;

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Declared<Enum> {
    let mut declared = Declared::default();
    for entry in entry.names(ledger) {
        if check_name(ledger, "a type", &entry.name, &entry.key, &names::UPPER_CAMEL) {
            rust_names::type_is_free(ledger, &entry.name, &entry.key);
        }
        let value = values(ledger, &entry).map(|values| Enum { name: entry.name.clone(), values });
        declared.add(entry.name, entry.key, value);
    }
    declared
}

fn values(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Vec<String>> {
    let Kind::Sequence(items) = &entry.value.kind else {
        entry.wrong_kind(ledger, "a list of texts");
        return None;
    };
    if items.is_empty() {
        let title = format!("type `{}` has no values", entry.name);
        ledger.push(Diagnostic::error(Code::EMPTY, title, &entry.value.range, "it needs at least one"));
        return None;
    }
    let texts = entry.texts(ledger);
    let mut seen: HashMap<&str, &Range<usize>> = HashMap::new();
    for (text, range) in &texts {
        if let Some(first) = seen.insert(text, range) {
            let title = format!("`{text}` stands twice in type `{}`", entry.name);
            ledger.push(
                Diagnostic::error(Code::DUPLICATE_VALUE, title, range, "here again")
                    .label(first, "it stands here already"),
            );
        }
    }
    let complete = texts.len() == items.iter().filter(|item| !matches!(item, Node { kind: Kind::Refused, .. })).count();
    complete.then(|| {
        let mut values: Vec<String> = Vec::with_capacity(texts.len());
        for (text, _) in texts {
            if !values.contains(&text) {
                values.push(text);
            }
        }
        values
    })
}
