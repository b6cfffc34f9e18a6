//! Operators: what they compare, and whether that can ever be so.

use crate::Code;
use crate::glob;
use crate::model::{Expr, Function};
use crate::suggest::listed;

use super::ast::Ast;
use super::check::{Checker, Typed};
use super::ty::{Null, Ty};

impl Checker<'_, '_> {
    pub(super) fn operator(&mut self, ast: &Ast, function: Function, operands: &[Ast]) -> Option<Typed> {
        let operands = self.all(operands)?;
        if let Function::Add
        | Function::Subtract
        | Function::Multiply
        | Function::Divide
        | Function::Remainder
        | Function::Negate = function
        {
            return self.arithmetic(ast, function, &operands);
        }
        let right = match function {
            Function::And | Function::Or | Function::Not => {
                let who = format!("`{}`", function.sign());
                let right: Vec<_> = operands.iter().map(|operand| self.wants_boolean(&who, operand)).collect();
                right.into_iter().collect::<Option<()>>()
            }
            Function::Matches => self.matches(&operands),
            Function::Less | Function::LessOrEqual | Function::Greater | Function::GreaterOrEqual => {
                self.ordered(function, &operands)
            }
            _ => self.equated(function, &operands),
        };
        right?;
        let expr = Expr::Call(function, operands.iter().map(|operand| operand.expr.clone()).collect());
        Some(Typed::made_of(&operands, expr, Ty::Boolean, Null::Never, &ast.range))
    }

    fn equated(&mut self, function: Function, operands: &[Typed]) -> Option<()> {
        let (left, others) = operands.split_first()?;
        let mut right = Some(());
        for other in others {
            let comparable = left.ty.can_be(&other.ty)
                && [left, other].iter().all(|side| side.ty.is_scalar() || side.ty == Ty::Moment)
                && !received_beside_moment(left, other);
            if !comparable {
                let title = format!("`{}` compares {} with {}", function.sign(), left.ty, other.ty);
                let diagnostic = self.error(Code::OPERAND_TYPE, &title, &other.part, format!("this is {}", other.ty));
                let diagnostic = diagnostic.label(&self.node.part(&left.part), format!("this is {}", left.ty));
                let help = match received_beside_moment(left, other) {
                    true => AS_MOMENT,
                    false => "they would never be equal; compare single values of one type",
                };
                self.ledger.push(diagnostic.help(help));
                right = None;
            } else if self.known_value(left, other).is_none() {
                right = None;
            }
        }
        right
    }

    fn ordered(&mut self, function: Function, operands: &[Typed]) -> Option<()> {
        let [left, right] = operands else { return None };
        let number_like = |ty: &Ty| ty.is_number() || *ty == Ty::Any;
        let text_like = |ty: &Ty| matches!(ty, Ty::Text | Ty::Any);
        let moments = left.ty == Ty::Moment && right.ty == Ty::Moment;
        if number_like(&left.ty) && number_like(&right.ty) || text_like(&left.ty) && text_like(&right.ty) || moments {
            return Some(());
        }
        let help = if [left, right].iter().any(|side| side.ty == Ty::Moment) {
            AS_MOMENT
        } else {
            "two numbers, two texts or two moments have an order"
        };
        let title = format!("`{}` compares {} with {}", function.sign(), left.ty, right.ty);
        let diagnostic = self
            .error(Code::OPERAND_TYPE, &title, &right.part, format!("this is {}", right.ty))
            .label(&self.node.part(&left.part), format!("this is {}", left.ty))
            .help(help);
        self.ledger.push(diagnostic);
        None
    }

    fn matches(&mut self, operands: &[Typed]) -> Option<()> {
        let [text, pattern] = operands else { return None };
        let left = self.wants_text("`matches`", text);
        let Expr::Text(pattern_text) = &pattern.expr else {
            return self.refuse("`matches`", "a glob that is written out", pattern);
        };
        left?;
        let Expr::Path(path) = &text.expr else { return Some(()) };
        let Some((_, ty)) = self.scope.enums.iter().find(|(known, _)| known == path) else { return Some(()) };
        if ty.values.iter().any(|value| glob::matches(pattern_text, value)) {
            return Some(());
        }
        let title = format!("no value of type `{}` matches `{pattern_text}`", ty.name);
        let diagnostic = self.error(Code::UNKNOWN_VALUE, &title, &pattern.part, "matches nothing").help(format!(
            "the values of `{}` are {}",
            ty.name,
            listed(ty.values.iter().map(String::as_str))
        ));
        self.ledger.push(diagnostic);
        None
    }

    /// A text that is compared with a path whose values are those of a type is one of them.
    fn known_value(&mut self, left: &Typed, right: &Typed) -> Option<()> {
        let (path, text, part) = match (&left.expr, &right.expr) {
            (Expr::Path(path), Expr::Text(text)) => (path, text, &right.part),
            (Expr::Text(text), Expr::Path(path)) => (path, text, &left.part),
            _ => return Some(()),
        };
        let Some((_, ty)) = self.scope.enums.iter().find(|(known, _)| known == path) else { return Some(()) };
        if ty.values.contains(text) {
            return Some(());
        }
        let title = format!("`{text}` is not a value of type `{}`", ty.name);
        let values = ty.values.iter().map(String::as_str);
        let diagnostic = self.error(Code::UNKNOWN_VALUE, &title, part, "no such value");
        let diagnostic = match self.ledger.nearest(text, values.clone()) {
            Some(meant) => {
                self.edited(diagnostic.help(format!("did you mean `{meant}`?")), part, &format!("\"{meant}\""))
            }
            None => diagnostic.help(format!("the values of `{}` are {}", ty.name, listed(values))),
        };
        self.ledger.push(diagnostic);
        None
    }
}

/// How what is received becomes a moment.
const AS_MOMENT: &str = "what is received becomes a moment with `parse_time(…, \"rfc3339\")`";

/// Whether one side is a moment, and the other is received and so text or a number.
fn received_beside_moment(left: &Typed, right: &Typed) -> bool {
    let beside = |one: &Typed, other: &Typed| one.ty == Ty::Moment && other.ty == Ty::Any && other.expr != Expr::Null;
    beside(left, right) || beside(right, left)
}
