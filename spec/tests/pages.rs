//! Every code is shown three times: in a snapshot, in a spec that is compiled, and on a page of `docs/errors`. What a page
//! shows is so: its wrong example has that mistake and no other, the text is what is printed, and the mended one is clean.
//!
//! `TAPWRIGHT_PAGES=rewrite` writes what is printed into the pages.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

mod page;

use std::path::Path;

use page::{Page, whole};
use tapwright_render::{Style, render};
use tapwright_spec::{CODES, Certainty, Checked, Code, Source, check_with};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn page(code: Code) -> Page {
    Page::read(&page::folder(ROOT), &code.to_string())
}

fn checked(page: &Page, example: &str) -> (Source, Checked) {
    let source = Source::new("connector.yaml", whole(example));
    let checked = check_with(&source, &|path| page.beside(path));
    (source, checked)
}

fn shown((source, checked): &(Source, Checked)) -> String {
    let all = checked.diagnostics.iter().map(|diagnostic| render(diagnostic, source, Style::Plain) + "\n");
    all.collect::<Vec<_>>().join("\n")
}

/// The files of a folder with that ending, as one text.
fn all(folder: &str, ending: &str) -> String {
    let folder = Path::new(ROOT).join(folder);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = files.map(|file| file.expect("a file").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    paths.map(|path| std::fs::read_to_string(path).expect("it can be read")).collect()
}

#[test]
fn each_code_has_a_snapshot_a_compiled_spec_and_a_page() {
    let refused = all("generated-tests/compile/tests/ui/fail", "stderr");
    let compiled = all("generated-tests/compile/tests/ui/pass", "rs");
    let mut missing = Vec::new();
    for (code, meaning) in CODES {
        let in_brackets = format!("[{code}]");
        let snapshot = Path::new(ROOT).join(format!("spec/tests/snapshots/{code}.snap"));
        let snapshot = std::fs::read_to_string(snapshot).unwrap_or_default();
        if !snapshot.contains(&in_brackets) {
            missing.push(format!("{code}: a snapshot"));
        }
        let page = page(*code);
        if page.title != format!("{code}: {meaning}") {
            missing.push(format!("{code}: a page with the title `{code}: {meaning}`"));
        }
        let (_, checked) = checked(&page, &page.wrong);
        let breaks_the_build = checked.diagnostics.iter().any(tapwright_spec::Diagnostic::is_error);
        if breaks_the_build && !refused.contains(&in_brackets) {
            missing.push(format!("{code}: a spec that does not compile because of it"));
        }
        if !breaks_the_build && !compiled.contains(&format!("/{code}.yaml")) {
            missing.push(format!("{code}: a spec that compiles in spite of it"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn each_page_is_that_of_a_code() {
    for file in std::fs::read_dir(page::folder(ROOT)).expect("the pages") {
        let name = file.expect("a page").file_name().into_string().expect("a name");
        let known = CODES.iter().any(|(code, _)| name == format!("{code}.md"));
        assert!(known || name == "README.md", "`docs/errors/{name}` is of no code");
    }
}

#[test]
fn the_smallest_spec_is_written_down_beside_the_pages() {
    let readme = std::fs::read_to_string(page::folder(ROOT).join("README.md")).expect("it is there");
    let smallest: String = page::REST.iter().map(|(_, text)| *text).collect();
    assert!(readme.contains(&format!("```yaml\n{smallest}```")), "docs/errors/README.md does not show\n{smallest}");
}

#[test]
fn a_wrong_example_has_its_mistake_alone_and_is_told_in_these_words() {
    let rewrites = std::env::var_os("TAPWRIGHT_PAGES").is_some_and(|value| value == "rewrite");
    let mut wrong = Vec::new();
    for (code, _) in CODES {
        let page = page(*code);
        let found = checked(&page, &page.wrong);
        let codes = found.1.diagnostics.iter().map(|diagnostic| diagnostic.code);
        let said = shown(&found);
        if codes.clone().count() == 0 || codes.clone().any(|found| found != *code) {
            wrong.push(format!("{code}: its wrong example has {:?}\n{said}", codes.collect::<Vec<_>>()));
        } else if rewrites {
            let (before, after) = (format!("```text\n{}```", page.said), format!("```text\n{said}```"));
            let path = page::folder(ROOT).join(format!("{code}.md"));
            std::fs::write(path, page.text.replacen(&before, &after, 1)).expect("the page can be written");
        } else if said != page.said {
            wrong.push(format!("{code}: its page does not say\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn where_the_edit_is_certain_the_mended_example_is_what_it_makes() {
    let mut certain = 0;
    for (code, _) in CODES {
        let page = page(*code);
        let (source, checked) = checked(&page, &page.wrong);
        let patches = checked.diagnostics.iter().filter_map(|diagnostic| diagnostic.patch.as_ref());
        for patch in patches.filter(|patch| patch.certainty == Certainty::Certain) {
            let mut text = source.text().to_owned();
            text.replace_range(patch.range.clone(), &patch.replacement);
            assert_eq!(text, whole(&page.mended), "{code}");
            certain += 1;
        }
    }
    assert!(certain >= 5, "only {certain} of the pages show an edit that is certain");
}

#[test]
fn a_mended_example_is_clean() {
    let mut wrong = Vec::new();
    for (code, _) in CODES {
        let page = page(*code);
        let found = checked(&page, &page.mended);
        if !found.1.diagnostics.is_empty() || found.1.model.is_none() {
            wrong.push(format!("{code}: its mended example is not clean:\n{}", shown(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
