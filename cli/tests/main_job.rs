//! The main job: a sync from the sandbox, then another that reads only what is new, and what the store says of both.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use serde_json::json;
use support::{Place, workos};

#[test]
fn a_first_sync_reads_all_and_a_second_only_what_is_new() {
    let place = Place::new();
    let said = place.run(&["sync", "--sandbox"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&[
        "Syncing WorkOS from its sandbox into tapwright.db",
        "complete: ",
        "Next",
        "sqlite3 ",
        "WORKOS_API_KEY",
    ]);
    for resource in ["organizations", "connections", "directories", "auth_events"] {
        assert!(said.err.contains(resource) && said.out.contains(resource), "{resource}: {said:#?}");
    }
    let events = place.number("select count(*) from workos_auth_event");
    assert!(events > 1000);
    assert_eq!(place.number("select count(*) from workos_organization"), 250);
    let before = place.rows();

    let said = place.run(&["sync", "--sandbox"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["auth_events: went on from the last sync"]);
    assert_eq!(place.rows(), before);

    let said = place.run(&["status"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["workos", "last sync: complete", "workos_auth_event"]);
    let status = place.run(&["status", "--json"]).json();
    assert_eq!(status["connectors"]["workos"]["resources"]["auth_events"]["rows"], json!(events));
}

#[test]
fn a_proxy_has_no_business_between_this_machine_and_itself() {
    let mut place = Place::new();
    // Nobody answers there.
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        place = place.variable(name, "http://127.0.0.1:9");
    }
    let said = place.run(&["sync", "--sandbox", "--records", "auth_events=10"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
}

#[test]
fn what_to_do_next_names_the_store_that_was_named() {
    let place = Place::new();
    let said = place.run(&["sync", "--sandbox", "--to", "sqlite:other.db", "--records", "auth_events=10"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["sync --sandbox --to sqlite:other.db", "sqlite3 other.db"]);
}

#[test]
fn json_is_one_report_on_standard_output() {
    let sandbox = workos(|sandbox| sandbox.records("organizations", 150));
    let place = Place::with_key(sandbox.key());
    let said = place.sync(&sandbox, &["--json", "--resources", "organizations,directories"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    let report = said.json();
    assert_eq!(report["status"], "complete");
    assert_eq!(report["requests"], json!(sandbox.request_count()));
    assert_eq!(report["retries"], 0);
    assert!(report["elapsed_ms"].is_u64());
    let organizations = &report["resources"]["organizations"];
    assert_eq!(
        (&organizations["status"], &organizations["pages"], &organizations["rows"]),
        (&json!("complete"), &json!(2), &json!(150))
    );
    assert_eq!((&organizations["deleted"], &organizations["quarantined"]), (&json!(0), &json!(0)));
    assert_eq!(report["resources"].as_object().unwrap().len(), 2);
}

#[test]
fn a_resource_that_fails_leaves_the_others_and_says_so_with_its_exit_code() {
    let sandbox = workos(|sandbox| {
        sandbox.fail(
            "directories",
            tapwright_sandbox::Fault::Forbidden("Directory Sync is not enabled.".to_owned()).always(),
        )
    });
    let place = Place::with_key(sandbox.key());
    let said = place.sync(&sandbox, &[]);
    assert_eq!(said.code, Some(3), "{said:#?}");
    said.says(&["partial", "directories", "403", "Directory Sync is not enabled."]);
    assert_eq!(place.number("select count(*) from workos_organization"), 250);
    let report = place.sync(&sandbox, &["--json"]).json();
    assert_eq!(report["resources"]["directories"]["status"], "failed");
    assert_eq!(report["resources"]["directories"]["error"]["kind"], "forbidden");
    assert_eq!(report["resources"]["organizations"]["status"], "complete");
}

#[test]
fn any_spec_is_synced_without_being_compiled() {
    let place = Place::new();
    place.write("types.yaml", include_str!("../../generated-tests/specs/types.yaml"));
    place.write("requests.yaml", include_str!("../../generated-tests/specs/requests.yaml"));
    place.write("smallest.yaml", include_str!("../../generated-tests/specs/smallest.yaml"));
    for (spec, table, records) in [
        ("types", "types_record", "type=250"),
        // Not all of these pass its `where`.
        ("requests", "requests_call", "calls=480"),
        ("smallest", "smallest_thing", "things=250"),
    ] {
        let said = place.run(&["sync", &format!("{spec}.yaml"), "--sandbox", "--records", records]);
        assert_eq!(said.code, Some(0), "{spec}: {said:#?}");
        assert!(place.number(&format!("select count(*) from {table}")) > 100, "{said:#?}");
        assert_eq!(place.number("select count(*) from _tapwright_quarantine"), 0, "{spec}: {said:#?}");
        said.says(&[&format!("sync {spec}.yaml --sandbox")]);
    }
}

#[test]
fn the_flagship_is_the_same_by_name_by_file_and_by_default() {
    let place = Place::new();
    place.write("mine.yaml", support::SPEC);
    let mut rows = Vec::new();
    for spec in [&[][..], &["workos"], &["mine.yaml"]] {
        let arguments = [&["sync"], spec, &["--sandbox"]].concat();
        let said = place.run(&arguments);
        assert_eq!(said.code, Some(0), "{said:#?}");
        rows.push(place.rows());
        std::fs::remove_file(place.path("tapwright.db")).unwrap();
    }
    assert!(rows[0].len() > 2000);
    assert!(rows.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn expand_prints_rust_and_check_says_that_all_is_well() {
    let place = Place::new();
    let said = place.run(&["expand"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains("pub struct AuthEvent {"), "{said:#?}");
    assert!(said.out.ends_with("}\n"));
    let said = place.run(&["check"]);
    assert_eq!(said.code, Some(0));
    said.says(&["ok: connector.yaml (WorkOS, 4 resources)"]);
}
