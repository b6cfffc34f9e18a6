//! What is part of a metric waits beside its table until the part is whole, and takes the place of that part alone.

#![allow(clippy::indexing_slicing, reason = "a test may")]

mod support;

use support::{begin, column, connector, moment, number, resource, row, text};
use tapwright_runtime::plan::{Connector, Series, Shape, Span, Type};
use tapwright_runtime::{Commit, Extent, Replacement, Sink, Stage, Value, Write};

const START: Type = support::MOMENT;

fn plan(shape: Shape) -> &'static Connector {
    let columns = vec![
        column("id", Type::String, false),
        column("start_at", START, false),
        column("host", Type::String, false),
        column("load", Type::Integer, false),
    ];
    connector("shop", vec![resource("loads", row("shop_load", shape, &["id"], Some("start_at"), columns))])
}

fn metric() -> &'static Connector {
    plan(Shape::Metric(Series {
        told_by: &[1, 2],
        dimensions: &[2],
        values: &[3],
        end: None,
        period: Some(Span { millis: 10 }),
        parent: Some(2),
    }))
}

fn part(from: i64, to: i64, parent: Option<&str>) -> Extent {
    Extent { from: Some(from), to: Some(to), parent: parent.map(str::to_owned) }
}

fn page(
    plan: &'static Connector,
    generation: i64,
    extent: Extent,
    first: bool,
    rows: &[(i64, &'static str, i64)],
) -> Write {
    let names: Vec<String> = rows.iter().map(|(at, host, _)| format!("{at}/{host}")).collect();
    let rows: Vec<Vec<Value<'_>>> = rows
        .iter()
        .zip(&names)
        .map(|((at, host, load), id)| vec![text(id), moment(*at), text(host), Value::Integer(*load)])
        .collect();
    Write { stage: Some(Stage { extent, first }), ..support::page(&plan.resources[0], generation, &rows) }
}

fn whole(plan: &'static Connector, generation: i64, since: i64, extent: Extent) -> Commit {
    let replacements = vec![Replacement { resource: &plan.resources[0], generation, since, extent }];
    Commit { replacements, ..Commit::default() }
}

#[tokio::test]
async fn a_part_is_replaced_when_it_is_whole_and_nothing_beside_it() {
    let place = support::place();
    let plan = metric();
    let (mut sink, _) = begin(&place.file, plan).await.unwrap();
    let all = Extent::default();
    let rows = [(0, "a", 1), (10, "a", 1), (20, "a", 1), (10, "b", 1)];
    let writes = vec![page(plan, 1, all.clone(), true, &rows)];
    sink.commit(Commit { writes, ..whole(plan, 1, 1, all) }).await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_load"), 4);

    // The part from 10 of `a` alone, in two pages, without what there was at 20.
    let a = || part(10, 30, Some("a"));
    let write = |first, rows| Commit { writes: vec![page(plan, 2, a(), first, rows)], ..Commit::default() };
    sink.commit(write(true, &[(10, "a", 7)])).await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT sum(load) FROM shop_load"), 4, "nobody sees it yet");
    // It is begun anew: what was kept of it is dropped.
    sink.commit(write(true, &[(25, "a", 9)])).await.unwrap();
    let committed = sink.commit(whole(plan, 2, 2, a())).await.unwrap();
    assert_eq!(committed.replaced, [2]);
    let left = support::lines(&place.sql(), "SELECT id, load FROM shop_load ORDER BY 1");
    assert_eq!(left, ["0/a|1", "10/b|1", "25/a|9"]);

    // Where one may be missed, a row stays that the refresh before has met.
    sink.commit(Commit { writes: vec![page(plan, 3, a(), true, &[])], ..Commit::default() }).await.unwrap();
    assert_eq!(sink.commit(whole(plan, 3, 2, a())).await.unwrap().replaced, [0]);
    assert_eq!(sink.commit(whole(plan, 4, 3, a())).await.unwrap().replaced, [1]);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_load"), 2);
}

#[tokio::test]
async fn what_becomes_a_metric_is_kept_as_it_was() {
    let place = support::place();
    let before = plan(Shape::Entity);
    let (mut sink, _) = begin(&place.file, before).await.unwrap();
    let rows = [vec![text("1"), moment(1), text("a"), Value::Integer(1)]];
    support::commit(&mut sink, vec![support::page(&before.resources[0], 1, &rows)], "1").await.unwrap();
    drop(sink);
    let (sink, begun) = begin(&place.file, metric()).await.unwrap();
    let note = "shop_load: it is of the shape metric now; the rows so far are kept in shop_load__was_entity, and a new \
                table is read from the start";
    assert_eq!(begun.notes, [note]);
    assert_eq!(begun.checkpoints, [None]);
    drop(sink);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_load__was_entity"), 1);
    assert_eq!(number(&place.sql(), "SELECT count(*) FROM shop_load"), 0);
    // And back.
    let (sink, begun) = begin(&place.file, plan(Shape::Entity)).await.unwrap();
    assert!(begun.notes[0].contains("kept in shop_load__was_metric"), "{:?}", begun.notes);
    drop(sink);
    let staged = "SELECT count(*) FROM sqlite_schema WHERE name LIKE '_tapwright_staged%' AND type = 'table'";
    assert_eq!(number(&place.sql(), staged), 0);
}
