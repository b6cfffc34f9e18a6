//! A connector's page for people, in Markdown: what it syncs, how it is set up, and what becomes of every field.
//!
//! The page is made of the checked model and of nothing else, so that it says what the connector does. This crate must not
//! know what runs a connector, and it reads and writes no files.

mod access;
mod anchors;
mod configuration;
mod duration;
mod fields;
mod limits;
mod markdown;
mod request;
mod resource;
mod written;

use tapwright_spec::model::Connector;

use anchors::Anchors;
use markdown::{Table, code, code_in_cell, link, text};

/// What a page is made of beside the model.
#[derive(Clone, Copy)]
pub struct Page<'p> {
    /// The connector.
    pub connector: &'p Connector,
    /// What names its spec on a command line: a path, or the name of a connector that is compiled in.
    pub called: &'p str,
    /// The path of its spec from where the page is, for a link.
    pub spec: Option<&'p str>,
    /// The command that renews the page, in the folder it is in.
    pub renew: Option<&'p str>,
    /// The row that a resource's example comes to.
    pub example: &'p dyn Fn(&str) -> Vec<(String, Example)>,
}

/// What stands in a column of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Example {
    /// A value, as text.
    Value(String),
    /// Null.
    Null,
    /// It is not known from the example alone.
    Unknown,
}

/// How the last line of every page begins.
const ORIGIN: &str = "This page is made of ";

/// Whether a text is such a page, of whatever connector: one may be put in its place.
#[must_use]
pub fn is_page(text: &str) -> bool {
    text.trim_end().lines().next_back().is_some_and(|line| line.starts_with(ORIGIN))
}

impl Page<'_> {
    /// The page, with a line break at its end.
    #[must_use]
    pub fn markdown(&self) -> String {
        let connector = self.connector;
        let anchors = Anchors::of(connector);
        let mut page = Sections::default();
        page.add(format!("# {}", text(&connector.title)));
        page.add(text(&connector.description));
        page.add(self.about());
        page.heading("What it syncs");
        page.add(self.overview(&anchors));
        self.run(&mut page);
        page.heading("Authentication");
        page.add(access::section(connector));
        if !connector.settings.is_empty() {
            page.heading("Configuration");
            page.add(configuration::section(connector));
        }
        page.heading("Limits and errors");
        page.add(limits::section(connector));
        if !connector.limitations.is_empty() {
            page.heading("Limitations");
            page.add(bullets(connector.limitations.iter().map(|line| text(line))));
        }
        page.heading("Resources");
        for resource in &connector.resources {
            page.add(format!("### {}", resource.name));
            resource::section(&mut page, self, resource, &anchors);
        }
        if !connector.enums.is_empty() {
            page.heading("Values");
            page.add("What the API is known to send. A value that is not listed is kept, and told.");
            page.add(values(connector));
        }
        page.add("---");
        page.add(self.origin());
        page.0.join("\n\n") + "\n"
    }

    /// Where more is to be found.
    fn about(&self) -> String {
        let mut said = vec![format!("Connector {}", code(&self.connector.name))];
        said.extend(self.connector.category.as_ref().map(|category| format!("category {}", text(category))));
        said.extend(self.connector.docs.as_ref().map(|docs| link("the API's documentation", docs)));
        said.extend(self.spec.map(|spec| link("the spec", spec)));
        said.join(" · ")
    }

    fn overview(&self, anchors: &Anchors) -> String {
        let mut table = Table::new(&["resource", "what", "rows", "read", "needs"]);
        for resource in &self.connector.resources {
            let hook = match (&resource.hook, resource::needs_a_hook(self.connector, resource)) {
                (Some(_), _) => "a hook",
                (None, true) => "the hook of what it is read for",
                (None, false) => "",
            };
            table.row(vec![
                format!("[{}](#{})", resource.name, anchors.of_resource(&resource.name)),
                text(&resource.description),
                format!("{} {}", resource.row.shape.keyword(), code_in_cell(&resource.row.name)),
                resource::how_briefly(resource).to_owned(),
                hook.to_owned(),
            ]);
        }
        table.to_string()
    }

    fn run(&self, page: &mut Sections) {
        let connector = self.connector;
        page.heading("Set up and run");
        if !connector.setup.is_empty() {
            let steps = connector.setup.iter().enumerate();
            page.add(steps.map(|(at, step)| format!("{}. {}", at + 1, text(step))).collect::<Vec<_>>().join("\n"));
        }
        let hooked = connector.resources.iter().any(|resource| resource.hook.is_some());
        if hooked {
            page.add(
                "Some resources go through a hook, which is Rust: they are synced by a program that has the connector compiled \
                 in with its hooks, and not by the command alone.",
            );
        }
        let spec = argument(self.called);
        let plain = connector.resources.iter().filter(|resource| !resource::needs_a_hook(connector, resource));
        let names: Vec<_> = plain.map(|resource| resource.name.as_str()).collect();
        let mut lines = Vec::new();
        match (hooked, names.first()) {
            (_, None) => {}
            (false, Some(first)) => {
                lines.push(format!("tapwright sync {spec} --sandbox"));
                lines.push(format!("tapwright sync {spec} --to sqlite:{}.db", connector.name));
                lines.push(format!("tapwright try {spec} {first}"));
            }
            (true, Some(first)) => {
                lines.push(format!("tapwright sync {spec} --resources {} --sandbox", names.join(",")));
                lines.push(format!("tapwright try {spec} {first}"));
            }
        }
        lines.push(format!("tapwright sandbox {spec}"));
        page.add(markdown::block("sh", &lines.join("\n")));
        let about = "`sync --sandbox` needs no key: it reads from the API as the spec describes it, served on this machine. \
                     `try` shows a page as it is sent and what becomes of it.";
        page.add(about);
    }

    /// Where the page is from.
    fn origin(&self) -> String {
        let made = match self.spec {
            Some(spec) => format!("{ORIGIN}{}", link(&code(spec), spec)),
            None => format!("{ORIGIN}the spec of {}", code(&self.connector.name)),
        };
        match self.renew {
            Some(renew) => format!("{made}; {} makes it anew.", code(renew)),
            None => format!("{made}."),
        }
    }
}

/// A word of a command line.
fn argument(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-+=:@".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// The parts of a page, with an empty line between them.
#[derive(Debug, Default)]
struct Sections(Vec<String>);

impl Sections {
    fn add(&mut self, part: impl Into<String>) {
        let part = part.into();
        if !part.is_empty() {
            self.0.push(part);
        }
    }

    fn heading(&mut self, heading: &str) {
        self.add(format!("## {heading}"));
    }
}

fn bullets(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

fn values(connector: &Connector) -> String {
    let mut table = Table::new(&["type", "values"]);
    for known in &connector.enums {
        let values: Vec<_> = known.values.iter().map(|value| code_in_cell(value)).collect();
        table.row(vec![code_in_cell(&known.name), values.join(", ")]);
    }
    table.to_string()
}
