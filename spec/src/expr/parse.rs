//! Tokens to a tree.
//!
//! From the loosest to the tightest: `if … then … else …`, `or`, `and`, `not`, comparisons with `in` and
//! `matches`, then `??` and `|` side by side from left to right, then single values. Arithmetic would stand
//! between comparisons and `??`.

use std::ops::Range;

use crate::model::Function;

use super::ast::{Ast, AstKind, Step, StepKind};
use super::token::{Token, tokens};
use super::SyntaxError;

/// The deepest nesting.
const MOST_LEVELS: usize = 64;

/// Words that mean something of their own where a path could begin.
const WORDS: &[&str] = &["and", "or", "not", "in", "matches", "if", "then", "else", "true", "false", "null"];

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

/// The keys of `records`.
pub(crate) fn parse_records(text: &str) -> Parsed<Vec<String>> {
    let ast = parse(text)?;
    let AstKind::Path(steps) = ast.kind else {
        return Err(SyntaxError::new(ast.range, "keys from the response's root are wanted, such as `data.items`"));
    };
    steps
        .into_iter()
        .map(|step| match step.kind {
            StepKind::Key { name, .. } => Ok(name),
            StepKind::Each => {
                Err(SyntaxError::new(step.range, "a list inside a list").help("name the list that holds the records"))
            }
        })
        .collect()
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    /// The token that comes next.
    at: usize,
    depth: usize,
    /// Where the last token ended.
    end: usize,
}

impl Parser {
    fn new(tokens: Vec<(Token, Range<usize>)>) -> Self {
        Parser { tokens, at: 0, depth: 0, end: 0 }
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
            Token::Name(name) if name == "in" => Function::In,
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
        loop {
            operands.push(self.expression()?);
            if !self.takes(",") {
                break;
            }
        }
        self.expect("]")?;
        self.node(start..self.end, AstKind::Operator(Function::In, operands))
    }

    fn binary(&self, function: Function, left: Ast, right: Ast) -> Parsed {
        let range = left.range.start..right.range.end;
        self.node(range, AstKind::Operator(function, vec![left, right]))
    }

    /// Values joined by `??` and `|`, from left to right.
    fn chain(&mut self) -> Parsed {
        let mut left = self.value()?;
        loop {
            if self.takes("??") {
                let right = self.value()?;
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
                return Ok(left);
            }
        }
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
                .patch(at, "()"));
        }
        let mut arguments = vec![input];
        self.arguments(&mut arguments)?;
        self.node(start..self.end, AstKind::Call { name, name_range, arguments, piped: true })
    }

    /// The rest of a call, behind its `(`.
    fn arguments(&mut self, arguments: &mut Vec<Ast>) -> Parsed<()> {
        if self.takes(")") {
            return Ok(());
        }
        loop {
            arguments.push(self.expression()?);
            if !self.takes(",") {
                return self.expect(")");
            }
        }
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
            Token::Sign("-") => self.negative(),
            Token::Sign("(") => {
                self.next();
                let inner = self.expression()?;
                self.expect(")")?;
                let height = inner.height;
                Ok(Ast { range: range.start..self.end, kind: inner.kind, height })
            }
            Token::Sign("[") => self.path(),
            Token::Name(name) => self.word(&name, range),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn negative(&mut self) -> Parsed {
        let (_, sign) = self.next();
        let (token, number) = self.next();
        let range = sign.start..number.end;
        match token {
            Token::Integer(value) => self.node(range, AstKind::Integer(-value)),
            Token::Number(value) => self.node(range, AstKind::Number(-value)),
            _ => Err(SyntaxError::new(sign, "`-` stands only before a number")
                .help("a key with `-` in it stands in quotes: `data.\"first-name\"`")),
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
            self.arguments(&mut arguments)?;
            let call =
                AstKind::Call { name: name.to_owned(), name_range: range.clone(), arguments, piped: false };
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

fn too_deep(range: Range<usize>) -> SyntaxError {
    SyntaxError::new(range, format!("nested more than {MOST_LEVELS} deep"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An expression with all its parentheses.
    fn shown(text: &str) -> String {
        fn show(ast: &Ast) -> String {
            let all = |parts: &[Ast], between: &str| parts.iter().map(show).collect::<Vec<_>>().join(between);
            match &ast.kind {
                AstKind::Null => "null".to_owned(),
                AstKind::Bool(value) => value.to_string(),
                AstKind::Integer(value) => value.to_string(),
                AstKind::Number(value) => value.to_string(),
                AstKind::Text(value) => format!("{value:?}"),
                AstKind::Path(steps) => steps
                    .iter()
                    .map(|step| match &step.kind {
                        StepKind::Key { name, quoted: false } => format!(".{name}"),
                        StepKind::Key { name, quoted: true } => format!(".{name:?}"),
                        StepKind::Each => "[]".to_owned(),
                    })
                    .collect(),
                AstKind::FirstOf(parts) => format!("({})", all(parts, " ?? ")),
                AstKind::If(parts) => format!("if({})", all(parts.as_slice(), "; ")),
                AstKind::Operator(function, parts) => format!("({function:?} {})", all(parts, " ")),
                AstKind::Call { name, arguments, .. } => format!("{name}({})", all(arguments, ", ")),
            }
        }
        parse(text).map_or_else(|error| format!("error at {:?}: {}", error.range, error.label), |ast| show(&ast))
    }

    #[test]
    fn or_is_looser_than_and_than_not_than_comparison() {
        assert_eq!(shown("a or b and not c == d"), "(Or .a (And .b (Not (Equal .c .d))))");
        assert_eq!(shown("a and b or c"), "(Or (And .a .b) .c)");
        assert_eq!(shown("(a or b) and c"), "(And (Or .a .b) .c)");
    }

    #[test]
    fn pipes_and_defaults_are_read_from_left_to_right_and_bind_tighter_than_comparisons() {
        assert_eq!(shown("a ?? b ?? c"), "(.a ?? .b ?? .c)");
        assert_eq!(shown("a ?? b | lower() == c"), "(Equal lower((.a ?? .b)) .c)");
        assert_eq!(shown("a | lower() ?? b"), "(lower(.a) ?? .b)");
        assert_eq!(shown("a[].b | join(\", \")"), "join(.a[].b, \", \")");
        assert_eq!(shown("a | trim() | lower()"), "lower(trim(.a))");
    }

    #[test]
    fn keys_stand_behind_dots_quotes_and_brackets() {
        assert_eq!(shown("data.\"odd key\".x"), ".data.\"odd key\".x");
        assert_eq!(shown("[\"@id\"].in.null"), ".\"@id\".in.null");
        assert_eq!(shown("a['b c'][].d"), ".a.\"b c\"[].d");
        assert_eq!(shown("data.2fa"), "error at 5..6: a name cannot begin with a digit");
    }

    #[test]
    fn conditions_reach_as_far_as_they_can() {
        assert_eq!(shown("if a then b else c ?? d"), "if(.a; .b; (.c ?? .d))");
        assert_eq!(shown("if a then b else if c then d else e"), "if(.a; .b; if(.c; .d; .e))");
        assert_eq!(shown("x in [\"a\", -1, null]"), "(In .x \"a\" -1 null)");
    }

    #[test]
    fn says_what_is_wrong_where() {
        assert_eq!(shown("a =="), "error at 4..4: it ends where a value is wanted");
        assert_eq!(shown("a = b"), "error at 2..3: `=` is not an operator here");
        assert_eq!(shown("a < b < c"), "error at 6..7: a comparison of a comparison");
        assert_eq!(shown("a | lower"), "error at 4..9: a function is called");
        assert_eq!(shown("\"\\d\""), "error at 1..3: `\\d` is not an escape");
        assert_eq!(shown("\"open"), "error at 0..5: this text does not end");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000));
        assert!(shown(&deep).contains("nested more than 64 deep"));
        assert!(shown(&format!("a{}", " | lower()".repeat(5_000))).contains("nested more than 64 deep"));
        assert!(shown(&format!("{}a", "not ".repeat(5_000))).contains("nested more than 64 deep"));
        assert!(!shown(&format!("a{}", " ?? a".repeat(500))).contains("error"));
    }
}
