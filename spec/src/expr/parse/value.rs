//! The tightest levels of an expression: single values, paths, calls, and what `??` and `|` join.

use std::ops::Range;

use super::super::SyntaxError;
use super::super::ast::{Ast, AstKind, Step, StepKind};
use super::super::token::Token;
use super::{Parsed, Parser};
use crate::diagnostic::Certainty;
use crate::model::Function;

/// Words that mean something of their own where a path could begin.
const WORDS: &[&str] = &["and", "or", "not", "in", "matches", "if", "then", "else", "true", "false", "null"];

impl Parser {
    /// What `??` and `|` join, from left to right.
    pub(super) fn chain(&mut self) -> Parsed {
        let mut left = self.sum()?;
        let mut chained = false;
        loop {
            if self.takes("??") {
                let sign = self.end - 2..self.end;
                let right = self.sum()?;
                for side in [&left, &right] {
                    if is_bare_arithmetic(side) {
                        return Err(SyntaxError::new(sign, "arithmetic beside `??`")
                            .help("say with parentheses which comes first: `(a ?? 0) + 1` or `a ?? (0 + 1)`"));
                    }
                }
                let range = left.range.start..right.range.end;
                let parts = match left.kind {
                    AstKind::FirstOf(mut parts) => {
                        parts.push(right);
                        parts
                    }
                    kind => vec![Ast { kind, ..left }, right],
                };
                left = self.node(range, AstKind::FirstOf(parts))?;
            } else if self.takes("|") {
                left = self.pipe(left)?;
            } else {
                self.behind_chain = chained;
                return Ok(left);
            }
            chained = true;
        }
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let function = match self.peek() {
                Token::Sign("+") => Function::Add,
                Token::Sign("-") => Function::Subtract,
                _ => return Ok(left),
            };
            left = self.arithmetic(function, left, Self::product)?;
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.signed()?;
        loop {
            let function = match self.peek() {
                Token::Sign("*") => Function::Multiply,
                Token::Sign("/") => Function::Divide,
                Token::Sign("%") => Function::Remainder,
                _ => return Ok(left),
            };
            left = self.arithmetic(function, left, Self::signed)?;
        }
    }

    fn arithmetic(&mut self, function: Function, left: Ast, right: fn(&mut Self) -> Parsed) -> Parsed {
        let before = self.end;
        let (_, sign) = self.next();
        if let (Function::Subtract, Token::Name(_)) = (function, self.peek())
            && before == sign.start
            && sign.end == self.range().start
        {
            return Err(SyntaxError::new(sign, "`-` without spaces could be a part of a key")
                .help("write `a - b` for a difference; a key with `-` in it stands in quotes: `data.\"first-name\"`"));
        }
        let right = right(self)?;
        self.binary(function, left, right)
    }

    fn pipe(&mut self, input: Ast) -> Parsed {
        let start = input.range.start;
        let (Token::Name(name), name_range) = (self.peek().clone(), self.range()) else {
            return Err(self.unexpected("a function"));
        };
        self.next();
        if !self.takes("(") {
            let at = name_range.end..name_range.end;
            return Err(SyntaxError::new(name_range, "a function is called")
                .help(format!("write `{name}()`"))
                .patch(at, "()")
                .certainty(Certainty::Certain));
        }
        let mut arguments = vec![input];
        self.inside(|parser| parser.arguments(&mut arguments))?;
        self.node(start..self.end, AstKind::Call { name, name_range, arguments, piped: true })
    }

    /// The rest of a call, behind its `(`.
    fn arguments(&mut self, arguments: &mut Vec<Ast>) -> Parsed<()> {
        if self.takes(")") {
            return Ok(());
        }
        loop {
            arguments.push(self.argument()?);
            if !self.takes(",") {
                return self.expect(")");
            }
        }
    }

    /// An expression, or `item => …`.
    fn argument(&mut self) -> Parsed {
        let Token::Name(name) = self.peek().clone() else { return self.expression() };
        if !matches!(self.tokens.get(self.at + 1), Some((Token::Sign("=>"), _))) {
            return self.expression();
        }
        let (_, name_range) = self.next();
        self.next();
        let body = self.expression()?;
        let range = name_range.start..body.range.end;
        self.node(range, AstKind::Lambda { name, name_range, body: Box::new(body) })
    }

    /// A value, with a `-` before it or not.
    fn signed(&mut self) -> Parsed {
        if !matches!(self.peek(), Token::Sign("-")) {
            return self.value();
        }
        self.deeper(|parser| {
            let (_, sign) = parser.next();
            let touches = parser.range().start == sign.end;
            match parser.peek().clone() {
                Token::Integer(value) if touches => {
                    let (_, number) = parser.next();
                    parser.node(sign.start..number.end, AstKind::Integer(-value))
                }
                Token::Number(value) if touches => {
                    let (_, number) = parser.next();
                    parser.node(sign.start..number.end, AstKind::Number(-value))
                }
                _ => {
                    let operand = parser.signed()?;
                    let range = sign.start..operand.range.end;
                    parser.node(range, AstKind::Operator(Function::Negate, vec![operand]))
                }
            }
        })
    }

    fn value(&mut self) -> Parsed {
        let range = self.range();
        match self.peek().clone() {
            Token::Text(text) => {
                self.next();
                self.node(range, AstKind::Text(text))
            }
            Token::Integer(number) => {
                self.next();
                self.node(range, AstKind::Integer(number))
            }
            Token::Number(number) => {
                self.next();
                self.node(range, AstKind::Number(number))
            }
            Token::Duration(millis) => {
                self.next();
                self.node(range, AstKind::Duration(millis))
            }
            Token::Sign("(") => {
                self.next();
                let inner = self.inside(|parser| {
                    let inner = parser.expression()?;
                    parser.expect(")")?;
                    Ok(inner)
                })?;
                let height = inner.height;
                Ok(Ast { range: range.start..self.end, kind: inner.kind, height })
            }
            Token::Sign("[") => self.path(),
            Token::Name(name) => self.word(&name, range),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self, name: &str, range: Range<usize>) -> Parsed {
        let literal = match name {
            "null" => Some(AstKind::Null),
            "true" => Some(AstKind::Bool(true)),
            "false" => Some(AstKind::Bool(false)),
            _ => None,
        };
        if let Some(literal) = literal {
            self.next();
            return self.node(range, literal);
        }
        if WORDS.contains(&name) {
            return Err(self
                .unexpected("a value")
                .help(format!("a key of that name stands in quotes: `[\"{name}\"]`")));
        }
        if matches!(self.tokens.get(self.at + 1), Some((Token::Sign("("), _))) {
            self.next();
            self.next();
            let mut arguments = Vec::new();
            self.inside(|parser| parser.arguments(&mut arguments))?;
            let call = AstKind::Call { name: name.to_owned(), name_range: range.clone(), arguments, piped: false };
            return self.node(range.start..self.end, call);
        }
        self.path()
    }

    fn path(&mut self) -> Parsed {
        let start = self.range().start;
        let mut steps = Vec::new();
        if self.takes("[") {
            steps.push(self.quoted_key(start)?);
        } else if let (Token::Name(name), range) = self.next() {
            steps.push(Step { range, kind: StepKind::Key { name, quoted: false } });
        }
        loop {
            let from = self.range().start;
            if self.takes(".") {
                steps.push(self.key_behind_dot()?);
            } else if self.takes("[]") {
                let step = Step { range: from..self.end, kind: StepKind::Each };
                if steps.iter().any(|step| step.kind == StepKind::Each) {
                    return Err(SyntaxError::new(step.range, "a second `[]` in one path")
                        .help("a list of lists has no place in a row; declare the outer one `json`"));
                }
                steps.push(step);
            } else if self.takes("[") {
                steps.push(self.quoted_key(from)?);
            } else {
                break;
            }
        }
        self.node(start..self.end, AstKind::Path(steps))
    }

    fn key_behind_dot(&mut self) -> Parsed<Step> {
        match (self.peek().clone(), self.range()) {
            (Token::Name(name), range) => {
                self.next();
                Ok(Step { range, kind: StepKind::Key { name, quoted: false } })
            }
            (Token::Text(name), range) => {
                self.next();
                Ok(Step { range, kind: StepKind::Key { name, quoted: true } })
            }
            _ => Err(self.unexpected("a key")),
        }
    }

    /// The rest of `["odd key"]`, behind its `[`.
    fn quoted_key(&mut self, start: usize) -> Parsed<Step> {
        match self.peek().clone() {
            Token::Text(name) => {
                self.next();
                self.expect("]")?;
                Ok(Step { range: start..self.end, kind: StepKind::Key { name, quoted: true } })
            }
            Token::Integer(_) => Err(self
                .unexpected("a quoted key")
                .help("`first(list[])` is the first item that is not null; others have no name")),
            _ => Err(self.unexpected("a quoted key, or `]`")),
        }
    }
}

/// Whether it is arithmetic without parentheses around it.
fn is_bare_arithmetic(ast: &Ast) -> bool {
    use Function::{Add, Divide, Multiply, Remainder, Subtract};
    let AstKind::Operator(Add | Subtract | Multiply | Divide | Remainder, operands) = &ast.kind else { return false };
    operands.first().is_some_and(|first| first.range.start == ast.range.start)
}
