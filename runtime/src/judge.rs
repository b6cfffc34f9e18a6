//! What an answer means: a page, something to try again, or the end.

use tapwright_plan::{Action, Connector, ErrorRule, Resource};

use crate::http::Answer;
use crate::settings::Origin;
use crate::{Error, ErrorKind, Settings};

/// The meaning of an answer.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Its body is a page.
    Page,
    /// It counts as an empty last page; the error says what was ignored.
    Ignored(Error),
    /// The source refuses this value of this list parameter; without it the request may do.
    Drop(&'static str, &'static str),
    /// It failed; the error's kind says whether trying again can help.
    Failed(Error),
}

/// Judges an answer by the resource's own rules, then by the general ones.
pub(crate) fn judge(
    connector: &'static Connector,
    resource: &'static Resource,
    settings: &Settings,
    answer: &Answer,
    sent: &[(&'static str, &'static str)],
) -> Verdict {
    if (200..300).contains(&answer.status) && !resource.on_error.iter().any(|rule| rule.status == Some(answer.status)) {
        return Verdict::Page;
    }
    let said = Said::read(&answer.body);
    if let Some(rule) = resource.on_error.iter().find(|rule| fits(rule, answer.status, &said)) {
        match rule.then {
            Action::Retry => {
                return Verdict::Failed(failed(ErrorKind::Server, answer.status, &said, settings));
            }
            Action::Fail => return Verdict::Failed(failed(ErrorKind::Rejected, answer.status, &said, settings)),
            Action::Ignore => return Verdict::Ignored(failed(ErrorKind::Rejected, answer.status, &said, settings)),
            Action::DropValueOf(param) => {
                if let Some(value) = named_first(&said.message, param, sent) {
                    return Verdict::Drop(param, value);
                }
            }
        }
    }
    let kind = match answer.status {
        200..=299 => return Verdict::Page,
        300..=399 => return Verdict::Failed(redirected(answer)),
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        429 => ErrorKind::RateLimited,
        408 | 425 | 500 | 502 | 503 | 504 => ErrorKind::Server,
        _ => ErrorKind::Rejected,
    };
    let mut error = failed(kind, answer.status, &said, settings);
    if kind == ErrorKind::Unauthorized {
        error = error.help(credential_help(connector, settings));
    }
    Verdict::Failed(error)
}

fn fits(rule: &ErrorRule, status: u16, said: &Said) -> bool {
    rule.status.is_none_or(|expected| expected == status)
        && rule.code.is_none_or(|expected| said.code.as_deref() == Some(expected))
}

fn failed(kind: ErrorKind, status: u16, said: &Said, settings: &Settings) -> Error {
    let mut message = format!("the source answered {status}");
    if !said.message.is_empty() {
        message = format!("{message}: {}", settings.mask(&said.message));
    } else if let Some(code) = &said.code {
        message = format!("{message}: {}", settings.mask(code));
    }
    Error::new(kind, message)
}

fn redirected(answer: &Answer) -> Error {
    let elsewhere = answer.location.as_deref().and_then(|location| url::Url::parse(location).ok());
    match elsewhere {
        Some(url) => crate::http::foreign(&url.origin()),
        None => Error::new(ErrorKind::Rejected, format!("the source answered {} and leads nowhere", answer.status)),
    }
}

fn credential_help(connector: &Connector, settings: &Settings) -> String {
    let from: Vec<_> = settings
        .secrets()
        .map(|(setting, origin)| match origin {
            Origin::Env(variable) => format!("`{}` came from the environment variable {variable}", setting.name),
            Origin::File(path) => format!("`{}` came from {path}", setting.name),
            Origin::Given | Origin::Default => format!("`{}` was given by the program", setting.name),
        })
        .collect();
    format!("{} does not accept the credential; {}", connector.title, from.join(", "))
}

/// What an error's body says.
struct Said {
    code: Option<String>,
    message: String,
}

impl Said {
    /// Reads the forms in use: an object with `code` or `error` and `message` or `error_description`, where `error` may
    /// itself be such an object; a bare JSON string; or no JSON at all.
    fn read(body: &[u8]) -> Said {
        let text = String::from_utf8_lossy(body);
        match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(serde_json::Value::String(message)) => Said { code: None, message },
            Ok(serde_json::Value::Object(object)) => {
                let inner = object.get("error").and_then(serde_json::Value::as_object);
                let find = |keys: &[&str]| {
                    [Some(&object), inner]
                        .into_iter()
                        .flatten()
                        .find_map(|object| keys.iter().find_map(|key| object.get(*key)?.as_str().map(str::to_owned)))
                };
                let code = find(&["code", "error"]);
                let message = find(&["message", "error_description", "detail"]).unwrap_or_default();
                Said { code, message: crate::decode::start_of(&message) }
            }
            _ => Said { code: None, message: crate::decode::start_of(text.trim()) },
        }
    }
}

/// The sent value of `param` that a message names first. Values are names, so one within a longer one does not count.
fn named_first(message: &str, param: &str, sent: &[(&'static str, &'static str)]) -> Option<&'static str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let place = |value: &str| {
        message.match_indices(value).find_map(|(at, _)| {
            let before = message.get(..at).and_then(|text| text.chars().next_back()).is_some_and(is_part);
            let mut after = message.get(at + value.len()..).unwrap_or("").chars();
            // A full stop that ends the sentence is no part of the name.
            let after = match after.next() {
                Some('.') => after.next().is_some_and(is_part),
                Some(c) => is_part(c),
                None => false,
            };
            (!before && !after).then_some(at)
        })
    };
    sent.iter()
        .filter(|(name, _)| *name == param)
        .filter_map(|(_, value)| Some((place(value)?, *value)))
        .min()
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_that_is_named_first_is_the_refused_one() {
        let sent = [("events", "a.sso"), ("events", "a.sso_failed"), ("events", "a.x"), ("other", "received")];
        let refused = |message| named_first(message, "events", &sent);
        assert_eq!(
            refused("Invalid name parameter, received: 'a.sso_failed'. Valid: a.x, a.sso"),
            Some("a.sso_failed")
        );
        assert_eq!(refused("received a.sso."), Some("a.sso"));
        assert_eq!(refused("a.sso_failed_twice is not known"), None);
        assert_eq!(refused("something else"), None);
    }

    #[test]
    fn reads_every_form_of_error_body() {
        let read = |body: &str| {
            let said = Said::read(body.as_bytes());
            (said.code.unwrap_or_default(), said.message)
        };
        let pair = |code: &str, message: &str| (code.to_owned(), message.to_owned());
        assert_eq!(read(r#"{"message":"Unauthorized"}"#), pair("", "Unauthorized"));
        assert_eq!(
            read(r#"{"error":"invalid_grant","error_description":"expired"}"#),
            pair("invalid_grant", "expired")
        );
        assert_eq!(read(r#"{"error":{"code":"x","message":"y"}}"#), pair("x", "y"));
        assert_eq!(read(r#""slow down""#), pair("", "slow down"));
        assert_eq!(read("<html>Bad\ngateway</html>"), pair("", "<html>Bad gateway</html>"));
        assert_eq!(read(""), pair("", ""));
    }
}
