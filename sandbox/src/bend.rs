//! What faults do to paging: to where a page begins, to its records, and to what it leads to. It must not know when a
//! fault fires, nor how an answer is written.
//!
//! Where answers give out tokens, it is the next token that is bent. Where the client itself says where to go on, it is
//! what the client says that is taken for something else.

use crate::changes::Whose;
use crate::fault::{Fault, Faults};
use crate::list::{Cursor, Item, List, Page};
use crate::onward::Onward;
use crate::paging::Way;
use crate::query::Request;

/// Records on a page when the size that is asked for does not count.
const IGNORED_SIZE: usize = 10;

/// The faults of an answer.
#[derive(Clone, Copy)]
pub(crate) struct Bend<'f> {
    pub(crate) faults: &'f [Fault],
    pub(crate) book: &'f Faults,
    /// The list that is asked for, by its number.
    pub(crate) place: usize,
    /// The number of its parent.
    pub(crate) whose: Whose,
    pub(crate) way: &'f Way,
}

impl Bend<'_> {
    /// Whether a fault fires.
    pub(crate) fn has(&self, fault: &Fault) -> bool {
        self.faults.contains(fault)
    }

    /// Bends what is asked for.
    pub(crate) fn request(&self, request: &mut Request) {
        for fault in self.faults {
            match fault {
                Fault::IgnoreSize => request.ask.size = IGNORED_SIZE,
                Fault::ShortPage => request.ask.size = (request.ask.size / 2).max(1),
                _ => {}
            }
        }
        for fault in self.faults.iter().filter(|_| !self.way.gives_tokens()) {
            match fault {
                Fault::StuckCursor => {
                    request.after = None;
                    request.nth = 0;
                }
                Fault::CursorCycle(length) => {
                    // How many pages or records make one of those that the client counts.
                    let step = if let Way::Offset(..) = self.way { request.ask.size as u64 } else { 1 };
                    request.nth = around(request.nth / step, *length).saturating_mul(step) + request.nth % step;
                    if request.after.is_some() {
                        request.after = self.book.cycle((self.place, self.whose), *length, request.after.take());
                    }
                }
                _ => {}
            }
        }
    }

    /// Goes back from beyond the end to the last page, if there is one.
    pub(crate) fn clamp(&self, list: &List<'_>, request: &mut Request, page: Page) -> Page {
        if !self.has(&Fault::ClampedPage) || !page.items.is_empty() || request.ask.skip == 0 {
            return page;
        }
        let Some(last) = list.count(&request.ask).checked_sub(1) else { return page };
        let size = request.ask.size;
        request.ask.skip = last / size as u64 * size as u64;
        request.nth = self.way.before_record(request.ask.skip, size);
        list.page(&request.ask)
    }

    /// Bends a page and what it leads to.
    pub(crate) fn page(&self, list: &List<'_>, request: &Request, page: &mut Page, onward: &mut Onward) {
        for fault in self.faults {
            match fault {
                Fault::EmptyPage => {
                    if self.way.gives_tokens() {
                        let next = detour_behind(list, request, page);
                        (onward.before, onward.after) = (None, Some(next));
                    }
                    onward.withhold(page.items.len(), self.way);
                    page.items.clear();
                }
                Fault::EndlessLastPage if !self.way.gives_tokens() => onward.more = true,
                Fault::EndlessLastPage if onward.after.is_none() => {
                    onward.after = page.items.last().map(|item| list.id(item)).or_else(|| request.after.clone());
                }
                Fault::StuckCursor if self.way.gives_tokens() => {
                    if let Some(sent) = &request.after {
                        onward.after = Some(sent.clone());
                    }
                }
                Fault::CursorCycle(length) if self.way.gives_tokens() => {
                    onward.after = self.book.cycle((self.place, self.whose), *length, onward.after.take());
                }
                _ => {}
            }
        }
    }
}

/// The number of a page that stands in a circle of so many behind the first.
fn around(page: u64, length: u32) -> u64 {
    match page.checked_sub(1) {
        Some(behind) => behind % u64::from(length).max(1) + 1,
        None => 0,
    }
}

/// The token of an empty page: the one that was sent, and how many empty pages in a row this makes.
fn detour_behind(list: &List<'_>, request: &Request, page: &Page) -> String {
    let (base, nth) = match request.after.as_deref().map(|sent| (sent, sent.rsplit_once('~'))) {
        Some((_, Some((base, nth)))) => (base.to_owned(), nth.parse().unwrap_or(0_u32)),
        Some((sent, None)) => (sent.to_owned(), 0),
        None => (page.start.map(|number| list.id(&Item::Computed(number))).unwrap_or_default(), 0),
    };
    format!("{base}~{}", nth + 1)
}

/// The position of a token that an empty page has given: `ID~N`, or `~N` for the start.
pub(crate) fn detour(list: &List<'_>, token: &str) -> Option<Cursor> {
    let (id, nth) = token.rsplit_once('~')?;
    nth.parse::<u32>().ok()?;
    if id.is_empty() { Some(Cursor::Start) } else { list.find(id) }
}
