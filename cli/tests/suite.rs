//! `test` runs the suite that every spec has, and says what holds, what fails and what is not about a resource.

mod support;

use support::Place;

const SPEC: &str = include_str!("../../generated-tests/specs/smallest.yaml");

#[test]
fn a_spec_that_holds_is_a_table_and_exit_code_0() {
    let place = Place::new();
    place.write("acme.yaml", SPEC);
    let said = place.run(&["test", "acme.yaml"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
    said.says(&["resource  paging", "things    ✓", "–", " hold, 0 fail, "]);
}

#[test]
fn as_json_each_check_says_what_it_tried_or_why_it_is_not_about_the_resource() {
    let place = Place::new();
    place.write("acme.yaml", SPEC);
    let said = place.run(&["test", "acme.yaml", "--resources", "things", "--only", "paging_is", "--json"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
    said.says(&["\"things::paging_is_exact_at_the_edges\"", "\"outcome\":\"passed\"", "\"what\":\"rows\""]);
    let said = place.run(&["test", "acme.yaml", "--only", "look_back", "--json"]);
    said.says(&["\"outcome\":\"does_not_apply\"", "it is read in full every time"]);
}

#[test]
fn a_name_that_is_nothing_is_refused() {
    let place = Place::new();
    place.write("acme.yaml", SPEC);
    let said = place.run(&["test", "acme.yaml", "--resources", "thongs"]);
    assert_eq!(said.code, Some(2));
    said.says(&["`thongs` is no resource", "resources: things"]);
    let said = place.run(&["test", "acme.yaml", "--only", "nothing_like_it"]);
    assert_eq!(said.code, Some(2));
    said.says(&["no check has such a name"]);
}
