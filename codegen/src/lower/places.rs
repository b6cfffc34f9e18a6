//! The places in a document that expressions refer to, gathered into one tree, so that the decoder meets each once.

use tapwright_model::Segment;
use tapwright_plan::{Envelope, Field, Header, Node, Slot};

use super::{list, text};

/// A tree of places and the slots they fill.
#[derive(Debug, Default)]
pub(super) struct Places {
    root: Place,
    /// What stands around a record, when something is read of it.
    above: Option<Place>,
    entry_key: Option<u16>,
    slots: Vec<Slot>,
    headers: Vec<Header>,
}

/// What is read of a record and what stands around it.
pub(super) struct OfRecord {
    pub(super) record: Node,
    pub(super) above: Option<Node>,
    pub(super) entry_key: Option<u16>,
    pub(super) slots: &'static [Slot],
}

#[derive(Debug, Default)]
struct Place {
    slot: Option<u16>,
    fields: Vec<(String, Place)>,
    each: Option<Box<Place>>,
}

impl Places {
    /// The slot of a path. Two expressions that name the same place share it; if one of them needs the exact text, both
    /// get it.
    pub(super) fn slot(&mut self, path: &[Segment], kept: Slot) -> u16 {
        self.root.slot(path, kept, &mut self.slots)
    }

    /// The same of a path of the item that a record stands in.
    pub(super) fn above(&mut self, path: &[Segment], kept: Slot) -> u16 {
        self.above.get_or_insert_default().slot(path, kept, &mut self.slots)
    }

    /// The slot of the key under which a record stands.
    pub(super) fn entry_key(&mut self) -> u16 {
        *self.entry_key.get_or_insert_with(|| {
            self.slots.push(Slot::Scalar);
            u16::try_from(self.slots.len() - 1).unwrap_or(u16::MAX)
        })
    }

    /// The slot of a header. Its name does not tell case apart.
    pub(super) fn header(&mut self, name: &str) -> u16 {
        let name = name.to_ascii_lowercase();
        if let Some(known) = self.headers.iter().find(|header| header.name == name) {
            return known.slot;
        }
        self.slots.push(Slot::Scalar);
        let slot = u16::try_from(self.slots.len() - 1).unwrap_or(u16::MAX);
        self.headers.push(Header { name: text(&name), slot });
        slot
    }

    /// What is read of a record.
    pub(super) fn of_record(self) -> OfRecord {
        OfRecord {
            record: self.root.into_node(),
            above: self.above.map(Place::into_node),
            entry_key: self.entry_key,
            slots: list(self.slots.into_iter()),
        }
    }

    pub(super) fn into_plan(self) -> Envelope {
        Envelope {
            body: self.root.into_node(),
            headers: list(self.headers.into_iter()),
            slots: list(self.slots.into_iter()),
        }
    }
}

impl Place {
    fn slot(&mut self, path: &[Segment], kept: Slot, slots: &mut Vec<Slot>) -> u16 {
        let listed = path.contains(&Segment::Each);
        let mut place = self;
        for segment in path {
            place = match segment {
                Segment::Key(name) => {
                    let at = place.fields.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                        place.fields.push((name.clone(), Place::default()));
                        place.fields.len() - 1
                    });
                    match place.fields.get_mut(at) {
                        Some((_, place)) => place,
                        None => return u16::MAX,
                    }
                }
                Segment::Each => place.each.get_or_insert_default(),
            };
        }
        let kept = if listed { Slot::List } else { kept };
        let slot = *place.slot.get_or_insert_with(|| {
            slots.push(kept);
            u16::try_from(slots.len() - 1).unwrap_or(u16::MAX)
        });
        if let (Some(held), Slot::Json) = (slots.get_mut(usize::from(slot)), kept) {
            *held = Slot::Json;
        }
        slot
    }

    fn into_node(self) -> Node {
        let fields = self.fields.into_iter().map(|(name, place)| Field { name: text(&name), node: place.into_node() });
        Node {
            slot: self.slot,
            fields: list(fields),
            each: self.each.map(|each| &*Box::leak(Box::new(each.into_node()))),
        }
    }
}
