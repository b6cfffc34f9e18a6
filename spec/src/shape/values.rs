//! Single values: text, numbers, words, durations, lists, maps of names.
//!
//! A value of the wrong kind is said to be one, once, and read as nothing.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic, Ledger};
use crate::names::Pattern;
use crate::suggest::{either, is_slip};
use crate::yaml::{Kind, Node, Value};

use super::Entry;

/// The units of a duration and their milliseconds.
const UNITS: &[(&str, i64)] = &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// Milliseconds of a unit of time.
pub(crate) fn unit_millis(unit: &str) -> Option<i64> {
    UNITS.iter().find(|(name, _)| *name == unit).map(|(_, millis)| *millis)
}

/// Milliseconds of a duration such as `60s`.
pub(crate) fn parse_duration(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (amount, unit) = text.split_at_checked(digits)?;
    amount.parse::<i64>().ok()?.checked_mul(unit_millis(unit)?)
}

impl<'t> Entry<'t> {
    pub(crate) fn wrong_kind(&self, ledger: &mut Ledger<'_>, wanted: &str) {
        if matches!(self.value.kind, Kind::Refused) {
            return;
        }
        let (range, label) = if self.value.is_null() {
            (&self.key, "nothing stands here".to_owned())
        } else {
            (&self.value.range, format!("this is {}", self.value.describe()))
        };
        ledger.push(Diagnostic::error(Code::WRONG_KIND, format!("{} must be {wanted}", self.what()), range, label));
    }

    pub(crate) fn malformed(&self, ledger: &mut Ledger<'_>, title: &str, label: &str, help: &str) {
        let title = format!("{} {title}", self.what());
        ledger.push(Diagnostic::error(Code::MALFORMED, title, &self.value.range, label).help(help));
    }

    /// A text that is not empty. A number or boolean is none: YAML would have made something else of it.
    pub(crate) fn text(&self, ledger: &mut Ledger<'_>) -> Option<String> {
        let text = self.text_or_empty(ledger)?;
        if text.trim().is_empty() {
            let title = format!("{} is empty", self.what());
            ledger.push(Diagnostic::error(Code::EMPTY, title, &self.value.range, "nothing stands here"));
            return None;
        }
        Some(text)
    }

    /// A text that may be empty.
    pub(crate) fn text_or_empty(&self, ledger: &mut Ledger<'_>) -> Option<String> {
        let Some(scalar) = self.value.scalar() else {
            self.wrong_kind(ledger, "text");
            return None;
        };
        match scalar.value() {
            Value::Text(text) => Some(text.to_owned()),
            Value::Null => {
                self.wrong_kind(ledger, "text");
                None
            }
            Value::Bool(_) | Value::Integer(_) | Value::Number(_) | Value::OddNumber => {
                let title = format!("{} must be text", self.what());
                let label = format!("this is {}", self.value.describe());
                ledger.push(
                    Diagnostic::error(Code::WRONG_KIND, title, &self.value.range, label)
                        .help("put it between quotes")
                        .patch(&self.value.range, format!("\"{}\"", scalar.text))
                        .certainty(Certainty::Certain),
                );
                None
            }
        }
    }

    /// A whole number within bounds, both included.
    pub(crate) fn whole(&self, ledger: &mut Ledger<'_>, least: i64, greatest: i64) -> Option<i64> {
        let Some(Value::Integer(number)) = self.value.scalar().map(|scalar| scalar.value()) else {
            self.wrong_kind(ledger, "a whole number");
            return None;
        };
        if number < least || number > greatest {
            let bounds = if greatest < i64::from(u32::MAX) {
                format!("between {least} and {greatest}")
            } else if number < least {
                format!("at least {least}")
            } else {
                format!("at most {greatest}")
            };
            let title = format!("{} must be {bounds}", self.what());
            ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &self.value.range, "out of bounds"));
            return None;
        }
        Some(number)
    }

    pub(crate) fn boolean(&self, ledger: &mut Ledger<'_>) -> Option<bool> {
        match self.value.scalar().map(|scalar| scalar.value()) {
            Some(Value::Bool(value)) => Some(value),
            _ => {
                self.wrong_kind(ledger, "`true` or `false`");
                None
            }
        }
    }

    /// One of some words.
    pub(crate) fn choice<T: Copy>(&self, ledger: &mut Ledger<'_>, words: &[(&str, T)]) -> Option<T> {
        let Some(scalar) = self.value.scalar() else {
            self.wrong_kind(ledger, &either(words.iter().map(|(word, _)| *word)));
            return None;
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == scalar.text) {
            return Some(*value);
        }
        let names = words.iter().map(|(word, _)| *word);
        self.unknown_choice(ledger, &scalar.text, &self.value.range, names);
        None
    }

    pub(crate) fn unknown_choice<'n>(
        &self,
        ledger: &mut Ledger<'_>,
        word: &str,
        range: &Range<usize>,
        names: impl Iterator<Item = &'n str> + Clone,
    ) {
        let title = format!("{} cannot be `{word}`", self.what());
        let diagnostic =
            Diagnostic::error(Code::UNKNOWN_CHOICE, title, range, format!("one of {}", either(names.clone())));
        let meant = ledger.nearest(word, names.clone());
        ledger.push(match meant {
            Some(meant) => {
                diagnostic.did_you_mean(range, meant).certainty(Certainty::when(is_slip(word, meant, names)))
            }
            None => diagnostic,
        });
    }

    /// A name written like those of its kind.
    pub(crate) fn name(&self, ledger: &mut Ledger<'_>, pattern: &Pattern) -> Option<String> {
        let name = self.text(ledger)?;
        check_name(ledger, &self.what(), &name, &self.value.range, pattern).then_some(name)
    }

    /// The milliseconds of a duration.
    pub(crate) fn duration(&self, ledger: &mut Ledger<'_>) -> Option<i64> {
        let Some(scalar) = self.value.scalar() else {
            self.wrong_kind(ledger, "a duration");
            return None;
        };
        let duration = parse_duration(&scalar.text);
        if duration.is_none() {
            self.malformed(
                ledger,
                "is not a duration",
                "a number and a unit are wanted",
                "write a whole number and one of `ms`, `s`, `m`, `h` and `d`, such as `60s`",
            );
        }
        duration
    }

    /// An address a person can open.
    pub(crate) fn address(&self, ledger: &mut Ledger<'_>) -> Option<String> {
        let text = self.text(ledger)?;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with('/')) || text.contains(char::is_whitespace) {
            self.malformed(ledger, "is not an address", "not an address", "write it in full, with `https://`");
            return None;
        }
        Some(text)
    }

    /// The items of a list.
    pub(crate) fn list(&self, ledger: &mut Ledger<'_>) -> Option<&'t [Node]> {
        match &self.value.kind {
            Kind::Sequence(items) => Some(items),
            _ => {
                self.wrong_kind(ledger, "a list");
                None
            }
        }
    }

    /// The items of a list of texts.
    pub(crate) fn texts(&self, ledger: &mut Ledger<'_>) -> Vec<(String, Range<usize>)> {
        let items = self.list(ledger).unwrap_or_default();
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let entry =
                Entry { name: self.name.clone(), key: item.range.clone(), value: item, of: self.of.clone() }.item();
            if let Some(text) = entry.text(ledger) {
                texts.push((text, item.range.clone()));
            }
        }
        texts
    }

    fn item(self) -> Self {
        Entry { of: format!("`{}` of {}", self.name, self.of), name: "an item".to_owned(), ..self }
    }

    /// The names of a mapping and what stands under them.
    pub(crate) fn names(&self, ledger: &mut Ledger<'_>) -> Vec<Entry<'t>> {
        match &self.value.kind {
            Kind::Mapping(pairs) => pairs
                .iter()
                .filter_map(|(key, value)| {
                    let name = key.scalar()?.text.clone();
                    Some(Entry { name, key: key.range.clone(), value, of: self.what() })
                })
                .collect(),
            _ => {
                self.wrong_kind(ledger, "a mapping of names");
                Vec::new()
            }
        }
    }
}

/// Whether a name is written like those of its kind; if not, the ledger knows.
pub(crate) fn check_name(
    ledger: &mut Ledger<'_>,
    what: &str,
    name: &str,
    range: &Range<usize>,
    pattern: &Pattern,
) -> bool {
    let fits = pattern.fits(name);
    if !fits {
        let title = format!("{what} cannot be named `{name}`");
        let help = format!("write it with {}; at most {} of them", pattern.words, crate::names::LONGEST);
        ledger.push(Diagnostic::error(Code::INVALID_NAME, title, range, "not such a name").help(help));
    }
    fits
}
