//! What a connector is made of is what cargo looks at: when the spec changes on disk, or a file that it names, the crate is
//! built again.
//!
//! The compiler writes down what it has read beside this very test; cargo goes by that.

#![allow(dead_code, reason = "what is read of them is what counts")]

use std::path::Path;

mod beside {
    tapwright::connector!("../specs/hooks.yaml");
}

mod of_the_package {
    tapwright::connector!("specs/smallest.yaml");
}

#[test]
fn a_change_of_a_spec_or_of_what_it_names_builds_the_crate_again() {
    let read = std::env::current_exe().expect("a test is a file").with_extension("d");
    let read = std::fs::read_to_string(read).expect("the compiler says what it has read");
    let files: Vec<_> = read.split_whitespace().map(Path::new).collect();
    for file in ["specs/hooks.yaml", "specs/queries/members.graphql", "specs/smallest.yaml"] {
        assert!(files.iter().any(|read| read.ends_with(file)), "{file} is none of {files:#?}");
    }
}
