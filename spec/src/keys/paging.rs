//! Keys of `paging`: how one page leads to the next.

use super::*;

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
