//! What a user will have to configure: one setting for one thing, however many resources need it.

use super::names::{Taken, variable};
use crate::yaml::{Map, Value};

/// A setting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) ty: &'static str,
    pub(super) default: Option<String>,
    pub(super) description: String,
    pub(super) question: Option<String>,
}

/// All settings, in the order in which they were needed.
#[derive(Debug)]
pub(super) struct Settings {
    all: Vec<(String, Setting)>,
    taken: Taken,
}

impl Settings {
    pub(super) fn new() -> Settings {
        Settings { all: Vec::new(), taken: Taken::with(&["build", "from_env", "self", "super", "crate"]) }
    }

    /// The name of a setting: that of one which is there already and says the same, or a new one.
    pub(super) fn named(&mut self, setting: Setting) -> String {
        let same = |known: &&(String, Setting)| known.1.name == setting.name && known.1.ty == setting.ty;
        if let Some((name, _)) = self.all.iter().find(same) {
            return name.clone();
        }
        let name = self.taken.take(&[setting.name.clone(), format!("{}Setting", setting.name)]);
        self.all.push((name.clone(), setting));
        name
    }

    /// The secrets' environment variables.
    pub(super) fn secrets(&self, connector: &str) -> Vec<String> {
        let secret = self.all.iter().filter(|(_, setting)| setting.ty == "secret");
        secret.map(|(name, _)| variable(connector, name)).collect()
    }

    /// `config`.
    pub(super) fn value(&self, connector: &str) -> Option<Map> {
        let mut config = Map::open();
        let mut variables = Vec::new();
        for (name, setting) in &self.all {
            let mut keys = Map::open();
            keys.put("type", setting.ty);
            // Names that were cut may have become the same.
            let from = variable(connector, name);
            if !variables.contains(&from) {
                keys.put("env", from.as_str());
                variables.push(from);
            }
            keys.put_some("default", setting.default.clone().map(Value::Text));
            keys.put("description", setting.description.as_str());
            config.ask(name, keys, setting.question.iter().cloned().collect());
        }
        (!config.entries.is_empty()).then_some(config)
    }
}
