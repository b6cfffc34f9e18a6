//! No message shows a credential, whatever it is about.

mod acme;

use tapwright_spec::{Code, check};

const KEY: &str = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

/// What is shown of a spec with edits, and the codes.
fn told(edits: &[(&str, &str)]) -> (String, Vec<Code>) {
    let source = acme::with(edits);
    let diagnostics = check(&source).diagnostics;
    (acme::shown(&diagnostics, &source), diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
}

#[test]
fn a_syntax_error_beside_a_credential_does_not_show_it() {
    let (shown, codes) = told(&[("\"{config.apiKey}\"", &format!("{KEY}: x: y"))]);
    assert_eq!(codes, [Code::YAML_SYNTAX]);
    assert!(!shown.contains(KEY), "{shown}");
    assert!(shown.contains(&"•".repeat(KEY.len())), "{shown}");
}

#[test]
fn a_name_that_is_a_credential_is_not_repeated() {
    let (shown, codes) = told(&[("title: Acme", &format!("{KEY}: Acme"))]);
    assert!(codes.contains(&Code::UNKNOWN_KEY) && codes.contains(&Code::CREDENTIAL), "{codes:?}");
    assert!(!shown.contains(KEY), "{shown}");
}

#[test]
fn a_word_in_auth_is_hidden_in_every_message_that_shows_its_line() {
    let (shown, codes) = told(&[("{ bearer: \"{config.apiKey}\" }", "{ bearer: hunter2, colour: red }")]);
    assert_eq!(codes, [Code::CREDENTIAL, Code::UNKNOWN_KEY]);
    assert_eq!(shown.matches("•••••••").count(), 2, "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn the_carets_stand_where_they_would_without_hiding() {
    let (shown, _) = told(&[("{ bearer: \"{config.apiKey}\" }", "{ bearer: hunter2, colour: red }")]);
    let lines: Vec<&str> = shown.lines().collect();
    let caret = lines.iter().position(|line| line.contains("^ not a key of `auth`")).expect("it is told");
    let column = |line: &str, text: &str| line.find(text).map(|at| line[..at].chars().count());
    assert_eq!(column(lines[caret], "^^^^^^"), column(lines[caret - 1], "colour"), "{shown}");
}

#[test]
fn the_help_fits_the_place_that_a_credential_stands_in() {
    let sent = "declare a secret under `config`";
    let prose = "this is text for people";
    for (from, to, told) in [
        ("{ bearer: \"{config.apiKey}\" }", format!("{{ bearer: {KEY} }}"), sent),
        ("order: asc", format!("order: {KEY}"), sent),
        ("description: Customers.", format!("description: Customers, as {KEY} sees them."), prose),
        ("title: Acme", format!("title: Acme\nsetup: [Make a key, Copy {KEY}]"), prose),
        ("description: What they owe.", format!("description: Not {KEY}."), prose),
        ("description: The key.", format!("description: Like {KEY}."), prose),
        ("title: Acme", format!("title: Acme # {KEY}"), "a comment is committed, too"),
        ("      nothing: null", format!("      nothing: null\n      description: {KEY}"), "an example is committed"),
        ("default: eu,", format!("default: {KEY},"), "take the `default` out"),
    ] {
        let checked = acme::checked(&[(from, &to)]);
        let credential = checked.diagnostics.iter().find(|diagnostic| diagnostic.code == Code::CREDENTIAL);
        let help = credential.and_then(|diagnostic| diagnostic.help.clone()).expect("it is told, with what to do");
        assert!(help.starts_with(told) || told == sent && help.contains(sent), "{to}: {help}");
    }
}
