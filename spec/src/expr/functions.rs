//! The functions of the language: one table, from which calls are checked and the reference is written.

use crate::model::Function;

/// A function.
#[derive(Debug)]
pub struct Signature {
    /// How it is written.
    pub name: &'static str,
    /// What it is.
    pub function: Function,
    /// What it takes, in order.
    pub parameters: &'static [Parameter],
    /// What it gives.
    pub gives: Gives,
    /// Whether it can be null when no operand is. With an operand that is null it is null anyway.
    pub nullable: bool,
    /// One line on what it does.
    pub doc: &'static str,
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
        }
    }
}

const fn parameter(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes }
}

static TEXT: [Parameter; 1] = [parameter("text", Takes::Text)];

/// Every function, in alphabetical order.
pub static FUNCTIONS: &[Signature] = &[
    Signature {
        name: "capture",
        function: Function::Capture,
        parameters: &[parameter("text", Takes::Text), parameter("regex", Takes::Regex)],
        gives: Gives::Text,
        nullable: true,
        doc: "What the first group of the first match holds; null when nothing matches.",
    },
    Signature {
        name: "concat",
        function: Function::Concat,
        parameters: &[parameter("text", Takes::Text), parameter("other", Takes::Text)],
        gives: Gives::Text,
        nullable: false,
        doc: "One text behind the other.",
    },
    Signature {
        name: "contains",
        function: Function::Contains,
        parameters: &[parameter("text", Takes::Text), parameter("part", Takes::Text)],
        gives: Gives::Boolean,
        nullable: false,
        doc: "Whether a text holds another.",
    },
    Signature {
        name: "ends_with",
        function: Function::EndsWith,
        parameters: &[parameter("text", Takes::Text), parameter("part", Takes::Text)],
        gives: Gives::Boolean,
        nullable: false,
        doc: "Whether a text ends with another.",
    },
    Signature {
        name: "first",
        function: Function::First,
        parameters: &[parameter("list", Takes::List)],
        gives: Gives::Item,
        nullable: true,
        doc: "The first item that is not null; null when there is none.",
    },
    Signature {
        name: "integer",
        function: Function::Integer,
        parameters: &TEXT,
        gives: Gives::Integer,
        nullable: true,
        doc: "The whole number that a text writes, as JSON would write it; null when it writes none.",
    },
    Signature {
        name: "join",
        function: Function::Join,
        parameters: &[parameter("list", Takes::List), parameter("separator", Takes::Text)],
        gives: Gives::Text,
        nullable: true,
        doc: "The items that are not null, with the separator between them; null when there are none.",
    },
    Signature {
        name: "last",
        function: Function::Last,
        parameters: &[parameter("list", Takes::List)],
        gives: Gives::Item,
        nullable: true,
        doc: "The last item that is not null; null when there is none.",
    },
    Signature {
        name: "length",
        function: Function::Length,
        parameters: &[parameter("value", Takes::ListOrText)],
        gives: Gives::Integer,
        nullable: false,
        doc: "How many items a list has, or characters a text.",
    },
    Signature {
        name: "lower",
        function: Function::Lower,
        parameters: &TEXT,
        gives: Gives::Text,
        nullable: false,
        doc: "The text in lower case.",
    },
    Signature {
        name: "number",
        function: Function::Number,
        parameters: &TEXT,
        gives: Gives::Number,
        nullable: true,
        doc: "The number that a text writes, as JSON would write it; null when it writes none.",
    },
    Signature {
        name: "replace",
        function: Function::Replace,
        parameters: &[parameter("text", Takes::Text), parameter("from", Takes::Text), parameter("to", Takes::Text)],
        gives: Gives::Text,
        nullable: false,
        doc: "The text with every occurrence of one text replaced by another.",
    },
    Signature {
        name: "split",
        function: Function::Split,
        parameters: &[parameter("text", Takes::Text), parameter("separator", Takes::Text)],
        gives: Gives::Texts,
        nullable: false,
        doc: "The parts of a text between separators. With an empty separator it is one part.",
    },
    Signature {
        name: "starts_with",
        function: Function::StartsWith,
        parameters: &[parameter("text", Takes::Text), parameter("part", Takes::Text)],
        gives: Gives::Boolean,
        nullable: false,
        doc: "Whether a text begins with another.",
    },
    Signature {
        name: "text",
        function: Function::Text,
        parameters: &[parameter("value", Takes::Scalar)],
        gives: Gives::Text,
        nullable: false,
        doc: "A number or boolean as text, written as JSON writes it.",
    },
    Signature {
        name: "trim",
        function: Function::Trim,
        parameters: &TEXT,
        gives: Gives::Text,
        nullable: false,
        doc: "The text without white space at both ends.",
    },
    Signature {
        name: "upper",
        function: Function::Upper,
        parameters: &TEXT,
        gives: Gives::Text,
        nullable: false,
        doc: "The text in upper case.",
    },
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
}
