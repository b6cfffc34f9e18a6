//! A request as it goes out: an address, headers, and what is sent, without what proves who asks.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use serde_json::{Map, Value as Json};
use tapwright_plan::Method;
use url::Url;

use crate::credential::Credential;
use crate::request::Wire;
use crate::{Error, ErrorKind, Result};

/// What a request sends.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Json(Json),
    Form(Vec<(&'static str, String)>),
    /// What a hook made, which is neither.
    Text(String),
}

/// A request as it goes out, without what proves who asks.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Option<Content>,
}

impl Content {
    pub(crate) fn kind(&self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Content::Json(_) => "application/json",
            Content::Form(_) => "application/x-www-form-urlencoded",
            Content::Text(_) => "text/plain; charset=utf-8",
        })
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Content::Json(json) => json.to_string().into_bytes(),
            Content::Form(form) => {
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into_bytes()
            }
            Content::Text(text) => text.clone().into_bytes(),
        }
    }

    /// With a value at a path, in place of what stood there.
    pub(crate) fn put(&mut self, path: &'static [&'static str], value: Wire) {
        match (self, path) {
            (Content::Json(json), path) => put(json, path, value.into()),
            (Content::Form(form), [name, ..]) => {
                form.retain(|(known, _)| known != name);
                form.push((name, value.to_string()));
            }
            (Content::Form(_), []) | (Content::Text(_), _) => {}
        }
    }
}

impl Outgoing {
    /// A form that is sent to an address, and answered with JSON.
    pub(crate) fn form(url: Url, form: Vec<(&'static str, String)>) -> Self {
        let content = Content::Form(form);
        let headers = [(ACCEPT, HeaderValue::from_static("application/json")), (CONTENT_TYPE, content.kind())];
        Outgoing { method: Method::Post, url, headers: headers.into_iter().collect(), content: Some(content) }
    }

    /// What it sends, with the credential in it where that is its place.
    pub(crate) fn body(&self, credential: &Credential) -> Option<Vec<u8>> {
        let content = self.content.as_ref()?;
        let Credential::Body(path, value) = credential else { return Some(content.bytes()) };
        let mut content = content.clone();
        content.put(path, Wire::Text(value.expose_secret().to_owned()));
        Some(content.bytes())
    }

    /// What it sends, without the credential.
    pub(crate) fn text(&self) -> Option<String> {
        self.content.as_ref().map(|content| String::from_utf8_lossy(&content.bytes()).into_owned())
    }

    /// The same with another body: as JSON where it was JSON and still is.
    ///
    /// # Errors
    /// `Hook` when it is no JSON object any more, and a credential of the connector has its place there.
    pub(crate) fn with_text(self, text: Option<String>, holds_credential: bool) -> Result<Self> {
        if text == self.text() {
            return Ok(self);
        }
        let content = match (&self.content, text) {
            (_, None) => None,
            (Some(Content::Json(_)), Some(text)) => match serde_json::from_str::<Json>(&text) {
                Ok(json) if json.is_object() => Some(Content::Json(json)),
                _ => Some(Content::Text(text)),
            },
            (_, Some(text)) => Some(Content::Text(text)),
        };
        if holds_credential && !matches!(content, Some(Content::Json(_))) {
            let what = "the hook's body is no JSON object, and the credential has its place in it";
            return Err(Error::new(ErrorKind::Hook, what));
        }
        Ok(Outgoing { content, ..self })
    }

    /// Its method, as it is written.
    pub(crate) fn method(&self) -> &'static str {
        match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }

    /// For a message: method, path and query, shortened.
    pub(crate) fn shown(&self) -> String {
        let mut line = format!("{} {}", self.method(), self.url.path());
        if let Some(query) = self.url.query() {
            let query: Vec<_> = query
                .split('&')
                .map(|pair| match pair.char_indices().nth(60) {
                    Some((at, _)) => format!("{}…", pair.get(..at).unwrap_or("")),
                    None => pair.to_owned(),
                })
                .collect();
            line.push('?');
            line.push_str(&query.join("&"));
        }
        line
    }
}

/// Puts a value at a path of keys, with objects on the way.
fn put(json: &mut Json, path: &[&str], value: Json) {
    let Some((key, rest)) = path.split_first() else {
        *json = value;
        return;
    };
    if !json.is_object() {
        *json = Json::Object(Map::new());
    }
    if let Json::Object(members) = json {
        put(members.entry(*key).or_insert(Json::Null), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_into_a_body_at_any_depth() {
        let mut body = serde_json::json!({ "variables": { "first": 100 }, "query": "q" });
        put(&mut body, &["variables", "after"], Wire::Text("abc".to_owned()).into());
        put(&mut body, &["variables", "first"], Wire::Number(50).into());
        put(&mut body, &["other", "deep"], Wire::Number(1).into());
        let expected = serde_json::json!({
            "variables": { "first": 50, "after": "abc" }, "query": "q", "other": { "deep": 1 }
        });
        assert_eq!(body, expected);
    }
}
