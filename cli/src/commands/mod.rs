//! The commands: one file each.

mod check;
mod expand;
mod sandbox;
mod status;
mod summary;
mod sync;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use sandbox::sandbox;
pub(crate) use status::status;
pub(crate) use sync::sync;

use tracing_subscriber::EnvFilter;

/// Logs to standard error: warnings, and with `verbose` more. `RUST_LOG` has the last word.
pub(crate) fn log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info,tapwright_runtime=debug",
        _ => "info,tapwright_runtime=trace",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    // It fails only when the program that embeds the command logs already.
    drop(tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init());
}
