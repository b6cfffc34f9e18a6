//! Keys of `api`: where it is, how many requests it allows, how they are repeated.

use super::*;

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
