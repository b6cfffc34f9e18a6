//! Which operations are lists, and where in the answer their records are.

use tapwright_openapi::{Kind, Operation, Parameter, Shape};

use super::names::{bare, singular, snaked};

/// What lists are called by many APIs.
const USUAL: [&str; 16] = [
    "data",
    "items",
    "results",
    "values",
    "records",
    "entries",
    "rows",
    "elements",
    "list",
    "content",
    "resources",
    "nodes",
    "objects",
    "hits",
    "docs",
    "value",
];

/// What a path ends in when it says how it is asked rather than what for.
const VERBS: [&str; 6] = ["search", "list", "query", "filter", "find", "all"];

/// An operation that is a list.
#[derive(Debug)]
pub(super) struct Listing<'d> {
    pub(super) operation: Operation<'d>,
    pub(super) parameters: Vec<Parameter>,
    /// What a `post` is sent.
    pub(super) body: Option<Shape>,
    pub(super) response: Shape,
    /// The keys that lead to the records; none when the answer is the list.
    pub(super) records: Vec<String>,
    pub(super) item: Shape,
}

impl<'d> Listing<'d> {
    /// Reads an operation as a list, or says why it is none. `None` is for what nobody would take for one.
    pub(super) fn of(operation: Operation<'d>) -> Option<Result<Listing<'d>, String>> {
        let is_post = match operation.method {
            "get" => false,
            "post" if asks(&operation) => true,
            _ => return None,
        };
        if let Some(name) = operation.path.rsplit('/').next().filter(|last| last.ends_with('}')) {
            return (!is_post).then(|| Err(format!("it reads one thing: its path ends in {name}")));
        }
        let Some(response) = operation.response() else {
            return (!is_post).then(|| Err("it answers no JSON that the document describes".to_owned()));
        };
        let parameters = operation.parameters();
        let body = if is_post { operation.request() } else { None };
        let asked = parameters.iter().map(|parameter| &parameter.name);
        let asked = asked.chain(body.iter().flat_map(|body| body.properties.iter().map(|property| &property.name)));
        let pages = asked.into_iter().any(|name| is_of_pages(name));
        let (records, item) = match records(&response, &operation, pages) {
            Ok(found) => found,
            Err(why) => return Some(Err(why)),
        };
        if item.properties.is_empty() {
            let why = if item.is_scalar() { "its items are single values" } else { "nothing is said of its items" };
            return Some(Err(why.to_owned()));
        }
        Some(Ok(Listing { operation, parameters, body, response, records, item }))
    }

    /// The parts of its path that are not parameters, without versions and what says how it is asked.
    pub(super) fn words(&self) -> Vec<String> {
        words(self.operation.path)
    }
}

/// The words of a path.
fn words(path: &str) -> Vec<String> {
    let is_version = |part: &str| {
        part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            || part.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let parts = path.split('/').flat_map(|part| part.trim_end_matches(".json").split(['.', ':']));
    let parts = parts.filter(|part| !part.is_empty() && !part.contains('{') && !is_version(part));
    let mut words: Vec<String> = parts.filter(|part| *part != "api" && *part != "rest").map(snaked).collect();
    while words.len() > 1 && words.last().is_some_and(|word| VERBS.contains(&word.as_str())) {
        words.pop();
    }
    words
}

/// Whether a `post` only asks: its last word, or what programs call it, says so.
fn asks(operation: &Operation<'_>) -> bool {
    let last = operation.path.rsplit(['/', '.', ':']).next().unwrap_or_default();
    let begins = |text: Option<&str>| {
        let first = text.map(snaked).unwrap_or_default();
        first.split('_').next().is_some_and(|word| ["search", "list", "query"].contains(&word))
    };
    VERBS.contains(&snaked(last).as_str()) || begins(operation.id()) || begins(operation.summary())
}

fn is_object(shape: &Shape) -> bool {
    shape.kinds.contains(&Kind::Object) || !shape.properties.is_empty()
}

fn list_of(shape: &Shape) -> Option<&Shape> {
    shape.items.as_deref().filter(|_| shape.kinds.contains(&Kind::Array))
}

type Found = (Vec<String>, Shape);

fn records(response: &Shape, operation: &Operation<'_>, pages: bool) -> Result<Found, String> {
    if let Some(item) = list_of(response) {
        return match response.kinds.len() {
            1 => Ok((Vec::new(), item.clone())),
            _ => Err("it answers a list or something else".to_owned()),
        };
    }
    if !is_object(response) {
        return Err("it answers no list".to_owned());
    }
    let is_own = |name: &str| {
        let own = words(operation.path);
        let last = own.last().map(|word| bare(word)).unwrap_or_default();
        let name = bare(name);
        !name.is_empty() && (name == last || last.ends_with(&name) || name.ends_with(&last) || singular(&last) == name)
    };
    let lists = |shape: &Shape, before: &[String]| -> Vec<Found> {
        let of = shape.properties.iter().filter_map(|property| {
            let item = list_of(&property.shape)?;
            let keys = before.iter().cloned().chain([property.name.clone()]).collect();
            Some((keys, item.clone()))
        });
        of.collect()
    };
    let mut found = lists(response, &[]);
    // One level down, as in `{ data: { items: […] } }`.
    for property in response.properties.iter().filter(|property| is_object(&property.shape)) {
        if USUAL.contains(&property.name.as_str()) || property.name == "result" || property.name == "response" {
            found.extend(lists(&property.shape, std::slice::from_ref(&property.name)));
        }
    }
    let name = |found: &Found| found.0.last().cloned().unwrap_or_default();
    let usual = found.iter().filter(|one| USUAL.contains(&name(one).as_str()));
    let own = found.iter().filter(|one| is_own(&name(one)));
    // Other arrays beside one called `data` are part of how the API answers: errors, includes.
    for mut some in [usual.cloned().collect::<Vec<_>>(), own.cloned().collect()] {
        if some.len() == 1
            && let Some(one) = some.pop()
        {
            return Ok(one);
        }
    }
    let mut objects: Vec<Found> = found.into_iter().filter(|(_, item)| is_object(item)).collect();
    let names: Vec<String> = objects.iter().map(|one| format!("`{}`", name(one))).collect();
    match objects.pop() {
        Some(one) if objects.is_empty() && pages && response.property("id").is_none() => Ok(one),
        None => Err("it answers no list of objects".to_owned()),
        Some(_) => {
            Err(format!("it answers one object; whether {} is a list of records is not clear", names.join(" or ")))
        }
    }
}

/// Whether a parameter speaks of pages.
fn is_of_pages(name: &str) -> bool {
    const OF_PAGES: [&str; 12] = [
        "limit",
        "perpage",
        "pagesize",
        "maxresults",
        "cursor",
        "after",
        "pagetoken",
        "offset",
        "page",
        "startat",
        "skip",
        "startingafter",
    ];
    OF_PAGES.contains(&bare(name).as_str())
}
