//! A few seeds of what `cargo chaos kills` does for as long as one likes: the command is killed at random moments, and
//! whatever was disturbed, the store ends as if nothing had been.

use std::path::Path;

use tapwright_generated_tests::chaos::{Kills, kill_and_resume};

#[test]
fn killed_at_random_moments_it_loses_and_doubles_nothing() {
    let mut found = Kills::default();
    for seed in 1..=8 {
        let round = kill_and_resume(Path::new(env!("CARGO_BIN_EXE_tapwright")), seed);
        assert!(round.is_clean(), "seed {seed}: {round}");
        found.add(round);
    }
    assert!(found.kills >= 5 && found.resumes >= 1 && found.looks > 50, "{found}");
    println!("{found}");
}
