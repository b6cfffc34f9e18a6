//! A spec that needs Rust code, or names a file beside it, as a user of the command meets it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use serde_json::json;
use support::Place;

const SPEC: &str = include_str!("../../generated-tests/specs/hooks.yaml");
const QUERY: &str = include_str!("../../generated-tests/specs/queries/members.graphql");

fn place() -> Place {
    let place = Place::new();
    place.write("hooks.yaml", SPEC);
    std::fs::create_dir(place.path("queries")).unwrap();
    place.write("queries/members.graphql", QUERY);
    place
}

#[test]
fn a_resource_with_a_hook_is_not_synced_without_it() {
    let place = place();
    for more in [&[][..], &["--resources", "users"], &["--resources", "posts,members"]] {
        let said = place.run(&[&["sync", "hooks.yaml", "--sandbox"][..], more].concat());
        assert_eq!(said.code, Some(2), "{said:#?}");
        said.says(&[
            "resource `users` of Hooks needs its hook, which is Rust code: writes addresses in lower case, and leaves robots out",
            "compile the spec with `connector!` and give the hook, or sync the others alone with `--resources members`",
        ]);
    }
    assert!(!place.path("tapwright.db").exists(), "nothing was begun");
    let said = place.run(&["sync", "hooks.yaml", "--sandbox", "--resources", "members", "--json"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert_eq!(said.json()["resources"]["members"]["rows"], json!(250));
}

#[test]
fn the_check_accepts_it_and_says_what_it_needs() {
    let place = place();
    let said = place.run(&["check", "hooks.yaml"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["note", "resource `users` needs its hook, which is Rust code [C0540]", "(Hooks, 3 resources)"]);
    assert!(!said.out.contains("warning"), "{said:#?}");
    let found = place.run(&["check", "hooks.yaml", "--format", "json"]).json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&json!("C0540"), &json!("note")));
    let log = place.run(&["check", "hooks.yaml", "--format", "sarif"]).json();
    assert_eq!(log["runs"][0]["results"][0]["level"], json!("note"));
}

#[test]
fn a_file_beside_the_spec_is_found_from_the_specs_folder() {
    let place = place();
    std::fs::create_dir(place.path("elsewhere")).unwrap();
    let mut command = place.command(&["check", "../hooks.yaml"]);
    command.current_dir(place.path("elsewhere"));
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert_eq!(place.run(&["expand", "hooks.yaml"]).code, Some(0));
}

#[test]
fn a_file_that_is_not_there_is_told_with_what_was_looked_for() {
    let place = place();
    let file = place.path("queries/members.graphql");
    std::fs::remove_file(&file).unwrap();
    let gone = |place: &Place, what: &str| {
        let said = place.run(&["check", "hooks.yaml"]);
        assert_eq!(said.code, Some(2), "{what}");
        said.says(&["[C0214]", "hooks.yaml:77:22", "`queries/members.graphql` was looked for", what]);
    };
    gone(&place, "No such file");
    std::fs::create_dir(&file).unwrap();
    gone(&place, "which is no file");
    std::fs::remove_dir(&file).unwrap();
    let outside = Place::new();
    let secret = outside.write("members.graphql", QUERY);
    std::os::unix::fs::symlink(&secret, &file).unwrap();
    gone(&place, "which is a link out of the spec's folder");
    std::fs::remove_file(&file).unwrap();
    place.write("members.graphql", QUERY);
    std::os::unix::fs::symlink("../members.graphql", &file).unwrap();
    assert_eq!(place.run(&["check", "hooks.yaml"]).code, Some(0), "a link within the folder is as good as a file");
    std::fs::remove_file(place.path("members.graphql")).unwrap();
    place.write("members.graphql", vec![b' '; 10 << 20]);
    let said = place.run(&["check", "hooks.yaml"]);
    assert_eq!(said.code, Some(2));
    said.says(&["[C0005]", "more than 262144 bytes"]);
}
