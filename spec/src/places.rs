//! Where things stand in a spec, for whoever edits its text and keeps the rest of it as it is.

use std::ops::Range;

use crate::Source;
use crate::diagnostic::Ledger;
use crate::yaml::{self, Kind, Node};

/// A spec's text as values and the bytes they stand at.
#[derive(Debug)]
pub struct Places {
    root: Node,
}

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    key: Option<&'p Node>,
    value: &'p Node,
}

impl Places {
    /// Of a spec whose YAML can be read; none of another.
    #[must_use]
    pub fn of(source: &Source) -> Option<Places> {
        yaml::parse(&mut Ledger::new(source)).map(|root| Places { root })
    }

    /// What stands at the end of a path of keys.
    ///
    /// ```
    /// use tapwright_spec::{Places, Source};
    ///
    /// let source = Source::new("spec.yaml", "types:\n  State: [open, closed]\n");
    /// let places = Places::of(&source).unwrap();
    /// let state = places.at(&["types", "State"]).unwrap();
    /// assert_eq!(source.slice(&state.range()), "[open, closed]");
    /// assert_eq!(state.items().last().and_then(|item| item.text()), Some("closed"));
    /// ```
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<Place<'_>> {
        path.iter().try_fold(Place { key: None, value: &self.root }, |place, key| place.member(key))
    }
}

impl<'p> Place<'p> {
    /// The bytes of the value: of a block, to the last thing in it, without the white space and comments behind.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.value.range.clone()
    }

    /// The bytes from its key, where it has one, to its end.
    #[must_use]
    pub fn whole(&self) -> Range<usize> {
        let start = self.key.map_or(self.value.range.start, |key| key.range.start);
        start..self.value.range.end.max(self.key.map_or(0, |key| key.range.end))
    }

    /// The key's name.
    #[must_use]
    pub fn key(&self) -> Option<&'p str> {
        self.key?.scalar().map(|scalar| scalar.text.as_str())
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&'p str> {
        self.value.scalar().map(|scalar| scalar.text.as_str())
    }

    /// What stands under a key.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<Place<'p>> {
        self.members().find(|place| place.key() == Some(key))
    }

    /// What stands under the keys of a mapping, in order; nothing of anything else.
    pub fn members(&self) -> impl Iterator<Item = Place<'p>> + use<'p> {
        let pairs = if let Kind::Mapping(pairs) = &self.value.kind { pairs.as_slice() } else { &[] };
        pairs.iter().map(|(key, value)| Place { key: Some(key), value })
    }

    /// The items of a list, in order; nothing of anything else.
    pub fn items(&self) -> impl Iterator<Item = Place<'p>> + use<'p> {
        let items = if let Kind::Sequence(items) = &self.value.kind { items.as_slice() } else { &[] };
        items.iter().map(|value| Place { key: None, value })
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(&self) -> bool {
        matches!(self.value.kind, Kind::Mapping(_))
    }
}
