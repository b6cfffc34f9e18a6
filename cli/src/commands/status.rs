//! `tapwright status`: what a store holds, and how far its connectors are.

use serde_json::{Value, json};
use tapwright_runtime::{Error, Reached, Result};
use tapwright_sqlite::{ConnectorStatus, ResourceStatus, Sqlite, Status};

use crate::args::StatusArgs;
use crate::console::{self, BOLD, DIM, WARN, number, out, seconds, styled};
use crate::exit::Exit;
use crate::store::Store;
use crate::table::{Align, Table};

pub(crate) fn status(args: &StatusArgs) -> Exit {
    match read(&args.to) {
        Ok(status) if args.json => {
            out(as_json(&status));
            Exit::Complete
        }
        Ok(status) => {
            for connector in &status.connectors {
                show(connector);
            }
            Exit::Complete
        }
        Err(error) => {
            console::error(&error);
            error.kind().into()
        }
    }
}

fn read(url: &str) -> Result<Status, Error> {
    let Store::Sqlite(path) = Store::parse(url)?;
    Sqlite::status(path)
}

fn show(connector: &ConnectorStatus) {
    out(styled(BOLD, &connector.name));
    match &connector.lease {
        Some(lease) if lease.live => out(format_args!("a sync is running: {}", lease.owner)),
        Some(lease) => out(format_args!("{} did not end as it should; the next sync goes on", lease.owner)),
        None => {}
    }
    if let Some((report, at)) = &connector.report {
        let report: Value = serde_json::from_str(report).unwrap_or_default();
        if let Some(status) = report.get("status").and_then(Value::as_str) {
            out(format_args!("last sync: {status}, {}", seconds(*at)));
        }
    }
    let mut table = Table::new(&[
        ("resource", Align::Left),
        ("table", Align::Left),
        ("rows", Align::Right),
        ("set aside", Align::Right),
        ("how far", Align::Left),
    ]);
    for resource in &connector.resources {
        table.row(vec![
            resource.name.clone(),
            resource.table.clone(),
            number(resource.rows),
            number(resource.quarantined),
            how_far(resource),
        ]);
    }
    out(format_args!("\n{table}"));
    for resource in &connector.resources {
        for sample in &resource.sample {
            let label = styled(WARN, "set aside:");
            out(format_args!("{label} {}: {}", resource.name, sample.reason));
            let record: String = sample.record.chars().take(200).collect();
            out(styled(DIM, format_args!("  {record}")));
        }
    }
}

fn how_far(resource: &ResourceStatus) -> String {
    let Some((checkpoint, at)) = &resource.checkpoint else { return "not synced yet".to_owned() };
    match Reached::of(checkpoint) {
        None => "unknown: another release wrote it".to_owned(),
        Some(Reached { open: 0, up_to: Some(up_to), .. }) => format!("all up to {up_to}"),
        Some(Reached { open: 0, .. }) => format!("all, as of {}", seconds(*at)),
        Some(Reached { pages, .. }) => format!("unfinished, {} pages read; the next sync goes on", number(pages)),
    }
}

fn as_json(status: &Status) -> Value {
    let resource = |resource: &ResourceStatus| {
        let reached = resource.checkpoint.as_ref().and_then(|(checkpoint, _)| Reached::of(checkpoint));
        json!({
            "table": resource.table,
            "rows": resource.rows,
            "quarantined": resource.quarantined,
            "unfinished": reached.is_some_and(|reached| reached.open > 0),
            "up_to": reached.and_then(|reached| reached.up_to).map(|at| at.to_string()),
            "synced_at": resource.checkpoint.as_ref().map(|(_, at)| at.to_string()),
        })
    };
    let connector = |connector: &ConnectorStatus| {
        let resources: serde_json::Map<_, _> =
            connector.resources.iter().map(|of| (of.name.clone(), resource(of))).collect();
        let report = connector.report.as_ref().and_then(|(report, _)| serde_json::from_str::<Value>(report).ok());
        json!({
            "running": connector.lease.as_ref().filter(|lease| lease.live).map(|lease| &lease.owner),
            "last_report": report,
            "resources": resources,
        })
    };
    let connectors: serde_json::Map<_, _> =
        status.connectors.iter().map(|of| (of.name.clone(), connector(of))).collect();
    json!({ "connectors": connectors })
}
