//! The strings of a running sandbox over HTTP, for the command line and for clients in other languages. Everything is
//! below `/__sandbox`, takes and gives JSON, needs no credential, and is neither counted nor logged as a request of the API:
//!
//! | request | what it does |
//! | --- | --- |
//! | `GET /__sandbox` | how things stand: the resources, their paths, how many records they have, what was changed in them and how many requests they have answered |
//! | `GET /__sandbox/requests` | the requests seen, oldest first |
//! | `DELETE /__sandbox/requests`, `POST /__sandbox/forget` | forgets them, but not their number |
//! | `POST /__sandbox/record` | `{"resource", "id"}` gives `{"record", "at"}` |
//! | `POST /__sandbox/insert` | `{"resource", "of"?, "at"?, "set"?: {PATH: VALUE}}` gives `{"id"}` |
//! | `POST /__sandbox/update` | `{"resource", "id", "of"?, "at"?, "set"?}` |
//! | `POST /__sandbox/delete` | `{"resource", "id"}` |
//! | `POST /__sandbox/fail` | `{"resource", "fault", "times"?: N or "always", "after"?}` and what the fault takes |
//! | `POST /__sandbox/heal` | `{"resource"?}`: takes faults back |
//! | `POST /__sandbox/churn` | `{"rate"}`: how many changes happen behind each request |
//! | `POST /__sandbox/expire` | the tokens given so far count no longer |
//!
//! What is wrong with an order is said as `{"message"}`, with 400, 404 for a path that is not there, 405 for a method, 413
//! for what is too long; then nothing has been done.

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::{Method, Request};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::order::Order;
use crate::sandbox::Error;
use crate::time;
use crate::world::World;

/// Where the strings are.
pub(crate) const ROOT: &str = "/__sandbox";

/// The longest body that is read.
const LONGEST: usize = 1 << 20;

const ORDERS: [&str; 9] =
    ["/forget", "/record", "/insert", "/update", "/delete", "/fail", "/heal", "/churn", "/expire"];

/// Whether a path is the sandbox's own, and not the API's.
pub(crate) fn owns(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Pulls one.
pub(crate) async fn answer(world: &World, request: Request<Incoming>) -> Answer {
    let method = request.method().clone();
    let path = request.uri().path().strip_prefix(ROOT).unwrap_or_default().trim_end_matches('/').to_owned();
    match (path.as_str(), method) {
        ("", Method::GET) => Answer::value(200, &standing(world)),
        ("/requests", Method::GET) => Answer::value(200, &requests(world)),
        ("/requests", Method::DELETE) => {
            world.log.clear();
            Answer::value(200, &json!({}))
        }
        (known, Method::POST) if ORDERS.contains(&known) => {
            let Ok(body) = Limited::new(request.into_body(), LONGEST).collect().await else {
                return Answer::error(413, "the body is too long or broken");
            };
            match Order::read(&body.to_bytes()).and_then(|order| obey(world, &path, order)) {
                Ok(done) => Answer::value(200, &done),
                Err(message) => Answer::error(400, &message),
            }
        }
        (known, _) if ORDERS.contains(&known) || matches!(known, "" | "/requests") => {
            Answer::error(405, "method not allowed here")
        }
        _ => Answer::error(404, &format!("the sandbox has no {ROOT}{path}")),
    }
}

fn standing(world: &World) -> Value {
    let lists = world.lists.iter().enumerate().map(|(place, list)| {
        let tally = list.tally();
        json!({
            "name": list.resource.name,
            "path": list.route.shown,
            "records": tally.records,
            "inserted": tally.inserted,
            "updated": tally.updated,
            "deleted": tally.deleted,
            "requests": tally.requests,
            "faults": world.faults.armed(world.answering(place)),
        })
    });
    json!({
        "resources": lists.collect::<Vec<_>>(),
        "requests": world.log.count(),
        "churn": world.churn.rate(),
        "now": time::rfc3339(world.now),
    })
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

fn obey(world: &World, path: &str, mut order: Order) -> Result<Value, String> {
    let said = |error: Error| error.to_string();
    match path {
        "/insert" => {
            let (resource, change) = (order.text("resource")?, order.change()?);
            order.end()?;
            world.insert(&resource, &change).map(|id| json!({ "id": id })).map_err(said)
        }
        "/update" => {
            let (resource, id, change) = (order.text("resource")?, order.text("id")?, order.change()?);
            order.end()?;
            world.update(&resource, &id, &change).map(|()| json!({})).map_err(said)
        }
        "/record" | "/delete" => {
            let (resource, id) = (order.text("resource")?, order.text("id")?);
            order.end()?;
            if path == "/delete" {
                return world.delete(&resource, &id).map(|()| json!({})).map_err(said);
            }
            let record = world.record(&resource, &id).map_err(said)?;
            let at = world.moment(&resource, &id).map_err(said)?;
            Ok(json!({ "record": record, "at": time::rfc3339(at) }))
        }
        "/fail" => {
            let (resource, injection) = (order.text("resource")?, order.injection()?);
            order.end()?;
            world.arm(&resource, injection).map(|()| json!({})).map_err(said)
        }
        "/heal" => {
            let resource = order.text_or("resource", "*")?;
            order.end()?;
            world.heal(&resource).map(|()| json!({})).map_err(said)
        }
        "/churn" => {
            let rate = order.rate()?;
            order.end()?;
            world.churn.set(rate);
            Ok(json!({}))
        }
        "/expire" => {
            order.end()?;
            world.access.expire();
            Ok(json!({}))
        }
        _ => {
            order.end()?;
            world.log.clear();
            Ok(json!({}))
        }
    }
}
