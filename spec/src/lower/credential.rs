//! Credentials that are written in a spec, where everybody who has the binary or the repository has them.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::Typed;
use crate::model::Expr;
use crate::secret;
use crate::yaml::{Kind, Node};

const HELP: &str = "a spec is compiled into the binary and committed; declare a secret under `config` and write \
                    \"{config.apiKey}\"";

const DEFAULT: &str = "take the `default` out: each user has a secret of their own, in the variable that `env` names";

/// Finds what looks like a live key anywhere in the file, comments included.
pub(super) fn scan(ledger: &mut Ledger<'_>, root: &Node) {
    for range in secret::found(ledger.source.text()) {
        report(ledger, &range, "this looks like a live API key", instead(root, &range));
    }
}

/// What to do with a key that stands at some bytes: only where a value is sent can a setting take its place.
fn instead(root: &Node, range: &Range<usize>) -> &'static str {
    const COMMENT: &str = "a comment is committed, too: take the key out, or write how one looks, such as `sk_…`";
    const PROSE: &str = "this is text for people, which is committed and shown: take the key out, or write how one looks, such \
                         as `sk_…`";
    const EXAMPLE: &str = "an example is committed and compiled into the binary: write a value that is made up in its place, \
                           such as \"…\"";
    let mut keys: Vec<&str> = Vec::new();
    let mut node = root;
    loop {
        let within = |node: &&Node| node.range.start <= range.start && range.end <= node.range.end;
        node = match &node.kind {
            Kind::Mapping(pairs) => {
                let Some((key, value)) = pairs.iter().find(|(key, value)| within(&key) || within(&value)) else {
                    return COMMENT;
                };
                keys.extend(key.scalar().map(|scalar| scalar.text.as_str()));
                if within(&key) { key } else { value }
            }
            Kind::Sequence(items) => match items.iter().find(within) {
                Some(item) => item,
                None => return COMMENT,
            },
            Kind::Scalar(_) | Kind::Refused => break,
        };
    }
    match keys.as_slice() {
        ["resources", _, "example", ..] => EXAMPLE,
        ["config", _, "default", ..] => DEFAULT,
        ["title" | "description" | "docs" | "setup" | "limitations", ..]
        | ["config" | "resources", _, "description" | "docs"]
        | ["resources", _, "fields", _, "description"] => PROSE,
        _ => HELP,
    }
}

/// Refuses a default of a secret, which would be everybody's.
pub(super) fn refuse_default(ledger: &mut Ledger<'_>, node: &Node) {
    ledger.hide(&node.range);
    let found = secret::holds_one(ledger.source.slice(&node.range));
    if !found {
        ledger.push(
            Diagnostic::error(
                Code::CREDENTIAL,
                "a credential is written in the spec",
                &node.range,
                "this is a default of a secret",
            )
            .help(DEFAULT),
        );
    }
}

/// Refuses a scalar that stands where only a secret of the user's may.
pub(super) fn refuse(ledger: &mut Ledger<'_>, node: &Node, what: &str) {
    let range = match node.scalar() {
        Some(scalar) => node.part(&(0..scalar.text.len())),
        None => node.range.clone(),
    };
    let found = secret::holds_one(ledger.source.slice(&range));
    ledger.hide(&range);
    if !found {
        report(ledger, &range, &format!("this is {what}"), HELP);
    }
}

/// Refuses text in a template that is too disorderly to be anything but a credential.
pub(super) fn refuse_random(ledger: &mut Ledger<'_>, node: &Node, typed: &Typed) -> bool {
    let texts: Vec<&str> = match &typed.expr {
        Expr::Text(text) => vec![text],
        Expr::Concat(parts) => parts
            .iter()
            .filter_map(|part| if let Expr::Text(text) = part { Some(text.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    let random = texts.iter().flat_map(|text| text.split_whitespace()).any(secret::is_random);
    if random {
        refuse(ledger, node, "text that looks like a credential");
    }
    random
}

fn report(ledger: &mut Ledger<'_>, range: &Range<usize>, label: &str, help: &str) {
    ledger.hide(range);
    ledger.push(Diagnostic::error(Code::CREDENTIAL, "a credential is written in the spec", range, label).help(help));
}
