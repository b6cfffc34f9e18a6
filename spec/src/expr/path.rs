//! Paths: settings, and what stands in a record or a response.
//!
//! With an example, a path is looked up in it; without one it is taken at its word.

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic};
use crate::model::{Expr, Segment};
use crate::suggest::{is_respelt, listed, nearest};

use super::ast::{Ast, AstKind, Step, StepKind};
use super::check::{Checker, Typed};
use super::example::{self, Found};
use super::parse;
use super::scope::{Example, Given, GivenIs, Roots, Secrets, Window, setting_type};
use super::ty::{Null, Ty};

/// The path of a field's own name, which is what a field is made of when it does not say.
///
/// `Err` holds what is wrong, for the caller to place, with the path that was probably meant.
pub(crate) fn own_path(name: &str, is_list: bool, example: Example<'_>) -> Result<Typed, Missing> {
    let mut path = vec![Segment::Key(name.to_owned())];
    if is_list {
        path.push(Segment::Each);
    }
    let part = 0..0;
    let typed = |path, ty, null| Typed {
        expr: Expr::Path(path),
        ty,
        null,
        constant: false,
        secret: false,
        part,
        samples: Vec::new(),
    };
    let unknown = if is_list { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
    let Some(value) = example.value else { return Ok(typed(path, unknown, Null::Unknown)) };
    match example::follow(value, &path) {
        Found::Values(values) => {
            let (ty, null) = example::type_of_all(&values, is_list);
            Ok(typed(path, ty, null))
        }
        Found::Missing(_, keys) => Err(Missing {
            meant: nearest(name, keys.iter().copied()).map(example::step).or_else(|| example::anywhere(value, name)),
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

impl Checker<'_, '_> {
    pub(super) fn path(&mut self, ast: &Ast, steps: &[Step]) -> Option<Typed> {
        if let Some(typed) = self.local(ast, steps) {
            return typed;
        }
        if let Some(rest) = rooted(steps, "config") {
            return self.setting(ast, rest);
        }
        for given in self.scope.given {
            if let Some(rest) = rooted(steps, &given.name) {
                return self.given(ast, rest, given);
            }
        }
        if let (Some(rest), true) = (rooted(steps, "window"), self.scope.window != Window::Nowhere) {
            return self.window(ast, rest);
        }
        match self.scope.roots {
            Roots::Settings => {
                self.only_settings(ast, steps);
                None
            }
            Roots::Response => {
                if let Some(rest) = rooted(steps, "headers") {
                    return self.header(ast, rest);
                }
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
                    let diagnostic = if steps.len() == 1 && text == "last" {
                        diagnostic
                    } else {
                        self.edited(diagnostic, &at, "last.")
                    };
                    self.ledger.push(diagnostic);
                    None
                }
                Some(rest) => self.record(ast, rest, example),
            },
        }
    }

    fn setting(&mut self, ast: &Ast, rest: &[Step]) -> Option<Typed> {
        let [Step { kind: StepKind::Key { name, .. }, range }] = rest else {
            let diagnostic = self
                .error(
                    Code::OUT_OF_SCOPE,
                    &format!("`{}` is not a setting", self.text(&ast.range)),
                    &ast.range,
                    "not a setting",
                )
                .help(
                    "a setting is `config.NAME`; a key of the record named `config` stands in quotes: `[\"config\"]`",
                );
            self.ledger.push(diagnostic);
            return None;
        };
        let settings = self.scope.settings;
        let Some(declaration) = settings.used(name) else {
            let title = format!("unknown setting `{name}`");
            let diagnostic = self.error(Code::UNKNOWN_SETTING, &title, range, "`config` does not declare it");
            let diagnostic = match self.ledger.nearest(name, settings.names()) {
                Some(meant) => self
                    .edited(diagnostic.help(format!("did you mean `{meant}`?")), range, meant)
                    .certainty(Certainty::when(is_respelt(name, meant, settings.names()))),
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
        Some(Typed { expr, ty, null, constant: false, secret, part: ast.range.clone(), samples: Vec::new() })
    }

    /// `headers.NAME`: text, or null where the response does not have it.
    fn header(&mut self, ast: &Ast, rest: &[Step]) -> Option<Typed> {
        let [Step { kind: StepKind::Key { name, .. }, .. }] = rest else {
            let title = format!("`{}` is not a header", self.text(&ast.range));
            let diagnostic = self.error(Code::OUT_OF_SCOPE, &title, &ast.range, "not a header").help(
                "a header is `headers.NAME` or `headers[\"X-Name\"]`; a key of the body named `headers` stands in \
                 quotes: `[\"headers\"]`",
            );
            self.ledger.push(diagnostic);
            return None;
        };
        let (expr, part) = (Expr::Header(name.clone()), ast.range.clone());
        Some(Typed {
            expr,
            ty: Ty::Text,
            null: Null::Unknown,
            constant: false,
            secret: false,
            part,
            samples: Vec::new(),
        })
    }

    fn only_settings(&mut self, ast: &Ast, steps: &[Step]) {
        let text = self.text(&ast.range);
        let given = self.scope.given;
        let label = match given {
            [] => "only settings are known here".to_owned(),
            _ => format!("only settings and {} are known here", listed(given.iter().map(|given| given.name.as_str()))),
        };
        let title = format!("`{text}` is not known");
        let diagnostic = self.error(Code::OUT_OF_SCOPE, &title, &ast.range, label);
        let setting = match steps {
            [Step { kind: StepKind::Key { name, .. }, .. }] => {
                self.scope.settings.names().find(|setting| setting == name)
            }
            _ => None,
        };
        let written: Vec<String> = self.scope.settings.names().map(|name| format!("config.{name}")).collect();
        let settings = match written.as_slice() {
            [] => "a setting is `config.NAME`".to_owned(),
            [one] => format!("the setting is `{one}`"),
            all => format!("the settings are {}", listed(all.iter().map(String::as_str))),
        };
        let diagnostic = match setting {
            Some(name) => self.edited(
                diagnostic.help(format!("a setting is `config.{name}`")),
                &ast.range,
                &format!("config.{name}"),
            ),
            None => match given.first() {
                Some(Given { name, is: GivenIs::Row { .. } }) => diagnostic
                    .help(format!("{settings}, a column of the row that the list is read for is `{name}.NAME`")),
                Some(Given { name, is: GivenIs::Value }) => {
                    diagnostic.help(format!("{settings}, the value that the list is read for is `{name}`"))
                }
                None => diagnostic.help(format!("no record has been read yet when this is made; {settings}")),
            },
        };
        self.ledger.push(diagnostic);
    }

    fn record(&mut self, ast: &Ast, steps: &[Step], example: Example<'_>) -> Option<Typed> {
        if let Ok(typed) = self.around(ast, steps, example) {
            return Some(typed);
        }
        let path = segments(steps);
        let below_each = path.contains(&Segment::Each);
        let unknown = if below_each { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
        let Some(value) = example.value else { return Some(found(ast, path, unknown, Null::Unknown)) };
        match example::follow(value, &path) {
            Found::Values(values) => {
                let (ty, null) = example::type_of_all(&values, below_each);
                let samples = values.into_iter().cloned().collect();
                Some(found(ast, path, ty, null).like(samples))
            }
            Found::Unknown => {
                // A list that is not there is read as an empty one.
                let null = if below_each { Null::Unknown } else { Null::Sometimes };
                Some(found(ast, path, unknown, null))
            }
            Found::Missing(index, keys) => {
                let step = steps.get(index)?;
                self.missing_key(step, ast, &keys, example, true);
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

    /// Says that a key is not in the example. `from_root` says whether the path begins at the record.
    pub(super) fn missing_key(&mut self, step: &Step, ast: &Ast, keys: &[&str], example: Example<'_>, from_root: bool) {
        let StepKind::Key { name, .. } = &step.kind else { return };
        let title = format!("`{}` is not in the example of resource `{}`", self.text(&ast.range), example.resource);
        let mut diagnostic = Diagnostic::error(Code::UNKNOWN_PATH, title, &self.node.part(&step.range), "no such key");
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
        } else if let Some(path) = example.value.filter(|_| from_root).and_then(|value| example::anywhere(value, name))
        {
            self.edited(diagnostic.help(format!("did you mean `{path}`?")), &ast.range, &path)
        } else {
            diagnostic.help("write the path as the API sends it, or complete the example")
        };
        self.ledger.push(diagnostic);
    }
}

/// Whether an expression speaks of the last record: some path in it begins with `last.`.
pub(crate) fn begins_at_last(text: &str) -> bool {
    fn any(ast: &Ast) -> bool {
        match &ast.kind {
            AstKind::Path(steps) => steps.len() > 1 && rooted(steps, "last").is_some(),
            kind => kind.children().iter().any(any),
        }
    }
    parse::parse(text).is_ok_and(|ast| any(&ast))
}

/// What is wrong with a path of the record, where the example shows that it is not there.
pub(crate) fn absent(path: &[Segment], example: Example<'_>) -> Option<String> {
    match example::follow(example.value?, path) {
        Found::Missing(_, keys) => Some(format!("the keys there are {}", listed(keys))),
        Found::NoObject(_, ty) => Some(format!("it leads through {ty}")),
        _ => None,
    }
}

/// The rest of a path behind an unquoted root.
pub(super) fn rooted<'a>(steps: &'a [Step], root: &str) -> Option<&'a [Step]> {
    match steps {
        [Step { kind: StepKind::Key { name, quoted: false }, .. }, rest @ ..] if name == root => Some(rest),
        _ => None,
    }
}

pub(super) fn segments(steps: &[Step]) -> Vec<Segment> {
    steps
        .iter()
        .map(|step| match &step.kind {
            StepKind::Key { name, .. } => Segment::Key(name.clone()),
            StepKind::Each => Segment::Each,
        })
        .collect()
}

fn found(ast: &Ast, path: Vec<Segment>, ty: Ty, null: Null) -> Typed {
    let (expr, part) = (Expr::Path(path), ast.range.clone());
    Typed { expr, ty, null, constant: false, secret: false, part, samples: Vec::new() }
}

/// Whether an expression is a path to one value.
pub(crate) fn is_plain_path(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) | Expr::Local(_, path) if !path.contains(&Segment::Each))
}
