//! Which records a request is answered with: from where, in which order, through which filter, how many there are, and
//! what the next cursor is. It walks the computed records, all or those of one parent, and those put in by hand as one
//! sorted list. It must not know how a request spells any of this, nor how the answer is written.

use std::ops::{Bound, Range};
use std::sync::Arc;

use crate::data::Data;
use crate::dice::{below, mix, roll};
use crate::kin::Line;
use crate::overlay::{Kept, Overlay, Place};

/// How many places are looked at for a record that is there, where one is chosen by chance.
const TRIES: u64 = 32;

/// From how many of the latest that were put in one is chosen by chance.
const RECENT: usize = 32;

/// A position between two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Before the first record, or behind the last, whichever the order begins with.
    Start,
    /// At a record that is computed.
    Number(u64),
    /// At a record that was put in.
    Place(Place),
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    pub(crate) after: Option<Cursor>,
    pub(crate) before: Option<Cursor>,
    /// Newest first.
    pub(crate) descending: bool,
    pub(crate) size: usize,
    /// How many of the records that are asked for come before the page.
    pub(crate) skip: u64,
    /// Which variants: their texts, and whether each of the list's own is wanted.
    pub(crate) variants: Option<(Vec<String>, Vec<bool>)>,
    /// Not before this moment.
    pub(crate) from: Option<i64>,
    /// Before this moment.
    pub(crate) to: Option<i64>,
}

impl Ask {
    /// Whether some records are left out for what they are.
    fn filters(&self) -> bool {
        self.variants.as_ref().is_some_and(|(_, wanted)| !wanted.iter().all(|wanted| *wanted))
    }
}

/// A record of a page.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Computed(u64),
    Kept(Arc<Kept>),
}

impl Item {
    /// The number of the record.
    pub(crate) fn number(&self) -> u64 {
        match self {
            Item::Computed(number) => *number,
            Item::Kept(kept) => kept.number,
        }
    }
}

/// The records of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    /// Whether there are records in front of it.
    pub(crate) preceded: bool,
    /// Whether there are records behind it.
    pub(crate) followed: bool,
    /// The record in front of where it began, if there is one in the list.
    pub(crate) start: Option<u64>,
}

/// One list: what is computed, and what was changed.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    pub(crate) data: &'a Data,
    pub(crate) overlay: &'a Overlay,
    /// Which of the computed records it has. They are walked by their places in it.
    pub(crate) line: Line,
}

impl List<'_> {
    /// The position an id stands for.
    pub(crate) fn find(&self, id: &str) -> Option<Cursor> {
        if let Some(place) = self.overlay.place_of(id) {
            return Some(Cursor::Place(place.clone()));
        }
        self.data.ids.number_of(id, self.line).map(Cursor::Number)
    }

    /// Whether the record of a number was ever computed for it.
    pub(crate) fn has(&self, number: u64) -> bool {
        (self.data.first()..self.data.end()).contains(&number) && self.line.has(number)
    }

    /// The places of its computed records.
    fn places(&self) -> Range<u64> {
        self.line.place(self.data.first())..self.line.place(self.data.end())
    }

    /// The number of a record that is there, chosen by chance; where nearly all are gone, perhaps none.
    pub(crate) fn some(&self, dice: u64) -> Option<u64> {
        let (places, young) = (self.places(), below(mix(dice), RECENT as u64) as usize);
        let put_in = || {
            let last = self.overlay.between(Bound::Unbounded, Bound::Unbounded).rev().take(young + 1).last();
            last.map(|(_, kept)| kept.number)
        };
        let drawn = |nth: u64| {
            let place = roll(nth, dice).checked_rem(places.end.saturating_sub(places.start))?;
            Some(self.line.number(places.start + place)).filter(|number| !self.overlay.is_gone(*number))
        };
        let computed = || (0..TRIES).find_map(drawn);
        if dice.is_multiple_of(4) { put_in().or_else(computed) } else { computed().or_else(put_in) }
    }

    /// The id of an item.
    pub(crate) fn id(&self, item: &Item) -> String {
        match item {
            Item::Computed(number) => self.data.ids.text(*number),
            Item::Kept(kept) => kept.id.clone(),
        }
    }

    /// The records asked for.
    pub(crate) fn page(&self, ask: &Ask) -> Page {
        let (places, kept) = self.bounds(ask);
        // Going back from a cursor, the page is what stands directly before it.
        let back = ask.before.is_some() && ask.after.is_none();
        let start = if ask.descending { Some(places.end) } else { places.start.checked_sub(1) };
        let start = start.filter(|place| self.places().contains(place)).map(|place| self.line.number(place));
        let mut items = self.walk(places, kept, ask.descending != back, ask);
        let more = items.len() > ask.size;
        items.truncate(ask.size);
        if back {
            items.reverse();
        }
        let (preceded, followed) = if back { (more, true) } else { (ask.after.is_some() || ask.skip > 0, more) };
        Page { items, preceded, followed, start }
    }

    /// How many records there are to ask for, on all pages together.
    pub(crate) fn count(&self, ask: &Ask) -> u64 {
        let (places, (low, high)) = self.bounds(ask);
        let put_in = self.overlay.between(low, high).filter(|(_, kept)| passes(kept, ask)).count() as u64;
        let computed = if ask.filters() {
            places.filter(|place| self.at(self.line.number(*place), ask).is_some()).count() as u64
        } else {
            let all = places.end - places.start;
            let numbers = self.line.number(places.start)..self.line.number(places.end);
            all - self.overlay.missing(numbers, |kept| passes(kept, ask))
        };
        put_in + computed
    }

    /// What is asked for: of the computed records the places in the line, of the others those in the order of time.
    fn bounds(&self, ask: &Ask) -> (Range<u64>, (Bound<Place>, Bound<Place>)) {
        let mut places = self.places();
        let (mut low, mut high) = (Bound::Unbounded, Bound::Unbounded);
        if let Some(moment) = ask.from {
            places.start = places.start.max(self.from(moment));
            low = Bound::Included((moment, String::new()));
        }
        if let Some(moment) = ask.to {
            places.end = places.end.min(self.from(moment));
            high = Bound::Excluded((moment, String::new()));
        }
        // In a descending list, "after" is what sorts lower.
        let (lower, upper) = if ask.descending { (&ask.before, &ask.after) } else { (&ask.after, &ask.before) };
        if let Some((first, place)) = lower.as_ref().and_then(|cursor| self.bound(cursor, true)) {
            places.start = places.start.max(first);
            if !matches!(&low, Bound::Included(old) if *old > place) {
                low = Bound::Excluded(place);
            }
        }
        if let Some((end, place)) = upper.as_ref().and_then(|cursor| self.bound(cursor, false)) {
            places.end = places.end.min(end);
            if !matches!(&high, Bound::Excluded(old) if *old < place) {
                high = Bound::Excluded(place);
            }
        }
        places.end = places.end.max(places.start);
        (places, (low, high))
    }

    /// The first place in the line, and the place in time, that are behind a cursor, or that are not before it.
    fn bound(&self, cursor: &Cursor, behind: bool) -> Option<(u64, Place)> {
        match cursor {
            Cursor::Start => None,
            Cursor::Number(number) => {
                let place = (self.data.moment(*number), self.data.ids.text(*number));
                Some((self.line.place(*number) + u64::from(behind), place))
            }
            Cursor::Place(place) => Some((self.behind(place.0, &place.1), place.clone())),
        }
    }

    /// The place of the first record whose moment is not before `moment`.
    fn from(&self, moment: i64) -> u64 {
        self.line.place(self.data.from(moment))
    }

    /// The place of the first record that sorts behind a moment and an id.
    fn behind(&self, moment: i64, id: &str) -> u64 {
        let (mut place, end) = (self.from(moment), self.places().end);
        while place < end {
            let number = self.line.number(place);
            if self.data.moment(number) != moment || self.data.ids.text(number).as_str() > id {
                break;
            }
            place += 1;
        }
        place
    }

    /// The first `size + 1` records within bounds behind those that are skipped, from one end or the other.
    fn walk(&self, mut places: Range<u64>, kept: (Bound<Place>, Bound<Place>), reverse: bool, ask: &Ask) -> Vec<Item> {
        let wanted = ask.size.saturating_add(1);
        let mut items = Vec::with_capacity(wanted.min(1_000));
        let untouched = self.overlay.is_empty();
        let mut skip = ask.skip;
        if untouched && !ask.filters() {
            // Every place is a record: no need to look at them.
            let skipped = skip.min(places.end.saturating_sub(places.start));
            if reverse {
                places.end -= skipped;
            } else {
                places.start += skipped;
            }
            skip -= skipped;
        }
        let mut found = |item: Item, items: &mut Vec<Item>| {
            if skip > 0 { skip -= 1 } else { items.push(item) }
        };
        let mut kept = self.overlay.between(kept.0, kept.1);
        let mut next_kept = if reverse { kept.next_back() } else { kept.next() };
        while items.len() < wanted {
            let place = if reverse { places.end.wrapping_sub(1) } else { places.start };
            let number = (!places.is_empty()).then(|| self.line.number(place));
            let kept_first = match (number, next_kept) {
                (None, None) => break,
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (Some(number), Some((place, _))) => self.sorts_before(place, number) != reverse,
            };
            if kept_first {
                if let Some((_, kept)) = next_kept
                    && passes(kept, ask)
                {
                    found(Item::Kept(Arc::clone(kept)), &mut items);
                }
                next_kept = if reverse { kept.next_back() } else { kept.next() };
                continue;
            }
            let Some(number) = number else { break };
            if reverse {
                places.end -= 1;
            } else {
                places.start += 1;
            }
            let item = if untouched {
                self.wanted(number, ask).then_some(Item::Computed(number))
            } else {
                self.at(number, ask)
            };
            if let Some(item) = item {
                found(item, &mut items);
            }
        }
        items
    }

    /// The records that were put in, in the order of time.
    pub(crate) fn put_in(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.overlay.between(Bound::Unbounded, Bound::Unbounded).map(|(_, kept)| kept)
    }

    /// What stands in the place of a computed record, if it is asked for.
    pub(crate) fn at(&self, number: u64, ask: &Ask) -> Option<Item> {
        match self.overlay.updated(number) {
            Some(kept) => passes(kept, ask).then(|| Item::Kept(Arc::clone(kept))),
            None => (!self.overlay.is_gone(number) && self.wanted(number, ask)).then_some(Item::Computed(number)),
        }
    }

    fn sorts_before(&self, place: &Place, number: u64) -> bool {
        let moment = self.data.moment(number);
        place.0 < moment || (place.0 == moment && place.1 < self.data.ids.text(number))
    }

    #[inline]
    fn wanted(&self, number: u64, ask: &Ask) -> bool {
        match &ask.variants {
            None => true,
            Some((_, wanted)) => wanted.get(self.data.variant(number)).copied().unwrap_or(false),
        }
    }
}

fn passes(kept: &Kept, ask: &Ask) -> bool {
    match &ask.variants {
        None => true,
        Some((names, _)) => kept.variant.as_ref().is_some_and(|variant| names.contains(variant)),
    }
}
