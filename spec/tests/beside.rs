//! A query in a file beside the spec: as good as one in the spec, read by the caller, and told of by line and column.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

mod acme;

use std::cell::RefCell;

use tapwright_spec::model::{Body, Expr, Template};
use tapwright_spec::{Checked, Code, MOST_OF_A_FILE, check, check_with};

const QUERY: &str = "# Customers.\nquery ($state: String!) {\n  customers(state: $state) { id }\n}\n";

/// The small spec, whose customers are asked for by GraphQL.
fn posting(graphql: &str) -> tapwright_spec::Source {
    acme::with(&[("    get: /customers\n", &format!("    post: /graphql\n    graphql: {graphql}\n"))])
}

const BESIDE: &str = "{ file: queries/customers.graphql, variables: { state: active } }";

fn with_file(graphql: &str, file: &[u8]) -> Checked {
    check_with(&posting(graphql), &|path| match path {
        "queries/customers.graphql" => Ok(file.to_vec()),
        other => Err(format!("`{other}` was looked for")),
    })
}

fn codes(checked: &Checked) -> Vec<Code> {
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn first(checked: &Checked) -> (Code, String) {
    let found = checked.diagnostics.first().expect("something is wrong");
    (found.code, format!("{}: {}", found.title, found.primary.text))
}

#[test]
fn a_query_in_a_file_is_the_query() {
    let model = with_file(BESIDE, QUERY.as_bytes()).model.expect("nothing is wrong");
    let Some(Body::Json { template: Template::Object(members), graphql: true }) = &model.resources[0].body else {
        panic!("{:?}", model.resources[0].body);
    };
    assert_eq!(members[0], ("query".to_owned(), Template::Text(Expr::Text(QUERY.to_owned()))));
    assert_eq!(model.files.len(), 1);
    assert_eq!((model.files[0].path.as_str(), model.files[0].text.as_str()), ("queries/customers.graphql", QUERY));
}

#[test]
fn the_fingerprint_changes_with_the_file() {
    let of = |query: &str| with_file(BESIDE, query.as_bytes()).model.expect("nothing is wrong").fingerprint;
    assert_eq!(of(QUERY), of(QUERY));
    assert_ne!(of(QUERY), of(&QUERY.replace("{ id }", "{ id name }")));
}

#[test]
fn a_file_is_read_once_and_only_when_a_resource_names_it() {
    let asked = RefCell::new(Vec::new());
    let read = |path: &str| {
        asked.borrow_mut().push(path.to_owned());
        Ok(QUERY.as_bytes().to_vec())
    };
    let twice = acme::with(&[
        ("    get: /customers\n", &format!("    post: /graphql\n    graphql: {BESIDE}\n")),
        ("    get: /events\n", &format!("    post: /graphql\n    graphql: {BESIDE}\n")),
    ]);
    let model = check_with(&twice, &read).model.expect("nothing is wrong");
    assert_eq!((asked.take(), model.files.len()), (vec!["queries/customers.graphql".to_owned()], 1));
    assert!(check_with(&acme::with(&[]), &read).model.is_some());
    assert!(asked.take().is_empty());
}

#[test]
fn what_is_wrong_in_it_is_told_by_its_line_and_column() {
    let told = |query: &str| first(&with_file(BESIDE, query.as_bytes()));
    let (code, shown) = told(&QUERY.replace("$state)", "$stat)"));
    assert_eq!(code, Code::UNKNOWN_VARIABLE);
    assert!(shown.ends_with("not declared, at queries/customers.graphql:3:20"), "{shown}");
    let (code, shown) = told(&QUERY.replace("{ id }", "{ id"));
    assert_eq!(code, Code::GRAPHQL_SYNTAX);
    assert!(shown.ends_with("it is opened here, at queries/customers.graphql:2:25"), "{shown}");
    let (code, shown) = told(&QUERY.replace("{ id }", "{ ä }"));
    assert_eq!(code, Code::GRAPHQL_SYNTAX);
    assert!(shown.contains("`ä`") && shown.ends_with(":3:30"), "{shown}");
}

#[test]
fn a_file_that_is_no_query_is_refused() {
    let large = vec![b' '; MOST_OF_A_FILE + 1];
    for (file, expected) in [
        (&b"\xff\xfe"[..], Code::UNKNOWN_FILE),
        (b" \n", Code::EMPTY),
        (&large, Code::TOO_MUCH),
        (b"{ a(key: \"sk_live_4eC39HqLyjWDarjtT1zdp7dc\") }", Code::CREDENTIAL),
    ] {
        let checked = with_file(BESIDE, file);
        assert_eq!(codes(&checked), [expected]);
        assert!(checked.model.is_none());
        assert!(!format!("{:?}", checked.diagnostics).contains("4eC39HqLyj"));
    }
    let missing = with_file("{ file: queries/other.graphql }", b"");
    let (code, shown) = first(&missing);
    assert_eq!(code, Code::UNKNOWN_FILE);
    assert!(shown.ends_with("`queries/other.graphql` was looked for"), "{shown}");
}

#[test]
fn a_path_leads_nowhere_but_down() {
    for path in ["/etc/passwd", "../a", "a/../b", "./a", "a//b", "a/", "'a\\b'", "C:/a", "'a\u{7f}b'"] {
        let source = posting(&format!("{{ file: {path} }}"));
        let checked = check_with(&source, &|path| panic!("{path} is asked for"));
        assert!(matches!(*codes(&checked), [Code::MALFORMED | Code::CONTROL_CHARACTER]), "{path}: {checked:?}");
    }
}

/// What is said of a query in the spec, whose paginator sends `limit` and `cursor`.
fn said(query: &str, variables: &str) -> Vec<(Code, String)> {
    let graphql = format!("{{ query: '{query}', variables: {variables} }}");
    let source = acme::with(&[
        ("    get: /customers\n", &format!("    post: /graphql\n    graphql: {graphql}\n")),
        ("cursor: { from: meta.next, to: query.cursor }", "cursor: { from: meta.next, to: body.variables.cursor }"),
        ("size: { to: query.limit, value: 50 }", "size: { to: body.variables.limit, value: 50 }"),
        ("    get: /events\n", "    post: /events\n    json: {}\n"),
        ("continue: { from: last.id, to: query.cursor }", "continue: { from: last.id, to: query.behind }"),
    ]);
    let found = check(&source).diagnostics;
    found
        .into_iter()
        .map(|found| (found.code, format!("{}: {}", found.title, source.slice(&found.primary.range))))
        .collect()
}

#[test]
fn variables_are_those_that_are_sent() {
    let whole = "query ($limit: Int!, $cursor: String) { a(b: $limit, c: $cursor) }";
    assert_eq!(said(whole, "{}"), []);
    let lists = "query ($limit: Int!, $cursor: String, $of: [ID!]) @x(y: 1) { a(b: $limit, c: $cursor, d: $of) }";
    assert_eq!(said(lists, "{}"), [], "a list that may be null is not needed");
    let defaults = whole.replace("Int!", "Int! = 5").replace("String)", "String = \"$no\", $all: Bool! = true)");
    let defaults = defaults.replace("c: $cursor", "c: $cursor, d: $all, e: [\"\"\"$no \\\"\"\" \"\"\"] # $no");
    assert_eq!(said(&defaults.replace(" # $no", ""), "{}"), []);

    let [(code, shown)] = said(&whole.replace("String", "String!"), "{}").try_into().expect("one mistake");
    assert_eq!(code, Code::VARIABLE_NOT_SENT, "the first page has no cursor");
    assert!(shown.ends_with(": $cursor"), "{shown}");
    let [(code, shown)] = said(&whole.replace("limit", "first"), "{ first: 5 }").try_into().expect("one mistake");
    assert_eq!(code, Code::UNKNOWN_VARIABLE);
    assert!(shown.contains("does not declare `$limit`, which its paginator sends"), "{shown}");
    let fragment = "query ($limit: Int!, $cursor: String) { ...A } fragment A on B { a(b: $limit, c: $cursor) }";
    assert_eq!(said(fragment, "{}"), [], "what a fragment uses is used");
}

#[test]
fn no_query_makes_the_checker_fall() {
    let query = "query Q($a: [Int!]! = [1, -2.5e3], $b: S = {c: \"\\\\\"}) @d(e: $a) { f(g: $b) { ...H ... on I { j } } } fragment H on I { k }";
    let (mut read, mut refused) = (0, 0);
    let mut check = |text: &str| match with_file(BESIDE, text.as_bytes()).model {
        Some(_) => read += 1,
        None => refused += 1,
    };
    for at in 0..query.len() {
        check(&query[..at]);
        let odd = ["", "{", "}", "(", ")", "\"", "$", "é", "...", "#"][at % 10];
        check(&format!("{}{odd}{}", &query[..at], &query[at + 1..]));
    }
    assert!(read > 10 && refused > 100, "{read} were read, {refused} refused");
}
