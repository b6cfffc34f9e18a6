mod hooks {
    #![allow(dead_code)]

    tapwright::connector!("../../../../specs/hooks.yaml");
}

fn main() -> Result<(), tapwright::Error> {
    let config = hooks::Config::from_env()?;
    hooks::Connector::new(config.clone(), hooks::Hooks {})?;
    hooks::Connector::new(config)?;
    Ok(())
}
