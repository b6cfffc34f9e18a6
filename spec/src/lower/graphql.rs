//! What a GraphQL query says: that it can be read, that it is one operation, and that its variables are those that are
//! sent.
//!
//! It reads as much of the language ([October 2021](https://spec.graphql.org/October2021/)) as that needs, and knows no
//! schema.

mod document;

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::model::{Body, Expr, Incremental, Paging, Step, Target, Template, WindowOn};
use crate::shape::Entries;
use crate::suggest::{listed, nearest};
use crate::yaml::{Kind, Node};

use document::Document;

/// When a variable is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// With every request.
    Always,
    /// With every page but the first.
    Later,
    /// With some requests; with which is not known here.
    Sometimes,
}

/// A variable that requests carry.
struct Sent<'s> {
    name: &'s str,
    when: When,
    /// What sends it, for messages.
    by: &'static str,
    range: Range<usize>,
}

/// Checks the query of a resource against what its requests carry: its body, its paging, its windows.
pub(super) fn check(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    (body, paging, incremental): (Option<&Body>, Option<&Paging>, Option<&Incremental>),
) {
    let Some(Body::Json { template: Template::Object(members), graphql: true }) = body else { return };
    let Some(graphql) = resource.get("graphql") else { return };
    let (mut text, mut values) = ("", &[][..]);
    for (name, member) in members {
        match member {
            Template::Text(Expr::Text(query)) if name == "query" => text = query,
            Template::Object(members) if name == "variables" => values = members,
            _ => {}
        }
    }
    // One that could not be had is told of already.
    let Some(place) = place(graphql.value).filter(|_| !text.is_empty()) else { return };
    let mut checking = Checking { ledger, what: format!("the GraphQL query of {}", resource.what), text, place };
    let Some(document) = checking.document() else { return };
    checking.declarations(&document);

    let of_variables = values.iter().map(|(name, value)| Sent {
        name,
        when: if *value == Template::Null { When::Sometimes } else { When::Always },
        by: VARIABLES,
        range: pair(graphql.value, "variables")
            .and_then(|(_, node)| pair(node, name))
            .map_or_else(|| graphql.key.clone(), |(key, _)| key.range.clone()),
    });
    let targets = of_paging(paging).into_iter().chain(of_incremental(incremental));
    let of_targets = targets.filter_map(|(target, when, by, key)| {
        let Target::Body(path) = target else { return None };
        let [root, name, ..] = path.as_slice() else { return None };
        (root == "variables").then(|| Sent { name, when, by, range: resource.key_or_place(key) })
    });
    checking.sent(&document, &of_variables.chain(of_targets).collect::<Vec<_>>());
}

const VARIABLES: &str = "`variables`";

type Aim<'m> = (&'m Target, When, &'static str, &'static str);

fn of_paging(paging: Option<&Paging>) -> Vec<Aim<'_>> {
    let Some(paging) = paging else { return Vec::new() };
    let counts = matches!(paging.step, Step::Page { .. } | Step::Offset { .. });
    let leads = (if counts { When::Always } else { When::Later }, "its paginator", "paging");
    let size = paging.size.as_ref().map(|size| (&size.to, When::Always, "its paginator", "paging"));
    paging.target().map(|target| (target, leads.0, leads.1, leads.2)).into_iter().chain(size).collect()
}

fn of_incremental(incremental: Option<&Incremental>) -> Vec<Aim<'_>> {
    let Some(incremental) = incremental else { return Vec::new() };
    let by = |target, when, by| (target, when, by, "incremental");
    let mut aims = Vec::new();
    if let Some(window) = &incremental.window {
        let every = window.on == WindowOn::EveryPage && incremental.resume.is_none();
        let when = if every { When::Always } else { When::Sometimes };
        aims.extend(window.from.iter().map(|from| by(from, when, "its window")));
        aims.extend(window.to.iter().map(|to| by(to, When::Sometimes, "its window")));
    }
    aims.extend(incremental.resume.iter().map(|resume| by(&resume.to, When::Sometimes, "`continue`")));
    aims
}

/// Where a query stands.
enum Place<'t> {
    /// In the spec, as this text.
    Here(&'t Node),
    /// In the file that this names.
    File(&'t Node),
}

fn place(graphql: &Node) -> Option<Place<'_>> {
    match pair(graphql, "file") {
        Some((_, node)) => Some(Place::File(node)),
        None => pair(graphql, "query").map(|(_, node)| Place::Here(node)),
    }
}

fn pair<'t>(node: &'t Node, name: &str) -> Option<(&'t Node, &'t Node)> {
    let Kind::Mapping(pairs) = &node.kind else { return None };
    let found = pairs.iter().find(|(key, _)| key.scalar().is_some_and(|scalar| scalar.text == name));
    found.map(|(key, value)| (key, value))
}

/// A query being checked.
struct Checking<'c, 'l> {
    ledger: &'c mut Ledger<'l>,
    /// What it is, for messages.
    what: String,
    text: &'c str,
    place: Place<'c>,
}

impl Checking<'_, '_> {
    fn document(&mut self) -> Option<Document> {
        match document::read(self.text) {
            Ok(document) => Some(document),
            Err(wrong) => {
                let code = if wrong.is_syntax { Code::GRAPHQL_SYNTAX } else { Code::GRAPHQL_OPERATION };
                let title = format!("{} {}", self.what, wrong.title);
                self.tell(Diagnostic::error, code, title, &wrong.range, wrong.label, wrong.help);
                None
            }
        }
    }

    /// What the document says of its variables in itself.
    fn declarations(&mut self, document: &Document) {
        let names = || document.declared.iter().map(|variable| variable.name.as_str());
        let undeclared = || document.used.iter().filter(|(used, _)| names().all(|declared| declared != used));
        for (at, variable) in document.declared.iter().enumerate() {
            let name = &variable.name;
            if document.declared.iter().take(at).any(|before| before.name == *name) {
                let title = format!("{} declares `${name}` twice", self.what);
                self.tell(Diagnostic::error, Code::NAME_TAKEN, title, &variable.range, "here again", None);
            } else if document.used.iter().all(|(used, _)| used != name)
                // What was misspelt where it is used is told there.
                && !undeclared().any(|(used, _)| nearest(used, names()) == Some(name))
            {
                let title = format!("{} does not use its variable `${name}`", self.what);
                let help = "an API refuses such a query: use the variable, or take its declaration out";
                let label = "declared, and not used";
                self.tell(Diagnostic::error, Code::VARIABLE_NOT_USED, title, &variable.range, label, Some(help));
            }
        }
        let mut told: Vec<&str> = Vec::new();
        for (name, range) in undeclared() {
            if told.contains(&name.as_str()) {
                continue;
            }
            told.push(name);
            let title = format!("{} uses `${name}`, which it does not declare", self.what);
            let help = meant(name, names());
            self.tell(Diagnostic::error, Code::UNKNOWN_VARIABLE, title, range, "not declared", Some(&help));
        }
    }

    /// Whether what is sent is declared, and what is needed is sent.
    fn sent(&mut self, document: &Document, sent: &[Sent<'_>]) {
        let names = || document.declared.iter().map(|variable| variable.name.as_str());
        for Sent { name, by, range, .. } in sent {
            // What is used and not declared is told where it is used.
            if names().any(|declared| declared == *name) || document.used.iter().any(|(used, _)| used == name) {
                continue;
            }
            let title = format!("{} does not declare `${name}`, which {by} sends", self.what);
            let make = if *by == VARIABLES { Diagnostic::warning } else { Diagnostic::error };
            let label =
                if *by == VARIABLES { "an API looks past it, or refuses it" } else { "it would have no effect" };
            self.ledger.push(make(Code::UNKNOWN_VARIABLE, title.as_str(), range, label).help(meant(name, names())));
        }
        for variable in document.declared.iter().filter(|variable| variable.is_needed) {
            let name = &variable.name;
            let ways: Vec<When> = sent.iter().filter(|sent| sent.name == name).map(|sent| sent.when).collect();
            let (label, help) = match ways.as_slice() {
                [] => ("needed, and sent by nothing", format!("give it a value: `variables: {{ {name}: … }}`")),
                ways if ways.iter().all(|when| *when == When::Later) => {
                    ("needed, and not sent with the first page", "take the `!` of its type out".to_owned())
                }
                _ => continue,
            };
            let title = format!("{} needs `${name}`", self.what);
            self.tell(Diagnostic::error, Code::VARIABLE_NOT_SENT, title, &variable.range, label, Some(&help));
        }
    }

    /// Tells of a part of the query, where it stands in the spec, or by line and column of its file.
    fn tell(
        &mut self,
        make: fn(Code, String, &Range<usize>, String) -> Diagnostic,
        code: Code,
        title: String,
        part: &Range<usize>,
        label: &str,
        help: Option<&str>,
    ) {
        let (range, label) = match self.place {
            Place::Here(node) => (self.in_spec(node, part), label.to_owned()),
            Place::File(node) => {
                let before = self.text.get(..part.start).unwrap_or(self.text);
                let (line, column) = line_and_column(before);
                let file = node.scalar().map_or("", |scalar| scalar.text.as_str());
                (node.range.clone(), format!("{label}, at {file}:{line}:{column}"))
            }
        };
        self.ledger.push(make(code, title, &range, label).maybe_help(help.map(str::to_owned)));
    }

    /// The bytes of the spec at which a part of the query stands; of a folded text, all of it.
    fn in_spec(&self, node: &Node, part: &Range<usize>) -> Range<usize> {
        let exact = node.part(part);
        if exact != node.range {
            return exact;
        }
        self.in_block(node, part).unwrap_or(exact)
    }

    /// In a block behind `|`, a line of the text is a line of the file without its indentation.
    fn in_block(&self, node: &Node, part: &Range<usize>) -> Option<Range<usize>> {
        let source = self.ledger.source;
        // Its bytes begin with the first line that is not empty.
        let empty = self.text.lines().take_while(|line| line.trim().is_empty()).count();
        let first = source.position(node.range.start).line.checked_sub(empty)?;
        let (line, _) = line_and_column(self.text.get(..part.start)?);
        let start = self.text.get(..part.start)?.rfind('\n').map_or(0, |at| at + 1);
        let text = self.text.get(start..)?.lines().next()?;
        // Where the lines are not those of the file, the text was folded.
        let shown = source.line(first + line - 1);
        let indentation = source.slice(&shown).strip_suffix(text)?;
        if !indentation.bytes().all(|byte| byte == b' ') {
            return None;
        }
        let begins = shown.start + indentation.len() + (part.start - start);
        Some(begins..(begins + part.len()).min(shown.end))
    }
}

fn line_and_column(before: &str) -> (usize, usize) {
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before.get(start..).map_or(0, |text| text.chars().count()) + 1)
}

/// Which of the declared variables was probably meant.
fn meant<'n>(name: &str, declared: impl Iterator<Item = &'n str> + Clone) -> String {
    match nearest(name, declared.clone()) {
        Some(meant) => format!("did you mean `${meant}`?"),
        None => match listed(declared) {
            names if names.is_empty() => format!("declare it: `query (${name}: …)`"),
            names => format!("it declares {names}"),
        },
    }
}
