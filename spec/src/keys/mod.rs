//! Every key of the language: one table, from which a spec is read, a misspelt key is corrected and the
//! reference is written.
//!
//! It says what may stand where, not what it means; the meaning is in `lower`.

mod api;
mod auth;
mod incremental;
mod paging;
mod resource;

use crate::names::{self, Pattern};

pub use api::{AFTER, API, LIMIT, RETRY};
pub use auth::{
    AUTH, AUTH_AS, AUTH_BASIC, AUTH_BODY, AUTH_EXPIRES, AUTH_HEADER, AUTH_JWT, AUTH_LOGIN, AUTH_OAUTH2, AUTH_QUERY,
};
pub use incremental::{CONTINUE, INCREMENTAL, WINDOW};
pub use paging::{CURSOR, NEXT, OFFSET, PAGE, PAGINATOR, SIZE};
pub use resource::{EACH, FIELD, FOR_EACH, GRAPHQL, PAGING, RECORDS, RESOURCE, RULE, TIME};

/// A place where keys may stand.
#[derive(Debug)]
pub struct Level {
    /// Where it is, for instance `resources.NAME`.
    pub path: &'static str,
    /// What it is, with an article: `a resource`.
    pub what: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order in which a spec should have them.
    pub keys: &'static [Key],
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What its value is.
    pub value: Value,
    /// Whether it has to be there.
    pub need: Need,
    /// What it is when it is not there.
    pub default: Option<&'static str>,
    /// One line on what it is for.
    pub doc: &'static str,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has to.
    Required,
    /// It need not.
    Optional,
    /// Exactly one of the keys that say this with the same words has to.
    OneOf(&'static str),
}

/// What the value of a key is.
#[derive(Debug)]
pub enum Value {
    /// The version of the language.
    Version,
    /// Text.
    Text,
    /// Text, number or boolean.
    Any,
    /// A name.
    Name(&'static Pattern),
    /// An `https://` or `http://` address.
    Address,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// `[least, greatest]`.
    Range,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A duration, such as `60s`.
    Duration,
    /// A place in a request: `query.NAME`, `header.NAME` or `body.PATH`.
    Target,
    /// A glob.
    Glob,
    /// The type of a setting.
    SettingType,
    /// The type of a field.
    FieldType,
    /// The name of a type.
    Enum,
    /// The name of a type, or `config.NAME`.
    Values,
    /// The name of a paginator, or `none`.
    Paginator,
    /// The path of a file below the spec's folder.
    File,
    /// The name of a resource.
    Resource,
    /// The name of a field of the resource.
    Field,
    /// `retry`, `retry 5s`, `wait`, `wait 60s`, `fail`, `ignore`, `empty`, `skip_parent` or `drop_value_of PARAMETER`.
    Action,
    /// An expression over what the word says.
    Expression(&'static str),
    /// Text with `{…}` in it.
    Template,
    /// `"{…}d"`: a number of a unit of time.
    Lookback,
    /// How a moment is written: a name, or a pattern.
    Format,
    /// Keys from the response's root to its records, or `$`.
    Records,
    /// Any value, as JSON.
    Json,
    /// A list of such values.
    List(&'static Value),
    /// Names and such values.
    Map(&'static str, &'static Value),
    /// A mapping with the keys of a level.
    Keys(&'static Level),
    /// The one or the other.
    Either(&'static Value, &'static Value),
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Value::Version => "`1`".to_owned(),
            Value::Text => "text".to_owned(),
            Value::Any => "text, number or boolean".to_owned(),
            Value::Name(_) => "name".to_owned(),
            Value::Address => "address".to_owned(),
            Value::Whole(..) => "whole number".to_owned(),
            Value::Range => "`[least, greatest]`".to_owned(),
            Value::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Value::Duration => "duration".to_owned(),
            Value::Target => "target".to_owned(),
            Value::Glob => "glob".to_owned(),
            Value::SettingType => "setting type".to_owned(),
            Value::FieldType => "type".to_owned(),
            Value::Enum => "name of a type".to_owned(),
            Value::Values => "name of a type, or `config.NAME`".to_owned(),
            Value::Paginator => "name of a paginator, or `none`".to_owned(),
            Value::File => "path of a file".to_owned(),
            Value::Resource => "name of a resource".to_owned(),
            Value::Field => "name of a field".to_owned(),
            Value::Action => {
                "`retry`, `retry 5s`, `wait`, `wait 60s`, `fail`, `ignore`, `empty`, `skip_parent`, `drop_value_of PARAMETER`"
                    .to_owned()
            }
            Value::Expression(scope) => format!("expression over {scope}"),
            Value::Template => "template".to_owned(),
            Value::Lookback => "template of a number and a unit".to_owned(),
            Value::Format => format!("{}, or a pattern", Value::Choice(FORMATS).words()),
            Value::Records => "path, or `$`".to_owned(),
            Value::Json => "any value".to_owned(),
            Value::List(item) => format!("list: {}", item.words()),
            Value::Map(key, value) => format!("{key} → {}", value.words()),
            Value::Keys(level) => format!("keys of `{}`", level.path),
            Value::Either(one, other) => format!("{}; or {}", one.words(), other.words()),
        }
    }
}

const fn required(name: &'static str, value: Value, doc: &'static str) -> Key {
    Key { name, value, need: Need::Required, default: None, doc }
}

const fn optional(name: &'static str, value: Value, doc: &'static str) -> Key {
    Key { name, value, need: Need::Optional, default: None, doc }
}

const fn defaulted(name: &'static str, value: Value, default: &'static str, doc: &'static str) -> Key {
    Key { name, value, need: Need::Optional, default: Some(default), doc }
}

const fn one_of(group: &'static str, name: &'static str, value: Value, doc: &'static str) -> Key {
    Key { name, value, need: Need::OneOf(group), default: None, doc }
}

/// How a time to wait is written.
pub const WAITS: &[&str] = &["seconds", "millis", "unix_seconds", "unix_millis", "rfc3339", "http_date"];

/// How a token is signed.
pub const ALGORITHMS: &[&str] = &["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384"];

/// The formats of a moment that have a name.
pub const FORMATS: &[&str] = &["rfc3339", "unix_seconds", "unix_millis", "unix_micros", "date"];

static TEXT: Value = Value::Text;
static VALUES: Value = Value::List(&TEXT);
static TEMPLATE: Value = Value::Template;
static LIMITS: Value = Value::List(&Value::Keys(&LIMIT));
static WAY: Value = Value::Either(&Value::Choice(&["none"]), &Value::Keys(&AUTH));

/// The top of a file.
pub static SPEC: Level = Level {
    path: "the spec",
    what: "the spec",
    doc: "A file is one spec, and a spec is one connector.",
    keys: &[
        required("tapwright", Value::Version, "The version of the language."),
        required("connector", Value::Name(&names::SNAKE), "The connector's name."),
        defaulted("title", Value::Text, "the connector's name", "What a person calls it."),
        optional("category", Value::Name(&names::WORD), "A word to file it under."),
        required("description", Value::Text, "What it reads, in a line."),
        optional("docs", Value::Address, "Where the API is documented."),
        optional("setup", Value::List(&TEXT), "What to do before the first sync, step by step."),
        optional("limitations", Value::List(&TEXT), "What it cannot do."),
        optional("config", Value::Map("name", &Value::Keys(&SETTING)), "What a user configures."),
        required("api", Value::Keys(&API), "The API as a whole."),
        optional("paging", Value::Map("name", &Value::Keys(&PAGINATOR)), "Paginators, for resources to name."),
        optional("types", Value::Map("name", &VALUES), "Named lists of texts. Open: an API may send others."),
        required("resources", Value::Map("name", &Value::Keys(&RESOURCE)), "The lists that are read."),
    ],
};

/// A setting.
pub static SETTING: Level = Level {
    path: "config.NAME",
    what: "a setting",
    doc: "A value the user gives. It is required unless its type ends in `?` or it has a default. \
          An expression reads it as `config.NAME`.",
    keys: &[
        required("type", Value::SettingType, "What it may be. A `?` behind it makes it optional."),
        required("description", Value::Text, "What it is for, in a line."),
        optional("env", Value::Name(&names::ENVIRONMENT), "The environment variable it can come from."),
        optional("matches", Value::Glob, "A glob that a `secret` or `string` must match."),
        optional("range", Value::Range, "The bounds of an `integer`, both included."),
        optional(
            "default",
            Value::Either(&Value::Any, &VALUES),
            "What it is when nobody says; of a list, a list. A secret has none.",
        ),
    ],
};

/// What a key is called elsewhere, and here.
pub static SYNONYMS: &[(&str, &str)] = &[
    ("path", "get"),
    ("url", "get"),
    ("body", "json"),
    ("endpoint", "get"),
    ("url", "base_url"),
    ("baseUrl", "base_url"),
    ("host", "base_url"),
    ("authentication", "auth"),
    ("token", "bearer"),
    ("rate_limit", "limit"),
    ("params", "query"),
    ("parameters", "query"),
    ("pagination", "paging"),
    ("paginator", "paging"),
    ("primary_key", "key"),
    ("id", "key"),
    ("filter", "where"),
    ("columns", "fields"),
    ("properties", "fields"),
    ("streams", "resources"),
    ("settings", "config"),
    ("enums", "types"),
    ("name", "connector"),
    ("version", "tapwright"),
    ("documentation", "docs"),
    ("timestamp", "at"),
    ("expr", "from"),
    ("pattern", "matches"),
    ("action", "then"),
    ("source", "from"),
    ("target", "to"),
];

/// Every level, from the top of a file down.
pub static LEVELS: &[&Level] = &[
    &SPEC,
    &SETTING,
    &API,
    &AUTH,
    &AUTH_HEADER,
    &AUTH_QUERY,
    &AUTH_BODY,
    &AUTH_OAUTH2,
    &AUTH_LOGIN,
    &AUTH_EXPIRES,
    &AUTH_JWT,
    &AUTH_AS,
    &AUTH_BASIC,
    &LIMIT,
    &RETRY,
    &AFTER,
    &PAGINATOR,
    &CURSOR,
    &PAGE,
    &OFFSET,
    &NEXT,
    &SIZE,
    &RESOURCE,
    &RECORDS,
    &PAGING,
    &GRAPHQL,
    &FOR_EACH,
    &EACH,
    &RULE,
    &INCREMENTAL,
    &CONTINUE,
    &WINDOW,
    &TIME,
    &FIELD,
];

impl Level {
    /// The key of that name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}
