//! Records that stand in no list of their own: within the items of another, under keys, alone, apart in lists of values.

use tapwright_generated_tests::{Lab, Scripted, json, model};
use tapwright_runtime::{ErrorKind, Report, Status};
use tapwright_sandbox::Sandbox;

const SPEC: &str = include_str!("../specs/nested.yaml");

async fn lab() -> Lab {
    let counted = |sandbox: Sandbox| {
        let names = ["changes", "labels", "rates", "members", "tags", "visits"];
        names.iter().fold(sandbox, |sandbox, name| sandbox.records(name, 30))
    };
    Lab::of(&model(SPEC), counted).await
}

/// A lab against a server with these answers, by path and query, which reads one resource.
async fn scripted(resource: &str, answer: impl Fn(&str) -> String + Send + Sync + 'static) -> (Lab, Scripted) {
    let server = Scripted::start(move |heard, stream| json(stream, &answer(&heard.target)));
    let mut lab = lab().await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec![resource.to_owned()]);
    (lab, server)
}

fn rows(lab: &Lab, query: &str) -> Vec<String> {
    let store = lab.store();
    let mut statement = store.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[track_caller]
fn complete(report: &Report) {
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.resources.iter().all(|resource| resource.quarantined == 0), "{report:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_serves_each_and_each_is_read_once() {
    let lab = lab().await;
    for _ in 0..2 {
        complete(&lab.sync().await);
        let counts = [("change", 30), ("label", 30), ("rate", 30), ("member", 30), ("tag", 30), ("visit", 30)];
        for (table, count) in counts.into_iter().chain([("account", 1), ("profile", 1)]) {
            assert_eq!(lab.number(&format!("select count(*) from nested_{table}")), count, "{table}");
        }
    }
    assert_eq!(
        lab.number("select count(*) from nested_change where issue || '/' || substr(id, instr(id, '/') + 1) = id"),
        30
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_of_the_outer_list_and_an_item_may_hold_none_or_many() {
    // A page of items without a record is not the end, and two of them are not the same page.
    let (lab, server) = scripted("changes", |target| {
        let issue = |key: &str, histories: &str| {
            format!(r#"{{"changelog":{histories},"key":"{key}","fields":{{"project":"p"}},"other":[{{"id":"x"}}]}}"#)
        };
        let start = target.split("start=").nth(1).and_then(|rest| rest.split('&').next()).unwrap_or("0");
        let issues = match start {
            "0" => vec![issue("A-1", r#"{"histories":[{"id":"1"},{"id":"2","author":"Ada"}]}"#), issue("A-2", "{}")],
            "2" => vec![issue("A-3", r#"{"histories":[]}"#), issue("A-4", r#"{"histories":null}"#)],
            "4" => vec![issue("A-5", "null"), issue("A-6", r#"{"histories":[]}"#)],
            _ => vec![issue("A-7", r#"{"histories":[{"id":"1"}]}"#)],
        };
        format!(r#"{{"total":7,"issues":[{}]}}"#, issues.join(","))
    })
    .await;
    complete(&lab.sync().await);
    assert_eq!(server.heard().len(), 4, "{:?}", server.heard());
    let found = rows(
        &lab,
        "select id || ' ' || issue || ' ' || project || ' ' || ifnull(author, '-') from nested_change order by 1",
    );
    assert_eq!(found, ["A-1/1 A-1 p -", "A-1/2 A-1 p Ada", "A-7/1 A-7 p -"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn above_is_the_item_that_the_record_stands_in() {
    let (lab, _server) = scripted("labels", |target| {
        let page = r#"{"boards":[{"name":"b","columns":[{"name":"todo","labels":[{"id":"1"},{"id":"2"}]},
                      {"labels":[{"id":"3"}],"name":"done"},{"name":"none"}]},{"name":"c","columns":[]}]}"#;
        if target.contains("page=1") { page.to_owned() } else { r#"{"boards":[]}"#.to_owned() }
    })
    .await;
    complete(&lab.sync().await);
    assert_eq!(rows(&lab, "select id || column from nested_label order by 1"), ["1todo", "2todo", "3done"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn values_stand_under_their_keys_and_zipped_lists_belong_together() {
    let rates = r#"{"rates":{"CHF":1.5,"b\"c":2,"CHF":1.25}}"#;
    let (lab, _server) = scripted("rates", move |_| rates.to_owned()).await;
    complete(&lab.sync().await);
    assert_eq!(rows(&lab, "select id || ' ' || rate from nested_rate order by 1"), ["CHF 1.25", "b\"c 2.0"]);

    let visits = r#"{"series":{"values":[3,4],"labels":["mon","tue"]},"kinds":[null,"web"]}"#;
    let (lab, _server) = scripted("visits", move |_| visits.to_owned()).await;
    complete(&lab.sync().await);
    let found = rows(&lab, "select id || count || ifnull(kind, '-') from nested_visit order by 1");
    assert_eq!(found, ["mon3-", "tue4web"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_an_error_and_what_cannot_be_mapped_is_set_aside() {
    for (resource, body) in [
        ("visits", r#"{"series":{"values":[3,4],"labels":["mon"]},"kinds":[null,"web"]}"#),
        ("visits", r#"{"series":{"values":[3]},"kinds":["web"]}"#),
        ("changes", r#"{"total":1}"#),
        ("rates", r#"{"rates":[1,2]}"#),
        ("members", "[]"),
        ("profile", r#"{"data":{}}"#),
        ("account", "nonsense"),
        ("account", r#"{"id":"a","name":"b"} more"#),
    ] {
        let (lab, _server) = scripted(resource, move |_| body.to_owned()).await;
        let report = lab.sync().await;
        let error = report.resources[0].error.as_ref().unwrap_or_else(|| panic!("{resource} {body}: {report:#?}"));
        assert_eq!((report.status, error.kind()), (Status::Failed, ErrorKind::Body), "{resource} {body}");
    }
    let (lab, _server) = scripted("rates", |_| r#"{"rates":{"CHF":1.5,"EUR":"much"}}"#.to_owned()).await;
    let report = lab.sync().await;
    assert_eq!((report.resources[0].quarantined, report.resources[0].rows), (1, 1), "{report:#?}");
    assert_eq!(rows(&lab, "select record from _tapwright_quarantine"), ["\"much\""]);
    // None is there.
    let (lab, _server) = scripted("profile", |_| r#"{"data":{"profile":null}}"#.to_owned()).await;
    complete(&lab.sync().await);
    assert_eq!(lab.number("select count(*) from nested_profile"), 0);
}
