//! Who is shown what was asked and answered, as it went over the wire.
//!
//! What a witness is shown holds no secret: everything is masked here, before anybody sees it. Of a request for a token
//! nothing is shown but that it was made, for its answer is one. Without a witness nothing is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;
use serde_json::Value as Json;

use crate::credential::Credential;
use crate::http::{Answer, USER_AGENT};
use crate::mask::{self, MASK};
use crate::outgoing::{Content, Outgoing};
use crate::{Result, Settings};

/// So much of a body is shown, in bytes.
const MOST_OF_A_BODY: usize = 16 * 1024;

/// What stands before a credential in a header without being a part of it.
const SCHEMES: &[&str] = &["Bearer", "Basic", "Token"];

/// Is shown every exchange with the source.
pub trait Witness: Send + Sync {
    /// Called when an exchange has ended, whatever came of it.
    fn exchanged(&self, exchange: &Exchange);
}

/// A witness among the options of a sync.
#[derive(Clone, Default)]
pub struct WitnessOption(pub Option<Arc<dyn Witness>>);

impl fmt::Debug for WitnessOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "a witness" } else { "no witness" })
    }
}

/// What a request was sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A page of the resource of that name.
    Page(&'static str),
    /// A token that other requests carry.
    Token,
}

/// A request and what came of it, without secrets.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What it was sent for.
    pub purpose: Purpose,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address, of a request for a token without its parameters.
    pub url: String,
    /// The headers; none of a request for a token.
    pub headers: Vec<(String, String)>,
    /// What was sent; nothing of a request for a token.
    pub body: Option<Excerpt>,
    /// What was answered, or why no answer came.
    pub answer: Result<Answered, String>,
    /// From the first byte that was sent to the last that came.
    pub elapsed: Duration,
}

/// An answer, without secrets.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its status.
    pub status: u16,
    /// Its headers; none of one that gives a token.
    pub headers: Vec<(String, String)>,
    /// How long its body is, in bytes, after decompression.
    pub bytes: usize,
    /// The beginning of its body; none of one that gives a token.
    pub body: Option<Excerpt>,
}

/// The beginning of a body: JSON in lines, everything else as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// Whether that is all of it.
    pub whole: bool,
}

/// What of one exchange must not be seen: every secret that is known, and what the request was sent with.
struct Mask<'m> {
    settings: &'m Settings,
    sent: Vec<SecretString>,
}

impl Exchange {
    /// What there is to show of a request that was sent with a credential, and of what came of it.
    pub(crate) fn new(
        purpose: Purpose,
        (outgoing, credential): (&Outgoing, &Credential),
        answer: &Result<Answer>,
        elapsed: Duration,
        settings: &Settings,
    ) -> Self {
        let mask = Mask::of(outgoing, credential, settings);
        let opens = matches!(purpose, Purpose::Page(_));
        let answer = match answer {
            Ok(answer) => Ok(Answered {
                status: answer.status,
                headers: if opens { mask.headers(&answer.headers) } else { Vec::new() },
                bytes: answer.body.len(),
                body: opens.then(|| mask.excerpt(&String::from_utf8_lossy(&answer.body))),
            }),
            Err(error) => Err(mask.text(error.message())),
        };
        Exchange {
            purpose,
            method: outgoing.method(),
            url: if opens { mask.url(outgoing, credential) } else { mask.place(outgoing) },
            headers: if opens { mask.sent(outgoing, credential) } else { Vec::new() },
            body: if opens { mask.content(outgoing, credential) } else { None },
            answer,
            elapsed,
        }
    }
}

impl<'m> Mask<'m> {
    fn of(outgoing: &Outgoing, credential: &Credential, settings: &'m Settings) -> Self {
        let mut sent = Vec::new();
        let mut header = |value: &HeaderValue| {
            let Ok(value) = value.to_str() else { return };
            sent.push(SecretString::from(value));
            // A source that says what it was told may leave the scheme out.
            sent.extend(value.split_once(' ').map(|(_, behind)| SecretString::from(behind)));
        };
        outgoing.headers.values().filter(|value| value.is_sensitive()).for_each(&mut header);
        match credential {
            Credential::None => {}
            Credential::Header(_, value) => header(value),
            Credential::Query(_, value) | Credential::Body(_, value) => sent.push(value.clone()),
        }
        Mask { settings, sent }
    }

    fn text(&self, text: &str) -> String {
        let mut shown = self.settings.mask(text);
        self.sent.iter().for_each(|secret| mask::hide(secret.expose_secret(), &mut shown));
        shown
    }

    fn url(&self, outgoing: &Outgoing, credential: &Credential) -> String {
        let mut url = self.text(outgoing.url.as_str());
        if let Credential::Query(name, _) = credential {
            let sign = if outgoing.url.query().is_some() { '&' } else { '?' };
            url.push(sign);
            url.push_str(&format!("{name}={MASK}"));
        }
        url
    }

    /// Where a request goes, without its parameters.
    fn place(&self, outgoing: &Outgoing) -> String {
        let mut url = outgoing.url.clone();
        url.set_query(None);
        self.text(url.as_str())
    }

    /// The headers of a request. That of a credential is hidden however short it is.
    fn sent(&self, outgoing: &Outgoing, credential: &Credential) -> Vec<(String, String)> {
        let mut headers = self.headers(&outgoing.headers);
        headers.push(("user-agent".to_owned(), USER_AGENT.to_owned()));
        if let Credential::Header(name, value) = credential {
            let scheme = value.to_str().ok().and_then(|value| value.split_once(' ')).map(|(scheme, _)| scheme);
            let shown = match scheme.filter(|scheme| SCHEMES.contains(scheme)) {
                Some(scheme) => format!("{scheme} {MASK}"),
                None => MASK.to_owned(),
            };
            headers.push((name.as_str().to_owned(), shown));
        }
        headers
    }

    fn headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let shown = |(name, value): (&HeaderName, &HeaderValue)| {
            let hidden = value.is_sensitive() || *name == SET_COOKIE;
            let value = if hidden { MASK.to_owned() } else { self.text(&String::from_utf8_lossy(value.as_bytes())) };
            (name.as_str().to_owned(), value)
        };
        headers.iter().map(shown).collect()
    }

    fn content(&self, outgoing: &Outgoing, credential: &Credential) -> Option<Excerpt> {
        let mut content = outgoing.content.clone()?;
        if let Credential::Body(path, _) = credential {
            content.put(path, crate::request::Wire::Text(MASK.to_owned()));
        }
        Some(match content {
            Content::Json(json) => self.excerpt(&json.to_string()),
            Content::Text(text) => self.excerpt(&text),
            Content::Form(form) => {
                let lines: Vec<_> = form.iter().map(|(name, value)| format!("{name}={}", self.text(value))).collect();
                begun(lines.join("\n"), true)
            }
        })
    }

    fn excerpt(&self, body: &str) -> Excerpt {
        match serde_json::from_str::<IgnoredAny>(body) {
            Ok(_) => self.json(body),
            Err(_) => begun(self.text(body), true),
        }
    }

    /// JSON, a line for each value. Texts are masked as they read, however the source writes their characters.
    fn json(&self, mut rest: &str) -> Excerpt {
        let (mut out, mut depth) = (String::new(), 0_usize);
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        };
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { return begun(out, true) };
            if out.len() > MOST_OF_A_BODY {
                return begun(out, false);
            }
            let length = match first {
                '"' => text_length(rest),
                '{' | '}' | '[' | ']' | ',' | ':' => 1,
                _ => rest.find([',', '}', ']', ' ', '\n', '\r', '\t']).unwrap_or(rest.len()),
            };
            let (token, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = behind;
            match first {
                '"' => {
                    let text: String = serde_json::from_str(token).unwrap_or_default();
                    out.push_str(&Json::from(self.text(&text)).to_string());
                }
                '{' | '[' => {
                    out.push(first);
                    let end = if first == '{' { '}' } else { ']' };
                    if let Some(behind) = rest.trim_start().strip_prefix(end) {
                        out.push(end);
                        rest = behind;
                    } else {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
                '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    line(&mut out, depth);
                    out.push(first);
                }
                ',' => {
                    out.push(',');
                    line(&mut out, depth);
                }
                ':' => out.push_str(": "),
                _ => out.push_str(&self.text(token)),
            }
        }
    }
}

/// How long the text is that JSON begins with, its quotes included.
fn text_length(json: &str) -> usize {
    let mut escaped = false;
    for (at, c) in json.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// As much of a text as is shown.
fn begun(mut text: String, whole: bool) -> Excerpt {
    let fits = text.len() <= MOST_OF_A_BODY;
    if !fits {
        let most = (0..=MOST_OF_A_BODY).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(most);
    }
    Excerpt { text, whole: whole && fits }
}

#[cfg(test)]
mod tests {
    use tapwright_plan::{Auth, Connector, Expr, Kind, Method, Setting};
    use url::Url;

    use super::*;
    use crate::settings::{Origin, SettingValue};

    const SECRET: &str = "sk_a2V5XzEyMw";
    static CONNECTOR: Connector = Connector {
        name: "acme",
        title: "Acme",
        fingerprint: 0,
        settings: &[Setting {
            description: "",
            name: "key",
            env: None,
            kind: Kind::Secret { matches: None },
            required: true,
            only_for: None,
        }],
        base_url: Expr::Null,
        auth: Auth::None,
        limits: &[],
        retry: None,
        resources: &[],
    };

    fn settings() -> Settings {
        let secret = SettingValue::Text(SecretString::from(SECRET));
        Settings::builder(&CONNECTOR).set("key", secret, Origin::Given).build().unwrap()
    }

    fn exchange(purpose: Purpose, headers: &[(&'static str, &str)], body: &str) -> Exchange {
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        let answer = Answer { status: 200, headers: headers.collect(), body: body.as_bytes().to_vec() };
        let url = Url::parse(&format!("https://api.example.com/a?k={SECRET}")).unwrap();
        let outgoing = Outgoing { method: Method::Get, url, headers: HeaderMap::new(), content: None };
        let credential = Credential::Query("key", SecretString::from("abc"));
        Exchange::new(purpose, (&outgoing, &credential), &Ok(answer), Duration::ZERO, &settings())
    }

    fn shown(body: &str) -> Excerpt {
        exchange(Purpose::Page("items"), &[], body).answer.unwrap().body.unwrap()
    }

    #[test]
    fn json_is_shown_a_line_for_each_value_in_the_order_it_came_in() {
        let body = r#"{"b":[1,{"a":"x, \"y\" }"}],"a":{},"c":[ ],"n":-1.50e3,"t":true,"z":null}"#;
        let lines = [
            "{",
            "  \"b\": [",
            "    1,",
            "    {",
            "      \"a\": \"x, \\\"y\\\" }\"",
            "    }",
            "  ],",
            "  \"a\": {},",
            "  \"c\": [],",
            "  \"n\": -1.50e3,",
            "  \"t\": true,",
            "  \"z\": null",
            "}",
        ];
        assert_eq!(shown(body), Excerpt { text: lines.join("\n"), whole: true });
    }

    #[test]
    fn a_secret_is_hidden_however_it_is_written() {
        let escaped: String = SECRET.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        for body in [format!("\"{escaped}\""), format!("{{\"{escaped}\":\"a {escaped}\"}}"), format!("<p>{SECRET}</p>")]
        {
            let text = shown(&body).text;
            assert!(!text.contains(SECRET) && !text.contains(&escaped) && text.contains(MASK), "{text}");
        }
        let link = format!("<https://x/?k={SECRET}>");
        let headers = [("link", link.as_str()), ("set-cookie", "session=other; HttpOnly")];
        let exchange = exchange(Purpose::Page("items"), &headers, "");
        assert_eq!(exchange.url, format!("https://api.example.com/a?k={MASK}&key={MASK}"));
        let headers = exchange.answer.unwrap().headers;
        let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!(header("link"), Some(format!("<https://x/?k={MASK}>").as_str()));
        assert_eq!(header("set-cookie"), Some(MASK));
    }

    #[test]
    fn of_a_request_for_a_token_nothing_is_shown_but_that_it_was_made() {
        let exchange = exchange(Purpose::Token, &[("x-token", "other")], "{\"token\":\"other\"}");
        assert_eq!(exchange.url, "https://api.example.com/a");
        assert!(exchange.headers.is_empty() && exchange.body.is_none());
        let answer = exchange.answer.unwrap();
        assert_eq!((answer.status, answer.headers.len(), answer.body), (200, 0, None));
    }

    #[test]
    fn a_long_body_is_cut() {
        for body in
            [format!("[{}1]", "12345,".repeat(9_000)), "é".repeat(20_000), format!("\"{}\"", "é".repeat(20_000))]
        {
            let excerpt = shown(&body);
            assert!(!excerpt.whole && excerpt.text.len() <= MOST_OF_A_BODY, "{}", excerpt.text.len());
            assert!(excerpt.text.len() > MOST_OF_A_BODY - 8, "{}", excerpt.text.len());
        }
    }
}
