//! What is asked for: the request, its pages, and where in an answer the records are.

use std::fmt::Write as _;

use tapwright_spec::model::{
    Body, ListStyle, Method, Paging, Param, ParamValue, RecordStep, Records, Resource, Step, Template,
};

use crate::markdown::{block, code};
use crate::written::{Writer, target};

/// The method and path of a resource.
pub(crate) fn line(resource: &Resource, writer: Writer<'_>) -> String {
    let method = match resource.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    code(&format!("{method} {}", writer.template(&resource.path)))
}

/// Parameters, one behind the other.
pub(crate) fn params(params: &[Param], sign: &str, writer: Writer<'_>) -> String {
    let one = |param: &Param| match &param.value {
        ParamValue::Text(expr) => code(&format!("{}{sign}{}", param.name, writer.template(expr))),
        ParamValue::Each { values, style } => {
            let how = match style {
                ListStyle::Comma => "with commas between them",
                ListStyle::Repeat => "the parameter once for each",
            };
            let values: Vec<_> = values.iter().map(|value| code(value)).collect();
            format!("{} with each of {} ({how})", code(&param.name), values.join(", "))
        }
    };
    params.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What a request sends, as blocks.
pub(crate) fn body(body: &Body, writer: Writer<'_>) -> Vec<String> {
    match body {
        Body::Form(form) => vec![format!("It sends the form {}.", params(form, "=", writer))],
        Body::Json { template, graphql: false } => {
            vec!["It sends:".to_owned(), block("json", &json(template, writer))]
        }
        Body::Json { template, graphql: true } => {
            let Template::Object(members) = template else { return Vec::new() };
            let mut parts = vec!["It sends the GraphQL query:".to_owned()];
            let (query, others): (Vec<_>, Vec<_>) = members.iter().partition(|(name, _)| name == "query");
            for (_, query) in query {
                let text = match query {
                    Template::Text(expr) | Template::Value(expr) => match expr {
                        tapwright_spec::model::Expr::Text(text) => text.clone(),
                        other => writer.template(other),
                    },
                    other => json(other, writer),
                };
                parts.push(block("graphql", &text));
            }
            let nothing = |value: &Template| matches!(value, Template::Object(members) if members.is_empty());
            let others: Vec<_> = others.into_iter().filter(|(_, value)| !nothing(value)).cloned().collect();
            if !others.is_empty() {
                parts.push("with:".to_owned());
                parts.push(block("json", &json(&Template::Object(others), writer)));
            }
            parts
        }
    }
}

/// A template as the JSON it makes; `{…}` without quotes is a value of its own type.
fn json(template: &Template, writer: Writer<'_>) -> String {
    let mut out = String::new();
    put(&mut out, template, writer, 0);
    out
}

fn put(out: &mut String, template: &Template, writer: Writer<'_>, depth: usize) {
    use tapwright_spec::model::Expr;
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    match template {
        Template::Null => out.push_str("null"),
        Template::Text(expr) => out.push_str(&quoted(&writer.template(expr))),
        Template::Value(expr) => match expr {
            Expr::Null | Expr::Bool(_) | Expr::Integer(_) | Expr::Number(_) => out.push_str(&writer.expression(expr)),
            Expr::Text(text) => out.push_str(&quoted(text)),
            other => {
                let _ = write!(out, "{{{}}}", writer.expression(other));
            }
        },
        Template::Array(items) if items.is_empty() => out.push_str("[]"),
        Template::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, depth + 1);
                put(out, item, writer, depth + 1);
            }
            line(out, depth);
            out.push(']');
        }
        Template::Object(members) if members.is_empty() => out.push_str("{}"),
        Template::Object(members) => {
            out.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, depth + 1);
                out.push_str(&quoted(name));
                out.push_str(": ");
                put(out, value, writer, depth + 1);
            }
            line(out, depth);
            out.push('}');
        }
    }
}

/// Text as JSON writes it ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-7)).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// How one page leads to the next.
pub(crate) fn paging(paging: Option<&Paging>) -> String {
    let Some(paging) = paging else { return "one".to_owned() };
    let (of_answer, of_last) = (Writer::default(), Writer { of_last: true, ..Writer::default() });
    let expr = |writer: Writer<'_>, expr| code(&writer.expression(expr));
    let to = |to| code(&target(to));
    let mut said = match &paging.step {
        Step::Cursor { from, to: place } => format!("{} of an answer goes to {}", expr(of_answer, from), to(place)),
        Step::Last { from, to: place } => {
            format!("{} goes to {}, until a page is empty", expr(of_last, from), to(place))
        }
        Step::Page { to: place, first, last } => {
            let end = match last {
                Some(last) => format!("up to {}", expr(of_answer, last)),
                None => "until a page is empty".to_owned(),
            };
            format!("numbered from {first} in {}, {end}", to(place))
        }
        Step::Offset { to: place, first, total } => {
            let end = match total {
                Some(total) => format!("until there are {}", expr(of_answer, total)),
                None => "until a page is empty".to_owned(),
            };
            format!("by the number of records before them in {}, from {first}, {end}", to(place))
        }
        Step::Next { from } => format!("{} of an answer is the address of the next", expr(of_answer, from)),
        Step::Link => "the header `Link` has the address of the next".to_owned(),
    };
    if let Some(more) = &paging.more {
        let _ = write!(said, "; there is another when {}", expr(of_answer, more));
    }
    if paging.short_is_last {
        said.push_str("; a page with fewer records than were asked for is the last");
    }
    if let Some(size) = &paging.size {
        let _ = write!(said, "; {} records each ({})", size.value, to(&size.to));
    }
    said
}

/// Where in an answer the records are.
pub(crate) fn records(records: &Records) -> String {
    let keys = |path: &[String]| if path.is_empty() { "the answer itself".to_owned() } else { code(&path.join(".")) };
    match records {
        Records::At(steps) if steps.is_empty() => "the answer itself".to_owned(),
        Records::At(steps) => code(&written(steps)),
        Records::One(path) => format!("one, {}", keys(path)),
        Records::Zip(lists) => {
            let lists: Vec<_> = lists.iter().map(|(name, path)| format!("{} of {}", code(name), keys(path))).collect();
            format!("put together of lists: {}", lists.join(", "))
        }
    }
}

fn written(steps: &[RecordStep]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            RecordStep::Each => out.push_str("[]"),
            RecordStep::Values => out.push_str(".*"),
            RecordStep::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
        }
    }
    let out = out.trim_start_matches('.').to_owned();
    if out.starts_with(['*', '[']) { format!("$.{out}") } else { out }
}
