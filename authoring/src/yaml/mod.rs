//! A spec as text, laid out as a person would: short things on one line, long ones on several, a question above what
//! it is about. It must not know what the keys mean.

mod scalar;

use std::fmt::Write as _;

pub use scalar::visible;
use scalar::{Place, folded, scalar};
pub(crate) use scalar::{in_flow, on_line};

/// Lines are as long as this where words allow it.
const WIDTH: usize = 120;

/// A list of short texts is filled to this width.
const FILLED: usize = 110;

/// A text of a list that is longer stands on a line of its own.
const SHORT: usize = 30;

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, boolean or null, as it is written.
    Word(String),
    /// A text, between quotes where YAML would take it for something else.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping.
    Map(Map),
}

/// A mapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Its keys and what stands under them.
    pub entries: Vec<Entry>,
    /// Whether each key has a line of its own even if all would fit on one.
    pub open: bool,
}

/// A key and what stands under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// What stands under it.
    pub value: Value,
    /// Questions about it, which stand above it as comments.
    pub questions: Vec<String>,
    /// Whether an empty line stands above it.
    pub apart: bool,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The questions, with the line that each begins at, counted from 1.
    pub questions: Vec<(usize, String)>,
}

impl Map {
    /// A mapping whose keys have a line each.
    #[must_use]
    pub fn open() -> Map {
        Map { entries: Vec::new(), open: true }
    }

    /// Puts a key behind the others.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.ask(key, value, Vec::new());
    }

    /// Puts a key behind the others, if there is something to stand under it.
    pub fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Puts a key behind the others, with questions about it.
    pub fn ask(&mut self, key: &str, value: impl Into<Value>, questions: Vec<String>) {
        self.entries.push(Entry { key: key.to_owned(), value: value.into(), questions, apart: false });
    }

    /// Sets the last key apart from what stands above it.
    pub fn apart(&mut self) {
        if let Some(last) = self.entries.last_mut() {
            last.apart = true;
        }
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Value {
    fn from(entries: [(&str, Value); N]) -> Value {
        let mut map = Map::default();
        for (key, value) in entries {
            map.put(key, value);
        }
        Value::Map(map)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Map(map)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Word(number.to_string())
    }
}

/// Writes the top of a file.
#[must_use]
pub fn write(map: &Map) -> Written {
    let mut writer = Writer { out: Written::default(), line: 1 };
    writer.block(map, 0);
    writer.out
}

struct Writer {
    out: Written,
    line: usize,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.line += text.matches('\n').count();
        self.out.text.push_str(text);
    }

    fn block(&mut self, map: &Map, indent: usize) {
        for (at, entry) in map.entries.iter().enumerate() {
            if entry.apart && at > 0 {
                self.push("\n");
            }
            for question in &entry.questions {
                self.question(question, indent);
            }
            self.push(&" ".repeat(indent));
            self.entry(entry, indent);
        }
    }

    /// A key and its value, from the place where the key begins to the end of its last line.
    fn entry(&mut self, entry: &Entry, indent: usize) {
        let key = scalar(&entry.key, Place::Key);
        self.push(&key);
        self.push(":");
        self.value(&entry.value, indent, indent + key.chars().count() + 1);
    }

    /// A value behind a key or the `-` of an item: `column` characters stand before it.
    fn value(&mut self, value: &Value, indent: usize, column: usize) {
        if let Some(line) = inline(value).filter(|line| column + 1 + line.chars().count() <= WIDTH || is_scalar(value))
        {
            match value {
                Value::Text(text) if column + 1 + line.chars().count() > WIDTH => {
                    let folded = folded(text, indent + 2, column + 1).unwrap_or(line);
                    self.push(&format!(" {folded}\n"));
                }
                _ => self.push(&format!(" {line}\n")),
            }
            return;
        }
        match value {
            Value::Map(map) => {
                self.push("\n");
                self.block(map, indent + 2);
            }
            Value::List(items) => {
                self.push("\n");
                let pad = " ".repeat(indent + 2);
                match filled(items, indent + 4) {
                    Some(lines) => self.push(&format!("{pad}[\n{lines}{pad}]\n")),
                    None => items.iter().for_each(|item| self.item(item, indent + 2)),
                }
            }
            Value::Word(_) | Value::Text(_) => {}
        }
    }

    fn item(&mut self, item: &Value, indent: usize) {
        self.push(&" ".repeat(indent));
        self.push("-");
        match item {
            // Its first key stands behind the `-`.
            Value::Map(map)
                if !is_scalar(item) && inline(item).is_none_or(|line| indent + 2 + line.chars().count() > WIDTH) =>
            {
                let mut first = true;
                for entry in &map.entries {
                    self.push(if first { " " } else { "" });
                    if !first {
                        self.push(&" ".repeat(indent + 2));
                    }
                    first = false;
                    self.entry(entry, indent + 2);
                }
            }
            _ => self.value(item, indent, indent + 1),
        }
    }

    fn question(&mut self, question: &str, indent: usize) {
        self.out.questions.push((self.line, question.to_owned()));
        let mut line = format!("{}# ?", " ".repeat(indent));
        for word in question.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH && !line.ends_with('?') {
                self.push(&format!("{line}\n"));
                line = format!("{}#  ", " ".repeat(indent));
            }
            let _ = write!(line, " {word}");
        }
        self.push(&format!("{line}\n"));
    }
}

fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Word(_) | Value::Text(_) => true,
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.entries.is_empty(),
    }
}

fn is_sentence(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains(' ') && text.chars().count() > SHORT)
}

/// A value on one line; none when it has to have several.
fn inline(value: &Value) -> Option<String> {
    on_one_line(value, Place::Line)
}

/// A value on one line, as it stands within `{…}` or `[…]`; none when it has to have several.
pub(crate) fn one_line(value: &Value) -> Option<String> {
    on_one_line(value, Place::Flow)
}

fn on_one_line(value: &Value, place: Place) -> Option<String> {
    Some(match value {
        Value::Word(word) => word.clone(),
        Value::Text(text) => scalar(text, place),
        // Sentences stand one below the other.
        Value::List(items) if place == Place::Line && items.iter().any(is_sentence) => return None,
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| on_one_line(item, Place::Flow)).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Map(map) if map.entries.is_empty() => "{}".to_owned(),
        Value::Map(map) if map.open => return None,
        Value::Map(map) => {
            let mut parts = Vec::with_capacity(map.entries.len());
            for entry in &map.entries {
                if !entry.questions.is_empty() {
                    return None;
                }
                let value = on_one_line(&entry.value, Place::Flow)?;
                parts.push(format!("{}: {value}", scalar(&entry.key, Place::Key)));
            }
            format!("{{ {} }}", parts.join(", "))
        }
    })
}

/// Short texts, as many on a line as there is room for; none when they are better one below the other.
fn filled(items: &[Value], indent: usize) -> Option<String> {
    let mut lines = String::new();
    let mut line = " ".repeat(indent);
    for (at, item) in items.iter().enumerate() {
        let (Value::Text(_) | Value::Word(_)) = item else { return None };
        let text = on_one_line(item, Place::Flow)?;
        if text.chars().count() > SHORT {
            return None;
        }
        if at > 0 && line.chars().count() + text.chars().count() + 2 > FILLED {
            let _ = writeln!(lines, "{line}");
            line = " ".repeat(indent);
        }
        let space = if line.trim().is_empty() { "" } else { " " };
        let _ = write!(line, "{space}{text},");
    }
    let _ = writeln!(lines, "{line}");
    Some(lines)
}
