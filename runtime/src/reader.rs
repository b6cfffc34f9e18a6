//! The pages of one slice, one after the other. It reads; where the pages go is its caller's business.

mod ending;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tapwright_plan::{On, ParamValue, Resource, Step, Window};

use crate::checkpoint::{Frontier, Moved, Part, Slice};
use crate::decode::{Decoder, Found, Page, Place};
use crate::eval::MadeFor;
use crate::fetch::{Fetched, Fetcher};
use crate::guard::Guard;
use crate::hook::{self, Hooked};
use crate::http::Answer;
use crate::judge::Judge;
use crate::outgoing::Outgoing;
use crate::paging;
use crate::parents::Parent;
use crate::request::{Dropped, Given, PageRequest, Wire, end_of, start_of};
use crate::{Error, ErrorKind, Result, Timestamp};

/// What the readers of one resource share.
pub(crate) struct Source {
    pub(crate) resource: &'static Resource,
    pub(crate) fetcher: Arc<Fetcher>,
    decoder: Decoder,
    hook: Option<Arc<dyn Hooked>>,
    judge: Judge,
    dropped: Mutex<Dropped>,
    notes: Mutex<Vec<String>>,
    /// Whether an answer was taken for an empty page although it was an error, so that not everything was seen.
    ignored: AtomicBool,
    /// How many records the longest page had that led to another; 0 where none did yet.
    full: AtomicUsize,
    most_pages: u64,
}

/// So many different things are said of how a resource was read.
const MOST_NOTES: usize = 100;

/// So often a list whose pages are counted is read anew because it changed while it was read.
const MOST_AGAIN: u8 = 2;

/// Reads one slice.
pub(crate) struct Reader {
    source: Arc<Source>,
    /// How far it is; after a page, behind that page.
    pub(crate) slice: Slice,
    guard: Guard,
    /// What its list is read for.
    made: MadeFor,
    /// Whether the source said, in place of a page, that the list ends here.
    empty: bool,
    /// Whether the source said that the parent is gone.
    pub(crate) gone: bool,
    /// Which way its records were seen to go.
    turned: Turned,
    /// The time of the last record read, wherever it belonged.
    last_time: Option<Timestamp>,
    /// Whether the next request is the first of this process and goes on from a place kept in a checkpoint.
    resumes: bool,
}

/// Which way the times of records were seen to go, so that their order is known.
#[derive(Clone, Copy, Debug, Default)]
struct Turned {
    /// A later record followed an earlier one.
    up: bool,
    /// An earlier record followed a later one.
    down: bool,
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
        let hook = fetcher.hook(resource);
        let decoder = Decoder::new(resource, fetcher.settings.clone()).hooked(hook.clone());
        let judge = Judge::new(fetcher.connector, resource, fetcher.settings.clone());
        let (dropped, notes) = (Mutex::default(), Mutex::default());
        let (ignored, full) = (AtomicBool::new(false), AtomicUsize::new(0));
        Arc::new(Source { resource, fetcher, decoder, hook, judge, dropped, notes, ignored, full, most_pages })
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

    /// Takes in what a page tells of all lists of the resource.
    fn see(&self, page: &Page) {
        if page.next.is_some() {
            self.full.fetch_max(page.records, Ordering::Relaxed);
        }
    }

    pub(crate) fn note(&self, note: String) {
        let mut notes = lock(&self.notes);
        if notes.len() < MOST_NOTES && !notes.contains(&note) {
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
        let cuts = self.window().is_some_and(|window| window.on == On::FirstPage);
        // Nor may one that is replaced as a whole.
        cuts && !self.resource.row.shape.is_replaced()
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
        let given = slice.parent.as_ref().map(Parent::found).unwrap_or_default();
        let made = MadeFor { given, ..MadeFor::ALL };
        Reader { source, slice, guard, made, turned: Turned::default(), empty: false, gone: false, last_time, resumes }
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
        let (sent, answer) = match self.fetch().await {
            Ok(Some(fetched)) => fetched,
            // Of a parent that is gone nothing is left to read; what was ignored is asked for again by the next sync.
            Ok(None) => {
                self.slice.done = self.gone || self.empty;
                return Ok(None);
            }
            Err(error) => {
                let error = self.placed(error, number, None);
                let stale = self.resumes && error.kind() == ErrorKind::Rejected;
                return Err(if stale { Broken::Stale(error) } else { Broken::Failed(error) });
            }
        };
        self.resumes = false;
        let page = self.decode(&sent, answer).map_err(|error| self.placed(error, number, Some(&sent)))?;
        let page = self.assured(page).await.map_err(|error| self.placed(error, number, Some(&sent)))?;
        self.guard.pass(&page).map_err(|error| self.placed(error, number, Some(&sent)))?;
        self.source.see(&page);
        self.advance(&page);
        Ok(Some(page))
    }

    fn decode(&self, sent: &Outgoing, answer: Answer) -> Result<Page> {
        let Answer { headers, body, .. } = answer;
        let mut body = String::from_utf8(body).map_err(|_| Error::new(ErrorKind::Body, "the answer is not UTF-8"))?;
        if let Some(hook) = &self.source.hook {
            body = hook::turned(&**hook, body, self.source.fetcher.client.most_of_a_body())?;
        }
        let cursor = self.slice.cursor.as_deref();
        // Behind a page that another sync has read, or one without records, any page may be as long as pages get.
        let full = self.source.full.load(Ordering::Relaxed).max(usize::from(cursor.is_some()));
        let place = Place { bounds: self.slice.bounds(), made: &self.made, cursor, headers: &headers, full };
        let mut page = self.source.decoder.page(body, place)?;
        let step = self.source.resource.paging.as_ref().map(|paging| &paging.step);
        if let (Some(Step::Next { .. } | Step::Link), Some(next)) = (step, &page.next) {
            let client = &self.source.fetcher.client;
            page.next = Some(paging::address(&sent.url, client.base(), next, client.credential_parameter())?);
        }
        let settings = &self.source.fetcher.settings;
        if page.next.as_deref().is_some_and(|next| settings.mask(next) != next) {
            // A cursor is kept in the store and shown in messages.
            return Err(Error::new(ErrorKind::Body, "the source names the next page by the credential"));
        }
        Ok(page)
    }

    fn placed(&self, error: Error, number: u64, sent: Option<&Outgoing>) -> Error {
        let settings = &self.source.fetcher.settings;
        let error = error.masked(settings).with("resource", self.source.resource.name).with("page", number);
        match sent {
            Some(sent) => error.with("request", self.source.fetcher.client.mask(&sent.shown())),
            None => error,
        }
    }

    /// Asks for the page at which the slice is. None: the spec says to take the answer for an empty last page.
    async fn fetch(&mut self) -> Result<Option<(Outgoing, Answer)>> {
        let source = Arc::clone(&self.source);
        loop {
            let outgoing = self.outgoing(None)?;
            match source.fetcher.fetch(&source.judge, &outgoing, &source.sent()).await? {
                Fetched::Page(answer) => return Ok(Some((outgoing, answer))),
                Fetched::Ignored(error) => {
                    source.ignored.store(true, Ordering::Relaxed);
                    source.note(format!("ignored, as the spec says: {error}"));
                    return Ok(None);
                }
                Fetched::Empty => {
                    self.empty = true;
                    return Ok(None);
                }
                Fetched::Gone(error) => {
                    source.note(format!(
                        "left out what belongs to rows that are gone, as the spec says: {}",
                        error.message()
                    ));
                    self.gone = true;
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

    /// The request for the page at which the slice is; perhaps for fewer records than the plan says.
    fn outgoing(&self, asked: Option<u32>) -> Result<Outgoing> {
        let source = &self.source;
        let outgoing = self.request(asked)?.outgoing(source.fetcher.client.base());
        match &source.hook {
            Some(hook) => hook::through(&**hook, source.fetcher.connector, source.resource, outgoing),
            None => Ok(outgoing),
        }
    }

    fn request(&self, asked: Option<u32>) -> Result<PageRequest> {
        let (source, slice) = (&self.source, &self.slice);
        let dropped = lock(&source.dropped).clone();
        let window = source.window().filter(|window| window.on == On::EveryPage || slice.cursor.is_none());
        let (start, end) = match (&slice.part, window) {
            (Part::Window(from, to), Some(window)) => {
                (Some(start_of(*from, window.format)), to.map(|to| end_of(to, window.format)))
            }
            _ => (None, None),
        };
        let found = |end: &Option<Wire>| end.clone().map_or(Found::Null, Wire::found);
        let made = MadeFor { given: self.made.given.clone(), start: found(&start), end: found(&end) };
        let given = Given { settings: &source.fetcher.settings, made: &made, dropped: &dropped };
        let mut request = PageRequest::new(&source.resource.request, given)?;
        if let Some(paging) = &source.resource.paging {
            paging::put(paging, slice.cursor.as_deref(), asked, &mut request)?;
        }
        let targets = [(window.and_then(|window| window.from), start), (window.and_then(|window| window.to), end)];
        for (target, moment) in targets {
            if let (Some(target), Some(moment)) = (target, moment) {
                request.put(target, moment)?;
            }
        }
        let resume = source.resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
        if let (Part::After(id), Some(resume), None) = (&slice.part, resume, &slice.cursor) {
            request.put(resume.to, Wire::Text(id.clone()))?;
        }
        Ok(request)
    }

    /// Moves the slice behind `page`.
    fn advance(&mut self, page: &Page) {
        let newest_first =
            self.source.resource.incremental.as_ref().is_some_and(|incremental| incremental.newest_first);
        let slice = &mut self.slice;
        slice.pages += 1;
        slice.cursor.clone_from(&page.next);
        if let Some((first, last)) = page.times {
            let before = self.last_time.unwrap_or(first);
            self.turned.up |= before < first || first < last;
            self.turned.down |= before > first || first > last;
            slice.unordered |= match newest_first {
                false => !page.ascending || first < before,
                true => !page.descending || first > before,
            };
            self.last_time = Some(last);
        }
        if let Some(mark) = &page.last {
            let mark = Frontier::from(mark.clone());
            // Out of order, the last record need not be the latest.
            let newest = page.times.filter(|_| newest_first).map(|(first, _)| first.millis());
            let at = slice.last.as_ref().and_then(|last| last.at).max(mark.at).max(newest);
            slice.last = Some(Frontier { id: mark.id, at });
        }
        // Behind its end, in the order in which the source was seen to send, nothing of the slice is left.
        let beyond = match (&slice.part, self.last_time.map(Timestamp::millis)) {
            (Part::Window(from, _), Some(last)) if newest_first => self.turned.down && last < *from,
            (Part::Window(_, Some(end)), Some(last)) => self.turned.up && last >= *end,
            _ => false,
        } && !slice.unordered;
        slice.done = page.next.is_none() || beyond;
        if slice.done {
            slice.cursor = None;
        }
        if let Some(count) = page.count {
            slice.moved.met |= slice.count.is_some_and(|before| before != count);
            slice.count.get_or_insert(count);
        }
        // What was inserted or deleted in the meantime has moved other records from page to page, and one may have been
        // missed between two: what is read anew is found now. A list that never rests is left to the next sync.
        if slice.done && slice.moved.met && slice.moved.again < MOST_AGAIN {
            slice.done = false;
            slice.count = None;
            slice.moved = Moved { again: slice.moved.again + 1, met: false };
            self.guard = Guard::new(self.source.most_pages, None);
        }
    }

    /// The time of the last record read.
    pub(crate) fn last_time(&self) -> Option<i64> {
        self.last_time.map(Timestamp::millis)
    }
}
