//! Every key of the language: one table, from which a spec is read, a misspelt key is corrected and the
//! reference is written.
//!
//! It says what may stand where, not what it means; the meaning is in `lower`. It is long because it is one table.

use crate::names::{self, Pattern};

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

/// The API as a whole.
pub static API: Level = Level {
    path: "api",
    what: "`api`",
    doc: "Where the API is, how requests prove who asks, and how many it allows.",
    keys: &[
        required("base_url", Value::Template, "Where it is: `https://…`, or `http://` to this machine."),
        required(
            "auth",
            Value::Either(&Value::Choice(&["none"]), &Value::Keys(&AUTH)),
            "How a request proves who asks.",
        ),
        optional(
            "headers",
            Value::Map("name", &TEMPLATE),
            "Fixed headers of every request. A resource's own of the same name hold in their place.",
        ),
        optional(
            "limit",
            Value::Either(&Value::Keys(&LIMIT), &LIMITS),
            "How many requests it allows; a list when several limits hold at once.",
        ),
        optional("retry", Value::Keys(&RETRY), "How a request is repeated that failed in a way that may pass."),
        optional(
            "on_error",
            Value::List(&Value::Keys(&RULE)),
            "What answers mean, for all resources. A resource's own rules come first.",
        ),
    ],
};

/// Authentication.
pub static AUTH: Level = Level {
    path: "api.auth",
    what: "`auth`",
    doc: "One way to authenticate, or several of which a setting chooses one. It is made with a secret of `config`, never \
          with text of the spec.",
    keys: &[
        one_of("a way to authenticate", "bearer", Value::Template, "`Authorization: Bearer …`."),
        one_of("a way to authenticate", "header", Value::Keys(&AUTH_HEADER), "A header of the API's own."),
        one_of("a way to authenticate", "query", Value::Keys(&AUTH_QUERY), "A parameter of the address."),
        one_of("a way to authenticate", "body", Value::Keys(&AUTH_BODY), "A key of the body of every `post`."),
        one_of("a way to authenticate", "oauth2", Value::Keys(&AUTH_OAUTH2), "A bearer token that OAuth 2 gives."),
        one_of(
            "a way to authenticate",
            "login",
            Value::Keys(&AUTH_LOGIN),
            "A token that a request of the API's own gives.",
        ),
        one_of(
            "a way to authenticate",
            "jwt",
            Value::Keys(&AUTH_JWT),
            "A token that is signed with a key of the user's.",
        ),
        one_of("a way to authenticate", "basic", Value::Keys(&AUTH_BASIC), "`Authorization: Basic …`."),
        one_of(
            "a way to authenticate",
            "by",
            Value::Expression("the settings"),
            "`config.NAME`: the setting that says which of `ways` it is. Its type is a name of `types`.",
        ),
        optional(
            "ways",
            Value::Map("value", &WAY),
            "The ways that `by` chooses from: one for each value. A setting that only some of them speak of need only be \
             set where one of those is chosen.",
        ),
    ],
};

static WAY: Value = Value::Either(&Value::Choice(&["none"]), &Value::Keys(&AUTH));

/// Authentication by a header.
pub static AUTH_HEADER: Level = Level {
    path: "api.auth.header",
    what: "`header`",
    doc: "A header that carries the credential.",
    keys: &[required("name", Value::Text, "The header's name."), required("value", Value::Template, "Its value.")],
};

/// Authentication by a parameter.
pub static AUTH_QUERY: Level = Level {
    path: "api.auth.query",
    what: "`query`",
    doc: "A parameter of every request that carries the credential. It is added when a request is sent, and appears \
          in no message, log or checkpoint.",
    keys: &[required("name", Value::Text, "The parameter's name."), required("value", Value::Template, "Its value.")],
};

/// Authentication by the body.
pub static AUTH_BODY: Level = Level {
    path: "api.auth.body",
    what: "`body`",
    doc: "A key of the body of every request that carries the credential. Every resource is asked with a `post` that has \
          one. It is added when a request is sent, and appears in no message, log or checkpoint.",
    keys: &[
        required("name", Value::Text, "The key; in JSON the keys that lead to it, with dots between them."),
        required("value", Value::Template, "Its value."),
    ],
};

/// OAuth 2.
pub static AUTH_OAUTH2: Level = Level {
    path: "api.auth.oauth2",
    what: "`oauth2`",
    doc: "A bearer token that a token endpoint gives ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)). It is asked for \
          once, however many requests wait, before it expires, and once more when the API refuses it. A refresh token that \
          is replaced is kept before the new access token is used.",
    keys: &[
        required("token_url", Value::Template, "The token endpoint: `https://…`, or `http://` to this machine."),
        required(
            "grant",
            Value::Choice(&["client_credentials", "refresh_token", "password", "jwt_bearer"]),
            "What is traded for a token.",
        ),
        optional("client_id", Value::Template, "The client's id."),
        optional("client_secret", Value::Template, "The client's secret."),
        defaulted(
            "client",
            Value::Choice(&["form", "basic"]),
            "form",
            "Where the client's id and secret go: into the form, or into `Authorization: Basic …`.",
        ),
        optional("refresh_token", Value::Template, "The first refresh token, for the grant `refresh_token`."),
        optional("user", Value::Template, "The user's name, for the grant `password`."),
        optional("password", Value::Template, "The user's password, for the grant `password`."),
        optional(
            "jwt",
            Value::Keys(&AUTH_JWT),
            "The assertion, for the grant `jwt_bearer` ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).",
        ),
        optional("scope", Value::Template, "The scope that is asked for."),
        optional("more", Value::Map("name", &TEMPLATE), "Further fields of the form, such as `audience`."),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// A log-in.
pub static AUTH_LOGIN: Level = Level {
    path: "api.auth.login",
    what: "`login`",
    doc: "A token that a request of the API's own gives. It is asked for once, however many requests wait, before the token \
          expires, and once more when the API refuses it (401).",
    keys: &[
        one_of(
            "a log-in request",
            "post",
            Value::Template,
            "A path below `base_url`, beginning with `/`, or an address.",
        ),
        one_of("a log-in request", "get", Value::Template, "The same, for a log-in that sends nothing."),
        optional("query", Value::Map("name", &TEMPLATE), "Its parameters."),
        optional("headers", Value::Map("name", &TEMPLATE), "Its headers."),
        optional("json", Value::Json, "The body of a `post`, as JSON. Its texts are templates."),
        optional("form", Value::Map("name", &TEMPLATE), "The body of a `post`, as a form."),
        optional(
            "auth",
            Value::Keys(&AUTH),
            "How the request itself proves who asks: `basic`, `bearer`, `header`, `query` or `jwt`.",
        ),
        required(
            "token",
            Value::Expression("the response"),
            "The token: a path of the response, or one of its headers.",
        ),
        optional("lasts", Value::Duration, "How long the token does, where the response does not say."),
        optional(
            "expires",
            Value::Keys(&AUTH_EXPIRES),
            "What of the response says how long it lasts. Without it and `lasts`, a token is used until it is refused.",
        ),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// When a token expires.
pub static AUTH_EXPIRES: Level = Level {
    path: "api.auth.login.expires",
    what: "`expires`",
    doc: "How long a token lasts, or until when. Where it says nothing, `lasts` holds.",
    keys: &[
        required("from", Value::Expression("the response"), "What says it."),
        required("is", Value::Choice(WAITS), "What it holds: a time from now, or a moment."),
    ],
};

/// A signed token.
pub static AUTH_JWT: Level = Level {
    path: "api.auth.jwt",
    what: "`jwt`",
    doc: "A token that is made of claims and signed ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)), anew before it \
          expires. It has the header fields `alg` and `typ`, and the claims `iat` (up to a minute ago, for clocks that \
          differ) and `exp`.",
    keys: &[
        required("algorithm", Value::Choice(ALGORITHMS), "How it is signed."),
        required(
            "key",
            Value::Template,
            "The key: the text of a secret for `HS…`, a private key in PEM otherwise (PKCS #8, and for `RS…` PKCS #1).",
        ),
        optional("header", Value::Map("name", &TEMPLATE), "Further header fields, such as `kid`."),
        optional("claims", Value::Json, "Its claims, as JSON. Their texts are templates."),
        defaulted("lasts", Value::Duration, "10m", "How long it counts: from `iat` to `exp`, in whole seconds."),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// How a token is carried.
pub static AUTH_AS: Level = Level {
    path: "api.auth.as",
    what: "`as`",
    doc: "How requests carry a token. In the value, `{token}` is the token.",
    keys: &[
        one_of("a place", "header", Value::Keys(&AUTH_HEADER), "A header of the API's own."),
        one_of("a place", "query", Value::Keys(&AUTH_QUERY), "A parameter of the address."),
    ],
};

/// Basic authentication.
pub static AUTH_BASIC: Level = Level {
    path: "api.auth.basic",
    what: "`basic`",
    doc: "User and password; at least one of them holds a secret.",
    keys: &[
        required("user", Value::Template, "The user's name."),
        required("password", Value::Template, "The password; may be `\"\"`."),
    ],
};

/// A limit of requests.
pub static LIMIT: Level = Level {
    path: "api.limit",
    what: "`limit`",
    doc: "So many requests in any such span of time: of all resources together under `api`, of one under a resource.",
    keys: &[
        required("requests", Value::Whole(1, u32::MAX as i64), "How many."),
        required("per", Value::Duration, "In how long."),
    ],
};

/// How requests are repeated.
pub static RETRY: Level = Level {
    path: "api.retry",
    what: "`retry`",
    doc: "Time-outs, broken connections, 429, 500, 502, 503 and 504 are tried again, and what error rules say. A \
          `Retry-After` is always heeded.",
    keys: &[
        defaulted("attempts", Value::Whole(1, 100), "10", "How often a request is sent at most."),
        defaulted(
            "backoff",
            Value::Choice(&["exponential", "constant"]),
            "exponential",
            "Whether waits double, at a random part of their length, or are all as long as the first.",
        ),
        defaulted("first", Value::Duration, "250ms", "The first wait."),
        defaulted("most", Value::Duration, "30s", "The longest wait that the source did not ask for."),
        optional("after", Value::Keys(&AFTER), "What of an answer says when the API allows requests again."),
    ],
};

/// What says when to come back.
pub static AFTER: Level = Level {
    path: "api.retry.after",
    what: "`after`",
    doc: "It is heeded where a request was refused for a limit and no `Retry-After` came.",
    keys: &[
        one_of("a place", "header", Value::Text, "The name of a header that says it."),
        one_of(
            "a place",
            "from",
            Value::Expression("the response"),
            "What says it, such as `retry_after` or `capture(message, \"([0-9]+) seconds\")`.",
        ),
        required("is", Value::Choice(WAITS), "What it holds: a time from now, or a moment."),
    ],
};

/// A paginator.
pub static PAGINATOR: Level = Level {
    path: "paging.NAME",
    what: "a paginator",
    doc: "How one page leads to the next: one strategy, the page size that is asked for, and what else tells the end.",
    keys: &[
        one_of("a strategy", "cursor", Value::Keys(&CURSOR), "A token stands for the next page."),
        one_of("a strategy", "page", Value::Keys(&PAGE), "Pages are numbered."),
        one_of("a strategy", "offset", Value::Keys(&OFFSET), "Records are counted."),
        one_of(
            "a strategy",
            "next",
            Value::Either(&Value::Choice(&["link_header"]), &Value::Keys(&NEXT)),
            "The response holds the next page's address, in its `Link` header (`rel=\"next\"`) or its body.",
        ),
        optional("size", Value::Keys(&SIZE), "How many records to ask for."),
        optional(
            "more",
            Value::Expression("the response"),
            "Whether there is another page: true or false, and never missing.",
        ),
        defaulted(
            "end",
            Value::Choice(&["empty_page", "short_page"]),
            "empty_page",
            "What ends it when nothing else does: a page without records, or one with fewer than `size` asks for.",
        ),
    ],
};

/// Paging by a token of the response.
pub static CURSOR: Level = Level {
    path: "paging.NAME.cursor",
    what: "`cursor`",
    doc: "A token that stands for the next page.",
    keys: &[
        required(
            "from",
            Value::Expression("the response, or over the last record"),
            "The token: a path of the response, where null, missing or empty is the end; or `last.PATH`, what names \
             the last record.",
        ),
        required("to", Value::Target, "Where it goes in the next request."),
    ],
};

/// Paging by numbers of pages.
pub static PAGE: Level = Level {
    path: "paging.NAME.page",
    what: "`page`",
    doc: "Pages with numbers.",
    keys: &[
        required("to", Value::Target, "Where the number goes."),
        defaulted("first", Value::Whole(0, 1), "1", "The number of the first page."),
        optional("last", Value::Expression("the response"), "The number of the last page. Never missing."),
    ],
};

/// Paging by numbers of records.
pub static OFFSET: Level = Level {
    path: "paging.NAME.offset",
    what: "`offset`",
    doc: "How many records stand before the page.",
    keys: &[
        required("to", Value::Target, "Where the number goes."),
        defaulted("first", Value::Whole(0, 1), "0", "What stands for the first record."),
        optional("total", Value::Expression("the response"), "How many records there are. Never missing."),
    ],
};

/// Paging by addresses.
pub static NEXT: Level = Level {
    path: "paging.NAME.next",
    what: "`next`",
    doc: "The address of the next page, whole or below the origin. It has to lead to the API's own origin.",
    keys: &[required("from", Value::Expression("the response"), "The address. Null, missing or empty is the end.")],
};

/// A page size.
pub static SIZE: Level = Level {
    path: "paging.NAME.size",
    what: "`size`",
    doc: "How many records a page is asked to hold.",
    keys: &[
        required("to", Value::Target, "Where it goes."),
        required("value", Value::Whole(1, u32::MAX as i64), "How many."),
    ],
};

/// A resource.
pub static RESOURCE: Level = Level {
    path: "resources.NAME",
    what: "a resource",
    doc: "A list of the API, and the rows made of its records.",
    keys: &[
        required("description", Value::Text, "What it is, in a line."),
        optional("docs", Value::Address, "Where it is documented."),
        optional(
            "for_each",
            Value::Map("name", &Value::Either(&Value::Resource, &Value::Either(&VALUES, &Value::Keys(&FOR_EACH)))),
            "What the list is read once for each of: the rows of a resource, or some values; of several, each combination. \
             Expressions and templates know the row or value by the name: with `{ repository: repositories }`, \
             `repository.id` is its `id`, and with `{ state: [open, closed] }`, `state` is one or the other.",
        ),
        one_of("a request", "get", Value::Template, "The path below `base_url`, beginning with `/`."),
        one_of("a request", "post", Value::Template, "The same, for an API that is asked with a body."),
        optional("json", Value::Json, "The body of a `post`, as JSON. Its texts are templates."),
        optional("form", Value::Map("name", &TEMPLATE), "The body of a `post`, as a form."),
        optional("graphql", Value::Keys(&GRAPHQL), "The body of a `post`, as GraphQL."),
        optional(
            "query",
            Value::Map("name", &Value::Either(&TEMPLATE, &Value::Keys(&EACH))),
            "Fixed parameters. Numbers and booleans are written as they stand.",
        ),
        optional("headers", Value::Map("name", &TEMPLATE), "Fixed headers."),
        optional(
            "limit",
            Value::Either(&Value::Keys(&LIMIT), &LIMITS),
            "How many of its requests the API allows, beside the limit under `api`.",
        ),
        required("paging", Value::Either(&Value::Paginator, &Value::Keys(&PAGING)), "How one page leads to the next."),
        required(
            "records",
            Value::Either(&Value::Records, &Value::Keys(&RECORDS)),
            "Where the records are: keys from the root, or `$` when the response is the list. `[]` leads through each item \
             of a list, `*` through each value of an object.",
        ),
        one_of(
            "what its rows are",
            "entity",
            Value::Name(&names::SNAKE),
            "The row's name, when it is a thing that changes and goes away.",
        ),
        one_of(
            "what its rows are",
            "event",
            Value::Name(&names::SNAKE),
            "The row's name, when it happened once, at a moment.",
        ),
        one_of(
            "what its rows are",
            "metric",
            Value::Name(&names::SNAKE),
            "The row's name, when it is numbers about a span of time.",
        ),
        one_of(
            "what its rows are",
            "edge",
            Value::Name(&names::SNAKE),
            "The row's name, when it says that two things belong together.",
        ),
        one_of(
            "what its rows are",
            "distribution",
            Value::Name(&names::SNAKE),
            "The row's name, when it is how many there are in each of several buckets.",
        ),
        optional(
            "key",
            Value::Either(&Value::Expression("the record"), &Value::List(&Value::Expression("the record"))),
            "What identifies an entity or event, which need it: the column `id`. Text, never null. Of several parts, such \
             as `[repository.id, number]`, it is the parts with `/` between them.",
        ),
        optional(
            "updated_at",
            Value::Either(&Value::Expression("the record"), &Value::Keys(&TIME)),
            "When an entity or edge last changed.",
        ),
        optional(
            "at",
            Value::Either(&Value::Expression("the record"), &Value::Keys(&TIME)),
            "When an event happened; an event needs it. Never null.",
        ),
        optional(
            "start_at",
            Value::Either(&Value::Expression("the record"), &Value::Keys(&TIME)),
            "Where the span of a metric or distribution begins; a metric needs it. Never null.",
        ),
        optional(
            "end_at",
            Value::Either(&Value::Expression("the record"), &Value::Keys(&TIME)),
            "Where that span ends.",
        ),
        optional(
            "period",
            Value::Duration,
            "How long that span is, where all are as long. Windows are then cut between two spans.",
        ),
        optional(
            "dimensions",
            Value::List(&Value::Field),
            "What a metric or distribution is told apart by, besides its time. Never null.",
        ),
        optional("value", Value::Either(&Value::Field, &Value::List(&Value::Field)), "The numbers of a metric."),
        optional("bucket", Value::Field, "What of a distribution is counted together. Never null."),
        optional("count", Value::Field, "How many a bucket of a distribution holds. A number, never null."),
        optional(
            "from",
            Value::Map("name of a resource", &Value::Expression("the record")),
            "Where an edge begins: a resource, and the `id` of one of its rows, as in `{ users: id }`.",
        ),
        optional(
            "to",
            Value::Map("name of a resource", &Value::Expression("the record")),
            "Where an edge ends, in the same way.",
        ),
        optional(
            "kind",
            Value::Expression("the record"),
            "What tells edges between the same two apart. Text, never null.",
        ),
        optional("where", Value::Expression("the record"), "Records for which this is not true are left out."),
        optional(
            "on_error",
            Value::List(&Value::Keys(&RULE)),
            "What answers mean, where the general rules judge otherwise. The first that fits holds.",
        ),
        optional(
            "incremental",
            Value::Keys(&INCREMENTAL),
            "How a sync goes on from the last one. Without it every sync reads all.",
        ),
        optional(
            "hook",
            Value::Text,
            "What a hook in Rust does with it, in a line: with requests, answers or rows. Without that hook the resource is \
             not read.",
        ),
        optional(
            "fields",
            Value::Map("name", &Value::Either(&Value::FieldType, &Value::Keys(&FIELD))),
            "The columns besides `id`, the times, and the ends of an edge. Only an edge can do without.",
        ),
        optional(
            "example",
            Value::Json,
            "A record as the API's documentation shows it. Paths and types are checked against it.",
        ),
    ],
};

/// Where records are, when they are no list.
pub static RECORDS: Level = Level {
    path: "resources.NAME.records",
    what: "`records`",
    doc: "The long form, for a response that holds no list of records.",
    keys: &[
        one_of("a place of records", "one", Value::Records, "Where the only record is; `$` when it is the response."),
        one_of(
            "a place of records",
            "zip",
            Value::Map("name", &Value::Records),
            "Lists that together hold the records: the keys of a record, and the lists of their values.",
        ),
    ],
};

/// A paginator with another page size.
pub static PAGING: Level = Level {
    path: "resources.NAME.paging",
    what: "`paging` of a resource",
    doc: "A paginator, with a page size of the resource's own.",
    keys: &[
        required("use", Value::Paginator, "The paginator."),
        required(
            "size",
            Value::Whole(1, u32::MAX as i64),
            "How many records a page is asked to hold, in place of its `size.value`.",
        ),
    ],
};

/// A GraphQL request.
pub static GRAPHQL: Level = Level {
    path: "resources.NAME.graphql",
    what: "`graphql`",
    doc: "A query and its variables. `errors` in the response fail the resource.",
    keys: &[
        one_of("a query", "query", Value::Text, "The query. It is no template: what changes goes into variables."),
        one_of("a query", "file", Value::File, "The file that holds the query: a path below the spec's folder."),
        optional("variables", Value::Json, "The variables, as JSON. Their texts are templates."),
    ],
};

/// What a list is read once for each of.
pub static FOR_EACH: Level = Level {
    path: "resources.NAME.for_each.NAME",
    what: "what a list is read for each of",
    doc: "The long form. The short ones are the name of a resource, and a list of values.",
    keys: &[
        one_of("what there are several of", "resource", Value::Resource, "The rows of a resource."),
        one_of(
            "what there are several of",
            "any_of",
            Value::List(&Value::Resource),
            "The rows of several resources, one after the other; known are the columns that all of them have.",
        ),
        one_of(
            "what there are several of",
            "each",
            Value::Values,
            "The values of a type, or of a setting that is a list.",
        ),
        optional("matching", Value::Glob, "Only the values of the type that match this glob; at least one does."),
        optional(
            "only",
            Value::Choice(&["changed"]),
            "Only rows that have changed since the last sync. The resource needs a `window`, and no `for_each`.",
        ),
    ],
};

/// A parameter with several values.
pub static EACH: Level = Level {
    path: "resources.NAME.query.NAME",
    what: "a list parameter",
    doc: "A parameter with the values of a type.",
    keys: &[
        required("each", Value::Enum, "The type whose values are sent."),
        optional("matching", Value::Glob, "Only the values that match this glob; at least one does."),
        required("style", Value::Choice(&["comma", "repeat"]), "`a,b` in one parameter, or one parameter for each."),
    ],
};

/// An error rule.
pub static RULE: Level = Level {
    path: "resources.NAME.on_error[]",
    what: "an error rule",
    doc: "What an answer means. All that is given must fit, and something is needed. An answer of 200 and above is only \
          looked at by rules that name its status, or that have a `when` and no `status`.",
    keys: &[
        optional("status", Value::Whole(100, 599), "The status of the answer."),
        optional("code", Value::Text, "The code in its body: `code`, `error`, `errorCode` or `type`."),
        optional("message", Value::Glob, "A glob that its message matches."),
        optional(
            "when",
            Value::Expression("the response"),
            "What is true of it, such as `ok == false` or `headers[\"X-Remaining\"] == \"0\"`.",
        ),
        required(
            "then",
            Value::Action,
            "What to do: ask again, perhaps after so long; ask again when the limit allows, and nothing else until then (for \
             so long, where the answer does not say); give the resource up; take it for an empty last \
             page that hides something, or for one that hides nothing; take the row of the parent for gone, and its list with it; or leave out the value that the message \
             names.",
        ),
    ],
};

/// Incremental reading.
pub static INCREMENTAL: Level = Level {
    path: "resources.NAME.incremental",
    what: "`incremental`",
    doc: "How a sync goes on from the last one: behind the last record, by a window of time, by both, or by reading a feed \
          down to what is known.",
    keys: &[
        optional("continue", Value::Keys(&CONTINUE), "Continuing behind the last record."),
        optional("window", Value::Keys(&WINDOW), "Reading a window of time."),
        optional(
            "feed",
            Value::Choice(&["newest_first"]),
            "Reading a list that is sorted by the row's time, newest first, until what is known begins.",
        ),
        optional(
            "lookback",
            Value::Lookback,
            "How far a sync without a checkpoint reaches back, such as `30d` or `\"{config.days}d\"`.",
        ),
        defaulted(
            "overlap",
            Value::Duration,
            "0s",
            "How much before the last record is read again, for records that came late.",
        ),
    ],
};

/// Continuing behind the last record.
pub static CONTINUE: Level = Level {
    path: "resources.NAME.incremental.continue",
    what: "`continue`",
    doc: "What names the last record, and where it goes.",
    keys: &[
        required("from", Value::Expression("the last record"), "`last.PATH`: what names the last record."),
        required("to", Value::Target, "Where it goes in the first request of the next sync."),
    ],
};

/// A window of time.
pub static WINDOW: Level = Level {
    path: "resources.NAME.incremental.window",
    what: "`window`",
    doc: "The span of time a request asks for. Its ends go where `from` and `to` say, or into templates of the request, \
          where they are `window.start` and `window.end`.",
    keys: &[
        optional("from", Value::Target, "Where its start goes, when no template says it."),
        optional("to", Value::Target, "Where its end goes, when no template says it."),
        optional("at_most", Value::Duration, "The longest span one request may ask for. It needs an end."),
        defaulted("on", Value::Choice(&["first_page", "every_page"]), "every_page", "Which requests carry it."),
        defaulted(
            "until",
            Value::Choice(&["open", "now"]),
            "open",
            "Whether the newest window has no end, so that what happens during the sync is read too, or the moment the \
             sync began, for an API that wants both ends. `now` needs an end.",
        ),
        defaulted("format", Value::Format, "rfc3339", "How its ends are written."),
    ],
};

/// The moment of a row, in full.
pub static TIME: Level = Level {
    path: "resources.NAME.at",
    what: "a time",
    doc: "The long form of `at`, `updated_at`, `start_at` and `end_at`.",
    keys: &[
        required("from", Value::Expression("the record"), "What it is made of."),
        defaulted("format", Value::Format, "rfc3339", "How it is written."),
    ],
};

/// A field.
pub static FIELD: Level = Level {
    path: "resources.NAME.fields.NAME",
    what: "a field",
    doc: "A column. The short form is its type alone: `name: string?`.",
    keys: &[
        required("type", Value::FieldType, "What its values are. A `?` behind it lets null be one of them."),
        defaulted("from", Value::Expression("the record"), "the path of the field's own name", "What it is made of."),
        optional("description", Value::Text, "What it is, in a line."),
        defaulted("format", Value::Format, "rfc3339", "How a `timestamp` is written."),
        optional("references", Value::Resource, "The resource whose `id` this is."),
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
