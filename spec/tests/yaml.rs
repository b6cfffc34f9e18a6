//! YAML's traps are errors or harmless.

mod acme;

use tapwright_spec::Code;
use tapwright_spec::model::{Expr, Json, ParamValue};

#[test]
fn words_that_other_yamls_take_for_booleans_are_text() {
    let model = acme::model(&[("[eu, us]", "[eu, us, no, on, yes, y, off]"), ("title: Acme", "title: no")]);
    assert_eq!(model.title, "no");
    assert_eq!(model.enums[0].values, ["eu", "us", "no", "on", "yes", "y", "off"]);
}

#[test]
fn a_number_or_boolean_is_no_text_and_the_edit_puts_it_between_quotes() {
    for (value, quoted) in [("2026", "\"2026\""), ("true", "\"true\""), ("1.0", "\"1.0\""), ("0x1F", "\"0x1F\"")] {
        let checked = acme::checked(&[("title: Acme", &format!("title: {value}"))]);
        assert_eq!(checked.diagnostics[0].code, Code::WRONG_KIND);
        let patch = checked.diagnostics[0].patch.as_ref().expect("an edit");
        assert_eq!(patch.replacement, quoted);
        acme::model(&[("title: Acme", &format!("title: {quoted}"))]);
    }
}

#[test]
fn parameters_are_written_as_they_stand() {
    let model = acme::model(&[("order: asc", "n: 10, half: 0.50, flag: true, text: \"007\", none: \"\"")]);
    let texts: Vec<_> = model.resources[0]
        .query
        .iter()
        .filter_map(|param| match &param.value {
            ParamValue::Text(Expr::Text(text)) => Some((param.name.as_str(), text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(texts, [("n", "10"), ("half", "0.50"), ("flag", "true"), ("text", "007"), ("none", "")]);
}

#[test]
fn an_example_keeps_the_types_that_json_has() {
    let model = acme::model(&[(
        "nothing: null",
        "nothing: ~\n      on: no\n      n: -1.5e3\n      big: \"9223372036854775808\"\n      when: 2026-01-15",
    )]);
    let Some(Json::Object(members)) = &model.resources[0].example else { panic!("an object") };
    let value = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    assert_eq!(value("nothing"), Some(Json::Null));
    assert_eq!(value("on"), Some(Json::Text("no".to_owned())));
    assert_eq!(value("n"), Some(Json::Number(-1500.0)));
    assert_eq!(value("when"), Some(Json::Text("2026-01-15".to_owned())));
    assert_eq!(value("visits"), Some(Json::Integer(3)));
}

#[test]
fn a_file_may_begin_with_a_mark_and_have_windows_line_ends() {
    let text = format!("\u{feff}{}", acme::SPEC.replace('\n', "\r\n"));
    let source = tapwright_spec::Source::new("acme.yaml", text);
    let checked = tapwright_spec::check(&source);
    assert!(checked.model.is_some(), "{}", acme::shown(&checked.diagnostics, &source));
    let wrong = tapwright_spec::Source::new("acme.yaml", source.text().replace("name: string", "name: strin"));
    let diagnostic = tapwright_spec::check(&wrong).diagnostics.remove(0);
    assert_eq!(wrong.slice(&diagnostic.primary.range), "strin");
    assert_eq!(wrong.position(diagnostic.primary.range.start).line, 35);
}

#[test]
fn a_duplicate_key_does_not_hide_the_other_mistakes() {
    let checked = acme::checked(&[
        ("    key: id\n    updated_at", "    key: id\n    key: id\n    updated_at"),
        ("name: string", "name: strin"),
    ]);
    let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::DUPLICATE_KEY, Code::UNKNOWN_TYPE]);
}

#[test]
fn an_alias_is_told_and_what_stands_there_is_not_complained_about_again() {
    let checked = acme::checked(&[("updated_at: updated", "updated_at: *time")]);
    let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::REFUSED_YAML]);
}

#[test]
fn a_tab_that_indents_is_marked_where_it_stands() {
    for (written, tabbed, column) in [
        ("title: Acme", "\ttitle: Acme", 1),
        ("  limit: {", "\tlimit: {", 1),
        ("  limit: {", "  \tlimit: {", 3),
        ("    key: id\n    updated_at", "    key: id\n\t\tupdated_at", 1),
        ("resources:\n", "resources:\n\t\n", 0),
        ("tapwright: 1", "\ttapwright: 1", 1),
    ] {
        let source = acme::with(&[(written, tabbed)]);
        let diagnostics = tapwright_spec::check(&source).diagnostics;
        if column == 0 {
            assert!(diagnostics.is_empty(), "a blank line is indented with what it likes: {diagnostics:?}");
            continue;
        }
        let [told] = diagnostics.as_slice() else { panic!("{tabbed:?}: {diagnostics:?}") };
        assert_eq!(told.code, Code::YAML_SYNTAX, "{tabbed:?}");
        let shown = acme::shown(&diagnostics, &source);
        let place = source.position(told.primary.range.start);
        let line = source.text().lines().position(|line| line.trim_start_matches(' ').starts_with('\t'));
        assert_eq!((Some(place.line), place.column), (line.map(|line| line + 1), column), "{tabbed:?}: {shown}");
        assert!(source.slice(&told.primary.range).chars().all(|c| c == '\t'), "{shown}");
        assert!(told.help.as_ref().is_some_and(|help| help.contains("spaces")), "{shown}");
    }
}

#[test]
fn a_tab_within_a_text_is_not_taken_for_the_mistake_of_another_line() {
    for (text, line) in [("title: \"Acme\n\tbilling\"\nsetup: a: b", 5), ("setup: a: b\ntitle: \"Acme\n\tbilling\"", 3)]
    {
        let source = acme::with(&[("title: Acme", text)]);
        let diagnostics = tapwright_spec::check(&source).diagnostics;
        assert_eq!(source.position(diagnostics[0].primary.range.start).line, line, "{diagnostics:?}");
    }
}
