//! Precedence, paths, and what is said where.

use super::super::ast::{Ast, AstKind, StepKind};
use super::parse;

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
            AstKind::Duration(millis) => format!("{millis}ms"),
            AstKind::Let(names, parts) => {
                let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
                format!("let({}; {})", names.join(" "), all(parts, "; "))
            }
            AstKind::Lambda { name, body, .. } => format!("{name} => {}", show(body)),
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
fn arithmetic_binds_tighter_than_pipes_and_comparisons() {
    assert_eq!(shown("a + b * c - d"), "(Subtract (Add .a (Multiply .b .c)) .d)");
    assert_eq!(shown("a / b / c % d"), "(Remainder (Divide (Divide .a .b) .c) .d)");
    assert_eq!(shown("-a * -2 - -b"), "(Subtract (Multiply (Negate .a) -2) (Negate .b))");
    assert_eq!(shown("a / 100 | round() > b + 1"), "(Greater round((Divide .a 100)) (Add .b 1))");
    assert_eq!(shown("a ?? (b + 1)"), "(.a ?? (Add .b 1))");
    assert_eq!(shown("a ?? b + 1"), "error at 2..4: arithmetic beside `??`");
    assert_eq!(shown("a + 1 ?? b"), "error at 6..8: arithmetic beside `??`");
    assert_eq!(shown("a | f() + 1"), "error at 8..9: `+` behind a `??` or `|`");
    assert_eq!(shown("a-b"), "error at 1..2: `-` without spaces could be a part of a key");
    assert_eq!(shown("a -1"), "(Subtract .a 1)");
    assert_eq!(shown("a + 30m"), "(Add .a 1800000ms)");
    assert_eq!(shown("1x"), "error at 0..1: a name cannot begin with a digit");
}

#[test]
fn names_reach_as_far_as_they_can_and_in_ends_their_values() {
    assert_eq!(shown("let a = b, c = a in a + c"), "let(a c; .b; .a; (Add .a .c))");
    assert_eq!(shown("let a = (b in [c]) in a"), "let(a; (In .b .c); .a)");
    assert_eq!(shown("let a = f(b in [c]) in [\"a\"].b"), "let(a; f((In .b .c)); .\"a\".b)");
    assert_eq!(shown("let.x"), ".let.x");
    assert_eq!(shown("filter(a, x => x.b and c) | map(y => y)"), "map(filter(.a, x => (And .x.b .c)), y => .y)");
    assert_eq!(shown("x => x"), "error at 2..4: `=>` stands behind the name of an item, as an operand of a call");
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
