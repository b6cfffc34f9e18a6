//! The whole command for a connector of your own: `cargo run --features cli --example command -- sync --sandbox`.

mod mine {
    #![allow(dead_code, reason = "the command reads the plan; the typed items are for programs")]

    tapwright::connector!("connector.yaml");
}

fn main() -> std::process::ExitCode {
    let known = tapwright::cli::Known::new(mine::Connector::PLAN, include_str!("../connector.yaml"), "connector.yaml");
    tapwright::cli::run(&[known])
}
