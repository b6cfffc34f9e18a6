//! The API as a whole: where it is, how requests prove who asks, how many it allows, how they are repeated.

use super::{Auth, Expr};

/// The API as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Where it is, without a slash at the end; scope: settings.
    pub base_url: Expr,
    /// How requests are authenticated; scope: settings.
    pub auth: Auth,
    /// How many requests it allows, all resources together; all of them hold.
    pub limits: Vec<RateLimit>,
    /// How requests are repeated.
    pub retry: Option<Retry>,
}

/// So many requests in any such span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many; at least 1.
    pub requests: u32,
    /// In how many milliseconds; at least 1.
    pub per_millis: i64,
}

/// How a request is repeated that failed in a way that may pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    /// How often it is sent at most, the first time included; at least 1.
    pub attempts: u32,
    /// The first wait, in milliseconds.
    pub first_millis: i64,
    /// The longest, in milliseconds; not less than the first.
    pub most_millis: i64,
    /// `backoff: constant`: every wait is as long as the first.
    pub constant: bool,
    /// `after`: what of an answer says when to come back.
    pub after: Option<Wait>,
}

/// What of an answer says how long something lasts, or until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// `from`, or the header that `header` names; scope: the response. Null says nothing.
    pub from: Expr,
    /// `is`: how it is written.
    pub format: WaitFormat,
}

/// How a time to wait is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFormat {
    /// `seconds` from now.
    Seconds,
    /// `millis` from now.
    Millis,
    /// `unix_seconds`: a moment.
    UnixSeconds,
    /// `unix_millis`: a moment.
    UnixMillis,
    /// `rfc3339`: a moment.
    Rfc3339,
    /// `http_date`: a moment.
    HttpDate,
}
