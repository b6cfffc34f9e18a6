//! What a resource asks for: fixed parameters and headers.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{For, Scope, Typed, check_template};
use crate::glob;
use crate::keys::EACH;
use crate::model::{Expr, ListStyle, Param, ParamValue, Target};
use crate::secret;
use crate::shape::{Entries, Entry};
use crate::suggest::listed;
use crate::yaml::{Kind, Value};

use super::target::{self, Use, Wire};
use super::{Names, credential};

/// Words in the name of a parameter that carries a credential.
const TELLING: &[&str] = &["key", "token", "secret", "password", "auth", "signature", "cookie", "session"];

/// Reads `query`.
pub(super) fn query(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    names: &Names,
    made: For<'_>,
    wire: &mut Wire,
) -> Vec<Param> {
    let mut params = Vec::new();
    for entry in entry.names(ledger) {
        let by = Use { what: entry.what(), range: entry.key.clone() };
        wire.set(ledger, &Target::Query(entry.name.clone()), by);
        let value = match &entry.value.kind {
            Kind::Mapping(_) if !looks_like_template(ledger, &entry) => {
                // What is wrong with it is told; it is a list parameter all the same.
                let nothing = ParamValue::Each { values: Vec::new(), style: ListStyle::Comma };
                Some(each(ledger, &entry, names).unwrap_or(nothing))
            }
            _ => text(ledger, &entry, names.scope("the address of a request").made_for(made)).map(ParamValue::Text),
        };
        params.push(Param { name: entry.name, value: value.unwrap_or(ParamValue::Text(Expr::Null)) });
    }
    params
}

/// Reads `headers`.
pub(super) fn headers(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    names: &Names,
    made: For<'_>,
    wire: &mut Wire,
) -> Vec<Param> {
    let mut params = Vec::new();
    for entry in entry.names(ledger) {
        if target::check_header(ledger, &entry.name, &entry.key) {
            let by = Use { what: entry.what(), range: entry.key.clone() };
            wire.set(ledger, &Target::Header(entry.name.clone()), by);
        }
        let value = text(ledger, &entry, names.secret_scope().made_for(made));
        params.push(Param { name: entry.name, value: ParamValue::Text(value.unwrap_or(Expr::Null)) });
    }
    params
}

/// Reads the fields of a form.
pub(super) fn texts(ledger: &mut Ledger<'_>, entry: &Entry<'_>, scope: Scope<'_>, wire: &mut Wire) -> Vec<Param> {
    let mut params = Vec::new();
    for entry in entry.names(ledger) {
        let by = Use { what: entry.what(), range: entry.key.clone() };
        wire.set(ledger, &Target::Body(vec![entry.name.clone()]), by);
        let value = text(ledger, &entry, scope).unwrap_or(Expr::Null);
        params.push(Param { name: entry.name, value: ParamValue::Text(value) });
    }
    params
}

/// A mapping such as `{config.page}`: a template whose quotes were forgotten.
fn looks_like_template(ledger: &Ledger<'_>, entry: &Entry<'_>) -> bool {
    ledger.source.slice(&entry.value.range).starts_with("{config.")
}

/// The text of a parameter. Numbers and booleans are written as they stand.
fn text(ledger: &mut Ledger<'_>, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Expr> {
    if entry.value.scalar().is_some_and(|scalar| scalar.value() == Value::Null) {
        let title = format!("{} has no value", entry.what());
        ledger.push(
            Diagnostic::error(Code::WRONG_KIND, title, &entry.key, "nothing stands here")
                .help("write `\"\"` to send it without one, or take it out"),
        );
        return None;
    }
    let typed = check_template(ledger, entry.value, &entry.what(), scope)?;
    carries_no_credential(ledger, entry, &typed).then_some(typed.expr)
}

fn carries_no_credential(ledger: &mut Ledger<'_>, entry: &Entry<'_>, typed: &Typed) -> bool {
    let name = entry.name.to_lowercase();
    if !TELLING.iter().any(|word| name.contains(word)) {
        return true;
    }
    let is_authorization = matches!(name.as_str(), "authorization" | "proxy-authorization" | "cookie");
    if is_authorization && typed.constant {
        credential::refuse(ledger, entry.value, "a literal where a secret of `config` is wanted");
        return false;
    }
    let Expr::Text(text) = &typed.expr else { return true };
    if secret::is_random(text) {
        credential::refuse(ledger, entry.value, "text that looks like a credential");
        return false;
    }
    true
}

/// `{ each: Type, matching: "glob", style: … }`, with the values that match.
fn each(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<ParamValue> {
    let entries = Entries::read(ledger, &EACH, format!("list parameter `{}`", entry.name), &entry.key, entry.value)?;
    let styles = [("comma", ListStyle::Comma), ("repeat", ListStyle::Repeat)];
    let style = entries.get("style").and_then(|entry| entry.choice(ledger, &styles));
    let pattern = entries.get("matching").and_then(|entry| Some((entry.text(ledger)?, entry.value.range.clone())));
    let ty = entries.get("each")?;
    let name = ty.text(ledger)?;
    let Some(declaration) = names.enums.used(&name) else {
        let range = ty.value.range.clone();
        let title = format!("unknown type `{name}` of {}", entries.what);
        let diagnostic = Diagnostic::error(Code::UNKNOWN_TYPE, title, &range, "no such type");
        let diagnostic = names.enums.suggest(ledger, diagnostic, &name, &range, "types");
        ledger.push(diagnostic);
        return None;
    };
    let all = &declaration.value.as_ref()?.values;
    let values: Vec<String> = match &pattern {
        Some((pattern, _)) => all.iter().filter(|value| glob::matches(pattern, value)).cloned().collect(),
        None => all.clone(),
    };
    if let (true, Some((pattern, range))) = (values.is_empty(), &pattern) {
        let title = format!("no value of type `{name}` matches `{pattern}`");
        ledger.push(
            Diagnostic::error(Code::MATCHES_NOTHING, title, range, "matches nothing")
                .label(&declaration.range, "the type stands here")
                .help(format!("its values are {}", listed(all.iter().map(String::as_str)))),
        );
        return None;
    }
    Some(ParamValue::Each { values, style: style? })
}
