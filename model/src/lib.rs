//! A spec after every check: what the rest of Tapwright reads.
//!
//! Names are resolved (a paginator stands where it was named, an enum's values are at hand), expressions are
//! parsed and typed, defaults are filled in. Nothing here can be wrong any more, so nothing here has a place in
//! the file. This crate must not know how a spec is written, nor what runs it; it depends on nothing.

mod api;
mod auth;
mod expr;
pub mod names;
mod records;
mod request;
mod row;

use std::ops::RangeInclusive;

pub use api::{Api, RateLimit, Retry, Wait, WaitFormat};
pub use auth::{Algorithm, Auth, Carried, ClientProof, Grant, Jwt, Login, LoginAt, OAuth2, Token, TokenFrom};
pub use expr::{Bound, Expr, Function, Over, Segment, each_given};
pub use records::{RecordStep, Records};
pub use request::{
    Action, Body, ErrorRule, Incremental, ListStyle, Lookback, Method, Paging, Param, ParamValue, Resume, Size, Step,
    Target, Template, Window, WindowOn,
};
pub use row::{Edge, End, Field, Implied, Row, Series, Shape, Time, TimeFormat, Type};

/// A whole spec.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// `connector`: its name, lower snake case.
    pub name: String,
    /// `title`: what a person calls it; the name when the spec has none.
    pub title: String,
    /// `category`: a word to file it under.
    pub category: Option<String>,
    /// `description`: one line.
    pub description: String,
    /// `docs`: the address of the API's documentation.
    pub docs: Option<String>,
    /// `setup`: steps to take before the first sync.
    pub setup: Vec<String>,
    /// `limitations`: what a user should know it cannot do.
    pub limitations: Vec<String>,
    /// `config`, in the order written.
    pub settings: Vec<Setting>,
    /// `api`.
    pub api: Api,
    /// `types`, in the order written.
    pub enums: Vec<Enum>,
    /// `resources`, in the order written.
    pub resources: Vec<Resource>,
    /// The files beside the spec that it names, in the order in which they were read.
    pub files: Vec<File>,
    /// FNV-1a (64 bit) of the spec's text, and of the files it names.
    pub fingerprint: u64,
}

/// A file beside the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, below the spec's folder, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// A configuration value.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// One line for people.
    pub description: String,
    /// `env`: the environment variable it can come from.
    pub env: Option<String>,
    /// What it may be.
    pub kind: SettingKind,
    /// Whether there is no connector without it: neither optional nor defaulted. Where it is only for one way to
    /// authenticate: no such way.
    pub required: bool,
    /// The ways to authenticate that alone speak of it.
    pub only_for: Option<OnlyFor>,
}

/// Values of another setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnlyFor {
    /// The other setting.
    pub setting: String,
    /// What it has to be: one of these.
    pub values: Vec<String>,
}

/// What a setting may be.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingKind {
    /// `secret`.
    Secret {
        /// A glob it must match.
        matches: Option<String>,
    },
    /// `string`.
    Text {
        /// A glob it must match.
        matches: Option<String>,
        /// Its default.
        default: Option<String>,
    },
    /// `integer`.
    Integer {
        /// Its bounds, both included.
        range: RangeInclusive<i64>,
        /// Its default, within the bounds.
        default: Option<i64>,
    },
    /// `boolean`.
    Boolean {
        /// Its default.
        default: Option<bool>,
    },
    /// `list of string`.
    List {
        /// Its default.
        default: Option<Vec<String>>,
    },
    /// The name of an enum: one of its values.
    Choice {
        /// The enum's name.
        name: String,
        /// Its values.
        values: Vec<String>,
        /// Its default, one of the values.
        default: Option<String>,
    },
}

/// A named list of texts. Open: an API may send others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its name, upper camel case.
    pub name: String,
    /// Its values in the order written, without duplicates.
    pub values: Vec<String>,
}

/// A list of the API and the rows made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its name, lower snake case.
    pub name: String,
    /// One line for people.
    pub description: String,
    /// `docs`: the address of its documentation.
    pub docs: Option<String>,
    /// `for_each`: what the list is read once for each of. Of several, for each combination; the first is the outermost.
    pub for_each: Vec<Each>,
    /// `get` or `post`: the path; scope: settings, what `for_each` gives, and the window.
    pub path: Expr,
    /// Which of the two.
    pub method: Method,
    /// What a `post` sends.
    pub body: Option<Body>,
    /// `query`, in the order written.
    pub query: Vec<Param>,
    /// `headers`, in the order written.
    pub headers: Vec<Param>,
    /// How many of its requests the API allows, beside the limits of all.
    pub limits: Vec<RateLimit>,
    /// The paginator it names; without one there is one page.
    pub paging: Option<Paging>,
    /// Where in a response the records are.
    pub records: Records,
    /// `where`; scope: the record and settings; boolean.
    pub keep: Option<Expr>,
    /// `on_error` of the resource, then that of `api`, each in the order written.
    pub on_error: Vec<ErrorRule>,
    /// `incremental`.
    pub incremental: Option<Incremental>,
    /// What its rows are.
    pub row: Row,
    /// `hook`: what the Rust code does that its records go through.
    pub hook: Option<String>,
    /// `example`: a record as the API's documentation shows it. Every path of the resource's expressions is
    /// found in it, when there is one.
    pub example: Option<Json>,
}

/// What a list is read once for each of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// What expressions call the row, or the value.
    pub name: String,
    /// What there is one of at a time.
    pub of: EachOf,
}

/// What there is one of at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EachOf {
    /// The rows of a resource, or of several, one after the other.
    Rows {
        /// Their names; at least one.
        resources: Vec<String>,
        /// `only: changed`: those that have changed since the last sync; of one resource only.
        changed: bool,
    },
    /// These texts; at least one.
    Values(Vec<String>),
    /// The texts of that setting, which is a list.
    Setting(String),
}

/// A JSON value of a spec's `example`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "they are JSON's own")]
pub enum Json {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}
