//! Realistic text: what kind of thing an example is (a name, an e-mail address, an id of elsewhere …) and the holes that
//! write others of its kind, odd ones among them, since a connector meets them all. It must not know what record the
//! text is in.

use crate::hole::{Hole, Texts};
use crate::id::is_ulid;
use crate::time;

/// Names of organizations and people's things. The odd ones are what breaks naive code: quotes, backslashes, control
/// characters, other scripts, right-to-left, characters outside the basic plane, combining marks.
const NAMES: [&str; 24] = [
    "Acme Inc.",
    "Globex",
    "Initech",
    "Umbrella Labs",
    "Hooli",
    "Stark Works",
    "Wayne & Sons",
    "Soylent Foods",
    "Vandelay Imports",
    "Pied Piper",
    "Massive Dynamic",
    "Cyberdyne",
    "Tyrell",
    "Wonka Sweets",
    "Duff Brewing",
    "Aperture",
    "Müller & Söhne GmbH",
    "O'Brien \"Best\" Pies",
    "C:\\Temp\\Holdings",
    "株式会社サンプル",
    "شركة المثال",
    "🚀 Rocket Co",
    "Tab\tand\nBreak Ltd",
    "Cafe\u{301} </script>",
];

const SLUGS: [&str; 16] = [
    "acme",
    "globex",
    "initech",
    "umbrella",
    "hooli",
    "stark",
    "wayne",
    "soylent",
    "vandelay",
    "piedpiper",
    "massive",
    "cyberdyne",
    "tyrell",
    "wonka",
    "duff",
    "aperture",
];

const GIVEN: [&str; 16] = [
    "ada",
    "grace",
    "alan",
    "edsger",
    "barbara",
    "ken",
    "dennis",
    "margaret",
    "linus",
    "radia",
    "niklaus",
    "frances",
    "donald",
    "katherine",
    "tim",
    "annie",
];

const FAMILY: [&str; 12] = [
    "lovelace", "hopper", "turing", "dijkstra", "liskov", "thompson", "hamilton", "perlman", "wirth", "allen", "knuth",
    "o'neil",
];

const AGENTS: [&str; 6] = [
    "Mozilla/5.0 (Macintosh) Version/18.5 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0",
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/138.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Mobile/15E148",
    "okta-mobile/7.2 (Android 15)",
    "curl/8.14.1",
];

const SENTENCES: [&str; 4] = [
    "The request was declined by the identity provider.",
    "Expected \"audience\", found \"https:\\/\\/example\".",
    "Zugriff verweigert – bitte später erneut versuchen 🙏",
    "",
];

const CODES: [&str; 3] = ["access_denied", "invalid_credentials", "session_expired"];

/// A piece of a record: literal bytes, ready for JSON, or a hole.
pub(crate) enum Piece {
    Literal(Vec<u8>),
    Hole(Hole),
}

fn literal(text: &str) -> Piece {
    let quoted = quote(text);
    Piece::Literal(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_vec())
}

/// A text as JSON, with its quotes.
pub(crate) fn quote(text: &str) -> Vec<u8> {
    serde_json::Value::from(text).to_string().into_bytes()
}

fn choice(all: &[&str], texts: &mut Texts, salt: u64) -> Piece {
    let all = all.iter().map(|one| {
        let quoted = quote(one);
        quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_vec()
    });
    Piece::Hole(Hole::Choice { run: texts.keep_run(all), salt })
}

/// Whether a text like `example`, at `key`, is one that people write as they like: no id, address, moment or word of a list.
pub(crate) fn is_free(key: &str, example: &str) -> bool {
    const FREE: [&str; 9] = ["name", "title", "label", "description", "message", "subject", "comment", "body", "note"];
    let lower = key.to_ascii_lowercase();
    let speaks = FREE.iter().any(|end| lower.ends_with(end)) && !lower.contains("domain") && !lower.contains("user");
    (speaks || example.contains(' ') && !lower.contains("agent"))
        && time::parse(example).is_none()
        && !example.contains(['@', '/'])
        && !is_uuid(example)
}

/// The pieces between the quotes of a text like `example`, at `key`.
pub(crate) fn pieces(key: &str, example: &str, texts: &mut Texts, salt: u64) -> Vec<Piece> {
    let lower = key.to_ascii_lowercase();
    let prefix_ends = example.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let (prefix, tail) = example.split_at_checked(prefix_ends).unwrap_or(("", example));
    let parts = example.split('.').count();
    if is_ulid(tail) {
        return vec![literal(prefix), Piece::Hole(Hole::Ulid { pool: 5_000, salt })];
    }
    if is_uuid(example) {
        let hex = |width, nth: u64| Piece::Hole(Hole::Hex { width, salt: salt.wrapping_add(nth) });
        return vec![
            hex(8, 0),
            literal("-"),
            hex(4, 1),
            literal("-4"),
            hex(3, 2),
            literal("-a"),
            hex(3, 3),
            literal("-"),
            hex(12, 4),
        ];
    }
    if time::parse(example).is_some() {
        return vec![literal(example)];
    }
    if example.starts_with("http://") || example.starts_with("https://") {
        return vec![literal(&format!("{}/", example.trim_end_matches('/'))), Piece::Hole(Hole::Ordinal)];
    }
    if example.contains('@') || lower.ends_with("email") {
        return vec![
            choice(&GIVEN, texts, salt),
            literal("."),
            choice(&FAMILY, texts, salt.wrapping_add(1)),
            Piece::Hole(Hole::Below { bound: 1_000, salt: salt.wrapping_add(2) }),
            literal("@"),
            choice(&SLUGS, texts, salt.wrapping_add(3)),
            literal(".example"),
        ];
    }
    if parts == 4 && example.split('.').all(|part| part.parse::<u8>().is_ok()) {
        // The blocks kept for documentation (RFC 5737, RFC 3849).
        let nets = ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8::"];
        return vec![choice(&nets, texts, salt), Piece::Hole(Hole::Below { bound: 255, salt: salt.wrapping_add(1) })];
    }
    if lower.contains("agent") {
        return vec![choice(&AGENTS, texts, salt)];
    }
    if parts > 1 && !example.contains(' ') && !example.ends_with('.') && lower.contains("domain") {
        return vec![choice(&SLUGS, texts, salt), literal("-"), Piece::Hole(Hole::Ordinal), literal(".example")];
    }
    if lower.ends_with("name") || lower == "title" || lower == "label" {
        return vec![choice(&NAMES, texts, salt), literal(" "), Piece::Hole(Hole::Ordinal)];
    }
    if example.contains(' ') {
        let all: Vec<&str> = [example].into_iter().chain(SENTENCES).collect();
        return vec![choice(&all, texts, salt)];
    }
    let has = |test: fn(&u8) -> bool| example.bytes().any(|byte| test(&byte));
    if has(u8::is_ascii_digit) {
        let entry = texts.keep(tail.as_bytes());
        return vec![literal(prefix), Piece::Hole(Hole::Token { text: entry, salt })];
    }
    if has(|byte| *byte == b'_') && !has(u8::is_ascii_uppercase) {
        let all: Vec<&str> = [example, example].into_iter().chain(CODES).collect();
        return vec![choice(&all, texts, salt)];
    }
    if example.is_empty() || example == "Example" {
        return vec![literal(key), literal(" "), Piece::Hole(Hole::Ordinal)];
    }
    // One plain word is as likely one of a list as free text: it stays.
    vec![literal(example)]
}

fn is_uuid(text: &str) -> bool {
    let widths = [8, 4, 4, 4, 12];
    text.split('-').count() == widths.len()
        && text
            .split('-')
            .zip(widths)
            .all(|(part, width)| part.len() == width && part.bytes().all(|b| b.is_ascii_hexdigit()))
}
