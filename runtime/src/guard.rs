//! Paging ends. What cannot be a sane sequence of pages is an error after a bounded number of requests.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::decode::Page;
use crate::{Error, ErrorKind, Result};

/// So many pages without a record in a row are put up with.
const EMPTY_PAGES: u32 = 10;

/// Watches the pages of one slice.
#[derive(Debug)]
pub(crate) struct Guard {
    seen_cursors: HashSet<u64>,
    seen_pages: HashSet<u64>,
    empty: u32,
    pages: u64,
    most: u64,
    hash: RandomState,
}

impl Guard {
    /// A guard that lets at most `most` pages pass. `cursor` is where the slice goes on.
    pub(crate) fn new(most: u64, cursor: Option<&str>) -> Self {
        let hash = RandomState::new();
        let seen_cursors = cursor.map(|cursor| hash.hash_one(cursor)).into_iter().collect();
        Guard { seen_cursors, seen_pages: HashSet::new(), empty: 0, pages: 0, most, hash }
    }

    /// Looks at a page before anything is done with it.
    ///
    /// # Errors
    /// `Paging`, naming what repeats.
    pub(crate) fn pass(&mut self, page: &Page) -> Result<()> {
        self.pages += 1;
        if page.records > 0 && !self.seen_pages.insert(page.fingerprint) {
            return Err(endless("the source sent the same page again", "its paging goes in a circle"));
        }
        let Some(next) = &page.next else { return Ok(()) };
        if !self.seen_cursors.insert(self.hash.hash_one(next.as_str())) {
            return Err(endless(
                &format!("the source sent the cursor `{}` again", short(next)),
                "its paging goes in a circle",
            ));
        }
        self.empty = if page.records == 0 { self.empty + 1 } else { 0 };
        if self.empty > EMPTY_PAGES {
            return Err(endless(
                &format!("the source sent {} empty pages in a row and promises more", self.empty),
                "its paging does not end",
            ));
        }
        if self.pages >= self.most {
            return Err(endless(
                &format!("the source sent {} pages and promises more", self.pages),
                "its paging does not end",
            ));
        }
        Ok(())
    }
}

fn endless(what: &str, why: &str) -> Error {
    Error::new(ErrorKind::Paging, what).help(format!("{why}; what was read so far is kept, nothing was deleted"))
}

fn short(cursor: &str) -> String {
    cursor.chars().take(40).collect()
}
