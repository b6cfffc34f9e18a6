//! What bad input gets: what is wrong, what to do, an exit code; nothing written, no secret shown.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use rusqlite::Connection;
use support::{Place, bytes, workos};

#[test]
fn without_a_key_it_says_which_variable_where_to_get_one_and_what_needs_none() {
    let place = Place::new();
    let said = place.run(&["sync"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["WORKOS_API_KEY", "API Keys", "sync --sandbox` needs none"]);
    assert!(!place.path("tapwright.db").exists(), "nothing is made");
}

#[test]
fn a_key_of_the_wrong_form_is_refused_before_any_request_and_not_shown() {
    let sandbox = workos(|sandbox| sandbox);
    let place = Place::with_key("pk_live_abcdefgh");
    let said = place.sync(&sandbox, &[]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["apiKey", "sk_*"]);
    assert!(!said.err.contains("abcdefgh") && !said.out.contains("abcdefgh"), "{said:#?}");
    assert_eq!(sandbox.request_count(), 0);
    assert!(!place.path("tapwright.db").exists());
}

#[test]
fn a_key_that_the_api_refuses_costs_one_request_and_says_where_it_came_from() {
    let sandbox = workos(|sandbox| sandbox);
    let place = Place::with_key("sk_wrong_abcdefgh");
    let said = place.sync(&sandbox, &[]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&["401", "Unauthorized", "WORKOS_API_KEY"]);
    assert_eq!(said.out.matches("does not accept").count(), 1, "one error, not one of each resource: {said:#?}");
    assert!(!said.err.contains("abcdefgh") && !said.out.contains("abcdefgh"), "{said:#?}");
    assert_eq!(sandbox.request_count(), 1);
}

#[test]
fn a_secret_is_not_taken_from_the_command_line() {
    let said = Place::new().run(&["sync", "--set", "apiKey=sk_live_abcdefgh"]);
    assert_eq!(said.code, Some(2));
    said.says(&["apiKey", "shell's history", "WORKOS_API_KEY"]);
    assert!(!said.err.contains("abcdefgh"), "{said:#?}");
}

#[test]
fn an_unknown_resource_brings_the_one_that_was_meant() {
    for arguments in [["--resources", "orgs"], ["--records", "orgs=5"]] {
        let said = Place::new().run(&[&["sync", "--sandbox"], arguments.as_slice()].concat());
        assert_eq!(said.code, Some(2), "{arguments:?}");
        said.says(&["`orgs` is not a resource of WorkOS", "did you mean `organizations`?"]);
    }
}

#[test]
fn a_setting_beyond_its_bounds_brings_the_bounds() {
    for set in ["authEventsLookbackDays=365", "authEventsLookbackDays=0", "authEventsLookbackDays=soon"] {
        let place = Place::new();
        let said = place.run(&["sync", "--sandbox", "--set", set]);
        assert_eq!(said.code, Some(2), "{set}: {said:#?}");
        said.says(&["authEventsLookbackDays", "1 to 90"]);
        assert!(!place.path("tapwright.db").exists());
    }
    let said = Place::new().run(&["sync", "--sandbox", "--set", "authEventsLookback=3"]);
    assert_eq!(said.code, Some(2));
    said.says(&["authEventsLookback", "authEventsLookbackDays"]);
}

#[test]
fn a_spec_with_eight_mistakes_brings_all_eight_each_at_its_line() {
    let place = Place::new();
    let spec = include_str!("../../generated-tests/compile/tests/ui/fail/eight_mistakes.yaml");
    place.write("acme.yaml", spec);
    for arguments in [&["check", "acme.yaml"][..], &["sync", "acme.yaml"], &["expand", "acme.yaml"]] {
        let said = place.run(arguments);
        assert_eq!(said.code, Some(2), "{said:#?}");
        for line in [2, 6, 10, 14, 20, 26, 27, 28] {
            said.says(&[&format!("acme.yaml:{line}:")]);
        }
        said.says(&["8 mistakes in acme.yaml"]);
    }
}

#[test]
fn a_spec_that_is_not_there_or_a_word_that_is_none_says_what_could_be_named() {
    let said = Place::new().run(&["sync", "worcos"]);
    assert_eq!(said.code, Some(2));
    said.says(&["worcos", "`workos`"]);
}

#[test]
fn a_spec_that_is_named_without_its_ending_or_its_folder_brings_the_one_that_is_there() {
    for (there, named) in [
        ("shop.yaml", "shop"),
        ("shop.yml", "shop"),
        ("shop.yml", "shop.yaml"),
        ("shop/connector.yaml", "shop"),
        ("shop/connector.yaml", "shop.yaml"),
        ("connectors/shop/connector.yaml", "shop"),
        ("connectors/shop/connector.yaml", "connectors/shop"),
    ] {
        let place = Place::new();
        std::fs::create_dir_all(place.path(there).parent().unwrap()).unwrap();
        place.write(there, "tapwright: 1\n");
        for command in
            [&["sync"][..], &["check"], &["expand"], &["test"], &["sandbox"], &["docs"], &["drift", "--live"]]
        {
            let said = place.run(&[command, &[named]].concat());
            assert_eq!(said.code, Some(2), "{command:?} {named}: {said:#?}");
            said.says(&[&format!("did you mean `{there}`?")]);
        }
        place.run(&["try", named, "items"]).says(&[&format!("did you mean `{there}`?")]);
    }
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let place = Place::new();
    let file = place.write("tapwright.db", "Dear diary, today I wrote no database at all. ".repeat(100));
    let before = bytes(&file);
    let said = place.run(&["sync", "--sandbox"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&["is not a SQLite database", "--to sqlite:PATH"]);
    assert_eq!(bytes(&file), before);
}

#[test]
fn a_database_of_a_newer_release_is_left_as_it_is() {
    let place = Place::new();
    assert_eq!(place.run(&["sync", "--sandbox", "--records", "auth_events=10"]).code, Some(0));
    let file = place.path("tapwright.db");
    Connection::open(&file).unwrap().execute("update _tapwright_meta set value = '99'", []).unwrap();
    let before = bytes(&file);
    let said = place.run(&["sync", "--sandbox"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&["format 99", "newer release"]);
    assert_eq!(bytes(&file), before);
}

#[test]
fn a_read_only_database_is_left_as_it_is() {
    let place = Place::new();
    assert_eq!(place.run(&["sync", "--sandbox", "--records", "auth_events=10"]).code, Some(0));
    let file = place.path("tapwright.db");
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let before = bytes(&file);
    let said = place.run(&["sync", "--sandbox"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&["read-only", "make it writable"]);
    assert_eq!(bytes(&file), before);
}

#[test]
fn another_place_for_the_key_must_be_named_twice() {
    let place = Place::with_key("sk_live_abcdefgh");
    let said = place.run(&["sync", "--base-url", "https://api.example.com"]);
    assert_eq!(said.code, Some(2));
    said.says(&["would send the credential to https://api.example.com", "--allow-origin https://api.example.com"]);
    let said = place.run(&["sync", "--base-url", "http://example.com", "--allow-origin", "http://example.com"]);
    assert_eq!(said.code, Some(2));
    said.says(&["not encrypted"]);
}

#[test]
fn a_store_of_an_unknown_kind_says_which_there_are() {
    let said = Place::new().run(&["sync", "--sandbox", "--to", "postgres://me:hunter2@db/x"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["sqlite:FILE"]);
    assert!(!said.err.contains("hunter2"), "{said:#?}");
}

#[test]
fn a_config_file_is_checked_and_its_secrets_are_not_shown() {
    let place = Place::new();
    place.write("good.yaml", "resources: [organizations]\nauthEventsLookbackDays: 7\n");
    let said = place.run(&["sync", "--sandbox", "--config", "good.yaml", "--json"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    let report = said.json();
    assert_eq!(report["resources"].as_object().unwrap().keys().collect::<Vec<_>>(), ["organizations"]);
    for (name, text) in [
        ("bad.yaml", "apiKey: \"sk_live_abcdefgh\nnonsense: [\n"),
        ("list.yaml", "apiKey: [sk_live_abcdefgh]\n"),
        ("unknown.yaml", "apiKye: sk_live_abcdefgh\n"),
        ("bounds.yaml", "apiKey: sk_live_abcdefgh\nauthEventsLookbackDays: 91\n"),
    ] {
        place.write(name, text);
        let said = place.run(&["sync", "--config", name]);
        assert_eq!(said.code, Some(2), "{name}: {said:#?}");
        assert!(!said.err.contains("abcdefgh"), "{said:#?}");
    }
}
