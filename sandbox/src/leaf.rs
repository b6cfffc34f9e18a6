//! What each place of a record is for, gathered from the expressions that read it: its id, a moment, an enum, another
//! record's id, plain data. This is all the sandbox knows of a record's meaning; it must not know how it is written.

use tapwright_spec::model::{Connector, Expr, Function, Incremental, Json, ParamValue, Resource, Segment, Shape, Type};

use crate::called::{called_by, said_of};
use crate::eval::{Scope, eval};
use crate::format::Format;
use crate::naming::{Naming, named_by};
use crate::paths::{alternatives, as_path, each_path, first_path, last_key, name_of};
use crate::reads::{Read, reads};
use crate::steer::steer;

/// What a place of a record is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    /// Read by some function: the example says what it may be.
    Loose,
    /// A value of a type.
    Plain(Type),
    /// One of these values: a filter tells them apart.
    Either(Vec<serde_json::Value>),
    /// Text that no other record has: requests for what belongs to the record name it so.
    Name,
    /// What the fallback behind it gives, so that both say the same.
    Derived(Expr),
    /// The record's number: clients go on behind a record by what stands here.
    Ordinal,
    /// The id of a record of the list with this number.
    Reference(usize),
    /// One of these texts.
    Enum(Vec<String>),
    /// A moment.
    Moment(Format, Shift),
    /// The record's id.
    Key,
    /// One of these, written as JSON, by what a series of records is told apart: each for so many records in a row.
    Cycle(Vec<String>, u64),
}

impl Role {
    fn rank(&self) -> u8 {
        match self {
            Role::Loose => 0,
            Role::Plain(_) => 1,
            Role::Either(_) => 2,
            Role::Name => 3,
            Role::Derived(_) => 4,
            Role::Ordinal => 5,
            Role::Reference(_) => 6,
            Role::Enum(_) => 7,
            Role::Moment(..) => 8,
            Role::Key | Role::Cycle(..) => 9,
        }
    }
}

/// Which moment of a record a place holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    /// The one its list is sorted by.
    Main,
    /// That, or some time before.
    Earlier,
    /// That, or some time after.
    Later,
    /// So many milliseconds after.
    Behind(i64),
}

/// Whether a place may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Never.
    Always,
    /// One of the `of` alternatives with this name is there, and this is number `place`.
    OneOf {
        /// Which of them it is.
        place: usize,
        /// How many there are.
        of: usize,
    },
    /// Null and absence are fine.
    Optional,
}

/// A place of a record that some expression reads.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) path: Vec<Segment>,
    pub(crate) role: Role,
    pub(crate) need: Need,
    /// What its values are drawn with; alternatives of one field share it, and so agree.
    pub(crate) salt: u64,
    /// Whether it is only there to be read as what it is: nothing is computed with it, and no request says it.
    pub(crate) bare: bool,
}

/// The enum that a list can be filtered by, or that other places follow from.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) path: Vec<Segment>,
    pub(crate) values: Vec<String>,
}

/// All places of a resource's records that some expression reads.
#[derive(Clone, Debug)]
pub(crate) struct Leaves {
    pub(crate) all: Vec<Leaf>,
    pub(crate) variant: Option<Variant>,
    /// How many records of a metric or distribution are about the same span of time.
    pub(crate) each: u64,
    /// Whether there are no more of them than that, since nothing goes on for ever.
    finite: bool,
}

impl Leaves {
    /// Gathers them.
    pub(crate) fn of(resource: &Resource, connector: &Connector) -> Leaves {
        let variant = variant(resource).filter(|_| !resource.row.shape.is_series());
        let mut leaves = Leaves { all: Vec::new(), variant, each: 1, finite: false };
        for field in &resource.row.fields {
            let alternatives = leaves.chain(&field.from);
            let direct: Vec<&Vec<Segment>> = alternatives.iter().filter_map(|one| as_path(one)).collect();
            let fallback = alternatives.iter().find(|one| as_path(one).is_none() && leaves.follows_variant(one));
            let named = field.references.as_ref();
            let list = named.and_then(|name| connector.resources.iter().position(|known| known.name == *name));
            let role = match (&field.ty, list, fallback) {
                (_, _, Some(fallback)) => Role::Derived((*fallback).clone()),
                (_, Some(list), None) => Role::Reference(list),
                (Type::Enum(named), ..) => Role::Enum(named.values.clone()),
                (Type::Timestamp(format), ..) => Role::Moment(Format::of(format), Shift::Main),
                // Its path leads to the items.
                (Type::List, ..) => Role::Plain(Type::String),
                (other, ..) => Role::Plain(other.clone()),
            };
            let salt = direct.first().map_or(0, |path| name_of(path));
            for (place, path) in direct.iter().enumerate() {
                let role = match &role {
                    Role::Moment(format, _) => Role::Moment(*format, shift(path, resource)),
                    other => other.clone(),
                };
                let need = match (field.nullable || field.ty == Type::List, direct.len()) {
                    // Of a list, none at all is fine.
                    (true, _) => Need::Optional,
                    (false, 1) => Need::Always,
                    (false, of) => Need::OneOf { place, of },
                };
                leaves.add(path, role, need, salt);
            }
            for one in alternatives.iter().filter(|one| as_path(one).is_none()) {
                let need = if field.nullable { Need::Optional } else { Need::Always };
                leaves.add_loose(one, need, resource);
            }
        }
        let names = called_by(resource, connector);
        for field in resource.row.fields.iter().filter(|field| names.contains(&field.name.as_str())) {
            let role = match field.ty {
                Type::String => Role::Name,
                Type::Integer | Type::Number => Role::Ordinal,
                _ => continue,
            };
            let salt = first_path(&field.from).map_or(0, name_of);
            each_path(&field.from, &mut |path| leaves.add(path, role.clone(), Need::Optional, salt));
        }
        for name in said_of(resource, connector) {
            let fields = resource.row.fields.iter().filter(|field| field.name == name);
            for field in fields {
                each_path(&field.from, &mut |path| leaves.tie(path));
            }
        }
        for from in named_by(resource).filter(|from| Naming::of(resource, from) == Naming::Ordinal) {
            each_path(from, &mut |path| leaves.add(path, Role::Ordinal, Need::Always, name_of(path)));
        }
        for Read { path, .. } in resource.keep.iter().flat_map(reads) {
            leaves.tie(&path);
        }
        for (path, yes, no) in resource.keep.iter().flat_map(steer) {
            leaves.add_either(&path, yes, no, resource);
        }
        let parsed =
            resource.row.time.as_ref().is_some_and(|time| reads(&time.from).iter().any(|read| read.moment.is_some()));
        if let Some(time) = resource.row.time.as_ref().filter(|_| parsed) {
            leaves.add_loose(&time.from, Need::Always, resource);
        } else if let Some(time) = &resource.row.time {
            each_path(&time.from, &mut |path| {
                leaves.add(
                    path,
                    Role::Moment(Format::of(&time.format), shift(path, resource)),
                    Need::Always,
                    name_of(path),
                );
            });
        }
        leaves.tell_apart(resource);
        if let Some(key) = first_path(&resource.row.key) {
            leaves.add(key, Role::Key, Need::Always, name_of(key));
        }
        leaves.add_loose(&resource.row.key, Need::Always, resource);
        leaves
    }

    /// Gives the records of a metric or distribution what tells those of one span apart, so that no two are the same. Where
    /// there is no time, one of them goes on for ever.
    fn tell_apart(&mut self, resource: &Resource) {
        let Some(series) = &resource.row.series else { return };
        if let Some(end) = &series.end {
            let role = Role::Moment(Format::of(&end.format), Shift::Behind(series.period_millis.unwrap_or(60_000)));
            each_path(&end.from, &mut |path| self.add(path, role.clone(), Need::Always, name_of(path)));
        }
        let named = series.dimensions.iter().chain(&series.bucket);
        let fields = named.filter_map(|name| resource.row.fields.iter().find(|field| field.name == *name));
        let mut open = resource.row.time.is_none();
        for (place, field) in fields.enumerate().collect::<Vec<_>>().into_iter().rev() {
            let Some(path) = first_path(&field.from) else { continue };
            let text = last_key(path).unwrap_or(&field.name);
            let numbers = |numbers: [i64; 5]| numbers.iter().map(i64::to_string).collect::<Vec<_>>();
            let values = match &field.ty {
                Type::Enum(known) => known.values.iter().map(|value| quoted(value)).collect(),
                Type::Boolean => vec!["false".to_owned(), "true".to_owned()],
                Type::Integer | Type::Number if !open => numbers([10, 50, 100, 500, 1_000]),
                Type::String if !open => (1..=3).map(|at| quoted(&format!("{text}-{at}"))).collect(),
                Type::String | Type::Integer | Type::Number => {
                    open = false;
                    let role = if field.ty == Type::String { Role::Name } else { Role::Ordinal };
                    self.all.retain(|leaf| leaf.path != path);
                    self.add(path, role, Need::Always, place as u64);
                    continue;
                }
                _ => continue,
            };
            let every = self.each;
            self.each = self.each.saturating_mul(values.len().max(1) as u64);
            self.add(path, Role::Cycle(values, every), Need::Always, place as u64);
        }
        self.finite = open;
    }

    /// How many records there can be, of one parent where there is one.
    pub(crate) fn most(&self) -> Option<u64> {
        self.finite.then_some(self.each)
    }

    /// Counts the records of each of so many parents by themselves, where every parent has the next in turn.
    pub(crate) fn in_turn(&mut self, parents: u64) {
        for leaf in &mut self.all {
            if let Role::Cycle(_, every) = &mut leaf.role {
                *every = every.saturating_mul(parents.max(1));
            }
        }
    }

    /// What is read at a path.
    pub(crate) fn at(&self, path: &[Segment]) -> Option<&Leaf> {
        self.all.iter().find(|leaf| leaf.path == path)
    }

    /// What is read somewhere below a path.
    pub(crate) fn below<'a>(&'a self, path: &'a [Segment]) -> impl Iterator<Item = &'a Leaf> {
        self.all.iter().filter(move |leaf| leaf.path.len() > path.len() && leaf.path.starts_with(path))
    }

    /// The paths of numbers that name a record.
    pub(crate) fn ordinals(&self) -> impl Iterator<Item = &[Segment]> {
        self.all.iter().filter(|leaf| leaf.role == Role::Ordinal).map(|leaf| leaf.path.as_slice())
    }

    fn add(&mut self, path: &[Segment], role: Role, need: Need, salt: u64) {
        match self.all.iter_mut().find(|leaf| leaf.path == path) {
            Some(leaf) => {
                leaf.bare &= role == leaf.role;
                if role.rank() > leaf.role.rank() {
                    leaf.role = role;
                    leaf.salt = salt;
                }
                leaf.need = match (leaf.need, need) {
                    (Need::Always, _) | (_, Need::Always) => Need::Always,
                    (Need::OneOf { place, of }, _) | (_, Need::OneOf { place, of }) => Need::OneOf { place, of },
                    (Need::Optional, Need::Optional) => Need::Optional,
                };
            }
            None => {
                let bare = matches!(role, Role::Plain(_));
                self.all.push(Leaf { path: path.to_vec(), role, need, salt, bare });
            }
        }
    }

    /// What stands at a path is needed for more than to be read, and so is what it stands in, or what stands in it.
    fn tie(&mut self, path: &[Segment]) {
        let around = |leaf: &&mut Leaf| leaf.path.starts_with(path) || path.starts_with(&leaf.path);
        self.all.iter_mut().filter(around).for_each(|leaf| leaf.bare = false);
    }

    fn add_loose(&mut self, expr: &Expr, need: Need, resource: &Resource) {
        for Read { path, moment } in reads(expr) {
            let role = moment.map_or(Role::Loose, |format| Role::Moment(format, shift(&path, resource)));
            self.add(&path, role, need, name_of(&path));
        }
    }

    /// A place with a value for which a filter can be true, and one for which it can be false, if they are of its kind.
    fn add_either(&mut self, path: &[Segment], yes: serde_json::Value, no: serde_json::Value, resource: &Resource) {
        let example = resource.example.as_ref().and_then(|example| look_into(example, path));
        let like = |value: serde_json::Value| match (example, &value) {
            (None | Some(Json::Number(_)), serde_json::Value::Number(_)) => Some(value),
            (None | Some(Json::Text(_)), serde_json::Value::String(_)) => Some(value),
            (None | Some(Json::Bool(_)), serde_json::Value::Bool(_)) => Some(value),
            (Some(Json::Integer(_)), serde_json::Value::Number(number)) => {
                let whole = number.as_i64().or_else(|| number.as_f64().map(|number| number.ceil() as i64));
                whole.map(serde_json::Value::from)
            }
            _ => None,
        };
        let (Some(yes), Some(no)) = (like(yes), like(no)) else { return };
        match self.all.iter_mut().find(|leaf| leaf.path == path) {
            // Of two comparisons of one place, both have their say.
            Some(Leaf { role: Role::Either(values), .. }) => values.extend([yes, no]),
            _ => self.add(path, Role::Either(vec![yes, no]), Need::Optional, name_of(path)),
        }
    }

    /// The expressions that stand for each other in a field; also where a function sifts what they give, if one of them
    /// follows from the variant: the places hold what it gives, and the function is the field's own affair.
    fn chain<'a>(&self, from: &'a Expr) -> Vec<&'a Expr> {
        let derived = |all: &Vec<&Expr>| all.len() > 1 && all.iter().any(|one| self.follows_variant(one));
        match from {
            Expr::Call(_, args) => args.iter().map(alternatives).find(derived).unwrap_or_else(|| alternatives(from)),
            _ => alternatives(from),
        }
    }

    /// Whether the value of an expression follows from the variant alone.
    fn follows_variant(&self, expr: &Expr) -> bool {
        let Some(variant) = &self.variant else { return false };
        let (mut some, mut others) = (false, false);
        each_path(expr, &mut |path| if path == variant.path { some = true } else { others = true });
        some && !others
    }

    /// What a derived place holds in records of a variant; `None` when nothing.
    pub(crate) fn derive(&self, fallback: &Expr, variant: Option<&str>) -> Option<String> {
        let path = self.variant.as_ref().map(|variant| variant.path.as_slice()).unwrap_or_default();
        let mut root = serde_json::Value::from(variant?);
        for segment in path.iter().rev() {
            root = match segment {
                Segment::Key(key) => serde_json::Value::Object([(key.clone(), root)].into_iter().collect()),
                Segment::Each => serde_json::Value::Array(vec![root]),
            };
        }
        match eval(fallback, Scope::new(&root, &[])) {
            serde_json::Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A record with all these places, for a resource that shows none.
    pub(crate) fn shape(&self, resource: &Resource) -> Json {
        let mut shape = Json::Object(Vec::new());
        for leaf in &self.all {
            let value = match &leaf.role {
                Role::Key if is_number(resource, &leaf.path) => Json::Integer(42),
                Role::Key => Json::Text(format!("{}_01EHWNCE74X7JSDV0X3SZ3KJNY", resource.name.trim_end_matches('s'))),
                Role::Moment(Format::Rfc3339, _) => Json::Text("2026-01-15T12:00:00.000Z".to_owned()),
                Role::Moment(..) | Role::Ordinal | Role::Plain(Type::Integer) => Json::Integer(42),
                Role::Plain(Type::Number) => Json::Number(4.2),
                Role::Plain(Type::Boolean) => Json::Bool(true),
                Role::Plain(Type::Json) => Json::Object(vec![("tier".to_owned(), Json::Text("diamond".to_owned()))]),
                Role::Plain(Type::Decimal) => Json::Text("4.20".to_owned()),
                Role::Plain(_) | Role::Name | Role::Loose | Role::Derived(_) | Role::Reference(_) => {
                    Json::Text("Example".to_owned())
                }
                Role::Either(values) => match values.first() {
                    Some(serde_json::Value::Bool(value)) => Json::Bool(*value),
                    Some(serde_json::Value::Number(number)) => {
                        number.as_i64().map_or_else(|| Json::Number(number.as_f64().unwrap_or(0.0)), Json::Integer)
                    }
                    other => Json::Text(other.and_then(|value| value.as_str()).unwrap_or_default().to_owned()),
                },
                Role::Enum(values) => Json::Text(values.first().cloned().unwrap_or_default()),
                Role::Cycle(values, _) => match values.first().map(String::as_str) {
                    Some(text) if text.starts_with('"') => Json::Text("Example".to_owned()),
                    Some("false") => Json::Bool(false),
                    _ => Json::Integer(10),
                },
            };
            place(&mut shape, &leaf.path, value);
        }
        shape
    }
}

/// Text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What an example has at a path; of a list, the first that is there.
fn look_into<'j>(example: &'j Json, path: &[Segment]) -> Option<&'j Json> {
    let Some((step, rest)) = path.split_first() else { return Some(example) };
    match (step, example) {
        (Segment::Key(key), Json::Object(members)) => {
            let (_, value) = members.iter().find(|(known, _)| known == key)?;
            look_into(value, rest)
        }
        (Segment::Each, Json::Array(items)) => items.iter().find_map(|item| look_into(item, rest)),
        _ => None,
    }
}

/// Whether what stands at the path of an id is a number, as far as its resource says.
fn is_number(resource: &Resource, path: &[Segment]) -> bool {
    let mut fields = resource.row.fields.iter().filter(|field| as_path(&field.from).is_some_and(|from| from == path));
    match fields.next() {
        Some(field) => matches!(field.ty, Type::Integer | Type::Number),
        None => matches!(resource.row.key, Expr::Call(Function::Text, _)),
    }
}

fn place(tree: &mut Json, path: &[Segment], value: Json) {
    let Some((head, rest)) = path.split_first() else {
        if !matches!(tree, Json::Object(fields) if !fields.is_empty()) {
            *tree = value;
        }
        return;
    };
    match head {
        Segment::Key(key) => {
            if !matches!(tree, Json::Object(_)) {
                *tree = Json::Object(Vec::new());
            }
            let Json::Object(fields) = tree else { return };
            if !fields.iter().any(|(known, _)| known == key) {
                fields.push((key.clone(), Json::Null));
            }
            if let Some((_, child)) = fields.iter_mut().find(|(known, _)| known == key) {
                place(child, rest, value);
            }
        }
        Segment::Each => {
            if !matches!(tree, Json::Array(_)) {
                *tree = Json::Array(vec![Json::Null]);
            }
            let Json::Array(items) = tree else { return };
            if let Some(first) = items.first_mut() {
                place(first, rest, value);
            }
        }
    }
}

/// The enum of the list parameter, else the one that fallbacks read.
fn variant(resource: &Resource) -> Option<Variant> {
    let enums = || {
        resource.row.fields.iter().filter_map(|field| match (&field.ty, as_path(&field.from)) {
            (Type::Enum(named), Some(path)) if !path.contains(&Segment::Each) => Some((&named.values, path)),
            _ => None,
        })
    };
    let filtered = resource.query.iter().find_map(|param| match &param.value {
        ParamValue::Each { values, .. } => enums().find(|(known, _)| values.iter().all(|value| known.contains(value))),
        ParamValue::Text(_) => None,
    });
    let read = || {
        enums().find(|(_, path)| {
            resource.row.fields.iter().any(|field| {
                alternatives(&field.from).iter().skip(1).any(|one| {
                    let mut found = false;
                    each_path(one, &mut |other| found |= other == path.as_slice());
                    found && as_path(one).is_none()
                })
            })
        })
    };
    filtered.or_else(read).map(|(values, path)| Variant { path: path.clone(), values: values.clone() })
}

/// Which moment a path holds: the list's own, or one that must stay before or behind it.
fn shift(path: &[Segment], resource: &Resource) -> Shift {
    let times = resource.row.time.as_ref().map(|time| reads(&time.from)).unwrap_or_default();
    let timed = times.iter().any(|read| read.path == path);
    let created = last_key(path).is_some_and(|key| key.to_ascii_lowercase().contains("creat"));
    let changes = matches!(resource.row.shape, Shape::Entity | Shape::Edge);
    match (changes, sorted_by_change(resource), timed, created) {
        (false, _, true, _) | (true, true, _, false) | (true, false, _, true) => Shift::Main,
        (false, _, false, _) | (true, true, _, true) => Shift::Earlier,
        (true, false, _, false) => Shift::Later,
    }
}

/// Whether a list of entities is asked for by the time of their last change, and so is sorted by it.
pub(crate) fn sorted_by_change(resource: &Resource) -> bool {
    let changes = matches!(resource.row.shape, Shape::Entity | Shape::Edge);
    let by_time = |incremental: &Incremental| incremental.window.is_some() || incremental.newest_first;
    changes && resource.incremental.as_ref().is_some_and(by_time)
}
