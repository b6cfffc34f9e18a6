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
    /// The row of the parent.
    pub(crate) above: Option<Above<'a>>,
    /// Paths whose values are those of a type, so that a text they are compared with can be checked.
    pub(crate) enums: &'a [(Vec<Segment>, Enum)],
}

/// The row of a parent.
#[derive(Clone, Copy)]
pub(crate) struct Above<'a> {
    /// What expressions call it.
    pub(crate) name: &'a str,
    /// The resource it is of.
    pub(crate) resource: &'a str,
    /// None when it is already known that something is wrong with it.
    pub(crate) columns: Option<&'a [Column]>,
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
            Roots::Settings | Roots::Response => Example { resource: "", value: None, key: None },
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
}

/// Whether a secret may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    Allowed,
    /// It would end up in what the text says.
    Refused(&'static str),
}

impl<'a> Scope<'a> {
    /// Settings only.
    pub(crate) fn settings(settings: &'a Declared<Setting>, secrets: Secrets) -> Self {
        Scope { roots: Roots::Settings, settings, secrets, above: None, enums: &[] }
    }
}

/// The type of a setting, whether it may be missing, and whether it is a secret.
pub(super) fn setting_type(setting: &Setting) -> (Ty, Null, bool) {
    let (ty, defaulted) = match &setting.kind {
        SettingKind::Secret { .. } => (Ty::Text, false),
        SettingKind::Text { default, .. } | SettingKind::Choice { default, .. } => (Ty::Text, default.is_some()),
        SettingKind::Integer { default, .. } => (Ty::Integer, default.is_some()),
        SettingKind::Boolean { default } => (Ty::Boolean, default.is_some()),
    };
    let null = if setting.required || defaulted { Null::Never } else { Null::Sometimes };
    (ty, null, matches!(setting.kind, SettingKind::Secret { .. }))
}
