//! Whatever is done to a spec, checking it ends in diagnostics that lie inside the file and can be shown.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may")]

mod acme;

use std::collections::BTreeSet;
use std::sync::Mutex;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use tapwright_render::{Style, render};
use tapwright_spec::{Code, Source, check};

const FLAGSHIP: &str = include_str!("../../connector.yaml");

/// What a text is made to go through.
#[derive(Clone, Debug)]
enum Edit {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
    DeleteLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
    CopyLine(prop::sample::Index, prop::sample::Index),
    /// A word of the text replaced by another.
    Replace(prop::sample::Index, prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    let piece = prop_oneof![
        "[ -~]{0,6}",
        "\\PC{0,4}",
        prop::sample::select(vec![
            "\n",
            ": ",
            "- ",
            "{",
            "}",
            "[]",
            "\"",
            "'",
            "?",
            "?? ",
            "| ",
            "&a ",
            "*a",
            "!!",
            "#",
            "\t",
            "config.",
            "\\",
            "…",
            "🦀",
            "null",
            "007",
            "if ",
            "{config.",
            "1d",
            "\u{0}",
            "\u{feff}",
            "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        (at(), 1_usize..12).prop_map(|(at, length)| Edit::Delete(at, length)),
        (at(), piece).prop_map(|(at, text)| Edit::Insert(at, text)),
        at().prop_map(Edit::DeleteLine),
        (at(), at()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        (at(), at()).prop_map(|(from, to)| Edit::CopyLine(from, to)),
        (at(), at()).prop_map(|(one, other)| Edit::Replace(one, other)),
    ]
}

fn apply(text: &str, edit: &Edit) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split('\n').collect();
    match edit {
        Edit::Delete(at, length) => {
            let at = at.index(chars.len() + 1);
            chars.iter().take(at).chain(chars.iter().skip(at + length)).collect()
        }
        Edit::Insert(at, piece) => {
            let at = at.index(chars.len() + 1);
            chars.iter().take(at).copied().chain(piece.chars()).chain(chars.iter().skip(at).copied()).collect()
        }
        Edit::DeleteLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.join("\n")
        }
        Edit::SwapLines(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.join("\n")
        }
        Edit::CopyLine(from, to) => {
            let line = lines[from.index(lines.len())];
            lines.insert(to.index(lines.len() + 1), line);
            lines.join("\n")
        }
        Edit::Replace(one, other) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            if words.is_empty() {
                return text.to_owned();
            }
            text.replacen(words[one.index(words.len())], words[other.index(words.len())], 1)
        }
    }
}

/// What was reached, so that a property that only ever sees syntax errors is noticed.
static REACHED: Mutex<BTreeSet<Code>> = Mutex::new(BTreeSet::new());

fn holds(text: String) -> Result<(), TestCaseError> {
    let source = Source::new("edited.yaml", text);
    let checked = check(&source);
    let text = source.text();
    prop_assert_eq!(
        checked.model.is_some(),
        checked.diagnostics.iter().all(|d| d.severity == tapwright_spec::Severity::Warning)
    );
    let mut last = 0;
    for diagnostic in &checked.diagnostics {
        REACHED.lock().expect("nobody panicked").insert(diagnostic.code);
        let labels = diagnostic.labels.iter().map(|label| &label.range);
        let patch = diagnostic.patch.iter().map(|patch| &patch.range);
        for range in std::iter::once(&diagnostic.primary.range).chain(labels).chain(patch) {
            prop_assert!(text.get(range.clone()).is_some(), "{:?} is not inside the file", range);
        }
        prop_assert!(diagnostic.primary.range.start >= last, "they are in order");
        last = diagnostic.primary.range.start;
        prop_assert!(!diagnostic.title.is_empty() && !diagnostic.title.ends_with('.'));
        let shown = render(diagnostic, &source, Style::Plain);
        prop_assert!(!shown.contains("4eC39HqLyjWDarjtT1zdp7dc"), "a credential is shown: {}", shown);
        prop_assert!(shown.contains(&diagnostic.code.to_string()));
        prop_assert!(!shown.contains('\u{1b}'), "no colour in plain text");
        let colored = render(diagnostic, &source, Style::Colored);
        prop_assert!(colored.contains('\u{1b}'), "colour on a terminal");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_edit_of_the_small_spec(edit in edit()) {
        holds(apply(acme::SPEC, &edit))?;
    }

    #[test]
    fn a_few_edits_of_the_flagship(edits in prop::collection::vec(edit(), 1..4)) {
        holds(edits.iter().fold(FLAGSHIP.to_owned(), |text, edit| apply(&text, edit)))?;
    }

    #[test]
    fn any_text_as_an_expression(from in "[a-z0-9_.\\[\\]()|?\"' =<>!,{}\\\\…-]{0,24}") {
        let quoted = format!("from: '{}'", from.replace('\'', "''"));
        holds(acme::SPEC.replace("from: address.city", &quoted))?;
        let template = format!("get: '/{}'", from.replace('\'', "''"));
        holds(acme::SPEC.replace("get: /customers", &template))?;
    }
}

#[test]
fn edits_reach_every_stage() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..600 {
        let edit = edit().new_tree(&mut runner).expect("an edit").current();
        holds(apply(acme::SPEC, &edit)).expect("it holds");
    }
    let reached = REACHED.lock().expect("nobody panicked");
    for stage in ["C00", "C01", "C02", "C03", "C04", "C05"] {
        assert!(
            reached.iter().any(|code| code.to_string().starts_with(stage)),
            "{stage} was never reached: {reached:?}"
        );
    }
}
