//! What names a record to the API when a client goes on behind it: its id, its moment, or a number of its own. It must
//! not know which parameter carries the name.

use tapwright_spec::model::{Expr, Resource, Step, Type};

use crate::format::Format;
use crate::list::{Cursor, List};
use crate::paths::{alternatives, first_path};
use crate::posted::Kind;

/// What sorts behind the ids of all records of a moment.
const LAST_ID: &str = "\u{10ffff}";

/// What a record is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Its id.
    Id,
    /// Its moment: it stands for all records of that moment.
    Moment(Format),
    /// Its number, where some other place of the record holds it.
    Ordinal,
}

impl Naming {
    /// What an expression over a record names it by.
    pub(crate) fn of(resource: &Resource, from: &Expr) -> Naming {
        if first_path(from) == first_path(&resource.row.key) {
            return Naming::Id;
        }
        let time = resource.row.time.as_ref().filter(|time| alternatives(&time.from).contains(&from));
        let format = time.map(|time| &time.format).or_else(|| {
            resource.row.fields.iter().find_map(|field| match &field.ty {
                Type::Timestamp(format) if field.from == *from => Some(format),
                _ => None,
            })
        });
        format.map_or(Naming::Ordinal, |format| Naming::Moment(Format::of(format)))
    }

    /// What a name has to be in a JSON body. A moment that a record has as a number may stay one.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Naming::Moment(format) if !format.is_text() => Kind::Scalar,
            Naming::Id | Naming::Moment(_) | Naming::Ordinal => Kind::Text,
        }
    }

    /// The position a name stands for, in a list that is read newest first, or not.
    pub(crate) fn find(self, list: &List<'_>, name: &str, descending: bool) -> Option<Cursor> {
        match self {
            Naming::Id => list.find(name),
            Naming::Moment(format) => {
                let moment = format.read(name)?;
                let rest = format.unit() - 1;
                let (moment, id) = if descending { (moment, "") } else { (moment.saturating_add(rest), LAST_ID) };
                Some(Cursor::Place((moment, id.to_owned())))
            }
            Naming::Ordinal => match list.overlay.place_of_name(name) {
                Some(place) => Some(Cursor::Place(place.clone())),
                None => {
                    let number = name.parse().ok()?;
                    list.has(number).then_some(Cursor::Number(number))
                }
            },
        }
    }
}

/// The expressions by which a resource's requests name the last record.
pub(crate) fn named_by(resource: &Resource) -> impl Iterator<Item = &Expr> {
    let step = resource.paging.as_ref().map(|paging| &paging.step);
    let last = if let Some(Step::Last { from, .. }) = step { Some(from) } else { None };
    let resume = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
    last.into_iter().chain(resume.map(|resume| &resume.from))
}
