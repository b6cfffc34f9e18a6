//! The strings of a running sandbox over HTTP, for the command line and for clients in other languages. Everything is
//! below `/__sandbox`, takes and gives JSON, and needs no credential:
//!
//! | request | what it does |
//! | --- | --- |
//! | `GET /__sandbox` | the resources, their paths and how many records they began with |
//! | `GET /__sandbox/requests` | the requests seen, oldest first |
//! | `POST /__sandbox/forget` | forgets them |
//! | `POST /__sandbox/insert` | `{"resource", "of"?, "at"?, "set"?: {PATH: VALUE}}` gives `{"id"}` |
//! | `POST /__sandbox/update` | `{"resource", "id", "at"?, "set"?}` |
//! | `POST /__sandbox/delete` | `{"resource", "id"}` |
//! | `POST /__sandbox/fail` | `{"resource", "fault", "times"?: N or "always", "after"?}` and what the fault takes |
//! | `POST /__sandbox/heal` | `{"resource"?}`: takes faults back |
//!
//! `at` is RFC 3339 or Unix milliseconds. A fault is named in snake case: `status` takes `status` and `retry_after`
//! (seconds), `forbidden` a `message`, `answer` a `status` and a `body`, `slow_body` a `rate`, `cursor_cycle` a `length`,
//! `wrong_type` a `field`, `reject_value` a `value`, `rule` the place of a `rule` in `on_error`. `of` is the `id` of the
//! parent, for a resource that is read for each row of another.

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::{Method, Request};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::change::Change;
use crate::fault::{Fault, Injection, RetryAfter};
use crate::sandbox::Error;
use crate::time;
use crate::world::World;

/// Where the strings are.
pub(crate) const ROOT: &str = "/__sandbox";

/// The longest body that is read.
const LONGEST: usize = 1 << 20;

/// Pulls one.
pub(crate) async fn answer(world: &World, request: Request<Incoming>) -> Answer {
    let method = request.method().clone();
    let path = request.uri().path().strip_prefix(ROOT).unwrap_or_default().trim_end_matches('/').to_owned();
    let reads = matches!(path.as_str(), "" | "/requests");
    let writes = matches!(path.as_str(), "/forget" | "/insert" | "/update" | "/delete" | "/fail" | "/heal");
    match (reads, writes, method) {
        (true, _, Method::GET) if path.is_empty() => Answer::value(200, &overview(world)),
        (true, _, Method::GET) => Answer::value(200, &requests(world)),
        (_, true, Method::POST) => {
            let Ok(body) = Limited::new(request.into_body(), LONGEST).collect().await else {
                return Answer::error(413, "the body is too long or broken");
            };
            let bytes = body.to_bytes();
            let order = if bytes.is_empty() { Ok(json!({})) } else { serde_json::from_slice(&bytes) };
            match order.map_err(|error| error.to_string()).and_then(|order| obey(world, &path, &order)) {
                Ok(done) => Answer::value(200, &done),
                Err(message) => Answer::error(400, &message),
            }
        }
        (false, false, _) => Answer::error(404, &format!("the sandbox has no {ROOT}{path}")),
        _ => Answer::error(405, "method not allowed here"),
    }
}

fn overview(world: &World) -> Value {
    let lists = world.lists.iter().map(
        |list| json!({ "name": list.resource.name, "path": list.route.shown, "records": list.data.end() - list.data.first() }),
    );
    json!({ "resources": lists.collect::<Vec<_>>(), "now": time::rfc3339(world.now) })
}

fn requests(world: &World) -> Value {
    let seen = world.log.entries().into_iter().map(|seen| {
        json!({
            "method": seen.method,
            "path": seen.path,
            "query": seen.query,
            "body": seen.body,
            "status": seen.status,
            "at_ms": u64::try_from(seen.at.as_millis()).unwrap_or(u64::MAX),
        })
    });
    json!({ "count": world.log.count(), "requests": seen.collect::<Vec<_>>() })
}

fn obey(world: &World, path: &str, order: &Value) -> Result<Value, String> {
    let said = |error: Error| error.to_string();
    match path {
        "/forget" => {
            world.log.clear();
            Ok(json!({}))
        }
        "/insert" => {
            world.insert(text(order, "resource")?, &change(order)?).map(|id| json!({ "id": id })).map_err(said)
        }
        "/update" => {
            let change = change(order)?;
            world.update(text(order, "resource")?, text(order, "id")?, &change).map(|()| json!({})).map_err(said)
        }
        "/delete" => world.delete(text(order, "resource")?, text(order, "id")?).map(|()| json!({})).map_err(said),
        "/fail" => world.arm(text(order, "resource")?, injection(order)?).map(|()| json!({})).map_err(said),
        "/heal" => {
            let resource = order.get("resource").and_then(Value::as_str).unwrap_or("*");
            world.heal(resource).map(|()| json!({})).map_err(said)
        }
        _ => Err(format!("the sandbox has no {ROOT}{path}")),
    }
}

fn text<'a>(order: &'a Value, name: &str) -> Result<&'a str, String> {
    order.get(name).and_then(Value::as_str).ok_or_else(|| format!("`{name}` is missing: it must be text"))
}

fn number(order: &Value, name: &str) -> Result<u32, String> {
    let number = order.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("`{name}` is missing: it must be a whole number"))
}

fn status(order: &Value) -> Result<u16, String> {
    let status = number(order, "status")?;
    u16::try_from(status)
        .ok()
        .filter(|status| (200..600).contains(status))
        .ok_or_else(|| "`status` must be 200 to 599".to_owned())
}

fn change(order: &Value) -> Result<Change, String> {
    let mut change = Change::new();
    match order.get("at") {
        None | Some(Value::Null) => {}
        Some(at) => {
            let millis = at.as_i64().or_else(|| at.as_str().and_then(time::parse));
            change = change.at(millis.ok_or("`at` must be RFC 3339 or Unix milliseconds")?);
        }
    }
    if let Some(Value::String(parent)) = order.get("of") {
        change = change.of(parent);
    }
    match order.get("set") {
        None | Some(Value::Null) => Ok(change),
        Some(Value::Object(values)) => {
            Ok(values.iter().fold(change, |change, (path, value)| change.set(path, value.clone())))
        }
        Some(_) => Err("`set` must be an object of paths and values".to_owned()),
    }
}

fn injection(order: &Value) -> Result<Injection, String> {
    let fault = match text(order, "fault")? {
        "status" => {
            let seconds = order.get("retry_after").and_then(Value::as_u64);
            Fault::Status(status(order)?, seconds.map(RetryAfter::Seconds))
        }
        "unauthorized" => Fault::Unauthorized,
        "forbidden" => Fault::Forbidden(text(order, "message")?.to_owned()),
        "answer" => Fault::Answer(status(order)?, text(order, "body")?.to_owned()),
        "reset" => Fault::Reset,
        "cut_body" => Fault::CutBody,
        "slow_body" => Fault::SlowBody(number(order, "rate")?),
        "not_json" => Fault::NotJson,
        "truncated_json" => Fault::TruncatedJson,
        "wrong_type" => Fault::WrongType(text(order, "field")?.to_owned()),
        "stuck_cursor" => Fault::StuckCursor,
        "cursor_cycle" => Fault::CursorCycle(number(order, "length")?),
        "restart_on_unknown" => Fault::RestartOnUnknown,
        "empty_page" => Fault::EmptyPage,
        "short_page" => Fault::ShortPage,
        "endless_last_page" => Fault::EndlessLastPage,
        "clamped_page" => Fault::ClampedPage,
        "ignore_size" => Fault::IgnoreSize,
        "reject_value" => Fault::RejectValue(text(order, "value")?.to_owned()),
        "rule" => Fault::Rule(number(order, "rule")? as usize),
        other => return Err(format!("no fault is called `{other}`")),
    };
    let after = if order.get("after").is_some() { number(order, "after")? } else { 0 };
    let injection = match order.get("times") {
        None => fault.once(),
        Some(Value::String(always)) if always == "always" => fault.always(),
        Some(_) => fault.times(number(order, "times")?),
    };
    Ok(injection.after(after))
}
