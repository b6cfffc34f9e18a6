//! The body of a request: what it is sent as, what is taken out of it, and whether the rest is what the spec's template
//! gives, to the last key. It must not know what the values are for.

use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use tapwright_spec::model::{Body, Param, ParamValue, Template};

use crate::answer::Answer;
use crate::eval::{Scope, eval, find, same, text};
use crate::fixed::same_text;
use crate::json::as_path;
use crate::sent::pairs;

/// The media type of a JSON body.
pub(crate) const JSON: &str = "application/json";

/// The media type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// What a value in a JSON body has to be. A form has only text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    /// Either: the name of a record that has it as a number.
    Scalar,
}

/// A body that was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Posted {
    Nothing,
    Json(Value),
    Form(Vec<(String, String)>),
}

impl Posted {
    /// Reads a body that has to be as a spec says.
    pub(crate) fn read(wanted: Option<&Body>, headers: &HeaderMap, bytes: &[u8]) -> Result<Posted, Answer> {
        let Some(wanted) = wanted else {
            return match bytes {
                [] => Ok(Posted::Nothing),
                _ => Err(Answer::wrong("this request has no body")),
            };
        };
        let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if sent.is_none() && bytes.is_empty() {
            return Ok(Posted::Nothing);
        }
        let media = match wanted {
            Body::Json { .. } => JSON,
            Body::Form(_) => FORM,
        };
        let sent = sent.and_then(|sent| sent.split(';').next()).unwrap_or_default().trim();
        if !sent.eq_ignore_ascii_case(media) {
            return Err(Answer::media(media));
        }
        match wanted {
            Body::Json { .. } => {
                let read = serde_json::from_slice(bytes).map(Posted::Json);
                read.map_err(|error| Answer::wrong(&format!("the body is not JSON: {error}")))
            }
            Body::Form(_) => {
                let Ok(text) = std::str::from_utf8(bytes) else { return Err(Answer::wrong("the body is not text")) };
                let own = pairs(text).into_iter().map(|(name, value)| (name.into_owned(), value.into_owned()));
                Ok(Posted::Form(own.collect()))
            }
        }
    }

    /// The text of the value at a path, if there is one.
    pub(crate) fn text(&self, path: &[String]) -> Option<String> {
        match (self, path) {
            (Posted::Json(body), path) => {
                Some(find(body, &as_path(path))).filter(|value| !value.is_null()).map(|value| text(&value))
            }
            (Posted::Form(pairs), [name]) => {
                pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
            }
            (Posted::Form(_) | Posted::Nothing, _) => None,
        }
    }

    /// Takes the value at a path out.
    pub(crate) fn take(&mut self, path: &[String], kind: Kind) -> Result<Option<String>, Answer> {
        let name = path.join(".");
        match (self, path.split_last()) {
            (Posted::Json(body), Some((key, above))) => {
                let place = above.iter().try_fold(body, |value, key| value.get_mut(key));
                let value = place.and_then(Value::as_object_mut).and_then(|members| members.remove(key));
                let fits = |value: &Value| match kind {
                    Kind::Text => value.is_string(),
                    Kind::Number => value.is_i64() || value.is_u64(),
                    Kind::Scalar => value.is_string() || value.is_number(),
                };
                match value {
                    Some(value) if fits(&value) => Ok(Some(text(&value))),
                    Some(value) => {
                        let wanted = if kind == Kind::Number { "a whole number" } else { "text" };
                        Err(Answer::wrong(&format!("key '{name}' must be {wanted}, received: {value}")))
                    }
                    None => Ok(None),
                }
            }
            (Posted::Form(pairs), Some(_)) => {
                let Some(place) = pairs.iter().position(|(known, _)| *known == name) else { return Ok(None) };
                let (_, value) = pairs.remove(place);
                if pairs.iter().any(|(known, _)| *known == name) {
                    return Err(Answer::wrong(&format!("key '{name}' is there twice")));
                }
                Ok(Some(value))
            }
            (Posted::Nothing, _) | (_, None) => Ok(None),
        }
    }
}

/// What is wrong with a body: the path to it, and in words.
pub(crate) type Wrong = (String, String);

/// Compares what is left of a body with what a spec says. `filled` are the paths of what was taken out: the objects on
/// their way may be there all the same. When not strict, what the spec says may be missing.
pub(crate) fn compare(
    wanted: &Body,
    sent: &Posted,
    filled: &[Vec<String>],
    scope: Scope<'_>,
    strict: bool,
) -> Result<(), Wrong> {
    match (wanted, sent) {
        (_, Posted::Nothing) => Ok(()),
        (Body::Json { template, .. }, Posted::Json(sent)) => {
            let wanted = made(template, scope).unwrap_or(Value::Null);
            Comparison { filled, strict }.value(&wanted, sent, &mut Vec::new())
        }
        (Body::Form(params), Posted::Form(sent)) => form(params, sent, scope, strict),
        (Body::Json { .. }, Posted::Form(_)) | (Body::Form(_), Posted::Json(_)) => {
            Err((String::new(), "the body is of another kind".to_owned()))
        }
    }
}

/// The value that a template gives; `None` where it is left out.
pub(crate) fn made(template: &Template, scope: Scope<'_>) -> Option<Value> {
    match template {
        Template::Null => Some(Value::Null),
        Template::Value(expr) => Some(eval(expr, scope)).filter(|value| !value.is_null()),
        Template::Text(expr) => {
            Some(eval(expr, scope)).filter(|value| !value.is_null()).map(|value| text(&value).into())
        }
        Template::Array(items) => Some(items.iter().map(|item| made(item, scope).unwrap_or(Value::Null)).collect()),
        Template::Object(members) => {
            let there = |(key, value): &(String, Template)| Some((key.clone(), made(value, scope)?));
            Some(Value::Object(members.iter().filter_map(there).collect::<Map<String, Value>>()))
        }
    }
}

fn form(params: &[Param], sent: &[(String, String)], scope: Scope<'_>, strict: bool) -> Result<(), Wrong> {
    let wrong = |name: &str, message: String| Err((name.to_owned(), message));
    let mut known = Vec::new();
    for param in params {
        let ParamValue::Text(expr) = &param.value else { continue };
        let wanted = Some(eval(expr, scope)).filter(|value| !value.is_null()).map(|value| text(&value));
        let mut values = sent.iter().filter(|(name, _)| *name == param.name).map(|(_, value)| value);
        let name = &param.name;
        match (wanted, values.next(), values.next()) {
            (_, _, Some(_)) => return wrong(name, format!("key '{name}' is there twice")),
            (Some(wanted), None, _) if strict => {
                return wrong(name, format!("key '{name}' is missing: it must be '{wanted}'"));
            }
            (Some(wanted), Some(value), _) if !same_text(value, &wanted) => {
                return wrong(name, format!("key '{name}' must be '{wanted}', received: '{value}'"));
            }
            (Some(_), _, _) => known.push(name),
            (None, ..) => {}
        }
    }
    match sent.iter().find(|(name, _)| !known.contains(&name)) {
        Some((name, _)) => wrong(name, format!("unknown key '{name}'")),
        None => Ok(()),
    }
}

/// A comparison of JSON.
struct Comparison<'a> {
    filled: &'a [Vec<String>],
    strict: bool,
}

impl Comparison<'_> {
    fn value(&self, wanted: &Value, sent: &Value, path: &mut Vec<String>) -> Result<(), Wrong> {
        match (wanted, sent) {
            (Value::Object(wanted), Value::Object(sent)) => {
                for (key, value) in sent {
                    path.push(key.clone());
                    match wanted.get(key) {
                        Some(wanted) => self.value(wanted, value, path)?,
                        None if self.is_emptied(value, path) => {}
                        None => return Err((path.join("."), format!("unknown key '{}'", path.join(".")))),
                    }
                    path.pop();
                }
                let missing = wanted.iter().find(|(key, _)| self.strict && !sent.contains_key(*key));
                missing.map_or(Ok(()), |(key, value)| {
                    path.push(key.clone());
                    Err((path.join("."), format!("key '{}' is missing: it must be {value}", path.join("."))))
                })
            }
            (Value::Array(wanted), Value::Array(items)) if wanted.len() == items.len() => {
                wanted.iter().zip(items).enumerate().try_for_each(|(place, (wanted, item))| {
                    path.push(place.to_string());
                    self.value(wanted, item, path)?;
                    path.pop();
                    Ok(())
                })
            }
            (Value::String(wanted), Value::String(sent)) if same_text(sent, wanted) => Ok(()),
            (wanted, sent) if same(wanted, sent) => Ok(()),
            (wanted, sent) => {
                let name = path.join(".");
                let message = match name.as_str() {
                    "" => format!("the body must be {wanted}"),
                    _ => format!("key '{name}' must be {wanted}, received: {sent}"),
                };
                Err((name, message))
            }
        }
    }

    /// Whether an object is there for what was taken out of it.
    fn is_emptied(&self, value: &Value, path: &[String]) -> bool {
        let Value::Object(members) = value else { return false };
        let on_the_way = self.filled.iter().any(|place| place.len() > path.len() && place.starts_with(path));
        on_the_way
            && members.iter().all(|(key, value)| {
                let below = [path, std::slice::from_ref(key)].concat();
                self.is_emptied(value, &below)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tapwright_spec::model::Expr;

    fn body() -> Body {
        let text = |text: &str| Template::Text(Expr::Text(text.to_owned()));
        let members = vec![
            ("name".to_owned(), text("a")),
            ("count".to_owned(), Template::Value(Expr::Integer(3))),
            ("left".to_owned(), Template::Value(Expr::Null)),
            ("list".to_owned(), Template::Array(vec![text("x"), Template::Value(Expr::Null)])),
            ("inner".to_owned(), Template::Object(vec![("none".to_owned(), Template::Null)])),
        ];
        Body::Json { template: Template::Object(members), graphql: false }
    }

    #[test]
    fn the_rest_of_a_body_is_as_the_template_says() {
        let right = json!({"name": "a", "count": 3, "list": ["x", null], "inner": {"none": null}});
        let filled = [vec!["page".to_owned(), "after".to_owned()]];
        let check = |sent: Value| {
            let scope = Scope::new(&Value::Null, &[]);
            compare(&body(), &Posted::Json(sent), &filled, scope, true).map_err(|(path, _)| path)
        };
        let with = |pointer: &str, value: Value| {
            let mut sent = right.clone();
            *sent.pointer_mut(pointer).unwrap() = value;
            check(sent)
        };
        assert_eq!(check(right.clone()), Ok(()));
        assert_eq!(with("/count", json!("3")), Err("count".to_owned()));
        assert_eq!(with("/list", json!(["x"])), Err("list".to_owned()));
        assert_eq!(with("/inner", json!({"none": null, "more": 1})), Err("inner.more".to_owned()));
        assert_eq!(with("/inner", json!({})), Err("inner.none".to_owned()));
        for (key, value, expected) in [
            ("left", json!(null), Err("left".to_owned())),
            ("page", json!({}), Ok(())),
            ("page", json!({"other": {}}), Err("page".to_owned())),
            ("page", json!("x"), Err("page".to_owned())),
        ] {
            let mut sent = right.clone();
            sent[key] = value;
            assert_eq!(check(sent), expected, "{key}");
        }
    }

    #[test]
    fn what_is_taken_out_has_its_kind() {
        let path = ["page".to_owned(), "size".to_owned()];
        for (value, kind, taken) in [
            (json!(5), Kind::Number, Some("5")),
            (json!("5"), Kind::Number, None),
            (json!(5.5), Kind::Number, None),
            (json!("5"), Kind::Text, Some("5")),
            (json!(5), Kind::Text, None),
            (json!(null), Kind::Text, None),
            (json!(5), Kind::Scalar, Some("5")),
        ] {
            let mut posted = Posted::Json(json!({"page": {"size": value}}));
            assert_eq!(posted.take(&path, kind).ok().flatten().as_deref(), taken, "{value} as {kind:?}");
        }
    }
}
