//! What was read, as JSON for programs.

use serde_json::{Map, Value as Json, json};
use tapwright_runtime::plan::Type;
use tapwright_runtime::{Answered, Api, Error, Excerpt, Exchange, PageRead, Purpose, Row, Value};

/// A page, and the exchanges that led to it.
pub(super) fn page(api: &Api, page: &PageRead, exchanges: &[Exchange]) -> Json {
    let quarantined: Vec<_> = page
        .quarantined
        .iter()
        .map(|one| json!({ "index": one.index, "reason": one.reason, "record": masked(api, &one.record) }))
        .collect();
    json!({
        "number": page.number,
        "parent": page.parent,
        "window": page.window.map(|(from, to)| json!({ "from": from.to_string(), "to": to.map(|to| to.to_string()) })),
        "exchanges": exchanges.iter().map(exchange).collect::<Vec<_>>(),
        "records": page.items,
        "rows": page.rows.rows().map(|found| row(api, found)).collect::<Vec<_>>(),
        "quarantined": quarantined,
        "drift": page.drift,
        "unknown_fields": page.unknown_fields,
        "next": page.next,
    })
}

pub(super) fn exchange(exchange: &Exchange) -> Json {
    let (purpose, resource) = match exchange.purpose {
        Purpose::Page(name) => ("page", Some(name)),
        Purpose::Token => ("token", None),
    };
    let body = |body: &Option<Excerpt>| body.as_ref().map(|body| json!({ "text": body.text, "whole": body.whole }));
    let answered = |answer: &Answered| {
        json!({
            "status": answer.status,
            "headers": headers(&answer.headers),
            "bytes": answer.bytes,
            "body": body(&answer.body),
        })
    };
    json!({
        "for": purpose,
        "resource": resource,
        "request": {
            "method": exchange.method,
            "url": exchange.url,
            "headers": headers(&exchange.headers),
            "body": body(&exchange.body),
        },
        "response": exchange.answer.as_ref().ok().map(answered),
        "no_response": exchange.answer.as_ref().err(),
        "elapsed_ms": u64::try_from(exchange.elapsed.as_millis()).unwrap_or(u64::MAX),
    })
}

pub(super) fn error(error: &Error) -> Json {
    let context: Map<_, _> = error.context().iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    json!({ "kind": error.kind().name(), "message": error.message(), "context": context, "help": error.advice() })
}

/// JSON as text, without secrets, however it writes their characters.
pub(super) fn masked(api: &Api, text: &str) -> String {
    if !text.contains('\\') {
        return api.masked(text);
    }
    match serde_json::from_str(text) {
        Ok(value) => shown(api, value).to_string(),
        Err(_) => api.masked(text),
    }
}

/// Each header, as a list of name and value: a name may come twice.
fn headers(headers: &[(String, String)]) -> Json {
    headers.iter().map(|(name, value)| json!([name, value])).collect()
}

fn row(api: &Api, row: Row<'_>) -> Json {
    let value = |ty: Type, value: Value<'_>| match value {
        Value::Null => Json::Null,
        Value::Boolean(b) => json!(b),
        Value::Integer(i) => shown(api, json!(i)),
        Value::Number(n) => shown(api, json!(n)),
        Value::Timestamp(at) => json!(at.to_string()),
        Value::Text(text) => match serde_json::from_str(text) {
            Ok(value) if matches!(ty, Type::Json | Type::List) => shown(api, value),
            _ => json!(api.masked(text)),
        },
    };
    row.values().map(|(column, found)| (column.name.to_owned(), value(column.ty, found))).collect::<Map<_, _>>().into()
}

/// A value without secrets. A number that is one becomes text.
fn shown(api: &Api, value: Json) -> Json {
    match value {
        Json::String(text) => Json::String(api.masked(&text)),
        Json::Number(number) => {
            let text = number.to_string();
            let masked = api.masked(&text);
            if masked == text { Json::Number(number) } else { Json::String(masked) }
        }
        Json::Array(items) => items.into_iter().map(|item| shown(api, item)).collect(),
        Json::Object(members) => {
            members.into_iter().map(|(key, value)| (api.masked(&key), shown(api, value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
