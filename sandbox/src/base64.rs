//! RFC 4648: the two alphabets, written and read.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Section 4.
pub(crate) fn padded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().chain(&[0, 0]).take(3).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 63;
            let letter = STANDARD.get(digit as usize).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

/// Section 4 with its padding, or section 5 without; `None` for what is neither.
pub(crate) fn read(text: &str, for_urls: bool) -> Option<Vec<u8>> {
    let text = if for_urls { text } else { text.trim_end_matches('=') };
    let (mut bytes, mut group, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes() {
        let letter = match (letter, for_urls) {
            (b'-', true) => b'+',
            (b'_', true) => b'/',
            (b'+' | b'/', true) => return None,
            (other, _) => other,
        };
        let digit = STANDARD.iter().position(|known| *known == letter)?;
        group = group << 6 | u32::try_from(digit).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((group >> held & 255) as u8);
        }
    }
    // What is left over of the last letter is nothing.
    (held < 6 && group & ((1 << held) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_in_the_rfc() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("a:~?", "YTp+Pw==")];
        for (from, to) in cases {
            assert_eq!(padded(from.as_bytes()), to);
            assert_eq!(read(to, false).as_deref(), Some(from.as_bytes()));
        }
        assert_eq!(read("YTp-Pw", true).as_deref(), Some(&b"a:~?"[..]));
        for wrong in ["YTp+Pw", "YTp-Pw==", "YTp-Px", "Y"] {
            assert_eq!(read(wrong, true), None, "{wrong}");
        }
    }
}
