//! `tapwright drift`: how what a source sends differs from what its spec says. Where that is known from, and how it is
//! found out, is each a file of its own here.

mod documents;
mod live;

use crate::Known;
use crate::args::DriftArgs;
use crate::exit::Exit;
use crate::spec::find;

pub(crate) fn drift(known: &[Known], args: &DriftArgs) -> Exit {
    let found = match find(known, args.spec.as_deref()) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    // The command line asks for one of the ways.
    match (&args.openapi, &args.old, &args.new) {
        (Some(document), ..) if args.write => documents::write(&found, document, args),
        (Some(document), ..) => documents::against(&found, document, args),
        (None, Some(old), Some(new)) => documents::between(&found, old, new, args),
        _ => live::live(&found, args),
    }
}
