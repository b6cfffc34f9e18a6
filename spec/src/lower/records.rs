//! `records`: where in a response the records are.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{SyntaxError, parse_records, report};
use crate::keys;
use crate::model::{Paging, RecordStep, Records, Step};
use crate::shape::{Entries, Entry};
use crate::yaml::Kind;

use super::{Names, paging};

const HELP: &str = "write the keys from the response's root, such as `data.items`, or `$` when the response is the list; `[]` leads \
                    through each item of a list, `*` through each value of an object";

/// Reads `records`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Records> {
    if !matches!(entry.value.kind, Kind::Mapping(_)) {
        return path(ledger, entry).map(Records::At);
    }
    let entries = Entries::read(ledger, &keys::RECORDS, entry.what(), &entry.key, entry.value)?;
    if let Some(one) = entries.get("one") {
        return keys_alone(ledger, &one).map(Records::One);
    }
    let zip = entries.get("zip")?;
    let columns: Vec<(String, Vec<String>)> = zip
        .names(ledger)
        .into_iter()
        .filter_map(|entry| Some((entry.name.clone(), keys_alone(ledger, &entry)?)))
        .collect();
    if columns.is_empty() && matches!(&zip.value.kind, Kind::Mapping(pairs) if pairs.is_empty()) {
        let title = format!("{} is empty", zip.what());
        ledger.push(Diagnostic::error(Code::EMPTY, title, &zip.key, "lists of what?").help(
            "write the keys of a record, and where their values are: `{ date: series.dates, value: series.values }`",
        ));
    }
    (!columns.is_empty()).then_some(Records::Zip(columns))
}

fn path(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Vec<RecordStep>> {
    let text = entry.text(ledger)?;
    match parse_records(&text) {
        Ok(steps) => Some(steps),
        Err(error) => {
            let help = error.help.clone().or_else(|| Some(HELP.to_owned()));
            report(ledger, entry.value, &entry.what(), SyntaxError { help, ..error });
            None
        }
    }
}

/// Keys, without a list or an object to go through.
fn keys_alone(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<Vec<String>> {
    let steps = path(ledger, entry)?;
    let keys: Option<Vec<String>> = steps
        .into_iter()
        .map(|step| match step {
            RecordStep::Key(key) => Some(key),
            RecordStep::Each | RecordStep::Values => None,
        })
        .collect();
    if keys.is_none() {
        entry.malformed(ledger, "leads to more than one", "`[]` and `*` have no place here", "write keys alone");
    }
    keys
}

/// What does not go with records that are no plain list.
pub(super) fn paged(
    ledger: &mut Ledger<'_>,
    records: &Records,
    paging: Option<&Paging>,
    entries: &Entries<'_>,
    names: &Names,
) {
    let (Some(Paging { step: Step::Last { .. }, .. }), Some(key)) = (paging, entries.key("paging")) else { return };
    if records.is_nested() {
        let title =
            format!("the paginator of {} goes by the last record, and records stand within others", entries.what);
        let by_response = |paging: &Paging| !matches!(paging.step, Step::Last { .. });
        let help = paging::name_one(&names.paginators, "that goes by what the response says", by_response);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &key, "which of them would be the last?").help(help),
        );
    }
}
