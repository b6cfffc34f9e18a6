//! A secret in a text that is shown: as it is, as an address or JSON writes it, or the beginning of one that was cut.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded::byte_serialize;

pub(crate) const MASK: &str = "••••••";
/// Texts of fewer bytes are no secrets: replacing them would garble every message.
const SHORTEST: usize = 6;
/// So much of the beginning of a secret is one, too, where a text ends with it.
const BEGINNING: usize = 8;
/// All but the [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` with the secret in it replaced.
pub(crate) fn hide(secret: &str, text: &mut String) {
    for form in forms(secret) {
        if form.len() >= SHORTEST && text.contains(form.as_ref()) {
            *text = text.replace(form.as_ref(), MASK);
        }
        for start in (BEGINNING..form.len()).rev().filter_map(|at| form.get(..at)) {
            if let Some(before) = text.trim_end_matches(['…', '"', '`']).strip_suffix(start) {
                *text = format!("{before}{MASK}");
            }
        }
    }
}

/// The ways in which a source may write a secret that it was sent. One of letters, digits and `-_.` has one only.
fn forms(secret: &str) -> Vec<Cow<'_, str>> {
    let mut forms = vec![Cow::Borrowed(secret)];
    if secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return forms;
    }
    let form: String = byte_serialize(secret.as_bytes()).collect();
    let path = utf8_percent_encode(secret, RESERVED).to_string();
    let json = serde_json::Value::from(secret).to_string();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(&json).to_owned();
    let others = [lower_escapes(&form), lower_escapes(&path), json.replace('/', "\\/"), form, path, json];
    for other in others.map(Cow::Owned) {
        if !forms.contains(&other) {
            forms.push(other);
        }
    }
    forms
}

/// `%2F` as `%2f`.
fn lower_escapes(text: &str) -> String {
    let mut left = 0;
    let lower = |c: char| {
        left = if c == '%' { 2 } else { i32::max(left - 1, -1) };
        if left >= 0 { c.to_ascii_lowercase() } else { c }
    };
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_in_every_form() {
        let secret = "s3/cr+et \"K=\u{e9}";
        for shown in [
            secret,
            "s3%2Fcr%2Bet+%22K%3D%C3%A9",
            "s3%2fcr%2bet+%22K%3d%c3%a9",
            "s3%2Fcr%2Bet%20%22K%3D%C3%A9",
            "s3/cr+et \\\"K=\u{e9}",
            "s3\\/cr+et \\\"K=\u{e9}",
        ] {
            let mut text = format!("the key {shown} is wrong");
            hide(secret, &mut text);
            assert_eq!(text, "the key •••••• is wrong", "{shown}");
        }
    }

    #[test]
    fn the_beginning_of_one_is_hidden_where_the_text_was_cut() {
        let mut text = "no such key: sk_test_a2V…".to_owned();
        hide("sk_test_a2V5XzEyMw", &mut text);
        assert_eq!(text, "no such key: ••••••");
    }

    #[test]
    fn what_is_too_short_to_be_a_secret_stays() {
        let mut text = "a token is needed".to_owned();
        hide("token", &mut text);
        assert_eq!(text, "a token is needed");
    }
}
