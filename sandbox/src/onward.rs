//! What a page leads to: the tokens of its neighbours, whether there is a next one, how far it is to the last, and the
//! addresses of others. It must not know where in an answer any of this stands.

use serde_json::Value;
use tapwright_spec::model::Target;

use crate::address::Asked;
use crate::list::{Ask, List, Page};
use crate::naming::Naming;
use crate::paging::Way;
use crate::place::Part;
use crate::query::Request;

/// How far a page is from the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many records come before the page.
    before: u64,
    /// How many are on it.
    here: u64,
    /// How many there are on all pages.
    total: u64,
    /// The number of the page; of its last record, where records are counted.
    number: i64,
    /// The number of the last page, or record.
    last: i64,
}

/// What a page leads to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Onward {
    /// The token of the page before.
    pub(crate) before: Option<String>,
    /// The token of the next page.
    pub(crate) after: Option<String>,
    /// Whether there is a next page.
    pub(crate) more: bool,
    /// The path that was asked for, where a token stands in an address.
    pub(crate) path: String,
    tally: Tally,
    /// The address of the next page, and that of the last.
    next: Option<String>,
    last: Option<String>,
    /// The header that names the addresses of all.
    link: Option<String>,
}

impl Onward {
    /// What a page leads to; counted only where that is wanted.
    pub(crate) fn of(list: &List<'_>, page: &Page, request: &Request, way: &Way, counted: bool) -> Onward {
        let mut onward = Onward { more: page.followed, ..Onward::default() };
        if way.gives_tokens() || matches!(way, Way::Last(_, Naming::Id)) {
            let first = page.items.first().filter(|_| page.preceded);
            let last = page.items.last().filter(|_| page.followed);
            onward.before = first.map(|item| list.id(item));
            onward.after = last.map(|item| list.id(item));
        }
        if counted {
            onward.tally = Tally::of(list, page, request, way);
        }
        onward
    }

    /// The records of a page, so many, are withheld.
    pub(crate) fn withhold(&mut self, records: usize, way: &Way) {
        match way {
            // Whoever counts pages goes on to the next one all the same.
            Way::Page(..) => {}
            Way::Offset(..) => {
                self.more |= records > 0;
                self.tally.number = self.tally.number.saturating_sub_unsigned(self.tally.here);
            }
            _ => self.more |= records > 0,
        }
        self.tally.here = 0;
    }

    /// Makes what is counted say the same as the rest: there is no next page behind the last.
    pub(crate) fn settle(&mut self) {
        if self.more && self.tally.last <= self.tally.number {
            self.tally.last = self.tally.number.saturating_add(1);
            self.tally.total = self.tally.total.max(self.tally.end().saturating_add(1));
        }
    }

    /// Makes the addresses.
    pub(crate) fn address(&mut self, asked: &Asked<'_>, request: &Request, way: &Way) {
        let Some(Target::Query(name)) = way.target() else { return };
        let at = |value: &str| asked.with(name, Some(value));
        let size = request.ask.size;
        let value = |records| way.value(way.before_record(records, size)).to_string();
        match way {
            Way::Page(..) | Way::Offset(..) => {
                let next = match way {
                    Way::Page(..) => way.value(request.nth.saturating_add(1)),
                    _ => way.value(self.tally.end()),
                };
                self.next = self.more.then(|| at(&next.to_string()));
                let first_of_last = self.tally.total.saturating_sub(1) / (size as u64).max(1) * size as u64;
                self.last = Some(at(&value(first_of_last)));
            }
            _ => self.next = self.after.as_deref().map(at),
        }
        let named = |address: &Option<String>, relation: &str| {
            address.as_ref().map(|address| format!("<{address}>; rel=\"{relation}\""))
        };
        let first = Some(asked.with(name, None));
        let all = [named(&self.next, "next"), named(&first, "first"), named(&self.last, "last")];
        self.link = Some(all.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }

    /// What an answer says of it.
    pub(crate) fn value(&self, part: &Part) -> Value {
        let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
        let Tally { before, here, total, number, last } = self.tally;
        match part {
            Part::Token | Part::TokenInAddress => text(&self.after),
            Part::TokenWithin(before, behind) => {
                self.after.as_ref().map_or(Value::Null, |token| Value::from(format!("{before}{token}{behind}")))
            }
            Part::Next => text(&self.next),
            Part::LastAddress => text(&self.last),
            Part::Link => text(&self.link),
            Part::Number => Value::from(number),
            Part::Following => Value::from(number.saturating_add(1)),
            Part::Reached => Value::from(number.min(last)),
            Part::Last => Value::from(last),
            Part::Times(part, by) => {
                let times = |number: i64| number.saturating_mul(i64::try_from(*by).unwrap_or(i64::MAX));
                self.value(part).as_i64().map_or(Value::Null, |number| Value::from(times(number)))
            }
            Part::Range if here == 0 => Value::from(format!("items */{total}")),
            Part::Range => Value::from(format!("items {before}-{}/{total}", before + here - 1)),
            Part::Either(more, end) => if self.more { more } else { end }.clone(),
        }
    }
}

impl Tally {
    /// How many records come before the next page.
    fn end(&self) -> u64 {
        self.before.saturating_add(self.here)
    }

    fn of(list: &List<'_>, page: &Page, request: &Request, way: &Way) -> Tally {
        let ask = &request.ask;
        let here = page.items.len() as u64;
        let size = (ask.size as u64).max(1);
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        if let Way::Page(..) | Way::Offset(..) = way {
            let (before, total) = (ask.skip, list.count(ask));
            let (number, last) = match way {
                Way::Page(..) => (way.value(request.nth), way.value(total.div_ceil(size).saturating_sub(1))),
                _ => (whole(before.saturating_add(here)), whole(total)),
            };
            return Tally { before, here, total, number, last };
        }
        let total = list.count(&Ask { after: None, before: None, ..ask.clone() });
        let after = page.items.last().filter(|_| page.followed).and_then(|item| list.find(&list.id(item)));
        let behind = after.map_or(0, |after| list.count(&Ask { after: Some(after), before: None, ..ask.clone() }));
        let before = total.saturating_sub(behind + here);
        let number = whole((before + here).div_ceil(size)).max(1);
        Tally { before, here, total, number, last: number.saturating_add(whole(behind.div_ceil(size))) }
    }
}
