//! `tapwright check`: every mistake of every spec.

mod fix;
mod json;
mod rustc;
mod sarif;
mod watch;

use std::path::Path;

use tapwright_render::{Style, render};
use tapwright_spec::{Certainty, Checked, Diagnostic, Severity, Source, check_with};

use crate::Known;
use crate::args::{CheckArgs, Format};
use crate::beside;
use crate::console::{self, BAD, GOOD, WARN, styled};
use crate::exit::Exit;
use crate::spec::{folder, mistakes, read};

pub(crate) fn check(known: &[Known], args: &CheckArgs) -> Exit {
    let wanted = if args.fix { "--fix" } else { "--watch" };
    if args.specs.is_empty() && (args.fix || args.watch) {
        console::usage(format_args!("`{wanted}` is about files, and none is named"), "name a spec file");
        return Exit::Usage;
    }
    if args.watch {
        return watch::watch(&args.specs);
    }
    let mut checked_specs = Vec::new();
    for file in &args.specs {
        let text = match read(file, known) {
            Ok(text) => text,
            Err(exit) => return exit,
        };
        let source = Source::new(file.display().to_string(), &text);
        let check = |source: &Source| check_with(source, &|path| beside::read(folder(file), path));
        if args.fix {
            match mended(file, &source, &check, args.format) {
                Ok(mended) => checked_specs.push(mended),
                Err(exit) => return exit,
            }
        } else {
            let checked = check(&source);
            checked_specs.push((source, checked));
        }
    }
    if checked_specs.is_empty() {
        checked_specs.extend(known.iter().map(|known| {
            let source = Source::new(known.file, known.spec);
            let checked = check_with(&source, &|path| known.beside(path));
            (source, checked)
        }));
    }
    let found = || {
        let each = checked_specs.iter();
        each.flat_map(|(source, checked)| checked.diagnostics.iter().map(move |diagnostic| (source, diagnostic)))
    };
    let wrong = found().any(|(_, diagnostic)| diagnostic.is_error());
    match args.format {
        Format::Human => {
            for (source, checked) in &checked_specs {
                show(source, &checked.diagnostics, usize::MAX);
                sum(source, checked);
            }
            pointers(found());
        }
        Format::Json => {
            let all: Vec<_> = found().map(|(source, diagnostic)| json::Shown::of(diagnostic, source)).collect();
            console::out(serde_json::to_string_pretty(&all).unwrap_or_default());
        }
        Format::Sarif => console::out(serde_json::to_string_pretty(&sarif::log(found())).unwrap_or_default()),
        Format::RustcJson => {
            found().for_each(|(source, diagnostic)| console::out(rustc::message(source, diagnostic)));
            console::out(rustc::finished(!wrong));
        }
    }
    if wrong { Exit::Usage } else { Exit::Complete }
}

/// Makes the certain edits of a file and says which they were: beside the result, where programs read that.
fn mended(
    file: &Path,
    source: &Source,
    check: &dyn Fn(&Source) -> Checked,
    format: Format,
) -> Result<(Source, Checked), Exit> {
    let mended = fix::mend(source, check);
    if !mended.changes.is_empty()
        && let Err(error) = crate::rewrite::rewrite(file, source.text(), mended.source.text())
    {
        console::usage(
            format_args!("`{}` cannot be mended: {error}", source.name()),
            "nothing was changed; without `--fix` its mistakes are shown",
        );
        return Err(Exit::Failed);
    }
    for change in &mended.changes {
        let place = format!("{}:{}", source.name(), change.line);
        let line = format!("{} {place}: `{}` → `{}`", styled(GOOD, "fixed:"), change.before, change.after);
        if format == Format::Human { console::out(line) } else { console::say(line) }
    }
    if format == Format::Human && !mended.changes.is_empty() {
        console::out("");
    }
    Ok((mended.source, mended.checked))
}

/// Mistakes as people read them.
fn show(source: &Source, diagnostics: &[Diagnostic], most: usize) {
    for diagnostic in diagnostics.iter().take(most) {
        console::out(render(diagnostic, source, Style::Colored));
        console::out("");
    }
    if let Some(more @ 1..) = diagnostics.len().checked_sub(most) {
        console::out(format_args!("… and {more} more"));
    }
}

/// The line that sums a spec up.
fn sum(source: &Source, checked: &Checked) {
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
            console::out(format_args!("{label} {}{warnings}", mistakes(of(Severity::Error), source.name())));
        }
    }
}

/// Where to go from here: what mends some of it, and where more is said.
fn pointers<'a>(found: impl Iterator<Item = (&'a Source, &'a Diagnostic)>) {
    const MOST: usize = 4;
    let (mut codes, mut files, mut certain) = (Vec::new(), Vec::new(), 0);
    for (source, diagnostic) in found {
        if !codes.contains(&diagnostic.code.to_string()) {
            codes.push(diagnostic.code.to_string());
        }
        if diagnostic.patch.as_ref().is_some_and(|patch| patch.certainty == Certainty::Certain) {
            certain += 1;
            if !files.contains(&source.name()) {
                files.push(source.name());
            }
        }
    }
    let program = console::program();
    if certain > 0 {
        console::out(format_args!("{certain} can be mended by `{program} check --fix {}`", files.join(" ")));
    }
    codes.truncate(MOST);
    if !codes.is_empty() {
        console::out(format_args!("for more, `{program} explain {}`", codes.join(" ")));
    }
}
