//! A connector as data: the tables that one engine reads, whether they were compiled in or built at run time.
//!
//! A plan says *what* to request, decode and write; it holds no code and does no I/O. Everything in it was
//! checked before it was made, so the engine need not check again. All of it is `&'static`: a compiled plan
//! lives in the binary, an interpreted one is leaked once and lives as long as the process.
//!
//! This crate must not know where plans come from (the language) nor what runs them (the runtime): both
//! depend on it, and it depends on nothing.

mod decode;
mod expr;
mod request;
mod row;
mod setting;

pub use decode::{Decode, Envelope, Field, Header, Node, Slot};
pub use expr::{Expr, Function, Over, Segment};
pub use request::{
    Action, Auth, Body, ClientProof, ErrorRule, Grant, Incremental, Member, Method, OAuth2, On, Paging, Param,
    ParamValue, RateLimit, Request, Resume, Retry, Size, Span, Step, Target, Template, WaitFormat, WaitHeader, Window,
};
pub use row::{Column, Row, Shape, TimeFormat, Type};
pub use setting::{Kind, Setting};

/// The version of these tables. A generated connector carries the version it was made for, so that one made
/// by another release of the macro does not compile against this runtime instead of misbehaving.
pub const VERSION: u32 = 1;

/// A whole connector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Connector {
    /// Its name: how checkpoints and rows are attributed, for instance `workos`.
    pub name: &'static str,
    /// What a person calls it, for instance `WorkOS`.
    pub title: &'static str,
    /// FNV-1a of the spec's text, so that a stale expansion can be told from a fresh one.
    pub fingerprint: u64,
    /// What a user has to or may configure, in the spec's order.
    pub settings: &'static [Setting],
    /// Where the API is; text, may use settings.
    pub base_url: Expr,
    /// How requests are authenticated.
    pub auth: Auth,
    /// How many requests the source allows, of all resources together; all of them hold.
    pub limits: &'static [RateLimit],
    /// How a request is repeated, when the spec says.
    pub retry: Option<Retry>,
    /// What can be synced, in the spec's order.
    pub resources: &'static [Resource],
}

/// One list of the API and the rows made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resource {
    /// Its name in the spec, for instance `auth_events`.
    pub name: &'static str,
    /// One line for people.
    pub description: &'static str,
    /// The resource for each of whose rows the list is read.
    pub parent: Option<Parent>,
    /// The request for a page, before paging adds to it.
    pub request: Request,
    /// How many of its requests the source allows, beside the limits of all.
    pub limits: &'static [RateLimit],
    /// How one page leads to the next; without it there is one page.
    pub paging: Option<Paging>,
    /// How a response body is read.
    pub decode: Decode,
    /// Records for which this is not true are not the resource's.
    pub keep: Option<Expr>,
    /// What the answers mean that the general rules would judge otherwise, first match first.
    pub on_error: &'static [ErrorRule],
    /// What those rules read of an answer.
    pub refusal: Envelope,
    /// How a sync continues from the last; without it every sync is a full refresh.
    pub incremental: Option<Incremental>,
    /// What is written.
    pub row: Row,
}

/// The resource that another is read for each row of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its place among the connector's resources.
    pub resource: u16,
    /// The columns of its row that the other's expressions speak of, in the order of their `Expr::Parent`.
    pub columns: &'static [u16],
}

impl Connector {
    /// The resource of that name.
    #[must_use]
    pub fn resource(&self, name: &str) -> Option<&'static Resource> {
        self.resources.iter().find(|r| r.name == name)
    }

    /// The setting of that name.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&'static Setting> {
        self.settings.iter().find(|s| s.name == name)
    }
}
