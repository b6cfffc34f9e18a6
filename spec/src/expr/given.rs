//! Names that are given: what a list is read for, the ends of a window, what stands around a record.

use crate::Code;
use crate::model::{Bound, Expr, Segment};
use crate::suggest::listed;

use super::ast::{Ast, Step, StepKind};
use super::check::{Checker, Typed};
use super::example;
use super::path::{rooted, segments};
use super::scope::{Example, Given, GivenIs, Window};
use super::ty::{Null, Ty};

impl Checker<'_, '_> {
    /// `NAME.COLUMN` or `NAME`: what `for_each` gives.
    pub(super) fn given(&mut self, ast: &Ast, rest: &[Step], given: &Given) -> Option<Typed> {
        let (of, columns) = match &given.is {
            GivenIs::Row { of, columns } => (of, columns.as_ref()?),
            GivenIs::Value if rest.is_empty() => {
                let (expr, part) = (Expr::Given { name: given.name.clone(), column: None }, ast.range.clone());
                return Some(Typed {
                    expr,
                    ty: Ty::Text,
                    null: Null::Never,
                    constant: false,
                    secret: false,
                    part,
                    samples: Vec::new(),
                });
            }
            GivenIs::Value => {
                let title = format!("`{}` leads through a text", self.text(&ast.range));
                let diagnostic = self
                    .error(Code::OUT_OF_SCOPE, &title, &ast.range, "nothing is below it")
                    .help(format!("`{0}` is one of the values of `for_each`: write `{0}` alone", given.name));
                let diagnostic = self.edited(diagnostic, &ast.range, &given.name);
                self.ledger.push(diagnostic);
                return None;
            }
        };
        let names = || columns.iter().map(|column| column.name.as_str());
        let [Step { kind: StepKind::Key { name, .. }, range }] = rest else {
            let title = format!("`{}` is not a column of `{of}`", self.text(&ast.range));
            let diagnostic = self.error(Code::OUT_OF_SCOPE, &title, &ast.range, "not a column").help(format!(
                "`{0}.NAME` is a column of the row that this list is read for: {1}",
                given.name,
                listed(names())
            ));
            self.ledger.push(diagnostic);
            return None;
        };
        let Some(column) = columns.iter().find(|column| column.name == *name) else {
            let title = format!("resource `{of}` has no field `{name}`");
            let diagnostic = self.error(Code::UNKNOWN_PATH, &title, range, "no such column");
            let diagnostic = match self.ledger.nearest(name, names()) {
                Some(meant) => self.edited(diagnostic.help(format!("did you mean `{meant}`?")), range, meant),
                None => diagnostic.help(format!(
                    "its columns are {}; what is needed of a parent is a field of its row",
                    listed(names())
                )),
            };
            self.ledger.push(diagnostic);
            return None;
        };
        let expr = Expr::Given { name: given.name.clone(), column: Some(name.clone()) };
        let part = ast.range.clone();
        let (ty, null) = (column.ty.clone(), column.null);
        if !ty.is_scalar() {
            let title = format!("`{}` is not a single value", self.text(&ast.range));
            let diagnostic = self
                .error(Code::OPERAND_TYPE, &title, &part, "a list or JSON")
                .help("give the parent a field that holds what is needed of it");
            self.ledger.push(diagnostic);
            return None;
        }
        Some(Typed { expr, ty, null, constant: false, secret: false, part, samples: Vec::new() })
    }

    /// `window.start`, `window.end`.
    pub(super) fn window(&mut self, ast: &Ast, rest: &[Step]) -> Option<Typed> {
        let bound = match rest {
            [Step { kind: StepKind::Key { name, .. }, .. }] => match name.as_str() {
                "start" => Some(Bound::Start),
                "end" => Some(Bound::End),
                _ => None,
            },
            _ => None,
        };
        let title = format!("`{}` is not known", self.text(&ast.range));
        let Some(bound) = bound else {
            let diagnostic = self
                .error(Code::OUT_OF_SCOPE, &title, &ast.range, "not an end of the window")
                .help("the ends of the window are `window.start` and `window.end`");
            self.ledger.push(diagnostic);
            return None;
        };
        let Window::Known { ends, numbers } = self.scope.window else {
            let diagnostic = self
                .error(Code::OUT_OF_SCOPE, &title, &ast.range, "the resource has no window of time")
                .help("give it `incremental` with a `window`");
            self.ledger.push(diagnostic);
            return None;
        };
        // The first window has no start where nothing says how far it reaches back, the newest no end.
        let null = if bound == Bound::End && !ends { Null::Sometimes } else { Null::Unknown };
        let (expr, part) = (Expr::Window(bound), ast.range.clone());
        let ty = if numbers { Ty::Integer } else { Ty::Text };
        Some(Typed { expr, ty, null, constant: false, secret: false, part, samples: Vec::new() })
    }

    /// `above.PATH`, `entry.key`, `entry.value`: what stands around a record. `Err` when the path is none of them.
    pub(super) fn around(&self, ast: &Ast, steps: &[Step], example: Example<'_>) -> Result<Typed, ()> {
        let part = ast.range.clone();
        let samples = example.value.filter(|_| steps.len() == 2).into_iter().cloned();
        let typed = |expr, ty, null| Typed {
            samples: if matches!(expr, Expr::Path(_)) { samples.collect() } else { Vec::new() },
            expr,
            ty,
            null,
            constant: false,
            secret: false,
            part,
        };
        if let (Some(rest), true) = (rooted(steps, "above"), example.around.above) {
            let path = segments(rest);
            let ty = if path.contains(&Segment::Each) { Ty::List(Box::new(Ty::Any)) } else { Ty::Any };
            return if path.is_empty() { Err(()) } else { Ok(typed(Expr::Above(path), ty, Null::Unknown)) };
        }
        match rooted(steps, "entry") {
            Some([Step { kind: StepKind::Key { name, .. }, .. }]) => match name.as_str() {
                "key" if example.around.key => Ok(typed(Expr::EntryKey, Ty::Text, Null::Never)),
                "value" if example.around.value => {
                    let (ty, null) = match example.value {
                        Some(value) => example::type_of_all(&[value], false),
                        None => (Ty::Any, Null::Unknown),
                    };
                    Ok(typed(Expr::Path(Vec::new()), ty, null))
                }
                _ => Err(()),
            },
            _ => Err(()),
        }
    }
}
