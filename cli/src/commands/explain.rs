//! `tapwright explain`: the page of a mistake, or a list of all there are.

use tapwright_spec::CODES;

use crate::args::ExplainArgs;
use crate::console;
use crate::exit::Exit;
use crate::pages::page;

pub(crate) fn explain(args: &ExplainArgs) -> Exit {
    if args.codes.is_empty() {
        for (code, meaning) in CODES {
            console::out(format_args!("{code}  {meaning}"));
        }
        return Exit::Complete;
    }
    let mut pages = Vec::new();
    for asked in &args.codes {
        let found = CODES.iter().map(|(code, _)| *code).find(|code| is(&code.to_string(), asked)).and_then(page);
        let Some(found) = found else {
            console::usage(
                format_args!("there is no mistake `{asked}`"),
                format_args!("a code is written as in `C0102`; `{} explain` lists them", console::program()),
            );
            return Exit::Usage;
        };
        pages.push(found.trim_end());
    }
    console::out(pages.join("\n\n"));
    Exit::Complete
}

/// Whether a code is the one that was asked for: `C0102`, `c0102` or `[C0102]`, as it was copied.
fn is(code: &str, asked: &str) -> bool {
    let asked = asked.trim_start_matches('[').trim_end_matches(']');
    code.eq_ignore_ascii_case(asked)
}
