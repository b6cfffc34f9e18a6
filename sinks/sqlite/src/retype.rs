//! When a field's type changes: which stored values stand for themselves, and which convert exactly.
//!
//! A value converts when a decoder that read the same record with the new type would have made the very same value
//! of it. All others stay null in the new column, and stay what they are in the old one.

use crate::schema::Ty;

/// Whether a value of `from`, as it is stored, is the value of `to`.
pub(crate) fn same_values(from: Ty, to: Ty) -> bool {
    from == to
        || matches!(
            (from, to),
            (Ty::String | Ty::Decimal | Ty::Date | Ty::Enum, Ty::String | Ty::Enum) | (Ty::List, Ty::Json)
        )
}

/// The expression of the new value over the old column, null where there is none. None when there never is one.
pub(crate) fn conversion(from: Ty, to: Ty, old: &str) -> Option<String> {
    let exact = 9_007_199_254_740_992_i64; // 2^53: every whole number up to here is a 64-bit float.
    let number = format!("json_valid({old}) AND json_type({old}) IN ('integer', 'real')");
    let case = |when: String, then: String| Some(format!("CASE WHEN {when} THEN {then} END"));
    match (from, to) {
        (Ty::Integer, Ty::Number) => {
            case(format!("{old} BETWEEN -{exact} AND {exact}"), format!("CAST({old} AS REAL)"))
        }
        (Ty::Number, Ty::Integer) => case(
            format!("{old} BETWEEN -{exact} AND {exact} AND {old} = CAST({old} AS INTEGER)"),
            format!("CAST({old} AS INTEGER)"),
        ),
        (Ty::Integer, Ty::String | Ty::Enum | Ty::Decimal | Ty::Json) => Some(format!("CAST({old} AS TEXT)")),
        (Ty::Boolean, Ty::String | Ty::Enum | Ty::Json) => {
            Some(format!("CASE {old} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"))
        }
        (Ty::String | Ty::Enum, Ty::Boolean) => Some(format!("CASE {old} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END")),
        (Ty::String | Ty::Enum | Ty::Decimal, Ty::Integer) => {
            case(format!("CAST(CAST({old} AS INTEGER) AS TEXT) = {old}"), format!("CAST({old} AS INTEGER)"))
        }
        // Up to 15 digits there is one nearest float, however it is looked for.
        (Ty::String | Ty::Enum | Ty::Decimal, Ty::Number) => {
            case(format!("{number} AND length({old}) <= 15"), format!("CAST({old} AS REAL)"))
        }
        (Ty::String | Ty::Enum, Ty::Decimal) => case(number, old.to_owned()),
        (Ty::Decimal, Ty::Json) => Some(old.to_owned()),
        (Ty::String | Ty::Enum | Ty::Date, Ty::Json) => Some(format!("json_quote({old})")),
        (Ty::Json, Ty::String | Ty::Enum) => {
            case(format!("json_valid({old}) AND json_type({old}) = 'text'"), format!("json_extract({old}, '$')"))
        }
        (Ty::String | Ty::Enum, Ty::Date) => {
            let digit = "[0-9]";
            let glob = format!("{0}-{1}-{1}", digit.repeat(4), digit.repeat(2));
            case(format!("{old} GLOB '{glob}' AND date({old}) = {old}"), old.to_owned())
        }
        // Whole seconds and milliseconds in UTC, as most APIs write them.
        (Ty::String | Ty::Enum, Ty::Timestamp) => {
            let digit = "[0-9]";
            let day = format!("{0}-{1}-{1}", digit.repeat(4), digit.repeat(2));
            let time = format!("{0}:{0}:{0}", digit.repeat(2));
            let glob = |fraction: String| format!("{old} GLOB '{day}T{time}{fraction}Z'");
            let day_exists = format!("date(substr({old}, 1, 10)) = substr({old}, 1, 10)");
            case(
                format!("({} OR {}) AND {day_exists}", glob(String::new()), glob(format!(".{}", digit.repeat(3)))),
                format!("unixepoch(substr({old}, 1, 19)) * 1000 + CAST(substr({old} || '000', 21, 3) AS INTEGER)"),
            )
        }
        _ => None,
    }
}
