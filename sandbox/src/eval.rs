//! Evaluates the language's expressions over JSON: for credentials and parameters (settings), for what a record's
//! fallback gives, and for the keys of records that were put in by hand. Written from the language's reference alone,
//! so that it cannot repeat a mistake of the client's evaluator. It must not know where the values go.

use std::cmp::Ordering;

use serde_json::Value;
use tapwright_spec::model::{Bound, Expr, Function, Over, Segment};

use crate::functions;

/// What a list is asked for: rows whose columns expressions name, and values.
pub(crate) trait Columns: std::fmt::Debug {
    /// The value of what a spec calls by a name, or of a column of it; null where there is none.
    fn given(&self, name: &str, column: Option<&str>) -> Value;
}

/// What the names of an expression stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    /// What a path starts from.
    pub(crate) root: &'a Value,
    /// `config.NAME`.
    pub(crate) settings: &'a [(String, Value)],
    /// `NAME.COLUMN` and `NAME`, of `for_each`.
    pub(crate) parent: Option<&'a dyn Columns>,
    /// `window.start` and `window.end`.
    pub(crate) window: [Option<&'a Value>; 2],
    /// `above`, and `entry.key`.
    pub(crate) around: Option<(&'a Value, &'a str)>,
    /// `headers.NAME`.
    pub(crate) headers: &'a [(String, String)],
    /// The names that the expression itself gives, the innermost first.
    pub(crate) own: Option<&'a Named<'a>>,
}

/// A name that an expression gives to a value.
#[derive(Debug)]
pub(crate) struct Named<'a> {
    name: &'a str,
    value: Value,
    outer: Option<&'a Named<'a>>,
}

impl<'a> Scope<'a> {
    /// One without a parent and without headers.
    pub(crate) fn new(root: &'a Value, settings: &'a [(String, Value)]) -> Scope<'a> {
        Scope { root, settings, parent: None, window: [None, None], around: None, headers: &[], own: None }
    }
}

/// The value of an expression; null where there is none.
pub(crate) fn eval(expr: &Expr, scope: Scope<'_>) -> Value {
    match expr {
        Expr::Null => Value::Null,
        Expr::Header(name) => {
            let found = scope.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map_or(Value::Null, |(_, value)| Value::from(value.as_str()))
        }
        Expr::Given { name, column } => {
            scope.parent.map_or(Value::Null, |parent| parent.given(name, column.as_deref()))
        }
        Expr::Above(path) => scope.around.map_or(Value::Null, |(above, _)| find(above, path)),
        Expr::EntryKey => scope.around.map_or(Value::Null, |(_, key)| Value::from(key)),
        Expr::Window(bound) => {
            let [start, end] = scope.window;
            let value = if *bound == Bound::Start { start } else { end };
            value.cloned().unwrap_or_default()
        }
        Expr::Bool(value) => Value::Bool(*value),
        Expr::Integer(value) => Value::from(*value),
        Expr::Number(value) => Value::from(*value),
        Expr::Text(value) => Value::String(value.clone()),
        Expr::Path(path) => find_list(scope.root, path),
        Expr::Setting(name) => {
            scope.settings.iter().find(|(known, _)| known == name).map_or(Value::Null, |(_, value)| value.clone())
        }
        Expr::FirstOf(all) => {
            all.iter().map(|one| eval(one, scope)).find(|value| !value.is_null()).unwrap_or(Value::Null)
        }
        Expr::Concat(all) => {
            let part = |one: &Expr| Some(eval(one, scope)).filter(|value| !value.is_null()).map(|value| text(&value));
            all.iter().map(part).collect::<Option<String>>().map_or(Value::Null, Value::String)
        }
        Expr::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            eval(if eval(condition, scope) == Value::Bool(true) { yes } else { no }, scope)
        }
        Expr::Call(function, args) => call(*function, args, scope),
        Expr::Let(name, parts) => {
            let [value, body] = parts.as_ref();
            within(name, eval(value, scope), body, scope)
        }
        Expr::Local(name, path) => {
            let mut own = scope.own;
            while let Some(named) = own {
                if named.name == name {
                    return find_list(&named.value, path);
                }
                own = named.outer;
            }
            Value::Null
        }
        Expr::Items(array) => match eval(array, scope) {
            Value::Array(items) => Value::Array(items),
            _ => Value::Array(Vec::new()),
        },
        Expr::Over(over, name, parts) => {
            let [list, body] = parts.as_ref();
            let items = if let Value::Array(items) = eval(list, scope) { items } else { Vec::new() };
            let of = |item: &Value| within(name, item.clone(), body, scope);
            let is_true = |item: &Value| of(item) == Value::Bool(true);
            match over {
                Over::Map => items.iter().map(of).collect(),
                Over::Filter => items.iter().filter(|item| is_true(item)).cloned().collect(),
                Over::Find => items.iter().find(|item| is_true(item)).cloned().unwrap_or(Value::Null),
                Over::Any => Value::Bool(items.iter().any(is_true)),
                Over::All => Value::Bool(items.iter().all(is_true)),
            }
        }
    }
}

/// The value of an expression in which a value has a name.
fn within(name: &str, value: Value, body: &Expr, scope: Scope<'_>) -> Value {
    let named = Named { name, value, outer: scope.own };
    eval(body, Scope { own: Some(&named), ..scope })
}

/// The value at a path; behind `[]` always a list.
fn find_list(from: &Value, path: &[Segment]) -> Value {
    match find(from, path) {
        Value::Null if path.contains(&Segment::Each) => Value::Array(Vec::new()),
        found => found,
    }
}

/// The text of an expression; empty for null.
pub(crate) fn eval_text(expr: &Expr, scope: Scope<'_>) -> String {
    text(&eval(expr, scope))
}

/// The value at a path. Behind `[]` it is the array of what the items have there.
pub(crate) fn find(from: &Value, path: &[Segment]) -> Value {
    match path.split_first() {
        None => from.clone(),
        Some((Segment::Key(key), rest)) => from.get(key).map_or(Value::Null, |value| find(value, rest)),
        Some((Segment::Each, rest)) => match from {
            Value::Array(items) => {
                let found = items.iter().map(|item| find(item, rest));
                if rest.contains(&Segment::Each) {
                    Value::Array(
                        found.flat_map(|value| if let Value::Array(all) = value { all } else { vec![] }).collect(),
                    )
                } else {
                    Value::Array(found.collect())
                }
            }
            _ => Value::Null,
        },
    }
}

/// A value as text: that of a text without its quotes, nothing for null.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn call(function: Function, args: &[Expr], scope: Scope<'_>) -> Value {
    let arg = |place: usize| args.get(place).map_or(Value::Null, |one| eval(one, scope));
    let truth = |value: &Value| value == &Value::Bool(true);
    let mapped = |change: fn(&str) -> String| match arg(0) {
        Value::String(text) => Value::String(change(&text)),
        other => other,
    };
    match function {
        Function::Equal => Value::Bool(same(&arg(0), &arg(1))),
        Function::NotEqual => Value::Bool(!same(&arg(0), &arg(1))),
        Function::Less => compare(&arg(0), &arg(1), std::cmp::Ordering::is_lt),
        Function::LessOrEqual => compare(&arg(0), &arg(1), std::cmp::Ordering::is_le),
        Function::Greater => compare(&arg(0), &arg(1), std::cmp::Ordering::is_gt),
        Function::GreaterOrEqual => compare(&arg(0), &arg(1), std::cmp::Ordering::is_ge),
        Function::And => Value::Bool(args.iter().all(|one| truth(&eval(one, scope)))),
        Function::Or => Value::Bool(args.iter().any(|one| truth(&eval(one, scope)))),
        Function::Not => Value::Bool(!truth(&arg(0))),
        Function::In => {
            let wanted = arg(0);
            Value::Bool(args.iter().skip(1).any(|one| match eval(one, scope) {
                Value::Array(items) => items.iter().any(|item| same(item, &wanted)),
                other => same(&other, &wanted),
            }))
        }
        Function::Matches => match arg(0) {
            Value::String(subject) => Value::Bool(glob(&text(&arg(1)), &subject)),
            _ => Value::Bool(false),
        },
        Function::Capture => match arg(0) {
            Value::String(subject) => capture(&subject, &text(&arg(1))),
            _ => Value::Null,
        },
        Function::Integer => match arg(0) {
            Value::String(text) => integer(&text),
            _ => Value::Null,
        },
        Function::Number => match arg(0) {
            Value::String(text) => number(&text),
            _ => Value::Null,
        },
        Function::Join => join(&arg(0), &text(&arg(1))),
        Function::Length => match arg(0) {
            Value::Array(items) => Value::from(items.len()),
            Value::String(text) => Value::from(text.chars().count()),
            _ => Value::Null,
        },
        Function::First => match arg(0) {
            Value::Array(items) => items.into_iter().find(|item| !item.is_null()).unwrap_or(Value::Null),
            _ => Value::Null,
        },
        Function::Last => match arg(0) {
            Value::Array(items) => items.into_iter().rfind(|item| !item.is_null()).unwrap_or(Value::Null),
            _ => Value::Null,
        },
        Function::Contains if matches!(arg(0), Value::Array(_)) => match (arg(0), arg(1)) {
            (Value::Array(items), part) if !part.is_null() => Value::Bool(items.iter().any(|item| same(item, &part))),
            _ => Value::Null,
        },
        Function::Concat | Function::Contains | Function::StartsWith | Function::EndsWith | Function::Split => {
            let (Value::String(one), Value::String(other)) = (arg(0), arg(1)) else { return Value::Null };
            match function {
                Function::Concat => Value::String(one + &other),
                Function::Contains => Value::Bool(one.contains(&other)),
                Function::StartsWith => Value::Bool(one.starts_with(&other)),
                Function::EndsWith => Value::Bool(one.ends_with(&other)),
                _ if other.is_empty() => Value::from(vec![one]),
                _ => one.split(&other).collect(),
            }
        }
        Function::Lower => mapped(str::to_lowercase),
        Function::Upper => mapped(str::to_uppercase),
        Function::Trim => mapped(|text| text.trim().to_owned()),
        Function::Replace => match (arg(0), arg(1), arg(2)) {
            (Value::String(subject), Value::String(from), Value::String(_)) if from.is_empty() => {
                Value::String(subject)
            }
            (Value::String(subject), Value::String(from), Value::String(to)) => {
                Value::String(subject.replace(&from, &to))
            }
            _ => Value::Null,
        },
        Function::Key => {
            let part = |one: &Expr| match eval(one, scope) {
                Value::Null => None,
                value => Some(text(&value).replace('%', "%25").replace('/', "%2F")),
            };
            let parts: Option<Vec<String>> = args.iter().map(part).collect();
            parts.map_or(Value::Null, |parts| Value::String(parts.join("/")))
        }
        Function::Text => match arg(0) {
            Value::Null => Value::Null,
            other => Value::String(text(&other)),
        },
        other => functions::call(other, &arg(0), &arg(1), &arg(2)),
    }
}

/// Whether two values are the same; a number is, however it is written.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    if left.is_number() && right.is_number() { order(left, right) == Some(Ordering::Equal) } else { left == right }
}

fn compare(left: &Value, right: &Value, holds: fn(Ordering) -> bool) -> Value {
    Value::Bool(order(left, right).is_some_and(holds))
}

/// The order of two texts or two numbers, which are compared as the numbers they are and not as floats near them.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Number(_), Value::Number(_)) => match (functions::whole(left), functions::whole(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            (None, Some(right)) => against(left.as_f64()?, right),
            (Some(left), None) => against(right.as_f64()?, left).map(Ordering::reverse),
            (None, None) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        },
        _ => None,
    }
}

/// Two floats between which every 64-bit integer lies, and what is between two integers.
fn against(float: f64, whole: i128) -> Option<Ordering> {
    if float.abs() >= 1e25 {
        return Some(if float > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let (below, rest) = (float.floor(), float - float.floor());
    Some((below as i128).cmp(&whole).then(if rest > 0.0 { Ordering::Greater } else { Ordering::Equal }))
}

fn capture(subject: &str, pattern: &str) -> Value {
    let found = regex_lite::Regex::new(pattern).ok();
    let found = found.as_ref().and_then(|regex| regex.captures(subject));
    found.and_then(|groups| groups.get(1)).map_or(Value::Null, |group| Value::String(group.as_str().to_owned()))
}

/// The whole number that a text writes, as JSON would.
fn integer(text: &str) -> Value {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let written = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    text.parse::<i64>().ok().filter(|_| written).map_or(Value::Null, Value::from)
}

/// The number that a text writes, as JSON would.
fn number(text: &str) -> Value {
    // A JSON parser forgives white space around a value.
    let bare = text.trim().len() == text.len();
    serde_json::from_str(text).ok().filter(|value: &Value| bare && value.is_number()).unwrap_or(Value::Null)
}

/// The texts of an array that are not null; null when none is left.
fn join(items: &Value, separator: &str) -> Value {
    let Value::Array(items) = items else { return Value::Null };
    let texts: Vec<String> = items.iter().filter(|item| !item.is_null()).map(text).collect();
    if texts.is_empty() { Value::Null } else { Value::String(texts.join(separator)) }
}

/// Whether a text fits a glob: `*` is any run of characters, `?` any one.
pub(crate) fn glob(pattern: &str, subject: &str) -> bool {
    let mut pattern = pattern.chars();
    match pattern.next() {
        None => subject.is_empty(),
        Some('*') => {
            let rest = pattern.as_str();
            subject.char_indices().any(|(at, _)| subject.get(at..).is_some_and(|tail| glob(rest, tail)))
                || glob(rest, "")
        }
        Some(wanted) => {
            let mut subject = subject.chars();
            subject.next().is_some_and(|found| wanted == '?' || wanted == found)
                && glob(pattern.as_str(), subject.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path(text: &str) -> Expr {
        Expr::Path(
            text.split('.').map(|key| if key == "[]" { Segment::Each } else { Segment::Key(key.to_owned()) }).collect(),
        )
    }

    fn on(root: &Value, expr: &Expr) -> Value {
        eval(expr, Scope::new(root, &[("key".to_owned(), json!("sk_1"))]))
    }

    #[test]
    fn joins_what_items_have() {
        let record = json!({"domains": [{"domain": "a.com"}, {"domain": null}, {"domain": "b.com"}], "none": []});
        let join = |from| Expr::Call(Function::Join, vec![from, Expr::Text(", ".to_owned())]);
        assert_eq!(on(&record, &join(path("domains.[].domain"))), json!("a.com, b.com"));
        assert_eq!(on(&record, &join(path("none.[].domain"))), Value::Null);
    }

    #[test]
    fn captures_or_is_null() {
        let capture =
            |pattern: &str| Expr::Call(Function::Capture, vec![path("event"), Expr::Text(pattern.to_owned())]);
        let record = json!({"event": "authentication.sso_failed"});
        assert_eq!(on(&record, &capture("_(succeeded|failed)$")), json!("failed"));
        assert_eq!(on(&record, &capture("_(started)$")), Value::Null);
        assert_eq!(on(&record, &Expr::FirstOf(vec![path("status"), capture("_(failed)$")])), json!("failed"));
    }

    #[test]
    fn writes_settings_into_text() {
        let expr = Expr::Concat(vec![Expr::Text("token ".to_owned()), Expr::Setting("key".to_owned())]);
        assert_eq!(on(&Value::Null, &expr), json!("token sk_1"));
    }

    #[test]
    fn numbers_are_read_as_json_writes_them() {
        let read = |function, text: &str| on(&json!({ "text": text }), &Expr::Call(function, vec![path("text")]));
        for (text, integer, number) in [
            ("42", json!(42), json!(42)),
            ("-7", json!(-7), json!(-7)),
            ("0", json!(0), json!(0)),
            ("1.5", Value::Null, json!(1.5)),
            ("1e3", Value::Null, json!(1000.0)),
            ("9223372036854775808", Value::Null, json!(9_223_372_036_854_775_808_u64)),
            ("1e999", Value::Null, Value::Null),
        ] {
            assert_eq!((read(Function::Integer, text), read(Function::Number, text)), (integer, number), "{text}");
        }
        for text in ["", " 1", "1 ", "+1", "01", "-", "0x1", "1.", "NaN", "true", "null", "\"1\""] {
            assert_eq!(read(Function::Integer, text), Value::Null, "{text}");
            assert_eq!(read(Function::Number, text), Value::Null, "{text}");
        }
        assert_eq!(on(&json!({ "text": 3 }), &Expr::Call(Function::Integer, vec![path("text")])), Value::Null);
        assert_eq!(on(&Value::Null, &Expr::Header("X-Total".to_owned())), Value::Null);
    }

    #[test]
    fn globs() {
        assert!(glob("authentication.*", "authentication.sso_failed") && glob("*", "") && glob("a?c", "abc"));
        assert!(!glob("sk_*", "pk_1") && !glob("a?c", "ac") && !glob("", "x"));
    }
}
