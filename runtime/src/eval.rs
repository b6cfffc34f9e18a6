//! Expressions, executed. Total: whatever the operands are, there is a value or null, never a panic.
//!
//! The spec was type-checked, so an operand of the wrong type means a payload that is not as declared; it
//! counts as null here, and the column it ends in decides whether that is a fault.

mod list;
mod local;
mod number;
mod text;
mod time;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;
use tapwright_plan::{Bound, Expr, Function};

use crate::decode::scalar;
use crate::decode::{Found, Slots};
use crate::settings::{SettingRef, Settings, matches_glob};

pub(crate) use local::Locals;

/// What an expression may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'de> {
    pub(crate) slots: &'s Slots<'de>,
    pub(crate) settings: &'s Settings,
    pub(crate) patterns: &'s Patterns,
    /// What the list is asked for.
    pub(crate) made: &'s MadeFor,
    /// The expression's own names; none outside of one.
    pub(crate) locals: Locals<'s, 'de>,
}

/// What a list is asked for: the rows or values that it is read for, and the window of time.
#[derive(Clone, Debug)]
pub(crate) struct MadeFor {
    /// What the plan speaks of, in its order.
    pub(crate) given: Vec<Found<'static>>,
    /// The ends of the window, as it writes them; null where there is none.
    pub(crate) start: Found<'static>,
    pub(crate) end: Found<'static>,
}

impl MadeFor {
    /// All there is, as for a list that is only read once.
    pub(crate) const ALL: MadeFor = MadeFor { given: Vec::new(), start: Found::Null, end: Found::Null };
}

/// The regular expressions of a plan, compiled once.
#[derive(Debug, Default)]
pub(crate) struct Patterns(Vec<Pattern>);

/// A regular expression, and what it captured in the texts it met first. What an API sends is mostly one of a few
/// texts (the name of an event, a state), and looking one up takes a twentieth of the time of a search.
#[derive(Debug)]
struct Pattern {
    text: &'static str,
    regex: Regex,
    met: RwLock<HashMap<String, Option<Range<usize>>>>,
}

/// So many texts of a pattern are remembered, none of them longer than that.
const REMEMBERED: (usize, usize) = (256, 128);

impl Pattern {
    /// Where the first group of the first match lies.
    fn capture(&self, text: &str) -> Option<Range<usize>> {
        let (most, longest) = REMEMBERED;
        if text.len() > longest {
            return self.search(text);
        }
        let met = self.met.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(range) = met.get(text) {
            return range.clone();
        }
        let full = met.len() >= most;
        drop(met);
        let range = self.search(text);
        if !full {
            self.met.write().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned(), range.clone());
        }
        range
    }

    fn search(&self, text: &str) -> Option<Range<usize>> {
        Some(self.regex.captures(text)?.get(1)?.range())
    }
}

impl Patterns {
    /// Compiles what `expr` will need.
    pub(crate) fn add(&mut self, expr: &'static Expr) {
        match expr {
            Expr::FirstOf(parts) | Expr::Concat(parts) => parts.iter().for_each(|part| self.add(part)),
            Expr::If(parts) => parts.iter().for_each(|part| self.add(part)),
            Expr::Let(parts) | Expr::Over(_, parts) => parts.iter().for_each(|part| self.add(part)),
            Expr::Items(array) => self.add(array),
            Expr::Call(function, operands) => {
                if let (Function::Capture, [_, Expr::Text(pattern)]) = (function, operands) {
                    // The checker compiled it before; one that fails all the same captures nothing.
                    if let (None, Ok(regex)) = (self.get(pattern), Regex::new(pattern)) {
                        self.0.push(Pattern { text: pattern, regex, met: RwLock::default() });
                    }
                }
                operands.iter().for_each(|operand| self.add(operand));
            }
            _ => {}
        }
    }

    fn get(&self, text: &str) -> Option<&Pattern> {
        self.0.iter().find(|pattern| pattern.text == text)
    }
}

/// The longest text that an expression makes of others, in bytes; a longer one is null. Names can double a text again and
/// again, and no page is so long.
const LONGEST: usize = 64 << 20;

/// The value of `expr`.
pub(crate) fn eval<'de>(expr: &'static Expr, scope: Scope<'_, 'de>) -> Found<'de> {
    match expr {
        Expr::Null => Found::Null,
        Expr::Bool(b) => Found::Bool(*b),
        Expr::Integer(i) => Found::Integer(*i),
        Expr::Number(n) => Found::Number(*n),
        Expr::Text(text) => Found::Text(Cow::Borrowed(text)),
        Expr::Slot(slot) => scope.slots.get(*slot).clone(),
        Expr::Setting(at) => match scope.settings.get(*at) {
            SettingRef::Unset => Found::Null,
            SettingRef::Text(text) => Found::Text(Cow::Owned(text.to_owned())),
            SettingRef::Integer(i) => Found::Integer(i),
            SettingRef::Boolean(b) => Found::Bool(b),
            SettingRef::List(texts) => Found::List(texts.iter().map(|text| Found::Text(text.clone().into())).collect()),
        },
        Expr::Given(at) => scope.made.given.get(usize::from(*at)).cloned().unwrap_or(Found::Null),
        Expr::Window(Bound::Start) => scope.made.start.clone(),
        Expr::Window(Bound::End) => scope.made.end.clone(),
        Expr::FirstOf(parts) => {
            parts.iter().map(|part| eval(part, scope)).find(|value| !value.is_null()).unwrap_or(Found::Null)
        }
        Expr::Concat(parts) => {
            let mut text = String::new();
            for part in *parts {
                match as_text(&text_operand(part, scope)) {
                    Some(part) if text.len() + part.len() <= LONGEST => text.push_str(&part),
                    _ => return Found::Null,
                }
            }
            Found::Text(Cow::Owned(text))
        }
        Expr::If([condition, then, otherwise]) => {
            if truth(condition, scope) {
                eval(then, scope)
            } else {
                eval(otherwise, scope)
            }
        }
        Expr::Call(function, operands) => call(*function, operands, scope),
        Expr::Let([value, body]) => local::with(eval(value, scope), scope, |scope| eval(body, scope)),
        Expr::Local(up, path) => local::read(*up, path, scope),
        Expr::Items(array) => list::items(eval(array, scope)),
        Expr::Over(over, [list, body]) => list::over(*over, eval(list, scope), body, scope),
    }
}

/// The value of `expr` as an operand: what is kept as JSON because its digits count elsewhere is the scalar it is.
pub(crate) fn operand<'de>(expr: &'static Expr, scope: Scope<'_, 'de>) -> Found<'de> {
    match eval(expr, scope) {
        Found::Json(raw) => plain(raw),
        found => found,
    }
}

/// A JSON text as an operand. A number that is written with a fraction stays as it is written when it becomes text.
fn plain<'de>(raw: &'de str) -> Found<'de> {
    match serde_json::from_str::<&'de str>(raw) {
        Ok(text) => Found::Text(Cow::Borrowed(text)),
        Err(_) => scalar(raw),
    }
}

/// The value of `expr` where it stands in a slot already; none when it has to be made.
pub(crate) fn peek<'s, 'de>(expr: &'static Expr, scope: Scope<'s, 'de>) -> Option<&'s Found<'de>> {
    match expr {
        Expr::Slot(slot) => Some(scope.slots.get(*slot)),
        Expr::FirstOf(parts) => {
            for part in *parts {
                let value = peek(part, scope)?;
                if !value.is_null() {
                    return Some(value);
                }
            }
            Some(&Found::Null)
        }
        _ => None,
    }
}

/// Calls `found` with every slot that an expression looks at.
pub(crate) fn each_slot(expr: &'static Expr, found: &mut impl FnMut(u16)) {
    match expr {
        Expr::Slot(slot) => found(*slot),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| each_slot(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| each_slot(part, found)),
        Expr::Let(parts) | Expr::Over(_, parts) => parts.iter().for_each(|part| each_slot(part, found)),
        Expr::Items(array) => each_slot(array, found),
        _ => {}
    }
}

/// Calls `found` with every slot whose value an expression takes for an array.
pub(crate) fn each_array(expr: &'static Expr, found: &mut impl FnMut(u16)) {
    match expr {
        Expr::Items(array) => each_slot(array, found),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| each_array(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| each_array(part, found)),
        Expr::Let(parts) | Expr::Over(_, parts) => parts.iter().for_each(|part| each_array(part, found)),
        _ => {}
    }
}

/// Whether `expr` is true; null is not.
pub(crate) fn truth(expr: &'static Expr, scope: Scope<'_, '_>) -> bool {
    matches!(operand(expr, scope), Found::Bool(true))
}

fn call<'de>(function: Function, operands: &'static [Expr], scope: Scope<'_, 'de>) -> Found<'de> {
    let operand = |at: usize| operands.get(at).map_or(Found::Null, |expr| operand(expr, scope));
    let test = |at: usize| operands.get(at).is_some_and(|expr| truth(expr, scope));
    if let Function::Join
    | Function::Length
    | Function::First
    | Function::Last
    | Function::At
    | Function::Sum
    | Function::Min
    | Function::Max
    | Function::Sort
    | Function::Distinct
    | Function::Contains = function
        && let Some(Expr::Over(..) | Expr::Items(_) | Expr::Local(..) | Expr::Call(..)) = operands.first()
        && let Found::Wrong(what) = operand(0)
    {
        // What is no list although it was declared to be one is none, whatever is made of it.
        return Found::Wrong(what);
    }
    match function {
        Function::And => Found::Bool(test(0) && test(1)),
        Function::Or => Found::Bool(test(0) || test(1)),
        Function::Not => Found::Bool(!test(0)),
        Function::Equal => Found::Bool(equal(&operand(0), &operand(1))),
        Function::NotEqual => Found::Bool(!equal(&operand(0), &operand(1))),
        Function::Less => Found::Bool(compare(&operand(0), &operand(1)).is_some_and(Ordering::is_lt)),
        Function::LessOrEqual => Found::Bool(compare(&operand(0), &operand(1)).is_some_and(Ordering::is_le)),
        Function::Greater => Found::Bool(compare(&operand(0), &operand(1)).is_some_and(Ordering::is_gt)),
        Function::GreaterOrEqual => Found::Bool(compare(&operand(0), &operand(1)).is_some_and(Ordering::is_ge)),
        Function::In => {
            let value = operand(0);
            Found::Bool(operands.iter().skip(1).any(|item| equal(&value, &self::operand(item, scope))))
        }
        Function::Matches => match (operand(0), operand(1)) {
            (Found::Text(text), Found::Text(glob)) => Found::Bool(matches_glob(&glob, &text)),
            _ => Found::Bool(false),
        },
        Function::Capture => capture(&operand(0), operands.get(1), scope.patterns),
        Function::Join => join(&operand(0), &operand(1)),
        Function::Integer => match operand(0) {
            Found::Text(text) => serde_json::from_str(&text).map_or(Found::Null, Found::Integer),
            _ => Found::Null,
        },
        Function::Number => match operand(0) {
            // As JSON writes numbers, so that `inf`, `1_000` and the like are none.
            Found::Text(text) => serde_json::from_str(&text).map_or(Found::Null, Found::Number),
            _ => Found::Null,
        },
        Function::Length => match operand(0) {
            Found::List(items) => length(items.len()),
            Found::Text(text) => length(text.chars().count()),
            _ => Found::Null,
        },
        Function::First => match operand(0) {
            Found::List(items) => items.into_iter().find(|item| !item.is_null()).unwrap_or(Found::Null),
            _ => Found::Null,
        },
        Function::Last => match operand(0) {
            Found::List(items) => items.into_iter().rev().find(|item| !item.is_null()).unwrap_or(Found::Null),
            _ => Found::Null,
        },
        Function::Concat => match (operand(0), operand(1)) {
            (Found::Text(one), Found::Text(other)) if one.len() + other.len() <= LONGEST => {
                Found::Text(Cow::Owned([one, other].concat()))
            }
            _ => Found::Null,
        },
        Function::Contains => match operand(0) {
            Found::List(items) => list::contains(&items, &operand(1)),
            text => about(&text, &operand(1), |text, part| text.contains(part)),
        },
        Function::StartsWith => about(&operand(0), &operand(1), |text, part| text.starts_with(part)),
        Function::EndsWith => about(&operand(0), &operand(1), |text, part| text.ends_with(part)),
        Function::Split => match (operand(0), operand(1)) {
            (text @ Found::Text(_), Found::Text(separator)) if separator.is_empty() => Found::List(vec![text]),
            (Found::Text(Cow::Borrowed(text)), Found::Text(separator)) => {
                Found::List(text.split(separator.as_ref()).map(|part| Found::Text(Cow::Borrowed(part))).collect())
            }
            (Found::Text(text), Found::Text(separator)) => {
                let parts = text.split(separator.as_ref()).map(|part| Found::Text(Cow::Owned(part.to_owned())));
                Found::List(parts.collect())
            }
            _ => Found::Null,
        },
        Function::Lower => map_text(operand(0), str::to_lowercase),
        Function::Upper => map_text(operand(0), str::to_uppercase),
        Function::Trim => map_text(operand(0), |text| text.trim().to_owned()),
        Function::Replace => match (operand(0), operand(1), operand(2)) {
            // Replacing nothing would put the new text between all characters.
            (Found::Text(text), Found::Text(from), Found::Text(_)) if from.is_empty() => Found::Text(text),
            (Found::Text(text), Found::Text(from), Found::Text(to)) => {
                let longer = to.len().saturating_sub(from.len());
                let most = text.len().saturating_add(longer.saturating_mul(text.len() / from.len()));
                if most > LONGEST && text.len() + longer.saturating_mul(text.matches(from.as_ref()).count()) > LONGEST {
                    return Found::Null;
                }
                Found::Text(Cow::Owned(text.replace(from.as_ref(), &to)))
            }
            _ => Found::Null,
        },
        Function::Key => key(operands, scope),
        Function::Add
        | Function::Subtract
        | Function::Multiply
        | Function::Divide
        | Function::Remainder
        | Function::Negate
        | Function::Abs
        | Function::Round
        | Function::Floor
        | Function::Ceil => number::compute(function, &operand(0), &operand(1)),
        Function::Sum => number::sum(&operand(0)),
        Function::Boolean
        | Function::StripPrefix
        | Function::StripSuffix
        | Function::Base64Encode
        | Function::Base64Decode
        | Function::Sha256
        | Function::UrlEncode => text::of(function, operand(0), &operand(1)),
        Function::Slice => text::slice(operand(0), &operand(1), &operand(2)),
        Function::At => list::at(operand(0), &operand(1)),
        Function::Min | Function::Max | Function::Sort => list::ordered(function, operand(0)),
        Function::Distinct => list::distinct(operand(0)),
        Function::Keys | Function::Values | Function::Entries => {
            list::members(function, &operands.first().map_or(Found::Null, |expr| eval(expr, scope)))
        }
        Function::AddMillis
        | Function::ParseTime
        | Function::FormatTime
        | Function::UnixSeconds
        | Function::UnixMillis
        | Function::AddSeconds
        | Function::SecondsBetween
        | Function::StartOf => time::of(function, &operand(0), &operand(1)),
        Function::Text => as_text(&operands.first().map_or(Found::Null, |expr| text_operand(expr, scope)))
            .map_or(Found::Null, |text| Found::Text(Cow::Owned(text.into_owned()))),
    }
}

/// The parts of a key with `/` between them, and without `/` in them.
fn key<'de>(operands: &'static [Expr], scope: Scope<'_, 'de>) -> Found<'de> {
    let mut key = String::new();
    for (at, operand) in operands.iter().enumerate() {
        let value = text_operand(operand, scope);
        let Some(part) = as_text(&value) else { return Found::Null };
        if at > 0 {
            key.push('/');
        }
        put_part(&mut key, &part);
    }
    Found::Text(Cow::Owned(key))
}

/// Adds a part to a key, without `/` in it.
pub(crate) fn put_part(key: &mut String, part: &str) {
    for c in part.chars() {
        match c {
            '/' => key.push_str("%2F"),
            '%' => key.push_str("%25"),
            c => key.push(c),
        }
    }
}

/// The value of `expr` on its way into text: a number that is kept as JSON has the digits it was received with.
fn text_operand<'de>(expr: &'static Expr, scope: Scope<'_, 'de>) -> Found<'de> {
    match eval(expr, scope) {
        Found::Json(raw) if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
            Found::Text(Cow::Borrowed(raw))
        }
        Found::Json(raw) => plain(raw),
        found => found,
    }
}

fn length<'de>(count: usize) -> Found<'de> {
    i64::try_from(count).map_or(Found::Null, Found::Integer)
}

/// What is true of two texts; null when one is none.
fn about<'de>(text: &Found<'_>, part: &Found<'_>, is: impl FnOnce(&str, &str) -> bool) -> Found<'de> {
    match (text, part) {
        (Found::Text(text), Found::Text(part)) => Found::Bool(is(text, part)),
        _ => Found::Null,
    }
}

fn map_text<'de>(value: Found<'de>, f: impl FnOnce(&str) -> String) -> Found<'de> {
    match value {
        Found::Text(text) => Found::Text(Cow::Owned(f(&text))),
        _ => Found::Null,
    }
}

fn capture<'de>(value: &Found<'de>, pattern: Option<&'static Expr>, patterns: &Patterns) -> Found<'de> {
    let (Found::Text(text), Some(Expr::Text(pattern))) = (value, pattern) else { return Found::Null };
    let Some(range) = patterns.get(pattern).and_then(|pattern| pattern.capture(text)) else { return Found::Null };
    match text {
        // A part of the body stays a part of the body.
        Cow::Borrowed(text) => text.get(range).map_or(Found::Null, |part| Found::Text(Cow::Borrowed(part))),
        Cow::Owned(text) => text.get(range).map_or(Found::Null, |part| Found::Text(Cow::Owned(part.to_owned()))),
    }
}

fn join<'de>(list: &Found<'de>, separator: &Found<'de>) -> Found<'de> {
    let (Found::List(items), Found::Text(separator)) = (list, separator) else { return Found::Null };
    let mut texts = items.iter().filter_map(as_text);
    let Some(first) = texts.next() else { return Found::Null };
    let Some(second) = texts.next() else {
        return match items.iter().find(|item| !item.is_null()) {
            Some(Found::Text(Cow::Borrowed(text))) => Found::Text(Cow::Borrowed(text)),
            _ => Found::Text(Cow::Owned(first.into_owned())),
        };
    };
    let mut joined = first.into_owned();
    for text in std::iter::once(second).chain(texts) {
        if joined.len() + separator.len() + text.len() > LONGEST {
            return Found::Null;
        }
        joined.push_str(separator);
        joined.push_str(&text);
    }
    Found::Text(Cow::Owned(joined))
}

/// A scalar as text; null and what is no scalar have none.
pub(crate) fn as_text<'v>(value: &'v Found<'_>) -> Option<Cow<'v, str>> {
    match value {
        Found::Text(text) => Some(Cow::Borrowed(text)),
        Found::Bool(b) => Some(Cow::Borrowed(if *b { "true" } else { "false" })),
        Found::Integer(i) => Some(Cow::Owned(i.to_string())),
        Found::Unsigned(u) => Some(Cow::Owned(u.to_string())),
        // As JSON writes it.
        Found::Number(n) => serde_json::Number::from_f64(*n).map(|n| Cow::Owned(n.to_string())),
        Found::Null | Found::Json(_) | Found::List(_) | Found::Wrong(_) | Found::Moment(_) | Found::Entry(_) => None,
    }
}

fn equal(a: &Found<'_>, b: &Found<'_>) -> bool {
    (a.is_null() && b.is_null()) || compare(a, b).is_some_and(Ordering::is_eq)
}

/// The order of two values of one type; none when they have none.
fn compare(a: &Found<'_>, b: &Found<'_>) -> Option<Ordering> {
    match (a, b) {
        (Found::Text(a), Found::Text(b)) => Some(a.cmp(b)),
        (Found::Bool(a), Found::Bool(b)) => Some(a.cmp(b)),
        (Found::Moment(a), Found::Moment(b)) => Some(a.cmp(b)),
        (Found::Number(a), Found::Number(b)) => a.partial_cmp(b),
        (Found::Number(a), b) => Some(number::beside(*a, whole(b)?)?),
        (a, Found::Number(b)) => Some(number::beside(*b, whole(a)?)?.reverse()),
        _ => Some(whole(a)?.cmp(&whole(b)?)),
    }
}

fn whole(value: &Found<'_>) -> Option<i128> {
    match value {
        Found::Integer(i) => Some(i128::from(*i)),
        Found::Unsigned(u) => Some(i128::from(*u)),
        _ => None,
    }
}
