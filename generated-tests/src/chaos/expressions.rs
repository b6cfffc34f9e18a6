//! Expressions that are grown at random and well typed, over random records: what the engine makes of them is what they give
//! when they are worked out plainly. Ones that are grown wrong are refused.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value as Json, json};
use tapwright_runtime::__fuzz as runtime;
use tapwright_spec::functions::FUNCTIONS;
use tapwright_spec::{Source, check};

use super::Dice;
use super::plainly::{Counts, E, V, WORDS, eval};

/// What was tried, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Expressions {
    /// Expressions of which what they gave was compared, one for each record.
    pub compared: u64,
    /// Records that were set aside since a column could not hold what was given, as it should be.
    pub aside: u64,
    /// Expressions that were grown wrong, and refused.
    pub refused: u64,
    /// How often each operator and function gave something.
    pub given: BTreeMap<&'static str, u64>,
    /// What differed.
    pub found: Vec<String>,
}

impl Expressions {
    /// Adds another run's.
    pub fn add(&mut self, other: Expressions) {
        self.compared += other.compared;
        self.aside += other.aside;
        self.refused += other.refused;
        self.found.extend(other.found);
        for (what, count) in other.given {
            *self.given.entry(what).or_default() += count;
        }
    }

    /// The functions and operators that gave something fewer than so many times.
    #[must_use]
    pub fn scarce(&self, least: u64) -> Vec<&'static str> {
        let operators = ["==", "!=", "<", "<=", ">", ">=", "and", "or", "not", "in", "matches", "later", "earlier"];
        let others = ["-x", "+", "-", "*", "/", "%", "if", "??", "let"];
        let words = WORDS.iter().map(|(.., name)| *name);
        let all = FUNCTIONS.iter().map(|function| function.name).chain(operators).chain(others).chain(words);
        all.filter(|name| self.given.get(name).copied().unwrap_or(0) < least).collect()
    }
}

impl fmt::Display for Expressions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = self.given.iter().min_by_key(|(_, count)| **count);
        let (name, count) = least.map_or(("nothing", 0), |(name, count)| (name, *count));
        write!(
            f,
            "{} compared, {} set aside, {} grown wrong and refused, each of {} functions and operators gave something, \
             `{name}` the fewest times ({count}); {} found",
            self.compared,
            self.aside,
            self.refused,
            self.given.len(),
            self.found.len()
        )
    }
}

/// The type of a grown expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum T {
    Bool,
    Int,
    Num,
    Text,
    Moment,
    Texts,
    Ints,
    Nums,
    Moments,
    Things,
    Thing,
}

const TEXTS: &[&str] = &[
    "",
    "a",
    "b_c",
    "Straße",
    "  x ",
    "日本_語",
    "true",
    "false",
    "-12",
    "3.5",
    "a,b,,c",
    "Zm9v",
    "YQ",
    "ab%/~ +",
    "é\"\\'",
];
const MOMENTS: &[&str] = &[
    "2026-01-15T12:00:00Z",
    "1969-12-31 23:59:59.999",
    "2024-02-29T23:59:59.123456+05:30",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "soon",
    "2026-02-30T00:00:00Z",
];
const DAYS: &[&str] = &["2026-01-15", "1970-01-01", "2000-02-29", "2026-02-30", "15.01.2026"];
const INTS: &[i64] =
    &[0, 1, -1, 2, 7, 60, -1_000, 9_007_199_254_740_993, i64::MAX, i64::MIN, 1_768_478_400, -62_167_219_201];
const NUMS: &[f64] = &[0.0, 0.5, -0.5, 1.5, -2.5, 1e15, 2.0, 1e300, -1e300, 0.1, 1e19, 9_007_199_254_740_992.0];
const SPANS: &[(i64, &str)] = &[(1, "1ms"), (30_000, "30s"), (1_800_000, "30m"), (7_200_000, "2h"), (86_400_000, "1d")];

fn one<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[dice.below(all.len() as u64) as usize]
}

/// Grows expressions.
struct Grower<'d> {
    dice: &'d mut Dice,
    known: Vec<(String, T)>,
    inside: u32,
}

impl Grower<'_> {
    fn literal(&mut self, ty: T) -> E {
        E::Lit(match ty {
            T::Bool => V::Bool(self.dice.once_in(2)),
            T::Int => V::Int(one(self.dice, &[0, 1, 2, 3, -1, 10, 1_000, i64::MAX]).into()),
            T::Num => V::Num(one(self.dice, &[0.5, 1.5, -0.25, 100.0, 1e300])),
            _ => V::Text(one(self.dice, TEXTS).to_owned()),
        })
    }

    fn leaf(&mut self, ty: T) -> E {
        let named: Vec<(String, T)> = self.known.clone();
        let fitting: Vec<E> = named
            .iter()
            .flat_map(|(name, known)| {
                let local = |path| Some(E::Local(name.clone(), path));
                match (known, ty) {
                    (known, ty) if *known == ty => local(""),
                    (T::Thing, T::Text) => local("k"),
                    (T::Thing, T::Int) => local("v"),
                    (T::Thing, T::Bool) => local("ok"),
                    (T::Thing, T::Texts) => local("sub[]"),
                    _ => None,
                }
            })
            .collect();
        if !fitting.is_empty() && !self.dice.once_in(3) {
            return fitting[self.dice.below(fitting.len() as u64) as usize].clone();
        }
        let paths: &[&'static str] = match ty {
            T::Bool => &["b", "o.yes"],
            T::Int => &["i", "j", "o.a", "u"],
            T::Num => &["n", "m"],
            T::Text => &["s", "t", "o.z"],
            T::Texts => &["tags[]", "objs[].k"],
            T::Ints => &["nums[]", "objs[].v"],
            T::Nums => &["reals[]"],
            T::Things => &["objs"],
            T::Moment => return E::Call("parse_time", vec![E::Path("at"), text("rfc3339")]),
            T::Moments => {
                let read = E::Call("parse_time", vec![E::Local("moment_".to_owned(), ""), text("rfc3339")]);
                return E::Over("map", "moment_".to_owned(), Box::new([E::Path("ats[]"), read]));
            }
            T::Thing => return E::Call("first", vec![E::Path("objs[]")]),
        };
        if matches!(ty, T::Bool | T::Int | T::Num | T::Text) && self.dice.once_in(4) {
            return self.literal(ty);
        }
        E::Path(one(self.dice, paths))
    }

    fn grow(&mut self, ty: T, depth: u32) -> E {
        if depth == 0 {
            return self.leaf(ty);
        }
        let d = depth - 1;
        // What every type has.
        match self.dice.below(12) {
            // A path to an array is one value, and what functions give is a list.
            0 | 1 if ty == T::Things => {}
            0 => {
                return E::If(Box::new([self.grow(T::Bool, d), self.grow(ty, d), self.grow(ty, d)]));
            }
            1 => return E::FirstOf(vec![self.grow(ty, d), self.grow(ty, d)]),
            2 => return self.bound(ty, d),
            3 => return self.leaf(ty),
            _ => {}
        }
        let list =
            one(self.dice, &[(T::Texts, T::Text), (T::Ints, T::Int), (T::Nums, T::Num), (T::Moments, T::Moment)]);
        match ty {
            T::Bool => match self.dice.below(13) {
                0 => E::Op("and", vec![self.grow(ty, d), self.grow(ty, d)]),
                1 => E::Op("or", vec![self.grow(ty, d), self.grow(ty, d)]),
                2 => E::Op("not", vec![self.grow(ty, d)]),
                3 | 4 => {
                    let what = one(self.dice, &["==", "!=", "<", "<=", ">", ">="]);
                    let of = one(self.dice, &[T::Int, T::Num, T::Text, T::Moment]);
                    E::Op(what, vec![self.grow(of, d), self.grow(of, d)])
                }
                5 => E::Op("==", vec![self.grow(T::Int, d), self.grow(T::Num, d)]),
                6 => {
                    let of = one(self.dice, &[T::Int, T::Text]);
                    E::Op("in", vec![self.grow(of, d), self.grow(of, d), self.grow(of, d)])
                }
                7 => E::Op("matches", vec![self.grow(T::Text, d), text(one(self.dice, &["a*", "*_*", "?", "*"]))]),
                8 => {
                    let what = one(self.dice, &["contains", "starts_with", "ends_with"]);
                    E::Call(what, vec![self.grow(T::Text, d), self.grow(T::Text, d)])
                }
                9 => E::Call("boolean", vec![self.grow(T::Text, d)]),
                10 => E::Call("contains", vec![self.grow(list.0, d), self.grow(list.1, d)]),
                _ => {
                    let what = one(self.dice, &["any", "all"]);
                    self.over(what, T::Bool, d)
                }
            },
            T::Int => match self.dice.below(12) {
                0..=2 => {
                    let what = one(self.dice, &["+", "-", "*", "%"]);
                    E::Op(what, vec![self.grow(ty, d), self.divisor(what, ty, d)])
                }
                3 => E::Op("-x", vec![self.grow(ty, d)]),
                4 => E::Call(one(self.dice, &["round", "floor", "ceil"]), vec![self.grow(T::Num, d)]),
                5 => E::Call("abs", vec![self.grow(ty, d)]),
                6 => E::Call("integer", vec![self.grow(T::Text, d)]),
                7 => {
                    let of = one(self.dice, &[T::Text, T::Texts, T::Ints, T::Moments]);
                    E::Call("length", vec![self.grow(of, d)])
                }
                8 => E::Call(one(self.dice, &["sum", "min", "max", "first", "last"]), vec![self.grow(T::Ints, d)]),
                9 => E::Call(one(self.dice, &["unix_seconds", "unix_millis"]), vec![self.grow(T::Moment, d)]),
                10 => E::Call("seconds_between", vec![self.grow(T::Moment, d), self.grow(T::Moment, d)]),
                _ => self.over("find", T::Int, d),
            },
            T::Num => match self.dice.below(8) {
                0..=1 => {
                    let what = one(self.dice, &["+", "-", "*"]);
                    let other = one(self.dice, &[T::Int, T::Num]);
                    E::Op(what, vec![self.grow(ty, d), self.grow(other, d)])
                }
                2 => {
                    let of = one(self.dice, &[T::Int, T::Num]);
                    E::Op("/", vec![self.grow(of, d), self.divisor("/", T::Int, d)])
                }
                3 => E::Op("-x", vec![self.grow(ty, d)]),
                4 => E::Call("abs", vec![self.grow(ty, d)]),
                5 => E::Call("number", vec![self.grow(T::Text, d)]),
                6 => E::Call(one(self.dice, &["sum", "min", "max", "last"]), vec![self.grow(T::Nums, d)]),
                _ => E::Call("at", vec![self.grow(T::Nums, d), self.grow(T::Int, 0)]),
            },
            T::Text => match self.dice.below(15) {
                0 => E::Call("concat", vec![self.grow(ty, d), self.grow(ty, d)]),
                1 => E::Call(one(self.dice, &["lower", "upper", "trim"]), vec![self.grow(ty, d)]),
                2 => E::Call("replace", vec![self.grow(ty, d), self.grow(ty, 0), self.grow(ty, d)]),
                3 => E::Call("slice", vec![self.grow(ty, d), self.grow(T::Int, 0), self.grow(T::Int, 0)]),
                4 => {
                    E::Call(one(self.dice, &["strip_prefix", "strip_suffix"]), vec![self.grow(ty, d), self.grow(ty, 0)])
                }
                5 => {
                    let of = one(self.dice, &[T::Int, T::Num, T::Bool, T::Text]);
                    E::Call("text", vec![self.grow(of, d)])
                }
                6 => E::Call("capture", vec![self.grow(ty, d), text(one(self.dice, &["^(.)", "_(.*)$"]))]),
                7 => E::Call("base64_encode", vec![self.grow(ty, d)]),
                8 => {
                    let inner = if self.dice.once_in(2) {
                        E::Call("base64_encode", vec![self.grow(ty, d)])
                    } else {
                        self.grow(ty, d)
                    };
                    E::Call("base64_decode", vec![inner])
                }
                9 => E::Call(one(self.dice, &["sha256", "url_encode"]), vec![self.grow(ty, d)]),
                10 => {
                    let of = one(self.dice, &[T::Texts, T::Ints, T::Nums]);
                    E::Call("join", vec![self.grow(of, d), self.grow(ty, 0)])
                }
                11 => {
                    let format = one(self.dice, &["rfc3339", "date", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y"]);
                    E::Call("format_time", vec![self.grow(T::Moment, d), text(format)])
                }
                12 => E::Call(one(self.dice, &["first", "last", "min", "max"]), vec![self.grow(T::Texts, d)]),
                13 => E::Call("at", vec![self.grow(T::Texts, d), self.grow(T::Int, 0)]),
                _ => self.over("find", T::Text, d),
            },
            T::Moment => match self.dice.below(12) {
                0 => {
                    let (millis, written) = one(self.dice, SPANS);
                    let what = one(self.dice, &["later", "earlier"]);
                    E::Op(what, vec![self.grow(ty, d), E::Span(millis, written)])
                }
                1 => E::Call("add_seconds", vec![self.grow(ty, d), self.grow(T::Int, d)]),
                2 | 8..=11 => {
                    let unit = one(self.dice, &["second", "minute", "hour", "day", "week", "month", "year"]);
                    E::Call("start_of", vec![self.grow(ty, d), text(unit)])
                }
                3 => E::Call("parse_time", vec![E::Path("day"), text("date")]),
                4 => {
                    let format = one(self.dice, &["unix_seconds", "unix_millis", "unix_micros"]);
                    let of = one(self.dice, &[T::Int, T::Num]);
                    E::Call("parse_time", vec![self.grow(of, d), text(format)])
                }
                5 => {
                    let format = one(self.dice, &["%Y-%m-%d %H:%M:%S", "%d/%m/%Y"]);
                    let written = E::Call("format_time", vec![self.grow(ty, d), text(format)]);
                    E::Call("parse_time", vec![written, text(format)])
                }
                6 => E::Call(one(self.dice, &["min", "max", "first", "last"]), vec![self.grow(T::Moments, d)]),
                _ => self.leaf(ty),
            },
            T::Texts => match self.dice.below(7) {
                0 => E::Call("split", vec![self.grow(T::Text, d), text(one(self.dice, &[",", "_", ""]))]),
                1 => E::Call(one(self.dice, &["sort", "distinct"]), vec![self.grow(ty, d)]),
                2 => E::Call("keys", vec![E::Path("o")]),
                3 => {
                    let value = E::Call("text", vec![E::Local("entry_".to_owned(), "value")]);
                    let body = E::Call("concat", vec![E::Local("entry_".to_owned(), "key"), value]);
                    E::Over("map", "entry_".to_owned(), Box::new([E::Call("entries", vec![E::Path("o")]), body]))
                }
                4 => {
                    let value = E::Call("text", vec![E::Local("value_".to_owned(), "")]);
                    E::Over("map", "value_".to_owned(), Box::new([E::Call("values", vec![E::Path("o")]), value]))
                }
                _ => self.lists(ty, T::Text, d),
            },
            T::Ints | T::Nums | T::Moments => match self.dice.below(3) {
                0 => E::Call(one(self.dice, &["sort", "distinct"]), vec![self.grow(ty, d)]),
                _ => {
                    let item = if ty == T::Ints {
                        T::Int
                    } else if ty == T::Nums {
                        T::Num
                    } else {
                        T::Moment
                    };
                    self.lists(ty, item, d)
                }
            },
            T::Things => self.over("filter", T::Thing, d),
            T::Thing => self.over("find", T::Thing, d),
        }
    }

    /// What is divided by is now and then written out, and then not zero.
    fn divisor(&mut self, what: &str, ty: T, depth: u32) -> E {
        match what {
            "%" | "/" if self.dice.once_in(2) => E::Lit(V::Int(one(self.dice, &[1, 2, -3, 100]).into())),
            "%" | "/" => match self.grow(ty, depth) {
                // A zero that is written out is refused, also behind a name.
                E::Lit(_) | E::Let(..) => E::Path("j"),
                E::Op("-x", _) => E::Path("i"),
                other => other,
            },
            _ => self.grow(ty, depth),
        }
    }

    fn lists(&mut self, ty: T, item: T, depth: u32) -> E {
        if self.dice.once_in(2) && self.inside < 2 {
            let (list, of) = self.list(depth);
            let name = self.name();
            self.known.push((name.clone(), of));
            self.inside += 1;
            let body = self.grow(item, depth);
            self.inside -= 1;
            self.known.pop();
            return E::Over("map", name, Box::new([list, body]));
        }
        let _ = ty;
        self.over("filter", item, depth)
    }

    fn list(&mut self, depth: u32) -> (E, T) {
        let lists =
            [(T::Texts, T::Text), (T::Ints, T::Int), (T::Nums, T::Num), (T::Moments, T::Moment), (T::Things, T::Thing)];
        let (list, item) = one(self.dice, &lists);
        (self.grow(list, depth), item)
    }

    /// A function of items; those of `filter` and `find` are of the type that is wanted.
    fn over(&mut self, what: &'static str, ty: T, depth: u32) -> E {
        if self.inside >= 2 {
            return self.leaf(if what == "filter" { lists_of(ty) } else { ty });
        }
        let (list, item) = match what {
            "any" | "all" => self.list(depth),
            _ => (self.grow(lists_of(ty), depth), ty),
        };
        let name = self.name();
        self.known.push((name.clone(), item));
        self.inside += 1;
        let body = self.grow(T::Bool, depth);
        self.inside -= 1;
        self.known.pop();
        E::Over(what, name, Box::new([list, body]))
    }

    fn bound(&mut self, ty: T, depth: u32) -> E {
        let of = one(self.dice, &[T::Bool, T::Int, T::Num, T::Text, T::Moment, T::Texts, T::Ints, T::Thing, T::Things]);
        let value = self.grow(of, depth);
        let name = self.name();
        self.known.push((name.clone(), of));
        let body = self.grow(ty, depth);
        self.known.pop();
        E::Let(name, Box::new([value, body]))
    }

    fn name(&mut self) -> String {
        format!("x{}", self.known.len())
    }
}

fn lists_of(item: T) -> T {
    match item {
        T::Int => T::Ints,
        T::Num => T::Nums,
        T::Moment => T::Moments,
        T::Thing => T::Things,
        _ => T::Texts,
    }
}

fn text(text: &str) -> E {
    E::Lit(V::Text(text.to_owned()))
}

/// An expression as it is written, with the parentheses that it needs where it stands. From 0, what reaches as far as it
/// can, to 9, a single value.
fn written(e: &E, place: u8, dice: &mut Dice) -> String {
    let all = |parts: &[E], place: u8, dice: &mut Dice| -> Vec<String> {
        parts.iter().map(|part| written(part, place, dice)).collect()
    };
    let (level, text) = match e {
        E::Lit(V::Int(i)) if *i < 0 => (8, i.to_string()),
        E::Lit(V::Num(n)) => (if *n < 0.0 { 8 } else { 9 }, Json::from(*n).to_string()),
        E::Lit(value) => (9, value.json(false).to_string()),
        E::Span(_, written) => (9, (*written).to_owned()),
        E::Path(path) => (9, (*path).to_owned()),
        E::Local(name, "") => (9, name.clone()),
        E::Local(name, path) => (9, format!("{name}.{path}")),
        E::If(parts) => {
            let [a, b, c] = [0, 1, 2].map(|at| written(&parts[at], 0, dice));
            (0, format!("if {a} then {b} else {c}"))
        }
        E::Let(name, parts) => {
            let (value, body) = (written(&parts[0], 5, dice), written(&parts[1], 0, dice));
            (0, format!("let {name} = {value} in {body}"))
        }
        // What is computed stands in parentheses beside it.
        E::FirstOf(parts) => (5, all(parts, 8, dice).join(" ?? ")),
        E::Op("not", parts) => (3, format!("not {}", written(&parts[0], 3, dice))),
        E::Op("-x", parts) => (8, format!("- {}", written(&parts[0], 8, dice))),
        E::Op("in", parts) => {
            let members = all(&parts[1..], 0, dice).join(", ");
            (4, format!("{} in [{members}]", written(&parts[0], 5, dice)))
        }
        E::Op(what, parts) => {
            let (level, right, sign) = match *what {
                "or" => (1, 2, "or"),
                "and" => (2, 3, "and"),
                "+" => (6, 7, "+"),
                "-" => (6, 7, "-"),
                "later" => (6, 7, "+"),
                "earlier" => (6, 7, "-"),
                "*" | "/" | "%" => (7, 8, *what),
                other => (4, 5, other),
            };
            let left = if level == 4 { 5 } else { level };
            (level, format!("{} {sign} {}", written(&parts[0], left, dice), written(&parts[1], right, dice)))
        }
        E::Over(what, name, parts) => {
            let (list, body) = (written(&parts[0], 5, dice), written(&parts[1], 0, dice));
            if dice.once_in(2) {
                (5, format!("{list} | {what}({name} => {body})"))
            } else {
                (9, format!("{what}({list}, {name} => {body})"))
            }
        }
        E::Call(what, parts) => {
            if dice.once_in(3) {
                let first = written(&parts[0], 5, dice);
                (5, format!("{first} | {what}({})", all(&parts[1..], 0, dice).join(", ")))
            } else {
                (9, format!("{what}({})", all(parts, 0, dice).join(", ")))
            }
        }
    };
    if level < place || dice.once_in(20) { format!("({text})") } else { text }
}

/// A record: every value may be null or missing.
fn record(dice: &mut Dice) -> Json {
    let mut record = serde_json::Map::new();
    let mut put = |dice: &mut Dice, key: &str, value: Json| match dice.below(10) {
        0 => {}
        1 => drop(record.insert(key.to_owned(), Json::Null)),
        _ => drop(record.insert(key.to_owned(), value)),
    };
    let boolean = dice.once_in(2);
    put(dice, "b", json!(boolean));
    for key in ["i", "j", "u"] {
        let value = one(dice, INTS);
        put(dice, key, json!(value));
    }
    for key in ["n", "m"] {
        let value = if dice.once_in(4) { json!(one(dice, INTS)) } else { json!(one(dice, NUMS)) };
        put(dice, key, value);
    }
    for key in ["s", "t"] {
        let value = one(dice, TEXTS);
        put(dice, key, json!(value));
    }
    let (at, day) = (one(dice, MOMENTS), one(dice, DAYS));
    put(dice, "at", json!(at));
    put(dice, "day", json!(day));
    let some = |dice: &mut Dice, make: &dyn Fn(&mut Dice) -> Json| -> Json {
        (0..dice.below(5)).map(|_| if dice.once_in(8) { Json::Null } else { make(dice) }).collect()
    };
    let tags = some(dice, &|dice| json!(one(dice, TEXTS)));
    let nums = some(dice, &|dice| json!(one(dice, INTS)));
    let reals = some(dice, &|dice| json!(one(dice, NUMS)));
    let ats = some(dice, &|dice| json!(one(dice, MOMENTS)));
    let objs = some(
        dice,
        &|dice| json!({ "k": one(dice, TEXTS), "v": one(dice, INTS), "ok": dice.once_in(2), "sub": [one(dice, TEXTS), null] }),
    );
    put(dice, "tags", tags);
    put(dice, "nums", nums);
    put(dice, "reals", reals);
    put(dice, "ats", ats);
    put(dice, "objs", objs);
    let o = json!({ "z": one(dice, TEXTS), "a": one(dice, INTS), "yes": dice.once_in(2) });
    put(dice, "o", o);
    Json::Object(record)
}

const EXAMPLE: &str = r#"{ id: "1", b: true, i: 1, j: 2, u: 3, n: 1.5, m: 2.5, s: x, t: y, at: "2026-01-15T12:00:00Z", day: "2026-01-15", tags: [x], nums: [1], reals: [1.5], ats: ["2026-01-15T12:00:00Z"], objs: [{ k: x, v: 1, ok: true, sub: [x] }], o: { z: x, a: 1, yes: true } }"#;

fn spec(expressions: &[(T, String)]) -> String {
    let mut spec = String::from(
        "tapwright: 1\nconnector: grown\ndescription: Grown.\nconfig: { key: { type: secret, description: K. } }\napi: { \
         base_url: https://api.example.com, auth: { bearer: \"{config.key}\" } }\nresources:\n",
    );
    for (at, (ty, written)) in expressions.iter().enumerate() {
        let column = match ty {
            T::Bool => "boolean?",
            T::Int => "integer?",
            T::Num => "number?",
            T::Text => "string?",
            T::Moment => "timestamp?",
            T::Texts => "list of string?",
            _ => "json?",
        };
        let quoted = written.replace('\'', "''");
        spec.push_str(&format!(
            "  r{at}:\n    description: R.\n    get: /r{at}\n    paging: none\n    records: data\n    entity: \
             grown_r{at}\n    key: id\n    fields:\n      made: {{ type: {column}, from: '{quoted}' }}\n    example: {EXAMPLE}\n"
        ));
    }
    spec
}

/// Grows so many expressions from a seed, and compares what each gives of so many records.
#[must_use]
pub fn expressions(seed: u64, count: usize, records: usize) -> Expressions {
    let mut dice = Dice::new(seed);
    let mut done = Expressions::default();
    let types = [T::Bool, T::Int, T::Num, T::Text, T::Moment, T::Texts, T::Ints, T::Nums, T::Moments, T::Things];
    let mut grown = Vec::new();
    for _ in 0..count {
        let ty = one(&mut dice, &types);
        let depth = 1 + dice.below(4) as u32;
        let e = Grower { dice: &mut dice, known: Vec::new(), inside: 0 }.grow(ty, depth);
        let text = written(&e, 0, &mut dice);
        grown.push((ty, e, text));
    }
    let all: Vec<(T, String)> = grown.iter().map(|(ty, _, text)| (*ty, text.clone())).collect();
    let source = Source::new("grown.yaml", spec(&all));
    let checked = check(&source);
    let Some(model) = checked.model else {
        let told: Vec<String> = checked
            .diagnostics
            .iter()
            .filter(|one| one.severity == tapwright_spec::Severity::Error)
            .map(|one| {
                let line = source.text()[..one.primary.range.start].lines().count();
                format!(
                    "seed {seed}: refused: {} {} at {:?}",
                    one.title,
                    one.primary.text,
                    source.text().lines().nth(line - 1)
                )
            })
            .collect();
        done.found.extend(told);
        return done;
    };
    let plan = tapwright_codegen::lower(&model);
    for ((ty, e, written), resource) in grown.iter().zip(plan.resources) {
        let mut all: Vec<Json> = (0..records).map(|_| record(&mut dice)).collect();
        for (at, record) in all.iter_mut().enumerate() {
            record["id"] = json!(at.to_string());
        }
        let body = json!({ "data": all }).to_string();
        // What the engine reads, and not what it was made of.
        let read: Json = serde_json::from_str(&body).unwrap_or_default();
        let rows = catch_unwind(AssertUnwindSafe(|| runtime::rows(plan, resource, body.clone())));
        let Ok(Some(rows)) = rows else {
            done.found.push(format!("seed {seed}: no rows of {written}"));
            continue;
        };
        for (record, row) in read["data"].as_array().into_iter().flatten().zip(&rows) {
            let mut counts = Counts::new();
            let plain = eval(e, &V::of(record), &mut Vec::new(), &mut counts);
            for (what, count) in counts {
                *done.given.entry(what).or_default() += count;
            }
            match (held(*ty, &plain), row) {
                (Some(wanted), Ok(row)) if alike(*ty, &wanted, &row[1]) => done.compared += 1,
                (None, Err(_)) => done.aside += 1,
                (wanted, row) => {
                    done.found
                        .push(format!("seed {seed}: {written}\n  of {record}\n  is {row:?}, and plainly {wanted:?}"));
                }
            }
        }
    }
    done.refused = wrong(&mut dice, seed, &grown, &mut done.found);
    done
}

/// What the column holds of a value; none where it cannot hold it.
fn held(ty: T, value: &V) -> Option<Json> {
    match (ty, value) {
        (T::Int, V::Num(n)) => (n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0).then(|| json!(*n as i64)),
        (T::Num, V::Int(i)) => {
            let exact = i.unsigned_abs() <= 1 << 53 || i.trailing_zeros() >= 11;
            exact.then(|| json!(*i as f64))
        }
        _ => Some(value.json(false)),
    }
}

fn alike(ty: T, wanted: &Json, found: &Json) -> bool {
    let as_json = matches!(ty, T::Texts | T::Ints | T::Nums | T::Moments | T::Things);
    match found.as_str().filter(|_| as_json) {
        Some(text) => near(wanted, &serde_json::from_str(text).unwrap_or_default()),
        None => wanted == found || wanted.as_f64().is_some_and(|wanted| Some(wanted) == found.as_f64()),
    }
}

/// Two values of JSON, of which one was written and read again.
fn near(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| near(a, b)))
        }
        (Json::Number(_), Json::Number(_)) => match (a.as_f64(), b.as_f64()) {
            (Some(x), Some(y)) => a == b || (x - y).abs() <= x.abs() * 1e-15,
            _ => false,
        },
        _ => a == b,
    }
}

/// Expressions with one operand that is of another type: how many were refused, as all should be.
fn wrong(dice: &mut Dice, seed: u64, grown: &[(T, E, String)], found: &mut Vec<String>) -> u64 {
    let mut refused = 0;
    for (ty, e, _) in grown {
        let mut e = e.clone();
        if !spoil(&mut e) {
            continue;
        }
        let written = written(&e, 0, dice);
        let source = Source::new("grown.yaml", spec(&[(*ty, written.clone())]));
        match catch_unwind(AssertUnwindSafe(|| check(&source).model.is_none())) {
            Ok(true) => refused += 1,
            Ok(false) => found.push(format!("seed {seed}: not refused: {written}")),
            Err(_) => found.push(format!("seed {seed}: panicked at {written}")),
        }
    }
    refused
}

/// Puts a value of another type in place of an operand.
fn spoil(e: &mut E) -> bool {
    match e {
        E::Op("+" | "-" | "*" | "/" | "%" | "-x", parts) => parts[0] = text("1"),
        E::Op("and" | "or" | "not", parts) => parts[0] = E::Lit(V::Int(1)),
        E::Op("later" | "earlier", parts) => parts[0] = E::Path("at"),
        E::Op("matches", parts) => parts[0] = E::Path("i"),
        E::Call("lower" | "upper" | "trim" | "split" | "sha256" | "integer" | "capture" | "slice", parts) => {
            parts[0] = E::Path("n");
        }
        E::Call("sum" | "sort" | "min" | "max" | "distinct", parts) => parts[0] = E::Path("objs[]"),
        E::Call("unix_seconds" | "unix_millis" | "start_of" | "format_time" | "add_seconds", parts) => {
            parts[0] = E::Path("at");
        }
        E::Call("keys", parts) => parts[0] = E::Path("tags[]"),
        E::Over("filter" | "find" | "any" | "all", _, parts) => parts[1] = text("yes"),
        E::If(parts) => return spoil(&mut parts[1]),
        E::FirstOf(parts) => return spoil(&mut parts[0]),
        E::Let(_, parts) => return spoil(&mut parts[1]),
        _ => return false,
    }
    true
}
