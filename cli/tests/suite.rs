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
    let said = place.run(&["test", "acme.yaml", "--only", "deletions", "--json"]);
    said.says(&["what_is_gone_goes_or_stays", "readers_never_see_half_a_refresh"]);
    assert!(!said.out.contains("paging_is"), "a kind's checks, and no others: {}", said.out);
    let said = place.run(&["test", "acme.yaml", "--only", "look_back", "--json"]);
    said.says(&["\"outcome\":\"does_not_apply\"", "it is read in full every time"]);
}

#[test]
fn a_check_that_fails_says_why_and_ends_it_with_1() {
    let place = Place::new();
    // What tells records apart is one of two words: a mistake of the author's that no checker can see.
    let wrong = SPEC.replace("key: id", "key: kind").replace("name: string", "{ name: string, kind: Kind }");
    let wrong = wrong.replace("resources:", "types: { Kind: [one, other] }\nresources:");
    place.write("acme.yaml", wrong);
    let said = place.run(&["test", "acme.yaml"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&["✗ things::random_records_arrive_whole: 40 values are taken for unknown ones, as `", " 1 fail, "]);
    let report = place.run(&["test", "acme.yaml", "--only", "random", "--json"]);
    assert_eq!(report.code, Some(1), "{report:#?}");
    let report = report.json();
    let check = &report["checks"]["things::random_records_arrive_whole"];
    assert_eq!((&report["status"], &check["outcome"]), (&"failed".into(), &"failed".into()), "{report}");
    assert!(check["why"].as_str().is_some_and(|why| why.contains("`kind`")), "{report}");
}

#[test]
fn what_goes_through_a_hook_needs_the_command_that_has_it() {
    let place = Place::new();
    place.write("hooks.yaml", include_str!("../../generated-tests/specs/hooks.yaml"));
    std::fs::create_dir(place.path("queries")).expect("a folder");
    place.write("queries/members.graphql", include_str!("../../generated-tests/specs/queries/members.graphql"));
    for more in [&[][..], &["--resources", "posts"]] {
        let said = place.run(&[&["test", "hooks.yaml"][..], more].concat());
        assert_eq!(said.code, Some(2), "{said:#?}");
        said.says(&[
            "goes through a hook",
            "has the connector compiled in, or test the others alone with `--resources members`",
        ]);
    }
    let said = place.run(&["test", "hooks.yaml", "--resources", "members", "--only", "paging"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
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
