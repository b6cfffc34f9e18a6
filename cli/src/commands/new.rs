//! `tapwright new`: a spec to begin with, which passes `check` and syncs from its sandbox as it is.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tapwright_spec::names::{SNAKE, upper_camel};
use tapwright_spec::{Source, check};

use crate::args::NewArgs;
use crate::console::{self, BOLD, GOOD, out, program, styled};
use crate::exit::Exit;

/// What the skeleton calls its connector: in names, as a title and in the environment.
const TEMPLATE: &str = include_str!("new.yaml");

pub(crate) fn new(args: &NewArgs) -> Exit {
    let name = args.name.as_str();
    if !SNAKE.fits(name) {
        console::usage(format_args!("`{name}` is no name of a connector"), wanted(name));
        return Exit::Usage;
    }
    let text = skeleton(name);
    // The names that the skeleton makes of it may be too long, or kept for something else.
    let checked = check(&Source::new(name, &text));
    if checked.model.is_none() {
        let why = checked.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
        let why = why.map_or("it makes no spec", |error| error.title.as_str());
        console::usage(format_args!("`{name}` cannot be the name of a connector: {why}"), wanted(""));
        return Exit::Usage;
    }
    let file = args.to.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.yaml")));
    if let Err(error) = write(&file, &text) {
        let shown = file.display();
        if error.kind() == ErrorKind::AlreadyExists {
            console::usage(format_args!("`{shown}` is there already"), "--to names another file; nothing was changed");
        } else {
            console::usage(format_args!("`{shown}` cannot be written: {error}"), "--to names another file");
        }
        return Exit::Usage;
    }
    next_steps(&file);
    Exit::Complete
}

fn next_steps(file: &Path) {
    let (program, file) = (program(), file.display());
    let schema = file.to_string().rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    out(format_args!("{} {file}", styled(GOOD, "wrote")));
    out("");
    out(styled(BOLD, "Next"));
    out(format_args!("  complete it as you type  {program} schema > {schema}connector.schema.json"));
    out(format_args!("  find its mistakes        {program} check {file}"));
    out(format_args!("  look at a page           {program} try {file} items --sandbox"));
    out(format_args!("  sync what it would send  {program} sync {file} --sandbox"));
}

/// Creates the file, and the folder it is in. One that is there stays as it is.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(file)?;
    file.write_all(text.as_bytes())
}

/// The spec of a connector of that name.
fn skeleton(name: &str) -> String {
    // Last the one that another could be taken for.
    let text = TEMPLATE.replace("TITLE", &title(name)).replace("name_here", name).replace("NAME", &name.to_uppercase());
    match name {
        // The one name that YAML takes for something else.
        "null" => text.replace(": null\n", ": \"null\"\n").replace(": Null\n", ": \"Null\"\n"),
        _ => text,
    }
}

/// A name as a title: `acme_crm` is `Acme Crm`.
fn title(name: &str) -> String {
    let words: Vec<_> = name.split('_').filter(|word| !word.is_empty()).map(upper_camel).collect();
    words.join(" ")
}

/// What would be a name in place of one that is none.
fn wanted(name: &str) -> String {
    let mut near = tapwright_spec::names::snake(name.trim());
    near.retain(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let near = near.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let near = near.get(..near.len().min(tapwright_spec::names::LONGEST)).unwrap_or("");
    match SNAKE.fits(near) {
        true => format!("a name is {}: perhaps `{near}`", SNAKE.words),
        false => format!("a name is {}", SNAKE.words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_skeleton_has_neither_mistakes_nor_anything_that_a_checker_would_say() {
        for name in ["a", "acme", "acme_crm", "x9_", "name", "title", "name_here", "item", "null", "no"] {
            let text = skeleton(name);
            let checked = check(&Source::new("spec.yaml", &text));
            let said: Vec<_> = checked.diagnostics.iter().map(|diagnostic| &diagnostic.title).collect();
            assert!(checked.model.is_some() && said.is_empty(), "{name}: {said:?}\n{text}");
            let model = checked.model.unwrap();
            assert_eq!(model.name, name);
            assert_eq!(model.settings[0].env, Some(format!("{}_API_KEY", name.to_uppercase())));
        }
    }

    #[test]
    fn a_title_is_the_words_of_a_name() {
        for (name, words) in [("acme", "Acme"), ("acme_crm", "Acme Crm"), ("a__b_", "A B")] {
            assert_eq!(title(name), words);
        }
    }

    #[test]
    fn what_is_no_name_finds_the_one_that_was_meant() {
        for (name, meant) in [("Acme", "`acme`"), ("Acme CRM", "`acme_crm`"), ("acme-crm", "`acme_crm`")] {
            assert!(wanted(name).contains(meant), "{}", wanted(name));
        }
        for name in ["", "9", "名"] {
            assert!(!wanted(name).contains("perhaps"), "{name}");
        }
    }
}
