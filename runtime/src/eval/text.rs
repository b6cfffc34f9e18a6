//! Functions of texts that are more than a line.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use tapwright_plan::Function;

use super::number;
use crate::decode::Found;

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// RFC 4648, table 1.
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What a function makes of a text, and another for those that take two.
pub(super) fn of<'de>(function: Function, value: Found<'de>, other: &Found<'_>) -> Found<'de> {
    let Found::Text(text) = value else { return Found::Null };
    match (function, other) {
        (Function::Boolean, _) => match text.as_ref() {
            "true" => Found::Bool(true),
            "false" => Found::Bool(false),
            _ => Found::Null,
        },
        (Function::StripPrefix, Found::Text(part)) => {
            part_of(text, |text| text.strip_prefix(part.as_ref()).unwrap_or(text))
        }
        (Function::StripSuffix, Found::Text(part)) => {
            part_of(text, |text| text.strip_suffix(part.as_ref()).unwrap_or(text))
        }
        (Function::Base64Encode, _) => Found::Text(Cow::Owned(base64(text.as_bytes()))),
        (Function::Base64Decode, _) => {
            let bytes = unbase64(text.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
            bytes.map_or(Found::Null, |text| Found::Text(Cow::Owned(text)))
        }
        (Function::Sha256, _) => {
            let hash = Sha256::digest(text.as_bytes());
            Found::Text(Cow::Owned(hash.iter().map(|byte| format!("{byte:02x}")).collect()))
        }
        (Function::UrlEncode, _) => Found::Text(Cow::Owned(utf8_percent_encode(&text, RESERVED).to_string())),
        _ => Found::Null,
    }
}

/// A part of a text; a part of the body stays one.
fn part_of<'de>(text: Cow<'de, str>, part: impl FnOnce(&str) -> &str) -> Found<'de> {
    match text {
        Cow::Borrowed(text) => {
            let part = part(text);
            let from = part.as_ptr().addr() - text.as_ptr().addr();
            text.get(from..from + part.len()).map_or(Found::Null, |part| Found::Text(Cow::Borrowed(part)))
        }
        Cow::Owned(text) => Found::Text(Cow::Owned(part(&text).to_owned())),
    }
}

pub(super) fn slice<'de>(value: Found<'de>, from: &Found<'_>, count: &Found<'_>) -> Found<'de> {
    let (Found::Text(text), Some(from), Some(count)) = (value, number::whole_of(from), number::whole_of(count)) else {
        return Found::Null;
    };
    let Ok(count) = usize::try_from(count) else { return Found::Null };
    let from = if from < 0 { (from + text.chars().count() as i128).max(0) } else { from };
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    part_of(text, |text| {
        let offset = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        text.get(offset(from)..offset(from.saturating_add(count))).unwrap_or_default()
    })
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = BASE64.get((bits >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'A');
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

fn unbase64(text: &[u8]) -> Option<Vec<u8>> {
    let bare = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    // What is padded is padded to a whole four.
    if (bare.len() < text.len() && !text.len().is_multiple_of(4)) || bare.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(bare.len() / 4 * 3 + 2);
    for four in bare.chunks(4) {
        let mut bits = 0_u32;
        for byte in four {
            let digit = match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => *other,
            };
            bits = bits << 6 | u32::try_from(BASE64.iter().position(|known| *known == digit)?).ok()?;
        }
        bits <<= 6 * (4 - four.len());
        let [_, one, two, three] = bits.to_be_bytes();
        let (held, rest) = match four.len() {
            4 => (3, 0),
            3 => (2, three),
            _ => (1, two),
        };
        // Bits that no byte takes are 0, so that no two texts stand for the same.
        if rest != 0 {
            return None;
        }
        bytes.extend([one, two, three].iter().take(held));
    }
    Some(bytes)
}
