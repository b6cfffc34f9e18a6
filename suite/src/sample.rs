//! Values for the fields of a record: such as fit their type, with what they are to be in the store; such as do not; and at
//! which fields they can be put. It must not know how a record is served.

use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use tapwright_spec::model::{Expr, Field, Resource, Segment, Step, TimeFormat, Type};

/// A field that is made of the value at one path of the record, which nothing else speaks of.
#[derive(Clone, Debug)]
pub(crate) struct Plain<'r> {
    pub(crate) field: &'r Field,
    /// The path, as the sandbox takes it.
    pub(crate) path: String,
    /// Whether it is made of nothing else when that value is missing.
    pub(crate) alone: bool,
}

/// What stands in a cell of the store.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Number(f64),
    Text(String),
    /// JSON text that says this.
    Json(Value),
}

impl Cell {
    /// Whether the store has it.
    pub(crate) fn is(&self, stored: ValueRef<'_>) -> bool {
        match (self, stored) {
            (Cell::Null, ValueRef::Null) => true,
            (Cell::Integer(value), ValueRef::Integer(stored)) => *value == stored,
            (Cell::Number(value), ValueRef::Real(stored)) => value.to_bits() == stored.to_bits(),
            (Cell::Text(value), ValueRef::Text(stored)) => value.as_bytes() == stored,
            (Cell::Json(value), ValueRef::Text(stored)) => {
                serde_json::from_slice::<Value>(stored).is_ok_and(|stored| stored == *value)
            }
            _ => false,
        }
    }
}

/// The fields of a resource that values can be put at.
pub(crate) fn plain(resource: &Resource) -> Vec<Plain<'_>> {
    let told_by = resource.row.told_by();
    let candidates = resource.row.fields.iter().filter_map(|field| {
        let (first, alone) = match &field.from {
            Expr::FirstOf(parts) => (parts.first()?, false),
            other => (other, true),
        };
        let Expr::Path(path) = first else { return None };
        let keys = keys(path)?;
        let is_free = !told_by.contains(&field.name.as_str()) && !is_shared(resource, field, &keys);
        is_free.then(|| Plain { field, path: keys.join("."), alone })
    });
    candidates.collect()
}

/// The keys of a path, where it is of nothing else and the sandbox can be told of it.
fn keys(path: &[Segment]) -> Option<Vec<&str>> {
    fn key(segment: &Segment) -> Option<&str> {
        match segment {
            Segment::Key(key) if !key.contains('.') && !key.is_empty() => Some(key),
            _ => None,
        }
    }
    let keys = path.iter().map(key).collect::<Option<Vec<_>>>()?;
    if keys.is_empty() { None } else { Some(keys) }
}

/// Whether anything else of the resource speaks of the value at a path, or of one around or in it.
fn is_shared(resource: &Resource, field: &Field, keys: &[&str]) -> bool {
    let row = &resource.row;
    let mut all: Vec<&Expr> = vec![&row.key];
    all.extend(row.time.iter().map(|time| &time.from));
    all.extend(row.series.iter().filter_map(|series| series.end.as_ref()).map(|end| &end.from));
    all.extend(
        row.edge.iter().flat_map(|edge| [Some(&edge.from.from), Some(&edge.to.from), edge.kind.as_ref()]).flatten(),
    );
    all.extend(&resource.keep);
    all.extend(resource.incremental.iter().filter_map(|incremental| incremental.resume.as_ref()).map(|to| &to.from));
    if let Some(Step::Last { from, .. }) = resource.paging.as_ref().map(|paging| &paging.step) {
        all.push(from);
    }
    all.extend(row.fields.iter().filter(|other| other.name != field.name).map(|other| &other.from));
    let mut shared = false;
    for expr in all {
        expr.walk(&mut |expr| {
            let Expr::Path(path) = expr else { return };
            let mut pairs = path.iter().zip(keys);
            shared |= pairs.all(|(segment, key)| {
                matches!(segment, Segment::Key(known) if known == key) || *segment == Segment::Each
            });
        });
    }
    shared
}

/// Values that fit a type, with what the store has of them; none where that cannot be told.
pub(crate) fn fitting(ty: &Type) -> Vec<(Value, Cell)> {
    let text = |text: &str| (json!(text), Cell::Text(text.to_owned()));
    match ty {
        Type::String => vec![text("a plain text")],
        Type::Integer => vec![(json!(42), Cell::Integer(42))],
        Type::Number => vec![(json!(2.5), Cell::Number(2.5))],
        Type::Decimal => vec![(json!(12.75), Cell::Text("12.75".to_owned()))],
        Type::Boolean => vec![(json!(true), Cell::Integer(1)), (json!(false), Cell::Integer(0))],
        Type::Timestamp(format) => moment(format, 1_768_478_400_000).into_iter().collect(),
        Type::Date => vec![text("2026-01-15")],
        Type::Json => vec![(json!({ "a": [1, null, "b"] }), Cell::Json(json!({ "a": [1, null, "b"] })))],
        Type::List => vec![(json!(["a", "b"]), Cell::Json(json!(["a", "b"])))],
        Type::Enum(known) => known.values.first().map(|value| text(value)).into_iter().collect(),
    }
}

/// The longest, the least, the strangest of a type.
pub(crate) fn extreme(ty: &Type) -> Vec<(Value, Cell)> {
    let text = |text: &str| (json!(text), Cell::Text(text.to_owned()));
    let long = "long ".repeat(4_000);
    let odd = "ünï'çø\"dé \\ \u{202e}right\u{202c} 名前 👩‍👩‍👧\n\t\u{1}";
    match ty {
        Type::String => vec![text(""), text(&long), text(odd), text("null"), text("0123"), text("1e3")],
        Type::Integer => {
            [i64::MIN, -1, 0, (1 << 53) + 1, i64::MAX].map(|whole| (json!(whole), Cell::Integer(whole))).into()
        }
        Type::Number => [f64::MIN, 5e-324, 0.1, f64::MAX].map(|number| (json!(number), Cell::Number(number))).into(),
        Type::Decimal => vec![text("0.10000000000000000000000000001"), text("-99999999999999999999.5")],
        Type::Timestamp(format) => [0, 253_402_214_400_000].iter().filter_map(|at| moment(format, *at)).collect(),
        Type::Date => vec![text("0001-01-01"), text("2024-02-29"), text("9999-12-31")],
        Type::Json => vec![(json!([[[[]]], odd, long]), Cell::Json(json!([[[[]]], odd, long])))],
        Type::List => vec![(json!([]), Cell::Json(json!([]))), (json!([odd, ""]), Cell::Json(json!([odd, ""])))],
        Type::Enum(_) | Type::Boolean => Vec::new(),
    }
}

/// Values that fit no value of a type.
pub(crate) fn unfit(ty: &Type) -> Vec<Value> {
    let scalar = match ty {
        Type::String | Type::Enum(_) | Type::List | Type::Date => json!(7),
        Type::Integer | Type::Number => json!("seven"),
        Type::Boolean => json!("perhaps"),
        Type::Decimal => json!(true),
        Type::Timestamp(_) => json!("no moment"),
        Type::Json => return Vec::new(),
    };
    vec![scalar, json!({ "a": 1 })]
}

/// A moment as a format writes it, and as the store has it.
fn moment(format: &TimeFormat, millis: i64) -> Option<(Value, Cell)> {
    let value = match format {
        TimeFormat::UnixSeconds => json!(millis / 1_000),
        TimeFormat::UnixMillis => json!(millis),
        TimeFormat::UnixMicros => json!(millis.checked_mul(1_000)?),
        TimeFormat::Rfc3339 => json!(match millis {
            0 => "1970-01-01T01:00:00+01:00",
            1_768_478_400_000 => "2026-01-15T12:00:00.000Z",
            253_402_214_400_000 => "9999-12-31T00:00:00Z",
            _ => return None,
        }),
        TimeFormat::Date | TimeFormat::Pattern(_) => return None,
    };
    Some((value, Cell::Integer(millis)))
}
