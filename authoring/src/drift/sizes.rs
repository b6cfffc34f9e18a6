//! How many records a page may have, held against how many a spec asks for.

use tapwright_model::{Resource, Target};
use tapwright_openapi::{Change, ChangeKind, In, Operation, Scope, Shape};

/// What a resource asks for: how many records, and the name of what says so.
pub(super) fn asked(resource: &Resource) -> Option<(String, u32)> {
    let size = resource.paging.as_ref()?.size.as_ref()?;
    Some((name(&size.to), size.value))
}

/// A document that allows less than is asked for.
pub(super) fn against(resource: &Resource, operation: &Operation<'_>) -> Option<Change> {
    let (field, value) = asked(resource)?;
    let most = most(resource, operation)?;
    let detail = format!("{value} -> {}", written(Some(most)));
    (most < f64::from(value)).then(|| Change::new(Scope::Parameter, &field, ChangeKind::MaximumExceeded, detail))
}

/// Two documents that allow more or less, whatever is asked for.
pub(super) fn between(resource: &Resource, old: &Operation<'_>, new: &Operation<'_>) -> Option<Change> {
    let (field, value) = asked(resource)?;
    let (before, after) = (most(resource, old), most(resource, new));
    if before == after {
        return None;
    }
    let too_many = |most: f64| most < f64::from(value);
    let kind = match after.is_some_and(too_many) {
        true => ChangeKind::MaximumExceeded,
        false => ChangeKind::MaximumChanged,
    };
    let detail = format!("{} -> {}", written(before), written(after));
    Some(Change::new(Scope::Parameter, &field, kind, detail))
}

fn name(target: &Target) -> String {
    match target {
        Target::Query(name) | Target::Header(name) => name.clone(),
        Target::Body(keys) => keys.join("."),
    }
}

/// The greatest number that a document allows there.
fn most(resource: &Resource, operation: &Operation<'_>) -> Option<f64> {
    let parameter = |place: In, name: &str| {
        let parameters = operation.parameters();
        let found = parameters.into_iter().find(|parameter| parameter.place == place && parameter.name == name);
        found.and_then(|parameter| parameter.shape.maximum)
    };
    match &resource.paging.as_ref()?.size.as_ref()?.to {
        Target::Query(name) => parameter(In::Query, name),
        Target::Header(name) => parameter(In::Header, name),
        Target::Body(keys) => {
            let within = |shape: Shape, key: &String| shape.property(key).map(|property| property.shape.clone());
            keys.iter().try_fold(operation.request()?, within)?.maximum
        }
    }
}

fn written(most: Option<f64>) -> String {
    most.map_or_else(|| "no maximum".to_owned(), |most| most.to_string())
}
