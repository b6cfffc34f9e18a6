use tapwright_plan::{
    Column, Decode, Envelope, Expr, Field, Function, Method, Node, Records, Request, Resource, Row, Shape, Slot, Type,
};

use super::*;
use crate::decode::OTHER_VALUES;
use crate::sink::Counts;

const fn place(name: &'static str, slot: u16) -> Field {
    Field { name, node: Node { slot: Some(slot), fields: &[], each: None } }
}

const fn column(name: &'static str, ty: Type, nullable: bool, from: Expr) -> Column {
    Column { name, description: "", ty, nullable, from }
}

const STATE: Type = Type::Enum { name: "State", values: &["active", "archived"] };

const COLUMNS: &[Column] = &[
    column("id", Type::String, false, Expr::Slot(0)),
    column("name", Type::String, false, Expr::Slot(1)),
    column("state", STATE, true, Expr::Slot(2)),
    column("owner", Type::String, true, Expr::Slot(3)),
];

const FIELDS: &[Field] = &[
    place("id", 0),
    place("name", 1),
    place("state", 2),
    Field { name: "owner", node: Node { slot: None, fields: &[place("name", 3)], each: None } },
];

const fn resource(columns: &'static [Column], fields: &'static [Field], known: &'static [&'static str]) -> Resource {
    Resource {
        name: "items",
        description: "",
        for_each: &[],
        given: &[],
        request: Request { method: Method::Get, path: Expr::Text("/items"), query: &[], headers: &[], body: None },
        limits: &[],
        paging: None,
        decode: Decode {
            records: Records::List(&[]),
            envelope: Envelope::NOTHING,
            record: Node { slot: None, fields, each: None },
            known: Some(known),
            above: None,
            entry_key: None,
            record_slots: &[Slot::Scalar; 5],
        },
        keep: None,
        on_error: &[],
        refusal: Envelope::NOTHING,
        incremental: None,
        row: Row { name: "item", shape: Shape::Entity, key: &[0], time: None, columns },
        hook: None,
    }
}

static ITEMS: Resource = resource(COLUMNS, FIELDS, &["color"]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000 + second * 1000).unwrap()
}

/// A page of 30 rows, and 5 records that were set aside.
fn page() -> PageSeen {
    PageSeen {
        drift: [(("state", "frozen".to_owned()), 2), (("state", OTHER_VALUES.to_owned()), 1)].into(),
        unknown: [("plan".to_owned(), 4), ("seats".to_owned(), 9)].into(),
        misfits: [
            ((At::Column("name"), NULL), 2),
            ((At::Column("name"), "a number"), 2),
            ((At::Key("owner"), "text"), 1),
        ]
        .into(),
        absent: vec![0, 0, 0, 30],
    }
}

fn stored(resource: &'static Resource, pages: &[PageSeen]) -> Vec<Count> {
    let mut tally = Tally::new(resource, &[], false);
    for (second, page) in pages.iter().enumerate() {
        tally.add(30, 5, page, at(i64::try_from(second).unwrap()));
    }
    tally.take().unwrap().counts
}

/// What a store does with what it is given.
fn keep(stored: &mut Vec<Count>, came: Counts) {
    if came.anew {
        stored.clear();
    }
    for new in came.counts {
        let same = |old: &&mut Count| (&old.what, &old.place, &old.name) == (&new.what, &new.place, &new.name);
        match stored.iter_mut().find(same) {
            Some(old) => {
                *old = Count { count: old.count + new.count, first_at: old.first_at, ..new };
            }
            None => stored.push(new),
        }
    }
}

fn found(seen: &Seen) -> Vec<(String, u64)> {
    let said = |finding: &Finding| {
        let what = match &finding.difference {
            Difference::NewField(field) => format!("new field {}", field.as_deref().unwrap_or("…")),
            Difference::NewValue(column, value) => {
                format!("new value of {}: {}", column.name, value.as_deref().unwrap_or("…"))
            }
            Difference::Null(column) => format!("null in {}", column.name),
            Difference::WrongType(column, came) => format!("{came} in {}", column.name),
            Difference::WrongPath(key, came) => format!("{came} at {key}"),
            Difference::Unjudged(came) => format!("{came} before where"),
            Difference::NeverCame(column) => format!("never came: {}", column.name),
            Difference::NeverNull(column) => format!("never null: {}", column.name),
        };
        (what, finding.count)
    };
    seen.findings.iter().map(said).collect()
}

fn expected(findings: &[(&str, u64)]) -> Vec<(String, u64)> {
    findings.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect()
}

#[test]
fn what_a_plan_does_not_say_is_told_like_with_like() {
    let seen = Seen::of(&ITEMS, &stored(&ITEMS, &[page(), page()]));
    assert_eq!((seen.rows, seen.set_aside, seen.syncs), (60, 10, 1));
    assert_eq!(seen.between, Some((at(0), at(1))));
    assert_eq!(
        found(&seen),
        expected(&[
            ("new field seats", 18),
            ("new field plan", 8),
            ("new value of state: frozen", 4),
            ("new value of state: …", 2),
            ("null in name", 4),
            ("a number in name", 4),
            ("text at owner", 2),
            ("never came: owner", 60),
            ("never null: state", 60),
        ])
    );
    let drift = seen.drift().count();
    assert_eq!(drift, 8, "what is never null is no drift");
    assert_eq!(seen.findings[0].first_at, at(0));
    assert_eq!(seen.findings[0].last_at, at(1));
}

#[test]
fn a_column_without_a_value_in_a_few_rows_is_no_drift() {
    let mut tally = Tally::new(&ITEMS, &[], false);
    let few = PageSeen { absent: vec![0, 0, 0, 19], ..PageSeen::default() };
    tally.add(19, 0, &few, at(0));
    let mut store = tally.take().unwrap().counts;
    let seen = Seen::of(&ITEMS, &store);
    assert_eq!(found(&seen)[0], ("never came: owner".to_owned(), 19));
    assert_eq!(seen.drift().count(), 0);
    tally.add(1, 0, &PageSeen { absent: vec![0, 0, 0, 1], ..PageSeen::default() }, at(1));
    keep(&mut store, tally.take().unwrap());
    assert_eq!(Seen::of(&ITEMS, &store).drift().count(), 1);
}

#[test]
fn what_both_came_and_did_not_is_neither_and_is_not_counted_on() {
    let mut store = stored(&ITEMS, &[page()]);
    // The next sync finds a value where there was none, and none where there was one.
    let mut tally = Tally::new(&ITEMS, &store, false);
    let mixed = PageSeen { absent: vec![0, 0, 7, 3], ..PageSeen::default() };
    tally.add(30, 0, &mixed, at(9));
    keep(&mut store, tally.take().unwrap());
    let seen = Seen::of(&ITEMS, &store);
    assert!(!found(&seen).iter().any(|(what, _)| what.starts_with("never")), "{seen:#?}");
    assert_eq!((seen.rows, seen.syncs), (60, 2));
    tally.add(30, 0, &mixed, at(10));
    let written: Vec<_> = tally.take().unwrap().counts.into_iter().map(|count| count.what).collect();
    assert_eq!(written, ["row"], "a page without news costs a store one count");
}

#[test]
fn what_was_taken_is_not_taken_twice() {
    let mut tally = Tally::new(&ITEMS, &[], false);
    tally.add(30, 5, &page(), at(0));
    assert!(tally.take().is_some());
    assert_eq!(tally.take(), None);
}

#[test]
fn what_the_spec_knows_by_now_is_no_news() {
    const COLUMNS_NOW: &[Column] = &[
        COLUMNS[0],
        // May be null now.
        column("name", Type::String, true, Expr::Slot(1)),
        // Lists the value now.
        column("state", Type::Enum { name: "State", values: &["active", "frozen"] }, true, Expr::Slot(2)),
        COLUMNS[3],
    ];
    static NOW: Resource = resource(COLUMNS_NOW, FIELDS, &["plan"]);
    let seen = Seen::of(&NOW, &stored(&ITEMS, &[page()]));
    assert_eq!(
        found(&seen),
        expected(&[
            ("new field seats", 9),
            ("new value of state: …", 1),
            ("text at owner", 1),
            ("never came: owner", 30),
            ("never null: state", 30),
        ])
    );
    // The next sync forgets what says nothing any more.
    let mut store = stored(&ITEMS, &[page()]);
    let mut tally = Tally::new(&NOW, &store, false);
    tally.add(1, 0, &PageSeen { absent: vec![0, 1, 0, 1], ..PageSeen::default() }, at(5));
    keep(&mut store, tally.take().unwrap());
    assert!(!store.iter().any(|count| count.place == "name" && count.what == "misfit" || count.name == "frozen"));
    assert_eq!(Seen::of(&NOW, &store).rows, 31);
    assert_eq!(found(&Seen::of(&NOW, &store))[3], ("never came: name".to_owned(), 1), "counted since it may be null");
}

#[test]
fn another_field_does_not_change_what_is_known_of_a_column_but_another_place_does() {
    // A field in front takes the first slots.
    const COLUMNS_SHIFTED: &[Column] = &[
        column("id", Type::String, false, Expr::Slot(1)),
        column("color", Type::String, true, Expr::Slot(0)),
        column("name", Type::String, false, Expr::Slot(2)),
        column("state", STATE, true, Expr::Slot(3)),
        column("owner", Type::String, true, Expr::Slot(4)),
    ];
    const FIELDS_SHIFTED: &[Field] = &[
        place("color", 0),
        place("id", 1),
        place("name", 2),
        place("state", 3),
        Field { name: "owner", node: Node { slot: None, fields: &[place("name", 4)], each: None } },
    ];
    static SHIFTED: Resource = resource(COLUMNS_SHIFTED, FIELDS_SHIFTED, &[]);
    let before = found(&Seen::of(&ITEMS, &stored(&ITEMS, &[page()])));
    assert_eq!(found(&Seen::of(&SHIFTED, &stored(&ITEMS, &[page()]))), before);
    // The same columns, read from elsewhere or by another expression.
    const COLUMNS_ELSEWHERE: &[Column] = &[
        COLUMNS[0],
        column("name", Type::String, false, Expr::Call(Function::Lower, &[Expr::Slot(1)])),
        column("state", STATE, true, Expr::Slot(4)),
        COLUMNS[3],
    ];
    const FIELDS_ELSEWHERE: &[Field] = &[FIELDS[0], FIELDS[1], FIELDS[3], place("status", 4)];
    static ELSEWHERE: Resource = resource(COLUMNS_ELSEWHERE, FIELDS_ELSEWHERE, &["state"]);
    let seen = found(&Seen::of(&ELSEWHERE, &stored(&ITEMS, &[page()])));
    assert_eq!(
        seen,
        expected(&[("new field seats", 9), ("new field plan", 4), ("text at owner", 1), ("never came: owner", 30)])
    );
}

#[test]
fn so_many_are_told_apart_and_the_rest_is_counted_together() {
    let mut store = Vec::new();
    for sync in 0..4 {
        let mut tally = Tally::new(&ITEMS, &store, false);
        for page in 0..3 {
            let name = |at: u64| format!("{sync}_{page}_{at}");
            let unknown = (0..50).map(|at| (name(at), 1)).collect();
            let drift = (0..50).map(|at| (("state", name(at)), 1)).collect();
            tally.add(1, 0, &PageSeen { unknown, drift, ..PageSeen::default() }, at(sync));
        }
        keep(&mut store, tally.take().unwrap());
    }
    for what in ["field", "value"] {
        let counts: Vec<_> = store.iter().filter(|count| count.what == what).collect();
        assert_eq!(counts.len(), MOST_NEW + 1, "{what}");
        assert_eq!(counts.iter().map(|count| count.count).sum::<u64>(), 600, "{what}: each is counted");
        assert_eq!(counts.iter().find(|count| count.name == OTHERS).unwrap().count, 600 - MOST_NEW as u64);
    }
}

#[test]
fn counts_begin_anew_where_all_is_read_anew() {
    let mut store = stored(&ITEMS, &[page()]);
    let mut tally = Tally::new(&ITEMS, &store, true);
    tally.add(2, 0, &PageSeen::default(), at(7));
    keep(&mut store, tally.take().unwrap());
    let seen = Seen::of(&ITEMS, &store);
    assert_eq!((seen.rows, seen.set_aside, seen.syncs, seen.findings.len()), (2, 0, 1, 0));
    assert_eq!(seen.between, Some((at(7), at(7))));
}

#[test]
fn what_a_newer_release_counts_is_passed_over() {
    let mut store = stored(&ITEMS, &[page()]);
    let before = found(&Seen::of(&ITEMS, &store));
    store.push(Count { what: "phase of the moon".to_owned(), ..store[0].clone() });
    assert_eq!(found(&Seen::of(&ITEMS, &store)), before);
}
