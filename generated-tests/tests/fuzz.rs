//! A few seeds of the fuzzer; `cargo chaos fuzz 60` runs it for an hour.

use tapwright_generated_tests::chaos::Fuzzer;

#[test]
fn nothing_that_is_read_panics_or_takes_long() {
    let fuzzer = Fuzzer::default();
    for seed in 1..=4 {
        let fuzzed = fuzzer.run(seed, 150);
        assert_eq!(fuzzed.inputs["bodies"], 150);
        assert!(fuzzed.found.is_empty(), "{:#?}", fuzzed.found);
    }
}
