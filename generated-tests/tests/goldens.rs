//! The Rust that a spec becomes, kept as it was last reviewed: a change of the generator shows here what it does to users.
//!
//! `UPDATE_GOLDENS=1` rewrites them. That they compile is tested in `compile/`.

use std::path::Path;

use tapwright_codegen::{Names, expand, format};
use tapwright_generated_tests::{SPECS, model};

#[test]
fn the_generated_rust_is_what_was_reviewed() {
    let mut changed = Vec::new();
    for (name, text) in SPECS {
        let about = "// Generated from a spec, for review and for the compiler: see tests/goldens.rs.\n\n";
        let rust = format(expand(&model(text), &Names::default())).expect("what is generated is Rust");
        let now = format!("{about}{rust}");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("goldens/{name}.rs"));
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(&file, &now).expect("a golden can be written");
        }
        let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
        let first = now.lines().zip(reviewed.lines()).position(|(now, then)| now != then);
        if now != reviewed {
            let line = first.unwrap_or_else(|| now.lines().count().min(reviewed.lines().count()));
            changed.push(format!(
                "{} line {}:\n  was {:?}\n  is  {:?}",
                file.display(),
                line + 1,
                reviewed.lines().nth(line).unwrap_or(""),
                now.lines().nth(line).unwrap_or("")
            ));
        }
    }
    assert!(changed.is_empty(), "UPDATE_GOLDENS=1 rewrites these, for review:\n{}", changed.join("\n"));
}
