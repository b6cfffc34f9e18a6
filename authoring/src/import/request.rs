//! What a list is asked with besides its page: what requests cannot do without, and the span of time of what happened.

use tapwright_openapi::{In, Kind, Parameter, Shape, Tree};

use super::example::is_key;
use super::names::{bare, camel};
use super::resource::Resource;
use super::settings::{Setting, Settings};
use crate::words::sentence;
use crate::yaml::{Map, Value, visible};

/// Pairs of parameters that ask for a span of time.
const WINDOWS: [(&str, &str); 19] = [
    ("rangestart", "rangeend"),
    ("startdate", "enddate"),
    ("starttime", "endtime"),
    ("startdatetime", "enddatetime"),
    ("since", "until"),
    ("from", "to"),
    ("fromdate", "todate"),
    ("start", "end"),
    ("createdafter", "createdbefore"),
    ("createdfrom", "createdto"),
    ("createdatafter", "createdatbefore"),
    ("createdgte", "createdlte"),
    ("createdgte", "createdlt"),
    ("createdatgte", "createdatlte"),
    ("createdfromdate", "createdtodate"),
    ("occurredafter", "occurredbefore"),
    ("oldest", "latest"),
    ("after", "before"),
    ("timestampgte", "timestamplte"),
];

impl Resource<'_, '_> {
    /// What a request sends besides the page and the window.
    pub(super) fn request(&self, keys: &mut Map, window: Option<&Window>, settings: &mut Settings) {
        let paging = self.paging.as_ref().ok().and_then(Option::as_ref);
        let is_set = |target: &str| {
            let by_paging = paging.is_some_and(|paging| paging.sets.iter().any(|set| set == target));
            by_paging || window.is_some_and(|window| window.from == target || window.to == target)
        };
        let mut query = Map::default();
        let mut headers = Map::default();
        for parameter in &self.list.parameters {
            let (place, target) = match parameter.place {
                In::Query => (&mut query, format!("query.{}", parameter.name)),
                In::Header if !is_own_header(&parameter.name) => (&mut headers, String::new()),
                _ => continue,
            };
            let is_name =
                !parameter.name.is_empty() && !parameter.name.contains(|c: char| c.is_whitespace() || c.is_control());
            if !is_name || is_set(&target) || place.entries.iter().any(|entry| entry.key == parameter.name) {
                continue;
            }
            if parameter.required {
                place.put(&parameter.name, sent(&parameter.name, &parameter.shape, Some(parameter), settings));
            } else if paging.is_some_and(|paging| paging.is_cursor) && is_order(parameter) {
                // What is added while the list is read comes last, and is read too.
                place.put(&parameter.name, "asc");
            }
        }
        if self.list.operation.method == "post" {
            let mut json = Map::default();
            for property in self.list.body.iter().flat_map(|body| &body.properties) {
                let target = format!("body.{}", property.name);
                let within =
                    paging.is_some_and(|paging| paging.sets.iter().any(|set| set.starts_with(&format!("{target}."))));
                if property.required && is_key(&property.name) && !is_set(&target) && !within {
                    json.put(&property.name, sent(&property.name, &property.shape, None, settings));
                }
            }
            keys.put("json", json);
        }
        for (key, map) in [("query", query), ("headers", headers)] {
            if !map.entries.is_empty() {
                keys.put(key, map);
            }
        }
    }

    /// The span of time that the list can be asked for, if it is of what happened.
    pub(super) fn window(&self) -> Option<Window> {
        self.happened.as_ref()?;
        let paging = self.paging.as_ref().ok().and_then(Option::as_ref);
        let find = |name: &str| {
            self.list.parameters.iter().find(|parameter| {
                let target = format!("query.{}", parameter.name);
                parameter.place == In::Query
                    && bare(&parameter.name) == name
                    && !paging.is_some_and(|paging| paging.sets.contains(&target))
                    && parameter.shape.kinds.len() < 2
            })
        };
        let pair = |(from, to): &(&str, &str)| Some((find(from)?, find(to)?));
        let (from, to) = WINDOWS.iter().find_map(pair)?;
        let is_number =
            |one: &Parameter| one.shape.kinds.iter().any(|kind| matches!(kind, Kind::Integer | Kind::Number));
        let is_time = |one: &Parameter| {
            let format = one.shape.format.as_deref();
            let words = one.description.as_deref().or(one.shape.description.as_deref()).unwrap_or_default();
            let words = words.to_ascii_lowercase();
            let says = ["date", "time", "iso", "rfc"].iter().any(|word| words.contains(word));
            matches!(format, Some("date-time" | "date")) || is_number(one) || says
        };
        if !is_time(from) || is_number(from) != is_number(to) {
            return None;
        }
        let mut questions = Vec::new();
        let format = match from.shape.format.as_deref() {
            _ if is_number(from) => {
                questions.push(format!("whether `{}` is in seconds since 1970", from.name));
                Some("unix_seconds")
            }
            Some("date") => Some("date"),
            _ => None,
        };
        if paging.is_some_and(|paging| paging.is_cursor) {
            let question = "whether pages behind the first carry the window, too (else `on: first_page`), and how long one \
                            may be (`at_most`)";
            questions.push(question.to_owned());
        }
        let (from, to) = (format!("query.{}", from.name), format!("query.{}", to.name));
        Some(Window { from, to, format, questions })
    }
}

/// A span of time that a list can be asked for.
pub(super) struct Window {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) format: Option<&'static str>,
    pub(super) questions: Vec<String>,
}

/// Whether it sorts by the time of a record, oldest first, when it is told so.
fn is_order(parameter: &Parameter) -> bool {
    let named =
        ["order", "direction", "sortorder", "sortdirection", "sortdir"].contains(&bare(&parameter.name).as_str());
    let can = parameter.shape.values.as_ref().is_some_and(|values| values.iter().any(|value| value == "asc"));
    named && can && parameter.place == In::Query
}

fn is_own_header(name: &str) -> bool {
    let own = [
        "accept",
        "authorization",
        "contenttype",
        "host",
        "contentlength",
        "connection",
        "te",
        "upgrade",
        "trailer",
        "transferencoding",
        "acceptencoding",
        "useragent",
    ];
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    own.contains(&bare(name).as_str()) || !name.chars().all(is_token)
}

/// What is sent where something has to be: what the document says, else what the user configures.
fn sent(name: &str, shape: &Shape, parameter: Option<&Parameter>, settings: &mut Settings) -> Value {
    let only = shape.values.as_ref().filter(|values| values.len() == 1).and_then(|values| values.first());
    let default = shape.default.as_ref().filter(|default| !matches!(default, Tree::Null));
    match (only, default) {
        (Some(only), _) if visible(only) == *only => return template(only),
        (None, Some(Tree::Text(text))) if visible(text) == *text => return template(text),
        (None, Some(Tree::Integer(number))) => return Value::from(*number),
        (None, Some(Tree::Bool(is))) => return Value::Word(is.to_string()),
        _ => {}
    }
    let kinds: Vec<Kind> = shape.kinds.iter().copied().collect();
    let ty = match kinds.as_slice() {
        [Kind::Integer] => "integer",
        [Kind::Boolean] => "boolean",
        _ => "string",
    };
    let said = parameter.and_then(|parameter| parameter.description.as_deref()).or(shape.description.as_deref());
    let description = said.and_then(sentence).unwrap_or_else(|| format!("What requests send as {}.", visible(name)));
    let question = "whether this is one value for all: requests cannot do without it".to_owned();
    let setting = Setting { name: camel(name), ty, default: None, description, question: Some(question) };
    format!("{{config.{}}}", settings.named(setting)).into()
}

/// A text that stands for itself in a template.
fn template(text: &str) -> Value {
    text.replace('{', "{{").replace('}', "}}").into()
}
