//! How names are written in a spec, and what they become in Rust.
//!
//! Code generation names things with the functions here, so that the clashes found by the checker are the
//! clashes there would be.

/// How a kind of name is written.
#[derive(Debug)]
pub struct Pattern {
    /// A regular expression that such names match.
    pub regex: &'static str,
    /// The same in words.
    pub words: &'static str,
    first: fn(char) -> bool,
    rest: fn(char) -> bool,
}

/// The longest name; PostgreSQL keeps 63 bytes of an identifier.
pub const LONGEST: usize = 63;

/// Connectors, resources, paginators and rows.
pub static SNAKE: Pattern = Pattern {
    regex: "^[a-z][a-z0-9_]{0,62}$",
    words: "lower-case letters, digits and `_`, beginning with a letter",
    first: |c| c.is_ascii_lowercase(),
    rest: |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_',
};

/// Settings.
pub static CAMEL: Pattern = Pattern {
    regex: "^[a-z][A-Za-z0-9_]{0,62}$",
    words: "letters, digits and `_`, beginning with a lower-case letter",
    first: |c| c.is_ascii_lowercase(),
    rest: |c| c.is_ascii_alphanumeric() || c == '_',
};

/// Fields.
pub static FIELD: Pattern = Pattern {
    regex: "^[A-Za-z][A-Za-z0-9_]{0,62}$",
    words: "letters, digits and `_`, beginning with a letter",
    first: |c| c.is_ascii_alphabetic(),
    rest: |c| c.is_ascii_alphanumeric() || c == '_',
};

/// Types.
pub static UPPER_CAMEL: Pattern = Pattern {
    regex: "^[A-Z][A-Za-z0-9]{0,62}$",
    words: "letters and digits, beginning with a capital",
    first: |c| c.is_ascii_uppercase(),
    rest: |c| c.is_ascii_alphanumeric(),
};

/// Environment variables.
pub static ENVIRONMENT: Pattern = Pattern {
    regex: "^[A-Z_][A-Z0-9_]{0,62}$",
    words: "capitals, digits and `_`, not beginning with a digit",
    first: |c| c.is_ascii_uppercase() || c == '_',
    rest: |c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_',
};

/// Categories.
pub static WORD: Pattern = Pattern {
    regex: "^[a-z][a-z0-9_-]{0,62}$",
    words: "one word of lower-case letters, digits, `_` and `-`",
    first: |c| c.is_ascii_lowercase(),
    rest: |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-',
};

impl Pattern {
    /// Whether a name is written like this.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        let mut chars = name.chars();
        chars.next().is_some_and(self.first) && chars.all(self.rest) && name.len() <= LONGEST
    }
}

/// A name in snake case, as Rust writes fields: `ipAddress` is `ip_address`, `HTTPServer` is `http_server`.
///
/// ```
/// # use tapwright_model::names::snake;
/// assert_eq!(snake("authEventsLookbackDays"), "auth_events_lookback_days");
/// assert_eq!(snake("userID"), "user_id");
/// ```
#[must_use]
pub fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (index, c) in chars.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(index + 1).copied();
        let begins_word = c.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase() || b.is_ascii_digit() || (b.is_uppercase() && after.is_some_and(char::is_lowercase))
            });
        if begins_word {
            out.push('_');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else {
            out.push('_');
        }
    }
    out
}

/// A name in upper camel case, as Rust writes types: `auth_event` is `AuthEvent`.
///
/// ```
/// # use tapwright_model::names::upper_camel;
/// assert_eq!(upper_camel("auth_event"), "AuthEvent");
/// assert_eq!(upper_camel("azure scim v2.0"), "AzureScimV20");
/// ```
#[must_use]
pub fn upper_camel(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars)
        })
        .collect()
}

/// The Rust type of a row: its name without the connector's in front, in upper camel case.
///
/// ```
/// # use tapwright_model::names::row_type;
/// assert_eq!(row_type("workos", "workos_auth_event"), "AuthEvent");
/// assert_eq!(row_type("workos", "invoice"), "Invoice");
/// ```
#[must_use]
pub fn row_type(connector: &str, row: &str) -> String {
    let own = row.strip_prefix(connector).and_then(|rest| rest.strip_prefix('_'));
    match own {
        Some(own) if own.starts_with(|c: char| c.is_ascii_alphabetic()) => upper_camel(own),
        _ => upper_camel(row),
    }
}
