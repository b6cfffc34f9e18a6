//! What a resource of a spec reads of its records, and what it asks with.

use std::collections::BTreeMap;

use tapwright_model::{
    Auth, Carried, Connector, Expr, Function, Json, Over, ParamValue, RecordStep, Records, Resource, Segment, Step,
    Target, Type,
};
use tapwright_openapi::Shape;
use tapwright_spec::matches;

/// A column, and how it is made of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Use<'m> {
    /// Its name.
    pub(super) column: &'m str,
    /// What it is.
    pub(super) ty: Type,
    /// Whether it may be null.
    pub(super) nullable: bool,
    /// How it is made of it.
    pub(super) how: How,
    /// Whether its description speaks of something deprecated.
    pub(super) told: bool,
}

/// How a column is made of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is what stands there.
    Itself,
    /// It is what stands there, or what stands elsewhere when that is null.
    OneOf,
    /// It is made of that and more.
    Part,
    /// It is made of that and more, or of what stands elsewhere when that is null.
    PartOfOne,
}

impl How {
    /// Whether the column is null when nothing stands there.
    pub(super) fn needs(self) -> bool {
        matches!(self, How::Itself | How::Part)
    }
}

/// What is read of a record: paths as documents' facts have them.
pub(super) type Reads<'m> = BTreeMap<String, Vec<Use<'m>>>;

/// What the columns of a resource are made of.
pub(super) fn reads(resource: &Resource) -> Reads<'_> {
    let mut reads = Reads::new();
    // What a resource goes by is read, too.
    for implied in resource.row.implied() {
        // Of a series the `id` is made of other columns.
        let nullable = implied.nullable || matches!(implied.from, Expr::Null);
        // A key is text, whatever it is made of.
        let ty = if implied.name == "id" { Type::Json } else { implied.ty };
        add(&mut reads, (implied.name, &ty, nullable, ""), implied.from);
    }
    for field in &resource.row.fields {
        add(&mut reads, (&field.name, &field.ty, field.nullable, &field.description), &field.from);
    }
    reads
}

fn add<'m>(reads: &mut Reads<'m>, (column, ty, nullable, about): (&'m str, &Type, bool, &str), from: &Expr) {
    let told = about.to_lowercase().contains("deprecated");
    // A text is made of whatever single value stands there.
    let ty = if matches!(from, Expr::Call(Function::Text | Function::Key, _)) { &Type::Json } else { ty };
    for (path, how) in paths_of(from) {
        reads.entry(path).or_default().push(Use { column, ty: ty.clone(), nullable, how, told });
    }
}

/// The paths that an expression reads of a record.
pub(super) fn paths_of(expr: &Expr) -> Vec<(String, How)> {
    let are_paths = |parts: &[Expr]| parts.iter().all(|part| matches!(part, Expr::Path(_)));
    let (alone, beside_others) = match expr {
        Expr::Path(_) => (How::Itself, How::OneOf),
        Expr::Call(Function::Text | Function::Key, parts) if are_paths(parts) => (How::Itself, How::OneOf),
        Expr::FirstOf(parts) if are_paths(parts) => (How::OneOf, How::OneOf),
        _ => (How::Part, How::PartOfOne),
    };
    let mut walk = Walk { names: Names::new(), alternatives: false, found: Vec::new() };
    walk.walk(expr);
    walk.found.into_iter().map(|(path, is_one)| (path, if is_one { beside_others } else { alone })).collect()
}

/// Names of `let` and of items, and the path that each stands for, where it stands for one.
type Names<'e> = BTreeMap<&'e str, Option<String>>;

/// A walk through an expression.
struct Walk<'e> {
    names: Names<'e>,
    /// Whether what stands here is one of several, of which the first that is there is taken.
    alternatives: bool,
    found: Vec<(String, bool)>,
}

impl<'e> Walk<'e> {
    fn walk(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Path(segments) => self.found.push((joined("", segments), self.alternatives)),
            Expr::Local(name, segments) => {
                if let Some(Some(base)) = self.names.get(name.as_str()) {
                    self.found.push((joined(base, segments), self.alternatives));
                }
            }
            Expr::FirstOf(parts) => {
                let before = std::mem::replace(&mut self.alternatives, true);
                parts.iter().for_each(|part| self.walk(part));
                self.alternatives = before;
            }
            Expr::Concat(parts) | Expr::Call(_, parts) => parts.iter().for_each(|part| self.walk(part)),
            Expr::If(parts) => parts.iter().for_each(|part| self.walk(part)),
            Expr::Items(inner) => self.walk(inner),
            Expr::Let(name, parts) => {
                let [value, body] = parts.as_ref();
                self.walk(value);
                self.named(name, place(value, &self.names), body);
            }
            Expr::Over(Over::Map | Over::Filter | Over::Find | Over::Any | Over::All, name, parts) => {
                let [list, body] = parts.as_ref();
                self.walk(list);
                let item =
                    place(list, &self.names).map(|path| if path.ends_with("[]") { path } else { format!("{path}[]") });
                self.named(name, item, body);
            }
            Expr::Null
            | Expr::Bool(_)
            | Expr::Integer(_)
            | Expr::Number(_)
            | Expr::Text(_)
            | Expr::Header(_)
            | Expr::Given { .. }
            | Expr::Window(_)
            | Expr::Above(_)
            | Expr::EntryKey
            | Expr::Setting(_) => {}
        }
    }

    /// Walks through what a name stands for a value in.
    fn named(&mut self, name: &'e str, path: Option<String>, body: &'e Expr) {
        let before = self.names.insert(name, path);
        self.walk(body);
        match before {
            Some(before) => drop(self.names.insert(name, before)),
            None => drop(self.names.remove(name)),
        }
    }
}

/// The path that an expression leads to, where it is nothing else.
fn place(expr: &Expr, names: &Names<'_>) -> Option<String> {
    match expr {
        Expr::Path(segments) => Some(joined("", segments)),
        Expr::Local(name, segments) => names.get(name.as_str())?.as_ref().map(|base| joined(base, segments)),
        Expr::Items(inner) => place(inner, names),
        Expr::Over(Over::Filter | Over::Find, _, parts) => {
            let [list, _] = parts.as_ref();
            place(list, names)
        }
        _ => None,
    }
}

fn joined(base: &str, segments: &[Segment]) -> String {
    let mut path = base.to_owned();
    for segment in segments {
        match segment {
            Segment::Key(key) if path.is_empty() => path.push_str(key),
            Segment::Key(key) => {
                path.push('.');
                path.push_str(key);
            }
            Segment::Each => path.push_str("[]"),
        }
    }
    path
}

/// The paths of a record that a spec shows: what its example has.
pub(super) fn shown(resource: &Resource) -> Vec<String> {
    let mut paths = Vec::new();
    if let Some(example) = &resource.example {
        of_example("", example, &mut paths);
    }
    paths
}

fn of_example(base: &str, value: &Json, paths: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                let path = if base.is_empty() { name.clone() } else { format!("{base}.{name}") };
                paths.push(path.clone());
                of_example(&path, value, paths);
            }
        }
        Json::Array(items) => {
            let path = format!("{base}[]");
            paths.push(path.clone());
            items.iter().for_each(|item| of_example(&path, item, paths));
        }
        _ => {}
    }
}

/// The shape of a resource's records in the shape of an answer.
pub(super) fn record(resource: &Resource, answer: &Shape) -> Option<Shape> {
    match &resource.records {
        Records::One(keys) => answer.at(keys.iter().map(String::as_str)).cloned(),
        Records::Zip(_) => None,
        Records::At(steps) => {
            let mut shape = answer;
            for step in steps {
                shape = match step {
                    RecordStep::Key(key) => {
                        // Within a list, a key is one of its items'.
                        let item =
                            if shape.properties.is_empty() { shape.items.as_deref().unwrap_or(shape) } else { shape };
                        &item.property(key)?.shape
                    }
                    RecordStep::Each => shape.items.as_deref()?,
                    RecordStep::Values => shape.others.as_deref()?,
                };
            }
            Some(shape.items.as_deref().unwrap_or(shape).clone())
        }
    }
}

/// Whether a resource keeps records whose key `by` is `value`. Where that cannot be told, it does.
pub(super) fn keeps(resource: &Resource, by: &str, value: &str) -> bool {
    resource.keep.as_ref().and_then(|keep| decide(keep, by, value)).unwrap_or(true)
}

fn decide(expr: &Expr, by: &str, value: &str) -> Option<bool> {
    let Expr::Call(function, parts) = expr else { return None };
    let text = |part: &Expr| match part {
        Expr::Path(_) if place(part, &Names::new()).as_deref() == Some(by) => Some(value.to_owned()),
        Expr::Text(text) => Some(text.clone()),
        _ => None,
    };
    let two = |holds: fn(&str, &str) -> bool| {
        let [one, other] = parts.as_slice() else { return None };
        Some(holds(&text(one)?, &text(other)?))
    };
    match function {
        Function::Matches => two(|text, glob| matches(glob, text)),
        Function::Equal => two(|one, other| one == other),
        Function::NotEqual => two(|one, other| one != other),
        Function::StartsWith => two(|text, start| text.starts_with(start)),
        Function::EndsWith => two(|text, end| text.ends_with(end)),
        Function::Contains => two(|text, part| text.contains(part)),
        Function::In => {
            let (first, others) = parts.split_first()?;
            let first = text(first)?;
            others.iter().map(text).collect::<Option<Vec<_>>>().map(|others| others.contains(&first))
        }
        Function::Not => decide(parts.first()?, by, value).map(|holds| !holds),
        Function::And => {
            let decided: Vec<_> = parts.iter().map(|part| decide(part, by, value)).collect();
            if decided.contains(&Some(false)) {
                Some(false)
            } else {
                decided.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
            }
        }
        Function::Or => {
            let decided: Vec<_> = parts.iter().map(|part| decide(part, by, value)).collect();
            if decided.contains(&Some(true)) {
                Some(true)
            } else {
                decided.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        _ => None,
    }
}

/// What of a record is gone by without being in a row: its path, how it is gone by, and in what words that is said.
pub(super) fn goes_by(resource: &Resource) -> Vec<(String, How, &'static str)> {
    let last = resource.paging.as_ref().and_then(|paging| match &paging.step {
        Step::Last { from, .. } => Some(from),
        _ => None,
    });
    let resume = resource.incremental.as_ref().and_then(|incremental| incremental.resume.as_ref());
    let by = [
        (resource.keep.as_ref(), "`where` goes by it: other records may be kept"),
        (last, "the next page is asked for by it"),
        (resume.map(|resume| &resume.from), "the next sync goes on by it"),
    ];
    let paths = by.into_iter().filter_map(|(expr, says)| Some((paths_of(expr?), says)));
    paths.flat_map(|(paths, says)| paths.into_iter().map(move |(path, how)| (path, how, says))).collect()
}

/// What says in an answer how a list goes on: paths of the answer.
pub(super) fn leads_on(resource: &Resource) -> Vec<String> {
    let Some(paging) = &resource.paging else { return Vec::new() };
    let step = match &paging.step {
        Step::Cursor { from, .. } | Step::Next { from } => Some(from),
        Step::Page { last, .. } => last.as_ref(),
        Step::Offset { total, .. } => total.as_ref(),
        Step::Last { .. } | Step::Link => None,
    };
    step.into_iter().chain(&paging.more).flat_map(paths_of).map(|(path, _)| path).collect()
}

/// Whether a resource sends a parameter of the query that a document describes: under its name, with or without `[]`, or with
/// keys of it (`created[gte]`).
pub(super) fn sends(asked: &BTreeMap<String, Vec<String>>, name: &str) -> bool {
    let bare = |name: &str| name.strip_suffix("[]").unwrap_or(name).to_owned();
    asked.keys().any(|sent| {
        let is_of_it = sent.strip_prefix(name).is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'));
        is_of_it || bare(sent) == bare(name)
    })
}

/// What a resource sends, as documents' changes are told: parameters of the query by their names, headers as `header.name` in
/// lower case, what stands in the path as `path.NAME`; and the values of each, where they are the same always.
pub(super) fn sent(connector: &Connector, resource: &Resource) -> BTreeMap<String, Vec<String>> {
    let mut sent = asked(resource);
    let own = resource.headers.iter().map(|header| header.name.as_str());
    let headers = own.chain(["accept", "content-type", "user-agent"]);
    let headers = headers.map(|name| format!("header.{}", name.to_lowercase()));
    let proof = credentials(&connector.api.auth).into_iter().map(|at| match at {
        Credential::Query(name) => name.to_owned(),
        Credential::Header(name) => format!("header.{}", name.to_lowercase()),
    });
    for name in headers.chain(proof) {
        sent.entry(name).or_default();
    }
    // Where it stands in the path it is sent, whatever it is called.
    sent.entry("path".to_owned()).or_default();
    sent
}

/// Where in a request it stands who asks.
pub(super) enum Credential<'m> {
    Query(&'m str),
    Header(&'m str),
}

/// Where requests say who asks, but for their bodies.
pub(super) fn credentials(auth: &Auth) -> Vec<Credential<'_>> {
    match auth {
        Auth::Query { name, .. } => vec![Credential::Query(name)],
        Auth::Header { name, .. } => vec![Credential::Header(name)],
        Auth::Bearer(_) | Auth::Basic { .. } => vec![Credential::Header("authorization")],
        Auth::Token(token) => match &token.carried {
            Carried::Query { name, .. } => vec![Credential::Query(name)],
            Carried::Header { name, .. } => vec![Credential::Header(name)],
            Carried::Bearer => vec![Credential::Header("authorization")],
        },
        Auth::Choice { ways, .. } => ways.iter().flat_map(|(_, way)| credentials(way)).collect(),
        Auth::None | Auth::Body { .. } => Vec::new(),
    }
}

/// What a resource sends in the query: each parameter, and the values that it is sent, where they are the same always.
pub(super) fn asked(resource: &Resource) -> BTreeMap<String, Vec<String>> {
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for param in &resource.query {
        let values = match &param.value {
            ParamValue::Text(Expr::Text(text)) => vec![text.clone()],
            ParamValue::Text(_) => Vec::new(),
            ParamValue::Each { values, .. } => values.clone(),
        };
        asked.insert(param.name.clone(), values);
    }
    let paging = resource.paging.as_ref();
    let incremental = resource.incremental.as_ref();
    let window = incremental.and_then(|incremental| incremental.window.as_ref());
    let targets = [
        paging.and_then(tapwright_model::Paging::target),
        paging.and_then(|paging| paging.size.as_ref()).map(|size| &size.to),
        incremental.and_then(|incremental| incremental.resume.as_ref()).map(|resume| &resume.to),
        window.and_then(|window| window.from.as_ref()),
        window.and_then(|window| window.to.as_ref()),
    ];
    for target in targets.into_iter().flatten() {
        if let Target::Query(name) = target {
            asked.entry(name.clone()).or_default();
        }
    }
    asked
}
