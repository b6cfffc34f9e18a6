//! The paths of expressions: which there are, and which keys they lead through. It must not know what is found there.

use tapwright_spec::model::{Expr, Segment};

use crate::dice::hash;

/// The expressions that stand for each other in `a ?? b`; the expression itself when it is no such chain.
pub(crate) fn alternatives(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::FirstOf(all) => all.iter().flat_map(alternatives).collect(),
        other => vec![other],
    }
}

/// The path that an expression is.
pub(crate) fn as_path(expr: &Expr) -> Option<&Vec<Segment>> {
    if let Expr::Path(path) = expr { Some(path) } else { None }
}

/// Calls `found` with every path of an expression, in the order written.
pub(crate) fn each_path<'a>(expr: &'a Expr, found: &mut dyn FnMut(&'a [Segment])) {
    match expr {
        Expr::Path(path) => found(path),
        Expr::FirstOf(all) | Expr::Concat(all) | Expr::Call(_, all) => all.iter().for_each(|one| each_path(one, found)),
        Expr::If(parts) => parts.iter().for_each(|one| each_path(one, found)),
        Expr::Let(_, parts) | Expr::Over(_, _, parts) => parts.iter().for_each(|one| each_path(one, found)),
        Expr::Items(array) => each_path(array, found),
        Expr::Null
        | Expr::Bool(_)
        | Expr::Integer(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Header(_)
        | Expr::Given { .. }
        | Expr::Above(_)
        | Expr::EntryKey
        | Expr::Window(_)
        | Expr::Local(..)
        | Expr::Setting(_) => {}
    }
}

/// The first path of an expression.
pub(crate) fn first_path(expr: &Expr) -> Option<&[Segment]> {
    let mut first = None;
    each_path(expr, &mut |path| {
        first.get_or_insert(path);
    });
    first
}

/// The last key of a path.
pub(crate) fn last_key(path: &[Segment]) -> Option<&str> {
    path.iter().rev().find_map(|segment| if let Segment::Key(key) = segment { Some(key.as_str()) } else { None })
}

/// A number that stands for a path.
pub(crate) fn name_of(path: &[Segment]) -> u64 {
    path.iter().fold(17, |sum: u64, segment| {
        let next = if let Segment::Key(key) = segment { hash(key.as_bytes()) } else { 1 };
        sum.wrapping_mul(31).wrapping_add(next)
    })
}

/// The keys of a path that leads through no array.
pub(crate) fn keys(path: &[Segment]) -> Option<Vec<&str>> {
    path.iter().map(|segment| if let Segment::Key(key) = segment { Some(key.as_str()) } else { None }).collect()
}
