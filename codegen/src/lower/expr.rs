//! Expressions, whose paths lead to slots.

use plan::Slot;
use tapwright_model as model;
use tapwright_plan as plan;

use super::places::Places;
use super::{Lowering, list, text};

impl Lowering<'_> {
    /// An expression that refers to settings alone.
    pub(super) fn over_settings(&self, expr: &model::Expr) -> plan::Expr {
        self.expr(expr, &mut Places::default(), Slot::Scalar)
    }

    /// An expression whose paths lead to `places`. `kept` is how the value of a path is to be kept that becomes the
    /// value of the whole.
    pub(super) fn expr(&self, expr: &model::Expr, places: &mut Places, kept: Slot) -> plan::Expr {
        let inner = |places: &mut Places, exprs: &[model::Expr], kept: Slot| {
            list(exprs.iter().map(|expr| self.expr(expr, places, kept)).collect::<Vec<_>>().into_iter())
        };
        match expr {
            model::Expr::Null => plan::Expr::Null,
            model::Expr::Bool(b) => plan::Expr::Bool(*b),
            model::Expr::Integer(i) => plan::Expr::Integer(*i),
            model::Expr::Number(n) => plan::Expr::Number(*n),
            model::Expr::Text(literal) => plan::Expr::Text(text(literal)),
            model::Expr::Path(path) => plan::Expr::Slot(places.slot(path, kept)),
            model::Expr::Given { name, column } => plan::Expr::Given(self.given(name, column.as_deref())),
            model::Expr::Window(model::Bound::Start) => plan::Expr::Window(plan::Bound::Start),
            model::Expr::Window(model::Bound::End) => plan::Expr::Window(plan::Bound::End),
            model::Expr::Header(name) => plan::Expr::Slot(places.header(name)),
            model::Expr::Above(path) => plan::Expr::Slot(places.above(path, kept)),
            model::Expr::EntryKey => plan::Expr::Slot(places.entry_key()),
            model::Expr::Setting(name) => plan::Expr::Setting(self.place_of(name)),
            model::Expr::FirstOf(parts) => plan::Expr::FirstOf(inner(places, parts, kept)),
            model::Expr::Concat(parts) => plan::Expr::Concat(inner(places, parts, Slot::Scalar)),
            model::Expr::If(parts) => {
                let [condition, then, otherwise] = parts.as_ref();
                plan::Expr::If(Box::leak(Box::new([
                    self.expr(condition, places, Slot::Scalar),
                    self.expr(then, places, kept),
                    self.expr(otherwise, places, kept),
                ])))
            }
            model::Expr::Call(function, operands) => {
                // An object is read as a whole.
                let object =
                    matches!(function, model::Function::Keys | model::Function::Values | model::Function::Entries);
                let kept = if object { Slot::Json } else { Slot::Scalar };
                plan::Expr::Call(function_of(*function), inner(places, operands, kept))
            }
            model::Expr::Items(array) => plan::Expr::Items(Box::leak(Box::new(self.expr(array, places, Slot::Json)))),
            model::Expr::Let(name, parts) => {
                let [value, body] = parts.as_ref();
                let value = self.expr(value, places, Slot::Json);
                plan::Expr::Let(Box::leak(Box::new([value, self.named(name, body, places, kept)])))
            }
            model::Expr::Over(over, name, parts) => {
                let [list, body] = parts.as_ref();
                let list = self.expr(list, places, Slot::Scalar);
                let body = self.named(name, body, places, Slot::Scalar);
                plan::Expr::Over(over_of(*over), Box::leak(Box::new([list, body])))
            }
            model::Expr::Local(name, path) => {
                let locals = self.locals.borrow();
                let up = locals.iter().rev().position(|local| local == name);
                let path = path.iter().map(|step| match step {
                    model::Segment::Key(key) => plan::Segment::Key(text(key)),
                    model::Segment::Each => plan::Segment::Each,
                });
                plan::Expr::Local(up.and_then(|up| u16::try_from(up).ok()).unwrap_or(u16::MAX), list(path))
            }
        }
    }

    /// An expression in which a name is known.
    fn named(&self, name: &str, body: &model::Expr, places: &mut Places, kept: Slot) -> plan::Expr {
        self.locals.borrow_mut().push(name.to_owned());
        let body = self.expr(body, places, kept);
        self.locals.borrow_mut().pop();
        body
    }
}

pub(super) fn function_of(function: model::Function) -> plan::Function {
    use model::Function as From;
    use plan::Function as To;
    match function {
        From::Equal => To::Equal,
        From::NotEqual => To::NotEqual,
        From::Less => To::Less,
        From::LessOrEqual => To::LessOrEqual,
        From::Greater => To::Greater,
        From::GreaterOrEqual => To::GreaterOrEqual,
        From::And => To::And,
        From::Or => To::Or,
        From::Not => To::Not,
        From::In => To::In,
        From::Matches => To::Matches,
        From::Capture => To::Capture,
        From::Integer => To::Integer,
        From::Number => To::Number,
        From::Join => To::Join,
        From::Length => To::Length,
        From::First => To::First,
        From::Lower => To::Lower,
        From::Upper => To::Upper,
        From::Trim => To::Trim,
        From::Replace => To::Replace,
        From::Concat => To::Concat,
        From::Contains => To::Contains,
        From::StartsWith => To::StartsWith,
        From::EndsWith => To::EndsWith,
        From::Split => To::Split,
        From::Last => To::Last,
        From::Text => To::Text,
        From::Key => To::Key,
        From::Add => To::Add,
        From::Subtract => To::Subtract,
        From::Multiply => To::Multiply,
        From::Divide => To::Divide,
        From::Remainder => To::Remainder,
        From::Negate => To::Negate,
        From::AddMillis => To::AddMillis,
        From::Abs => To::Abs,
        From::Round => To::Round,
        From::Floor => To::Floor,
        From::Ceil => To::Ceil,
        From::Boolean => To::Boolean,
        From::Slice => To::Slice,
        From::StripPrefix => To::StripPrefix,
        From::StripSuffix => To::StripSuffix,
        From::Base64Encode => To::Base64Encode,
        From::Base64Decode => To::Base64Decode,
        From::Sha256 => To::Sha256,
        From::UrlEncode => To::UrlEncode,
        From::At => To::At,
        From::Sum => To::Sum,
        From::Min => To::Min,
        From::Max => To::Max,
        From::Sort => To::Sort,
        From::Distinct => To::Distinct,
        From::Keys => To::Keys,
        From::Values => To::Values,
        From::Entries => To::Entries,
        From::ParseTime => To::ParseTime,
        From::FormatTime => To::FormatTime,
        From::UnixSeconds => To::UnixSeconds,
        From::UnixMillis => To::UnixMillis,
        From::AddSeconds => To::AddSeconds,
        From::SecondsBetween => To::SecondsBetween,
        From::StartOf => To::StartOf,
    }
}

fn over_of(over: model::Over) -> plan::Over {
    match over {
        model::Over::Map => plan::Over::Map,
        model::Over::Filter => plan::Over::Filter,
        model::Over::Find => plan::Over::Find,
        model::Over::Any => plan::Over::Any,
        model::Over::All => plan::Over::All,
    }
}
