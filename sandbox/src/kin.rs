//! Which records of a list belong to which record of another, by their numbers alone: nothing is stored, and the records
//! of one parent are walked as fast as a list of its own. It must not know what a record holds.
//!
//! The spread is uneven: one parent has a quarter of all records, every fourth has none, and the rest share what is left.

/// How the records of a list are spread over its parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kin {
    /// The number of the oldest parent.
    first: u64,
    /// How many parents there are.
    count: u64,
    /// How many records a parent has at most, where nothing tells more of them apart.
    each: Option<u64>,
}

impl Kin {
    /// The spread over the records of a list.
    pub(crate) fn over((first, count): (u64, u64), each: Option<u64>) -> Kin {
        Kin { first, count, each }
    }

    /// How many parents there are.
    pub(crate) fn parents(self) -> u64 {
        self.count
    }

    /// How many records there can be, of so many.
    pub(crate) fn most(self, count: u64) -> u64 {
        self.each.map_or(count, |each| count.min(self.count.saturating_mul(each)))
    }

    /// The number of the parent of a record; `None` when there are no parents.
    pub(crate) fn parent(self, number: u64) -> Option<u64> {
        let turned = self.first.checked_rem(self.count)?;
        let slot = match self.fertile() {
            _ if self.each.is_some() => number % self.count,
            _ if number.is_multiple_of(4) => 0,
            fertile => match (number - number / 4 - 1).checked_rem(fertile.saturating_sub(1)) {
                Some(turn) => slot(turn + 1),
                None => 0,
            },
        };
        Some(self.first + (slot + self.count - turned) % self.count)
    }

    /// The records of the parent of a number. One that was put in has none of those that are computed.
    pub(crate) fn line(self, parent: u64) -> Line {
        if parent.checked_sub(self.first).is_none_or(|place| place >= self.count) {
            return Line::None;
        }
        let slot = parent % self.count;
        if self.each.is_some() {
            return Line::Every { start: slot, stride: self.count };
        }
        match (turn(slot), self.fertile().saturating_sub(1)) {
            (Some(0), 0) => Line::All,
            (Some(0), _) => Line::Fourths,
            (Some(turn), stride) => Line::Rest { start: turn - 1, stride },
            (None, _) => Line::None,
        }
    }

    /// How many parents have any records, if there are enough.
    fn fertile(self) -> u64 {
        self.count - (self.count + 1) / 4
    }
}

/// The place among all parents of one among those that have records: of four, the third has none.
fn slot(turn: u64) -> u64 {
    turn / 3 * 4 + turn % 3 + turn % 3 / 2
}

/// The inverse; `None` for one that has no records.
fn turn(slot: u64) -> Option<u64> {
    match slot % 4 {
        2 => None,
        3 => Some(slot / 4 * 3 + 2),
        place => Some(slot / 4 * 3 + place),
    }
}

/// The numbers that belong together, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// All numbers.
    All,
    /// None.
    None,
    /// Every number so far from the last.
    Every { start: u64, stride: u64 },
    /// Those that four divides.
    Fourths,
    /// Of the others, every one so far from the last.
    Rest { start: u64, stride: u64 },
}

impl Line {
    /// The number at a place of the line, counted from 0.
    #[inline]
    pub(crate) fn number(self, place: u64) -> u64 {
        match self {
            Line::All | Line::None => place,
            Line::Every { start, stride } => start.saturating_add(place.saturating_mul(stride)),
            Line::Fourths => place.saturating_mul(4),
            Line::Rest { start, stride } => {
                let other = start.saturating_add(place.saturating_mul(stride));
                (other / 3).saturating_mul(4).saturating_add(other % 3 + 1)
            }
        }
    }

    /// How many numbers of the line are smaller than a number.
    #[inline]
    pub(crate) fn place(self, number: u64) -> u64 {
        match self {
            Line::All => number,
            Line::None => 0,
            Line::Every { start, stride } => number.saturating_sub(start).div_ceil(stride.max(1)),
            Line::Fourths => number.div_ceil(4),
            Line::Rest { start, stride } => (number - number.div_ceil(4)).saturating_sub(start).div_ceil(stride.max(1)),
        }
    }

    /// Whether a number is of the line.
    pub(crate) fn has(self, number: u64) -> bool {
        match self {
            Line::All => true,
            Line::None => false,
            line => line.number(line.place(number)) == number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_has_one_parent_and_is_found_there() {
        for each in [None, Some(1), Some(7)] {
            for (first, count) in [(0, 1), (0, 2), (0, 3), (0, 7), (5, 8), (1_001, 250)] {
                let kin = Kin { first, count, each };
                let mut places = vec![0; 2_000];
                for number in 0..2_000 {
                    let parent = kin.parent(number).unwrap();
                    assert!((first..first + count).contains(&parent));
                    let line = kin.line(parent);
                    assert!(line.has(number), "{kin:?}: {number} of {parent}");
                    let place = &mut places[(parent - first) as usize];
                    assert_eq!((line.place(number), line.number(*place)), (*place, number));
                    *place += 1;
                }
                for other in first..first + count {
                    let line = kin.line(other);
                    let here = (0..2_000).filter(|number| line.has(*number)).count();
                    assert_eq!((line.place(2_000), here as u64), (places[(other - first) as usize], line.place(2_000)));
                }
            }
        }
    }

    #[test]
    fn some_have_none_and_one_has_many() {
        let kin = Kin { first: 0, count: 250, each: None };
        let shares: Vec<u64> = (0..250).map(|parent| kin.line(parent).place(1_000)).collect();
        assert_eq!(shares.iter().max(), Some(&250));
        assert_eq!(shares.iter().filter(|share| **share == 0).count(), 62);
        assert_eq!(kin.line(250), Line::None);
        assert_eq!(Kin { count: 0, ..kin }.parent(3), None);
        assert_eq!(Kin { each: Some(1), ..kin }.most(1_000), 250);
    }
}
