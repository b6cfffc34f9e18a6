//! The window of time that a request asks for where templates say it: the texts that stand where the spec writes
//! `{window.start}` and `{window.end}`. It must not know which records are within it.

use serde_json::Value;
use tapwright_spec::model::{Body, Bound, Expr, Function, Param, ParamValue, Resource, Template};

use crate::eval::{Scope, eval_text, text};
use crate::posted::Posted;
use crate::sent::Sent;

/// The templates of a resource that speak of its window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windowed {
    query: Vec<(String, Expr)>,
    headers: Vec<(String, Expr)>,
    body: Option<Body>,
}

/// The ends of a window, as they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

impl Windowed {
    pub(crate) fn of(resource: &Resource) -> Windowed {
        let spoken = |params: &[Param]| -> Vec<(String, Expr)> {
            let spoken = |param: &Param| match &param.value {
                ParamValue::Text(expr) if names_window(expr) => Some((param.name.clone(), expr.clone())),
                _ => None,
            };
            params.iter().filter_map(spoken).collect()
        };
        Windowed {
            query: spoken(&resource.query),
            headers: spoken(&resource.headers),
            body: resource.body.clone().filter(|body| match body {
                Body::Form(params) => !spoken(params).is_empty(),
                Body::Json { template, .. } => in_template(template),
            }),
        }
    }

    /// The window that a request asks for.
    pub(crate) fn read(&self, sent: &Sent<'_>, scope: Scope<'_>) -> Ends {
        let mut ends = Ends::default();
        for (name, expr) in &self.query {
            if let Some((_, value)) = sent.pairs.iter().find(|(known, _)| known == name) {
                ends.take(expr, value, scope);
            }
        }
        for (name, expr) in &self.headers {
            if let Some(value) = sent.header(name) {
                ends.take(expr, value, scope);
            }
        }
        match (&self.body, &sent.posted) {
            (Some(Body::Form(params)), Posted::Form(pairs)) => {
                for (name, value) in pairs {
                    let param = params.iter().find(|param| param.name == *name).map(|param| &param.value);
                    if let Some(ParamValue::Text(expr)) = param {
                        ends.take(expr, value, scope);
                    }
                }
            }
            (Some(Body::Json { template, .. }), Posted::Json(body)) => ends.inside(template, body, scope),
            _ => {}
        }
        ends
    }
}

impl Ends {
    fn inside(&mut self, template: &Template, sent: &Value, scope: Scope<'_>) {
        match (template, sent) {
            (Template::Value(expr) | Template::Text(expr), Value::String(_) | Value::Number(_)) => {
                self.take(expr, &text(sent), scope);
            }
            (Template::Array(items), Value::Array(sent)) => {
                items.iter().zip(sent).for_each(|(item, sent)| self.inside(item, sent, scope));
            }
            (Template::Object(members), Value::Object(sent)) => {
                for (key, value) in members {
                    if let Some(sent) = sent.get(key) {
                        self.inside(value, sent, scope);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes the ends out of a text that a template made, if it did.
    fn take(&mut self, expr: &Expr, sent: &str, scope: Scope<'_>) {
        if !names_window(expr) {
            return;
        }
        let whole = std::slice::from_ref(expr);
        let parts = if let Expr::Concat(parts) = expr { parts.as_slice() } else { whole };
        let mut rest = sent;
        for (at, part) in parts.iter().enumerate() {
            let Some(bound) = bound(part) else {
                let Some(behind) = rest.strip_prefix(eval_text(part, scope).as_str()) else { return };
                rest = behind;
                continue;
            };
            let next = parts.iter().skip(at + 1).take_while(|part| self::bound(part).is_none());
            let next: String = next.map(|part| eval_text(part, scope)).collect();
            let length = if next.is_empty() { Some(rest.len()) } else { rest.find(&next) };
            let Some((value, behind)) = length.and_then(|length| rest.split_at_checked(length)) else { return };
            match bound {
                Bound::Start => self.start = Some(value.to_owned()),
                Bound::End => self.end = Some(value.to_owned()),
            }
            rest = behind;
        }
    }
}

fn bound(expr: &Expr) -> Option<Bound> {
    match expr {
        Expr::Window(bound) => Some(*bound),
        Expr::Call(Function::Text, args) => args.first().and_then(bound),
        _ => None,
    }
}

/// Whether an expression speaks of the window.
pub(crate) fn names_window(expr: &Expr) -> bool {
    let mut names = false;
    expr.walk(&mut |expr| names |= matches!(expr, Expr::Window(_)));
    names
}

fn in_template(template: &Template) -> bool {
    match template {
        Template::Null => false,
        Template::Value(expr) | Template::Text(expr) => names_window(expr),
        Template::Array(items) => items.iter().any(in_template),
        Template::Object(members) => members.iter().any(|(_, value)| in_template(value)),
    }
}
