//! The goldens of generated Rust compile as they stand, and a spec with mistakes is a compile error for each of them.
//!
//! `TRYBUILD=overwrite` rewrites the expected messages.

#[test]
fn compiles_and_refuses_what_it_should() {
    let tests = trybuild::TestCases::new();
    tests.pass("tests/ui/pass/*.rs");
    tests.compile_fail("tests/ui/fail/*.rs");
}
