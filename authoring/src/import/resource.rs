//! A resource of the spec: what a list becomes.

use super::address::{self, Column, Parent};
use super::example::{example, is_key};
use super::fields::{Field, Type, fields};
use super::list::Listing;
use super::names::{Taken, bare, camel, singular};
use super::paging::{Paging, paging};
use super::record::{Key, Moment, Record};
use super::settings::Settings;
use crate::path::path;
use crate::secrets;
use crate::words::sentence;
use crate::yaml::{Map, Value, visible};

/// A list on its way to a resource.
#[derive(Clone, Debug)]
pub(super) struct Resource<'l, 'd> {
    pub(super) list: &'l Listing<'d>,
    pub(super) name: String,
    pub(super) record: Record,
    pub(super) key: Option<Key>,
    /// The column that holds what the source calls the key, where the key has the parent's in it.
    pub(super) raw_key: Option<String>,
    pub(super) parent: Option<Parent>,
    /// Columns that tell what stands in the path.
    pub(super) carried: Vec<Column>,
    pub(super) fields: Vec<Field>,
    pub(super) paging: Result<Option<Paging>, String>,
    updated: Option<Moment>,
    created: Option<Moment>,
    pub(super) happened: Option<Moment>,
    key_questions: Vec<String>,
}

impl<'l, 'd> Resource<'l, 'd> {
    /// What a list becomes, if something identifies its records. `before` are those that it may be read for.
    pub(super) fn of(
        list: &'l Listing<'d>,
        name: String,
        before: &[Resource<'l, 'd>],
    ) -> Result<Resource<'l, 'd>, String> {
        let one = singular(&name);
        let last = list.words().last().map(|word| singular(word)).unwrap_or_default();
        let record = Record::of(&list.item);
        let key = record.key(&last).or_else(|| record.key(&one)).filter(|key| is_key(&key.name));
        let Some(key) = key else { return Err("nothing identifies its records".to_owned()) };
        let parent = address::parent(&list.operation, before);
        let given = parent.as_ref().map(|parent| parent.given.clone());
        let key_path = path(std::slice::from_ref(&key.name), given.as_deref());
        let paging = paging(list, Some(&key_path));
        let (updated, created) = (record.updated(), record.created());
        let happened = record.happened(&last).or_else(|| record.happened(&one));
        let mut key_questions: Vec<String> = key.question.iter().cloned().collect();
        let mut resource = Resource {
            list,
            name,
            record,
            key: Some(key.clone()),
            raw_key: None,
            parent,
            carried: Vec::new(),
            fields: Vec::new(),
            paging,
            updated,
            created,
            happened,
            key_questions: Vec::new(),
        };
        let implied = if resource.happened.is_some() { "at" } else { "updated_at" };
        let mut taken = Taken::with(&["id", implied, "self", "super", "crate"]);
        let names_parent = |parent: &Parent| {
            let id = bare(&format!("{}_id", singular(&parent.resource)));
            let of = |name: &str| resource.record.shape.properties.iter().any(|property| bare(&property.name) == name);
            of(&id)
                || parent.columns.iter().any(|column| bare(&column.parameter) != "id" && of(&bare(&column.parameter)))
        };
        let is_composite = resource.parent.as_ref().is_some_and(|parent| !names_parent(parent));
        if let (true, Some(parent)) = (is_composite, &resource.parent) {
            let (id, of) = (&key.name, singular(&parent.resource));
            if key.question.is_none() {
                key_questions.push(format!(
                    "whether `{id}` alone identifies a record, whichever {} it is of",
                    of.replace('_', " ")
                ));
            }
            let candidates = [camel(&format!("{last}_{id}")), camel(&format!("{}_{id}", singular(&resource.name)))];
            resource.raw_key = Some(taken.take(&candidates));
        }
        let (of_parent, carried) = address::carried(&resource, &mut taken);
        let mut without = vec![key.name.as_str()];
        without
            .extend(resource.updated.iter().filter(|_| resource.happened.is_none()).map(|moment| moment.name.as_str()));
        without.extend(resource.happened.iter().map(|moment| moment.name.as_str()));
        let mut all: Vec<Field> = Vec::new();
        if let Some(name) = &resource.raw_key {
            let ty = Type::BuiltIn(if key.is_text { "string" } else { "integer" });
            let from = (*name != key.name).then_some(key_path);
            let (format, description, references) = (None, None, None);
            all.push(Field {
                name: name.clone(),
                ty,
                nullable: false,
                from,
                format,
                description,
                references,
                questions: Vec::new(),
            });
        }
        all.extend(of_parent);
        all.extend(fields(&resource.record, &without, given.as_deref(), &mut taken));
        if all.is_empty() {
            // Nothing but the key: it is a column, too, for a resource has one.
            all = fields(&resource.record, &[], given.as_deref(), &mut taken);
        }
        if all.is_empty() {
            return Err("its records have nothing that could be a column".to_owned());
        }
        Ok(Resource { fields: all, carried, key_questions, ..resource })
    }

    /// The resource as it is written, without what other resources have a say in.
    pub(super) fn value(
        &self,
        row: &str,
        paginator: Option<Value>,
        name_of: &dyn Fn(&[String]) -> Option<String>,
        settings: &mut Settings,
    ) -> Map {
        let mut keys = Map::open();
        let given = self.parent.as_ref().map(|parent| parent.given.as_str());
        keys.put("description", self.description());
        keys.put_some("docs", self.list.operation.docs().filter(|docs| is_page(docs)));
        if let Some(parent) = &self.parent {
            keys.put("for_each", [(parent.given.as_str(), parent.resource.as_str().into())]);
        }
        keys.put(self.list.operation.method, address::template(self, settings));
        let window = self.window();
        self.request(&mut keys, window.as_ref(), settings);
        let questions = match &self.paging {
            Ok(paging) => paging.iter().flat_map(|paging| paging.questions.clone()).collect(),
            Err(question) => vec![question.clone()],
        };
        keys.ask("paging", paginator.unwrap_or_else(|| "none".into()), questions);
        let records = &self.list.records;
        keys.put("records", if records.is_empty() { "$".to_owned() } else { path(records, None) });
        keys.put(if self.happened.is_some() { "event" } else { "entity" }, row);
        keys.ask("key", self.key_value(given), self.key_questions.clone());
        self.times(&mut keys, given);
        if let Some(window) = window {
            let mut incremental = Map::open();
            let mut of = Map::default();
            of.put("from", window.from.as_str());
            of.put("to", window.to.as_str());
            of.put_some("format", window.format);
            incremental.ask("window", of, window.questions);
            incremental.put("overlap", Value::Word("10m".to_owned()));
            keys.put("incremental", incremental);
        }
        let mut fields = Map::open();
        for field in &self.fields {
            fields.ask(&field.name, field.value(name_of), field.questions.clone());
        }
        // What is within a column of JSON is asked about there.
        let within_json = |secret: &&String| {
            let columns = self.fields.iter().filter(|field| field.ty == Type::BuiltIn("json"));
            columns
                .map(|field| field.from.as_deref().unwrap_or(&field.name))
                .any(|of| secret.strip_prefix(of).is_some_and(|rest| rest.starts_with(['.', '['])))
        };
        let secrets = secrets::within(&self.record.shape);
        let secrets = secrets.iter().filter(|secret| !within_json(secret)).map(|secret| {
            format!("whether `{}` belongs into a table: it looks like a secret, and is left out", visible(secret))
        });
        keys.ask("fields", fields, secrets.collect());
        keys.put("example", example(&self.record.shape, &singular(&self.name)));
        keys
    }

    fn key_value(&self, given: Option<&str>) -> Value {
        let Some(key) = &self.key else { return Value::Word("null".to_owned()) };
        let own = path(std::slice::from_ref(&key.name), given);
        match (given, &self.raw_key) {
            (Some(given), Some(_)) => Value::List(vec![format!("{given}.id").into(), own.into()]),
            _ if key.is_text => own.into(),
            _ => format!("text({own})").into(),
        }
    }

    fn times(&self, keys: &mut Map, given: Option<&str>) {
        let put = |keys: &mut Map, key: &str, path: String, format: Option<&str>, questions: Vec<String>| match format {
            None => keys.ask(key, path, questions),
            Some(format) => keys.ask(key, [("from", path.into()), ("format", format.into())], questions),
        };
        if let Some(at) = &self.happened {
            let question = format!("whether every record has `{}`: the document does not require it", at.name);
            let says_required = self.record.shape.properties.iter().any(|property| property.required);
            let questions = if at.sure || !says_required { Vec::new() } else { vec![question] };
            put(keys, "at", at.path(given), at.format, questions);
        } else if let Some(updated) = &self.updated {
            let mut path = updated.path(given);
            if let Some(created) =
                self.created.as_ref().filter(|created| !updated.sure && created.format == updated.format)
            {
                path = format!("{path} ?? {}", created.path(given));
            }
            put(keys, "updated_at", path, updated.format, Vec::new());
        }
    }

    fn description(&self) -> String {
        let operation = &self.list.operation;
        let summary = operation.summary().and_then(sentence).map(|summary| {
            let verbs =
                ["List ", "Lists ", "Get ", "Gets ", "Retrieve ", "Retrieves ", "Return ", "Returns ", "Fetch "];
            let more = ["all of the ", "all ", "a list of ", "a paginated list of ", "list of ", "the ", "your "];
            let of = verbs.iter().find_map(|verb| summary.strip_prefix(verb));
            let rest =
                of.map_or(summary.as_str(), |of| more.iter().find_map(|more| of.strip_prefix(more)).unwrap_or(of));
            let mut chars = rest.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
        });
        let said = summary.filter(|summary| summary.len() > 3).or_else(|| operation.description().and_then(sentence));
        let said = said.unwrap_or_else(|| {
            let name = self.name.replace('_', " ");
            let mut chars = name.chars();
            format!(
                "{}.",
                chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
            )
        });
        if operation.is_deprecated() { format!("Deprecated. {said}") } else { said }
    }
}

fn is_page(address: &str) -> bool {
    let rest = address.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty() && rest.is_ascii() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
}
