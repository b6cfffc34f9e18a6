//! The `tapwright` command, with WorkOS compiled in.

use std::process::ExitCode;

use tapwright_cli::Known;

mod workos {
    #![allow(dead_code, reason = "the command reads the plan; the typed items are for programs")]

    tapwright_macros::connector!("../../connector.yaml", crate = tapwright_runtime);
}

fn main() -> ExitCode {
    tapwright_cli::run(&[Known::new(workos::Connector::PLAN, include_str!("../../connector.yaml"), "connector.yaml")])
}
