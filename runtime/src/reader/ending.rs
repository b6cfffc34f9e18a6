//! A list that ends without a word: whether it has ended, or what leads to its next page goes by another name by now.
//!
//! Some sources leave the key out on the last page, so its absence alone says nothing. But they must name it to whoever asks
//! for half of the records that are there; one that does not cannot be read on, and nobody may take its first page for all.

use tapwright_plan::{Paging, Step};

use super::Reader;
use crate::decode::Page;
use crate::fetch::Fetched;
use crate::{Error, ErrorKind, Result};

impl Reader {
    /// Makes sure that the list ends behind a page that may be full and says nothing of another. Gives the page, or the same as it
    /// is by now, if it leads on this time: of several servers one may be ahead of the others. Where a source refuses to send
    /// fewer records, or sends as many all the same, nothing can be told, and it has the last word.
    ///
    /// # Errors
    /// `Paging` when the source does not say either that there is more when it sends less than there is.
    pub(super) async fn assured(&self, page: Page) -> Result<Page> {
        let Some(place) = &page.unsaid else { return Ok(page) };
        let Some(Paging { size: Some(_), step, .. }) = &self.source.resource.paging else { return Ok(page) };
        let by_address = matches!(step, Step::Next { .. } | Step::Link) && self.slice.cursor.is_some();
        let Ok(half) = u32::try_from(page.records / 2) else { return Ok(page) };
        if by_address || half == 0 {
            return Ok(page);
        }
        let Some(less) = self.peek(Some(half)).await? else { return Ok(page) };
        if less.next.is_none() && less.records >= page.records {
            return Ok(page);
        }
        let Some(again) = self.peek(None).await? else { return Ok(page) };
        if again.next.is_some() {
            return Ok(again);
        }
        // Records may have gone in the meantime.
        if less.next.is_some() || again.records <= less.records {
            return Ok(page);
        }
        let (all, few) = (again.records, less.records);
        let what = format!(
            "nobody knows whether the list has ended: the answer holds {all} records and has nothing at {place}, \
             which leads to the next page; nor has it when {half} are asked for and {few} come"
        );
        let help = "what leads there may go by another name by now; what was read so far is kept, nothing was deleted";
        Err(Error::new(ErrorKind::Paging, what).help(help))
    }

    /// The page at which the slice is, or one of fewer records, without moving there. None where the source refuses.
    async fn peek(&self, asked: Option<u32>) -> Result<Option<Page>> {
        let source = &self.source;
        let outgoing = self.outgoing(asked)?;
        match source.fetcher.fetch(&source.judge, &outgoing, &source.sent()).await {
            Ok(Fetched::Page(answer)) => self.decode(&outgoing, answer).map(Some),
            Ok(_) => Ok(None),
            Err(error) if matches!(error.kind(), ErrorKind::Rejected | ErrorKind::Forbidden) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
