//! A request and its answer, as people read them.

use ::console::truncate_str;
use tapwright_runtime::{Answered, Excerpt, Exchange, Purpose};

use super::plain;
use crate::console::{BAD, BOLD, DIM, GOOD, number, out, styled, width};

/// So many lines of a body are shown.
const MOST_LINES: usize = 30;

/// Headers of an answer that say something to people: these, and what begins like those.
const HEADERS: &[&str] = &["content-type", "link", "location", "retry-after", "www-authenticate"];
const PREFIXES: &[&str] = &["ratelimit", "x-ratelimit", "x-rate-limit"];

/// Shows an exchange: all of one for the resource itself, and of others the first line, unless they failed. `read` are the
/// headers that the connector reads.
pub(super) fn show(exchange: &Exchange, own: bool, read: &[&str]) {
    let good = exchange.answer.as_ref().is_ok_and(|answer| (200..300).contains(&answer.status));
    let why = match exchange.purpose {
        Purpose::Page(_) if own => String::new(),
        Purpose::Page(name) => format!("  (what it is read for: {name})"),
        Purpose::Token => "  (a token)".to_owned(),
    };
    let line = format!("{} {}", exchange.method, plain(&exchange.url));
    out(format_args!("\n{} {}{}", styled(BOLD, "→"), styled(BOLD, line), styled(DIM, why)));
    if own || !good {
        headers(exchange.headers.iter());
        body(exchange.body.as_ref());
    }
    let time = exchange.elapsed.as_millis();
    match &exchange.answer {
        Ok(answer) => {
            let style = if good { GOOD } else { BAD };
            let bytes = u64::try_from(answer.bytes).unwrap_or(u64::MAX);
            out(format_args!("{} {} in {time} ms", styled(BOLD, "←"), styled(style, status(answer, bytes))));
            if own || !good {
                headers(answer.headers.iter().filter(|(name, _)| matters(name, read)));
                body(answer.body.as_ref());
            }
        }
        Err(why) => out(format_args!("{} {} after {time} ms", styled(BOLD, "←"), styled(BAD, plain(why)))),
    }
}

fn status(answer: &Answered, bytes: u64) -> String {
    format!("{}, {} {}", answer.status, number(bytes), if bytes == 1 { "byte" } else { "bytes" })
}

fn matters(name: &str, read: &[&str]) -> bool {
    HEADERS.contains(&name) || read.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn headers<'h>(headers: impl Iterator<Item = &'h (String, String)>) {
    for (name, value) in headers {
        line(&format!("{name}: {}", plain(value)));
    }
}

fn body(body: Option<&Excerpt>) {
    let Some(body) = body.filter(|body| !body.text.is_empty()) else { return };
    body.text.lines().take(MOST_LINES).for_each(|text| line(&plain(text)));
    let more = body.text.lines().count().saturating_sub(MOST_LINES);
    match (body.whole, more) {
        (true, 0) => {}
        (true, 1) => line("… and a line more"),
        (true, more) => line(&format!("… and {more} lines more")),
        (false, _) => line("… and more"),
    }
}

/// A line of what went over the wire, cut where the terminal ends.
fn line(text: &str) {
    out(styled(DIM, truncate_str(&format!("    {text}"), width(), "…")));
}
