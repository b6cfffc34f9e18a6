//! Which lists hold records of many kinds, so that somebody may want a few of them.
//!
//! It must not know how that is told.

use tapwright_openapi::{In, Kind, Parameter};

use super::fields::Type;
use super::names::{bare, singular};
use super::resource::Resource;

/// A list whose records are of many kinds, such as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// The resource.
    pub resource: String,
    /// What tells its records apart, as an expression.
    pub by: String,
    /// The type of `types` that has the kinds.
    pub of: String,
    /// How many there are.
    pub count: usize,
    /// A glob that some of them match.
    pub like: String,
    /// The parameter that asks for some of them, if the document has one,
    pub parameter: Option<String>,
    /// and the style in which it is sent.
    pub style: &'static str,
}

impl Kinds {
    /// The kinds of a resource's records, if these are of some; `name_of` names the types.
    pub(super) fn of(resource: &Resource<'_, '_>, name_of: &dyn Fn(&[String]) -> Option<String>) -> Option<Kinds> {
        let (field, values) = resource.fields.iter().find_map(|field| match &field.ty {
            Type::Named(values) if are_kinds(values) => Some((field, values)),
            _ => None,
        })?;
        let by = field.from.clone().unwrap_or_else(|| field.name.clone());
        let last = by.rsplit('.').next().unwrap_or_default();
        let parameter = resource.list.parameters.iter().find(|parameter| asks_for(parameter, last, values));
        let beginning = values.first().and_then(|value| value.split('.').next()).unwrap_or_default();
        Some(Kinds {
            resource: resource.name.clone(),
            of: name_of(values)?,
            count: values.len(),
            like: format!("{beginning}.*"),
            parameter: parameter.map(|parameter| parameter.name.clone()),
            style: if parameter.is_some_and(|parameter| parameter.joined) { "comma" } else { "repeat" },
            by,
        })
    }
}

/// Whether most of some values are called as kinds of events are: `user.created`.
fn are_kinds(values: &[String]) -> bool {
    let is_kind = |value: &&String| value.split('.').count() > 1 && value.split('.').all(|word| !word.is_empty());
    values.iter().filter(is_kind).count() * 2 > values.len()
}

/// Whether a parameter takes a list of such values.
fn asks_for(parameter: &Parameter, by: &str, values: &[String]) -> bool {
    let is_list = parameter.place == In::Query && parameter.shape.kinds.contains(&Kind::Array);
    let same = |items: &[String]| items.iter().any(|item| values.contains(item));
    let items = parameter.shape.items.as_ref().and_then(|items| items.values.as_deref());
    let one = singular(&bare(&parameter.name));
    let named = [bare(by).as_str(), "event", "type", "eventtype", "kind", "action", "topic"].contains(&one.as_str());
    is_list && items.map_or(named, same)
}
