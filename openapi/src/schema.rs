//! A schema of the document becomes a shape.
//!
//! Keywords are those of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-core) (OpenAPI 3.1) and
//! of [OpenAPI 3.0](https://spec.openapis.org/oas/v3.0.4.html#schema-object). What only bounds a value (`minLength`, `pattern`, `not`, `if`)
//! is left out: it says nothing of what a row looks like.

use std::collections::BTreeSet;

use crate::shape::{Kind, Property, Shape, Variants};
use crate::{Document, Tree};

/// Schemas within schemas are followed so deep.
const DEEPEST: usize = 40;

/// So many schemas are looked at for one shape. More are a document that multiplies itself.
const MOST_SCHEMAS: usize = 200_000;

/// Turns schemas of one document into shapes.
pub(crate) struct Resolver<'d> {
    document: &'d Document,
    /// The references that are being followed: one that leads back into itself is anything.
    following: Vec<&'d str>,
    seen: usize,
}

impl<'d> Resolver<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Resolver { document, following: Vec::new(), seen: 0 }
    }

    pub(crate) fn shape(&mut self, schema: &'d Tree) -> Shape {
        self.seen += 1;
        if self.seen > MOST_SCHEMAS || self.following.len() > DEEPEST {
            return Shape::default();
        }
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
            shape.items = Some(Box::new(self.shape(items)));
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
            shape.properties.push(Property { name: name.clone(), required, shape: self.shape(schema) });
        }
        // What is required and described elsewhere, in another part of an `allOf`.
        for name in required.iter().filter(|name| !properties.iter().any(|(known, _)| known == *name)) {
            shape.properties.push(Property { name: (*name).to_owned(), required: true, shape: Shape::default() });
        }
        let patterns = schema.get("patternProperties").and_then(|patterns| Some(&patterns.entries().first()?.1));
        match schema.get("additionalProperties").or(patterns) {
            Some(others @ Tree::Map(_)) => shape.others = Some(Box::new(self.shape(others))),
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
        _ => one.nullable && other.nullable,
    };
    let mut properties = one.properties;
    for property in other.properties {
        match properties.iter_mut().find(|known| known.name == property.name) {
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
            (Some(some), Some(others)) => Some(some.into_iter().filter(|value| others.contains(value)).collect()),
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
    let says_null = |part: &Shape| part.nullable && part.kinds.is_empty() && part.values.is_none();
    let nullable = parts.iter().any(|part| part.nullable);
    let mut parts: Vec<Shape> = parts.into_iter().filter(|part| !says_null(part)).collect();
    // Beside the base, being nullable is the parts' to say.
    let says_nothing = base.kinds.is_empty() && base.values.is_none();
    let base = Shape { nullable: if says_nothing { nullable } else { base.nullable && nullable }, ..base };
    if parts.len() < 2 {
        let Some(part) = parts.pop() else { return base };
        return both(base.clone(), Shape { nullable: base.nullable, ..part });
    }
    if let Some(variants) = told_apart(&parts) {
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
fn told_apart(parts: &[Shape]) -> Option<Variants> {
    let first = parts.first()?;
    let values = |part: &Shape, name: &str| part.property(name).and_then(|property| property.shape.values.clone());
    let tells = |name: &&str| {
        let mut seen = BTreeSet::new();
        parts
            .iter()
            .all(|part| values(part, name).is_some_and(|values| values.into_iter().all(|value| seen.insert(value))))
    };
    let by = first.properties.iter().map(|property| property.name.as_str()).find(tells)?;
    let of = parts.iter().flat_map(|part| {
        let values = values(part, by).unwrap_or_default();
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
    for known in &mut properties {
        known.required &= !other_is || other.properties.iter().any(|other| other.name == known.name && other.required);
    }
    for mut property in other.properties {
        match properties.iter_mut().find(|known| known.name == property.name) {
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
        (Some(mut some), Some(others)) => {
            let more: Vec<String> = others.into_iter().filter(|value| !some.contains(value)).collect();
            some.extend(more);
            Some(some)
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
