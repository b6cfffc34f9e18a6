//! Odd values: those that break naive code though their type allows them. Few records have them, and none of the first of a
//! list that does not roll on with the calendar, so that what a newcomer sees is tame; which ones is said by their number
//! alone. It must not know how a record is written.

use tapwright_spec::model::{Json, Type};

use crate::text::{is_free, quote};

/// The first number of a record that may have odd values.
const FIRST: u64 = 100;

/// One of so many records has them.
const EVERY: u64 = 61;

/// Texts: none, spaces, from right to left, marks that turn the direction, emoji of several parts, marks upon marks, ends
/// of planes, and what looks like something else.
const TEXTS: [&str; 14] = [
    "",
    "  spaces around  ",
    "مرحبا بالعالم، שלום עולם",
    "\u{202e}desrever\u{202c} \u{200f}!",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇭 👍🏽",
    "Z\u{351}\u{36b}\u{343}a\u{32e}\u{346}l\u{30d}go",
    "\u{feff}mark of an order\u{2028}next line\u{85}",
    "\u{10ffff}\u{fffd}\u{1}\u{7f}",
    "null",
    "0",
    "true",
    "=1+1",
    "'; drop table users; --",
    "%2F/../\\\"{{config.key}}",
];

/// How long the long text is, in characters.
const LONG: usize = 5_000;

/// Whole numbers at the ends of what programs keep them in.
const INTEGERS: [i64; 9] = [
    0,
    -1,
    i32::MAX as i64,
    i32::MAX as i64 + 1,
    i32::MIN as i64 - 1,
    9_007_199_254_740_993,
    -9_007_199_254_740_993,
    i64::MAX,
    i64::MIN,
];

/// The same of numbers with a point.
const NUMBERS: [&str; 9] =
    ["0", "-0.0", "0.1", "-1.5e-7", "1e21", "9007199254740992", "1.7976931348623157e308", "5e-324", "-1e-300"];

/// Decimals that no binary number keeps.
const DECIMALS: [&str; 6] =
    ["0", "-0.01", "0.000000000000000001", "99999999999999999999999999.99", "-12345678901234567890", "1.10"];

/// Days at the ends of months, years and reckonings.
const DATES: [&str; 5] = ["1970-01-01", "1969-12-31", "2024-02-29", "2000-02-29", "9999-12-31"];

/// JSON that is there and hardly anything, or deep.
const JSONS: [&str; 3] = ["{}", "[]", "{\"\":{\"🚀\":[null,true,[[\"\"]],-1]}}"];

/// Whether the record of a number has odd values.
#[inline]
pub(crate) fn is_odd(number: u64) -> bool {
    number >= FIRST && number.is_multiple_of(EVERY)
}

/// Which of the records with odd values the one of a number is.
#[inline]
pub(crate) fn turn(number: u64) -> u64 {
    number / EVERY
}

/// The odd values of a type, as JSON; `None` where there are none, or where the example says that it is no free text.
pub(crate) fn values(ty: &Type, key: &str, example: &Json) -> Option<Vec<Vec<u8>>> {
    let plain = |all: &[&str]| all.iter().map(|one| one.as_bytes().to_vec()).collect();
    let text = |all: &[&str]| all.iter().map(|one| quote(one)).collect::<Vec<_>>();
    Some(match (ty, example) {
        (Type::String, Json::Text(example)) if is_free(key, example) => {
            let mut all = text(&TEXTS);
            all.push(quote(&"long text. ".repeat(LONG / 11 + 1)));
            all
        }
        (Type::Integer, Json::Integer(_)) => INTEGERS.iter().map(|one| one.to_string().into_bytes()).collect(),
        (Type::Number, Json::Integer(_) | Json::Number(_)) => plain(&NUMBERS),
        (Type::Decimal, Json::Text(_)) => text(&DECIMALS),
        (Type::Date, Json::Text(_)) => text(&DATES),
        (Type::Json, Json::Object(_)) => plain(&JSONS),
        _ => return None,
    })
}
