//! The goldens of generated Rust compile as they stand, and a spec with mistakes is a compile error for each of them.
//!
//! `TRYBUILD=overwrite` rewrites the expected messages, and the specs that are examples of `docs/errors`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "../../../spec/tests/page/mod.rs"]
mod page;

use std::path::Path;

use page::{Page, whole};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The macro reads files, and pages are what they are made from.
fn the_specs_of_the_pages_are_their_wrong_examples() {
    let overwrites = std::env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/fail/pages");
    for file in std::fs::read_dir(page::folder(ROOT)).unwrap() {
        let file = file.unwrap().file_name().into_string().unwrap();
        let Some(code) = file.strip_suffix(".md").filter(|code| code.starts_with('C')) else { continue };
        let spec = whole(&Page::read(&page::folder(ROOT), code).wrong);
        let path = folder.join(format!("{code}.yaml"));
        if overwrites {
            std::fs::write(&path, spec).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != spec {
            panic!("`ui/fail/pages/{code}.yaml` is not what its page shows: TRYBUILD=overwrite writes it");
        }
    }
}

#[test]
fn compiles_and_refuses_what_it_should() {
    the_specs_of_the_pages_are_their_wrong_examples();
    let tests = trybuild::TestCases::new();
    tests.pass("tests/ui/pass/*.rs");
    tests.compile_fail("tests/ui/fail/*.rs");
}
