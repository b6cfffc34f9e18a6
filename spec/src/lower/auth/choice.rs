//! `by` and `ways`: one of several ways, by what a setting says.

use crate::Code;
use crate::declared::Declared;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::check;
use crate::model::{Auth, Expr, OnlyFor, Setting, SettingKind};
use crate::shape::{Entries, Entry};
use crate::suggest::{either, listed};

use super::super::Names;
use super::super::address;
use super::{Within, way};

/// Which settings the ways speak of.
pub(in super::super) struct Chosen {
    setting: String,
    /// Of each way: its value, and how often it speaks of each setting.
    ways: Vec<(String, Vec<u32>)>,
}

/// Reads `by` and `ways`.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    entries: &Entries<'_>,
    by: &Entry<'_>,
    names: &Names,
    chosen: &mut Option<Chosen>,
) -> Option<Auth> {
    let setting = setting(ledger, by, names);
    let Some(entry) = entries.get("ways") else {
        if entries.key("ways").is_none() {
            let title = format!("`ways` is missing in {}", entries.what);
            ledger.push(
                Diagnostic::error(Code::MISSING_KEY, title, &by.key, "chooses from what?").help(
                    "write a way for each value, such as `ways: { key: { bearer: \"{config.key}\" }, open: none }`",
                ),
            );
        }
        return None;
    };
    let (mut ways, mut uses) = (Vec::new(), Vec::new());
    for entry in entry.names(ledger) {
        let before = names.settings.uses();
        let known = setting.as_ref().is_none_or(|(_, values)| values.contains(&entry.name));
        let auth = way(ledger, &entry, names, Within::Choice, &mut None);
        let spoken = names.settings.uses().iter().zip(before).map(|(now, before)| now - before).collect();
        uses.push((entry.name.clone(), spoken));
        if let (false, Some((name, values))) = (known, &setting) {
            let title = format!("`{}` is not a value of the setting `{name}`", entry.name);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_VALUE, title, &entry.key, "it is never this");
            let all = || values.iter().map(String::as_str);
            ledger.push(match ledger.nearest(&entry.name, all()).map(str::to_owned) {
                Some(meant) => diagnostic.did_you_mean(&entry.key, &meant),
                None => diagnostic.help(format!("its values are {}", listed(all()))),
            });
        }
        ways.push((entry.name, auth));
    }
    let (setting, values) = setting?;
    let missing: Vec<&str> =
        values.iter().map(String::as_str).filter(|value| !ways.iter().any(|(known, _)| known == value)).collect();
    // A value that is misspelt has its way.
    if !missing.is_empty() && ways.iter().all(|(known, _)| values.contains(known)) {
        let title = format!("`ways` of {} has no way for {}", entries.what, listed(missing.iter().copied()));
        ledger.push(
            Diagnostic::error(Code::WAY_MISSING, title, &entry.key, "one way for each value of the setting")
                .label(&by.value.range, format!("`{setting}` can be {}", listed(values.iter().map(String::as_str))))
                .help("write `none` where a value needs no credential"),
        );
        return None;
    }
    *chosen = Some(Chosen { setting: setting.clone(), ways: uses });
    let ways: Option<Vec<(String, Auth)>> = ways.into_iter().map(|(value, auth)| Some((value, auth?))).collect();
    Some(Auth::Choice { setting, ways: ways? })
}

/// What `by` can be, in words.
pub(super) fn choices(names: &Names) -> String {
    let is_choice = |setting: &Setting| matches!(setting.kind, SettingKind::Choice { .. });
    let settings = names.settings.iter().filter(|setting| setting.value.as_ref().is_some_and(is_choice));
    let written: Vec<String> = settings.map(|setting| format!("by: config.{}", setting.name)).collect();
    match either(written.iter().map(String::as_str)) {
        written if written.is_empty() => {
            "declare a setting under `config` whose type is a name of `types`, and write `by: config.NAME`".to_owned()
        }
        written => format!("write {written}"),
    }
}

/// The setting that chooses, and its values.
fn setting(ledger: &mut Ledger<'_>, by: &Entry<'_>, names: &Names) -> Option<(String, Vec<String>)> {
    let what = by.what();
    let typed = check(ledger, by.value, &what, names.scope("what chooses"))?;
    let range = by.value.part(&typed.part);
    let choice = match &typed.expr {
        Expr::Setting(name) => names.settings.iter().find(|setting| setting.name == *name),
        _ => None,
    };
    // What is wrong with the setting is told where it stands.
    let kind = choice.map(|setting| setting.value.as_ref().map(|setting| &setting.kind));
    match kind {
        Some(None) => None,
        Some(Some(SettingKind::Choice { values, .. })) => {
            let name = choice.map(|setting| setting.name.clone())?;
            address::needed(ledger, &typed, &range, &what).then(|| (name, values.clone()))
        }
        _ => {
            let title = format!("{what} is not a setting with a list of values");
            let diagnostic = Diagnostic::error(Code::CHOICE_OF_AUTH, title, &range, "its values are not known");
            ledger.push(diagnostic.help(choices(names)));
            None
        }
    }
}

impl Chosen {
    /// The settings, each with the ways that alone speak of it.
    pub(in super::super) fn settings(self, declared: Declared<Setting>) -> Vec<Setting> {
        let totals = declared.uses();
        let only_for = |at: usize, total: u32| {
            let uses = || self.ways.iter().map(|(value, uses)| (value, uses.get(at).copied().unwrap_or(0)));
            let values: Vec<String> = uses().filter(|(_, uses)| *uses > 0).map(|(value, _)| value.clone()).collect();
            let only = uses().map(|(_, uses)| uses).sum::<u32>() == total && values.len() < self.ways.len();
            (only && !values.is_empty()).then(|| OnlyFor { setting: self.setting.clone(), values })
        };
        let only_for: Vec<Option<OnlyFor>> =
            totals.iter().enumerate().map(|(at, total)| only_for(at, *total)).collect();
        let settings = declared.into_all().into_iter().zip(only_for);
        settings.filter_map(|(setting, only_for)| Some(Setting { only_for, ..setting? })).collect()
    }
}
