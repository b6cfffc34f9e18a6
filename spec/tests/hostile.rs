//! A hostile file is an error, not a hang and not a crash.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tapwright_render::{Style, render};
use tapwright_spec::{Code, Source, check};

/// Checks a text, shows what is wrong with it, and gives the codes. It may take seconds, in a build without
/// optimisation, but not minutes.
fn codes(text: String) -> Vec<Code> {
    let began = Instant::now();
    let source = Source::new("hostile.yaml", text);
    let checked = check(&source);
    assert!(checked.model.is_none());
    for diagnostic in &checked.diagnostics {
        assert!(!render(diagnostic, &source, Style::Plain).is_empty());
    }
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    let mut codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    codes
}

#[test]
fn aliases_are_refused_and_never_followed() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let item = format!("*a{}", level - 1);
        let _ = writeln!(bomb, "a{level}: &a{level} [{}]", [item.as_str(); 9].join(", "));
    }
    assert!(codes(bomb).contains(&Code::REFUSED_YAML));
    assert!(codes("a: &a [*a]\nb: *nobody\n".to_owned()).contains(&Code::REFUSED_YAML));
}

#[test]
fn nesting_is_bounded_in_every_form() {
    let flow = format!("example: {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(codes(flow), [Code::TOO_MUCH]);
    let mut block = String::new();
    for level in 0..500 {
        let _ = writeln!(block, "{}a:", " ".repeat(level));
    }
    assert_eq!(codes(block), [Code::TOO_MUCH]);
    assert_eq!(codes("- ".repeat(20_000)), [Code::TOO_MUCH]);
    let mixed = format!("{}{}{}", "- ".repeat(50), "{a: ".repeat(50), "}".repeat(50));
    assert_eq!(codes(mixed), [Code::TOO_MUCH]);
}

#[test]
fn size_is_bounded() {
    assert_eq!(codes(format!("title: {}", "x".repeat(2 << 20))), [Code::TOO_MUCH]);
    assert_eq!(codes(format!("list: [{}]", "x, ".repeat(60_000))), [Code::TOO_MUCH]);
    let long = format!("title: \"{}\"", "x".repeat(1 << 19));
    assert!(codes(long).contains(&Code::MISSING_KEY));
}

#[test]
fn ten_thousand_mistakes_are_cut_short() {
    let mut keys = "resources:\n  r:\n    fields:\n".to_owned();
    for field in 0..10_000 {
        let _ = writeln!(keys, "      f{field}: {{ type: nothing{field}, from: a{field}.b }}");
    }
    assert!(codes(keys).contains(&Code::TOO_MUCH));
    let unknown: String = (0..20_000).fold(String::new(), |mut text, key| {
        let _ = writeln!(text, "key{key}: 1");
        text
    });
    assert!(codes(unknown).contains(&Code::UNKNOWN_KEY));
}

#[test]
fn long_and_deep_expressions_are_bounded() {
    let spec = |from: &str| {
        format!(
            "resources:\n  r:\n    entity: e\n    key: id\n    fields:\n      f: {{ type: string, from: '{from}' }}\n"
        )
    };
    assert!(
        codes(spec(&format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000)))).contains(&Code::EXPRESSION_SYNTAX)
    );
    assert!(codes(spec(&format!("a{}", " | lower()".repeat(50_000)))).contains(&Code::EXPRESSION_SYNTAX));
    assert!(codes(spec(&format!("{}a", "not ".repeat(100_000)))).contains(&Code::EXPRESSION_SYNTAX));
    assert!(codes(spec(&"a".repeat(500_000))).contains(&Code::MISSING_KEY));
    assert!(codes(spec(&format!("capture(a, \"{}\")", "(a*)*".repeat(20_000)))).contains(&Code::MISSING_KEY));
}

#[test]
fn texts_that_are_no_spec_at_all_are_errors() {
    for text in [
        "",
        "\n\n",
        "# nothing\n",
        "42",
        "[]",
        "~",
        "\u{feff}",
        "key: [",
        "\"",
        "? [a]\n: b",
        "{",
        "%YAML 1.2\n---\na: b",
    ] {
        assert!(!codes(text.to_owned()).is_empty(), "{text:?}");
    }
}
