//! A spec brought to what a document says, with its comments and layout kept.
//!
//! Each finding is an edit of its own. It stays when the spec passes its checks with it and the finding is gone; else it is
//! taken back and left to a person, with the reason.

use tapwright_model::{Connector, EachOf, Enum, Resource, Setting, SettingKind, Type};
use tapwright_openapi::{ChangeKind, Document, Scope, Shape};
use tapwright_spec::{Checked, Place, Places, Source, check_with};

use super::against::of_resource;
use super::column::type_of;
use super::reads::{self, How, Use};
use super::{Drift, Finding, against, operation};
use crate::edit::{is_block_text, is_flow, is_wide, replaced, with_entry, with_item, without_entry, without_item};
use crate::import::example;
use crate::names::{Taken, camel, snaked};
use crate::path::path as expression;
use crate::secrets::{HIDDEN, is_secret};
use crate::words::sentence;
use crate::yaml::{in_flow, one_line};

/// What came of bringing a spec to a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The spec's text.
    pub text: String,
    /// What was changed, and for which finding.
    pub done: Vec<(Finding, String)>,
    /// What is left to a person, and why.
    pub left: Vec<(Finding, String)>,
}

/// Brings the spec to what the document says otherwise. `read` gives the files it names, as for
/// [`check_with`](tapwright_spec::check_with).
///
/// None when the spec has mistakes.
#[must_use]
pub fn write(source: &Source, document: &Document, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Option<Written> {
    let check = |text: &str| -> Checked { check_with(&Source::new(source.name(), text), read) };
    let mut connector = check(source.text()).model?;
    let mut written = Written { text: source.text().to_owned(), done: Vec::new(), left: Vec::new() };
    let Drift { findings, .. } = against(&connector, document);
    for finding in findings {
        if finding.change.scope == Scope::Api {
            let why = "the credential goes to the address of the spec: a new one is yours to trust".to_owned();
            written.left.push((finding, why));
            continue;
        }
        // A list of values may be of several columns, and a column of all that is in an object.
        if !is_still(&connector, document, &finding) {
            written.done.push((finding, "with what is written above".to_owned()));
            continue;
        }
        let now = Source::new(source.name(), written.text.clone());
        let edit = Places::of(&now).ok_or_else(|| "the spec cannot be read".to_owned()).and_then(|places| {
            let resource = connector.resources.iter().find(|resource| resource.name == finding.resource);
            let resource = resource.ok_or_else(|| "the resource is gone".to_owned())?;
            Edit { connector: &connector, resource, source: &now, places: &places, document }.of(&finding)
        });
        let (text, what) = match edit {
            Ok(edit) => edit,
            Err(why) => {
                written.left.push((finding, why));
                continue;
            }
        };
        let checked = check(&text);
        match checked.model {
            None => {
                let error = checked.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
                let why = error.map_or_else(String::new, |error| format!("{what} would be a mistake: {}", error.title));
                written.left.push((finding, why));
            }
            Some(model) if is_still(&model, document, &finding) => {
                written.left.push((finding, format!("{what} would not mend it")));
            }
            Some(model) => {
                connector = model;
                written.text = text;
                written.done.push((finding, what));
            }
        }
    }
    Some(written)
}

/// Whether a finding is one of a connector.
fn is_still(connector: &Connector, document: &Document, finding: &Finding) -> bool {
    let resource = connector.resources.iter().find(|resource| resource.name == finding.resource);
    resource.is_some_and(|resource| of_resource(connector, resource, document).0.contains(&finding.change))
}

/// Of a key that holds a point, or brackets.
const NO_PATH: &str = "where it stands cannot be told from its path";

/// An edit of a spec, in the making.
struct Edit<'e> {
    connector: &'e Connector,
    resource: &'e Resource,
    source: &'e Source,
    places: &'e Places,
    document: &'e Document,
}

/// The text with the edit in it, and what was done.
type Edited = Result<(String, String), String>;

impl Edit<'_> {
    fn of(&self, finding: &Finding) -> Edited {
        let change = &finding.change;
        match change.scope {
            Scope::Record => {}
            Scope::Answer => return Err("how the list goes on now is yours to find out".to_owned()),
            Scope::Api | Scope::Operation | Scope::Parameter => {
                return Err("what requests ask for is yours to decide".to_owned());
            }
        }
        match change.kind {
            ChangeKind::FieldAdded => self.add(&change.field),
            ChangeKind::FieldRemoved if self.has_kinds() => {
                Err("of records of several kinds not all is described; if it is gone, take the field out".to_owned())
            }
            ChangeKind::FieldRemoved => self.remove(&change.field),
            ChangeKind::BecameNullable | ChangeKind::BecameOptional => self.allow_null(&change.field),
            ChangeKind::TypeChanged => self.retype(&change.field),
            ChangeKind::Deprecated => self.deprecate(&change.field),
            // What a document does not describe may be there all the same, and what is not asked for does not come.
            ChangeKind::EnumValueRemoved | ChangeKind::EventTypeRemoved if self.is_asked_for(&change.field) => {
                Err("requests ask for what the type lists; if there is none of it any more, take it out of the type"
                    .to_owned())
            }
            ChangeKind::EnumValueAdded => self.values(&change.field, &change.detail, with_item, "added"),
            ChangeKind::EnumValueRemoved => self.values(&change.field, &change.detail, without_item, "removed"),
            ChangeKind::EventTypeAdded | ChangeKind::EventTypeRemoved => {
                let value = change.of.first().cloned().unwrap_or_default();
                if change.kind == ChangeKind::EventTypeAdded {
                    self.values(&change.field, &value, with_item, "added")
                } else {
                    self.values(&change.field, &value, without_item, "removed")
                }
            }
            _ => Err("it is yours to decide".to_owned()),
        }
    }

    /// Whether a key tells records of several kinds apart.
    fn has_kinds(&self) -> bool {
        let answer = operation(self.connector, self.resource, self.document).and_then(|found| found.response());
        answer.and_then(|answer| reads::record(self.resource, &answer)).is_some_and(|record| record.variants.is_some())
    }

    /// Whether requests of any resource name values of the types that a path is of, or a user chooses among them.
    fn is_asked_for(&self, path: &str) -> bool {
        let all = reads::reads(self.resource);
        let types = all.get(path).into_iter().flatten();
        let types: Vec<&Enum> =
            types.filter_map(|used| if let Type::Enum(known) = &used.ty { Some(known) } else { None }).collect();
        let is_of_them = |value: &String| types.iter().any(|known| known.values.contains(value));
        let asks = |resource: &Resource| {
            let for_each = resource
                .for_each
                .iter()
                .any(|each| matches!(&each.of, EachOf::Values(values) if values.iter().any(is_of_them)));
            for_each || reads::asked(resource).values().flatten().any(is_of_them)
        };
        let is_chosen = |setting: &Setting| matches!(&setting.kind, SettingKind::Choice { name, .. } if types.iter().any(|known| known.name == *name));
        self.connector.resources.iter().any(asks) || self.connector.settings.iter().any(is_chosen)
    }

    fn place(&self, path: &[&str]) -> Option<Place<'_>> {
        self.places.at(path)
    }

    fn fields(&self) -> Result<Place<'_>, String> {
        self.place(&["resources", &self.resource.name, "fields"]).ok_or_else(|| "the resource has no fields".to_owned())
    }

    /// The columns that are what stands at a path, and are fields.
    fn columns(&self, path: &str) -> Vec<&str> {
        let all = reads::reads(self.resource);
        let uses = all.get(path).into_iter().flatten().filter(|used| used.how == How::Itself);
        let names: Vec<String> = uses.map(|used| used.column.to_owned()).collect();
        let fields = self.resource.row.fields.iter().map(|field| field.name.as_str());
        fields.filter(|name| names.iter().any(|used| used == name)).collect()
    }

    fn shape(&self, path: &str) -> Option<Shape> {
        let answer = operation(self.connector, self.resource, self.document)?.response()?;
        let record = reads::record(self.resource, &answer)?;
        let record = record.only(|by, value| reads::keeps(self.resource, by, value));
        path.split('.').try_fold(record, |shape, part| {
            let name = part.trim_end_matches("[]");
            let mut shape = shape.property(name)?.shape.clone();
            for _ in 0..(part.len() - name.len()) / 2 {
                shape = *shape.items?;
            }
            Some(shape)
        })
    }

    fn add(&self, path: &str) -> Edited {
        let shape = self.shape(path).ok_or_else(|| NO_PATH.to_owned())?;
        let example = self.with_example(path, &shape)?;
        if path.contains("[]") {
            return Ok((example, format!("`{path}` is in the example; a column can be made of it")));
        }
        if is_secret(path.rsplit('.').next().unwrap_or_default(), &shape) {
            return Ok((
                example,
                format!("`{path}` looks like a secret: it is in the example, without a value, and is no column"),
            ));
        }
        let source = Source::new(self.source.name(), example);
        let places = Places::of(&source).ok_or_else(|| "the spec cannot be read".to_owned())?;
        let name = self.column_name(path);
        let required = self.is_always_there(path);
        let ty = format!("{}{}", type_of(&shape), if required { "" } else { "?" });
        let mut parts = vec![format!("type: {ty}")];
        if name != path {
            let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
            let given = self.resource.for_each.iter().map(|each| each.name.as_str());
            parts.push(format!("from: {}", in_flow(&expression(&keys, given))));
        }
        if let Some(about) = shape.description.as_deref().and_then(sentence) {
            parts.push(format!("description: {}", in_flow(&about)));
        }
        let line =
            if parts.len() == 1 { format!("{name}: {ty}") } else { format!("{name}: {{ {} }}", parts.join(", ")) };
        let fields = places.at(&["resources", &self.resource.name, "fields"]).ok_or("the resource has no fields")?;
        let entry = if is_wide(&line, 6) && !is_flow(&source, &fields) {
            format!("{name}:\n  {}", parts.join("\n  "))
        } else {
            line
        };
        let text = with_entry(&source, &fields, &entry).ok_or("there is no field to put it behind")?;
        Ok((text, format!("the new field `{name}`: {ty}")))
    }

    /// The text with the path in the resource's example, where there is one.
    fn with_example(&self, path: &str, shape: &Shape) -> Result<String, String> {
        let Some(mut place) = self.place(&["resources", &self.resource.name, "example"]) else {
            return Ok(self.source.text().to_owned());
        };
        let mut parts: Vec<&str> = path.split('.').collect();
        let name = parts.pop().unwrap_or_default();
        for part in parts {
            let key = part.trim_end_matches("[]");
            place = place.member(key).ok_or_else(|| format!("the example has no `{key}` to put it in"))?;
            if part.ends_with("[]") {
                place = place.items().next().ok_or_else(|| format!("the example's `{key}` is empty"))?;
            }
        }
        let bare = name.trim_end_matches("[]");
        let value = match is_secret(bare, shape) {
            true => in_flow(HIDDEN),
            false => one_line(&example::value(shape, None, bare, 0)).unwrap_or_default(),
        };
        let key = in_flow(name.trim_end_matches("[]"));
        with_entry(self.source, &place, &format!("{key}: {value}"))
            .ok_or_else(|| format!("the example has no place for `{name}`"))
    }

    /// A name that is not taken, in the manner of the names that are there: of the whole path, or of its last key where what
    /// stands beside it is called so.
    fn column_name(&self, path: &str) -> String {
        let fields = &self.resource.row.fields;
        let is_camel = !fields.iter().any(|field| field.name.contains('_'))
            && fields.iter().any(|field| field.name.chars().any(char::is_uppercase));
        let named = |path: &str| if is_camel { camel(path) } else { snaked(path) };
        let mut taken = Taken::with(&["self", "super", "crate"]);
        fields.iter().for_each(|field| taken.mark(&field.name));
        self.resource.row.implied().iter().for_each(|column| taken.mark(column.name));
        let (above, last) = path.rsplit_once('.').unwrap_or(("", path));
        let is_short = |other: &str, used: &Use<'_>| {
            let beside = other.rsplit_once('.').filter(|(other, _)| *other == above);
            beside.is_some_and(|(_, last)| used.how == How::Itself && used.column == named(last))
        };
        let reads = reads::reads(self.resource);
        let short = reads.iter().any(|(other, uses)| uses.iter().any(|used| is_short(other, used)));
        let (whole, value) = (named(path), named(&format!("{path}_value")));
        let names = if short { vec![named(last), whole, value] } else { vec![whole, value] };
        taken.take(&names)
    }

    fn is_always_there(&self, path: &str) -> bool {
        let Some(answer) = operation(self.connector, self.resource, self.document).and_then(|found| found.response())
        else {
            return false;
        };
        let Some(record) = reads::record(self.resource, &answer) else { return false };
        let facts = record.only(|by, value| reads::keeps(self.resource, by, value)).facts();
        let mut path = Some(path);
        std::iter::from_fn(|| {
            let this = path?;
            path = this.rfind('.').and_then(|at| this.get(..at));
            facts.get(this)
        })
        .all(|fact| fact.required && !fact.nullable)
    }

    fn remove(&self, path: &str) -> Edited {
        let fields = self.fields()?;
        let columns = self.columns(path);
        let [column] = columns.as_slice() else {
            return Err("what is made of it is yours to change".to_owned());
        };
        let text = without_entry(self.source, &fields, column).ok_or("it is the only field")?;
        let source = Source::new(self.source.name(), text);
        let without = |mut at: Vec<&str>| {
            let name = at.pop()?;
            without_entry(&source, &Places::of(&source)?.at(&at)?, name)
        };
        let text = self.example(path).and_then(without).unwrap_or_else(|| source.text().to_owned());
        Ok((text, format!("the field `{column}` is gone; its column and values stay in the store")))
    }

    /// The text with another type of each column that is what stands at a path.
    fn with_types(&self, path: &str, ty: impl Fn(&str) -> String) -> Edited {
        let columns = self.columns(path);
        let Some(first) = columns.first() else {
            return Err("it is not a field: what goes by it is yours to change".to_owned());
        };
        let mut text = self.source.text().to_owned();
        let mut now = String::new();
        for column in &columns {
            let source = Source::new(self.source.name(), text.clone());
            let places = Places::of(&source).ok_or("the spec cannot be read")?;
            let field = places.at(&["resources", &self.resource.name, "fields", column]);
            let place = field.and_then(|field| field.member("type").or(Some(field))).ok_or("the field is gone")?;
            let before = place.text().filter(|_| !is_block_text(&source, &place));
            let before = before.ok_or("the field's type cannot be read")?;
            now = ty(before);
            text = replaced(&source, &place.range(), &now);
        }
        Ok((text, format!("`{first}` is {now}")))
    }

    fn allow_null(&self, path: &str) -> Edited {
        self.with_types(path, |ty| format!("{}?", ty.trim_end_matches('?')))
    }

    fn retype(&self, path: &str) -> Edited {
        let shape = self.shape(path).ok_or_else(|| NO_PATH.to_owned())?;
        let now = type_of(&shape);
        let (text, what) = self.with_types(path, |ty| format!("{now}{}", if ty.ends_with('?') { "?" } else { "" }))?;
        // A number may be whole; anything else is shown as it comes now.
        if now == "number" {
            return Ok((text, what));
        }
        let source = Source::new(self.source.name(), text);
        let places = Places::of(&source);
        let shown = self.example(path).and_then(|at| places.as_ref()?.at(&at));
        if shown.is_some_and(|place| is_block_text(&source, &place)) {
            return Err("what the example shows of it is a block of text".to_owned());
        }
        let shown = shown.map(|place| place.range());
        let name = path.rsplit('.').next().unwrap_or_default();
        let value = one_line(&example::value(&shape, None, name, 0)).unwrap_or_default();
        let text = shown.map(|range| replaced(&source, &range, &value));
        Ok((text.unwrap_or_else(|| source.text().to_owned()), what))
    }

    /// Where the example has a path; none of one that leads into lists.
    fn example<'p>(&'p self, path: &'p str) -> Option<Vec<&'p str>> {
        let at = ["resources", &self.resource.name, "example"].into_iter();
        (!path.contains("[]")).then(|| at.chain(path.split('.')).collect())
    }

    fn deprecate(&self, path: &str) -> Edited {
        let columns = reads::reads(self.resource);
        let used = columns.get(path).into_iter().flatten().find(|used| !used.told);
        let column = used.map(|used| used.column.to_owned()).ok_or("it is told already")?;
        let fields = self.fields()?;
        let field = fields.member(&column).ok_or("it is not a field: what goes by it is yours to change")?;
        let text = match field.member("description") {
            Some(about) if is_block_text(self.source, &about) => {
                let indent = " ".repeat(self.source.position(about.range().start).column.saturating_sub(1));
                let end = about.range().end;
                Some(replaced(self.source, &(end..end), &format!("\n{indent}Deprecated.")))
            }
            Some(about) => {
                let text = about.text().unwrap_or_default().trim_end();
                let stop = if text.is_empty() || text.ends_with(['.', '!', '?']) { "" } else { "." };
                let told = format!("{text}{stop} Deprecated.");
                Some(replaced(self.source, &about.range(), &in_flow(told.trim_start())))
            }
            None if field.is_mapping() => with_entry(self.source, &field, "description: Deprecated."),
            None => field.text().map(|ty| {
                replaced(self.source, &field.range(), &format!("{{ type: {ty}, description: Deprecated. }}"))
            }),
        };
        Ok((text.ok_or("its description cannot be changed")?, format!("`{column}` is said to be deprecated")))
    }

    fn values(
        &self,
        path: &str,
        value: &str,
        edit: fn(&Source, &Place<'_>, &str) -> Option<String>,
        done: &str,
    ) -> Edited {
        let all = reads::reads(self.resource);
        let mut names: Vec<&str> = Vec::new();
        for used in all.get(path).into_iter().flatten() {
            if let Type::Enum(known) = &used.ty
                && !names.contains(&known.name.as_str())
            {
                names.push(&known.name);
            }
        }
        let name = names.first().ok_or("no type of the spec lists its values")?;
        let list = self.place(&["types", name]).ok_or("the type is not in the spec")?;
        let text = edit(self.source, &list, value).ok_or("the list cannot be changed")?;
        Ok((text, format!("`{value}` {done} {} `{name}`", if done == "added" { "to" } else { "from" })))
    }
}
