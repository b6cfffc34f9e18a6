//! What a request may and must say: takes its query and headers apart and holds them against the spec, strictly, so that
//! a client that sends something else than the spec says fails at once and is told which parameter it was. It must not
//! know what the records are.

use std::borrow::Cow;

use hyper::HeaderMap;
use serde_json::Value;
use tapwright_spec::model::{Action, Auth, ListStyle, Param, ParamValue, Resource, Shape, Target, Window, WindowOn};

use crate::answer::Answer;
use crate::eval::{Scope, eval, text};
use crate::format::Format;
use crate::leaf::Leaves;
use crate::list::Ask;
use crate::naming::Naming;
use crate::paging::{Way, name};
use crate::sent::Sent;

/// Records on a page when no size is asked for, as at WorkOS.
const DEFAULT_SIZE: u32 = 10;

/// Records on a page when the spec's paginator has no size.
const UNSIZED: usize = 100;

/// A parameter that has one value.
#[derive(Clone, Debug)]
struct Fixed {
    name: String,
    value: String,
}

/// A parameter that lists values.
#[derive(Clone, Debug)]
struct Listed {
    name: String,
    style: ListStyle,
    /// What may be named, and the number of the variant it is.
    values: Vec<(String, Option<usize>)>,
    /// How many variants there are; 0 when it filters nothing.
    variants: usize,
    status: u16,
    code: String,
}

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
        let scope = Scope { root: &Value::Null, settings };
        let fixed = |params: &[Param]| {
            let value = |param: &Param| match &param.value {
                ParamValue::Text(expr) => match eval(expr, scope) {
                    Value::Null => None,
                    value => Some(Fixed { name: param.name.clone(), value: text(&value) }),
                },
                ParamValue::Each { .. } => None,
            };
            params.iter().filter_map(value).collect::<Vec<_>>()
        };
        let listed = resource.query.iter().filter_map(|param| match &param.value {
            ParamValue::Each { values, style } => Some(listed(resource, leaves, &param.name, values, *style)),
            ParamValue::Text(_) => None,
        });
        let size = resource.paging.as_ref().and_then(|paging| paging.size.as_ref());
        let incremental = resource.incremental.as_ref();
        let resume = incremental.and_then(|incremental| incremental.resume.as_ref());
        Rules {
            fixed: fixed(&resource.query),
            headers: fixed(&resource.headers),
            listed: listed.collect(),
            way: Way::of(resource, auth),
            size: size.map(|size| (size.to.clone(), size.value)),
            resume: resume.map(|resume| (resume.to.clone(), Naming::of(resource, &resume.from))),
            window: incremental.and_then(|incremental| incremental.window.clone()),
            shape: resource.row.shape,
            oldest_first: incremental.is_some(),
            strict,
        }
    }

    /// Reads a request, or says what is wrong with it.
    pub(crate) fn read(&self, query: &str, headers: &HeaderMap) -> Result<Request, Answer> {
        let mut sent = Sent::of(query, headers);
        for fixed in &self.headers {
            let value = headers.get(fixed.name.as_str()).and_then(|value| value.to_str().ok());
            if self.strict && value != Some(&fixed.value) {
                return Err(Answer::wrong(&format!("header '{}' must be '{}'", fixed.name, fixed.value)));
            }
        }
        let mut order = None;
        for fixed in &self.fixed {
            match sent.take(&fixed.name)? {
                Some(value) if fixed.name == "order" && (value == fixed.value || !self.strict) => order = Some(value),
                Some(value) if value == fixed.value => {}
                Some(value) => {
                    return Err(Answer::wrong(&format!(
                        "parameter '{}' must be '{}', received: '{value}'",
                        fixed.name, fixed.value
                    )));
                }
                None if self.strict => {
                    return Err(Answer::wrong(&format!(
                        "parameter '{}' is missing: it must be '{}'",
                        fixed.name, fixed.value
                    )));
                }
                None => {}
            }
        }
        let mut ask = Ask { size: self.take_size(&mut sent)?, ..Ask::default() };
        let mut listed = Vec::new();
        for rule in &self.listed {
            let names = rule.take(&mut sent, &mut ask)?;
            listed.extend(names);
        }
        let (mut after, nth) = self.way.take(&mut sent)?;
        let mut since = None;
        if let Some((to, naming)) = &self.resume
            && self.way.target() != Some(to)
            && let Some(value) = sent.take_from(to)?
        {
            match naming {
                Naming::Moment(format) => ask.from = Some(moment(to, &value, *format)?),
                Naming::Id | Naming::Ordinal => since = Some((name(to).to_owned(), value)),
            }
        }
        // WorkOS's, beside the token.
        let tokens = matches!(self.way, Way::Token(_));
        let mut before = if tokens { sent.take("before")?.map(Cow::into_owned) } else { None };
        if tokens && order.is_none() {
            order = sent.take("order")?;
        }
        ask.descending = match (self.shape, order.as_deref()) {
            // WorkOS sends events oldest first, whatever is asked for.
            (Shape::Event, _) | (_, Some("asc")) => false,
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
        self.take_window(&mut sent, &mut ask, continues && !matches!(self.way, Way::Address(_)))?;
        if let Some((name, _)) = sent.pairs.first() {
            return Err(Answer::wrong(&format!("unknown parameter '{name}'")));
        }
        Ok(Request { ask, after, before, since, nth, swapped, listed })
    }

    fn take_size(&self, sent: &mut Sent<'_>) -> Result<usize, Answer> {
        let Some((to, most)) = &self.size else { return Ok(if self.way == Way::One { usize::MAX } else { UNSIZED }) };
        let Some(value) = sent.take_from(to)? else { return Ok(DEFAULT_SIZE.min(*most) as usize) };
        match value.parse::<u32>() {
            Ok(size) if (1..=*most).contains(&size) => Ok(size as usize),
            _ => Err(Answer::invalid(
                &format!("{} must be 1 to {most}, received: '{value}'", name(to)),
                name(to),
                "invalid_size",
            )),
        }
    }

    fn take_window(&self, sent: &mut Sent<'_>, ask: &mut Ask, continues: bool) -> Result<(), Answer> {
        let Some(window) = &self.window else { return Ok(()) };
        let from = sent.take_from(&window.from)?;
        let to = window.to.as_ref().map_or(Ok(None), |to| sent.take_from(to))?;
        if continues && window.on == WindowOn::FirstPage && (from.is_some() || to.is_some()) {
            let (on, from) = (self.way.name(), name(&window.from));
            return Err(Answer::wrong(&format!("'{on}' and '{from}' are mutually exclusive")));
        }
        if let Some(value) = from {
            let start = moment(&window.from, &value, Format::of(&window.format))?;
            ask.from = Some(ask.from.map_or(start, |old| old.max(start)));
        }
        if let (Some(value), Some(target)) = (to, &window.to) {
            ask.to = Some(moment(target, &value, Format::of(&window.format))?);
        }
        if let (Some(from), Some(to)) = (ask.from, ask.to) {
            if to < from {
                return Err(Answer::wrong(&format!("'{}' is after the end of the range", name(&window.from))));
            }
            if let Some(most) = window.at_most_millis.filter(|most| to - from > *most) {
                return Err(Answer::wrong(&format!("the range is longer than {} hours", most / 3_600_000)));
            }
        }
        Ok(())
    }
}

impl Listed {
    fn take(&self, sent: &mut Sent<'_>, ask: &mut Ask) -> Result<Vec<String>, Answer> {
        let names: Vec<String> = match self.style {
            ListStyle::Comma => match sent.take(&self.name)? {
                Some(value) => value.split(',').map(str::to_owned).collect(),
                None => Vec::new(),
            },
            ListStyle::Repeat => {
                let (mine, others) =
                    std::mem::take(&mut sent.pairs).into_iter().partition(|(name, _)| *name == self.name);
                sent.pairs = others;
                let mine: Vec<(Cow<'_, str>, Cow<'_, str>)> = mine;
                mine.into_iter().map(|(_, value)| value.into_owned()).collect()
            }
        };
        if names.is_empty() {
            return Err(Answer::coded(self.status, &format!("parameter '{}' is missing", self.name), &self.code));
        }
        let mut wanted = vec![false; self.variants];
        for name in &names {
            let Some((_, variant)) = self.values.iter().find(|(known, _)| known == name) else {
                return Err(self.reject(name));
            };
            if let Some(wanted) = variant.and_then(|variant| wanted.get_mut(variant)) {
                *wanted = true;
            }
        }
        if self.variants > 0 {
            ask.variants = Some((names.clone(), wanted));
        }
        Ok(names)
    }

    fn reject(&self, name: &str) -> Answer {
        Answer::coded(self.status, &format!("Invalid name parameter, received: '{name}'"), &self.code)
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

fn listed(resource: &Resource, leaves: &Leaves, param: &str, values: &[String], style: ListStyle) -> Listed {
    let variant = leaves.variant.as_ref().filter(|variant| values.iter().all(|value| variant.values.contains(value)));
    let all = variant.map_or(values, |variant| variant.values.as_slice());
    let number = |value: &String| variant.and_then(|variant| variant.values.iter().position(|known| known == value));
    let rule = resource.on_error.iter().find(|rule| rule.then == Action::DropValueOf(param.to_owned()));
    Listed {
        name: param.to_owned(),
        style,
        values: all.iter().map(|value| (value.clone(), number(value))).collect(),
        variants: variant.map_or(0, |variant| variant.values.len()),
        status: rule.and_then(|rule| rule.status).unwrap_or(400),
        code: rule.and_then(|rule| rule.code.clone()).unwrap_or_else(|| "invalid_parameter".to_owned()),
    }
}

fn moment(target: &Target, value: &str, format: Format) -> Result<i64, Answer> {
    format.read(value).ok_or_else(|| {
        let name = name(target);
        Answer::invalid(&format!("{name} is no moment, received: '{value}'"), name, "invalid_date")
    })
}
