//! Whether what a column is made of fits its type. Nothing is guessed: text is not a number, a number not text.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger, Severity};
use crate::expr::{Null, Roots, Scope, Ty, Typed, is_plain_path, leaf};
use crate::model::{Expr, Json, Segment, TimeFormat, Type};
use crate::yaml::Node;

/// A column, for messages.
pub(super) struct Column<'a> {
    /// "field `name` of resource `users`".
    pub(super) what: &'a str,
    pub(super) ty: &'a Type,
    pub(super) nullable: bool,
    /// Where its type is declared.
    pub(super) declared: Option<Range<usize>>,
    /// The scalar it is made of, when there is one.
    pub(super) node: Option<&'a Node>,
    /// Where to point.
    pub(super) range: Range<usize>,
}

impl Column<'_> {
    fn error(&self, code: Code, title: String, label: String) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, title, &self.range, label);
        match &self.declared {
            Some(range) if *range != self.range => diagnostic.label(range, format!("it is {} here", written(self.ty))),
            _ => diagnostic,
        }
    }

    fn text<'t>(&'t self, typed: &Typed) -> &'t str {
        let scalar = self.node.and_then(Node::scalar);
        scalar.and_then(|scalar| scalar.text.get(typed.part.clone())).unwrap_or_default()
    }

    fn edited(&self, diagnostic: Diagnostic, part: &Range<usize>, text: &str) -> Diagnostic {
        match self.node.and_then(|node| node.edit(part, text)) {
            Some((range, text)) => diagnostic.patch(&range, text),
            None => diagnostic,
        }
    }
}

/// Whether a value fits a column; if not, the ledger knows.
pub(super) fn check(ledger: &mut Ledger<'_>, column: &Column<'_>, typed: &Typed, scope: Scope<'_>) -> bool {
    if !fits(column.ty, &typed.ty, &typed.expr) {
        ledger.push(misfit(column, typed));
        return false;
    }
    if !column.nullable && typed.null == Null::Sometimes {
        ledger.push(may_be_null(column, typed));
        return false;
    }
    samples(ledger, column, typed, scope)
}

fn fits(ty: &Type, value: &Ty, expr: &Expr) -> bool {
    match ty {
        Type::Timestamp(TimeFormat::Rfc3339) if *value == Ty::Moment => true,
        Type::Json => *value != Ty::Duration,
        Type::Timestamp(format) if format.is_number() => value.can_be(&Ty::Number),
        Type::String | Type::Enum(_) | Type::Date | Type::Timestamp(_) => value.can_be(&Ty::Text),
        Type::Integer => value.can_be(&Ty::Integer) && *value != Ty::Number,
        Type::Number => value.can_be(&Ty::Number),
        Type::Decimal => value.can_be(&Ty::Number) || value.can_be(&Ty::Text),
        Type::Boolean => value.can_be(&Ty::Boolean),
        Type::List => match value {
            Ty::List(item) => item.can_be(&Ty::Text),
            Ty::Any => !is_plain_path(expr),
            _ => false,
        },
    }
}

fn misfit(column: &Column<'_>, typed: &Typed) -> Diagnostic {
    let text = column.text(typed);
    let title = format!("{} is {}, and is made of {}", column.what, written(column.ty), typed.ty);
    let label = match (&typed.ty, column.ty) {
        (Ty::Any, Type::List) => "without `[]` this is one value".to_owned(),
        (ty, _) if column.node.is_none() => format!("{ty} in the example"),
        (ty, _) => format!("this is {ty}"),
    };
    let diagnostic = column.error(Code::FIELD_TYPE, title, label);
    let whole = typed.part.clone();
    match (column.ty, &typed.ty) {
        (Type::Timestamp(_), Ty::Moment) => diagnostic.help("it is a moment already; take `format` out"),
        (Type::String | Type::Date, Ty::Moment) if !text.is_empty() => {
            let format = if *column.ty == Type::Date { "date" } else { "rfc3339" };
            let diagnostic = diagnostic.help("`format_time` makes text of a moment; or declare it `timestamp`");
            column.edited(diagnostic, &whole, &format!("format_time({text}, \"{format}\")"))
        }
        (Type::String | Type::Enum(_), Ty::Integer | Ty::Number | Ty::Numeric | Ty::Boolean) if !text.is_empty() => {
            let diagnostic = diagnostic.help(format!("`text({text})` makes text of it"));
            column.edited(diagnostic, &whole, &format!("text({text})"))
        }
        (Type::Integer | Type::Number | Type::Boolean, Ty::Text) => {
            diagnostic.help("text is never turned into a number or a boolean by itself; declare it `string`")
        }
        (Type::Integer, Ty::Number) => {
            diagnostic.help("it has a fraction; declare it `number` or `decimal`, or make it whole with `round`")
        }
        (Type::Timestamp(_), Ty::Integer | Ty::Number | Ty::Numeric) => {
            diagnostic.help("a moment that is a number has a format: `unix_seconds`, `unix_millis` or `unix_micros`")
        }
        (Type::Timestamp(_), Ty::Text) => {
            diagnostic.help("a moment that is text has `format: rfc3339`, `format: date` or a pattern")
        }
        (Type::List, Ty::Any | Ty::Array) if !text.is_empty() => {
            let end = whole.end..whole.end;
            column.edited(diagnostic.help(format!("`{text}[]` is the list of its items")), &end, "[]")
        }
        (Type::List, Ty::List(item)) => diagnostic.help(format!("its items are {item} each, not text")),
        (Type::String, Ty::List(_)) if !text.is_empty() => {
            diagnostic.help(format!("`{text} | join(\", \")` makes text of it; or declare it `list of string`"))
        }
        (_, Ty::Object) => diagnostic.help("go on with a key of it, or declare it `json`"),
        (_, Ty::Array) => diagnostic.help("`[]` stands for its items; or declare it `json`"),
        _ => diagnostic,
    }
}

fn may_be_null(column: &Column<'_>, typed: &Typed) -> Diagnostic {
    let label = match &typed.expr {
        Expr::Path(_) => "null in the example",
        Expr::Given { .. } => "null in some rows of the parent",
        Expr::Header(_) => "null when the header is not there",
        Expr::Setting(_) => "null when the setting is not given",
        Expr::Null => "this is null",
        _ => "null when nothing is there",
    };
    let title = format!("{} may be null", column.what);
    let diagnostic = Diagnostic::error(Code::MAY_BE_NULL, title, &column.range, label);
    match &column.declared {
        Some(declared) => {
            let end = declared.end..declared.end;
            diagnostic.help("a `?` behind the type lets it be null").patch(&end, "?")
        }
        None => diagnostic.help("every record needs one: give another value with `??`, or use another path"),
    }
}

/// The values of the example against the type.
fn samples(ledger: &mut Ledger<'_>, column: &Column<'_>, typed: &Typed, scope: Scope<'_>) -> bool {
    let Roots::Record(example) = scope.roots else { return true };
    let Some(example) = example.value else { return true };
    let mut right = true;
    for path in paths(&typed.expr) {
        let Some(Json::Text(text)) = leaf(example, path) else { continue };
        let (fits, label, help) = match column.ty {
            Type::Timestamp(TimeFormat::Rfc3339) => (
                is_rfc3339(text),
                "not a moment in RFC 3339",
                "RFC 3339 is written `2026-01-15T12:00:00Z`; a day alone is a `date`",
            ),
            Type::Date => (is_date(text), "not a date", "a date is written `2026-01-15`"),
            Type::Decimal => {
                (is_decimal(text), "not a number", "a decimal is digits, as in `12.50`; other text is a `string`")
            }
            Type::Enum(ty) => (
                ty.values.contains(text),
                "not one of the type's values",
                "add it to the type, if the API sends it; a value that is not known is kept, and reported",
            ),
            _ => (true, "", ""),
        };
        if !fits {
            let title = format!("{} is {}, and is `{text}` in the example", column.what, written(column.ty));
            let mut diagnostic = column.error(Code::EXAMPLE_VALUE, title, label.to_owned()).help(help);
            if matches!(column.ty, Type::Enum(_)) {
                diagnostic.severity = Severity::Warning;
            } else {
                right = false;
            }
            ledger.push(diagnostic);
        }
    }
    right
}

fn paths(expr: &Expr) -> Vec<&[Segment]> {
    match expr {
        Expr::Path(path) => vec![path],
        Expr::FirstOf(parts) => parts.iter().flat_map(paths).collect(),
        _ => Vec::new(),
    }
}

/// A type as it is written.
pub(super) fn written(ty: &Type) -> String {
    let name = match ty {
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Decimal => "decimal",
        Type::Boolean => "boolean",
        Type::Timestamp(TimeFormat::Rfc3339) => "timestamp",
        Type::Timestamp(TimeFormat::UnixSeconds) => return "a `timestamp` in `unix_seconds`".to_owned(),
        Type::Timestamp(TimeFormat::UnixMillis) => return "a `timestamp` in `unix_millis`".to_owned(),
        Type::Timestamp(TimeFormat::UnixMicros) => return "a `timestamp` in `unix_micros`".to_owned(),
        Type::Timestamp(TimeFormat::Date) => return "a `timestamp` that is written as a `date`".to_owned(),
        Type::Timestamp(TimeFormat::Pattern(pattern)) => return format!("a `timestamp` as `{pattern}`"),
        Type::Date => "date",
        Type::Json => "json",
        Type::List => "list of string",
        Type::Enum(ty) => &ty.name,
    };
    format!("`{name}`")
}

fn has_form(text: &str, form: &str) -> bool {
    text.len() >= form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            b'T' => matches!(byte, b'T' | b't' | b' '),
            _ => byte == wanted,
        })
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && has_form(text, "0000-00-00")
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// RFC 3339, also with a space for the `T` and without a zone, which is UTC then.
fn is_rfc3339(text: &str) -> bool {
    if !has_form(text, "0000-00-00T00:00:00") {
        return false;
    }
    let rest = text.get(19..).unwrap_or_default();
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    let offset = rest.strip_prefix(['+', '-']);
    matches!(rest, "" | "Z" | "z") || offset.is_some_and(|offset| offset.len() == 5 && has_form(offset, "00:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_days_and_numbers() {
        for right in ["2026-01-15T12:00:00Z", "2026-01-15 12:00:00", "2026-01-15T12:00:00.123456+02:00"] {
            assert!(is_rfc3339(right), "{right}");
        }
        for wrong in ["2026-01-15", "15.01.2026 12:00", "1737000000", "2026-01-15T12:00:00.Z", "2026-01-15T12:00:00+2"]
        {
            assert!(!is_rfc3339(wrong), "{wrong}");
        }
    }
}
