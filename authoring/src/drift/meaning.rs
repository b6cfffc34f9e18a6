//! What a change means for the rows of a resource.

use tapwright_model::{Connector, Resource, Type};
use tapwright_openapi::{Change, ChangeKind, Scope};

use super::reads::{self, Use};
use super::takes::unfit;
use super::{Finding, endpoint, sizes};

/// A change of what a resource reads or asks, with what it means.
pub(super) fn finding(connector: &Connector, resource: &Resource, change: Change) -> Finding {
    let reads = reads::reads(resource);
    let uses: Vec<&Use<'_>> = if change.scope == Scope::Record {
        // What a column reads as a whole is read with all that is in it.
        let within = |path: &str| {
            path == change.field
                || change.field.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']) && !path.is_empty())
        };
        reads.iter().filter(|(path, _)| within(path)).flat_map(|(_, uses)| uses).collect()
    } else {
        Vec::new()
    };
    let mut columns: Vec<String> = uses.iter().map(|used| used.column.to_owned()).collect();
    columns.sort();
    columns.dedup();
    let means = means(connector, resource, &change, &uses);
    Finding { resource: resource.name.clone(), endpoint: endpoint(resource), change, columns, means }
}

fn means(connector: &Connector, resource: &Resource, change: &Change, uses: &[&Use<'_>]) -> String {
    match change.scope {
        Scope::Api => "nothing".to_owned(),
        Scope::Operation => of_operation(change.kind).to_owned(),
        Scope::Parameter => of_parameter(connector, resource, change),
        Scope::Answer => "it says how the list goes on: without it the first page would be taken for all".to_owned(),
        Scope::Record => of_record(change, uses, gone_by(resource, change)),
    }
}

fn of_operation(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::OperationRemoved => "the resource cannot be read any more, if the document is right",
        ChangeKind::OperationAdded => "the document describes it now",
        ChangeKind::Deprecated => "it is read as before, and may go away",
        _ => "nothing",
    }
}

/// What goes by a field that has changed, if that is no column: in words.
fn gone_by(resource: &Resource, change: &Change) -> Option<&'static str> {
    use ChangeKind::{
        BecameNullable, BecameOptional, EnumValueAdded, EnumValueRemoved, FieldRemoved, FormatChanged, TypeChanged,
    };
    let tells = matches!(
        change.kind,
        FieldRemoved
            | TypeChanged
            | FormatChanged
            | BecameNullable
            | BecameOptional
            | EnumValueAdded
            | EnumValueRemoved
    );
    let by = reads::goes_by(resource).into_iter().find(|(path, ..)| tells && *path == change.field);
    by.map(|(_, _, says)| says)
}

fn of_parameter(connector: &Connector, resource: &Resource, change: &Change) -> String {
    if let (ChangeKind::MaximumExceeded | ChangeKind::MaximumChanged, Some((_, size))) =
        (change.kind, sizes::asked(resource))
    {
        return match change.kind {
            ChangeKind::MaximumExceeded => format!(
                "requests ask for {size} records, which may be refused, or answered with fewer: give `size` that value"
            ),
            _ => format!("nothing: requests ask for {size} records"),
        };
    }
    let asked = reads::sent(connector, resource);
    // What changed may be within what is sent: an item of it, or a key.
    let within = |name: &str| change.field.strip_prefix(name).is_some_and(|rest| rest.starts_with(['[', '.']));
    // A header has the same name in any case.
    let field = if change.field.starts_with("header.") { change.field.to_lowercase() } else { change.field.clone() };
    let sent = asked.get(&field).or_else(|| asked.iter().find(|(name, _)| within(name)).map(|(_, sent)| sent));
    let Some(values) = sent else {
        let required = change.kind == ChangeKind::BecameRequired || change.detail.ends_with("required");
        let top = !change.field.contains('[');
        return if required && top && !matches!(change.kind, ChangeKind::FieldRemoved) {
            "requests do not send it, and will be refused".to_owned()
        } else {
            "nothing: the spec does not send it".to_owned()
        };
    };
    let sent = |value: &String| values.contains(value);
    match change.kind {
        ChangeKind::FieldRemoved => "requests still send it: it may be ignored, or refused".to_owned(),
        ChangeKind::EnumValueRemoved if sent(&change.detail) => {
            "requests send this value, which may be refused".to_owned()
        }
        ChangeKind::TypeChanged => "requests send it as before, which may be refused".to_owned(),
        ChangeKind::Deprecated => "requests send it; it may go away".to_owned(),
        _ => "nothing: what is sent still fits".to_owned(),
    }
}

fn of_record(change: &Change, uses: &[&Use<'_>], gone_by: Option<&str>) -> String {
    match (gone_by, of_columns(change, uses)) {
        (None, means) => means,
        (Some(by), _) if uses.is_empty() => by.to_owned(),
        (Some(by), means) => format!("{means}; {by}"),
    }
}

fn of_columns(change: &Change, uses: &[&Use<'_>]) -> String {
    use ChangeKind::{
        BecameNonNullable, BecameNullable, BecameOptional, BecameRequired, Deprecated, EnumDropped, EnumIntroduced,
        EnumValueAdded, EnumValueRemoved, EventTypeAdded, EventTypeRemoved, FieldAdded, FieldRemoved, FormatChanged,
        TypeChanged, Undeprecated,
    };
    let columns = || {
        let mut names: Vec<String> = uses.iter().map(|used| format!("`{}`", used.column)).collect();
        names.sort();
        names.dedup();
        names.join(", ")
    };
    let (one, verb) = (uses.len() == 1, if uses.len() == 1 { "is" } else { "are" });
    let strict = uses.iter().any(|used| !used.nullable && used.how.needs());
    let is_enum = uses.iter().any(|used| matches!(used.ty, Type::Enum(_)));
    let lists = |value: &str| {
        uses.iter().any(|used| matches!(&used.ty, Type::Enum(known) if known.values.iter().any(|known| known == value)))
    };
    let kind = change.of.first().map_or("", String::as_str);
    let fits = change.detail.split_once(" -> ").is_some_and(|(_, now)| {
        change.kind == TypeChanged && uses.iter().all(|used| unfit(&used.ty, &change.field, now).is_none())
    });
    match change.kind {
        EventTypeAdded if lists(kind) => "nothing: the spec lists it already".to_owned(),
        EventTypeRemoved if is_enum && !lists(kind) => "nothing: the spec does not list it".to_owned(),
        EnumValueAdded if lists(&change.detail) => "nothing: the spec lists it already".to_owned(),
        EnumValueRemoved if is_enum && !lists(&change.detail) => "nothing: the spec does not list it".to_owned(),
        TypeChanged if fits && !uses.is_empty() => format!("nothing: {} {verb} what it is now", columns()),
        FieldAdded => "no column reads it; rows stay as they are".to_owned(),
        EventTypeAdded => "such events are kept, and counted as new values until the spec lists them".to_owned(),
        EventTypeRemoved => "no more such events will come; the rows stay".to_owned(),
        _ if uses.is_empty() => "nothing: no column reads it".to_owned(),
        FieldRemoved | BecameNullable | BecameOptional if strict => {
            format!("{} cannot be null: records without it will be set aside", columns())
        }
        FieldRemoved => format!("{} will be null in new rows", columns()),
        BecameNullable | BecameOptional => format!("{} may be null, as the spec says", columns()),
        TypeChanged | FormatChanged => {
            format!("{} {verb} read as before: records whose value does not fit will be set aside", columns())
        }
        EnumValueAdded | EnumIntroduced | EnumDropped if is_enum => {
            format!(
                "{} {} new values, counted until the spec lists them",
                columns(),
                if one { "keeps" } else { "keep" }
            )
        }
        EnumValueRemoved if is_enum => format!("{} will not have it any more; the rows that have it stay", columns()),
        Deprecated => format!("{} {verb} read as before, and may go away", columns()),
        EnumValueAdded | EnumIntroduced | EnumDropped | EnumValueRemoved | BecameNonNullable | BecameRequired
        | Undeprecated => "nothing: what comes still fits".to_owned(),
        ChangeKind::OperationAdded
        | ChangeKind::OperationRemoved
        | ChangeKind::MaximumChanged
        | ChangeKind::MaximumExceeded
        | ChangeKind::ServerRemoved
        | ChangeKind::ServersChanged => String::new(),
    }
}
