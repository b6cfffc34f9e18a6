//! The whole way: an API's document becomes a spec, the spec a program that is compiled and syncs; the document changes, the
//! spec is brought to it, and the program is built again and syncs what the API sends now, with the old rows in place.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::Place;
use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::{Source, check};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The API's document on the first day.
const FIRST: &str = include_str!("../../authoring/tests/people.openapi.yaml");

/// A program whose connector is the spec beside it: it syncs from the place that it is told.
const PROGRAM: &str = r#"
mod people {
    tapwright::connector!("connector.yaml");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), tapwright::Error> {
    let config = people::Config::builder().from_env().build()?;
    let (base_url, source) = (std::env::var("API").ok(), Some("the API".to_owned()));
    let options = tapwright::Options { base_url, source, ..tapwright::Options::default() };
    let people = people::Connector::with_options(config, options)?;
    let mut store = tapwright::sqlite::Sqlite::open("people.db")?;
    let report = people.sync(&mut store).await?;
    print!("{:?}", report.status);
    Ok(())
}
"#;

/// The same on another day: one field came, one went, one may be null, and one is of another type.
fn second() -> String {
    let changes = [
        ("            nick: { type: string }\n", "            age: { type: integer, description: In years. }\n"),
        ("points: { type: integer }", "points: { type: string }"),
        ("name: { type: string }", "name: { type: [string, 'null'] }"),
        ("enum: [active, gone]", "enum: [active, gone, away]"),
    ];
    changes.iter().fold(FIRST.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}

/// The API as a spec describes it.
fn api(spec: &str) -> Running {
    let model = check(&Source::new("connector.yaml", spec)).model.unwrap();
    Sandbox::new(&model).records("people", 120).records("events", 80).start_on_thread().unwrap()
}

fn program(folder: &Path) {
    std::fs::create_dir_all(folder.join("src")).unwrap();
    // Optimised as the workspace's own, and with the versions that it has.
    let manifest = format!(
        "[package]\nname = \"people\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tapwright = {{ path = {ROOT:?} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(Path::new(ROOT).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    std::fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
}

/// Builds the program anew and lets it sync.
fn build_and_sync(place: &Place, api: &Running) {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("regenerate");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--offline", "--quiet"]).current_dir(place.path("")).env("CARGO_TARGET_DIR", target);
    let output = cargo.env("API", api.url()).env("PEOPLE_TOKEN", api.key()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout == b"Complete", "{said}");
}

fn texts(place: &Place, query: &str) -> Vec<String> {
    let store = rusqlite::Connection::open(place.path("people.db")).unwrap();
    let mut select = store.prepare(query).unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_changed_document_becomes_a_changed_connector_and_the_old_rows_stay() {
    let place = Place::new();
    place.write("first.yaml", FIRST);
    place.write("second.yaml", second());
    program(&place.path(""));
    let said = place.run(&["import", "openapi", "first.yaml", "--to", "connector.yaml"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    let spec = || std::fs::read_to_string(place.path("connector.yaml")).unwrap();
    assert_eq!(place.run(&["drift", "connector.yaml", "--openapi", "first.yaml"]).code, Some(0));
    let first = spec();
    let before = api(&first);
    build_and_sync(&place, &before);
    assert_eq!(texts(&place, "select count(*) || '' from people_people"), ["120"]);
    let old = texts(
        &place,
        "select id || ' ' || ifnull(points, '-') || ' ' || ifnull(nick, '-') from people_people order by id",
    );
    assert!(old.iter().any(|row| !row.contains('-')), "{old:?}");

    let said = place.run(&["drift", "connector.yaml", "--openapi", "second.yaml"]);
    assert_eq!(said.code, Some(3), "{said:#?}");
    assert_eq!(spec(), first, "it only tells");
    let said = place.run(&["drift", "connector.yaml", "--openapi", "second.yaml", "--write"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["5 written, 0 left to you; a compiled connector is built again"]);
    let said = place.run(&["drift", "connector.yaml", "--openapi", "second.yaml"]);
    assert_eq!(said.code, Some(0), "{said:#?}");

    // What the API sends now; its records are the same ones.
    let after = api(&spec());
    drop(before);
    build_and_sync(&place, &after);
    assert_eq!(texts(&place, "select count(*) || '' from people_people"), ["120"]);
    let kept = "select id || ' ' || ifnull(points__was_integer, '-') || ' ' || ifnull(nick, '-') from people_people order by id";
    assert_eq!(texts(&place, kept), old);
    let new = "select count(*) || '' from people_people where age is not null and typeof(points) = 'text'";
    assert_ne!(texts(&place, new), ["0"]);
}
