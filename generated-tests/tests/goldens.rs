//! The Rust that a spec becomes, kept as it was last reviewed: a change of the generator shows here what it does to users.
//!
//! `UPDATE_GOLDENS=1` rewrites them. That they compile is tested in `compile/`.

use std::collections::BTreeSet;
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

/// The names of the files of a folder that begin and end so, without that.
fn names(folder: &str, begin: &str, end: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let names = files.map(|file| file.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
    names.filter_map(|name| Some(name.strip_prefix(begin)?.strip_suffix(end)?.to_owned())).collect()
}

#[test]
fn every_small_spec_has_a_golden_and_every_golden_is_compiled() {
    let known: BTreeSet<String> = SPECS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut specs = names("specs", "", ".yaml");
    specs.insert("workos".to_owned());
    assert_eq!(specs, known);
    assert_eq!(names("goldens", "", ".rs"), known);
    assert_eq!(names("compile/tests/ui/pass", "golden_", ".rs"), known);
    let hygiene = include_str!("../hygiene/tests/goldens.rs");
    for name in known {
        assert!(hygiene.contains(&format!("goldens/{name}.rs")), "{name} is not held to clippy's pedantic lints");
    }
}
