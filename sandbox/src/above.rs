//! What a list is there once for each of: the rows of other lists, values, and their combinations. Each has a number, by
//! which its records are spread and kept. It must not know what a request says of it.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tapwright_spec::model::{Connector, EachOf, Resource};

use crate::id::Ids;

/// The first number of those that are not computed.
const PUT_IN: u64 = 1 << 62;

/// What a list is there once for each of.
#[derive(Debug, Default)]
pub(crate) struct Above {
    pub(crate) parts: Vec<Part>,
    /// The combinations with something in them that was put in by hand, by their numbers.
    put_in: Mutex<Vec<Vec<Pick>>>,
}

/// One part of a combination.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// What the spec calls it.
    pub(crate) name: String,
    pub(crate) of: Kind,
}

/// What there is to choose from.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Rows(Vec<Members>),
    Values(Vec<String>),
}

/// The rows of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members {
    /// The number of the list.
    pub(crate) list: usize,
    first: u64,
    count: u64,
}

/// One of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    Row { list: usize, number: u64 },
    Value(usize),
}

impl Above {
    /// What a resource is read for each of; of the lists it is known which computed records they have.
    pub(crate) fn of(
        resource: &Resource,
        connector: &Connector,
        settings: &[(String, Value)],
        ids: &dyn Fn(usize) -> Option<Ids>,
    ) -> Option<Above> {
        let members = |name: &String| {
            let list = connector.resources.iter().position(|known| known.name == *name)?;
            let ids = ids(list)?;
            Some(Members { list, first: ids.first, count: ids.count })
        };
        let mut parts = Vec::new();
        for each in &resource.for_each {
            let of = match &each.of {
                EachOf::Rows { resources, .. } => {
                    Kind::Rows(resources.iter().map(members).collect::<Option<Vec<_>>>()?)
                }
                EachOf::Values(values) => Kind::Values(values.clone()),
                EachOf::Setting(name) => {
                    let value = settings.iter().find(|(known, _)| known == name).map(|(_, value)| value);
                    let items = value.and_then(Value::as_array).into_iter().flatten();
                    Kind::Values(items.filter_map(Value::as_str).map(str::to_owned).collect())
                }
            };
            parts.push(Part { name: each.name.clone(), of });
        }
        Some(Above { parts, put_in: Mutex::default() })
    }

    /// Whether the list is there once only.
    pub(crate) fn is_nothing(&self) -> bool {
        self.parts.is_empty()
    }

    /// The lists whose rows it is there for.
    pub(crate) fn lists(&self) -> impl Iterator<Item = usize> {
        let members = self.parts.iter().flat_map(|part| match &part.of {
            Kind::Rows(members) => members.as_slice(),
            Kind::Values(_) => &[],
        });
        members.map(|members| members.list)
    }

    /// The only list whose rows it is there for, when there is nothing else.
    fn single(&self) -> Option<Members> {
        match self.parts.as_slice() {
            [Part { of: Kind::Rows(members), .. }] => match members.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number of the first computed combination, and how many there are.
    pub(crate) fn computed(&self) -> (u64, u64) {
        match self.single() {
            Some(members) => (members.first, members.count),
            None => (0, self.parts.iter().map(|part| part.of.count()).product()),
        }
    }

    /// The number of a combination.
    pub(crate) fn number(&self, picks: &[Pick]) -> u64 {
        if let (Some(_), [Pick::Row { number, .. }]) = (self.single(), picks) {
            return *number;
        }
        let places = self.parts.iter().zip(picks).map(|(part, pick)| Some((part.of.place(*pick)?, part.of.count())));
        if let Some(places) = places.collect::<Option<Vec<_>>>() {
            return places.into_iter().fold(0, |number, (place, count)| number * count + place);
        }
        let mut put_in = self.put_in.lock().unwrap_or_else(PoisonError::into_inner);
        let place = put_in.iter().position(|known| known == picks).unwrap_or_else(|| {
            put_in.push(picks.to_vec());
            put_in.len() - 1
        });
        PUT_IN + place as u64
    }

    /// The combination of a number.
    pub(crate) fn picks(&self, mut number: u64) -> Option<Vec<Pick>> {
        if let Some(members) = self.single() {
            return Some(vec![Pick::Row { list: members.list, number }]);
        }
        if let Some(place) = number.checked_sub(PUT_IN) {
            let put_in = self.put_in.lock().unwrap_or_else(PoisonError::into_inner);
            return put_in.get(usize::try_from(place).ok()?).cloned();
        }
        let mut picks = Vec::with_capacity(self.parts.len());
        for part in self.parts.iter().rev() {
            let count = part.of.count();
            picks.push(part.of.pick(number.checked_rem(count)?)?);
            number /= count;
        }
        picks.reverse();
        (number == 0).then_some(picks)
    }
}

impl Kind {
    /// How many there are that are computed.
    fn count(&self) -> u64 {
        match self {
            Kind::Values(values) => values.len() as u64,
            Kind::Rows(members) => members.iter().map(|members| members.count).sum(),
        }
    }

    fn place(&self, pick: Pick) -> Option<u64> {
        match (self, pick) {
            (Kind::Values(_), Pick::Value(place)) => Some(place as u64),
            (Kind::Rows(members), Pick::Row { list, number }) => {
                let mut before = 0;
                for members in members {
                    if members.list == list {
                        return number
                            .checked_sub(members.first)
                            .filter(|at| *at < members.count)
                            .map(|at| before + at);
                    }
                    before += members.count;
                }
                None
            }
            _ => None,
        }
    }

    fn pick(&self, mut place: u64) -> Option<Pick> {
        match self {
            Kind::Values(values) => usize::try_from(place).ok().filter(|place| *place < values.len()).map(Pick::Value),
            Kind::Rows(members) => {
                for members in members {
                    if place < members.count {
                        return Some(Pick::Row { list: members.list, number: members.first + place });
                    }
                    place -= members.count;
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_has_a_number_of_its_own() {
        let members = |list, first, count| Members { list, first, count };
        let part = |name: &str, of| Part { name: name.to_owned(), of };
        let above = Above {
            parts: vec![
                part("owner", Kind::Rows(vec![members(0, 5, 3), members(1, 0, 2)])),
                part("state", Kind::Values(vec!["open".to_owned(), "closed".to_owned()])),
            ],
            put_in: Mutex::default(),
        };
        assert_eq!(above.computed(), (0, 10));
        for number in 0..10 {
            let picks = above.picks(number).unwrap();
            assert_eq!(above.number(&picks), number, "{picks:?}");
        }
        assert_eq!(above.picks(10), None);
        let put_in = [Pick::Row { list: 1, number: 7 }, Pick::Value(1)];
        let number = above.number(&put_in);
        assert_eq!((above.number(&put_in), above.picks(number)), (number, Some(put_in.to_vec())));
    }
}
