//! Faults: what can go wrong at an API, when, and how often. Scripted ones are armed for a resource and fire in the
//! order of its requests; random ones fire by a seed. It must not know how an answer is made otherwise.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::answer::{Answer, Delivery};
use crate::changes::Whose;
use crate::dice::{hash, roll};
use crate::time;

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An answer of this status with a JSON message, and perhaps a `Retry-After`.
    Status(u16, Option<RetryAfter>),
    /// 401, whatever the credential.
    Unauthorized,
    /// 403 with this message.
    Forbidden(String),
    /// This status and this body, as JSON text or not.
    Answer(u16, String),
    /// The connection closes without an answer.
    Reset,
    /// The connection closes in the middle of the body.
    CutBody,
    /// The body comes at so many bytes a second.
    SlowBody(u32),
    /// 200 with a page of HTML.
    NotJson,
    /// 200 with the first half of the JSON, declared as all of it.
    TruncatedJson,
    /// A value of the wrong JSON type, in one record of the page, for the field of this name.
    WrongType(String),
    /// The next cursor is the one that was sent. Where the client itself says where to go on, that does not count: it is
    /// always the first page.
    StuckCursor,
    /// After this many pages the next cursor is the first one again. Where the client itself says where to go on, it is
    /// given the second page again instead of one that is further on.
    CursorCycle(u32),
    /// Nothing stands where the spec reads what leads to the next page, neither in the body nor in a header: as if it went by
    /// another name by now.
    NoNext,
    /// An unknown cursor is not an error: the list starts over.
    RestartOnUnknown,
    /// A page without records that says there is a next one; nothing is lost for a client that goes on. Of numbered
    /// pages, what is said of the next one is as it was, and the records of this one are not on it.
    EmptyPage,
    /// Half of the records that were asked for, and the cursor to go on from there. Pages that are numbered follow each
    /// other as if half had been asked for, so there it should stay on.
    ShortPage,
    /// The last page says that there is a next one, which is empty and says so too.
    EndlessLastPage,
    /// A page or an offset beyond the end is answered with the last page again instead of an empty one.
    ClampedPage,
    /// The page size that is asked for does not count: pages have 10 records.
    IgnoreSize,
    /// A list parameter with this value is rejected, as if the name were unknown.
    RejectValue(String),
    /// The answer that an error rule of the resource is about, by its place in `on_error`, from 0; those of `api` come
    /// behind the resource's own.
    Rule(usize),
}

/// How a `Retry-After` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// In seconds.
    Seconds(u64),
    /// As a date, this long from the answer; dates have whole seconds.
    Date(Duration),
}

impl RetryAfter {
    fn text(self) -> String {
        match self {
            RetryAfter::Seconds(seconds) => seconds.to_string(),
            RetryAfter::Date(wait) => {
                let moment = time::now().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
                // Rounded up: never earlier than was meant.
                time::http_date(moment.saturating_add(999))
            }
        }
    }
}

impl Fault {
    /// Once, at the next request.
    #[must_use]
    pub fn once(self) -> Injection {
        self.times(1)
    }

    /// This many times in a row.
    #[must_use]
    pub fn times(self, times: u32) -> Injection {
        Injection { fault: self, times: Some(times), after: 0 }
    }

    /// From now on.
    #[must_use]
    pub fn always(self) -> Injection {
        Injection { fault: self, times: None, after: 0 }
    }

    /// The answer it makes by itself; `None` when it alters the regular one.
    pub(crate) fn answer(&self) -> Option<Answer> {
        match self {
            Fault::Status(status, retry_after) => {
                let message = match status {
                    429 => "Too many requests",
                    500.. => "Something went wrong",
                    _ => "The sandbox was told to fail",
                };
                let answer = Answer::error(*status, message);
                Some(match retry_after {
                    Some(retry_after) => answer.retry_after(retry_after.text()),
                    None => answer,
                })
            }
            Fault::Unauthorized => Some(Answer::unauthorized()),
            Fault::Forbidden(message) => Some(Answer::error(403, message)),
            Fault::Answer(status, body) => Some(Answer::json(*status, body.clone().into_bytes())),
            Fault::Reset => Some(Answer::error(500, "").delivered(Delivery::Dropped)),
            Fault::NotJson => {
                let body = "<!doctype html><title>Maintenance</title><p>We will be back soon.";
                Some(Answer { content_type: "text/html; charset=utf-8", ..Answer::json(200, body.into()) })
            }
            _ => None,
        }
    }
}

/// A fault, and when it fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injection {
    pub(crate) fault: Fault,
    times: Option<u32>,
    after: u32,
}

impl Injection {
    /// Lets this many requests through first.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Injection {
        self.after = requests;
        self
    }
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Injection {
        fault.once()
    }
}

/// An injection at work.
#[derive(Debug)]
struct Armed {
    /// The list it is for; all when `None`.
    list: Option<usize>,
    injection: Injection,
    passed: u32,
    fired: u32,
    /// The cursors it has seen go by, and in the lists of which parents.
    cursors: Vec<(Whose, String)>,
}

/// All faults of a sandbox.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Mutex<Vec<Armed>>,
    chance: Option<Chance>,
}

impl Faults {
    /// None scripted; random ones if wanted.
    pub(crate) fn new(chance: Option<Chance>) -> Faults {
        Faults { armed: Mutex::default(), chance }
    }

    /// Arms one, for a list or for all.
    pub(crate) fn arm(&self, list: Option<usize>, injection: Injection) {
        let armed = Armed { list, injection, passed: 0, fired: 0, cursors: Vec::new() };
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).push(armed);
    }

    /// Disarms those of a list, or all.
    pub(crate) fn disarm(&self, list: Option<usize>) {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        armed.retain(|one| list.is_some() && one.list != list);
    }

    /// How many are armed that can still fire at a list.
    pub(crate) fn armed(&self, list: usize) -> usize {
        let armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |one: &&Armed| one.injection.times.is_none_or(|times| one.fired < times);
        armed.iter().filter(left).filter(|one| one.list.is_none_or(|known| known == list)).count()
    }

    /// The faults that fire at a request. `lists_value` says whether the request's list parameters have a value.
    pub(crate) fn fire(&self, list: usize, request: &str, lists_value: impl Fn(&str) -> bool) -> Vec<Fault> {
        let mut fired = Vec::new();
        for one in self.armed.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            let concerns = one.list.is_none_or(|wanted| wanted == list)
                && !matches!(&one.injection.fault, Fault::RejectValue(value) if !lists_value(value));
            if !concerns || one.injection.times.is_some_and(|times| one.fired >= times) {
                continue;
            }
            if one.passed < one.injection.after {
                one.passed += 1;
            } else {
                one.fired += 1;
                fired.push(one.injection.fault.clone());
            }
        }
        if fired.is_empty() {
            fired.extend(self.chance.as_ref().and_then(|chance| chance.fire(request)));
        }
        fired
    }

    /// The next cursor of the list of a parent while a cycle of `length` is on: the first of the cycle when it is complete.
    pub(crate) fn cycle(&self, (list, whose): (usize, Whose), length: u32, next: Option<String>) -> Option<String> {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let one = armed.iter_mut().find(|one| {
            one.list.is_none_or(|wanted| wanted == list) && one.injection.fault == Fault::CursorCycle(length)
        });
        let Some(one) = one else { return next };
        let mut seen = one.cursors.iter().filter(|(known, _)| *known == whose).map(|(_, cursor)| cursor);
        let first = seen.clone().next().cloned();
        if next.as_ref().is_some_and(|next| seen.clone().any(|known| known == next)) {
            return next;
        }
        if seen.by_ref().count() < length as usize {
            one.cursors.extend(next.clone().map(|next| (whose, next)));
            return next;
        }
        first
    }
}

/// Faults at random: of the kinds that a retry mends.
#[derive(Debug)]
pub(crate) struct Chance {
    /// Of 2^32 requests.
    rate: u64,
    seed: u64,
    requests: AtomicU64,
    /// How often in a row a request has failed.
    streaks: Mutex<HashMap<u64, u32>>,
}

/// The same request is failed at most this often in a row, so that a client that retries gets through.
const LONGEST_STREAK: u32 = 3;

impl Chance {
    /// So many of all requests (0 to 1).
    pub(crate) fn new(rate: f64, seed: u64) -> Chance {
        let rate = (rate.clamp(0.0, 1.0) * 4_294_967_296.0) as u64;
        Chance { rate, seed, requests: AtomicU64::new(0), streaks: Mutex::default() }
    }

    fn fire(&self, request: &str) -> Option<Fault> {
        let dice = roll(self.requests.fetch_add(1, Ordering::Relaxed), self.seed);
        let name = hash(request.as_bytes());
        let mut streaks = self.streaks.lock().unwrap_or_else(PoisonError::into_inner);
        let streak = streaks.get(&name).copied().unwrap_or(0);
        if (dice >> 32) >= self.rate || streak >= LONGEST_STREAK {
            streaks.remove(&name);
            return None;
        }
        streaks.insert(name, streak + 1);
        Some(match dice % 8 {
            0 => Fault::Status(429, None),
            1 => Fault::Status(429, Some(RetryAfter::Seconds(0))),
            2 => Fault::Status(500, None),
            3 => Fault::Status(502, None),
            4 => Fault::Status(503, None),
            5 => Fault::Status(504, None),
            6 => Fault::Reset,
            _ => Fault::CutBody,
        })
    }
}
