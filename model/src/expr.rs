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
    /// `let name = value in body`. A name that stands for a plain path is written out, so that the value is computed.
    Let(String, Box<[Expr; 2]>),
    /// A name of a `let` or of a function's items, and what is read of its value.
    Local(String, Vec<Segment>),
    /// The items of the array that a path leads to, as wholes; none where there is no array.
    Items(Box<Expr>),
    /// A function of each item of a list, such as `map(list, name => body)`; a list that is null is taken for an empty one.
    Over(Over, String, Box<[Expr; 2]>),
}

/// Functions of each item of a list. With them are the list and the body, in which the item has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// What the body gives for each.
    Map,
    /// Those for which the body is true.
    Filter,
    /// The first for which it is true; null when there is none.
    Find,
    /// Whether it is true for one of them.
    Any,
    /// Whether it is true for each of them.
    All,
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
            Expr::Let(_, parts) | Expr::Over(_, _, parts) => parts.iter().for_each(|part| part.walk(visit)),
            Expr::Items(inner) => inner.walk(visit),
            Expr::Null
            | Expr::Bool(_)
            | Expr::Integer(_)
            | Expr::Number(_)
            | Expr::Text(_)
            | Expr::Path(_)
            | Expr::Header(_)
            | Expr::Given { .. }
            | Expr::Window(_)
            | Expr::Above(_)
            | Expr::EntryKey
            | Expr::Setting(_)
            | Expr::Local(..) => {}
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
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Negate,
    AddMillis,
    Abs,
    Round,
    Floor,
    Ceil,
    Boolean,
    Slice,
    StripPrefix,
    StripSuffix,
    Base64Encode,
    Base64Decode,
    Sha256,
    UrlEncode,
    At,
    Sum,
    Min,
    Max,
    Sort,
    Distinct,
    Keys,
    Values,
    Entries,
    ParseTime,
    FormatTime,
    UnixSeconds,
    UnixMillis,
    AddSeconds,
    SecondsBetween,
    StartOf,
}

impl Function {
    /// How an operator is written; empty for a function.
    #[must_use]
    pub fn sign(self) -> &'static str {
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
            Function::Add => "+",
            Function::Subtract | Function::Negate => "-",
            Function::Multiply => "*",
            Function::Divide => "/",
            Function::Remainder => "%",
            _ => "",
        }
    }
}
