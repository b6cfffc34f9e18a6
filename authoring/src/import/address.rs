//! The path of a list, and what stands in it: a column of the rows of another list, or a setting.

use tapwright_openapi::Operation;

use super::fields::{Field, Type};
use super::names::{Taken, bare, camel, singular, snaked};
use super::resource::Resource;
use super::settings::{Setting, Settings};
use crate::words::sentence;

/// What a list is read for each of.
#[derive(Clone, Debug)]
pub(super) struct Parent {
    /// What templates and expressions call its row.
    pub(super) given: String,
    /// The resource.
    pub(super) resource: String,
    /// The parameters of the path that are columns of its row: the parameter, the column, and whether that is its `id`.
    pub(super) columns: Vec<Column>,
}

/// A parameter of a path that a parent gives.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) parameter: String,
    pub(super) column: String,
    pub(super) ty: &'static str,
    /// The resource whose `id` it is.
    pub(super) of: Option<String>,
}

/// The parent of a list among the resources that were read before it.
pub(super) fn parent(operation: &Operation<'_>, before: &[Resource<'_, '_>]) -> Option<Parent> {
    let path = operation.path;
    let mut found: Option<(&Resource<'_, '_>, &str)> = None;
    for resource in before.iter().filter(|resource| resource.list.operation.method == "get") {
        let of = resource.list.operation.path;
        let leads = || path.strip_prefix(of)?.strip_prefix("/{")?.split_once('}');
        let is_longer = found.is_none_or(|(known, _)| known.list.operation.path.len() < of.len());
        if let (true, Some((parameter, _))) = (is_longer, leads()) {
            found = Some((resource, parameter));
        }
    }
    let (resource, parameter) = found?;
    let own = column(resource, parameter)?;
    let mut columns: Vec<Column> = resource.carried.clone();
    columns.push(own);
    // A name that is a word of expressions, or stands for something else, is no name for a row.
    let name = singular(&resource.name);
    let odd = ["in", "is", "not", "and", "or", "if", "then", "else", "let", "matches", "true", "false", "null"];
    let taken = ["config", "last", "headers", "window", "above", "entry"];
    let given =
        if odd.contains(&name.as_str()) || taken.contains(&name.as_str()) { format!("{name}_row") } else { name };
    Some(Parent { given, resource: resource.name.clone(), columns })
}

/// The column of a resource's rows that a parameter of a path below it stands for.
fn column(resource: &Resource<'_, '_>, parameter: &str) -> Option<Column> {
    let key = resource.key.as_ref()?;
    let wanted = bare(parameter);
    let one = bare(&singular(&resource.name));
    let last = bare(&resource.list.words().last().map(|word| singular(word)).unwrap_or_default());
    let is_key =
        wanted == bare(&key.name) || [&one, &last].iter().any(|name| wanted == format!("{name}{}", bare(&key.name)));
    // `userlandUserId` below `users`: what any name ends in that ends like an id is the id of what it stands behind.
    let is_id =
        ["id", "uid", "uuid", "guid"].iter().any(|end| wanted.ends_with(end)) || wanted == one || wanted == last;
    let key_is_id = ["id", "uid", "uuid", "guid"].iter().any(|end| bare(&key.name).ends_with(end));
    let parameter = parameter.to_owned();
    if is_key || (is_id && key_is_id) {
        return Some(match &resource.raw_key {
            None => Column { parameter, column: "id".to_owned(), ty: "string", of: Some(resource.name.clone()) },
            Some(raw) => {
                let ty = if key.is_text { "string" } else { "integer" };
                Column { parameter, column: raw.clone(), ty, of: None }
            }
        });
    }
    let fits = |field: &&Field| bare(&field.name) == wanted && !field.nullable && field.ty == Type::BuiltIn("string");
    let field = resource.fields.iter().find(fits)?;
    Some(Column { parameter, column: field.name.clone(), ty: "string", of: None })
}

/// The parameters of a path that no parent gives.
pub(super) fn open<'p>(path: &'p str, parent: Option<&Parent>) -> Vec<&'p str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        let given = parent.is_some_and(|parent| parent.columns.iter().any(|column| column.parameter == name));
        if !given && !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    names
}

/// The path as a template.
pub(super) fn template(resource: &Resource<'_, '_>, settings: &mut Settings) -> String {
    let path = resource.list.operation.path;
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        text.push_str(&before.replace('}', "}}"));
        let given = resource.parent.as_ref().and_then(|parent| {
            let column = parent.columns.iter().find(|column| column.parameter == name)?;
            Some(format!("{{{}.{}}}", parent.given, column.column))
        });
        text.push_str(&given.unwrap_or_else(|| format!("{{config.{}}}", setting(resource, name, &text, settings))));
        rest = after;
    }
    text + &rest.replace('{', "{{").replace('}', "}}")
}

fn setting(resource: &Resource<'_, '_>, parameter: &str, before: &str, settings: &mut Settings) -> String {
    let of = before.trim_end_matches('/').rsplit('/').next().map(singular).unwrap_or_default();
    let of = if of.contains('{') { String::new() } else { snaked(&of) };
    let is_plain = ["id", "uid", "uuid", "guid", "slug", "name", "key", "code"].contains(&bare(parameter).as_str());
    let name = if is_plain && !of.is_empty() { format!("{of}_{parameter}") } else { parameter.to_owned() };
    let known = resource.list.parameters.iter().find(|known| known.name == parameter);
    let said = known.and_then(|known| known.description.as_deref()).and_then(sentence);
    let description = said.unwrap_or_else(|| format!("What stands for {} in paths.", snaked(parameter)));
    let question = "whether this is one value for all, or a list gives it (`for_each`)".to_owned();
    settings.named(Setting { name: camel(&name), ty: "string", default: None, description, question: Some(question) })
}

/// The columns by which rows show whose they are, unless the records do.
pub(super) fn carried(resource: &Resource<'_, '_>, taken: &mut Taken) -> (Vec<Field>, Vec<Column>) {
    let Some(parent) = &resource.parent else { return (Vec::new(), Vec::new()) };
    let mut fields = Vec::new();
    let mut columns = Vec::new();
    for column in &parent.columns {
        let of = singular(column.of.as_deref().unwrap_or(&parent.resource));
        let last = if bare(&column.column) == "id" { "id" } else { column.column.as_str() };
        let begins = column.column.starts_with(&camel(&of));
        let name = if begins { column.column.clone() } else { camel(&format!("{of}_{last}")) };
        let own = resource
            .record
            .shape
            .properties
            .iter()
            .find(|property| bare(&property.name) == bare(&name) && property.required && !property.shape.nullable);
        if own.is_some() {
            columns.push(Column { column: camel(&name), ..column.clone() });
            continue;
        }
        let name = taken.take(&[name.clone(), format!("{name}OfParent")]);
        let ty = Type::BuiltIn(column.ty);
        let from = Some(format!("{}.{}", parent.given, column.column));
        let references = column.of.clone().filter(|_| column.ty == "string");
        let (format, description, questions) = (None, None, Vec::new());
        fields.push(Field {
            name: name.clone(),
            ty,
            nullable: false,
            from,
            format,
            description,
            references,
            questions,
        });
        columns.push(Column { column: name, ..column.clone() });
    }
    (fields, columns)
}
