//! A JSON document read in one pass along the tree of a plan. What the tree does not name is skipped unparsed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use tapwright_plan::{Field, Node, Slot};

use super::slots::{Found, Slots};
use crate::seen::OTHERS;

/// Reads the value at a node into the slots at and below it.
pub(super) struct NodeSeed<'a, 'de> {
    pub(super) name: &'static str,
    pub(super) node: &'static Node,
    pub(super) slots: &'a mut Slots<'de>,
    /// Whether this is inside an array that the plan goes through.
    pub(super) listed: bool,
    /// Where keys go that are neither read nor known, if they are to be noticed.
    pub(super) news: Option<News<'a>>,
}

/// Notices the keys of a record that neither the plan nor the example knows.
pub(super) struct News<'a> {
    pub(super) known: &'static [&'static str],
    pub(super) found: &'a mut BTreeMap<String, u64>,
}

impl News<'_> {
    fn look_at(&mut self, key: &str) {
        if self.known.contains(&key) {
            return;
        }
        if let Some(count) = self.found.get_mut(key) {
            *count += 1;
            return;
        }
        let key: String = key.chars().take(100).collect();
        let told = self.found.len() < NEW_KEYS || self.found.contains_key(&key);
        *self.found.entry(if told { key } else { OTHERS.to_owned() }).or_default() += 1;
    }
}

/// So many new keys of one page are told apart; more are counted together.
const NEW_KEYS: usize = 64;

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.node.slot {
            Some(slot) if self.slots.kind(slot) == Slot::Json => {
                let raw: &'de RawValue = serde::Deserialize::deserialize(deserializer)?;
                self.slots.put(slot, Found::Json(raw.get()));
                if !self.node.fields.is_empty() || self.node.each.is_some() {
                    let mut inner = serde_json::Deserializer::from_str(raw.get());
                    inner.deserialize_any(self).map_err(serde::de::Error::custom)?;
                }
                Ok(())
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> NodeSeed<'_, 'de> {
    fn scalar(self, value: Found<'de>) {
        match self.node.slot {
            Some(slot) if self.slots.kind(slot) != Slot::Json => self.slots.put(slot, value),
            Some(_) => {}
            None if value.is_null() || self.reads_nothing() => {}
            None => self.slots.misfit(self.name, value.kind()),
        }
    }

    /// An object or array that is not gone through.
    fn composite(&mut self, what: &'static str) {
        match self.node.slot {
            Some(slot) if self.slots.kind(slot) != Slot::Json => self.slots.put(slot, Found::Wrong(what)),
            Some(_) => {}
            None if self.reads_nothing() => {}
            None => self.slots.misfit(self.name, what),
        }
    }

    /// Whether nothing at or below the node is of interest: then any value fits, as where only headers or keys are read.
    fn reads_nothing(&self) -> bool {
        self.node.slot.is_none() && self.node.fields.is_empty() && self.node.each.is_none()
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.scalar(Found::Null);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.scalar(Found::Bool(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.scalar(Found::Integer(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.scalar(i64::try_from(value).map_or(Found::Unsigned(value), Found::Integer));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.scalar(Found::Number(value));
        Ok(())
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<(), E> {
        self.scalar(Found::Text(Cow::Borrowed(value)));
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.scalar(Found::Text(Cow::Owned(value.to_owned())));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let fields = self.node.fields;
        if fields.is_empty() {
            self.composite("an object");
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        if matches!(self.node.slot, Some(slot) if self.slots.kind(slot) != Slot::Json) {
            self.composite("an object");
        }
        let mut hint = 0;
        let mut news = self.news.take();
        while let Some(at) = map.next_key_seed(KeySeed { fields, hint, news: news.as_mut() })? {
            match at.and_then(|at| fields.get(at)) {
                Some(field) => {
                    hint = at.map_or(0, |at| at + 1);
                    let seed = NodeSeed {
                        name: field.name,
                        node: &field.node,
                        slots: self.slots,
                        listed: self.listed,
                        news: None,
                    };
                    map.next_value_seed(seed)?;
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let Some(item) = self.node.each else {
            self.composite("an array");
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        };
        if !self.listed {
            self.slots.restart(item);
        }
        loop {
            self.slots.mark(item);
            let seed = NodeSeed { name: self.name, node: item, slots: self.slots, listed: true, news: None };
            if seq.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
            self.slots.pad(item);
        }
    }
}

/// Reads a key: which of the fields it is, if any. Keys mostly come in one order, so `hint` is tried first.
pub(super) struct KeySeed<'k, 'a> {
    pub(super) fields: &'static [Field],
    pub(super) hint: usize,
    pub(super) news: Option<&'k mut News<'a>>,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        if self.fields.get(self.hint).is_some_and(|field| field.name == key) {
            return Ok(Some(self.hint));
        }
        let found = self.fields.iter().position(|field| field.name == key);
        if let (None, Some(news)) = (found, self.news) {
            news.look_at(key);
        }
        Ok(found)
    }
}
