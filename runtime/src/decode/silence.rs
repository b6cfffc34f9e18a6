//! Whether an answer has what says where its list goes on, be it null, or has nothing of the kind. It must not know what is
//! made of that.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, LINK};
use serde_json::value::RawValue;
use tapwright_plan::{Envelope, Node, Paging, Step};

use crate::eval::each_slot;

/// The place that would say whether and where the list goes on, of which the answer has nothing at all:
/// `list_metadata.after`. None where something stands there, or the list ends by what was counted.
pub(super) fn missing(
    paging: &'static Paging,
    plan: &'static Envelope,
    body: &str,
    headers: &HeaderMap,
) -> Option<String> {
    let mut wanted = Vec::new();
    let mut read = |expr| each_slot(expr, &mut |slot| wanted.push(slot));
    match &paging.step {
        Step::Cursor { from, .. } | Step::Next { from } => read(from),
        Step::Link if headers.contains_key(LINK) => return None,
        Step::Link | Step::Last { .. } | Step::Page { .. } | Step::Offset { .. } => {}
    }
    paging.more.iter().for_each(read);
    if wanted.is_empty() {
        return (paging.step == Step::Link).then(|| "the header `link`".to_owned());
    }
    let named = || plan.headers.iter().filter(|header| wanted.contains(&header.slot));
    if named().any(|header| headers.contains_key(header.name)) {
        return None;
    }
    let mut places = Vec::new();
    collect(&plan.body, &wanted, &mut Vec::new(), &mut places);
    if places.iter().any(|keys| is_there(body, keys)) {
        return None;
    }
    let place = places.first().map(|keys| format!("`{}`", keys.join(".")));
    place.or_else(|| named().next().map(|header| format!("the header `{}`", header.name)))
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
