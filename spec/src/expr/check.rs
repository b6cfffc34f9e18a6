//! A tree against its scope: names, types, what may be null.
//!
//! Every sub-expression is checked even when its neighbour is wrong; what is wrong has no type, and nothing
//! further is said about what holds it.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::{Expr, Function, Segment};
use crate::suggest::listed;
use crate::yaml::{Kind, Node};

use super::ast::{Ast, AstKind, Step, StepKind};
use super::example::{self, Found};
use super::functions::{self, Gives, Signature, Takes};
use super::scope::{Example, Roots, Scope, Secrets, setting_type};
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
}

impl Typed {
    pub(super) fn literal(expr: Expr, ty: Ty, null: Null, ast: &Ast) -> Self {
        Typed { expr, ty, null, constant: true, secret: false, part: ast.range.clone() }
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
        Ok(ast) => Checker { ledger, node, what, scope }.typed(&ast),
        Err(error) => {
            report(ledger, node, what, error);
            None
        }
    }
}

/// Says that a scalar is no expression.
pub(crate) fn report(ledger: &mut Ledger<'_>, node: &Node, what: &str, error: SyntaxError) {
    let title = format!("{what} cannot be read");
    let diagnostic = Diagnostic::error(Code::EXPRESSION_SYNTAX, title, &node.part(&error.range), error.label)
        .maybe_help(error.help);
    let edit = error.patch.and_then(|(part, text)| node.edit(&part, &text));
    ledger.push(match edit {
        Some((range, text)) => diagnostic.patch(&range, text),
        None => diagnostic,
    });
}

/// The path of a field's own name, which is what a field is made of when it does not say.
///
/// `Err` holds what is wrong, for the caller to place, with the path that was probably meant.
pub(crate) fn own_path(name: &str, is_list: bool, example: Example<'_>) -> Result<Typed, Missing> {
    let mut path = vec![Segment::Key(name.to_owned())];
    if is_list {
        path.push(Segment::Each);
    }
    let part = 0..0;
    let typed = |path, ty, null| Typed { expr: Expr::Path(path), ty, null, constant: false, secret: false, part };
    let unknown = if is_list { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
    let Some(value) = example.value else { return Ok(typed(path, unknown, Null::Unknown)) };
    match example::follow(value, &path) {
        Found::Values(values) => {
            let (ty, null) = example::type_of_all(&values, is_list);
            Ok(typed(path, ty, null))
        }
        Found::Missing(_, keys) => Err(Missing {
            meant: crate::suggest::nearest(name, keys.iter().copied())
                .map(example::step)
                .or_else(|| example::anywhere(value, name)),
            keys: listed(keys),
        }),
        Found::NoList(_, ty) => Ok(typed(vec![Segment::Key(name.to_owned())], ty, Null::Unknown)),
        Found::Unknown | Found::NoObject(..) => {
            let null = if is_list { Null::Unknown } else { Null::Sometimes };
            Ok(typed(path, unknown, null))
        }
    }
}

/// A field's own name is no key of the example.
pub(crate) struct Missing {
    /// The path that was probably meant.
    pub(crate) meant: Option<String>,
    /// The keys there are.
    pub(crate) keys: String,
}

pub(super) struct Checker<'c, 's> {
    pub(super) ledger: &'c mut Ledger<'s>,
    pub(super) node: &'c Node,
    pub(super) what: &'c str,
    pub(super) scope: Scope<'c>,
}

impl Checker<'_, '_> {
    pub(super) fn typed(&mut self, ast: &Ast) -> Option<Typed> {
        match &ast.kind {
            AstKind::Null => Some(Typed::literal(Expr::Null, Ty::Any, Null::Sometimes, ast)),
            AstKind::Bool(value) => Some(Typed::literal(Expr::Bool(*value), Ty::Boolean, Null::Never, ast)),
            AstKind::Integer(value) => Some(Typed::literal(Expr::Integer(*value), Ty::Integer, Null::Never, ast)),
            AstKind::Number(value) => Some(Typed::literal(Expr::Number(*value), Ty::Number, Null::Never, ast)),
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
        Some(Typed::made_of(&parts, expr, ty, null, &ast.range))
    }

    fn joined(&mut self, ty: &Ty, part: &Typed) -> Option<Ty> {
        let joined = ty.or(&part.ty);
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
        Some(Typed::made_of(&parts, expr, ty, null, &ast.range))
    }

    fn call(
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
            None => diagnostic.help(format!("the functions are {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))),
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
        let diagnostic = self
            .error(Code::ARGUMENT_COUNT, &title, &ast.range, label)
            .help(format!("`{}`: {}", signature.call(), signature.doc));
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

    fn path(&mut self, ast: &Ast, steps: &[Step]) -> Option<Typed> {
        if let Some(rest) = rooted(steps, "config") {
            return self.setting(ast, rest);
        }
        match self.scope.roots {
            Roots::Settings => {
                self.only_settings(ast, steps);
                None
            }
            Roots::Response => {
                let path = segments(steps);
                let ty = if path.contains(&Segment::Each) { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
                Some(found(ast, path, ty, Null::Unknown))
            }
            Roots::Record(example) => self.record(ast, steps, example),
            Roots::Last(example) => match rooted(steps, "last") {
                Some([]) | None => {
                    let text = self.text(&ast.range);
                    let diagnostic = self
                        .error(Code::OUT_OF_SCOPE, &format!("`{text}` is not known"), &ast.range, "not the last record")
                        .help("write `last.` and a path of the last record, such as `last.id`");
                    let at = ast.range.start..ast.range.start;
                    let diagnostic =
                        if steps.len() == 1 && text == "last" { diagnostic } else { self.edited(diagnostic, &at, "last.") };
                    self.ledger.push(diagnostic);
                    None
                }
                Some(rest) => self.record(ast, rest, example),
            },
        }
    }

    fn text(&self, part: &Range<usize>) -> String {
        self.node.scalar().and_then(|scalar| scalar.text.get(part.clone())).unwrap_or_default().to_owned()
    }

    fn setting(&mut self, ast: &Ast, rest: &[Step]) -> Option<Typed> {
        let [Step { kind: StepKind::Key { name, .. }, range }] = rest else {
            let diagnostic = self
                .error(Code::OUT_OF_SCOPE, &format!("`{}` is not a setting", self.text(&ast.range)), &ast.range, "not a setting")
                .help("a setting is `config.NAME`; a key of the record named `config` stands in quotes: `[\"config\"]`");
            self.ledger.push(diagnostic);
            return None;
        };
        let settings = self.scope.settings;
        let Some(declaration) = settings.used(name) else {
            let title = format!("unknown setting `{name}`");
            let diagnostic = self.error(Code::UNKNOWN_SETTING, &title, range, "`config` does not declare it");
            let diagnostic = match self.ledger.nearest(name, settings.names()) {
                Some(meant) => self.edited(diagnostic.help(format!("did you mean `{meant}`?")), range, meant),
                None => settings.suggest(self.ledger, diagnostic, name, range, "config"),
            };
            self.ledger.push(diagnostic);
            return None;
        };
        let (ty, null, secret) = declaration.value.as_ref().map_or((Ty::Any, Null::Unknown, false), setting_type);
        if let (true, Secrets::Refused(place)) = (secret, self.scope.secrets) {
            let title = format!("the secret `{name}` is used");
            let diagnostic = self
                .error(Code::SECRET_ESCAPES, &title, &ast.range, format!("it would end up in {place}"))
                .label(&declaration.range, "declared as a secret here")
                .help("a secret is used in `auth` and headers only: everything else is logged or stored");
            self.ledger.push(diagnostic);
            return None;
        }
        let expr = Expr::Setting(name.clone());
        Some(Typed { expr, ty, null, constant: false, secret, part: ast.range.clone() })
    }

    fn only_settings(&mut self, ast: &Ast, steps: &[Step]) {
        let text = self.text(&ast.range);
        let diagnostic =
            self.error(Code::OUT_OF_SCOPE, &format!("`{text}` is not known"), &ast.range, "only settings are known here");
        let setting = match steps {
            [Step { kind: StepKind::Key { name, .. }, .. }] => {
                self.scope.settings.names().find(|setting| setting == name)
            }
            _ => None,
        };
        let diagnostic = match setting {
            Some(name) => self.edited(
                diagnostic.help(format!("a setting is `config.{name}`")),
                &ast.range,
                &format!("config.{name}"),
            ),
            None => diagnostic.help("no record has been read yet when this is made; a setting is `config.NAME`"),
        };
        self.ledger.push(diagnostic);
    }

    fn record(&mut self, ast: &Ast, steps: &[Step], example: Example<'_>) -> Option<Typed> {
        let path = segments(steps);
        let below_each = path.contains(&Segment::Each);
        let unknown = if below_each { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
        let Some(value) = example.value else { return Some(found(ast, path, unknown, Null::Unknown)) };
        match example::follow(value, &path) {
            Found::Values(values) => {
                let (ty, null) = example::type_of_all(&values, below_each);
                Some(found(ast, path, ty, null))
            }
            Found::Unknown => {
                // A list that is not there is read as an empty one.
                let null = if below_each { Null::Unknown } else { Null::Sometimes };
                Some(found(ast, path, unknown, null))
            }
            Found::Missing(index, keys) => {
                let step = steps.get(index)?;
                self.missing_key(step, ast, &keys, example);
                None
            }
            Found::NoObject(index, ty) => {
                let (step, before) = (steps.get(index)?, steps.get(index.checked_sub(1)?));
                let part = before.map_or(step.range.clone(), |before| before.range.clone());
                let title = format!("`{}` leads through {ty}", self.text(&ast.range));
                let diagnostic = self.error(Code::UNKNOWN_PATH, &title, &part, format!("{ty} in the example"));
                let diagnostic = if ty == Ty::Array {
                    let at = part.end..part.end;
                    self.edited(diagnostic.help("`[]` stands for each item"), &at, "[]")
                } else {
                    diagnostic
                };
                self.ledger.push(diagnostic);
                None
            }
            Found::NoList(index, ty) => {
                let step = steps.get(index)?;
                let title = format!("`[]` behind {ty}");
                let diagnostic = self
                    .error(Code::UNKNOWN_PATH, &title, &step.range, "not an array in the example")
                    .help("leave `[]` out");
                let diagnostic = self.edited(diagnostic, &step.range, "");
                self.ledger.push(diagnostic);
                None
            }
        }
    }

    fn missing_key(&mut self, step: &Step, ast: &Ast, keys: &[&str], example: Example<'_>) {
        let StepKind::Key { name, .. } = &step.kind else { return };
        let title = format!("`{}` is not in the example of resource `{}`", self.text(&ast.range), example.resource);
        let mut diagnostic =
            Diagnostic::error(Code::UNKNOWN_PATH, title, &self.node.part(&step.range), "no such key");
        if let Some(place) = example.key {
            let before = self.text(&(ast.range.start..step.range.start));
            let before = before.trim_end_matches(['.', '[']);
            let whose = if before.is_empty() { "its keys".to_owned() } else { format!("the keys of `{before}`") };
            diagnostic = diagnostic.label(place, format!("{whose}: {}", listed(keys.iter().copied())));
        }
        let near = self.ledger.nearest(name, keys.iter().copied());
        let diagnostic = if let Some(meant) = near {
            let quoted = example::step(meant);
            self.edited(diagnostic.help(format!("did you mean `{meant}`?")), &step.range, &quoted)
        } else if let Some(path) = example.value.and_then(|value| example::anywhere(value, name)) {
            self.edited(diagnostic.help(format!("did you mean `{path}`?")), &ast.range, &path)
        } else {
            diagnostic.help("write the path as the API sends it, or complete the example")
        };
        self.ledger.push(diagnostic);
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

/// The rest of a path behind an unquoted root.
fn rooted<'a>(steps: &'a [Step], root: &str) -> Option<&'a [Step]> {
    match steps {
        [Step { kind: StepKind::Key { name, quoted: false }, .. }, rest @ ..] if name == root => Some(rest),
        _ => None,
    }
}

fn segments(steps: &[Step]) -> Vec<Segment> {
    steps
        .iter()
        .map(|step| match &step.kind {
            StepKind::Key { name, .. } => Segment::Key(name.clone()),
            StepKind::Each => Segment::Each,
        })
        .collect()
}

fn found(ast: &Ast, path: Vec<Segment>, ty: Ty, null: Null) -> Typed {
    Typed { expr: Expr::Path(path), ty, null, constant: false, secret: false, part: ast.range.clone() }
}

/// Whether an expression is a path to one value.
pub(crate) fn is_plain_path(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if !path.contains(&Segment::Each))
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("one {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

impl Function {
    /// How an operator is written; empty for a function.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Function::Equal => "==",
            Function::NotEqual => "!=",
            Function::Less => "<",
            Function::LessOrEqual => "<=",
            Function::Greater => ">",
            Function::GreaterOrEqual => ">=",
            Function::And => "and",
            Function::Or => "or",
            Function::Not => "not",
            Function::In => "in",
            Function::Matches => "matches",
            _ => "",
        }
    }
}
