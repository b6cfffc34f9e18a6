//! What a value may be, whatever words a document says it in.

use std::collections::BTreeSet;

use crate::Tree;

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Its name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Kind> {
        [Kind::String, Kind::Integer, Kind::Number, Kind::Boolean, Kind::Array, Kind::Object]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// What a value may be. The default is anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Its kinds; any when there is none.
    pub kinds: BTreeSet<Kind>,
    /// Whether it may be null.
    pub nullable: bool,
    /// `format`, such as `date-time`.
    pub format: Option<String>,
    /// `enum` or `const`: the only values, without null.
    pub values: Option<Vec<String>>,
    /// The keys of an object, in the order written.
    pub properties: Vec<Property>,
    /// What stands under the keys of an object that have no name: `additionalProperties`.
    pub others: Option<Box<Shape>>,
    /// The items of a list.
    pub items: Option<Box<Shape>>,
    /// Of an object: which there are, when one of its keys tells.
    pub variants: Option<Variants>,
    /// Whether it is on its way out.
    pub deprecated: bool,
    /// What it is.
    pub description: Option<String>,
    /// One that it may be.
    pub example: Option<Tree>,
    /// What is taken when it is not given.
    pub default: Option<Tree>,
    /// The greatest number that it may be.
    pub maximum: Option<f64>,
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Whether every object has it.
    pub required: bool,
    /// What stands under it.
    pub shape: Shape,
}

/// Objects of which a key tells what else they have.
#[derive(Clone, Debug, PartialEq)]
pub struct Variants {
    /// The key.
    pub by: String,
    /// The key's values, and what an object with it is.
    pub of: Vec<(String, Shape)>,
}

impl Shape {
    /// The property of that name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// What stands at the end of a path of keys.
    #[must_use]
    pub fn at<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Option<&Shape> {
        keys.into_iter().try_fold(self, |shape, key| shape.property(key).map(|property| &property.shape))
    }

    /// Its kinds as text, such as `string`, `integer|string` or `any`.
    #[must_use]
    pub fn kinds_text(&self) -> String {
        if self.kinds.is_empty() {
            return "any".to_owned();
        }
        self.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join("|")
    }
}
