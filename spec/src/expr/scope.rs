//! What an expression may speak of.

use std::ops::Range;

use crate::declared::Declared;
use crate::model::{Enum, Json, Segment, Setting, SettingKind};

use super::ty::{Null, Ty};

/// What an expression may speak of, at the place where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) roots: Roots<'a>,
    pub(crate) settings: &'a Declared<Setting>,
    pub(crate) secrets: Secrets,
    /// What `for_each` gives.
    pub(crate) given: &'a [Given],
    /// What is known of a window of time.
    pub(crate) window: Window,
    /// Paths whose values are those of a type, so that a text they are compared with can be checked.
    pub(crate) enums: &'a [(Vec<Segment>, Enum)],
}

/// A name of `for_each`.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// What expressions call it.
    pub(crate) name: String,
    pub(crate) is: GivenIs,
}

/// What a name of `for_each` stands for.
#[derive(Clone, Debug)]
pub(crate) enum GivenIs {
    /// A row with these columns.
    Row {
        /// What it is a row of, for messages.
        of: String,
        /// None when it is already known that something is wrong with it.
        columns: Option<Vec<Column>>,
    },
    /// A text.
    Value,
}

/// What is known of a window of time, where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// It has no place there.
    Nowhere,
    /// The resource has none.
    None,
    /// It has one; whether that always has an end, and how its ends are written.
    Known {
        ends: bool,
        /// Whether its ends are numbers.
        numbers: bool,
    },
}

/// A column of a row.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) null: Null,
}

/// Where a path begins.
#[derive(Clone, Copy)]
pub(crate) enum Roots<'a> {
    /// Nowhere: there are only settings.
    Settings,
    /// At the record.
    Record(Example<'a>),
    /// At the last record, behind `last.`.
    Last(Example<'a>),
    /// At the response's body.
    Response,
}

impl<'a> Roots<'a> {
    /// The example of the record that paths begin at.
    pub(crate) fn example(self) -> Example<'a> {
        match self {
            Roots::Record(example) | Roots::Last(example) => example,
            Roots::Settings | Roots::Response => {
                Example { resource: "", value: None, key: None, around: Around::default() }
            }
        }
    }
}

/// A resource's example, if it has one.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    pub(crate) resource: &'a str,
    pub(crate) value: Option<&'a Json>,
    /// Where the key `example` stands.
    pub(crate) key: Option<&'a Range<usize>>,
    /// What stands around a record.
    pub(crate) around: Around,
}

/// What is known of the surroundings of a record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// Whether it stands within another item: `above`.
    pub(crate) above: bool,
    /// Whether it may be a single value: `entry.value`.
    pub(crate) value: bool,
    /// Whether it stands under a key: `entry.key`.
    pub(crate) key: bool,
}

/// Whether a secret may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    Allowed,
    /// It would end up in what the text says.
    Refused(&'static str),
}

/// What a request is made for.
#[derive(Clone, Copy)]
pub(crate) struct For<'a> {
    pub(crate) given: &'a [Given],
    pub(crate) window: Window,
}

impl For<'_> {
    /// For all resources alike.
    pub(crate) const NOTHING: For<'static> = For { given: &[], window: Window::Nowhere };
}

impl<'a> Scope<'a> {
    /// The same where a request is made.
    pub(crate) fn made_for(self, made: For<'a>) -> Self {
        Scope { given: made.given, window: made.window, ..self }
    }

    /// Settings only.
    pub(crate) fn settings(settings: &'a Declared<Setting>, secrets: Secrets) -> Self {
        Scope { roots: Roots::Settings, settings, secrets, given: &[], window: Window::Nowhere, enums: &[] }
    }
}

/// The type of a setting, whether it may be missing, and whether it is a secret.
pub(super) fn setting_type(setting: &Setting) -> (Ty, Null, bool) {
    let (ty, defaulted) = match &setting.kind {
        SettingKind::Secret { .. } => (Ty::Text, false),
        SettingKind::Text { default, .. } | SettingKind::Choice { default, .. } => (Ty::Text, default.is_some()),
        SettingKind::Integer { default, .. } => (Ty::Integer, default.is_some()),
        SettingKind::Boolean { default } => (Ty::Boolean, default.is_some()),
        SettingKind::List { default } => (Ty::List(Box::new(Ty::Text)), default.is_some()),
    };
    let null = if setting.required || defaulted { Null::Never } else { Null::Sometimes };
    (ty, null, matches!(setting.kind, SettingKind::Secret { .. }))
}
