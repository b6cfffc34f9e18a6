//! Whether an answer has what says where its list goes on, be it null, or has nothing of the kind. It must not know what is
//! made of that.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, LINK};
use serde_json::value::RawValue;
use tapwright_plan::{Envelope, Node, Paging, Step};

use crate::eval::each_slot;

/// The place that would say whether and where the list goes on, of which the answer has nothing at all:
/// `list_metadata.after`. None where something stands there, or the list ends by what was counted. Where what leads on is made
/// of several places, one that is not there is enough to make nothing of all; where `more` says whether there is another page,
/// its word counts.
pub(super) fn missing(
    paging: &'static Paging,
    plan: &'static Envelope,
    body: &str,
    headers: &HeaderMap,
) -> Option<String> {
    let (mut wanted, mut said) = (Vec::new(), Vec::new());
    match &paging.step {
        Step::Cursor { from, .. } | Step::Next { from } => each_slot(from, &mut |slot| wanted.push(slot)),
        Step::Link if headers.contains_key(LINK) => return None,
        Step::Link | Step::Last { .. } | Step::Page { .. } | Step::Offset { .. } => {}
    }
    paging.more.iter().for_each(|more| each_slot(more, &mut |slot| said.push(slot)));
    let answer = Answered { plan, body, headers };
    if !said.is_empty() {
        wanted.extend(said);
        let first = *wanted.first()?;
        return (!wanted.into_iter().any(|slot| answer.has(slot))).then(|| answer.place(first)).flatten();
    }
    if wanted.is_empty() {
        return (paging.step == Step::Link).then(|| "the header `link`".to_owned());
    }
    wanted.into_iter().find(|slot| !answer.has(*slot)).and_then(|slot| answer.place(slot))
}

/// An answer, and what a plan reads of it.
struct Answered<'a> {
    plan: &'static Envelope,
    body: &'a str,
    headers: &'a HeaderMap,
}

impl Answered<'_> {
    /// The header that fills a slot, if one does.
    fn header(&self, slot: u16) -> Option<&'static str> {
        self.plan.headers.iter().find(|header| header.slot == slot).map(|header| header.name)
    }

    fn places(&self, slot: u16) -> Vec<Vec<&'static str>> {
        let mut places = Vec::new();
        collect(&self.plan.body, &[slot], &mut Vec::new(), &mut places);
        places
    }

    /// Whether anything stands where a slot is filled from.
    fn has(&self, slot: u16) -> bool {
        self.header(slot).is_some_and(|name| self.headers.contains_key(name))
            || self.places(slot).iter().any(|keys| is_there(self.body, keys))
    }

    /// Where a slot is filled from, in words.
    fn place(&self, slot: u16) -> Option<String> {
        let place = self.places(slot).first().map(|keys| format!("`{}`", keys.join(".")));
        place.or_else(|| self.header(slot).map(|name| format!("the header `{name}`")))
    }
}

/// The keys that lead to each of the slots; as far as an array, where one is gone through.
fn collect(node: &'static Node, wanted: &[u16], keys: &mut Vec<&'static str>, places: &mut Vec<Vec<&'static str>>) {
    let mut here = node.slot.is_some_and(|slot| wanted.contains(&slot));
    if let Some(item) = node.each {
        let mut below = Vec::new();
        collect(item, wanted, &mut Vec::new(), &mut below);
        here |= !below.is_empty();
    }
    if here {
        places.push(keys.clone());
    }
    for field in node.fields {
        keys.push(field.name);
        collect(&field.node, wanted, keys, places);
        keys.pop();
    }
}

/// Whether anything stands at the end of these keys. A null on the way stands for all that would be below it.
fn is_there(body: &str, keys: &[&str]) -> bool {
    let mut rest = body;
    for key in keys {
        if rest.trim() == "null" {
            return true;
        }
        let Ok(object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(rest) else { return false };
        let Some(value) = object.get(*key) else { return false };
        rest = value.get();
    }
    true
}
