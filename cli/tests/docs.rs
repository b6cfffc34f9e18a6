//! The pages of connectors: those of this repository are what the command makes, and what it makes is of the spec.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Place, Said};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Each page of the repository, and what names its spec.
fn pages() -> Vec<(String, String)> {
    let folders = std::fs::read_dir(root().join("connectors")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut pages: Vec<_> = folders
        .map(|entry| format!("connectors/{}", entry.file_name().into_string().unwrap()))
        .map(|folder| (format!("{folder}/connector.yaml"), format!("{folder}/README.md")))
        .collect();
    pages.push(("workos".to_owned(), "docs/connectors/workos.md".to_owned()));
    pages.sort();
    pages
}

#[test]
fn the_pages_of_the_repository_are_up_to_date() {
    let pages = pages();
    assert!(pages.len() >= 11, "{pages:?}");
    let mut stale = Vec::new();
    for (spec, page) in &pages {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tapwright"));
        let said = Said::of(&command.args(["docs", spec, "--check", page]).current_dir(root()).output().unwrap());
        if said.code != Some(0) {
            stale.push(format!("{}    cargo run -- docs {spec} --write {page}", said.err));
        }
    }
    assert!(stale.is_empty(), "these renew what is stale:\n{}", stale.join("\n"));
}

/// A page that was made without an example says less than it could.
#[test]
fn the_pages_show_what_the_engine_makes_of_the_examples() {
    let page = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let github = page("connectors/github/README.md");
    // Of a parent's example, and of the record's own.
    assert!(github.contains("| `id` | text | no | `repository.id`, `number` | `1296269/1347` |"), "{github}");
    // What stands around a record is in no example of it.
    let jira = page("connectors/jira/README.md");
    assert!(jira.contains("| `issueKey` | text | no | `above.key` | … |"), "{jira}");
    for (spec, path) in pages() {
        let text = page(&path);
        let (rows, none): (usize, usize) =
            (text.matches("| What identifies it. |").count(), text.matches("|  | What identifies it. |").count());
        assert!(rows > 0 && none == 0, "{spec}: {none} of {rows} resources have no example");
    }
}

#[test]
fn a_stale_page_fails_the_check_and_the_command_that_renews_it_is_said() {
    let place = Place::new();
    assert_eq!(place.run(&["new", "acme", "--to", "acme/connector.yaml"]).code, Some(0));
    let check = ["docs", "acme/connector.yaml", "--check", "acme/README.md"];
    let said = place.run(&check);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&[
        "`acme/README.md` cannot be read",
        "`tapwright docs acme/connector.yaml --write acme/README.md` writes it",
    ]);
    assert_eq!(place.run(&["docs", "acme/connector.yaml", "--write", "acme/README.md"]).code, Some(0));
    assert_eq!(place.run(&check).code, Some(0));
    let text = std::fs::read_to_string(place.path("acme/README.md")).unwrap();
    assert!(text.contains("(connector.yaml)") && text.contains("tapwright sync connector.yaml --sandbox"), "{text}");
    // The page is the same wherever it is made from.
    let mut inside = place.command(&["docs", "connector.yaml", "--check", "README.md"]);
    assert_eq!(inside.current_dir(place.path("acme")).output().unwrap().status.code(), Some(0));
    let spec = std::fs::read_to_string(place.path("acme/connector.yaml")).unwrap();
    place.write("acme/connector.yaml", spec.replace("What it is called.", "Its name."));
    let said = place.run(&check);
    assert_eq!(said.code, Some(1), "{said:#?}");
    said.says(&[
        "`acme/README.md` is stale, from line ",
        "`tapwright docs acme/connector.yaml --write acme/README.md` renews it",
    ]);
}

#[test]
fn what_is_no_page_is_not_overwritten_the_spec_least_of_all() {
    let place = Place::new();
    assert_eq!(place.run(&["new", "acme"]).code, Some(0));
    let spec = std::fs::read_to_string(place.path("acme.yaml")).unwrap();
    place.write("README.md", "# Mine\n");
    for file in ["acme.yaml", "README.md"] {
        let before = std::fs::read(place.path(file)).unwrap();
        let said = place.run(&["docs", "acme.yaml", "--write", file]);
        assert_eq!(said.code, Some(2), "{said:#?}");
        said.says(&[&format!("`{file}` is there already, and is no such page"), "--write names another file"]);
        assert_eq!(std::fs::read(place.path(file)).unwrap(), before);
    }
    assert_eq!(place.run(&["docs", "acme.yaml", "--write", "page.md"]).code, Some(0));
    place.write("acme.yaml", spec.replace("What it is called.", "Its name."));
    assert_eq!(place.run(&["docs", "acme.yaml", "--write", "page.md"]).code, Some(0), "a page is renewed");
}

#[test]
fn a_page_is_printed_where_no_file_is_named() {
    let place = Place::new();
    let said = place.run(&["docs", "workos"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert!(said.out.starts_with("# WorkOS\n"), "{said:#?}");
    said.says(&["tapwright sync workos --sandbox", "`org_01EHWNCE74X7JSDV0X3SZ3KJNY`"]);
    place.write("bad.yaml", "tapwright: 1\n");
    assert_eq!(place.run(&["docs", "bad.yaml"]).code, Some(2));
    let said = place.run(&["docs", "workos", "--write", "nowhere/page.md"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["`nowhere/page.md` cannot be written"]);
}

/// The example of a record does not say what stands around it; that is not null for it.
#[test]
fn what_stands_around_a_record_is_not_said_to_be_null() {
    let place = Place::new();
    place.write("nested.yaml", include_str!("../../generated-tests/specs/nested.yaml"));
    let said = place.run(&["docs", "nested.yaml"]);
    said.says(&["| `project` | text | yes | `above.fields.project` | … |"]);
}
