//! Calls: which functions there are, how many operands they take and of which types.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::model::Expr;

use super::ast::Ast;
use super::check::{Checker, Typed};
use super::functions::{self, Gives, Signature, Takes};
use super::path::is_plain_path;
use super::ty::{Null, Ty};

impl Checker<'_, '_> {
    pub(super) fn call(
        &mut self,
        ast: &Ast,
        name: &str,
        name_range: &Range<usize>,
        arguments: &[Ast],
        piped: bool,
    ) -> Option<Typed> {
        let arguments_typed = self.all(arguments);
        let Some(signature) = functions::find(name) else {
            self.unknown_function(name, name_range);
            return None;
        };
        if arguments.len() != signature.parameters.len() {
            self.argument_count(signature, ast, arguments.len(), piped);
            return None;
        }
        let operands = arguments_typed?;
        let mut right = true;
        for (parameter, operand) in signature.parameters.iter().zip(&operands) {
            right &= self.takes(signature, parameter.takes, operand).is_some();
        }
        if !right {
            return None;
        }
        let ty = match (signature.gives, operands.first().map(|operand| &operand.ty)) {
            (Gives::Text, _) => Ty::Text,
            (Gives::Integer, _) => Ty::Integer,
            (Gives::Number, _) => Ty::Number,
            (Gives::Boolean, _) => Ty::Boolean,
            (Gives::Texts, _) => Ty::List(Box::new(Ty::Text)),
            (Gives::Item, Some(Ty::List(item))) => (**item).clone(),
            (Gives::Item, _) => Ty::Any,
        };
        let operands_null = operands.iter().map(|operand| operand.null).max().unwrap_or(Null::Never);
        let null = if signature.nullable { Null::Sometimes } else { operands_null };
        let expr = Expr::Call(signature.function, operands.iter().map(|operand| operand.expr.clone()).collect());
        Some(Typed::made_of(&operands, expr, ty, null, &ast.range))
    }

    fn unknown_function(&mut self, name: &str, range: &Range<usize>) {
        let names = functions::FUNCTIONS.iter().map(|signature| signature.name);
        let diagnostic =
            self.error(Code::UNKNOWN_FUNCTION, &format!("unknown function `{name}`"), range, "no such function");
        let diagnostic = match self.ledger.nearest(name, names.clone()) {
            Some(meant) => self.edited(diagnostic.help(format!("did you mean `{meant}`?")), range, meant),
            None => diagnostic.help(format!(
                "the functions are {}",
                names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            )),
        };
        self.ledger.push(diagnostic);
    }

    fn argument_count(&mut self, signature: &Signature, ast: &Ast, count: usize, piped: bool) {
        let wanted = signature.parameters.len();
        let title = format!("`{}` takes {}", signature.name, plural(wanted, "argument"));
        let label = if piped {
            format!("{} here, the first of them in front of the `|`", plural(count, "argument"))
        } else {
            format!("{} here", plural(count, "argument"))
        };
        let diagnostic = self.error(Code::ARGUMENT_COUNT, &title, &ast.range, label).help(format!(
            "`{}`: {}",
            signature.call(),
            signature.doc
        ));
        self.ledger.push(diagnostic);
    }

    fn takes(&mut self, signature: &Signature, takes: Takes, operand: &Typed) -> Option<()> {
        let who = format!("`{}`", signature.name);
        match takes {
            Takes::Text => self.wants_text(&who, operand),
            Takes::List => self.wants_list(&who, operand),
            Takes::ListOrText => match operand.ty {
                Ty::Text | Ty::Any => Some(()),
                _ => self.wants_list(&who, operand),
            },
            Takes::Scalar if operand.ty.is_scalar() => Some(()),
            Takes::Scalar => self.refuse(&who, "a single value", operand),
            Takes::Regex => self.regex(operand),
        }
    }

    fn regex(&mut self, operand: &Typed) -> Option<()> {
        let Expr::Text(pattern) = &operand.expr else {
            return self.refuse("`capture`", "a regular expression that is written out", operand);
        };
        let (label, help) = match regex_lite::Regex::new(pattern) {
            Err(error) => (error.to_string(), None),
            Ok(regex) if regex.captures_len() < 2 => {
                ("it has no group".to_owned(), Some("put the part to capture between `(` and `)`"))
            }
            Ok(_) => return Some(()),
        };
        let diagnostic = self
            .error(Code::INVALID_REGEX, "invalid regular expression", &operand.part, label)
            .maybe_help(help.map(str::to_owned));
        self.ledger.push(diagnostic);
        None
    }

    pub(super) fn wants_text(&mut self, who: &str, operand: &Typed) -> Option<()> {
        if operand.ty.can_be(&Ty::Text) { Some(()) } else { self.refuse(who, "text", operand) }
    }

    pub(super) fn wants_boolean(&mut self, who: &str, operand: &Typed) -> Option<()> {
        if operand.ty.can_be(&Ty::Boolean) { Some(()) } else { self.refuse(who, "a boolean", operand) }
    }

    fn wants_list(&mut self, who: &str, operand: &Typed) -> Option<()> {
        let is_list = match &operand.ty {
            Ty::List(_) => true,
            Ty::Any => !is_plain_path(&operand.expr),
            _ => false,
        };
        if is_list { Some(()) } else { self.refuse(who, "a list", operand) }
    }

    /// Says that an operand is of the wrong type, and what would make it right.
    pub(super) fn refuse(&mut self, who: &str, wanted: &str, operand: &Typed) -> Option<()> {
        let title = format!("{who} in {} takes {wanted}", self.what);
        let text = self.text(&operand.part);
        let is_path = is_plain_path(&operand.expr);
        let label = if operand.ty == Ty::Any && is_path {
            "without `[]` this is one value".to_owned()
        } else {
            format!("this is {}", operand.ty)
        };
        let diagnostic = Diagnostic::error(Code::OPERAND_TYPE, title, &self.node.part(&operand.part), label);
        let diagnostic = match (&operand.ty, wanted) {
            (Ty::Array | Ty::Any, "a list") if is_path => {
                let at = operand.part.end..operand.part.end;
                self.edited(diagnostic.help(format!("`{text}[]` is the list of its items")), &at, "[]")
            }
            (Ty::Integer | Ty::Number | Ty::Boolean, "text") => {
                let diagnostic = diagnostic.help(format!("`text({text})` makes text of it"));
                self.edited(diagnostic, &operand.part, &format!("text({text})"))
            }
            (Ty::List(_), "text") => {
                diagnostic.help(format!("`first({text})` picks an item, `{text} | join(\", \")` makes text of all"))
            }
            _ => diagnostic,
        };
        self.ledger.push(diagnostic);
        None
    }
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("one {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
