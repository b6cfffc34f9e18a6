//! The API as a whole: where it is, how requests prove who asks, how many it allows, how they are repeated.

use super::{Expr, Param};

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

/// How a request proves who asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Auth {
    /// `none`.
    None,
    /// `bearer: "{…}"`.
    Bearer(Expr),
    /// `header: { name, value }`.
    Header {
        /// The header's name.
        name: String,
        /// Its value.
        value: Expr,
    },
    /// `query: { name, value }`.
    Query {
        /// The parameter's name.
        name: String,
        /// Its value.
        value: Expr,
    },
    /// `oauth2`.
    OAuth2(Box<OAuth2>),
    /// `basic: { user, password }`.
    Basic {
        /// The user's name.
        user: Expr,
        /// The password.
        password: Expr,
    },
}

/// A bearer token that a token endpoint gives.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuth2 {
    /// The token endpoint; scope: settings.
    pub token_url: Expr,
    /// What is traded for a token.
    pub grant: Grant,
    /// The client's id.
    pub client_id: Option<Expr>,
    /// The client's secret.
    pub client_secret: Option<Expr>,
    /// Where those two go.
    pub client: ClientProof,
    /// The first refresh token; there with that grant.
    pub refresh_token: Option<Expr>,
    /// The user's name; there with the grant `password`.
    pub user: Option<Expr>,
    /// The user's password; likewise.
    pub password: Option<Expr>,
    /// The scope that is asked for.
    pub scope: Option<Expr>,
    /// Further fields of the form.
    pub more: Vec<Param>,
}

/// What is traded for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as in RFC 6749")]
pub enum Grant {
    ClientCredentials,
    RefreshToken,
    Password,
}

/// Where a client's id and secret go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientProof {
    /// Into the form.
    Form,
    /// Into `Authorization: Basic …`.
    Basic,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often it is sent at most, the first time included; at least 1.
    pub attempts: u32,
    /// The first wait, in milliseconds.
    pub first_millis: i64,
    /// The longest, in milliseconds; not less than the first.
    pub most_millis: i64,
    /// `backoff: constant`: every wait is as long as the first.
    pub constant: bool,
    /// `after`: the header that says when to come back.
    pub after: Option<WaitHeader>,
}

/// A header that says when the source allows requests again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitHeader {
    /// Its name.
    pub name: String,
    /// `is`: what its value is.
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
}
