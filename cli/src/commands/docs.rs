//! `tapwright docs`: a connector's page for people, printed, written into a file or held against one.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use serde_json::Value as Json;
use tapwright_reference::{Example, Page, is_page};
use tapwright_runtime::{Sample, Value};
use tapwright_spec::model::Json as Shown;

use crate::Known;
use crate::args::DocsArgs;
use crate::console::{self, program};
use crate::exit::Exit;
use crate::spec::{Found, find};

pub(crate) fn docs(known: &[Known], args: &DocsArgs) -> Exit {
    let found = match find(known, Some(&args.spec)) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let compiled_in = known.iter().any(|known| known.plan.name == args.spec);
    let Some(file) = args.write.as_deref().or(args.check.as_deref()) else {
        console::out(page(&found, &Named::here(&args.spec, compiled_in)).trim_end());
        return Exit::Complete;
    };
    let named = match compiled_in {
        true => Named::compiled_in(&args.spec, file),
        false => Named::beside(Path::new(&args.spec), file),
    };
    let page = page(&found, &named);
    if args.write.is_some() {
        if !is_free(file) {
            console::usage(
                format_args!("`{}` is there already, and is no such page", file.display()),
                "what somebody has written is not overwritten: --write names another file",
            );
            return Exit::Usage;
        }
        return match fs::write(file, page) {
            Ok(()) => Exit::Complete,
            Err(error) => {
                let what = format_args!("`{}` cannot be written: {error}", file.display());
                console::usage(what, "--write names a file in a folder that is there");
                Exit::Usage
            }
        };
    }
    let (shown, renew) = (file.display(), format!("{} docs {} --write {}", program(), args.spec, file.display()));
    match fs::read_to_string(file) {
        Ok(text) if text.replace("\r\n", "\n") == page => Exit::Complete,
        Ok(text) => {
            let line = text.lines().zip(page.lines()).take_while(|(is, should)| is == should).count() + 1;
            console::usage(
                format_args!("`{shown}` is stale, from line {line} on"),
                format_args!("`{renew}` renews it"),
            );
            Exit::Failed
        }
        Err(error) => {
            console::usage(format_args!("`{shown}` cannot be read: {error}"), format_args!("`{renew}` writes it"));
            Exit::Failed
        }
    }
}

/// Whether a page may be written there: nothing is, or a page.
fn is_free(file: &Path) -> bool {
    match fs::read_to_string(file) {
        Ok(text) => text.trim().is_empty() || is_page(&text),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

/// What the page calls its spec and itself.
struct Named {
    /// What names the spec on a command line.
    called: String,
    /// Where it is from the page.
    spec: Option<String>,
    /// What renews the page.
    renew: Option<String>,
}

impl Named {
    /// A page that is printed: it is nowhere.
    fn here(spec: &str, compiled_in: bool) -> Self {
        Named { called: spec.to_owned(), spec: (!compiled_in).then(|| spec.to_owned()), renew: None }
    }

    /// Of a connector that is compiled in, which has the same name wherever it is called.
    fn compiled_in(spec: &str, file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let renew = format!("tapwright docs {spec} --write {name}");
        Named { called: spec.to_owned(), spec: None, renew: Some(renew) }
    }

    /// Of a file, by the way to it from the page: so the page is the same wherever it is made from.
    fn beside(spec: &Path, file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let from = way(&absolute(folder), &absolute(spec));
        let renew = format!("tapwright docs {from} --write {name}");
        Named { called: from.clone(), spec: Some(from), renew: Some(renew) }
    }
}

/// A path from the root, with nothing in it that leads back.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The way from a folder to a file, with `/` between its parts.
fn way(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn page(found: &Found, named: &Named) -> String {
    let record = |name: &str| {
        let resource = found.model.resources.iter().find(|resource| resource.name == name)?;
        Some(json(resource.example.as_ref()?))
    };
    let example = |name: &str| -> Vec<(String, Example)> {
        let sample = found
            .plan
            .resource(name)
            .and_then(|resource| Sample::of(found.plan, resource, &record(name)?, &|parent| record(parent)));
        let Some(sample) = sample else { return Vec::new() };
        sample.values().map(|(column, value)| (column.name.to_owned(), shown(value))).collect()
    };
    let page = Page {
        connector: &found.model,
        called: &named.called,
        spec: named.spec.as_deref(),
        renew: named.renew.as_deref(),
        example: &example,
    };
    page.markdown()
}

fn shown(value: Option<Value<'_>>) -> Example {
    match value {
        None => Example::Unknown,
        Some(Value::Null) => Example::Null,
        Some(Value::Boolean(b)) => Example::Value(b.to_string()),
        Some(Value::Integer(i)) => Example::Value(i.to_string()),
        Some(Value::Number(n)) => Example::Value(n.to_string()),
        Some(Value::Text(text)) => Example::Value(text.to_owned()),
        Some(Value::Timestamp(at)) => Example::Value(at.to_string()),
    }
}

/// A spec's example as the API would send it, in the order in which it was written.
fn json(value: &Shown) -> String {
    let text = |text: &str| Json::from(text).to_string();
    match value {
        Shown::Null => Json::Null.to_string(),
        Shown::Bool(b) => Json::from(*b).to_string(),
        Shown::Integer(i) => Json::from(*i).to_string(),
        Shown::Number(n) => Json::from(*n).to_string(),
        Shown::Text(value) => text(value),
        Shown::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Shown::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{}:{}", text(key), json(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_finds_its_spec_from_where_it_is() {
        for (folder, file, expected) in [
            ("/a/b", "/a/b/connector.yaml", "connector.yaml"),
            ("/a/docs", "/a/b/connector.yaml", "../b/connector.yaml"),
            ("/a/b/c", "/a/connector.yaml", "../../connector.yaml"),
        ] {
            assert_eq!(way(Path::new(folder), Path::new(file)), expected);
        }
    }
}
