//! Finding a row by what is known of it: by the id in it and the rows above, where that tells which it is, and otherwise
//! in an index of all rows, made when it is first needed and again when something has changed. It must not know where in a
//! request what is known was said.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::PoisonError;

use serde_json::Value;
use tapwright_spec::model::{Expr, Function, each_given};

use crate::above::{Kind, Part, Pick};
use crate::changes::{Changes, Whose};
use crate::eval::{Columns, Scope, eval, find, text};
use crate::fixed::{plain, written};
use crate::kin::Line;
use crate::paths::{as_path, first_path};
use crate::row::{Combination, One, Row, column};
use crate::world::{Served, World, keyed};

/// What is known of a row: what an expression over its columns gives.
#[derive(Clone, Debug)]
pub(crate) struct Known<'e> {
    pub(crate) says: Cow<'e, Expr>,
    pub(crate) text: Option<String>,
}

impl Known<'_> {
    /// The same when it has been chosen what a name stands for; of a row, for each of its columns.
    fn with(&self, name: &str, is: &dyn Fn(Option<&str>) -> Expr) -> Self {
        let mut speaks = false;
        each_given(&self.says, &mut |known, _| speaks |= known == name);
        let says = if speaks { Cow::Owned(chosen(&self.says, name, is)) } else { self.says.clone() };
        Known { says, text: self.text.clone() }
    }

    fn speaks_only_of(&self, name: &str) -> bool {
        let (mut of_it, mut of_others) = (false, false);
        each_given(&self.says, &mut |known, _| if known == name { of_it = true } else { of_others = true });
        of_it && !of_others
    }

    /// Whether it speaks of nothing any more, and is not what was sent.
    fn is_wrong(&self, settings: &[(String, Value)]) -> bool {
        let mut open = false;
        each_given(&self.says, &mut |_, _| open = true);
        !open && compared(written(eval(&self.says, Scope::new(&Value::Null, settings)))) != compared(self.text.clone())
    }
}

/// An expression in which it has been chosen what a name stands for.
fn chosen(expr: &Expr, name: &str, is: &dyn Fn(Option<&str>) -> Expr) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| chosen(part, name, is)).collect::<Vec<_>>();
    match expr {
        Expr::Given { name: known, column } if known == name => is(column.as_deref()),
        Expr::FirstOf(parts) => Expr::FirstOf(all(parts)),
        Expr::Concat(parts) => Expr::Concat(all(parts)),
        Expr::Call(function, parts) => Expr::Call(*function, all(parts)),
        Expr::If(parts) => {
            let [condition, then, otherwise] = parts.as_ref();
            let part = |expr: &Expr| chosen(expr, name, is);
            Expr::If(Box::new([part(condition), part(then), part(otherwise)]))
        }
        Expr::Let(own, parts) => {
            let [value, body] = parts.as_ref();
            Expr::Let(own.clone(), Box::new([chosen(value, name, is), chosen(body, name, is)]))
        }
        Expr::Over(over, own, parts) => {
            let [list, body] = parts.as_ref();
            Expr::Over(*over, own.clone(), Box::new([chosen(list, name, is), chosen(body, name, is)]))
        }
        other => other.clone(),
    }
}

/// A value as an expression that has it.
fn fixed(value: Option<Value>) -> Expr {
    match value {
        None | Some(Value::Null) => Expr::Null,
        Some(Value::Bool(value)) => Expr::Bool(value),
        Some(value) => match (value.as_i64(), value.as_f64()) {
            (Some(whole), _) => Expr::Integer(whole),
            (None, Some(number)) => Expr::Number(number),
            (None, None) => Expr::Text(text(&value)),
        },
    }
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
                let fits = |known: &Known<'_>| compared(row.says(&known.says)) == compared(known.text.clone());
                known.iter().all(fits).then_some(row)
            }
        }
    }

    /// The row of a list with this value in the column `id`.
    pub(crate) fn with_id(&self, list: usize, id: &str) -> Option<Row<'_>> {
        let column = Expr::Given { name: String::new(), column: Some("id".to_owned()) };
        self.find(list, &[Known { says: Cow::Borrowed(&column), text: Some(id.to_owned()) }])
    }

    /// The row of a number.
    pub(crate) fn row(&self, list: usize, number: u64) -> Option<Row<'_>> {
        let served = self.lists.get(list)?;
        let (whose, record) = {
            let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
            let whose = served.whose(&changes, number)?;
            (whose, self.current(served, &changes, whose, number)?)
        };
        let above = match whose {
            Some(number) => Some(self.combination(served, number)?),
            None => None,
        };
        let around = self.around(served, number, &record);
        Some(Row { resource: &served.resource, settings: &self.settings, number, record, around, above })
    }

    /// What a list is asked for, by its number.
    pub(crate) fn combination<'w>(&'w self, served: &'w Served, number: u64) -> Option<Combination<'w>> {
        let picks = served.above.picks(number)?;
        let one = |(part, pick): (&'w Part, Pick)| {
            let one = match (pick, &part.of) {
                (Pick::Row { list, number }, _) => One::Row(Box::new(self.row(list, number)?)),
                (Pick::Value(place), Kind::Values(values)) => One::Value(values.get(place)?),
                (Pick::Value(_), Kind::Rows(_)) => return None,
            };
            Some((part.name.as_str(), one))
        };
        let parts = served.above.parts.iter().zip(picks).map(one).collect::<Option<Vec<_>>>()?;
        Some(Combination { number, parts })
    }

    /// What a list is asked for, of which all this is known.
    pub(crate) fn find_above(&self, served: &Served, known: &[Known<'_>]) -> Option<u64> {
        self.pick(served, known, &[])
    }

    /// Chooses what is still to be chosen: values first, since with them the rest may speak of rows alone; then rows that are
    /// only said together with others, one after the other.
    fn pick(&self, served: &Served, known: &[Known<'_>], picks: &[(usize, Pick)]) -> Option<u64> {
        let parts = &served.above.parts;
        let open = |at: usize| !picks.iter().any(|(chosen, _)| *chosen == at);
        let also = |at: usize, pick: Pick| [picks, &[(at, pick)]].concat();
        for (at, part) in parts.iter().enumerate().filter(|(at, _)| open(*at)) {
            let Kind::Values(values) = &part.of else { continue };
            return values.iter().enumerate().find_map(|(place, value)| {
                let is = |_: Option<&str>| Expr::Text(value.clone());
                let with = self.possible(known.iter().map(|known| known.with(&part.name, &is)).collect())?;
                self.pick(served, &with, &also(at, Pick::Value(place)))
            });
        }
        let alone = |part: &Part| known.iter().any(|known| known.speaks_only_of(&part.name));
        for (at, part) in parts.iter().enumerate().filter(|(at, part)| open(*at) && !alone(part)) {
            let Kind::Rows(members) = &part.of else { continue };
            return members.iter().flat_map(|members| self.rows(members.list)).find_map(|(list, row)| {
                let is = |column: Option<&str>| fixed(column.map(|column| row.given("", Some(column))));
                let with = self.possible(known.iter().map(|known| known.with(&part.name, &is)).collect())?;
                self.pick(served, &with, &also(at, Pick::Row { list, number: row.number }))
            });
        }
        let mut picks = picks.to_vec();
        for (at, part) in parts.iter().enumerate().filter(|(at, _)| open(*at)) {
            let Kind::Rows(members) = &part.of else { continue };
            let own: Vec<Known<'_>> = known.iter().filter(|known| known.speaks_only_of(&part.name)).cloned().collect();
            let row =
                members.iter().find_map(|members| self.find(members.list, &own).map(|row| (members.list, row.number)));
            let (list, number) = row?;
            picks.push((at, Pick::Row { list, number }));
        }
        picks.sort_by_key(|(at, _)| *at);
        let number = served.above.number(&picks.iter().map(|(_, pick)| *pick).collect::<Vec<_>>());
        let found = self.combination(served, number)?;
        let scope = Scope { parent: Some(&found), ..Scope::new(&Value::Null, &self.settings) };
        let fits = |known: &Known<'_>| compared(written(eval(&known.says, scope))) == compared(known.text.clone());
        known.iter().all(fits).then_some(number)
    }

    /// What is known, if nothing of it is wrong already.
    fn possible<'k>(&self, known: Vec<Known<'k>>) -> Option<Vec<Known<'k>>> {
        (!known.iter().any(|known| known.is_wrong(&self.settings))).then_some(known)
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
            known.iter().filter_map(|known| Some((known.says.as_ref(), known.text.clone()?, false))).collect();
        while let Some((says, text, of_record)) = open.pop() {
            match says {
                Expr::Given { column: Some(name), .. } if !of_record => {
                    if let Some((from, None)) = column(&served.resource, name) {
                        open.push((from, text, true));
                    }
                }
                Expr::Given { .. } => above.push(Known { says: Cow::Borrowed(says), text: Some(text) }),
                Expr::Path(path) if key == Some(path) => own = Some(text),
                Expr::EntryKey => own = Some(text),
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
        let spoken = |part: &Part| above.iter().any(|known| known.speaks_only_of(&part.name));
        let found = match served.above.parts.as_slice() {
            [] => self.with_own_id(served, None, &id),
            parts if parts.iter().all(spoken) => {
                let above = self.find_above(served, &above).and_then(|number| self.combination(served, number));
                match above {
                    Some(above) => self.with_own_id(served, Some(above), &id),
                    None => None,
                }
            }
            _ if served.data.ids.repeat() => return Told::Unclear,
            _ => {
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
    pub(crate) fn with_own_id<'w>(
        &'w self,
        served: &'w Served,
        above: Option<Combination<'w>>,
        id: &str,
    ) -> Option<Row<'w>> {
        let whose = above.as_ref().map(|above| above.number);
        let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
        let put_in = changes.of(whose).inserted(id).map(|(_, kept)| kept.number);
        let number = put_in.or_else(|| served.data.ids.number_of(id, served.line(whose)))?;
        let record = self.current(served, &changes, whose, number)?;
        drop(changes);
        let around = self.around(served, number, &record);
        Some(Row { resource: &served.resource, settings: &self.settings, number, record, around, above })
    }

    /// The number of the row of which this is known, from an index.
    fn indexed(&self, list: usize, known: &[Known<'_>]) -> Option<u64> {
        let version = self.version(list);
        let mut all = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_for =
            |index: &Index| index.list == list && index.says.iter().eq(known.iter().map(|known| known.says.as_ref()));
        if all.iter().any(|index| is_for(index) && index.version != version) {
            all.retain(|index| !is_for(index));
        }
        if !all.iter().any(is_for) {
            let says = known.iter().map(|known| known.says.clone().into_owned()).collect();
            all.push(self.index(list, says, version));
        }
        let wanted: Vec<Option<String>> = known.iter().map(|known| compared(known.text.clone())).collect();
        all.iter().find(|index| is_for(index))?.rows.get(&wanted).copied()
    }

    fn index(&self, list: usize, says: Vec<Expr>, version: u64) -> Index {
        let mut rows = HashMap::new();
        for (_, row) in self.rows(list) {
            let given = says.iter().map(|says| compared(row.says(says))).collect();
            rows.entry(given).or_insert(row.number);
        }
        Index { list, says, version, rows }
    }

    /// All rows of a list, the oldest first, and behind them those that were put in; with the list's number.
    fn rows(&self, list: usize) -> impl Iterator<Item = (usize, Row<'_>)> {
        let numbers = self.lists.get(list).map(|served| {
            let changes = served.changes.read().unwrap_or_else(PoisonError::into_inner);
            let mut put_in: Vec<u64> = changes.put_in().filter(|number| *number >= served.data.end()).collect();
            put_in.sort_unstable();
            (served.data.first()..served.data.end()).chain(put_in)
        });
        numbers.into_iter().flatten().filter_map(move |number| Some((list, self.row(list, number)?)))
    }

    /// What changes whenever a row of a list, or one above it, does.
    fn version(&self, list: usize) -> u64 {
        let Some(served) = self.lists.get(list) else { return 0 };
        let own = served.changes.read().unwrap_or_else(PoisonError::into_inner).version;
        own + served.above.lists().map(|parent| self.version(parent)).sum::<u64>()
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

    /// The id in a record, or the key that it stands under, as text.
    pub(crate) fn own_id(&self, number: u64, record: &Value) -> String {
        let row = &self.resource.row;
        if row.shape.is_series() {
            let says = row.told_by().into_iter().filter_map(|name| column(&self.resource, name));
            let texts: Vec<String> = says.map(|(from, _)| text(&eval(from, Scope::new(record, &[])))).collect();
            return texts.join("/");
        }
        match first_path(&row.key) {
            Some(path) => text(&find(record, path)),
            None if keyed(&self.resource) => self.data.ids.text(number),
            None => String::new(),
        }
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
    (as_path(open).is_some() || matches!(open, Expr::Given { .. } | Expr::Call(..))).then(|| (open, rest.to_owned()))
}

fn compared(text: Option<String>) -> Option<String> {
    text.map(|text| plain(&text).into_owned())
}
