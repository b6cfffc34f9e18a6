//! JSON or YAML as a tree that keeps the order of its keys.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "they are JSON's own")]
pub enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The keys of a map and what stands under them; nothing of anything else.
    #[must_use]
    pub fn entries(&self) -> &[(String, Tree)] {
        if let Tree::Map(entries) = self { entries } else { &[] }
    }

    /// The items of a list; nothing of anything else.
    #[must_use]
    pub fn items(&self) -> &[Tree] {
        if let Tree::List(items) = self { items } else { &[] }
    }

    /// A text; none of anything else.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Tree::Text(text) = self { Some(text) } else { None }
    }

    /// The text that stands under a key.
    #[must_use]
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether `true` stands under a key.
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key) == Some(&Tree::Bool(true))
    }

    /// A text, number or boolean as text; none of null and of what has parts.
    #[must_use]
    pub fn scalar(&self) -> Option<String> {
        match self {
            Tree::Bool(value) => Some(value.to_string()),
            Tree::Integer(value) => Some(value.to_string()),
            Tree::Number(value) => Some(value.to_string()),
            Tree::Text(value) => Some(value.clone()),
            Tree::Null | Tree::List(_) | Tree::Map(_) => None,
        }
    }
}

/// The entries of a map, where of a key that stands there twice the last counts, as most readers of JSON have it.
fn without_doubles(map: Vec<(String, Tree)>) -> Vec<(String, Tree)> {
    let is_last: Vec<bool> = {
        let mut seen = HashSet::with_capacity(map.len());
        let mut from_behind: Vec<bool> = map.iter().rev().map(|(key, _)| seen.insert(key.as_str())).collect();
        from_behind.reverse();
        from_behind
    };
    map.into_iter().zip(is_last).filter(|(_, is_last)| *is_last).map(|(entry, _)| entry).collect()
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }

            fn visit_none<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
                Tree::deserialize(deserializer)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Integer(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                #[expect(clippy::cast_precision_loss, reason = "a bound beyond 63 bits is no bound of ours")]
                Ok(i64::try_from(value).map_or(Tree::Number(value as f64), Tree::Integer))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
                Ok(Tree::Number(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
                Ok(Tree::Text(value.to_owned()))
            }

            fn visit_string<E>(self, value: String) -> Result<Tree, E> {
                Ok(Tree::Text(value))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
                let mut map = Vec::new();
                // A status such as 200 is written as a number, and is a key all the same.
                while let Some((key, value)) = entries.next_entry::<Tree, Tree>()? {
                    map.push((key.scalar().unwrap_or_default(), value));
                }
                Ok(Tree::Map(without_doubles(map)))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
