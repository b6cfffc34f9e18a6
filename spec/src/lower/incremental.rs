//! `incremental`: how a sync goes on from the last one.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Example, Roots, Scope, Secrets, Window as Scoped, check, check_template};
use crate::keys::{CONTINUE, INCREMENTAL, WINDOW};
use crate::model::{Bound, Expr, Incremental, Lookback, Paging, Resume, SettingKind, Shape, Step, Window, WindowOn};
use crate::shape::{Entries, Entry, unit_millis};

use super::Names;
use super::format;
use super::target::{self, Use, Wire};

/// What `incremental` needs to know of its resource.
pub(super) struct Surroundings<'a> {
    pub(super) resource: &'a Entries<'a>,
    pub(super) names: &'a Names,
    pub(super) example: Example<'a>,
    pub(super) paging: Option<&'a Paging>,
    /// The ends of the window that templates of the request speak of.
    pub(super) spoken: Vec<Bound>,
}

/// What templates of a request may say of a window, before `incremental` is read.
pub(super) fn window_of(resource: &Entries<'_>) -> Scoped {
    let Some(incremental) = resource.get("incremental") else { return Scoped::None };
    let Some(window) = incremental.value.member("window") else { return Scoped::None };
    let says = |key: &str, is: &dyn Fn(&str) -> bool| {
        window.member(key).and_then(|value| value.scalar()).is_some_and(|scalar| is(&scalar.text))
    };
    Scoped::Known {
        ends: says("until", &|text| text == "now"),
        numbers: says("format", &|text| text.starts_with("unix_")),
    }
}

pub(super) fn read(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    around: &Surroundings<'_>,
    wire: &mut Wire,
) -> Option<Incremental> {
    let what = format!("`incremental` of {}", around.resource.what);
    let entries = Entries::read(ledger, &INCREMENTAL, what, &entry.key, entry.value)?;
    let resume = entries.get("continue").and_then(|entry| resume(ledger, &entry, around, wire));
    let window = entries.get("window").and_then(|entry| window(ledger, &entry, around, wire));
    let lookback = entries.get("lookback").and_then(|entry| lookback(ledger, &entry, around.names));
    let overlap = entries.get("overlap").and_then(|entry| entry.duration(ledger));
    let has = |key: &str| entries.key(key).is_some();
    let newest_first = entries.get("feed").and_then(|feed| feed.choice(ledger, &[("newest_first", true)]));
    if let Some(key) = entries.key("feed") {
        feed(ledger, &entries, &key, around);
    } else if !has("continue") && !has("window") {
        let title = format!("{} has neither `continue` nor `window` nor `feed`", entries.what);
        ledger.push(Diagnostic::error(Code::NOTHING_INCREMENTAL, title, &entry.key, "nothing to go on from").help(
            "say what the API is asked for: what comes behind a record, a window of time, or both; or that its list is \
                 a feed, which is read until what is known begins",
        ));
    } else if around.resource.key("for_each").is_some() && !has("window") {
        let key = entries.key("continue").unwrap_or_else(|| entry.key.clone());
        let label = "with many parents their last records are not all kept, and time alone tells what is new";
        needs(ledger, &entries, "continue", &key, "window", label);
    } else if !has("window") {
        for key in ["lookback", "overlap"] {
            if let Some(range) = entries.key(key) {
                needs(ledger, &entries, key, &range, "window", "without a window of time nothing carries it");
            }
        }
    }
    let newest_first = newest_first.unwrap_or(false);
    Some(Incremental { resume, window, newest_first, lookback, overlap_millis: overlap.unwrap_or(0) })
}

/// What goes with a feed, and what does not.
fn feed(ledger: &mut Ledger<'_>, entries: &Entries<'_>, key: &std::ops::Range<usize>, around: &Surroundings<'_>) {
    for other in ["continue", "window"] {
        if let Some(range) = entries.key(other) {
            let title = format!("`feed` and `{other}` do not go together in {}", entries.what);
            ledger.push(
                Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "not beside `feed`")
                    .label(key, "it stands here")
                    .help("an API that can be asked for what is new needs no feed: keep one"),
            );
        }
    }
    let resource = around.resource;
    if resource.key("at").is_none() && resource.key("updated_at").is_none() && resource.key("entity").is_some() {
        let title = format!("a feed, and rows of {} have no time", resource.what);
        ledger.push(
            Diagnostic::error(Code::WINDOW_WITHOUT_TIME, title, key, "newest by which time?")
                .help("say with `updated_at` when a record changed: it is what the list is sorted by"),
        );
    }
}

fn needs(
    ledger: &mut Ledger<'_>,
    entries: &Entries<'_>,
    key: &str,
    range: &std::ops::Range<usize>,
    other: &str,
    label: &str,
) {
    let title = format!("`{key}` of {} needs `{other}`", entries.what);
    ledger.push(
        Diagnostic::error(Code::WINDOW_NEEDED, title, range, label).help(format!("add `{other}`, or take `{key}` out")),
    );
}

fn resume(ledger: &mut Ledger<'_>, entry: &Entry<'_>, around: &Surroundings<'_>, wire: &mut Wire) -> Option<Resume> {
    let what = format!("`continue` of {}", around.resource.what);
    let entries = Entries::read(ledger, &CONTINUE, what, &entry.key, entry.value)?;
    let from = entries.get("from").and_then(|entry| {
        let scope = Scope {
            roots: Roots::Last(around.example),
            settings: &around.names.settings,
            secrets: Secrets::Refused("a parameter of the request"),
            given: &[],
            window: Scoped::Nowhere,
            enums: &[],
        };
        let what = entry.what();
        let typed = check(ledger, entry.value, &what, scope)?;
        let range = entry.value.part(&typed.part);
        if typed.constant {
            let title = format!("{what} is always the same");
            ledger.push(
                Diagnostic::error(Code::CONSTANT, title, &range, "no path of the last record")
                    .help("write what names the last record, such as `last.id`"),
            );
            return None;
        }
        if !typed.ty.is_scalar() {
            let title = format!("{what} must be a single value");
            ledger.push(Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty)));
            return None;
        }
        Some(typed.expr)
    });
    let to = entries.get("to").and_then(|entry| {
        let to = target::read(ledger, &entry)?;
        if around.paging.and_then(Paging::token) != Some(&to) {
            wire.set(ledger, &to, Use { what: entry.what(), range: entry.value.range.clone() });
        }
        Some(to)
    });
    Some(Resume { from: from.unwrap_or(Expr::Null), to: to? })
}

fn window(ledger: &mut Ledger<'_>, entry: &Entry<'_>, around: &Surroundings<'_>, wire: &mut Wire) -> Option<Window> {
    let what = format!("`window` of {}", around.resource.what);
    let entries = Entries::read(ledger, &WINDOW, what, &entry.key, entry.value)?;
    let mut end = |ledger: &mut Ledger<'_>, key: &str| {
        let entry = entries.get(key)?;
        let to = target::read(ledger, &entry)?;
        wire.set(ledger, &to, Use { what: entry.what(), range: entry.value.range.clone() });
        Some(to)
    };
    let from = end(ledger, "from");
    let to = end(ledger, "to");
    let ends = entries.key("to").is_some() || around.spoken.contains(&Bound::End);
    if entries.key("from").is_none() && !around.spoken.contains(&Bound::Start) {
        let title = format!("no request of {} says where its window begins", around.resource.what);
        ledger.push(Diagnostic::error(Code::WINDOW_UNSENT, title, &entry.key, "nothing carries its start").help(
            "write where it goes, such as `from: query.since`, or put `{window.start}` into a template of the request",
        ));
    }
    let at_most_millis = entries.get("at_most").and_then(|entry| {
        let millis = entry.duration(ledger)?;
        target::positive(ledger, &entry, millis).then_some(millis)
    });
    if let (Some(range), false) = (entries.key("at_most"), ends) {
        needs(ledger, &entries, "at_most", &range, "to", "a window without an end cannot be kept short");
    }
    let on = [("first_page", WindowOn::FirstPage), ("every_page", WindowOn::EveryPage)];
    let on = entries.get("on").and_then(|entry| entry.choice(ledger, &on)).unwrap_or(WindowOn::EveryPage);
    let format = entries.get("format").and_then(|entry| format::read(ledger, &entry)).unwrap_or_default();
    if let (WindowOn::FirstPage, Some(Step::Page { .. } | Step::Offset { .. }), Some(range)) =
        (on, around.paging.map(|paging| &paging.step), entries.key("on"))
    {
        let title = format!("`on: first_page` of {} does not go with pages that are counted", entries.what);
        ledger.push(
            Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "the next page would be of all records")
                .help("a number does not carry the window on: send it with `every_page`, the default"),
        );
    }
    let unit = format.granularity_millis();
    if let (Some(millis), Some(range)) = (at_most_millis, entries.key("at_most"))
        && unit > 1
        && millis < 3 * unit
    {
        let title = format!("`at_most` of {} is too short for how its ends are written", entries.what);
        ledger.push(
            Diagnostic::error(Code::WINDOW_TOO_FINE, title, &range, "less than three of the shortest time that is told apart")
                .help("ends are rounded outwards, so that nothing falls between two windows: make it longer, or write them finer"),
        );
    }
    let resource = around.resource;
    if ["at", "updated_at", "start_at"].iter().all(|key| resource.key(key).is_none()) {
        let shape = super::row::shape(resource);
        let key = shape.map_or("updated_at", Shape::time_column);
        // Where they need one, that is told already.
        if !matches!(shape, Some(Shape::Event | Shape::Metric)) {
            let title = format!("a window of time, and rows of {} have no time", resource.what);
            ledger.push(
                Diagnostic::error(Code::WINDOW_WITHOUT_TIME, title, &entry.key, "by which time?")
                    .help(format!("say with `{key}` when a record changed: the window moves on by it")),
            );
        }
    }
    let until = [("open", false), ("now", true)];
    let until_now = entries.get("until").and_then(|entry| entry.choice(ledger, &until)).unwrap_or(false);
    if let (true, Some(range), false) = (until_now, entries.key("until"), ends) {
        needs(ledger, &entries, "until", &range, "to", "nothing carries the end");
    }
    Some(Window { from, to, at_most_millis, on, format, until_now })
}

/// `30d`, or `"{config.days}d"`.
fn lookback(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Lookback> {
    let what = entry.what();
    let typed = check_template(ledger, entry.value, &what, names.scope("a parameter of the request"))?;
    let wrong = |ledger: &mut Ledger<'_>, label: &str, help: &str| {
        let title = format!("{what} is not a positive whole number of a unit");
        ledger.push(Diagnostic::error(Code::LOOKBACK, title, &entry.value.range, label).help(help));
        None
    };
    const HELP: &str = "write a whole number, or an integer setting, and one of `ms`, `s`, `m`, `h` and `d`: `30d` or `\"{config.days}d\"`";
    let (amount, unit) = match &typed.expr {
        Expr::Text(text) => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let (amount, unit) = text.split_at_checked(digits)?;
            match amount.parse::<i64>() {
                Ok(amount) if amount > 0 => (Expr::Integer(amount), unit),
                _ => return wrong(ledger, "no such number", HELP),
            }
        }
        Expr::Concat(parts) => match parts.as_slice() {
            [Expr::Setting(name), Expr::Text(unit)] => {
                let declared = names.settings.used(name)?;
                let setting = declared.value.as_ref()?;
                let SettingKind::Integer { range, default } = &setting.kind else {
                    return wrong(ledger, &format!("`config.{name}` is not an integer"), HELP);
                };
                if *range.start() < 1 {
                    let label = format!("`config.{name}` may be zero or less");
                    return wrong(ledger, &label, "give the setting a `range` that begins at 1 or above");
                }
                if !setting.required && default.is_none() {
                    return wrong(ledger, &format!("`config.{name}` may be missing"), "give the setting a default");
                }
                (Expr::Setting(name.clone()), unit.as_str())
            }
            _ => return wrong(ledger, "not a number and a unit", HELP),
        },
        _ => return wrong(ledger, "a unit is missing", HELP),
    };
    let Some(unit_millis) = unit_millis(unit) else {
        return wrong(ledger, &format!("`{unit}` is not a unit"), HELP);
    };
    Some(Lookback { amount, unit_millis })
}
