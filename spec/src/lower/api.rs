//! `api`: where it is, how many requests it allows, how they are repeated.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::For;
use crate::keys::{AFTER, API, RETRY};
use crate::model::{Api, Auth, ErrorRule, Expr, Param, Retry};
use crate::shape::{Entries, Entry};

use super::target::Wire;
use super::{Names, address, auth, limit, request, rules, target, wait};

/// What `api` says of all resources.
#[derive(Default)]
pub(super) struct Common {
    /// The headers of every request.
    pub(super) headers: Vec<Param>,
    /// The error rules, behind those of the resource.
    pub(super) rules: Vec<ErrorRule>,
    /// Which settings the ways to authenticate speak of, where there are several.
    pub(super) chosen: Option<auth::Chosen>,
}

/// Reads `api`, and what it says of all resources.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<(Api, Common)> {
    let entries = Entries::read(ledger, &API, "`api`", &entry.key, entry.value)?;
    let base_url = entries.get("base_url").and_then(|entry| address::base_url(ledger, &entry, names));
    let auth = entries.get("auth").and_then(|entry| auth::read(ledger, &entry, names));
    let limits = entries.get("limit").map(|entry| limit::read(ledger, &entry)).unwrap_or_default();
    let retry = entries.get("retry").and_then(|entry| retry(ledger, &entry, names));
    let rules = entries.get("on_error").map(|entry| rules::read(ledger, &entry, "`api`", &[], names));
    let (auth, chosen) = auth.unwrap_or((Auth::None, None));
    let api = Api { base_url: base_url.unwrap_or(Expr::Null), auth, limits, retry };
    let headers =
        entries.get("headers").map(|entry| request::headers(ledger, &entry, names, For::NOTHING, &mut Wire::default()));
    Some((api, Common { headers: headers.unwrap_or_default(), rules: rules.unwrap_or_default(), chosen }))
}

fn retry(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Retry> {
    let entries = Entries::read(ledger, &RETRY, "`retry`", &entry.key, entry.value)?;
    let attempts = entries.get("attempts").and_then(|entry| entry.whole(ledger, 1, 100)).unwrap_or(10);
    let words = [("exponential", false), ("constant", true)];
    let constant = entries.get("backoff").and_then(|entry| entry.choice(ledger, &words)).unwrap_or(false);
    let mut span = |key: &str, default: i64| match entries.get(key) {
        Some(entry) => {
            let millis = entry.duration(ledger).unwrap_or(default);
            if target::positive(ledger, &entry, millis) { millis } else { default }
        }
        None => default,
    };
    let first_millis = span("first", 250);
    let most_millis = span("most", first_millis.max(30_000));
    if let (true, Some(range)) = (most_millis < first_millis, entries.key("most")) {
        let title = "`most` of `retry` is shorter than `first`";
        ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &range, "no wait could be both"));
    }
    let after = entries.get("after").and_then(|entry| {
        let entries = Entries::read(ledger, &AFTER, "`after` of `retry`", &entry.key, entry.value)?;
        wait::read(ledger, &entries, names)
    });
    Some(Retry { attempts: u32::try_from(attempts).unwrap_or(10), first_millis, most_millis, constant, after })
}
