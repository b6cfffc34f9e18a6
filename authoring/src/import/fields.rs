//! The columns of a resource: every single value of a record under a name of its own, and what has parts of its own as
//! JSON.

use std::collections::HashSet;

use tapwright_openapi::{Kind, Property, Shape};
use tapwright_spec::holds_credential;

use super::example::is_key;
use super::names::{Taken, camel, snaked};
use super::record::{Record, moment};
use crate::path::path;
use crate::secrets::{is_secret, within};
use crate::words::sentence;
use crate::yaml::{Map, Value, visible};

/// Objects within objects are taken apart so deep,
const DEEPEST: usize = 3;
/// and where they hold no more than so many values.
const MOST_WITHIN: usize = 12;
/// What has more values than a person would look through is any text.
const MOST_OF_TYPE: usize = 1000;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) nullable: bool,
    /// What it is made of; none when that is the path of its own name.
    pub(super) from: Option<String>,
    pub(super) format: Option<&'static str>,
    pub(super) description: Option<String>,
    pub(super) references: Option<String>,
    pub(super) questions: Vec<String>,
}

/// The type of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    /// One that is built in.
    BuiltIn(&'static str),
    /// One of `types`, by its values.
    Named(Vec<String>),
}

/// The columns of a record but those of `without`; `given` is what `for_each` calls its row.
pub(super) fn fields(record: &Record, without: &[&str], given: Option<&str>, taken: &mut Taken) -> Vec<Field> {
    let mut walk = Walk { record, given, taken, fields: Vec::new() };
    for property in record.shape.properties.iter().filter(|property| !without.contains(&property.name.as_str())) {
        walk.property(property, &[], false);
    }
    walk.fields
}

impl Field {
    /// The field as it is written; `name_of` names the types.
    pub(super) fn value(&self, name_of: &dyn Fn(&[String]) -> Option<String>) -> Value {
        let ty = match &self.ty {
            Type::BuiltIn(name) => (*name).to_owned(),
            Type::Named(values) => name_of(values).unwrap_or_else(|| "string".to_owned()),
        };
        let ty = if self.nullable { format!("{ty}?") } else { ty };
        if self.from.is_none() && self.format.is_none() && self.description.is_none() && self.references.is_none() {
            return Value::Text(ty);
        }
        let mut map = Map::default();
        map.put("type", ty);
        map.put_some("from", self.from.clone());
        map.put_some("format", self.format);
        map.put_some("references", self.references.clone());
        map.put_some("description", self.description.clone());
        map.into()
    }
}

struct Walk<'w> {
    record: &'w Record,
    given: Option<&'w str>,
    taken: &'w mut Taken,
    fields: Vec<Field>,
}

impl Walk<'_> {
    fn property(&mut self, property: &Property, above: &[String], maybe: bool) {
        if !is_key(&property.name) {
            return;
        }
        let keys: Vec<String> = above.iter().cloned().chain([property.name.clone()]).collect();
        let shape = &property.shape;
        if is_secret(&property.name, shape) {
            return;
        }
        // A tag, such as `object: user`, says nothing that the table does not.
        if property.required && shape.values.as_ref().is_some_and(|values| values.len() == 1) {
            return;
        }
        let maybe = maybe || !property.required || shape.nullable;
        let kinds: Vec<Kind> = shape.kinds.iter().copied().collect();
        if let Some(format) = moment(property) {
            return self.add(&keys, shape, Type::BuiltIn("timestamp"), maybe, format);
        }
        let ty = match kinds.as_slice() {
            [Kind::String] if shape.format.as_deref() == Some("date") => Type::BuiltIn("date"),
            [Kind::String] => named(shape).map_or(Type::BuiltIn("string"), Type::Named),
            [Kind::Integer] => Type::BuiltIn("integer"),
            [Kind::Number] => Type::BuiltIn("number"),
            [Kind::Boolean] => Type::BuiltIn("boolean"),
            [Kind::Array] if is_text_list(shape) => Type::BuiltIn("list of string"),
            [Kind::Object] if is_taken_apart(shape, keys.len()) => {
                for inner in &shape.properties {
                    self.property(inner, &keys, maybe);
                }
                if !self.is_partly(&keys) {
                    return;
                }
                Type::BuiltIn("json")
            }
            _ => Type::BuiltIn("json"),
        };
        let maybe = maybe || kinds.len() != 1;
        self.add(&keys, shape, ty, maybe, None);
    }

    /// Whether it is here that records of several kinds part.
    fn is_partly(&self, keys: &[String]) -> bool {
        let is_above = |path: &&Vec<String>| keys.starts_with(path);
        self.record.partly.iter().filter(is_above).map(Vec::len).min() == Some(keys.len())
    }

    fn add(&mut self, keys: &[String], shape: &Shape, ty: Type, nullable: bool, format: Option<&'static str>) {
        let own = keys.last().map(String::as_str).unwrap_or_default();
        let candidates = [camel(&keys.join("_")), camel(&format!("{}_value", snaked(own)))];
        let name = self.taken.take(&candidates);
        let list = if ty == Type::BuiltIn("list of string") { "[]" } else { "" };
        let is_own = keys.len() == 1 && own == name;
        let from = (!is_own).then(|| format!("{}{list}", path(keys, self.given)));
        let mut questions = Vec::new();
        if let (Some(by), true) = (&self.record.told_by, self.is_partly(keys)) {
            questions.push(format!("which of `{own}` deserve columns of their own: what it holds depends on `{by}`"));
        }
        if ty == Type::BuiltIn("json") {
            questions.extend(within(shape).iter().map(|secret| {
                let secret = visible(&format!("{own}{}{secret}", if secret.starts_with('[') { "" } else { "." }));
                format!("whether `{}` belongs into a table whole: `{secret}` looks like a secret", visible(own))
            }));
        }
        let said = shape.description.as_deref().and_then(sentence);
        let description = match (shape.deprecated, said) {
            (true, Some(said)) if !said.to_ascii_lowercase().contains("deprecated") => {
                Some(format!("Deprecated. {said}"))
            }
            (true, None) => Some("Deprecated.".to_owned()),
            (_, said) => said,
        };
        self.fields.push(Field { name, ty, nullable, from, format, description, references: None, questions });
    }
}

/// The values of a type of texts, if they can be those of one.
fn named(shape: &Shape) -> Option<Vec<String>> {
    let values = shape.values.as_ref().filter(|values| values.len() <= MOST_OF_TYPE)?;
    let fits = |value: &String| {
        let is_plain = visible(value) == *value && !value.contains(['\n', '\t']);
        !value.is_empty() && value.len() <= 100 && is_plain && !holds_credential(value)
    };
    if !values.iter().all(fits) {
        return None;
    }
    let mut seen = HashSet::new();
    let values: Vec<String> = values.iter().filter(|value| seen.insert(*value)).cloned().collect();
    (values.len() > 1).then_some(values)
}

fn is_text_list(shape: &Shape) -> bool {
    let is_text = |items: &Shape| items.kinds.len() == 1 && items.kinds.contains(&Kind::String);
    shape.items.as_deref().is_some_and(is_text)
}

fn is_taken_apart(shape: &Shape, depth: usize) -> bool {
    let within = values_within(shape, depth);
    depth <= DEEPEST && within > 0 && within <= MOST_WITHIN
}

fn values_within(shape: &Shape, depth: usize) -> usize {
    let of = |property: &Property| match property.shape.properties.is_empty() || depth >= DEEPEST {
        true => 1,
        false => values_within(&property.shape, depth + 1),
    };
    shape.properties.iter().map(of).sum()
}
