//! Which list a request is for, which parent it names, and what it asks of it. Several resources may have one path: the
//! one that the rest of the request fits is meant. It must not know what is answered.

use std::borrow::Cow;

use hyper::HeaderMap;
use hyper::header::{CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING};
use serde_json::Value;
use tapwright_spec::model::Method;

use crate::answer::Answer;
use crate::eval::{Columns, Scope};
use crate::posted::Posted;
use crate::query::Request;
use crate::route::{Route, segments};
use crate::row::Combination;
use crate::world::{Served, World};

/// A request as it came, without the credential.
#[derive(Clone, Copy)]
pub(crate) struct Call<'r> {
    pub(crate) path: &'r str,
    pub(crate) query: &'r str,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) body: &'r [u8],
}

/// A request, understood or not.
pub(crate) struct Heard<'w> {
    /// The number of the list.
    pub(crate) place: usize,
    pub(crate) list: &'w Served,
    /// The number of the parent.
    pub(crate) whose: Option<u64>,
    /// What is asked for, or the answer to a request that is wrong.
    pub(crate) request: Result<Request, Answer>,
}

impl World {
    /// The lists at a path: all of those that say most of it literally.
    pub(crate) fn at(&self, path: &str) -> Cow<'_, [usize]> {
        if let Some(lists) = self.paths.get(path) {
            return Cow::Borrowed(lists);
        }
        let path = segments(path);
        let fits = |place: &usize| self.lists.get(*place).is_some_and(|list| list.route.fits(&path));
        let found: Vec<usize> = (0..self.lists.len()).filter(fits).collect();
        let route = |place: usize| self.lists.get(place).map(|list| &list.route);
        let literal = |one: &Route, other: &Route| one.more_literal(other);
        let best = found.iter().filter_map(|place| route(*place)).min_by(|one, other| literal(one, other));
        let best = |place: &usize| route(*place).zip(best).is_some_and(|(one, best)| literal(one, best).is_eq());
        Cow::Owned(found.iter().copied().filter(best).collect())
    }

    /// Reads a request to one of some lists that take its method; `None` when none does.
    pub(crate) fn hear(&self, lists: &[usize], method: &hyper::Method, call: &Call<'_>) -> Option<Heard<'_>> {
        let mut best: Option<(u8, Heard<'_>)> = None;
        for place in lists {
            let Some(list) = self.lists.get(*place).filter(|list| list.takes(method)) else { continue };
            let (right, whose, request) = self.try_out(list, call);
            let heard = Heard { place: *place, list, whose, request };
            if heard.request.is_ok() {
                return Some(heard);
            }
            if best.as_ref().is_none_or(|(before, _)| right > *before) {
                best = Some((right, heard));
            }
        }
        best.map(|(_, heard)| heard)
    }

    /// Reads a request as one to this list: how much of it is right, the parent it names, and what it asks for.
    fn try_out<'w>(&'w self, list: &'w Served, call: &Call<'_>) -> (u8, Option<u64>, Result<Request, Answer>) {
        let posted = match list.resource.method {
            Method::Get if list.rules.strict() && has_body(call.headers) => {
                Err(Answer::wrong("a GET request has no body"))
            }
            Method::Get => Ok(Posted::Nothing),
            Method::Post => list.rules.posted(call.query, call.headers, call.body),
        };
        let posted = match posted {
            Ok(posted) => posted,
            Err(answer) => return (0, None, Err(answer)),
        };
        let above = match (!list.above.is_nothing()).then(|| self.whose(list, call, &posted)) {
            None => None,
            Some(Ok(above)) => Some(above),
            Some(Err(answer)) => return (1, None, Err(answer)),
        };
        let parent = above.as_ref().map(|above| above as &dyn Columns);
        let scope = Scope { parent, ..Scope::new(&Value::Null, &self.settings) };
        let request = list.rules.read(call.query, call.headers, posted, scope);
        (2, above.as_ref().map(|above| above.number), request)
    }

    /// What of all that a list is there for a request names.
    fn whose<'w>(&'w self, list: &'w Served, call: &Call<'_>, posted: &Posted) -> Result<Combination<'w>, Answer> {
        let mut known = list.asks.read(&segments(call.path), call.query, call.headers, posted);
        if !list.rules.strict() {
            known.retain(|known| known.text.is_some());
        }
        let found = self.find_above(list, &known).and_then(|number| self.combination(list, number));
        found.ok_or_else(|| match list.asks.missing(&known) {
            Some(place) => list.rules.in_style(Answer::wrong(&format!("{place} is missing"))),
            None => list.gone.clone(),
        })
    }
}

impl Served {
    /// Whether it is asked with a method.
    pub(crate) fn takes(&self, method: &hyper::Method) -> bool {
        match self.resource.method {
            Method::Get => method == hyper::Method::GET,
            Method::Post => method == hyper::Method::POST,
        }
    }
}

/// Whether a request comes with a body.
fn has_body(headers: &HeaderMap) -> bool {
    let empty = |length: &HeaderValue| length.as_bytes() == b"0";
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| !empty(length))
}
