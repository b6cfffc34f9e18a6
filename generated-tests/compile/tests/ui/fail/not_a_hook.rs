mod hooks {
    #![allow(dead_code)]

    tapwright::connector!("../../../../specs/hooks.yaml");
}

struct Other;

impl tapwright::Hook<hooks::Post> for Other {}

fn main() -> Result<(), tapwright::Error> {
    let hooks = hooks::Hooks { users: Box::new(Other) };
    hooks::Connector::new(hooks::Config::from_env()?, hooks)?;
    Ok(())
}
