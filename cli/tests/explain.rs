//! `explain` prints the page of a mistake, and `check` says so.

mod support;

use support::Place;

#[test]
fn a_page_is_printed_by_its_code() {
    let place = Place::new();
    let page = include_str!("../../docs/errors/C0102.md");
    for code in ["C0102", "c0102", "[C0102]"] {
        let said = place.run(&["explain", code]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), page));
    }
    let said = place.run(&["explain", "C0102", "C0401"]);
    said.says(&["# C0102: ", "# C0401: "]);
}

#[test]
fn without_a_code_all_are_listed_and_another_word_is_refused() {
    let place = Place::new();
    let said = place.run(&["explain"]);
    assert_eq!(said.code, Some(0));
    said.says(&["C0001  the file is not valid YAML", "C0544  "]);
    let said = place.run(&["explain", "C9999"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    said.says(&["there is no mistake `C9999`", "tapwright explain"]);
}

#[test]
fn what_check_finds_leads_to_its_page() {
    let place = Place::new();
    place.write("acme.yaml", "tapwright: 2\nconnector: Acme\n");
    place.run(&["check", "acme.yaml"]).says(&["\nfor more, `tapwright explain C0101 C0109 C0107`\n"]);
}
