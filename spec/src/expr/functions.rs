//! The functions of the language: one table, from which calls are checked and the reference is written.

use crate::model::{Function, Over};

/// A function.
#[derive(Debug)]
pub struct Signature {
    /// How it is written.
    pub name: &'static str,
    /// What it is.
    pub does: Does,
    /// What it takes, in order.
    pub parameters: &'static [Parameter],
    /// What it gives.
    pub gives: Gives,
    /// Whether it can be null when no operand is. With an operand that is null it is null anyway.
    pub nullable: bool,
    /// One line on what it does.
    pub doc: &'static str,
}

/// What a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// A function of values.
    Function(Function),
    /// A function of each item of a list.
    Over(Over),
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// What it is called in the reference.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// A list: a path with `[]`.
    List,
    /// A list, or text.
    ListOrText,
    /// A single value that can be written as text.
    Scalar,
    /// A regular expression with a group, written out.
    Regex,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// A list, or the path to one.
    Items,
    /// `item => …`.
    Lambda,
    /// A list of single values.
    Singles,
    /// A list of numbers.
    Numbers,
    /// A list of numbers, texts or moments.
    Ordered,
    /// What the first operand can hold: text of a text, an item of a list.
    Part,
    /// An object.
    Object,
    /// A moment.
    Moment,
    /// Text or a number, as the format behind it says.
    Written,
    /// A format of moments, written out.
    Format,
    /// A format that is text, written out.
    TextFormat,
    /// A unit of time, written out.
    Unit,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A list of texts.
    Texts,
    /// An item of its first operand.
    Item,
    /// A moment.
    Moment,
    /// What its first operand is.
    Same,
    /// A list of what is made of the items.
    Mapped,
    /// A number of the kind that the items are.
    ItemNumber,
    /// A list of objects with `key` and `value`.
    Entries,
    /// A list of the values of an object.
    Values,
}

impl Takes {
    /// What it takes, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Takes::Text => "text",
            Takes::List => "a list",
            Takes::ListOrText => "a list or text",
            Takes::Scalar => "a single value",
            Takes::Regex => "a regular expression, written out",
            Takes::Number => "a number",
            Takes::Whole => "a whole number",
            Takes::Items => "a list, or the path to one",
            Takes::Lambda => "name => …",
            Takes::Singles => "a list of single values",
            Takes::Numbers => "a list of numbers",
            Takes::Ordered => "a list of numbers, texts or moments",
            Takes::Part => "text, or an item",
            Takes::Object => "an object",
            Takes::Moment => "a moment",
            Takes::Written => "text, or a number",
            Takes::Format => "a format, written out",
            Takes::TextFormat => "a format that is text, written out",
            Takes::Unit => "a unit of time, written out",
        }
    }
}

impl Gives {
    /// What it gives, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Gives::Text => "text",
            Gives::Integer => "a whole number",
            Gives::Number => "a number",
            Gives::Boolean => "a boolean",
            Gives::Texts => "a list of texts",
            Gives::Item => "an item",
            Gives::Moment => "a moment",
            Gives::Same => "the same",
            Gives::Mapped => "a list",
            Gives::ItemNumber => "a number",
            Gives::Entries => "a list of objects",
            Gives::Values => "a list",
        }
    }
}

const fn parameter(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes }
}

static TEXT: [Parameter; 1] = [parameter("text", Takes::Text)];
static TEXT_PART: [Parameter; 2] = [parameter("text", Takes::Text), parameter("part", Takes::Text)];
static NUMBER: [Parameter; 1] = [parameter("number", Takes::Number)];
static LIST: [Parameter; 1] = [parameter("list", Takes::List)];
static ORDERED: [Parameter; 1] = [parameter("list", Takes::Ordered)];
static OBJECT: [Parameter; 1] = [parameter("object", Takes::Object)];
static MOMENT: [Parameter; 1] = [parameter("moment", Takes::Moment)];
static ITEMS: [Parameter; 2] = [parameter("list", Takes::Items), parameter("item", Takes::Lambda)];

const fn function(
    name: &'static str,
    function: Function,
    parameters: &'static [Parameter],
    gives: Gives,
    nullable: bool,
    doc: &'static str,
) -> Signature {
    Signature { name, does: Does::Function(function), parameters, gives, nullable, doc }
}

const fn over(name: &'static str, over: Over, gives: Gives, nullable: bool, doc: &'static str) -> Signature {
    Signature { name, does: Does::Over(over), parameters: &ITEMS, gives, nullable, doc }
}

/// Every function, in alphabetical order.
pub static FUNCTIONS: &[Signature] = &[
    function("abs", Function::Abs, &NUMBER, Gives::Same, false, "The number without its sign."),
    function(
        "add_seconds",
        Function::AddSeconds,
        &[parameter("moment", Takes::Moment), parameter("seconds", Takes::Whole)],
        Gives::Moment,
        false,
        "The moment so many seconds later, or earlier when they are less than 0.",
    ),
    over("all", Over::All, Gives::Boolean, false, "Whether it is true for every item; true when there is none."),
    over("any", Over::Any, Gives::Boolean, false, "Whether it is true for some item."),
    function(
        "at",
        Function::At,
        &[parameter("list", Takes::List), parameter("place", Takes::Whole)],
        Gives::Item,
        true,
        "The item at a place, counted from 0, or from -1 backwards from the end; null when there is none.",
    ),
    function(
        "base64_decode",
        Function::Base64Decode,
        &TEXT,
        Gives::Text,
        true,
        "The text that base64 stands for (RFC 4648, either alphabet, with or without `=` at its end); null when it stands \
         for none.",
    ),
    function(
        "base64_encode",
        Function::Base64Encode,
        &TEXT,
        Gives::Text,
        false,
        "The text's UTF-8 as base64 (RFC 4648, section 4).",
    ),
    function(
        "boolean",
        Function::Boolean,
        &TEXT,
        Gives::Boolean,
        true,
        "True of `true`, false of `false`, null of all else.",
    ),
    function(
        "capture",
        Function::Capture,
        &[parameter("text", Takes::Text), parameter("regex", Takes::Regex)],
        Gives::Text,
        true,
        "What the first group of the first match holds; null when nothing matches.",
    ),
    function("ceil", Function::Ceil, &NUMBER, Gives::Integer, false, "The least whole number that is not less."),
    function(
        "concat",
        Function::Concat,
        &[parameter("text", Takes::Text), parameter("other", Takes::Text)],
        Gives::Text,
        false,
        "One text behind the other.",
    ),
    function(
        "contains",
        Function::Contains,
        &[parameter("value", Takes::ListOrText), parameter("part", Takes::Part)],
        Gives::Boolean,
        false,
        "Whether a text holds another, or a list a value.",
    ),
    function(
        "distinct",
        Function::Distinct,
        &[parameter("list", Takes::Singles)],
        Gives::Same,
        false,
        "The items that are not null, each value once, where it stands first.",
    ),
    function("ends_with", Function::EndsWith, &TEXT_PART, Gives::Boolean, false, "Whether a text ends with another."),
    function(
        "entries",
        Function::Entries,
        &OBJECT,
        Gives::Entries,
        false,
        "An item with `key` and `value` for each key of an object, in the order of the keys.",
    ),
    over("filter", Over::Filter, Gives::Same, false, "The items for which it is true."),
    over("find", Over::Find, Gives::Item, true, "The first item for which it is true; null when there is none."),
    function(
        "first",
        Function::First,
        &LIST,
        Gives::Item,
        true,
        "The first item that is not null; null when there is none.",
    ),
    function(
        "floor",
        Function::Floor,
        &NUMBER,
        Gives::Integer,
        false,
        "The greatest whole number that is not greater.",
    ),
    function(
        "format_time",
        Function::FormatTime,
        &[parameter("moment", Takes::Moment), parameter("format", Takes::TextFormat)],
        Gives::Text,
        false,
        "The moment in UTC as text: `rfc3339`, which has milliseconds, `date`, or a pattern.",
    ),
    function(
        "integer",
        Function::Integer,
        &TEXT,
        Gives::Integer,
        true,
        "The whole number that a text writes, as JSON would write it; null when it writes none.",
    ),
    function(
        "join",
        Function::Join,
        &[parameter("list", Takes::List), parameter("separator", Takes::Text)],
        Gives::Text,
        true,
        "The items that are not null, with the separator between them; null when there are none.",
    ),
    function("keys", Function::Keys, &OBJECT, Gives::Texts, false, "The keys of an object, in their order as texts."),
    function(
        "last",
        Function::Last,
        &LIST,
        Gives::Item,
        true,
        "The last item that is not null; null when there is none.",
    ),
    function(
        "length",
        Function::Length,
        &[parameter("value", Takes::ListOrText)],
        Gives::Integer,
        false,
        "How many items a list has, or characters a text.",
    ),
    function("lower", Function::Lower, &TEXT, Gives::Text, false, "The text in lower case."),
    over("map", Over::Map, Gives::Mapped, false, "What is made of each item. No item is made a list."),
    function(
        "max",
        Function::Max,
        &ORDERED,
        Gives::Item,
        true,
        "The greatest of the numbers, texts or moments that are not null; null when there is none.",
    ),
    function(
        "min",
        Function::Min,
        &ORDERED,
        Gives::Item,
        true,
        "The least of the numbers, texts or moments that are not null; null when there is none.",
    ),
    function(
        "number",
        Function::Number,
        &TEXT,
        Gives::Number,
        true,
        "The number that a text writes, as JSON would write it; null when it writes none.",
    ),
    function(
        "parse_time",
        Function::ParseTime,
        &[parameter("value", Takes::Written), parameter("format", Takes::Format)],
        Gives::Moment,
        // A column that cannot be null sets such a record aside, as one with a `format` does.
        false,
        "The moment that a text or number writes in a format of moments; null when it writes none.",
    ),
    function(
        "replace",
        Function::Replace,
        &[parameter("text", Takes::Text), parameter("from", Takes::Text), parameter("to", Takes::Text)],
        Gives::Text,
        false,
        "The text with every occurrence of one text replaced by another.",
    ),
    function(
        "round",
        Function::Round,
        &NUMBER,
        Gives::Integer,
        false,
        "The nearest whole number; of two as near, the one farther from 0.",
    ),
    function(
        "seconds_between",
        Function::SecondsBetween,
        &[parameter("from", Takes::Moment), parameter("to", Takes::Moment)],
        Gives::Integer,
        false,
        "The whole seconds from one moment to another, rounded down; less than 0 when the other is earlier.",
    ),
    function(
        "sha256",
        Function::Sha256,
        &TEXT,
        Gives::Text,
        false,
        "The SHA-256 of the text's UTF-8, as 64 hexadecimal digits in lower case.",
    ),
    function(
        "slice",
        Function::Slice,
        &[parameter("text", Takes::Text), parameter("from", Takes::Whole), parameter("count", Takes::Whole)],
        Gives::Text,
        false,
        "At most so many characters from a place on, counted from 0, or from -1 backwards from the end. Null when `count` is \
         less than 0.",
    ),
    function(
        "sort",
        Function::Sort,
        &ORDERED,
        Gives::Same,
        false,
        "The numbers, texts or moments that are not null, in their order.",
    ),
    function(
        "split",
        Function::Split,
        &[parameter("text", Takes::Text), parameter("separator", Takes::Text)],
        Gives::Texts,
        false,
        "The parts of a text between separators. With an empty separator it is one part.",
    ),
    function(
        "start_of",
        Function::StartOf,
        &[parameter("moment", Takes::Moment), parameter("unit", Takes::Unit)],
        Gives::Moment,
        false,
        "The first moment in UTC of its `second`, `minute`, `hour`, `day`, `week` (from Monday), `month` or `year`.",
    ),
    function(
        "starts_with",
        Function::StartsWith,
        &TEXT_PART,
        Gives::Boolean,
        false,
        "Whether a text begins with another.",
    ),
    function(
        "strip_prefix",
        Function::StripPrefix,
        &TEXT_PART,
        Gives::Text,
        false,
        "The text without another at its beginning, once; the text itself where it does not begin so.",
    ),
    function(
        "strip_suffix",
        Function::StripSuffix,
        &TEXT_PART,
        Gives::Text,
        false,
        "The text without another at its end, once; the text itself where it does not end so.",
    ),
    function(
        "sum",
        Function::Sum,
        &[parameter("list", Takes::Numbers)],
        Gives::ItemNumber,
        false,
        "The sum of the numbers that are not null, added in their order; 0 when there are none.",
    ),
    function(
        "text",
        Function::Text,
        &[parameter("value", Takes::Scalar)],
        Gives::Text,
        false,
        "A number or boolean as text, written as JSON writes it.",
    ),
    function("trim", Function::Trim, &TEXT, Gives::Text, false, "The text without white space at both ends."),
    function(
        "unix_millis",
        Function::UnixMillis,
        &MOMENT,
        Gives::Integer,
        false,
        "The milliseconds from 1970 to the moment.",
    ),
    function(
        "unix_seconds",
        Function::UnixSeconds,
        &MOMENT,
        Gives::Integer,
        false,
        "The whole seconds from 1970 to the moment, rounded down.",
    ),
    function("upper", Function::Upper, &TEXT, Gives::Text, false, "The text in upper case."),
    function(
        "url_encode",
        Function::UrlEncode,
        &TEXT,
        Gives::Text,
        false,
        "The text's UTF-8 as a part of an address: all but letters, digits and `-._~` as `%` and two digits (RFC 3986).",
    ),
    function(
        "values",
        Function::Values,
        &OBJECT,
        Gives::Values,
        false,
        "The values of an object, in the order of its keys.",
    ),
];

/// The function of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Signature> {
    FUNCTIONS.iter().find(|signature| signature.name == name)
}

impl Signature {
    /// How it is called: `join(list, separator)`.
    #[must_use]
    pub fn call(&self) -> String {
        let parameters: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name).collect();
        format!("{}({})", self.name, parameters.join(", "))
    }

    /// An example of a call with a function of items.
    pub(crate) fn example(&self) -> String {
        format!("{}(domains, domain => …)", self.name)
    }
}
