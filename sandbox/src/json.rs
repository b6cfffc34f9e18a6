//! JSON values, those of a spec and those of a record: turned into each other, looked into, written into. It must not
//! know what a value means.

use serde_json::{Map, Value};
use tapwright_spec::model::{Json, Segment};

/// A value of a spec as JSON.
pub(crate) fn to_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::from(*value),
        Json::Integer(value) => Value::from(*value),
        Json::Number(value) => Value::from(*value),
        Json::Text(value) => Value::from(value.as_str()),
        Json::Array(items) => items.iter().map(to_value).collect(),
        Json::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), to_value(value))).collect())
        }
    }
}

/// The path that leads through some keys.
pub(crate) fn as_path(keys: &[String]) -> Vec<Segment> {
    keys.iter().cloned().map(Segment::Key).collect()
}

/// The value of a record at a path; the first item's behind `[]`.
pub(crate) fn look_up<'a>(record: &'a Json, path: &[Segment]) -> Option<&'a Json> {
    path.iter().try_fold(record, |value, segment| match (value, segment) {
        (Json::Object(fields), Segment::Key(key)) => {
            fields.iter().find(|(known, _)| known == key).map(|(_, value)| value)
        }
        (Json::Array(items), Segment::Each) => items.first(),
        _ => None,
    })
}

/// Puts a value at a path of keys, making objects on the way; items of arrays all get it.
pub(crate) fn put(record: &mut Value, keys: &[&str], value: Value) {
    let Some((key, rest)) = keys.split_first() else {
        *record = value;
        return;
    };
    if let Value::Array(items) = record {
        items.iter_mut().for_each(|item| put(item, keys, value.clone()));
        return;
    }
    if !record.is_object() {
        *record = Value::Object(Map::new());
    }
    if let Value::Object(fields) = record {
        put(fields.entry(*key).or_insert(Value::Null), rest, value);
    }
}

/// Takes the key at the end of a path out, where it is there; out of each item of an array on the way.
pub(crate) fn take(record: &mut Value, keys: &[&str]) {
    match (record, keys) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| take(item, keys)),
        (Value::Object(fields), [key]) => drop(fields.remove(*key)),
        (Value::Object(fields), [key, rest @ ..]) => {
            if let Some(inner) = fields.get_mut(*key) {
                take(inner, rest);
            }
        }
        _ => {}
    }
}
