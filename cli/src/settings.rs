//! The connector's settings, from the command line, the environment and a file, in that order. Secrets never come from
//! the command line: they would stay in the shell's history, and every process of the machine could read them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use tapwright_runtime::plan::Connector;
use tapwright_runtime::{Error, ErrorKind, Origin, Result, SecretString, SettingValue, Settings, SettingsBuilder};

/// A value in a config file.
#[derive(Deserialize)]
#[serde(untagged)]
enum FileValue {
    Boolean(bool),
    Integer(i64),
    Text(String),
    List(Vec<String>),
}

/// What the files and the command line say.
pub(crate) struct Given {
    /// The settings, not yet checked.
    pub(crate) settings: SettingsBuilder,
    /// `resources` of the config file.
    pub(crate) resources: Option<Vec<String>>,
}

/// Gathers the settings.
///
/// # Errors
/// `Config`, when one cannot be read or may not come from where it does.
pub(crate) fn gather(connector: &'static Connector, set: &[String], file: Option<&Path>) -> Result<Given> {
    let mut settings = Settings::builder(connector);
    for pair in set {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(config(format!("`--set {pair}` has no value")).help("write it as --set key=value"));
        };
        if let Some(setting) = connector.setting(name)
            && setting.is_secret()
        {
            let help = match setting.env {
                Some(variable) => format!("set the environment variable {variable} instead"),
                None => "put it into a file and name that with --config".to_owned(),
            };
            let what = format!("`{name}` is a secret and would stay in the shell's history");
            return Err(config(what).help(help));
        }
        settings = settings.set(name, SettingValue::Text(SecretString::from(value.to_owned())), Origin::Given);
    }
    settings = settings.from_env(|name| std::env::var(name).ok());
    let mut resources = None;
    if let Some(file) = file {
        for (name, value) in read(file)? {
            let value = match value {
                FileValue::List(names) if name == "resources" => {
                    resources = Some(names);
                    continue;
                }
                FileValue::List(texts) => SettingValue::List(texts),
                FileValue::Boolean(b) => SettingValue::Boolean(b),
                FileValue::Integer(i) => SettingValue::Integer(i),
                FileValue::Text(text) => SettingValue::Text(SecretString::from(text)),
            };
            if !settings.has(&name) {
                settings = settings.set(&name, value, Origin::File(file.display().to_string()));
            }
        }
    }
    Ok(Given { settings, resources })
}

fn read(file: &Path) -> Result<BTreeMap<String, FileValue>> {
    let wrong = |what: &str| config(format!("the config file {what}")).with("file", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    // The parser's message would quote the line, and that may be the secret's.
    serde_yaml::from_str(&text)
        .map_err(|_| wrong("is not a YAML mapping of settings").help("one setting a line, as `name: value`"))
}

fn config(message: String) -> Error {
    Error::new(ErrorKind::Config, message)
}
