//! Arithmetic: `+ - * / %` of numbers, and a moment and a duration. Text is never a number by itself.

use crate::Code;
use crate::model::{Expr, Function};

use super::ast::Ast;
use super::check::{Checker, Typed};
use super::ty::{Null, Ty};

impl Checker<'_, '_> {
    pub(super) fn arithmetic(&mut self, ast: &Ast, function: Function, operands: &[Typed]) -> Option<Typed> {
        if let ([left, right], Function::Add | Function::Subtract) = (operands, function)
            && [left, right].iter().any(|side| matches!(side.ty, Ty::Moment | Ty::Duration))
        {
            return self.later(ast, function, left, right);
        }
        let mut right = true;
        for (place, operand) in operands.iter().enumerate() {
            if !right && operands.iter().all(|operand| operand.ty == Ty::Text) {
                // Of two texts this is said once.
                break;
            }
            right &= self.wants_number(function, operand, operands.get(1 - place.min(1))).is_some();
        }
        if !right {
            return None;
        }
        let whole = |typed: &Typed| typed.ty == Ty::Integer;
        let other = |typed: &Typed| typed.ty == Ty::Number;
        let ty = match function {
            Function::Divide => Ty::Number,
            Function::Remainder => Ty::Integer,
            _ if operands.iter().any(other) => Ty::Number,
            _ if operands.iter().all(whole) => Ty::Integer,
            _ => Ty::Numeric,
        };
        let mut null = operands.iter().map(|operand| operand.null).max().unwrap_or(Null::Never);
        if let (Function::Divide | Function::Remainder, Some(divisor)) = (function, operands.get(1)) {
            match divisor.expr {
                Expr::Integer(0) => return self.by_zero(function, divisor),
                Expr::Number(0.0) => return self.by_zero(function, divisor),
                Expr::Integer(_) | Expr::Number(_) => {}
                _ => null = Null::Sometimes,
            }
        }
        let expr = Expr::Call(function, operands.iter().map(|operand| operand.expr.clone()).collect());
        Some(Typed::made_of(operands, expr, ty, null, &ast.range))
    }

    fn by_zero(&mut self, function: Function, divisor: &Typed) -> Option<Typed> {
        let title = format!("`{}` divides by zero", function.sign());
        let diagnostic = self.error(Code::BY_ZERO, &title, &divisor.part, "it would always be null");
        self.ledger.push(diagnostic);
        None
    }

    fn wants_number(&mut self, function: Function, operand: &Typed, other: Option<&Typed>) -> Option<()> {
        let fits = match (function, &operand.ty) {
            (_, Ty::Any) => operand.expr != Expr::Null,
            (Function::Remainder, ty) => matches!(ty, Ty::Integer | Ty::Numeric),
            (_, ty) => ty.is_number(),
        };
        if fits {
            return Some(());
        }
        let sign = function.sign();
        let wanted = if function == Function::Remainder { "whole numbers" } else { "numbers" };
        let title = format!("`{sign}` takes {wanted}");
        let diagnostic = self.error(Code::OPERAND_TYPE, &title, &operand.part, format!("this is {}", operand.ty));
        let text = self.text(&operand.part);
        let diagnostic = match (&operand.ty, function) {
            (Ty::Text, Function::Add) if other.is_some_and(|other| other.ty == Ty::Text) => {
                diagnostic.help("`concat(one, other)` puts one text behind the other, and so does a template")
            }
            (Ty::Text, _) => diagnostic.help(format!(
                "text is never a number by itself; `integer({text})` or `number({text})` reads it as one"
            )),
            (Ty::Number, _) => diagnostic.help(format!("`floor({text})` makes a whole number of it")),
            (Ty::Moment, _) => diagnostic.help(format!("`unix_seconds({text})` counts it from 1970")),
            (Ty::Duration, _) => diagnostic.help("a duration is added to a moment, or taken from one"),
            (Ty::List(_), _) => diagnostic.help(format!("`sum({text})` adds its items up")),
            _ => diagnostic,
        };
        self.ledger.push(diagnostic);
        None
    }

    /// A moment some time later or earlier.
    fn later(&mut self, ast: &Ast, function: Function, left: &Typed, right: &Typed) -> Option<Typed> {
        let (moment, duration) = match (&left.ty, &right.ty, function) {
            (Ty::Moment, Ty::Duration, _) => (left, right),
            (Ty::Duration, Ty::Moment, Function::Add) => (right, left),
            _ => return self.no_span(function, left, right),
        };
        let Expr::Integer(millis) = duration.expr else { return self.no_span(function, left, right) };
        let millis = if function == Function::Add { millis } else { millis.saturating_neg() };
        let expr = Expr::Call(Function::AddMillis, vec![moment.expr.clone(), Expr::Integer(millis)]);
        let operands = [moment.clone(), duration.clone()];
        Some(Typed::made_of(&operands, expr, Ty::Moment, moment.null, &ast.range))
    }

    fn no_span(&mut self, function: Function, left: &Typed, right: &Typed) -> Option<Typed> {
        let sign = function.sign();
        let title = format!("`{sign}` between {} and {}", left.ty, right.ty);
        let (one, other) = (self.text(&left.part), self.text(&right.part));
        let diagnostic = self
            .error(Code::OPERAND_TYPE, &title, &right.part, format!("this is {}", right.ty))
            .label(&self.node.part(&left.part), format!("this is {}", left.ty));
        self.ledger.push(match (&left.ty, &right.ty) {
            (Ty::Moment, Ty::Moment) => {
                diagnostic.help(format!("`seconds_between({other}, {one})` is the time from one to the other"))
            }
            (Ty::Moment, ty) if ty.is_number() || *ty == Ty::Any => diagnostic.help(format!(
                "a duration is written out, as in `{one} {sign} 30m`; `add_seconds({one}, {other})` adds what is computed"
            )),
            (Ty::Duration, _) | (_, Ty::Duration) => {
                diagnostic.help("what is received becomes a moment with `parse_time(…, \"rfc3339\")`")
            }
            _ => diagnostic.help("a duration such as `30m` is added to a moment, or taken from one"),
        });
        None
    }
}
