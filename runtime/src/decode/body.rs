//! The body read down to the records, and the envelope on the way.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use tapwright_plan::{Field, Node};

use super::reading::Reading;
use super::tree::{KeySeed, News, NodeSeed};

/// Reads the body down to the records, and the envelope on the way.
pub(super) struct BodySeed<'r, 'a, 'de> {
    pub(super) path: &'static [&'static str],
    pub(super) envelope: Option<&'static Node>,
    pub(super) reading: &'r mut Reading<'a, 'de>,
}

impl<'de> DeserializeSeed<'de> for BodySeed<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BodySeed<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.first() {
            Some(key) => write!(f, "an object with the key `{key}`"),
            None => f.write_str("an array of records"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((records, rest)) = self.path.split_first() else {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self));
        };
        let fields = self.envelope.map_or(&[][..], |node| node.fields);
        while let Some(key) = map.next_key_seed(EnvelopeKey { records, fields })? {
            let node = key.field.and_then(|at| fields.get(at));
            match (key.records, node) {
                (true, node) => {
                    let envelope = node.map(|field| &field.node);
                    map.next_value_seed(BodySeed { path: rest, envelope, reading: self.reading })?;
                }
                (false, Some(field)) => {
                    let slots = &mut self.reading.envelope;
                    map.next_value_seed(NodeSeed {
                        name: field.name,
                        node: &field.node,
                        slots,
                        listed: false,
                        news: None,
                    })?;
                }
                (false, None) => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if !self.path.is_empty() {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        self.reading.restart();
        let plan = &self.reading.decoder.resource.decode;
        let (node, known) = (&plan.record, plan.known);
        let mut index = 0;
        loop {
            self.reading.slots.clear();
            let Reading { slots, unknown, .. } = &mut *self.reading;
            let news = known.map(|known| News { known, found: unknown });
            if seq.next_element_seed(NodeSeed { name: "the record", node, slots, listed: false, news })?.is_none() {
                break;
            }
            self.reading.record(index);
            index += 1;
        }
        self.reading.records = Some(index);
        Ok(())
    }
}

/// A key on the way to the records: whether it leads there, and which of the envelope's it is.
struct EnvelopeKey {
    records: &'static str,
    fields: &'static [Field],
}

struct Step {
    records: bool,
    field: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for EnvelopeKey {
    type Value = Step;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Step, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for EnvelopeKey {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Step, E> {
        let field = KeySeed { fields: self.fields, hint: 0, news: None }.visit_str::<E>(key)?;
        Ok(Step { records: key == self.records, field })
    }
}
