//! `tapwright check`: every mistake of every spec.

use serde::Serialize;
use tapwright_spec::{Diagnostic, Source, Style, check as check_spec, render};

use crate::Known;
use crate::args::{CheckArgs, Format};
use crate::console::{self, BAD, GOOD, WARN, styled};
use crate::exit::Exit;
use crate::spec::{mistakes, read};

pub(crate) fn check(known: &[Known], args: &CheckArgs) -> Exit {
    let mut sources = Vec::new();
    for file in &args.specs {
        match read(file, known) {
            Ok(text) => sources.push(Source::new(file.display().to_string(), &text)),
            Err(exit) => return exit,
        }
    }
    if sources.is_empty() {
        sources.extend(known.iter().map(|known| Source::new(known.file, known.spec)));
    }
    let checked: Vec<_> = sources.iter().map(|source| (source, check_spec(source))).collect();
    let mut all = Vec::new();
    let mut errors = 0;
    for (source, checked) in &checked {
        let wrong = checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        errors += wrong;
        match args.format {
            Format::Json => all.extend(checked.diagnostics.iter().map(|diagnostic| Shown::of(diagnostic, source))),
            Format::Human => {
                for diagnostic in &checked.diagnostics {
                    console::out(render(diagnostic, source, Style::Colored));
                    console::out("");
                }
                let warnings = match checked.diagnostics.len() - wrong {
                    0 => String::new(),
                    1 => styled(WARN, ", 1 warning"),
                    count => styled(WARN, format_args!(", {count} warnings")),
                };
                match &checked.model {
                    Some(model) => {
                        let count = model.resources.len();
                        let noun = if count == 1 { "resource" } else { "resources" };
                        let fine = styled(GOOD, "ok:");
                        console::out(format_args!(
                            "{fine} {} ({}, {count} {noun}){warnings}",
                            source.name(),
                            model.title
                        ));
                    }
                    None => {
                        let label = styled(BAD, "error:");
                        console::out(format_args!("{label} {}{warnings}", mistakes(wrong, source.name())));
                    }
                }
            }
        }
    }
    if args.format == Format::Json {
        console::out(serde_json::to_string_pretty(&all).unwrap_or_default());
    }
    if errors > 0 { Exit::Usage } else { Exit::Complete }
}

/// A diagnostic for programs. Lines and columns count from 1, columns in characters; ranges are bytes.
#[derive(Serialize)]
struct Shown<'a> {
    file: &'a str,
    code: String,
    severity: &'static str,
    message: &'a str,
    label: &'a str,
    line: usize,
    column: usize,
    range: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch: Option<Patch<'a>>,
}

#[derive(Serialize)]
struct Patch<'a> {
    range: [usize; 2],
    replacement: &'a str,
}

impl<'a> Shown<'a> {
    fn of(diagnostic: &'a Diagnostic, source: &'a Source) -> Self {
        let range = &diagnostic.primary.range;
        let place = source.position(range.start);
        Shown {
            file: source.name(),
            code: diagnostic.code.to_string(),
            severity: if diagnostic.is_error() { "error" } else { "warning" },
            message: &diagnostic.title,
            label: &diagnostic.primary.text,
            line: place.line,
            column: place.column,
            range: [range.start, range.end],
            help: diagnostic.help.as_deref(),
            patch: diagnostic
                .patch
                .as_ref()
                .map(|patch| Patch { range: [patch.range.start, patch.range.end], replacement: &patch.replacement }),
        }
    }
}
