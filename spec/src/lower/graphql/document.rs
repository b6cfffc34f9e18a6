//! A GraphQL document, read as far as its variables: tokens, what closes what, operations and fragments.
//!
//! It must not know where the document stands, nor what is sent with it.

use std::ops::Range;

/// What is known of a document with one operation.
pub(super) struct Document {
    /// The variables that the operation declares.
    pub(super) declared: Vec<Variable>,
    /// The variables that anything in it uses, by name and place.
    pub(super) used: Vec<(String, Range<usize>)>,
}

/// A variable that is declared.
pub(super) struct Variable {
    pub(super) name: String,
    /// Where, with its `$`.
    pub(super) range: Range<usize>,
    /// Whether there is no request without it: its type ends in `!`, and it has no default.
    pub(super) is_needed: bool,
}

/// What is wrong with a document.
pub(super) struct Wrong {
    /// What it does wrong, behind what it is.
    pub(super) title: String,
    pub(super) range: Range<usize>,
    pub(super) label: &'static str,
    pub(super) help: Option<&'static str>,
    /// Whether it cannot be read; otherwise it is not one operation that only asks.
    pub(super) is_syntax: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    /// `$name`.
    Variable,
    /// `!`, `(`, `{` and the like.
    Mark(char),
    /// A number or a text.
    Literal,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Document, Wrong> {
    let tokens = tokens(text)?;
    let closed_by = pairs(&tokens)?;
    let reading = Reading { text, tokens: &tokens, closed_by: &closed_by };
    let mut operations = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (operation, behind) = reading.definition(at)?;
        operations.extend(operation);
        at = behind;
    }
    let (first, declarations) = match operations.as_slice() {
        [] => return Err(operation("holds no operation", 0..text.len().min(1), "no `query` is in it")),
        [only] => only,
        [_, (second, _), ..] => {
            let range = reading.range(*second);
            return Err(operation("holds several operations", range, "a request can have one"));
        }
    };
    if matches!(reading.word(*first), "mutation" | "subscription") {
        let title = format!("is a {}", reading.word(*first));
        return Err(operation(&title, reading.range(*first), "a connector only reads"));
    }
    let declared = declarations.clone().map(|list| reading.variables(list)).unwrap_or_default();
    let is_declaration = |range: &Range<usize>| declared.iter().any(|variable| variable.range == *range);
    let used = tokens.iter().filter(|token| token.kind == Kind::Variable && !is_declaration(&token.range));
    let used = used.map(|token| (reading.named(token), token.range.clone())).collect();
    Ok(Document { declared, used })
}

fn operation(title: &str, range: Range<usize>, label: &'static str) -> Wrong {
    let help = "a request has one operation, such as `query ($first: Int!) { … }`";
    Wrong { title: title.to_owned(), range, label, help: Some(help), is_syntax: false }
}

fn syntax(title: impl Into<String>, range: Range<usize>, label: &'static str) -> Wrong {
    Wrong { title: title.into(), range, label, help: None, is_syntax: true }
}

/// The words of a text. What GraphQL ignores is left out: white space, commas, comments, a byte order mark.
fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let word = |from: &str| from.find(|c: char| !is_part(c)).unwrap_or(from.len());
        let (kind, length) = match first {
            ' ' | '\t' | '\n' | '\r' | ',' | '\u{feff}' => {
                at += first.len_utf8();
                continue;
            }
            '#' => {
                at += rest.find(['\n', '\r']).unwrap_or(rest.len());
                continue;
            }
            'A'..='Z' | 'a'..='z' | '_' => (Kind::Name, word(rest)),
            '$' => match word(rest.get(1..).unwrap_or("")) {
                0 => return Err(syntax("has a `$` without a name", at..at + 1, "a name belongs behind it")),
                length => (Kind::Variable, 1 + length),
            },
            '0'..='9' | '-' => {
                let is_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
                (Kind::Literal, rest.find(|c: char| !is_number(c)).unwrap_or(rest.len()))
            }
            '"' => (
                Kind::Literal,
                quoted(rest).ok_or_else(|| syntax("has a text that does not end", at..at + 1, "it begins here"))?,
            ),
            '!' | '&' | '(' | ')' | ':' | '=' | '@' | '[' | ']' | '{' | '|' | '}' => (Kind::Mark(first), 1),
            '.' if rest.starts_with("...") => (Kind::Mark('.'), 3),
            _ => {
                let title = format!("has the character `{}`, which GraphQL does not", first.escape_debug());
                return Err(syntax(title, at..at + first.len_utf8(), "not GraphQL"));
            }
        };
        tokens.push(Token { kind, range: at..at + length });
        at += length;
    }
    Ok(tokens)
}

/// How long the text between quotes is that stands at the beginning.
fn quoted(rest: &str) -> Option<usize> {
    if let Some(block) = rest.strip_prefix("\"\"\"") {
        let mut from = 0;
        loop {
            let end = from + block.get(from..)?.find("\"\"\"")?;
            if !block.get(..end)?.ends_with('\\') {
                return Some(3 + end + 3);
            }
            from = end + 3;
        }
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            '"' if !escaped => return Some(at + 1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

/// For each bracket that opens, the place of the token that closes it; for other tokens, their own.
fn pairs(tokens: &[Token]) -> Result<Vec<usize>, Wrong> {
    let mut closed_by: Vec<usize> = (0..tokens.len()).collect();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Mark(mark) = token.kind else { continue };
        let closes = match mark {
            '(' | '[' | '{' => {
                open.push((mark, at));
                continue;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => continue,
        };
        match open.pop() {
            Some((opened, from)) if opened == closes => {
                if let Some(closed) = closed_by.get_mut(from) {
                    *closed = at;
                }
            }
            _ => {
                let title = format!("has a `{mark}` that closes nothing");
                return Err(syntax(title, token.range.clone(), "nothing that it could close is open here"));
            }
        }
    }
    match open.pop().and_then(|(mark, at)| Some((mark, tokens.get(at)?))) {
        Some((mark, token)) => {
            Err(syntax(format!("has a `{mark}` that is not closed"), token.range.clone(), "it is opened here"))
        }
        None => Ok(closed_by),
    }
}

struct Reading<'d> {
    text: &'d str,
    tokens: &'d [Token],
    closed_by: &'d [usize],
}

/// An operation: the place of its first token, and those of its declarations.
type Operation = (usize, Option<Range<usize>>);

impl Reading<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn range(&self, at: usize) -> Range<usize> {
        let end = self.text.trim_end().len();
        self.tokens.get(at).map_or(end.saturating_sub(1)..end, |token| token.range.clone())
    }

    fn word(&self, at: usize) -> &str {
        self.text.get(self.range(at)).unwrap_or("")
    }

    /// The name of a variable.
    fn named(&self, token: &Token) -> String {
        self.text.get(token.range.start + 1..token.range.end).unwrap_or("").to_owned()
    }

    /// The operation or fragment that begins at a token, and what stands behind it.
    fn definition(&self, at: usize) -> Result<(Option<Operation>, usize), Wrong> {
        let is_operation = match (self.kind(at), self.word(at)) {
            (Some(Kind::Mark('{')), _) | (Some(Kind::Name), "query" | "mutation" | "subscription") => true,
            (Some(Kind::Name), "fragment") => false,
            _ => {
                let title = format!("goes on with `{}` where an operation or a fragment begins", self.word(at));
                return Err(syntax(title, self.range(at), "neither `query`, `fragment` nor `{`"));
            }
        };
        let (mut behind, mut declarations, mut had_directive) = (at, None, false);
        loop {
            match self.kind(behind) {
                Some(Kind::Mark('{')) => break,
                Some(Kind::Mark('(')) => {
                    let end = self.closed_by.get(behind).copied().unwrap_or(behind);
                    if is_operation && !had_directive {
                        declarations = declarations.or(Some(behind + 1..end));
                    }
                    behind = end + 1;
                }
                Some(Kind::Mark('@')) => {
                    had_directive = true;
                    behind += 1;
                }
                Some(Kind::Name) => behind += 1,
                _ => {
                    let title = format!("says `{}` and not what it is asked for", self.word(at));
                    return Err(syntax(title, self.range(behind), "a `{` belongs here"));
                }
            }
        }
        let end = self.closed_by.get(behind).copied().unwrap_or(behind);
        if end == behind + 1 {
            return Err(syntax("asks for nothing", self.range(behind), "nothing stands between the braces"));
        }
        Ok((is_operation.then_some((at, declarations)), end + 1))
    }

    /// The variables of a list of declarations: `$name: Type! = default @directive`.
    fn variables(&self, list: Range<usize>) -> Vec<Variable> {
        let mut found: Vec<Variable> = Vec::new();
        let (mut in_type, mut at) = (false, list.start);
        while at < list.end {
            match self.tokens.get(at) {
                Some(token) if token.kind == Kind::Variable => {
                    found.push(Variable { name: self.named(token), range: token.range.clone(), is_needed: false });
                    in_type = true;
                }
                Some(Token { kind: Kind::Mark('!'), .. }) if in_type => {
                    if let Some(last) = found.last_mut() {
                        last.is_needed = true;
                    }
                }
                Some(Token { kind: Kind::Mark('='), .. }) if in_type => {
                    in_type = false;
                    if let Some(last) = found.last_mut() {
                        last.is_needed = false;
                    }
                }
                Some(Token { kind: Kind::Mark('@'), .. }) => in_type = false,
                _ => {}
            }
            // What is nested says nothing of the whole: `[Int!]` may be null.
            at = self.closed_by.get(at).copied().unwrap_or(at) + 1;
        }
        found
    }
}
