//! The parents that have no frontier of their own: those beyond the bound on frontiers, and those without a record.
//!
//! They share one frontier, and of each is kept only that it was met, so that one that is new is told from them and read
//! from the beginning: `docs/design/parents.md`.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{base64, hash};

/// So many parents are known to have been met, at eight bytes each. More of them are read from the beginning of the
/// look-back every time.
const MOST_KNOWN: usize = 100_000;

/// Parents that were met, and the moment behind which something of one of them may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Crowd {
    /// What the last walk that was complete has met.
    #[serde(default, skip_serializing_if = "Met::is_empty")]
    last: Met,
    /// What the one that is under way has met.
    #[serde(default, skip_serializing_if = "Met::is_empty")]
    now: Met,
}

/// What one walk has met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Met {
    /// Of none of them a record is missing that is older, in Unix milliseconds.
    since: i64,
    parents: Keys,
}

/// What tells parents apart, in eight bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Keys(BTreeSet<u64>);

impl Crowd {
    pub(crate) fn is_empty(&self) -> bool {
        self.last.is_empty() && self.now.is_empty()
    }

    /// Behind which moment something of a parent may be missing; none when it was never met.
    pub(crate) fn since(&self, key: &str) -> Option<i64> {
        let key = hash::fnv(key);
        let met = |met: &&Met| met.parents.0.contains(&key);
        // One that is met again in one walk, which was interrupted, may have been read in part.
        [&self.last, &self.now].into_iter().any(|walk| met(&walk)).then(|| self.least())?
    }

    /// The least of what both walks reached.
    fn least(&self) -> Option<i64> {
        [&self.last, &self.now].into_iter().filter(|met| !met.is_empty()).map(|met| met.since).min()
    }

    /// A parent was read to its end, of whom nothing is missing that is older than `since`.
    pub(crate) fn meet(&mut self, key: &str, since: i64) {
        let key = hash::fnv(key);
        self.last.parents.0.remove(&key);
        if self.last.parents.0.len() + self.now.parents.0.len() < MOST_KNOWN {
            self.now.since = if self.now.is_empty() { since } else { self.now.since.min(since) };
            self.now.parents.0.insert(key);
        }
    }

    /// The parent has a frontier of its own, or is gone.
    pub(crate) fn forget(&mut self, key: &str) {
        let key = hash::fnv(key);
        self.last.parents.0.remove(&key);
        self.now.parents.0.remove(&key);
    }

    /// The walk is complete: what it has not met is forgotten.
    pub(crate) fn complete(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }

    /// The walk is left, or did not go over all there is: what was met before counts still.
    pub(crate) fn merge(&mut self) {
        let Some(since) = self.least() else { return };
        let mut parents = std::mem::take(&mut self.now).parents;
        parents.0.append(&mut self.last.parents.0);
        self.last = Met { since, parents };
    }
}

impl Met {
    fn is_empty(&self) -> bool {
        self.parents.0.is_empty()
    }
}

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|key| key.to_be_bytes()).collect();
        serializer.serialize_str(&base64::padded(&bytes))
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = base64::decode(&text).ok_or_else(|| serde::de::Error::custom("what tells parents apart is cut"))?;
        let (keys, []) = bytes.as_chunks::<8>() else {
            return Err(serde::de::Error::custom("what tells parents apart is cut"));
        };
        Ok(Keys(keys.iter().map(|key| u64::from_be_bytes(*key)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_was_reached_counts_until_a_walk_is_complete() {
        let mut crowd = Crowd::default();
        crowd.meet("a", 20);
        crowd.meet("b", 10);
        assert_eq!((crowd.since("a"), crowd.since("c")), (Some(10), None));
        crowd.complete();
        crowd.meet("a", 30);
        assert_eq!((crowd.since("a"), crowd.since("b")), (Some(10), Some(10)), "the walk may be interrupted");
        let mut left = crowd.clone();
        left.merge();
        assert_eq!((left.since("a"), left.since("b")), (Some(10), Some(10)));
        crowd.complete();
        assert_eq!((crowd.since("a"), crowd.since("b")), (Some(30), None), "a parent that was not met is forgotten");
        crowd.forget("a");
        assert!(crowd.is_empty());
    }

    #[test]
    fn what_is_kept_is_bounded_and_read_as_it_was_written() {
        let mut crowd = Crowd::default();
        (0..=MOST_KNOWN).for_each(|at| crowd.meet(&at.to_string(), 1));
        assert_eq!((crowd.since("99999"), crowd.since("100000")), (Some(1), None));
        let text = serde_json::to_string(&crowd).unwrap();
        assert!(text.len() < 11 * MOST_KNOWN, "{}", text.len());
        assert_eq!(serde_json::from_str::<Crowd>(&text).unwrap(), crowd);
        assert!(serde_json::from_str::<Keys>("\"AAAA\"").is_err());
    }
}
