//! `tapwright check`: every mistake of every spec.

mod json;
mod sarif;

use tapwright_render::{Style, render};
use tapwright_spec::{Checked, Severity, Source, check_with};

use crate::Known;
use crate::args::{CheckArgs, Format};
use crate::beside;
use crate::console::{self, BAD, GOOD, WARN, styled};
use crate::exit::Exit;
use crate::spec::{folder, mistakes, read};

pub(crate) fn check(known: &[Known], args: &CheckArgs) -> Exit {
    let mut checked_specs = Vec::new();
    for file in &args.specs {
        match read(file, known) {
            Ok(text) => {
                let source = Source::new(file.display().to_string(), &text);
                let checked = check_with(&source, &|path| beside::read(folder(file), path));
                checked_specs.push((source, checked));
            }
            Err(exit) => return exit,
        }
    }
    if checked_specs.is_empty() {
        checked_specs.extend(known.iter().map(|known| {
            let source = Source::new(known.file, known.spec);
            let checked = check_with(&source, &|path| known.beside(path));
            (source, checked)
        }));
    }
    let checked: Vec<_> = checked_specs.iter().map(|(source, checked)| (source, checked)).collect();
    let found = || {
        let each = checked.iter();
        each.flat_map(|(source, checked)| checked.diagnostics.iter().map(move |diagnostic| (*source, diagnostic)))
    };
    match args.format {
        Format::Human => checked.iter().for_each(|(source, checked)| show(source, checked)),
        Format::Json => {
            let all: Vec<_> = found().map(|(source, diagnostic)| json::Shown::of(diagnostic, source)).collect();
            console::out(serde_json::to_string_pretty(&all).unwrap_or_default());
        }
        Format::Sarif => console::out(serde_json::to_string_pretty(&sarif::log(found())).unwrap_or_default()),
    }
    if found().any(|(_, diagnostic)| diagnostic.is_error()) { Exit::Usage } else { Exit::Complete }
}

/// Every mistake as people read it, and a line that sums them up.
fn show(source: &Source, checked: &Checked) {
    let wrong = checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    for diagnostic in &checked.diagnostics {
        console::out(render(diagnostic, source, Style::Colored));
        console::out("");
    }
    let of = |severity| checked.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let warnings = match of(Severity::Warning) {
        0 => String::new(),
        1 => styled(WARN, ", 1 warning"),
        count => styled(WARN, format_args!(", {count} warnings")),
    };
    match &checked.model {
        Some(model) => {
            let count = model.resources.len();
            let noun = if count == 1 { "resource" } else { "resources" };
            let fine = styled(GOOD, "ok:");
            console::out(format_args!("{fine} {} ({}, {count} {noun}){warnings}", source.name(), model.title));
        }
        None => {
            let label = styled(BAD, "error:");
            console::out(format_args!("{label} {}{warnings}", mistakes(wrong, source.name())));
        }
    }
}
