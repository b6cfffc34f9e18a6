//! Keys of a resource: its request, its records, its rows.

use super::*;

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
