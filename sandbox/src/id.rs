//! The ids of a list: made from a record's number, in the form the example's id has, sorting as the numbers do, and
//! readable back into the number. It must not know what else is in a record.

use serde_json::Value;

use crate::dice::{mix, roll};
use crate::kin::{Kin, Line};
use crate::timeline::Timeline;

/// Crockford's base 32, as in a ULID.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the part of an id behind its prefix looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// 26 characters: 10 of the moment in milliseconds, 10 of the number, 6 that only this id has.
    Ulid,
    /// 8-4-4-4-12 hexadecimal digits: 16 of the number, 16 that only this id has.
    Uuid,
    /// Base 32 of so many characters.
    Base32 {
        /// How many.
        width: usize,
        /// In small letters.
        lower: bool,
    },
    /// Decimal digits, of which there are at least so many.
    Decimal {
        /// How many.
        width: u32,
    },
}

/// The ids of one list.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    prefix: Vec<u8>,
    form: Form,
    /// Whether JSON has it as a number.
    pub(crate) number: bool,
    seed: u64,
    timeline: Timeline,
    /// The number of the oldest record.
    pub(crate) first: u64,
    /// How many records there are.
    pub(crate) count: u64,
    /// Where the records of each parent are counted for themselves, so that ids repeat from one to the next: whose they
    /// are.
    own: Option<Kin>,
}

impl Ids {
    /// Ids that look like `example`; its moments, where an id has one, are the timeline's.
    pub(crate) fn like(example: &str, number: bool, seed: u64, timeline: Timeline, first: u64, count: u64) -> Ids {
        let (prefix, form) = read(example);
        let prefix = prefix.bytes().filter(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
        let prefix = if number { Vec::new() } else { prefix.collect() };
        let form = if number { Form::Decimal { width: 1 } } else { form };
        Ids { prefix, form, number, seed, timeline, first, count, own: None }
    }

    /// The same, counted by parent.
    pub(crate) fn by_parent(self, kin: Kin) -> Ids {
        Ids { own: Some(kin), ..self }
    }

    /// Whether an id says which record of a parent it belongs to, and not which parent that is.
    pub(crate) fn repeat(&self) -> bool {
        self.own.is_some()
    }

    /// The number that the id of a record is made of.
    #[inline]
    fn named(&self, number: u64) -> u64 {
        match self.own {
            None => number,
            Some(kin) => kin.parent(number).map_or(0, |parent| kin.line(parent).place(number)),
        }
    }

    /// Writes the id of a record of the list.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>, number: u64) {
        let number = self.named(number);
        let moment = if self.form == Form::Ulid { self.timeline.at(number) } else { 0 };
        self.write_at(out, number, moment);
    }

    /// Writes the id made of a number, of a record that happened at `moment`, whatever the timeline says.
    #[inline]
    pub(crate) fn write_at(&self, out: &mut Vec<u8>, number: u64, moment: i64) {
        out.extend_from_slice(&self.prefix);
        match self.form {
            Form::Ulid => {
                let mut text = [b'0'; 26];
                base32(&mut text[..10], moment.unsigned_abs());
                base32(&mut text[10..20], number);
                base32(&mut text[20..], roll(number, self.seed));
                out.extend_from_slice(&text);
            }
            Form::Uuid => {
                let mut text = *b"00000000-0000-4000-8000-000000000000";
                hexadecimal(&mut text[..8], number >> 24);
                hexadecimal(&mut text[9..13], number >> 8);
                hexadecimal(&mut text[15..18], number << 4 | roll(number, self.seed) >> 60);
                hexadecimal(&mut text[20..23], roll(number, self.seed));
                hexadecimal(&mut text[24..], mix(roll(number, self.seed)));
                out.extend_from_slice(&text);
            }
            Form::Base32 { width, lower } => {
                let mut text = [b'0'; 32];
                let start = text.len().saturating_sub(width);
                if let Some(tail) = text.get_mut(start..) {
                    base32(tail, number);
                    if lower {
                        tail.make_ascii_lowercase();
                    }
                    out.extend_from_slice(tail);
                }
            }
            Form::Decimal { width } => decimal(out, 10_u64.saturating_pow(width.saturating_sub(1)) + number),
        }
    }

    /// The id of a record of the list.
    pub(crate) fn text(&self, number: u64) -> String {
        let mut out = Vec::with_capacity(40);
        self.write(&mut out, number);
        String::from_utf8_lossy(&out).into_owned()
    }

    /// The id of a record of the list, as JSON has it.
    pub(crate) fn value(&self, number: u64) -> Value {
        let text = self.text(number);
        match text.parse::<u64>() {
            Ok(value) if self.number => Value::from(value),
            _ => Value::from(text),
        }
    }

    /// The number of the record of a line that an id belongs to; `None` when there is none.
    pub(crate) fn number_of(&self, id: &str, line: Line) -> Option<u64> {
        let rest = id.as_bytes().strip_prefix(self.prefix.as_slice())?;
        let number = match self.form {
            Form::Ulid => unbase32(rest.get(10..20)?)?,
            Form::Uuid => {
                let digits = [rest.get(..8)?, rest.get(9..13)?, rest.get(15..17)?].concat();
                u64::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            Form::Base32 { .. } => unbase32(&rest.to_ascii_uppercase())?,
            Form::Decimal { width } => {
                let value: u64 = std::str::from_utf8(rest).ok()?.parse().ok()?;
                value.checked_sub(10_u64.saturating_pow(width.saturating_sub(1)))?
            }
        };
        let number = if self.own.is_some() { line.number(number) } else { number };
        let listed = number.checked_sub(self.first).is_some_and(|place| place < self.count) && line.has(number);
        (listed && self.text(number) == id).then_some(number)
    }
}

/// Splits an example's id into what all ids begin with, and the form of the rest.
fn read(example: &str) -> (&str, Form) {
    let width = |tail: &str| u32::try_from(tail.len()).unwrap_or(1).clamp(1, 18);
    let uuid = regex_lite::Regex::new("^(.*?)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$");
    if let Some(found) = uuid.ok().and_then(|uuid| uuid.captures(example)) {
        return (found.get(1).map_or("", |prefix| prefix.as_str()), Form::Uuid);
    }
    let tail_at = example
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + example.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (prefix, tail) = example.split_at(tail_at);
    if is_ulid(tail) {
        return (prefix, Form::Ulid);
    }
    if tail.bytes().all(|byte| byte.is_ascii_digit()) && !tail.is_empty() {
        return (prefix, Form::Decimal { width: width(tail) });
    }
    if tail.len() < 6 {
        // Too short to tell records apart by: what is there becomes the prefix.
        return (example, Form::Decimal { width: 6 });
    }
    let lower = !tail.bytes().any(|byte| byte.is_ascii_uppercase());
    (prefix, Form::Base32 { width: tail.len().clamp(8, 32), lower })
}

/// Whether a text is a ULID: 26 characters of Crockford's base 32.
pub(crate) fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| CROCKFORD.contains(&byte))
}

/// Fills `to` with the lowest bits of `value`, five to a character.
#[inline]
pub(crate) fn base32(to: &mut [u8], mut value: u64) {
    for byte in to.iter_mut().rev() {
        *byte = CROCKFORD.get((value & 31) as usize).copied().unwrap_or(b'0');
        value >>= 5;
    }
}

fn unbase32(text: &[u8]) -> Option<u64> {
    text.iter().try_fold(0_u64, |sum, byte| {
        let digit = CROCKFORD.iter().position(|known| known == byte)?;
        sum.checked_mul(32)?.checked_add(digit as u64)
    })
}

/// Fills `to` with the lowest bits of `value`, four to a character.
#[inline]
pub(crate) fn hexadecimal(to: &mut [u8], mut value: u64) {
    for byte in to.iter_mut().rev() {
        *byte = b"0123456789abcdef".get((value & 15) as usize).copied().unwrap_or(b'0');
        value >>= 4;
    }
}

/// Writes a number in decimal.
#[inline]
pub(crate) fn decimal(out: &mut Vec<u8>, mut value: u64) {
    let mut text = [b'0'; 20];
    let mut length = 0;
    for byte in text.iter_mut().rev() {
        *byte = b'0' + (value % 10) as u8;
        value /= 10;
        length += 1;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(text.get(20 - length..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: [&str; 8] = [
        "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
        "2fe01467-f7ea-4dd2-8b79-c2b4f56d0191",
        "usr-2fe01467-f7ea-4dd2-8b79-c2b4f56d0191",
        "cus_R9qWAGMQ6nGE7V",
        "00u1a2b3c4d5e6f7g8h9",
        "4711",
        "x",
        "",
    ];

    fn ids(example: &str) -> Ids {
        let (timeline, first) = Timeline::rolling(3, 2_000, 1_768_478_400_000, 89 * crate::time::DAY);
        Ids::like(example, false, 9, timeline, first, 2_000)
    }

    #[test]
    fn ids_sort_as_their_numbers_and_read_back() {
        for example in EXAMPLES {
            let ids = ids(example);
            let texts: Vec<String> = (ids.first..ids.first + 2_000).map(|number| ids.text(number)).collect();
            if !matches!(ids.form, Form::Decimal { width: 1 }) {
                assert!(texts.windows(2).all(|pair| pair[0] < pair[1] || pair[0].len() < pair[1].len()), "{example}");
            }
            for (place, text) in texts.iter().enumerate() {
                assert_eq!(ids.number_of(text, Line::All), Some(ids.first + place as u64), "{text}");
            }
        }
    }

    #[test]
    fn ids_look_like_the_example() {
        let id = ids(EXAMPLES[0]).text(ids(EXAMPLES[0]).first);
        assert!(id.starts_with("org_01") && id.len() == EXAMPLES[0].len(), "{id}");
        assert_eq!(ids(EXAMPLES[1]).text(1).len(), 36);
    }

    #[test]
    fn foreign_ids_are_unknown() {
        for example in EXAMPLES {
            let ids = ids(example);
            assert_eq!(
                ids.number_of(&ids.text(ids.first + 2_000), Line::All),
                None,
                "one past the last of {example:?}"
            );
            assert_eq!(ids.number_of("nonsense", Line::All), None);
            assert_eq!(ids.number_of("", Line::All), None);
        }
        let org = ids(EXAMPLES[0]);
        let mut id = org.text(org.first + 5);
        id.pop();
        assert_eq!(org.number_of(&format!("{id}!"), Line::All), None);
    }
}
