//! A help that says to name one of several names those that there are.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod acme;

use tapwright_spec::{Code, check};

const NOT_PAGED: (&str, &str) = ("    paging: pages\n    records: data\n", "    records: data\n");

/// The help of the mistake with that code.
fn help(edits: &[(&str, &str)], code: Code) -> String {
    let source = acme::with(edits);
    let diagnostics = check(&source).diagnostics;
    let shown = acme::shown(&diagnostics, &source);
    let told = diagnostics.into_iter().find(|diagnostic| diagnostic.code == code);
    told.unwrap_or_else(|| panic!("{shown}")).help.unwrap_or_default()
}

#[test]
fn a_resource_without_paging_is_told_the_paginators_that_there_are() {
    let told = help(&[NOT_PAGED], Code::MISSING_KEY);
    assert!(told.ends_with("write `paging: pages` or `paging: none`"), "{told}");
    let told =
        help(&[("    paging: pages\n    records: data\n", "    paging:\n    records: data\n")], Code::WRONG_KIND);
    assert_eq!(told, "write `paging: pages` or `paging: none`");
}

#[test]
fn where_no_paginator_is_declared_the_help_shows_how_one_is() {
    let none = [
        (
            "paging:\n  pages:\n    cursor: { from: meta.next, to: query.cursor }\n    size: { to: query.limit, value: 50 }\n",
            "",
        ),
        ("    paging: pages\n    records: data.items\n", "    paging: none\n    records: data.items\n"),
        ("      continue: { from: last.id, to: query.cursor }\n", ""),
    ];
    let told = help(&[&none[..], &[NOT_PAGED]].concat(), Code::MISSING_KEY);
    let lines: Vec<&str> = told.lines().rev().take(2).collect();
    assert_eq!(lines, ["  pages: { cursor: { from: meta.next_cursor, to: query.cursor } }", "paging:"], "{told}");
    let unknown = ("    paging: pages\n    records: data\n", "    paging: tokens\n    records: data\n");
    let again = help(&[&none[..], &[unknown]].concat(), Code::UNKNOWN_PAGINATOR);
    assert!(told.ends_with(&again), "{again}");

    // What it shows is right as it stands.
    let (_, shown) = again.split_once("\npaging:").expect("it is there");
    acme::model(&[&none[..], &[("types:\n", &format!("paging:{shown}\ntypes:\n"))]].concat());
}

#[test]
fn a_paginator_that_does_not_fit_is_told_those_that_do() {
    let body = ("to: query.cursor }\n    size", "to: body.cursor }\n    size");
    let told = help(&[body, ("      continue: { from: last.id, to: query.cursor }\n", "")], Code::BODY_NEEDED);
    assert!(told.contains("or declare a paginator with `query` targets"), "{told}");
    let other = ("types:\n", "  numbers: { page: { to: query.page } }\ntypes:\n");
    let told = help(&[body, other, ("      continue: { from: last.id, to: query.cursor }\n", "")], Code::BODY_NEEDED);
    assert!(told.ends_with("or name a paginator with `query` targets: `numbers`"), "{told}");
}

#[test]
fn what_is_made_before_a_record_is_read_is_told_the_settings() {
    let told = help(&[("get: /customers", "get: /customers/{visits}")], Code::OUT_OF_SCOPE);
    assert!(
        told.ends_with("the settings are `config.apiKey`, `config.region`, `config.days` and `config.tenant`"),
        "{told}"
    );
}

#[test]
fn auth_with_ways_is_told_the_settings_that_can_choose() {
    let ways = ("{ bearer: \"{config.apiKey}\" }", "{ ways: { eu: { bearer: \"{config.apiKey}\" }, us: none } }");
    assert_eq!(help(&[ways], Code::WINDOW_NEEDED), "write `by: config.region`");
}
