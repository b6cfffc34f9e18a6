//! What is printed: results on standard output, everything else on standard error, colour where a terminal shows it.

use std::fmt::{Display, Write};
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use tapwright_runtime::{Error, Timestamp};

/// For what went wrong.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// For what went well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// For what wants a look.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// For headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// For what matters less.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Text in a style.
pub(crate) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints a result. A reader that went away, as `head` does, is no error.
pub(crate) fn out(text: impl Display) {
    drop(writeln!(anstream::stdout().lock(), "{text}"));
}

/// Says something beside the result.
pub(crate) fn say(text: impl Display) {
    drop(writeln!(anstream::stderr().lock(), "{text}"));
}

/// Shows what went wrong: what, where, and what to do.
pub(crate) fn error(error: &Error) {
    say(shown(error));
}

/// An error as it is shown.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{} {}", styled(BAD, "error:"), error.message());
    if !error.context().is_empty() {
        let place: Vec<_> = error.context().iter().rev().map(|(key, value)| format!("{key} {value}")).collect();
        let _ = write!(text, "\n  {} {}", styled(DIM, "at:  "), place.join(", "));
    }
    if let Some(help) = error.advice() {
        let _ = write!(text, "\n  {} {help}", styled(GOOD, "help:"));
    }
    text
}

/// Shows a mistake in how the command was called.
pub(crate) fn usage(message: impl Display, help: impl Display) {
    say(format_args!("{} {message}\n  {} {help}", styled(BAD, "error:"), styled(GOOD, "help:")));
}

/// How many columns the terminal has. Where there is none, as many as a page takes.
pub(crate) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || ::console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    said.or_else(terminal).filter(|columns| *columns > 0).unwrap_or(120)
}

/// A number with its thousands apart.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A moment for people: without the milliseconds.
pub(crate) fn seconds(at: Timestamp) -> String {
    let text = at.to_string();
    text.split_once('.').map_or(text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// How this program was called, for a command that is to be typed.
pub(crate) fn program() -> String {
    // `cargo run` names itself in the environment of what it runs.
    if std::env::var_os("CARGO").is_some() { "cargo run --release --".to_owned() } else { "tapwright".to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_stand_apart() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::number(n), text);
        }
    }
}
