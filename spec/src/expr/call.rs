//! Calls: which functions there are, how many operands they take and of which types.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic};
use crate::model::{Expr, Json};
use crate::suggest::is_slip;

use super::ast::{Ast, AstKind};
use super::check::{Checker, Typed};
use super::elsewhere::{self, Here};
use super::example::type_of_all;
use super::functions::{self, Does, Gives, Signature, Takes};
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
        let known = functions::find(name);
        if let (Some(signature), 2) = (known, arguments.len())
            && let Does::Over(over) = signature.does
        {
            return self.over(ast, signature, over, arguments);
        }
        let Some(signature) = known else {
            self.unknown_function(name, name_range);
            // Whether it takes `item => …` is not known either.
            let values = arguments.iter().filter(|argument| !matches!(argument.kind, AstKind::Lambda { .. }));
            values.for_each(|argument| drop(self.all(std::slice::from_ref(argument))));
            return None;
        };
        let arguments_typed = self.all(arguments);
        if arguments.len() != signature.parameters.len() {
            self.argument_count(signature, ast, arguments.len(), piped);
            return None;
        }
        let Does::Function(function) = signature.does else { return None };
        let mut operands = arguments_typed?;
        let mut right = true;
        for at in 0..operands.len() {
            let Some(parameter) = signature.parameters.get(at) else { continue };
            match self.takes(signature, parameter.takes, &operands, at) {
                Some(taken) => operands.iter_mut().skip(at).take(1).for_each(|operand| *operand = taken.clone()),
                None => right = false,
            }
        }
        if !right {
            return None;
        }
        let first = operands.first();
        let item = first.map(|list| self.item_of(list));
        let (ty, samples) = match (signature.gives, first) {
            (Gives::Text, _) => (Ty::Text, Vec::new()),
            (Gives::Integer, _) => (Ty::Integer, Vec::new()),
            (Gives::Number, _) => (Ty::Number, Vec::new()),
            (Gives::Boolean, _) => (Ty::Boolean, Vec::new()),
            (Gives::Moment, _) => (Ty::Moment, Vec::new()),
            (Gives::Texts, _) => (Ty::List(Box::new(Ty::Text)), Vec::new()),
            (Gives::Item, _) => item.map_or((Ty::Any, Vec::new()), |item| (item.ty, item.samples)),
            (Gives::ItemNumber, _) => match item.map(|item| item.ty) {
                Some(Ty::Integer) => (Ty::Integer, Vec::new()),
                Some(Ty::Number) => (Ty::Number, Vec::new()),
                _ => (Ty::Numeric, Vec::new()),
            },
            (Gives::Same, Some(first)) => match first.ty {
                Ty::Any => (Ty::Numeric, Vec::new()),
                ref ty => (ty.clone(), first.samples.clone()),
            },
            (Gives::Entries, Some(first)) => (Ty::List(Box::new(Ty::Object)), entries(&first.samples)),
            (Gives::Values, Some(first)) => {
                let values: Vec<Json> = members(&first.samples).map(|(_, value)| value.clone()).collect();
                let known: Vec<&Json> = values.iter().collect();
                let (item, _) = type_of_all(&known, false);
                (Ty::List(Box::new(item)), values)
            }
            (Gives::Same | Gives::Entries | Gives::Values | Gives::Mapped, _) => (Ty::Any, Vec::new()),
        };
        let operands_null = operands.iter().map(|operand| operand.null).max().unwrap_or(Null::Never);
        let null = if signature.nullable { Null::Sometimes } else { operands_null };
        let expr = Expr::Call(function, operands.iter().map(|operand| operand.expr.clone()).collect());
        Some(Typed::made_of(&operands, expr, ty, null, &ast.range).like(samples))
    }

    fn unknown_function(&mut self, name: &str, range: &Range<usize>) {
        let names = functions::FUNCTIONS.iter().map(|signature| signature.name);
        let diagnostic =
            self.error(Code::UNKNOWN_FUNCTION, &format!("unknown function `{name}`"), range, "no such function");
        let elsewhere = elsewhere::here(name);
        // `str` is a letter away from `sort`: a word of another language is no slip.
        let diagnostic = match (self.ledger.nearest(name, names.clone()), elsewhere) {
            (_, Some(Here::Function(ours))) => {
                let call = functions::find(ours).map_or_else(String::new, |ours| match ours.does {
                    Does::Function(_) => ours.call(),
                    Does::Over(_) => ours.example(),
                });
                let help = format!("did you mean `{ours}`? It is called `{call}`");
                self.edited(diagnostic.help(help), range, ours)
            }
            (_, Some(Here::Form(written, is))) => diagnostic.help(format!("write `{written}`: {is}")),
            (Some(meant), None) => self
                .edited(diagnostic.help(format!("did you mean `{meant}`?")), range, meant)
                .certainty(Certainty::when(is_slip(name, meant, names))),
            (None, None) => diagnostic.help(format!(
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

    /// The operand as a function takes it. `None` when it does not; the ledger knows why.
    fn takes(&mut self, signature: &Signature, takes: Takes, operands: &[Typed], at: usize) -> Option<Typed> {
        let operand = operands.get(at)?;
        let who = format!("`{}`", signature.name);
        let fits = match takes {
            Takes::Text => self.wants_text(&who, operand),
            Takes::ListOrText if matches!(operand.ty, Ty::Text | Ty::Any) => Some(()),
            Takes::List | Takes::ListOrText => return self.items(&who, operand, false),
            Takes::Items => return self.items(&who, operand, true),
            Takes::Singles | Takes::Numbers | Takes::Ordered => {
                let list = self.items(&who, operand, false)?;
                let item = if let Ty::List(item) = &list.ty { (**item).clone() } else { Ty::Any };
                let (fits, wanted) = match takes {
                    Takes::Numbers => (item == Ty::Any || item.is_number(), "a list of numbers"),
                    Takes::Singles => (item.is_scalar() || item == Ty::Moment, "a list of single values"),
                    _ => {
                        let ordered = matches!(item, Ty::Any | Ty::Text | Ty::Moment) || item.is_number();
                        (ordered, "a list of numbers, texts or moments")
                    }
                };
                if fits {
                    return Some(list);
                }
                self.refuse_items(&who, wanted, &item, operand)
            }
            Takes::Scalar if operand.ty.is_scalar() => Some(()),
            Takes::Scalar => self.refuse(&who, "a single value", operand),
            Takes::Regex => self.regex(operand),
            Takes::Number if operand.ty == Ty::Any || operand.ty.is_number() => Some(()),
            Takes::Number => self.refuse(&who, "a number", operand),
            Takes::Whole if matches!(operand.ty, Ty::Any | Ty::Integer | Ty::Numeric) => Some(()),
            Takes::Whole => self.refuse(&who, "a whole number", operand),
            Takes::Part => self.part_of(&who, operands.first()?, operand),
            Takes::Object if matches!(operand.ty, Ty::Any | Ty::Object) && operand.expr != Expr::Null => Some(()),
            Takes::Object => self.refuse(&who, "an object", operand),
            Takes::Moment if operand.ty == Ty::Moment => Some(()),
            Takes::Moment => self.refuse(&who, "a moment", operand),
            Takes::Written => self.written(&who, operand, operands.get(at + 1)?),
            Takes::Format => self.format(&who, operand, true),
            Takes::TextFormat => self.format(&who, operand, false),
            Takes::Unit => self.unit(&who, operand),
            Takes::Lambda => None,
        };
        fits.map(|()| operand.clone())
    }

    fn refuse_items(&mut self, who: &str, wanted: &str, item: &Ty, operand: &Typed) -> Option<()> {
        let title = format!("{who} takes {wanted}");
        let text = self.text(&operand.part);
        let diagnostic = self.error(Code::OPERAND_TYPE, &title, &operand.part, format!("its items are {item} each"));
        self.ledger.push(match item {
            Ty::Object => diagnostic.help(format!("`map({text}, item => item.…)` makes a list of one value of each")),
            _ => diagnostic,
        });
        None
    }

    /// What is sought in a text is text; what is sought in a list is like its items.
    fn part_of(&mut self, who: &str, whole: &Typed, part: &Typed) -> Option<()> {
        let Ty::List(item) = &whole.ty else { return self.wants_text(who, part) };
        if part.ty.can_be(item)
            && (part.ty.is_scalar() || part.ty == Ty::Moment)
            && (item.is_scalar() || **item == part.ty)
        {
            return Some(());
        }
        let title = format!("{who} seeks {} in a list whose items are {item}", part.ty);
        let diagnostic = self.error(Code::OPERAND_TYPE, &title, &part.part, format!("this is {}", part.ty));
        self.ledger.push(diagnostic.help("`any(list, item => …)` tells whether something is true of an item"));
        None
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

    /// Says that an operand is of the wrong type, and what would make it right.
    pub(super) fn refuse(&mut self, who: &str, wanted: &str, operand: &Typed) -> Option<()> {
        let title = format!("{who} in {} takes {wanted}", self.what);
        let text = self.text(&operand.part);
        let is_path = is_plain_path(&operand.expr);
        let label = if operand.ty == Ty::Any && is_path && wanted == "a list" {
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
            (Ty::Text, "a number" | "a whole number") => diagnostic.help(format!(
                "text is never a number by itself; `integer({text})` or `number({text})` reads it as one"
            )),
            (Ty::Number, "a whole number") => diagnostic.help(format!("`floor({text})` makes a whole number of it")),
            (Ty::Text | Ty::Any, "a moment") => {
                let diagnostic = diagnostic.help("what is received becomes a moment with `parse_time`");
                self.edited(diagnostic, &operand.part, &format!("parse_time({text}, \"rfc3339\")"))
            }
            (Ty::Integer | Ty::Number | Ty::Numeric, "a moment") => {
                let diagnostic = diagnostic.help("what is received becomes a moment with `parse_time`");
                self.edited(diagnostic, &operand.part, &format!("parse_time({text}, \"unix_seconds\")"))
            }
            (Ty::Moment, "text" | "a single value") => {
                let diagnostic = diagnostic.help("`format_time` makes text of a moment");
                self.edited(diagnostic, &operand.part, &format!("format_time({text}, \"rfc3339\")"))
            }
            _ => diagnostic,
        };
        self.ledger.push(diagnostic);
        None
    }
}

/// The members of objects.
fn members(samples: &[Json]) -> impl Iterator<Item = &(String, Json)> {
    samples.iter().flat_map(|json| if let Json::Object(members) = json { members.as_slice() } else { &[] })
}

/// What `entries` makes of objects.
fn entries(samples: &[Json]) -> Vec<Json> {
    let entry = |(key, value): &(String, Json)| {
        Json::Object(vec![("key".to_owned(), Json::Text(key.clone())), ("value".to_owned(), value.clone())])
    };
    let all: Vec<Json> = members(samples).map(entry).collect();
    if all.is_empty() {
        // Of an object of which nothing is known, this much is.
        return vec![entry(&(String::new(), Json::Null))];
    }
    all
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("one {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
