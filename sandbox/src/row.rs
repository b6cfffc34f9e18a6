//! A record together with the record that its list was read for, and so on up: the row that templates and children name
//! the columns of. It must not know how it was found.

use serde_json::Value;
use tapwright_spec::model::{Expr, Resource, TimeFormat, Type};

use crate::eval::{Columns, Scope, eval, text};
use crate::fixed::written;
use crate::format::read;
use crate::time;

/// A record and its parents.
#[derive(Clone, Debug)]
pub(crate) struct Row<'w> {
    pub(crate) resource: &'w Resource,
    pub(crate) settings: &'w [(String, Value)],
    /// Its number among the records of the resource.
    pub(crate) number: u64,
    pub(crate) record: Value,
    /// The item that the record stands in, and the key that it stands under.
    pub(crate) around: (Value, String),
    /// What its list was read for.
    pub(crate) above: Option<Combination<'w>>,
}

/// What a list is asked for: one of each of what it is there for.
#[derive(Clone, Debug)]
pub(crate) struct Combination<'w> {
    pub(crate) number: u64,
    pub(crate) parts: Vec<(&'w str, One<'w>)>,
}

/// A part of a combination.
#[derive(Clone, Debug)]
pub(crate) enum One<'w> {
    Row(Box<Row<'w>>),
    Value(&'w str),
}

/// What a column is made of, and how its moment is written when it is one.
pub(crate) fn column<'r>(resource: &'r Resource, name: &str) -> Option<(&'r Expr, Option<&'r TimeFormat>)> {
    let row = &resource.row;
    if name == "id" {
        return Some((&row.key, None));
    }
    if let Some(column) = row.implied().into_iter().find(|column| column.name == name && column.ty == Type::String) {
        let ends = row.edge.as_ref()?;
        return match column.name {
            "from_id" => Some((&ends.from.from, None)),
            "to_id" => Some((&ends.to.from, None)),
            _ => ends.kind.as_ref().map(|kind| (kind, None)),
        };
    }
    if let Some(end) = row.series.as_ref().and_then(|series| series.end.as_ref()).filter(|_| name == "end_at") {
        return Some((&end.from, Some(&end.format)));
    }
    if let Some(time) = row.time.as_ref().filter(|_| name == row.shape.time_column()) {
        return Some((&time.from, Some(&time.format)));
    }
    row.fields.iter().find(|field| field.name == name).map(|field| match &field.ty {
        Type::Timestamp(format) => (&field.from, Some(format)),
        _ => (&field.from, None),
    })
}

impl Row<'_> {
    /// Its `id`.
    pub(crate) fn id(&self) -> String {
        text(&self.column("id"))
    }

    /// The number of what its list was read for.
    pub(crate) fn whose(&self) -> Option<u64> {
        self.above.as_ref().map(|above| above.number)
    }

    /// The text that an expression over its columns gives to a request.
    pub(crate) fn says(&self, expr: &Expr) -> Option<String> {
        written(eval(expr, Scope { parent: Some(self), ..Scope::new(&Value::Null, self.settings) }))
    }

    fn column(&self, name: &str) -> Value {
        if name == "id" && self.resource.row.shape.is_series() {
            let texts = self.resource.row.told_by().into_iter().map(|name| text(&self.column(name)));
            let parts: Vec<String> = texts.map(|text| text.replace('%', "%25").replace('/', "%2F")).collect();
            return Value::from(parts.join("/"));
        }
        let Some((from, format)) = column(self.resource, name) else { return Value::Null };
        let parent = self.above.as_ref().map(|above| above as &dyn Columns);
        let around = Some((&self.around.0, self.around.1.as_str()));
        let value = eval(from, Scope { parent, around, ..Scope::new(&self.record, self.settings) });
        let as_text = name == "id"
            || self.resource.row.fields.iter().any(|field| field.name == name && field.ty == Type::Decimal);
        match format {
            _ if value.is_null() => value,
            Some(format) => {
                let moment = read(format, &text(&value));
                moment.map_or(Value::Null, |millis| Value::from(time::rfc3339(millis)))
            }
            None if as_text => Value::from(text(&value)),
            None => value,
        }
    }
}

/// Of what a row alone is asked, whatever its name.
impl Columns for Row<'_> {
    fn given(&self, _: &str, column: Option<&str>) -> Value {
        column.map_or(Value::Null, |column| self.column(column))
    }
}

impl Columns for Combination<'_> {
    fn given(&self, name: &str, column: Option<&str>) -> Value {
        match (self.parts.iter().find(|(known, _)| *known == name), column) {
            (Some((_, One::Row(row))), Some(column)) => row.column(column),
            (Some((_, One::Value(value))), None) => Value::from(*value),
            _ => Value::Null,
        }
    }
}

impl Combination<'_> {
    /// The keys of its parts.
    pub(crate) fn keys(&self) -> Vec<String> {
        let key = |one: &One<'_>| match one {
            One::Row(row) => row.id(),
            One::Value(value) => (*value).to_owned(),
        };
        self.parts.iter().map(|(_, one)| key(one)).collect()
    }
}
