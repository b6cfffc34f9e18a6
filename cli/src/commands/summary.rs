//! What a sync did, as a table, and what to do next.

use tapwright_runtime::plan::Shape;
use tapwright_runtime::{Mode, Report, ResourceReport, Status};

use crate::args::{DEFAULT_STORE, SyncArgs};
use crate::console::{self, BAD, BOLD, DIM, GOOD, WARN, number, out, program, styled};
use crate::progress::how;
use crate::spec::Found;
use crate::store::Store;
use crate::table::{Align, Table};

pub(super) fn summarize(report: &Report, found: &Found, args: &SyncArgs) {
    let mut table = Table::new(&[
        ("resource", Align::Left),
        ("rows", Align::Right),
        ("deleted", Align::Right),
        ("set aside", Align::Right),
        ("pages", Align::Right),
        ("how", Align::Left),
        ("status", Align::Left),
    ]);
    for resource in &report.resources {
        table.row(vec![
            resource.name.to_owned(),
            number(resource.rows),
            number(resource.deleted),
            number(resource.quarantined),
            number(resource.pages),
            how(resource.mode).to_owned(),
            status(resource.status).to_owned(),
        ]);
    }
    out("");
    out(table);
    out("");
    out(headline(report));
    for note in &report.notes {
        out(format_args!("{} {note}", styled(WARN, "note:")));
    }
    for resource in &report.resources {
        details(resource);
    }
    failures(report);
    if report.status == Status::Complete {
        next_steps(report, found, args);
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Complete => "complete",
        Status::Partial => "partial",
        Status::Failed => "failed",
        Status::Interrupted => "interrupted",
    }
}

fn headline(report: &Report) -> String {
    let style = match report.status {
        Status::Complete => GOOD,
        Status::Partial | Status::Interrupted => WARN,
        Status::Failed => BAD,
    };
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let seconds = report.elapsed_ms as f64 / 1000.0;
    let retries = match report.retries {
        0 => String::new(),
        1 => " (1 a retry)".to_owned(),
        retries => format!(" ({} of them retries)", number(retries)),
    };
    let requests = if report.requests == 1 { "request" } else { "requests" };
    format!(
        "{}: {} rows in {seconds:.2} s with {} {requests}{retries}",
        styled(style, status(report.status)),
        number(report.total(|resource| resource.rows)),
        number(report.requests),
    )
}

fn details(resource: &ResourceReport) {
    let name = resource.name;
    if resource.mode == Mode::Incremental && resource.status == Status::Complete {
        out(styled(
            DIM,
            format_args!("{name}: went on from the last sync; what may have come late was read once more"),
        ));
    }
    if resource.mode == Mode::Resumed {
        out(styled(DIM, format_args!("{name}: took up an unfinished sync where it had stopped")));
    }
    for note in &resource.notes {
        out(format_args!("{} {name}: {note}", styled(WARN, "note:")));
    }
    for (column, values) in &resource.drift {
        let shown: Vec<_> = values.iter().take(5).map(|(value, count)| format!("`{value}` ({count}x)")).collect();
        let more = if values.len() > 5 { ", …" } else { "" };
        let label = styled(WARN, "new:");
        out(format_args!("{label} {name}.{column} has values that the spec does not know: {}{more}", shown.join(", ")));
    }
    if !resource.unknown_fields.is_empty() {
        let fields = &resource.unknown_fields;
        let shown: Vec<_> = fields.iter().take(5).map(|(field, count)| format!("`{field}` ({count}x)")).collect();
        let more = if fields.len() > 5 { ", …" } else { "" };
        let label = styled(WARN, "new:");
        out(format_args!("{label} {name} has fields that the spec does not know: {}{more}", shown.join(", ")));
    }
    if resource.quarantined > 0 {
        let label = styled(WARN, "note:");
        let (count, records) =
            (number(resource.quarantined), if resource.quarantined == 1 { "record" } else { "records" });
        let kept = "set aside in _tapwright_quarantine, each with its reason";
        out(format_args!("{label} {name}: {count} {records} {kept}"));
    }
}

/// Every error once: when the source refuses the credential, that is one error and not one of each resource.
fn failures(report: &Report) {
    let mut shown: Vec<(&str, String)> = Vec::new();
    for error in report.resources.iter().filter_map(|resource| resource.error.as_ref()) {
        let kind = error.kind().name();
        let general = matches!(kind, "unauthorized" | "interrupted");
        if general && shown.iter().any(|(known, _)| *known == kind) {
            continue;
        }
        shown.push((kind, console::shown(error)));
    }
    for (_, error) in shown {
        out("");
        out(error);
    }
}

fn next_steps(report: &Report, found: &Found, args: &SyncArgs) {
    let Ok(Store::Sqlite(path)) = Store::parse(&args.to) else { return };
    let rows = |resource: &&&'static tapwright_runtime::plan::Resource| {
        report.resources.iter().any(|done| done.name == resource.name && done.rows > 0)
    };
    let resources: Vec<_> = found.plan.resources.iter().collect();
    let events = resources.iter().find(|resource| resource.row.shape == Shape::Event && rows(resource));
    let Some(resource) = events.or_else(|| resources.iter().find(rows)) else { return };
    let grouped =
        resource.row.columns.iter().find(
            |column| matches!(column.ty, tapwright_runtime::plan::Type::Enum { values, .. } if values.len() <= 8),
        );
    let table = resource.row.name;
    let query = match grouped {
        Some(column) => format!("select {0}, count(*) from {table} group by {0}", column.name),
        None => format!("select * from {table} limit 5"),
    };
    let spec = found.argument();
    let program = program();
    let to = if args.to == DEFAULT_STORE { String::new() } else { format!(" --to {}", args.to) };
    out("");
    out(styled(BOLD, "Next"));
    out(format_args!("  look at it     sqlite3 {} \"{query}\"", path.display()));
    if args.source.sandbox {
        out(format_args!(
            "  sync again     {program} sync{spec} --sandbox{to}   (reads only what is new, where the API can say)"
        ));
        let secret = found.plan.settings.iter().find(|setting| setting.is_secret());
        if let Some(variable) = secret.and_then(|setting| setting.env) {
            out(format_args!(
                "  your own data  export {variable}=…, then {program} sync{spec} --to sqlite:{}.db",
                found.plan.name
            ));
        }
    } else {
        out(format_args!("  how far it is  {program} status --to {}", args.to));
    }
}
