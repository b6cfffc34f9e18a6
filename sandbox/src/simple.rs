//! An expression written so that what it asks for is seen: names replaced by what they stand for, and differences that are
//! compared with a number turned into the comparison they are. It must not know what is asked of it.

use serde_json::Value;
use tapwright_spec::model::{Expr, Function};

use crate::eval::{Scope, eval};

/// The same, simpler. It is kept for as long as the process lives.
pub(crate) fn simple(expr: &Expr) -> &'static Expr {
    Box::leak(Box::new(without_names(expr, &mut Vec::new())))
}

fn without_names(expr: &Expr, known: &mut Vec<(String, Expr)>) -> Expr {
    let mut all = |parts: &[Expr]| parts.iter().map(|part| without_names(part, known)).collect::<Vec<_>>();
    match expr {
        Expr::Let(name, parts) => {
            let [value, body] = parts.as_ref();
            let value = without_names(value, known);
            known.push((name.clone(), value));
            let body = without_names(body, known);
            known.pop();
            body
        }
        Expr::Local(name, path) if path.is_empty() => {
            let found = known.iter().rev().find(|(known, _)| known == name);
            found.map_or_else(|| expr.clone(), |(_, value)| value.clone())
        }
        Expr::FirstOf(parts) => Expr::FirstOf(all(parts)),
        Expr::Concat(parts) => Expr::Concat(all(parts)),
        Expr::If(parts) => match <[Expr; 3]>::try_from(all(parts.as_slice())) {
            Ok(parts) => Expr::If(Box::new(parts)),
            Err(_) => expr.clone(),
        },
        Expr::Call(function, args) => compared(*function, all(args)),
        other => other.clone(),
    }
}

/// `a - b > 0` is `a > b`, and `a - 1 > 0` is `a > 1`.
fn compared(function: Function, mut args: Vec<Expr>) -> Expr {
    use Function::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let compares = matches!(function, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual);
    if let (true, [Expr::Call(Function::Subtract, parts), right]) = (compares, args.as_slice())
        && let [one, other] = parts.as_slice()
        && eval(right, Scope::new(&Value::Null, &[])) == 0
    {
        args = vec![one.clone(), other.clone()];
    }
    Expr::Call(function, args)
}
