//! How a response body is read in one pass: a tree of the keys that matter, and slots for what is found there.

/// How a page's body is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decode {
    /// Where in a response the records are.
    pub records: Records,
    /// What is read of the response beside the records, such as the next cursor.
    pub envelope: Envelope,
    /// What is read of each record.
    pub record: Node,
    /// The other keys that a record is known to have, by the spec's example. Without an example nothing is known, and no
    /// key is new.
    pub known: Option<&'static [&'static str]>,
    /// What is read of the item that a record stands in, into the record's slots.
    pub above: Option<Node>,
    /// The slot that takes the key under which a record stands.
    pub entry_key: Option<u16>,
    /// How many slots a record fills, and what each holds.
    pub record_slots: &'static [Slot],
}

/// Where in a response the records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// The keys from the body's root to the array of records; none when the body itself is the array.
    List(&'static [&'static str]),
    /// Where these steps lead.
    At(&'static [RecordStep]),
    /// The keys to the only record.
    One(&'static [&'static str]),
    /// Arrays that together hold the records.
    Zip(&'static [Zipped]),
}

/// A step on the way to records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordStep {
    /// A key.
    Key(&'static str),
    /// Each item of an array.
    Each,
    /// Each value of an object.
    Values,
}

/// An array with the values that records have under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zipped {
    /// The key.
    pub name: &'static str,
    /// The keys from the body's root to the array.
    pub path: &'static [&'static str],
}

/// What is read of a response as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Envelope {
    /// What is read of its body.
    pub body: Node,
    /// The headers that are read.
    pub headers: &'static [Header],
    /// How many slots they fill, and what each holds.
    pub slots: &'static [Slot],
}

impl Envelope {
    /// Nothing of it is read.
    pub const NOTHING: Envelope =
        Envelope { body: Node { slot: None, fields: &[], each: None }, headers: &[], slots: &[] };
}

/// A place in a JSON document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// The slot that takes the value found here.
    pub slot: Option<u16>,
    /// When the value is an object: the keys to go on with. Others are skipped.
    pub fields: &'static [Field],
    /// When the value is an array: what to read of each item, in order.
    pub each: Option<&'static Node>,
}

/// A key of an object and what stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The key, as the API spells it.
    pub name: &'static str,
    /// What to read of its value.
    pub node: Node,
}

/// A header of a response and where its text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name, in lower case.
    pub name: &'static str,
    /// The slot of the envelope.
    pub slot: u16,
}

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A string, number, boolean or null. An object or array here does not fit.
    Scalar,
    /// Any JSON value, kept as the text that was received.
    Json,
    /// The scalars found below the array items of a path with `[]`, one for each item, null where it has none.
    List,
}
