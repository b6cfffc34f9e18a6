//! Reads records straight from the API: `WORKOS_API_KEY=sk_… cargo run --example quickstart`.
#![allow(clippy::print_stdout)]

mod workos {
    tapwright::connector!("connector.yaml");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), tapwright::Error> {
    let workos = workos::Connector::new(workos::Config::from_env()?)?;
    let mut organizations = workos.organizations();
    while let Some(organization) = organizations.next().await {
        println!("{}", organization?.name);
    }
    Ok(())
}
