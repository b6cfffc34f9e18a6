//! Everything that reads what somebody else wrote, given what nobody would write: specs, expressions, response bodies,
//! headers, checkpoints. It must end soon, and in a value or an error in words.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use tapwright_render::{Style, render};
use tapwright_runtime::__fuzz as runtime;
use tapwright_runtime::plan::{Connector, Records, Resource};
use tapwright_spec::{Source, check};

use super::Dice;
use crate::{SPECS, model};

/// An input takes too long from here on.
const SLOW: Duration = Duration::from_secs(2);

/// What was tried, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Fuzzed {
    /// Inputs, by what read them.
    pub inputs: BTreeMap<&'static str, u64>,
    /// Inputs that made something panic, or take too long: the seed, and what it was.
    pub found: Vec<String>,
}

impl Fuzzed {
    /// Adds another run's.
    pub fn add(&mut self, other: Fuzzed) {
        for (target, inputs) in other.inputs {
            *self.inputs.entry(target).or_default() += inputs;
        }
        self.found.extend(other.found);
    }
}

impl fmt::Display for Fuzzed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let targets: Vec<String> = self.inputs.iter().map(|(target, inputs)| format!("{target} {inputs}")).collect();
        write!(f, "{}; {} found", targets.join(", "), self.found.len())
    }
}

/// What is fuzzed.
pub struct Fuzzer {
    plans: Vec<&'static Connector>,
    expressions: Vec<String>,
}

impl Default for Fuzzer {
    fn default() -> Self {
        let plans = SPECS.iter().map(|(_, text)| tapwright_codegen::lower(&model(text))).collect();
        let from = |text: &str| -> Vec<String> {
            text.lines().filter_map(|line| line.split("from: ").nth(1)).map(str::to_owned).collect()
        };
        Fuzzer { plans, expressions: SPECS.iter().flat_map(|(_, text)| from(text)).collect() }
    }
}

/// Pieces that mean something to one of the readers.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "[]",
    ":",
    ": ",
    ",",
    "\"",
    "'",
    "\\",
    "|",
    "??",
    " and ",
    " or ",
    "not ",
    "if ",
    " then ",
    " else ",
    "==",
    "<=",
    "matches",
    " in ",
    "config.",
    "last.",
    "headers.",
    "capture(",
    "join(",
    "length(",
    ")",
    "\n",
    "\n  ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "---\n",
    "null",
    "true",
    "~",
    "0x1f",
    "1e400",
    "-0",
    "9223372036854775808",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{1f600}",
    "é",
    "\t",
    "\r\n",
    "%",
    "%Y",
    "${",
    "{{",
    "}}",
    "{config.apiKey}",
    "<",
    ">",
    ";",
    "rel=next",
    "rel=\"next\"",
    "<https://a.test/x>",
    "Thu, 15 Jan 2026 12:00:00 GMT",
    "query.",
    "header.",
    "body.",
    "data",
    "id",
    "fields:",
    "resources:",
    "get: /",
    "(((((((((",
    "[[[[[[[[[",
    "{\"a\":{\"a\":",
    "\\u0000",
    "\\ud800",
    "1.5",
    "1e5",
];

impl Fuzzer {
    /// Tries so many inputs of each kind, from a seed.
    ///
    /// Panics are caught; the message that a panic prints is not.
    ///
    /// # Panics
    /// When the checkpoint that it makes others of is none.
    #[must_use]
    pub fn run(&self, seed: u64, rounds: u64) -> Fuzzed {
        let mut dice = Dice::new(seed);
        let mut fuzzed = Fuzzed::default();
        assert!(runtime::checkpoint(CHECKPOINT, &self.plans[0].resources[0]), "the checkpoint is one");
        for _ in 0..rounds {
            let (_, spec) = SPECS[dice.below(SPECS.len() as u64) as usize];
            let (_, other) = SPECS[dice.below(SPECS.len() as u64) as usize];
            let text = mutated(&mut dice, spec, other);
            fuzzed.tried("specs", seed, &text, || look_at(&text));

            let expression = self.expression(&mut dice);
            let quoted = expression.replace('\'', "''").replace('\n', " ");
            let text = SPECS[1].1.replacen("from: ", &format!("from: '{quoted}' #"), 1);
            fuzzed.tried("expressions", seed, &expression, || look_at(&text));

            let plan = self.plans[dice.below(self.plans.len() as u64) as usize];
            let resource = &plan.resources[dice.below(plan.resources.len() as u64) as usize];
            let body = body(&mut dice, resource);
            fuzzed.tried("bodies", seed, &body, || runtime::page(plan, resource, body.clone()));

            let header = mutated(&mut dice, r#"<https://a.test/x?page=2>; rel="next", </y>; rel=last"#, "120");
            fuzzed.tried("links", seed, &header, || drop(runtime::link(&header)));
            let header = mutated(&mut dice, "Thu, 15 Jan 2026 12:00:00 GMT", "1768478400.5");
            fuzzed.tried("waits", seed, &header, || runtime::waits(&header));

            let checkpoint = mutated(&mut dice, CHECKPOINT, r#"{"form":1,"generation":3,"walk":{"met":2}}"#);
            fuzzed.tried("checkpoints", seed, &checkpoint, || {
                let _ = runtime::checkpoint(&checkpoint, resource);
            });
        }
        fuzzed
    }

    fn expression(&self, dice: &mut Dice) -> String {
        if dice.once_in(3) {
            return grown(dice, 6);
        }
        let one = &self.expressions[dice.below(self.expressions.len() as u64) as usize];
        let other = &self.expressions[dice.below(self.expressions.len() as u64) as usize];
        mutated(dice, one, other)
    }
}

const CHECKPOINT: &str = r#"{"form":1,"source":"https://api.test","generation":7,"complete":6,"spec":"0123456789abcdef",
"frontier":{"id":"event_1","at":1768478400000},"frontiers":{"org_1":{"at":1768478400000,"generation":7}},
"walk":{"begun":true,"met":3,"lists":[{"all":null,"cursor":"x","pages":2}]},
"slices":[{"window":[1768478400000,null],"cursor":"c","pages":3,"last":{"id":"e","at":1}},{"after":"e","done":true},
{"parent":{"key":"org_1","values":["a",1,null]},"all":null,"unordered":true}]}"#;

impl Fuzzed {
    fn tried(&mut self, target: &'static str, seed: u64, input: &str, read: impl FnOnce()) {
        *self.inputs.entry(target).or_default() += 1;
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(read));
        let what = match outcome {
            Err(_) => "panicked",
            Ok(()) if start.elapsed() > SLOW => "took too long",
            Ok(()) => return,
        };
        let shown: String = input.chars().take(2_000).collect();
        self.found.push(format!("seed {seed}, {target}: {what} at {shown:?}"));
    }
}

/// Checks a spec, and shows what is wrong with it.
fn look_at(text: &str) {
    let source = Source::new("spec.yaml", text);
    for diagnostic in check(&source).diagnostics {
        assert!(!render(&diagnostic, &source, Style::Plain).is_empty());
    }
}

/// A text with a few things done to it.
fn mutated(dice: &mut Dice, text: &str, other: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(4) {
        let at = boundary(&text, dice.below(text.len() as u64 + 1));
        let to = boundary(&text, at as u64 + dice.below(40));
        match dice.below(7) {
            0 => text.insert_str(at, PIECES[dice.below(PIECES.len() as u64) as usize]),
            1 => text.replace_range(at..to, ""),
            2 => text.replace_range(at..to, PIECES[dice.below(PIECES.len() as u64) as usize]),
            3 => {
                let part = text[at..to].to_owned();
                text.insert_str(boundary(&text, dice.below(text.len() as u64 + 1)), &part);
            }
            4 => {
                let from = boundary(other, dice.below(other.len() as u64 + 1));
                let until = boundary(other, from as u64 + dice.below(300));
                text.insert_str(at, &other[from..until]);
            }
            5 => text.insert(at, char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('x')),
            _ => {
                text.insert_str(at, &PIECES[dice.below(PIECES.len() as u64) as usize].repeat(dice.below(200) as usize))
            }
        }
    }
    text
}

/// The first place from `at` on that is between two characters.
fn boundary(text: &str, at: u64) -> usize {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// An expression that is grown, and mostly one.
fn grown(dice: &mut Dice, depth: u32) -> String {
    let leaf = |dice: &mut Dice| match dice.below(8) {
        0 => "id".to_owned(),
        1 => "a.b[].c".to_owned(),
        2 => format!("{}", dice.below(1_000)),
        3 => "\"text\"".to_owned(),
        4 => "null".to_owned(),
        5 => "true".to_owned(),
        6 => "config.apiKey".to_owned(),
        _ => "[\"odd key\"].x".to_owned(),
    };
    if depth == 0 {
        return leaf(dice);
    }
    let mut inner = || grown(dice, depth - 1);
    let (one, two, three) = (inner(), inner(), inner());
    match dice.below(12) {
        0 => format!("{one} ?? {two}"),
        1 => format!("if {one} then {two} else {three}"),
        2 => format!("({one}) == ({two})"),
        3 => format!("{one} and not ({two})"),
        4 => format!("{one} in [{two}, {three}]"),
        5 => format!("{one} | join(\", \")"),
        6 => format!("capture({one}, \"^(a+)+$\")"),
        7 => format!("replace({one}, {two}, {three})"),
        8 => format!("integer(text({one}))"),
        9 => format!("{one} matches \"a*b?\""),
        10 => format!("length({one}) < {two}"),
        _ => one,
    }
}

/// A response body: one as it should be, with a few things done to it.
fn body(dice: &mut Dice, resource: &Resource) -> String {
    let mut record = String::from("{");
    for (at, column) in resource.row.columns.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        record.push_str(&format!("{comma}\"{}\":{}", column.name, value(dice, 3)));
    }
    record.push('}');
    let records = vec![record; dice.below(4) as usize].join(",");
    let mut body = format!("[{records}]");
    let Records::List(path) = resource.decode.records else { return body };
    for key in path.iter().rev() {
        body = format!("{{\"{key}\":{body},\"next\":{},\"more\":{}}}", value(dice, 1), value(dice, 1));
    }
    if dice.once_in(3) { body } else { mutated(dice, &body, "{\"data\":[{\"id\":\"a\"}]}") }
}

fn value(dice: &mut Dice, depth: u64) -> String {
    match dice.below(if depth == 0 { 8 } else { 10 }) {
        0 => "null".to_owned(),
        1 => "true".to_owned(),
        2 => format!("{}", dice.below(u64::MAX)),
        3 => format!("-{}.{}e{}", dice.below(10), dice.below(1_000), dice.below(400)),
        4 => "\"text\"".to_owned(),
        5 => "\"2026-01-15T12:00:00.123Z\"".to_owned(),
        6 => "\"\\u0000\\ud83d\\ude00\"".to_owned(),
        7 => format!("\"{}\"", "x".repeat(dice.below(300) as usize)),
        8 => format!("[{},{}]", value(dice, depth - 1), value(dice, depth - 1)),
        _ => format!("{{\"id\":{},\"deep\":{}}}", value(dice, depth - 1), value(dice, depth - 1)),
    }
}
