//! Shapes of which one holds become one: those of `oneOf` and `anyOf`, told apart by what distinguishes them where there is
//! such a thing. It must not know where they stand.

use std::collections::{BTreeSet, HashSet};

use crate::all_of::{both, places, says_null};
use crate::shape::{Kind, Shape, Variants};

/// So many values are described of all kinds of an object together; of more kinds, one shape that is any of them is told.
const MOST_OF_KINDS: usize = 100_000;

/// What is `base`, and one of `parts`.
pub(crate) fn one_of(base: Shape, parts: Vec<Shape>) -> Shape {
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
        // Without a bound on one of them there is none.
        maximum: one.maximum.zip(other.maximum).map(|(some, others)| some.max(others)),
    }
}
