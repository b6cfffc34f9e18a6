//! `example`: a record as the API's documentation shows it.

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic, Ledger};
use crate::model::Json;
use crate::shape::Entry;
use crate::yaml::{Kind, Node, Value};

/// Reads it. Where records may be single values, so may it.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, single: bool) -> Option<Json> {
    match &entry.value.kind {
        Kind::Mapping(pairs) if !pairs.is_empty() => json(ledger, entry.value),
        Kind::Scalar(_) if single => json(ledger, entry.value),
        _ => {
            entry.wrong_kind(ledger, "a record: keys and values as the API sends them");
            None
        }
    }
}

fn json(ledger: &mut Ledger<'_>, node: &Node) -> Option<Json> {
    match &node.kind {
        Kind::Refused => None,
        Kind::Sequence(items) => {
            let items: Vec<Option<Json>> = items.iter().map(|item| json(ledger, item)).collect();
            items.into_iter().collect::<Option<_>>().map(Json::Array)
        }
        Kind::Mapping(pairs) => {
            let members: Vec<Option<(String, Json)>> = pairs
                .iter()
                .map(|(key, value)| {
                    let value = json(ledger, value);
                    Some((key.scalar()?.text.clone(), value?))
                })
                .collect();
            members.into_iter().collect::<Option<_>>().map(Json::Object)
        }
        Kind::Scalar(scalar) => match scalar.value() {
            Value::Null => Some(Json::Null),
            Value::Bool(value) => Some(Json::Bool(value)),
            Value::Integer(value) => Some(Json::Integer(value)),
            Value::Number(value) => Some(Json::Number(value)),
            Value::Text(text) => Some(Json::Text(text.to_owned())),
            Value::OddNumber => {
                let title = format!("`{}` is not a number that JSON has", scalar.text);
                ledger.push(
                    Diagnostic::error(Code::WRONG_KIND, title, &node.range, "YAML takes this for a number")
                        .help("put it between quotes if it is text")
                        .patch(&node.range, format!("\"{}\"", scalar.text))
                        // Digits behind a zero are a text; `.inf` and the like are rather a mistake.
                        .certainty(Certainty::when(scalar.text.bytes().all(|b| b.is_ascii_digit()))),
                );
                None
            }
        },
    }
}
