//! Answers that an error rule is about: the status, the code, the message and whatever else makes its condition true. It
//! must not know when such an answer is given.

use hyper::header::HeaderName;
use serde_json::{Value, json};
use tapwright_spec::model::{Action, ErrorRule, Segment};

use crate::answer::Answer;
use crate::eval::{Scope, eval, glob, text};
use crate::place::{Part, Placed, Placer, Spot};
use crate::settings::fill;

/// An answer that a rule is about; `None` when the sandbox cannot think of one.
pub(crate) fn answer(rule: &ErrorRule, graphql: bool, settings: &[(String, Value)]) -> Option<Answer> {
    let gone = rule.then == Action::SkipParent;
    let said = if gone { "Not found" } else { "The sandbox was told to refuse" };
    let message = match rule.message.as_deref() {
        None | Some("*") => said.to_owned(),
        Some(glob) if glob.starts_with('*') => fill(glob, &format!("{said}: ")),
        Some(glob) => fill(glob, said),
    };
    let mut body = if graphql {
        json!({ "data": null, "errors": [{ "message": message }] })
    } else {
        json!({ "message": message })
    };
    if graphql && rule.message.is_some() {
        put(&mut body, &[Segment::Key("message".to_owned())], Value::from(message));
    }
    let code = rule.code.as_deref().or((gone && !graphql).then_some("not_found"));
    if let Some(code) = code {
        put(&mut body, &[Segment::Key("code".to_owned())], Value::from(code));
    }
    let mut headers = Vec::new();
    if let Some(when) = &rule.when {
        let everywhere = |_: &[Segment]| true;
        let mut placer = Placer::new(settings, &everywhere);
        placer.truth(when, (true, true));
        for Placed { spot, part, as_text } in placer.placed() {
            let Part::Either(value, _) = part else { return None };
            let value = if as_text { Value::from(text(&value)) } else { value };
            match spot {
                Spot::Body(path) => put(&mut body, path, value),
                Spot::Header(_) if value.is_null() => {}
                Spot::Header(name) => headers.push((name.to_owned(), text(&value))),
            }
        }
        let scope = Scope { headers: &headers, ..Scope::new(&body, settings) };
        if eval(when, scope) != Value::Bool(true) {
            return None;
        }
    }
    let at = |key: &str| body.get(key).and_then(Value::as_str);
    let coded = |wanted: &str| at("code").or_else(|| at("error")) == Some(wanted);
    let matching = |wanted: &str| at("message").is_some_and(|message| glob(wanted, message));
    if !rule.code.as_deref().is_none_or(coded) || !rule.message.as_deref().is_none_or(matching) {
        return None;
    }
    let mut answer = Answer::value(status(rule, gone, graphql), &body);
    for (name, value) in headers {
        answer.headers.push((HeaderName::from_bytes(name.as_bytes()).ok()?, value));
    }
    Some(answer)
}

/// The status of an answer that a rule is about. Only a rule with a condition looks at those that went well.
fn status(rule: &ErrorRule, gone: bool, graphql: bool) -> u16 {
    match rule.status {
        Some(status) => status,
        None if rule.when.is_some() || graphql => 200,
        None if gone => 404,
        None => 400,
    }
}

/// Puts a value at a path, making objects on the way, and lists of one item.
pub(crate) fn put(root: &mut Value, path: &[Segment], value: Value) {
    match path.split_first() {
        None => *root = value,
        Some((Segment::Key(key), rest)) => {
            if !root.is_object() {
                *root = json!({});
            }
            if let Some(members) = root.as_object_mut() {
                put(members.entry(key.clone()).or_insert(Value::Null), rest, value);
            }
        }
        Some((Segment::Each, rest)) => {
            if root.as_array().is_none_or(Vec::is_empty) {
                *root = json!([null]);
            }
            for item in root.as_array_mut().into_iter().flatten() {
                put(item, rest, value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tapwright_spec::model::{Expr, Function};

    fn rule(when: Expr) -> ErrorRule {
        ErrorRule { status: None, code: None, message: None, when: Some(when), then: Action::Fail }
    }

    fn path(text: &str) -> Expr {
        let segments = text.split('.').flat_map(|part| match part.strip_suffix("[]") {
            Some(key) => vec![Segment::Key(key.to_owned()), Segment::Each],
            None => vec![Segment::Key(part.to_owned())],
        });
        Expr::Path(segments.collect())
    }

    fn with<const N: usize>(function: Function, args: [Expr; N]) -> Expr {
        Expr::Call(function, Vec::from(args))
    }

    #[test]
    fn conditions_of_the_usual_forms_are_met() {
        use Function::*;
        let text = |text: &str| Expr::Text(text.to_owned());
        let (remaining, first) = (Expr::Header("X-Left".to_owned()), with(First, [path("errors[].type")]));
        for when in [
            with(Equal, [path("ok"), Expr::Bool(false)]),
            with(And, [with(Equal, [path("ok"), Expr::Bool(false)]), with(Equal, [path("error"), text("x")])]),
            with(
                Or,
                [with(Equal, [path("ok"), Expr::Bool(false)]), with(Equal, [path("error.code"), Expr::Integer(7)])],
            ),
            with(NotEqual, [path("error"), Expr::Null]),
            with(Equal, [path("data"), Expr::Null]),
            with(Not, [path("ok")]),
            path("failed"),
            with(Equal, [remaining.clone(), text("0")]),
            with(Equal, [with(Integer, [remaining]), Expr::Integer(0)]),
            with(Equal, [first.clone(), text("NOT_FOUND")]),
            with(NotEqual, [first, Expr::Null]),
            with(Matches, [path("error.text"), text("*limit*")]),
            with(In, [path("status"), text("busy"), text("locked")]),
            with(GreaterOrEqual, [path("code"), Expr::Integer(400)]),
        ] {
            let made = answer(&rule(when.clone()), false, &[]).unwrap_or_else(|| panic!("{when:?}"));
            assert_eq!(made.status, 200);
        }
        let contradiction = with(And, [with(Equal, [path("a"), text("x")]), with(Equal, [path("a"), text("y")])]);
        for when in [contradiction, with(Less, [path("a"), text("x")]), Expr::Bool(false)] {
            assert!(answer(&rule(when.clone()), false, &[]).is_none(), "{when:?}");
        }
    }
}
