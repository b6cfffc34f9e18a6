//! What looks like a live credential, so that a spec that holds one is refused and no message repeats it.
//!
//! The prefixes are those that the issuers document for secret scanning; the rest is length and disorder.

use std::ops::Range;

/// What a hidden character is shown as.
const BULLET: char = '•';

/// How the keys of well-known issuers begin.
const PREFIXES: &[&str] = &[
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "whsec_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xoxs-",
    "xapp-",
    "AIza",
    "ya29.",
    "SG.",
    "shpat_",
    "shpss_",
    "lin_api_",
    "pypi-",
    "dop_v1_",
    "sk-ant-",
    "sk-proj-",
    "sq0atp-",
    "sq0csp-",
    "eyJhbGciOi",
    "pat-na1-",
    "ntn_",
    "figd_",
    "sbp_",
];

/// How much must follow a prefix before it is taken for a key.
const LEAST_TAIL: usize = 16;

/// The bytes of a text that look like a live credential.
pub(crate) fn found(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (is_token(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let key = text.get(from..at).and_then(key_in);
                found.extend(key.map(|key| from + key..at));
            }
            _ => {}
        }
    }
    for (at, _) in text.match_indices("-----BEGIN ") {
        if text.get(at..).is_some_and(|rest| rest.lines().next().is_some_and(|line| line.contains("PRIVATE KEY"))) {
            let end = text.get(at..).and_then(|rest| rest.find("-----END ")).map_or(text.len(), |end| at + end);
            found.push(at..end);
        }
    }
    found
}

/// Whether a text holds what looks like a live credential: a spec that has it anywhere is refused.
#[must_use]
pub fn holds_one(text: &str) -> bool {
    !found(text).is_empty()
}

/// The text with what looks like a credential replaced, character for character.
pub(crate) fn masked(text: &str) -> String {
    let ranges = found(text);
    if ranges.is_empty() { text.to_owned() } else { hide(text, &ranges).0 }
}

/// The text with those ranges replaced, character for character; and where each of its bytes went.
pub(crate) fn hide(text: &str, ranges: &[Range<usize>]) -> (String, Moved) {
    let mut out = String::with_capacity(text.len());
    let mut moved = Moved::default();
    for (at, c) in text.char_indices() {
        if c != '\n' && c != '\r' && ranges.iter().any(|range| range.contains(&at)) {
            out.push(BULLET);
            let grown = BULLET.len_utf8() as isize - c.len_utf8() as isize;
            moved.0.push((at + c.len_utf8(), grown));
        } else {
            out.push(c);
        }
    }
    (out, moved)
}

/// By how much the bytes of a text moved when some of its characters were hidden.
#[derive(Default, Clone, Debug)]
pub(crate) struct Moved(Vec<(usize, isize)>);

impl Moved {
    /// Whether none did.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a byte went.
    pub(crate) fn offset(&self, offset: usize) -> usize {
        let by: isize = self.0.iter().take_while(|(at, _)| *at <= offset).map(|(_, by)| by).sum();
        offset.saturating_add_signed(by)
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Where a key begins in a token. A long prefix is telling in the middle of a word, too.
fn key_in(token: &str) -> Option<usize> {
    const TELLING: usize = 6;
    if is_aws_key(token) {
        return Some(0);
    }
    PREFIXES.iter().find_map(|prefix| {
        let at = if prefix.len() >= TELLING { token.find(prefix)? } else { token.starts_with(prefix).then_some(0)? };
        let tail = token.get(at + prefix.len()..)?;
        let is_key = tail.len() >= LEAST_TAIL && tail.bytes().any(|b| b.is_ascii_digit()) && is_disorderly(tail);
        is_key.then_some(at)
    })
}

/// An access key id of AWS: four letters and sixteen capitals or digits.
fn is_aws_key(token: &str) -> bool {
    (token.starts_with("AKIA") || token.starts_with("ASIA"))
        && token.len() == 20
        && token.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether a text is long and disorderly enough that nobody wrote it by hand.
pub(crate) fn is_random(text: &str) -> bool {
    text.len() >= 20
        && text.chars().all(|c| is_token(c) || matches!(c, '+' | '/' | '='))
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
        && is_disorderly(text)
}

/// Shannon entropy above 3 bits for each character: English words have less, and so has a key made of one letter.
fn is_disorderly(text: &str) -> bool {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = text.len() as f64;
    let entropy: f64 =
        counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / length).map(|p| -p * p.log2()).sum();
    entropy > 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_keys_from_what_is_written_about_keys() {
        assert!(holds_one("Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc"));
        assert!(holds_one("ghp_16C7e42F292c6912E7710c838347Ae178B4a"));
        for harmless in
            ["sk_*", "it starts with sk_.", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "org_01EHWNCE74X7JSDV0X3SZ3KJNY"]
        {
            assert!(!holds_one(harmless), "{harmless}");
        }
    }

    #[test]
    fn hides_at_the_same_length_and_says_where_bytes_went() {
        let text = "a: sk_live_4eC39HqLyjWDarjtT1zdp7dc # end";
        let (hidden, moved) = hide(text, &found(text));
        assert_eq!(hidden.chars().count(), text.chars().count());
        let end = text.find('#').expect("it is there");
        assert_eq!(hidden.get(moved.offset(end)..), Some("# end"));
    }
}
