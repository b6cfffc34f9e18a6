//! Which counts speak of the spec as it is: those of columns that are still read as they were, and of what is still unknown.

use std::collections::BTreeMap;

use tapwright_plan::{Column, Expr, Node, Resource, Type};

use super::What;
use crate::eval::each_slot;
use crate::hash::fnv;

/// What counts of columns and of the filter are bound to: type, whether null is a value, and where it is read from. The
/// values of an enum are no part of it: those that it lists by now are looked up.
#[derive(Debug)]
pub(super) struct Versions {
    columns: BTreeMap<&'static str, String>,
    filter: String,
}

impl Versions {
    pub(super) fn of(resource: &'static Resource) -> Self {
        let slots = slots(resource);
        let of_column = |column: &'static Column| {
            let ty = match column.ty {
                Type::Enum { .. } => "Enum".to_owned(),
                ty => format!("{ty:?}"),
            };
            (column.name, hashed(&format!("{ty} {} {}", column.nullable, read(&slots, &column.from))))
        };
        let filter = resource.keep.as_ref().map(|keep| hashed(&read(&slots, keep))).unwrap_or_default();
        Versions { columns: resource.row.columns.iter().map(of_column).collect(), filter }
    }

    pub(super) fn get(&self, what: What, place: &str) -> &str {
        match what {
            What::Value | What::Present | What::Absent | What::Misfit => {
                self.columns.get(place).map_or("", String::as_str)
            }
            What::Filter => &self.filter,
            What::Sync | What::Row | What::SetAside | What::Field | What::Path => "",
        }
    }
}

/// Whether something is still news, or still a fault, to the spec as it is.
pub(super) fn is_current(resource: &'static Resource, what: What, place: &str, name: &str) -> bool {
    match what {
        What::Sync | What::Row | What::SetAside => true,
        What::Field => resource.decode.known.is_some_and(|known| {
            let read = resource.decode.record.fields.iter().map(|field| field.name);
            !known.iter().copied().chain(read).any(|known| known == name)
        }),
        What::Value => column(resource, place).is_some_and(|column| match column.ty {
            Type::Enum { values, .. } => values.binary_search(&name).is_err(),
            _ => false,
        }),
        What::Present | What::Absent => column(resource, place).is_some_and(|column| column.nullable),
        What::Misfit => column(resource, place).is_some(),
        What::Path => {
            let nodes = [Some(&resource.decode.record), resource.decode.above.as_ref()];
            nodes.into_iter().flatten().any(|node| goes_through(node, place))
        }
        What::Filter => resource.keep.is_some(),
    }
}

pub(super) fn column(resource: &'static Resource, name: &str) -> Option<&'static Column> {
    resource.row.columns.iter().find(|column| column.name == name)
}

fn hashed(text: &str) -> String {
    format!("{:016x}", fnv(text))
}

/// What each slot of a record is read from. The numbers of slots change with every field that is added.
fn slots(resource: &'static Resource) -> BTreeMap<u16, String> {
    let mut slots = BTreeMap::new();
    name_slots(&resource.decode.record, "", &mut slots);
    if let Some(above) = &resource.decode.above {
        name_slots(above, "above", &mut slots);
    }
    if let Some(slot) = resource.decode.entry_key {
        slots.insert(slot, "entry".to_owned());
    }
    slots
}

/// An expression with the places that it looks at.
fn read(slots: &BTreeMap<u16, String>, expr: &'static Expr) -> String {
    let mut text = format!("{expr:?}");
    each_slot(expr, &mut |slot| {
        if let Some(path) = slots.get(&slot) {
            text = text.replace(&format!("Slot({slot})"), &format!("Slot({path:?})"));
        }
    });
    text
}

fn name_slots(node: &Node, path: &str, slots: &mut BTreeMap<u16, String>) {
    if let Some(slot) = node.slot {
        slots.insert(slot, path.to_owned());
    }
    for field in node.fields {
        name_slots(&field.node, &format!("{path}.{}", field.name), slots);
    }
    if let Some(item) = node.each {
        name_slots(item, &format!("{path}[]"), slots);
    }
}

/// Whether a tree goes through an object or array at that key.
fn goes_through(node: &Node, key: &str) -> bool {
    let below = |node: &Node| !node.fields.is_empty() || node.each.is_some();
    node.fields.iter().any(|field| (field.name == key && below(&field.node)) || goes_through(&field.node, key))
        || node.each.is_some_and(|item| goes_through(item, key))
}
