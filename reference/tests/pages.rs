//! The pages of specs that between them say all that the language can.
//!
//! `INSTA_UPDATE=always` rewrites them, for review.

#![allow(clippy::unwrap_used, reason = "a test may")]

use tapwright_generated_tests::{SPECS, model};
use tapwright_reference::{Example, Page};

#[test]
fn a_page_says_all_that_a_spec_does() {
    for (name, text) in SPECS.iter().filter(|(name, _)| *name != "workos") {
        let connector = model(text);
        // The engine's own samples are the command's business; here is one of each kind.
        let example = |_: &str| {
            let value = |name: &str, example| (name.to_owned(), example);
            vec![
                value("id", Example::Value("a|b\nc".to_owned())),
                value("updated_at", Example::Unknown),
                value("name", Example::Null),
                value("text", Example::Value(" ".to_owned())),
                value("title", Example::Value("a long text that goes on and on ".repeat(9))),
            ]
        };
        let page = Page {
            connector: &connector,
            called: "a folder/connector.yaml",
            spec: Some("connector.yaml"),
            renew: Some("tapwright docs connector.yaml --write README.md"),
            example: &example,
        };
        insta::assert_snapshot!(*name, page.markdown());
    }
}

/// A cell that ends early would shift all that stand behind it.
#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_heading() {
    let mut rows = 0;
    for (_, text) in SPECS {
        let connector = model(text);
        let example = |_: &str| vec![("id".to_owned(), Example::Value("a|b\\|c`|`\n|".to_owned()))];
        let page = Page { connector: &connector, called: "spec.yaml", spec: None, renew: None, example: &example };
        let page = page.markdown();
        let mut cells = 0;
        for line in page.lines() {
            let inside = line.starts_with('|');
            let count = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            match (inside, cells) {
                (false, _) => cells = 0,
                (true, 0) => cells = count,
                (true, _) => {
                    assert_eq!(count, cells, "{line}");
                    rows += 1;
                }
            }
        }
    }
    assert!(rows > 300, "{rows}");
}

#[test]
fn every_link_within_a_page_leads_to_a_heading_of_it() {
    let mut links = 0;
    for (_, text) in SPECS {
        let connector = model(text);
        let page =
            Page { connector: &connector, called: "spec.yaml", spec: None, renew: None, example: &|_| Vec::new() };
        let page = page.markdown();
        let anchors: Vec<String> = page
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
            .collect();
        for part in page.split("](#").skip(1) {
            let anchor = part.split(')').next().unwrap();
            assert!(anchors.iter().any(|known| known == anchor), "{anchor} is none of {anchors:?}");
            links += 1;
        }
    }
    assert!(links > 50, "{links}");
}
