//! A request's query and headers, taken apart: what is asked for is taken out, and what is left is what nobody knows. It
//! must not know which parameters there are.

use std::borrow::Cow;

use hyper::HeaderMap;
use tapwright_spec::model::Target;

use crate::answer::Answer;

/// What a request carries and nobody has asked for yet.
pub(crate) struct Sent<'a> {
    pub(crate) pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    headers: &'a HeaderMap,
}

impl<'a> Sent<'a> {
    /// A request's query and headers.
    pub(crate) fn of(query: &'a str, headers: &'a HeaderMap) -> Sent<'a> {
        Sent { pairs: pairs(query), headers }
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

    /// The value at a target.
    pub(crate) fn take_from(&mut self, target: &Target) -> Result<Option<String>, Answer> {
        match target {
            Target::Query(name) => Ok(self.take(name)?.map(Cow::into_owned)),
            Target::Header(name) => {
                let value = self.headers.get(name.as_str()).and_then(|value| value.to_str().ok());
                Ok(value.map(str::to_owned))
            }
        }
    }
}

/// The pairs of a query, decoded (`application/x-www-form-urlencoded`).
fn pairs(query: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let pair = |part| {
        let (name, value) = str::split_once(part, '=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn decode(text: &str) -> Cow<'_, str> {
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
            (b'+', _) => bytes.push(b' '),
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
}
