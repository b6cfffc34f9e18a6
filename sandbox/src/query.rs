//! What a request may and must say: takes its query, headers and body apart and holds them against the spec, strictly, so that
//! a client that sends something else than the spec says fails at once and is told which parameter it was. It must not
//! know what the records are.

use std::borrow::Cow;

use hyper::HeaderMap;
use serde_json::Value;
use tapwright_spec::model::{Auth, Body, Expr, ParamValue, Resource, Shape, Target, Template, Window, WindowOn};

use crate::answer::Answer;
use crate::eval::Scope;
use crate::fixed::{Fixed, same_text};
use crate::format::Format;
use crate::leaf::Leaves;
use crate::list::Ask;
use crate::listed::Listed;
use crate::naming::Naming;
use crate::paging::{Way, name};
use crate::posted::{FORM, JSON, Kind, Posted, compare};
use crate::sent::{Sent, header, values};
use crate::windowed::{Ends, Windowed};

/// Records on a page when no size is asked for, as at WorkOS.
const DEFAULT_SIZE: u32 = 10;

/// Records on a page when the spec's paginator has no size.
const UNSIZED: usize = 100;

/// The rules for a resource's requests.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    fixed: Vec<Fixed>,
    headers: Vec<Fixed>,
    listed: Vec<Listed>,
    way: Way,
    size: Option<(Target, u32)>,
    resume: Option<(Target, Naming)>,
    window: Option<Window>,
    window_format: Format,
    /// Where templates say the window.
    windowed: Windowed,
    /// Whether the list is a feed: newest first, whatever is asked for.
    newest_first: bool,
    body: Option<Body>,
    /// The paths of what goes into a body and is not the spec's template.
    filled: Vec<Vec<String>>,
    shape: Shape,
    /// The order of a list that nobody asks an order of.
    oldest_first: bool,
    strict: bool,
}

/// A request, read.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) ask: Ask,
    /// The cursors as they were sent; they are looked up later.
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
    /// The name of the record that a sync goes on behind, where a parameter of its own says it: that and the name.
    pub(crate) since: Option<(String, String)>,
    /// How many pages, or records where those are counted, come before the page.
    pub(crate) nth: u64,
    /// Whether the client's `after` is our `before`, and the other way round.
    pub(crate) swapped: bool,
    /// All values of list parameters.
    pub(crate) listed: Vec<String>,
}

impl Rules {
    /// The rules a resource makes.
    pub(crate) fn of(
        resource: &Resource,
        auth: &Auth,
        leaves: &Leaves,
        settings: &[(String, Value)],
        strict: bool,
    ) -> Rules {
        let scope = Scope::new(&Value::Null, settings);
        let listed = resource.query.iter().filter_map(|param| match &param.value {
            ParamValue::Each { values, style } => Some(Listed::of(resource, leaves, &param.name, values, *style)),
            ParamValue::Text(_) => None,
        });
        let size = resource.paging.as_ref().and_then(|paging| paging.size.as_ref());
        let incremental = resource.incremental.as_ref();
        let resume = incremental.and_then(|incremental| incremental.resume.as_ref());
        let way = Way::of(resource, auth);
        let window = incremental.and_then(|incremental| incremental.window.as_ref());
        let ends = window.into_iter().flat_map(|window| window.to.iter().chain(&window.from));
        let targets = ends.chain(size.map(|size| &size.to)).chain(resume.map(|resume| &resume.to)).chain(way.target());
        let filled = targets.filter_map(|to| if let Target::Body(path) = to { Some(path.clone()) } else { None });
        Rules {
            fixed: Fixed::of(&resource.query, scope),
            headers: Fixed::of(&resource.headers, scope),
            listed: listed.collect(),
            body: resource.body.clone(),
            filled: filled.collect(),
            way,
            size: size.map(|size| (size.to.clone(), size.value)),
            resume: resume.map(|resume| (resume.to.clone(), Naming::of(resource, &resume.from))),
            window: window.cloned(),
            windowed: Windowed::of(resource),
            newest_first: incremental.is_some_and(|incremental| incremental.newest_first),
            window_format: window.map_or(Format::Rfc3339, |window| Format::of(&window.format)),
            shape: resource.row.shape,
            oldest_first: incremental.is_some(),
            strict,
        }
    }

    /// Reads a request, or says what is wrong with it. The scope has the parent that is asked for.
    pub(crate) fn read(
        &self,
        query: &str,
        headers: &HeaderMap,
        posted: Posted,
        scope: Scope<'_>,
    ) -> Result<Request, Answer> {
        let mut sent = Sent::of(query, headers, posted);
        let ends = self.windowed.read(&sent, scope);
        let as_written = |end: &Option<String>| {
            let number = end.as_ref().and_then(|end| end.parse::<i64>().ok()).filter(|_| !self.window_format.is_text());
            number.map(Value::from).or(end.as_deref().map(Value::from))
        };
        let (start, end) = (as_written(&ends.start), as_written(&ends.end));
        let scope = Scope { window: [start.as_ref(), end.as_ref()], ..scope };
        self.check_headers(headers, scope)?;
        let order = self.take_fixed(&mut sent, scope)?;
        let request = self.take_asked(&mut sent, order, ends).map_err(|answer| self.in_style(answer))?;
        if let Some((name, _)) = sent.pairs.first() {
            return Err(Answer::wrong(&format!("unknown parameter '{name}'")));
        }
        self.check_body(&sent.posted, scope)?;
        Ok(request)
    }

    /// Reads a body. At an address that was given out there need not be one: it says all that its page needs.
    pub(crate) fn posted(&self, query: &str, headers: &HeaderMap, bytes: &[u8]) -> Result<Posted, Answer> {
        let followed = match &self.way {
            Way::Address(Target::Query(name)) => values(query, name).next().is_some(),
            _ => false,
        };
        match Posted::read(self.body.as_ref(), headers, bytes)? {
            Posted::Nothing if !followed => match &self.body {
                Some(Body::Form(_)) => Err(Answer::media(FORM)),
                Some(Body::Json { .. }) => Err(Answer::media(JSON)),
                None => Ok(Posted::Nothing),
            },
            // Of GraphQL it is the query that says which list is meant.
            posted if self.is_graphql() => match (self.query(), posted.text(&["query".to_owned()])) {
                (Some(wanted), Some(sent)) if wanted != sent => {
                    Err(Answer::wrong(&format!("key 'query' must be '{wanted}', received: '{sent}'")))
                }
                _ => Ok(posted),
            },
            posted => Ok(posted),
        }
    }

    /// The query of GraphQL.
    fn query(&self) -> Option<&str> {
        let Some(Body::Json { template: Template::Object(members), .. }) = &self.body else { return None };
        members.iter().find_map(|(key, value)| match value {
            Template::Text(Expr::Text(query)) if key == "query" => Some(query.as_str()),
            _ => None,
        })
    }

    fn check_headers(&self, headers: &HeaderMap, scope: Scope<'_>) -> Result<(), Answer> {
        for fixed in self.headers.iter().filter(|_| self.strict) {
            let (Some(wanted), name) = (fixed.value(scope), &fixed.name) else { continue };
            match header(headers, name)? {
                Some(sent) if same_text(sent, &wanted) => {}
                Some(sent) => {
                    return Err(Answer::wrong(&format!("header '{name}' must be '{wanted}', received: '{sent}'")));
                }
                None => {
                    return Err(Answer::wrong(&format!("header '{name}' is missing: it must be '{wanted}'")));
                }
            }
        }
        Ok(())
    }

    /// Takes the fixed parameters out, and gives the one called `order`.
    fn take_fixed<'q>(&self, sent: &mut Sent<'q>, scope: Scope<'_>) -> Result<Option<Cow<'q, str>>, Answer> {
        let mut order = None;
        for fixed in &self.fixed {
            let Some(wanted) = fixed.value(scope) else {
                // What is null is not sent. A window that could not be read out of what was sent is none.
                if fixed.names_window() && sent.take(&fixed.name)?.is_some() {
                    let name = &fixed.name;
                    return Err(Answer::wrong(&format!("parameter '{name}' must be of the form that the spec says")));
                }
                continue;
            };
            match sent.take(&fixed.name)? {
                Some(value) if fixed.name == "order" && (value == wanted || !self.strict) => order = Some(value),
                Some(value) if same_text(&value, &wanted) => {}
                Some(value) => {
                    return Err(Answer::wrong(&format!(
                        "parameter '{}' must be '{wanted}', received: '{value}'",
                        fixed.name
                    )));
                }
                None if self.strict => {
                    return Err(Answer::wrong(&format!(
                        "parameter '{}' is missing: it must be '{wanted}'",
                        fixed.name
                    )));
                }
                None => {}
            }
        }
        Ok(order)
    }

    /// Holds what is left of a body against the spec.
    fn check_body(&self, posted: &Posted, scope: Scope<'_>) -> Result<(), Answer> {
        let Some(body) = &self.body else { return Ok(()) };
        compare(body, posted, &self.filled, scope, self.strict).map_err(|(path, message)| {
            let answer = Answer::wrong(&message);
            if path.starts_with("variables.") { self.in_style(answer) } else { answer }
        })
    }

    /// An answer to what is wrong, as the API says it.
    pub(crate) fn in_style(&self, answer: Answer) -> Answer {
        if self.is_graphql() { answer.as_graphql() } else { answer }
    }

    /// Whether everything the spec sets must be sent.
    pub(crate) fn strict(&self) -> bool {
        self.strict
    }

    /// Whether requests are GraphQL.
    pub(crate) fn is_graphql(&self) -> bool {
        matches!(self.body, Some(Body::Json { graphql: true, .. }))
    }

    /// Takes out what is asked for.
    fn take_asked<'q>(
        &self,
        sent: &mut Sent<'q>,
        mut order: Option<Cow<'q, str>>,
        ends: Ends,
    ) -> Result<Request, Answer> {
        let mut ask = Ask { size: self.take_size(sent)?, ..Ask::default() };
        let mut listed = Vec::new();
        for rule in &self.listed {
            let names = rule.take(sent, &mut ask)?;
            listed.extend(names);
        }
        let (mut after, nth) = self.way.take(sent)?;
        let mut since = None;
        if let Some((to, naming)) = &self.resume
            && self.way.target() != Some(to)
            && let Some(value) = sent.take_from(to, naming.kind())?
        {
            match naming {
                Naming::Moment(format) => ask.from = Some(moment(&name(to), &value, *format)?),
                Naming::Id | Naming::Ordinal => since = Some((name(to).into_owned(), value)),
            }
        }
        // WorkOS's, beside the token.
        let tokens = matches!(self.way, Way::Token(_));
        let mut before = if tokens { sent.take("before")?.map(Cow::into_owned) } else { None };
        if tokens && order.is_none() {
            order = sent.take("order")?;
        }
        ask.descending = match (self.shape, order.as_deref()) {
            _ if self.newest_first => true,
            // WorkOS sends events oldest first, whatever is asked for.
            (Shape::Event | Shape::Metric | Shape::Distribution, _) | (_, Some("asc")) => false,
            (_, Some("desc" | "normal")) => true,
            (_, None) => !self.oldest_first,
            (_, Some(_)) => {
                return Err(Answer::invalid("order must be one of asc, desc, normal", "order", "invalid_order"));
            }
        };
        // In WorkOS's normal order, newest first too, `before` leads on to older records and `after` back to newer ones.
        let swapped = self.shape == Shape::Entity && order.as_deref() == Some("normal");
        if swapped {
            std::mem::swap(&mut after, &mut before);
        }
        let continues = after.is_some() || before.is_some() || since.is_some() || nth > 0;
        // An address that was given out says all that its page needs.
        self.take_window(sent, &mut ask, continues && !matches!(self.way, Way::Address(_)), ends)?;
        Ok(Request { ask, after, before, since, nth, swapped, listed })
    }

    fn take_size(&self, sent: &mut Sent<'_>) -> Result<usize, Answer> {
        let Some((to, most)) = &self.size else { return Ok(if self.way == Way::One { usize::MAX } else { UNSIZED }) };
        let Some(value) = sent.take_from(to, Kind::Number)? else { return Ok(DEFAULT_SIZE.min(*most) as usize) };
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse::<u32>() {
            Ok(size) if digits && (1..=*most).contains(&size) => Ok(size as usize),
            _ => Err(Answer::invalid(
                &format!("{} must be 1 to {most}, received: '{value}'", name(to)),
                &name(to),
                "invalid_size",
            )),
        }
    }

    fn take_window(&self, sent: &mut Sent<'_>, ask: &mut Ask, continues: bool, said: Ends) -> Result<(), Answer> {
        let Some(window) = &self.window else { return Ok(()) };
        let kind = if self.window_format.is_text() { Kind::Text } else { Kind::Number };
        let from = window.from.as_ref().map_or(Ok(None), |from| sent.take_from(from, kind))?.or(said.start);
        let to = window.to.as_ref().map_or(Ok(None), |to| sent.take_from(to, kind))?.or(said.end);
        let called =
            |target: &Option<Target>, end: &str| target.as_ref().map_or(end.to_owned(), |it| name(it).into_owned());
        let (start, end) = (called(&window.from, "the start"), called(&window.to, "the end"));
        if continues && window.on == WindowOn::FirstPage && (from.is_some() || to.is_some()) {
            let on = self.way.name();
            return Err(Answer::wrong(&format!("'{on}' and '{start}' are mutually exclusive")));
        }
        if let Some(value) = from {
            let moment = moment(&start, &value, self.window_format)?;
            ask.from = Some(ask.from.map_or(moment, |old| old.max(moment)));
        }
        if let Some(value) = to {
            ask.to = Some(moment(&end, &value, self.window_format)?);
        }
        if let (Some(from), Some(to)) = (ask.from, ask.to) {
            if to < from {
                return Err(Answer::wrong(&format!("'{start}' is after the end of the range")));
            }
            if let Some(most) = window.at_most_millis.filter(|most| to.saturating_sub(from) > *most) {
                return Err(Answer::wrong(&format!("the range is longer than {} hours", most / 3_600_000)));
            }
        }
        Ok(())
    }
}

impl Rules {
    /// The answer to a list parameter with a value that the API does not know.
    pub(crate) fn reject(&self, value: &str) -> Answer {
        self.listed
            .first()
            .map_or_else(|| Answer::wrong(&format!("unknown value '{value}'")), |rule| rule.reject(value))
    }

    /// How the list is paged.
    pub(crate) fn way(&self) -> &Way {
        &self.way
    }

    /// What the parameter to go on behind a record, if it has one of its own, names it by.
    pub(crate) fn resume_naming(&self) -> Naming {
        self.resume.as_ref().map_or(Naming::Id, |(_, naming)| *naming)
    }
}

fn moment(name: &str, value: &str, format: Format) -> Result<i64, Answer> {
    format
        .read(value)
        .ok_or_else(|| Answer::invalid(&format!("{name} is no moment, received: '{value}'"), name, "invalid_date"))
}
