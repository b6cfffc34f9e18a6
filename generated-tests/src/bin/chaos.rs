//! Runs the chaos suites for as long as one likes: `cargo chaos kills 500`, `cargo chaos schedules 10000`, `cargo chaos
//! fuzz 60` for so many minutes, `cargo chaos expressions 100000` for so many comparisons, each with an optional seed to begin with. It says what it tried and what it found, and
//! fails when it found anything.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use tapwright_generated_tests::chaos::{
    Expressions, Fuzzed, Fuzzer, Kills, Schedules, expressions, kill_and_resume, schedule,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u64>().ok());
    match (arguments.first().map(String::as_str), number(1)) {
        (Some("kills"), Some(kills)) => run_kills(kills, number(2).unwrap_or(1)),
        (Some("schedules"), Some(count)) => run_schedules(count, number(2).unwrap_or(1)),
        (Some("expressions"), Some(count)) => run_expressions(count, number(2).unwrap_or(1)),
        (Some("fuzz"), Some(minutes)) => run_fuzz(minutes, number(2).unwrap_or(1)),
        _ => {
            eprintln!(
                "usage: chaos kills COUNT [SEED] | chaos schedules COUNT [SEED] | chaos fuzz MINUTES [SEED] | chaos \
                 expressions COUNT [SEED]"
            );
            ExitCode::from(2)
        }
    }
}

/// Rounds until so many processes were killed.
fn run_kills(kills: u64, first: u64) -> ExitCode {
    let command = command();
    let mut found = Kills::default();
    let mut seed = first;
    while found.kills < kills {
        let round = kill_and_resume(&command, seed);
        if !round.is_clean() {
            println!("seed {seed}: {round}");
        }
        found.add(round);
        seed += 1;
        if seed.is_multiple_of(20) {
            println!("… {found}");
        }
    }
    println!("seeds {first} to {}: {found}", seed - 1);
    if found.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_schedules(count: u64, first: u64) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let mut done = Schedules::default();
    let mut wrong = 0;
    for seed in first..first + count {
        match runtime.block_on(schedule(seed)) {
            Ok(one) => done.add(one),
            Err(error) => {
                wrong += 1;
                println!("seed {seed}: {error}");
            }
        }
        if (seed - first + 1).is_multiple_of(500) {
            println!("… {done}, {wrong} wrong");
        }
    }
    println!("seeds {first} to {}: {done}; {wrong} in which store and model differed", first + count - 1);
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_fuzz(minutes: u64, first: u64) -> ExitCode {
    let (fuzzer, start) = (Fuzzer::default(), Instant::now());
    // What is found is said at the end, with its seed.
    std::panic::set_hook(Box::new(|_| {}));
    let mut found = Fuzzed::default();
    let mut seed = first;
    while start.elapsed() < Duration::from_secs(minutes * 60) {
        let one = fuzzer.run(seed, 500);
        one.found.iter().for_each(|found| println!("{found}"));
        found.add(one);
        seed += 1;
        if (seed - first).is_multiple_of(200) {
            println!("… {found}");
        }
    }
    println!("{minutes} min, seeds {first} to {}: {found}", seed - 1);
    if found.found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_expressions(count: u64, first: u64) -> ExitCode {
    let mut done = Expressions::default();
    let mut seed = first;
    while done.compared + done.aside < count {
        let one = expressions(seed, 50, 10);
        one.found.iter().for_each(|found| println!("{found}"));
        done.add(one);
        seed += 1;
        if (seed - first).is_multiple_of(100) {
            println!("… {done}");
        }
    }
    println!("seeds {first} to {}: {done}", seed - 1);
    let scarce = done.scarce(count / 5_000);
    println!("hardly reached: {scarce:?}");
    if done.found.is_empty() && scarce.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The command, built beside this program.
fn command() -> PathBuf {
    let release = if cfg!(debug_assertions) { None } else { Some("--release") };
    let status = Command::new("cargo").args(["build", "--package", "tapwright-cli"]).args(release).status();
    assert!(status.is_ok_and(|status| status.success()), "the command cannot be built");
    let own = std::env::current_exe().expect("this program has a place");
    own.with_file_name("tapwright")
}
