//! The path of a resource's requests: which paths are its own, segment by segment, and what of a path is its parent's. A
//! value is one segment, or a part of one, whatever it holds. It must not know what the values are.

use std::borrow::Cow;
use std::cmp::Ordering;

use tapwright_spec::model::{Expr, Resource, each_given};

use crate::eval::{Scope, eval_text};
use crate::sent::unescape;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// This text.
    Text(String),
    /// What an expression of the parent's columns gives; with the text that it begins and ends with.
    Hole { value: Expr, begins: String, ends: String },
}

/// The path of a resource.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Route {
    parts: Vec<Part>,
    /// As it is written for a reader.
    pub(crate) shown: String,
}

impl Route {
    /// The path of a resource.
    pub(crate) fn of(resource: &Resource, scope: Scope<'_>) -> Route {
        let pieces = match &resource.path {
            Expr::Concat(pieces) => pieces.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut route = Route { parts: Vec::new(), shown: String::new() };
        let mut segment: Vec<Expr> = Vec::new();
        for piece in pieces {
            match piece {
                Expr::Text(text) => {
                    route.shown.push_str(text);
                    for (place, text) in text.split('/').enumerate() {
                        if place > 0 {
                            route.parts.push(Part::of(std::mem::take(&mut segment)));
                        }
                        if !text.is_empty() {
                            segment.push(Expr::Text(unescape(text, false).into_owned()));
                        }
                    }
                }
                Expr::Given { name, column } => {
                    let column = column.iter().map(|column| format!(".{column}")).collect::<String>();
                    route.shown.push_str(&format!("{{{name}{column}}}"));
                    segment.push(piece.clone());
                }
                other if names_parent(other) => {
                    let mut names = Vec::new();
                    each_given(other, &mut |name, _| names.push(name));
                    route.shown.push_str(&format!("{{{}}}", names.first().copied().unwrap_or_default()));
                    segment.push(piece.clone());
                }
                other => {
                    let text = eval_text(other, scope);
                    route.shown.push_str(&text);
                    segment.push(Expr::Text(text));
                }
            }
        }
        route.parts.push(Part::of(segment));
        route
    }

    /// Whether it is asked for just as it is shown.
    pub(crate) fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(_))) && self.fits(&segments(&self.shown))
    }

    /// Whether a path is one of the resource's.
    pub(crate) fn fits(&self, path: &[Cow<'_, str>]) -> bool {
        let fits = |(part, segment): (&Part, &Cow<'_, str>)| match part {
            Part::Text(text) => segment == text,
            Part::Hole { begins, ends, .. } => {
                segment.strip_prefix(begins.as_str()).is_some_and(|rest| rest.ends_with(ends.as_str()))
            }
        };
        self.parts.len() == path.len() && self.parts.iter().zip(path).all(fits)
    }

    /// Which of two paths says more of itself: the one that has text where the other has a value, from the left.
    pub(crate) fn more_literal(&self, other: &Route) -> Ordering {
        let rank = |part: &Part| match part {
            Part::Text(_) => 0,
            Part::Hole { begins, ends, .. } if !begins.is_empty() || !ends.is_empty() => 1,
            Part::Hole { .. } => 2,
        };
        self.parts.iter().map(rank).cmp(other.parts.iter().map(rank))
    }

    /// The segments that are the parent's, with what they are.
    pub(crate) fn holes(&self) -> impl Iterator<Item = (usize, &Expr)> {
        self.parts.iter().enumerate().filter_map(|(place, part)| match part {
            Part::Text(_) => None,
            Part::Hole { value, .. } => Some((place, value)),
        })
    }
}

impl Part {
    fn of(mut pieces: Vec<Expr>) -> Part {
        let text = |piece: Option<&Expr>| if let Some(Expr::Text(text)) = piece { text.clone() } else { String::new() };
        if !pieces.iter().any(names_parent) {
            return Part::Text(pieces.iter().map(|piece| text(Some(piece))).collect());
        }
        let (begins, ends) = (text(pieces.first()), text(pieces.last()));
        let value = if pieces.len() > 1 { Expr::Concat(pieces) } else { pieces.pop().unwrap_or(Expr::Null) };
        Part::Hole { value, begins, ends }
    }
}

/// Whether an expression reads what the list is asked for.
pub(crate) fn names_parent(expr: &Expr) -> bool {
    let mut names = false;
    each_given(expr, &mut |_, _| names = true);
    names
}

/// The segments of a path, decoded.
pub(crate) fn segments(path: &str) -> Vec<Cow<'_, str>> {
    path.split('/').map(|segment| unescape(segment, false)).collect()
}
