//! The commands: one file each.

mod check;
mod docs;
mod drift;
mod expand;
mod explain;
mod import;
mod new;
mod sandbox;
mod schema;
mod status;
mod summary;
mod sync;
mod test;
mod trial;

pub(crate) use check::check;
pub(crate) use docs::docs;
pub(crate) use drift::drift;
pub(crate) use expand::expand;
pub(crate) use explain::explain;
pub(crate) use import::import;
pub(crate) use new::new;
pub(crate) use sandbox::sandbox;
pub(crate) use schema::schema;
pub(crate) use status::status;
pub(crate) use sync::sync;
pub(crate) use test::test;
pub(crate) use trial::trial;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The crates below a request.
const CARRIERS: &[&str] = &["h2", "hyper", "hyper_util", "reqwest", "rustls"];

/// Logs to standard error: warnings, and with `verbose` more. `RUST_LOG`, as `target=level,…`, has the last word.
pub(crate) fn log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info,tapwright_runtime=debug",
        _ => "info,tapwright_runtime=trace",
    };
    let wanted = std::env::var("RUST_LOG").ok().and_then(|wanted| wanted.parse::<Targets>().ok());
    let targets = wanted.or_else(|| level.parse().ok()).unwrap_or_default();
    // What carries requests would show their addresses, and a credential may stand in one.
    let targets = CARRIERS.iter().fold(targets, |targets, name| targets.with_target(*name, LevelFilter::INFO));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // It fails only when the program that embeds the command logs already.
    drop(tracing_subscriber::registry().with(lines).with(targets).try_init());
}
