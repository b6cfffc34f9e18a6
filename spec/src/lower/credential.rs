//! Credentials that are written in a spec, where everybody who has the binary or the repository has them.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::Typed;
use crate::model::Expr;
use crate::secret;
use crate::yaml::Node;

const HELP: &str = "a spec is compiled into the binary and committed; declare a secret under `config` and write \
                    \"{config.apiKey}\"";

/// Finds what looks like a live key anywhere in the file, comments included.
pub(super) fn scan(ledger: &mut Ledger<'_>) {
    for range in secret::found(ledger.source.text()) {
        report(ledger, &range, "this looks like a live API key");
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
            .help("take the `default` out: each user has a secret of their own, in the variable that `env` names"),
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
        report(ledger, &range, &format!("this is {what}"));
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

fn report(ledger: &mut Ledger<'_>, range: &Range<usize>, label: &str) {
    ledger.hide(range);
    ledger.push(Diagnostic::error(Code::CREDENTIAL, "a credential is written in the spec", range, label).help(HELP));
}
