//! A sync that is killed, stopped or starved at any moment is taken up by the next one, and the store ends as if nothing
//! had happened.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::process::Stdio;
use std::time::Duration;

use support::{Place, Said, signal, sync_from, until, workos};
use tapwright_sandbox::Running;

/// An API that is slow enough to be met in the middle of a sync.
fn slow() -> Running {
    workos(|sandbox| {
        sandbox
            .records("organizations", 950)
            .records("auth_events", 4000)
            .history(Duration::from_secs(25 * 86_400))
            .latency(Duration::from_millis(25))
    })
}

fn undisturbed(sandbox: &Running) -> Vec<String> {
    let place = Place::with_key(sandbox.key());
    let said = place.sync(sandbox, &[]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    place.rows()
}

/// Starts a sync and waits until it has sent so many requests.
fn met_at(place: &Place, sandbox: &Running, requests: u64) -> std::process::Child {
    let seen = sandbox.request_count();
    let mut command = place.command(&sync_from(&sandbox.url(), &[]));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    until("it had sent its requests", || sandbox.request_count() - seen >= requests);
    child
}

#[test]
fn a_sync_that_is_killed_is_taken_up_where_it_was() {
    let sandbox = slow();
    let expected = undisturbed(&sandbox);
    let (mut killed, mut taken_up) = (0, 0);
    for requests in [1, 4, 9, 15, 22, 30, 41, 50] {
        let place = Place::with_key(sandbox.key());
        let mut child = met_at(&place, &sandbox, requests);
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let said = place.sync(&sandbox, &[]);
        assert_eq!(said.code, Some(0), "killed after {requests} requests: {said:#?}");
        taken_up += u32::from(said.out.contains("took up an unfinished sync"));
        assert_eq!(place.rows(), expected, "killed after {requests} requests");
        for table in ["workos_organization", "workos_auth_event"] {
            assert_eq!(place.number(&format!("select count(*) - count(distinct id) from {table}")), 0);
        }
    }
    assert!(killed >= 6 && taken_up >= 4, "{killed} killed in time, {taken_up} taken up");
}

#[test]
fn a_sync_that_is_killed_again_and_again_comes_to_its_end() {
    let sandbox = slow();
    let expected = undisturbed(&sandbox);
    let place = Place::with_key(sandbox.key());
    for _ in 0..6 {
        let mut child = met_at(&place, &sandbox, 12);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let said = place.sync(&sandbox, &[]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert_eq!(place.rows(), expected);
}

#[test]
fn a_signal_stops_a_sync_which_commits_what_it_has_and_says_so() {
    let sandbox = slow();
    let expected = undisturbed(&sandbox);
    for name in ["INT", "TERM"] {
        let place = Place::with_key(sandbox.key());
        let child = met_at(&place, &sandbox, 20);
        signal(name, child.id());
        let said = Said::of(&child.wait_with_output().unwrap());
        assert_eq!(said.code, Some(1), "{name}: {said:#?}");
        said.says(&["Stopping: what was read is being committed", "interrupted", "the next sync goes on from here"]);
        assert!(place.number("select count(*) from workos_auth_event") > 0, "what was read is there");
        let said = place.sync(&sandbox, &[]);
        assert_eq!(said.code, Some(0), "{said:#?}");
        assert_eq!(place.rows(), expected, "{name}");
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let sandbox = slow();
    let expected = undisturbed(&sandbox);
    let mut starved = 0;
    // In blocks of 512 bytes, as POSIX has it, or of 1024, as some shells do. The limit is one of a file's size, which
    // the store meets as it would a full disk: writing fails.
    for blocks in [100, 400, 1000] {
        let place = Place::with_key(sandbox.key());
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}");
        let said = Said::of(&place.after(&limited, &sync_from(&sandbox.url(), &[])).output().unwrap());
        if said.code != Some(0) {
            starved += 1;
            assert_eq!(said.code, Some(1), "{said:#?}");
            said.says(&["error: ", "space"]);
        }
        let said = place.sync(&sandbox, &[]);
        assert_eq!(said.code, Some(0), "{said:#?}");
        assert_eq!(place.rows(), expected, "{blocks} blocks");
    }
    assert!(starved >= 2, "only {starved} syncs met the limit");
}

#[test]
fn two_syncs_of_one_connector_do_not_meet_in_one_store() {
    let sandbox = slow();
    let expected = undisturbed(&sandbox);
    let place = Place::with_key(sandbox.key());
    let first = met_at(&place, &sandbox, 10);
    let second = place.sync(&sandbox, &[]);
    assert_eq!(second.code, Some(1), "{second:#?}");
    second.says(&["another sync"]);
    let first = Said::of(&first.wait_with_output().unwrap());
    assert_eq!(first.code, Some(0), "{first:#?}");
    assert_eq!(place.rows(), expected);
}
