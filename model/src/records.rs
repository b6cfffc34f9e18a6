//! Where in a response the records are.

/// Where in a response the records are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Records {
    /// Where a path leads: to the items of the list at its end, or to what its last step stands for.
    At(Vec<RecordStep>),
    /// `one`: the keys to a single record.
    One(Vec<String>),
    /// `zip`: keys of a record, and the keys to the list with their values.
    Zip(Vec<(String, Vec<String>)>),
}

/// A step on the way to records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordStep {
    /// A key.
    Key(String),
    /// `[]`: each item of a list.
    Each,
    /// `*`: each value of an object.
    Values,
}

impl Records {
    /// The keys to a list of records, when that is all.
    #[must_use]
    pub fn plain(&self) -> Option<Vec<&str>> {
        let Records::At(steps) = self else { return None };
        steps.iter().map(|step| if let RecordStep::Key(key) = step { Some(key.as_str()) } else { None }).collect()
    }

    /// Whether a record stands within another item, which `above` names.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        let Records::At(steps) = self else { return false };
        let last = steps.len().saturating_sub(1);
        steps.iter().take(last).any(|step| !matches!(step, RecordStep::Key(_)))
    }

    /// Whether a record may be a single value, which `entry.value` names.
    #[must_use]
    pub fn is_explicit(&self) -> bool {
        matches!(self, Records::At(steps) if matches!(steps.last(), Some(RecordStep::Each | RecordStep::Values)))
    }

    /// Whether a record has a key that it stands under, which `entry.key` names.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        matches!(self, Records::At(steps) if matches!(steps.last(), Some(RecordStep::Values)))
    }
}
