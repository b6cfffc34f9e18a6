//! Which name was probably meant.
//!
//! It must not know what the names are names of.

/// How alike two names are taken to be when one was meant for the other: the edits that are forgiven.
fn forgiven(name: &str) -> usize {
    match name.chars().count() {
        0..=1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

/// The name that was probably meant: the same but for case and separators, else the nearest by edit distance;
/// among equally near ones, the one that begins alike.
pub(crate) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = plain(name);
    let mut best: Option<(usize, f64, &str)> = None;
    for candidate in names {
        if candidate == name || candidate.is_empty() {
            continue;
        }
        let other = plain(candidate);
        let distance = if other == wanted { 0 } else { strsim::osa_distance(&wanted, &other).max(1) };
        if distance > forgiven(name).min(forgiven(candidate)) {
            continue;
        }
        let alike = strsim::jaro_winkler(name, candidate);
        if best.is_none_or(|(least, most, _)| distance < least || distance == least && alike > most) {
            best = Some((distance, alike, candidate));
        }
    }
    best.map(|(.., candidate)| candidate)
}

/// Whether a word can only be a slip of the one that was meant: the same but for case and separators, or one edit that
/// touches no digit; and no other of the words would be taken for it.
///
/// For words of the language. Two names that somebody gave may differ by a letter and both be meant: see [`is_respelt`].
pub(crate) fn is_slip<'n>(word: &str, meant: &str, words: impl IntoIterator<Item = &'n str>) -> bool {
    let wanted = plain(word);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // Three letters are two edits from nearly everything.
    let far = if wanted.chars().count() < 4 { 2 } else { 3 };
    let near = |other: &str| strsim::osa_distance(&wanted, &plain(other)) < far;
    strsim::osa_distance(&wanted, &plain(meant)) <= 1
        && digits(&wanted).len() == digits(meant).len()
        && words.into_iter().all(|other| other == meant || !near(other))
}

/// Whether a name is one of those that were given, but for case and separators, and no other of them is.
pub(crate) fn is_respelt<'n>(name: &str, meant: &str, names: impl IntoIterator<Item = &'n str>) -> bool {
    let wanted = plain(name);
    plain(meant) == wanted && names.into_iter().all(|other| other == meant || plain(other) != wanted)
}

/// A name without what tells one spelling from another: case and separators.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// "`a`, `b` and `c`", at most eight of them.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined(names, "and")
}

/// "`a`, `b` or `c`", at most eight of them.
pub(crate) fn either<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined(names, "or")
}

fn joined<'n>(names: impl IntoIterator<Item = &'n str>, last: &str) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., end] if names.len() <= MOST => format!("{} {last} {end}", init.join(", ")),
        _ => {
            let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
            format!("{shown} and {} more", names.len() - MOST)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgives_typos_case_and_separators_but_not_other_words() {
        let names = ["path", "external_id", "organizations"];
        assert_eq!(nearest("pth", names), Some("path"));
        assert_eq!(nearest("externalId", names), Some("external_id"));
        assert_eq!(nearest("organisations", names), Some("organizations"));
        assert_eq!(nearest("email", names), None);
        assert_eq!(nearest("Sate", ["date", "State"]), Some("State"));
    }

    #[test]
    fn a_slip_is_one_edit_from_one_word() {
        let words = ["paging", "records", "unix_millis", "unix_micros", "ES256", "ES384"];
        for (word, meant) in
            [("pagin", "paging"), ("Records", "records"), ("unix_milis", "unix_millis"), ("ES265", "ES256")]
        {
            assert!(is_slip(word, meant, words), "{word}");
        }
        assert!(!is_slip("rcrds", "records", words), "two edits");
        assert!(!is_slip("sort", "short", ["short", "sorted"]), "two words that it can be");
        assert!(!is_slip("ES25", "ES256", words), "a digit more or less is another thing");
    }

    #[test]
    fn a_name_that_was_given_is_certain_only_in_another_spelling() {
        assert!(is_respelt("api_key", "apiKey", ["apiKey", "region"]));
        assert!(!is_respelt("api_key", "apiKey", ["apiKey", "apikey"]));
        assert!(!is_respelt("customer", "customers", ["customers"]));
    }
}
