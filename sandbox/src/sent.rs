//! A request's query, headers and body, taken apart: what is asked for is taken out, and what is left is what nobody
//! knows. Also how a query is read and written. It must not know which parameters there are.

use std::borrow::Cow;

use hyper::HeaderMap;
use tapwright_spec::model::Target;

use crate::answer::Answer;
use crate::posted::{Kind, Posted};

/// What a request carries and nobody has asked for yet.
pub(crate) struct Sent<'a> {
    pub(crate) pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    headers: &'a HeaderMap,
    pub(crate) posted: Posted,
}

impl<'a> Sent<'a> {
    /// A request's query, headers and body.
    pub(crate) fn of(query: &'a str, headers: &'a HeaderMap, posted: Posted) -> Sent<'a> {
        Sent { pairs: pairs(query), headers, posted }
    }

    /// The value of a parameter that may be there once.
    pub(crate) fn take(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, Answer> {
        let Some(place) = self.pairs.iter().position(|(known, _)| known == name) else { return Ok(None) };
        let (_, value) = self.pairs.remove(place);
        if self.pairs.iter().any(|(known, _)| known == name) {
            return Err(Answer::wrong(&format!("parameter '{name}' is there twice")));
        }
        Ok(Some(value))
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The value at a target; of a kind, where the body tells kinds apart.
    pub(crate) fn take_from(&mut self, target: &Target, kind: Kind) -> Result<Option<String>, Answer> {
        match target {
            Target::Query(name) => Ok(self.take(name)?.map(Cow::into_owned)),
            Target::Header(name) => Ok(header(self.headers, name)?.map(str::to_owned)),
            Target::Body(path) => self.posted.take(path, kind),
        }
    }
}

/// The value of a header that may be there once.
pub(crate) fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Answer> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (_, Some(_)) => Err(Answer::wrong(&format!("header '{name}' is there twice"))),
        (value, None) => Ok(value.and_then(|value| value.to_str().ok())),
    }
}

/// The pairs of a query or a form, decoded (`application/x-www-form-urlencoded`).
pub(crate) fn pairs(query: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn pair(part: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    (decode(name), decode(value))
}

/// The values that a query has for a parameter.
pub(crate) fn values<'q>(query: &'q str, name: &str) -> impl Iterator<Item = Cow<'q, str>> {
    query.split('&').map(pair).filter_map(move |(known, value)| (known == name).then_some(value))
}

/// A query without a parameter; the others as they were sent.
pub(crate) fn without<'q>(query: &'q str, name: &str) -> Cow<'q, str> {
    if values(query, name).next().is_none() {
        return Cow::Borrowed(query);
    }
    let others: Vec<&str> = query.split('&').filter(|part| pair(part).0 != name).collect();
    Cow::Owned(others.join("&"))
}

/// A text as it stands in a query.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn decode(text: &str) -> Cow<'_, str> {
    unescape(text, true)
}

/// A text as it was before it was encoded, as a form where a `+` is a space.
pub(crate) fn unescape(text: &str, form: bool) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        match (byte, tail.get(..2).and_then(hex)) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest = tail.get(2..).unwrap_or_default();
            }
            (b'+', _) if form => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_forms() {
        let read = pairs("a=1%2C2&b=x+y&c&&d=%zz");
        let expected = [("a", "1,2"), ("b", "x y"), ("c", ""), ("d", "%zz")];
        assert!(read.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).eq(expected));
    }

    #[test]
    fn what_is_encoded_reads_back() {
        for text in ["", "a-b_c.d~e", "a&b=c d+e%2C", "Müller, 🚀", "2026-01-01T00:00:00+01:00"] {
            assert_eq!(decode(&encode(text)), text);
        }
    }

    #[test]
    fn one_parameter_is_left_out_and_the_rest_stays_as_it_was_sent() {
        let query = "a=1%2C2&key=s&b=x+y&k%65y=t&c";
        assert_eq!(without(query, "key"), "a=1%2C2&b=x+y&c");
        assert_eq!(values(query, "key").collect::<Vec<_>>(), ["s", "t"]);
        assert!(matches!(without(query, "other"), Cow::Borrowed(_)));
        assert_eq!(without("key=s", "key"), "");
    }
}
