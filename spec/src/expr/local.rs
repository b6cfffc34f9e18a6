//! Names of an expression's own: those of `let`, and those that functions give to the items of a list.

use std::ops::Range;

use crate::Code;
use crate::model::{Expr, Json, Over, Segment};

use super::ast::{Ast, AstKind, Step};
use super::check::{Checker, Typed};
use super::example::{self, Found};
use super::functions::Signature;
use super::path::{is_plain_path, segments};
use super::ty::{Null, Ty};

/// A name that is known in a part of an expression.
pub(super) struct Local {
    name: String,
    value: Typed,
    used: bool,
}

/// So many functions of items stand inside one another at most: each multiplies what is to be done.
const MOST_INSIDE: usize = 3;

/// What a name of an expression's own cannot be.
const TAKEN: &[&str] = &[
    "and", "or", "not", "in", "matches", "if", "then", "else", "true", "false", "null", "let", "config", "last",
    "headers",
];

impl Checker<'_, '_> {
    /// `let a = …, b = … in …`.
    pub(super) fn bindings(&mut self, ast: &Ast, names: &[(String, Range<usize>)], parts: &[Ast]) -> Option<Typed> {
        let (body, values) = parts.split_last()?;
        let outer = self.locals.len();
        let mut known = Vec::new();
        for ((name, range), value) in names.iter().zip(values) {
            let free = self.is_free(name, range);
            let value = self.typed(value);
            match value {
                Some(value) if free => {
                    known.push((name, range, value.clone()));
                    self.locals.push(Local { name: name.clone(), value, used: false });
                }
                // The body may speak of it; what it would be is not known.
                _ => {
                    self.locals.truncate(outer);
                    return None;
                }
            }
        }
        let typed = self.typed(body);
        let used: Vec<bool> = self.locals.drain(outer..).map(|local| local.used).collect();
        let mut typed = typed?;
        for ((name, range, value), used) in known.into_iter().zip(used).rev() {
            if !used {
                self.unused(name, range, "nothing behind `in` speaks of it");
            }
            let expr = match value.expr {
                // It is written out where it is used.
                Expr::Path(_) | Expr::Local(..) => typed.expr.clone(),
                ref expr => Expr::Let(name.clone(), Box::new([expr.clone(), typed.expr.clone()])),
            };
            let samples = std::mem::take(&mut typed.samples);
            let (ty, null) = (typed.ty.clone(), typed.null);
            let constant = typed.constant;
            let of_both = [value, typed];
            typed = Typed { constant, ..Typed::made_of(&of_both, expr, ty, null, &ast.range) }.like(samples);
        }
        Some(typed)
    }

    /// Whether a name can be one of an expression's own; if not, the ledger knows.
    fn is_free(&mut self, name: &str, range: &Range<usize>) -> bool {
        let above = self.scope.given.iter().any(|given| given.name == name);
        let label = if self.locals.iter().any(|local| local.name == name) {
            "this name stands for something else here"
        } else if TAKEN.contains(&name) || above {
            "this name is kept for something else"
        } else {
            return true;
        };
        let diagnostic = self.error(Code::NAME_TAKEN, &format!("`{name}` has a meaning already"), range, label);
        self.ledger.push(diagnostic.help("give it another name"));
        false
    }

    fn unused(&mut self, name: &str, range: &Range<usize>, label: &str) {
        let mut diagnostic = self.error(Code::UNUSED_NAME, &format!("nothing uses `{name}`"), range, label);
        diagnostic.severity = crate::Severity::Warning;
        self.ledger.push(diagnostic.help("take it out, or use it"));
    }

    /// A path that begins at a name of the expression's own. `None` when there is none of that name.
    pub(super) fn local(&mut self, ast: &Ast, steps: &[Step]) -> Option<Option<Typed>> {
        let (first, rest) = steps.split_first()?;
        let place = self.locals.iter().rposition(|local| first.is_name(&local.name))?;
        let local = self.locals.get_mut(place)?;
        local.used = true;
        let value = local.value.clone();
        Some(self.of_local(ast, steps, rest, &value))
    }

    fn of_local(&mut self, ast: &Ast, steps: &[Step], rest: &[Step], value: &Typed) -> Option<Typed> {
        let name = self.text(&steps.first()?.range);
        let path = segments(rest);
        let expr = match &value.expr {
            Expr::Path(root) if root.contains(&Segment::Each) && !path.is_empty() => return self.no_step(rest, value),
            Expr::Path(root) => Expr::Path([root.as_slice(), &path].concat()),
            Expr::Local(name, root) => Expr::Local(name.clone(), [root.as_slice(), &path].concat()),
            _ => Expr::Local(name, path.clone()),
        };
        let typed = Typed { expr, part: ast.range.clone(), ..value.clone() };
        if path.is_empty() {
            return Some(typed);
        }
        if !matches!(value.ty, Ty::Any | Ty::Object | Ty::Array) {
            return self.no_step(rest, value);
        }
        let below_each = path.contains(&Segment::Each);
        let unknown = if below_each { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
        if value.samples.is_empty() {
            return Some(Typed { ty: unknown, null: Null::Unknown, ..typed });
        }
        match example::follow_all(&value.samples, &path) {
            Found::Values(values) => {
                let (ty, null) = example::type_of_all(&values, below_each);
                let samples = values.into_iter().cloned().collect();
                Some(Typed { ty, null, samples, ..typed })
            }
            Found::Unknown => {
                let null = if below_each { Null::Unknown } else { Null::Sometimes };
                Some(Typed { ty: unknown, null, samples: Vec::new(), ..typed })
            }
            Found::Missing(index, keys) => {
                let example = self.scope.roots.example();
                self.missing_key(rest.get(index)?, ast, &keys, example, false);
                None
            }
            Found::NoObject(index, ty) | Found::NoList(index, ty) => {
                let step = rest.get(index)?;
                let title = format!("`{}` goes on behind {ty}", self.text(&ast.range));
                let diagnostic = self.error(
                    Code::UNKNOWN_PATH,
                    &title,
                    &step.range,
                    format!("{ty} in the example has no such part"),
                );
                self.ledger.push(diagnostic);
                None
            }
        }
    }

    fn no_step(&mut self, rest: &[Step], value: &Typed) -> Option<Typed> {
        let range = &rest.first()?.range;
        let title = format!("{} has no keys", value.ty);
        let diagnostic = self.error(Code::OPERAND_TYPE, &title, range, "nothing is below it");
        self.ledger.push(diagnostic);
        None
    }

    /// `map(list, item => body)` and its like.
    pub(super) fn over(&mut self, ast: &Ast, signature: &Signature, over: Over, arguments: &[Ast]) -> Option<Typed> {
        let [list, lambda] = arguments else { return None };
        let list = self.typed(list);
        let AstKind::Lambda { name, name_range, body } = &lambda.kind else {
            let title = format!("`{}` takes `item => …`", signature.name);
            let diagnostic = self
                .error(Code::OPERAND_TYPE, &title, &lambda.range, "this is no function of an item")
                .help(format!("name the items and say what is wanted of one: `{}`", signature.example()));
            self.ledger.push(diagnostic);
            return None;
        };
        let list = list.and_then(|list| self.items(&format!("`{}`", signature.name), &list, true));
        let free = self.is_free(name, name_range);
        let list = list.filter(|_| free)?;
        if self.locals.iter().filter(|local| local.is_item()).count() >= MOST_INSIDE {
            let title = format!("more than {MOST_INSIDE} functions of items inside one another");
            let diagnostic = self.error(Code::EXPRESSION_SYNTAX, &title, &lambda.range, "this one is too deep");
            self.ledger.push(diagnostic);
            return None;
        }
        let item = self.item_of(&list);
        let item = Typed { expr: Expr::Items(Box::new(Expr::Null)), ..item };
        let value = Typed { part: name_range.clone(), ..item.clone() };
        self.locals.push(Local { name: name.clone(), value, used: false });
        let body_typed = self.typed(body);
        let used = self.locals.pop().is_some_and(|local| local.used);
        let body = body_typed?;
        if !used {
            self.unused(name, name_range, "each item is treated the same");
        }
        if over == Over::Map {
            if let Ty::List(_) | Ty::Duration = body.ty {
                return self.refuse("an item of `map`", "a value", &body).and(None);
            }
        } else {
            self.wants_boolean(&format!("`{}`", signature.name), &body)?;
        }
        let (ty, null, samples) = match over {
            Over::Map => (Ty::List(Box::new(body.ty.clone())), Null::Never, body.samples.clone()),
            Over::Filter => (Ty::List(Box::new(item.ty)), Null::Never, item.samples),
            Over::Find => (item.ty, Null::Sometimes, item.samples),
            Over::Any | Over::All => (Ty::Boolean, Null::Never, Vec::new()),
        };
        let expr = Expr::Over(over, name.clone(), Box::new([list.expr.clone(), body.expr.clone()]));
        let constant = list.constant;
        let operands = [list, body];
        Some(Typed { constant, ..Typed::made_of(&operands, expr, ty, null, &ast.range) }.like(samples))
    }

    /// An item of a list.
    pub(super) fn item_of(&self, list: &Typed) -> Typed {
        let samples: Vec<Json> = match &list.ty {
            Ty::List(_) => list.samples.clone(),
            _ => Vec::new(),
        };
        let known: Vec<&Json> = samples.iter().collect();
        let (seen, null) = example::type_of_all(&known, false);
        let ty = match &list.ty {
            Ty::List(item) if **item != Ty::Any => (**item).clone(),
            _ => seen,
        };
        let null = if known.is_empty() || known.iter().any(|json| **json != Json::Null) { Null::Unknown } else { null };
        Typed { ty, null, samples, ..list.clone() }
    }

    /// A list, of what is one: a path with `[]`, what a function gives, or, where `plain` says so, a path to an array. Items
    /// that are no single values are read as wholes.
    pub(super) fn items(&mut self, who: &str, operand: &Typed, plain: bool) -> Option<Typed> {
        let whole = |expr: Expr| Expr::Items(Box::new(expr));
        match &operand.ty {
            Ty::List(item) => {
                let known_single = item.is_scalar() && (**item != Ty::Any || !plain) || **item == Ty::Moment;
                let Expr::Path(path) = &operand.expr else { return Some(operand.clone()) };
                let at = path.iter().position(|step| *step == Segment::Each).filter(|_| !known_single);
                let Some(at) = at else { return Some(operand.clone()) };
                let (array, rest) = (path.get(..at).unwrap_or_default(), path.get(at + 1..).unwrap_or_default());
                let array = whole(Expr::Path(array.to_vec()));
                let expr = match rest {
                    [] => array,
                    rest => Expr::Over(
                        Over::Map,
                        String::new(),
                        Box::new([array, Expr::Local(String::new(), rest.to_vec())]),
                    ),
                };
                Some(Typed { expr, ..operand.clone() })
            }
            Ty::Array if plain => {
                let samples: Vec<Json> = operand.samples.iter().flat_map(array_items).cloned().collect();
                let known: Vec<&Json> = samples.iter().collect();
                let (item, _) = example::type_of_all(&known, false);
                let (expr, ty) = (whole(operand.expr.clone()), Ty::List(Box::new(item)));
                Some(Typed { expr, ty, null: Null::Never, samples, ..operand.clone() })
            }
            Ty::Any if plain && is_plain_path(&operand.expr) => {
                let (expr, ty) = (whole(operand.expr.clone()), Ty::List(Box::new(Ty::Any)));
                Some(Typed { expr, ty, null: Null::Never, samples: Vec::new(), ..operand.clone() })
            }
            Ty::Any if !plain && !is_plain_path(&operand.expr) => Some(operand.clone()),
            _ => self.refuse(who, "a list", operand).and(None),
        }
    }
}

impl Local {
    /// Whether it is the name of an item: what it is of is in no expression of its own.
    fn is_item(&self) -> bool {
        matches!(self.value.expr, Expr::Items(_))
    }
}

fn array_items(json: &Json) -> &[Json] {
    if let Json::Array(items) = json { items } else { &[] }
}
