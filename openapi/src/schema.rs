//! A schema of the document becomes a shape.
//!
//! Keywords are those of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-core) (OpenAPI 3.1) and
//! of [OpenAPI 3.0](https://spec.openapis.org/oas/v3.0.4.html#schema-object). What only bounds a value (`minLength`, `pattern`, `not`, `if`)
//! is left out: it says nothing of what a row looks like.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::shape::{Kind, Property, Shape, Variants};
use crate::{Document, Tree};

/// Values within values are described so deep.
const DEEPEST: usize = 24;

/// Schemas lead to schemas so often on the way to one value, be it by references, `allOf` or nesting. What is described in
/// more steps is a document that means no good, and would be more than the stack holds.
const MOST_STEPS: usize = 120;

/// So many schemas are looked at for one shape. More are a document that multiplies itself: it is described less deep.
const MOST_SCHEMAS: usize = 20_000;

/// So many values are described of all kinds of an object together; of more kinds, one shape that is any of them is told.
const MOST_OF_KINDS: usize = 100_000;

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

/// What is both: what each says holds.
fn both(mut one: Shape, mut other: Shape) -> Shape {
    // What one side says of all variants, each has. Where both sides have variants, the first tells them apart.
    let variants = match (one.variants.take(), other.variants.take()) {
        (Some(variants), _) => Some((variants, other.clone())),
        (None, Some(variants)) => Some((variants, one.clone())),
        (None, None) => None,
    };
    let variants = variants.map(|(variants, base)| Variants {
        of: variants.of.into_iter().map(|(value, shape)| (value, both(base.clone(), shape))).collect(),
        ..variants
    });
    let says_nothing = |shape: &Shape| shape.kinds.is_empty() && shape.values.is_none() && !shape.nullable;
    let nullable = match (says_nothing(&one), says_nothing(&other)) {
        (true, _) => other.nullable,
        (_, true) => one.nullable,
        // `{ nullable: true }` beside what it is meant of.
        _ => one.nullable && other.nullable || says_null(&one) || says_null(&other),
    };
    let mut properties = one.properties;
    let places = places(&properties);
    for property in other.properties {
        match places.get(&property.name).and_then(|at| properties.get_mut(*at)) {
            Some(known) => {
                known.required |= property.required;
                known.shape = both(std::mem::take(&mut known.shape), property.shape);
            }
            None => properties.push(property),
        }
    }
    Shape {
        kinds: narrowed(&one.kinds, &other.kinds),
        nullable,
        format: other.format.or(one.format),
        values: match (one.values, other.values) {
            (Some(some), Some(others)) => {
                let others: HashSet<String> = others.into_iter().collect();
                Some(some.into_iter().filter(|value| others.contains(value)).collect())
            }
            (some, None) => some,
            (None, others) => others,
        },
        properties,
        others: match (one.others, other.others) {
            (Some(some), Some(others)) => Some(Box::new(both(*some, *others))),
            (some, others) => some.or(others),
        },
        items: match (one.items, other.items) {
            (Some(some), Some(others)) => Some(Box::new(both(*some, *others))),
            (some, others) => some.or(others),
        },
        variants,
        deprecated: one.deprecated || other.deprecated,
        description: other.description.or(one.description),
        example: other.example.or(one.example),
        default: other.default.or(one.default),
        maximum: match (one.maximum, other.maximum) {
            (Some(some), Some(others)) => Some(some.min(others)),
            (some, others) => some.or(others),
        },
    }
}

/// Whether nothing is said but that it may be null.
fn says_null(shape: &Shape) -> bool {
    shape.nullable && shape.kinds.is_empty() && shape.values.is_none()
}

/// Where the property of each name stands. There may be thousands.
fn places(properties: &[Property]) -> HashMap<String, usize> {
    properties.iter().enumerate().map(|(at, property)| (property.name.clone(), at)).collect()
}

fn narrowed(one: &BTreeSet<Kind>, other: &BTreeSet<Kind>) -> BTreeSet<Kind> {
    if one.is_empty() || other.is_empty() {
        return one.union(other).copied().collect();
    }
    let mut kinds: BTreeSet<Kind> = one.intersection(other).copied().collect();
    // A whole number is a number.
    let whole = |some: &BTreeSet<Kind>, others: &BTreeSet<Kind>| {
        some.contains(&Kind::Integer) && others.contains(&Kind::Number)
    };
    if whole(one, other) || whole(other, one) {
        kinds.insert(Kind::Integer);
    }
    kinds
}

/// What is `base`, and one of `parts`.
fn one_of(base: Shape, parts: Vec<Shape>) -> Shape {
    let nullable = parts.iter().any(|part| part.nullable);
    let mut parts: Vec<Shape> = parts.into_iter().filter(|part| !says_null(part)).collect();
    // Beside the base, being nullable is the parts' to say.
    let says_nothing = base.kinds.is_empty() && base.values.is_none();
    let base = Shape { nullable: if says_nothing { nullable } else { base.nullable && nullable }, ..base };
    if parts.len() < 2 {
        let Some(part) = parts.pop() else { return base };
        return both(base.clone(), Shape { nullable: base.nullable, ..part });
    }
    if let Some(variants) = told_apart(&base, &parts) {
        let of =
            |(value, part): (String, Shape)| (value, both(base.clone(), Shape { nullable: base.nullable, ..part }));
        let variants = Variants { of: variants.of.into_iter().map(of).collect(), ..variants };
        let all = variants.of.iter().map(|(_, shape)| shape.clone()).collect();
        return Shape { variants: Some(variants), ..any(all) };
    }
    let either = any(parts);
    both(base.clone(), Shape { nullable: base.nullable, ..either })
}

/// The key that tells objects apart: one that each must have, with texts that no other has. Of several, the first that
/// the first of them has, unless one is called as such keys are.
fn told_apart(base: &Shape, parts: &[Shape]) -> Option<Variants> {
    fn values<'p>(part: &'p Shape, name: &str) -> Option<&'p [String]> {
        part.property(name).and_then(|property| property.shape.values.as_deref())
    }
    let first = parts.first()?;
    let tells = |name: &&str| {
        let mut seen = HashSet::new();
        parts.iter().all(|part| values(part, name).is_some_and(|values| values.iter().all(|value| seen.insert(value))))
    };
    let by = first.properties.iter().map(|property| property.name.as_str()).find(tells)?;
    let own = size(base);
    let all = parts.iter().map(|part| values(part, by).map_or(0, <[String]>::len) * (own + size(part)));
    if all.sum::<usize>() > MOST_OF_KINDS {
        return None;
    }
    let of = parts.iter().flat_map(|part| {
        let values = values(part, by).unwrap_or_default().to_vec();
        let several = values.len() > 1;
        values.into_iter().map(move |value| {
            let mut part = part.clone();
            let property = part.properties.iter_mut().find(|property| property.name == by);
            if let Some(property) = property.filter(|_| several) {
                property.shape.values = Some(vec![value.clone()]);
            }
            (value, part)
        })
    });
    Some(Variants { by: by.to_owned(), of: of.collect() })
}

/// How many values are described by a shape.
fn size(shape: &Shape) -> usize {
    let properties = shape.properties.iter().map(|property| &property.shape);
    let others = shape.items.iter().chain(&shape.others).map(AsRef::as_ref);
    let kinds = shape.variants.iter().flat_map(|variants| variants.of.iter().map(|(_, shape)| shape));
    1 + properties.chain(others).chain(kinds).map(size).sum::<usize>()
}

impl Shape {
    /// What records are, of those kinds that `reads` is true for: it is given the key that tells them apart, and its value.
    /// The shape itself, where nothing tells them apart.
    #[must_use]
    pub fn only(&self, reads: impl Fn(&str, &str) -> bool) -> Shape {
        let Some(variants) = &self.variants else { return self.clone() };
        let of = variants.of.iter().filter(|(value, _)| reads(&variants.by, value));
        any(of.map(|(_, shape)| shape.clone()).collect())
    }
}

/// What is any of several: it has what one of them has, and must have what all of them must.
fn any(parts: Vec<Shape>) -> Shape {
    let mut all = parts.into_iter();
    let Some(first) = all.next() else { return Shape::default() };
    all.fold(first, either)
}

fn either(one: Shape, other: Shape) -> Shape {
    let is_any = one.kinds.is_empty() || other.kinds.is_empty();
    let mut kinds: BTreeSet<Kind> = if is_any { BTreeSet::new() } else { &one.kinds | &other.kinds };
    if kinds.contains(&Kind::Number) {
        kinds.remove(&Kind::Integer);
    }
    let (is_object, other_is) = (one.kinds.contains(&Kind::Object), other.kinds.contains(&Kind::Object));
    let mut properties = one.properties;
    let musts: HashSet<&str> =
        other.properties.iter().filter(|other| other.required).map(|other| other.name.as_str()).collect();
    for known in &mut properties {
        known.required &= !other_is || musts.contains(known.name.as_str());
    }
    let places = places(&properties);
    for mut property in other.properties {
        match places.get(&property.name).and_then(|at| properties.get_mut(*at)) {
            Some(known) => known.shape = either(std::mem::take(&mut known.shape), property.shape),
            None => {
                property.required &= !is_object;
                properties.push(property);
            }
        }
    }
    let open = |some: Option<Box<Shape>>, others: Option<Box<Shape>>| match (some, others) {
        (Some(some), Some(others)) => Some(Box::new(either(*some, *others))),
        (some, others) => some.or(others),
    };
    // Texts that are listed beside texts that are not are any text.
    let is_text = |kinds: &BTreeSet<Kind>| kinds.is_empty() || kinds.contains(&Kind::String);
    let values = match (one.values, other.values) {
        (Some(some), Some(others)) => {
            let mut seen = HashSet::new();
            Some(some.into_iter().chain(others).filter(|value| seen.insert(value.clone())).collect())
        }
        (Some(some), None) if !is_text(&other.kinds) => Some(some),
        (None, Some(others)) if !is_text(&one.kinds) => Some(others),
        _ => None,
    };
    Shape {
        kinds,
        nullable: one.nullable || other.nullable,
        format: if one.format == other.format { one.format } else { None },
        values,
        properties,
        others: open(one.others, other.others),
        items: open(one.items, other.items),
        variants: None,
        deprecated: one.deprecated && other.deprecated,
        description: one.description.or(other.description),
        example: one.example.or(other.example),
        default: one.default.or(other.default),
        maximum: one.maximum.max_by(other.maximum),
    }
}

/// The greater of two bounds; none when one is missing.
trait Greater {
    fn max_by(self, other: Self) -> Self;
}

impl Greater for Option<f64> {
    fn max_by(self, other: Self) -> Self {
        Some(self?.max(other?))
    }
}
