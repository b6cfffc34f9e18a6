//! One operation: what it is asked with, and what it answers.

use crate::schema::shape;
use crate::{Document, Kind, Shape, Tree};

/// An operation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'d> {
    document: &'d Document,
    /// Its path, with `{…}` for what varies.
    pub path: &'d str,
    /// Its method, in lower case.
    pub method: &'static str,
    item: &'d Tree,
    body: &'d Tree,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum In {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: In,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Whether it is on its way out.
    pub deprecated: bool,
    /// What it is for.
    pub description: Option<String>,
    /// How a list is written: whether with commas in one (`name=a,b`) instead of one for each item.
    pub joined: bool,
    /// What it may be.
    pub shape: Shape,
}

impl<'d> Operation<'d> {
    pub(crate) fn new(
        document: &'d Document,
        path: &'d str,
        method: &'static str,
        item: &'d Tree,
        body: &'d Tree,
    ) -> Self {
        Operation { document, path, method, item, body }
    }

    /// What varies in its path, in the order in which it stands there.
    pub fn placeholders(&self) -> impl Iterator<Item = &'d str> {
        let names = self.path.split('{').skip(1);
        names.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    /// What it does, in a line.
    #[must_use]
    pub fn summary(&self) -> Option<&'d str> {
        self.body.text_at("summary")
    }

    /// What it does.
    #[must_use]
    pub fn description(&self) -> Option<&'d str> {
        self.body.text_at("description")
    }

    /// Where it is documented.
    #[must_use]
    pub fn docs(&self) -> Option<&'d str> {
        self.body.get("externalDocs")?.text_at("url")
    }

    /// What programs call it.
    #[must_use]
    pub fn id(&self) -> Option<&'d str> {
        self.body.text_at("operationId")
    }

    /// Whether it is on its way out.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.body.is_true("deprecated")
    }

    /// What it can be asked with, in the order written: its own, and those of its path.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let list = |tree: &'d Tree| tree.get("parameters").map(Tree::items).unwrap_or_default();
        let mut all: Vec<Parameter> = list(self.body).iter().flat_map(|one| self.sent_as(one)).collect();
        for one in list(self.item).iter().flat_map(|one| self.sent_as(one)) {
            if !all.iter().any(|own| (&own.name, own.place) == (&one.name, one.place)) {
                all.push(one);
            }
        }
        all
    }

    /// The parameters that a described one is sent as: of an object in the query, each of its keys is one
    /// ([style values](https://spec.openapis.org/oas/v3.0.4.html#style-values)).
    fn sent_as(&self, tree: &'d Tree) -> Vec<Parameter> {
        let tree = self.document.follow(tree);
        let Some(parameter) = self.parameter(tree) else { return Vec::new() };
        let is_object = parameter.shape.kinds.iter().eq([&Kind::Object]) && !parameter.shape.properties.is_empty();
        let of: fn(&str, &str) -> String = match tree.text_at("style").unwrap_or("form") {
            "form" if tree.get("explode") != Some(&Tree::Bool(false)) => |_, key| key.to_owned(),
            "deepObject" => |name, key| format!("{name}[{key}]"),
            _ => return vec![parameter],
        };
        if !is_object || parameter.place != In::Query || tree.get("schema").is_none() {
            return vec![parameter];
        }
        let Parameter { name, place, required, deprecated, shape, .. } = parameter;
        let sent = shape.properties.into_iter().map(|property| Parameter {
            name: of(&name, &property.name),
            place,
            required: required && property.required,
            deprecated: deprecated || property.shape.deprecated,
            description: property.shape.description.clone(),
            joined: false,
            shape: property.shape,
        });
        sent.collect()
    }

    fn parameter(&self, tree: &'d Tree) -> Option<Parameter> {
        let place = match tree.text_at("in")? {
            "path" => In::Path,
            "query" => In::Query,
            "header" => In::Header,
            "cookie" => In::Cookie,
            _ => return None,
        };
        let content = || tree.get("content").and_then(|content| content.entries().first()?.1.get("schema"));
        let shape = tree.get("schema").or_else(content).map(|schema| shape(self.document, schema));
        let shape = shape.unwrap_or_default();
        let explode = tree
            .get("explode")
            .map_or(tree.text_at("style").is_none_or(|style| style == "form"), |value| *value == Tree::Bool(true));
        Some(Parameter {
            name: tree.text_at("name")?.to_owned(),
            place,
            required: tree.is_true("required"),
            deprecated: tree.is_true("deprecated") || shape.deprecated,
            description: tree.text_at("description").map(str::to_owned),
            joined: shape.items.is_some() && !explode,
            shape,
        })
    }

    /// What it answers when all is well: the shape of the JSON of its first status of 2xx that has one.
    #[must_use]
    pub fn response(&self) -> Option<Shape> {
        let schema = self.answers().find_map(|(_, answer)| json_of(answer))?;
        Some(shape(self.document, schema))
    }

    /// The names of the headers of that answer.
    #[must_use]
    pub fn response_headers(&self) -> Vec<&'d str> {
        let headers = self.answers().filter_map(|(_, answer)| answer.get("headers"));
        headers.flat_map(|headers| headers.entries().iter().map(|(name, _)| name.as_str())).collect()
    }

    fn answers(&self) -> impl Iterator<Item = (&'d str, &'d Tree)> {
        let document = self.document;
        let answers = self.body.get("responses").map(Tree::entries).unwrap_or_default();
        let is_well = |status: &str| status.starts_with('2');
        let well = answers.iter().filter(move |(status, _)| is_well(status));
        let other = answers.iter().filter(|(status, _)| status == "default");
        well.chain(other).map(move |(status, answer)| (status.as_str(), document.follow(answer)))
    }

    /// The shape of the JSON that it is sent.
    #[must_use]
    pub fn request(&self) -> Option<Shape> {
        let schema = json_of(self.document.follow(self.body.get("requestBody")?))?;
        Some(shape(self.document, schema))
    }

    /// The names of the security schemes that one of is enough, its own or the document's.
    #[must_use]
    pub fn security(&self) -> Vec<&'d str> {
        let wanted = self.body.get("security").or_else(|| self.document.root().get("security"));
        let names = wanted.map(Tree::items).unwrap_or_default().iter();
        names.flat_map(|one| one.entries().iter().map(|(name, _)| name.as_str())).collect()
    }
}

/// The schema of a body's JSON.
fn json_of(body: &Tree) -> Option<&Tree> {
    let content = body.get("content")?.entries();
    let is_json = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json") || kind == "*/*"
    };
    content.iter().find(|(kind, _)| is_json(kind)).and_then(|(_, media)| media.get("schema"))
}
