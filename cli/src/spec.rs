//! From what the user named to a connector: one that is compiled in, or a file that is checked and interpreted.

use std::path::{Path, PathBuf};

use tapwright_render::{Style, render};
use tapwright_runtime::HookSet;
use tapwright_runtime::plan::Connector;
use tapwright_spec::model;
use tapwright_spec::{Source, check_with};

use crate::Known;
use crate::beside;
use crate::console::{self, BAD, styled};
use crate::exit::Exit;

/// A spec as it was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The tables to run.
    pub(crate) plan: &'static Connector,
    /// Whether those were compiled in.
    pub(crate) is_compiled: bool,
    /// What was checked.
    pub(crate) model: model::Connector,
    /// What its records go through; none when it is interpreted.
    pub(crate) hooks: HookSet,
    /// What to call it on a command line; none when it is the default.
    pub(crate) called: Option<String>,
}

impl Found {
    /// What to write behind a command to name it: nothing when it is the default.
    pub(crate) fn argument(&self) -> String {
        self.called.as_ref().map(|name| format!(" {name}")).unwrap_or_default()
    }
}

/// Finds what `name` names, or the first connector compiled in. What is wrong is shown.
///
/// # Errors
/// The exit code, when there is no such spec or it has mistakes.
pub(crate) fn find(known: &[Known], name: Option<&str>) -> Result<Found, Exit> {
    let compiled = match name {
        None => known.first(),
        Some(name) => known.iter().find(|known| known.plan.name == name),
    };
    if let Some(compiled) = compiled {
        let model = checked(&Source::new(compiled.file, compiled.spec), &|path| compiled.beside(path))?;
        let hooks = compiled.hooks.clone();
        return Ok(Found { plan: compiled.plan, is_compiled: true, model, hooks, called: name.map(str::to_owned) });
    }
    let Some(name) = name else {
        console::usage("no spec is named, and none is compiled in", "name a spec file");
        return Err(Exit::Usage);
    };
    let text = read(Path::new(name), known)?;
    let model = checked(&Source::new(name, &text), &|path| beside::read(folder(Path::new(name)), path))?;
    let hooks = HookSet::new();
    let plan = tapwright_codegen::lower(&model);
    Ok(Found { plan, is_compiled: false, model, hooks, called: Some(name.to_owned()) })
}

impl Known {
    /// A file that its spec names.
    pub(crate) fn beside(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.files.iter().find(|(known, _)| *known == path);
        found
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "it is not compiled in: give `Known` the `FILES` of its connector".to_owned())
    }
}

/// The folder that a spec is in.
pub(crate) fn folder(spec: &Path) -> &Path {
    spec.parent().unwrap_or(Path::new(""))
}

/// The text of a spec file.
///
/// # Errors
/// The exit code, when it cannot be read.
pub(crate) fn read(file: &Path, known: &[Known]) -> Result<String, Exit> {
    std::fs::read_to_string(file).map_err(|error| {
        let names: Vec<_> = known.iter().map(|known| format!("`{}`", known.plan.name)).collect();
        let help = match meant(file) {
            Some(meant) => format!("did you mean `{}`?", meant.display()),
            None if names.is_empty() => "name a YAML file".to_owned(),
            None => format!("name a YAML file, or a connector that is compiled in: {}", names.join(", ")),
        };
        console::usage(format_args!("the spec `{}` cannot be read: {error}", file.display()), help);
        Exit::Usage
    })
}

/// The spec that is there for the one that is not: a connector is often named without its ending or its folder.
fn meant(file: &Path) -> Option<PathBuf> {
    let ending = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let stem = file.with_extension("");
    let connector = Path::new("connector.yaml");
    let places = [
        ending(".yaml"),
        ending(".yml"),
        file.with_extension("yaml"),
        file.with_extension("yml"),
        file.join(connector),
        stem.join(connector),
        Path::new("connectors").join(file).join(connector),
        Path::new("connectors").join(&stem).join(connector),
    ];
    places.into_iter().find(|place| place != file && place.is_file())
}

fn checked(source: &Source, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<model::Connector, Exit> {
    let checked = check_with(source, read);
    if let Some(model) = checked.model {
        return Ok(model);
    }
    for diagnostic in checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        console::say(render(diagnostic, source, Style::Colored));
        console::say("");
    }
    let count = checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    console::say(format_args!("{} {}", styled(BAD, "error:"), mistakes(count, source.name())));
    Err(Exit::Usage)
}

/// `3 mistakes in connector.yaml`.
pub(crate) fn mistakes(count: usize, file: &str) -> String {
    format!("{count} {} in {file}", if count == 1 { "mistake" } else { "mistakes" })
}
