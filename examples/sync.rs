//! Syncs into a SQLite file and says what came of it: `WORKOS_API_KEY=sk_… cargo run --example sync`.
#![allow(clippy::print_stdout)]

mod workos {
    tapwright::connector!("connector.yaml");
}

use tapwright::sqlite::Sqlite;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), tapwright::Error> {
    let config = workos::Config::builder().auth_events_lookback_days(90).from_env().build()?;
    let workos = workos::Connector::new(config)?;
    let mut store = Sqlite::open("workos.db")?;
    let report = workos.sync(&mut store).await?;
    for resource in &report.resources {
        println!("{:<14} {:>8} rows  {:?}", resource.name, resource.rows, resource.status);
    }
    Ok(())
}
