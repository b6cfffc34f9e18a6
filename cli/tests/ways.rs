//! Ways to authenticate that a setting chooses, as a user meets them.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

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

const RENEWED: &str = "tapwright: 1
connector: renewed
description: A refresh token that every use replaces.
config:
  id: { type: string, env: RENEWED_ID, description: The client. }
  refresh: { type: secret, env: RENEWED_REFRESH, description: The first refresh token. }
api:
  base_url: https://api.example.com
  auth:
    oauth2:
      token_url: https://login.example.com/token
      grant: refresh_token
      client_id: '{config.id}'
      refresh_token: '{config.refresh}'
resources:
  things:
    description: Things.
    get: /things
    paging: none
    records: data
    entity: renewed_thing
    key: id
    fields: { name: string? }
";

#[test]
fn a_token_that_a_sandbox_gave_is_kept_for_no_other() {
    let place = Place::new();
    let file = place.write("renewed.yaml", RENEWED);
    for _ in 0..2 {
        let said = place.run(&["sync", file.to_str().unwrap(), "--sandbox", "--to", "sqlite:renewed.db"]);
        assert_eq!(said.code, Some(0), "the second sandbox knows nothing of the first one's tokens: {said:#?}");
    }
    assert!(!file.with_file_name("renewed.db.renewed.secrets").exists());
}

#[test]
fn a_sandbox_says_all_that_its_client_needs() {
    let place = Place::new();
    let file = place.write("renewed.yaml", RENEWED);
    let mut sandbox = place
        .command(&["sandbox", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(sandbox.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take_while(|line| !line.starts_with("Ctrl-C")).collect();
    let url = said[0].split_whitespace().last().unwrap().to_owned();
    let variables: Vec<_> = said.iter().filter_map(|line| line.strip_prefix("  RENEWED_")?.split_once('=')).collect();
    let place = variables.iter().fold(Place::new(), |place, (name, value)| {
        place.variable(&format!("RENEWED_{name}"), value.trim_matches('\''))
    });
    // The token of the first sync is kept for the second.
    let runs = [(); 2].map(|()| place.run(&["sync", file.to_str().unwrap(), "--base-url", &url]));
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    assert_eq!(variables.len(), 2, "{said:#?}");
    assert!(runs.iter().all(|run| run.code == Some(0)), "{said:#?} {runs:#?}");
}
