//! With the feature `nightly` the compiler underlines the spec itself. `RUSTC_BOOTSTRAP` lets a stable compiler try what only a
//! nightly one has.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

const SPEC: &str = include_str!("../../specs/smallest.yaml");

/// What the compiler says to a connector of this spec.
fn said(spec: &str) -> String {
    let folder = tempfolder();
    fs::create_dir_all(folder.join("src")).unwrap();
    let facade = format!("tapwright = {{ path = {ROOT:?}, default-features = false, features = [\"nightly\"] }}");
    let manifest = format!(
        "[package]\nname = \"underlined\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{facade}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(Path::new(ROOT).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/lib.rs"), "pub mod things {\n    tapwright::connector!(\"connector.yaml\");\n}\n")
        .unwrap();
    fs::write(folder.join("connector.yaml"), spec).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color", "never"]).current_dir(&folder).env("RUSTC_BOOTSTRAP", "1");
    let output = cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}

fn tempfolder() -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("underlined")
}

#[test]
#[ignore = "builds the runtime anew, with unstable features; run it with --ignored"]
fn mistakes_are_underlined_where_they_stand() {
    let wrong = SPEC
        .replace("paging: none", "pagin: none")
        .replace("name: string", "name: strng")
        .replace("api:\n", "types: { Colour: [red] }\napi:\n")
        .replace("The smallest", "Dänemark, the smallest");
    let said = said(&wrong);
    for (place, line) in [
        ("error: unknown key `pagin` in resource `things` [C0102]", "connector.yaml:12:5"),
        ("error: unknown type `strng` of field `name` of resource `things` [C0202]", "connector.yaml:17:13"),
    ] {
        let at = said.find(place).unwrap_or_else(|| panic!("it does not say `{place}`:\n{said}"));
        let next: String = said[at..].lines().nth(1).unwrap().to_owned();
        assert!(next.trim_start().starts_with("--> ") && next.ends_with(line), "{said}");
    }
    assert!(said.contains("12 |     pagin: none\n   |     ^^^^^\n"), "{said}");
    assert!(said.contains("= help: write `paging`"), "{said}");

    // What holds a credential is told as text, in which that is hidden; the rest is underlined.
    let secret = "correct-horse";
    let said = self::said(&wrong.replace("auth: none", &format!("auth: {{ bearer: {secret} }}")));
    assert!(said.contains("[C0401]") && said.contains(&"•".repeat(secret.len())) && !said.contains(secret), "{said}");
    assert!(said.contains("12 |     pagin: none\n   |     ^^^^^\n"), "{said}");

    // The compiler reads no `\r` at the end of a line: places would be beside what is meant, and text is exact.
    let said = self::said(&wrong.replace('\n', "\r\n"));
    assert!(said.contains("--> connector.yaml:12:5\n") && said.contains("pagin: none"), "{said}");

    // A warning does not break the build, and is told here, where it is not without the feature.
    let said = self::said(&SPEC.replace("api:\n", "types: { Colour: [red] }\napi:\n"));
    assert!(said.contains("warning: type `Colour` is not used [C0508]"), "{said}");
    assert!(!said.contains("error"), "{said}");
}
