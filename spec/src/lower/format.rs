//! `format`: how a moment is written, by a name or by a pattern.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{SPECIFIERS, tells_no_moment, unknown_specifier};
use crate::keys::FORMATS;
use crate::model::TimeFormat;
use crate::shape::Entry;

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
    if let Some(start) = unknown_specifier(text) {
        let shown: String = text.get(start..).unwrap_or_default().chars().take(2).collect();
        let part = entry.value.part(&(start..start + shown.len()));
        let title = format!("{} has `{shown}`, which no pattern has", entry.what());
        let known = SPECIFIERS.iter().map(|specifier| format!("`{specifier}`")).collect::<Vec<_>>().join(", ");
        ledger.push(
            Diagnostic::error(Code::MALFORMED, title, &part, "not known").help(format!("a pattern is made of {known}")),
        );
        return None;
    }
    if let Some(missing) = tells_no_moment(text) {
        entry.malformed(
            ledger,
            "does not tell one moment",
            missing,
            "a pattern has year, month and day, and what it says of the hour is whole",
        );
        return None;
    }
    Some(TimeFormat::Pattern(text.to_owned()))
}
