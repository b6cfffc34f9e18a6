//! What the decoder found at the places a plan names, before it becomes cells.

use std::borrow::Cow;

use reqwest::header::HeaderMap;
use tapwright_plan::{Header, Node, Slot};

use crate::Timestamp;

/// A value as it stood in the response, or as an expression made it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found<'de> {
    /// Null, or nothing there.
    Null,
    Bool(bool),
    Integer(i64),
    /// A whole number beyond `i64`.
    Unsigned(u64),
    Number(f64),
    /// Text: borrowed from the body unless it had escapes or was made.
    Text(Cow<'de, str>),
    /// A JSON value as it was received.
    Json(&'de str),
    List(Vec<Found<'de>>),
    /// A moment, as an expression made it.
    Moment(Timestamp),
    /// A key of an object with its value, as an expression made it.
    Entry(Box<(Cow<'de, str>, Found<'de>)>),
    /// An object or array where a scalar was expected; says which.
    Wrong(&'static str),
}

impl Found<'_> {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Found::Null | Found::Json("null"))
    }

    /// What it is, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Found::Null => "null",
            Found::Bool(_) => "a boolean",
            Found::Integer(_) | Found::Unsigned(_) | Found::Number(_) => "a number",
            Found::Text(_) => "text",
            Found::Json(_) => "JSON",
            Found::List(_) => "a list",
            Found::Moment(_) => "a moment",
            Found::Entry(_) => "an object",
            Found::Wrong(what) => what,
        }
    }
}

/// The slots of one record (or of the envelope), reused from record to record.
#[derive(Debug)]
pub(crate) struct Slots<'de> {
    kinds: &'static [Slot],
    values: Vec<Found<'de>>,
    /// How long each list was before the array item being read.
    marks: Vec<usize>,
    /// The first place that holds something other than the object or array that the plan goes through.
    misfit: Option<(&'static str, &'static str)>,
}

impl<'de> Slots<'de> {
    pub(crate) fn new(kinds: &'static [Slot]) -> Self {
        let mut slots =
            Slots { kinds, values: vec![Found::Null; kinds.len()], marks: vec![0; kinds.len()], misfit: None };
        slots.clear();
        slots
    }

    pub(crate) fn clear(&mut self) {
        self.misfit = None;
        for (kind, value) in self.kinds.iter().zip(&mut self.values) {
            match (kind, value) {
                (Slot::List, Found::List(items)) => items.clear(),
                (Slot::List, value) => *value = Found::List(Vec::new()),
                (_, value) => *value = Found::Null,
            }
        }
    }

    pub(crate) fn get(&self, slot: u16) -> &Found<'de> {
        self.values.get(usize::from(slot)).unwrap_or(&Found::Null)
    }

    pub(crate) fn kind(&self, slot: u16) -> Slot {
        self.kinds.get(usize::from(slot)).copied().unwrap_or(Slot::Scalar)
    }

    /// Puts a value where it belongs: at the end of a list, or in place of what was there (of two equal keys in an
    /// object the last counts, as everywhere).
    pub(crate) fn put(&mut self, slot: u16, value: Found<'de>) {
        let list = self.kind(slot) == Slot::List;
        if let Some(held) = self.values.get_mut(usize::from(slot)) {
            match held {
                Found::List(items) if list => items.push(value),
                held => *held = value,
            }
        }
    }

    /// Puts the headers that a plan names where they belong. Several of one name are one list, with commas between them
    /// ([RFC 9110, 5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)); what is no text is not there.
    pub(crate) fn put_headers(&mut self, named: &'static [Header], headers: &HeaderMap) {
        for header in named {
            let texts: Vec<&str> =
                headers.get_all(header.name).iter().filter_map(|value| value.to_str().ok()).collect();
            if !texts.is_empty() {
                self.put(header.slot, Found::Text(Cow::Owned(texts.join(", "))));
            }
        }
    }

    /// Notes that at `name` there is `what` although the plan goes through it.
    pub(crate) fn misfit(&mut self, name: &'static str, what: &'static str) {
        self.misfit.get_or_insert((name, what));
    }

    pub(crate) fn first_misfit(&self) -> Option<(&'static str, &'static str)> {
        self.misfit
    }

    /// Before an array is read: forgets what an equal key before it had left.
    pub(crate) fn restart(&mut self, item: &'static Node) {
        each_slot(item, &mut |slot| {
            if let Some(Found::List(items)) = self.values.get_mut(usize::from(slot)) {
                items.clear();
            }
        });
    }

    /// Before an array item is read.
    pub(crate) fn mark(&mut self, item: &'static Node) {
        each_slot(item, &mut |slot| {
            let length = match self.values.get(usize::from(slot)) {
                Some(Found::List(items)) => items.len(),
                _ => 0,
            };
            if let Some(mark) = self.marks.get_mut(usize::from(slot)) {
                *mark = length;
            }
        });
    }

    /// After an array item was read: what it did not have is null, so that lists from one array stay side by side.
    pub(crate) fn pad(&mut self, item: &'static Node) {
        each_slot(item, &mut |slot| {
            let mark = self.marks.get(usize::from(slot)).copied().unwrap_or(0);
            if let Some(Found::List(items)) = self.values.get_mut(usize::from(slot)) {
                match items.len() {
                    length if length == mark => items.push(Found::Null),
                    // An equal key within the item: the last counts.
                    length if length > mark + 1 => drop(items.drain(mark..length - 1)),
                    _ => {}
                }
            }
        });
    }
}

/// The slots at and below a node, not through another array.
fn each_slot(node: &'static Node, f: &mut impl FnMut(u16)) {
    if let Some(slot) = node.slot {
        f(slot);
    }
    for field in node.fields {
        each_slot(&field.node, f);
    }
}
