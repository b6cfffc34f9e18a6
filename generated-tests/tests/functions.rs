//! Every function, on values that are there and on ones that are not.

use tapwright_generated_tests::{Lab, Scripted, json, model};
use tapwright_runtime::Status;

const CASES: &[(&str, &str, &str)] = &[
    ("concat(text, \"-x\")", "string?", "a,b-x"),
    ("concat(none, \"-x\")", "string?", "null"),
    ("contains(text, \",\")", "boolean?", "1"),
    ("contains(none, \",\")", "boolean?", "null"),
    ("starts_with(text, \"a\")", "boolean?", "1"),
    ("ends_with(text, \"a\")", "boolean?", "0"),
    ("split(text, \",\")", "list of string", "[\"a\",\"b\"]"),
    ("split(text, \"\") | join(\"+\")", "string?", "a,b"),
    ("split(text, \",\") | last()", "string?", "b"),
    ("last(items[].name)", "string?", "two"),
    ("first(items[].name)", "string?", "one"),
    ("join(items[].name, \" \")", "string?", "one two"),
    ("length(items[].name)", "integer?", "3"),
    ("length(text)", "integer?", "3"),
    ("integer(digits)", "integer?", "42"),
    ("integer(text)", "integer?", "null"),
    ("number(digits)", "number?", "42.0"),
    ("text(amount)", "string?", "0.10"),
    ("upper(text) | lower() | trim()", "string?", "a,b"),
    ("replace(text, \",\", \";\")", "string?", "a;b"),
    ("capture(text, \"^(.),\")", "string?", "a"),
    // The same value is a decimal elsewhere, whose digits are kept: as an operand it is a number.
    ("amount > 0", "boolean?", "1"),
    ("if amount == 0.1 then \"a tenth\" else \"other\"", "string?", "a tenth"),
    ("if digits == \"42\" then amount else null", "decimal?", "0.10"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_function_gives_what_it_says() {
    let mut spec = String::from(
        r#"
tapwright: 1
connector: functions
description: Functions.
config: { key: { type: secret, description: The key. } }
api: { base_url: https://api.example.com, auth: { bearer: "{config.key}" } }
resources:
  things:
    description: Things.
    get: /things
    paging: none
    records: data
    where: amount > 0
    entity: functions_thing
    key: [id, amount]
    fields:
      amount: decimal
"#,
    );
    for (at, (from, ty, _)) in CASES.iter().enumerate() {
        spec.push_str(&format!("      f{at}: {{ type: {ty}, from: '{from}' }}\n"));
    }
    let server = Scripted::start(|_, stream| {
        json(
            stream,
            r#"{"data":[{"id":7,"text":"a,b","digits":"42","amount":0.10,"none":null,
                "items":[{"name":"one"},{"name":"two"},{"name":null}]}]}"#,
        )
    });
    let mut lab = Lab::of(&model(&spec), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].rows), (Status::Complete, 1), "{report:#?}");
    let get = |column: &str| -> String {
        let query = format!(
            "select case when {column} is null then 'null' else cast({column} as text) end from functions_thing"
        );
        lab.store().query_row(&query, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(get("id"), "7/0.10");
    for (at, (from, _, expected)) in CASES.iter().enumerate() {
        assert_eq!(get(&format!("f{at}")), *expected, "{from}");
    }
}
