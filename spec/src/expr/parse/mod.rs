//! Tokens to a tree.
//!
//! From the loosest to the tightest: `if … then … else …` and `let … in …`, `or`, `and`, `not`, comparisons with `in` and
//! `matches`, then `??` and `|` side by side from left to right, then `+` and `-`, then `*`, `/` and `%`, then a `-` before
//! a value, then single values. What stands beside `??` is a single value, or in parentheses.

use std::ops::Range;

use crate::diagnostic::Certainty;
use crate::model::Function;

use super::SyntaxError;
mod records;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use records::parse_records;

use super::ast::{Ast, AstKind};
use super::token::{Token, tokens};

/// The deepest nesting.
const MOST_LEVELS: usize = 64;

type Parsed<T = Ast> = Result<T, SyntaxError>;

/// An expression that is all of a text.
pub(crate) fn parse(text: &str) -> Parsed {
    Parser::new(tokens(text, 0, false)?).whole("an expression is wanted", text)
}

/// The expression of a template that begins at a byte, and where it ends.
pub(crate) fn parse_in_template(text: &str, from: usize) -> Parsed<(Ast, usize)> {
    let tokens = tokens(text, from, true)?;
    let end = tokens.last().map_or(text.len(), |(_, range)| range.start);
    if end >= text.len() {
        return Err(SyntaxError::new(from.saturating_sub(1)..from, "this `{` is not closed")
            .help("close it with `}`, or write `{{` for the character itself"));
    }
    Ok((Parser::new(tokens).whole("an expression is wanted", text)?, end))
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    /// The token that comes next.
    at: usize,
    depth: usize,
    /// Where the last token ended.
    end: usize,
    /// Whether `in` ends what is read, as in the values of a `let`.
    in_ends: bool,
    /// Whether the last thing read is an operand of `??` or `|`.
    behind_chain: bool,
}

impl Parser {
    fn new(tokens: Vec<(Token, Range<usize>)>) -> Self {
        Parser { tokens, at: 0, depth: 0, end: 0, in_ends: false, behind_chain: false }
    }

    fn whole(mut self, wanted: &str, text: &str) -> Parsed {
        if self.peek() == &Token::End {
            let range = self.range();
            let range = if text.trim().is_empty() { 0..text.len() } else { range };
            return Err(SyntaxError::new(range, wanted));
        }
        let ast = self.expression()?;
        if self.peek() == &Token::End { Ok(ast) } else { Err(self.unexpected("an operator or the end")) }
    }

    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn range(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, range)| range.clone())
    }

    fn next(&mut self) -> (Token, Range<usize>) {
        let next = (self.peek().clone(), self.range());
        self.at += 1;
        self.end = next.1.end;
        next
    }

    fn takes(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        if found {
            self.next();
        }
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Name(name) if name == word);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        let range = self.range();
        let found = match self.peek() {
            Token::Name(name) => format!("`{name}`"),
            Token::Text(_) => "a text".to_owned(),
            Token::Integer(_) | Token::Number(_) => "a number".to_owned(),
            Token::Duration(_) => "a duration".to_owned(),
            Token::Sign("=") => {
                return SyntaxError::new(range.clone(), "`=` is not an operator here")
                    .help("write `==` to compare")
                    .patch(range, "==")
                    .certainty(Certainty::Certain);
            }
            Token::Sign("=>") => {
                return SyntaxError::new(range, "`=>` stands behind the name of an item, as an operand of a call")
                    .help("as in `filter(domains, domain => domain.verified)`");
            }
            Token::Sign(sign @ ("+" | "-" | "*" | "/" | "%")) if self.behind_chain => {
                return SyntaxError::new(range, format!("`{sign}` behind a `??` or `|`"))
                    .help(format!("what is computed first stands in parentheses, as in `(a ?? 0) {sign} b`"));
            }
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => return SyntaxError::new(self.end..self.end, format!("it ends where {wanted} is wanted")),
        };
        SyntaxError::new(range, format!("{found} stands where {wanted} is wanted"))
    }

    fn node(&self, range: Range<usize>, kind: AstKind) -> Parsed {
        let height = kind.children().iter().map(|child| child.height + 1).max().unwrap_or(0);
        if height > MOST_LEVELS {
            return Err(too_deep(range));
        }
        Ok(Ast { range, kind, height })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MOST_LEVELS {
            return Err(too_deep(self.range()));
        }
        self.depth += 1;
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    fn expression(&mut self) -> Parsed {
        self.deeper(|parser| {
            let start = parser.range().start;
            if parser.begins_let() {
                return parser.bindings();
            }
            if !parser.takes_word("if") {
                return parser.or();
            }
            let condition = parser.expression()?;
            parser.expect_word("then")?;
            let then = parser.expression()?;
            parser.expect_word("else")?;
            let otherwise = parser.expression()?;
            let range = start..otherwise.range.end;
            parser.node(range, AstKind::If(Box::new([condition, then, otherwise])))
        })
    }

    /// Whether a `let` stands here, and not a key of that name.
    fn begins_let(&self) -> bool {
        let token = |ahead: usize| self.tokens.get(self.at + ahead).map(|(token, _)| token);
        matches!(
            (token(0), token(1), token(2)),
            (Some(Token::Name(word)), Some(Token::Name(_)), Some(Token::Sign("="))) if word == "let"
        )
    }

    /// `let a = …, b = … in …`.
    fn bindings(&mut self) -> Parsed {
        let start = self.range().start;
        self.next();
        let (mut names, mut parts) = (Vec::new(), Vec::new());
        loop {
            let (Token::Name(name), range) = (self.peek().clone(), self.range()) else {
                return Err(self.unexpected("a name"));
            };
            self.next();
            if !self.takes("=") {
                return Err(self.unexpected("`=` and what the name stands for"));
            }
            let outer = std::mem::replace(&mut self.in_ends, true);
            let value = self.expression();
            self.in_ends = outer;
            names.push((name, range));
            parts.push(value?);
            if !self.takes(",") {
                break;
            }
        }
        if !self.takes_word("in") {
            return Err(self
                .unexpected("`in` and what is made with the names")
                .help("write `let name = … in …`; another `in` among the values stands in parentheses"));
        }
        parts.push(self.expression()?);
        let range = start..parts.last().map_or(start, |body| body.range.end);
        self.node(range, AstKind::Let(names, parts))
    }

    /// Reads what stands in parentheses, where `in` is an operator again.
    fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let outer = std::mem::replace(&mut self.in_ends, false);
        let outcome = read(self);
        self.in_ends = outer;
        outcome
    }

    fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.takes_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.takes_word("or") {
            let right = self.and()?;
            left = self.binary(Function::Or, left, right)?;
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.not()?;
        while self.takes_word("and") {
            let right = self.not()?;
            left = self.binary(Function::And, left, right)?;
        }
        Ok(left)
    }

    fn not(&mut self) -> Parsed {
        let start = self.range().start;
        if !self.takes_word("not") {
            return self.comparison();
        }
        let operand = self.deeper(Self::not)?;
        let range = start..operand.range.end;
        self.node(range, AstKind::Operator(Function::Not, vec![operand]))
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.chain()?;
        let Some(operator) = self.comparison_operator() else { return Ok(left) };
        let compared = if operator == Function::In {
            self.members(left)?
        } else {
            let right = self.chain()?;
            self.binary(operator, left, right)?
        };
        let range = self.range();
        if self.comparison_operator().is_some() {
            return Err(SyntaxError::new(range, "a comparison of a comparison")
                .help("join two comparisons with `and`: `a < b and b < c`"));
        }
        Ok(compared)
    }

    fn comparison_operator(&mut self) -> Option<Function> {
        let function = match self.peek() {
            Token::Sign("==") => Function::Equal,
            Token::Sign("!=") => Function::NotEqual,
            Token::Sign("<") => Function::Less,
            Token::Sign("<=") => Function::LessOrEqual,
            Token::Sign(">") => Function::Greater,
            Token::Sign(">=") => Function::GreaterOrEqual,
            Token::Name(name) if name == "in" && !self.in_ends => Function::In,
            Token::Name(name) if name == "matches" => Function::Matches,
            _ => return None,
        };
        self.next();
        Some(function)
    }

    fn members(&mut self, sought: Ast) -> Parsed {
        let start = sought.range.start;
        if matches!(self.peek(), Token::Sign("[]")) {
            return Err(SyntaxError::new(self.range(), "nothing is in an empty list"));
        }
        self.expect("[")?;
        let mut operands = vec![sought];
        self.inside(|parser| {
            loop {
                operands.push(parser.expression()?);
                if !parser.takes(",") {
                    return parser.expect("]");
                }
            }
        })?;
        self.node(start..self.end, AstKind::Operator(Function::In, operands))
    }

    fn binary(&self, function: Function, left: Ast, right: Ast) -> Parsed {
        let range = left.range.start..right.range.end;
        self.node(range, AstKind::Operator(function, vec![left, right]))
    }
}

fn too_deep(range: Range<usize>) -> SyntaxError {
    SyntaxError::new(range, format!("nested more than {MOST_LEVELS} deep"))
}
