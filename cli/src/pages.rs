//! The pages on mistakes, `docs/errors`, compiled in: what `explain` prints and what programs are given beside a message.

use tapwright_spec::Code;

macro_rules! pages {
    ($($code:ident)*) => {
        const PAGES: &[(&str, &str)] =
            &[$((stringify!($code), include_str!(concat!("../../docs/errors/", stringify!($code), ".md")))),*];
    };
}

pages! {
    C0001 C0002 C0003 C0004 C0005 C0006 C0101 C0102 C0103 C0104 C0105 C0106
    C0107 C0108 C0109 C0110 C0201 C0202 C0203 C0204 C0205 C0206 C0207 C0208
    C0209 C0210 C0211 C0212 C0213 C0214 C0215 C0301 C0302 C0303 C0304 C0305
    C0306 C0307 C0308 C0309 C0310 C0315 C0316 C0317 C0401 C0402 C0403 C0404
    C0405 C0406 C0501 C0502 C0503 C0504 C0505 C0506 C0507 C0508 C0509 C0510
    C0511 C0512 C0513 C0514 C0515 C0516 C0520 C0521 C0522 C0523 C0540 C0541
    C0542 C0543 C0544
}

/// The page of a code.
pub(crate) fn page(code: Code) -> Option<&'static str> {
    let code = code.to_string();
    PAGES.iter().find(|(of, _)| *of == code).map(|(_, page)| *page)
}

#[cfg(test)]
mod tests {
    use tapwright_spec::CODES;

    #[test]
    fn each_code_has_its_page_and_each_page_a_code() {
        for (code, meaning) in CODES {
            let page = super::page(*code).unwrap_or_default();
            assert!(page.starts_with(&format!("# {code}: {meaning}\n")), "the page of {code} is not compiled in");
        }
        assert_eq!(super::PAGES.len(), CODES.len());
    }
}
