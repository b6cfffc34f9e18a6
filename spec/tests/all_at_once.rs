//! All mistakes of a file are told in one go, in the order of the file, each at its line.

mod acme;

use tapwright_spec::{Code, Severity, check};

/// Eight mistakes in eight places.
const EDITS: &[(&str, &str)] = &[
    ("connector: acme", "connector: Acme"),
    ("default: eu", "default: cn"),
    ("{ requests: 100, per: 1m }", "{ requests: 100, per: 1 minute }"),
    ("value: 50", "value: fifty"),
    ("get: /customers", "gte: /customers"),
    ("from: address.city", "from: adress.city"),
    ("references: customers", "references: customer"),
    ("kind: Kind", "kind: Kimd"),
];

#[test]
fn eight_mistakes_are_told_each_at_its_line() {
    let source = acme::with(EDITS);
    let checked = check(&source);
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, source.position(diagnostic.primary.range.start).line))
        .collect();
    let expected = [
        (Code::INVALID_NAME, 2),
        (Code::DEFAULT_REFUSED, 9),
        (Code::MALFORMED, 15),
        (Code::WRONG_KIND, 19),
        (Code::UNKNOWN_KEY, 26),
        (Code::UNKNOWN_PATH, 38),
        (Code::UNKNOWN_TYPE, 70),
        (Code::UNKNOWN_RESOURCE, 71),
    ];
    assert_eq!(found, expected, "{}", acme::shown(&checked.diagnostics, &source));
}

#[test]
fn there_is_a_model_unless_there_is_an_error() {
    let right = acme::checked(&[]);
    assert!(right.model.is_some() && right.partial.is_none() && right.diagnostics.is_empty());

    let warned = acme::checked(&[(", tenant: \"{config.tenant}\"", "")]);
    assert_eq!(warned.diagnostics[0].severity, Severity::Warning);
    assert!(warned.model.is_some() && warned.partial.is_none());

    let wrong = acme::checked(EDITS);
    assert!(wrong.model.is_none());
    let partial = wrong.partial.expect("most of it can be read");
    assert_eq!(partial.resources.len(), 2);
    assert_eq!(partial.resources[0].row.fields.len(), 5);
}

#[test]
fn what_is_unused_is_not_told_beside_errors() {
    let checked = acme::checked(&[
        ("    paging: pages\n    records: data\n", "    paging: none\n    records: data\n"),
        ("    paging: pages\n    records: data.items", "    paging: pags\n    records: data.items"),
    ]);
    let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UNKNOWN_PAGINATOR]);
}

#[test]
fn a_misspelt_key_is_read_as_the_one_that_was_meant() {
    let checked = acme::checked(&[("resources:\n", "resorces:\n"), ("name: string", "name: strng")]);
    let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UNKNOWN_KEY, Code::UNKNOWN_TYPE]);
}

#[test]
fn a_second_mistake_in_one_expression_is_told_too() {
    let checked = acme::checked(&[("from: address.city", "from: nam ?? lower(visits)")]);
    let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UNKNOWN_PATH, Code::OPERAND_TYPE]);
}
