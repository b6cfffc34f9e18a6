//! What a person who writes specs is helped with: from an API's document to a spec, and from a changed document to a
//! changed spec. Text in, text out: it must not know files, the network, or what runs a spec.

pub mod drift;
mod edit;
pub mod import;
mod names;
mod path;
mod secrets;
mod words;
pub mod yaml;
