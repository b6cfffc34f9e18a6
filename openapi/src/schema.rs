//! A schema of the document becomes a shape.
//!
//! Keywords are those of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-core) (OpenAPI 3.1) and
//! of [OpenAPI 3.0](https://spec.openapis.org/oas/v3.0.4.html#schema-object). What only bounds a value (`minLength`, `pattern`, `not`, `if`)
//! is left out: it says nothing of what a row looks like.

use std::collections::BTreeSet;

use crate::all_of::both;
use crate::any_of::one_of;
use crate::shape::{Kind, Property, Shape};
use crate::{Document, Tree};

/// Values within values are described so deep.
const DEEPEST: usize = 24;

/// Schemas lead to schemas so often on the way to one value, be it by references, `allOf` or nesting. What is described in
/// more steps is a document that means no good, and would be more than the stack holds.
const MOST_STEPS: usize = 120;

/// So many schemas are looked at for one shape. More are a document that multiplies itself: it is described less deep.
const MOST_SCHEMAS: usize = 20_000;

/// The shape of a schema of a document: as deep as it can be told with so many schemas, so that what stands at the top is
/// told whatever stands below it.
pub(crate) fn shape(document: &Document, schema: &Tree) -> Shape {
    let mut deepest = DEEPEST;
    loop {
        let mut resolver = Resolver { document, following: Vec::new(), steps: 0, depth: 0, deepest, seen: 0 };
        let shape = resolver.shape(schema);
        if resolver.seen <= MOST_SCHEMAS || deepest == 1 {
            return shape;
        }
        deepest /= 2;
    }
}

/// Turns a schema into a shape.
struct Resolver<'d> {
    document: &'d Document,
    /// The references that are being followed: one that leads back into itself is anything.
    following: Vec<&'d str>,
    /// How many schemas led here.
    steps: usize,
    /// How many values the one that is described stands in.
    depth: usize,
    /// So deep values are described.
    deepest: usize,
    seen: usize,
}

impl<'d> Resolver<'d> {
    fn shape(&mut self, schema: &'d Tree) -> Shape {
        self.seen += 1;
        if self.seen > MOST_SCHEMAS || self.steps >= MOST_STEPS {
            return Shape::default();
        }
        self.steps += 1;
        let mut shape = self.whole(schema);
        self.steps -= 1;
        // Strictly, OpenAPI 3.0 has it beside `type` only; beside a reference, `allOf` or `oneOf` the same is meant.
        shape.nullable |= schema.is_true("nullable");
        shape
    }

    fn whole(&mut self, schema: &'d Tree) -> Shape {
        let own = self.own(schema);
        let Some(reference) = schema.text_at("$ref") else { return own };
        if self.following.contains(&reference) {
            return own;
        }
        let Some(target) = self.document.at(reference) else { return own };
        self.following.push(reference);
        let target = self.shape(target);
        self.following.pop();
        both(target, own)
    }

    /// The shape of what stands in a value.
    fn inner(&mut self, schema: &'d Tree) -> Shape {
        if self.depth >= self.deepest {
            return Shape::default();
        }
        self.depth += 1;
        let shape = self.shape(schema);
        self.depth -= 1;
        shape
    }

    /// What a schema says beside its reference.
    fn own(&mut self, schema: &'d Tree) -> Shape {
        let mut shape = self.plain(schema);
        for part in schema.get("allOf").map(Tree::items).unwrap_or_default() {
            let part = self.shape(part);
            shape = both(shape, part);
        }
        for key in ["oneOf", "anyOf"] {
            let Some(Tree::List(parts)) = schema.get(key) else { continue };
            let parts: Vec<Shape> = parts.iter().map(|part| self.alternative(part)).collect();
            shape = one_of(shape, parts);
        }
        shape
    }

    fn alternative(&mut self, schema: &'d Tree) -> Shape {
        let mut shape = self.shape(schema);
        if is_null(schema) {
            shape.nullable = true;
        }
        shape
    }

    fn plain(&mut self, schema: &'d Tree) -> Shape {
        let mut shape = Shape::default();
        let named: Vec<&str> = match schema.get("type") {
            Some(Tree::Text(name)) => vec![name],
            Some(Tree::List(names)) => names.iter().filter_map(Tree::text).collect(),
            _ => Vec::new(),
        };
        shape.kinds = named.iter().filter_map(|name| Kind::named(name)).collect();
        shape.nullable = schema.is_true("nullable") || named.contains(&"null");
        shape.format = schema.text_at("format").map(str::to_owned);
        shape.deprecated = schema.is_true("deprecated");
        shape.description = schema.text_at("description").map(str::to_owned);
        let examples = || schema.get("examples").and_then(|examples| examples.items().first());
        shape.example = schema.get("example").or_else(examples).cloned();
        shape.default = schema.get("default").cloned();
        shape.maximum = match schema.get("maximum") {
            #[expect(clippy::cast_precision_loss, reason = "a bound")]
            Some(Tree::Integer(most)) => Some(*most as f64),
            Some(Tree::Number(most)) => Some(*most),
            _ => None,
        };
        let only: Option<Vec<&Tree>> = match (schema.get("const"), schema.get("enum")) {
            (Some(value), _) => Some(vec![value]),
            (None, Some(Tree::List(values))) => Some(values.iter().collect()),
            _ => None,
        };
        if let Some(only) = only {
            shape.nullable |= only.contains(&&Tree::Null);
            if shape.kinds.is_empty() {
                shape.kinds = only.iter().filter_map(|value| kind_of(value)).collect();
            }
            let values: Vec<String> = only.into_iter().filter_map(Tree::scalar).collect();
            shape.values = (!values.is_empty()).then_some(values);
        }
        self.object(schema, &mut shape);
        if let Some(items) = schema.get("items") {
            shape.items = Some(Box::new(self.inner(items)));
            if shape.kinds.is_empty() {
                shape.kinds.insert(Kind::Array);
            }
        }
        shape
    }

    fn object(&mut self, schema: &'d Tree, shape: &mut Shape) {
        let required: BTreeSet<&str> =
            schema.get("required").map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text).collect();
        let properties = schema.get("properties").map(Tree::entries).unwrap_or_default();
        for (name, schema) in properties {
            let required = required.contains(name.as_str());
            shape.properties.push(Property { name: name.clone(), required, shape: self.inner(schema) });
        }
        // What is required and described elsewhere, in another part of an `allOf`.
        let described: BTreeSet<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
        for name in required.difference(&described) {
            shape.properties.push(Property { name: (*name).to_owned(), required: true, shape: Shape::default() });
        }
        let patterns = schema.get("patternProperties").and_then(|patterns| Some(&patterns.entries().first()?.1));
        match schema.get("additionalProperties").or(patterns) {
            Some(others @ Tree::Map(_)) => shape.others = Some(Box::new(self.inner(others))),
            Some(Tree::Bool(true)) => shape.others = Some(Box::default()),
            _ => {}
        }
        if shape.kinds.is_empty() && (!shape.properties.is_empty() || shape.others.is_some()) {
            shape.kinds.insert(Kind::Object);
        }
    }
}

fn is_null(schema: &Tree) -> bool {
    schema.text_at("type") == Some("null") || schema.get("const") == Some(&Tree::Null)
}

fn kind_of(value: &Tree) -> Option<Kind> {
    match value {
        Tree::Null => None,
        Tree::Bool(_) => Some(Kind::Boolean),
        Tree::Integer(_) => Some(Kind::Integer),
        Tree::Number(_) => Some(Kind::Number),
        Tree::Text(_) => Some(Kind::String),
        Tree::List(_) => Some(Kind::Array),
        Tree::Map(_) => Some(Kind::Object),
    }
}
