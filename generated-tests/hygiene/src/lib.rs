//! Generated connectors where nothing helps them: the crate goes by another name, there is no prelude, and every lint
//! is an error. That this builds is the test; clippy's pedantic lints hold for what is generated too.
#![no_implicit_prelude]
#![deny(warnings, missing_docs, rust_2018_idioms, unused, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

/// A spec beside this file.
pub mod beside {
    ::renamed::connector!("./beside.yaml", crate = ::renamed);
}

/// Every type of column.
pub mod types {
    ::renamed::connector!("../../specs/types.yaml", crate = ::renamed);
}

/// Every part of a request.
pub mod requests {
    ::renamed::connector!("../../specs/requests.yaml", crate = ::renamed);
}

/// Hooks, and a file beside the spec.
pub mod hooks {
    ::renamed::connector!("../../specs/hooks.yaml", crate = ::renamed);
}

/// The flagship.
pub mod workos {
    ::renamed::connector!("../../../connector.yaml", crate = ::renamed);
}
