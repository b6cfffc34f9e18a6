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
    /// `let … in …`: a value, and what is made with it.
    Let(&'static [Expr; 2]),
    /// A value that `Let` or `Over` has named, so many of them further out, and what is read of it.
    Local(u16, &'static [Segment]),
    /// The items of a JSON array; none of null. What is no array is wrong.
    Items(&'static Expr),
    /// What becomes of each item of a list: the list, and the body. A list that is null is taken for an empty one.
    Over(Over, &'static [Expr; 2]),
}

/// A step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// `.name`.
    Key(&'static str),
    /// `[]`: each item of an array.
    Each,
}

/// What becomes of the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// What the body gives for each.
    Map,
    /// Those for which it is true.
    Filter,
    /// The first for which it is true; null when there is none.
    Find,
    /// Whether it is true for one. Never null.
    Any,
    /// Whether it is true for each. Never null.
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
    /// `a + b`: whole numbers exactly, others as 64-bit floats. Null when the sum is beyond 64 bits, or a whole number beside a float is none exactly.
    Add,
    /// `a - b`, likewise.
    Subtract,
    /// `a * b`, likewise.
    Multiply,
    /// `a / b`: a 64-bit float. Null when `b` is 0.
    Divide,
    /// `a % b`, of whole numbers: what is left, with the sign of `a`. Null when `b` is 0.
    Remainder,
    /// `-a`.
    Negate,
    /// A moment so many milliseconds later; null outside the years 0 to 9999.
    AddMillis,
    /// `abs(number)`.
    Abs,
    /// `round(number)`: of two as near, the one farther from 0.
    Round,
    /// `floor(number)`.
    Floor,
    /// `ceil(number)`.
    Ceil,
    /// `boolean(text)`: of `true` and `false`.
    Boolean,
    /// `slice(text, from, count)`: characters; `from` below 0 counts from the end.
    Slice,
    /// `strip_prefix(text, part)`: once.
    StripPrefix,
    /// `strip_suffix(text, part)`: once.
    StripSuffix,
    /// `base64_encode(text)`: RFC 4648, section 4.
    Base64Encode,
    /// `base64_decode(text)`: either alphabet, padded or not; null when it is no UTF-8.
    Base64Decode,
    /// `sha256(text)`: hexadecimal, lower case.
    Sha256,
    /// `url_encode(text)`: all but RFC 3986's unreserved characters.
    UrlEncode,
    /// `at(list, place)`: below 0 from the end.
    At,
    /// `sum(list)`: null when an item is neither a number nor null.
    Sum,
    /// `min(list)`: of items that are not null; null when they have no order.
    Min,
    /// `max(list)`, likewise.
    Max,
    /// `sort(list)`: those that are not null; null when they have no order.
    Sort,
    /// `distinct(list)`: those that are not null, each once; null when one is no single value.
    Distinct,
    /// `keys(object)`: in their order as texts.
    Keys,
    /// `values(object)`: in the order of the keys.
    Values,
    /// `entries(object)`: objects with `key` and `value`, in the order of the keys.
    Entries,
    /// `parse_time(value, "format")`: null when it writes no moment in that format.
    ParseTime,
    /// `format_time(moment, "format")`, in UTC.
    FormatTime,
    /// `unix_seconds(moment)`, rounded down.
    UnixSeconds,
    /// `unix_millis(moment)`.
    UnixMillis,
    /// `add_seconds(moment, n)`: null outside the years 0 to 9999.
    AddSeconds,
    /// `seconds_between(from, to)`, rounded down.
    SecondsBetween,
    /// `start_of(moment, "unit")`, in UTC.
    StartOf,
}
