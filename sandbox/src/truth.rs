//! From an expression that is true or false to what must stand in a response so that it comes out as wanted: true while
//! there is a next page, and false on the last. It must not know what else is in a response, nor how it is written.
//!
//! `not done` needs `done` to be false, `state == "partial"` that very text, `page < pages` the number of the page and
//! that of the last.

use serde_json::Value;
use tapwright_spec::model::{Expr, Function};

use crate::eval::text;
use crate::place::{Part, Placer};
use crate::settings::fill;
use crate::simple::simple;

/// What is to come out: while there is a next page, and on the last.
pub(crate) type Wanted = (bool, bool);

impl<'e> Placer<'e, '_> {
    /// Places what makes an expression true while there is a next page, and false on the last.
    pub(crate) fn more(&mut self, expr: &'e Expr) {
        self.truth(simple(expr), (true, false));
    }

    /// Places what makes an expression come out as wanted. Whether there is a place for it.
    pub(crate) fn truth(&mut self, expr: &'e Expr, wanted: Wanted) -> bool {
        match expr {
            Expr::Path(_) | Expr::Header(_) => {
                self.value(expr, &Part::Either(Value::from(wanted.0), Value::from(wanted.1)), false)
            }
            Expr::FirstOf(all) => all.iter().any(|one| self.truth(one, wanted)),
            Expr::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let told = match (self.constant(yes), self.constant(no)) {
                    (Some(Value::Bool(yes)), _) => (wanted.0 == yes, wanted.1 == yes),
                    (_, Some(Value::Bool(no))) => (wanted.0 != no, wanted.1 != no),
                    _ => (true, true),
                };
                let placed = self.truth(condition, told);
                self.truth(yes, wanted) | self.truth(no, wanted) | placed
            }
            Expr::Let(..) => self.truth(simple(expr), wanted),
            Expr::Call(Function::Not, args) => args.first().is_some_and(|one| self.truth(one, (!wanted.0, !wanted.1))),
            Expr::Call(Function::And | Function::Or, args) => {
                args.iter().fold(false, |placed, one| self.truth(one, wanted) | placed)
            }
            Expr::Call(Function::In, args) => match args.split_first() {
                Some((one, [first, ..])) => match self.constant(first) {
                    Some(value) => self.choice(one, wanted, (value, Value::Null)),
                    None => false,
                },
                _ => false,
            },
            Expr::Call(Function::Matches, args) => match args.as_slice() {
                [subject, glob] => match self.constant(glob) {
                    Some(glob) => {
                        let fitting = Value::from(fill(&text(&glob), "more"));
                        self.choice(subject, wanted, (fitting, Value::Null))
                    }
                    None => false,
                },
                _ => false,
            },
            Expr::Call(function, args) => match args.as_slice() {
                [left, right] => self.comparison(*function, left, right, wanted),
                _ => false,
            },
            _ => false,
        }
    }

    /// Places what lets a comparison come out as wanted.
    fn comparison(&mut self, function: Function, left: &'e Expr, right: &'e Expr, wanted: Wanted) -> bool {
        use Function::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        match (function, self.constant(left), self.constant(right)) {
            (_, Some(_), Some(_)) => false,
            (_, Some(_), None) => {
                let turned = match function {
                    Less => Greater,
                    LessOrEqual => GreaterOrEqual,
                    Greater => Less,
                    GreaterOrEqual => LessOrEqual,
                    other => other,
                };
                self.comparison(turned, right, left, wanted)
            }
            (Equal, None, Some(Value::Bool(value))) => self.truth(left, (wanted.0 == value, wanted.1 == value)),
            (NotEqual, None, Some(Value::Bool(value))) => self.truth(left, (wanted.0 != value, wanted.1 != value)),
            (function, None, Some(value)) => self.distance(function, left, &value, wanted),
            (function, None, None) => {
                // What is to hold on the last page only is the opposite of what is to hold before.
                let (first, its, second) = match (function, wanted) {
                    (Less, (true, false)) | (GreaterOrEqual, (false, true)) => (left, Part::Number, right),
                    (Greater, (true, false)) | (LessOrEqual, (false, true)) => (right, Part::Number, left),
                    (LessOrEqual, (true, false)) | (Greater, (false, true)) => (left, Part::Following, right),
                    (GreaterOrEqual, (true, false)) | (Less, (false, true)) => (right, Part::Following, left),
                    (NotEqual, (true, false)) | (Equal, (false, true)) => (left, Part::Reached, right),
                    // Nothing that is counted is equal before the last page, or always compares the same.
                    _ => {
                        let one = Value::from(1);
                        let placed = self.distance(function, left, &one, wanted);
                        return self.value(right, &Part::Either(one.clone(), one), false) | placed;
                    }
                };
                self.value(first, &its, false) | self.value(second, &Part::Last, false)
            }
        }
    }

    /// Places what lets a comparison with a constant come out as wanted.
    fn distance(&mut self, function: Function, expr: &'e Expr, from: &Value, wanted: Wanted) -> bool {
        apart(function, from).is_some_and(|values| self.choice(expr, wanted, values))
    }

    /// Places the first value where something is to be true, the second where it is to be false.
    fn choice(&mut self, expr: &'e Expr, wanted: Wanted, (yes, no): (Value, Value)) -> bool {
        let value = |wanted| if wanted { yes.clone() } else { no.clone() };
        self.value(expr, &Part::Either(value(wanted.0), value(wanted.1)), false)
    }
}

/// Two values, of which the first compares so with a constant and the second does not.
pub(crate) fn apart(function: Function, constant: &Value) -> Option<(Value, Value)> {
    let by = |distance: i64| match (constant.as_i64(), constant.as_f64()) {
        (Some(number), _) => Some(Value::from(number.saturating_add(distance))),
        (None, Some(number)) => Some(Value::from(number + distance as f64)),
        (None, None) => None,
    };
    let other = || match constant {
        Value::Null => Value::from("more"),
        Value::String(text) => Value::from(format!("not {text}")),
        number => by(1).unwrap_or_else(|| number.clone()),
    };
    Some(match function {
        Function::Equal => (constant.clone(), other()),
        Function::NotEqual => (other(), constant.clone()),
        Function::Less => (by(-1)?, by(0)?),
        Function::LessOrEqual => (by(0)?, by(1)?),
        Function::Greater => (by(1)?, by(0)?),
        Function::GreaterOrEqual => (by(0)?, by(-1)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Scope, eval};
    use crate::json::put;
    use crate::onward::Onward;
    use crate::paths::keys;
    use crate::place::{Placed, Spot};
    use Function::*;
    use tapwright_spec::model::Segment;

    fn path(text: &str) -> Expr {
        Expr::Path(text.split('.').map(|key| Segment::Key(key.to_owned())).collect())
    }

    fn with<const N: usize>(function: Function, args: [Expr; N]) -> Expr {
        Expr::Call(function, Vec::from(args))
    }

    fn text(text: &str) -> Expr {
        Expr::Text(text.to_owned())
    }

    fn choice(condition: Expr, yes: Expr, no: Expr) -> Expr {
        Expr::If(Box::new([condition, yes, no]))
    }

    /// What an expression gives with what was placed for it, while there is a next page and on the last: a value, or
    /// whether there is more.
    fn outcomes(expr: &Expr, value: Option<&Part>) -> (Value, Value) {
        let settings = [("limit".to_owned(), Value::from(5))];
        let free = |path: &[Segment]| !path.starts_with(&[Segment::Key("data".to_owned())]);
        let mut placer = Placer::new(&settings, &free);
        match value {
            Some(part) => assert!(placer.value(expr, part, false), "{expr:?}"),
            None => placer.more(expr),
        }
        let placed = placer.placed();
        let outcome = |more: bool| {
            let mut onward = Onward::default();
            onward.more = more;
            onward.after = more.then(|| "token".to_owned());
            onward.settle();
            let mut root = Value::Null;
            for Placed { spot, part, as_text } in &placed {
                let Spot::Body(path) = spot else { continue };
                let value = onward.value(part);
                let value = if *as_text { Value::from(crate::eval::text(&value)) } else { value };
                put(&mut root, &keys(path).unwrap(), value);
            }
            eval(expr, Scope::new(&root, &settings))
        };
        (outcome(true), outcome(false))
    }

    #[test]
    fn more_comes_out_right_however_it_is_written() {
        let (a, b) = (path("meta.a"), path("meta.b"));
        let not = |one: &Expr| with(Not, [one.clone()]);
        let (yes, no, limit) = (Expr::Bool(true), Expr::Bool(false), Expr::Setting("limit".to_owned()));
        let mut all = vec![
            a.clone(),
            not(&a),
            not(&not(&a)),
            with(And, [a.clone(), not(&b)]),
            with(Or, [not(&a), b.clone()]),
            not(&with(And, [a.clone(), not(&b)])),
            Expr::FirstOf(vec![path("data.more"), a.clone(), no.clone()]),
            choice(a.clone(), yes.clone(), no.clone()),
            choice(a.clone(), no.clone(), yes.clone()),
            choice(a.clone(), no.clone(), b.clone()),
            choice(a.clone(), b.clone(), no.clone()),
            choice(a.clone(), b.clone(), path("meta.c")),
            with(In, [a.clone(), text("some"), text("many")]),
            not(&with(In, [a.clone(), text("none")])),
            with(Matches, [a.clone(), text("https://*?page=*")]),
            not(&with(Matches, [a.clone(), text("end*")])),
            with(Greater, [with(Integer, [a.clone()]), with(Number, [b.clone()])]),
            with(Equal, [with(Text, [a.clone()]), text("true")]),
            with(Equal, [with(Lower, [a.clone()]), text("yes")]),
        ];
        let constants = [
            Expr::Null,
            yes,
            no,
            Expr::Integer(0),
            Expr::Integer(-3),
            Expr::Number(0.5),
            text("partial"),
            text(""),
            limit,
            b.clone(),
        ];
        for function in [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual] {
            for constant in &constants {
                let ordered = matches!(constant, Expr::Integer(_) | Expr::Number(_) | Expr::Setting(_) | Expr::Path(_));
                if ordered || matches!(function, Equal | NotEqual) {
                    all.push(with(function, [a.clone(), constant.clone()]));
                    all.push(with(function, [constant.clone(), a.clone()]));
                }
            }
        }
        let denied: Vec<Expr> = all.iter().map(not).collect();
        for expr in all.iter().chain(&denied) {
            assert_eq!(outcomes(expr, None), (Value::Bool(true), Value::Bool(false)), "{expr:?}");
        }
    }

    #[test]
    fn a_value_comes_out_right_however_it_is_read() {
        let (a, b) = (path("meta.a"), path("meta.b"));
        for expr in [
            a.clone(),
            Expr::FirstOf(vec![path("data.a"), a.clone(), b.clone()]),
            choice(b.clone(), a.clone(), Expr::Null),
            choice(b.clone(), Expr::Null, a.clone()),
            choice(with(Not, [b.clone()]), a.clone(), Expr::Null),
            choice(with(Equal, [b.clone(), text("x")]), path("data.a"), a.clone()),
            choice(with(LessOrEqual, [b.clone(), path("meta.c")]), a.clone(), Expr::Null),
        ] {
            assert_eq!(outcomes(&expr, Some(&Part::Token)), (Value::from("token"), Value::Null), "{expr:?}");
            assert_eq!(outcomes(&expr, Some(&Part::Last)), (Value::from(1), Value::from(0)), "{expr:?}");
        }
        let read = with(Integer, [with(Trim, [a.clone()])]);
        assert_eq!(outcomes(&read, Some(&Part::Last)), (Value::from(1), Value::from(0)));
    }

    #[test]
    fn what_was_placed_first_stays() {
        let token = path("next");
        let more = with(NotEqual, [path("next"), Expr::Null]);
        let free = |_: &[Segment]| true;
        let mut placer = Placer::new(&[], &free);
        placer.value(&token, &Part::Token, false);
        placer.more(&more);
        assert!(matches!(placer.placed().as_slice(), [Placed { part: Part::Token, .. }]));
    }
}
