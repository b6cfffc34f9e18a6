//! How a list's pages lead on: recognised by what it is asked with and what it answers.

use tapwright_openapi::{In, Kind, Parameter, Property, Shape, Tree};

use super::list::Listing;
use super::names::{bare, snaked};
use crate::path::path;
use crate::yaml::{Map, Value};

const SIZES: [&str; 17] = [
    "limit",
    "perpage",
    "pagesize",
    "maxresults",
    "pagelimit",
    "resultsperpage",
    "itemsperpage",
    "max",
    "count",
    "size",
    "first",
    "take",
    "top",
    "numresults",
    "maxitems",
    "rows",
    "pagemax",
];
const CURSORS: [&str; 17] = [
    "after",
    "cursor",
    "pagetoken",
    "nexttoken",
    "nextcursor",
    "continuationtoken",
    "nextpagetoken",
    "pageafter",
    "pagecursor",
    "startcursor",
    "marker",
    "scrollid",
    "continuation",
    "pagestate",
    "next",
    "bookmark",
    "aftercursor",
];
const TOKENS: [&str; 14] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "after",
    "cursor",
    "endcursor",
    "continuationtoken",
    "next",
    "nextpage",
    "nextmarker",
    "scrollid",
    "bookmark",
    "aftercursor",
    "pagetoken",
];
const BEHIND: [&str; 6] = ["startingafter", "after", "afterid", "sinceid", "cursor", "startafter"];
const ADDRESSES: [&str; 9] =
    ["nextpage", "nexturl", "nextlink", "nextpageurl", "odatanextlink", "next", "nexthref", "nextpagelink", "nexturi"];
const OFFSETS: [&str; 7] = ["offset", "startat", "skip", "pageoffset", "start", "startindex", "from"];
const PAGES: [&str; 6] = ["page", "pagenumber", "pageno", "pageindex", "p", "pagenum"];
const TOTALS: [&str; 8] =
    ["total", "totalcount", "totalresults", "totalitems", "totalrecords", "totalelements", "totalsize", "totalrows"];
const LASTS: [&str; 6] = ["totalpages", "pagecount", "lastpage", "pagestotal", "numpages", "pages"];
const MORES: [&str; 4] = ["hasmore", "hasnext", "hasnextpage", "more"];

/// Page sizes beyond this are asked for by nobody who has to hold a page.
const LARGEST: i64 = 1000;

/// How a list's pages lead on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paging {
    /// What a paginator that does so is called.
    pub(super) name: String,
    /// The paginator without its page size.
    pub(super) keys: Map,
    /// Where the page size goes, and what it is.
    pub(super) size: Option<(String, i64)>,
    /// What is not known.
    pub(super) questions: Vec<String>,
    /// The parameters that it sets.
    pub(super) sets: Vec<String>,
    /// Whether it is a token or the last record that leads on.
    pub(super) is_cursor: bool,
}

/// Something a list can be asked with.
struct Asked<'l> {
    name: &'l str,
    target: String,
    shape: &'l Shape,
    description: Option<&'l str>,
}

/// Something an answer says beside its records.
struct Told<'l> {
    keys: Vec<String>,
    property: &'l Property,
}

impl Told<'_> {
    fn path(&self) -> String {
        path(&self.keys, Some("headers"))
    }
}

/// How a list's pages lead on; none when it has one page. The error is what speaks of pages without saying how.
pub(super) fn paging(list: &Listing<'_>, key: Option<&str>) -> Result<Option<Paging>, String> {
    let asked = asked(list);
    let told = told(list);
    let by = |names: &[&str], fits: &dyn Fn(&Shape) -> bool| {
        let of = |name: &&str| asked.iter().find(|one| bare(one.name) == **name && fits(one.shape));
        names.iter().find_map(of)
    };
    let says = |names: &[&str], fits: &dyn Fn(&Told<'_>) -> bool| {
        let of = |name: &&str| told.iter().find(|one| bare(&one.property.name) == **name && fits(one));
        names.iter().find_map(of)
    };
    let is_text = |shape: &Shape| shape.kinds.is_empty() || shape.kinds.contains(&Kind::String);
    let is_whole = |shape: &Shape| shape.kinds.contains(&Kind::Integer) || shape.kinds.contains(&Kind::Number);
    let is_token = |shape: &Shape| is_text(shape) && shape.format.as_deref() != Some("date-time");

    let size = by(&SIZES, &is_whole);
    let mut questions = Vec::new();
    let size = size.map(|size| (size.target.clone(), sized(size, &mut questions)));
    let cursor = by(&CURSORS, &is_token).or_else(|| by(&PAGES, &|shape| is_text(shape) && !is_whole(shape)));
    let token = says(&TOKENS, &|one| is_text(&one.property.shape) && !is_address(one));
    let address = says(&ADDRESSES, &|one| is_text(&one.property.shape) && is_address(one))
        .or_else(|| told.iter().find(|one| is_href(one)));
    let more = says(&MORES, &|one| one.property.shape.kinds.contains(&Kind::Boolean));
    let links = list.operation.response_headers().iter().any(|name| name.eq_ignore_ascii_case("link"));
    // Where nothing says what is required, nothing says that a number is missing at times.
    let says_required = list.response.properties.iter().any(|property| property.required);
    let is_sure = |one: &Told<'_>| (one.property.required || !says_required) && !one.property.shape.nullable;

    let mut keys = Map::default();
    let (name, sets, is_cursor) = if let (Some(cursor), Some(token)) = (cursor, token) {
        let path = token.path();
        keys.put("cursor", [("from", path.as_str().into()), ("to", cursor.target.as_str().into())]);
        (snaked(cursor.name), Some(cursor), true)
    } else if let Some(address) = address {
        keys.put("next", [("from", Value::from(address.path()))]);
        ("next_page".to_owned(), None, false)
    } else if links {
        keys.put("next", "link_header");
        ("link_header".to_owned(), None, false)
    } else if let (Some(behind), Some(key), true) = (by(&BEHIND, &is_text), key, more.is_some()) {
        keys.put("cursor", [("from", format!("last.{key}").into()), ("to", behind.target.as_str().into())]);
        keys.put_some("more", more.filter(|more| is_sure(more)).map(Told::path));
        (snaked(behind.name), Some(behind), true)
    } else if let Some(offset) = by(&OFFSETS, &is_whole).filter(|_| size.is_some()) {
        let total = says(&TOTALS, &|one| is_whole(&one.property.shape) && is_sure(one));
        let mut of = Map::default();
        of.put("to", offset.target.as_str());
        if bare(offset.name) == "startindex" {
            of.put("first", 1);
        }
        of.put_some("total", total.map(Told::path));
        keys.put("offset", of);
        (snaked(offset.name), Some(offset), false)
    } else if let Some(page) = by(&PAGES, &is_whole) {
        let last = says(&LASTS, &|one| is_whole(&one.property.shape) && is_sure(one));
        let mut of = Map::default();
        of.put("to", page.target.as_str());
        match page.shape.default {
            Some(Tree::Integer(0)) => of.put("first", 0),
            Some(Tree::Integer(1)) => {}
            _ => questions.push(format!("whether the first `{}` is 1, or 0", page.name)),
        }
        of.put_some("last", last.map(Told::path));
        keys.put("page", of);
        (snaked(page.name), Some(page), false)
    } else {
        let speaking = [cursor, by(&OFFSETS, &is_whole)];
        let names: Vec<String> = speaking.iter().flatten().map(|one| format!("`{}`", one.name)).collect();
        let names = if names.is_empty() { size.map(|(target, _)| target).into_iter().collect() } else { names };
        return match names.is_empty() {
            true => Ok(None),
            false => Err(format!(
                "how a page leads to the next: {} {} there, but nothing in the answer that goes with {}",
                names.join(" and "),
                if names.len() == 1 { "is" } else { "are" },
                if names.len() == 1 { "it" } else { "them" },
            )),
        };
    };
    let mut sets: Vec<String> = sets.map(|one| one.target.clone()).into_iter().collect();
    sets.extend(size.as_ref().map(|(target, _)| target.clone()));
    Ok(Some(Paging { name, keys, size, questions, sets, is_cursor }))
}

impl Paging {
    /// The paginator, for `paging` at the top of the file.
    pub(super) fn value(&self, value: i64) -> Map {
        let mut keys = self.keys.clone();
        if let Some((target, _)) = &self.size {
            keys.put("size", [("to", target.as_str().into()), ("value", Value::from(value))]);
        }
        keys
    }
}

fn asked<'l>(list: &'l Listing<'_>) -> Vec<Asked<'l>> {
    let is_name = |name: &str| !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control());
    let of = |parameter: &'l Parameter| Asked {
        name: &parameter.name,
        target: format!("query.{}", parameter.name),
        shape: &parameter.shape,
        description: parameter.description.as_deref().or(parameter.shape.description.as_deref()),
    };
    let query = list.parameters.iter().filter(|one| one.place == In::Query && is_name(&one.name));
    let mut all: Vec<Asked<'l>> = query.map(of).collect();
    for property in list.body.iter().flat_map(|body| &body.properties) {
        let is_key = is_name(&property.name) && !property.name.contains('.');
        let one = |name: &'l str, target: String, shape: &'l Shape| Asked {
            name,
            target,
            shape,
            description: shape.description.as_deref(),
        };
        if is_key {
            all.push(one(&property.name, format!("body.{}", property.name), &property.shape));
        }
        for inner in property.shape.properties.iter().filter(|inner| is_key && is_name(&inner.name)) {
            if !inner.name.contains('.') && bare(&property.name).contains("pag") {
                all.push(one(&inner.name, format!("body.{}.{}", property.name, inner.name), &inner.shape));
            }
        }
    }
    all
}

/// What the answer says beside its records, to the third level.
fn told<'l>(list: &'l Listing<'_>) -> Vec<Told<'l>> {
    let mut all = Vec::new();
    let mut open: Vec<(Vec<String>, &'l Shape)> = vec![(Vec::new(), &list.response)];
    while let Some((before, shape)) = open.pop() {
        for property in &shape.properties {
            let keys: Vec<String> = before.iter().cloned().chain([property.name.clone()]).collect();
            if keys == list.records {
                continue;
            }
            if !property.shape.properties.is_empty() && keys.len() < 3 {
                open.push((keys.clone(), &property.shape));
            }
            if property.shape.kinds.is_empty() || property.shape.is_scalar() {
                all.push(Told { keys, property });
            }
        }
    }
    all.sort_by_key(|one| one.keys.len());
    all
}

fn is_address(one: &Told<'_>) -> bool {
    let shape = &one.property.shape;
    let named = ["url", "uri", "link", "href"].iter().any(|word| bare(&one.property.name).contains(word));
    let below = one.keys.iter().rev().nth(1).is_some_and(|above| bare(above) == "links");
    let by_format = shape.format.as_deref().is_some_and(|format| format.starts_with("uri") || format == "url");
    let example = shape.example.as_ref().and_then(Tree::text).unwrap_or_default();
    let described = shape.description.as_deref().unwrap_or_default().to_ascii_lowercase();
    let by_words = ["url ", "uri ", "link to", "url.", "the url", "href"].iter().any(|word| described.contains(word));
    named || below || by_format || by_words || example.starts_with("http") || example.starts_with('/')
}

/// `next.href`, as in HAL.
fn is_href(one: &Told<'_>) -> bool {
    let above = one.keys.iter().rev().nth(1).map(|above| bare(above));
    bare(&one.property.name) == "href" && above.as_deref() == Some("next")
}

/// How many records to ask for: as many as the document allows.
fn sized(size: &Asked<'_>, questions: &mut Vec<String>) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a bound that is cut off is a bound all the same")]
    let most = size.shape.maximum.map(|most| most as i64).or_else(|| described(size.description?));
    if let Some(most) = most.filter(|most| *most > 0) {
        return most.min(LARGEST);
    }
    let default = match size.shape.default {
        Some(Tree::Integer(default)) if default > 0 => default.min(LARGEST),
        _ => 100,
    };
    questions.push(format!("how many records `{}` may ask for: the document does not say", size.name));
    default
}

/// The greatest number that words tell: `max 100`, `up to 100`, `between 1 and 100`.
fn described(text: &str) -> Option<i64> {
    let text = text.to_ascii_lowercase().replace('`', "");
    let number = |text: &str| {
        let from = text.find(|c: char| c.is_ascii_digit()).filter(|from| *from < 25)?;
        let digits: String = text.get(from..)?.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        digits.replace(',', "").parse::<i64>().ok()
    };
    let behind = |word: &str| text.split_once(word).and_then(|(_, rest)| number(rest));
    let range = || {
        let (_, rest) = text.split_once("between ").or_else(|| text.split_once("from "))?;
        let (_, rest) = rest.split_once(" and ").or_else(|| rest.split_once(" to "))?;
        number(rest)
    };
    behind("maximum").or_else(|| behind("max")).or_else(|| behind("up to")).or_else(|| behind("at most")).or_else(range)
}
