//! What several resources have in common and is written once: paginators, and the types of texts.

use std::collections::BTreeMap;

use tapwright_spec::names::upper_camel;

use super::fields::Type;
use super::names::{Taken, singular, snaked, type_name};
use super::paging::Paging;
use super::resource::Resource;
use crate::yaml::{Map, Value};

/// The paginators of all resources.
#[derive(Debug, Default)]
pub(super) struct Paginators(Vec<Paginator>);

#[derive(Debug)]
struct Paginator {
    name: String,
    of: Paging,
    /// How many resources ask for so many records.
    sizes: BTreeMap<i64, usize>,
}

impl Paginators {
    pub(super) fn of(resources: &[Resource<'_, '_>]) -> Paginators {
        let mut taken = Taken::with(&["none"]);
        let mut all = Paginators::default();
        for paging in resources.iter().filter_map(|resource| resource.paging.as_ref().ok()?.as_ref()) {
            let at = all.0.iter().position(|known| is_alike(&known.of, paging));
            if at.is_none() {
                let name = taken.take(std::slice::from_ref(&paging.name));
                all.0.push(Paginator { name, of: paging.clone(), sizes: BTreeMap::new() });
            }
            let at = at.unwrap_or(all.0.len() - 1);
            if let (Some(known), Some((_, size))) = (all.0.get_mut(at), &paging.size) {
                *known.sizes.entry(*size).or_default() += 1;
            }
        }
        all
    }

    /// What a resource says of its paging.
    pub(super) fn named(&self, paging: &Paging) -> Option<Value> {
        let known = self.0.iter().find(|known| is_alike(&known.of, paging))?;
        let size = paging.size.as_ref().map(|(_, size)| *size);
        Some(match size {
            Some(size) if size != known.usual() => {
                [("use", known.name.as_str().into()), ("size", Value::from(size))].into()
            }
            _ => known.name.as_str().into(),
        })
    }

    /// `paging`.
    pub(super) fn value(&self) -> Option<Map> {
        let mut map = Map::open();
        for known in &self.0 {
            let mut keys = known.of.value(known.usual());
            keys.open = keys.entries.len() > 1;
            map.put(&known.name, keys);
        }
        (!map.entries.is_empty()).then_some(map)
    }
}

impl Paginator {
    /// The page size that most resources ask for.
    fn usual(&self) -> i64 {
        self.sizes.iter().max_by_key(|(size, count)| (**count, **size)).map_or(100, |(size, _)| *size)
    }
}

fn is_alike(one: &Paging, other: &Paging) -> bool {
    let target = |paging: &Paging| paging.size.as_ref().map(|(target, _)| target.clone());
    one.keys == other.keys && target(one) == target(other)
}

/// The row that a type is a field of, and the field.
type Use = (String, String);

/// The types of all resources: one for each list of values.
#[derive(Debug, Default)]
pub(super) struct Types(Vec<(String, Vec<String>)>);

impl Types {
    /// Names the types; `rows` are the names that rows have in Rust.
    pub(super) fn of(resources: &[Resource<'_, '_>], rows: &[String]) -> Types {
        let mut uses: Vec<(&[String], Vec<Use>)> = Vec::new();
        for resource in resources {
            for field in &resource.fields {
                let Type::Named(values) = &field.ty else { continue };
                let of = (singular(&resource.name), snaked(&field.name));
                match uses.iter_mut().find(|(known, _)| *known == values) {
                    Some((_, known)) => known.push(of),
                    None => uses.push((values, vec![of])),
                }
            }
        }
        let mut taken = Taken::with(&["Config", "ConfigBuilder", "Connector", "Hooks"]);
        rows.iter().for_each(|row| taken.mark(row));
        let mut types = Types::default();
        for (values, of) in uses {
            let Some((one, field)) = of.first() else { continue };
            let last = one.rsplit('_').next().unwrap_or(one);
            let same = of.iter().all(|(_, other)| other == field);
            let begins = field.starts_with(one.as_str()) || field.starts_with(&format!("{last}_"));
            let alone = type_name(field);
            // `event` of an event is what kind of event it is.
            let of_what = if field == last { "type" } else { field.as_str() };
            let whole = type_name(&format!("{one}_{of_what}"));
            // `Type` and `State` say little alone.
            let telling = begins || (of.len() > 1 && same && field.contains('_'));
            let candidates =
                if telling { vec![alone, whole] } else { vec![whole, upper_camel(&format!("{one}_{field}_value"))] };
            types.0.push((taken.take(&candidates), values.to_vec()));
        }
        types
    }

    /// The name of the type with these values.
    pub(super) fn named(&self, values: &[String]) -> Option<String> {
        self.0.iter().find(|(_, known)| known == values).map(|(name, _)| name.clone())
    }

    /// `types`.
    pub(super) fn value(&self) -> Option<Map> {
        let mut map = Map::open();
        for (name, values) in &self.0 {
            map.put(name, Value::List(values.iter().map(|value| Value::Text(value.clone())).collect()));
        }
        (!map.entries.is_empty()).then_some(map)
    }
}
