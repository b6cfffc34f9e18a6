//! A spec changes, and the rows that were synced before are all still there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use support::*;
use tapwright_runtime::plan::{Column, Connector, Shape, Type};
use tapwright_runtime::{ErrorKind, Sink, Value};

const STRING: Type = Type::String;

fn id() -> Column {
    column("id", STRING, false)
}

/// Syncs rows with the first spec, and begins with the second: what it says, and the file.
async fn migrate(
    before: &'static Connector,
    rows: &[Vec<Value<'_>>],
    after: &'static Connector,
) -> (Place, Vec<String>) {
    let place = place();
    let (mut sink, _) = begin(&place.file, before).await.unwrap();
    commit(&mut sink, vec![page(&before.resources[0], 1, rows)], "checkpoint").await.unwrap();
    drop(sink);
    let notes = again(&place, after).await;
    (place, notes)
}

/// Begins a sync, and a second one, which finds nothing left to do: what the first says.
async fn again(place: &Place, connector: &'static Connector) -> Vec<String> {
    let (_, begun) = begin(&place.file, connector).await.unwrap();
    let schema = "SELECT name, sql FROM sqlite_schema ORDER BY name";
    let (version, text) = ("PRAGMA schema_version", lines(&place.sql(), schema));
    let changed = number(&place.sql(), version);
    let (_, second) = begin(&place.file, connector).await.unwrap();
    assert!(second.notes.is_empty(), "{:?}", second.notes);
    assert_eq!(number(&place.sql(), version), changed, "a second begin changes nothing");
    assert_eq!(lines(&place.sql(), schema), text);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    begun.notes
}

fn checkpoint(place: &Place) -> Vec<String> {
    lines(&place.sql(), "SELECT checkpoint FROM _tapwright_checkpoints")
}

#[tokio::test]
async fn what_changed_is_told_in_one_line_of_a_table_and_what_this_sync_mends_is_not_told() {
    let names = ["a", "b", "c", "d"];
    let some = |nullable: bool, of: &[usize]| {
        let columns = of.iter().map(|at| column(names[*at], STRING, nullable));
        [id()].into_iter().chain(columns).collect::<Vec<_>>()
    };
    let rows = [vec![text("1"), text("x"), text("y")]];
    let table =
        |shape, columns| connector("shop", vec![resource("users", row("shop_user", shape, &["id"], None, columns))]);
    for (shape, goes_on, full, of_rows) in [
        // What is read in full has it in all rows when the sync is over,
        (Shape::Entity, false, false, ""),
        (Shape::Entity, true, true, ""),
        // but for events that the source has no more.
        (Shape::Event, false, false, "; null in rows that the source does not have any more"),
        (Shape::Event, true, false, "; null in the rows stored so far: --full reads again what the source still has"),
    ] {
        let (before, after) = (table(shape, some(false, &[0, 1])), table(shape, some(true, &[0, 1, 2, 3])));
        let after = if goes_on { incremental(after) } else { after };
        let place = place();
        let (mut sink, _) = begin(&place.file, before).await.unwrap();
        commit(&mut sink, vec![page(&before.resources[0], 1, &rows)], "checkpoint").await.unwrap();
        drop(sink);
        let mut sink = tapwright_sqlite::Sqlite::open(&place.file).unwrap();
        let begun = sink.begin(tapwright_runtime::Begin { full, ..begin_of(after) }).await.unwrap();
        let added = format!("shop_user: added columns c, d{of_rows}");
        assert_eq!(begun.notes, [added, "shop_user: columns a, b may be null now".to_owned()]);
    }
}

#[tokio::test]
async fn a_new_column_is_null_in_the_rows_so_far() {
    let after = users(vec![id(), column("email", STRING, false), column("name", STRING, true)]);
    let after = incremental(after);
    let (place, notes) = migrate(plain_users(), &[vec![text("a"), text("Ann")]], after).await;
    let note =
        "shop_user: added column email; null in the rows stored so far: --full reads again what the source still has";
    assert_eq!(notes, [note]);
    assert_eq!(checkpoint(&place), ["checkpoint"]);

    let (mut sink, _) = begin(&place.file, after).await.unwrap();
    let rows = [vec![text("b"), text("b@x"), text("Bob")]];
    commit(&mut sink, vec![page(&after.resources[0], 1, &rows)], "2").await.unwrap();
    assert_eq!(lines(&place.sql(), "SELECT id, name, email FROM shop_user ORDER BY 1"), ["a|Ann|~", "b|Bob|b@x"]);
}

#[tokio::test]
async fn a_new_column_of_an_empty_table_is_as_strict_as_the_spec() {
    let after = users(vec![id(), column("email", STRING, false)]);
    let (place, notes) = migrate(plain_users(), &[], after).await;
    assert_eq!(notes[0], "shop_user: added column email");
    let strict = "SELECT name FROM pragma_table_info('shop_user') WHERE \"notnull\" ORDER BY cid";
    assert_eq!(lines(&place.sql(), strict), ["id", "_generation", "email"]);
}

#[tokio::test]
async fn a_column_that_left_the_spec_stays_and_may_be_null() {
    let before = users(vec![id(), column("name", STRING, false), column("email", STRING, true)]);
    let after = users(vec![id()]);
    let (place, notes) = migrate(before, &[vec![text("a"), text("Ann"), text("a@x")]], after).await;
    assert_eq!(notes, ["shop_user: columns name, email are not in the spec any more; kept, with their values"]);

    let (mut sink, _) = begin(&place.file, after).await.unwrap();
    let rows = [vec![text("a")], vec![text("b")]];
    commit(&mut sink, vec![page(&after.resources[0], 1, &rows)], "2").await.unwrap();
    drop(sink);
    let query = "SELECT id, name, email FROM shop_user ORDER BY 1";
    assert_eq!(lines(&place.sql(), query), ["a|Ann|a@x", "b|~|~"]);
    assert_eq!(lines(&place.sql(), "SELECT attributes FROM entities ORDER BY id"), ["{}", "{}"]);

    let back = again(&place, before).await;
    assert_eq!(back, ["shop_user: columns name, email are back, with the values they had"]);
    assert_eq!(lines(&place.sql(), query), ["a|Ann|a@x", "b|~|~"]);
}

#[tokio::test]
async fn null_may_become_allowed() {
    let before = users(vec![id(), column("name", STRING, false)]);
    let (place, notes) = migrate(before, &[vec![text("a"), text("Ann")]], plain_users()).await;
    assert_eq!(notes, ["shop_user: column name may be null now"]);
    let (mut sink, _) = begin(&place.file, plain_users()).await.unwrap();
    let rows = [vec![text("b"), Value::Null]];
    commit(&mut sink, vec![page(&plain_users().resources[0], 1, &rows)], "2").await.unwrap();
    assert_eq!(lines(&place.sql(), "SELECT id, name FROM shop_user ORDER BY 1"), ["a|Ann", "b|~"]);
}

#[tokio::test]
async fn null_that_is_no_longer_allowed_stays_where_it_is() {
    let after = users(vec![id(), column("name", STRING, false)]);
    let (place, notes) = migrate(plain_users(), &[vec![text("a"), Value::Null]], after).await;
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines(&place.sql(), "SELECT id, name FROM shop_user"), ["a|~"]);
}

#[tokio::test]
async fn a_column_of_another_type_is_kept_beside_the_new_one() {
    let before = users(vec![id(), column("size", STRING, false)]);
    let after = users(vec![id(), column("size", Type::Integer, false)]);
    let rows: Vec<Vec<Value<'_>>> =
        [("a", "12"), ("b", "012"), ("c", "9223372036854775808"), ("d", "-7"), ("e", "x"), ("f", "1.0")]
            .map(|(id, size)| vec![text(id), text(size)])
            .to_vec();
    let (place, notes) = migrate(before, &rows, after).await;
    let note = "shop_user: column size is integer now, the values so far are kept in size__was_string; \
                2 of 6 converted exactly";
    assert_eq!(notes, [note]);
    let all = lines(&place.sql(), "SELECT id, size, size__was_string FROM shop_user ORDER BY 1");
    assert_eq!(all, ["a|12|12", "b|~|012", "c|~|9223372036854775808", "d|-7|-7", "e|~|x", "f|~|1.0"]);
    assert_eq!(lines(&place.sql(), "SELECT attributes FROM entities WHERE id = 'a'"), ["{\"size\":12}"]);

    let (mut sink, _) = begin(&place.file, after).await.unwrap();
    let rows = [vec![text("b"), Value::Integer(12)]];
    commit(&mut sink, vec![page(&after.resources[0], 1, &rows)], "2").await.unwrap();
    drop(sink);
    assert_eq!(lines(&place.sql(), "SELECT size, size__was_string FROM shop_user WHERE id = 'b'"), ["12|012"]);

    // There and back again: nothing is overwritten, names are counted on.
    again(&place, before).await;
    again(&place, after).await;
    let columns = lines(&place.sql(), "SELECT name, type FROM pragma_table_info('shop_user') ORDER BY cid");
    let expected = [
        "id|TEXT",
        "size__was_string|TEXT",
        "_generation|INTEGER",
        "size__was_integer|INTEGER",
        "size__was_string_2|TEXT",
        "size|INTEGER",
    ];
    assert_eq!(columns, expected);
    let all = lines(&place.sql(), "SELECT * FROM shop_user WHERE id IN ('a', 'b') ORDER BY id");
    assert_eq!(all, ["a|12|1|12|12|12", "b|012|1|12|12|12"]);
}

#[tokio::test]
async fn values_convert_when_the_new_type_would_have_read_the_same() {
    let integer = |n| Value::Integer(n);
    let number = |n| Value::Number(n);
    let kind = Type::Enum { name: "K", values: &[] };
    let cases: Vec<(Type, Type, Vec<Value<'_>>, Vec<&str>)> = vec![
        (Type::Integer, Type::Number, vec![integer(3), integer(9_007_199_254_740_993)], vec!["3.0", "~"]),
        (Type::Number, Type::Integer, vec![number(3.0), number(3.5), number(1e300)], vec!["3", "~", "~"]),
        (Type::Integer, STRING, vec![integer(-3)], vec!["-3"]),
        (Type::Integer, Type::Decimal, vec![integer(3)], vec!["3"]),
        (Type::Boolean, STRING, vec![Value::Boolean(true), Value::Boolean(false)], vec!["true", "false"]),
        (STRING, Type::Boolean, vec![text("true"), text("false"), text("1")], vec!["1", "0", "~"]),
        (
            STRING,
            Type::Number,
            vec![text("0.1"), text("1e3"), text("0x10"), text("0.12345678901234567")],
            vec!["0.1", "1000.0", "~", "~"],
        ),
        (STRING, Type::Decimal, vec![text("1.10"), text("ten"), text("\"1\"")], vec!["1.10", "~", "~"]),
        (STRING, Type::Json, vec![text("a\"b"), text("1")], vec!["\"a\\\"b\"", "\"1\""]),
        (Type::Json, STRING, vec![text("\"a\\\"b\""), text("{}"), text("1")], vec!["a\"b", "~", "~"]),
        (
            STRING,
            Type::Date,
            vec![text("2026-02-28"), text("2026-02-30"), text("28.2.2026")],
            vec!["2026-02-28", "~", "~"],
        ),
        (
            STRING,
            MOMENT,
            vec![
                text("2026-01-15T12:00:00.123Z"),
                text("1969-12-31T23:59:59Z"),
                text("2026-02-30T00:00:00Z"),
                text("2026-01-15T12:00:00+02:00"),
                text("2026-01-15T12:00:00.1239Z"),
            ],
            vec!["1768478400123", "-1000", "~", "~", "~"],
        ),
        (Type::Number, STRING, vec![number(0.1)], vec!["~"]),
        (MOMENT, STRING, vec![moment(1)], vec!["~"]),
        (Type::List, STRING, vec![text("[\"a\"]")], vec!["~"]),
        (kind, Type::Integer, vec![text("5")], vec!["5"]),
    ];
    for (from, to, values, expected) in cases {
        let before = users(vec![id(), column("v", from, true)]);
        let after = users(vec![id(), column("v", to, true)]);
        let ids: Vec<String> = (0..values.len()).map(|at| at.to_string()).collect();
        let rows: Vec<_> = values.iter().zip(&ids).map(|(value, id)| vec![text(id), *value]).collect();
        let (place, notes) = migrate(before, &rows, after).await;
        assert_eq!(
            lines(&place.sql(), "SELECT v FROM shop_user ORDER BY id"),
            expected,
            "{from:?} to {to:?}: {notes:?}"
        );
        let kept = lines(&place.sql(), "SELECT name FROM pragma_table_info('shop_user') WHERE name LIKE 'v__was%'");
        assert_eq!(kept.len(), 1, "{from:?} to {to:?}");
        let kept = format!("SELECT count({}) FROM shop_user", kept[0]);
        assert_eq!(support::number(&place.sql(), &kept), values.len() as i64);
    }
}

#[tokio::test]
async fn types_whose_values_are_the_same_change_in_place() {
    let kind = Type::Enum { name: "K", values: &["x"] };
    for (from, to) in
        [(STRING, kind), (kind, STRING), (Type::Decimal, STRING), (Type::Date, STRING), (Type::List, Type::Json)]
    {
        let before = users(vec![id(), column("v", from, true)]);
        let after = users(vec![id(), column("v", to, true)]);
        let (place, notes) = migrate(before, &[vec![text("a"), text("[\"x\"]")]], after).await;
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(lines(&place.sql(), "SELECT id, v FROM shop_user"), ["a|[\"x\"]"]);
    }
    let seconds = Type::Timestamp(tapwright_runtime::plan::TimeFormat::UnixSeconds);
    let before = users(vec![id(), column("v", MOMENT, true)]);
    let (place, notes) =
        migrate(before, &[vec![text("a"), moment(5)]], users(vec![id(), column("v", seconds, true)])).await;
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines(&place.sql(), "SELECT v FROM shop_user"), ["5"]);
}

#[tokio::test]
async fn another_key_makes_another_table_and_reads_from_the_start() {
    let columns = || vec![id(), column("team", STRING, false)];
    let by = |key: &[&str]| {
        connector("shop", vec![resource("users", row("shop_user", Shape::Entity, key, None, columns()))])
    };
    let rows = [vec![text("a"), text("x")], vec![text("b"), text("y")]];
    let (place, notes) = migrate(by(&["id"]), &rows, by(&["team", "id"])).await;
    let note = "shop_user: the key is team, id now; the rows so far are kept in shop_user__was_keyed_by_id, \
                and a new table is read from the start";
    assert_eq!(notes, [note]);
    assert_eq!(lines(&place.sql(), "SELECT id, team FROM shop_user__was_keyed_by_id ORDER BY 1"), ["a|x", "b|y"]);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_user"), 0);
    assert!(checkpoint(&place).is_empty());
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM entities"), 0);

    place.sql().execute_batch("CREATE VIEW my_view AS SELECT count(*) AS n FROM shop_user").unwrap();
    let shop = by(&["team", "id"]);
    let (mut sink, _) = begin(&place.file, shop).await.unwrap();
    commit(&mut sink, vec![page(&shop.resources[0], 1, &rows)], "2").await.unwrap();
    drop(sink);
    // Twice more: the names do not collide, and all are kept.
    again(&place, by(&["id"])).await;
    again(&place, by(&["team", "id"])).await;
    let tables =
        lines(&place.sql(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'shop%' ORDER BY 1");
    let expected =
        ["shop_user", "shop_user__was_keyed_by_id", "shop_user__was_keyed_by_id_2", "shop_user__was_keyed_by_team_id"];
    assert_eq!(tables, expected);
    assert_eq!(number(&place.sql(), "SELECT n FROM my_view"), 0, "a user's view shows the table of that name");
}

#[tokio::test]
async fn a_key_of_another_type_is_another_key() {
    let before = users(vec![id()]);
    let after = users(vec![column("id", Type::Integer, false)]);
    let (place, notes) = migrate(before, &[vec![text("a")]], after).await;
    assert!(notes[0].contains("kept in shop_user__was_keyed_by_id"), "{notes:?}");
    assert_eq!(lines(&place.sql(), "SELECT id FROM shop_user__was_keyed_by_id"), ["a"]);
    assert!(checkpoint(&place).is_empty());
}

#[tokio::test]
async fn a_name_may_change_its_case() {
    let after = users(vec![id(), column("Name", STRING, true)]);
    let (place, notes) = migrate(plain_users(), &[vec![text("a"), text("Ann")]], after).await;
    assert_eq!(notes, ["shop_user: renamed column name to Name"]);
    assert_eq!(lines(&place.sql(), "SELECT attributes FROM entities"), ["{\"Name\":\"Ann\"}"]);
}

#[tokio::test]
async fn a_resource_with_another_row_type_leaves_its_table() {
    let named = |name| connector("shop", vec![resource("users", row(name, Shape::Entity, &["id"], None, vec![id()]))]);
    let (place, notes) = migrate(named("shop_user"), &[vec![text("a")]], named("shop_person")).await;
    assert_eq!(notes, ["users: writes shop_person now, from the start; shop_user is kept as it was"]);
    assert_eq!(lines(&place.sql(), "SELECT id FROM shop_user"), ["a"]);
    assert!(checkpoint(&place).is_empty(), "or the new table would miss what the old one has");
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM entities"), 0);

    let (mut sink, begun) = begin(&place.file, named("shop_user")).await.unwrap();
    assert!(begun.notes[1].contains("read from the start"), "{:?}", begun.notes);
    let shop = named("shop_user");
    let swept = sweep(&mut sink, &shop.resources[0], 1).await.unwrap();
    assert_eq!(swept.deleted, [1], "the generation that begins anew does not take old rows for its own");
}

#[tokio::test]
async fn a_renamed_resource_takes_its_table_over() {
    let named =
        |name| connector("shop", vec![resource(name, row("shop_user", Shape::Entity, &["id"], None, vec![id()]))]);
    let (place, notes) = migrate(named("users"), &[vec![text("a")]], named("people")).await;
    assert_eq!(notes, ["shop_user: written by people now, by users before; read from the start"]);
    assert_eq!(lines(&place.sql(), "SELECT id, _generation FROM shop_user"), ["a|-1"]);

    let (_, begun) = begin(&place.file, named("users")).await.unwrap();
    assert_eq!(begun.checkpoints, [None], "the checkpoint it once had says nothing of what people wrote");
}

#[tokio::test]
async fn a_table_that_was_dropped_by_hand_is_read_again() {
    let place = place();
    let (mut sink, _) = begin(&place.file, plain_users()).await.unwrap();
    commit(&mut sink, vec![page(&plain_users().resources[0], 1, &[vec![text("a")]])], "1").await.unwrap();
    drop(sink);
    place.sql().execute_batch("DROP TABLE shop_user").unwrap();
    let notes = again(&place, plain_users()).await;
    assert_eq!(notes, ["shop_user: the table was gone; made it anew, and read from the start"]);
    assert!(checkpoint(&place).is_empty());
}

#[tokio::test]
async fn what_a_user_added_stays() {
    let place = place();
    let (mut sink, _) = begin(&place.file, plain_users()).await.unwrap();
    commit(&mut sink, vec![page(&plain_users().resources[0], 1, &[vec![text("a"), text("Ann")]])], "1").await.unwrap();
    drop(sink);
    place
        .sql()
        .execute_batch(
            "CREATE INDEX mine ON shop_user (name); CREATE VIEW my_view AS SELECT id, name FROM shop_user;
             ALTER TABLE shop_user ADD COLUMN remark TEXT; UPDATE shop_user SET remark = 'vip';",
        )
        .unwrap();
    let after = users(vec![id(), column("email", STRING, true), column("name", STRING, true)]);
    again(&place, after).await;
    let sql = place.sql();
    assert_eq!(lines(&sql, "SELECT id, name, remark FROM shop_user"), ["a|Ann|vip"]);
    assert_eq!(lines(&sql, "SELECT * FROM my_view"), ["a|Ann"]);
    assert_eq!(number(&sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'mine'"), 1);

    let clash = users(vec![id(), column("remark", STRING, true), column("name", STRING, true)]);
    let error = begin(&place.file, clash).await.unwrap_err();
    assert_eq!(error.message(), "the column `remark` of `shop_user` was not made by Tapwright");
}

#[tokio::test]
async fn a_table_has_one_writer() {
    let shop = plain_users();
    let place = place();
    begin(&place.file, shop).await.unwrap();
    let other = connector("other", vec![resource("users", shop.resources[0].row)]);
    let error = begin(&place.file, other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert_eq!(error.message(), "the table `shop_user` belongs to the connector shop");
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM _tapwright_leases WHERE connector = 'other'"), 0);

    let twice = connector("shop", vec![shop.resources[0], resource("more", shop.resources[0].row)]);
    let error = begin(&place.file, twice).await.unwrap_err();
    assert_eq!(error.message(), "two resources write the table `shop_user`");
    let mut sink = tapwright_sqlite::Sqlite::open(&place.file).unwrap();
    let only = tapwright_runtime::Begin { resources: vec![&twice.resources[1]], ..begin_of(twice) };
    let error = sink.begin(only).await.unwrap_err();
    assert_eq!(error.message(), "the table `shop_user` is written by the resource users");
}

#[tokio::test]
async fn names_that_are_taken_are_refused() {
    for name in ["events", "Entities", "_tapwright_rows", "sqlite_x"] {
        let shop = connector("shop", vec![resource("r", row(name, Shape::Entity, &["id"], None, vec![id()]))]);
        let place = place();
        let error = begin(&place.file, shop).await.unwrap_err();
        assert_eq!(error.message(), format!("the table name `{name}` is reserved"));
        assert!(place.files().is_empty());
    }
    for columns in [vec![id(), column("ID", STRING, true)], vec![id(), column("_generation", STRING, true)]] {
        let error = begin(&place().file, users(columns)).await.unwrap_err();
        assert!(error.message().contains("cannot have another column"), "{error}");
    }
    let keyless = connector("shop", vec![resource("r", row("shop_r", Shape::Entity, &[], None, vec![id()]))]);
    assert!(begin(&place().file, keyless).await.unwrap_err().message().contains("has no key"));
}

/// The commands that `docs/DELIVERY.md` shows.
#[tokio::test]
async fn what_a_changed_spec_leaves_behind_is_in_no_view_and_can_be_dropped() {
    let sized = |ty, key: &[&str]| {
        let columns = vec![id(), column("team", STRING, false), column("size", ty, true)];
        connector("shop", vec![resource("users", row("shop_user", Shape::Entity, key, None, columns))])
    };
    let (before, retyped) = (sized(STRING, &["id"]), sized(Type::Integer, &["id"]));
    let (place, _) = migrate(before, &[vec![text("a"), text("x"), text("1")]], retyped).await;
    again(&place, sized(Type::Integer, &["team"])).await;
    let behind = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%\\_\\_was\\_%' ESCAPE '\\'";
    assert_eq!(lines(&place.sql(), behind), ["shop_user__was_keyed_by_id"]);
    assert_eq!(lines(&place.sql(), "SELECT id FROM entities"), [""; 0]);
    place.sql().execute_batch("DROP TABLE shop_user__was_keyed_by_id").unwrap();
    assert!(again(&place, sized(Type::Integer, &["team"])).await.is_empty(), "it is not missed");

    let (place, _) = migrate(before, &[vec![text("a"), text("x"), text("1")]], retyped).await;
    assert_eq!(lines(&place.sql(), "SELECT attributes FROM entities"), ["{\"team\":\"x\",\"size\":1}"]);
    place.sql().execute_batch("ALTER TABLE shop_user DROP COLUMN size__was_string").unwrap();
    assert!(again(&place, retyped).await.is_empty(), "it is not missed");
    assert_eq!(lines(&place.sql(), "SELECT * FROM shop_user"), ["a|x|1|1"]);
}
