//! The items a user of a generated connector sees: one file for each.

mod config;
mod connector;
mod open_enum;
mod row;

pub(crate) use config::config;
pub(crate) use connector::connector;
pub(crate) use open_enum::open_enum;
pub(crate) use row::row;

use proc_macro2::{Ident, Span};

/// A name as an identifier, raw where Rust has the word for itself.
pub(crate) fn ident(name: &str) -> Ident {
    const WORDS: [&str; 41] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof",
    ];
    const MORE: [&str; 7] = ["unsafe", "unsized", "use", "virtual", "where", "while", "yield"];
    match name {
        // These cannot be raw either.
        "self" | "super" | "crate" | "Self" => Ident::new(&format!("{name}_"), Span::call_site()),
        word if WORDS.contains(&word) || MORE.contains(&word) => Ident::new_raw(word, Span::call_site()),
        name => Ident::new(name, Span::call_site()),
    }
}

/// A documentation line, or what stands in for one: no generated item goes without.
fn doc(description: &str, otherwise: &str) -> String {
    let text = if description.is_empty() { otherwise } else { description };
    // What an author writes is text, not links or HTML.
    let mut line = String::with_capacity(text.len() + 1);
    line.push(' ');
    for c in text.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '`' | '*' | '_' | '\\') {
            line.push('\\');
        }
        line.push(c);
    }
    line
}
