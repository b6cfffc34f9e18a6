//! From a condition on records to values that some of them have for it to be true, and others for it to be false: a sandbox
//! in which every record passes, or none, would show nothing of a filter. It must not know how records are written.
//!
//! `amount / 100 > 5` needs an amount of 600 in some and of 500 in others; `any(tags, tag => tag == "x")` that very tag.

use serde_json::Value;
use tapwright_spec::model::{Expr, Function, Over, Segment};

use crate::eval::{Scope, eval, text};
use crate::paths::each_path;
use crate::reads::{Names, first_of, second_of};
use crate::settings::fill;
use crate::truth::apart;

/// A place, a value with which the condition can be true, and one with which it can be false.
pub(crate) type Either = (Vec<Segment>, Value, Value);

/// What a condition asks of a record.
pub(crate) fn steer(condition: &Expr) -> Vec<Either> {
    let mut found = Vec::new();
    truth(condition, &mut Names::default(), &mut found);
    found
}

fn truth(expr: &Expr, names: &mut Names, found: &mut Vec<Either>) {
    match expr {
        Expr::Path(_) | Expr::Local(..) => solve(expr, (Value::Bool(true), Value::Bool(false)), names, found),
        Expr::FirstOf(parts) => parts.iter().for_each(|part| truth(part, names, found)),
        Expr::If(parts) => parts.iter().for_each(|part| truth(part, names, found)),
        Expr::Let(name, parts) => names.with(name, first_of(parts), |names| truth(second_of(parts), names, found)),
        Expr::Over(Over::Any | Over::All, name, parts) => {
            names.with(name, first_of(parts), |names| truth(second_of(parts), names, found));
        }
        Expr::Call(Function::And | Function::Or | Function::Not, args) => {
            args.iter().for_each(|one| truth(one, names, found));
        }
        Expr::Call(function, args) => {
            let (Some(left), Some(right)) = (args.first(), args.get(1)) else { return };
            let values = |constant: &Value| match function {
                Function::Matches => {
                    let glob = text(constant);
                    Some((Value::from(fill(&glob, "more")), Value::from(format!("not {glob}"))))
                }
                Function::In => apart(Function::Equal, constant),
                Function::Contains | Function::StartsWith | Function::EndsWith => {
                    Some((constant.clone(), Value::from("neither")))
                }
                other => apart(*other, constant),
            };
            match (constant(left), constant(right)) {
                (None, Some(right)) => {
                    if let Some(values) = values(&right) {
                        solve(left, values, names, found);
                    }
                }
                (Some(left), None) => {
                    let turned = match function {
                        Function::Less => Function::Greater,
                        Function::LessOrEqual => Function::GreaterOrEqual,
                        Function::Greater => Function::Less,
                        Function::GreaterOrEqual => Function::LessOrEqual,
                        other => *other,
                    };
                    if let Some(values) = apart(turned, &left) {
                        solve(right, values, names, found);
                    }
                }
                _ => args.iter().for_each(|one| truth(one, names, found)),
            }
        }
        _ => {}
    }
}

/// The value of an expression that reads nothing.
fn constant(expr: &Expr) -> Option<Value> {
    let mut reads = matches!(expr, Expr::Setting(_) | Expr::Given { .. } | Expr::Local(..));
    each_path(expr, &mut |_| reads = true);
    Some(eval(expr, Scope::new(&Value::Null, &[]))).filter(|value| !reads && !value.is_null())
}

/// Finds what must stand where for an expression to have the one value or the other.
fn solve(expr: &Expr, values: (Value, Value), names: &mut Names, found: &mut Vec<Either>) {
    let both = |change: &dyn Fn(&Value) -> Option<Value>| Some((change(&values.0)?, change(&values.1)?));
    match expr {
        Expr::Path(_) | Expr::Local(..) => {
            found.extend(names.place(expr).map(|place| (place, values.0, values.1)));
        }
        Expr::Items(_) => {
            found.extend(names.place(expr).map(|place| (place, values.0, values.1)));
        }
        Expr::FirstOf(parts) => {
            if let Some(first) = parts.first() {
                solve(first, values, names, found);
            }
        }
        Expr::If(parts) => parts.iter().skip(1).for_each(|part| solve(part, values.clone(), names, found)),
        Expr::Let(name, parts) | Expr::Over(Over::Map, name, parts) => {
            names.with(name, first_of(parts), |names| solve(second_of(parts), values, names, found));
        }
        Expr::Over(Over::Filter | Over::Find, name, parts) => {
            names.with(name, first_of(parts), |names| truth(second_of(parts), names, found));
            solve(first_of(parts), values, names, found);
        }
        Expr::Call(function, args) => {
            let (first, second) = (args.first(), args.get(1).and_then(constant));
            let (of_first, operand) = match (first, second) {
                (Some(first), Some(second)) if constant(first).is_none() => (first, Some(second)),
                (Some(first), None) if constant(first).is_none() => (first, None),
                (Some(first), _) => match args.get(1) {
                    Some(other) => (other, constant(first)),
                    None => return,
                },
                (None, _) => return,
            };
            let turned = args.first() != Some(of_first);
            let values = match (function, operand.as_ref().and_then(Value::as_f64)) {
                (Function::Add, Some(by)) => both(&|value| Some(Value::from(value.as_f64()? - by))),
                (Function::Subtract, Some(by)) if turned => both(&|value| Some(Value::from(by - value.as_f64()?))),
                (Function::Subtract, Some(by)) => both(&|value| Some(Value::from(value.as_f64()? + by))),
                (Function::Multiply, Some(by)) if by != 0.0 => both(&|value| Some(Value::from(value.as_f64()? / by))),
                (Function::Divide, Some(by)) if !turned => both(&|value| Some(Value::from(value.as_f64()? * by))),
                (Function::Negate, _) => both(&|value| Some(Value::from(-value.as_f64()?))),
                (Function::Integer | Function::Number | Function::Boolean, _) => {
                    both(&|value| Some(Value::from(text(value))))
                }
                (Function::Text, _) => both(&|value| {
                    let text = value.as_str()?;
                    Some(serde_json::from_str(text).ok().filter(Value::is_number).unwrap_or_else(|| Value::from(text)))
                }),
                (
                    Function::Remainder
                    | Function::Round
                    | Function::Floor
                    | Function::Ceil
                    | Function::Abs
                    | Function::Lower
                    | Function::Upper
                    | Function::Trim
                    | Function::First
                    | Function::Last
                    | Function::Min
                    | Function::Max
                    | Function::Sum
                    | Function::At
                    | Function::Sort
                    | Function::Distinct
                    | Function::Split
                    | Function::Join
                    | Function::Concat
                    | Function::StripPrefix
                    | Function::StripSuffix,
                    _,
                ) => Some(values),
                _ => None,
            };
            if let Some(values) = values {
                solve(of_first, values, names, found);
            }
        }
        _ => {}
    }
}
