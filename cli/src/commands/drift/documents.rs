//! `tapwright drift --openapi` and `--old --new`: what documents say. The authoring crate compares and edits; this reads
//! files, prints and writes.

use std::path::Path;

use serde_json::{Value, json};
use tapwright_authoring::drift::{self, Drift, Finding, Written};
use tapwright_openapi::{ChangeKind, Document, Scope};
use tapwright_spec::Source;

use crate::args::{DriftArgs, Shown};
use crate::console::{self, BAD, BOLD, DIM, GOOD, WARN, out, say, styled};
use crate::exit::Exit;
use crate::spec::{Found, folder};
use crate::{beside, rewrite};

pub(super) fn against(found: &Found, document: &Path, args: &DriftArgs) -> Exit {
    match read(document) {
        Ok(document) => tell(found, &drift::against(&found.model, &document), None, args),
        Err(exit) => exit,
    }
}

pub(super) fn between(found: &Found, old: &Path, new: &Path, args: &DriftArgs) -> Exit {
    match (read(old), read(new)) {
        (Ok(old), Ok(new)) => tell(found, &drift::between(&found.model, &old, &new), None, args),
        (Err(exit), _) | (_, Err(exit)) => exit,
    }
}

pub(super) fn write(found: &Found, document: &Path, args: &DriftArgs) -> Exit {
    let file = args.spec.as_deref().map(Path::new).filter(|file| file.exists());
    let Some(file) = file else {
        console::usage(
            "`--write` changes a spec file, and none is named",
            "name the file: `tapwright drift connector.yaml …`",
        );
        return Exit::Usage;
    };
    let document = match read(document) {
        Ok(document) => document,
        Err(exit) => return exit,
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            console::usage(format_args!("the spec `{}` cannot be read: {error}", file.display()), "name a spec file");
            return Exit::Usage;
        }
    };
    let before = drift::against(&found.model, &document);
    let source = Source::new(file.display().to_string(), text);
    let Some(written) = drift::write(&source, &document, &|path| beside::read(folder(file), path)) else {
        console::usage(format_args!("the spec `{}` was changed meanwhile", file.display()), "run the command again");
        return Exit::Usage;
    };
    if written.text != source.text()
        && let Err(error) = rewrite::rewrite(file, source.text(), &written.text)
    {
        say(format_args!("{} {} cannot be written: {error}", styled(BAD, "error:"), file.display()));
        return Exit::Failed;
    }
    tell(found, &before, Some(&written), args)
}

fn read(file: &Path) -> Result<Document, Exit> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
    text.and_then(|text| Document::read(&text).map_err(|error| error.to_string())).map_err(|why| {
        console::usage(
            format_args!("the document `{}` cannot be read: {why}", file.display()),
            "name an OpenAPI document of version 3.0 or 3.1, YAML or JSON",
        );
        Exit::Usage
    })
}

/// Prints what was found, and what was written.
fn tell(found: &Found, drift: &Drift, written: Option<&Written>, args: &DriftArgs) -> Exit {
    match args.format {
        Shown::Human => show(drift, written, found.model.resources.len(), args.old.is_some()),
        Shown::Json => out(as_json(found, drift, written)),
    }
    let counts = |finding: &&Finding| !args.breaking || finding.change.is_breaking();
    let left = match written {
        None => drift.findings.iter().filter(counts).count(),
        Some(written) => written.left.iter().map(|(finding, _)| finding).filter(counts).count(),
    };
    // Of nothing that was compared, nothing can be said.
    if left > 0 || drift.skipped.len() == found.model.resources.len() { Exit::Drift } else { Exit::Complete }
}

fn show(drift: &Drift, written: Option<&Written>, resources: usize, documents: bool) {
    let mut last = None;
    for finding in &drift.findings {
        let resource = finding.resource.as_str();
        if last != Some(resource) {
            last = Some(resource);
            let name = if resource.is_empty() { "api" } else { resource };
            out(format_args!("{} ({})", styled(BOLD, name), finding.endpoint));
        }
        let sign = if finding.change.is_breaking() { styled(BAD, "!") } else { styled(WARN, "~") };
        out(format_args!("  {sign} {}", what(finding, documents)));
        out(format_args!("    {}", styled(DIM, &finding.means)));
        let outcome = |all: &[(Finding, String)]| {
            all.iter().find(|(known, _)| known == finding).map(|(_, outcome)| outcome.clone())
        };
        if let Some(written) = written {
            if let Some(done) = outcome(&written.done) {
                out(format_args!("    {} {done}", styled(GOOD, "written:")));
            }
            if let Some(left) = outcome(&written.left) {
                out(format_args!("    {} {left}", styled(WARN, "left to you:")));
            }
        }
    }
    for (resource, why) in &drift.skipped {
        out(format_args!("{}: not compared: {why}", styled(BOLD, resource)));
    }
    if !drift.findings.is_empty() || !drift.skipped.is_empty() {
        out("");
    }
    let breaking = drift.findings.iter().filter(|finding| finding.change.is_breaking()).count();
    match (drift.findings.len(), written) {
        (0, _) if drift.skipped.len() == resources => {
            out(format_args!("{}: is it the document of this API?", styled(WARN, "nothing was compared")));
        }
        (0, _) => {
            let agree = if documents { "the two documents agree" } else { "the document says what the spec does" };
            out(format_args!("{}: {agree}", styled(GOOD, "no drift")));
        }
        (count, None) => {
            let changes = if count == 1 { "change" } else { "changes" };
            out(format_args!("{}: {count} {changes}, {breaking} breaking for a reader (!)", styled(WARN, "drift")));
        }
        (_, Some(written)) => {
            let (done, left) = (written.done.len(), written.left.len());
            let built = if done > 0 { "; a compiled connector is built again" } else { "" };
            out(format_args!("{done} written, {left} left to you{built}"));
        }
    }
}

/// A change in a line.
fn what(finding: &Finding, documents: bool) -> String {
    let change = &finding.change;
    let field = &change.field;
    let detail = &change.detail;
    let of = if change.of.is_empty() { String::new() } else { format!(" (of {})", change.of.join(", ")) };
    let value = change.of.join(", ");
    let was = if documents && !detail.is_empty() { format!(": {detail}") } else { String::new() };
    let name = match (change.scope, field.strip_suffix("[]")) {
        (Scope::Api, _) => "the server".to_owned(),
        (Scope::Operation, _) => "the operation".to_owned(),
        (Scope::Parameter, None) => format!("the parameter `{field}`"),
        (Scope::Parameter, Some(list)) => format!("an item of the parameter `{list}`"),
        (Scope::Answer, _) => format!("`{field}` of the answer"),
        (Scope::Record, None) if field.is_empty() => "what its records are".to_owned(),
        (Scope::Record, None) => format!("`{field}`"),
        (Scope::Record, Some(list)) => format!("an item of `{list}`"),
    };
    // Of one document it is not known what was before.
    let (new, gone, now) =
        if documents { ("is new", "is gone", " now") } else { ("is not in the spec", "is not in the document", "") };
    let text = match change.kind {
        ChangeKind::OperationRemoved => format!("{name} {gone}"),
        ChangeKind::OperationAdded => format!("{name} {new}"),
        ChangeKind::FieldAdded => format!("{name} {new}: {detail}{of}"),
        ChangeKind::FieldRemoved => format!("{name} {gone}{was}{of}"),
        ChangeKind::TypeChanged => format!("{name} has another type: {detail}{of}"),
        ChangeKind::FormatChanged => format!("{name} has another format: {detail}{of}"),
        ChangeKind::BecameNullable => format!("{name} may be null{now}{of}"),
        ChangeKind::BecameNonNullable => format!("{name} cannot be null any more{of}"),
        ChangeKind::BecameOptional => format!("{name} may be missing{now}{of}"),
        ChangeKind::BecameRequired => {
            if change.scope == Scope::Parameter {
                format!("{name} is required{now}{of}")
            } else {
                format!("{name} is always there{now}{of}")
            }
        }
        ChangeKind::EnumIntroduced => {
            format!("{name} has a list of values now{of}: {}", short(detail.trim_start_matches("values: ")))
        }
        ChangeKind::EnumDropped => format!("{name} has no list of values any more{of}"),
        ChangeKind::EnumValueAdded => {
            if documents {
                format!("{name} has the new value `{detail}`{of}")
            } else {
                format!("{name} has the value `{detail}`, which {new}{of}")
            }
        }
        ChangeKind::EnumValueRemoved => {
            if documents {
                format!("{name} has no value `{detail}` any more{of}")
            } else {
                format!("the value `{detail}` of {name} {gone}{of}")
            }
        }
        ChangeKind::Deprecated => format!("{name} is deprecated{of}"),
        ChangeKind::Undeprecated => format!("{name} is not deprecated any more{of}"),
        ChangeKind::EventTypeAdded => format!("the kind of record `{value}` {new}"),
        ChangeKind::EventTypeRemoved => format!("the kind of record `{value}` {gone}"),
        ChangeKind::MaximumChanged | ChangeKind::MaximumExceeded if documents => {
            format!("{name} has another maximum: {detail}")
        }
        ChangeKind::MaximumChanged | ChangeKind::MaximumExceeded => {
            format!("{name} is more than the document allows: {detail}")
        }
        ChangeKind::ServerRemoved if documents => format!("{name} {gone}: {detail}"),
        ChangeKind::ServerRemoved => format!("{name} is another in the document: {detail}"),
        ChangeKind::ServersChanged => format!("servers are others: {detail}"),
    };
    // A document is somebody else's text.
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn short(text: &str) -> String {
    const MOST: usize = 100;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain("…".chars()).collect() }
}

fn as_json(found: &Found, drift: &Drift, written: Option<&Written>) -> Value {
    let finding = |finding: &Finding| {
        let change = &finding.change;
        let scope = match change.scope {
            Scope::Api => "api",
            Scope::Operation => "operation",
            Scope::Parameter => "parameter",
            Scope::Record => "record",
            Scope::Answer => "answer",
        };
        let mut value = json!({
            "resource": finding.resource,
            "endpoint": finding.endpoint,
            "scope": scope,
            "change": change.kind.name(),
            "field": change.field,
            "of": change.of,
            "detail": change.detail,
            "breaking": change.is_breaking(),
            "columns": finding.columns,
            "means": finding.means,
        });
        let outcome = |all: &[(Finding, String)]| {
            all.iter().find(|(known, _)| known == finding).map(|(_, outcome)| outcome.clone())
        };
        if let (Some(written), Some(members)) = (written, value.as_object_mut()) {
            members.insert("written".to_owned(), outcome(&written.done).into());
            members.insert("left".to_owned(), outcome(&written.left).into());
        }
        value
    };
    let skipped = |(resource, why): &(String, String)| json!({ "resource": resource, "why": why });
    json!({
        "connector": found.model.name,
        "drift": !drift.findings.is_empty(),
        "breaking": drift.findings.iter().any(|finding| finding.change.is_breaking()),
        "changes": drift.findings.iter().map(finding).collect::<Vec<_>>(),
        "skipped": drift.skipped.iter().map(skipped).collect::<Vec<_>>(),
    })
}
