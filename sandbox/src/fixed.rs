//! The values of parameters and headers that a spec fixes: what they must be, for the sandbox's settings and the parent
//! that is asked for. It must not know where a value was sent.

use std::borrow::Cow;

use serde_json::Value;
use tapwright_spec::model::{Expr, Param, ParamValue};

use crate::eval::{Scope, eval, text};
use crate::route::names_parent;
use crate::time;
use crate::windowed::names_window;

/// A parameter that has one value.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    pub(crate) name: String,
    value: Worth,
}

/// Where its value comes from.
#[derive(Clone, Debug)]
enum Worth {
    /// It is always the same.
    Same(String),
    /// From what the list is asked for.
    Made(Expr),
}

impl Fixed {
    /// Those of some parameters. One whose value is null is not sent.
    pub(crate) fn of(params: &[Param], scope: Scope<'_>) -> Vec<Fixed> {
        let fixed = |param: &Param| {
            let ParamValue::Text(expr) = &param.value else { return None };
            let value = match expr {
                expr if names_parent(expr) || names_window(expr) => Worth::Made(expr.clone()),
                expr => Worth::Same(written(eval(expr, scope))?),
            };
            Some(Fixed { name: param.name.clone(), value })
        };
        params.iter().filter_map(fixed).collect()
    }

    /// Whether it speaks of a window.
    pub(crate) fn names_window(&self) -> bool {
        matches!(&self.value, Worth::Made(expr) if names_window(expr))
    }

    /// Its value; `None` when it is not to be sent.
    pub(crate) fn value(&self, scope: Scope<'_>) -> Option<Cow<'_, str>> {
        match &self.value {
            Worth::Same(text) => Some(Cow::Borrowed(text)),
            Worth::Made(expr) => written(eval(expr, scope)).map(Cow::Owned),
        }
    }
}

/// A value as the text that is sent.
pub(crate) fn written(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(text(&other)),
    }
}

/// Whether two texts are the same, or write the same moment.
pub(crate) fn same_text(one: &str, other: &str) -> bool {
    one == other || plain(one) == plain(other)
}

/// A text as it is compared: a moment always in one way of writing it.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let looks_like_one = text.len() >= 19 && text.contains(['T', 't', ' ']);
    match time::parse(text).filter(|_| looks_like_one) {
        Some(moment) => Cow::Owned(time::rfc3339(moment)),
        None => Cow::Borrowed(text),
    }
}
