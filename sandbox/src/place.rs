//! From an expression over a response to what must stand in it, and where, so that the expression comes out right. It
//! must not know what else is in a response, nor how it is written.
//!
//! A value goes to the first place that the expression takes it from; conditions around it are made to hold.

use serde_json::Value;
use tapwright_spec::model::{Expr, Function, Segment};

use crate::eval::{Scope, eval};
use crate::simple::simple;

/// What changes from page to page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// The token of the next page.
    Token,
    /// That token in an address, for an expression to find it there.
    TokenInAddress,
    /// That token between two texts, for an expression to find it there.
    TokenWithin(String, String),
    /// The address of the next page.
    Next,
    /// The addresses of other pages, as RFC 8288 writes them.
    Link,
    /// So many times another.
    Times(Box<Part>, u64),
    /// The number of the page; of its last record, where records are counted.
    Number,
    /// That of the next one.
    Following,
    /// That of the page, or of the last when it is beyond.
    Reached,
    /// That of the last.
    Last,
    /// The address of the last page.
    LastAddress,
    /// Which records are on the page, as in RFC 9110's `Content-Range`.
    Range,
    /// One value while there is a next page, another on the last.
    Either(Value, Value),
}

impl Part {
    /// Whether it leads to the next page.
    pub(crate) fn leads_on(&self) -> bool {
        matches!(self, Part::Token | Part::TokenInAddress | Part::TokenWithin(..) | Part::Next | Part::Link)
    }
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Spot<'e> {
    Body(&'e [Segment]),
    Header(&'e str),
}

/// Something that stands somewhere; as text when the expression reads a number from it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed<'e> {
    pub(crate) spot: Spot<'e>,
    pub(crate) part: Part,
    pub(crate) as_text: bool,
}

/// Finds the places.
pub(crate) struct Placer<'e, 's> {
    settings: &'s [(String, Value)],
    /// Whether something may stand in the body there.
    free: &'s dyn Fn(&[Segment]) -> bool,
    placed: Vec<Placed<'e>>,
}

impl<'e, 's> Placer<'e, 's> {
    /// One that places nothing in the body where it is not free.
    pub(crate) fn new(settings: &'s [(String, Value)], free: &'s dyn Fn(&[Segment]) -> bool) -> Placer<'e, 's> {
        Placer { settings, free, placed: Vec::new() }
    }

    /// What has been placed.
    pub(crate) fn placed(self) -> Vec<Placed<'e>> {
        self.placed
    }

    /// Places what stands there whatever any expression says.
    pub(crate) fn put(&mut self, spot: Spot<'e>, part: Part, as_text: bool) -> bool {
        let part = match spot {
            Spot::Body(path) if !(self.free)(path) => return false,
            // What these headers hold is agreed on, whatever a spec looks for in them.
            // A token that is looked for in its midst stands there as that API writes it.
            Spot::Header(_) if matches!(part, Part::TokenWithin(..)) => part,
            Spot::Header(name) if name.eq_ignore_ascii_case("link") => Part::Link,
            Spot::Header(name) if name.eq_ignore_ascii_case("content-range") => Part::Range,
            _ => part,
        };
        // What was placed first stays: it is what the expression of more weight asks for.
        if !self.placed.iter().any(|known| known.spot == spot) {
            self.placed.push(Placed { spot, part, as_text });
        }
        true
    }

    /// Places the value of an expression. Whether there is a place for it.
    pub(crate) fn value(&mut self, expr: &'e Expr, part: &Part, as_text: bool) -> bool {
        match expr {
            Expr::Path(path) => self.put(Spot::Body(path), part.clone(), as_text),
            Expr::Header(name) => self.put(Spot::Header(name), part.clone(), as_text),
            Expr::FirstOf(all) | Expr::Concat(all) => all.iter().any(|one| self.value(one, part, as_text)),
            Expr::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                // What names the next page may be hidden on the last; a number may not.
                let ends = !matches!(part, Part::Token | Part::TokenInAddress | Part::TokenWithin(..) | Part::Next);
                let (placed, wanted) = match self.value(yes, part, as_text) {
                    true => (true, (true, ends)),
                    false => (self.value(no, part, as_text), (false, !ends)),
                };
                if placed {
                    self.truth(condition, wanted);
                }
                placed
            }
            Expr::Call(Function::Integer | Function::Number, args) => self.first(args, part, true),
            Expr::Call(Function::Text | Function::First, args) => self.first(args, part, false),
            Expr::Call(Function::Capture, args) => {
                let part = match part {
                    Part::Token => &within(args.get(1)).unwrap_or(Part::TokenInAddress),
                    Part::Last => &Part::LastAddress,
                    other => other,
                };
                self.first(args, part, false)
            }
            Expr::Let(..) => self.value(simple(expr), part, as_text),
            // As many records as make so many pages.
            Expr::Call(Function::Divide, args) => match (args.as_slice(), args.get(1).and_then(|by| self.constant(by)))
            {
                ([records, _], Some(by)) if by.as_u64().is_some_and(|by| by > 0) => {
                    let part = Part::Times(Box::new(part.clone()), by.as_u64().unwrap_or(1));
                    self.value(records, &part, as_text)
                }
                _ => false,
            },
            Expr::Call(
                Function::StripPrefix
                | Function::StripSuffix
                | Function::Slice
                | Function::Round
                | Function::Floor
                | Function::Ceil
                | Function::Abs,
                args,
            ) => self.first(args, part, as_text),
            Expr::Call(Function::Trim | Function::Lower | Function::Upper | Function::Replace, args) => {
                self.first(args, part, as_text)
            }
            _ => false,
        }
    }

    fn first(&mut self, args: &'e [Expr], part: &Part, as_text: bool) -> bool {
        args.first().is_some_and(|one| self.value(one, part, as_text))
    }

    /// The value of an expression that is the same for every response.
    pub(crate) fn constant(&self, expr: &Expr) -> Option<Value> {
        (!depends(expr)).then(|| eval(expr, Scope::new(&Value::Null, self.settings)))
    }
}

/// Whether an expression reads the response.
fn depends(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Header(_) => true,
        Expr::FirstOf(all) | Expr::Concat(all) | Expr::Call(_, all) => all.iter().any(depends),
        Expr::If(parts) => parts.iter().any(depends),
        Expr::Null | Expr::Bool(_) | Expr::Integer(_) | Expr::Number(_) | Expr::Text(_) | Expr::Setting(_) => false,
        Expr::Given { .. } | Expr::Window(_) | Expr::Above(_) | Expr::EntryKey | Expr::Local(..) => false,
        Expr::Let(_, parts) | Expr::Over(_, _, parts) => parts.iter().any(depends),
        Expr::Items(array) => depends(array),
    }
}

/// Where a pattern looks for a token, if all around its group is plain text, and no part of an address.
fn within(pattern: Option<&Expr>) -> Option<Part> {
    let Some(Expr::Text(pattern)) = pattern else { return None };
    let (mut before, mut behind, mut depth) = (String::new(), String::new(), 0);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let around = if depth == 0 { &mut before } else { &mut behind };
        match (depth, c) {
            (1, '\\') => drop(chars.next()),
            (1, '(') => return None,
            (0, '(') | (1, ')') => depth += 1,
            (1, _) => {}
            (_, '\\') => around.push(chars.next().filter(|c| !c.is_alphanumeric())?),
            (_, '.' | '*' | '+' | '?' | '[' | ']' | '{' | '}' | '|' | '^' | '$' | '(' | ')') => return None,
            (_, c) => around.push(c),
        }
    }
    let is_parameter = before.trim_start_matches(['?', '&']).trim_end_matches('=').chars().all(char::is_alphanumeric);
    (depth == 2 && !is_parameter).then_some(Part::TokenWithin(before, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_where_its_pattern_looks_for_it() {
        let within = |pattern: &str| within(Some(&Expr::Text(pattern.to_owned())));
        let part = |before: &str, behind: &str| Some(Part::TokenWithin(before.to_owned(), behind.to_owned()));
        assert_eq!(within("rel=\"next\"; cursor=\"([^\"]+)\""), part("rel=\"next\"; cursor=\"", "\""));
        assert_eq!(within("a\\.b=(x(?:y)+)"), None);
        assert_eq!(within("page\\[after\\]=([^&]+)&"), part("page[after]=", "&"));
        for address in ["cursor=([^&]+)", "[?&]after=(.+)$", "(.*)", "none"] {
            assert_eq!(within(address), None, "{address}");
        }
    }
}
