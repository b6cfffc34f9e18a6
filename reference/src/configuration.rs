//! What a user has to or may set, as a table.

use tapwright_spec::model::{Connector, Setting, SettingKind};

use crate::markdown::{Table, code_in_cell, text};

/// The section of a page.
pub(crate) fn section(connector: &Connector) -> String {
    let mut table = Table::new(&["setting", "type", "what it may be", "default", "environment", "needed", "what"]);
    for setting in &connector.settings {
        let (kind, bounds, default) = kind(&setting.kind);
        table.row(vec![
            code_in_cell(&setting.name),
            kind.to_owned(),
            bounds,
            default,
            setting.env.as_deref().map(code_in_cell).unwrap_or_default(),
            needed(setting),
            text(&setting.description),
        ]);
    }
    let secret = connector.settings.iter().any(|setting| matches!(setting.kind, SettingKind::Secret { .. }));
    let how = match secret {
        true => {
            "A setting comes from `--set name=value`, from its environment variable or from the YAML file that `--config` names, \
             a secret never from the command line."
        }
        false => {
            "A setting comes from `--set name=value`, from its environment variable or from the YAML file that `--config` names."
        }
    };
    format!("{table}\n\n{how}")
}

/// Its type, its bounds and its default.
fn kind(kind: &SettingKind) -> (&'static str, String, String) {
    let like =
        |glob: &Option<String>| glob.as_deref().map(|glob| format!("like {}", code_in_cell(glob))).unwrap_or_default();
    let shown = |default: &Option<String>| default.as_deref().map(code_in_cell).unwrap_or_default();
    match kind {
        SettingKind::Secret { matches } => ("secret", like(matches), String::new()),
        SettingKind::Text { matches, default } => ("text", like(matches), shown(default)),
        SettingKind::Integer { range, default } => {
            let bounds = match (*range.start(), *range.end()) {
                (i64::MIN, i64::MAX) => String::new(),
                (least, i64::MAX) => format!("at least {least}"),
                (i64::MIN, greatest) => format!("at most {greatest}"),
                (least, greatest) => format!("{least} to {greatest}"),
            };
            ("whole number", bounds, shown(&default.map(|default| default.to_string())))
        }
        SettingKind::Boolean { default } => {
            ("boolean", String::new(), shown(&default.map(|default| default.to_string())))
        }
        SettingKind::List { default } => {
            ("list of texts", String::new(), shown(&default.as_ref().map(|texts| texts.join(","))))
        }
        SettingKind::Choice { values, default, .. } => {
            let values: Vec<_> = values.iter().map(|value| code_in_cell(value)).collect();
            ("one of", values.join(", "), shown(default))
        }
    }
}

fn needed(setting: &Setting) -> String {
    match (&setting.only_for, setting.required) {
        (Some(only), true) => {
            let values: Vec<_> = only.values.iter().map(|value| code_in_cell(value)).collect();
            format!("where {} is {}", code_in_cell(&only.setting), values.join(" or "))
        }
        (_, true) => "yes".to_owned(),
        (_, false) => "no".to_owned(),
    }
}
