//! Which crate may know which. The arrow never turns back.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate and what it must not reach through its normal dependencies.
const FORBIDDEN: [(&str, &[&str]); 12] = [
    ("tapwright-plan", &["*"]),
    ("tapwright-model", &["*"]),
    ("tapwright-spec", &["serde", "tokio", "reqwest", "proc-macro2", "tapwright-runtime", "tapwright-plan"]),
    ("tapwright-reference", &["serde", "tokio", "reqwest", "tapwright-runtime", "tapwright-plan", "tapwright-codegen"]),
    ("tapwright-codegen", &["tapwright-spec", "tapwright-runtime", "tokio", "reqwest", "serde"]),
    (
        "tapwright-openapi",
        &["tapwright-model", "tapwright-spec", "tapwright-authoring", "tapwright-plan", "tapwright-runtime", "tokio"],
    ),
    (
        "tapwright-authoring",
        &[
            "tapwright-plan",
            "tapwright-codegen",
            "tapwright-runtime",
            "tapwright-sandbox",
            "tapwright-sqlite",
            "tokio",
            "clap",
        ],
    ),
    ("tapwright-macros", &["tapwright-runtime", "tokio", "reqwest", "serde"]),
    (
        "tapwright-runtime",
        &["tapwright-spec", "tapwright-codegen", "tapwright-macros", "clap", "rusqlite", "tapwright-sqlite"],
    ),
    ("tapwright-sqlite", &["tapwright-spec", "tapwright-codegen", "tapwright-sandbox", "tapwright-cli"]),
    ("tapwright-suite", &["tapwright-cli", "tapwright-macros", "tapwright-authoring", "clap"]),
    ("tapwright-sandbox", &["tapwright-runtime", "tapwright-plan", "tapwright-codegen", "tapwright-sqlite", "reqwest"]),
];

#[test]
fn no_crate_knows_what_it_must_not() {
    let metadata = MetadataCommand::new().manifest_path("../Cargo.toml").exec().unwrap();
    let resolve = metadata.resolve.as_ref().unwrap();
    let name = |id| metadata[id].name.as_str();
    let mut checked = 0;
    for (krate, forbidden) in FORBIDDEN {
        let root = resolve.nodes.iter().find(|node| name(&node.id) == krate).unwrap();
        let mut reached = BTreeSet::new();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            for dependency in &node.deps {
                let normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
                // What a macro is built with does not end up in the program.
                let inner = resolve.nodes.iter().find(|inner| inner.id == dependency.pkg).unwrap();
                let is_macro = metadata[&inner.id].targets.iter().any(|target| target.is_proc_macro());
                if normal && (!is_macro || krate == "tapwright-macros") && reached.insert(name(&inner.id)) {
                    open.push(inner);
                }
            }
        }
        for forbidden in forbidden {
            let found = if *forbidden == "*" { reached.first().copied() } else { reached.get(forbidden).copied() };
            assert_eq!(found, None, "{krate} must not know it");
            checked += 1;
        }
    }
    assert!(checked > 20);
}

#[test]
fn nobody_depends_on_the_command_but_the_facade() {
    let metadata = MetadataCommand::new().manifest_path("../Cargo.toml").no_deps().exec().unwrap();
    for package in &metadata.packages {
        let depends = package.dependencies.iter().any(|dependency| {
            dependency.name == "tapwright-cli" && dependency.kind == DependencyKind::Normal && !dependency.optional
        });
        assert!(!depends, "{}", package.name);
    }
}
