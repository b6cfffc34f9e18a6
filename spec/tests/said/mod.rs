//! What the specs of the repository say, beside the table of the keys that they say it with.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tapwright_spec::keys::{SPEC, Value};

/// Whether a value is of a form.
pub(crate) fn fits(said: &Json, value: &Value) -> bool {
    match value {
        Value::Keys(level) => {
            said.as_object().is_some_and(|keys| keys.iter().all(|(name, _)| level.key(name).is_some()))
        }
        Value::Map(..) => said.is_object(),
        Value::List(_) => said.is_array(),
        Value::Choice(words) => said.as_str().is_some_and(|said| words.contains(&said)),
        Value::Either(one, other) => fits(said, one) || fits(said, other),
        _ => !said.is_object() && !said.is_array(),
    }
}

/// A spec as JSON. `on` and `no` are text, as everywhere in a spec.
pub(crate) fn read(file: &Path) -> Json {
    let text = std::fs::read_to_string(file).expect("it can be read");
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(&text, options).expect("it is YAML")
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files below a folder that end in `.yaml`, in order.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn specs(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => found.extend(path.extension().is_some_and(|ext| ext == "yaml").then_some(path)),
            }
        }
    }
    found.sort();
    found
}

/// Calls `visit` with each key of a spec, by its place in the table, and what stands under it.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn keys(spec: &Json, visit: &mut dyn FnMut(&str, &Json)) {
    below(spec, &Value::Keys(&SPEC), visit);
}

fn below(said: &Json, value: &Value, visit: &mut dyn FnMut(&str, &Json)) {
    match value {
        Value::Keys(level) => {
            for (name, inner) in said.as_object().into_iter().flatten() {
                let Some(key) = level.key(name) else { continue };
                visit(&format!("{}.{name}", level.path), inner);
                below(inner, &key.value, visit);
            }
        }
        Value::Map(_, item) => said.as_object().into_iter().flatten().for_each(|(_, inner)| below(inner, item, visit)),
        Value::List(item) => said.as_array().into_iter().flatten().for_each(|inner| below(inner, item, visit)),
        Value::Either(one, other) => below(said, if fits(said, one) { one } else { other }, visit),
        _ => {}
    }
}
