//! Expressions, checked: every name in them exists, every operand has the type it needs.

/// An expression, checked: every name in it exists, every operand has the type it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// `"text"`.
    Text(String),
    /// A value of the scope: the record, or the response.
    Path(Vec<Segment>),
    /// `headers.NAME`: a header of the response.
    Header(String),
    /// `PARENT.NAME`: a column of the parent's row.
    Parent(String),
    /// `config.NAME`.
    Setting(String),
    /// `a ?? b`: two or more.
    FirstOf(Vec<Expr>),
    /// Text with `{…}` in it.
    Concat(Vec<Expr>),
    /// `if a then b else c`.
    If(Box<[Expr; 3]>),
    /// A function or operator. A pipe `x | f(y)` is `f(x, y)`.
    Call(Function, Vec<Expr>),
}

/// Calls `found` with every column of the parent's row that an expression names.
pub fn each_parent<'e>(expr: &'e Expr, found: &mut dyn FnMut(&'e str)) {
    match expr {
        Expr::Parent(column) => found(column),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
            parts.iter().for_each(|part| each_parent(part, found));
        }
        Expr::If(parts) => parts.iter().for_each(|part| each_parent(part, found)),
        _ => {}
    }
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// `.name`.
    Key(String),
    /// `[]`: each item of an array.
    Each,
}

/// Functions and operators; what they do is said where they are executed, and in the language's reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what stands in the expression")]
pub enum Function {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Not,
    In,
    Matches,
    Capture,
    Integer,
    Join,
    Length,
    First,
    Lower,
    Upper,
    Number,
    Trim,
    Replace,
    Concat,
    Contains,
    StartsWith,
    EndsWith,
    Split,
    Last,
    Text,
    Key,
}
