//! What a connector costs to compile: `cargo bench -p tapwright-macros --bench expand`.
//!
//! Specs of 1, 10 and 100 resources are expanded, and a crate with that connector is checked and built where one without
//! had just been. Each figure for a resource is printed with the budget it is held to; when one is exceeded, it says so and
//! fails.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use tapwright_codegen::{Names, expand};
use tapwright_spec::{Source, check};

/// How often each is measured; the median counts.
const RUNS: usize = 5;
const BUILDS: usize = 3;
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What a resource may cost, where there are a hundred of them.
const EXPANSION: Budget = Budget { at_most: 1.0, unit: "ms" };
const CODE: Budget = Budget { at_most: 12.0, unit: "kB" };
const CHECK: Budget = Budget { at_most: 30.0, unit: "ms" };
const BUILD: Budget = Budget { at_most: 40.0, unit: "ms" };
/// How much more a resource may cost among a hundred than among ten: what grows faster than the spec shows here.
const GROWTH: f64 = 1.5;

struct Budget {
    at_most: f64,
    unit: &'static str,
}

/// A resource as real ones are: a dozen columns of all kinds, a window of time, and a condition.
const RESOURCE: &str = r#"
  things_NUMBER:
    description: Things of one kind.
    get: /things/NUMBER
    query: { sort: created, archived: false }
    paging: pages
    records: data.items
    where: state != "draft"
    entity: many_thing_NUMBER
    key: id
    updated_at: changed
    incremental:
      window: { from: query.since, to: query.until, at_most: 30d }
      lookback: 365d
      overlap: 1h
    fields:
      name: string
      state: State
      email: { type: string?, from: lower(contact.email) }
      owner: { type: string?, from: owner.id, description: Whose it is. }
      size: integer
      price: decimal?
      share: { type: number?, from: size / 100 }
      active: boolean
      created: { type: timestamp, format: unix_seconds }
      born: date?
      tags: list of string
      domain: { type: string?, from: 'first(domains[].name) ?? "none"' }
      more: json?
"#;

/// A spec of so many resources.
fn spec(resources: usize) -> String {
    let mut text = "\
tapwright: 1
connector: many
description: An API of many lists.
config:
  key: { type: secret, env: MANY_KEY, description: The key. }
api:
  base_url: https://api.example.com
  auth: { bearer: \"{config.key}\" }
paging:
  pages: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } }
types:
  State: [draft, open, closed]
resources:"
        .to_owned();
    for number in 0..resources {
        let _ = write!(text, "{}", RESOURCE.replace("NUMBER", &number.to_string()).trim_end());
    }
    text + "\n"
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or_default()
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// How long a spec takes to be checked and expanded in milliseconds, and how many bytes come of it.
fn expansion(text: &str) -> (f64, f64) {
    let mut bytes = 0.0;
    let runs = (0..RUNS).map(|_| {
        let start = Instant::now();
        let checked = check(&Source::new("connector.yaml", text));
        let model = checked.model.unwrap_or_else(|| panic!("the spec has mistakes: {:#?}", checked.diagnostics));
        let tokens = expand(&model, &Names::default());
        let took = millis(start);
        bytes = tokens.to_string().len() as f64;
        took
    });
    (median(runs.collect()), bytes)
}

/// A crate that depends on the facade, built apart: what it is built with stays for the next time.
struct Crate(PathBuf);

impl Crate {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expand");
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"many\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             tapwright = {{ path = {ROOT:?}, default-features = false }}\n\n[workspace]\n"
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        std::fs::copy(Path::new(ROOT).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Crate(folder)
    }

    /// How long `cargo check` or `cargo build` takes in milliseconds, with a connector or without; what it depends on is there.
    fn takes(&self, verb: &str, spec: Option<&str>) -> f64 {
        let code = if spec.is_some() { "tapwright::connector!(\"connector.yaml\");\n" } else { "" };
        std::fs::write(self.0.join("connector.yaml"), spec.unwrap_or_default()).unwrap();
        let once = |_| {
            // Written anew, it is compiled anew.
            std::fs::write(self.0.join("src/lib.rs"), code).unwrap();
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args([verb, "--offline", "--quiet"]).current_dir(&self.0).env("CARGO_INCREMENTAL", "0");
            let start = Instant::now();
            let status = cargo.env("CARGO_TARGET_DIR", self.0.join("target")).status().unwrap();
            assert!(status.success());
            millis(start)
        };
        once(0);
        median((0..BUILDS).map(once).collect())
    }
}

/// A row of figures for 1, 10 and 100 resources, and what a resource costs among a hundred. Whether that is in the budget.
fn line(what: &str, totals: [f64; 3], each: [f64; 3], budget: &Budget) -> bool {
    let [one, ten, hundred] = totals;
    let holds = each[2] <= budget.at_most;
    println!(
        "{what:<34} {one:>9.1} {ten:>9.1} {hundred:>9.1}   {:>7.2} {unit}   at most {} {unit}   {}",
        each[2],
        budget.at_most,
        if holds { "holds" } else { "EXCEEDED" },
        unit = budget.unit
    );
    holds
}

/// What a resource costs, where so much is there without any.
fn each(totals: [f64; 3], without: f64) -> [f64; 3] {
    let [one, ten, hundred] = totals;
    [one - without, (ten - without) / 10.0, (hundred - without) / 100.0]
}

fn main() -> ExitCode {
    let specs = [1, 10, 100].map(spec);
    println!("{:<34} {:>9} {:>9} {:>9}   a resource of 100\n", "resources", 1, 10, 100);

    let expanded = specs.each_ref().map(|text| expansion(text));
    let times = expanded.map(|(took, _)| took);
    let sizes = expanded.map(|(_, bytes)| bytes / 1000.0);
    let mut holds = line("checking and expanding, ms", times, each(times, 0.0), &EXPANSION);
    holds &= line("generated code, kB", sizes, each(sizes, 0.0), &CODE);
    for (what, of) in [("checking and expanding", times), ("generated code", sizes)] {
        let grows = each(of, 0.0)[2] / each(of, 0.0)[1];
        if grows > GROWTH {
            println!("{what}: a resource costs {grows:.1} times as much among 100 as among 10   EXCEEDED");
            holds = false;
        }
    }

    let package = Crate::new();
    for (verb, budget) in [("check", CHECK), ("build", BUILD)] {
        let without = package.takes(verb, None);
        let with = specs.each_ref().map(|text| package.takes(verb, Some(text)));
        holds &= line(&format!("cargo {verb}, ms"), with, each(with, without), &budget);
        println!("{:<34} {without:>9.1}", "  without the connector");
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
