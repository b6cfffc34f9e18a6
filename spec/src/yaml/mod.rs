//! Text to a tree of nodes with the bytes they stand at.
//!
//! This is the only place that knows the YAML parser. What a spec does without (anchors, aliases, tags, merge
//! keys, directives, a second document) is refused here, and size, depth and fullness are bounded, so that no
//! file costs more than it weighs. It must not know what a spec means.

mod node;
mod syntax;

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StructureStyle, options};

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};

pub(crate) use node::{Kind, Node, Scalar, Value};
use syntax::{is_refused, refuse_control_characters, syntax_error, too_deep};

/// The largest spec, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The deepest nesting.
const MOST_LEVELS: usize = 64;
/// The most scalars, sequences and mappings together.
const MOST_NODES: usize = 50_000;

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
            Err(error) => Err(syntax_error(&error, source, tree.open.iter().rfind(|open| open.flow))),
        };
        if let Err(diagnostic) = outcome {
            tree.ledger.push(*diagnostic);
            return None;
        }
    }
    let root = tree.root;
    if root.is_none() && !ledger.has_errors() {
        ledger.push(Diagnostic::error(Code::EMPTY, "the file is empty", &source.line(1), "no spec is in it"));
    }
    root
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
