//! `tapwright test`: the suite that every spec has, a table of what holds, and why what does not fails.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tapwright_codegen::suite::goes_through_hook;
use tapwright_suite::{Check, Done, Outcome, Subject, checks, run};

use crate::Known;
use crate::args::TestArgs;
use crate::console::{self, BAD, BOLD, styled};
use crate::exit::Exit;
use crate::spec::find;
use crate::table::{Align, Table};

/// How many checks run at a time: most of them wait for an answer, or for time to pass.
const AT_A_TIME: usize = 16;

pub(crate) fn test(known: &[Known], args: &TestArgs) -> Exit {
    let found = match find(known, args.spec.as_deref()) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let names: Vec<_> = found.model.resources.iter().map(|resource| resource.name.as_str()).collect();
    if let Some(unknown) = args.resources.iter().flatten().find(|name| !names.contains(&name.as_str())) {
        console::usage(format_args!("`{unknown}` is no resource"), format_args!("resources: {}", names.join(", ")));
        return Exit::Usage;
    }
    let is_chosen = |name: &String| args.resources.as_ref().is_none_or(|names| names.contains(name));
    if !found.is_compiled {
        let resources = found.model.resources.iter();
        let (hooked, plain): (Vec<_>, Vec<_>) = resources.partition(|it| goes_through_hook(&found.model, it));
        if let Some(hooked) = hooked.iter().find(|resource| is_chosen(&resource.name)) {
            let compiled = "run `test` of a command that has the connector compiled in";
            let plain: Vec<_> = plain.iter().map(|resource| resource.name.as_str()).collect();
            let help = match plain.as_slice() {
                [] => compiled.to_owned(),
                plain => format!("{compiled}, or test the others alone with `--resources {}`", plain.join(",")),
            };
            console::usage(format_args!("`{}` goes through a hook, which is Rust code", hooked.name), help);
            return Exit::Usage;
        }
    }
    let is_meant = |check: &Check, only: &String| check.kind == only || check.name().contains(only.as_str());
    let is_wanted =
        |check: &Check| is_chosen(&check.resource) && args.only.as_ref().is_none_or(|only| is_meant(check, only));
    let wanted: Vec<_> = checks(&found.model).into_iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        console::usage("no check has such a name", "without --only all are run, and --json prints their names");
        return Exit::Usage;
    }
    let (title, plan) = (found.model.title.clone(), found.plan);
    let subject = Subject::new(found.model).hooks(found.hooks);
    let subject = Arc::new(if found.is_compiled { subject.compiled(plan) } else { subject });
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        console::usage("no threads can be started", "end other programs, or raise the limit on processes");
        return Exit::Failed;
    };
    let start = Instant::now();
    let done = runtime.block_on(run(&subject, wanted, AT_A_TIME));
    let took = start.elapsed();
    if args.json {
        console::out(as_json(&done, took));
    } else {
        show(&title, &done, took);
    }
    if count(&done, |outcome| matches!(outcome, Outcome::Failed(_))) == 0 { Exit::Complete } else { Exit::Failed }
}

fn count(done: &[Done], is: impl Fn(&Outcome) -> bool) -> usize {
    done.iter().filter(|done| is(&done.outcome)).count()
}

/// What all checks of a kind say together: one that fails says more than one that holds, and that more than one that is about
/// nothing.
fn sign<'d>(done: impl Iterator<Item = &'d Done>) -> &'static str {
    let said = done.map(|done| match done.outcome {
        Outcome::Failed(_) => (2, "✗"),
        Outcome::Passed(_) => (1, "✓"),
        Outcome::DoesNotApply(_) => (0, "–"),
    });
    said.max_by_key(|(weight, _)| *weight).map_or("", |(_, sign)| sign)
}

/// A line for each resource, a column for each kind, and what fails below.
fn show(title: &str, done: &[Done], took: Duration) {
    let (mut kinds, mut resources) = (Vec::new(), Vec::new());
    for done in done {
        if !kinds.contains(&done.check.kind) {
            kinds.push(done.check.kind);
        }
        if !resources.contains(&done.check.resource) {
            resources.push(done.check.resource.clone());
        }
    }
    let heading: Vec<_> = ["resource"].into_iter().chain(kinds.iter().copied()).map(|it| (it, Align::Left)).collect();
    let mut table = Table::new(&heading);
    for resource in &resources {
        let of = |kind: &&'static str| {
            sign(done.iter().filter(|done| done.check.resource == *resource && done.check.kind == *kind)).to_owned()
        };
        table.row([resource.clone()].into_iter().chain(kinds.iter().map(of)).collect());
    }
    console::out(&table);
    console::out("");
    for done in done {
        if let Outcome::Failed(why) = &done.outcome {
            console::out(format_args!("{} {}: {why}", styled(BAD, "✗"), done.check.name()));
        }
    }
    let passed = count(done, |outcome| matches!(outcome, Outcome::Passed(_)));
    let failed = count(done, |outcome| matches!(outcome, Outcome::Failed(_)));
    let others = count(done, |outcome| matches!(outcome, Outcome::DoesNotApply(_)));
    console::out(format_args!(
        "{} {passed} hold, {failed} fail, {others} are not about it, in {:.1} s",
        styled(BOLD, title),
        took.as_secs_f64()
    ));
}

/// The same for programs.
fn as_json(done: &[Done], took: Duration) -> Value {
    let mut all = BTreeMap::new();
    for done in done {
        let (outcome, why, tried) = match &done.outcome {
            Outcome::Passed(tried) => ("passed", None, Some(json!({ "what": tried.what, "count": tried.count }))),
            Outcome::Failed(why) => ("failed", Some(why), None),
            Outcome::DoesNotApply(why) => ("does_not_apply", Some(why), None),
        };
        let took = u64::try_from(done.took.as_millis()).unwrap_or(u64::MAX);
        let mut said = json!({ "kind": done.check.kind, "outcome": outcome, "elapsed_ms": took });
        if let Some(said) = said.as_object_mut() {
            said.extend(why.map(|why| ("why".to_owned(), json!(why))));
            said.extend(tried.map(|tried| ("tried".to_owned(), tried)));
        }
        all.insert(done.check.name(), said);
    }
    let failed = count(done, |outcome| matches!(outcome, Outcome::Failed(_)));
    let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    json!({ "status": if failed == 0 { "passed" } else { "failed" }, "elapsed_ms": took, "checks": all })
}
