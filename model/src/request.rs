//! What is asked for: requests and their bodies, paging, windows of time, what answers mean.

use super::{Expr, TimeFormat};

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

/// JSON to send, with values that are made for a request; scope: settings, what `for_each` gives, and the window.
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
    /// `feed: newest_first`: the list is read until what is known begins.
    pub newest_first: bool,
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
    /// Where its start goes; none when a template says it.
    pub from: Option<Target>,
    /// Where its end goes; none when a template says it, or nothing does.
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
    /// `retry`, or `retry 5s`: after so many milliseconds.
    Retry(Option<i64>),
    /// `wait`, or `wait 60s`: no request goes out until the source says, or for so many milliseconds, or for a while.
    Wait(Option<i64>),
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
