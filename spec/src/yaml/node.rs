//! The tree: nodes, the bytes they stand at, and how a part of one is edited.

use std::ops::Range;

/// A value of the file and the bytes it stands at.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
    /// What stands here was refused, and said so.
    Refused,
}

/// A text, before anybody asks whether it is a number.
#[derive(Debug)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Whether it is quoted or a block, and so a text whatever it looks like.
    pub(crate) quoted: bool,
    /// Where its text begins in the file, when it stands there as it is.
    pub(super) begins: Option<usize>,
    /// Whether it stands between `{…}` or `[…]`, where a plain text may hold less.
    pub(super) in_flow: bool,
}

/// What a scalar is by YAML's core schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    /// Looks like a number and is none that can be kept, such as `007`, `0x1F` or `.inf`.
    OddNumber,
    Text(&'t str),
}

impl Node {
    /// What stands under a key of a mapping.
    pub(crate) fn member(&self, name: &str) -> Option<&Node> {
        let Kind::Mapping(pairs) = &self.kind else { return None };
        pairs.iter().find(|(key, _)| key.scalar().is_some_and(|scalar| scalar.text == name)).map(|(_, value)| value)
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Whether nothing was written here.
    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(|scalar| scalar.value() == Value::Null)
    }

    /// The bytes of a part of a scalar's text: exact where the text stands in the file as it is, else all of it.
    pub(crate) fn part(&self, part: &Range<usize>) -> Range<usize> {
        match self.scalar().and_then(|scalar| scalar.begins) {
            Some(begins) => begins + part.start..begins + part.end,
            None => self.range.clone(),
        }
    }

    /// The edit of the file that replaces a part of a scalar's text: in place where that stays the same kind of
    /// scalar, else the whole scalar between quotes.
    pub(crate) fn edit(&self, part: &Range<usize>, replacement: &str) -> Option<(Range<usize>, String)> {
        let scalar = self.scalar()?;
        let edited = format!("{}{replacement}{}", scalar.text.get(..part.start)?, scalar.text.get(part.end..)?);
        let stays =
            if scalar.quoted { !replacement.contains(['"', '\'', '\\']) } else { is_plain(&edited, scalar.in_flow) };
        if stays && scalar.begins.is_some() {
            return Some((self.part(part), replacement.to_owned()));
        }
        (!edited.contains('\n')).then(|| (self.range.clone(), format!("'{}'", edited.replace('\'', "''"))))
    }

    /// What it is, for a message.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(scalar) => match scalar.value() {
                Value::Null => "nothing",
                Value::Bool(_) => "a boolean",
                Value::Integer(_) | Value::Number(_) | Value::OddNumber => "a number",
                Value::Text(_) => "text",
            },
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Refused => "refused",
        }
    }
}

impl Scalar {
    pub(crate) fn value(&self) -> Value<'_> {
        let text = self.text.as_str();
        if self.quoted {
            return Value::Text(text);
        }
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            _ => number(text).unwrap_or(Value::Text(text)),
        }
    }
}

/// Whether a text can stand without quotes.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let first_fits = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '(');
    let flow_fits = !in_flow || !text.contains([',', '[', ']', '{', '}']);
    first_fits && flow_fits && !text.contains(": ") && !text.contains(" #") && !text.ends_with([':', ' '])
}

/// A number by the core schema: `[-+]?[0-9]+`, the same with a fraction or exponent, `0x…`, `0o…`, `.inf`, `.nan`.
fn number(text: &str) -> Option<Value<'static>> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Value::OddNumber);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if text.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix))) {
            return Some(Value::OddNumber);
        }
    }
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => (digits.get(..at)?, digits.get(at + 1..)),
        None => (digits, None),
    };
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        !e.is_empty() && all_digits(e)
    });
    let some_digit = !whole.is_empty() || fraction.is_some_and(|f| !f.is_empty());
    if !(some_digit && all_digits(whole) && fraction.is_none_or(all_digits) && exponent_fits) {
        return None;
    }
    if whole.len() > 1 && whole.starts_with('0') || text.starts_with('+') || whole.is_empty() {
        return Some(Value::OddNumber);
    }
    if fraction.is_none() && exponent.is_none() {
        return Some(text.parse().map_or(Value::OddNumber, Value::Integer));
    }
    Some(text.parse::<f64>().ok().filter(|n| n.is_finite()).map_or(Value::OddNumber, Value::Number))
}
