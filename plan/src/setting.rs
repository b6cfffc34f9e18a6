//! What a user configures.

/// One configuration value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Its name in the spec, in config files and in `--set`.
    pub name: &'static str,
    /// One line for people.
    pub description: &'static str,
    /// The environment variable it can come from.
    pub env: Option<&'static str>,
    /// What it may be.
    pub kind: Kind,
    /// Whether there is no connector without it; where it is only for one way to authenticate, no such way.
    pub required: bool,
    /// The ways to authenticate that alone need it.
    pub only_for: Option<OnlyFor>,
}

/// Values of another setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnlyFor {
    /// The place of the other among the settings.
    pub setting: u16,
    /// What it has to be.
    pub values: &'static [&'static str],
}

impl Setting {
    /// Whether it is a credential.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret { .. })
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A credential: kept out of logs, errors and files, and never taken from a command line.
    Secret {
        /// A glob it must match.
        matches: Option<&'static str>,
    },
    /// Text.
    Text {
        /// A glob it must match.
        matches: Option<&'static str>,
        /// What it is when nobody says.
        default: Option<&'static str>,
    },
    /// A whole number within bounds, both included.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// What it is when nobody says.
        default: Option<i64>,
    },
    /// Yes or no.
    Boolean {
        /// What it is when nobody says.
        default: Option<bool>,
    },
    /// Several texts.
    List {
        /// What they are when nobody says.
        default: Option<&'static [&'static str]>,
    },
    /// One of these texts.
    Choice {
        /// The texts.
        values: &'static [&'static str],
        /// What it is when nobody says.
        default: Option<&'static str>,
    },
}
