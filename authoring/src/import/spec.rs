//! The whole spec: its resources named and put one below the other, and what they share above them.

use tapwright_openapi::{Document, Tree};
use tapwright_spec::names::{SNAKE, row_type};

use super::kinds::Kinds;
use super::left::{LeftOut, NO_ROOM, comment};
use super::list::Listing;
use super::names::{Taken, bare, singular, snaked};
use super::resource::Resource;
use super::settings::Settings;
use super::shared::{Paginators, Types};
use super::{Options, Refused, access, address};
use crate::yaml::{Map, Value, visible, write};

/// So many values of a spec are its resources': a spec has at most 50,000.
const MOST_VALUES: usize = 44_000;
/// So many resources are one connector's: a view over all tables of a database has at most 500 in SQLite.
const MOST_RESOURCES: usize = 400;

/// Values that were written, with the text of the spec.
pub(super) struct Draft {
    pub(super) text: String,
    /// The line of each resource, its name, path and method.
    pub(super) resources: Vec<(usize, String, String, &'static str)>,
    pub(super) variables: Vec<String>,
    pub(super) kinds: Vec<Kinds>,
    pub(super) questions: Vec<(usize, String)>,
}

/// What the connector is called: its name and title.
pub(super) struct Connector {
    pub(super) name: String,
    title: String,
}

/// Names a connector.
pub(super) fn connector(document: &Document, options: &Options) -> Result<Connector, Refused> {
    let title = document.root().get("info").and_then(|info| info.text_at("title")).unwrap_or_default();
    let noise =
        ["api", "rest", "openapi", "specification", "spec", "public", "web", "the", "reference", "v1", "v2", "v3"];
    let shown = visible(title);
    let is_noise = |word: &&str| noise.contains(&bare(word).as_str());
    let words: Vec<&str> = shown.split_whitespace().filter(|word| !is_noise(word)).take(4).collect();
    let title = if words.is_empty() { "API".to_owned() } else { words.join(" ") };
    let title: String = title.chars().take(60).collect();
    let title = if tapwright_spec::holds_credential(&title) { "API".to_owned() } else { title };
    let name = match &options.name {
        Some(name) if !SNAKE.fits(name) || name.len() > 40 || name.starts_with("sqlite") => {
            return Err(Refused::Name(name.clone()));
        }
        Some(name) => name.clone(),
        None => {
            // `WorkOS` is one word.
            let name = snaked(&title.to_lowercase());
            let name: String = name.chars().take(40).collect();
            if name.starts_with("sqlite") || name == "n" {
                "api".to_owned()
            } else {
                name.trim_end_matches('_').to_owned()
            }
        }
    };
    Ok(Connector { name, title })
}

/// Writes the spec of these lists; `only_sure` leaves out lists that need much to be read.
pub(super) fn draft(
    document: &Document,
    connector: &Connector,
    lists: &[&Listing<'_>],
    only_sure: bool,
    left_out: &mut Vec<LeftOut>,
) -> Draft {
    let mut resources = resources(lists, only_sure, left_out);
    refer(&mut resources);
    let rows = rows(&resources, &connector.name);
    let row_types: Vec<String> = rows.iter().map(|row| row_type(&connector.name, row)).collect();
    let types = Types::of(&resources, &row_types);
    let paginators = Paginators::of(&resources);
    let mut settings = Settings::new();
    let wanted: Vec<&str> = resources.iter().flat_map(|resource| resource.list.operation.security()).collect();
    let mut api = access::api(document, &wanted, &mut settings);
    api.open = true;
    let mut written = Map::open();
    let mut values = 0;
    let mut full = false;
    let mut kept: Vec<&Resource<'_, '_>> = Vec::new();
    for (resource, row) in resources.iter().zip(&rows) {
        let paginator =
            resource.paging.as_ref().ok().and_then(Option::as_ref).and_then(|paging| paginators.named(paging));
        let keys = resource.value(row, paginator, &|values| types.named(values), &mut settings);
        let own = Value::Map(keys.clone());
        values += count(&own);
        let has_parent =
            resource.parent.as_ref().is_none_or(|parent| kept.iter().any(|kept| kept.name == parent.resource));
        full |= values > MOST_VALUES || kept.len() >= MOST_RESOURCES;
        if full || !has_parent {
            left_out.push(LeftOut::of(&resource.list.operation, NO_ROOM));
            continue;
        }
        kept.push(resource);
        written.put(&resource.name, keys);
        written.apart();
    }
    let top = top(
        document,
        connector,
        &kept,
        &settings,
        [("api", Some(api)), ("paging", paginators.value()), ("types", types.value())],
        written,
    );
    let mut written = write(&top);
    let preface = preface(document);
    let shift = preface.lines().count();
    written.questions.iter_mut().for_each(|(line, _)| *line += shift);
    let places = places(&written.text, shift, &kept);
    let operations = left_out.len() + kept.len();
    let text = format!("{preface}{}{}", written.text, comment(left_out, operations));
    let kinds = kept.iter().filter_map(|resource| Kinds::of(resource, &|values| types.named(values))).collect();
    let variables = settings.secrets(&connector.name);
    Draft { text, resources: places, variables, kinds, questions: written.questions }
}

fn top(
    document: &Document,
    connector: &Connector,
    resources: &[&Resource<'_, '_>],
    settings: &Settings,
    shared: [(&str, Option<Map>); 3],
    written: Map,
) -> Map {
    let root = document.root();
    let mut top = Map::open();
    top.put("tapwright", 1);
    top.put("connector", connector.name.as_str());
    top.put("title", connector.title.as_str());
    let names: Vec<String> = resources.iter().map(|resource| resource.name.replace('_', " ")).collect();
    let said = match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] if some.len() < 6 => format!("{} and {last}", some.join(", ")),
        all => {
            let first: Vec<&str> = all.iter().take(4).map(String::as_str).collect();
            format!("{} and {} other lists", first.join(", "), all.len() - first.len())
        }
    };
    let mut letters = said.chars();
    let said: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    top.put("description", format!("{said} of {}.", connector.title));
    let docs = root.get("externalDocs").and_then(|docs| docs.text_at("url"));
    top.put_some(
        "docs",
        docs.filter(|docs| {
            docs.starts_with("https://")
                && docs.len() > 8
                && docs.is_ascii()
                && !docs.contains(|c: char| c.is_whitespace() || c.is_control())
        }),
    );
    let secrets = settings.secrets(&connector.name);
    if !secrets.is_empty() {
        let step = |name: &String| Value::Text(format!("Put the credential into the environment variable {name}."));
        let steps = secrets.iter().map(step).collect();
        let question = "where a user gets the credential, step by step, and which rights it needs".to_owned();
        top.ask("setup", Value::List(steps), vec![question]);
    }
    if let Some(config) = settings.value(&connector.name) {
        top.put("config", config);
        top.apart();
    }
    for (name, value) in shared {
        if let Some(value) = value {
            top.put(name, value);
            top.apart();
        }
    }
    top.put("resources", written);
    top.apart();
    top
}

/// What the file was made of.
fn preface(document: &Document) -> String {
    let root = document.root();
    let info = |key: &str| root.get("info").and_then(|info| info.get(key)).and_then(Tree::scalar);
    let line = format!(
        "# Made from {} {} (OpenAPI {}). What the document leaves open stands here as `# ?`.",
        info("title").unwrap_or_default(),
        info("version").unwrap_or_default(),
        root.get("openapi").and_then(Tree::scalar).unwrap_or_default(),
    );
    let line = visible(&line).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_odd = tapwright_spec::holds_credential(&line) || line.chars().count() > 300;
    if is_odd {
        "# Made from an OpenAPI document. What it leaves open stands here as `# ?`.\n".to_owned()
    } else {
        line + "\n"
    }
}

/// The line at which each resource begins.
fn places(text: &str, shift: usize, resources: &[&Resource<'_, '_>]) -> Vec<(usize, String, String, &'static str)> {
    let mut left = resources.iter();
    let mut next = left.next();
    let mut places = Vec::with_capacity(resources.len());
    let lines = text.lines().enumerate().skip_while(|(_, line)| *line != "resources:");
    for (at, line) in lines {
        let Some(resource) = next else { break };
        if line.strip_prefix("  ").and_then(|rest| rest.strip_suffix(':')) == Some(&resource.name) {
            let operation = resource.list.operation;
            places.push((at + 1 + shift, resource.name.clone(), operation.path.to_owned(), operation.method));
            next = left.next();
        }
    }
    places
}

fn count(value: &Value) -> usize {
    match value {
        Value::Word(_) | Value::Text(_) => 1,
        Value::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Map(map) => 1 + map.entries.iter().map(|entry| 1 + count(&entry.value)).sum::<usize>(),
    }
}

/// The lists as resources, in the document's order. Those that others may be read for come to be before them.
fn resources<'l, 'd>(lists: &[&'l Listing<'d>], only_sure: bool, left_out: &mut Vec<LeftOut>) -> Vec<Resource<'l, 'd>> {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    let depth = |at: &usize| lists.get(*at).map_or(0, |list| list.operation.path.matches('{').count());
    let length = |at: &usize| lists.get(*at).map_or(0, |list| list.words().len());
    order.sort_by_cached_key(|at| (depth(at), length(at), *at));
    let mut names = Taken::with(&["new", "with_options", "sync", "self", "super", "crate"]);
    let mut done: Vec<Resource<'l, 'd>> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for at in order {
        let Some(list) = lists.get(at) else { continue };
        let candidates = candidates(list, address::parent(&list.operation, &done).is_some());
        let free = candidates.iter().find(|name| names.is_free(name)).cloned();
        let name = free.unwrap_or_else(|| {
            let last = candidates.last().cloned().unwrap_or_default();
            (2..).map(|number| format!("{last}_{number}")).find(|name| names.is_free(name)).unwrap_or(last)
        });
        match Resource::of(list, name.clone(), &done) {
            Ok(resource) => {
                let open = address::open(list.operation.path, resource.parent.as_ref());
                if only_sure && open.len() > 1 {
                    let open: Vec<String> = open.iter().map(|name| format!("`{name}`")).collect();
                    let why = format!("no list gives what stands in its path: {}", open.join(", "));
                    left_out.push(LeftOut::of(&list.operation, &why));
                    continue;
                }
                names.mark(&name);
                done.push(resource);
                places.push(at);
            }
            Err(why) => left_out.push(LeftOut::of(&list.operation, &why)),
        }
    }
    let mut made: Vec<(usize, Resource<'l, 'd>)> = places.into_iter().zip(done).collect();
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, resource)| resource).collect()
}

/// What a list may be called, the shortest first.
fn candidates(list: &Listing<'_>, is_below: bool) -> Vec<String> {
    let words = list.words();
    let mut names: Vec<String> = Vec::new();
    let mut name = String::new();
    for (depth, word) in words.iter().rev().enumerate() {
        name = if name.is_empty() { word.clone() } else { format!("{}_{name}", singular(word)) };
        // A list below another is named after both.
        if depth > 0 || !is_below || words.len() == 1 {
            names.push(snaked(&name));
        }
    }
    if names.is_empty() {
        names.push("records".to_owned());
    }
    names
}

fn rows(resources: &[Resource<'_, '_>], connector: &str) -> Vec<String> {
    let mut taken = Taken::with(&["Config", "ConfigBuilder", "Connector", "Hooks"]);
    let mut rows = Vec::with_capacity(resources.len());
    for resource in resources {
        let one = singular(&resource.name);
        let tries = [one.clone(), resource.name.clone(), format!("{one}_row")];
        let numbered = (2..).map(|number| format!("{one}_row_{number}"));
        let is_free = |name: &String| taken.is_free(&row_type(connector, &format!("{connector}_{name}")));
        let mut all = tries.into_iter().chain(numbered.take(10_000));
        let name = all.find(is_free).unwrap_or(one);
        let row: String = format!("{connector}_{name}").chars().take(63).collect();
        taken.mark(&row_type(connector, &row));
        rows.push(row);
    }
    rows
}

/// Says of columns such as `organization_id` which resource they name.
fn refer(resources: &mut [Resource<'_, '_>]) {
    let known: Vec<(String, String)> = resources
        .iter()
        .filter(|resource| resource.raw_key.is_none() && resource.happened.is_none())
        .filter(|resource| resource.key.as_ref().is_some_and(|key| key.is_text && bare(&key.name) == "id"))
        .map(|resource| (bare(&format!("{}_id", singular(&resource.name))), resource.name.clone()))
        .collect();
    for resource in resources.iter_mut() {
        for field in &mut resource.fields {
            let is_text = field.ty == super::fields::Type::BuiltIn("string");
            let of = known.iter().find(|(name, of)| *name == bare(&field.name) && *of != resource.name);
            if let (true, None, Some((_, of))) = (is_text, &field.references, of) {
                field.references = Some(of.clone());
            }
        }
    }
}
