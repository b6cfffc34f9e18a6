//! Lists that change while they are read: what stayed arrives, whatever came and went in between; by cursors at once, where
//! pages are counted by the refresh that the promise names (docs/DELIVERY.md, 3 and 5).

use std::collections::{BTreeMap, BTreeSet};

use tapwright_generated_tests::{Lab, WORKOS, model};
use tapwright_runtime::Status;
use tapwright_sandbox::Sandbox;

const SPEC: &str = include_str!("../specs/paging.yaml");

/// Strategies that go on behind a record; the last two by an address that holds it.
const BY_CURSOR: [&str; 5] = ["tokens", "last", "last_alone", "addresses", "links"];

/// Strategies that count pages or records.
const COUNTED: [&str; 7] =
    ["pages", "pages_alone", "pages_short", "pages_header", "offsets", "offsets_alone", "offsets_more"];

const COUNT: u64 = 205;

async fn lab(names: &[&str], seed: u64, rate: f64) -> Lab {
    let of_all = |sandbox: Sandbox| names.iter().fold(sandbox, |sandbox, name| sandbox.records(name, COUNT));
    let mut lab = Lab::of(&model(SPEC), |sandbox| of_all(sandbox).seed(seed).churn(rate)).await;
    lab.options.resources = Some(names.iter().map(|&name| name.to_owned()).collect());
    lab
}

/// The ids and names that are stored of a resource.
fn stored(lab: &Lab, name: &str) -> BTreeMap<String, String> {
    let store = lab.store();
    let mut statement = store.prepare(&format!("select id, name from paging_{name}")).unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// The ids that a list begins with.
async fn first(names: &[&str], seed: u64) -> BTreeMap<String, BTreeSet<String>> {
    let calm = lab(names, seed, 0.0).await;
    assert_eq!(calm.sync().await.status, Status::Complete);
    names.iter().map(|name| ((*name).to_owned(), stored(&calm, name).into_keys().collect())).collect()
}

/// Those of some records that are still there.
fn stayed<'i>(lab: &Lab, name: &str, ids: &'i BTreeSet<String>) -> BTreeSet<&'i String> {
    ids.iter().filter(|id| lab.sandbox.record(name, id).is_ok()).collect()
}

/// The store has what the source has, and says of it what the source says.
fn assert_equal(lab: &Lab, name: &str) {
    let rows = stored(lab, name);
    assert_eq!(rows.len() as u64, lab.sandbox.count(name).unwrap(), "{name}");
    for (id, called) in rows {
        let record = lab.sandbox.record(name, &id).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(record["name"], called, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_by_cursors_is_exact_whatever_happens_meanwhile() {
    let (mut gone, mut come) = (0, 0);
    for seed in 0..6 {
        let begun = first(&BY_CURSOR, seed).await;
        let lab = lab(&BY_CURSOR, seed, 3.0).await;
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{report:#?}");
        for name in BY_CURSOR {
            let (rows, ids) = (stored(&lab, name), &begun[name]);
            let stayed = stayed(&lab, name, ids);
            assert!(
                stayed.iter().all(|id| rows.contains_key(*id)),
                "{name}, seed {seed}: a record that stayed is lost"
            );
            let of_it = report.resources.iter().find(|resource| resource.name == name).unwrap();
            assert_eq!(of_it.rows, rows.len() as u64, "{name}, seed {seed}: a record came twice");
            gone += ids.len() - stayed.len();
            come += rows.keys().filter(|id| !ids.contains(*id)).count();
        }
        lab.sandbox.churn(0.0);
        assert_eq!(lab.sync().await.status, Status::Complete);
        BY_CURSOR.iter().take(3).for_each(|name| assert_equal(&lab, name));
        // What stands behind an address may be a count: there a row goes when two refreshes have not met it.
        assert_eq!(lab.sync().await.status, Status::Complete);
        BY_CURSOR.iter().for_each(|name| assert_equal(&lab, name));
    }
    assert!(gone > 100 && come > 20, "{gone} records went and {come} came while lists were read");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_pages_are_counted_nothing_that_stayed_is_lost_and_two_refreshes_bring_the_rest() {
    let mut missed = 0;
    for seed in 0..6 {
        let begun = first(&COUNTED, seed).await;
        // A walk over what it has not seen yet does miss records: else this would prove nothing.
        let unseen = lab(&COUNTED, seed, 3.0).await;
        unseen.sync().await;
        for name in COUNTED {
            let rows = stored(&unseen, name);
            missed += stayed(&unseen, name, &begun[name]).into_iter().filter(|id| !rows.contains_key(*id)).count();
        }

        let lab = lab(&COUNTED, seed, 0.0).await;
        assert_eq!(lab.sync().await.status, Status::Complete);
        lab.sandbox.churn(3.0);
        lab.sync().await;
        lab.sandbox.churn(0.0);
        for name in COUNTED {
            let rows = stored(&lab, name);
            let stayed = stayed(&lab, name, &begun[name]);
            assert!(
                stayed.iter().all(|id| rows.contains_key(*id)),
                "{name}, seed {seed}: a record that stayed is lost"
            );
        }
        for _ in 0..2 {
            assert_eq!(lab.sync().await.status, Status::Complete);
        }
        COUNTED.iter().for_each(|name| assert_equal(&lab, name));
    }
    assert!(missed > 10, "only {missed} records were missed by the walks that had not seen them before");
}

/// The ids that are stored of a resource, and the refresh that wrote each.
fn written(lab: &Lab, name: &str) -> BTreeMap<String, i64> {
    let store = lab.store();
    let mut statement = store.prepare(&format!("select id, _generation from paging_{name}")).unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// Refresh upon refresh of lists that never rest, all of them in each sync: what goes is held against what was met, and in the
/// end the store against the source.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_list_that_never_rests_no_row_goes_that_one_of_the_last_two_refreshes_has_met() {
    let all: Vec<&str> = COUNTED.into_iter().chain(BY_CURSOR).collect();
    // What stands behind an address may be a count.
    let counted = |name: &str| COUNTED.contains(&name) || ["addresses", "links"].contains(&name);
    let (mut missed, mut kept, mut swept) = (0, 0, 0);
    for seed in 0..4 {
        let lab = lab(&all, seed, 0.0).await;
        assert_eq!(lab.sync().await.status, Status::Complete);
        let mut before: BTreeMap<&str, BTreeMap<String, i64>> =
            all.iter().map(|name| (*name, written(&lab, name))).collect();
        // The last refresh of each that was complete.
        let mut complete: BTreeMap<&str, i64> =
            before.iter().map(|(name, rows)| (*name, rows.values().copied().max().unwrap())).collect();
        lab.sandbox.churn(3.0);
        for nth in 0..5 {
            let report = lab.sync().await;
            for name in &all {
                let rows = written(&lab, name);
                let there = |id: &String| lab.sandbox.record(name, id).is_ok();
                for (id, met) in &before[name] {
                    let lasts = if counted(name) { *met >= complete[name] } else { there(id) };
                    assert!(!lasts || rows.contains_key(id), "{name}, seed {seed}, refresh {nth}: {id} is lost");
                    swept += usize::from(!rows.contains_key(id));
                }
                let of_it = report.resources.iter().find(|resource| resource.name == *name).unwrap();
                let newest = rows.values().copied().max().unwrap();
                let passed_by = rows.iter().filter(|(id, met)| **met < newest && there(id)).count();
                (missed, kept) = (missed + passed_by, kept + rows.values().filter(|met| **met < newest).count());
                assert!(counted(name) || passed_by == 0, "{name}, seed {seed}, refresh {nth}: a cursor passes none by");
                if of_it.status == Status::Complete {
                    complete.insert(name, newest);
                }
                before.insert(name, rows);
            }
        }
        lab.sandbox.churn(0.0);
        for _ in 0..2 {
            assert_eq!(lab.sync().await.status, Status::Complete);
        }
        all.iter().for_each(|name| assert_equal(&lab, name));
    }
    assert!(missed > 100 && kept > missed && swept > 1_000, "{missed} were passed by, {kept} kept, {swept} swept");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_come_while_others_are_read_or_late_by_less_than_the_overlap_arrive() {
    let events = |lab: &Lab| {
        let store = lab.store();
        let mut statement = store.prepare("select id from workos_auth_event").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect::<BTreeSet<String>>()
    };
    let url = format!("/events?events={}&limit=100", names());
    let (mut come, mut late) = (0, 0);
    for seed in 0..4 {
        let mut lab = Lab::of(&model(WORKOS), |sandbox| sandbox.records("auth_events", 700).seed(seed)).await;
        lab.options.resources = Some(vec!["auth_events".to_owned()]);
        lab.sync().await;
        let begun: BTreeSet<String> =
            lab.plain().all(&url).await.iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect();
        lab.sandbox.churn(4.0);
        // Behind the frontier there is a page or two: several syncs, so that enough happens.
        for _ in 0..8 {
            assert_eq!(lab.sync().await.status, Status::Complete);
        }
        lab.sandbox.churn(0.0);
        assert_eq!(lab.sync().await.status, Status::Complete);
        let rows = events(&lab);
        for event in lab.plain().all(&url).await {
            let id = event["id"].as_str().unwrap();
            let at = lab.sandbox.moment("auth_events", id).unwrap();
            // Further back than the look-back nothing was read.
            let young = at > lab.sandbox.now() - 28 * 86_400_000;
            assert!(!young || rows.contains(id), "seed {seed}: {event} is lost");
            if !begun.contains(id) {
                come += 1;
                late += usize::from(at <= lab.sandbox.now());
            }
        }
    }
    assert!(come > 40 && late > 10, "{come} events came, {late} of them late");
}

/// The names of the events that the spec asks for.
fn names() -> String {
    let spec = model(WORKOS);
    let events = spec.resources.iter().find(|resource| resource.name == "auth_events").unwrap();
    let value = events.query.iter().find_map(|param| match &param.value {
        tapwright_spec::model::ParamValue::Each { values, .. } => Some(values.join(",")),
        tapwright_spec::model::ParamValue::Text(_) => None,
    });
    value.unwrap()
}
