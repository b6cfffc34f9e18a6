//! What is asked of the API: requests, paging, the windows of an incremental resource, what errors mean.

use crate::{Expr, TimeFormat};

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
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
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

/// How a request proves who asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Auth {
    /// It does not.
    None,
    /// `Authorization: Bearer …`.
    Bearer(Expr),
    /// A header of the API's own.
    Header {
        /// The header's name.
        name: &'static str,
        /// Its value.
        value: Expr,
    },
    /// `Authorization: Basic …`.
    Basic {
        /// The user's name.
        user: Expr,
        /// The password.
        password: Expr,
    },
}

/// So many requests in any such span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many.
    pub requests: u32,
    /// In how long.
    pub per: Span,
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
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paging {
    /// There is one page.
    None,
    /// The response names the next page.
    Cursor(Cursor),
}

/// Paging by a token in the response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// The token, over the envelope. Null, missing or empty text is the end.
    pub from: Expr,
    /// Where it goes in the next request.
    pub to: Target,
    /// How many records a page is asked to hold.
    pub size: Option<Size>,
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
    /// Where its start goes.
    pub from: Target,
    /// Where its end goes; it cannot be bounded when there is none.
    pub to: Option<Target>,
    /// The longest window one request may ask for.
    pub at_most: Option<Span>,
    /// Which requests carry it.
    pub on: On,
    /// How its ends are written.
    pub format: TimeFormat,
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
    /// What to do.
    pub then: Action,
}

/// What to do about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send the request again, as for a server error.
    Retry,
    /// Give the resource up.
    Fail,
    /// Take it for an empty last page; counted and shown.
    Ignore,
    /// Leave out of that list parameter the value which the message names, say so, and go on.
    DropValueOf(&'static str),
}
