//! `tapwright schema`: the JSON Schema of the language, for an editor that is to complete and check a spec.

use crate::console;
use crate::exit::Exit;

/// That it is up to date is tested where the language is.
const SCHEMA: &str = include_str!("../../../docs/connector.schema.json");

pub(crate) fn schema() -> Exit {
    console::out(SCHEMA.trim_end());
    Exit::Complete
}
