//! The row that a record comes to which stands in no answer, such as the example of a spec: for documentation, where there is
//! neither a source nor anything configured.

use tapwright_plan::{Column, Connector, Decode, Each, Expr, Node, Resource};

use crate::decode::{Decoder, Found};
use crate::eval::{MadeFor, each_slot};
use crate::parents::column;
use crate::settings::{SettingRef, Settings};
use crate::value::{Batch, Value};

/// Resources are read for each other's rows so deep at most.
const MOST_LEVELS: usize = 32;

/// A row that was made of a record alone.
#[derive(Debug)]
pub struct Sample {
    row: Batch,
    unknown: Vec<bool>,
}

impl Sample {
    /// What the engine makes of `record`, which is JSON, as one of a resource. Settings have their defaults; what the
    /// resource is read for is the sample of its parent, or the first of its values. `example` gives a parent's record.
    ///
    /// None when the record is no JSON, or not of the form that the resource's fields need.
    #[must_use]
    pub fn of(
        connector: &'static Connector,
        resource: &'static Resource,
        record: &str,
        example: &dyn Fn(&'static str) -> Option<String>,
    ) -> Option<Sample> {
        sample(connector, resource, record.to_owned(), example, MOST_LEVELS)
    }

    /// The columns, and what stands in them; none where the record alone does not say.
    pub fn values(&self) -> impl Iterator<Item = (&'static Column, Option<Value<'_>>)> {
        let columns = self.row.plan().columns.iter().zip(&self.unknown).enumerate();
        columns.map(|(at, (column, unknown))| {
            let row = self.row.row(0).filter(|_| !unknown);
            (column, row.map(|row| row.get(at)))
        })
    }
}

fn sample(
    connector: &'static Connector,
    resource: &'static Resource,
    record: String,
    example: &dyn Fn(&'static str) -> Option<String>,
    levels: usize,
) -> Option<Sample> {
    let settings = Settings::defaults(connector);
    let given = given(connector, resource, &settings, example, levels);
    let made = MadeFor { given, ..MadeFor::ALL };
    let hidden = around(&resource.decode);
    let unknown = |column: &'static Column| {
        let mut found = false;
        each_slot(&column.from, &mut |slot| found |= hidden.contains(&slot));
        found || speaks_of_unset(&column.from, &settings, &made)
    };
    let (row, mapped) = Decoder::new(resource, settings.clone()).alone(record, &made)?;
    let columns = resource.row.columns;
    let unknown: Vec<bool> = columns.iter().zip(mapped).map(|(column, mapped)| !mapped || unknown(column)).collect();
    // Of a metric or distribution the `id` is made of other columns.
    let told =
        resource.row.shape.series().is_some_and(|series| {
            series.told_by.iter().any(|at| unknown.get(usize::from(*at)).copied().unwrap_or(true))
        });
    let unknown = unknown.iter().enumerate().map(|(at, unknown)| *unknown || at == 0 && told).collect();
    Some(Sample { row, unknown })
}

/// The slots that are filled by what a record stands in.
fn around(decode: &Decode) -> Vec<u16> {
    fn slots(node: &Node, found: &mut Vec<u16>) {
        found.extend(node.slot);
        node.fields.iter().for_each(|field| slots(&field.node, found));
        node.each.iter().for_each(|node| slots(node, found));
    }
    let mut found: Vec<u16> = decode.entry_key.into_iter().collect();
    decode.above.iter().for_each(|above| slots(above, &mut found));
    found
}

/// What the resource speaks of, in the plan's order; null where it is not known.
fn given(
    connector: &'static Connector,
    resource: &'static Resource,
    settings: &Settings,
    example: &dyn Fn(&'static str) -> Option<String>,
    levels: usize,
) -> Vec<Found<'static>> {
    let mut given = vec![Found::Null; resource.given.len()];
    for (at, each) in resource.for_each.iter().enumerate() {
        let mut places = given.iter_mut().zip(resource.given).filter(|(_, of)| usize::from(**of) == at);
        let values: Vec<Found<'static>> = match each {
            Each::Values(values) => values.first().map(|text| Found::Text((*text).into())).into_iter().collect(),
            Each::Setting(at) => match settings.get(*at) {
                SettingRef::List([first, ..]) => vec![Found::Text(first.clone().into())],
                _ => Vec::new(),
            },
            Each::Rows { parents, .. } => {
                let parent = parents.first();
                let sampled = parent.and_then(|parent| {
                    let of = connector.resources.get(usize::from(parent.resource))?;
                    let levels = levels.checked_sub(1)?;
                    Some((parent.columns, sample(connector, of, example(of.name)?, example, levels)?))
                });
                let found = |(columns, sample): (&[u16], Sample)| {
                    let known = |at: &u16| !sample.unknown.get(usize::from(*at)).copied().unwrap_or(true);
                    let row = sample.row.row(0);
                    let value = |at: &u16| row.filter(|_| known(at)).map_or(Found::Null, |row| column(&row, *at));
                    columns.iter().map(value).collect()
                };
                sampled.map(found).unwrap_or_default()
            }
        };
        for value in values {
            if let Some((place, _)) = places.next() {
                *place = value;
            }
        }
    }
    given
}

/// Whether an expression speaks of a setting without a default, or of something of a parent that is not known.
fn speaks_of_unset(expr: &'static Expr, settings: &Settings, made: &MadeFor) -> bool {
    let any = |parts: &'static [Expr]| parts.iter().any(|part| speaks_of_unset(part, settings, made));
    match expr {
        Expr::Setting(at) => matches!(settings.get(*at), SettingRef::Unset),
        Expr::Given(at) => made.given.get(usize::from(*at)).is_none_or(Found::is_null),
        Expr::FirstOf(parts) | Expr::Concat(parts) | Expr::Call(_, parts) => any(parts),
        Expr::If(parts) => any(parts.as_slice()),
        Expr::Let(parts) | Expr::Over(_, parts) => any(parts.as_slice()),
        Expr::Items(array) => speaks_of_unset(array, settings, made),
        Expr::Null
        | Expr::Bool(_)
        | Expr::Integer(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Slot(_)
        | Expr::Window(_)
        | Expr::Local(..) => false,
    }
}
