//! The checks of a subject, one by one or side by side. It must not know what a check does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tapwright_codegen::suite::{CASES, Case};
use tapwright_runtime::HookSet;
use tapwright_spec::model::Connector;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::checks::FUNCTIONS;
use crate::outcome::Outcome;
use crate::subject::Subject;

/// A check of a resource.
#[derive(Clone, Debug)]
pub struct Check {
    /// The resource.
    pub resource: String,
    /// What it is about.
    pub kind: &'static str,
    name: &'static str,
    place: usize,
}

impl Check {
    /// `RESOURCE::what_it_says`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}::{}", self.resource, self.name)
    }

    /// Runs it.
    pub async fn run(&self, subject: &Subject) -> Outcome {
        let resource = subject.model.resources.iter().find(|resource| resource.name == self.resource);
        let (Some(resource), Some((_, function)), Some(case)) =
            (resource, FUNCTIONS.get(self.place), CASES.get(self.place))
        else {
            return Outcome::Failed(format!("there is no check `{}`", self.name()));
        };
        if let Err(why) = (case.applies)(resource) {
            return Outcome::DoesNotApply(why.to_owned());
        }
        function(&Bench { subject, resource }).await.into()
    }
}

/// Every check of every resource of a spec.
#[must_use]
pub fn checks(model: &Connector) -> Vec<Check> {
    let of = |(place, case): (usize, &Case), resource: &String| Check {
        resource: resource.clone(),
        kind: case.kind,
        name: case.name,
        place,
    };
    let resources = model.resources.iter().map(|resource| &resource.name);
    resources.flat_map(|resource| CASES.iter().enumerate().map(move |case| of(case, resource))).collect()
}

/// A check that was run.
#[derive(Clone, Debug)]
pub struct Done {
    /// Which.
    pub check: Check,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

/// Runs checks, so many at a time, and gives them back in their order.
pub async fn run(subject: &Arc<Subject>, checks: Vec<Check>, at_a_time: usize) -> Vec<Done> {
    let room = Arc::new(Semaphore::new(at_a_time.max(1)));
    let mut tasks = JoinSet::new();
    for (place, check) in checks.iter().cloned().enumerate() {
        let (subject, room) = (Arc::clone(subject), Arc::clone(&room));
        tasks.spawn(async move {
            let _place = room.acquire_owned().await;
            let start = Instant::now();
            let outcome = check.run(&subject).await;
            (place, outcome, start.elapsed())
        });
    }
    let mut outcomes: Vec<Option<(Outcome, Duration)>> = vec![None; checks.len()];
    while let Some(joined) = tasks.join_next().await {
        if let Ok((place, outcome, took)) = joined
            && let Some(slot) = outcomes.get_mut(place)
        {
            *slot = Some((outcome, took));
        }
    }
    let lost = || (Outcome::Failed("it panicked".to_owned()), Duration::ZERO);
    let done = |(check, outcome): (Check, Option<_>)| {
        let (outcome, took) = outcome.unwrap_or_else(lost);
        Done { check, outcome, took }
    };
    checks.into_iter().zip(outcomes).map(done).collect()
}

/// Runs one check for a connector that is compiled in: what a test of `generated_tests!` does.
///
/// # Panics
/// When it fails, and says why.
#[expect(clippy::panic, reason = "a test fails by that")]
pub fn check(
    spec: &str,
    files: &[(&str, &str)],
    plan: &'static tapwright_runtime::plan::Connector,
    hooks: impl Into<HookSet>,
    name: &str,
) {
    let outcome = Subject::read("connector.yaml", spec, files).and_then(|subject| {
        let subject = subject.compiled(plan).hooks(hooks);
        let all = checks(&subject.model);
        let check = all.iter().find(|check| check.name() == name).ok_or_else(|| "there is no such check".to_owned())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        Ok(runtime.block_on(check.run(&subject)))
    });
    match outcome.unwrap_or_else(Outcome::Failed) {
        Outcome::Failed(why) => panic!("{name}: {why}"),
        // It was known only now: the test says so to whoever looks at its output.
        Outcome::DoesNotApply(why) => said(&format!("{name} is not about this resource: {why}")),
        Outcome::Passed(tried) => said(&format!("{name}: {} {} tried", tried.count, tried.what)),
    }
}

#[expect(clippy::print_stdout, reason = "cargo shows the output of tests to those who ask")]
fn said(text: &str) {
    println!("{text}");
}
