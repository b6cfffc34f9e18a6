//! Expressions: pure, total, typed when the spec was checked.

/// An expression over one scope: a record, a response's envelope, or the settings alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expr {
    /// No value.
    Null,
    /// A literal.
    Bool(bool),
    /// A literal.
    Integer(i64),
    /// A literal.
    Number(f64),
    /// A literal.
    Text(&'static str),
    /// What the decoder put into that slot of the scope.
    Slot(u16),
    /// The value of that setting.
    Setting(u16),
    /// What the list is read for: a column of a row, or a text, by its place in `Resource::given`.
    Given(u16),
    /// An end of the window that is asked for, as the window writes it; null where there is none.
    Window(Bound),
    /// `a ?? b ?? c`: the first that is not null.
    FirstOf(&'static [Expr]),
    /// Text with expressions in it: the parts joined; null when any part is.
    Concat(&'static [Expr]),
    /// `if a then b else c`, as its three parts.
    If(&'static [Expr; 3]),
    /// A function or operator.
    Call(Function, &'static [Expr]),
}

/// An end of a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The first moment in it.
    Start,
    /// The first moment behind it.
    End,
}

/// Functions and operators. Each is null when an operand it needs is null, unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `a == b`; also true of two nulls. Never null.
    Equal,
    /// `a != b`. Never null.
    NotEqual,
    /// `a < b`, of two numbers or two texts. Null is never less: false.
    Less,
    /// `a <= b`.
    LessOrEqual,
    /// `a > b`.
    Greater,
    /// `a >= b`.
    GreaterOrEqual,
    /// `a and b`; null counts as false. Never null.
    And,
    /// `a or b`; null counts as false. Never null.
    Or,
    /// `not a`; null counts as false. Never null.
    Not,
    /// `a in [b, c]`: the first operand equals one of the others. Never null.
    In,
    /// `text matches "glob"`: `*` stands for any run of characters, `?` for one. False of null.
    Matches,
    /// `capture(text, "regex")`: the first group of the first match, null when nothing matches.
    Capture,
    /// `integer(text)`: the whole number that the text writes; null when it writes none.
    Integer,
    /// `number(text)`: the number that the text writes; null when it writes none.
    Number,
    /// `join(list, separator)`: the items that are not null; null when there are none.
    Join,
    /// `length(list or text)`: items, or characters.
    Length,
    /// `first(list)`: the first item that is not null.
    First,
    /// `lower(text)`.
    Lower,
    /// `upper(text)`.
    Upper,
    /// `trim(text)`: without white space at both ends.
    Trim,
    /// `replace(text, from, to)`: every occurrence.
    Replace,
    /// `concat(text, other)`: one behind the other.
    Concat,
    /// `contains(text, part)`.
    Contains,
    /// `starts_with(text, part)`.
    StartsWith,
    /// `ends_with(text, part)`.
    EndsWith,
    /// `split(text, separator)`: a list of texts; of an empty separator, of one.
    Split,
    /// `last(list)`: the last item that is not null.
    Last,
    /// The parts of a key as text with `/` between them. In a part `/` is written `%2F` and `%` is `%25`, so that no two
    /// keys are the same. Null when any part is.
    Key,
    /// `text(value)`: a number or boolean as text, as JSON would write it.
    Text,
}
