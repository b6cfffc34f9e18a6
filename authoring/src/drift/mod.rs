//! What changed between an API's document and a spec, or between two documents, by resource, and what it means for the rows.

mod against;
mod column;
mod documents;
mod meaning;
mod reads;
mod servers;
mod sizes;
mod takes;
mod write;

use tapwright_model::{Connector, Method, Resource};
use tapwright_openapi::{Change, Document, Operation};

pub use against::against;
pub use documents::between;
pub use write::{Written, write};

/// A change of what a resource reads, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The resource; none of what is said of the API as a whole.
    pub resource: String,
    /// Its request, such as `GET /events`; of the API, its address.
    pub endpoint: String,
    /// What changed.
    pub change: Change,
    /// The columns that are made of what changed.
    pub columns: Vec<String>,
    /// What it means for the rows.
    pub means: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// By resource, in the spec's order.
    pub findings: Vec<Finding>,
    /// Resources that could not be held against the document, and why. They are no drift.
    pub skipped: Vec<(String, String)>,
}

/// A resource's request as documents write it: its path with `{}` for what varies.
fn path_of(resource: &Resource) -> String {
    use tapwright_model::Expr;
    match &resource.path {
        Expr::Text(text) => text.clone(),
        Expr::Concat(parts) => {
            parts.iter().map(|part| if let Expr::Text(text) = part { text.as_str() } else { "{}" }).collect()
        }
        _ => "{}".to_owned(),
    }
}

/// `GET /events`.
fn endpoint(resource: &Resource) -> String {
    let method = if resource.method == Method::Post { "POST" } else { "GET" };
    format!("{method} {}", path_of(resource))
}

/// The operation of a document that a resource asks. Both may say a part of the path with the server's address.
fn operation<'d>(connector: &Connector, resource: &Resource, document: &'d Document) -> Option<Operation<'d>> {
    let method = if resource.method == Method::Post { "post" } else { "get" };
    let path = path_of(resource);
    let below = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.split_once('/').map_or(String::new(), |(_, path)| format!("/{}", path.trim_end_matches('/')))
    };
    let base = base_of(connector);
    let whole = format!("{}{path}", below(&base));
    let mut servers: Vec<String> = document.servers().iter().map(|server| below(server)).collect();
    servers.push(String::new());
    let of_method = || document.operations().filter(|operation| operation.method == method);
    let fits = |operation: &Operation<'_>| {
        is_same(operation.path, &path)
            || servers.iter().any(|server| is_same(&format!("{server}{}", operation.path), &whole))
    };
    of_method().find(fits)
}

fn base_of(connector: &Connector) -> String {
    use tapwright_model::Expr;
    match &connector.api.base_url {
        Expr::Text(text) => text.clone(),
        Expr::Concat(parts) => {
            parts.iter().map(|part| if let Expr::Text(text) = part { text.as_str() } else { "{}" }).collect()
        }
        _ => String::new(),
    }
}

/// Whether two paths are one, whatever their parameters are called.
fn is_same(one: &str, other: &str) -> bool {
    let parts = |path: &str| -> Vec<String> {
        let path = path.split('?').next().unwrap_or_default();
        path.trim_matches('/').split('/').map(general).collect()
    };
    parts(one) == parts(other)
}

/// A part of a path with `{}` for each parameter.
fn general(part: &str) -> String {
    let mut general = String::new();
    let mut rest = part;
    while let Some((before, behind)) = rest.split_once('{') {
        general.push_str(before);
        general.push_str("{}");
        rest = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    general + rest
}
