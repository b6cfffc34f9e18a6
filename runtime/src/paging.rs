//! How one page leads to the next, by the strategy of the plan. Where the list is goes in, where it goes on comes out,
//! as the text that a checkpoint keeps: a token, a number, or an address below the origin.
//!
//! It must not know how a page is asked for or read.

use reqwest::header::{HeaderMap, LINK};
use tapwright_plan::{Expr, Paging, Step};
use url::Url;

use crate::decode::Found;
use crate::eval::as_text;
use crate::origin::foreign;
use crate::request::{PageRequest, Wire};
use crate::{Error, ErrorKind, Result};

/// What is known of a page when it has been read.
pub(crate) struct Facts<'p, 'de> {
    /// How many records stood on it.
    pub(crate) records: usize,
    /// Where the list was when it was asked for; none at the start.
    pub(crate) cursor: Option<&'p str>,
    /// What names its last record, where paging goes by that.
    pub(crate) last: Option<&'p Found<'de>>,
    /// The headers it came with.
    pub(crate) headers: &'p HeaderMap,
    /// The value of an expression over the envelope.
    pub(crate) value: &'p dyn Fn(&'static Expr) -> Found<'de>,
    /// A place of the envelope that holds something other than what the plan goes through.
    pub(crate) misfit: Option<(&'static str, &'static str)>,
}

/// Puts into a request where the list is, and how many records its page is to hold: as many as the plan says, unless fewer
/// are `asked` for.
///
/// # Errors
/// `Body` when a header cannot carry it.
pub(crate) fn put(
    paging: &'static Paging,
    cursor: Option<&str>,
    asked: Option<u32>,
    request: &mut PageRequest,
) -> Result<()> {
    if let (Some(address), Step::Next { .. } | Step::Link) = (cursor, &paging.step) {
        request.at(address);
        return Ok(());
    }
    if let Some(size) = paging.size {
        request.put(size.to, Wire::Number(i64::from(asked.unwrap_or(size.value))))?;
    }
    match (&paging.step, cursor) {
        (Step::Cursor { to, .. } | Step::Last { to, .. }, Some(token)) => {
            request.put(*to, Wire::Text(token.to_owned()))
        }
        (Step::Page { to, first, .. } | Step::Offset { to, first, .. }, number) => {
            let number = number.and_then(|number| number.parse().ok()).unwrap_or(*first);
            request.put(*to, Wire::Number(number))
        }
        _ => Ok(()),
    }
}

/// Where a page leads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Onward {
    /// Where the list goes on; none when the page was the last.
    pub(crate) next: Option<String>,
    /// How many records or pages the source says there are, where pages are found by counting.
    pub(crate) count: Option<i64>,
}

/// Where a page leads.
///
/// # Errors
/// `Body` when the response does not say what it must; `Paging` when it promises more and does not say where.
pub(crate) fn onward(paging: &'static Paging, page: &Facts<'_, '_>) -> Result<Onward> {
    let count = match &paging.step {
        Step::Page { last: Some(last), .. } => Some(page.count(last, "the number of the last page")?),
        Step::Offset { total: Some(total), .. } => Some(page.count(total, "the number of records")?),
        _ => None,
    };
    let next = next(paging, page, count)?;
    if let (None, Some(more)) = (&next, &paging.more)
        && (page.value)(more) == Found::Bool(true)
    {
        let what = "the source says that there is another page, and not where";
        return Err(Error::new(ErrorKind::Paging, what).help("what was read so far is kept, nothing was deleted"));
    }
    Ok(Onward { next, count })
}

fn next(paging: &'static Paging, page: &Facts<'_, '_>, count: Option<i64>) -> Result<Option<String>> {
    if let Some(more) = &paging.more {
        match (page.value)(more) {
            Found::Bool(true) => {}
            Found::Bool(false) => return Ok(None),
            other => return Err(page.unfit("what says whether there are more pages", &other, "true or false")),
        }
    }
    let short = paging.size.is_some_and(|size| page.records < size.value as usize);
    let ended = paging.more.is_none() && (page.records == 0 || (paging.short_is_last && short));
    match &paging.step {
        Step::Cursor { from, .. } => page.token(from, "the next cursor"),
        Step::Next { from } => page.token(from, "the address of the next page"),
        Step::Link => page.link(),
        Step::Last { .. } if ended => Ok(None),
        Step::Last { .. } => match page.last.map(|last| (as_text(last), last)) {
            Some((Some(token), _)) if !token.is_empty() => Ok(Some(token.into_owned())),
            Some((_, other)) => Err(page.unfit("what names the last record", other, "text or a number")),
            None => Err(Error::new(ErrorKind::Paging, "the source promises more behind a page without records")),
        },
        Step::Page { first, .. } => {
            let number = page.number(*first);
            let is_last = count.map_or(ended, |last| number >= last);
            Ok((!is_last).then(|| number.saturating_add(1).to_string()))
        }
        Step::Offset { first, .. } => {
            let behind = page.number(*first).saturating_add(i64::try_from(page.records).unwrap_or(i64::MAX));
            // A total may count records that are not shown; what is not shown is not waited for.
            let is_last = count.map_or(ended, |total| behind - first >= total || page.records == 0);
            Ok((!is_last).then(|| behind.to_string()))
        }
    }
}

/// Whether a page may be as long as pages get. `full` is how many records the longest had that led to another, 0 where none did:
/// then it is as many as were asked for, or, as sources cap sizes without a word, a round number.
pub(crate) fn may_be_full(paging: &Paging, records: usize, full: usize) -> bool {
    let asked = paging.size.map(|size| size.value as usize);
    records > 1
        && match full {
            0 => asked.is_some_and(|asked| records >= asked) || records.is_multiple_of(ROUND),
            full => records >= full,
        }
}

/// Sizes are capped at multiples of this.
const ROUND: usize = 5;

impl Facts<'_, '_> {
    fn number(&self, first: i64) -> i64 {
        self.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(first)
    }

    fn count(&self, expr: &'static Expr, what: &str) -> Result<i64> {
        match (self.value)(expr) {
            Found::Integer(count) => Ok(count),
            other => Err(self.unfit(what, &other, "a whole number")),
        }
    }

    /// The address in a `Link` header; a response without one, or without a next link in it, is the last.
    fn link(&self) -> Result<Option<String>> {
        for header in self.headers.get_all(LINK) {
            let read = header.to_str().map_err(|_| Malformed).and_then(next_link).map_err(|Malformed| {
                let what = "the `link` header cannot be read, and nobody knows whether it names another page";
                Error::new(ErrorKind::Body, what).help("what was read so far is kept, nothing was deleted")
            })?;
            if read.is_some() {
                return Ok(read);
            }
        }
        Ok(None)
    }

    /// A text or number that says where it goes on; nothing there is the end.
    fn token(&self, from: &'static Expr, what: &str) -> Result<Option<String>> {
        match (&(self.value)(from), self.misfit) {
            (Found::Null, Some((name, found))) => {
                Err(Error::new(ErrorKind::Body, format!("`{name}` is {found}, where {what} should stand")))
            }
            (Found::Bool(_) | Found::List(_) | Found::Wrong(_), _) => {
                Err(self.unfit(what, &(self.value)(from), "text"))
            }
            (token, _) => Ok(as_text(token).map(std::borrow::Cow::into_owned).filter(|token| !token.is_empty())),
        }
    }

    fn unfit(&self, what: &str, found: &Found<'_>, wanted: &str) -> Error {
        let found = if found.is_null() { "missing or null" } else { found.kind() };
        Error::new(ErrorKind::Body, format!("{what} is {found}, where {wanted} was expected"))
            .help("without it nobody knows whether the list has ended; what was read so far is kept")
    }
}

/// The address of a page as it is kept: below the origin it was read from, without the parameter that `auth` adds.
///
/// # Errors
/// `Origin` when it leads elsewhere; `Body` when it is no address.
pub(crate) fn address(from: &Url, base: &Url, text: &str, credential: Option<&str>) -> Result<String> {
    let Ok(mut url) = from.join(text) else {
        return Err(Error::new(ErrorKind::Body, "the address of the next page is none"));
    };
    if url.origin() != base.origin() {
        return Err(foreign(&url.origin()));
    }
    if let Some(name) = credential {
        let others: Vec<_> = url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
        url.set_query(None);
        if !others.is_empty() {
            url.query_pairs_mut().extend_pairs(others);
        }
    }
    let path = url.path();
    Ok(url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

/// The target with the relation `next` in a `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)):
/// `<target>; rel="next", <other>; rel="last"`.
///
/// # Errors
/// When the header is not of this form: nobody knows then whether it named a next page.
pub(crate) fn next_link(header: &str) -> std::result::Result<Option<String>, Malformed> {
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        if rest.is_empty() {
            return Ok(None);
        }
        let (target, after) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(Malformed)?;
        let (parameters, others) = up_to_comma(after).ok_or(Malformed)?;
        if parameters.into_iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("rel")
                && value.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
        }) {
            return if target.is_empty() { Err(Malformed) } else { Ok(Some(target.to_owned())) };
        }
        rest = others;
    }
}

/// A `Link` header that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The parameters of one link, and what stands behind its comma; none when a quote is left open. A quoted value may hold
/// `,` and `;`.
fn up_to_comma(text: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let (mut parameters, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    let mut end = text.len();
    let mut pieces = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' | ',' if !quoted => {
                pieces.push(text.get(start..at).unwrap_or(""));
                start = at + 1;
                if c == ',' {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    if quoted {
        return None;
    }
    if end == text.len() {
        pieces.push(text.get(start..).unwrap_or(""));
    }
    for piece in pieces {
        if let Some((name, value)) = piece.split_once('=') {
            parameters.push((name.trim(), value.trim().trim_matches('"')));
        }
    }
    Some((parameters, text.get(end..).unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_is_found_among_others() {
        for (header, next) in [
            (
                r#"<https://a.test/x?page=2>; rel="next", <https://a.test/x?page=9>; rel="last""#,
                Some("https://a.test/x?page=2"),
            ),
            (r#"<https://a.test/x?a=1,2>; rel="prev", </x?page=3>; rel=next"#, Some("/x?page=3")),
            (r#"</x>; title="a, \"b\"; rel=next"; rel="next""#, Some("/x")),
            (r#"</x>; title="rel=next, </y>; rel=next""#, None),
            (r#"</x>; rel="prev next""#, Some("/x")),
            (r#"</x>; REL=NEXT"#, Some("/x")),
            (r#"</x>; rel="last""#, None),
            (r#", </x>; rel="last" ,, </y>; rel="next""#, Some("/y")),
            ("", None),
        ] {
            assert_eq!(next_link(header).unwrap().as_deref(), next, "{header}");
        }
        for header in ["<>; rel=next", "<broken; rel=next", "/x; rel=next", r#"</x>; title="open, </y>; rel=next"#] {
            assert_eq!(next_link(header), Err(Malformed), "{header}");
        }
    }

    #[test]
    fn an_address_stays_at_its_origin_and_without_the_credential() {
        let base = Url::parse("https://api.test/v1").unwrap();
        let from = Url::parse("https://api.test/v1/things?page=1").unwrap();
        for (text, kept) in [
            ("https://api.test/v1/things?page=2", "/v1/things?page=2"),
            ("/v1/things?page=2&key=hidden", "/v1/things?page=2"),
            ("?page=2", "/v1/things?page=2"),
            ("things?key=hidden", "/v1/things"),
            ("https://user:pass@api.test/v1/x", "/v1/x"),
        ] {
            assert_eq!(address(&from, &base, text, Some("key")).unwrap(), kept, "{text}");
        }
        for text in ["https://other.test/x", "http://api.test/x", "//169.254.169.254/x", "file:///etc/passwd"] {
            assert_eq!(address(&from, &base, text, None).unwrap_err().kind(), ErrorKind::Origin, "{text}");
        }
    }
}
