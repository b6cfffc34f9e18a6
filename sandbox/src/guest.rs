//! Records that stand within those of another resource which is asked for in the very same way: one answer holds both, and
//! so the other's list answers for both. Which of them stand in which is said by their numbers. It must not know how a page
//! is chosen.

use std::sync::PoisonError;

use serde_json::Value;
use tapwright_spec::model::{RecordStep, Records, Resource};

use crate::json::put;
use crate::list::{Ask, Item};
use crate::world::{Served, World, keyed};

/// The resource whose answers hold a resource's records within its own.
pub(crate) fn host(resources: &[Resource], guest: &Resource) -> Option<usize> {
    resources.iter().position(|host| {
        let window = |of: &Resource| of.incremental.as_ref().map(|incremental| incremental.window.clone());
        host.for_each.is_empty()
            && guest.for_each.is_empty()
            && (&host.path, &host.method, &host.query, &host.headers, &host.body, &host.paging)
                == (&guest.path, &guest.method, &guest.query, &guest.headers, &guest.body, &guest.paging)
            && window(host) == window(guest)
            && seat(host, guest).is_some()
    })
}

/// The keys that lead from a record of the one to the records of the other that stand in it.
fn seat<'g>(host: &Resource, guest: &'g Resource) -> Option<Vec<&'g str>> {
    let (Records::At(outer), Records::At(inner)) = (&host.records, &guest.records) else { return None };
    let (RecordStep::Each, steps) = inner.strip_prefix(outer.as_slice())?.split_first()? else { return None };
    let key = |step: &'g RecordStep| if let RecordStep::Key(key) = step { Some(key.as_str()) } else { None };
    steps.iter().map(key).collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty())
}

impl World {
    /// Puts what stands within a record into it, as it was written from `start` on.
    pub(crate) fn seat(&self, host: &Served, number: u64, out: &mut Vec<u8>, start: usize) {
        let written = out.get(start..).and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
        let Some(mut record) = written.filter(|_| !host.guests.is_empty()) else { return };
        for guest in host.guests.iter().filter_map(|place| self.lists.get(*place)) {
            if let Some(keys) = seat(&host.resource, &guest.resource) {
                put(&mut record, &keys, Value::Array(self.within(host, guest, number)));
            }
        }
        out.truncate(start);
        out.extend_from_slice(record.to_string().as_bytes());
    }

    /// The records that stand in the one of a number.
    fn within(&self, host: &Served, guest: &Served, number: u64) -> Vec<Value> {
        let seats = host.data.ids.count.max(1);
        let Some(seat) = number.checked_sub(host.data.first()).filter(|seat| *seat < seats) else { return Vec::new() };
        guest.read(None, |list| {
            let first = list.data.first();
            let computed = (first..list.data.end()).skip(usize::try_from(seat).unwrap_or(usize::MAX));
            let computed = computed.step_by(usize::try_from(seats).unwrap_or(usize::MAX));
            let value = |item: Item| match item {
                Item::Computed(number) => list.data.value(number, None, &self.ids),
                Item::Kept(kept) => serde_json::from_slice(&kept.json).unwrap_or_default(),
            };
            let put_in = list.put_in().filter(|kept| (kept.number - first) % seats == seat);
            let items = computed.filter_map(|number| list.at(number, &Ask::default()));
            items.chain(put_in.map(|kept| Item::Kept(kept.clone()))).map(value).collect()
        })
    }

    /// What stands around a record: the item that it stands in, and its key. No list may be locked for changes.
    pub(crate) fn around(&self, served: &Served, number: u64, record: &Value) -> (Value, String) {
        let key = if keyed(&served.resource) { served.own_id(number, record) } else { String::new() };
        let host = served.host.and_then(|place| self.lists.get(place));
        let item = host.and_then(|host| {
            let place = (number - served.data.first()).checked_rem(host.data.ids.count)?;
            let changes = host.changes.read().unwrap_or_else(PoisonError::into_inner);
            self.current(host, &changes, None, host.data.first() + place)
        });
        (item.unwrap_or_else(|| served.layout.above(number)), key)
    }
}
