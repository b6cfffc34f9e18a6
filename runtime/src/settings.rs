//! What a user configured, checked against what the plan allows. Secrets are wrapped the moment they arrive.

use std::fmt;
use std::str::Chars;
use std::sync::{Arc, PoisonError, RwLock};

use secrecy::{ExposeSecret, SecretString};
use tapwright_plan::{Connector, Kind, Setting};

use crate::hash::fnv;
use crate::mask::hide;
use crate::{Error, ErrorKind, Result};

/// So many secrets of the source's are remembered, so that a sync of days does not gather them all.
const LEARNT: usize = 16;

/// A connector's settings: every required one is there and every value is within its bounds.
#[derive(Clone)]
pub struct Settings {
    plan: &'static [Setting],
    values: Vec<Option<Held>>,
    /// Other forms of the secrets that were configured.
    forms: Arc<RwLock<Vec<SecretString>>>,
    /// Secrets that were not configured, but given by the source.
    learnt: Arc<RwLock<Vec<SecretString>>>,
}

/// Settings in the making.
#[derive(Clone)]
pub struct SettingsBuilder {
    connector: &'static Connector,
    given: Vec<Option<(SettingValue, Origin)>>,
    problem: Option<Error>,
}

/// A value for a setting.
#[derive(Clone)]
pub enum SettingValue {
    /// Text in the form of an environment variable; read as what the setting is.
    Text(SecretString),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// Several texts.
    List(Vec<String>),
}

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The program or command line gave it.
    Given,
    /// This environment variable.
    Env(&'static str),
    /// This file.
    File(String),
    /// The spec's default.
    Default,
}

#[derive(Clone)]
struct Held {
    value: Plain,
    origin: Origin,
}

#[derive(Clone)]
enum Plain {
    Secret(SecretString),
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<String>),
}

/// A setting as an expression sees it.
pub(crate) enum SettingRef<'a> {
    Unset,
    Text(&'a str),
    Integer(i64),
    Boolean(bool),
    List(&'a [String]),
}

impl Settings {
    /// Settings of that connector, to be filled in.
    #[must_use]
    pub fn builder(connector: &'static Connector) -> SettingsBuilder {
        SettingsBuilder { connector, given: vec![None; connector.settings.len()], problem: None }
    }

    /// Settings of which each has its default, if any, whatever the connector needs.
    pub(crate) fn defaults(connector: &'static Connector) -> Settings {
        let held = |setting| default(setting).map(|value| Held { value, origin: Origin::Default });
        let values = connector.settings.iter().map(held).collect();
        Settings { plan: connector.settings, values, forms: Arc::default(), learnt: Arc::default() }
    }

    /// Settings of which none is set, whatever the connector needs.
    #[cfg(feature = "fuzz")]
    pub(crate) fn of_nothing(connector: &'static Connector) -> Settings {
        let values = connector.settings.iter().map(|_| None).collect();
        Settings { plan: connector.settings, values, forms: Arc::default(), learnt: Arc::default() }
    }

    pub(crate) fn get(&self, at: u16) -> SettingRef<'_> {
        match self.values.get(usize::from(at)).and_then(Option::as_ref).map(|held| &held.value) {
            None => SettingRef::Unset,
            Some(Plain::Secret(secret)) => SettingRef::Text(secret.expose_secret()),
            Some(Plain::Text(text)) => SettingRef::Text(text),
            Some(Plain::Integer(i)) => SettingRef::Integer(*i),
            Some(Plain::Boolean(b)) => SettingRef::Boolean(*b),
            Some(Plain::List(texts)) => SettingRef::List(texts),
        }
    }

    /// The name of a setting.
    pub(crate) fn name(&self, at: u16) -> Option<&'static str> {
        self.plan.get(usize::from(at)).map(|setting| setting.name)
    }

    /// What there is to be set.
    pub(crate) fn plan(&self) -> &'static [Setting] {
        self.plan
    }

    /// Where each secret that is set came from: its name and origin.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = (&'static Setting, &Origin)> {
        self.plan.iter().zip(&self.values).filter_map(|(setting, held)| {
            let held = held.as_ref()?;
            matches!(held.value, Plain::Secret(_)).then_some((setting, &held.origin))
        })
    }

    /// A hash of the settings that are no secrets.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut text = String::new();
        for held in &self.values {
            match held.as_ref().map(|held| &held.value) {
                None | Some(Plain::Secret(_)) => {}
                Some(Plain::Text(value)) => text.push_str(value),
                Some(Plain::Integer(value)) => text.push_str(&value.to_string()),
                Some(Plain::Boolean(value)) => text.push_str(if *value { "true" } else { "false" }),
                Some(Plain::List(texts)) => texts.iter().for_each(|item| {
                    text.push_str(item);
                    text.push('\x01');
                }),
            }
            // Between two settings, set or not.
            text.push('\0');
        }
        fnv(&text)
    }

    /// `text` with every secret in it replaced, so that it may be shown.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        let mut hide = |secret: &SecretString| hide(secret.expose_secret(), &mut shown);
        for held in self.values.iter().flatten() {
            if let Plain::Secret(secret) = &held.value {
                hide(secret);
            }
        }
        self.forms.read().unwrap_or_else(PoisonError::into_inner).iter().for_each(&mut hide);
        self.learnt.read().unwrap_or_else(PoisonError::into_inner).iter().for_each(hide);
        shown
    }

    /// From now on this is a secret, too: a form of one that was configured, which is never forgotten.
    pub(crate) fn learn_form(&self, secret: &SecretString) {
        self.forms.write().unwrap_or_else(PoisonError::into_inner).push(secret.clone());
    }

    /// From now on this is a secret, too.
    pub(crate) fn learn(&self, secret: &SecretString) {
        let mut learnt = self.learnt.write().unwrap_or_else(PoisonError::into_inner);
        if learnt.iter().any(|known| known.expose_secret() == secret.expose_secret()) {
            return;
        }
        if learnt.len() >= LEARNT {
            learnt.remove(0);
        }
        learnt.push(secret.clone());
    }
}

/// Names and origins only.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (setting, held) in self.plan.iter().zip(&self.values) {
            match held.as_ref().map(|held| &held.value) {
                None => map.entry(&setting.name, &"unset"),
                Some(Plain::Secret(_)) => map.entry(&setting.name, &"••••••"),
                Some(Plain::Text(text)) => map.entry(&setting.name, text),
                Some(Plain::Integer(i)) => map.entry(&setting.name, i),
                Some(Plain::Boolean(b)) => map.entry(&setting.name, b),
                Some(Plain::List(texts)) => map.entry(&setting.name, texts),
            };
        }
        map.finish()
    }
}

impl fmt::Debug for SettingsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.connector.settings.iter().zip(&self.given).filter(|(_, given)| given.is_some());
        f.debug_list().entries(given.map(|(setting, _)| setting.name)).finish()
    }
}

impl SettingsBuilder {
    /// Sets a value; a name the connector does not have is an error of [`SettingsBuilder::build`].
    #[must_use]
    pub fn set(mut self, name: &str, value: SettingValue, origin: Origin) -> Self {
        match self.connector.settings.iter().position(|setting| setting.name == name) {
            Some(at) => {
                if let Some(slot) = self.given.get_mut(at) {
                    *slot = Some((value, origin));
                }
            }
            None => {
                let names: Vec<_> =
                    self.connector.settings.iter().map(|setting| format!("`{}`", setting.name)).collect();
                let error =
                    Error::new(ErrorKind::Config, format!("`{name}` is not a setting of {}", self.connector.title))
                        .help(format!("its settings: {}", names.join(", ")));
                self.problem.get_or_insert(error);
            }
        }
        self
    }

    /// Fills what is not set yet from the environment variables that the spec names; `lookup` is
    /// `|name| std::env::var(name).ok()` in earnest. An empty variable counts as not set.
    #[must_use]
    pub fn from_env(mut self, lookup: impl Fn(&str) -> Option<String>) -> Self {
        for (setting, given) in self.connector.settings.iter().zip(&mut self.given) {
            let (None, Some(variable)) = (&given, setting.env) else { continue };
            if let Some(text) = lookup(variable).filter(|text| !text.is_empty()) {
                *given = Some((SettingValue::Text(text.into()), Origin::Env(variable)));
            }
        }
        self
    }

    /// What was given for a setting, as text; nothing of a secret.
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<String> {
        let given = self.connector.settings.iter().zip(&self.given).find(|(setting, _)| setting.name == name);
        let (_, (value, _)) =
            given.filter(|(setting, _)| !setting.is_secret()).and_then(|(s, g)| Some((s, g.as_ref()?)))?;
        Some(match value {
            SettingValue::Text(text) => text.expose_secret().to_owned(),
            SettingValue::Integer(i) => i.to_string(),
            SettingValue::Boolean(b) => b.to_string(),
            SettingValue::List(texts) => texts.join(","),
        })
    }

    /// Whether this setting has been given a value.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.connector.settings.iter().zip(&self.given).any(|(setting, given)| setting.name == name && given.is_some())
    }

    /// Checks everything.
    ///
    /// # Errors
    /// `Config`: a name that is no setting, a value out of its bounds, a required setting that is missing.
    pub fn build(self) -> Result<Settings> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let chosen: Vec<Option<String>> =
            self.connector.settings.iter().zip(&self.given).map(|(setting, given)| choice(setting, given)).collect();
        let mut values = Vec::with_capacity(self.given.len());
        for (setting, given) in self.connector.settings.iter().zip(self.given) {
            let held = match given {
                Some((value, origin)) => Some(Held { value: check(setting, value, &origin)?, origin }),
                None => default(setting).map(|value| Held { value, origin: Origin::Default }),
            };
            if held.is_none() && setting.required {
                let by = setting.only_for.map(|only| (only, chosen.get(usize::from(only.setting))));
                match by {
                    None => return Err(missing(self.connector, setting, None)),
                    Some((only, Some(Some(value)))) if only.values.contains(&value.as_str()) => {
                        let chooser = self.connector.settings.get(usize::from(only.setting));
                        let because = chooser.map(|chooser| (chooser.name, value.as_str()));
                        return Err(missing(self.connector, setting, because));
                    }
                    // Another way to authenticate was chosen, or what chooses is told to be wrong itself.
                    Some(_) => {}
                }
            }
            values.push(held);
        }
        Ok(Settings { forms: Arc::default(), learnt: Arc::default(), plan: self.connector.settings, values })
    }
}

fn default(setting: &Setting) -> Option<Plain> {
    match setting.kind {
        Kind::Secret { .. } => None,
        Kind::Text { default, .. } | Kind::Choice { default, .. } => default.map(|text| Plain::Text(text.to_owned())),
        Kind::Integer { default, .. } => default.map(Plain::Integer),
        Kind::Boolean { default } => default.map(Plain::Boolean),
        Kind::List { default } => {
            default.map(|texts| Plain::List(texts.iter().map(|text| (*text).to_owned()).collect()))
        }
    }
}

/// What a setting with a list of values says, or would say.
fn choice(setting: &Setting, given: &Option<(SettingValue, Origin)>) -> Option<String> {
    match (setting.kind, given) {
        (Kind::Choice { .. }, Some((SettingValue::Text(text), _))) => Some(text.expose_secret().to_owned()),
        (Kind::Choice { default, .. }, None) => default.map(str::to_owned),
        _ => None,
    }
}

/// `because` is the setting that makes this one needed, and what it says.
fn missing(connector: &Connector, setting: &Setting, because: Option<(&str, &str)>) -> Error {
    let help = match setting.env {
        Some(variable) => format!("set the environment variable {variable}: {}", lower_first(setting.description)),
        None => format!("set it: {}", lower_first(setting.description)),
    };
    let because = because.map(|(name, value)| format!(" where `{name}` is `{value}`")).unwrap_or_default();
    let what = format!("{} needs `{}`{because}, and it is not set", connector.title, setting.name);
    Error::new(ErrorKind::Config, what).help(help)
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        // An abbreviation stays as it is.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

fn check(setting: &Setting, value: SettingValue, origin: &Origin) -> Result<Plain> {
    let refuse = |what: String| Err(refused(setting, origin, &what));
    match (setting.kind, value) {
        (Kind::Secret { matches }, SettingValue::Text(secret)) => {
            let text = secret.expose_secret();
            // A key in PEM is several lines, and goes into no header.
            let is_pem = text.trim_start().starts_with("-----BEGIN ");
            if text.trim() != text && !is_pem {
                return refuse("has white space at its ends".to_owned());
            }
            if text.chars().any(|c| c.is_control() && !(is_pem && matches!(c, '\n' | '\r')) || !c.is_ascii()) {
                return refuse("has characters that no header can carry".to_owned());
            }
            match matches {
                Some(glob) if !matches_glob(glob, text) => refuse(format!("is not of the form `{glob}`")),
                _ => Ok(Plain::Secret(secret)),
            }
        }
        (Kind::Text { matches, .. }, SettingValue::Text(text)) => {
            let text = text.expose_secret();
            match matches {
                Some(glob) if !matches_glob(glob, text) => refuse(format!("is `{text}`, not of the form `{glob}`")),
                _ => Ok(Plain::Text(text.to_owned())),
            }
        }
        (Kind::Choice { values, .. }, SettingValue::Text(text)) => {
            let text = text.expose_secret();
            if values.contains(&text) {
                return Ok(Plain::Text(text.to_owned()));
            }
            let meant = values.iter().map(|value| (strsim::jaro_winkler(value, text), value));
            let meant = meant.filter(|(alike, _)| *alike > 0.8).max_by(|one, other| one.0.total_cmp(&other.0));
            let meant = meant.map(|(_, value)| format!("; did you mean `{value}`?")).unwrap_or_default();
            let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
            refuse(format!("is `{text}`, not one of {}{meant}", values.join(", ")))
        }
        (Kind::Integer { min, max, .. }, SettingValue::Integer(i)) => bounded(setting, origin, i, min, max),
        (Kind::Integer { min, max, .. }, SettingValue::Text(text)) => match text.expose_secret().parse() {
            Ok(i) => bounded(setting, origin, i, min, max),
            Err(_) => refuse(format!("is `{}`, not a whole number from {min} to {max}", text.expose_secret())),
        },
        (Kind::Boolean { .. }, SettingValue::Boolean(b)) => Ok(Plain::Boolean(b)),
        (Kind::Boolean { .. }, SettingValue::Text(text)) => match text.expose_secret() {
            "true" => Ok(Plain::Boolean(true)),
            "false" => Ok(Plain::Boolean(false)),
            other => refuse(format!("is `{other}`, neither `true` nor `false`")),
        },
        // A comma cannot stand in an item that comes as text.
        (Kind::List { .. }, SettingValue::Text(text)) => {
            list(setting, origin, text.expose_secret().split(',').map(|item| item.trim().to_owned()))
        }
        (Kind::List { .. }, SettingValue::List(items)) => list(setting, origin, items.into_iter()),
        (_, SettingValue::List(_)) => refuse("is not a list".to_owned()),
        (_, SettingValue::Integer(_) | SettingValue::Boolean(_)) => refuse("is not text".to_owned()),
    }
}

/// The items of a list, each once. It has some, and none is empty.
fn list(setting: &Setting, origin: &Origin, items: impl Iterator<Item = String>) -> Result<Plain> {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if item.is_empty() {
            return Err(refused(setting, origin, "has an item without text"));
        }
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    if kept.is_empty() {
        return Err(refused(setting, origin, "has no items"));
    }
    Ok(Plain::List(kept))
}

fn bounded(setting: &Setting, origin: &Origin, i: i64, min: i64, max: i64) -> Result<Plain> {
    if (min..=max).contains(&i) {
        return Ok(Plain::Integer(i));
    }
    Err(refused(setting, origin, &format!("is {i}; it must be from {min} to {max}")))
}

fn refused(setting: &Setting, origin: &Origin, what: &str) -> Error {
    let error = Error::new(ErrorKind::Config, format!("`{}` {what}", setting.name));
    let error = match origin {
        Origin::Env(variable) => error.with("from", variable),
        Origin::File(path) => error.with("from", path),
        Origin::Given | Origin::Default => error,
    };
    error.help(lower_first(setting.description))
}

/// Whether `text` matches `glob`: `*` is any run of characters, `?` any one. It allocates nothing: a filter asks it of
/// every record.
pub(crate) fn matches_glob(glob: &str, text: &str) -> bool {
    let (mut glob, mut text) = (glob.chars(), text.chars());
    // Where to go on when what follows the last `*` does not fit: behind it, with one character more taken.
    let mut star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let here = text.clone();
        let Some(c) = text.next() else { return glob.all(|c| c == '*') };
        match glob.next() {
            Some('*') if glob.as_str().is_empty() => return true,
            Some('*') => {
                star = Some((glob.clone(), here.clone()));
                text = here;
            }
            Some(p) if p == '?' || p == c => {}
            _ => {
                let Some((behind, taken)) = &mut star else { return false };
                taken.next();
                glob = behind.clone();
                text = taken.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches_glob;

    #[test]
    fn globs_match_as_shells_do() {
        for (glob, text) in
            [("*", ""), ("sk_*", "sk_"), ("a*c", "abcbc"), ("a?c", "abc"), ("*.b.*", "a.b.b.c"), ("", "")]
        {
            assert!(matches_glob(glob, text), "{glob} {text}");
        }
        for (glob, text) in [("sk_*", "pk_1"), ("a?c", "ac"), ("a*c", "abd"), ("", "a"), ("?", "")] {
            assert!(!matches_glob(glob, text), "{glob} {text}");
        }
    }
}
