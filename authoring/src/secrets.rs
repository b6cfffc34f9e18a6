//! What of a record is named like a secret: no table is the place for it, and no example shows a value of it.
//!
//! It must not know what becomes of a record, only how APIs call what opens something.

use tapwright_openapi::{Kind, Shape, Tree};

/// What stands in the place of a secret.
pub(crate) const HIDDEN: &str = "…";

/// How the names of secrets end, without case and separators.
const ENDS: [&str; 17] = [
    "accesskey",
    "apikey",
    "authkey",
    "credential",
    "credentials",
    "encryptionkey",
    "passphrase",
    "passwd",
    "password",
    "passwordhash",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "sharedkey",
    "signingkey",
    "token",
];
/// Tokens that open nothing: they say where a list goes on.
const PLACES: [&str; 8] = [
    "continuationtoken",
    "cursortoken",
    "deltatoken",
    "nexttoken",
    "pagetoken",
    "pagingtoken",
    "prevtoken",
    "synctoken",
];
/// Objects within objects are searched so deep.
const DEEPEST: usize = 6;

/// Whether what is called so opens something.
pub(crate) fn is_named_so(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    ENDS.iter().any(|end| name.ends_with(end)) && !PLACES.iter().any(|end| name.ends_with(end))
}

/// Whether a property of that name holds what opens something.
pub(crate) fn is_secret(name: &str, shape: &Shape) -> bool {
    let is_text = shape.kinds.len() == 1 && shape.kinds.contains(&Kind::String);
    // What is one of a few values is known to everybody.
    let is_open = shape.values.is_some() || matches!(shape.format.as_deref(), Some("date" | "date-time"));
    is_text && !is_open && (shape.format.as_deref() == Some("password") || is_named_so(name))
}

/// Whether a value of a document stands under the name of a secret.
pub(crate) fn is_shown_as_one(name: &str, value: &Tree) -> bool {
    matches!(value, Tree::Text(_)) && is_named_so(name)
}

/// A text without the values of secrets that stand in it as parameters of an address: `?token=…`.
pub(crate) fn without_values(text: &str) -> String {
    let mut parts = text.split_inclusive(['?', '&', '#', ' ']);
    let mut shown: String = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['&', '#', ' ']).unwrap_or(part.len());
        let (pair, rest) = part.split_at(end);
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_named_so(name) => {
                shown.extend([name, "=", HIDDEN, rest]);
            }
            _ => shown.push_str(part),
        }
    }
    shown
}

/// The paths within a shape that lead to secrets, such as `user.token` and `[].token`.
pub(crate) fn within(shape: &Shape) -> Vec<String> {
    let mut found = Vec::new();
    walk(shape, "", 0, &mut found);
    found
}

fn walk(shape: &Shape, above: &str, depth: usize, found: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    for property in &shape.properties {
        let path = if above.is_empty() { property.name.clone() } else { format!("{above}.{}", property.name) };
        if is_secret(&property.name, &property.shape) {
            found.push(path);
        } else {
            walk(&property.shape, &path, depth + 1, found);
        }
    }
    if let Some(items) = &shape.items {
        walk(items, &format!("{above}[]"), depth + 1, found);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_named_so, without_values};

    #[test]
    fn a_token_in_an_address_is_not_shown() {
        for (text, shown) in [
            ("https://a.example/i?invitation_token=Z1uX3&x=1", "https://a.example/i?invitation_token=…&x=1"),
            ("see https://a.example/i?a=b&token=Z1 for it", "see https://a.example/i?a=b&token=… for it"),
            ("token=1", "token=1"),
            ("https://a.example/?page=2", "https://a.example/?page=2"),
        ] {
            assert_eq!(without_values(text), shown);
        }
    }

    #[test]
    fn names_of_secrets_are_told_from_those_of_what_is_about_them() {
        for name in
            ["verification_token", "clientSecret", "password", "private_key", "API-Key", "token", "passwordHash"]
        {
            assert!(is_named_so(name), "{name}");
        }
        for name in
            ["next_page_token", "token_type", "secret_name", "password_changed_at", "public_key", "key", "tokens"]
        {
            assert!(!is_named_so(name), "{name}");
        }
    }
}
