//! What an expression reads of a record, where names of its own lead to items of lists, and which moments it reads there. It
//! must not know what the places are for otherwise.

use tapwright_spec::model::{Expr, Function, Over, Segment};

use crate::format::Format;
use crate::functions::format_of;

/// A place that an expression reads, and how the moment is written that it reads there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Read {
    pub(crate) path: Vec<Segment>,
    pub(crate) moment: Option<Format>,
}

/// The names that an expression gives, and the places of the record that they stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<(String, Option<Vec<Segment>>)>);

impl Names {
    /// Calls `then` with a name that stands for what an expression leads to.
    pub(crate) fn with<T>(&mut self, name: &str, of: &Expr, then: impl FnOnce(&mut Names) -> T) -> T {
        let place = self.place(of);
        self.0.push((name.to_owned(), place));
        let given = then(self);
        self.0.pop();
        given
    }

    /// The place of the record that an expression leads to; that of its items, where it is a list.
    pub(crate) fn place(&mut self, expr: &Expr) -> Option<Vec<Segment>> {
        match expr {
            Expr::Path(path) => Some(path.clone()),
            Expr::Local(name, rest) => {
                let (_, place) = self.0.iter().rev().find(|(known, _)| known == name)?;
                Some([place.as_deref()?, rest].concat())
            }
            Expr::Items(array) => {
                let mut place = self.place(array)?;
                place.push(Segment::Each);
                Some(place)
            }
            Expr::FirstOf(all) => self.place(all.first()?),
            Expr::Over(Over::Filter | Over::Find, _, parts) => self.place(first_of(parts)),
            Expr::Over(Over::Map, name, parts) => {
                self.with(name, first_of(parts), |names| names.place(second_of(parts)))
            }
            Expr::Call(
                Function::First
                | Function::Last
                | Function::At
                | Function::Min
                | Function::Max
                | Function::Sort
                | Function::Distinct,
                args,
            ) => self.place(args.first()?),
            _ => None,
        }
    }
}

/// Everything that an expression reads, in the order written.
pub(crate) fn reads(expr: &Expr) -> Vec<Read> {
    let mut all = Vec::new();
    gather(expr, &mut Names::default(), &mut all);
    all
}

fn gather(expr: &Expr, names: &mut Names, all: &mut Vec<Read>) {
    match expr {
        Expr::Path(_) | Expr::Local(..) => {
            all.extend(names.place(expr).map(|path| Read { path, moment: None }));
        }
        // Of an array as a whole nothing is read but what is read of its items.
        Expr::Items(_) => {}
        Expr::FirstOf(parts) | Expr::Concat(parts) => parts.iter().for_each(|part| gather(part, names, all)),
        Expr::If(parts) => parts.iter().for_each(|part| gather(part, names, all)),
        Expr::Let(name, parts) | Expr::Over(_, name, parts) => {
            gather(first_of(parts), names, all);
            names.with(name, first_of(parts), |names| gather(second_of(parts), names, all));
        }
        Expr::Call(Function::ParseTime, args) => match (args.first(), args.get(1)) {
            (Some(value), Some(Expr::Text(format))) if names.place(value).is_some() => {
                let moment = Some(Format::of(&format_of(format)));
                all.extend(names.place(value).map(|path| Read { path, moment }));
            }
            _ => args.iter().for_each(|one| gather(one, names, all)),
        },
        Expr::Call(_, args) => args.iter().for_each(|one| gather(one, names, all)),
        Expr::Null
        | Expr::Bool(_)
        | Expr::Integer(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Header(_)
        | Expr::Given { .. }
        | Expr::Window(_)
        | Expr::Above(_)
        | Expr::EntryKey
        | Expr::Setting(_) => {}
    }
}

/// The value of a `let`, or the list of a function of items.
pub(crate) fn first_of(parts: &[Expr; 2]) -> &Expr {
    let [first, _] = parts;
    first
}

/// What is made with it.
pub(crate) fn second_of(parts: &[Expr; 2]) -> &Expr {
    let [_, second] = parts;
    second
}
