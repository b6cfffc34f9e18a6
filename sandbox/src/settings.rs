//! The settings the sandbox expects a client to be configured with: the defaults of the spec, and values made up for
//! what has none. It must not know where a setting is used.

use serde_json::Value;
use tapwright_spec::model::{Connector, Setting, SettingKind};

use crate::dice::hash;
use crate::keys::{algorithm, pem};

/// A value for every setting of a connector; `given` ones win.
pub(crate) fn settings(connector: &Connector, given: &[(String, String)]) -> Vec<(String, Value)> {
    let value = |setting: &Setting| match given.iter().rev().find(|(name, _)| *name == setting.name) {
        Some((_, text)) => read(&setting.kind, text),
        None => made(connector, setting),
    };
    connector.settings.iter().map(|setting| (setting.name.clone(), value(setting))).collect()
}

/// The name of the connector's first secret.
pub(crate) fn first_secret(connector: &Connector) -> Option<&str> {
    let secret = connector.settings.iter().find(|setting| matches!(setting.kind, SettingKind::Secret { .. }));
    secret.map(|setting| setting.name.as_str())
}

fn read(kind: &SettingKind, text: &str) -> Value {
    match kind {
        SettingKind::Integer { .. } => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        SettingKind::Boolean { .. } => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        SettingKind::List { .. } => text.split(',').map(|item| Value::from(item.trim())).collect(),
        SettingKind::Secret { .. } | SettingKind::Text { .. } | SettingKind::Choice { .. } => Value::from(text),
    }
}

fn made(connector: &Connector, setting: &Setting) -> Value {
    match &setting.kind {
        SettingKind::Secret { matches } => {
            if let Some(pem) = algorithm(&connector.api.auth, &setting.name).and_then(pem) {
                return Value::from(pem);
            }
            let number = hash(format!("{}.{}", connector.name, setting.name).as_bytes());
            Value::from(fill(matches.as_deref().unwrap_or("*"), &format!("sandbox_{number:016x}")))
        }
        SettingKind::Text { default: Some(text), .. } => Value::from(text.as_str()),
        SettingKind::Text { matches, .. } => Value::from(fill(matches.as_deref().unwrap_or("*"), "sandbox")),
        SettingKind::Integer { range, default } => {
            Value::from(default.unwrap_or(*range.start().max(&1).min(range.end())))
        }
        SettingKind::Boolean { default } => Value::from(default.unwrap_or(true)),
        SettingKind::List { default: Some(items) } => Value::from(items.clone()),
        SettingKind::List { default: None } => Value::from(vec!["one", "two", "three"]),
        SettingKind::Choice { values, default, .. } => {
            Value::from(default.as_ref().or(values.first()).map(String::as_str).unwrap_or_default())
        }
    }
}

/// A text that fits a glob: `with` in place of its first `*`, nothing in place of the others, `x` for each `?`.
pub(crate) fn fill(glob: &str, with: &str) -> String {
    glob.replacen('*', with, 1).replace('*', "").replace('?', "x")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::glob;

    #[test]
    fn what_is_made_up_fits_the_glob() {
        for pattern in ["sk_*", "*", "a?c-*-*", "fixed"] {
            assert!(glob(pattern, &fill(pattern, "sandbox_1")), "{pattern}");
        }
        assert_eq!(fill("sk_*", "sandbox_1"), "sk_sandbox_1");
    }
}
