//! How a list is paged, as far as requests have a part in it: which parameter says where a page begins, and what its
//! values stand for. It must not know which records there are, nor how an answer names the next page.

use std::borrow::Cow;

use tapwright_spec::model::{Auth, Resource, Step, Target};

use crate::access::parameters;
use crate::answer::Answer;
use crate::naming::Naming;
use crate::posted::Kind;
use crate::sent::Sent;

/// What the parameter with the token is called in the addresses that the sandbox makes up.
const CURSOR: &str = "cursor";

/// What says where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Nothing: there is one page.
    One,
    /// A token that an answer has given out.
    Token(Target),
    /// A token in an address that an answer has given out.
    Address(Target),
    /// What names the last record of the page before.
    Last(Target, Naming),
    /// The number of the page; the first one's is given.
    Page(Target, i64),
    /// The number of records before the page; what stands for none is given.
    Offset(Target, i64),
}

impl Way {
    /// The way of a resource.
    pub(crate) fn of(resource: &Resource, auth: &Auth) -> Way {
        match resource.paging.as_ref().map(|paging| &paging.step) {
            None => Way::One,
            Some(Step::Cursor { to, .. }) => Way::Token(to.clone()),
            Some(Step::Last { from, to }) => Way::Last(to.clone(), Naming::of(resource, from)),
            Some(Step::Page { to, first, .. }) => Way::Page(to.clone(), *first),
            Some(Step::Offset { to, first, .. }) => Way::Offset(to.clone(), *first),
            Some(Step::Next { .. } | Step::Link) => Way::Address(Target::Query(free_name(resource, auth))),
        }
    }

    /// Where it is said.
    pub(crate) fn target(&self) -> Option<&Target> {
        match self {
            Way::One => None,
            Way::Token(to) | Way::Address(to) | Way::Last(to, _) | Way::Page(to, _) | Way::Offset(to, _) => Some(to),
        }
    }

    /// What it is called in messages.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.target().map_or(Cow::Borrowed("after"), name)
    }

    /// What it has to be in a JSON body.
    fn kind(&self) -> Kind {
        match self {
            Way::Page(..) | Way::Offset(..) => Kind::Number,
            Way::Last(_, naming) => naming.kind(),
            Way::One | Way::Token(_) | Way::Address(_) => Kind::Text,
        }
    }

    /// Whether answers give out tokens that say it.
    pub(crate) fn gives_tokens(&self) -> bool {
        matches!(self, Way::Token(_) | Way::Address(_))
    }

    /// What its tokens, or the values that stand for them, name a record by.
    pub(crate) fn naming(&self) -> Naming {
        if let Way::Last(_, naming) = self { *naming } else { Naming::Id }
    }

    /// What a request says: the token, or else how many pages or records come before.
    pub(crate) fn take(&self, sent: &mut Sent<'_>) -> Result<(Option<String>, u64), Answer> {
        let Some(to) = self.target() else { return Ok((None, 0)) };
        let value = sent.take_from(to, self.kind())?;
        let (first, code) = match self {
            Way::Page(_, first) => (*first, "invalid_page"),
            Way::Offset(_, first) => (*first, "invalid_offset"),
            _ => return Ok((value, 0)),
        };
        let Some(value) = value else { return Ok((None, 0)) };
        let number = value.parse::<i64>().ok().filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()));
        match number.and_then(|number| u64::try_from(number.checked_sub(first)?).ok()) {
            Some(before) => Ok((None, before)),
            None => {
                let name = name(to);
                let message = format!("{name} must be a number from {first} on, received: '{value}'");
                Err(Answer::invalid(&message, &name, code))
            }
        }
    }

    /// How many records come before a page, where so many pages or records do.
    pub(crate) fn records_before(&self, before: u64, size: usize) -> u64 {
        match self {
            Way::Page(..) => before.saturating_mul(size as u64),
            _ => before,
        }
    }

    /// How many pages or records come before a page, where so many records do.
    pub(crate) fn before_record(&self, records: u64, size: usize) -> u64 {
        match self {
            Way::Page(..) => records / (size as u64).max(1),
            _ => records,
        }
    }

    /// The value of the parameter for a page that so many pages or records come before.
    pub(crate) fn value(&self, before: u64) -> i64 {
        let first = if let Way::Page(_, first) | Way::Offset(_, first) = self { *first } else { 0 };
        i64::try_from(before).unwrap_or(i64::MAX).saturating_add(first)
    }
}

/// The name of a target.
pub(crate) fn name(target: &Target) -> Cow<'_, str> {
    match target {
        Target::Query(name) | Target::Header(name) => Cow::Borrowed(name),
        Target::Body(path) => Cow::Owned(path.join(".")),
    }
}

/// A name for the token that no other parameter of the resource has.
fn free_name(resource: &Resource, auth: &Auth) -> String {
    let incremental = resource.incremental.as_ref();
    let resume = incremental.and_then(|incremental| incremental.resume.as_ref()).map(|resume| &resume.to);
    let window = incremental.and_then(|incremental| incremental.window.as_ref());
    let ends = window.into_iter().flat_map(|window| window.to.iter().chain(&window.from));
    let size = resource.paging.as_ref().and_then(|paging| paging.size.as_ref()).map(|size| &size.to);
    let targets = ends.chain(resume).chain(size).map(name);
    let credential = parameters(auth).into_iter();
    let fixed = resource.query.iter().map(|param| param.name.as_str());
    let taken: Vec<Cow<'_, str>> = fixed.chain(credential).map(Cow::Borrowed).chain(targets).collect();
    let mut free = CURSOR.to_owned();
    while taken.iter().any(|name| *name == free) {
        free.insert_str(0, "page_");
    }
    free
}
