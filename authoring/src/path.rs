//! Paths of keys as a spec's expressions write them.

/// Words of expressions, and names that stand for something else than a key of the record.
const WORDS: [&str; 18] = [
    "and", "or", "not", "in", "matches", "if", "then", "else", "true", "false", "null", "let", "config", "last",
    "headers", "window", "above", "entry",
];

/// A path of keys as an expression; `given` is what `for_each` calls its rows.
pub(crate) fn path<'g>(keys: &[String], given: impl IntoIterator<Item = &'g str>) -> String {
    let given: Vec<&str> = given.into_iter().collect();
    let mut text = String::new();
    for (at, key) in keys.iter().enumerate() {
        let first = key.chars().next();
        let is_name = first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !WORDS.contains(&key.as_str())
            && !(at == 0 && given.contains(&key.as_str()));
        let quoted = || key.replace('\\', "\\\\").replace('"', "\\\"");
        match (is_name, at) {
            (true, 0) => text.push_str(key),
            (true, _) => text = format!("{text}.{key}"),
            (false, 0) => text = format!("[\"{}\"]", quoted()),
            (false, _) => text = format!("{text}.\"{}\"", quoted()),
        }
    }
    text
}
