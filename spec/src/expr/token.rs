//! The words and signs of an expression.

use std::ops::Range;

use super::SyntaxError;
use crate::diagnostic::Certainty;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A name or a word such as `and`; which of them, the parser knows.
    Name(String),
    Text(String),
    Integer(i64),
    Number(f64),
    /// `30m`, in milliseconds.
    Duration(i64),
    Sign(&'static str),
    End,
}

/// The signs, longest first, so that `==` is not read as two.
const SIGNS: &[&str] = &[
    "??", "=>", "==", "!=", "<=", ">=", "[]", "<", ">", "|", ".", ",", "(", ")", "[", "]", "-", "+", "*", "/", "%", "=",
];

/// Signs of other languages, and how the thing is said here.
const FOREIGN: &[(&str, &str, &str)] = &[
    ("&&", "and", "write `and`"),
    ("||", "or", "write `or`"),
    ("?.", ".", "every step of a path may be missing already; write `.`"),
    ("!", "not ", "write `not`"),
];

/// The units of a duration, in milliseconds; longer names first.
const UNITS: &[(&str, i64)] = &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// Reads the tokens of a text from a byte on; in a template, up to the `}` that closes it.
pub(crate) fn tokens(text: &str, from: usize, in_template: bool) -> Result<Vec<(Token, Range<usize>)>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        at += skipped;
        let rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            tokens.push((Token::End, at..at));
            return Ok(tokens);
        };
        if first == '}' && in_template {
            tokens.push((Token::End, at..at));
            return Ok(tokens);
        }
        let (token, length) = if let Some(quote @ ('"' | '\'')) = Some(first) {
            string(rest, quote, at)?
        } else if first.is_ascii_digit() {
            number(rest, at)?
        } else if is_name_start(first) {
            let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            (Token::Name(rest.get(..length).unwrap_or_default().to_owned()), length)
        } else {
            sign(rest, at, first)?
        };
        tokens.push((token, at..at + length));
        at += length;
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn sign(rest: &str, at: usize, first: char) -> Result<(Token, usize), SyntaxError> {
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign))
        && !(*sign == "|" && rest.starts_with("||"))
    {
        return Ok((Token::Sign(sign), sign.len()));
    }
    if let Some((foreign, ours, help)) = FOREIGN.iter().find(|(foreign, ..)| rest.starts_with(foreign)) {
        let range = at..at + foreign.len();
        return Err(SyntaxError::new(range.clone(), format!("`{foreign}` is not an operator here"))
            .help(*help)
            .patch(range, *ours)
            // `||` joins texts elsewhere, and `!` binds more tightly than `not`.
            .certainty(Certainty::when(matches!(*foreign, "&&" | "?."))));
    }
    let range = at..at + first.len_utf8();
    let error = SyntaxError::new(range, format!("`{first}` has no meaning here"));
    Err(match first {
        '$' | '@' => {
            error.help("a key with other characters than letters, digits and `_` stands in quotes: `[\"$id\"]`")
        }
        '{' | '}' => error.help("`{…}` belongs into a template; an expression stands as it is"),
        _ => error,
    })
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), SyntaxError> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut length = digits(0);
    let mut whole = true;
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
        whole = false;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
            whole = false;
        }
    }
    let text = rest.get(..length).unwrap_or_default();
    let range = at..at + length;
    let behind = rest.get(length..).unwrap_or_default();
    let name = behind.get(..behind.find(|c: char| !is_name(c)).unwrap_or(behind.len())).unwrap_or_default();
    if let (true, Some((unit, millis))) = (whole, UNITS.iter().find(|(unit, _)| *unit == name)) {
        let range = at..at + length + unit.len();
        let duration = text.parse::<i64>().ok().and_then(|count| count.checked_mul(*millis));
        return match duration {
            Some(duration) => Ok((Token::Duration(duration), length + unit.len())),
            None => Err(SyntaxError::new(range, "this duration does not fit 64 bits")),
        };
    }
    if !name.is_empty() {
        return Err(SyntaxError::new(range, "a name cannot begin with a digit")
            .help("a key that does stands in quotes: `data.\"2fa\"`"));
    }
    let token = if whole {
        text.parse().ok().map(Token::Integer)
    } else {
        text.parse().ok().filter(|n: &f64| n.is_finite()).map(Token::Number)
    };
    token.map(|token| (token, length)).ok_or_else(|| SyntaxError::new(range, "this number does not fit 64 bits"))
}

fn string(rest: &str, quote: char, at: usize) -> Result<(Token, usize), SyntaxError> {
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((offset, c)) = chars.next() {
        if c == quote {
            return Ok((Token::Text(out), offset + c.len_utf8()));
        }
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some((_, escaped)) = chars.next() else { break };
        match escaped {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '\\' | '"' | '\'' => out.push(escaped),
            'u' => {
                let digits = rest.get(offset + 2..offset + 6).unwrap_or_default();
                let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                let Some(c) = c.filter(|c| !c.is_control()) else {
                    let range = at + offset..at + offset + 2;
                    return Err(SyntaxError::new(range, "four hexadecimal digits of a character are wanted"));
                };
                out.push(c);
                chars.nth(3);
            }
            other => {
                let range = at + offset..at + offset + 1 + other.len_utf8();
                return Err(SyntaxError::new(range, format!("`\\{other}` is not an escape"))
                    .help(format!("write `\\\\{other}` for a backslash before `{other}`"))
                    .patch(at + offset..at + offset, "\\")
                    // A digit or an `x` may be meant to be a character's number.
                    .certainty(Certainty::when(!other.is_ascii_digit() && other != 'x')));
            }
        }
    }
    Err(SyntaxError::new(at..at + rest.trim_end().len().max(1), "this text does not end")
        .help(format!("close it with `{quote}`")))
}
