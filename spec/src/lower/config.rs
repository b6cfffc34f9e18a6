//! `config`: what a user configures.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use crate::Code;
use crate::declared::Declared;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::glob;
use crate::keys::SETTING;
use crate::model::{Setting, SettingKind};
use crate::names;
use crate::shape::{Entries, Entry, check_name};
use crate::yaml::{Kind, Value};

use super::{Names, credential, rust_names};

/// The types that are built in.
const BUILT_IN: &[&str] = &["secret", "string", "integer", "boolean", "list of string"];

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Declared<Setting> {
    let mut declared = Declared::default();
    let mut members = rust_names::Members::beside(rust_names::BUILDER);
    let mut variables: HashMap<String, Range<usize>> = HashMap::new();
    for entry in entry.names(ledger) {
        let has_name = check_name(ledger, "a setting", &entry.name, &entry.key, &names::CAMEL)
            && members.add(ledger, "setting", &entry.name, &entry.key);
        let what = format!("setting `{}`", entry.name);
        let entries = Entries::read(ledger, &SETTING, what, &entry.key, entry.value);
        let value = entries.and_then(|entries| setting(ledger, &entry.name, &entries, names, &mut variables));
        declared.add(entry.name, entry.key, value.filter(|_| has_name));
    }
    declared
}

fn setting(
    ledger: &mut Ledger<'_>,
    name: &str,
    entries: &Entries<'_>,
    names: &Names,
    variables: &mut HashMap<String, Range<usize>>,
) -> Option<Setting> {
    let description = entries.get("description").and_then(|entry| entry.text(ledger)).unwrap_or_default();
    let env = entries.get("env").and_then(|entry| variable(ledger, &entry, variables));
    let entry = entries.get("type")?;
    let written = entry.text(ledger)?;
    let (ty, optional) = written.strip_suffix('?').map_or((written.as_str(), false), |ty| (ty, true));
    let kind = kind(ledger, ty, &entry, entries, names)?;
    let defaulted = match &kind {
        SettingKind::Secret { .. } => false,
        SettingKind::Text { default, .. } | SettingKind::Choice { default, .. } => default.is_some(),
        SettingKind::Integer { default, .. } => default.is_some(),
        SettingKind::Boolean { default } => default.is_some(),
        SettingKind::List { default } => default.is_some(),
    };
    let required = !optional && !defaulted;
    Some(Setting { name: name.to_owned(), description, env, kind, required, only_for: None })
}

fn variable(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    variables: &mut HashMap<String, Range<usize>>,
) -> Option<String> {
    let name = entry.name(ledger, &names::ENVIRONMENT)?;
    if let Some(first) = variables.get(&name) {
        let title = format!("two settings read the environment variable `{name}`");
        ledger.push(
            Diagnostic::error(Code::NAME_TAKEN, title, &entry.value.range, "here again")
                .label(first, "it is taken here"),
        );
    } else {
        variables.insert(name.clone(), entry.value.range.clone());
    }
    Some(name)
}

fn kind(
    ledger: &mut Ledger<'_>,
    ty: &str,
    entry: &Entry<'_>,
    entries: &Entries<'_>,
    names: &Names,
) -> Option<SettingKind> {
    match ty {
        "secret" => {
            refuse(ledger, entries, ty, "range");
            if let Some(default) = entries.get("default") {
                credential::refuse_default(ledger, default.value);
            }
            Some(SettingKind::Secret { matches: pattern(ledger, entries) })
        }
        "string" => {
            refuse(ledger, entries, ty, "range");
            let matches = pattern(ledger, entries);
            let default = entries.get("default").and_then(|entry| entry.text_or_empty(ledger));
            if let (Some(pattern), Some(default)) = (&matches, &default)
                && !glob::matches(pattern, default)
            {
                refused_default(ledger, entries, &format!("it does not match `{pattern}`"), "matches");
            }
            Some(SettingKind::Text { matches, default })
        }
        "integer" => {
            refuse(ledger, entries, ty, "matches");
            let range = match entries.get("range") {
                Some(entry) => range(ledger, &entry)?,
                None => i64::MIN..=i64::MAX,
            };
            let default = entries.get("default").and_then(|entry| entry.whole(ledger, i64::MIN, i64::MAX));
            if let Some(default) = default.filter(|default| !range.contains(default)) {
                refused_default(ledger, entries, &format!("{default} is outside the range"), "range");
            }
            Some(SettingKind::Integer { range, default })
        }
        "boolean" => {
            refuse(ledger, entries, ty, "range");
            refuse(ledger, entries, ty, "matches");
            Some(SettingKind::Boolean { default: entries.get("default").and_then(|entry| entry.boolean(ledger)) })
        }
        "list of string" => {
            refuse(ledger, entries, ty, "range");
            refuse(ledger, entries, ty, "matches");
            let texts = |entry: Entry<'_>| entry.texts(ledger).into_iter().map(|(text, _)| text).collect();
            Some(SettingKind::List { default: entries.get("default").map(texts) })
        }
        _ => choice(ledger, ty, entry, entries, names),
    }
}

fn choice(
    ledger: &mut Ledger<'_>,
    ty: &str,
    entry: &Entry<'_>,
    entries: &Entries<'_>,
    names: &Names,
) -> Option<SettingKind> {
    let Some(declaration) = names.enums.used(ty) else {
        let title = format!("unknown type `{ty}` of {}", entries.what);
        let range = entry.value.part(&(0..ty.len()));
        let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, title, &range, "no such type");
        let known = || BUILT_IN.iter().copied().chain(names.enums.names());
        ledger.push(match ledger.nearest(ty, known()) {
            Some(meant) => diagnostic.did_you_mean(&range, meant),
            None => diagnostic.help(format!("a setting is {}", crate::suggest::either(known()))),
        });
        return None;
    };
    refuse(ledger, entries, ty, "range");
    refuse(ledger, entries, ty, "matches");
    let values = declaration.value.as_ref()?.values.clone();
    let default = entries.get("default").and_then(|entry| entry.text(ledger));
    if default.as_ref().is_some_and(|default| !values.contains(default)) {
        refused_default(ledger, entries, &format!("not a value of type `{ty}`"), "type");
    }
    Some(SettingKind::Choice { name: ty.to_owned(), values, default })
}

fn refuse(ledger: &mut Ledger<'_>, entries: &Entries<'_>, ty: &str, key: &str) {
    if let Some(range) = entries.key(key) {
        let goes_with = if key == "range" { "`integer`" } else { "`secret` and `string`" };
        let title = format!("`{key}` does not go with `type: {ty}` of {}", entries.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, format!("it goes with {goes_with}"))
                .label(&entries.key_or_place("type"), "the type stands here"),
        );
    }
}

fn refused_default(ledger: &mut Ledger<'_>, entries: &Entries<'_>, label: &str, because: &str) {
    let Some(default) = entries.get("default") else { return };
    let title = format!("the default of {} is one it would refuse", entries.what);
    ledger.push(
        Diagnostic::error(Code::DEFAULT_REFUSED, title, &default.value.range, label)
            .label(&entries.key_or_place(because), "because of this"),
    );
}

fn pattern(ledger: &mut Ledger<'_>, entries: &Entries<'_>) -> Option<String> {
    entries.get("matches").and_then(|entry| entry.text(ledger))
}

fn range(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<RangeInclusive<i64>> {
    let bounds: Option<Vec<i64>> = match &entry.value.kind {
        Kind::Sequence(items) => items
            .iter()
            .map(|item| match item.scalar().map(|scalar| scalar.value()) {
                Some(Value::Integer(bound)) => Some(bound),
                _ => None,
            })
            .collect(),
        _ => None,
    };
    let Some([least, greatest]) = bounds.as_deref() else {
        entry.malformed(
            ledger,
            "is not a range",
            "two whole numbers are wanted",
            "write `[least, greatest]`, such as `[1, 90]`",
        );
        return None;
    };
    if least > greatest {
        let title = format!("{} holds nothing", entry.what());
        ledger.push(
            Diagnostic::error(Code::EMPTY_RANGE, title, &entry.value.range, format!("{least} is more than {greatest}"))
                .help("the least comes first"),
        );
        return None;
    }
    Some(*least..=*greatest)
}
