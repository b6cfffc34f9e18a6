//! `tapwright docs`
use crate::Known;
use crate::args::DocsArgs;
use crate::exit::Exit;
pub(crate) fn docs(_: &[Known], _: &DocsArgs) -> Exit {
    Exit::Complete
}
