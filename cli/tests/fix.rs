//! `check --fix` makes the edits that are certain, leaves everything else of a file as it is, and never makes it worse.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use support::{Place, bytes};

/// A spec with comments, a layout of its own, line ends of Windows and characters of several bytes; and of mistakes each kind
/// that is certain, and some that are not.
const WRONG: &str = concat!(
    "# Dänemark 🇩🇰\r\n",
    "tapwright: 1\r\n",
    "connector: acme   # its name\r\n",
    "description: 2026\r\n",
    "config:\r\n",
    "  apiKey: { type: secret,   description: 'The key.' }\r\n",
    "api:\r\n",
    "  base_url: https://api.acme.test\r\n",
    "  auth: { bearer: {config.apiKey} }   # as it was copied\r\n",
    "resources:\r\n",
    "  things:\r\n",
    "    description: Things.\r\n",
    "    get: /things\r\n",
    "    pagin: none\r\n",
    "    records: $\r\n",
    "    where: kind = \"a\"   # only these\r\n",
    "    entity: acme_thing\r\n",
    "    key: id\r\n",
    "    fields:\r\n",
    "      name: strng\r\n",
    "      shout: { type: string?, from: nmae | upper }\r\n",
    "      since: { type: timestamp, from: created, format: unix_milis }\r\n",
    "      note: text\r\n",
    "    example: { id: a, kind: b, name: Bob, created: 1, note: '' }\r\n",
);

#[test]
fn what_is_certain_is_mended_and_every_other_byte_stays() {
    let place = Place::new();
    place.write("acme.yaml", WRONG);
    let said = place.run(&["check", "--fix", "acme.yaml"]);
    let right = WRONG
        .replace("description: 2026", "description: \"2026\"")
        .replace("{config.apiKey}", "\"{config.apiKey}\"")
        .replace("pagin:", "paging:")
        .replace("kind = \"a\"", "kind == \"a\"")
        .replace("strng", "string")
        .replace("| upper ", "| upper() ")
        .replace("unix_milis", "unix_millis");
    assert_eq!(String::from_utf8(bytes(&place.path("acme.yaml"))).unwrap(), right);
    said.says(&[
        "fixed: acme.yaml:4: `2026` → `\"2026\"`",
        "fixed: acme.yaml:9: `{config.apiKey}` → `\"{config.apiKey}\"`",
        "fixed: acme.yaml:14: `pagin:` → `paging:`",
        "fixed: acme.yaml:16: `=` → `==`",
        "fixed: acme.yaml:20: `strng` → `string`",
        "fixed: acme.yaml:21: `upper` → `upper()`",
        "fixed: acme.yaml:22: `unix_milis` → `unix_millis`",
        // A path that is misspelt may be another, and `text` may be any of several types.
        "did you mean `name`?",
        "did you mean `string`?",
        "2 mistakes in acme.yaml",
    ]);
    assert_eq!(said.code, Some(2));
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 1, "nothing is left beside the file");
    // Again it has nothing to do.
    let again = place.run(&["check", "--fix", "acme.yaml"]);
    assert!(!again.out.contains("fixed:"), "{again:#?}");
}

#[test]
fn two_words_that_can_be_one_are_for_somebody_to_choose_from() {
    let spec = include_str!("../../generated-tests/specs/smallest.yaml");
    // Both are a letter away from `paging`, which is missing.
    let wrong = spec.replace("    paging: none\n", "    pagin: none\n    aging: none\n");
    let place = Place::new();
    place.write("acme.yaml", &wrong);
    let said = place.run(&["check", "--fix", "acme.yaml"]);
    assert_eq!(bytes(&place.path("acme.yaml")), wrong.as_bytes(), "{said:#?}");
}

#[test]
fn a_name_that_somebody_gave_is_mended_in_another_spelling_and_not_where_it_is_only_near() {
    let spec = |name: &str| {
        let setting = "config:\n  apiKey: { type: secret, description: The key. }\napi:\n";
        let spec = include_str!("../../generated-tests/specs/smallest.yaml").replace("api:\n", setting);
        spec.replace("auth: none", &format!("auth: {{ bearer: \"{{config.{name}}}\" }}"))
    };
    let place = Place::new();
    for (name, mended) in [("api_key", "apiKey"), ("apikey", "apiKey"), ("apiKy", "apiKy"), ("apiKeys", "apiKeys")] {
        place.write("acme.yaml", spec(name));
        let said = place.run(&["check", "--fix", "acme.yaml"]);
        assert_eq!(String::from_utf8(bytes(&place.path("acme.yaml"))).unwrap(), spec(mended), "{said:#?}");
        said.says(&[if name == mended { "did you mean `apiKey`?" } else { "fixed: acme.yaml:" }]);
    }
}

#[test]
fn an_edit_that_brings_more_to_light_is_left_out_and_the_others_are_made() {
    let spec = include_str!("../../generated-tests/specs/smallest.yaml");
    // Around the one sign stand three functions that do not exist, which nobody can have seen.
    let wrong = spec.replace("    key: id\n", "    key: id\n    where: foo() = bar() and baz()\n").replace("pag", "pg");
    let place = Place::new();
    place.write("acme.yaml", &wrong);
    let said = place.run(&["check", "--fix", "acme.yaml"]);
    let mended = String::from_utf8(bytes(&place.path("acme.yaml"))).unwrap();
    assert_eq!(mended, wrong.replace("pging", "paging"), "{said:#?}");
    said.says(&["write `==` to compare"]);
}

#[test]
fn no_credential_is_printed() {
    let spec = include_str!("../../generated-tests/specs/smallest.yaml");
    for secret in ["98765432", "correct-horse", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"] {
        // The second is one word to whoever looks for spaces.
        for wrong in [format!("{{ berer: {secret} }}"), format!("{{\"berer\":\"{secret}\"}}")] {
            let place = Place::new();
            for format in ["human", "json", "sarif", "rustc-json"] {
                place.write("acme.yaml", spec.replace("auth: none", &format!("auth: {wrong}")));
                let said = place.run(&["check", "--fix", "--format", format, "acme.yaml"]);
                assert!(!said.out.contains(secret) && !said.err.contains(secret), "{said:#?}");
                said.says(&["fixed: acme.yaml:6: "]);
                let mended = String::from_utf8(bytes(&place.path("acme.yaml"))).unwrap();
                assert_eq!(mended, spec.replace("auth: none", &format!("auth: {}", wrong.replace("berer", "bearer"))));
            }
        }
    }
}

#[test]
fn programs_get_their_format_alone_and_the_edits_beside_it() {
    let place = Place::new();
    place.write("acme.yaml", WRONG);
    let said = place.run(&["check", "--fix", "--format", "json", "acme.yaml"]);
    assert_eq!(said.json().as_array().unwrap().len(), 2);
    assert_eq!(said.err.lines().filter(|line| line.starts_with("fixed: acme.yaml:")).count(), 7, "{said:#?}");
}

#[test]
fn files_are_what_is_mended() {
    let said = Place::new().run(&["check", "--fix"]);
    assert_eq!(said.code, Some(2));
    said.says(&["`--fix` is about files"]);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let file = place.write("real.yaml", WRONG);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, place.path("link.yaml")).unwrap();
    place.run(&["check", "--fix", "link.yaml"]).says(&["fixed: link.yaml:4"]);
    assert!(std::fs::symlink_metadata(place.path("link.yaml")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_ne!(bytes(&file), WRONG.as_bytes());
}
