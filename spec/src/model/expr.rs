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
    /// `NAME.COLUMN`, or `NAME`: a column of the row that the list is read for, or the value.
    Given {
        /// The name that `for_each` gives.
        name: String,
        /// The column; none of a value.
        column: Option<String>,
    },
    /// `window.start`, `window.end`: an end of the window that is asked for, as text.
    Window(Bound),
    /// `above.PATH`: a value of the item that the record stands in.
    Above(Vec<Segment>),
    /// `entry.key`: the key that the record stands under. (`entry.value` is the empty path.)
    EntryKey,
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

/// An end of a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The first moment in it.
    Start,
    /// The first moment behind it.
    End,
}

impl Expr {
    /// Calls `visit` with the expression and every one in it.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        match self {
            Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => {
                parts.iter().for_each(|part| part.walk(visit));
            }
            Expr::If(parts) => parts.iter().for_each(|part| part.walk(visit)),
            _ => {}
        }
    }
}

/// Calls `found` with every name of `for_each` that an expression speaks of, and the column, where it is a row's.
pub fn each_given<'e>(expr: &'e Expr, found: &mut dyn FnMut(&'e str, Option<&'e str>)) {
    expr.walk(&mut |expr| {
        if let Expr::Given { name, column } = expr {
            found(name, column.as_deref());
        }
    });
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
