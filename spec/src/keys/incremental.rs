//! Keys of `incremental`: how a sync goes on from the last one.

use super::*;

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
