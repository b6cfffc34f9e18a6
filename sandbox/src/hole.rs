//! The parts of a record that differ from one record to the next, and how each is written: bytes straight into the
//! page, chosen by the record's number. A hole must not know where in the record it stands.

use std::collections::HashMap;

use crate::dice::{below, mix, roll};
use crate::format::Format;
use crate::id::{Ids, base32, decimal, hexadecimal};
use crate::leaf::Shift;
use crate::odd;
use crate::time::{DAY, Style, Writer};

/// Texts that are chosen from: a run of entries in a [`Texts`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    start: u32,
    length: u32,
}

/// Where a text stands among the literal bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    start: u32,
    length: u32,
}

/// All literal bytes of a resource's records, each text once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    known: HashMap<Vec<u8>, Span>,
    runs: HashMap<Vec<Span>, Run>,
    spans: Vec<Span>,
}

impl Texts {
    /// Keeps a text and says where.
    pub(crate) fn keep(&mut self, text: &[u8]) -> Span {
        if let Some(span) = self.known.get(text) {
            return *span;
        }
        let span = Span { start: self.bytes.len() as u32, length: text.len() as u32 };
        self.bytes.extend_from_slice(text);
        self.known.insert(text.to_vec(), span);
        span
    }

    /// Keeps several texts to choose from.
    pub(crate) fn keep_run<T: AsRef<[u8]>>(&mut self, texts: impl IntoIterator<Item = T>) -> Run {
        let spans: Vec<Span> = texts.into_iter().map(|text| self.keep(text.as_ref())).collect();
        if let Some(run) = self.runs.get(&spans) {
            return *run;
        }
        let run = Run { start: self.spans.len() as u32, length: spans.len() as u32 };
        self.spans.extend_from_slice(&spans);
        self.runs.insert(spans, run);
        run
    }

    /// A text.
    #[inline]
    pub(crate) fn get(&self, span: Span) -> &[u8] {
        self.bytes.get(span.start as usize..(span.start + span.length) as usize).unwrap_or_default()
    }

    #[inline]
    fn of_run(&self, run: Run, place: u64) -> &[u8] {
        self.spans.get(run.start as usize + place as usize).map_or(&[], |span| self.get(*span))
    }
}

/// A value that goes through all of `length` values in any `length` records of a block, in an order that differs from
/// block to block: a list of some size has every value, and neighbours differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spread {
    length: u32,
    stride: u32,
    salt: u64,
}

impl Spread {
    /// One over so many values.
    pub(crate) fn over(length: usize, salt: u64) -> Spread {
        let length = u32::try_from(length).unwrap_or(u32::MAX).max(1);
        let shares = |mut a: u32, mut b: u32| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a != 1
        };
        let mut stride = (length * 5 / 8).max(1);
        while shares(stride, length) {
            stride += 1;
        }
        Spread { length, stride, salt }
    }

    /// Which value the record of a number has.
    #[inline]
    pub(crate) fn at(self, number: u64) -> u64 {
        let length = u64::from(self.length);
        let (block, place) = match u32::try_from(number) {
            // Dividing 32 bits takes a third of the time of 64.
            Ok(number) => (u64::from(number / self.length), number % self.length),
            Err(_) => (number / length, (number % length) as u32),
        };
        let turned = u64::from(place) * u64::from(self.stride) + below(roll(block, self.salt), length);
        u32::try_from(turned).map_or(turned % length, |turned| u64::from(turned % self.length))
    }
}

/// A part of a record that differs from one record to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hole {
    /// Nothing.
    End,
    /// The record's id.
    Key,
    /// The id of some record of another list.
    Reference { list: u32, salt: u64 },
    /// A moment; `varied` ones are now and then written as some servers do, with a space and without a zone.
    Moment { format: Format, shift: Shift, varied: bool, salt: u64 },
    /// A day.
    Date { shift: Shift, salt: u64 },
    /// One of some texts, at random.
    Choice { run: Run, salt: u64 },
    /// One of some texts, all in turn.
    Turn { run: Run, spread: Spread },
    /// One of some odd texts, all in turn in the records that have odd ones.
    Odd { run: Run, salt: u64 },
    /// One of some texts, each for `every` records in a row.
    Cycle { run: Run, every: u64 },
    /// The record's number.
    Number,
    /// The record's number, short.
    Ordinal,
    /// A whole number below `bound`.
    Below { bound: u32, salt: u64 },
    /// A number with two digits behind the point, below `bound`.
    Cents { bound: u32, salt: u64 },
    /// `true` or `false`.
    Truth { salt: u64 },
    /// A ULID, one of `pool` different ones.
    Ulid { pool: u32, salt: u64 },
    /// So many hexadecimal digits, at most 16.
    Hex { width: u8, salt: u64 },
    /// A text with each digit and letter replaced by another of its kind.
    Token { text: Span, salt: u64 },
}

/// The record that is being written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    /// Its number.
    pub(crate) number: u64,
    /// What its values are drawn with.
    pub(crate) dice: u64,
    /// The moment it is sorted by.
    pub(crate) moment: i64,
    /// The moment in its id and the number that it is made of, when they are not the timeline's and its own.
    pub(crate) born: Option<(i64, u64)>,
    /// No moment of it is later, unless the one it is sorted by is.
    pub(crate) now: i64,
}

impl Subject {
    #[inline]
    fn shifted(&self, shift: Shift, salt: u64) -> i64 {
        let chance = roll(self.dice, salt);
        // One of eight records never changed.
        let distance = if chance & 7 == 0 { 0 } else { below(chance, 7_776_000_000) as i64 };
        match shift {
            Shift::Main => self.moment,
            Shift::Earlier => self.moment.saturating_sub(distance),
            Shift::Behind(millis) => self.moment.saturating_add(millis),
            Shift::Later => self.moment.saturating_add(distance).min(self.now).max(self.moment),
        }
    }
}

/// What holes are filled from.
pub(crate) struct Source<'a> {
    /// The ids of the list itself.
    pub(crate) own: &'a Ids,
    /// The ids of all lists.
    pub(crate) lists: &'a [Ids],
    /// The literal bytes.
    pub(crate) texts: &'a Texts,
}

impl Hole {
    /// Writes it.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>, subject: &Subject, source: &Source<'_>, clock: &mut Writer) {
        match *self {
            Hole::End => {}
            Hole::Key => match subject.born {
                None => source.own.write(out, subject.number),
                Some((moment, number)) => source.own.write_at(out, number, moment),
            },
            Hole::Reference { list, salt } => {
                if let Some(ids) = source.lists.get(list as usize) {
                    let chance = roll(subject.dice, salt);
                    // A multiplication instead of a division, where the count allows it.
                    let place = if ids.count >> 32 == 0 { below(chance, ids.count) } else { chance % ids.count };
                    ids.write(out, ids.first + place);
                }
            }
            Hole::Moment { format, shift, varied, salt } => {
                let moment = subject.shifted(shift, salt);
                let odd = if varied && format == Format::Rfc3339 { roll(subject.dice, 3) & 127 } else { 2 };
                match odd {
                    0 => clock.moment(out, moment, Style::Bare),
                    1 => clock.moment(out, moment, Style::BareMicros),
                    _ => format.write(out, moment, clock),
                }
            }
            Hole::Date { shift, salt } => clock.date(out, subject.shifted(shift, salt).div_euclid(DAY) * DAY),
            Hole::Choice { run, salt } => {
                let place = below(roll(subject.dice, salt), u64::from(run.length));
                out.extend_from_slice(source.texts.of_run(run, place));
            }
            Hole::Turn { run, spread } => out.extend_from_slice(source.texts.of_run(run, spread.at(subject.number))),
            Hole::Odd { run, salt } => {
                let turn = odd::turn(subject.number).wrapping_add(salt & 0xffff);
                out.extend_from_slice(source.texts.of_run(run, turn % u64::from(run.length.max(1))));
            }
            Hole::Cycle { run, every } => {
                let place = subject.number / every.max(1) % u64::from(run.length.max(1));
                out.extend_from_slice(source.texts.of_run(run, place));
            }
            Hole::Number => decimal(out, subject.number),
            Hole::Ordinal => decimal(out, subject.number.wrapping_sub(source.own.first) % 100_000),
            Hole::Below { bound, salt } => decimal(out, below(roll(subject.dice, salt), u64::from(bound))),
            Hole::Cents { bound, salt } => {
                let chance = roll(subject.dice, salt);
                decimal(out, below(chance, u64::from(bound)));
                // A JSON number keeps a zero at its end.
                out.extend_from_slice(&[b'.', b'0' + (chance % 10) as u8, b'0' + (chance / 16 % 10) as u8]);
            }
            Hole::Truth { salt } => {
                let text: &[u8] = if roll(subject.dice, salt) & 1 == 0 { b"true" } else { b"false" };
                out.extend_from_slice(text);
            }
            Hole::Ulid { pool, salt } => {
                let who = mix(below(roll(subject.dice, salt), u64::from(pool)) ^ salt);
                let mut text = [b'0'; 26];
                base32(&mut text[14..], who);
                base32(&mut text[3..14], mix(who));
                text[1] = b'1';
                text[2] = b'J';
                out.extend_from_slice(&text);
            }
            Hole::Hex { width, salt } => {
                let mut text = [b'0'; 16];
                hexadecimal(&mut text, roll(subject.dice, salt));
                out.extend_from_slice(text.get(..usize::from(width)).unwrap_or_default());
            }
            Hole::Token { text, salt } => {
                let mut chance = roll(subject.dice, salt);
                for byte in source.texts.get(text) {
                    chance = chance.rotate_left(7) ^ mix(chance);
                    out.push(match byte {
                        b'0'..=b'9' => b'0' + below(chance, 10) as u8,
                        b'a'..=b'z' => b'a' + below(chance, 26) as u8,
                        b'A'..=b'Z' => b'A' + below(chance, 26) as u8,
                        other => *other,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_reaches_every_value_in_every_block() {
        for length in [1_usize, 2, 3, 8, 18, 21, 52] {
            let spread = Spread::over(length, 99);
            for block in 0..20_u64 {
                let start = block * length as u64;
                let mut seen: Vec<u64> = (start..start + length as u64).map(|number| spread.at(number)).collect();
                seen.sort_unstable();
                assert_eq!(seen, (0..length as u64).collect::<Vec<_>>());
            }
        }
    }
}
