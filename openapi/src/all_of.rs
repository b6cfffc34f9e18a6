//! Two shapes that hold at once become one: those of `allOf`, of a reference and what stands beside it. It must not know
//! where they stand.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::shape::{Kind, Property, Shape, Variants};

/// What is both: what each says holds.
pub(crate) fn both(mut one: Shape, mut other: Shape) -> Shape {
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
pub(crate) fn says_null(shape: &Shape) -> bool {
    shape.nullable && shape.kinds.is_empty() && shape.values.is_none()
}

/// Where the property of each name stands. There may be thousands.
pub(crate) fn places(properties: &[Property]) -> HashMap<String, usize> {
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
