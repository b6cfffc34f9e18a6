//! Ways to authenticate that a setting chooses, as a user meets them.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::Place;

const ACCESS: &str = include_str!("../../generated-tests/specs/access.yaml");

#[test]
fn any_way_can_be_tried_against_a_sandbox_without_a_key() {
    for way in ["key", "session", "cookie", "app", "service", "signed", "hushed", "open"] {
        let place = Place::new();
        let file = place.write("access.yaml", ACCESS);
        let set = format!("method={way}");
        let said = place.run(&["sync", file.to_str().unwrap(), "--sandbox", "--set", &set, "--json"]);
        assert_eq!(said.code, Some(0), "{way}: {said:#?}");
        assert_eq!(said.json()["status"], "complete", "{way}");
        assert_eq!(place.number("select count(*) from access_thing"), 250, "{way}");
    }
}

#[test]
fn what_the_chosen_way_needs_is_asked_for_and_nothing_else() {
    let place = Place::new().variable("ACCESS_METHOD", "session").variable("ACCESS_USER", "me");
    let file = place.write("access.yaml", ACCESS);
    let said = place.run(&["sync", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["Access needs `password` where `method` is `session`", "ACCESS_PASSWORD", "--sandbox"]);
    let place = Place::new().variable("ACCESS_METHOD", "sesion");
    let file = place.write("access.yaml", ACCESS);
    let said = place.run(&["sync", file.to_str().unwrap()]);
    said.says(&["`sesion`, not one of", "did you mean `session`?"]);
}

#[test]
fn a_key_that_is_none_is_told_before_anything_is_asked() {
    let place = Place::new()
        .variable("ACCESS_METHOD", "app")
        .variable("ACCESS_APP", "12")
        .variable("ACCESS_APP_KEY", "this-is-no-key-but-secret");
    let file = place.write("access.yaml", ACCESS);
    let said = place.run(&["sync", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["the key for RS256 that `appKey` holds is not in PEM", "-----BEGIN"]);
    assert!(!format!("{said:?}").contains("but-secret"), "{said:#?}");
}
