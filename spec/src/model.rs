//! A spec after every check: what the rest of Tapwright reads.
//!
//! Names are resolved (a paginator stands where it was named, an enum's values are at hand), expressions are
//! parsed and typed, defaults are filled in. Nothing here can be wrong any more, so nothing here has a place in
//! the file.

use std::ops::RangeInclusive;

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
    /// FNV-1a (64 bit) of the spec's text.
    pub fingerprint: u64,
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
    /// Whether there is no connector without it: neither optional nor defaulted.
    pub required: bool,
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
    /// `for_each`: the resource for each of whose rows the list is read.
    pub parent: Option<Parent>,
    /// `get` or `post`: the path; scope: settings and the parent's row.
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
    /// The keys from the response's root to the array of records; empty when the response is the array.
    pub records: Vec<String>,
    /// `where`; scope: the record and settings; boolean.
    pub keep: Option<Expr>,
    /// `on_error` of the resource, then that of `api`, each in the order written.
    pub on_error: Vec<ErrorRule>,
    /// `incremental`.
    pub incremental: Option<Incremental>,
    /// What its rows are.
    pub row: Row,
    /// `example`: a record as the API's documentation shows it. Every path of the resource's expressions is
    /// found in it, when there is one.
    pub example: Option<Json>,
}

/// The resource that another is read for each row of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// What expressions call its row.
    pub name: String,
    /// Its name.
    pub resource: String,
}

/// A row type.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, and its table's.
    pub name: String,
    /// Its shape: `entity: NAME` or `event: NAME`.
    pub shape: Shape,
    /// `key`: what identifies the record; text, never null. The column is `id`. Of several parts it is
    /// [`Function::Key`].
    pub key: Expr,
    /// An entity's `updated_at` (nullable, may be missing), an event's `at` (never null).
    pub time: Option<Time>,
    /// `fields`, in the order written.
    pub fields: Vec<Field>,
}

/// The shape of a row type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A thing with an id that changes and goes away.
    Entity,
    /// Something that happened, once, at a moment.
    Event,
}

impl Shape {
    /// What the column of [`Row::time`] is called.
    #[must_use]
    pub fn time_column(self) -> &'static str {
        match self {
            Shape::Entity => "updated_at",
            Shape::Event => "at",
        }
    }
}

/// The moment of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// What it is made of.
    pub from: Expr,
    /// How it is written.
    pub format: TimeFormat,
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name: the column's.
    pub name: String,
    /// One line for people; empty when the spec has none.
    pub description: String,
    /// What its values are.
    pub ty: Type,
    /// Whether null is one of them: `type: string?`.
    pub nullable: bool,
    /// What it is made of; scope: the record and settings. The path of the same name when the spec says nothing.
    pub from: Expr,
    /// `references`: the resource whose `id` this is.
    pub references: Option<String>,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `string`.
    String,
    /// `integer`: 64 bits, signed.
    Integer,
    /// `number`: 64-bit floating point.
    Number,
    /// `decimal`: digits kept as received.
    Decimal,
    /// `boolean`.
    Boolean,
    /// `timestamp`, with `format:`.
    Timestamp(TimeFormat),
    /// `date`: `YYYY-MM-DD`.
    Date,
    /// `json`: any value, kept as received.
    Json,
    /// `list of string`.
    List,
    /// The name of an enum.
    Enum(Enum),
}

/// How a moment is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TimeFormat {
    /// `rfc3339`, the default.
    #[default]
    Rfc3339,
    /// `unix_seconds`.
    UnixSeconds,
    /// `unix_millis`.
    UnixMillis,
    /// `unix_micros`.
    UnixMicros,
    /// `date`: a day, `YYYY-MM-DD`, which is its first moment in UTC.
    Date,
    /// A pattern such as `%Y-%m-%d %H:%M:%S`; without an offset it is UTC.
    Pattern(String),
}

impl TimeFormat {
    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, TimeFormat::UnixSeconds | TimeFormat::UnixMillis | TimeFormat::UnixMicros)
    }

    /// The shortest time that it tells apart, in milliseconds.
    #[must_use]
    pub fn granularity_millis(&self) -> i64 {
        let TimeFormat::Pattern(pattern) = self else {
            return match self {
                TimeFormat::UnixSeconds => 1_000,
                TimeFormat::Date => 86_400_000,
                _ => 1,
            };
        };
        let has = |specifiers: &[&str]| specifiers.iter().any(|specifier| pattern.contains(specifier));
        match () {
            () if has(&["%f", "%.f"]) => 1,
            () if has(&["%S", "%T"]) => 1_000,
            () if has(&["%M"]) => 60_000,
            () if has(&["%H", "%I"]) => 3_600_000,
            () => 86_400_000,
        }
    }
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `get`.
    Get,
    /// `post`.
    Post,
}

/// What a request sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// `json` or `graphql`.
    Json {
        /// An object.
        template: Template,
        /// Whether it is GraphQL, whose errors come with status 200.
        graphql: bool,
    },
    /// `form`, in the order written.
    Form(Vec<Param>),
}

/// JSON to send, with values that are made for a request; scope: settings and the parent's row.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// `null`.
    Null,
    /// A value of its own type. A member of an object is left out when it is null.
    Value(Expr),
    /// Text.
    Text(Expr),
    /// A list.
    Array(Vec<Template>),
    /// An object, in the order written.
    Object(Vec<(String, Template)>),
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name on the wire.
    pub name: String,
    /// Its value.
    pub value: ParamValue,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// Text; scope: settings.
    Text(Expr),
    /// `{ each: Enum, matching: "glob", style: comma | repeat }`: the values that match, expanded; at least one.
    Each {
        /// The values.
        values: Vec<String>,
        /// How they are written.
        style: ListStyle,
    },
}

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `name=a,b`.
    Comma,
    /// `name=a&name=b`.
    Repeat,
}

/// Where in a request a value goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `query.NAME`.
    Query(String),
    /// `header.NAME`.
    Header(String),
    /// `body.PATH`: the keys to a place in what is sent.
    Body(Vec<String>),
}

/// How one page leads to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// The strategy.
    pub step: Step,
    /// What page size is asked for.
    pub size: Option<Size>,
    /// `more`: whether there is another page; scope: the response; boolean.
    pub more: Option<Expr>,
    /// `end: short_page`: a page with fewer records than were asked for is the last.
    pub short_is_last: bool,
}

/// What leads to the next page.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `cursor` of the response: no token is the end.
    Cursor {
        /// The token; scope: the response.
        from: Expr,
        /// Where it goes.
        to: Target,
    },
    /// `cursor` from `last.PATH`: the page behind the last record. An empty page is the end.
    Last {
        /// What names the last record; scope: that record.
        from: Expr,
        /// Where it goes.
        to: Target,
    },
    /// `page`: pages are numbered. An empty page is the end.
    Page {
        /// Where the number goes.
        to: Target,
        /// The number of the first page.
        first: i64,
        /// `last`: the number of the last page; scope: the response.
        last: Option<Expr>,
    },
    /// `offset`: records are counted. An empty page is the end.
    Offset {
        /// Where the number of records before the page goes.
        to: Target,
        /// What the first page asks for.
        first: i64,
        /// `total`: how many records there are; scope: the response.
        total: Option<Expr>,
    },
    /// `next`: the response holds the next page's address; no address is the end.
    Next {
        /// The address, whole or below the origin; scope: the response.
        from: Expr,
    },
    /// `next: link_header`: the `Link` header holds the next page's address, as `rel="next"`.
    Link,
}

impl Paging {
    /// Where the token goes that continuing behind the last record may set too: both say where to go on.
    #[must_use]
    pub fn token(&self) -> Option<&Target> {
        match &self.step {
            Step::Cursor { to, .. } | Step::Last { to, .. } => Some(to),
            Step::Page { .. } | Step::Offset { .. } | Step::Next { .. } | Step::Link => None,
        }
    }

    /// Where what leads on goes, when it goes into a parameter.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match &self.step {
            Step::Cursor { to, .. } | Step::Last { to, .. } | Step::Page { to, .. } | Step::Offset { to, .. } => {
                Some(to)
            }
            Step::Next { .. } | Step::Link => None,
        }
    }
}

/// A page size that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// Where it goes.
    pub to: Target,
    /// How many records; at least 1.
    pub value: u32,
}

/// How a sync continues from the last one. It has `resume`, `window`, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Incremental {
    /// `continue`.
    pub resume: Option<Resume>,
    /// `window`.
    pub window: Option<Window>,
    /// `lookback: "{…}d"`: how far a sync without a checkpoint reaches.
    pub lookback: Option<Lookback>,
    /// `overlap`: how much before the last record is read again, in milliseconds; 0 when the spec has none.
    pub overlap_millis: i64,
}

/// Continuing behind the last record.
#[derive(Clone, Debug, PartialEq)]
pub struct Resume {
    /// `from: last.PATH`: what names the last record; scope: that record.
    pub from: Expr,
    /// Where it goes.
    pub to: Target,
}

/// Reading a window of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Where its start goes.
    pub from: Target,
    /// Where its end goes.
    pub to: Option<Target>,
    /// The longest window one request may ask for, in milliseconds.
    pub at_most_millis: Option<i64>,
    /// `on`: which requests carry it.
    pub on: WindowOn,
    /// How its ends are written.
    pub format: TimeFormat,
    /// `until: now`: the newest window ends with the moment the sync began.
    pub until_now: bool,
}

/// Which requests carry a window's ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowOn {
    /// `first_page`: the cursor stands for it from then on.
    FirstPage,
    /// `every_page`, the default.
    EveryPage,
}

/// A number of some unit of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookback {
    /// The number; scope: settings; an integer.
    pub amount: Expr,
    /// The unit, in milliseconds.
    pub unit_millis: i64,
}

/// What an answer means. All that is given must fit.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorRule {
    /// `status`.
    pub status: Option<u16>,
    /// `code`: the body's `code` or `error`.
    pub code: Option<String>,
    /// `message`: a glob that the body's message matches.
    pub message: Option<String>,
    /// `when`; scope: the response; boolean.
    pub when: Option<Expr>,
    /// `then`.
    pub then: Action,
}

/// What to do about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `retry`.
    Retry,
    /// `wait`: no request goes out until the source says, or for a while.
    Wait,
    /// `fail`.
    Fail,
    /// `ignore`.
    Ignore,
    /// `empty`.
    Empty,
    /// `skip_parent`: the row that the list was asked for is gone.
    SkipParent,
    /// `drop_value_of PARAM`: a list parameter of the same resource.
    DropValueOf(String),
}

/// An expression, checked: every name in it exists, every operand has the type it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// `"text"`.
    Text(String),
    /// A value of the scope: the record, or the response.
    Path(Vec<Segment>),
    /// `headers.NAME`: a header of the response.
    Header(String),
    /// `PARENT.NAME`: a column of the parent's row.
    Parent(String),
    /// `config.NAME`.
    Setting(String),
    /// `a ?? b`: two or more.
    FirstOf(Vec<Expr>),
    /// Text with `{…}` in it.
    Concat(Vec<Expr>),
    /// `if a then b else c`.
    If(Box<[Expr; 3]>),
    /// A function or operator. A pipe `x | f(y)` is `f(x, y)`.
    Call(Function, Vec<Expr>),
}

/// Calls `found` with every column of the parent's row that an expression names.
pub fn each_parent<'e>(expr: &'e Expr, found: &mut dyn FnMut(&'e str)) {
    match expr {
        Expr::Parent(column) => found(column),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| each_parent(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| each_parent(part, found)),
        _ => {}
    }
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// `.name`.
    Key(String),
    /// `[]`: each item of an array.
    Each,
}

/// Functions and operators; what they do is said where they are executed, and in the language's reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what stands in the expression")]
pub enum Function {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Not,
    In,
    Matches,
    Capture,
    Integer,
    Join,
    Length,
    First,
    Lower,
    Upper,
    Number,
    Trim,
    Replace,
    Concat,
    Contains,
    StartsWith,
    EndsWith,
    Split,
    Last,
    Text,
    Key,
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
