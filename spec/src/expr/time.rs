//! What the functions of moments take: formats and units, written out.

use crate::Code;
use crate::diagnostic::Certainty;
use crate::keys::FORMATS;
use crate::model::Expr;
use crate::suggest::{is_slip, listed};

use super::check::{Checker, Typed};
use super::ty::Ty;

/// The units whose beginning `start_of` gives.
const UNITS: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year"];

/// What a pattern may hold. A subset of C's `strftime` that reads back what it writes.
pub(crate) const SPECIFIERS: &[&str] = &[
    "%Y", "%m", "%d", "%e", "%b", "%B", "%a", "%A", "%H", "%I", "%M", "%S", "%.f", "%f", "%p", "%z", "%:z", "%F", "%T",
    "%%",
];

/// Where in a pattern something stands that no pattern has.
pub(crate) fn unknown_specifier(pattern: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = pattern.get(at..).and_then(|rest| rest.find('%')) {
        at += found;
        let here = pattern.get(at..).unwrap_or_default();
        let known = SPECIFIERS.iter().find(|specifier| here.starts_with(**specifier));
        let Some(known) = known else { return Some(at) };
        at += known.len();
    }
    None
}

/// Whether a pattern tells one moment: a day, and an hour that is whole. What is missing, if it does not.
pub(crate) fn tells_no_moment(pattern: &str) -> Option<&'static str> {
    let has = |specifiers: &[&str]| specifiers.iter().any(|specifier| pattern.contains(specifier));
    let day = has(&["%F"]) || has(&["%Y"]) && has(&["%m", "%b", "%B"]) && has(&["%d", "%e"]);
    let hour = !has(&["%I"]) || has(&["%p"]);
    match (day, hour) {
        (true, true) => None,
        (false, _) => Some("a year, month or day is missing"),
        (true, false) => Some("`%I` without `%p`"),
    }
}

impl Checker<'_, '_> {
    /// A format, to be read with or to be written.
    pub(super) fn format(&mut self, who: &str, operand: &Typed, reads: bool) -> Option<()> {
        let Expr::Text(format) = &operand.expr else {
            return self.refuse(who, "a format that is written out", operand);
        };
        let format = format.clone();
        let is_number = format.starts_with("unix_");
        let (label, help) = if FORMATS.contains(&format.as_str()) {
            if reads || !is_number {
                return Some(());
            }
            (
                "a number of that kind is no text",
                Some("`unix_seconds(…)` and `unix_millis(…)` count from 1970".to_owned()),
            )
        } else if !format.contains('%') {
            let help = match self.ledger.nearest(&format, FORMATS.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    "a format is `rfc3339`, `unix_seconds`, `unix_millis`, `unix_micros`, `date`, or a pattern such as \
                         `%Y-%m-%d`"
                        .to_owned()
                }
            };
            ("no such format", Some(help))
        } else if unknown_specifier(&format).is_some() {
            let known = SPECIFIERS.iter().map(|specifier| format!("`{specifier}`")).collect::<Vec<_>>().join(", ");
            ("no such pattern", Some(format!("a pattern is made of {known}")))
        } else if let (true, Some(missing)) = (reads, tells_no_moment(&format)) {
            (missing, Some("a pattern has year, month and day, and what it says of the hour is whole".to_owned()))
        } else {
            return Some(());
        };
        let title = format!("{who} has a format that it cannot use");
        let diagnostic = self.error(Code::TIME_WORD, &title, &operand.part, label).maybe_help(help);
        self.ledger.push(diagnostic);
        None
    }

    /// What a moment is read from fits its format.
    pub(super) fn written(&mut self, who: &str, operand: &Typed, format: &Typed) -> Option<()> {
        let is_number = matches!(&format.expr, Expr::Text(format) if format.starts_with("unix_"));
        match (&operand.ty, is_number) {
            (Ty::Any | Ty::Text, false) => Some(()),
            (ty, true) if *ty == Ty::Any || ty.is_number() => Some(()),
            (_, true) => self.refuse(who, "a number", operand),
            (_, false) => self.refuse(who, "text", operand),
        }
    }

    /// A unit of time.
    pub(super) fn unit(&mut self, who: &str, operand: &Typed) -> Option<()> {
        let Expr::Text(unit) = &operand.expr else {
            return self.refuse(who, "a unit of time that is written out", operand);
        };
        if UNITS.contains(&unit.as_str()) {
            return Some(());
        }
        let unit = unit.clone();
        let title = format!("{who} knows no `{unit}`");
        let diagnostic = self.error(Code::TIME_WORD, &title, &operand.part, "no such unit");
        let diagnostic = match self.ledger.nearest(&unit, UNITS.iter().copied()) {
            Some(meant) => self
                .edited(diagnostic.help(format!("did you mean `{meant}`?")), &operand.part, &format!("\"{meant}\""))
                .certainty(Certainty::when(is_slip(&unit, meant, UNITS.iter().copied()))),
            None => diagnostic.help(format!("the units are {}", listed(UNITS.iter().copied()))),
        };
        self.ledger.push(diagnostic);
        None
    }
}
