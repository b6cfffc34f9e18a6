//! Mappings read against the key table: unknown keys, missing keys, keys that do not go together.
//!
//! It must not know what a key means; it knows the table and nothing else of the language.

mod values;

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Certainty, Diagnostic, Ledger};
use crate::keys::{Key, LEVELS, Level, Need, SYNONYMS, Value};
use crate::suggest::{either, is_slip, listed, nearest};
use crate::yaml::{Kind, Node};

pub(crate) use values::{check_name, parse_duration, unit_millis};

/// A mapping whose keys were read against a level.
pub(crate) struct Entries<'t> {
    /// What it is, for messages: "resource `users`".
    pub(crate) what: String,
    /// Where to say what is missing: the name it stands under.
    pub(crate) place: Range<usize>,
    found: Vec<Found<'t>>,
}

struct Found<'t> {
    name: &'static str,
    key: Range<usize>,
    /// None when the value is already known to be wrong.
    value: Option<&'t Node>,
}

/// A key and its value.
pub(crate) struct Entry<'t> {
    /// The key as the language spells it, or the name that stands there.
    pub(crate) name: String,
    /// Where the key stands.
    pub(crate) key: Range<usize>,
    pub(crate) value: &'t Node,
    /// What it is an entry of.
    pub(crate) of: String,
}

impl Entry<'_> {
    /// What it is, for messages.
    pub(crate) fn what(&self) -> String {
        format!("`{}` of {}", self.name, self.of)
    }
}

/// What may be written under some keys, in words for a help.
type MayBe<'m> = &'m [(&'static str, String)];

fn known<'m>(may_be: MayBe<'m>, key: &str) -> Option<&'m str> {
    may_be.iter().find(|(name, _)| *name == key).map(|(_, words)| words.as_str())
}

impl<'t> Entries<'t> {
    /// Reads a mapping against a level. `None` when there is nothing to go on with; the ledger knows why.
    pub(crate) fn read(
        ledger: &mut Ledger<'_>,
        level: &'static Level,
        what: impl Into<String>,
        place: &Range<usize>,
        node: &'t Node,
    ) -> Option<Self> {
        Entries::read_where(ledger, level, what, place, node, &[])
    }

    /// The same, where of some keys more is known than their level says: what may be written there in this file.
    pub(crate) fn read_where(
        ledger: &mut Ledger<'_>,
        level: &'static Level,
        what: impl Into<String>,
        place: &Range<usize>,
        node: &'t Node,
        may_be: MayBe<'_>,
    ) -> Option<Self> {
        let mut entries = Entries { what: what.into(), place: place.clone(), found: Vec::new() };
        match &node.kind {
            Kind::Mapping(pairs) => {
                entries.known(pairs, level);
                entries.unknown(ledger, pairs, level);
                entries.without_value(ledger, level, may_be);
                entries.missing(ledger, level, may_be);
                Some(entries)
            }
            Kind::Refused => None,
            _ => {
                let label = if node.is_null() {
                    "nothing stands here".to_owned()
                } else {
                    format!("this is {}", node.describe())
                };
                let range = if node.is_null() { place } else { &node.range };
                let keys = level.keys.iter().map(|key| key.name);
                ledger.push(
                    Diagnostic::error(Code::WRONG_KIND, format!("{} must be a mapping", entries.what), range, label)
                        .help(format!("its keys are {}", listed(keys))),
                );
                None
            }
        }
    }

    /// The entry of a key, unless it is missing or already known to be wrong.
    pub(crate) fn get(&self, name: &str) -> Option<Entry<'t>> {
        let found = self.found.iter().find(|found| found.name == name)?;
        Some(Entry { name: found.name.to_owned(), key: found.key.clone(), value: found.value?, of: self.what.clone() })
    }

    /// Where a key stands, right or wrong.
    pub(crate) fn key(&self, name: &str) -> Option<Range<usize>> {
        self.found.iter().find(|found| found.name == name).map(|found| found.key.clone())
    }

    /// Where to point when something is said about the whole.
    pub(crate) fn key_or_place(&self, name: &str) -> Range<usize> {
        self.key(name).unwrap_or_else(|| self.place.clone())
    }

    fn known(&mut self, pairs: &'t [(Node, Node)], level: &'static Level) {
        for (key, value) in pairs {
            if let Some(known) = key.scalar().and_then(|scalar| level.key(&scalar.text)) {
                self.found.push(Found { name: known.name, key: key.range.clone(), value: Some(value) });
            }
        }
    }

    /// Says what is unknown. A misspelt key is read as the one that was meant, so that nothing else is said of it.
    fn unknown(&mut self, ledger: &mut Ledger<'_>, pairs: &'t [(Node, Node)], level: &'static Level) {
        for (key, value) in pairs {
            let Some(name) = key.scalar().map(|scalar| scalar.text.as_str()) else { continue };
            if level.key(name).is_some() {
                continue;
            }
            let free = || level.keys.iter().map(|key| key.name).filter(|key| self.key(key).is_none());
            let diagnostic = Diagnostic::error(
                Code::UNKNOWN_KEY,
                format!("unknown key `{name}` in {}", self.what),
                &key.range,
                format!("not a key of {}", level.what),
            );
            let elsewhere: Vec<String> = LEVELS
                .iter()
                .filter(|other| other.key(name).is_some())
                .map(|other| format!("{} (`{}`)", other.what, other.path))
                .collect();
            let ours = |other: &str| {
                let synonym =
                    SYNONYMS.iter().find(|(synonym, ours)| *synonym == other && free().any(|key| key == *ours));
                synonym.filter(|_| elsewhere.is_empty()).map(|(_, ours)| (*ours, "the key for this has another name"))
            };
            let meant = ours(name)
                .or_else(|| ledger.nearest(name, free()).map(|meant| (meant, "a key with a similar name exists")))
                .or_else(|| ours(ledger.nearest(name, SYNONYMS.iter().map(|(synonym, _)| *synonym))?));
            if let Some((meant, help)) = meant.and_then(|(meant, help)| Some((level.key(meant)?, help))) {
                // Two that could be slips of one key are for somebody to choose from.
                let rivals = pairs.iter().filter_map(|(key, _)| key.scalar()).filter(|other| {
                    other.text != name
                        && level.key(&other.text).is_none()
                        && nearest(&other.text, free()) == Some(meant.name)
                });
                // A key of another level may be meant to be just that, and stand in the wrong place.
                let certain = elsewhere.is_empty() && rivals.count() == 0 && is_slip(name, meant.name, free());
                // A key in quotes may have its value right behind the `:`, and another may not.
                let quote = ledger.source.slice(&key.range).chars().next().filter(|c| matches!(c, '"' | '\''));
                let quote = quote.map(String::from).unwrap_or_default();
                let patched = diagnostic.help(help).patch(&key.range, format!("{quote}{}{quote}", meant.name));
                ledger.push(patched.certainty(Certainty::when(certain)));
                self.found.push(Found { name: meant.name, key: key.range.clone(), value: Some(value) });
                continue;
            }
            let help = if !elsewhere.is_empty() {
                format!("`{name}` belongs to {}, not to {}", any_of(&elsewhere), level.what)
            } else if free().next().is_none() {
                format!("{} has all the keys there are", self.what)
            } else {
                format!("the keys it does not have yet are {}", listed(free()))
            };
            ledger.push(diagnostic.help(help));
        }
    }

    fn without_value(&mut self, ledger: &mut Ledger<'_>, level: &'static Level, may_be: MayBe<'_>) {
        for found in &mut self.found {
            let takes_nothing = level.key(found.name).is_some_and(|key| matches!(key.value, Value::Json));
            if found.value.is_some_and(Node::is_null) && !takes_nothing {
                found.value = None;
                let title = format!("`{}` of {} has no value", found.name, self.what);
                let help = match known(may_be, found.name) {
                    Some(help) => help.to_owned(),
                    None => {
                        let words = level.key(found.name).map_or(String::new(), |key| key.value.words());
                        format!("it takes: {words}")
                    }
                };
                ledger.push(Diagnostic::error(Code::WRONG_KIND, title, &found.key, "nothing stands here").help(help));
            }
            if found.value.is_some_and(|value| matches!(value.kind, Kind::Refused)) {
                found.value = None;
            }
        }
    }

    /// Says which of some keys of a level are missing that are needed beside those that stand here.
    pub(crate) fn require(&self, ledger: &mut Ledger<'_>, level: &'static Level, names: &[&str]) {
        let missing = |key: &&Key| names.contains(&key.name) && self.key(key.name).is_none();
        self.lack(ledger, &level.keys.iter().filter(missing).collect::<Vec<_>>(), &[]);
    }

    fn lack(&self, ledger: &mut Ledger<'_>, missing: &[&Key], may_be: MayBe<'_>) {
        if !missing.is_empty() {
            let names = listed(missing.iter().map(|key| key.name));
            let verb = if missing.len() == 1 { "is" } else { "are" };
            let title = format!("{names} {verb} missing in {}", self.what);
            let help = missing.iter().map(|key| match known(may_be, key.name) {
                Some(may_be) => format!("`{}`: {}\n{may_be}", key.name, key.doc),
                None => format!("`{}`: {}", key.name, key.doc),
            });
            let help = help.collect::<Vec<_>>().join("\n");
            ledger
                .push(Diagnostic::error(Code::MISSING_KEY, title, &self.place, format!("it needs {names}")).help(help));
        }
    }

    fn missing(&mut self, ledger: &mut Ledger<'_>, level: &'static Level, may_be: MayBe<'_>) {
        let needed = |key: &&Key| key.need == Need::Required && self.key(key.name).is_none();
        self.lack(ledger, &level.keys.iter().filter(needed).collect::<Vec<_>>(), may_be);
        let mut groups: Vec<&str> = level.keys.iter().filter_map(|key| group(key.need)).collect();
        groups.dedup();
        for name in groups {
            self.choose(ledger, level, name);
        }
    }

    /// Exactly one key of a group stands; when there are more, the first is read.
    fn choose(&mut self, ledger: &mut Ledger<'_>, level: &'static Level, name: &'static str) {
        let members: Vec<&str> =
            level.keys.iter().filter(|key| group(key.need) == Some(name)).map(|key| key.name).collect();
        let mut present: Vec<(Range<usize>, &str)> = self
            .found
            .iter()
            .filter(|found| members.contains(&found.name))
            .map(|found| (found.key.clone(), found.name))
            .collect();
        present.sort_by_key(|(range, _)| range.start);
        match present.as_slice() {
            [] => {
                let names = either(members.iter().copied());
                ledger.push(Diagnostic::error(
                    Code::MISSING_KEY,
                    format!("{names} is missing in {}", self.what),
                    &self.place,
                    format!("it needs {name}: {names}"),
                ));
            }
            [_] => {}
            [(first, first_name), rest @ ..] => {
                for (other, other_name) in rest {
                    let title = format!("`{first_name}` and `{other_name}` do not go together in {}", self.what);
                    ledger.push(
                        Diagnostic::error(Code::CONFLICTING_KEYS, title, other, format!("not beside `{first_name}`"))
                            .label(first, "it stands here")
                            .help(format!("{name} is one of {}: keep one", either(members.iter().copied()))),
                    );
                }
                self.found.retain(|found| !(members.contains(&found.name) && found.key != *first));
            }
        }
    }
}

/// `a`, `a or b`, `a, b or c`.
fn any_of(all: &[String]) -> String {
    match all {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => all.concat(),
    }
}

fn group(need: Need) -> Option<&'static str> {
    match need {
        Need::OneOf(name) => Some(name),
        Need::Required | Need::Optional => None,
    }
}
