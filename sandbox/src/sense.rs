//! Whether a page says, as the spec's expressions read it, that there is another. What the sandbox cannot make them say would
//! look like the end of a list to a client that believes it, so it is an error instead. It must not know how a page is made.

use serde_json::Value;
use tapwright_spec::model::{Expr, Paging, Resource, Step};

use crate::answer::Answer;
use crate::eval::{Scope, eval};

/// The expressions of a paginator that are more than a place in the response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sense {
    more: Option<Expr>,
    next: Option<Expr>,
}

impl Sense {
    pub(crate) fn of(resource: &Resource) -> Sense {
        let Some(Paging { step, more, .. }) = &resource.paging else { return Sense::default() };
        let made = |expr: &Expr| !matches!(expr, Expr::Path(_) | Expr::Header(_));
        let next = match step {
            Step::Cursor { from, .. } | Step::Next { from } => Some(from),
            _ => None,
        };
        Sense { more: more.clone().filter(made), next: next.filter(|next| made(next)).cloned() }
    }

    /// What is wrong with an answer that is to say that there is another page.
    pub(crate) fn missed(&self, answer: &Answer, settings: &[(String, Value)]) -> Option<Answer> {
        if self.more.is_none() && self.next.is_none() {
            return None;
        }
        let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        let headers: Vec<(String, String)> =
            answer.headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.clone())).collect();
        let scope = Scope { headers: &headers, ..Scope::new(&body, settings) };
        let says = self.more.as_ref().is_none_or(|more| eval(more, scope) == Value::Bool(true));
        let leads = self.next.as_ref().is_none_or(|next| !eval(next, scope).is_null());
        let what = match (says, leads) {
            (true, true) => return None,
            (false, _) => "`more`",
            (true, false) => "what leads to the next page",
        };
        let message = format!("the sandbox cannot make a response in which {what} says that there is another page");
        Some(Answer::coded(501, &message, "not_implemented"))
    }
}
