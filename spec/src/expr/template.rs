//! Templates: text with `{…}` in it. `{{` and `}}` stand for the characters themselves.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic, Ledger};
use crate::model::Expr;
use crate::yaml::{Kind, Node};

use super::ast::Ast;
use super::check::{Checker, Typed, report};
use super::scope::Scope;
use super::ty::{Null, Ty};
use super::{SyntaxError, parse};

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Part {
    /// Text as it is, and its bytes.
    Text(String, Range<usize>),
    /// `{…}`: an expression.
    Hole(Ast),
}

/// The parts of a template.
pub(crate) fn split(text: &str) -> Result<Vec<Part>, SyntaxError> {
    let mut parts = Vec::new();
    let (mut literal, mut began) = (String::new(), 0);
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let doubled = text.get(at + 1..).is_some_and(|rest| rest.starts_with(c));
        match c {
            '{' | '}' if doubled => {
                literal.push(c);
                at += 2;
            }
            '}' => {
                return Err(SyntaxError::new(at..at + 1, "this `}` closes nothing")
                    .help("write `}}` for the character itself")
                    .patch(at..at, "}"));
            }
            '{' => {
                if !literal.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut literal), began..at));
                }
                let (ast, end) = parse::parse_in_template(text, at + 1)?;
                parts.push(Part::Hole(ast));
                at = end + 1;
                began = at;
            }
            _ => {
                literal.push(c);
                at += c.len_utf8();
            }
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Text(literal, began..at));
    }
    Ok(parts)
}

/// Reads and checks the template that a scalar is. `None` when it is wrong; the ledger knows why.
///
/// One `{…}` alone is the expression itself; anything else is text.
pub(crate) fn check_template(ledger: &mut Ledger<'_>, node: &Node, what: &str, scope: Scope<'_>) -> Option<Typed> {
    let scalar = match &node.kind {
        Kind::Scalar(scalar) => scalar,
        Kind::Refused => return None,
        Kind::Mapping(_) | Kind::Sequence(_) => {
            let label = format!("this is {}", node.describe());
            let diagnostic = Diagnostic::error(Code::WRONG_KIND, format!("{what} must be text"), &node.range, label);
            let written = ledger.source.slice(&node.range);
            let diagnostic = if written.starts_with("{config.") {
                diagnostic
                    .help("a text that begins with `{` stands between quotes")
                    .patch(&node.range, format!("\"{written}\""))
                    .certainty(Certainty::when(!written.contains(['"', '\\', '\n'])))
            } else {
                diagnostic
            };
            ledger.push(diagnostic);
            return None;
        }
    };
    let parts = match split(&scalar.text) {
        Ok(parts) => parts,
        Err(error) => {
            report(ledger, node, what, error);
            return None;
        }
    };
    let whole = 0..scalar.text.len();
    let mut checker = Checker { ledger, node, what, scope, locals: Vec::new() };
    let mut typed = Vec::with_capacity(parts.len());
    let mut right = true;
    for part in &parts {
        let one = match part {
            Part::Text(text, range) => Some(Typed {
                expr: Expr::Text(text.clone()),
                ty: Ty::Text,
                null: Null::Never,
                constant: true,
                secret: false,
                part: range.clone(),
                samples: Vec::new(),
            }),
            Part::Hole(ast) => checker.typed(ast).and_then(|hole| {
                let scalar = hole.ty.is_scalar();
                if scalar { Some(hole) } else { checker.refuse("a template", "a single value", &hole).and(None) }
            }),
        };
        right &= one.is_some();
        typed.extend(one);
    }
    if !right {
        return None;
    }
    let null = typed.iter().map(|part| part.null).max().unwrap_or(Null::Never);
    match typed.as_slice() {
        [] => Some(Typed::made_of(&[], Expr::Text(String::new()), Ty::Text, Null::Never, &whole)),
        [only] => Some(only.clone()),
        _ => {
            let expr = Expr::Concat(typed.iter().map(|part| part.expr.clone()).collect());
            Some(Typed::made_of(&typed, expr, Ty::Text, null, &whole))
        }
    }
}
