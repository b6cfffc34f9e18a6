//! What is written is read back the same, whatever it is, by the reader of specs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use proptest::prelude::*;
use tapwright_authoring::yaml::{Map, Value, visible, write};
use tapwright_spec::model::Json;
use tapwright_spec::{Source, check, holds_credential};

/// A spec with a value as its example, written and read.
fn read_back(value: &Value, questions: &[String]) -> (String, Json) {
    let mut example = Map::open();
    example.put("id", "a");
    example.ask("value", value.clone(), questions.to_vec());
    let mut resource = Map::open();
    resource.put("description", "Things.");
    resource.put("get", "/things");
    resource.put("paging", "none");
    resource.put("records", "$");
    resource.put("entity", "acme_thing");
    resource.put("key", "id");
    resource.put("fields", [("value", Value::from([("type", "json?".into()), ("from", "value".into())]))]);
    resource.put("example", example);
    let mut resources = Map::open();
    resources.put("things", resource);
    let mut config = Map::open();
    config.put("key", [("type", "secret".into()), ("description", "A key.".into())]);
    let mut top = Map::open();
    top.put("tapwright", 1);
    top.put("connector", "acme");
    top.put("description", "Things.");
    top.put("config", config);
    top.put("api", [("base_url", "https://acme.example".into()), ("auth", [("bearer", "{config.key}".into())].into())]);
    top.put("resources", resources);
    let written = write(&top);
    let checked = check(&Source::new("connector.yaml", written.text.as_str()));
    let Some(model) = checked.model else { panic!("{}\n{:#?}", written.text, checked.diagnostics) };
    for (line, question) in &written.questions {
        let at = written.text.lines().nth(line - 1).unwrap().trim();
        let first = question.split_whitespace().next().unwrap_or_default();
        assert!(at.starts_with(&format!("# ? {first}").trim_end().to_owned()), "{at} for {question}");
    }
    let Some(Json::Object(members)) = model.resources.into_iter().next().unwrap().example else { panic!() };
    let json = members.into_iter().find(|(key, _)| key == "value").unwrap().1;
    (written.text, json)
}

fn is_same(value: &Value, json: &Json) -> bool {
    match (value, json) {
        (Value::Text(text), Json::Text(read)) => text == read,
        (Value::Word(word), Json::Null) => word == "null",
        (Value::Word(word), Json::Bool(read)) => *word == read.to_string(),
        (Value::Word(word), Json::Integer(read)) => *word == read.to_string(),
        (Value::Word(word), Json::Number(read)) => word.parse() == Ok(*read),
        (Value::List(items), Json::Array(read)) => {
            items.len() == read.len() && items.iter().zip(read).all(|(one, other)| is_same(one, other))
        }
        (Value::Map(map), Json::Object(read)) => {
            let same = |(entry, (key, value)): (&tapwright_authoring::yaml::Entry, &(String, Json))| {
                entry.key == *key && is_same(&entry.value, value)
            };
            map.entries.len() == read.len() && map.entries.iter().zip(read).all(same)
        }
        _ => false,
    }
}

fn texts() -> impl Strategy<Value = String> {
    let odd = "[-a-z0-9 :#,\\[\\]{}\"'\\\\|>&*!%@`?~.=/\n\t\u{a0}\u{2028}é日]{0,12}";
    let long = proptest::collection::vec("[a-z#:'\"\\\\,.]{1,14}", 1..40).prop_map(|words| words.join(" "));
    let words = proptest::sample::select(vec![
        "null",
        "~",
        "true",
        "False",
        "no",
        "on",
        "1",
        "-1",
        "0x1F",
        "1e3",
        ".inf",
        "2026-01-15",
        "1:30",
        "---",
        "- a",
        "? a",
        "a: b",
        "a #b",
        "a:",
        "",
        " ",
        "=",
        "<<",
        "{config.key}",
        "@odata.nextLink",
        "https://a.b/c?d=e",
    ]);
    prop_oneof![4 => odd, 2 => long, 2 => words.prop_map(str::to_owned), 1 => any::<String>()]
        .prop_map(|text| visible(&text))
        .prop_filter("no credential", |text| !holds_credential(text))
}

fn values() -> impl Strategy<Value = Value> {
    let words = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        proptest::sample::select(vec!["null", "true", "false", "1.5", "1e300"]).prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![3 => texts().prop_map(Value::Text), 1 => words.prop_map(Value::Word)];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let maps = proptest::collection::vec((texts(), inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::List),
            (maps, any::<bool>()).prop_map(|(entries, open)| {
                let mut map = Map { entries: Vec::new(), open };
                for (key, value) in entries {
                    if !map.entries.iter().any(|entry| entry.key == key) {
                        map.put(&key, value);
                    }
                }
                Value::Map(map)
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(value in values(), question in proptest::option::of("[a-z `:]{0,300}")) {
        let questions: Vec<String> = question.into_iter().collect();
        let (text, json) = read_back(&value, &questions);
        prop_assert!(is_same(&value, &json), "{text}\n{json:?}");
    }
}

#[test]
fn lines_are_not_longer_than_words_allow() {
    let text = "word ".repeat(100).trim_end().to_owned();
    let list = Value::List((0..60).map(|n| Value::Text(format!("value_{n}"))).collect());
    let map: Vec<(&str, Value)> = vec![("text", text.into()), ("list", list)];
    let mut of = Map::default();
    map.into_iter().for_each(|(key, value)| of.put(key, value));
    let (written, _) = read_back(&of.into(), &["why ".repeat(80)]);
    let longest = written.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((100..=120).contains(&longest), "{longest}\n{written}");
}
