use tapwright_plan::{
    Column, Decode, Envelope, Expr, Field, Function, Method, Node, Paging, Records, Request, Row as RowPlan, Shape,
    Slot, Step, Target, TimeFormat, Type,
};

use super::*;
use crate::eval::MadeFor;
use crate::value::Value;

const fn place(name: &'static str, slot: u16) -> Field {
    Field { name, node: Node { slot: Some(slot), fields: &[], each: None } }
}

const fn column(name: &'static str, ty: Type, nullable: bool, from: Expr) -> Column {
    Column { name, description: "", ty, nullable, from }
}

/// Records at `data`, the cursor at `meta.after`; every type, a list, a path below JSON that is kept too.
static RESOURCE: Resource = Resource {
    name: "things",
    description: "",
    for_each: &[],
    given: &[],
    request: Request { method: Method::Get, path: Expr::Text("/things"), query: &[], headers: &[], body: None },
    limits: &[],
    paging: Some(Paging {
        step: Step::Cursor { from: Expr::Slot(0), to: Target::Query("after") },
        size: None,
        more: None,
        short_is_last: false,
    }),
    decode: Decode {
        records: Records::List(&["data"]),
        envelope: Envelope {
            body: Node {
                slot: None,
                fields: &[Field { name: "meta", node: Node { slot: None, fields: &[place("after", 0)], each: None } }],
                each: None,
            },
            headers: &[],
            slots: &[Slot::Scalar],
        },
        record: Node {
            slot: None,
            fields: &[
                place("id", 0),
                place("at", 1),
                place("count", 2),
                place("price", 3),
                place("kind", 4),
                Field {
                    name: "tags",
                    node: Node {
                        slot: None,
                        fields: &[],
                        each: Some(&Node { slot: None, fields: &[place("name", 5), place("state", 6)], each: None }),
                    },
                },
                Field { name: "extra", node: Node { slot: Some(7), fields: &[place("deep", 8)], each: None } },
                place("ratio", 9),
            ],
            each: None,
        },
        known: None,
        above: None,
        entry_key: None,
        record_slots: &[
            Slot::Scalar,
            Slot::Scalar,
            Slot::Scalar,
            Slot::Json,
            Slot::Scalar,
            Slot::List,
            Slot::List,
            Slot::Json,
            Slot::Scalar,
            Slot::Scalar,
        ],
    },
    keep: None,
    on_error: &[],
    refusal: Envelope::NOTHING,
    incremental: None,
    row: RowPlan {
        name: "acme_thing",
        shape: Shape::Event,
        key: &[0],
        time: Some(1),
        columns: &[
            column("id", Type::String, false, Expr::Slot(0)),
            column("at", Type::Timestamp(TimeFormat::Rfc3339), false, Expr::Slot(1)),
            column("count", Type::Integer, true, Expr::Slot(2)),
            column("price", Type::Decimal, true, Expr::Slot(3)),
            column("kind", Type::Enum { name: "Kind", values: &["a", "b"] }, true, Expr::Slot(4)),
            column("names", Type::String, true, Expr::Call(Function::Join, &[Expr::Slot(5), Expr::Text(", ")])),
            column("states", Type::List, true, Expr::Slot(6)),
            column("extra", Type::Json, true, Expr::Slot(7)),
            column("deep", Type::Boolean, true, Expr::Slot(8)),
            column("ratio", Type::Number, true, Expr::Slot(9)),
            column("either", Type::String, true, Expr::FirstOf(&[Expr::Slot(4), Expr::Slot(0)])),
            column("ending", Type::String, true, Expr::Call(Function::Capture, &[Expr::Slot(0), Expr::Text("_(.+)$")])),
        ],
    },
    hook: None,
};

static CONNECTOR: tapwright_plan::Connector = tapwright_plan::Connector {
    name: "acme",
    title: "Acme",
    fingerprint: 0,
    settings: &[],
    base_url: Expr::Text("https://acme.example"),
    auth: tapwright_plan::Auth::None,
    limits: &[],
    retry: None,
    resources: &[],
};

const ALL: Bounds = Bounds { from: None, to: None };

fn decode_within(body: &str, bounds: Bounds) -> Result<Page> {
    let settings = Settings::builder(&CONNECTOR).build().unwrap();
    Decoder::new(&RESOURCE, settings)
        .page(body.to_owned(), Place { bounds, made: &MadeFor::ALL, cursor: None, headers: &HeaderMap::new(), full: 0 })
}

fn decode(body: &str) -> Page {
    decode_within(body, ALL).unwrap()
}

/// One record with these members beside `id` and `at`.
fn record(members: &str) -> Page {
    let comma = if members.is_empty() { "" } else { "," };
    decode(&format!(r#"{{"data":[{{"id":"x","at":"2026-01-15T12:00:00Z"{comma}{members}}}]}}"#))
}

fn value<'p>(page: &'p Page, name: &str) -> Value<'p> {
    assert_eq!(page.batch.len(), 1, "set aside: {:?}", page.quarantined);
    let row = page.batch.rows().next().unwrap();
    row.values().find(|(column, _)| column.name == name).unwrap().1
}

fn reason(page: &Page) -> &str {
    assert!(page.batch.is_empty());
    &page.quarantined[0].reason
}

#[test]
fn reads_every_type_exactly() {
    let page = record(
        r#""count":-7,"price":12.340,"kind":"a","ratio":0.5,"extra":{"deep":true,"n":[1, 2]},"tags":[{"name":"x","state":"s"},{"name":"y"}]"#,
    );
    assert_eq!(value(&page, "count"), Value::Integer(-7));
    assert_eq!(value(&page, "price"), Value::Text("12.340"), "digits are kept");
    assert_eq!(value(&page, "kind"), Value::Text("a"));
    assert_eq!(value(&page, "names"), Value::Text("x, y"));
    assert_eq!(value(&page, "states"), Value::Text(r#"["s",null]"#), "lists of one array stay side by side");
    assert_eq!(value(&page, "extra"), Value::Text(r#"{"deep":true,"n":[1, 2]}"#), "as it was received");
    assert_eq!(value(&page, "deep"), Value::Boolean(true));
    assert_eq!(value(&page, "ratio"), Value::Number(0.5));
    assert_eq!(value(&page, "at"), Value::Timestamp(Timestamp::parse("2026-01-15T12:00:00Z").unwrap()));
}

#[test]
fn absent_and_null_are_null() {
    for members in
        ["", r#""count":null,"price":null,"kind":null,"tags":null,"extra":null,"ratio":null"#, r#""tags":[]"#]
    {
        let page = record(members);
        for name in ["count", "price", "kind", "names", "deep", "ratio"] {
            assert_eq!(value(&page, name), Value::Null, "{name} of {members}");
        }
    }
}

#[test]
fn what_has_no_exact_value_is_set_aside_with_its_reason_and_its_json() {
    for (members, expected) in [
        (r#""count":"7""#, "`count` is the text \"7\", where a whole number was expected"),
        (r#""count":1.5"#, "`count` is 1.5, which is not exactly"),
        (r#""count":18446744073709551615"#, "`count` is 18446744073709551615, more than"),
        (r#""count":[1]"#, "`count` is an array"),
        (r#""ratio":9007199254740993"#, "`ratio` is 9007199254740993, which no 64-bit float"),
        (r#""price":"12,5""#, "`price` is the text \"12,5\", where a decimal"),
        (r#""kind":7"#, "`kind` is a number, where text"),
        (r#""tags":[{"state":"s"},{"state":7}]"#, "`states` has a number among its items, where text"),
        (r#""tags":[{"state":[]}]"#, "`states` has an array among its items, where text"),
        (r#""extra":{"deep":"yes"}"#, "`deep` is the text \"yes\", where a boolean"),
        (r#""tags":"none""#, "`tags` is text, where its fields were expected"),
    ] {
        let page = record(members);
        assert!(reason(&page).starts_with(expected), "{members}: {}", reason(&page));
        assert!(page.quarantined[0].record.contains(members), "{}", page.quarantined[0].record);
        assert_eq!(page.quarantined[0].key.as_deref(), Some("x"));
        assert_eq!((page.records, page.quarantined.len()), (1, 1));
    }
}

#[test]
fn a_bad_record_does_not_take_its_neighbours_along() {
    let page = decode(
        r#"{"data":[{"id":"a","at":"2026-01-15T12:00:00Z"},{"id":"b","at":"soon"},7,{"id":null,"at":"2026-01-15T12:00:00Z"},{"id":"c","at":"2026-01-15 12:00:01"}]}"#,
    );
    let ids: Vec<_> = page.batch.rows().map(|row| row.text(0)).collect();
    assert_eq!(ids, ["a", "c"]);
    let reasons: Vec<_> = page.quarantined.iter().map(|one| (one.index, one.reason.as_str())).collect();
    assert_eq!(reasons[0], (1, "`at` is \"soon\", not an RFC 3339 timestamp"));
    assert_eq!(reasons[1], (2, "`the record` is a number, where its fields were expected"));
    assert_eq!(reasons[2], (3, "`id` is null or missing, and not declared to be"));
    let keys: Vec<_> = page.quarantined.iter().map(|one| one.key.as_deref()).collect();
    assert_eq!(keys, [Some("b"), None, None]);
}

#[test]
fn text_survives_as_it_is() {
    for text in ["plain", "quo\\\"te", "tab\\tnew\\nline", "\\u0000", "\\ud83d\\ude00", "ünï — 数 🚰", ""] {
        let page = decode(&format!(r#"{{"data":[{{"id":"x","at":"2026-01-15T12:00:00Z","kind":"{text}"}}]}}"#));
        let expected: String = serde_json::from_str(&format!("\"{text}\"")).unwrap();
        assert_eq!(value(&page, "kind"), Value::Text(&expected));
    }
}

#[test]
fn of_two_equal_keys_the_last_counts() {
    let page = record(r#""count":1,"count":2,"tags":[{"name":"a"}],"tags":[{"name":"b","name":"c"}]"#);
    assert_eq!(value(&page, "count"), Value::Integer(2));
    assert_eq!(value(&page, "names"), Value::Text("c"));
    let page =
        decode(r#"{"data":[{"id":"a","at":"2026-01-15T12:00:00Z"}],"data":[{"id":"b","at":"2026-01-15T12:00:00Z"}]}"#);
    assert_eq!(value(&page, "id"), Value::Text("b"));
}

#[test]
fn unknown_values_are_kept_and_counted() {
    let page = decode(
        r#"{"data":[{"id":"1","at":"2026-01-15T12:00:00Z","kind":"z"},{"id":"2","at":"2026-01-15T12:00:00Z","kind":"z"},{"id":"3","at":"2026-01-15T12:00:00Z","kind":"b"}]}"#,
    );
    assert_eq!(page.batch.len(), 3);
    assert_eq!(page.seen.drift, Drift::from([(("kind", "z".to_owned()), 2)]));
}

#[test]
fn the_cursor_is_text_or_a_number_or_the_end() {
    for (body, next) in [
        (r#"{"data":[],"meta":{"after":"c1"}}"#, Some("c1")),
        (r#"{"meta":{"after":17},"data":[]}"#, Some("17")),
        (r#"{"data":[],"meta":{"after":null}}"#, None),
        (r#"{"data":[],"meta":{"after":""}}"#, None),
        (r#"{"data":[],"meta":{}}"#, None),
        (r#"{"data":[],"meta":null}"#, None),
        (r#"{"data":[]}"#, None),
    ] {
        assert_eq!(decode(body).next.as_deref(), next, "{body}");
    }
    for body in [
        r#"{"data":[],"meta":{"after":{"id":1}}}"#,
        r#"{"data":[],"meta":"c1"}"#,
        r#"{"data":[],"meta":{"after":true}}"#,
    ] {
        assert_eq!(decode_within(body, ALL).unwrap_err().kind(), ErrorKind::Body, "{body}");
    }
}

#[test]
fn a_body_that_is_not_as_declared_is_an_error_that_shows_its_start() {
    for body in [
        "",
        "<html>",
        "[]",
        "{}",
        "null",
        r#"{"data":null}"#,
        r#"{"data":{}}"#,
        r#"{"data":[{"id":"x"}"#,
        r#"{"data":[]} trailing"#,
        r#"{"data":[{"count":1e400}]}"#,
    ] {
        let Err(error) = decode_within(body, ALL) else { panic!("taken for a page: {body:.40}") };
        assert_eq!(error.kind(), ErrorKind::Body, "{body:.40}");
        assert!(error.advice().unwrap().len() < 300, "{error}");
    }
}

#[test]
fn deep_nesting_is_a_value_like_any_other() {
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(value(&record(&format!(r#""extra":{nested}"#)), "extra"), Value::Text(&nested));
    assert_eq!(value(&record(&format!(r#""unknown":{nested}"#)), "count"), Value::Null);
    assert!(reason(&record(&format!(r#""count":{nested}"#))).starts_with("`count` is an array"));
}

#[test]
fn the_first_that_is_there_counts() {
    assert_eq!(value(&record(r#""kind":"a""#), "either"), Value::Text("a"));
    assert_eq!(value(&record(r#""kind":null"#), "either"), Value::Text("x"));
    assert_eq!(value(&record(""), "either"), Value::Text("x"));
}

#[test]
fn a_pattern_captures_from_each_text_what_is_in_it() {
    let ids = ["a_one", "b_two", "none", "a_one", "c_three", "none", "b_two"];
    let records: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":"{id}","at":"2026-01-15T12:00:00Z"}}"#)).collect();
    let page = decode(&format!(r#"{{"data":[{}]}}"#, records.join(",")));
    let at = RESOURCE.row.columns.iter().position(|column| column.name == "ending").unwrap();
    let endings: Vec<_> = page.batch.rows().map(|row| row.optional_text(at)).collect();
    let expected = [Some("one"), Some("two"), None, Some("one"), Some("three"), None, Some("two")];
    assert_eq!(endings, expected.map(|ending| ending.map(str::to_owned)));
}

#[test]
fn a_slice_takes_what_lies_within_its_bounds() {
    let at = |second: u32| format!("2026-01-15T12:00:{second:02}Z");
    let records: Vec<_> = (0..10).map(|n| format!(r#"{{"id":"{n}","at":"{}"}}"#, at(n))).collect();
    let body = format!(r#"{{"data":[{}]}}"#, records.join(","));
    let bounds = Bounds { from: Timestamp::parse(&at(3)), to: Timestamp::parse(&at(6)) };
    let page = decode_within(&body, bounds).unwrap();
    let ids: Vec<_> = page.batch.rows().map(|row| row.text(0)).collect();
    assert_eq!(ids, ["3", "4", "5"], "from the start to before the end");
    assert_eq!(page.last.unwrap().at, Timestamp::parse(&at(5)));
    assert_eq!(page.times, Timestamp::parse(&at(0)).zip(Timestamp::parse(&at(9))));
    assert_eq!(page.records, 10);
    assert!(page.ascending);
}

#[test]
fn the_fingerprint_tells_pages_apart_by_their_keys() {
    let page = |ids: &[&str]| {
        let records: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":"{id}","at":"2026-01-15T12:00:00Z"}}"#)).collect();
        decode(&format!(r#"{{"data":[{}]}}"#, records.join(","))).fingerprint
    };
    assert_eq!(page(&["a", "b"]), page(&["a", "b"]));
    assert_ne!(page(&["a", "b"]), page(&["b", "a"]));
    assert_ne!(page(&["a", "b"]), page(&["a"]));
}
