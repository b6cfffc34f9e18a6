//! What links within a page lead to. Code hosts make a heading's anchor of its text, and number those that come again.

use tapwright_spec::model::Connector;

/// Headings before those of the resources.
const BEFORE: &[&str] = &[
    "what-it-syncs",
    "set-up-and-run",
    "authentication",
    "configuration",
    "limits-and-errors",
    "limitations",
    "resources",
];

/// The anchors of a page.
#[derive(Debug)]
pub(crate) struct Anchors {
    resources: Vec<(String, String)>,
}

impl Anchors {
    pub(crate) fn of(connector: &Connector) -> Self {
        let mut used: Vec<String> = vec![anchor(&connector.title)];
        // Some headings are only there when something stands under them.
        let there = |heading: &&str| match *heading {
            "configuration" => !connector.settings.is_empty(),
            "limitations" => !connector.limitations.is_empty(),
            _ => true,
        };
        for heading in BEFORE.iter().copied().filter(|heading| there(heading)) {
            let free = free(&used, heading);
            used.push(free);
        }
        let mut resources = Vec::new();
        for resource in &connector.resources {
            let free = free(&used, &resource.name);
            used.push(free.clone());
            resources.push((resource.name.clone(), free));
        }
        Anchors { resources }
    }

    /// Where a resource is described.
    pub(crate) fn of_resource(&self, name: &str) -> &str {
        self.resources.iter().find(|(known, _)| known == name).map_or("", |(_, anchor)| anchor)
    }
}

/// The next form of an anchor that is not taken.
fn free(used: &[String], anchor: &str) -> String {
    let mut form = anchor.to_owned();
    let mut count = 0;
    while used.contains(&form) {
        count += 1;
        form = format!("{anchor}-{count}");
    }
    form
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_that_comes_again_is_numbered() {
        let used = ["users".to_owned(), "users-1".to_owned()];
        assert_eq!(free(&used, "users"), "users-2");
        assert_eq!(free(&used, "groups"), "groups");
        assert_eq!(anchor("Types & <Names>"), "types--names");
    }
}
