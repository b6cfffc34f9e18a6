//! `on_error`: what answers mean, where the general rules judge otherwise.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::keys::RULE;
use crate::model::{Action, ErrorRule, Param, ParamValue};
use crate::shape::{Entries, Entry};
use crate::suggest::listed;

/// What a rule can do, but for `drop_value_of PARAMETER`.
const WORDS: &[(&str, Action)] = &[("retry", Action::Retry), ("fail", Action::Fail), ("ignore", Action::Ignore)];
const DROP: &str = "drop_value_of";

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, resource: &str, query: &[Param]) -> Vec<ErrorRule> {
    let mut rules = Vec::new();
    for item in entry.list(ledger).unwrap_or_default() {
        let what = format!("an error rule of {resource}");
        let Some(entries) = Entries::read(ledger, &RULE, what, &item.range, item) else { continue };
        let status = entries.get("status").and_then(|entry| entry.whole(ledger, 100, 599));
        let code = entries.get("code").and_then(|entry| entry.text(ledger));
        let then = entries.get("then").and_then(|entry| action(ledger, &entry, query));
        if entries.key("status").is_none() && entries.key("code").is_none() {
            let title = format!("{} fits every answer", entries.what);
            ledger.push(
                Diagnostic::error(Code::RULE_FITS_ALL, title, &item.range, "neither `status` nor `code`")
                    .help("say which answers it is about, such as `status: 404`"),
            );
        }
        let status = status.and_then(|status| u16::try_from(status).ok());
        rules.push(ErrorRule { status, code, then: then.unwrap_or(Action::Fail) });
    }
    rules
}

fn action(ledger: &mut Ledger<'_>, entry: &Entry<'_>, query: &[Param]) -> Option<Action> {
    let text = entry.text(ledger)?;
    if let Some((_, action)) = WORDS.iter().find(|(word, _)| *word == text) {
        return Some(action.clone());
    }
    let (word, parameter) = text.split_once(' ').unwrap_or((&text, ""));
    let parameter = parameter.trim();
    if word != DROP {
        let names = WORDS.iter().map(|(word, _)| *word).chain([DROP]);
        entry.unknown_choice(ledger, word, &entry.value.part(&(0..word.len())), names);
        return None;
    }
    let lists =
        || query.iter().filter(|param| matches!(param.value, ParamValue::Each { .. })).map(|param| param.name.as_str());
    if lists().any(|name| name == parameter) {
        return Some(Action::DropValueOf(parameter.to_owned()));
    }
    let start = text.len() - parameter.len();
    let range = if parameter.is_empty() { entry.value.range.clone() } else { entry.value.part(&(start..text.len())) };
    let (title, label) = if parameter.is_empty() {
        (format!("`{DROP}` of {} names no parameter", entry.of), "of which parameter?")
    } else if query.iter().any(|param| param.name == parameter) {
        (format!("`{parameter}` in {} is not a list parameter", entry.what()), "it has one value")
    } else {
        (format!("unknown parameter `{parameter}` in {}", entry.what()), "`query` does not have it")
    };
    let diagnostic = Diagnostic::error(Code::UNKNOWN_PARAMETER, title, &range, label);
    let meant = ledger.nearest(parameter, lists()).map(str::to_owned);
    let lists = listed(lists());
    ledger.push(match meant {
        Some(meant) => diagnostic.did_you_mean(&range, &meant),
        None if lists.is_empty() => diagnostic.help("a list parameter is one with `each`, and this resource has none"),
        None => diagnostic.help(format!("the list parameters of this resource: {lists}")),
    });
    None
}
