//! A time as people say it.

/// Units, the longest first, in milliseconds.
const UNITS: &[(i64, &str, &str)] = &[
    (86_400_000, "day", "d"),
    (3_600_000, "hour", "h"),
    (60_000, "minute", "m"),
    (1_000, "second", "s"),
    (1, "millisecond", "ms"),
];

/// `90 minutes`.
pub(crate) fn words(millis: i64) -> String {
    let (count, unit, _) = counted(millis);
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// `90m`, as the language writes it.
pub(crate) fn written(millis: i64) -> String {
    let (count, _, unit) = counted(millis);
    format!("{count}{unit}")
}

/// A unit alone, such as `day`.
pub(crate) fn unit(millis: i64) -> String {
    match counted(millis) {
        (1, unit, _) => unit.to_owned(),
        _ => words(millis),
    }
}

/// The longest unit of which it is a whole number.
fn counted(millis: i64) -> (i64, &'static str, &'static str) {
    let fits = |(length, ..): &&(i64, &str, &str)| millis != 0 && millis % length == 0;
    let (length, word, short) = UNITS.iter().find(fits).copied().unwrap_or((1, "millisecond", "ms"));
    (millis / length, word, short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_the_longest_unit_that_is_exact() {
        for (millis, said, short) in [
            (1, "1 millisecond", "1ms"),
            (1_500, "1500 milliseconds", "1500ms"),
            (60_000, "1 minute", "1m"),
            (5_400_000, "90 minutes", "90m"),
            (2_592_000_000, "30 days", "30d"),
        ] {
            assert_eq!((words(millis).as_str(), written(millis).as_str()), (said, short));
        }
        assert_eq!((unit(86_400_000).as_str(), unit(120_000).as_str()), ("day", "2 minutes"));
    }
}
