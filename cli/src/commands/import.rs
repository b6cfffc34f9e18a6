//! `tapwright import`: from an API's document to a spec, and what to do with it then.

use std::io::Write as _;
use std::path::Path;

use tapwright_authoring::import::{Imported, Kinds, LeftOut, Options, Refused, openapi, reasons};
use tapwright_openapi::Document;

use crate::args::{ImportCommand, ImportOpenapiArgs};
use crate::console::{self, BOLD, GOOD, WARN, program, styled};
use crate::exit::Exit;

pub(crate) fn import(command: &ImportCommand) -> Exit {
    let ImportCommand::Openapi(args) = command;
    match run(args) {
        Ok(imported) => {
            summarize(&imported, args);
            next_steps(&imported, args);
            Exit::Complete
        }
        Err(exit) => exit,
    }
}

fn run(args: &ImportOpenapiArgs) -> Result<Imported, Exit> {
    let file = &args.file;
    if let Some(to) = args.to.as_deref().filter(|to| to.exists()) {
        return Err(occupied(to));
    }
    let text = std::fs::read_to_string(file).map_err(|error| {
        console::usage(
            format_args!("the document `{}` cannot be read: {error}", file.display()),
            "name a file with an OpenAPI document, YAML or JSON",
        );
        Exit::Usage
    })?;
    let document = Document::read(&text).map_err(|error| {
        console::usage(
            format_args!("the document `{}` cannot be read: {error}", file.display()),
            "an OpenAPI document of version 3.0 or 3.1 is wanted, YAML or JSON",
        );
        Exit::Usage
    })?;
    // A path begins with a slash, whatever was typed.
    let whole = |path: &String| format!("/{}", path.trim().trim_start_matches('/'));
    let paths = args.paths.iter().flatten().map(whole).collect();
    let options = Options { paths, name: args.name.clone() };
    let imported = openapi(&document, &options).map_err(|refused| {
        console::usage(&refused, help(&refused));
        Exit::Usage
    })?;
    match &args.to {
        None => console::out(imported.text.trim_end()),
        Some(to) => write(to, &imported.text)?,
    }
    Ok(imported)
}

/// Writes a file that is not there yet. What somebody has written is never overwritten.
fn write(to: &Path, text: &str) -> Result<(), Exit> {
    let opened = std::fs::File::create_new(to);
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => occupied(to),
        _ => {
            console::usage(format_args!("`{}` cannot be written: {error}", to.display()), "name another file");
            Exit::Failed
        }
    })
}

fn occupied(to: &Path) -> Exit {
    console::usage(
        format_args!("`{}` is there already", to.display()),
        "a spec is not overwritten: name another file, or leave `--to` out",
    );
    Exit::Usage
}

fn help(refused: &Refused) -> String {
    match refused {
        Refused::UnknownPath(_, near) if near.is_empty() => "write it as the document does, such as /users".to_owned(),
        Refused::UnknownPath(_, near) => format!("did you mean {}?", near.join(" or ")),
        Refused::Nothing(left_out) => format!("left out: {}", counted(left_out)),
        Refused::Name(_) => {
            "a name has up to 40 lower-case letters, digits and `_`, and begins with a letter".to_owned()
        }
        Refused::Unfit(_) => "this is a mistake in tapwright; please report it with the document".to_owned(),
    }
}

fn counted(left_out: &[LeftOut]) -> String {
    let reasons = reasons(left_out);
    let reasons: Vec<String> = reasons.iter().map(|(count, reason)| format!("{count} ({reason})")).collect();
    reasons.join(", ")
}

/// Says what stands in the spec, what it asks, and what is not in it.
fn summarize(imported: &Imported, args: &ImportOpenapiArgs) {
    let resources = imported.resources.len();
    let to = args.to.as_ref().map(|to| format!(" in {}", to.display())).unwrap_or_default();
    console::say(format_args!(
        "{} {resources} {} of {} {}{to}: {}",
        styled(GOOD, "✓"),
        if resources == 1 { "resource" } else { "resources" },
        imported.operations,
        if imported.operations == 1 { "operation" } else { "operations" },
        imported.resources.join(", ")
    ));
    if !imported.questions.is_empty() {
        let file = args.to.as_ref().map_or_else(|| "line ".to_owned(), |to| format!("{}:", to.display()));
        console::say(format_args!("\n{}", styled(WARN, "What the document leaves open:")));
        for (line, question) in &imported.questions {
            console::say(format_args!("  {file}{line}: {question}"));
        }
    }
    if !imported.left_out.is_empty() {
        console::say(format_args!(
            "\n{}",
            styled(BOLD, format_args!("Left out, of {} operations:", imported.operations))
        ));
        for (count, reason) in reasons(&imported.left_out) {
            console::say(format_args!("  {count:>5}  {reason}"));
        }
    }
}

/// What to do with a spec that was just made. It is said where the questions are: standard output may be the spec.
fn next_steps(imported: &Imported, args: &ImportOpenapiArgs) {
    for kinds in &imported.kinds {
        let Kinds { resource, by, of, count, like, style, .. } = kinds;
        let asked = kinds.parameter.as_ref().map(|name| {
            format!(", and `query: {{ {name}: {{ each: {of}, matching: \"{like}\", style: {style} }} }}` asks for those alone")
        });
        let asked = asked.unwrap_or_default();
        console::say(format_args!(
            "\n{} `{resource}` holds {count} kinds of records: `where: {by} matches \"{like}\"` keeps some of them{asked}",
            styled(BOLD, "note:")
        ));
    }
    let program = program();
    let file = args.to.as_ref().map_or_else(|| format!("{}.yaml", imported.name), |to| to.display().to_string());
    let first = imported.resources.first().map(String::as_str).unwrap_or_default();
    let key = imported.variables.iter().map(|name| format!("{name}=… ")).collect::<String>();
    console::say(format_args!("\n{}", styled(BOLD, "Next")));
    if args.to.is_none() {
        console::say(format_args!("  write it to a file       --to {file}"));
    }
    if !imported.questions.is_empty() {
        console::say(format_args!("  answer what is open      the lines with `# ?` in {file}"));
    }
    console::say(format_args!("  find its mistakes        {program} check {file}"));
    console::say(format_args!("  look at a page           {program} try {file} {first} --sandbox"));
    console::say(format_args!("  and at one of the API    {key}{program} try {file} {first}"));
    console::say(format_args!("  sync it                  {key}{program} sync {file}"));
}
