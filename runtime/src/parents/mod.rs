//! What a resource is read once for each of: a walk over the rows of its parents, over values, and over their
//! combinations.
//!
//! Rows are read anew, page by page, and never all held. Where the walk is goes into the checkpoint with the slices that it
//! has led to, so that a sync can be taken up in the middle of any of them.

mod rows;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tapwright_plan::{Connector, Each, Resource};

use crate::Row;
use crate::checkpoint::Frontier;
use crate::decode::Found;
use crate::fetch::Fetcher;
use crate::reader::Broken;
use crate::settings::{SettingRef, Settings};
use rows::{Rows, RowsWalk};

/// What a list is read for: a row, a value, or a combination of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parent {
    /// What tells it from others.
    pub(crate) key: String,
    /// What the resource speaks of, in the plan's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<Json>,
}

/// Where a walk is, as a checkpoint keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Walk {
    /// Where it is in each of what it goes through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    each: Vec<EachWalk>,
    /// Of each but the last, those for which what comes behind it is still to be gone through; the first of them may have
    /// been in part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    open: Vec<VecDeque<Parent>>,
    /// How many it has met.
    #[serde(default)]
    pub(crate) met: u64,
    /// For how many of them the source said that they are gone.
    #[serde(default)]
    pub(crate) gone: u64,
    /// Whether everything is read anew, whatever the frontiers say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) full: bool,
    /// Whether some could not be read, so that not all children are known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) partial: bool,
}

/// Where a walk is in one of what it goes through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EachWalk {
    /// Values; whether they were given.
    Values(bool),
    Rows(Box<RowsWalk>),
}

impl Walk {
    /// One that has not begun.
    pub(crate) fn new(full: bool) -> Self {
        Walk { full, ..Walk::default() }
    }

    /// Up to which moment all changes of the parents were seen, where only those are read that have changed.
    pub(crate) fn reached(&self) -> Option<i64> {
        self.each.iter().find_map(|each| match each {
            EachWalk::Rows(rows) => rows.reached(),
            EachWalk::Values(_) => None,
        })
    }
}

/// A walk over what a resource is read for.
pub(crate) struct Parents {
    each: Vec<Going>,
    open: Vec<VecDeque<Parent>>,
    met: u64,
    full: bool,
    was_partial: bool,
}

/// One of what a walk goes through.
enum Going {
    Values { values: Vec<Parent>, begun: bool },
    Rows(Box<Rows>),
}

/// What a step of a walk comes to. Boxed, for a walk steps through the walks above it.
type Step<'w> = Pin<Box<dyn Future<Output = Result<Option<Vec<Parent>>, Broken>> + Send + 'w>>;

impl Parent {
    /// One that is told by `key`, with `values` at their places among all that the resource speaks of.
    fn new(key: String, count: usize, values: impl Iterator<Item = (usize, Json)>) -> Self {
        let mut all = vec![Json::Null; count];
        for (place, value) in values {
            if let Some(slot) = all.get_mut(place) {
                *slot = value;
            }
        }
        Parent { key, values: all }
    }

    /// The combination of this and another.
    fn with(&self, inner: &Parent) -> Parent {
        let part = |key: &str| key.replace('%', "%25").replace('/', "%2F");
        let values = self.values.iter().zip(&inner.values);
        let values = values.map(|(one, other)| if one.is_null() { other.clone() } else { one.clone() });
        // What is a combination already has its parts told apart.
        Parent { key: format!("{}/{}", self.key, part(&inner.key)), values: values.collect() }
    }

    /// As the first part of a combination.
    fn first(mut self) -> Parent {
        self.key = self.key.replace('%', "%25").replace('/', "%2F");
        self
    }

    /// What the resource speaks of, as expressions see it.
    pub(crate) fn found(&self) -> Vec<Found<'static>> {
        self.values.iter().map(found).collect()
    }
}

/// A value that a list is read for, as expressions see it.
fn found(value: &Json) -> Found<'static> {
    match value {
        Json::Bool(b) => Found::Bool(*b),
        Json::String(text) => Found::Text(text.clone().into()),
        Json::Number(number) => match number.as_i64() {
            Some(i) => Found::Integer(i),
            None => number.as_f64().map_or(Found::Null, Found::Number),
        },
        _ => Found::Null,
    }
}

/// A column of a row, as the expressions of what is read for it see it.
pub(crate) fn column(row: &Row<'_>, at: u16) -> Found<'static> {
    found(&rows::json(row, at))
}

impl Parents {
    /// A walk over what `child` is read for, from where `walk` is; where only changed rows are, over those since `since`.
    /// None when it is read for nothing.
    pub(crate) fn of(
        connector: &'static Connector,
        child: &'static Resource,
        fetcher: &Arc<Fetcher>,
        most_pages: u64,
        walk: Walk,
        since: Option<&Frontier>,
    ) -> Option<Self> {
        if child.for_each.is_empty() {
            return None;
        }
        let mut walks = walk.each.into_iter();
        let each = child.for_each.iter().enumerate().map(|(at, each)| {
            let places = given_of(child, at);
            let texts = |texts: Vec<&str>| {
                let value = |text: &str| {
                    let values = places.iter().map(|place| (*place, Json::from(text)));
                    Parent::new(text.to_owned(), child.given.len(), values)
                };
                texts.into_iter().map(value).collect()
            };
            match (each, walks.next()) {
                (Each::Values(values), walk) => {
                    Going::Values { values: texts(values.to_vec()), begun: walk == Some(EachWalk::Values(true)) }
                }
                (Each::Setting(at), walk) => Going::Values {
                    values: texts(of_setting(&fetcher.settings, *at)),
                    begun: walk == Some(EachWalk::Values(true)),
                },
                (Each::Rows { parents, changed }, walk) => {
                    let walk = if let Some(EachWalk::Rows(walk)) = walk { *walk } else { RowsWalk::default() };
                    let since = since.filter(|_| *changed).cloned();
                    let of =
                        rows::Of { connector, parents, changed: *changed, places, count: child.given.len(), since };
                    Going::Rows(Box::new(Rows::new(of, fetcher, most_pages, walk)))
                }
            }
        });
        let each: Vec<Going> = each.collect();
        let mut open = walk.open;
        open.resize(each.len().saturating_sub(1), VecDeque::new());
        Some(Parents { each, open, met: walk.met, full: walk.full, was_partial: walk.partial })
    }

    /// Where it is: behind what it has given.
    pub(crate) fn walk(&self) -> Walk {
        let each = |each: &Going| match each {
            Going::Values { begun, .. } => EachWalk::Values(*begun),
            Going::Rows(rows) => EachWalk::Rows(Box::new(rows.walk())),
        };
        Walk {
            each: self.each.iter().map(each).collect(),
            open: self.open.clone(),
            met: self.met,
            gone: 0,
            full: self.full,
            partial: !self.is_whole(),
        }
    }

    /// Whether all was seen that the source has.
    pub(crate) fn is_whole(&self) -> bool {
        let whole = |each: &Going| if let Going::Rows(rows) = each { rows.is_whole() } else { true };
        !self.was_partial && self.each.iter().all(whole)
    }

    /// What a person should know of how it was read.
    pub(crate) fn take_notes(&mut self) -> Vec<String> {
        let rows = self.each.iter_mut().filter_map(|each| if let Going::Rows(rows) = each { Some(rows) } else { None });
        rows.flat_map(|rows| rows.take_notes()).collect()
    }

    /// The next of what the resource is read for: of a page, or more; none when there are no more.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Parent>>, Broken> {
        let found = self.of_first(self.each.len()).await?;
        self.met += found.as_ref().map_or(0, |found| found.len() as u64);
        Ok(found)
    }

    /// The next combinations of the first `count` of what there is.
    fn of_first(&mut self, count: usize) -> Step<'_> {
        Box::pin(async move {
            let Some(last) = count.checked_sub(1) else { return Ok(None) };
            if last == 0 {
                let found = self.going(0).await?;
                let several = self.each.len() > 1;
                return Ok(
                    found.map(|all| all.into_iter().map(|one| if several { one.first() } else { one }).collect())
                );
            }
            if let Some(Going::Values { values, .. }) = self.each.get(last) {
                let values = values.clone();
                let combined = |one: Parent| values.iter().map(move |value| one.with(value)).collect::<Vec<_>>();
                return Ok(self.of_first(last).await?.map(|all| all.into_iter().flat_map(combined).collect()));
            }
            loop {
                let waiting = |parents: &Self| parents.open.get(last - 1).and_then(VecDeque::front).cloned();
                let Some(outer) = waiting(self) else {
                    let Some(more) = self.of_first(last).await? else { return Ok(None) };
                    self.open.iter_mut().skip(last - 1).take(1).for_each(|open| open.extend(more.iter().cloned()));
                    continue;
                };
                if let Some(found) = self.going(last).await? {
                    return Ok(Some(found.iter().map(|inner| outer.with(inner)).collect()));
                }
                // All is gone through for this one; for the next it is gone through anew.
                self.open.iter_mut().skip(last - 1).take(1).for_each(|open| drop(open.pop_front()));
                if let Some(Going::Rows(rows)) = self.each.get_mut(last) {
                    rows.rewind();
                }
            }
        })
    }

    /// The next of one of what there is.
    async fn going(&mut self, at: usize) -> Result<Option<Vec<Parent>>, Broken> {
        match self.each.get_mut(at) {
            None => Ok(None),
            Some(Going::Values { begun: true, .. }) => Ok(None),
            Some(Going::Values { values, begun }) => {
                *begun = true;
                Ok(Some(values.clone()))
            }
            Some(Going::Rows(rows)) => rows.next().await,
        }
    }
}

/// The places, among all that a resource speaks of, of what comes from one of what it is read for.
fn given_of(child: &Resource, at: usize) -> Vec<usize> {
    let is_of = |(_, of): &(usize, &u16)| usize::from(**of) == at;
    child.given.iter().enumerate().filter(is_of).map(|(place, _)| place).collect()
}

fn of_setting(settings: &Settings, at: u16) -> Vec<&str> {
    match settings.get(at) {
        SettingRef::List(texts) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
