//! `format`: how a moment is written, by a name or by a pattern.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::keys::FORMATS;
use crate::model::TimeFormat;
use crate::shape::Entry;

/// What a pattern may hold. A subset of C's `strftime` that reads back what it writes.
const SPECIFIERS: &[&str] = &[
    "%Y", "%m", "%d", "%e", "%b", "%B", "%a", "%A", "%H", "%I", "%M", "%S", "%.f", "%f", "%p", "%z", "%:z", "%F", "%T",
    "%%",
];

/// Reads `format`.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>) -> Option<TimeFormat> {
    let text = entry.text(ledger)?;
    let text = text.as_str();
    match text {
        "rfc3339" => return Some(TimeFormat::Rfc3339),
        "unix_seconds" => return Some(TimeFormat::UnixSeconds),
        "unix_millis" => return Some(TimeFormat::UnixMillis),
        "unix_micros" => return Some(TimeFormat::UnixMicros),
        "date" => return Some(TimeFormat::Date),
        _ if !text.contains('%') => {
            entry.unknown_choice(ledger, text, &entry.value.range, FORMATS.iter().copied());
            return None;
        }
        _ => {}
    }
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let here = rest.get(at..).unwrap_or_default();
        let Some(specifier) = SPECIFIERS.iter().find(|specifier| here.starts_with(**specifier)) else {
            let start = text.len() - here.len();
            let shown: String = here.chars().take(2).collect();
            let part = entry.value.part(&(start..start + shown.len()));
            let title = format!("{} has `{shown}`, which no pattern has", entry.what());
            let known = SPECIFIERS.iter().map(|specifier| format!("`{specifier}`")).collect::<Vec<_>>().join(", ");
            ledger.push(
                Diagnostic::error(Code::MALFORMED, title, &part, "not known")
                    .help(format!("a pattern is made of {known}")),
            );
            return None;
        };
        rest = here.get(specifier.len()..).unwrap_or_default();
    }
    let has = |specifiers: &[&str]| specifiers.iter().any(|specifier| text.contains(specifier));
    let day = has(&["%F"]) || has(&["%Y"]) && has(&["%m", "%b", "%B"]) && has(&["%d", "%e"]);
    let hour = !has(&["%I"]) || has(&["%p"]);
    if !day || !hour {
        entry.malformed(
            ledger,
            "does not tell one moment",
            if day { "`%I` without `%p`" } else { "a year, month or day is missing" },
            "a pattern has year, month and day, and what it says of the hour is whole",
        );
        return None;
    }
    Some(TimeFormat::Pattern(text.to_owned()))
}
