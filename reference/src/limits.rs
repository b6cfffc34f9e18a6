//! How many requests an API allows, how they are repeated, and what its answers mean.

use tapwright_spec::model::{Action, Connector, ErrorRule, RateLimit, Resource, Wait, WaitFormat};

use crate::duration;
use crate::markdown::{Table, code, code_in_cell};
use crate::written::Writer;

/// The section of a page: what holds for all resources.
pub(crate) fn section(connector: &Connector) -> String {
    let api = &connector.api;
    let mut said = Vec::new();
    match api.limits.as_slice() {
        [] => said.push("The spec says nothing of how many requests the API allows.".to_owned()),
        limits => said.push(format!("At most {}, of all resources together.", allowed(limits))),
    }
    if let Some(retry) = &api.retry {
        let waits = match retry.constant {
            true => format!("after {} each", duration::words(retry.first_millis)),
            false => {
                let (first, most) = (duration::words(retry.first_millis), duration::words(retry.most_millis));
                format!("after {first} at first, and {most} at most")
            }
        };
        said.push(format!("A request is sent {} times at most, again {waits}.", retry.attempts));
        said.extend(retry.after.as_ref().map(|after| format!("When to come back says {}.", wait(after))));
    }
    said.push(
        "Where no rule says otherwise, 429 and `Retry-After` hold all requests back, 408, 425, 500 and 502 to 504 are asked \
         again, and any other answer that is no success fails the resource."
            .to_owned(),
    );
    let rules = rules(common(connector));
    if rules.is_empty() { said.join(" ") } else { format!("{}\n\n{rules}", said.join(" ")) }
}

/// The rules that all resources end with: those of the API.
fn common(connector: &Connector) -> &[ErrorRule] {
    let Some((first, others)) = connector.resources.split_first().filter(|(_, others)| !others.is_empty()) else {
        return &[];
    };
    let shared = |rules: &[ErrorRule]| {
        let pairs = first.on_error.iter().rev().zip(rules.iter().rev());
        pairs.take_while(|(one, other)| one == other).count()
    };
    let count = others.iter().map(|resource| shared(&resource.on_error)).min().unwrap_or(0);
    first.on_error.get(first.on_error.len().saturating_sub(count)..).unwrap_or(&[])
}

/// The rules of a resource that are not those of all.
pub(crate) fn own<'r>(connector: &Connector, resource: &'r Resource) -> &'r [ErrorRule] {
    let count = resource.on_error.len().saturating_sub(common(connector).len());
    resource.on_error.get(..count).unwrap_or(&[])
}

/// Rules as a table; nothing when there are none.
pub(crate) fn rules(rules: &[ErrorRule]) -> String {
    let mut table = Table::new(&["status", "code", "message", "when", "then"]);
    for rule in rules {
        table.row(vec![
            rule.status.map(|status| status.to_string()).unwrap_or_default(),
            rule.code.as_deref().map(code_in_cell).unwrap_or_default(),
            rule.message.as_deref().map(code_in_cell).unwrap_or_default(),
            rule.when.as_ref().map(|when| code_in_cell(&Writer::default().expression(when))).unwrap_or_default(),
            action(&rule.then),
        ]);
    }
    if table.is_empty() { String::new() } else { table.to_string() }
}

fn action(action: &Action) -> String {
    match action {
        Action::Retry(None) => "ask again".to_owned(),
        Action::Retry(Some(millis)) => format!("ask again after {}", duration::words(*millis)),
        Action::Wait(None) => "hold all requests back until the API says, or for a while".to_owned(),
        Action::Wait(Some(millis)) => {
            format!("hold all requests back until the API says, or for {}", duration::words(*millis))
        }
        Action::Fail => "fail the resource".to_owned(),
        Action::Ignore => "take it for an empty page; the resource is partial".to_owned(),
        Action::Empty => "the list ends here".to_owned(),
        Action::SkipParent => "what it was asked for is gone, and its rows go".to_owned(),
        Action::DropValueOf(parameter) => {
            format!("ask without the value of {} that it refuses", code_in_cell(parameter))
        }
    }
}

/// `10 requests a second`, and so on.
pub(crate) fn allowed(limits: &[RateLimit]) -> String {
    let one = |limit: &RateLimit| {
        let s = if limit.requests == 1 { "" } else { "s" };
        format!("{} request{s} in any {}", limit.requests, duration::unit(limit.per_millis))
    };
    limits.iter().map(one).collect::<Vec<_>>().join(" and ")
}

/// What of an answer says how long to wait, or until when.
pub(crate) fn wait(wait: &Wait) -> String {
    let format = match wait.format {
        WaitFormat::Seconds => "seconds from now",
        WaitFormat::Millis => "milliseconds from now",
        WaitFormat::UnixSeconds => "seconds since 1970",
        WaitFormat::UnixMillis => "milliseconds since 1970",
        WaitFormat::Rfc3339 => "a moment in RFC 3339",
        WaitFormat::HttpDate => "an HTTP date",
    };
    format!("{} ({format})", code(&Writer::default().expression(&wait.from)))
}
