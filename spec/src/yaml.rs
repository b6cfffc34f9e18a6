//! Text to a tree of nodes with the bytes they stand at.
//!
//! This is the only module that knows the YAML parser. What a spec does without (anchors, aliases, tags, merge
//! keys, directives, a second document) is refused here, and size, depth and fullness are bounded, so that no
//! file costs more than it weighs. It must not know what a spec means.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, StructureStyle, options};

use crate::diagnostic::{Diagnostic, Ledger};
use crate::{Code, Source};

/// The largest spec, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The deepest nesting.
const MOST_LEVELS: usize = 64;
/// The most scalars, sequences and mappings together.
const MOST_NODES: usize = 50_000;

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
    begins: Option<usize>,
    /// Whether it stands between `{…}` or `[…]`, where a plain text may hold less.
    in_flow: bool,
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
        let stays = if scalar.quoted {
            !replacement.contains(['"', '\'', '\\'])
        } else {
            is_plain(&edited, scalar.in_flow)
        };
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

/// The file's one document. `None` when there is no tree to go on with; the ledger knows why.
pub(crate) fn parse(ledger: &mut Ledger<'_>) -> Option<Node> {
    let source = ledger.source;
    if source.text().len() > MOST_BYTES {
        let title = format!("the file has {} bytes; a spec has at most {MOST_BYTES}", source.text().len());
        ledger.push(Diagnostic::error(Code::TOO_MUCH, title, &source.line(1), ""));
        return None;
    }
    if refuse_control_characters(ledger) {
        return None;
    }
    let mut parser = Parser::new_from_str_with_options(source.text(), limits());
    let mut tree = Tree { ledger, open: Vec::new(), root: None, nodes: 0, documents: 0 };
    for next in &mut parser {
        let outcome = match next {
            Ok((event, span)) => tree.take(event, &span),
            Err(error) => Err(syntax_error(&error, source)),
        };
        if let Err(diagnostic) = outcome {
            tree.ledger.push(*diagnostic);
            return None;
        }
    }
    tree.root
}

fn limits() -> Options {
    options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
        disallow_directives: true,
        flow_nesting_limit: MOST_LEVELS,
        block_nesting_limit: MOST_LEVELS,
    }
}

type Refusal = Box<Diagnostic>;

/// The tree while it grows.
struct Tree<'l, 's> {
    ledger: &'l mut Ledger<'s>,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
}

/// A sequence or mapping whose end has not come.
struct Open {
    mapping: bool,
    flow: bool,
    range: Range<usize>,
    items: Vec<Node>,
}

impl Tree<'_, '_> {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), Refusal> {
        let range = self.ledger.source.clamp(&span.byte_range().unwrap_or_default());
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            self.refuse("a tag", &tag, "write the value without it: what a value is follows from its key");
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Box::new(Diagnostic::error(
                        Code::SEVERAL_DOCUMENTS,
                        "a spec is one document",
                        &range,
                        "a second one begins here",
                    )));
                }
            }
            Event::Anchor(_, name) => {
                let help = "write it out, or name it once under `paging` or `types`";
                self.refuse(&format!("the anchor `&{name}`"), &range, help);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let name = self.ledger.source.slice(&range).to_owned();
                let help = "write it out, or name it once under `paging` or `types`";
                self.refuse(&format!("the alias `{name}`"), &range, help);
                self.add(Node { range, kind: Kind::Refused })?;
            }
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text.into_owned(), style, range);
                self.add(node)?;
            }
            Event::SequenceStart(style, ..) => self.begin(false, style, range)?,
            Event::MappingStart(style, ..) => self.begin(true, style, range)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(&range)?,
            _ => {}
        }
        Ok(())
    }

    fn refuse(&mut self, what: &str, range: &Range<usize>, help: &str) {
        self.ledger.push(
            Diagnostic::error(Code::REFUSED_YAML, format!("{what} stands in a spec"), range, "a spec does without")
                .help(help),
        );
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, range: Range<usize>) -> Node {
        let shown = self.ledger.source.slice(&range);
        let range = range.start..range.start + shown.trim_end().len();
        let shown = self.ledger.source.slice(&range);
        let quoted = style != ScalarStyle::Plain;
        let begins = match style {
            ScalarStyle::Plain => (shown == text).then_some(range.start),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inner = shown.get(1..shown.len().saturating_sub(1));
                (inner == Some(text.as_str())).then_some(range.start + 1)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => None,
        };
        if quoted && let Some(c) = text.chars().find(|c| is_refused(*c)) {
            self.ledger.push(Diagnostic::error(
                Code::CONTROL_CHARACTER,
                format!("the control character U+{:04X} stands in a text", u32::from(c)),
                &range,
                "written with an escape here",
            ));
            return Node { range, kind: Kind::Refused };
        }
        let in_flow = self.open.last().is_some_and(|open| open.flow);
        Node { range, kind: Kind::Scalar(Scalar { text, quoted, begins, in_flow }) }
    }

    fn begin(&mut self, mapping: bool, style: StructureStyle, range: Range<usize>) -> Result<(), Refusal> {
        if self.open.len() >= MOST_LEVELS {
            return Err(too_deep(&range));
        }
        self.open.push(Open { mapping, flow: style == StructureStyle::Flow, range, items: Vec::new() });
        Ok(())
    }

    fn end(&mut self, range: &Range<usize>) -> Result<(), Refusal> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let start = open.range.start;
        let end = if open.flow { range.end } else { open.items.last().map_or(open.range.end, |item| item.range.end) };
        let range = start..end.max(start);
        let kind = if open.mapping { Kind::Mapping(self.pairs(open.items)) } else { Kind::Sequence(open.items) };
        self.add(Node { range, kind })
    }

    fn add(&mut self, node: Node) -> Result<(), Refusal> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            let title = format!("the file holds more than {MOST_NODES} values");
            return Err(Box::new(Diagnostic::error(Code::TOO_MUCH, title, &node.range, "one too many")));
        }
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }

    /// Keys with their values, without what is refused or stands there a second time.
    fn pairs(&mut self, items: Vec<Node>) -> Vec<(Node, Node)> {
        let mut pairs: Vec<(Node, Node)> = Vec::with_capacity(items.len() / 2);
        let mut seen: HashMap<String, Range<usize>> = HashMap::new();
        let mut items = items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            match &key.kind {
                Kind::Scalar(scalar) if scalar.text == "<<" && !scalar.quoted => {
                    self.refuse("a merge key", &key.range, "write the keys out");
                }
                Kind::Scalar(scalar) => match seen.get(&scalar.text) {
                    Some(first) => {
                        let title = format!("the key `{}` stands twice", scalar.text);
                        self.ledger.push(
                            Diagnostic::error(Code::DUPLICATE_KEY, title, &key.range, "here again")
                                .label(first, "it stands here already"),
                        );
                    }
                    None => {
                        seen.insert(scalar.text.clone(), key.range.clone());
                        pairs.push((key, value));
                    }
                },
                Kind::Refused => {}
                Kind::Sequence(_) | Kind::Mapping(_) => self.ledger.push(Diagnostic::error(
                    Code::WRONG_KIND,
                    format!("a key is {}", key.describe()),
                    &key.range,
                    "a key is text",
                )),
            }
        }
        pairs
    }
}

fn too_deep(range: &Range<usize>) -> Refusal {
    let title = format!("values are nested more than {MOST_LEVELS} deep");
    Box::new(Diagnostic::error(Code::TOO_MUCH, title, range, "one level too many"))
}

fn syntax_error(error: &ScanError, source: &Source) -> Refusal {
    let at = error.marker().byte_offset().unwrap_or(0);
    let range = place_of(at, source);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(&range);
    }
    if matches!(error.kind(), ErrorKind::DirectiveDisallowed) {
        return Box::new(Diagnostic::error(
            Code::REFUSED_YAML,
            "a directive stands in a spec",
            &range,
            "a spec does without",
        ));
    }
    let line = source.slice(&source.line(source.position(range.start).line));
    let diagnostic = Diagnostic::error(Code::YAML_SYNTAX, "the file is not valid YAML", &range, error.info());
    let after_text = matches!(
        error.kind(),
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar
    );
    let help = if line.trim_start_matches(' ').starts_with('\t') {
        Some("indent with spaces; YAML does not take tabs")
    } else if after_text {
        Some("a quoted text ends just before; did it begin where it should? Inside `{…}` and `[…]`, an expression with `,` or `\"` in it stands between quotes: '…'")
    } else if line.matches(": ").count() > 1 && !line.contains(['{', '"', '\'']) {
        Some("put a text with `: ` in it between quotes")
    } else {
        None
    };
    Box::new(diagnostic.maybe_help(help.map(str::to_owned)))
}

/// The character at a byte; at the end of a line or of the file, the last one before it.
fn place_of(at: usize, source: &Source) -> Range<usize> {
    let at = source.clamp(&(at..at)).start;
    let rest = source.text().get(at..).unwrap_or_default();
    if let Some(c) = rest.chars().next().filter(|c| !c.is_whitespace()) {
        return at..at + c.len_utf8();
    }
    let before = source.text().get(..at).unwrap_or_default().trim_end();
    before.char_indices().next_back().map_or(0..0, |(start, c)| start..start + c.len_utf8())
}

/// Characters that cannot be seen, or that make text look other than it is (those that turn its direction).
fn is_refused(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b'..='\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn refuse_control_characters(ledger: &mut Ledger<'_>) -> bool {
    let text = ledger.source.text();
    let mut refused = false;
    for (at, c) in text.char_indices().skip_while(|(at, c)| *at == 0 && *c == '\u{feff}') {
        if is_refused(c) {
            refused = true;
            ledger.push(Diagnostic::error(
                Code::CONTROL_CHARACTER,
                format!("the control character U+{:04X} stands in the file", u32::from(c)),
                &(at..at + c.len_utf8()),
                "it cannot be seen",
            ));
        }
    }
    refused
}
