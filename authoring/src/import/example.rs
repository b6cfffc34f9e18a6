//! A record as the documentation shows it, with every key that the document describes: its own examples where they fit,
//! else one that is made up from the type.

use tapwright_openapi::{Kind, Shape, Tree};
use tapwright_spec::holds_credential;

use super::names::{bare, singular};
use super::record::{is_date, is_rfc3339, moment};
use crate::secrets::{HIDDEN, is_secret, is_shown_as_one, without_values};
use crate::yaml::{Map, Value, visible};

const MOMENT: &str = "2026-01-15T12:00:00.000Z";
const UNIX_SECONDS: i64 = 1_768_478_400;
/// Objects within objects are shown so deep.
const DEEPEST: usize = 6;
/// Of a map or list that nothing is said of, so many parts are shown.
const MOST_PARTS: usize = 8;
const LONGEST: usize = 80;

/// A record of a resource whose rows are called so.
pub(super) fn example(shape: &Shape, row: &str) -> Map {
    let mut map = object(shape, shape.example.as_ref(), row, 0);
    map.open = true;
    map
}

/// Whether a property can be spoken of at all.
pub(super) fn is_key(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && visible(name) == name
        && !name.contains(['\n', '\t'])
        && !holds_credential(name)
}

fn object(shape: &Shape, given: Option<&Tree>, row: &str, depth: usize) -> Map {
    let mut map = Map::default();
    for property in shape.properties.iter().filter(|property| is_key(&property.name)) {
        let given = given.and_then(|given| given.get(&property.name));
        let of = if property.name == "id" { row.to_owned() } else { property.name.clone() };
        if is_secret(&property.name, &property.shape) {
            map.put(&property.name, HIDDEN);
            continue;
        }
        let value = match moment(property) {
            Some(Some(format)) => {
                let by = if format == "unix_seconds" {
                    1
                } else if format == "unix_millis" {
                    1000
                } else {
                    1_000_000
                };
                Value::from(UNIX_SECONDS * by)
            }
            Some(None) => {
                let given = given.or(property.shape.example.as_ref()).and_then(Tree::text);
                Value::from(given.filter(|text| is_rfc3339(text)).unwrap_or(MOMENT))
            }
            None => value(&property.shape, given, &of, depth + 1),
        };
        map.put(&property.name, value);
    }
    map
}

/// A value of a shape that is called so, such as `given`.
pub(crate) fn value(shape: &Shape, given: Option<&Tree>, name: &str, depth: usize) -> Value {
    let given = [given, shape.example.as_ref(), shape.default.as_ref()].into_iter().flatten();
    let mut given = given.filter(|tree| fits(tree, shape));
    let kinds: Vec<Kind> = shape.kinds.iter().copied().collect();
    let [kind] = kinds.as_slice() else {
        // Of several kinds, or of none that is said, whatever was given.
        return given.next().map_or_else(|| Value::Word("null".to_owned()), |tree| shown(tree, 0));
    };
    match kind {
        Kind::String => {
            let text = given
                .filter_map(Tree::text)
                .map(|text| shortened(&without_values(&visible(text))))
                .find(|text| is_shown(text));
            Value::Text(text.unwrap_or_else(|| made_up(shape, name)))
        }
        Kind::Integer => Value::from(given.find_map(whole).unwrap_or(1)),
        Kind::Number => given.find_map(number).unwrap_or_else(|| Value::Word("1.5".to_owned())),
        Kind::Boolean => {
            let is = given.find_map(|tree| if let Tree::Bool(is) = tree { Some(*is) } else { None });
            Value::Word(is.unwrap_or(true).to_string())
        }
        Kind::Object if shape.properties.is_empty() || depth >= DEEPEST => {
            given.next().map_or_else(|| Map::default().into(), |tree| shown(tree, 0))
        }
        Kind::Object => object(shape, given.next(), name, depth).into(),
        Kind::Array => {
            let first = given.next().and_then(|tree| tree.items().first());
            match &shape.items {
                Some(_) if depth >= DEEPEST => Value::List(Vec::new()),
                Some(items) => Value::List(vec![value(items, first, &singular(name), depth + 1)]),
                None => Value::List(first.map(|tree| shown(tree, 0)).into_iter().collect()),
            }
        }
    }
}

/// Whether what a document gives as an example is of the kind it says itself.
fn fits(tree: &Tree, shape: &Shape) -> bool {
    let has = |kind| shape.kinds.is_empty() || shape.kinds.contains(&kind);
    let kind = match tree {
        Tree::Null => return false,
        Tree::Bool(_) => has(Kind::Boolean),
        Tree::Integer(_) => has(Kind::Integer) || has(Kind::Number),
        Tree::Number(number) => has(Kind::Number) && number.is_finite(),
        Tree::Text(text) => has(Kind::String) && fits_format(text, shape.format.as_deref()),
        Tree::List(_) => has(Kind::Array),
        Tree::Map(_) => has(Kind::Object),
    };
    kind && shape.values.as_ref().is_none_or(|values| tree.scalar().is_none_or(|value| values.contains(&value)))
}

fn fits_format(text: &str, format: Option<&str>) -> bool {
    match format {
        Some("date-time") => is_rfc3339(text),
        Some("date") => is_date(text),
        _ => true,
    }
}

fn is_shown(text: &str) -> bool {
    !holds_credential(text)
}

fn whole(tree: &Tree) -> Option<i64> {
    if let Tree::Integer(number) = tree { Some(*number) } else { None }
}

fn number(tree: &Tree) -> Option<Value> {
    match tree {
        Tree::Integer(number) => Some(Value::from(*number)),
        Tree::Number(number) if number.is_finite() => Some(Value::Word(format!("{number:?}"))),
        _ => None,
    }
}

fn made_up(shape: &Shape, name: &str) -> String {
    let of_values = shape.values.iter().flatten().find(|value| is_shown(value) && visible(value) == **value);
    if let Some(value) = of_values {
        return value.clone();
    }
    let plain = bare(name);
    let text = match shape.format.as_deref() {
        Some("date-time") => MOMENT,
        Some("date") => "2026-01-15",
        Some("time") => "12:00:00",
        Some("uri" | "url" | "uri-reference" | "iri") => "https://example.com/",
        Some("email" | "idn-email") => "ada@example.com",
        Some("uuid") => "2fe01467-f7ea-4dd2-8b79-c2b4f56d0191",
        Some("ipv4" | "ip") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("hostname" | "idn-hostname") => "example.com",
        Some("decimal") => "1.50",
        _ if plain.ends_with("email") => "ada@example.com",
        _ if plain.ends_with("url") => "https://example.com/",
        _ => return format!("{plain}_1"),
    };
    text.to_owned()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// A value of the document's own, as far as it can be shown.
fn shown(tree: &Tree, depth: usize) -> Value {
    match tree {
        Tree::Null => Value::Word("null".to_owned()),
        Tree::Bool(is) => Value::Word(is.to_string()),
        Tree::Integer(_) | Tree::Number(_) => number(tree).unwrap_or_else(|| Value::from(0)),
        Tree::Text(text) => {
            let text = shortened(&without_values(&visible(text)));
            Value::Text(if is_shown(&text) { text } else { HIDDEN.to_owned() })
        }
        Tree::List(_) | Tree::Map(_) if depth >= DEEPEST => Value::Word("null".to_owned()),
        Tree::List(items) => Value::List(items.iter().take(MOST_PARTS).map(|item| shown(item, depth + 1)).collect()),
        Tree::Map(entries) => {
            let mut map = Map::default();
            for (key, value) in entries.iter().filter(|(key, _)| is_key(key)).take(MOST_PARTS) {
                if !map.entries.iter().any(|entry| entry.key == *key) {
                    let value = if is_shown_as_one(key, value) { HIDDEN.into() } else { shown(value, depth + 1) };
                    map.put(key, value);
                }
            }
            map.into()
        }
    }
}
