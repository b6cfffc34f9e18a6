//! A connector as data: the tables that one engine reads, whether they were compiled in or built at run time.
//!
//! A plan says *what* to request, decode and write; it holds no code and does no I/O. Everything in it was
//! checked before it was made, so the engine need not check again. All of it is `&'static`: a compiled plan
//! lives in the binary, an interpreted one is leaked once and lives as long as the process.
//!
//! This crate must not know where plans come from (the language) nor what runs them (the runtime): both
//! depend on it, and it depends on nothing.

mod auth;
mod decode;
mod expr;
mod request;
mod row;
mod setting;

pub use auth::{Algorithm, Auth, Carried, ClientProof, Grant, Jwt, Login, OAuth2, Token, TokenFrom, Way};
pub use decode::{Decode, Envelope, Field, Header, Node, RecordStep, Records, Slot, Zipped};
pub use expr::{Bound, Expr, Function, Over, Segment};
pub use request::{
    Action, Body, ErrorRule, Incremental, Member, Method, On, Paging, Param, ParamValue, RateLimit, Request, Resume,
    Retry, Size, Span, Step, Target, Template, Wait, WaitFormat, Window,
};
pub use row::{Column, Edge, Row, Series, Shape, TimeFormat, Type};
pub use setting::{Kind, OnlyFor, Setting};

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
    /// What the list is read once for each of. Of several, for each combination; the first is the outermost.
    pub for_each: &'static [Each],
    /// What expressions speak of it, in the order of `Expr::Given`: the place in `for_each` that it is of.
    pub given: &'static [u16],
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
    /// What its hook does, in a line: it cannot be read without that hook, which is Rust code.
    pub hook: Option<&'static str>,
}

/// What a list is read once for each of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// The rows of a resource, or of several, one after the other.
    Rows {
        /// The resources.
        parents: &'static [Parent],
        /// Only those rows that have changed since the last sync.
        changed: bool,
    },
    /// These texts.
    Values(&'static [&'static str]),
    /// The texts of that setting, which is a list.
    Setting(u16),
}

/// A resource that another is read for the rows of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its place among the connector's resources.
    pub resource: u16,
    /// The columns of its row that the other's expressions speak of, in the order in which `given` has them.
    pub columns: &'static [u16],
}

impl Resource {
    /// The resources that it is read for the rows of.
    pub fn parents(&self) -> impl Iterator<Item = &'static Parent> {
        self.for_each.iter().flat_map(|each| match each {
            Each::Rows { parents, .. } => parents.iter(),
            Each::Values(_) | Each::Setting(_) => [].iter(),
        })
    }

    /// Whether a sync goes on from the last one, by what is new in the list or by which parents have changed.
    #[must_use]
    pub fn is_incremental(&self) -> bool {
        self.incremental.is_some() || self.reads_changed()
    }

    /// Whether the list is only read for parents that have changed.
    #[must_use]
    pub fn reads_changed(&self) -> bool {
        self.for_each.iter().any(|each| matches!(each, Each::Rows { changed: true, .. }))
    }
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
