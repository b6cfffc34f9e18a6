//! What the fields of a metric or distribution are for, and whether its windows can be replaced as wholes.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::Scope;
use crate::keys::INCREMENTAL;
use crate::model::{Each, EachOf, Expr, Field, Incremental, Row, Series, Shape, Type};
use crate::shape::{Entries, Entry};
use crate::suggest::listed;
use crate::yaml::Kind;

use super::{row, target};

/// Reads which fields tell rows apart and which are their numbers. What is missing is told elsewhere.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    shape: Shape,
    fields: &[Field],
    scope: Scope<'_>,
) -> Series {
    let mut roles = Roles { resource, fields, taken: Vec::new() };
    let entry = |key: &str, whose: Shape| resource.get(key).filter(|_| shape == whose);
    let dimensions = resource.get("dimensions").map(|entry| roles.several(ledger, &entry, Role::Name));
    let bucket = entry("bucket", Shape::Distribution).and_then(|entry| roles.one(ledger, &entry, Role::Name));
    let values = entry("value", Shape::Metric).map(|entry| match entry.value.kind {
        Kind::Sequence(_) => roles.several(ledger, &entry, Role::Number),
        _ => roles.one(ledger, &entry, Role::Number).into_iter().collect(),
    });
    let count = entry("count", Shape::Distribution).and_then(|entry| roles.one(ledger, &entry, Role::Count));
    let end = resource.get("end_at");
    let period_millis = resource.get("period").and_then(|entry| {
        let millis = entry.duration(ledger)?;
        target::positive(ledger, &entry, millis).then_some(millis)
    });
    if let (Some(end), Some(period)) = (&end, resource.key("period")) {
        let title = format!("`end_at` and `period` do not go together in {}", resource.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &period, "both say where a span ends")
                .label(&end.key, "so does this")
                .help("write `period` where all spans are as long, and `end_at` where they are not"),
        );
    }
    if let (Some(period), None) = (resource.key("period"), resource.key("start_at")) {
        let title = format!("`period` of {} needs `start_at`", resource.what);
        ledger.push(Diagnostic::error(Code::WINDOW_NEEDED, title, &period, "from when on?"));
    }
    Series {
        end: end.and_then(|end| row::moment_of(ledger, &end, resource, false, scope)),
        period_millis,
        dimensions: dimensions.unwrap_or_default(),
        values: values.unwrap_or_default().into_iter().chain(count).collect(),
        bucket,
        parent: None,
    }
}

/// What a field that is named is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A part of what tells rows apart.
    Name,
    /// A number, or none.
    Number,
    /// A number.
    Count,
}

/// The fields that have been named.
struct Roles<'a> {
    resource: &'a Entries<'a>,
    fields: &'a [Field],
    taken: Vec<(String, Range<usize>)>,
}

impl Roles<'_> {
    fn several(&mut self, ledger: &mut Ledger<'_>, entry: &Entry<'_>, role: Role) -> Vec<String> {
        if matches!(&entry.value.kind, Kind::Sequence(items) if items.is_empty()) {
            let title = format!("{} is empty", entry.what());
            ledger.push(Diagnostic::error(Code::EMPTY, title, &entry.value.range, "the name of a field is needed"));
        }
        let texts = entry.texts(ledger);
        texts.into_iter().filter_map(|(name, range)| self.field(ledger, entry, name, &range, role)).collect()
    }

    fn one(&mut self, ledger: &mut Ledger<'_>, entry: &Entry<'_>, role: Role) -> Option<String> {
        let name = entry.text(ledger)?;
        self.field(ledger, entry, name, &entry.value.range, role)
    }

    /// The field of that name, if it can be what it is to be.
    fn field(
        &mut self,
        ledger: &mut Ledger<'_>,
        entry: &Entry<'_>,
        name: String,
        range: &Range<usize>,
        role: Role,
    ) -> Option<String> {
        let key = self.resource.key("fields");
        let Some(field) = self.fields.iter().find(|field| field.name == name) else {
            // Of a field that is itself wrong nothing is known.
            let written = self.resource.get("fields").is_some_and(|fields| has(&fields, &name));
            let known = || self.fields.iter().map(|field| field.name.as_str());
            if !written && key.is_some() {
                let title = format!("`{name}` in {} is not one of its fields", entry.what());
                let diagnostic = Diagnostic::error(Code::UNKNOWN_FIELD, title, range, "no such field");
                ledger.push(match ledger.nearest(&name, known()) {
                    Some(meant) => diagnostic.did_you_mean(range, meant),
                    None => diagnostic.help(format!("its fields are {}", listed(known()))),
                });
            }
            return None;
        };
        if let Some((_, first)) = self.taken.iter().find(|(taken, _)| *taken == name) {
            let title = format!("field `{name}` is named twice in {}", self.resource.what);
            ledger
                .push(Diagnostic::error(Code::FIELD_TWICE, title, range, "here again").label(first, "it stands here"));
            return None;
        }
        self.taken.push((name.clone(), range.clone()));
        let is_number = matches!(field.ty, Type::Integer | Type::Number | Type::Decimal);
        let title = format!("field `{name}` cannot be {}", entry.what());
        match role {
            Role::Name if matches!(field.ty, Type::Json | Type::List) => {
                let label = "it has to be a single value";
                ledger.push(Diagnostic::error(Code::OPERAND_TYPE, title, range, label));
                return None;
            }
            Role::Number | Role::Count if !is_number => {
                let label = "it is no number";
                let help = "give the field `type: integer`, `number` or `decimal`";
                ledger.push(Diagnostic::error(Code::OPERAND_TYPE, title, range, label).help(help));
                return None;
            }
            Role::Name | Role::Count if field.nullable => {
                let label = "it can be null";
                let help = "take the `?` out of its type; `from: … ?? \"none\"` gives what is null a name";
                ledger.push(Diagnostic::error(Code::MAY_BE_NULL, title, range, label).help(help));
                return None;
            }
            _ => {}
        }
        Some(name)
    }
}

fn has(fields: &Entry<'_>, name: &str) -> bool {
    let Kind::Mapping(pairs) = &fields.value.kind else { return false };
    pairs.iter().any(|(key, _)| key.scalar().is_some_and(|scalar| scalar.text == name))
}

/// Looks at a series together with what its resource is read for and how: rows of several parents must be told apart,
/// and a window that is read again is replaced as a whole, so it has to be known where it begins.
pub(super) fn settle(
    ledger: &mut Ledger<'_>,
    resource: &Entries<'_>,
    mut row: Row,
    for_each: &[Each],
    incremental: Option<&Incremental>,
) -> Row {
    let shape = row.shape;
    let Some(series) = &mut row.series else { return row };
    let this = row::with_article(shape);
    if let (Some(key), false) = (resource.key("for_each"), for_each.is_empty()) {
        series.parent = told_by_parent(series, &row.fields, for_each);
        if series.parent.is_none() {
            parents_mixed(ledger, resource, this.as_str(), &key, for_each);
        }
    }
    let Some(entry) = resource.get("incremental") else { return row };
    let Some(entries) = entries(&entry) else { return row };
    let has = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, range)| range.clone());
    for key in ["continue", "feed"] {
        let Some(range) = has(key) else { continue };
        let title = format!("`{key}` does not go with {this} in {}", resource.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "behind the last record nothing is corrected")
                .help("read it by a `window`: what is read again replaces what was there"),
        );
    }
    if has("window").is_some() && has("lookback").is_none() {
        let title = format!("`lookback` is missing in `incremental` of {}", resource.what);
        let doc = INCREMENTAL.key("lookback").map_or("", |key| key.doc);
        ledger.push(
            Diagnostic::error(Code::MISSING_KEY, title, &entry.key, format!("{this} needs it"))
                .help(format!("`lookback`: {doc} What is older is never replaced")),
        );
    }
    let most = incremental.and_then(|incremental| incremental.window.as_ref()).and_then(|window| {
        let unit = window.format.granularity_millis();
        // Both ends are rounded outwards.
        Some(window.at_most_millis? - if unit > 1 { 2 * unit } else { 1 })
    });
    if let (Some(most), Some(period), Some(window), Some(key)) =
        (most, series.period_millis, has("window"), resource.key("period"))
        && most < period
    {
        let title = format!("a window of {} does not hold a whole period", resource.what);
        ledger.push(
            Diagnostic::error(Code::PERIOD_CUT, title, &window, "its `at_most` is too short")
                .label(&key, "windows are cut between two of these")
                .help("make `at_most` longer than `period`: the ends of a window are rounded outwards"),
        );
    }
    row
}

/// The dimension that is what the list is read for: the id of a row, or a value. What is replaced at once is that of one of
/// them, so there is one name.
fn told_by_parent(series: &Series, fields: &[Field], for_each: &[Each]) -> Option<String> {
    let [each] = for_each else { return None };
    let column = match &each.of {
        EachOf::Rows { resources, .. } if resources.len() == 1 => Some("id".to_owned()),
        EachOf::Rows { .. } => return None,
        EachOf::Values(_) | EachOf::Setting(_) => None,
    };
    let given = Expr::Given { name: each.name.clone(), column };
    let is_it = |name: &&String| fields.iter().any(|field| field.name == **name && field.from == given);
    series.dimensions.iter().find(is_it).cloned()
}

fn parents_mixed(ledger: &mut Ledger<'_>, resource: &Entries<'_>, this: &str, key: &Range<usize>, for_each: &[Each]) {
    let (what, help) = match for_each {
        [Each { name, of: EachOf::Rows { resources, .. } }] if resources.len() == 1 => (
            format!("row of `{}`", resources.concat()),
            format!("name a field in `dimensions` that is `{name}.id`: `{name}: {{ type: string, from: {name}.id }}`"),
        ),
        [Each { name, of: EachOf::Values(_) | EachOf::Setting(_) }] => (
            format!("`{name}`"),
            format!("name a field in `dimensions` that is `{name}`: `{name}: {{ type: string, from: {name} }}`"),
        ),
        _ => (
            "of several".to_owned(),
            format!(
                "{this} is read for each row of one resource, or for each of some values; make several resources of it"
            ),
        ),
    };
    let title = format!("no dimension of {} says which {what} it is of", resource.what);
    let label = format!("{this} of one would be taken for that of another");
    let mut diagnostic = Diagnostic::error(Code::PARENTS_MIXED, title, key, label);
    if let Some(dimensions) = resource.key("dimensions") {
        diagnostic = diagnostic.label(&dimensions, "its dimensions");
    }
    ledger.push(diagnostic.help(help));
}

/// The keys of a mapping and where they stand.
fn entries(entry: &Entry<'_>) -> Option<Vec<(String, Range<usize>)>> {
    let Kind::Mapping(pairs) = &entry.value.kind else { return None };
    Some(pairs.iter().filter_map(|(key, _)| Some((key.scalar()?.text.clone(), key.range.clone()))).collect())
}
