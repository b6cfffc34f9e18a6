//! From an API's names to those of a spec: words taken apart and put together again, and no name twice.

use std::collections::HashSet;

use tapwright_spec::names::{LONGEST, snake, upper_camel};

/// A name in snake case, of letters, digits and `_`, beginning with a letter.
pub(crate) fn snaked(name: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let snaked = snake(&ascii);
    let words: Vec<&str> = snaked.split('_').filter(|word| !word.is_empty()).collect();
    let joined = words.join("_");
    let joined = if joined.starts_with(|c: char| c.is_ascii_alphabetic()) { joined } else { format!("n{joined}") };
    shortened(&joined, LONGEST - 4).trim_end_matches('_').to_owned()
}

/// A name in camel case, beginning with a lower-case letter.
pub(crate) fn camel(name: &str) -> String {
    let upper = upper_camel(&snaked(name));
    let mut chars = upper.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

/// A name of a type.
pub(crate) fn type_name(name: &str) -> String {
    upper_camel(&snaked(name))
}

/// The name of an environment variable.
pub(crate) fn variable(connector: &str, setting: &str) -> String {
    let name = format!("{}_{}", connector, snaked(setting)).to_ascii_uppercase();
    shortened(&name, LONGEST).to_owned()
}

/// One of several: `directories` is `directory`.
pub(crate) fn singular(name: &str) -> String {
    let kept = ["ss", "us", "is", "news", "series", "status"];
    if kept.iter().any(|end| name.ends_with(end)) {
        return name.to_owned();
    }
    if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if name.ends_with(end) {
            return name.strip_suffix("es").unwrap_or(name).to_owned();
        }
    }
    name.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(name).to_owned()
}

/// A name without all that is not a letter or digit, in lower case: `page[size]`, `pageSize` and `page_size` alike.
pub(crate) fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn shortened(name: &str, most: usize) -> &str {
    name.char_indices().nth(most).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// Names that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// With names that something else has.
    pub(crate) fn with(names: &[&str]) -> Taken {
        let mut taken = Taken::default();
        for name in names {
            taken.mark(name);
        }
        taken
    }

    /// Whether a name is free, in Rust and in SQL.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.0.contains(&snake(name)) && !self.0.contains(&name.to_lowercase())
    }

    pub(crate) fn mark(&mut self, name: &str) {
        self.0.insert(snake(name));
        self.0.insert(name.to_lowercase());
    }

    /// The first of several names that is free, else the last with a number.
    pub(crate) fn take(&mut self, names: &[String]) -> String {
        let free = names.iter().find(|name| self.is_free(name)).cloned();
        let last = names.last().map_or("name", String::as_str);
        let numbered = || (2..).map(|number| format!("{last}{number}")).find(|name| self.is_free(name));
        let name = free.or_else(numbered).unwrap_or_default();
        self.mark(&name);
        name
    }
}
