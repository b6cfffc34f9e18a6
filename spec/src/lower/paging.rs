//! `paging`: paginators, for resources to name.

use crate::Code;
use crate::declared::Declared;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Around, Example, Roots, Scope, Secrets, Ty, Typed, Window, begins_at_last, check};
use crate::keys::{CURSOR, NEXT, OFFSET, PAGE, PAGINATOR, SIZE};
use crate::model::{Expr, Paging, Size, Step, Target};
use crate::names;
use crate::shape::{Entries, Entry, check_name};
use crate::suggest::either;

use super::Names;
use super::target::{self, Use, Wire};

/// A paginator, and where it sets what.
#[derive(Clone)]
pub(super) struct Paginator {
    pub(super) paging: Paging,
    pub(super) sets: Vec<(Target, Use)>,
    /// Whether it has a `size`, right or wrong.
    pub(super) sizes: bool,
}

pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Declared<Paginator> {
    let mut declared = Declared::default();
    for entry in entry.names(ledger) {
        if check_name(ledger, "a paginator", &entry.name, &entry.key, &names::SNAKE) && entry.name == "none" {
            let title = "a paginator cannot be named `none`";
            let label = "`paging: none` says that there is one page";
            ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, &entry.key, label));
        }
        let what = format!("paginator `{}`", entry.name);
        let entries = Entries::read(ledger, &PAGINATOR, what, &entry.key, entry.value);
        let value = entries.and_then(|entries| paginator(ledger, &entries, names));
        declared.add(entry.name, entry.key, value);
    }
    declared
}

/// What a resource can write for its `paging`, in words: the names that there are, or how the first is declared.
pub(super) fn choices(declared: &Declared<Paginator>) -> String {
    let names: Vec<String> = declared.names().map(|name| format!("paging: {name}")).collect();
    if names.is_empty() {
        return "write `paging: none` for a list of one page; for one of several, write `paging: pages`, and at the top of \
                the file how a page leads to the next, such as\n\
                paging:\n  pages: { cursor: { from: meta.next_cursor, to: query.cursor } }"
            .to_owned();
    }
    format!("write {}", either(names.iter().map(String::as_str).chain(["paging: none"])))
}

/// "name a paginator that …", with the names of those that do.
pub(super) fn name_one(declared: &Declared<Paginator>, that: &str, does: impl Fn(&Paging) -> bool) -> String {
    let fits = |paginator: &Option<Paginator>| paginator.as_ref().is_some_and(|paginator| does(&paginator.paging));
    let names = declared.iter().filter(|declaration| fits(&declaration.value));
    match either(names.map(|declaration| declaration.name.as_str())) {
        names if names.is_empty() => format!("declare a paginator {that} under `paging`, and name it here"),
        names => format!("name a paginator {that}: {names}"),
    }
}

fn paginator(ledger: &mut Ledger<'_>, entries: &Entries<'_>, names: &Names) -> Option<Paginator> {
    let mut sets = Vec::new();
    let size = entries.get("size").and_then(|entry| size(ledger, &entry, entries, &mut sets));
    let more = entries.get("more").and_then(|entry| {
        let kind = Wanted { can_be: &[Ty::Boolean], words: "true or false", example: "has_more" };
        of_response(ledger, &entry, names, &kind)
    });
    let ends = [("empty_page", false), ("short_page", true)];
    let short_is_last = entries.get("end").and_then(|entry| entry.choice(ledger, &ends)).unwrap_or(false);
    let mut reading = Reading { ledger, entries, names, sets: &mut sets };
    let step = reading.step();
    reading.end(step.as_ref(), short_is_last);
    let mut wire = Wire::default();
    for (target, by) in &sets {
        wire.set(ledger, target, by.clone());
    }
    let sizes = entries.key("size").is_some();
    Some(Paginator { paging: Paging { step: step?, size, more, short_is_last }, sets, sizes })
}

/// What an expression over the response has to be.
struct Wanted<'w> {
    /// One of these.
    can_be: &'w [Ty],
    words: &'w str,
    /// A path that would do.
    example: &'w str,
}

const TOKEN: Wanted<'_> =
    Wanted { can_be: &[Ty::Text, Ty::Number], words: "text or a number", example: "meta.next_cursor" };
const ADDRESS: Wanted<'_> = Wanted { can_be: &[Ty::Text], words: "text", example: "links.next" };
const COUNT: Wanted<'_> = Wanted { can_be: &[Ty::Integer], words: "a whole number", example: "meta.total" };

/// A paginator being read.
struct Reading<'r, 'l, 't> {
    ledger: &'r mut Ledger<'l>,
    entries: &'r Entries<'t>,
    names: &'r Names,
    sets: &'r mut Vec<(Target, Use)>,
}

impl Reading<'_, '_, '_> {
    fn step(&mut self) -> Option<Step> {
        if let Some(entry) = self.entries.get("cursor") {
            return self.cursor(&entry);
        }
        if let Some(entry) = self.entries.get("page") {
            let what = format!("`page` of {}", self.entries.what);
            let page = Entries::read(self.ledger, &PAGE, what, &entry.key, entry.value)?;
            let first = page.get("first").and_then(|entry| entry.whole(self.ledger, 0, 1)).unwrap_or(1);
            let last = page.get("last").and_then(|entry| of_response(self.ledger, &entry, self.names, &COUNT));
            return Some(Step::Page { to: self.to(&page)?, first, last });
        }
        if let Some(entry) = self.entries.get("offset") {
            let what = format!("`offset` of {}", self.entries.what);
            let offset = Entries::read(self.ledger, &OFFSET, what, &entry.key, entry.value)?;
            let first = offset.get("first").and_then(|entry| entry.whole(self.ledger, 0, 1)).unwrap_or(0);
            let total = offset.get("total").and_then(|entry| of_response(self.ledger, &entry, self.names, &COUNT));
            return Some(Step::Offset { to: self.to(&offset)?, first, total });
        }
        let entry = self.entries.get("next")?;
        if entry.value.scalar().is_some() {
            return entry.choice(self.ledger, &[("link_header", ())]).map(|()| Step::Link);
        }
        let what = format!("`next` of {}", self.entries.what);
        let next = Entries::read(self.ledger, &NEXT, what, &entry.key, entry.value)?;
        let from = next.get("from").and_then(|entry| of_response(self.ledger, &entry, self.names, &ADDRESS));
        Some(Step::Next { from: from.unwrap_or(Expr::Null) })
    }

    fn cursor(&mut self, entry: &Entry<'_>) -> Option<Step> {
        let what = format!("`cursor` of {}", self.entries.what);
        let cursor = Entries::read(self.ledger, &CURSOR, what, &entry.key, entry.value)?;
        let from = cursor.get("from");
        let is_last =
            from.as_ref().and_then(|from| from.value.scalar()).is_some_and(|scalar| begins_at_last(&scalar.text));
        if is_last {
            let from = from.and_then(|entry| {
                // Which resources will name it is not known here, so neither is what their records look like.
                let roots = Roots::Last(Example { resource: "", value: None, key: None, around: Around::default() });
                checked(self.ledger, &entry, self.names, roots, &Wanted { example: "last.id", ..TOKEN })
            });
            return Some(Step::Last { from: from.unwrap_or(Expr::Null), to: self.to(&cursor)? });
        }
        let from = from.and_then(|entry| of_response(self.ledger, &entry, self.names, &TOKEN));
        Some(Step::Cursor { from: from.unwrap_or(Expr::Null), to: self.to(&cursor)? })
    }

    fn to(&mut self, entries: &Entries<'_>) -> Option<Target> {
        let entry = entries.get("to")?;
        let to = target::read(self.ledger, &entry)?;
        self.sets.push((to.clone(), Use { what: entry.what(), range: entry.value.range.clone() }));
        Some(to)
    }

    /// Whether `end` means anything.
    fn end(&mut self, step: Option<&Step>, short_is_last: bool) {
        let Some(range) = self.entries.key("end") else { return };
        if let Some(Step::Cursor { .. } | Step::Next { .. } | Step::Link) = step {
            let title = format!("`end` of {} means nothing", self.entries.what);
            self.ledger.push(
                Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "the end is where no next page is named")
                    .help("take it out: a short or empty page is read over, and only the response ends the list"),
            );
        } else if short_is_last && self.entries.key("size").is_none() {
            let title = format!("`end: short_page` of {} needs `size`", self.entries.what);
            self.ledger.push(
                Diagnostic::error(Code::WINDOW_NEEDED, title, &range, "short of what?")
                    .help("add `size`, or let an empty page be the end"),
            );
        }
    }
}

/// An expression over the response.
fn of_response(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names, wanted: &Wanted<'_>) -> Option<Expr> {
    checked(ledger, entry, names, Roots::Response, wanted)
}

fn checked(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    names: &Names,
    roots: Roots<'_>,
    wanted: &Wanted<'_>,
) -> Option<Expr> {
    let secrets = Secrets::Refused("a parameter of the request");
    let scope = Scope { roots, settings: &names.settings, secrets, given: &[], window: Window::Nowhere, enums: &[] };
    let what = entry.what();
    let typed: Typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    if typed.constant {
        ledger.push(
            Diagnostic::error(Code::CONSTANT, format!("{what} is always the same"), &range, "no path of the response")
                .help(format!("write its path in the response, such as `{}`", wanted.example)),
        );
        return None;
    }
    if !wanted.can_be.iter().any(|ty| typed.ty.can_be(ty)) {
        let title = format!("{what} must be {}", wanted.words);
        let diagnostic = Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty));
        let is_text = typed.ty == Ty::Text && wanted.can_be == [Ty::Integer];
        ledger.push(if is_text { diagnostic.help("read it as one with `integer(…)`") } else { diagnostic });
        return None;
    }
    Some(typed.expr)
}

fn size(ledger: &mut Ledger<'_>, entry: &Entry<'_>, of: &Entries<'_>, sets: &mut Vec<(Target, Use)>) -> Option<Size> {
    let what = format!("`size` of {}", of.what);
    let entries = Entries::read(ledger, &SIZE, what, &entry.key, entry.value)?;
    let to = entries.get("to").and_then(|entry| {
        let to = target::read(ledger, &entry)?;
        sets.push((to.clone(), Use { what: entry.what(), range: entry.value.range.clone() }));
        Some(to)
    });
    let value = entries.get("value").and_then(|entry| entry.whole(ledger, 1, i64::from(u32::MAX)));
    Some(Size { to: to?, value: u32::try_from(value?).ok()? })
}
