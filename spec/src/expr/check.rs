//! A tree against its scope: names, types, what may be null.
//!
//! Every sub-expression is checked even when its neighbour is wrong; what is wrong has no type, and nothing
//! further is said about what holds it.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::{Expr, Json};
use crate::yaml::{Kind, Node};

use super::ast::{Ast, AstKind};
use super::local::Local;
use super::scope::Scope;
use super::ty::{Null, Ty};
use super::{SyntaxError, parse};

/// A checked expression.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) expr: Expr,
    pub(crate) ty: Ty,
    pub(crate) null: Null,
    /// Whether it is always the same.
    pub(crate) constant: bool,
    /// Whether a secret is in it.
    pub(crate) secret: bool,
    /// Its bytes in its scalar's text.
    pub(crate) part: Range<usize>,
    /// What the example has there: values, or of a list its items. Empty when nothing is known.
    pub(crate) samples: Vec<Json>,
}

impl Typed {
    pub(super) fn literal(expr: Expr, ty: Ty, null: Null, ast: &Ast) -> Self {
        Typed { expr, ty, null, constant: true, secret: false, part: ast.range.clone(), samples: Vec::new() }
    }

    /// With what the example has there.
    pub(super) fn like(self, samples: Vec<Json>) -> Self {
        Typed { samples, ..self }
    }

    /// What is made of operands.
    pub(super) fn made_of(operands: &[Typed], expr: Expr, ty: Ty, null: Null, part: &Range<usize>) -> Self {
        Typed {
            expr,
            ty,
            null,
            constant: operands.iter().all(|operand| operand.constant),
            secret: operands.iter().any(|operand| operand.secret),
            part: part.clone(),
            samples: Vec::new(),
        }
    }
}

/// Reads and checks the expression that a scalar is. `None` when it is wrong; the ledger knows why.
pub(crate) fn check(ledger: &mut Ledger<'_>, node: &Node, what: &str, scope: Scope<'_>) -> Option<Typed> {
    let text = match &node.kind {
        Kind::Scalar(scalar) => scalar.text.as_str(),
        Kind::Refused => return None,
        Kind::Sequence(_) | Kind::Mapping(_) => {
            let title = format!("{what} must be an expression");
            let label = format!("this is {}", node.describe());
            ledger.push(
                Diagnostic::error(Code::WRONG_KIND, title, &node.range, label)
                    .help("an expression with `[`, `{` or `, ` in it stands between quotes"),
            );
            return None;
        }
    };
    match parse::parse(text) {
        Ok(ast) => Checker { ledger, node, what, scope, locals: Vec::new() }.typed(&ast),
        Err(error) => {
            report(ledger, node, what, error);
            None
        }
    }
}

/// Says that a scalar is no expression.
pub(crate) fn report(ledger: &mut Ledger<'_>, node: &Node, what: &str, error: SyntaxError) {
    let title = format!("{what} cannot be read");
    let diagnostic =
        Diagnostic::error(Code::EXPRESSION_SYNTAX, title, &node.part(&error.range), error.label).maybe_help(error.help);
    let edit = error.patch.and_then(|(part, text)| node.edit(&part, &text));
    ledger.push(match edit {
        Some((range, text)) => diagnostic.patch(&range, text).certainty(error.certainty),
        None => diagnostic,
    });
}

pub(super) struct Checker<'c, 's> {
    pub(super) ledger: &'c mut Ledger<'s>,
    pub(super) node: &'c Node,
    pub(super) what: &'c str,
    pub(super) scope: Scope<'c>,
    /// The names of `let` and of functions' items that are known here, the innermost last.
    pub(super) locals: Vec<Local>,
}

impl Checker<'_, '_> {
    pub(super) fn typed(&mut self, ast: &Ast) -> Option<Typed> {
        match &ast.kind {
            AstKind::Null => Some(Typed::literal(Expr::Null, Ty::Any, Null::Sometimes, ast)),
            AstKind::Bool(value) => Some(Typed::literal(Expr::Bool(*value), Ty::Boolean, Null::Never, ast)),
            AstKind::Integer(value) => Some(Typed::literal(Expr::Integer(*value), Ty::Integer, Null::Never, ast)),
            AstKind::Number(value) => Some(Typed::literal(Expr::Number(*value), Ty::Number, Null::Never, ast)),
            AstKind::Duration(millis) => Some(Typed::literal(Expr::Integer(*millis), Ty::Duration, Null::Never, ast)),
            AstKind::Let(names, parts) => self.bindings(ast, names, parts),
            AstKind::Lambda { .. } => {
                let diagnostic = self
                    .error(Code::OPERAND_TYPE, "a value is wanted", &ast.range, "this says what to do with an item")
                    .help("`map`, `filter`, `find`, `any` and `all` take it, behind their list");
                self.ledger.push(diagnostic);
                None
            }
            AstKind::Text(value) => Some(Typed::literal(Expr::Text(value.clone()), Ty::Text, Null::Never, ast)),
            AstKind::Path(steps) => self.path(ast, steps),
            AstKind::FirstOf(parts) => self.first_of(ast, parts),
            AstKind::If(parts) => self.condition(ast, parts),
            AstKind::Operator(function, operands) => self.operator(ast, *function, operands),
            AstKind::Call { name, name_range, arguments, piped } => self.call(ast, name, name_range, arguments, *piped),
        }
    }

    /// Checks all, and gives them when all are right.
    pub(super) fn all(&mut self, parts: &[Ast]) -> Option<Vec<Typed>> {
        let typed: Vec<Option<Typed>> = parts.iter().map(|part| self.typed(part)).collect();
        typed.into_iter().collect()
    }

    pub(super) fn error(&self, code: Code, title: &str, part: &Range<usize>, label: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, format!("{title} in {}", self.what), &self.node.part(part), label)
    }

    /// An edit of a part of the expression, where the file can be edited there.
    pub(super) fn edited(&self, diagnostic: Diagnostic, part: &Range<usize>, text: &str) -> Diagnostic {
        match self.node.edit(part, text) {
            Some((range, text)) => diagnostic.patch(&range, text),
            None => diagnostic,
        }
    }

    fn first_of(&mut self, ast: &Ast, parts: &[Ast]) -> Option<Typed> {
        let parts = self.all(parts)?;
        let mut ty = Ty::Any;
        for part in &parts {
            ty = self.joined(&ty, part)?;
        }
        let null = parts.iter().map(|part| part.null).min().unwrap_or(Null::Unknown);
        let expr = Expr::FirstOf(parts.iter().map(|part| part.expr.clone()).collect());
        let samples = parts.iter().flat_map(|part| part.samples.clone()).collect();
        Some(Typed::made_of(&parts, expr, ty, null, &ast.range).like(samples))
    }

    fn joined(&mut self, ty: &Ty, part: &Typed) -> Option<Ty> {
        // What is received is never a moment.
        let muddled = *ty == Ty::Moment && part.ty == Ty::Any && part.expr != Expr::Null;
        let joined = ty.or(&part.ty).filter(|_| !muddled);
        if joined.is_none() {
            self.ledger.push(self.error(
                Code::OPERAND_TYPE,
                &format!("the values of one choice are {ty} and {}", part.ty),
                &part.part,
                format!("this is {}, what stands before is {ty}", part.ty),
            ));
        }
        joined
    }

    fn condition(&mut self, ast: &Ast, parts: &[Ast; 3]) -> Option<Typed> {
        let parts = self.all(parts)?;
        let [condition, then, otherwise] = parts.as_slice() else { return None };
        let boolean = self.wants_boolean("`if`", condition);
        let ty = self.joined(&then.ty, otherwise)?;
        boolean?;
        let expr = Expr::If(Box::new([condition.expr.clone(), then.expr.clone(), otherwise.expr.clone()]));
        let null = then.null.max(otherwise.null);
        let samples = [then, otherwise].iter().flat_map(|part| part.samples.clone()).collect();
        Some(Typed::made_of(&parts, expr, ty, null, &ast.range).like(samples))
    }

    pub(super) fn text(&self, part: &Range<usize>) -> String {
        self.node.scalar().and_then(|scalar| scalar.text.get(part.clone())).unwrap_or_default().to_owned()
    }
}
