//! What is asked of the API: requests, paging, the windows of an incremental resource, what errors mean.

use crate::{Envelope, Expr, TimeFormat};

/// A request for a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Its path below the base URL; text, may use settings.
    pub path: Expr,
    /// Its fixed query parameters.
    pub query: &'static [Param],
    /// Its fixed headers.
    pub headers: &'static [Param],
    /// What it sends.
    pub body: Option<Body>,
}

/// What a request sends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Body {
    /// JSON.
    Json(Template),
    /// A form: `a=1&b=2`.
    Form(&'static [Param]),
}

/// JSON to send, with values that are made for a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Template {
    /// `null`.
    Null,
    /// A value of its own type. A member of an object is left out when it is null.
    Value(Expr),
    /// Text, likewise.
    Text(Expr),
    /// A list.
    Array(&'static [Template]),
    /// An object.
    Object(&'static [Member]),
}

/// A member of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its key.
    pub name: &'static str,
    /// Its value.
    pub value: Template,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`, of a request that only asks.
    Post,
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its value.
    pub value: ParamValue,
}

/// The value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamValue {
    /// Text; the parameter is left out when it is null.
    Text(Expr),
    /// A list, joined with commas in one parameter.
    Comma(&'static [&'static str]),
    /// A list, as one parameter of this name for each.
    Repeat(&'static [&'static str]),
}

/// So many requests in any such span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many.
    pub requests: u32,
    /// In how long.
    pub per: Span,
}

/// How a request is repeated that failed in a way that may pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    /// How often it is sent at most, the first time included.
    pub attempts: u32,
    /// How long the first wait is at most; it doubles from one to the next.
    pub first: Span,
    /// What no wait exceeds that the source did not ask for.
    pub most: Span,
    /// Whether every wait is as long as the first, instead.
    pub constant: bool,
    /// What of an answer says when to come back, beside `Retry-After`.
    pub after: Option<Wait>,
}

/// What of an answer says how long something lasts, or until when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// What is read of the answer.
    pub answer: Envelope,
    /// The value, over that. Null says nothing.
    pub from: Expr,
    /// How it is written.
    pub format: WaitFormat,
}

/// How a time to wait is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFormat {
    /// So many seconds from now.
    Seconds,
    /// So many milliseconds from now.
    Millis,
    /// A moment, in seconds since 1970.
    UnixSeconds,
    /// A moment, in milliseconds since 1970.
    UnixMillis,
    /// A moment in RFC 3339.
    Rfc3339,
    /// A moment as HTTP writes dates ([RFC 9110, 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)).
    HttpDate,
}

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Milliseconds.
    pub millis: i64,
}

/// Where in a request a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A query parameter of this name.
    Query(&'static str),
    /// A header of this name.
    Header(&'static str),
    /// A place in the body: the keys that lead to it.
    Body(&'static [&'static str]),
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paging {
    /// What leads there.
    pub step: Step,
    /// How many records a page is asked to hold.
    pub size: Option<Size>,
    /// Whether there is another page, over the envelope; it has to be a boolean then.
    pub more: Option<Expr>,
    /// Whether a page with fewer records than were asked for is the last.
    pub short_is_last: bool,
}

/// What leads to the next page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// A token in the response.
    Cursor {
        /// The token, over the envelope. Null, missing or empty text is the end; missing from a full page it is doubted.
        from: Expr,
        /// Where it goes in the next request.
        to: Target,
    },
    /// What names the last record of the page. An empty page is the end.
    Last {
        /// Over the last record. Null does not fit.
        from: Expr,
        /// Where it goes in the next request.
        to: Target,
    },
    /// The page's number. An empty page is the end, and so is the last number where the response says it.
    Page {
        /// Where the number goes.
        to: Target,
        /// The number of the first page.
        first: i64,
        /// The number of the last, over the envelope.
        last: Option<Expr>,
    },
    /// The number of records before the page. An empty page is the end, and so is the total where the response says it.
    Offset {
        /// Where the number goes.
        to: Target,
        /// What stands for the first record: 0, or 1.
        first: i64,
        /// How many records there are, over the envelope.
        total: Option<Expr>,
    },
    /// An address in the response. Null, missing or empty text is the end.
    Next {
        /// The address, over the envelope: whole, or below the origin.
        from: Expr,
    },
    /// The address with `rel="next"` in the `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)). None is
    /// the end.
    Link,
}

impl Step {
    /// Whether a record that is inserted or deleted while pages are read may move others from one page to the next: where
    /// they are found by counting, as the pages behind addresses may be.
    #[must_use]
    pub fn may_move(&self) -> bool {
        matches!(self, Step::Page { .. } | Step::Offset { .. } | Step::Next { .. } | Step::Link)
    }
}

/// A page size that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Where it goes.
    pub to: Target,
    /// How many records.
    pub value: u32,
}

/// How a sync continues from the last one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incremental {
    /// Continuing behind the last record.
    pub resume: Option<Resume>,
    /// Reading a window of time.
    pub window: Option<Window>,
    /// Whether the list is sorted by the row's time, newest first, and read until what is known begins.
    pub newest_first: bool,
    /// How far back a sync without a checkpoint reaches, over the settings: a number of `lookback_unit`.
    pub lookback: Option<Expr>,
    /// What the number of `lookback` counts.
    pub lookback_unit: Span,
    /// How much before the last record's time is read again, for records that came late.
    pub overlap: Span,
}

/// Continuing behind the last record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resume {
    /// What names the last record, over that record.
    pub from: Expr,
    /// Where it goes in the next sync's first request.
    pub to: Target,
}

/// Reading a window of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Where its start goes; none when a template says it.
    pub from: Option<Target>,
    /// Where its end goes; none when a template says it, or nothing does.
    pub to: Option<Target>,
    /// The longest window one request may ask for.
    pub at_most: Option<Span>,
    /// Which requests carry it.
    pub on: On,
    /// How its ends are written.
    pub format: TimeFormat,
    /// Whether the newest window ends with the moment the sync began, instead of having no end.
    pub until_now: bool,
}

/// Which requests of a window carry its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Only the first; the paging cursor stands for it from then on, and the reader stops at the end itself.
    FirstPage,
    /// All of them.
    EveryPage,
}

/// What an answer means. All that is given must fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorRule {
    /// The status.
    pub status: Option<u16>,
    /// The `code` (or `error`) of the body.
    pub code: Option<&'static str>,
    /// A glob that the body's message matches.
    pub message: Option<&'static str>,
    /// What is true of the answer, over the resource's `refusal`.
    pub when: Option<Expr>,
    /// What to do.
    pub then: Action,
}

/// What to do about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send the request again, as for a server error; after so long, where the rule says.
    Retry(Option<Span>),
    /// The source allows no more requests for now: nobody sends any until it says, or for so long, or for a while.
    Wait(Option<Span>),
    /// Give the resource up.
    Fail,
    /// Take it for an empty last page; counted and shown, and the resource is not complete.
    Ignore,
    /// It is an empty last page: the API's way of saying so.
    Empty,
    /// The row of the parent that the list was asked for is gone, and the list with it; counted and shown.
    SkipParent,
    /// Leave out of that list parameter the value which the message names, say so, and go on.
    DropValueOf(&'static str),
}
