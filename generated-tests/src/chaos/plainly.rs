//! What an expression gives, worked out plainly from docs/SPEC.md over values of JSON: slow, and without a thought shared with
//! the engine. It counts what each operator and function gave, so that a run that reached nothing is seen.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value as Json;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum V {
    Null,
    Bool(bool),
    Int(i128),
    Num(f64),
    Text(String),
    /// Milliseconds since 1970.
    Moment(i64),
    List(Vec<V>),
    Object(BTreeMap<String, V>),
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum E {
    Lit(V),
    /// Milliseconds, and how they are written.
    Span(i64, &'static str),
    Path(&'static str),
    Local(String, &'static str),
    Op(&'static str, Vec<E>),
    If(Box<[E; 3]>),
    FirstOf(Vec<E>),
    Let(String, Box<[E; 2]>),
    Over(&'static str, String, Box<[E; 2]>),
    Call(&'static str, Vec<E>),
}

/// How often each operator and function gave something.
pub(super) type Counts = BTreeMap<&'static str, u64>;

/// What functions of moments are told, and what that is counted as: each is a function of its own.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("start_of", "second", "start of a second"),
    ("start_of", "minute", "start of a minute"),
    ("start_of", "hour", "start of an hour"),
    ("start_of", "day", "start of a day"),
    ("start_of", "week", "start of a week"),
    ("start_of", "month", "start of a month"),
    ("start_of", "year", "start of a year"),
    ("parse_time", "rfc3339", "read by RFC 3339"),
    ("parse_time", "date", "read as a day"),
    ("parse_time", "unix_seconds", "read as seconds"),
    ("parse_time", "unix_millis", "read as milliseconds"),
    ("parse_time", "unix_micros", "read as microseconds"),
    ("parse_time", "%d/%m/%Y", "read by a pattern"),
    ("format_time", "rfc3339", "written by RFC 3339"),
    ("format_time", "date", "written as a day"),
    ("format_time", "%d/%m/%Y", "written by a pattern"),
];

impl V {
    pub(super) fn of(json: &Json) -> V {
        match json {
            Json::Null => V::Null,
            Json::Bool(b) => V::Bool(*b),
            Json::String(text) => V::Text(text.clone()),
            Json::Array(items) => V::List(items.iter().map(V::of).collect()),
            Json::Object(members) => {
                V::Object(members.iter().map(|(key, value)| (key.clone(), V::of(value))).collect())
            }
            Json::Number(n) => match (n.as_i64(), n.as_u64()) {
                (Some(i), _) => V::Int(i.into()),
                (_, Some(u)) => V::Int(u.into()),
                _ => V::Num(n.as_f64().unwrap_or(0.0)),
            },
        }
    }

    /// As JSON, with moments as milliseconds, or as text within lists.
    pub(super) fn json(&self, inside: bool) -> Json {
        match self {
            V::Null => Json::Null,
            V::Bool(b) => Json::from(*b),
            V::Int(i) => i64::try_from(*i).map_or_else(|_| Json::from(*i as u64), Json::from),
            V::Num(n) => Json::from(*n),
            V::Text(text) => Json::from(text.as_str()),
            V::Moment(at) if inside => Json::from(rfc3339(*at)),
            V::Moment(at) => Json::from(*at),
            V::List(items) => items.iter().map(|item| item.json(true)).collect(),
            V::Object(members) => {
                Json::Object(members.iter().map(|(key, value)| (key.clone(), value.json(true))).collect())
            }
        }
    }

    fn is_single(&self) -> bool {
        !matches!(self, V::List(_) | V::Object(_))
    }

    fn text(&self) -> Option<String> {
        match self {
            V::Text(text) => Some(text.clone()),
            V::Bool(b) => Some(b.to_string()),
            V::Int(i) => Some(i.to_string()),
            V::Num(n) => Some(serde_json::Number::from_f64(*n)?.to_string()),
            _ => None,
        }
    }

    fn truth(&self) -> bool {
        *self == V::Bool(true)
    }

    fn real(&self) -> Option<f64> {
        match self {
            V::Num(n) => Some(*n),
            V::Int(i) if (*i as f64) as i128 == *i => Some(*i as f64),
            _ => None,
        }
    }

    fn count(&self) -> Option<i128> {
        match self {
            V::Int(i) => Some(*i),
            V::Num(n) if n.trunc() == *n && n.abs() <= 9_007_199_254_740_992.0 => Some(*n as i128),
            _ => None,
        }
    }
}

pub(super) fn order(a: &V, b: &V) -> Option<Ordering> {
    match (a, b) {
        (V::Text(a), V::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (V::Bool(a), V::Bool(b)) => Some(a.cmp(b)),
        (V::Moment(a), V::Moment(b)) => Some(a.cmp(b)),
        (V::Int(a), V::Int(b)) => Some(a.cmp(b)),
        (V::Num(a), V::Num(b)) => a.partial_cmp(b),
        (V::Num(a), V::Int(b)) => Some(exactly(*a, *b)),
        (V::Int(a), V::Num(b)) => Some(exactly(*b, *a).reverse()),
        _ => None,
    }
}

/// A float beside a whole number: by its whole part, and then by whether it has another.
fn exactly(float: f64, whole: i128) -> Ordering {
    if float.abs() > 1e30 {
        return if float > 0.0 { Ordering::Greater } else { Ordering::Less };
    }
    let cut = float.trunc();
    match (cut as i128).cmp(&whole) {
        Ordering::Equal if float > cut => Ordering::Greater,
        Ordering::Equal if float < cut => Ordering::Less,
        other => other,
    }
}

fn equal(a: &V, b: &V) -> bool {
    (*a == V::Null && *b == V::Null) || order(a, b) == Some(Ordering::Equal)
}

fn int(value: Option<i128>) -> V {
    value.filter(|i| i64::try_from(*i).is_ok()).map_or(V::Null, V::Int)
}

fn num(value: f64) -> V {
    if value.is_finite() { V::Num(value) } else { V::Null }
}

/// What a path of keys leads to; `[]` stands for each item.
pub(super) fn walk(from: &V, path: &str) -> V {
    if path.is_empty() {
        return from.clone();
    }
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    let key = step.trim_end_matches("[]");
    let there = match from {
        V::Object(members) => members.get(key).cloned().unwrap_or(V::Null),
        _ => V::Null,
    };
    if key == step {
        return if rest.contains("[]") && there == V::Null { V::List(vec![]) } else { walk(&there, rest) };
    }
    match there {
        V::List(items) => V::List(items.iter().map(|item| walk(item, rest)).collect()),
        _ => V::List(Vec::new()),
    }
}

/// The value of an expression over a record.
pub(super) fn eval(e: &E, record: &V, names: &mut Vec<(String, V)>, counts: &mut Counts) -> V {
    let (what, value): (&'static str, V) = match e {
        E::Lit(value) => return value.clone(),
        E::Span(millis, _) => return V::Int(i128::from(*millis)),
        E::Path(path) => return walk(record, path),
        E::Local(name, path) => {
            let (_, value) = names.iter().rev().find(|(known, _)| known == name).expect("it is known");
            return walk(value, path);
        }
        E::If(parts) => {
            let place = if eval(&parts[0], record, names, counts).truth() { 1 } else { 2 };
            ("if", eval(&parts[place], record, names, counts))
        }
        E::FirstOf(parts) => {
            let mut found = V::Null;
            for part in parts {
                found = eval(part, record, names, counts);
                if found != V::Null {
                    break;
                }
            }
            ("??", found)
        }
        E::Let(name, parts) => {
            let value = eval(&parts[0], record, names, counts);
            names.push((name.clone(), value));
            let value = eval(&parts[1], record, names, counts);
            names.pop();
            ("let", value)
        }
        E::Over(what, name, parts) => {
            let V::List(items) = (match eval(&parts[0], record, names, counts) {
                V::Null => V::List(Vec::new()),
                list => list,
            }) else {
                return V::Null;
            };
            let mut given = Vec::new();
            for item in &items {
                names.push((name.clone(), item.clone()));
                given.push(eval(&parts[1], record, names, counts));
                names.pop();
            }
            let holds: Vec<bool> = given.iter().map(V::truth).collect();
            let kept: Vec<V> =
                items.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(item, _)| item.clone()).collect();
            let value = match *what {
                "map" => V::List(given),
                "filter" => V::List(kept),
                "find" => kept.first().cloned().unwrap_or(V::Null),
                "any" => V::Bool(holds.contains(&true)),
                _ => V::Bool(!holds.contains(&false)),
            };
            (what, value)
        }
        E::Op(what, operands) => {
            let all: Vec<V> = operands.iter().map(|one| eval(one, record, names, counts)).collect();
            (what, operator(what, &all))
        }
        E::Call(what, operands) => {
            let all: Vec<V> = operands.iter().map(|one| eval(one, record, names, counts)).collect();
            // With an operand that is null, a function is null.
            let value = if all.contains(&V::Null) { V::Null } else { call(what, &all) };
            let word = if let Some(V::Text(word)) = all.get(1) { word.as_str() } else { "" };
            let of_word = WORDS.iter().find(|(known, wanted, _)| known == what && *wanted == word);
            if let (Some((.., name)), true) = (of_word, value != V::Null) {
                *counts.entry(name).or_default() += 1;
            }
            (what, value)
        }
    };
    *counts.entry(what).or_default() += u64::from(value != V::Null && value != V::List(Vec::new()));
    value
}

fn operator(what: &str, all: &[V]) -> V {
    let (a, b) = (&all[0], all.get(1).unwrap_or(&V::Null));
    let is = |test: fn(Ordering) -> bool| V::Bool(order(a, b).is_some_and(test));
    match what {
        "==" => V::Bool(equal(a, b)),
        "!=" => V::Bool(!equal(a, b)),
        "<" => is(Ordering::is_lt),
        "<=" => is(Ordering::is_le),
        ">" => is(Ordering::is_gt),
        ">=" => is(Ordering::is_ge),
        "and" => V::Bool(a.truth() && b.truth()),
        "or" => V::Bool(a.truth() || b.truth()),
        "not" => V::Bool(!a.truth()),
        "in" => V::Bool(all[1..].iter().any(|one| equal(a, one))),
        "matches" => match (a, b) {
            (V::Text(text), V::Text(glob)) => {
                V::Bool(fits(&glob.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>()))
            }
            _ => V::Bool(false),
        },
        "later" | "earlier" => match (a, b) {
            (V::Moment(at), V::Int(by)) => moment(i128::from(*at) + if what == "later" { *by } else { -*by }),
            _ => V::Null,
        },
        "-x" => match a {
            V::Int(i) => int(Some(-*i)),
            V::Num(n) => V::Num(-*n),
            _ => V::Null,
        },
        "/" => match (a.real(), b.real()) {
            (Some(_), Some(0.0)) => V::Null,
            (Some(a), Some(b)) => num(a / b),
            _ => V::Null,
        },
        "%" => match (a.count(), b.count()) {
            (Some(_), Some(0)) => V::Null,
            (Some(a), Some(b)) => int(Some(a - a / b * b)),
            _ => V::Null,
        },
        _ => match (a, b) {
            (V::Int(a), V::Int(b)) => int(match what {
                "+" => a.checked_add(*b),
                "-" => a.checked_sub(*b),
                _ => a.checked_mul(*b),
            }),
            _ => match (a.real(), b.real()) {
                (Some(a), Some(b)) => num(match what {
                    "+" => a + b,
                    "-" => a - b,
                    _ => a * b,
                }),
                _ => V::Null,
            },
        },
    }
}

fn fits(glob: &[char], text: &[char]) -> bool {
    match (glob.first(), text.first()) {
        (None, first) => first.is_none(),
        (Some('*'), _) => (0..=text.len()).any(|from| fits(&glob[1..], &text[from..])),
        (Some('?'), Some(_)) => fits(&glob[1..], &text[1..]),
        (Some(wanted), Some(found)) => wanted == found && fits(&glob[1..], &text[1..]),
        (Some(_), None) => false,
    }
}

fn call(what: &str, all: &[V]) -> V {
    let text = |value: Option<&V>| if let Some(V::Text(text)) = value { Some(text.clone()) } else { None };
    let (a, b, c) = (all.first(), all.get(1), all.get(2));
    let (one, two, three) = (text(a).unwrap_or_default(), text(b).unwrap_or_default(), text(c).unwrap_or_default());
    let at = |value: Option<&V>| if let Some(V::Moment(at)) = value { *at } else { i64::MIN };
    let items: &[V] = if let Some(V::List(items)) = a { items } else { &[] };
    let there: Vec<V> = items.iter().filter(|item| **item != V::Null).cloned().collect();
    match what {
        "capture" => match two.as_str() {
            "^(.)" => one.chars().next().map_or(V::Null, |c| V::Text(c.to_string())),
            _ => one.split_once('_').map_or(V::Null, |(_, rest)| V::Text(rest.to_owned())),
        },
        "concat" => V::Text(format!("{one}{two}")),
        "contains" if matches!(a, Some(V::List(_))) => V::Bool(items.iter().any(|item| equal(item, &all[1]))),
        "contains" => V::Bool(one.contains(&two)),
        "starts_with" => V::Bool(one.starts_with(&two)),
        "ends_with" => V::Bool(one.ends_with(&two)),
        "lower" => V::Text(one.to_lowercase()),
        "upper" => V::Text(one.to_uppercase()),
        "trim" => V::Text(one.trim().to_owned()),
        "replace" if two.is_empty() => V::Text(one),
        "replace" => V::Text(one.split(two.as_str()).collect::<Vec<_>>().join(&three)),
        "split" if two.is_empty() => V::List(vec![V::Text(one)]),
        "split" => V::List(one.split(two.as_str()).map(|part| V::Text(part.to_owned())).collect()),
        "strip_prefix" if one.starts_with(&two) => V::Text(one[two.len()..].to_owned()),
        "strip_suffix" if one.ends_with(&two) => V::Text(one[..one.len() - two.len()].to_owned()),
        "strip_prefix" | "strip_suffix" => V::Text(one),
        "slice" => {
            let (Some(from), Some(count)) = (b.and_then(V::count), c.and_then(V::count)) else { return V::Null };
            if count < 0 {
                return V::Null;
            }
            let length = one.chars().count() as i128;
            let from = if from < 0 { (length + from).max(0) } else { from };
            let inside = |place: i128| place >= from && place - from < count;
            V::Text(one.chars().enumerate().filter(|(place, _)| inside(*place as i128)).map(|(_, c)| c).collect())
        }
        "text" => all[0].text().map_or(V::Null, V::Text),
        "integer" => match serde_json::from_str::<Json>(&one) {
            Ok(Json::Number(n)) => n.as_i64().map_or(V::Null, |i| V::Int(i.into())),
            _ => V::Null,
        },
        "number" => match serde_json::from_str::<Json>(&one) {
            Ok(Json::Number(n)) => n.as_f64().map_or(V::Null, V::Num),
            _ => V::Null,
        },
        "boolean" => match one.as_str() {
            "true" => V::Bool(true),
            "false" => V::Bool(false),
            _ => V::Null,
        },
        "base64_encode" => V::Text(to_base64(one.as_bytes())),
        "base64_decode" => from_base64(&one).map_or(V::Null, V::Text),
        "sha256" => V::Text(sha256(one.as_bytes())),
        "url_encode" => {
            let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            let one = |byte: u8| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            V::Text(text(a).unwrap_or_default().bytes().map(one).collect())
        }
        "length" => V::Int(if let Some(V::Text(text)) = a { text.chars().count() } else { items.len() } as i128),
        "first" => there.first().cloned().unwrap_or(V::Null),
        "last" => there.last().cloned().unwrap_or(V::Null),
        "at" => {
            let Some(place) = b.and_then(V::count) else { return V::Null };
            let place = if place < 0 { place + items.len() as i128 } else { place };
            items.iter().enumerate().find(|(at, _)| *at as i128 == place).map_or(V::Null, |(_, item)| item.clone())
        }
        "join" => {
            let texts: Vec<String> = there.iter().filter_map(V::text).collect();
            if texts.is_empty() { V::Null } else { V::Text(texts.join(&two)) }
        }
        "abs" => match a {
            Some(V::Int(i)) => int(Some(i.abs())),
            Some(V::Num(n)) => V::Num(n.abs()),
            _ => V::Null,
        },
        "round" | "floor" | "ceil" => match a {
            Some(V::Int(i)) => int(Some(*i)),
            Some(V::Num(n)) => {
                let whole = match what {
                    "floor" => n.floor(),
                    "ceil" => n.ceil(),
                    _ if n.fract().abs() >= 0.5 => n.trunc() + n.signum(),
                    _ => n.trunc(),
                };
                if whole.abs() < 1e19 { int(Some(whole as i128)) } else { V::Null }
            }
            _ => V::Null,
        },
        "sum" if there.iter().all(|one| matches!(one, V::Int(_))) => {
            int(Some(there.iter().map(|one| if let V::Int(i) = one { *i } else { 0 }).sum()))
        }
        "sum" => {
            let mut sum = 0.0;
            for one in &there {
                let Some(n) = one.real() else { return V::Null };
                sum += n;
            }
            num(sum)
        }
        "min" | "max" | "sort" => {
            let mut sorted: Vec<V> = Vec::new();
            for one in there {
                // Behind all that are not greater: what is equal stays as it was.
                let place = sorted.iter().take_while(|known| order(known, &one) != Some(Ordering::Greater)).count();
                sorted.insert(place, one);
            }
            match what {
                "min" => sorted.first().cloned().unwrap_or(V::Null),
                "max" => {
                    let greatest = sorted.last().cloned().unwrap_or(V::Null);
                    sorted.into_iter().find(|one| equal(one, &greatest)).unwrap_or(V::Null)
                }
                _ => V::List(sorted),
            }
        }
        "distinct" => {
            let mut kept: Vec<V> = Vec::new();
            for one in there {
                if !one.is_single() {
                    return V::Null;
                }
                if !kept.iter().any(|known| equal(known, &one)) {
                    kept.push(one);
                }
            }
            V::List(kept)
        }
        "keys" | "values" | "entries" => {
            let Some(V::Object(members)) = a else { return V::Null };
            let one = |(key, value): (&String, &V)| match what {
                "keys" => V::Text(key.clone()),
                "values" => value.clone(),
                _ => V::Object(BTreeMap::from([
                    ("key".to_owned(), V::Text(key.clone())),
                    ("value".to_owned(), value.clone()),
                ])),
            };
            V::List(members.iter().map(one).collect())
        }
        "parse_time" => parse(&all[0], &two),
        "format_time" => V::Text(match two.as_str() {
            "rfc3339" => rfc3339(at(a)),
            "date" => rfc3339(at(a))[..10].to_owned(),
            "%d/%m/%Y" => {
                let text = rfc3339(at(a));
                format!("{}/{}/{}", &text[8..10], &text[5..7], &text[..4])
            }
            _ => rfc3339(at(a))[..19].replace('T', " "),
        }),
        "unix_seconds" => V::Int(at(a).div_euclid(1_000).into()),
        "unix_millis" => V::Int(at(a).into()),
        "seconds_between" => V::Int((at(b) - at(a)).div_euclid(1_000).into()),
        "add_seconds" => b
            .and_then(V::count)
            .and_then(|by| by.checked_mul(1_000))
            .map_or(V::Null, |by| moment(i128::from(at(a)) + by)),
        "start_of" => {
            let text = rfc3339(at(a));
            let (y, m, d) = civil(at(a).div_euclid(86_400_000));
            let day = |y, m, d| moment(i128::from(days(y, m, d)) * 86_400_000);
            match two.as_str() {
                "year" => day(y, 1, 1),
                "month" => day(y, m, 1),
                "day" => day(y, m, d),
                "week" => {
                    let mut monday = days(y, m, d);
                    // The 1st of January 2024 was a Monday.
                    while (monday - days(2024, 1, 1)).rem_euclid(7) != 0 {
                        monday -= 1;
                    }
                    moment(i128::from(monday) * 86_400_000)
                }
                "hour" => parse(&V::Text(format!("{}:00:00Z", &text[..13])), "rfc3339"),
                "minute" => parse(&V::Text(format!("{}:00Z", &text[..16])), "rfc3339"),
                _ => parse(&V::Text(format!("{}Z", &text[..19])), "rfc3339"),
            }
        }
        other => unreachable!("{other}"),
    }
}

fn moment(millis: i128) -> V {
    let within = (i128::from(days(0, 1, 1)) * 86_400_000)..(i128::from(days(10_000, 1, 1)) * 86_400_000);
    if within.contains(&millis) { V::Moment(millis as i64) } else { V::Null }
}

/// Days from 1970 to a day, by counting years and months.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let leap = |y: i64| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    // Leap days before a year, of 400 years at a time.
    let before = |y: i64| y * 365 + (y + 3).div_euclid(4) - (y + 99).div_euclid(100) + (y + 399).div_euclid(400);
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    before(year) - before(1970) + lengths.iter().take(month as usize - 1).sum::<i64>() + day - 1
}

/// The day that is so many days from 1970, by search.
fn civil(number: i64) -> (i64, i64, i64) {
    let mut year = 1970 + number.div_euclid(366);
    while days(year + 1, 1, 1) <= number {
        year += 1;
    }
    while days(year, 1, 1) > number {
        year -= 1;
    }
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= number).unwrap_or(1);
    (year, month, number - days(year, month, 1) + 1)
}

fn rfc3339(millis: i64) -> String {
    let (y, m, d) = civil(millis.div_euclid(86_400_000));
    let rest = millis.rem_euclid(86_400_000);
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    format!("{y:04}-{m:02}-{d:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1_000)
}

/// Only what the records here hold: moments as APIs write them, or no moments at all.
fn parse(value: &V, format: &str) -> V {
    let unit = match format {
        "unix_seconds" => Some((1_000, 1)),
        "unix_millis" => Some((1, 1)),
        "unix_micros" => Some((1, 1_000)),
        _ => None,
    };
    if let Some((times, per)) = unit {
        return match value {
            V::Int(i) => moment((i * times).div_euclid(per)),
            V::Num(n) => {
                let millis = (n * if per == 1 { times as f64 } else { 0.001 }).floor();
                if millis.abs() < 1e15 { moment(millis as i128) } else { V::Null }
            }
            _ => V::Null,
        };
    }
    let V::Text(text) = value else { return V::Null };
    let wanted = match format {
        "rfc3339" => "0000-00-00T00:00:00",
        "date" => "0000-00-00",
        "%d/%m/%Y" => "00/00/0000",
        _ => "0000-00-00 00:00:00",
    };
    let head: String = text.chars().take(wanted.len()).collect();
    let like = |(c, w): (char, char)| {
        if w == '0' { c.is_ascii_digit() } else { c == w || format == "rfc3339" && w == 'T' && c == ' ' }
    };
    if head.len() != wanted.len() || !head.chars().zip(wanted.chars()).all(like) {
        return V::Null;
    }
    let part = |from: usize, to: usize| head.get(from..to).map_or(0, |digits| digits.parse::<i64>().unwrap_or(0));
    let (y, m, d) = if format == "%d/%m/%Y" {
        (part(6, 10), part(3, 5), part(0, 2))
    } else {
        (part(0, 4), part(5, 7), part(8, 10))
    };
    if !(1..=12).contains(&m) || d < 1 || civil(days(y, m, d)) != (y, m, d) {
        return V::Null;
    }
    let clock = if wanted.len() == 19 { (part(11, 13) * 60 + part(14, 16)) * 60 + part(17, 19) } else { 0 };
    let tail = &text[wanted.len()..];
    let (fraction, zone) = match tail.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())),
        None => ("", tail),
    };
    let millis: i64 = format!("{fraction:0<3}")[..3].parse().unwrap_or(0);
    let offset = match zone {
        "Z" | "" => 0,
        zone => {
            let minutes = zone[1..3].parse::<i64>().unwrap_or(0) * 60 + zone[4..6].parse::<i64>().unwrap_or(0);
            if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    if format != "rfc3339" && !tail.is_empty() {
        return V::Null;
    }
    moment(i128::from(((days(y, m, d) * 86_400 + clock - offset * 60) * 1_000) + millis))
}

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn to_base64(bytes: &[u8]) -> String {
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let mut text = String::new();
    for six in bits.as_bytes().chunks(6) {
        let six = format!("{:0<6}", String::from_utf8_lossy(six));
        text.push(ALPHABET.as_bytes()[usize::from_str_radix(&six, 2).unwrap_or(0)].into());
    }
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn from_base64(text: &str) -> Option<String> {
    // There is one text for each sequence of bytes, but for its end and alphabet.
    let plain = text.replace('-', "+").replace('_', "/");
    let bare = plain.trim_end_matches('=');
    let mut bits = String::new();
    for c in bare.chars() {
        bits.push_str(&format!("{:06b}", ALPHABET.find(c)?));
    }
    let whole = bits.len() / 8 * 8;
    let bytes: Vec<u8> =
        (0..whole / 8).filter_map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).ok()).collect();
    let canonical = to_base64(&bytes);
    let decoded = String::from_utf8(bytes).ok()?;
    (canonical == plain || canonical.trim_end_matches('=') == plain).then_some(decoded)
}

/// FIPS 180-4, word by word.
fn sha256(message: &[u8]) -> String {
    // The first 32 bits of the fractions of the square and cube roots of primes, by whole arithmetic.
    let primes: Vec<u128> = (2..400).filter(|n| (2..*n).all(|d| n % d != 0)).take(64).collect();
    let root = |wanted: &dyn Fn(u128) -> bool| {
        (0..36).rev().fold(0_u128, |sum, bit| if wanted(sum | 1 << bit) { sum | 1 << bit } else { sum })
    };
    let square = |p: u128| root(&|n| n * n <= p << 64) as u32;
    let cube = |p: u128| root(&|n| n * n * n <= p << 96) as u32;
    let mut state: Vec<u32> = primes.iter().take(8).map(|p| square(*p)).collect();
    let constants: Vec<u32> = primes.iter().map(|p| cube(*p)).collect();
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((message.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks(64) {
        let mut words: Vec<u32> = block.chunks(4).map(|w| u32::from_be_bytes([w[0], w[1], w[2], w[3]])).collect();
        for t in 16..64 {
            let (a, b) = (words[t - 15], words[t - 2]);
            let low = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
            let high = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
            words.push(words[t - 16].wrapping_add(low).wrapping_add(words[t - 7]).wrapping_add(high));
        }
        let mut v = state.clone();
        for t in 0..64 {
            let e = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let one = v[7].wrapping_add(e).wrapping_add(choice).wrapping_add(constants[t]).wrapping_add(words[t]);
            let a = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let two = a.wrapping_add((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            v = vec![one.wrapping_add(two), v[0], v[1], v[2], v[3].wrapping_add(one), v[4], v[5], v[6]];
        }
        state = state.iter().zip(&v).map(|(a, b)| a.wrapping_add(*b)).collect();
    }
    state.iter().map(|word| format!("{word:08x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worked_out_plainly_is_right_where_it_is_known() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(rfc3339(951_868_799_999), "2000-02-29T23:59:59.999Z");
        assert_eq!(days(0, 1, 1), -719_528);
        assert_eq!(civil(-719_528), (0, 1, 1));
        assert_eq!(to_base64(b"foob"), "Zm9vYg==");
        assert_eq!(from_base64("Zm9vYg"), Some("foob".to_owned()));
    }
}
