//! A page of `docs/errors`, as the tests read it: its wrong example, what is said of that, and the mended one. The pages are the
//! only place where these are written down.
//!
//! An example shows the parts of a spec that it is about. The others are those of [`REST`], put behind it, so that the lines
//! keep their numbers.

#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may")]

use std::path::{Path, PathBuf};

/// What a spec has beside what an example shows, part by part.
pub(crate) const REST: &[(&str, &str)] = &[
    ("tapwright", "tapwright: 1\n"),
    ("connector", "connector: acme\n"),
    ("description", "description: Acme.\n"),
    ("api", "api:\n  base_url: https://api.acme.test\n  auth: none\n"),
    (
        "resources",
        "resources:\n  customers:\n    description: Customers.\n    get: /customers\n    paging: none\n    records: data\n    \
         entity: acme_customer\n    key: id\n    fields:\n      name: string\n",
    ),
];

/// A page.
pub(crate) struct Page {
    /// Its whole text.
    pub(crate) text: String,
    /// The first line, without its `#`.
    pub(crate) title: String,
    /// The example that is wrong, as it stands on the page.
    pub(crate) wrong: String,
    /// What is said of it.
    pub(crate) said: String,
    /// The example that is not.
    pub(crate) mended: String,
    /// Files beside the spec, by their paths.
    pub(crate) files: Vec<(String, String)>,
}

/// The folder of the pages, from a crate's folder.
pub(crate) fn folder(root: &str) -> PathBuf {
    Path::new(root).join("docs/errors")
}

impl Page {
    /// The page of a code.
    pub(crate) fn read(folder: &Path, code: &str) -> Page {
        let path = folder.join(format!("{code}.md"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{code} has no page `docs/errors/{code}.md`"));
        let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned();
        let blocks = blocks(&text);
        let all = |language: &str| {
            let blocks = blocks.iter().filter(|(info, _)| info == language);
            blocks.map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        let [wrong, mended]: [String; 2] =
            all("yaml").try_into().unwrap_or_else(|_| panic!("{code}: a page has a wrong example and a mended one"));
        let [said]: [String; 1] =
            all("text").try_into().unwrap_or_else(|_| panic!("{code}: a page shows once what is said"));
        let files = blocks.iter().filter_map(|(info, text)| Some((info.split_once(' ')?.1.to_owned(), text.clone())));
        Page { title, wrong, said, mended, files: files.collect(), text }
    }

    /// What stands at a path beside the spec, in the words of the command where there is nothing.
    pub(crate) fn beside(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.files.iter().find(|(name, _)| name == path).map(|(_, text)| text.clone().into_bytes());
        found.ok_or_else(|| format!("`{path}` was looked for: No such file or directory (os error 2)"))
    }
}

/// An example with the rest of a spec behind it.
pub(crate) fn whole(example: &str) -> String {
    let shown = |part: &str| example.lines().any(|line| line.split(':').next() == Some(part));
    let rest = REST.iter().filter(|(part, _)| !shown(part)).map(|(_, text)| *text);
    std::iter::once(example).chain(rest).collect()
}

/// The fenced blocks of a text, with what stands behind their first fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(info), false) => blocks.push((info.to_owned(), String::new())),
            (None, true) => {
                let (_, block) = blocks.last_mut().expect("a block began");
                block.push_str(line);
                block.push('\n');
                continue;
            }
            (None, false) => continue,
            (Some(_), true) => {}
        }
        inside = !inside;
    }
    blocks
}
