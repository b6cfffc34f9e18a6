//! The pages of one slice, one after the other. It reads; where the pages go is its caller's business.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tapwright_plan::{On, Paging, ParamValue, Resource, Window};
use url::Url;

use crate::checkpoint::{Frontier, Part, Slice};
use crate::decode::{Decoder, Page};
use crate::fetch::{Dropped, Fetched, Fetcher};
use crate::guard::Guard;
use crate::request::{PageRequest, shown, written};
use crate::{Error, ErrorKind, Result, Timestamp};

/// What the readers of one resource share.
pub(crate) struct Source {
    pub(crate) resource: &'static Resource,
    pub(crate) fetcher: Arc<Fetcher>,
    decoder: Decoder,
    dropped: Mutex<Dropped>,
    notes: Mutex<Vec<String>>,
    /// Whether an answer was taken for an empty page although it was an error, so that not everything was seen.
    ignored: AtomicBool,
    most_pages: u64,
}

/// Reads one slice.
pub(crate) struct Reader {
    source: Arc<Source>,
    /// How far it is; after a page, behind that page.
    pub(crate) slice: Slice,
    guard: Guard,
    /// The time of the last record read, wherever it belonged.
    last_time: Option<Timestamp>,
    /// Whether the next request is the first of this process and goes on from a place kept in a checkpoint.
    resumes: bool,
}

/// Why a slice could not be read on.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The source does not know the place at which the checkpoint says to go on.
    Stale(Error),
    /// Anything else.
    Failed(Error),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Broken::Failed(error)
    }
}

impl Source {
    pub(crate) fn new(resource: &'static Resource, fetcher: Arc<Fetcher>, most_pages: u64) -> Arc<Self> {
        let decoder = Decoder::new(resource, fetcher.settings.clone());
        let (dropped, notes) = (Mutex::default(), Mutex::default());
        Arc::new(Source { resource, fetcher, decoder, dropped, notes, ignored: AtomicBool::new(false), most_pages })
    }

    /// What a person should know of how it was read.
    pub(crate) fn take_notes(&self) -> Vec<String> {
        let notes = std::mem::take(&mut *lock(&self.notes));
        notes.iter().map(|note| self.fetcher.settings.mask(note)).collect()
    }

    /// Whether everything was seen that the source had to show.
    pub(crate) fn is_whole(&self) -> bool {
        !self.ignored.load(Ordering::Relaxed)
    }

    fn note(&self, note: String) {
        let mut notes = lock(&self.notes);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// The list values that a request carries.
    fn sent(&self) -> Vec<(&'static str, &'static str)> {
        let dropped = lock(&self.dropped);
        let all = self.resource.request.query.iter().flat_map(|param| match &param.value {
            ParamValue::Comma(values) | ParamValue::Repeat(values) => {
                values.iter().map(|value| (param.name, *value)).collect()
            }
            ParamValue::Text(_) => Vec::new(),
        });
        all.filter(|pair| !dropped.contains(pair)).collect()
    }

    /// Whether a window may be cut while it is read. One whose end goes with every page may not: the source's cursor
    /// belongs to the end it was given with.
    pub(crate) fn may_cut(&self) -> bool {
        self.window().is_some_and(|window| window.on == On::FirstPage)
    }

    fn window(&self) -> Option<&'static Window> {
        self.resource.incremental.as_ref()?.window.as_ref()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Reader {
    pub(crate) fn new(source: Arc<Source>, slice: Slice) -> Self {
        let guard = Guard::new(source.most_pages, slice.cursor.as_deref());
        let last_time = slice.last.as_ref().and_then(|last| last.at).and_then(Timestamp::from_millis);
        let resumes = slice.cursor.is_some() || matches!(slice.part, Part::After(_));
        Reader { source, slice, guard, last_time, resumes }
    }

    /// The next page; none when the slice is done, or when the spec says to ignore what came in place of a page.
    ///
    /// # Errors
    /// Whatever the request, the decoder or the guard says, with resource, page and request.
    pub(crate) async fn next(&mut self) -> Result<Option<Page>, Broken> {
        if self.slice.done {
            return Ok(None);
        }
        let number = self.slice.pages + 1;
        let (url, body) = match self.fetch().await {
            Ok(Some(fetched)) => fetched,
            // Not done: the next sync asks again.
            Ok(None) => return Ok(None),
            Err(error) => {
                let error = self.placed(error, number, None);
                let stale = self.resumes && error.kind() == ErrorKind::Rejected;
                return Err(if stale { Broken::Stale(error) } else { Broken::Failed(error) });
            }
        };
        self.resumes = false;
        let page = String::from_utf8(body)
            .map_err(|_| Error::new(ErrorKind::Body, "the answer is not UTF-8"))
            .and_then(|body| self.source.decoder.page(body, self.slice.bounds()))
            .map_err(|error| self.placed(error, number, Some(&url)))?;
        self.guard.pass(&page).map_err(|error| self.placed(error, number, Some(&url)))?;
        self.advance(&page);
        Ok(Some(page))
    }

    fn placed(&self, error: Error, number: u64, url: Option<&Url>) -> Error {
        let settings = &self.source.fetcher.settings;
        let error = error.masked(settings).with("resource", self.source.resource.name).with("page", number);
        match url {
            Some(url) => error.with("request", self.source.fetcher.client.mask(&shown(url))),
            None => error,
        }
    }

    /// Asks for the page at which the slice is. None: the spec says to take the answer for an empty last page.
    async fn fetch(&self) -> Result<Option<(Url, Vec<u8>)>> {
        let source = &self.source;
        loop {
            let request = self.request()?;
            let url = request.url(source.fetcher.client.base());
            match source.fetcher.fetch(source.resource, &url, request.headers(), &source.sent()).await? {
                Fetched::Body(body) => return Ok(Some((url, body))),
                Fetched::Ignored(error) => {
                    source.ignored.store(true, Ordering::Relaxed);
                    source.note(format!("ignored, as the spec says: {error}"));
                    return Ok(None);
                }
                Fetched::Drop(param, value) => {
                    source.note(format!("left `{value}` out of `{param}`: the source does not know it"));
                    // Another slice may have had the same answer already; the request goes out again without it.
                    lock(&source.dropped).insert((param, value));
                }
            }
        }
    }

    fn request(&self) -> Result<PageRequest> {
        let (source, slice) = (&self.source, &self.slice);
        let mut request = PageRequest::new(source.resource, &source.fetcher.settings, &lock(&source.dropped))?;
        if let Paging::Cursor(cursor) = &source.resource.paging {
            if let Some(size) = cursor.size {
                request.put(size.to, &size.value.to_string())?;
            }
            if let Some(at) = &slice.cursor {
                request.put(cursor.to, at)?;
            }
        }
        if let (Part::Window(from, to), Some(window)) = (&slice.part, source.window())
            && (window.on == On::EveryPage || slice.cursor.is_none())
        {
            // A millisecond early: whether the source counts the start in or out, nothing is missed, and the decoder
            // leaves out what is another slice's.
            let at =
                |millis: i64| written(Timestamp::from_millis(millis).unwrap_or_else(Timestamp::now), window.format);
            request.put(window.from, &at(from - 1))?;
            if let (Some(to), Some(target)) = (to, window.to) {
                request.put(target, &at(*to))?;
            }
        }
        let resume = source.resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
        if let (Part::After(id), Some(resume), None) = (&slice.part, resume, &slice.cursor) {
            request.put(resume.to, id)?;
        }
        Ok(request)
    }

    /// Moves the slice behind `page`.
    fn advance(&mut self, page: &Page) {
        let slice = &mut self.slice;
        slice.pages += 1;
        slice.cursor.clone_from(&page.next);
        if let Some((first, last)) = page.times {
            if !page.ascending || self.last_time.is_some_and(|before| first < before) {
                slice.unordered = true;
            }
            self.last_time = Some(last);
        }
        if let Some(mark) = &page.last {
            let mark = Frontier::from(mark.clone());
            // Out of order, the last record need not be the latest.
            let at = slice.last.as_ref().and_then(|last| last.at).max(mark.at);
            slice.last = Some(Frontier { id: mark.id, at });
        }
        let end = match slice.part {
            Part::Window(_, to) => to,
            _ => None,
        };
        let beyond =
            !slice.unordered && matches!((end, self.last_time), (Some(end), Some(last)) if last.millis() >= end);
        slice.done = page.next.is_none() || beyond;
        if slice.done {
            slice.cursor = None;
        }
    }

    /// The time of the last record read.
    pub(crate) fn last_time(&self) -> Option<i64> {
        self.last_time.map(Timestamp::millis)
    }
}
