//! The API as a whole: how many requests it allows, how they are repeated.

use plan::Slot;
use tapwright_model as model;
use tapwright_plan as plan;

use super::places::Places;
use super::{Lowering, list, span};

impl Lowering<'_> {
    pub(super) fn retry(&self, retry: &model::Retry) -> plan::Retry {
        plan::Retry {
            attempts: retry.attempts,
            first: span(retry.first_millis),
            most: span(retry.most_millis),
            constant: retry.constant,
            after: retry.after.as_ref().map(|after| self.wait(after)),
        }
    }

    pub(super) fn wait(&self, wait: &model::Wait) -> plan::Wait {
        let mut answer = Places::default();
        let from = self.expr(&wait.from, &mut answer, Slot::Scalar);
        plan::Wait {
            answer: answer.into_plan(),
            from,
            format: match wait.format {
                model::WaitFormat::Seconds => plan::WaitFormat::Seconds,
                model::WaitFormat::Millis => plan::WaitFormat::Millis,
                model::WaitFormat::UnixSeconds => plan::WaitFormat::UnixSeconds,
                model::WaitFormat::UnixMillis => plan::WaitFormat::UnixMillis,
                model::WaitFormat::Rfc3339 => plan::WaitFormat::Rfc3339,
                model::WaitFormat::HttpDate => plan::WaitFormat::HttpDate,
            },
        }
    }
}

pub(super) fn limits(limits: &[model::RateLimit]) -> &'static [plan::RateLimit] {
    list(limits.iter().map(|limit| plan::RateLimit { requests: limit.requests, per: span(limit.per_millis) }))
}
