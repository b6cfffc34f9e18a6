//! The specs of which the reviewed Rust is made, the small ones of `generated-tests/specs` and the flagship, say between
//! them all that the language can: every key and every form of its value, every word of a list of words, every function.
//!
//! What is in none of them would be generated without anybody having seen it.

#![allow(clippy::panic, clippy::expect_used, reason = "a test may")]

mod said;

use std::collections::BTreeSet;

use said::{fits, read, root, specs};
use serde_json::Value as Json;
use tapwright_spec::functions::FUNCTIONS;
use tapwright_spec::keys::{FORMATS, LEVELS, SPEC, Value};

/// What an error rule may do.
const ACTIONS: &[&str] = &["retry", "wait", "fail", "ignore", "empty", "skip_parent", "drop_value_of"];
const TARGETS: &[&str] = &["query", "header", "body"];
const SETTINGS: &[&str] = &["secret", "string", "integer", "boolean", "list of string", "of a type"];
const FIELDS: &[&str] =
    &["string", "integer", "number", "decimal", "boolean", "timestamp", "date", "json", "list of string", "of a type"];

/// The words that the value of a key is one of.
fn words(value: &Value) -> Vec<&'static str> {
    match value {
        Value::Choice(words) => words.to_vec(),
        Value::Format => FORMATS.iter().copied().chain(["a pattern"]).collect(),
        Value::Action => ACTIONS.to_vec(),
        Value::Target => TARGETS.to_vec(),
        Value::SettingType => SETTINGS.to_vec(),
        Value::FieldType => FIELDS.to_vec(),
        _ => Vec::new(),
    }
}

/// A word and the list it is of: the same list is the same code wherever it stands.
fn said_as(value: &Value, word: &str) -> String {
    format!("`{word}` as {}", value.words())
}

/// Which of the words a text is.
fn word(value: &Value, text: &str) -> Option<&'static str> {
    let words = words(value);
    let is = |wanted: &str| words.iter().copied().find(|word| *word == wanted);
    match value {
        Value::Format => is(text).or(Some("a pattern")),
        Value::Action => is(text.split(' ').next()?),
        Value::Target => is(text.split('.').next()?),
        Value::SettingType | Value::FieldType => is(text.trim_end_matches('?')).or(Some("of a type")),
        _ => is(text),
    }
}

/// All that the value of a key can say, below a place.
fn sayable(value: &Value, place: &str, all: &mut BTreeSet<String>) {
    all.extend(words(value).iter().map(|word| said_as(value, word)));
    match value {
        Value::List(item) | Value::Map(_, item) => sayable(item, place, all),
        Value::Either(one, other) => {
            for form in [one, other] {
                if !matches!(form, Value::Either(..)) {
                    all.insert(format!("{place} as {}", form.words()));
                }
                sayable(form, place, all);
            }
        }
        // The keys of each level are told once.
        _ => {}
    }
}

/// All that a value says, below a place.
fn says(said: &Json, value: &Value, place: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Keys(level) => {
            for (name, inner) in said.as_object().into_iter().flatten() {
                let key = level.key(name).unwrap_or_else(|| panic!("{place}: unknown key {name}"));
                let place = format!("{}.{name}", level.path);
                found.insert(place.clone());
                says(inner, &key.value, &place, found);
            }
        }
        Value::Map(_, item) => {
            said.as_object().into_iter().flatten().for_each(|(_, inner)| says(inner, item, place, found));
        }
        Value::List(item) => said.as_array().into_iter().flatten().for_each(|inner| says(inner, item, place, found)),
        Value::Either(one, other) => {
            let form = if fits(said, one) { one } else { other };
            if !matches!(form, Value::Either(..)) {
                found.insert(format!("{place} as {}", form.words()));
            }
            says(said, form, place, found);
        }
        _ => {
            let word = said.as_str().and_then(|text| word(value, text));
            found.extend(word.map(|word| said_as(value, word)));
        }
    }
}

#[test]
fn the_goldens_show_all_that_the_language_can_say() {
    let mut all = BTreeSet::new();
    for level in LEVELS {
        for key in level.keys {
            let place = format!("{}.{}", level.path, key.name);
            sayable(&key.value, &place, &mut all);
            all.insert(place);
        }
    }
    all.extend(FUNCTIONS.iter().map(|function| format!("the function {}", function.name)));

    let mut found = BTreeSet::new();
    let flagship = root().join("connector.yaml");
    for file in specs("generated-tests/specs").into_iter().chain([flagship]) {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let spec = read(&file);
        says(&spec, &Value::Keys(&SPEC), "", &mut found);
        let called = FUNCTIONS.iter().filter(|function| text.contains(&format!("{}(", function.name)));
        found.extend(called.map(|function| format!("the function {}", function.name)));
    }
    assert!(all.len() > 250, "the key table was walked: {}", all.len());
    let missing: Vec<&String> = all.difference(&found).collect();
    assert!(missing.is_empty(), "no golden shows:\n{missing:#?}");
}
