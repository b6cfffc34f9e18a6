//! `on_error`: what answers mean, where the general rules judge otherwise.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Roots, Scope, Secrets, Ty, Window, check};
use crate::keys::RULE;
use crate::model::{Action, ErrorRule, Expr, Function, Param, ParamValue, Segment};
use crate::shape::{Entries, Entry, parse_duration};
use crate::suggest::listed;

use super::Names;

/// What a rule can do, but for `drop_value_of PARAMETER`.
const WORDS: &[(&str, Action)] = &[
    ("retry", Action::Retry(None)),
    ("wait", Action::Wait(None)),
    ("fail", Action::Fail),
    ("ignore", Action::Ignore),
    ("empty", Action::Empty),
    ("skip_parent", Action::SkipParent),
];
const DROP: &str = "drop_value_of";

/// The rules of a resource, or of the API as a whole, which has no parameters of its own.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    of: &str,
    query: &[Param],
    names: &Names,
) -> Vec<ErrorRule> {
    let mut rules = Vec::new();
    for item in entry.list(ledger).unwrap_or_default() {
        let what = format!("an error rule of {of}");
        let Some(entries) = Entries::read(ledger, &RULE, what, &item.range, item) else { continue };
        let status = entries.get("status").and_then(|entry| entry.whole(ledger, 100, 599));
        let code = entries.get("code").and_then(|entry| entry.text(ledger));
        let then = entries.get("then").and_then(|entry| action(ledger, &entry, query));
        let message = entries.get("message").and_then(|entry| entry.text(ledger));
        let when = entries.get("when").and_then(|entry| when(ledger, &entry, names));
        if ["status", "code", "message", "when"].iter().all(|key| entries.key(key).is_none()) {
            let title = format!("{} fits every answer", entries.what);
            let label = "neither `status`, `code`, `message` nor `when`";
            ledger.push(
                Diagnostic::error(Code::RULE_FITS_ALL, title, &item.range, label)
                    .help("say which answers it is about, such as `status: 404`"),
            );
        }
        let status = status.and_then(|status| u16::try_from(status).ok());
        rules.push(ErrorRule { status, code, message, when, then: then.unwrap_or(Action::Fail) });
    }
    rules
}

/// GraphQL says what went wrong with status 200, in `errors`.
pub(super) fn graphql() -> ErrorRule {
    let messages =
        Expr::Path(vec![Segment::Key("errors".to_owned()), Segment::Each, Segment::Key("message".to_owned())]);
    let first = Expr::Call(Function::First, vec![messages]);
    let when = Expr::Call(Function::NotEqual, vec![first, Expr::Null]);
    ErrorRule { status: None, code: None, message: None, when: Some(when), then: Action::Fail }
}

/// What is true of the response.
fn when(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Expr> {
    let secrets = Secrets::Refused("what answers mean");
    let scope = Scope {
        roots: Roots::Response,
        settings: &names.settings,
        secrets,
        given: &[],
        window: Window::Nowhere,
        enums: &[],
    };
    let what = entry.what();
    let typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    if typed.constant {
        let title = format!("{what} is always the same");
        ledger.push(Diagnostic::error(Code::CONSTANT, title, &range, "nothing of the response is in it"));
        return None;
    }
    if !typed.ty.can_be(&Ty::Boolean) {
        let title = format!("{what} must be true or false");
        ledger.push(
            Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty))
                .help("compare it with something, such as `error.type == \"quota\"`"),
        );
        return None;
    }
    Some(typed.expr)
}

fn action(ledger: &mut Ledger<'_>, entry: &Entry<'_>, query: &[Param]) -> Option<Action> {
    let text = entry.text(ledger)?;
    if let Some((_, action)) = WORDS.iter().find(|(word, _)| *word == text) {
        return Some(action.clone());
    }
    let (word, parameter) = text.split_once(' ').unwrap_or((&text, ""));
    let parameter = parameter.trim();
    if let ("retry" | "wait", false) = (word, parameter.is_empty()) {
        let millis = timed(ledger, entry, &text, parameter)?;
        return Some(if word == "wait" { Action::Wait(Some(millis)) } else { Action::Retry(Some(millis)) });
    }
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
        None if entry.of.ends_with("`api`") => {
            diagnostic.help("parameters are a resource's: move the rule to the `on_error` of the resource")
        }
        None if lists.is_empty() => diagnostic.help("a list parameter is one with `each`, and this resource has none"),
        None => diagnostic.help(format!("the list parameters of this resource: {lists}")),
    });
    None
}

/// How long `retry` or `wait` waits.
fn timed(ledger: &mut Ledger<'_>, entry: &Entry<'_>, text: &str, duration: &str) -> Option<i64> {
    let range = entry.value.part(&(text.len() - duration.len()..text.len()));
    match parse_duration(duration) {
        Some(millis) if millis > 0 => Some(millis),
        Some(_) => {
            let title = format!("{} waits no time at all", entry.what());
            ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &range, "this is no time at all"));
            None
        }
        None => {
            let title = format!("{} waits for something that is not a duration", entry.what());
            ledger.push(
                Diagnostic::error(Code::MALFORMED, title, &range, "a number and a unit are wanted")
                    .help("write a whole number and one of `ms`, `s`, `m`, `h` and `d`, such as `wait 60s`"),
            );
            None
        }
    }
}
