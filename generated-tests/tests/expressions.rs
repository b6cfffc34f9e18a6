//! Expressions over the wire: a spec that says all that they can, served by a sandbox that works them out by itself.

use std::sync::atomic::{AtomicU32, Ordering};

use tapwright_generated_tests::{Lab, SPECS, Scripted, json, model};
use tapwright_runtime::Status;

fn spec() -> &'static str {
    SPECS.iter().find(|(name, _)| *name == "expressions").expect("it is there").1
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_expressions_say_is_served_and_read() {
    let lab = Lab::of(&model(spec()), |sandbox| sandbox.records("orders", 400)).await;
    let report = lab.sync().await;
    let orders = &report.resources[0];
    assert_eq!((report.status, orders.quarantined), (Status::Complete, 0), "{report:#?}");
    // The filter has something to keep and something to leave out.
    let rows = lab.number("select count(*) from expressions_order");
    assert!((20..380).contains(&rows), "{rows} of 400 pass");
    let none = |what: &str| {
        let count = lab.number(&format!("select count(*) from expressions_order where not ({what})"));
        assert_eq!(count, 0, "{what}");
    };
    none("amount > 5");
    none("cast(round(amount) as integer) = euros");
    none("-less - 1 = cast(round(amount * 100) as integer)");
    none("rest = (-less - 1) % 100");
    none("due % 86400000 = 0");
    none("day = date(due / 1000, 'unixepoch', '-30 days')");
    none("length(tail) = 4 and substr(id, -4) = tail");
    none(
        "abs(total - (select coalesce(sum(json_extract(value, '$.price') * json_extract(value, '$.count')), 0) from json_each(lines))) < 0.001",
    );
    none("json_array_length(dear) = (select count(*) from json_each(lines) where json_extract(value, '$.price') > 10)");
    none("labels is null or labels like 'colour=%' or labels like 'size=%'");
    assert!(lab.number("select count(distinct labels) from expressions_order") > 0);
    let link: String =
        lab.store().query_row("select link from expressions_order limit 1", [], |row| row.get(0)).unwrap();
    assert!(link.starts_with("https://example.com/?q="), "{link}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_as_declared_is_set_aside_and_never_left_out() {
    let server = Scripted::start(|_, stream| {
        let order = |id: u32, with: &str| {
            let base = r#""cents":1250,"made_at":1768478400,"changed":"2026-01-15 12:30:00","labels":{},"lines":[]"#;
            format!(r#"{{"id":"order_{id}",{base},"tags":["paid"]{with}}}"#)
        };
        let records = [
            order(1, ""),
            order(2, r#","tags":{"paid":true}"#),
            order(3, r#","lines":"none""#),
            order(4, r#","cents":9223372036854775807,"less":0"#),
            order(5, r#","lines":[{"price":"dear","count":1}]"#),
            order(6, r#","tags":["open"]"#),
            order(7, r#","tags":null"#),
            order(8, r#","cents":100"#),
            order(9, r#","labels":["red"]"#),
        ];
        json(stream, &format!(r#"{{"data":[{}],"pages":1,"number":1}}"#, records.join(",")))
    });
    let mut lab = Lab::of(&model(spec()), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    let report = lab.sync().await;
    // What `where` is not true of, be it since a number is beyond all bounds, is left out.
    assert_eq!((report.resources[0].rows, report.resources[0].quarantined), (1, 4), "{report:#?}");
    let reasons: Vec<String> = {
        let store = lab.store();
        let mut query = store.prepare("select reason from _tapwright_quarantine order by reason").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(
        reasons,
        [
            "`labels` is an array, where text was expected",
            "`total` is text, where a number was expected",
            "`total` is text, where a number was expected",
            "what `where` looks at is an object",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_looks_into_the_items_of_an_answer() {
    let count = AtomicU32::new(0);
    let server = Scripted::start(move |_, stream| match count.fetch_add(1, Ordering::Relaxed) {
        0 => json(stream, r#"{"errors":[{"code":"slow"},{"code":"busy"}],"data":[],"pages":1,"number":1}"#),
        _ => json(stream, r#"{"data":[],"pages":1,"number":1}"#),
    });
    let mut lab = Lab::of(&model(spec()), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    let report = lab.sync().await;
    assert_eq!((report.status, report.retries), (Status::Complete, 1), "{report:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn some_records_pass_a_filter_whatever_it_asks_for_and_some_do_not() {
    for condition in [
        "cents / 100 > 5000",
        "cents - 7 == 80000 or cents == 3",
        "any(tags, tag => tag == \"settled\")",
        "contains(tags[], \"settled\")",
        "max(lines[].price) > 900",
        "any(lines, line => line.price * 2 == 1000 and line.item matches \"book-*\")",
        "let dear = filter(lines, line => line.price > 900) in length(dear) > 0",
        "upper(first(tags[]) ?? \"\") == \"SETTLED\"",
        "id != \"\" and labels.colour in [\"blue\"]",
    ] {
        let all = spec().replace("cents / 100 > 5 and any(tags, tag => tag == \"paid\")", condition);
        let lab = Lab::of(&model(&all), |sandbox| sandbox.records("orders", 200)).await;
        let report = lab.sync().await;
        assert_eq!((report.status, report.resources[0].quarantined), (Status::Complete, 0), "{condition}: {report:#?}");
        let rows = lab.number("select count(*) from expressions_order");
        assert!((5..195).contains(&rows), "{rows} of 200 pass {condition}");
    }
}
