//! What stands around the records of a page and in its headers: the place of the array, and of all that the spec's paging
//! reads from a response. It must not know which records these are, nor how it is decided where a page leads.
//!
//! A path into the records themselves gets nothing, nor does one below or above another that has something already.

use hyper::header::HeaderName;
use serde_json::Value;
use tapwright_spec::model::{Body, Paging, Resource, Segment, Shape, Step, Target};

use crate::eval;
use crate::layout::Layout;
use crate::onward::Onward;
use crate::paths::keys;
use crate::place::{Part, Placed, Placer, Spot};
use crate::text::quote;

/// The header that names other pages.
const LINK: &str = "link";

/// A tree of objects around the records.
enum Node {
    Object(Vec<(String, Node)>),
    Constant(&'static str),
    Slot(Slot),
}

/// What is written anew for each page.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    /// The records, or a part of them.
    Records(usize),
    /// The way back.
    Before,
    Part(Said),
}

/// A part, perhaps as text.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    part: Part,
    as_text: bool,
}

/// The envelope of a list.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    /// Literal bytes, each followed by a slot.
    steps: Vec<(Vec<u8>, Slot)>,
    end: Vec<u8>,
    headers: Vec<(HeaderName, Said)>,
    /// The places in the body of what leads to the next page.
    onward: Vec<Vec<String>>,
    /// What stands between the path and a token, where an expression looks for it in an address.
    before_token: String,
    /// Whether it says how many records or pages there are.
    pub(crate) counts: bool,
    /// Whether it says the addresses of pages.
    pub(crate) leads: bool,
    /// Whether a token stands in an address of its own.
    pub(crate) embeds: bool,
}

impl Envelope {
    /// The envelope of a resource's list.
    pub(crate) fn of(resource: &Resource, settings: &[(String, Value)]) -> Envelope {
        let layout = Layout::of(resource);
        let places = layout.place();
        let free = |path: &[Segment]| {
            let apart = |keys: &[&str]| {
                places.iter().all(|place| !place.is_empty() && !keys.iter().copied().take(place.len()).eq(place))
            };
            keys(path).is_some_and(|keys| apart(&keys))
        };
        let mut placer = Placer::new(settings, &free);
        if let Some(paging) = &resource.paging {
            place(&mut placer, paging);
        }
        let placed = placer.placed();
        let mut envelope = Envelope {
            steps: Vec::new(),
            end: Vec::new(),
            headers: Vec::new(),
            onward: Vec::new(),
            before_token: before_token(resource),
            counts: false,
            leads: false,
            embeds: false,
        };
        let graphql = matches!(resource.body, Some(Body::Json { graphql: true, .. }));
        let mut root = Node::around(&places, graphql);
        for Placed { spot, part, as_text } in placed {
            envelope.counts |= counts(&part, resource);
            envelope.leads |= matches!(part, Part::Next | Part::Link | Part::LastAddress);
            envelope.embeds |= part == Part::TokenInAddress;
            match spot {
                Spot::Header(name) => {
                    let name = HeaderName::from_bytes(name.as_bytes());
                    envelope.headers.extend(name.map(|name| (name, Said { part, as_text })));
                }
                Spot::Body(path) => {
                    let keys = keys(path).unwrap_or_default();
                    // WorkOS names the way back beside the way on, in lists of entities.
                    if let (Some((&"after", parents)), Shape::Entity, Part::Token) =
                        (keys.split_last(), resource.row.shape, &part)
                    {
                        root.place(&[parents, &["before"]].concat(), Slot::Before);
                    }
                    if part.leads_on() {
                        envelope.onward.push(keys.iter().map(|&key| key.to_owned()).collect());
                    }
                    root.place(&keys, Slot::Part(Said { part, as_text }));
                }
            }
        }
        root.flatten(&mut envelope);
        envelope
    }

    /// Writes a page, its records by `records`.
    pub(crate) fn write(&self, out: &mut Vec<u8>, onward: &Onward, records: impl Fn(&mut Vec<u8>, usize)) {
        for (literal, slot) in &self.steps {
            out.extend_from_slice(literal);
            match slot {
                Slot::Records(place) => records(out, *place),
                Slot::Before => match &onward.before {
                    Some(token) => out.extend_from_slice(&quote(token)),
                    None => out.extend_from_slice(b"null"),
                },
                Slot::Part(said) => out.extend_from_slice(self.value(said, onward).to_string().as_bytes()),
            }
        }
        out.extend_from_slice(&self.end);
    }

    /// A page without what leads to the next one.
    pub(crate) fn without_next(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut page: Value = serde_json::from_slice(body).ok()?;
        for (key, around) in self.onward.iter().filter_map(|keys| keys.split_last()) {
            let object = around.iter().try_fold(&mut page, |value, key| value.get_mut(key));
            object.and_then(Value::as_object_mut).and_then(|object| object.remove(key));
        }
        Some(page.to_string().into_bytes())
    }

    /// The headers that lead to the next page.
    pub(crate) fn leading(&self) -> impl Iterator<Item = &HeaderName> {
        self.headers.iter().filter(|(_, said)| said.part.leads_on()).map(|(name, _)| name)
    }

    /// The headers of a page. One without a value is not there.
    pub(crate) fn headers(&self, onward: &Onward) -> impl Iterator<Item = (HeaderName, String)> {
        self.headers.iter().filter_map(|(name, said)| match self.value(said, onward) {
            Value::Null => None,
            value => Some((name.clone(), eval::text(&value))),
        })
    }

    fn value(&self, said: &Said, onward: &Onward) -> Value {
        let value = match &said.part {
            Part::TokenInAddress => onward
                .after
                .as_ref()
                .map_or(Value::Null, |token| Value::from(format!("{}{}{token}", onward.path, self.before_token))),
            part => onward.value(part),
        };
        if said.as_text && !value.is_null() { Value::from(eval::text(&value)) } else { value }
    }
}

/// Places all that a paginator reads; what leads on comes first.
fn place<'e>(placer: &mut Placer<'e, '_>, paging: &'e Paging) {
    match &paging.step {
        Step::Cursor { from, .. } => {
            placer.value(from, &Part::Token, false);
        }
        Step::Next { from } => {
            placer.value(from, &Part::Next, false);
        }
        Step::Link => {
            placer.put(Spot::Header(LINK), Part::Link, false);
        }
        Step::Page { last: number, .. } | Step::Offset { total: number, .. } => {
            if let Some(number) = number {
                placer.value(number, &Part::Last, false);
            }
        }
        Step::Last { .. } => {}
    }
    if let Some(more) = &paging.more {
        placer.more(more);
    }
}

/// Whether a part says how many pages or records there are.
fn counts(part: &Part, resource: &Resource) -> bool {
    let step = resource.paging.as_ref().map(|paging| &paging.step);
    match part {
        Part::Number | Part::Following | Part::Reached | Part::Last | Part::LastAddress | Part::Range => true,
        Part::Link => matches!(step, Some(Step::Page { .. } | Step::Offset { .. })),
        Part::Token | Part::TokenInAddress | Part::TokenWithin(..) | Part::Next | Part::Either(..) => false,
        Part::Times(part, _) => counts(part, resource),
    }
}

/// What stands between the path and a token when it is looked for in an address.
fn before_token(resource: &Resource) -> String {
    match resource.paging.as_ref().map(|paging| &paging.step) {
        Some(Step::Cursor { to: Target::Query(name), .. }) => format!("?{name}="),
        _ => String::new(),
    }
}

impl Node {
    /// What every list has. An answer of GraphQL has nothing but what was asked for.
    fn around(places: &[Vec<String>], graphql: bool) -> Node {
        if places.iter().any(Vec::is_empty) {
            return Node::Slot(Slot::Records(0));
        }
        let object = ("object".to_owned(), Node::Constant("\"list\""));
        let mut root = Node::Object(if graphql { Vec::new() } else { vec![object] });
        for (at, place) in places.iter().enumerate() {
            root.place(&place.iter().map(String::as_str).collect::<Vec<_>>(), Slot::Records(at));
        }
        root
    }

    fn place(&mut self, keys: &[&str], slot: Slot) {
        let Some((key, rest)) = keys.split_first() else {
            if !matches!(self, Node::Slot(_)) && !matches!(self, Node::Object(fields) if !fields.is_empty()) {
                *self = Node::Slot(slot);
            }
            return;
        };
        if matches!(self, Node::Constant(_)) {
            *self = Node::Object(Vec::new());
        }
        let Node::Object(fields) = self else { return };
        if !fields.iter().any(|(known, _)| known == key) {
            fields.push(((*key).to_owned(), Node::Object(Vec::new())));
        }
        if let Some((_, child)) = fields.iter_mut().find(|(known, _)| known == key) {
            child.place(rest, slot);
        }
    }

    fn flatten(&self, to: &mut Envelope) {
        match self {
            Node::Object(fields) => {
                to.end.push(b'{');
                for (place, (key, child)) in fields.iter().enumerate() {
                    to.end.extend_from_slice(if place == 0 { b"" } else { b"," });
                    to.end.extend_from_slice(&quote(key));
                    to.end.push(b':');
                    child.flatten(to);
                }
                to.end.push(b'}');
            }
            Node::Constant(text) => to.end.extend_from_slice(text.as_bytes()),
            Node::Slot(slot) => to.steps.push((std::mem::take(&mut to.end), slot.clone())),
        }
    }
}
