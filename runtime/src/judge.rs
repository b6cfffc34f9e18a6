//! What an answer means: a page, something to try again, or the end.

use std::cell::OnceCell;
use std::time::Duration;

use reqwest::header::LOCATION;
use serde_json::Value as Json;
use tapwright_plan::{Action, Connector, ErrorRule, Resource, Span};

use crate::credential::credential_help;
use crate::decode::{envelope, start_of};
use crate::eval::{Locals, MadeFor, Patterns, Scope, truth};
use crate::http::Answer;
use crate::settings::matches_glob;
use crate::{Error, ErrorKind, Settings};

/// The meaning of an answer.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Its body is a page.
    Page,
    /// It counts as an empty last page; the error says what was ignored.
    Ignored(Error),
    /// It is an empty last page.
    Empty,
    /// The row that the list was asked for is gone, and so is the list; the error says what the source said.
    Gone(Error),
    /// The source refuses this value of this list parameter; without it the request may do.
    Drop(&'static str, &'static str),
    /// It failed; the error's kind says whether trying again can help, and the spec perhaps how long to wait before.
    Failed(Error, Option<Pause>),
}

/// How long to wait by the spec before a request is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// This request.
    One(Duration),
    /// All of the connector's, unless the answer says for how long.
    All(Duration),
}

/// Judges the answers to one resource's requests.
pub(crate) struct Judge {
    connector: &'static Connector,
    resource: &'static Resource,
    settings: Settings,
    patterns: Patterns,
}

impl Judge {
    pub(crate) fn new(connector: &'static Connector, resource: &'static Resource, settings: Settings) -> Self {
        let mut patterns = Patterns::default();
        resource.on_error.iter().filter_map(|rule| rule.when.as_ref()).for_each(|when| patterns.add(when));
        Judge { connector, resource, settings, patterns }
    }

    pub(crate) fn resource(&self) -> &'static Resource {
        self.resource
    }

    /// Judges an answer by the resource's own rules, then by the general ones. `sent` are the list values that the
    /// request carried.
    pub(crate) fn judge(&self, answer: &Answer, sent: &[(&'static str, &'static str)]) -> Verdict {
        let fine = (200..300).contains(&answer.status);
        let concerned = |rule: &ErrorRule| match rule.status {
            Some(status) => status == answer.status,
            None => rule.when.is_some(),
        };
        if fine && !self.resource.on_error.iter().any(concerned) {
            return Verdict::Page;
        }
        let said = Said::read(&answer.body);
        let failed = |kind| failed(kind, answer.status, &said, &self.settings);
        let rules = self.resource.on_error.iter().filter(|rule| !fine || concerned(rule));
        if let Some(rule) = self.first_fit(rules, answer, &said) {
            match rule.then {
                Action::Retry(after) => {
                    return Verdict::Failed(failed(ErrorKind::Server), after.map(length).map(Pause::One));
                }
                Action::Wait(so_long) => {
                    let pause = so_long.map(length).map(Pause::All);
                    return Verdict::Failed(failed(ErrorKind::RateLimited), pause);
                }
                Action::Fail => return Verdict::Failed(failed(ErrorKind::Rejected), None),
                // Of a list that belongs to no row, an answer cannot say that the row is gone.
                Action::SkipParent if self.resource.for_each.is_empty() => {
                    return Verdict::Failed(failed(ErrorKind::Rejected), None);
                }
                Action::SkipParent => return Verdict::Gone(failed(ErrorKind::Rejected)),
                Action::Empty => return Verdict::Empty,
                Action::Ignore => return Verdict::Ignored(failed(ErrorKind::Rejected)),
                Action::DropValueOf(param) => {
                    if let Some(value) = named_first(&said.message, param, sent) {
                        return Verdict::Drop(param, value);
                    }
                }
            }
        }
        let kind = match answer.status {
            200..=299 => return Verdict::Page,
            300..=399 => return Verdict::Failed(redirected(answer), None),
            401 => ErrorKind::Unauthorized,
            403 => ErrorKind::Forbidden,
            429 => ErrorKind::RateLimited,
            408 | 425 | 500 | 502 | 503 | 504 => ErrorKind::Server,
            _ => ErrorKind::Rejected,
        };
        let mut error = failed(kind);
        if kind == ErrorKind::Unauthorized {
            error = error.help(credential_help(self.connector, &self.settings));
        }
        Verdict::Failed(error, None)
    }

    /// The first rule of which all that is given fits.
    fn first_fit(
        &self,
        mut rules: impl Iterator<Item = &'static ErrorRule>,
        answer: &Answer,
        said: &Said,
    ) -> Option<&'static ErrorRule> {
        let body = std::str::from_utf8(&answer.body).unwrap_or("");
        // Read once, and only when some rule looks at it.
        let slots = OnceCell::new();
        rules.find(|rule| {
            rule.status.is_none_or(|expected| expected == answer.status)
                && rule.code.is_none_or(|expected| said.code.as_deref() == Some(expected))
                && rule.message.is_none_or(|glob| matches_glob(glob, &said.message))
                && rule.when.as_ref().is_none_or(|when| {
                    let slots = slots.get_or_init(|| envelope(&self.resource.refusal, body, &answer.headers));
                    let (settings, patterns) = (&self.settings, &self.patterns);
                    truth(when, Scope { slots, settings, patterns, made: &MadeFor::ALL, locals: Locals::default() })
                })
        })
    }
}

fn length(span: Span) -> Duration {
    Duration::from_millis(u64::try_from(span.millis).unwrap_or(0))
}

fn failed(kind: ErrorKind, status: u16, said: &Said, settings: &Settings) -> Error {
    let mut message = format!("the source answered {status}");
    if !said.message.is_empty() {
        message = format!("{message}: {}", start_of(&settings.mask(&said.message)));
    } else if let Some(code) = &said.code {
        message = format!("{message}: {}", settings.mask(code));
    }
    Error::new(kind, message)
}

fn redirected(answer: &Answer) -> Error {
    let elsewhere = answer.header(LOCATION).and_then(|location| url::Url::parse(location).ok());
    match elsewhere {
        Some(url) => crate::origin::foreign(&url.origin()),
        None => Error::new(ErrorKind::Rejected, format!("the source answered {} and leads nowhere", answer.status)),
    }
}

/// What an error's body says.
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    message: String,
}

impl Said {
    /// Reads the forms in use: an object that has a code and a message under one of their usual names, itself or in
    /// `error`, or in the first of `errors`; texts in `errors` or `errorMessages`; a bare JSON string; or no JSON at all.
    pub(crate) fn read(body: &[u8]) -> Said {
        let text = String::from_utf8_lossy(body);
        match serde_json::from_str::<Json>(&text) {
            Ok(Json::String(message)) => Said { code: None, message },
            Ok(Json::Object(object)) => {
                let first_of = |key: &str| object.get(key).and_then(|errors| errors.get(0));
                let inner = object.get("error").and_then(Json::as_object);
                let first = first_of("errors").and_then(Json::as_object);
                let find = |keys: &[&str]| {
                    let objects = [Some(&object), inner, first].into_iter().flatten();
                    objects
                        .into_iter()
                        .find_map(|object| keys.iter().find_map(|key| object.get(*key)?.as_str().map(str::to_owned)))
                };
                let texts = || ["errors", "errorMessages"].iter().find_map(|key| first_of(key)?.as_str());
                let message = find(MESSAGES).or_else(|| texts().map(str::to_owned)).unwrap_or_default();
                Said { code: find(CODES), message }
            }
            _ => Said { code: None, message: text.trim().to_owned() },
        }
    }
}

/// What APIs call the code of an error.
const CODES: &[&str] = &["code", "error", "errorCode", "type"];

/// What APIs call its message.
const MESSAGES: &[&str] = &["message", "error_description", "errorSummary", "detail", "description", "title"];

impl Said {
    /// What it says, in a line; empty when it says nothing.
    pub(crate) fn words(&self) -> String {
        if self.message.is_empty() { self.code.clone().unwrap_or_default() } else { start_of(&self.message) }
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
        assert_eq!(read(r#"{"data":null,"errors":[{"message":"no such field"},{}]}"#), pair("", "no such field"));
        assert_eq!(read(r#"{"errorCode":"E0000006","errorSummary":"No"}"#), pair("E0000006", "No"));
        assert_eq!(read(r#"{"errorMessages":["Gone","x"],"errors":{}}"#), pair("", "Gone"));
        assert_eq!(
            read(r#"{"error":{"type":"invalid_request_error","message":"m"}}"#),
            pair("invalid_request_error", "m")
        );
        assert_eq!(read(r#""slow down""#), pair("", "slow down"));
        assert_eq!(read("<html>Bad\ngateway</html>"), pair("", "<html>Bad\ngateway</html>"));
        assert_eq!(read(""), pair("", ""));
    }
}
