//! How an API says when it allows requests again. It must not know why it refuses one.

use std::time::Duration;

use hyper::header::{HeaderName, RETRY_AFTER};
use serde_json::Value;
use tapwright_spec::model::{self, Expr, Function, Segment, WaitFormat};

use crate::answer::Answer;
use crate::eval::text;
use crate::place::{Part, Placed, Placer, Spot};
use crate::refusal::put;
use crate::time;

/// Where it says it, and how.
#[derive(Clone, Debug)]
pub(crate) struct Wait {
    places: Vec<Place>,
    format: WaitFormat,
}

#[derive(Clone, Debug, PartialEq)]
enum Place {
    Header(HeaderName),
    /// In the body; among words, where the spec looks for it among them.
    Body {
        path: Vec<Segment>,
        as_text: bool,
        among: Option<(String, String)>,
    },
}

impl Wait {
    /// Where a spec looks for it, or else `Retry-After`.
    pub(crate) fn of(wait: Option<&model::Wait>, settings: &[(String, Value)]) -> Wait {
        let places = wait.map(|wait| places(&wait.from, settings)).unwrap_or_default();
        match wait {
            Some(wait) if !places.is_empty() => Wait { places, format: wait.format },
            _ => Wait { places: vec![Place::Header(RETRY_AFTER)], format: WaitFormat::Seconds },
        }
    }

    /// Says it in an answer, for so long a wait from a moment.
    pub(crate) fn tell(&self, answer: &mut Answer, wait: Duration, now: i64) {
        let value = said(self.format, wait, now);
        for place in &self.places {
            match place {
                Place::Header(name) => answer.headers.push((name.clone(), text(&value))),
                Place::Body { path, as_text, among } => {
                    let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                    let value = match among {
                        Some((before, behind)) => Value::from(format!("{before}{}{behind}", text(&value))),
                        None if *as_text => Value::from(text(&value)),
                        None => value.clone(),
                    };
                    put(&mut body, path, value);
                    answer.body = body.to_string().into_bytes();
                }
            }
        }
    }
}

fn places(from: &Expr, settings: &[(String, Value)]) -> Vec<Place> {
    if let Expr::Call(Function::Integer | Function::Number | Function::Trim, args) = from
        && let Some(inner) = args.first()
        && matches!(inner, Expr::Call(Function::Capture, _))
    {
        return places(inner, settings);
    }
    if let Expr::FirstOf(all) = from {
        return all.iter().map(|one| places(one, settings)).find(|places| !places.is_empty()).unwrap_or_default();
    }
    if let Expr::Call(Function::Capture, args) = from
        && let [Expr::Path(path), Expr::Text(regex)] = args.as_slice()
    {
        let among = around(regex);
        let body = among.map(|among| Place::Body { path: path.clone(), as_text: true, among: Some(among) });
        return body.into_iter().collect();
    }
    let everywhere = |_: &[Segment]| true;
    let mut placer = Placer::new(settings, &everywhere);
    placer.value(from, &Part::Either(Value::Null, Value::Null), false);
    let place = |Placed { spot, as_text, .. }: Placed<'_>| match spot {
        Spot::Header(name) => HeaderName::from_bytes(name.as_bytes()).ok().map(Place::Header),
        Spot::Body(path) => Some(Place::Body { path: path.to_vec(), as_text, among: None }),
    };
    placer.placed().into_iter().filter_map(place).collect()
}

/// The words around the group of a regular expression that has nothing else to it.
fn around(regex: &str) -> Option<(String, String)> {
    let (before, rest) = regex.split_once('(')?;
    let (_, behind) = rest.split_once(')')?;
    let plain = |words: &str| !words.contains(|c: char| "\\.*+?[](){}|^$".contains(c));
    (plain(before) && plain(behind)).then(|| (before.to_owned(), behind.to_owned()))
}

/// So long a time from a moment, as a format writes it. What the format cannot tell is rounded up.
pub(crate) fn said(format: WaitFormat, wait: Duration, now: i64) -> Value {
    let millis = i64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX / 2).max(1);
    let then = now.saturating_add(millis);
    let seconds = |millis: i64| millis.saturating_add(999).div_euclid(1_000);
    match format {
        WaitFormat::Seconds => seconds(millis).into(),
        WaitFormat::Millis => millis.into(),
        WaitFormat::UnixSeconds => seconds(then).into(),
        WaitFormat::UnixMillis => then.into(),
        WaitFormat::Rfc3339 => time::rfc3339(then).into(),
        WaitFormat::HttpDate => time::http_date(then.saturating_add(999)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(key: &str) -> Expr {
        Expr::Path(vec![Segment::Key(key.to_owned())])
    }

    fn told(from: Expr, format: WaitFormat) -> (Vec<(HeaderName, String)>, String) {
        let mut answer = Answer::too_many();
        let now = 1_768_478_400_250;
        Wait::of(Some(&model::Wait { from, format }), &[]).tell(&mut answer, Duration::from_micros(1_000_500), now);
        (answer.headers, String::from_utf8(answer.body).unwrap())
    }

    #[test]
    fn a_wait_is_never_shorter_than_was_meant() {
        for (format, expected) in [
            (WaitFormat::Seconds, "2"),
            (WaitFormat::Millis, "1001"),
            (WaitFormat::UnixSeconds, "1768478402"),
            (WaitFormat::UnixMillis, "1768478401251"),
            (WaitFormat::Rfc3339, "2026-01-15T12:00:01.251Z"),
            (WaitFormat::HttpDate, "Thu, 15 Jan 2026 12:00:02 GMT"),
        ] {
            let (headers, _) = told(Expr::Header("X-Reset".to_owned()), format);
            assert_eq!(headers, [(HeaderName::from_static("x-reset"), expected.to_owned())]);
        }
    }

    #[test]
    fn a_wait_stands_where_the_spec_looks_for_it() {
        let (headers, body) = told(path("retry_in"), WaitFormat::Millis);
        assert!(headers.is_empty() && body.contains(r#""retry_in":1001"#), "{body}");
        let regex = Expr::Text("retry in ([0-9]+) seconds".to_owned());
        let (_, body) = told(Expr::Call(Function::Capture, vec![path("message"), regex]), WaitFormat::Seconds);
        assert!(body.contains(r#""message":"retry in 2 seconds""#), "{body}");
        let odd = Expr::Call(Function::Capture, vec![path("message"), Expr::Text(r"\b([0-9]+)s?".to_owned())]);
        let (headers, _) = told(odd, WaitFormat::Seconds);
        assert_eq!(headers, [(RETRY_AFTER, "2".to_owned())]);
    }
}
