//! Expressions as the language writes them.
//!
//! A checked expression has lost how it was written: pipes are calls, and a name for a path is the path. What is written here
//! means the same, and reads back as the same expression.

#[cfg(test)]
mod tests;

use tapwright_spec::functions::{Does, FUNCTIONS};
use tapwright_spec::model::{Bound, Expr, Function, Segment, Target};

use crate::duration;

/// Words that a path cannot begin with unless they stand in quotes.
const WORDS: &[&str] = &[
    "and", "or", "not", "in", "matches", "if", "then", "else", "true", "false", "null", "let", "config", "headers",
    "window", "above", "entry", "last",
];

/// How tightly something binds, from the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Whole,
    Or,
    And,
    Not,
    Comparison,
    Chain,
    Sum,
    Product,
    Signed,
    Value,
}

/// Writes the expressions of one place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Writer<'w> {
    /// The names that `for_each` gives there.
    pub(crate) given: &'w [&'w str],
    /// Whether paths are those of the last record.
    pub(crate) of_last: bool,
}

impl Writer<'_> {
    /// An expression.
    pub(crate) fn expression(&self, expr: &Expr) -> String {
        let mut names: Vec<&str> = self.given.to_vec();
        expr.walk(&mut |part| match part {
            Expr::Let(name, _) | Expr::Over(_, name, _) => names.push(name),
            _ => {}
        });
        Names { taken: &names, of_last: self.of_last }.at(expr, Level::Whole)
    }

    /// Text with expressions in it: a template.
    pub(crate) fn template(&self, expr: &Expr) -> String {
        let part = |part: &Expr| match part {
            Expr::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            other => format!("{{{}}}", self.expression(other)),
        };
        match expr {
            Expr::Concat(parts) => parts.iter().map(part).collect(),
            other => part(other),
        }
    }
}

/// A place in a request.
pub(crate) fn target(target: &Target) -> String {
    match target {
        Target::Query(name) => format!("query.{name}"),
        Target::Header(name) => format!("header.{name}"),
        Target::Body(path) => format!("body.{}", path.join(".")),
    }
}

struct Names<'n> {
    taken: &'n [&'n str],
    of_last: bool,
}

impl Names<'_> {
    /// An expression where one of that level may stand, in parentheses when it is looser.
    fn at(&self, expr: &Expr, level: Level) -> String {
        let (own, text) = self.written(expr);
        if own < level { format!("({text})") } else { text }
    }

    fn written(&self, expr: &Expr) -> (Level, String) {
        let value = |text: String| (Level::Value, text);
        match expr {
            Expr::Null => value("null".to_owned()),
            Expr::Bool(b) => value(b.to_string()),
            Expr::Integer(i) if *i < 0 => (Level::Signed, i.to_string()),
            Expr::Integer(i) => value(i.to_string()),
            Expr::Number(n) if *n < 0.0 => (Level::Signed, format!("{n:?}")),
            Expr::Number(n) => value(format!("{n:?}")),
            Expr::Text(text) => value(quoted(text)),
            Expr::Path(path) if path.is_empty() => value("entry.value".to_owned()),
            Expr::Path(path) if self.of_last => value(behind("last", path)),
            Expr::Path(path) => value(self.path(path)),
            Expr::Header(name) if is_name(name) => value(format!("headers.{name}")),
            Expr::Header(name) => value(format!("headers[{}]", quoted(name))),
            Expr::Given { name, column: None } => value(name.clone()),
            Expr::Given { name, column: Some(column) } => value(format!("{name}.{column}")),
            Expr::Window(Bound::Start) => value("window.start".to_owned()),
            Expr::Window(Bound::End) => value("window.end".to_owned()),
            Expr::Above(path) => value(behind("above", path)),
            Expr::EntryKey => value("entry.key".to_owned()),
            Expr::Setting(name) => value(format!("config.{name}")),
            Expr::Local(name, path) => value(behind(name, path)),
            Expr::Items(list) => self.written(list),
            Expr::FirstOf(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.at(part, Level::Value)).collect();
                (Level::Chain, parts.join(" ?? "))
            }
            Expr::Concat(_) => value(quoted(&Writer { given: self.taken, of_last: self.of_last }.template(expr))),
            Expr::If(parts) => {
                let [condition, then, otherwise] = parts.as_ref();
                let part = |expr| self.at(expr, Level::Whole);
                (Level::Whole, format!("if {} then {} else {}", part(condition), part(then), part(otherwise)))
            }
            Expr::Let(name, parts) => {
                let [bound, body] = parts.as_ref();
                // A comparison may be one with `in`, which would end the value.
                let (bound, body) = (self.at(bound, Level::Chain), self.at(body, Level::Whole));
                (Level::Whole, format!("let {name} = {bound} in {body}"))
            }
            Expr::Over(over, name, parts) => {
                let [list, body] = parts.as_ref();
                let (list, body) = (self.at(list, Level::Whole), self.at(body, Level::Whole));
                value(format!("{}({list}, {name} => {body})", called(Does::Over(*over))))
            }
            Expr::Call(function, operands) => self.call(*function, operands),
        }
    }

    fn call(&self, function: Function, operands: &[Expr]) -> (Level, String) {
        use Function::{
            Add, AddMillis, And, Divide, Equal, Greater, GreaterOrEqual, In, Key, Less, LessOrEqual, Matches, Multiply,
            Negate, Not, NotEqual, Or, Remainder, Subtract,
        };
        let sign = function.sign();
        let listed = |operands: &[Expr]| {
            operands.iter().map(|operand| self.at(operand, Level::Whole)).collect::<Vec<_>>().join(", ")
        };
        let two = |level: Level, left: Level, right: Level| {
            let sides = operands.iter().zip([left, right]).map(|(operand, level)| self.at(operand, level));
            (level, sides.collect::<Vec<_>>().join(&format!(" {sign} ")))
        };
        match (function, operands) {
            (Or, _) => two(Level::Or, Level::Or, Level::And),
            (And, _) => two(Level::And, Level::And, Level::Not),
            (Not, [operand]) => (Level::Not, format!("not {}", self.at(operand, Level::Not))),
            (Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | Matches, _) => {
                two(Level::Comparison, Level::Chain, Level::Chain)
            }
            (In, [sought, members @ ..]) => {
                (Level::Comparison, format!("{} in [{}]", self.at(sought, Level::Chain), listed(members)))
            }
            (Add | Subtract, _) => two(Level::Sum, Level::Sum, Level::Product),
            (Multiply | Divide | Remainder, _) => two(Level::Product, Level::Product, Level::Signed),
            // A sign that touches a number is the number's.
            (Negate, [operand @ (Expr::Integer(_) | Expr::Number(_))]) => {
                (Level::Signed, format!("-({})", self.at(operand, Level::Whole)))
            }
            (Negate, [operand]) => (Level::Signed, format!("-{}", self.at(operand, Level::Signed))),
            (AddMillis, [moment, Expr::Integer(millis)]) => {
                let sign = if *millis < 0 { '-' } else { '+' };
                let span = duration::written(millis.saturating_abs());
                (Level::Sum, format!("{} {sign} {span}", self.at(moment, Level::Sum)))
            }
            (Key, parts) => (Level::Value, format!("[{}]", listed(parts))),
            (function, operands) => {
                (Level::Value, format!("{}({})", called(Does::Function(function)), listed(operands)))
            }
        }
    }

    fn path(&self, path: &[Segment]) -> String {
        let Some((first, rest)) = path.split_first() else { return String::new() };
        let root = match first {
            Segment::Key(key)
                if is_name(key) && !WORDS.contains(&key.as_str()) && !self.taken.contains(&key.as_str()) =>
            {
                key.clone()
            }
            Segment::Key(key) => format!("[{}]", quoted(key)),
            Segment::Each => "[]".to_owned(),
        };
        behind(&root, rest)
    }
}

/// A path that goes on behind a name.
fn behind(root: &str, path: &[Segment]) -> String {
    let mut out = root.to_owned();
    for segment in path {
        match segment {
            Segment::Each => out.push_str("[]"),
            Segment::Key(key) if is_name(key) => {
                out.push('.');
                out.push_str(key);
            }
            Segment::Key(key) => {
                out.push('.');
                out.push_str(&quoted(key));
            }
        }
    }
    out
}

fn called(does: Does) -> &'static str {
    FUNCTIONS.iter().find(|signature| signature.does == does).map_or("", |signature| signature.name)
}

fn is_name(key: &str) -> bool {
    let mut chars = key.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
