//! `tapwright drift`: how what a source sends differs from what its spec says. Where that is known from, and how it is
//! found out, is each a file of its own here.

mod live;

use crate::Known;
use crate::args::DriftArgs;
use crate::exit::Exit;
use crate::spec::find;

pub(crate) fn drift(known: &[Known], args: &DriftArgs) -> Exit {
    match find(known, args.spec.as_deref()) {
        // The command line asks for one of the ways, and there is one.
        Ok(found) => live::live(&found, args),
        Err(exit) => exit,
    }
}
