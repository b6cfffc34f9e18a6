//! Specs that are read from text, where building them by hand would be long.

use tapwright_spec::model::Connector;
use tapwright_spec::{Source, check};

/// A spec that is read from text: what stands below `api` in it, behind an API with a key.
pub(crate) fn spec(rest: &str) -> Connector {
    with_auth("{ bearer: \"{config.apiKey}\" }", rest)
}

/// The same behind another kind of lock.
pub(crate) fn with_auth(auth: &str, rest: &str) -> Connector {
    let text = format!(
        "tapwright: 1\nconnector: fixture\ndescription: A fixture.\n\
         config:\n  apiKey: {{ type: secret, matches: \"sk_*\", description: The key. }}\n  \
         org: {{ type: string, default: \"a/b c\", description: Whose. }}\n\
         api:\n  base_url: https://api.example.com\n  auth: {auth}\n{rest}"
    );
    let checked = check(&Source::new("fixture.yaml", &text));
    checked.model.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

/// The same where a setting, `way`, chooses from locks.
pub(crate) fn chosen(ways: &str, rest: &str) -> Connector {
    let text = format!(
        "tapwright: 1\nconnector: fixture\ndescription: A fixture.\n\
         config:\n  apiKey: {{ type: secret, matches: \"sk_*\", description: The key. }}\n  \
         way: {{ type: Way, default: one, description: Which way. }}\ntypes: {{ Way: [one, two] }}\n\
         api:\n  base_url: https://api.example.com\n  auth: {{ by: config.way, ways: {ways} }}\n{rest}"
    );
    let checked = check(&Source::new("fixture.yaml", &text));
    checked.model.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
