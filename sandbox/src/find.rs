//! Finding a row by what is known of it: by the id in it and the rows above, where that tells which it is, and otherwise
//! in an index of all rows, made when it is first needed and again when something has changed. It must not know where in a
//! request what is known was said.

use std::collections::HashMap;
use std::sync::PoisonError;

use serde_json::Value;
use tapwright_spec::model::{Expr, Function};

use crate::changes::{Changes, Whose};
use crate::eval::{Scope, eval, find, text};
use crate::fixed::plain;
use crate::kin::Line;
use crate::paths::{as_path, first_path};
use crate::row::{Row, column};
use crate::world::{Served, World};

/// What is known of a row: what an expression over its columns gives.
#[derive(Clone, Debug)]
pub(crate) struct Known<'e> {
    pub(crate) says: &'e Expr,
    pub(crate) text: Option<String>,
}

/// The rows of a resource, by what some expressions over their columns give.
#[derive(Debug)]
pub(crate) struct Index {
    list: usize,
    says: Vec<Expr>,
    version: u64,
    rows: HashMap<Vec<Option<String>>, u64>,
}

/// Whether a row can be told without looking at all of them.
enum Told<'w> {
    Row(Row<'w>),
    Nobody,
    Unclear,
}

impl World {
    /// The row of a list that all this is known of; the oldest, where it does not tell one from another.
    pub(crate) fn find(&self, list: usize, known: &[Known<'_>]) -> Option<Row<'_>> {
        match self.told(list, known) {
            Told::Nobody => None,
            Told::Unclear => self.row(list, self.indexed(list, known)?),
            Told::Row(row) => {
                let fits = |known: &Known<'_>| compared(row.says(known.says)) == compared(known.text.clone());
                known.iter().all(fits).then_some(row)
            }
        }
    }

    /// The row of a list with this value in the column `id`.
    pub(crate) fn with_id(&self, list: usize, id: &str) -> Option<Row<'_>> {
        let column = Expr::Parent("id".to_owned());
        self.find(list, &[Known { says: &column, text: Some(id.to_owned()) }])
    }

    /// The row of a number.
    pub(crate) fn row(&self, list: usize, number: u64) -> Option<Row<'_>> {
        let served = self.lists.get(list)?;
        let (whose, record) = {
            let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
            let whose = served.whose(&changes, number)?;
            (whose, self.current(served, &changes, whose, number)?)
        };
        let above = match (served.parent, whose) {
            (Some(parent), Some(number)) => Some(Box::new(self.row(parent, number)?)),
            _ => None,
        };
        Some(Row { resource: &served.resource, settings: &self.settings, number, record, above })
    }

    /// The record of a number as it is now.
    pub(crate) fn current(&self, served: &Served, changes: &Changes, whose: Whose, number: u64) -> Option<Value> {
        let overlay = changes.of(whose);
        let kept = match changes.home(number) {
            Some((_, id)) => Some(overlay.inserted(id)?.1),
            None if overlay.is_gone(number) || number >= served.data.end() || number < served.data.first() => {
                return None;
            }
            None => overlay.updated(number),
        };
        match kept {
            Some(kept) => serde_json::from_slice(&kept.json).ok(),
            None => Some(served.data.value(number, None, &self.ids)),
        }
    }

    /// The row that is told by an id and the rows above.
    fn told(&self, list: usize, known: &[Known<'_>]) -> Told<'_> {
        let Some(served) = self.lists.get(list) else { return Told::Nobody };
        if served.resource.row.shape.is_series() {
            // Several values tell it, none of them alone.
            return Told::Unclear;
        }
        let key = first_path(&served.resource.row.key);
        let (mut own, mut above) = (None, Vec::new());
        // What is known, and whether it is said of the record itself.
        let mut open: Vec<(&Expr, String, bool)> =
            known.iter().filter_map(|known| Some((known.says, known.text.clone()?, false))).collect();
        while let Some((says, text, of_record)) = open.pop() {
            match says {
                Expr::Parent(name) if !of_record => {
                    if let Some((from, None)) = column(&served.resource, name) {
                        open.push((from, text, true));
                    }
                }
                Expr::Parent(_) => above.push(Known { says, text: Some(text) }),
                Expr::Path(path) if key == Some(path) => own = Some(text),
                Expr::Call(Function::Text, args) => open.extend(args.first().map(|one| (one, text, of_record))),
                Expr::Call(Function::Key, parts) => {
                    let texts: Vec<&str> = text.split('/').collect();
                    if texts.len() != parts.len() {
                        return Told::Nobody;
                    }
                    let part = |text: &str| text.replace("%2F", "/").replace("%25", "%");
                    open.extend(parts.iter().zip(texts).map(|(says, text)| (says, part(text), of_record)));
                }
                Expr::Concat(parts) => open.extend(bare(parts, &text).map(|(says, text)| (says, text, of_record))),
                _ => {}
            }
        }
        let Some(id) = own else { return Told::Unclear };
        let found = match served.parent {
            None => self.with_own_id(served, None, &id),
            Some(parent) if !above.is_empty() => match self.find(parent, &above) {
                Some(above) => self.with_own_id(served, Some(above), &id),
                None => None,
            },
            Some(_) if served.data.ids.repeat() => return Told::Unclear,
            Some(_) => {
                let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
                let put_in = changes.anywhere(&id).map(|kept| kept.number);
                drop(changes);
                let number = put_in.or_else(|| served.data.ids.number_of(&id, Line::All));
                number.and_then(|number| self.row(list, number))
            }
        };
        found.map_or(Told::Nobody, Told::Row)
    }

    /// The row of a list, that of one parent, whose record has this id in it.
    pub(crate) fn with_own_id<'w>(&'w self, served: &'w Served, above: Option<Row<'w>>, id: &str) -> Option<Row<'w>> {
        let whose = above.as_ref().map(|above| above.number);
        let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
        let put_in = changes.of(whose).inserted(id).map(|(_, kept)| kept.number);
        let number = put_in.or_else(|| served.data.ids.number_of(id, served.line(whose)))?;
        let record = self.current(served, &changes, whose, number)?;
        let above = above.map(Box::new);
        Some(Row { resource: &served.resource, settings: &self.settings, number, record, above })
    }

    /// The number of the row of which this is known, from an index.
    fn indexed(&self, list: usize, known: &[Known<'_>]) -> Option<u64> {
        let version = self.version(list);
        let mut all = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_for = |index: &Index| index.list == list && index.says.iter().eq(known.iter().map(|known| known.says));
        if all.iter().any(|index| is_for(index) && index.version != version) {
            all.retain(|index| !is_for(index));
        }
        if !all.iter().any(is_for) {
            let says = known.iter().map(|known| known.says.clone()).collect();
            all.push(self.index(list, says, version));
        }
        let wanted: Vec<Option<String>> = known.iter().map(|known| compared(known.text.clone())).collect();
        all.iter().find(|index| is_for(index))?.rows.get(&wanted).copied()
    }

    fn index(&self, list: usize, says: Vec<Expr>, version: u64) -> Index {
        let mut rows = HashMap::new();
        if let Some(served) = self.lists.get(list) {
            let mut put_in: Vec<u64> = {
                let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
                changes.put_in().filter(|number| *number >= served.data.end()).collect()
            };
            put_in.sort_unstable();
            for number in (served.data.first()..served.data.end()).chain(put_in) {
                let Some(row) = self.row(list, number) else { continue };
                let given = says.iter().map(|says| compared(row.says(says))).collect();
                rows.entry(given).or_insert(number);
            }
        }
        Index { list, says, version, rows }
    }

    /// What changes whenever a row of a list, or one above it, does.
    fn version(&self, list: usize) -> u64 {
        let Some(served) = self.lists.get(list) else { return 0 };
        let own = served.changes.read().unwrap_or_else(PoisonError::into_inner).version;
        own + served.parent.map_or(0, |parent| self.version(parent))
    }
}

impl Served {
    /// Whose the record of a number is; `None` when there is no such record.
    fn whose(&self, changes: &Changes, number: u64) -> Option<Whose> {
        match (changes.home(number), self.kin) {
            (Some((whose, _)), _) => Some(whose),
            (None, Some(kin)) => Some(Some(kin.parent(number)?)),
            (None, None) => Some(None),
        }
    }

    /// The id in a record, as text.
    pub(crate) fn own_id(&self, record: &Value) -> String {
        let row = &self.resource.row;
        if row.shape.is_series() {
            let says = row.told_by().into_iter().filter_map(|name| column(&self.resource, name));
            let texts: Vec<String> = says.map(|(from, _)| text(&eval(from, Scope::new(record, &[])))).collect();
            return texts.join("/");
        }
        first_path(&self.resource.row.key).map(|path| text(&find(record, path))).unwrap_or_default()
    }
}

/// Of the parts of a text the only one that is not fixed, and what it says.
fn bare<'e>(parts: &'e [Expr], text: &str) -> Option<(&'e Expr, String)> {
    let is_text = |part: &&Expr| matches!(part, Expr::Text(_));
    let begins = parts.iter().take_while(is_text).collect::<Vec<_>>();
    let (open, ends) = parts.get(begins.len()..)?.split_first()?;
    let fixed = |parts: &mut dyn Iterator<Item = &Expr>| -> Option<String> {
        parts.map(|part| if let Expr::Text(text) = part { Some(text.as_str()) } else { None }).collect()
    };
    let rest = text.strip_prefix(fixed(&mut begins.into_iter())?.as_str())?;
    let rest = rest.strip_suffix(fixed(&mut ends.iter())?.as_str())?;
    (as_path(open).is_some() || matches!(open, Expr::Parent(_) | Expr::Call(..))).then(|| (open, rest.to_owned()))
}

fn compared(text: Option<String>) -> Option<String> {
    text.map(|text| plain(&text).into_owned())
}
