//! What expressions and templates become, and that a mistake in one is underlined exactly.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may")]

mod acme;

use tapwright_spec::model::{Auth, Expr, Function, ListStyle, ParamValue, Segment, Type};
use tapwright_spec::{Code, check};

/// What the field `city` is made of.
fn city(from: &str) -> Expr {
    let model = acme::model(&[("from: address.city", &format!("from: {from}"))]);
    let field = model.resources[0].row.fields.iter().find(|field| field.name == "city").expect("it is there");
    field.from.clone()
}

fn path(keys: &[&str]) -> Expr {
    let step = |key: &&str| if *key == "[]" { Segment::Each } else { Segment::Key((*key).to_owned()) };
    Expr::Path(keys.iter().map(step).collect())
}

fn text(text: &str) -> Expr {
    Expr::Text(text.to_owned())
}

#[test]
fn a_pipe_is_a_call() {
    let call = Expr::Call(Function::Join, vec![path(&["tags", "[]"]), text("; ")]);
    assert_eq!(city("'tags[] | join(\"; \")'"), call);
    assert_eq!(city("'join(tags[], \"; \")'"), call);
}

#[test]
fn a_path_to_several_values_is_a_list() {
    let model = acme::model(&[]);
    let tags = &model.resources[0].row.fields[1];
    assert_eq!((&tags.ty, &tags.from), (&Type::List, &path(&["tags", "[]"])));
    assert_eq!(city("'first(tags[])'"), Expr::Call(Function::First, vec![path(&["tags", "[]"])]));
}

#[test]
fn conditions_choices_and_literals_become_what_they_say() {
    let Expr::If(parts) = city("if visits > 2 and not active then name else \"new\"") else { panic!("a condition") };
    let more = Expr::Call(Function::Greater, vec![path(&["visits"]), Expr::Integer(2)]);
    let inactive = Expr::Call(Function::Not, vec![path(&["active"])]);
    assert_eq!(parts[0], Expr::Call(Function::And, vec![more, inactive]));
    assert_eq!(parts[1..], [path(&["name"]), text("new")]);
    assert_eq!(
        city("name ?? address.city ?? null"),
        Expr::FirstOf(vec![path(&["name"]), path(&["address", "city"]), Expr::Null])
    );
    assert_eq!(city("text(visits)"), Expr::Call(Function::Text, vec![path(&["visits"])]));
}

#[test]
fn config_is_a_setting_and_a_quoted_key_never_is() {
    assert_eq!(
        city("address.city ?? config.tenant"),
        Expr::FirstOf(vec![path(&["address", "city"]), Expr::Setting("tenant".to_owned())])
    );
    let model = acme::model(&[
        ("from: address.city", "from: '[\"config\"].tenant'"),
        ("nothing: null", "nothing: null\n      config: { tenant: x }"),
    ]);
    assert_eq!(model.resources[0].row.fields[3].from, path(&["config", "tenant"]));
}

#[test]
fn odd_keys_stand_in_quotes() {
    let with_odd = |from: &str| {
        acme::model(&[
            ("from: address.city", from),
            ("nothing: null", "nothing: null\n      \"@type\": x\n      odd: { \"a b\": y }"),
        ])
    };
    assert_eq!(with_odd("from: '[\"@type\"]'").resources[0].row.fields[3].from, path(&["@type"]));
    assert_eq!(with_odd("from: odd.\"a b\"").resources[0].row.fields[3].from, path(&["odd", "a b"]));
}

#[test]
fn a_template_joins_text_and_values_and_one_hole_alone_is_its_value() {
    let model = acme::model(&[("order: asc", "q: \"a{{b}} {config.region ?? \\\"eu\\\"}!\", r: \"{config.days}\"")]);
    let [q, r, ..] = model.resources[0].query.as_slice() else { panic!("two") };
    let hole = Expr::FirstOf(vec![Expr::Setting("region".to_owned()), text("eu")]);
    assert_eq!(q.value, ParamValue::Text(Expr::Concat(vec![text("a{b} "), hole, text("!")])));
    assert_eq!(r.value, ParamValue::Text(Expr::Setting("days".to_owned())));
    let region = Expr::Setting("region".to_owned());
    assert_eq!(model.api.base_url, Expr::Concat(vec![text("https://"), region, text(".acme.test/v1")]));
    assert_eq!(model.api.auth, Auth::Bearer(Expr::Setting("apiKey".to_owned())));
}

#[test]
fn a_list_parameter_holds_the_values_that_match() {
    let model = acme::model(&[]);
    let values = vec!["user.created".to_owned(), "user.deleted".to_owned()];
    assert_eq!(model.resources[1].query[0].value, ParamValue::Each { values, style: ListStyle::Comma });
}

#[test]
fn a_slash_at_the_end_of_the_base_url_goes_away() {
    for (written, kept) in
        [("https://acme.test/", "https://acme.test"), ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1")]
    {
        let model = acme::model(&[
            ("https://{config.region}.acme.test/v1", written),
            ("tenant: \"{config.tenant}\"", "tenant: \"{config.tenant}{config.region}\""),
        ]);
        assert_eq!(model.api.base_url, text(kept));
    }
}

#[test]
fn basic_auth_takes_a_literal_beside_a_secret() {
    let model =
        acme::model(&[("{ bearer: \"{config.apiKey}\" }", "{ basic: { user: \"{config.apiKey}\", password: x } }")]);
    assert_eq!(model.api.auth, Auth::Basic { user: Expr::Setting("apiKey".to_owned()), password: text("x") });
}

#[test]
fn mistakes_are_underlined_exactly_where_the_text_stands_as_it_is() {
    for from in ["name ?? nam ?? name", "'name ?? nam ?? name'", "\"name ?? nam ?? name\""] {
        let source = acme::with(&[("from: address.city", &format!("from: {from}"))]);
        let diagnostic = check(&source).diagnostics.remove(0);
        assert_eq!(source.slice(&diagnostic.primary.range), "nam", "{from}");
    }
    let source = acme::with(&[("from: address.city", "from: \"name ?? \\\"x\\\" ?? nam\"")]);
    let diagnostic = check(&source).diagnostics.remove(0);
    assert_eq!(source.slice(&diagnostic.primary.range), "\"name ?? \\\"x\\\" ?? nam\"");
}

#[test]
fn edits_leave_valid_yaml() {
    let mistakes = [
        ("from: tags | join(\"+\")", Code::OPERAND_TYPE),
        ("from: '[\"@typ\"]'", Code::UNKNOWN_PATH),
        ("from: visits", Code::FIELD_TYPE),
        ("from: adress.city", Code::UNKNOWN_PATH),
        ("from: name | upper", Code::EXPRESSION_SYNTAX),
        ("from: capture(name, \"\\d(.)\")", Code::EXPRESSION_SYNTAX),
    ];
    for (from, code) in mistakes {
        let from = if from.contains(',') { format!("from: '{}'", &from[6..]) } else { from.to_owned() };
        let source =
            acme::with(&[("from: address.city", &from), ("nothing: null", "nothing: null\n      \"@type\": x")]);
        let diagnostic = check(&source).diagnostics.remove(0);
        assert_eq!(diagnostic.code, code, "{from}");
        let patch = diagnostic.patch.expect("an edit");
        let mut text = source.text().to_owned();
        text.replace_range(patch.range, &patch.replacement);
        let patched = tapwright_spec::Source::new("acme.yaml", text);
        let checked = check(&patched);
        assert!(checked.model.is_some(), "{from}\n{}", acme::shown(&checked.diagnostics, &patched));
    }
}
