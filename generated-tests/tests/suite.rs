//! The suite that every spec has for nothing, for the specs of the tests, as they are interpreted: no check fails, and each is
//! about something somewhere. Those with hooks and the connectors have theirs as they are compiled (`hooked.rs`, `generated.rs`,
//! `connectors/suites.rs`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use tapwright_generated_tests::SPECS;
use tapwright_suite::{Outcome, Subject, checks, run};

#[tokio::test(flavor = "multi_thread")]
async fn every_spec_passes_and_every_check_is_about_something() {
    // `TAPWRIGHT_SUITE=workos` runs that one alone.
    let only = std::env::var("TAPWRIGHT_SUITE").ok();
    let (mut failures, mut about) = (Vec::new(), BTreeMap::<String, u64>::new());
    let specs = SPECS.iter().filter(|(name, _)| *name != "hooks");
    for (name, text) in specs.filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)) {
        let subject = Arc::new(Subject::read(name, text, &[]).unwrap());
        let start = Instant::now();
        let (mut passed, mut tried, mut not_about) = (0, 0, 0);
        for done in run(&subject, checks(&subject.model), 8).await {
            let check = done.check.name();
            let (_, what) = check.split_once("::").unwrap();
            match done.outcome {
                Outcome::Passed(of) => {
                    *about.entry(what.to_owned()).or_default() += 1;
                    passed += 1;
                    tried += of.count;
                }
                Outcome::DoesNotApply(_) => not_about += 1,
                Outcome::Failed(why) => failures.push(format!("{name}, {check}: {why}")),
            }
        }
        println!("{name}: {passed} passed ({tried} tried), {not_about} not about it, {:?}", start.elapsed());
    }
    println!("{about:#?}");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    let names = tapwright_codegen::suite::CASES.iter().map(|case| case.name);
    // Specs that are interpreted are held against nothing compiled: `generated.rs` does that.
    let silent: Vec<_> = names.filter(|name| !about.contains_key(*name) && !name.starts_with("compiled_")).collect();
    assert!(only.is_some() || silent.is_empty(), "about nothing: {silent:?}");
}
