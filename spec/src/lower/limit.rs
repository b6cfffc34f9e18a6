//! `limit`: how many requests an API allows, one limit or several that hold at once.

use std::ops::Range;

use crate::diagnostic::Ledger;
use crate::keys::LIMIT;
use crate::model::RateLimit;
use crate::shape::{Entries, Entry};
use crate::yaml::{Kind, Node};

use super::target;

/// Reads `limit`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Vec<RateLimit> {
    if let Kind::Sequence(_) = entry.value.kind {
        let items = entry.list(ledger).unwrap_or_default();
        return items.iter().filter_map(|item| one(ledger, item, &item.range)).collect();
    }
    one(ledger, entry.value, &entry.key).into_iter().collect()
}

fn one(ledger: &mut Ledger<'_>, node: &Node, place: &Range<usize>) -> Option<RateLimit> {
    let entries = Entries::read(ledger, &LIMIT, "`limit`", place, node)?;
    let requests = entries.get("requests").and_then(|entry| entry.whole(ledger, 1, i64::from(u32::MAX)));
    let per = entries.get("per").and_then(|entry| {
        let millis = entry.duration(ledger)?;
        target::positive(ledger, &entry, millis).then_some(millis)
    });
    Some(RateLimit { requests: u32::try_from(requests?).ok()?, per_millis: per? })
}
