//! What the spec's own rules say of an answer is done.

use tapwright_runtime::{ErrorKind, Status};
use tapwright_sandbox::{Fault, Injection};
use tapwright_spec::model::{Action, ErrorRule, ParamValue};

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, holds, not_about, tried};
use crate::together::together;

/// What takes longer to wait is not waited for here.
const PATIENCE: i64 = 2_000;

/// A page and a bit.
fn some(bench: &Bench<'_>) -> u64 {
    bench.page().min(120) + 3
}

/// The answer that each rule is about has the meaning that the rule gives it.
pub(crate) async fn error_rules_do_what_they_say(bench: &Bench<'_>) -> Ran {
    let (calm, _) = bench.synced(some(bench)).await?;
    let rules = bench.resource.on_error.iter().enumerate();
    let tries = together(rules.map(|(place, rule)| {
        let calm = &calm;
        async move {
            let lasts = matches!(rule.then, Action::Retry(Some(time)) | Action::Wait(Some(time)) if time > PATIENCE);
            if lasts || is_shadowed(bench, place) { Ok(false) } else { holds_true(bench, calm, place, rule).await }
        }
    }))
    .await?;
    match tries.iter().filter(|tried| **tried).count() as u64 {
        0 => not_about("the sandbox makes up no answer that its rules are about"),
        count => tried("rules", count),
    }
}

/// Whether a rule before it may be about the same answer.
fn is_shadowed(bench: &Bench<'_>, place: usize) -> bool {
    let (before, rest) = bench.resource.on_error.split_at(place);
    let Some(rule) = rest.first() else { return false };
    before.iter().any(|before| {
        let status = before.status.is_none_or(|status| match rule.status {
            Some(own) => own == status,
            None => UNSAID.contains(&status),
        });
        let code = before.code.is_none() || before.code == rule.code;
        let message = before.message.is_none() || rule.message.is_some();
        status && code && message
    })
}

/// The statuses that an answer may have for which a rule says none: of a condition, of a refusal, of what is gone.
const UNSAID: [u16; 3] = [200, 400, 404];

/// Whether a rule could be tried.
async fn holds_true(bench: &Bench<'_>, calm: &Lab, place: usize, rule: &ErrorRule) -> Result<bool, Ended> {
    let mut lab = bench.lab(some(bench)).await?;
    lab.options.readers = 1;
    let answers = |injection: fn(Fault) -> Injection| lab.sandbox.fail(bench.name(), injection(Fault::Rule(place)));
    let said = |what: &str| format!("rule {place} of `on_error`: {what}");
    match &rule.then {
        Action::Retry(_) | Action::Wait(_) => {
            if answers(Fault::once).is_err() {
                return Ok(false);
            }
            let report = lab.sync(false).await?;
            bench.complete(&report, &said("a sync"))?;
            holds(report.retries >= 1, || said("the request is not sent again"))?;
            holds(lab.rows()? == calm.rows()?, || said("other rows are left in the end"))?;
        }
        Action::Fail => {
            if answers(Fault::always).is_err() {
                return Ok(false);
            }
            let report = lab.sync(false).await?;
            let kind = bench.report(&report)?.error.as_ref().map(tapwright_runtime::Error::kind);
            holds(kind == Some(ErrorKind::Rejected), || said(&format!("it ends with {kind:?}, not as refused")))?;
        }
        Action::Ignore => {
            if answers(Fault::once).is_err() {
                return Ok(false);
            }
            let report = lab.sync(false).await?;
            let status = bench.report(&report)?.status;
            holds(status == Status::Partial, || said(&format!("a sync that ignored an answer is {status:?}")))?;
            bench.sync(&lab).await?;
            holds(lab.rows()? == calm.rows()?, || said("the sync behind it leaves other rows"))?;
        }
        Action::Empty => {
            if answers(Fault::always).is_err() {
                return Ok(false);
            }
            bench.complete(&lab.sync(false).await?, &said("a sync"))?;
            let stored = bench.stored(&lab)?;
            holds(stored == 0, || said(&format!("{stored} rows are stored of lists that are empty")))?;
        }
        Action::SkipParent => {
            if bench.resource.for_each.is_empty() || answers(Fault::once).is_err() {
                return Ok(false);
            }
            let report = lab.sync(false).await?;
            bench.complete(&report, &said("a sync"))?;
            let notes = &bench.report(&report)?.notes;
            holds(notes.iter().any(|note| note.contains("gone")), || said("nothing is said of the row that is gone"))?;
            bench.sync(&lab).await?;
            let before = bench.stored(&lab)?;
            answers(Fault::always)?;
            let report = lab.sync(true).await?;
            let status = bench.report(&report)?.status;
            holds(status == Status::Failed, || said(&format!("with every row gone a sync is {status:?}")))?;
            holds(bench.stored(&lab)? == before, || said("rows go although nobody may believe that all are gone"))?;
        }
        Action::DropValueOf(name) => {
            let param = bench.resource.query.iter().find(|param| param.name == *name);
            let Some(ParamValue::Each { values, .. }) = param.map(|param| &param.value) else { return Ok(false) };
            let Some(value) = values.first().filter(|_| values.len() > 1) else { return Ok(false) };
            lab.sandbox.fail(bench.name(), Fault::RejectValue(value.clone()).always())?;
            let report = lab.sync(false).await?;
            bench.complete(&report, &said("a sync"))?;
            let notes = &bench.report(&report)?.notes;
            holds(notes.iter().any(|note| note.contains(value)), || said(&format!("nothing is said of `{value}`")))?;
        }
    }
    Ok(true)
}
