//! What a document says in prose, in a line: markup taken out, the first sentence kept, nothing that a spec refuses.

use tapwright_spec::holds_credential;

use crate::yaml::visible;

/// A line that says more is cut.
const LONGEST: usize = 180;

/// The first sentence of a text; none when there is none, or it shows a credential.
pub(crate) fn sentence(text: &str) -> Option<String> {
    let plain = without_markup(&visible(text));
    let first =
        plain.split("\n\n").map(str::trim).find(|part| !part.is_empty() && !part.starts_with(['#', '|', '`']))?;
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.get(..end_of_sentence(&line)).unwrap_or(&line).trim().trim_end_matches(':');
    let mut line = match line.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(cut, _)| cut).trim_end_matches([',', ';', ' ']))
        }
        None => line.to_owned(),
    };
    if line.is_empty() || holds_credential(&line) {
        return None;
    }
    if !line.ends_with(['.', '!', '?', '…']) {
        line.push('.');
    }
    Some(line)
}

/// Where the first sentence ends. A point in `e.g. this` or `v2.0` ends none.
fn end_of_sentence(line: &str) -> usize {
    for (at, _) in line.match_indices(". ") {
        let before = line.get(..at).unwrap_or_default();
        let word = before.rsplit([' ', '(']).next().unwrap_or_default();
        let goes_on = line.get(at + 2..).and_then(|rest| rest.chars().next()).is_some_and(char::is_lowercase);
        let is_short_for = ["e.g", "i.e", "etc", "vs", "cf", "approx"].contains(&word.to_ascii_lowercase().as_str());
        if word.chars().count() > 1 && !is_short_for && !goes_on {
            return at + 1;
        }
    }
    line.len()
}

/// Without links, tags and emphasis of Markdown and HTML.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '['
            && let Some((label, after)) = behind.split_once("](")
            && !label.contains(['[', '\n'])
            && let Some((_, after)) = after.split_once(')')
        {
            out.push_str(label);
            rest = after;
        } else if c == '<'
            && behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
            && let Some((tag, after)) = behind.split_once('>')
            && tag.len() < 80
        {
            rest = after;
        } else {
            if c != '*' {
                out.push(c);
            }
            rest = behind;
        }
    }
    out
}
