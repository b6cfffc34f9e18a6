//! What a `post` sends: JSON, a form, or a GraphQL query with its variables.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Scope, Secrets, check_template};
use crate::keys::GRAPHQL;
use crate::model::{Body, Expr, Target, Template};
use crate::shape::{Entries, Entry};
use crate::yaml::{Kind, Node, Value};

use super::Names;
use super::credential;
use super::request::texts;
use super::target::{Use, Wire};

/// Where the text of a body ends up, for a secret that is used in one.
pub(super) const PLACE: &str = "the body of a request";

/// Reads what a resource sends. None when it sends nothing, or `get` does not let it.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    names: &Names,
    scope: Scope<'_>,
    wire: &mut Wire,
) -> Option<Body> {
    let entry = ["json", "form", "graphql"].into_iter().find_map(|key| resource.get(key))?;
    if let Some(get) = resource.key("get") {
        let title = format!("`get` of {} sends no body", resource.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &entry.key, "only `post` sends one")
                .label(&get, "it stands here")
                .help("write `post` for `get`, or put parameters under `query`"),
        );
    }
    match entry.name.as_str() {
        "form" => Some(Body::Form(texts(ledger, &entry, scope, wire))),
        "graphql" => {
            let what = format!("`graphql` of {}", resource.what);
            let entries = Entries::read(ledger, &GRAPHQL, what, &entry.key, entry.value)?;
            let query = match entries.get("file") {
                Some(entry) => names.files.text(ledger, &entry),
                None => entries.get("query").and_then(|entry| entry.text(ledger)),
            };
            let query = query.unwrap_or_default();
            let variables = match entries.get("variables") {
                Some(entry) => Reading { ledger, entry: &entry, scope, wire }.object("variables").unwrap_or_default(),
                None => Vec::new(),
            };
            let members = [
                ("query".to_owned(), Template::Text(Expr::Text(query))),
                ("variables".to_owned(), Template::Object(variables)),
            ];
            Some(Body::Json { template: Template::Object(members.into()), graphql: true })
        }
        _ => {
            let members = Reading { ledger, entry: &entry, scope, wire }.object("")?;
            Some(Body::Json { template: Template::Object(members), graphql: false })
        }
    }
}

/// Reads an object with templates in its texts.
pub(super) fn object(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    scope: Scope<'_>,
    wire: &mut Wire,
) -> Option<Template> {
    Reading { ledger, entry, scope, wire }.object("").map(Template::Object)
}

/// JSON with templates in its texts.
struct Reading<'r, 'l, 's> {
    ledger: &'r mut Ledger<'l>,
    entry: &'r Entry<'r>,
    scope: Scope<'s>,
    wire: &'r mut Wire,
}

impl Reading<'_, '_, '_> {
    /// The members of the object that the entry is. `below` is the path to it in the body.
    fn object(&mut self, below: &str) -> Option<Vec<(String, Template)>> {
        let Kind::Mapping(_) = &self.entry.value.kind else {
            self.entry.wrong_kind(self.ledger, "a mapping: the body's keys and values");
            return None;
        };
        let path: Vec<String> = if below.is_empty() { Vec::new() } else { vec![below.to_owned()] };
        match self.template(self.entry.value, &path)? {
            Template::Object(members) => Some(members),
            _ => None,
        }
    }

    fn template(&mut self, node: &Node, path: &[String]) -> Option<Template> {
        match &node.kind {
            Kind::Refused => None,
            Kind::Sequence(items) => {
                self.set(node, path);
                // Nothing else can be put into a list, so that paths within it do not matter.
                let items: Vec<Option<Template>> = items.iter().map(|item| self.template(item, &[])).collect();
                items.into_iter().collect::<Option<_>>().map(Template::Array)
            }
            Kind::Mapping(pairs) => {
                let mut members = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    let Some(key) = key.scalar() else { continue };
                    let mut below = path.to_vec();
                    // Within a list the path is no longer known.
                    if !path.is_empty() || std::ptr::eq(node, self.entry.value) {
                        below.push(key.text.clone());
                    }
                    members.push(self.template(value, &below).map(|value| (key.text.clone(), value)));
                }
                members.into_iter().collect::<Option<_>>().map(Template::Object)
            }
            Kind::Scalar(scalar) => {
                self.set(node, path);
                match scalar.value() {
                    Value::Null => Some(Template::Null),
                    Value::Bool(value) => Some(Template::Value(Expr::Bool(value))),
                    Value::Integer(value) => Some(Template::Value(Expr::Integer(value))),
                    Value::Number(value) => Some(Template::Value(Expr::Number(value))),
                    Value::OddNumber => {
                        let title = format!("`{}` is not a number that JSON has", scalar.text);
                        self.ledger.push(
                            Diagnostic::error(Code::WRONG_KIND, title, &node.range, "YAML takes this for a number")
                                .help("put it between quotes if it is text"),
                        );
                        None
                    }
                    Value::Text(_) => {
                        let typed = check_template(self.ledger, node, &self.entry.what(), self.scope)?;
                        // Where a secret may stand, one must not be written out.
                        if self.scope.secrets == Secrets::Allowed
                            && credential::refuse_random(self.ledger, node, &typed)
                        {
                            return None;
                        }
                        Some(match typed.expr {
                            Expr::Concat(_) => Template::Text(typed.expr),
                            expr => Template::Value(expr),
                        })
                    }
                }
            }
        }
    }

    fn set(&mut self, node: &Node, path: &[String]) {
        if !path.is_empty() {
            let by = Use { what: self.entry.what(), range: node.range.clone() };
            self.wire.set(self.ledger, &Target::Body(path.to_vec()), by);
        }
    }
}
