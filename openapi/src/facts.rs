//! A shape laid out as a list of paths and what is said of each: what two shapes are compared by.

use std::collections::BTreeMap;

use crate::{Kind, Shape};

/// Paths are followed so deep; a shape that goes deeper repeats itself.
const DEEPEST: usize = 24;

/// What is said of the value at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kinds, such as `string` or `integer|string`; `any` when nothing is said.
    pub kinds: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether what it stands in always has it.
    pub required: bool,
    /// Its only values.
    pub values: Option<Vec<String>>,
    /// `format`.
    pub format: Option<String>,
    /// Whether it is on its way out.
    pub deprecated: bool,
}

/// What is said of each path: `name`, `metadata.users.active`, `domains[].state`, `labels.*`. The path of a value's parent
/// comes before its own.
pub type Facts = BTreeMap<String, Fact>;

impl Shape {
    /// The facts of what stands in a value of this shape; of the value itself at the empty path, if `own`.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        self.within("", &mut facts, 0);
        facts
    }

    /// The fact of a value of this shape.
    #[must_use]
    pub fn fact(&self, required: bool) -> Fact {
        Fact {
            kinds: self.kinds_text(),
            nullable: self.nullable,
            required,
            values: self.values.clone(),
            format: self.format.clone(),
            deprecated: self.deprecated,
        }
    }

    /// The facts of one part of it, which stands at `path`.
    pub(crate) fn facts_at(&self, path: &str, required: bool, facts: &mut Facts) {
        self.add(path, required, facts, 0);
    }

    fn add(&self, path: &str, required: bool, facts: &mut Facts, depth: usize) {
        facts.insert(path.to_owned(), self.fact(required));
        self.within(path, facts, depth + 1);
    }

    fn within(&self, path: &str, facts: &mut Facts, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for property in self.properties.iter().filter(|property| !property.name.is_empty()) {
            let name = &property.name;
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            property.shape.add(&path, property.required, facts, depth);
        }
        if let Some(items) = &self.items {
            items.add(&format!("{path}[]"), true, facts, depth);
        }
        // Of what may have any keys, nothing is known.
        if let Some(others) = self.others.as_ref().filter(|others| !others.kinds.is_empty()) {
            let path = if path.is_empty() { "*".to_owned() } else { format!("{path}.*") };
            others.add(&path, false, facts, depth);
        }
    }

    /// Whether it is a value without parts.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        !self.kinds.is_empty() && !self.kinds.contains(&Kind::Object) && !self.kinds.contains(&Kind::Array)
    }
}
