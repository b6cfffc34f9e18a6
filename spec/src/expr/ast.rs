//! The tree of an expression, with the bytes each part stands at.

use std::ops::Range;

use crate::model::Function;

/// A part of an expression. Ranges count the bytes of the expression's text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ast {
    pub(crate) range: Range<usize>,
    pub(crate) kind: AstKind,
    /// How many levels are below it, so that no tree is deeper than the stack is.
    pub(crate) height: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AstKind {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    /// `30m`, in milliseconds.
    Duration(i64),
    Text(String),
    Path(Vec<Step>),
    /// `let a = …, b = … in …`: the names, and the values with the body behind them.
    Let(Vec<(String, Range<usize>)>, Vec<Ast>),
    /// `item => …`, as an operand of a call.
    Lambda {
        name: String,
        name_range: Range<usize>,
        body: Box<Ast>,
    },
    FirstOf(Vec<Ast>),
    If(Box<[Ast; 3]>),
    /// An operator with its operands; of `in`, the first is sought among the others.
    Operator(Function, Vec<Ast>),
    Call {
        name: String,
        name_range: Range<usize>,
        arguments: Vec<Ast>,
        piped: bool,
    },
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) range: Range<usize>,
    pub(crate) kind: StepKind,
}

impl Step {
    /// Whether it is this name, without quotes.
    pub(crate) fn is_name(&self, wanted: &str) -> bool {
        matches!(&self.kind, StepKind::Key { name, quoted: false } if name == wanted)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StepKind {
    /// A key, and whether it was quoted: a quoted root is never the name of a scope.
    Key { name: String, quoted: bool },
    /// `[]`.
    Each,
}

impl AstKind {
    pub(crate) fn children(&self) -> &[Ast] {
        match self {
            AstKind::FirstOf(parts) | AstKind::Operator(_, parts) | AstKind::Let(_, parts) => parts,
            AstKind::Lambda { body, .. } => std::slice::from_ref(&**body),
            AstKind::Call { arguments, .. } => arguments,
            AstKind::If(parts) => parts.as_slice(),
            _ => &[],
        }
    }
}
