//! Two documents held against each other, for the resources of a spec.

use tapwright_model::Connector;
use tapwright_openapi::{Change, ChangeKind, Document, Operation, Scope, compare};

use super::meaning::finding;
use super::{Drift, endpoint, operation, reads, servers, sizes};

/// What changed from one document to another of what a connector's resources ask and read.
#[must_use]
pub fn between(connector: &Connector, old: &Document, new: &Document) -> Drift {
    let mut drift = Drift::default();
    drift.findings.extend(servers::between(connector, old, new));
    for resource in &connector.resources {
        let (before, after) = (operation(connector, resource, old), operation(connector, resource, new));
        let changes = match (before, after) {
            (Some(before), Some(after)) => {
                let mut changes = compare(
                    &before,
                    &after,
                    |answer| reads::record(resource, answer),
                    |by, value| reads::keeps(resource, by, value),
                );
                changes.extend(sizes::between(resource, &before, &after));
                let facts = |operation: &Operation<'_>| operation.response().map(|answer| answer.facts());
                let (before, after) = (facts(&before).unwrap_or_default(), facts(&after).unwrap_or_default());
                let is_gone = |path: &String| before.contains_key(path) && !after.contains_key(path);
                let gone = reads::leads_on(resource).into_iter().filter(is_gone);
                changes.extend(gone.map(|path| Change::new(Scope::Answer, &path, ChangeKind::FieldRemoved, "")));
                changes
            }
            (Some(_), None) => vec![Change::new(Scope::Operation, "", ChangeKind::OperationRemoved, "")],
            (None, Some(_)) => vec![Change::new(Scope::Operation, "", ChangeKind::OperationAdded, "")],
            (None, None) => {
                let why = format!("neither document has {}", endpoint(resource));
                drift.skipped.push((resource.name.clone(), why));
                continue;
            }
        };
        drift.findings.extend(changes.into_iter().map(|change| finding(connector, resource, change)));
    }
    drift
}
