//! `tapwright drift --live`: what the syncs into a store have seen. The engine compares; this says what to do about it.

use serde_json::{Value, json};
use tapwright_runtime::plan::{Column, Connector, Resource, Type};
use tapwright_runtime::{Count, Difference, Error, ErrorKind, Finding, Result, Seen, Timestamp};
use tapwright_sqlite::Sqlite;

use crate::args::{DriftArgs, Shown};
use crate::console::{self, BOLD, DIM, GOOD, WARN, number, out, seconds, styled};
use crate::exit::Exit;
use crate::spec::Found;
use crate::store::Store;
use crate::table::{Align, Table};

pub(super) fn live(found: &Found, args: &DriftArgs) -> Exit {
    let all = match read(found.plan, &args.to) {
        Ok(all) => all,
        Err(error) => {
            console::error(&error);
            return error.kind().into();
        }
    };
    match args.format {
        Shown::Human => show(&all),
        Shown::Json => out(as_json(found.plan, &all)),
    }
    if differences(&all) > 0 { Exit::Drift } else { Exit::Complete }
}

fn read(connector: &'static Connector, url: &str) -> Result<Vec<Seen>> {
    let Store::Sqlite(path) = Store::parse(url)?;
    let names: Vec<_> = connector.resources.iter().map(|resource| resource.name).collect();
    let counts = Sqlite::counts(&path, connector.name, &names)?;
    if counts.iter().all(Vec::is_empty) {
        let error = Error::new(ErrorKind::Store, format!("nothing was counted of {} yet", connector.title));
        return Err(error
            .with("database", path.display())
            .help("a sync counts as it reads: run `tapwright sync` first"));
    }
    let seen = |(resource, counts): (&'static Resource, &Vec<Count>)| Seen::of(resource, counts);
    Ok(connector.resources.iter().zip(&counts).map(seen).collect())
}

fn differences(all: &[Seen]) -> usize {
    all.iter().map(|seen| seen.drift().count()).sum()
}

fn show(all: &[Seen]) {
    for seen in all {
        let name = styled(BOLD, seen.resource.name);
        let Some((since, _)) = seen.between else {
            out(format_args!("{name}: not read yet\n"));
            continue;
        };
        out(format_args!("{name}: {}, since {}", read_so_far(seen), seconds(since)));
        if seen.drift().next().is_some() {
            out(format_args!("{}", table(seen)));
        } else {
            out("as the spec says");
        }
        for (what, columns) in [("no value yet", none_yet(seen)), ("may be null, and never was", never_null(seen))] {
            if !columns.is_empty() {
                let columns: Vec<_> = columns.iter().map(|column| format!("`{column}`")).collect();
                out(styled(DIM, format_args!("{what}: {}", columns.join(", "))));
            }
        }
        out("");
    }
    let resources = all.iter().filter(|seen| seen.drift().next().is_some()).count();
    match (differences(all), resources) {
        (0, _) => out(format_args!("{}: all that came is as the spec says", styled(GOOD, "no drift"))),
        (1, _) => out(format_args!("{}: 1 difference", styled(WARN, "drift"))),
        (count, 1) => out(format_args!("{}: {count} differences in 1 resource", styled(WARN, "drift"))),
        (count, _) => out(format_args!("{}: {count} differences in {resources} resources", styled(WARN, "drift"))),
    }
}

/// `10 records in 2 syncs, 3 of them set aside`.
fn read_so_far(seen: &Seen) -> String {
    let many = |count: u64, what: &str| format!("{} {what}{}", number(count), if count == 1 { "" } else { "s" });
    let aside = match seen.set_aside {
        0 => String::new(),
        count => format!(", {} of them set aside", number(count)),
    };
    format!("{} in {}{aside}", many(seen.rows + seen.set_aside, "record"), many(seen.syncs, "sync"))
}

fn table(seen: &Seen) -> Table {
    let mut table = Table::new(&[
        ("what", Align::Left),
        ("where", Align::Left),
        ("came", Align::Left),
        ("times", Align::Right),
        ("last", Align::Left),
        ("what to do", Align::Left),
    ]);
    for finding in seen.drift() {
        let (what, place, came) = words(&finding.difference);
        table.row(vec![
            what.to_owned(),
            plain(place),
            plain(came),
            number(finding.count),
            seconds(finding.last_at),
            advice(seen.resource, &finding.difference),
        ]);
    }
    table
}

/// What a difference is, where it is, and what came.
fn words(difference: &Difference) -> (&'static str, &str, &str) {
    match difference {
        Difference::NewField(Some(field)) => ("new field", field, ""),
        Difference::NewField(None) => ("new field", "others", ""),
        Difference::NewValue(column, value) => ("new value", column.name, value.as_deref().unwrap_or("others")),
        Difference::Null(column) => ("null", column.name, "null, or nothing"),
        Difference::WrongType(column, came) => ("wrong type", column.name, came),
        Difference::WrongPath(key, came) => ("wrong type", key, came),
        Difference::Unjudged(came) => ("wrong type", "where", came),
        Difference::NeverCame(column) => ("never came", column.name, ""),
        _ => ("", "", ""),
    }
}

/// What a source chose, without what would move a terminal's cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn advice(resource: &Resource, difference: &Difference) -> String {
    match difference {
        Difference::NewField(Some(_)) => "add a field, or put it into `example`".to_owned(),
        Difference::NewField(None) | Difference::NewValue(_, None) => {
            "more than are told apart: see to the others first".to_owned()
        }
        Difference::NewValue(column, Some(_)) => format!("add it to the type `{}`", word(column.ty)),
        Difference::Null(column) => match role(resource, column) {
            Some(role) => format!("name another {role}"),
            None => format!("make it `{}?`", word(column.ty)),
        },
        Difference::WrongType(column, came) => {
            let as_it_comes = match came.as_str() {
                "a boolean" => "boolean",
                "a number" => "number",
                "a number that it cannot hold" => "decimal",
                "text" | "text of another form" => "string",
                _ => "json",
            };
            let null = if column.nullable { "?" } else { "" };
            let type_of = match (column.ty, came.as_str()) {
                (Type::Timestamp(_), "text of another form") => "say its `format`".to_owned(),
                (ty, _) if word(ty) == as_it_comes => "leave it as it is".to_owned(),
                _ => format!("make it `{as_it_comes}{null}`"),
            };
            format!("{type_of}, or make a value of it in `from`")
        }
        Difference::WrongPath(..) => "read it as `json`, or by another path".to_owned(),
        Difference::Unjudged(_) => "let `where` look at something else".to_owned(),
        Difference::NeverCame(_) => "check its `from`, or leave it out".to_owned(),
        _ => String::new(),
    }
}

/// What a column is for, if it cannot be null.
fn role(resource: &Resource, column: &Column) -> Option<&'static str> {
    let row = &resource.row;
    let is = |at: u16| row.columns.get(usize::from(at)).is_some_and(|known| known.name == column.name);
    if row.key.iter().any(|at| is(*at)) {
        return Some("`key`");
    }
    row.time.filter(|at| is(*at)).map(|_| "field as its time")
}

/// A type as a spec names it.
fn word(ty: Type) -> &'static str {
    match ty {
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Decimal => "decimal",
        Type::Boolean => "boolean",
        Type::Timestamp(_) => "timestamp",
        Type::Date => "date",
        Type::Json => "json",
        Type::List => "list of string",
        Type::Enum { name, .. } => name,
    }
}

fn never_null(seen: &Seen) -> Vec<&'static str> {
    let never_null = |finding: &Finding| match &finding.difference {
        Difference::NeverNull(column) => Some(column.name),
        _ => None,
    };
    seen.findings.iter().filter_map(never_null).collect()
}

/// Columns that had no value, in so few rows that it says little.
fn none_yet(seen: &Seen) -> Vec<&'static str> {
    let none_yet = |finding: &Finding| match &finding.difference {
        Difference::NeverCame(column) if !finding.is_drift() => Some(column.name),
        _ => None,
    };
    seen.findings.iter().filter_map(none_yet).collect()
}

fn as_json(connector: &Connector, all: &[Seen]) -> Value {
    let resource = |seen: &Seen| {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let findings: Vec<_> = seen.drift().map(|finding| of_finding(seen.resource, finding)).collect();
        json!({
            "records": seen.rows + seen.set_aside,
            "set_aside": seen.set_aside,
            "syncs": seen.syncs,
            "since": text(seen.between.map(|(since, _)| since)),
            "last_at": text(seen.between.map(|(_, last)| last)),
            "findings": findings,
            "no_value_yet": none_yet(seen),
            "never_null": never_null(seen),
        })
    };
    let resources: serde_json::Map<_, _> =
        all.iter().map(|seen| (seen.resource.name.to_owned(), resource(seen))).collect();
    json!({ "connector": connector.name, "drift": differences(all) > 0, "resources": resources })
}

fn of_finding(resource: &Resource, finding: &Finding) -> Value {
    let mut object = match &finding.difference {
        Difference::NewField(field) => json!({ "kind": "new_field", "field": field }),
        Difference::NewValue(column, value) => json!({ "kind": "new_value", "column": column.name, "value": value }),
        Difference::Null(column) => json!({ "kind": "null", "column": column.name }),
        Difference::WrongType(column, came) => json!({ "kind": "wrong_type", "column": column.name, "came": came }),
        Difference::WrongPath(key, came) => json!({ "kind": "wrong_path", "key": key, "came": came }),
        Difference::Unjudged(came) => json!({ "kind": "unjudged", "came": came }),
        Difference::NeverCame(column) => json!({ "kind": "never_came", "column": column.name }),
        _ => json!({}),
    };
    if let Some(object) = object.as_object_mut() {
        object.insert("count".to_owned(), finding.count.into());
        object.insert("first_at".to_owned(), finding.first_at.to_string().into());
        object.insert("last_at".to_owned(), finding.last_at.to_string().into());
        object.insert("help".to_owned(), advice(resource, &finding.difference).into());
    }
    object
}
