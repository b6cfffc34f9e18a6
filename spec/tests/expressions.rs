//! What expressions and templates become, and that a mistake in one is underlined exactly.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may")]

mod acme;

use tapwright_spec::functions::{FUNCTIONS, Takes};
use tapwright_spec::model::{Auth, Expr, Function, ListStyle, Over, ParamValue, Segment, Type};
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

/// What a field of any type is made of.
fn made_of(from: &str) -> tapwright_spec::Checked {
    let quoted = from.replace('\'', "''");
    acme::checked(&[("type: string?, from: address.city", &format!("type: json?, from: '{quoted}'"))])
}

/// An operand that a parameter takes, and one that it does not.
fn operands(takes: Takes, name: &str) -> (&'static str, &'static str) {
    match takes {
        Takes::Text => ("name", "visits"),
        Takes::Part if name == "contains" => ("\"a\"", "visits"),
        Takes::List => ("tags[]", "name"),
        Takes::Items => ("tags", "name"),
        Takes::ListOrText => ("tags[]", "active"),
        Takes::Singles => ("tags[]", "entries(address)"),
        Takes::Ordered => ("tags[]", "map(tags, tag => tag == \"a\")"),
        Takes::Numbers => ("map(tags, tag => length(tag))", "tags[]"),
        Takes::Scalar => ("name", "tags[]"),
        Takes::Regex => ("\"(a)\"", "name"),
        Takes::Number => ("visits", "name"),
        Takes::Whole => ("visits", "1.5"),
        Takes::Lambda => ("item => item == \"a\"", "name"),
        Takes::Part => ("name", "visits"),
        Takes::Object => ("address", "name"),
        Takes::Moment => ("parse_time(updated, \"rfc3339\")", "updated"),
        Takes::Written => ("updated", "visits"),
        Takes::Format => ("\"rfc3339\"", "\"soon\""),
        Takes::TextFormat => ("\"date\"", "\"unix_seconds\""),
        Takes::Unit => ("\"day\"", "\"decade\""),
    }
}

#[test]
fn every_function_takes_what_it_says_and_underlines_what_it_does_not_take() {
    for function in FUNCTIONS {
        let takes: Vec<Takes> = function.parameters.iter().map(|parameter| parameter.takes).collect();
        let right: Vec<&str> = takes.iter().map(|takes| operands(*takes, function.name).0).collect();
        let call = format!("{}({})", function.name, right.join(", "));
        let checked = made_of(&call);
        assert!(checked.model.is_some(), "{call}: {:?}", checked.diagnostics);
        for (at, takes) in takes.iter().enumerate() {
            let mut operands_here = right.clone();
            operands_here[at] = operands(*takes, function.name).1;
            let call = format!("{}({})", function.name, operands_here.join(", "));
            let source = acme::with(&[("type: string?, from: address.city", &format!("type: json?, from: '{call}'"))]);
            let told = check(&source).diagnostics;
            let shown = acme::shown(&told, &source);
            assert_eq!(told.len(), 1, "{call}\n{shown}");
            assert!(matches!(told[0].code, Code::OPERAND_TYPE | Code::TIME_WORD), "{call}\n{shown}");
            assert_eq!(source.slice(&told[0].primary.range), operands_here[at], "{call}\n{shown}");
        }
    }
}

#[test]
fn every_operator_takes_what_it_says_and_underlines_what_it_does_not_take() {
    let moment = "parse_time(updated, \"rfc3339\")";
    for (right, wrong, underlined) in [
        ("visits + 1", "visits + name", "name"),
        ("visits - 1.5", "active - 1", "active"),
        ("visits * visits", "visits * tags", "tags"),
        ("visits / 2", "name / 2", "name"),
        ("visits % 2", "1.5 % visits", "1.5"),
        ("-visits", "-name", "name"),
        ("-(visits)", "-(name)", "(name)"),
        (&format!("{moment} + 30m"), "30m + 30m", "30m"),
        (&format!("30m + {moment}"), "visits + 30m", "30m"),
        (&format!("{moment} - 1d"), "2h - visits", "visits"),
        (&format!("{moment} < {moment}"), "name < visits", "visits"),
        (&format!("{moment} == null"), "visits == 30m", "30m"),
        ("visits >= 1.5", "active < active", "active"),
        ("any(tags, tag => tag in [name, \"x\"])", "any(tags, tag => tag in [visits])", "visits"),
        ("all(tags, tag => tag matches \"a*\")", "all(tags, tag => visits matches \"a*\")", "visits"),
        ("not active and active", "not name", "name"),
    ] {
        assert!(made_of(right).model.is_some(), "{right}: {:?}", made_of(right).diagnostics);
        let source = acme::with(&[("type: string?, from: address.city", &format!("type: json?, from: '{wrong}'"))]);
        let told = check(&source).diagnostics;
        let errors: Vec<_> = told.iter().filter(|one| one.is_error()).collect();
        assert_eq!(errors.len(), 1, "{wrong}\n{}", acme::shown(&told, &source));
        assert_eq!(errors[0].code, Code::OPERAND_TYPE, "{wrong}");
        assert_eq!(source.slice(&errors[0].primary.range), underlined, "{wrong}");
    }
}

#[test]
fn a_let_that_names_a_path_is_that_path_and_another_is_computed_once() {
    assert_eq!(city("let place = address in place.city"), path(&["address", "city"]));
    assert_eq!(city("'let place = address, city = place.city in city'"), path(&["address", "city"]));
    let first = Expr::Call(Function::First, vec![path(&["tags", "[]"])]);
    let tag = || Expr::Local("tag".to_owned(), vec![]);
    let both = Expr::Call(Function::Concat, vec![tag(), tag()]);
    assert_eq!(
        city("'let tag = first(tags[]) in concat(tag, tag)'"),
        Expr::Let("tag".to_owned(), Box::new([first, both]))
    );
    // The key of the record stands in quotes where a name hides it.
    let hidden = city("'let name = lower(address.city) in concat(name, [\"name\"])'");
    let Expr::Let(_, parts) = hidden else { panic!("a let") };
    assert_eq!(parts[1], Expr::Call(Function::Concat, vec![Expr::Local("name".to_owned(), vec![]), path(&["name"])]));
    // A key that is called `let` is still a key.
    let model = acme::model(&[("from: address.city", "from: let.in"), ("nothing: null", "let: { in: x }")]);
    assert_eq!(model.resources[0].row.fields[3].from, path(&["let", "in"]));
}

#[test]
fn items_of_objects_are_checked_against_the_example() {
    let with = |from: &str| {
        acme::checked(&[
            ("type: string?, from: address.city", &format!("type: json?, from: '{from}'")),
            ("nothing: null", "nothing: null\n      domains: [{ domain: a.test, verified: true, parts: [{ n: 1 }] }]"),
        ])
    };
    for right in [
        "domains | filter(d => d.verified) | map(d => d.domain) | join(\", \")",
        "filter(domains[], d => d.verified)",
        "sum(map(domains, d => sum(map(d.parts, p => p.n))))",
        "let d = find(domains, d => d.verified) in d.domain",
        "let d = first(domains[]) in lower(d.domain)",
        "map(domains, d => d.parts[].n | sum())",
        "map(domains[].parts, p => length(map(p, q => q.n)))",
    ] {
        let checked = with(right);
        assert!(checked.model.is_some(), "{right}: {:?}", checked.diagnostics);
    }
    for (wrong, code) in [
        ("filter(domains, d => d.verifed)", Code::UNKNOWN_PATH),
        ("let d = find(domains, d => d.verified) in d.domian", Code::UNKNOWN_PATH),
        ("filter(domains, d => d.domain)", Code::OPERAND_TYPE),
        ("map(domains, d => d.domain.x)", Code::UNKNOWN_PATH),
        ("sort(domains[])", Code::OPERAND_TYPE),
        ("map(domains, d => split(d.domain, \".\"))", Code::OPERAND_TYPE),
    ] {
        let told = with(wrong).diagnostics;
        assert_eq!(told.iter().map(|one| one.code).collect::<Vec<_>>(), [code], "{wrong}: {told:?}");
    }
    let Expr::Over(Over::Filter, name, parts) =
        with("filter(domains, d => d.verified)").model.unwrap().resources[0].row.fields[3].from.clone()
    else {
        panic!("a filter")
    };
    assert_eq!((name.as_str(), &parts[0]), ("d", &Expr::Items(Box::new(path(&["domains"])))));
}

#[test]
fn the_example_of_the_reference_is_one() {
    let reference = include_str!("../../docs/SPEC.md");
    let (_, rest) = reference.split_once("<!-- example: expressions -->\n```yaml\n").expect("it begins");
    let (example, _) = rest.split_once("```").expect("it ends");
    let indented: String = example.lines().map(|line| format!("    {line}\n")).collect();
    let spec = format!(
        "tapwright: 1\nconnector: shop\ndescription: A shop.\nconfig: {{ key: {{ type: secret, description: K. }} }}\napi: {{ \
         base_url: https://shop.test, auth: {{ bearer: \"{{config.key}}\" }} }}\nresources:\n  orders:\n    description: \
         Orders.\n    get: /orders\n    paging: none\n    records: data\n    entity: shop_order\n    key: id\n{indented}"
    );
    let source = tapwright_spec::Source::new("shop.yaml", spec);
    let checked = check(&source);
    assert!(checked.diagnostics.is_empty(), "{}", acme::shown(&checked.diagnostics, &source));
}

#[test]
fn a_function_as_another_language_calls_it_is_told_what_it_is_here() {
    for (written, told) in [
        ("lowercase(name)", "did you mean `lower`? It is called `lower(text)`"),
        ("name | toLower()", "did you mean `lower`? It is called `lower(text)`"),
        ("substring(name, 0, 3)", "did you mean `slice`? It is called `slice(text, from, count)`"),
        ("str(visits)", "did you mean `text`? It is called `text(value)`"),
        ("parseInt(name)", "did you mean `integer`? It is called `integer(text)`"),
        ("coalesce(name, address.city)", "write `a ?? b`: `a`, or `b` when `a` is null"),
        (
            "select(tags[], t => t == \"a\") | first()",
            "did you mean `filter`? It is called `filter(domains, domain => …)`",
        ),
        ("regex(name, \"(b)\")", "did you mean `capture`? It is called `capture(text, regex)`"),
    ] {
        let checked = acme::checked(&[("from: address.city", &format!("from: '{written}'"))]);
        assert_eq!(checked.diagnostics.len(), 1, "{:?}", checked.diagnostics);
        assert_eq!(checked.diagnostics[0].code, Code::UNKNOWN_FUNCTION);
        assert_eq!(checked.diagnostics[0].help.as_deref(), Some(told), "{written}");
        let named = told.starts_with("did you mean");
        assert_eq!(checked.diagnostics[0].patch.is_some(), named, "{written}");
    }
}
