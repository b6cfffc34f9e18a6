//! What is told of the columns of a table that a spec has changed: a line for each kind of change, not one for each column.
//!
//! It must not know how a table is changed.

use tapwright_runtime::plan::{Resource, Shape};

/// What was done to the columns of one table.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) added: Vec<String>,
    /// Added to rows that have no value for them.
    pub(crate) to_rows: bool,
    pub(crate) back: Vec<String>,
    pub(crate) null: Vec<String>,
    pub(crate) gone: Vec<String>,
}

impl Told {
    /// The lines. `anew` is whether the sync that is beginning reads the resource in full.
    pub(crate) fn lines(&self, resource: &Resource, anew: bool) -> Vec<String> {
        let table = resource.row.name;
        let line = |names: &[String], what: String| (!names.is_empty()).then(|| format!("{table}: {what}"));
        let (one, noun) = (|names: &[String]| names.len() == 1, columns);
        let added = format!("added {}{}", noun(&self.added), self.so_far(resource, anew));
        let values = |names: &[String]| {
            if one(names) { "is back, with the values it had" } else { "are back, with the values they had" }
        };
        let newer = if anew { "" } else { "; --full reads the newer ones" };
        let back = format!("{} {}{newer}", noun(&self.back), values(&self.back));
        let null = format!("{} may be null now", noun(&self.null));
        let kept = if one(&self.gone) {
            "is not in the spec any more; kept, with its values"
        } else {
            "are not in the spec any more; kept, with their values"
        };
        let gone = format!("{} {kept}", noun(&self.gone));
        let all = [(&self.added, added), (&self.back, back), (&self.null, null), (&self.gone, gone)];
        all.into_iter().filter_map(|(names, what)| line(names, what)).collect()
    }

    /// What the rows that are there have in the new columns when the sync is over.
    fn so_far(&self, resource: &Resource, anew: bool) -> &'static str {
        match (self.to_rows, anew, resource.row.shape) {
            (false, ..) => "",
            // What the source has is written again, and what it does not have goes,
            (true, true, shape) if shape != Shape::Event => "",
            // but for what happened once.
            (true, true, _) => "; null in rows that the source does not have any more",
            (true, false, _) => "; null in the rows stored so far: --full reads again what the source still has",
        }
    }
}

fn columns(names: &[String]) -> String {
    format!("{} {}", if names.len() == 1 { "column" } else { "columns" }, names.join(", "))
}
