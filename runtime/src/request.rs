//! A request for one page, put together from what the plan fixes, where the paging is, and the window.

use std::collections::BTreeSet;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value as Json;
use tapwright_plan::{self as plan, Body, Expr, Method, Param, ParamValue, Target, Template, TimeFormat};
use url::Url;

use crate::credential::may_hold_a_secret;
use crate::decode::Found;
use crate::eval::MadeFor;
use crate::http::{text_of, value_of};
use crate::outgoing::{Content, Outgoing};
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

/// A request in the making.
#[derive(Clone, Debug)]
pub(crate) struct PageRequest {
    method: Method,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    path: String,
    /// The address of a page as the source gave it, in place of path and query.
    address: Option<String>,
    body: Option<Content>,
}

/// A value on its way into a request. A number is written as one where the place tells numbers and text apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    Text(String),
    Number(i64),
}

impl Wire {
    /// As an expression sees it.
    pub(crate) fn found(self) -> Found<'static> {
        match self {
            Wire::Text(text) => Found::Text(text.into()),
            Wire::Number(number) => Found::Integer(number),
        }
    }
}

/// The values of list parameters that the source refused.
pub(crate) type Dropped = BTreeSet<(&'static str, &'static str)>;

/// What a request is made for.
#[derive(Clone, Copy)]
pub(crate) struct Given<'g> {
    pub(crate) settings: &'g Settings,
    pub(crate) made: &'g MadeFor,
    pub(crate) dropped: &'g Dropped,
}

impl PageRequest {
    /// What every request has of which a plan says this.
    ///
    /// # Errors
    /// `Body` when what it is made for has no place in a request; `Rejected` when the source refuses every value of a
    /// list parameter.
    pub(crate) fn new(plan: &'static plan::Request, given: Given<'_>) -> Result<Self> {
        let path = path(&plan.path, given)?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut request =
            PageRequest { method: plan.method, query: Vec::new(), headers, path, address: None, body: None };
        request.query = params(plan.query, given)?;
        for (name, value) in params(plan.headers, given)? {
            request.header(name, &value)?;
        }
        // What may be a secret says so of itself wherever it goes.
        for header in plan.headers.iter().filter(|header| may_hold_a_secret(&header.value, given.settings.plan())) {
            request.headers.get_mut(header.name).into_iter().for_each(|value| value.set_sensitive(true));
        }
        request.body = match &plan.body {
            Some(Body::Json(template)) => Some(Content::Json(json(template, given).unwrap_or(Json::Null))),
            Some(Body::Form(form)) => Some(Content::Form(params(form, given)?)),
            None => None,
        };
        Ok(request)
    }

    /// Puts a value where `target` says, in place of what stood there.
    ///
    /// # Errors
    /// `Body` when a header cannot carry it.
    pub(crate) fn put(&mut self, target: Target, value: Wire) -> Result<()> {
        match target {
            Target::Query(name) => {
                self.query.retain(|(known, _)| *known != name);
                self.query.push((name, value.to_string()));
            }
            Target::Header(name) => self.header(name, &value.to_string())?,
            Target::Body(path) => {
                if let Some(content) = &mut self.body {
                    content.put(path, value);
                }
            }
        }
        Ok(())
    }

    /// Asks for the page of this address, below the origin, instead.
    pub(crate) fn at(&mut self, address: &str) {
        self.address = Some(address.to_owned());
    }

    fn header(&mut self, name: &str, value: &str) -> Result<()> {
        let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else {
            return Err(Error::new(ErrorKind::Body, format!("the header `{name}` cannot carry its value")));
        };
        self.headers.insert(name, value);
        Ok(())
    }

    /// The whole of it, to a place below `base`.
    pub(crate) fn outgoing(mut self, base: &Url) -> Outgoing {
        if let Some(content) = &self.body {
            self.headers.entry(CONTENT_TYPE).or_insert(content.kind());
        }
        Outgoing { method: self.method, url: self.url(base), headers: self.headers, content: self.body }
    }

    fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        if let Some(address) = &self.address {
            let (path, query) = match address.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (address.as_str(), None),
            };
            url.set_path(path);
            url.set_query(query);
            return url;
        }
        url.set_path(&format!("{}{}", base.path().trim_end_matches('/'), self.path));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wire::Text(text) => f.write_str(text),
            Wire::Number(number) => number.fmt(f),
        }
    }
}

impl From<Wire> for Json {
    fn from(value: Wire) -> Self {
        match value {
            Wire::Text(text) => Json::String(text),
            Wire::Number(number) => Json::from(number),
        }
    }
}

/// Parameters with their values. One whose value is null is left out.
pub(crate) fn params(plan: &'static [Param], given: Given<'_>) -> Result<Vec<(&'static str, String)>> {
    let mut params = Vec::with_capacity(plan.len());
    for param in plan {
        let left = |values: &'static [&'static str]| -> Result<Vec<&'static str>> {
            let kept = values.iter().copied().filter(|value| !given.dropped.contains(&(param.name, value)));
            let left: Vec<_> = kept.collect();
            if left.is_empty() {
                let what = format!("the source refuses every value of `{}`", param.name);
                return Err(Error::new(ErrorKind::Rejected, what));
            }
            Ok(left)
        };
        match &param.value {
            ParamValue::Text(value) => {
                params.extend(text_of(value, given.settings, given.made).map(|value| (param.name, value)));
            }
            ParamValue::Comma(values) => params.push((param.name, left(values)?.join(","))),
            ParamValue::Repeat(values) => {
                params.extend(left(values)?.into_iter().map(|value| (param.name, value.to_owned())));
            }
        }
    }
    Ok(params)
}

/// A template with its values; none when it is null.
pub(crate) fn json(template: &'static Template, given: Given<'_>) -> Option<Json> {
    match template {
        Template::Null => Some(Json::Null),
        Template::Text(expr) => text_of(expr, given.settings, given.made).map(Json::String),
        Template::Value(expr) => match value_of(expr, given.settings, given.made) {
            Found::Bool(b) => Some(Json::Bool(b)),
            Found::Integer(i) => Some(Json::from(i)),
            Found::Unsigned(u) => Some(Json::from(u)),
            Found::Number(n) => Some(Json::from(n)),
            Found::Text(text) => Some(Json::String(text.into_owned())),
            _ => None,
        },
        Template::Array(items) => Some(items.iter().map(|item| json(item, given).unwrap_or(Json::Null)).collect()),
        Template::Object(members) => {
            let members =
                members.iter().filter_map(|member| Some((member.name.to_owned(), json(&member.value, given)?)));
            Some(Json::Object(members.collect()))
        }
    }
}

/// A path. What stands in a `{…}` is one segment or a part of one, whatever it holds: it is encoded, and it is there.
fn path(expr: &'static Expr, given: Given<'_>) -> Result<String> {
    let parts = match expr {
        Expr::Concat(parts) => *parts,
        whole => std::slice::from_ref(whole),
    };
    let mut path = String::new();
    for part in parts {
        if let Expr::Text(literal) = part {
            path.push_str(literal);
            continue;
        }
        let Some(value) = text_of(part, given.settings, given.made).filter(|value| !value.is_empty()) else {
            return Err(Error::new(ErrorKind::Body, "a part of the request's path is missing or empty"));
        };
        path.extend(utf8_percent_encode(&value, SEGMENT));
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(Error::new(ErrorKind::Body, "a part of the request's path would lead out of it"));
    }
    Ok(path)
}

/// What may not stand in a segment of a path as it is ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)).
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b':').remove(b',');

/// A moment as the source wants it. What is finer than the format tells is cut off.
fn written(at: Timestamp, format: TimeFormat) -> Wire {
    match format {
        TimeFormat::Rfc3339 => Wire::Text(at.to_string()),
        TimeFormat::UnixSeconds => Wire::Number(at.millis().div_euclid(1000)),
        TimeFormat::UnixMillis => Wire::Number(at.millis()),
        TimeFormat::UnixMicros => Wire::Number(at.millis().saturating_mul(1000)),
        TimeFormat::Date => Wire::Text(at.written_as("%F").unwrap_or_default()),
        TimeFormat::Pattern { text, .. } => Wire::Text(at.written_as(text).unwrap_or_default()),
    }
}

/// The start of a window as it is asked for: a millisecond early, and rounded down. So nothing is missed whether the
/// source counts the start in or out, and the decoder leaves out what is another window's.
pub(crate) fn start_of(millis: i64, format: TimeFormat) -> Wire {
    written(clamped(millis.saturating_sub(1)), format)
}

/// The end of a window as it is asked for: rounded up, for the same reason.
pub(crate) fn end_of(millis: i64, format: TimeFormat) -> Wire {
    let unit = format.unit();
    let up = millis.saturating_add(unit - 1);
    written(clamped(up - up.rem_euclid(unit)), format)
}

fn clamped(millis: i64) -> Timestamp {
    Timestamp::default().plus(millis)
}

#[cfg(test)]
mod tests {
    use tapwright_plan::{Auth, Connector};

    use super::*;

    static NOTHING: Connector = Connector {
        name: "nothing",
        title: "Nothing",
        fingerprint: 0,
        settings: &[],
        base_url: Expr::Text("https://api.test"),
        auth: Auth::None,
        limits: &[],
        retry: None,
        resources: &[],
    };

    fn made(parts: &'static [Expr], values: &[&str]) -> Result<String> {
        let expr: &'static Expr = Box::leak(Box::new(Expr::Concat(parts)));
        let given = values.iter().map(|value| Found::Text((*value).to_owned().into())).collect();
        let made = MadeFor { given, ..MadeFor::ALL };
        let settings = Settings::builder(&NOTHING).build()?;
        path(expr, Given { settings: &settings, made: &made, dropped: &Dropped::new() })
    }

    #[test]
    fn a_value_stays_within_its_segment() {
        static PARTS: &[Expr] = &[Expr::Text("/repos/"), Expr::Given(0), Expr::Text("/issues")];
        for (value, path) in [
            ("plain", "/repos/plain/issues"),
            ("a/b?c#d e%f", "/repos/a%2Fb%3Fc%23d%20e%25f/issues"),
            ("../..", "/repos/..%2F../issues"),
            ("ü@x.test", "/repos/%C3%BC@x.test/issues"),
        ] {
            assert_eq!(made(PARTS, &[value]).unwrap(), path);
        }
        for value in ["..", ".", ""] {
            assert_eq!(made(PARTS, &[value]).unwrap_err().kind(), ErrorKind::Body, "{value:?}");
        }
    }

    /// What a source that counts the ends in, or out, would send of records at these moments.
    fn sent(records: &[i64], format: TimeFormat, from: i64, to: i64, ends_in: bool) -> Vec<i64> {
        let read = |wire: Wire| match (format, wire) {
            (TimeFormat::UnixSeconds, Wire::Number(seconds)) => seconds * 1000,
            (TimeFormat::Date, Wire::Text(text)) => Timestamp::parse_date(&text).unwrap().millis(),
            (TimeFormat::Pattern { text: pattern, .. }, Wire::Text(text)) => {
                Timestamp::parse_as(&text, pattern).unwrap().millis()
            }
            (_, Wire::Text(text)) => Timestamp::parse(&text).unwrap().millis(),
            (_, Wire::Number(millis)) => millis,
        };
        let (start, end) = (read(start_of(from, format)), read(end_of(to, format)));
        let unit = format.unit();
        // A source of that grain compares whole units.
        let is_within = |at: &i64| {
            let at = at - at.rem_euclid(unit);
            if ends_in { start <= at && at <= end } else { start < at && at < end }
        };
        records.iter().copied().filter(is_within).collect()
    }

    #[test]
    fn windows_side_by_side_miss_nothing_at_their_edges() {
        let minutes = TimeFormat::Pattern { text: "%Y-%m-%d %H:%M", unit: 60_000 };
        let formats = [TimeFormat::Rfc3339, TimeFormat::UnixSeconds, TimeFormat::UnixMillis, TimeFormat::Date, minutes];
        let mut dice = 1_u64;
        for format in formats {
            for _ in 0..2_000 {
                let mut roll = |most: i64| {
                    dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    i64::try_from(dice >> 33).unwrap() % most
                };
                let unit = format.unit();
                let base = 1_767_225_600_000 + roll(10 * unit);
                let edges = [base, base + 4 * unit + roll(unit), base + 9 * unit + roll(unit)];
                let records: Vec<i64> = (0..40)
                    .map(|_| base + roll(edges[2] - base))
                    // A source of that grain has no finer times.
                    .map(|at| at - at.rem_euclid(unit))
                    .filter(|at| *at >= base)
                    .chain(
                        edges
                            .iter()
                            .map(|edge| edge - edge.rem_euclid(unit))
                            .filter(|at| *at >= base && *at < edges[2]),
                    )
                    .collect();
                for ends_in in [true, false] {
                    let mut found = Vec::new();
                    for pair in edges.windows(2) {
                        let page = sent(&records, format, pair[0], pair[1], ends_in);
                        // As the decoder does: each record is one window's.
                        found.extend(page.into_iter().filter(|at| (pair[0]..pair[1]).contains(at)));
                    }
                    found.sort_unstable();
                    let mut expected = records.clone();
                    expected.sort_unstable();
                    assert_eq!(found, expected, "{format:?} {edges:?} {ends_in}");
                }
            }
        }
    }
}
