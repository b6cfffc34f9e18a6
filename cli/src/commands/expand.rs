//! `tapwright expand`: the Rust that a spec becomes.

use tapwright_codegen::{Names, format};

use crate::Known;
use crate::args::ExpandArgs;
use crate::console;
use crate::exit::Exit;
use crate::spec::find;

pub(crate) fn expand(known: &[Known], args: &ExpandArgs) -> Exit {
    let found = match find(known, args.spec.as_deref()) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    match format(tapwright_codegen::expand(&found.model, &Names::default())) {
        Ok(text) => {
            console::out(text.trim_end());
            Exit::Complete
        }
        Err(error) => {
            console::usage(
                format_args!("the spec became Rust that does not parse: {error}"),
                "this is a mistake in tapwright, not in the spec; please report it with the spec",
            );
            Exit::Failed
        }
    }
}
